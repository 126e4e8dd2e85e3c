//! What is seen of a file when its format is asked for.

use bstr::{BStr, ByteSlice};

/// What is seen of a file when its format is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Bytes of the whole file.
    pub size: u64,
    /// Its first bytes, or all of it.
    pub bytes: &'a [u8],
    /// Its path: a hint.
    pub path: &'a BStr,
}

/// Beginnings of lines that may stand before the first line of a dump: what a person put there, psql's own commands, and
/// what a tool said on the stream that it was redirected with.
const PREAMBLE: &[&str] = &[
    "SET ",
    "\\restrict ",
    "\\connect ",
    "mysqldump: ",
    "mariadb-dump: ",
    "pg_dump: ",
    "pg_dumpall: ",
    "Warning: ",
    "WARNING: ",
];

/// Lines of a preamble that are passed over: more of them are a script, not a dump.
const PREAMBLE_LINES: usize = 16;

/// Whether bytes begin so. Nearly all differ in their first byte, which is compared without a call.
#[inline]
pub(super) fn begins(bytes: &[u8], with: &[u8]) -> bool {
    bytes.first() == with.first() && bytes.starts_with(with)
}

/// Bytes of a line before a dump: more of them are no line of a person or of a tool.
const LINE: usize = 4096;

/// What follows the first line; nothing where that does not end.
pub(super) fn after_line(text: &[u8]) -> &[u8] {
    let end = text.iter().take(LINE).position(|byte| *byte == b'\n');
    end.and_then(|end| text.get(end.saturating_add(1)..)).unwrap_or_default()
}

impl<'a> Sight<'a> {
    /// Whether all of the file is seen.
    pub(super) fn is_whole(&self) -> bool {
        self.bytes.len() as u64 == self.size
    }

    /// The name of the file, without its directories.
    pub(super) fn name(&self) -> &'a [u8] {
        self.path.rsplit_once_str("/").map_or(self.path.as_bytes(), |(_, name)| name)
    }

    /// Whether the file's name ends in a dot and one of these, in whatever case.
    pub(super) fn has_ending(&self, endings: &[&str]) -> bool {
        let ending = self.name().rsplit_once_str(".").map_or(&b""[..], |(_, ending)| ending);
        endings.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(ending))
    }

    /// The text from where a dump may begin: after a byte order mark, blank lines, and at most sixteen lines that tools and
    /// people put before it.
    pub(super) fn text(&self) -> &'a [u8] {
        let mut text = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.bytes);
        for _ in 0..PREAMBLE_LINES {
            let is_passed_over = begins(text, b"\n")
                || begins(text, b"\r\n")
                || PREAMBLE.iter().any(|it| begins(text, it.as_bytes()));
            if !is_passed_over {
                break;
            }
            text = after_line(text);
        }
        text
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    pub(super) fn le16(&self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub(super) fn be16(&self, at: usize) -> Option<u16> {
        self.array(at).map(u16::from_be_bytes)
    }

    pub(super) fn le32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    pub(super) fn be32(&self, at: usize) -> Option<u32> {
        self.array(at).map(u32::from_be_bytes)
    }

    pub(super) fn le64(&self, at: usize) -> Option<u64> {
        self.array(at).map(u64::from_le_bytes)
    }

    pub(super) fn be64(&self, at: usize) -> Option<u64> {
        self.array(at).map(u64::from_be_bytes)
    }

    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..)?.first_chunk().copied()
    }

    /// Whether the file is made of whole pages of this many bytes.
    pub(super) fn has_pages_of(&self, bytes: u64) -> bool {
        self.size >= bytes && self.size.checked_rem(bytes) == Some(0)
    }
}
