//! SQLite databases that are written as text: in base64, hex, or lists of numbers, at any place of a file.
//!
//! What is searched for are the parts of `SQLite format 3` and a zero byte that come out alike whatever stands before it. What is
//! found is decoded and has to begin with a header that SQLite takes, so that a text about databases is none.

mod decode;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use self::decode::{ALPHABET, base64, decimal, hex, utf16};
use super::format::SQLITE_MAGIC;
use super::{Cause, Unreadable, sqlite};

/// Characters before a hit in which the beginning is searched for: the magic bytes in the widest writing (`0x53, `) and a line end.
const BEFORE: usize = 160;

/// Characters after a hit in which the magic bytes end, and the header does, however widely they are written: six characters a
/// byte, or a line of 80 for sixteen.
const AFTER: usize = 512;
const AFTER_HEADER: usize = 4096;

/// Places in one file that are decoded to see whether they are one: a file with more hits is made to be slow.
const TRIES: usize = 10_000;

/// A database that is written as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoded {
    /// The encoding.
    pub(super) by: &'static str,
    /// Bytes before it.
    pub(super) at: usize,
    /// The bytes of the database, as many as follow.
    pub(super) bytes: Vec<u8>,
    /// There are more in the same file.
    pub(super) has_more: bool,
}

/// A way to write bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Base64 (RFC 4648) with this many bytes before the database in a group of three.
    Base64(usize),
    /// Two digits a byte, with anything usual between them.
    Hex,
    /// Numbers in decimal with commas between them.
    Decimal,
    /// Pairs of bytes taken for UTF-16 and written as UTF-8, as `working-tree-encoding` does (gitattributes(5)).
    Utf16 {
        /// The first byte of a pair is the low one.
        is_little: bool,
    },
}

impl Writing {
    fn name(self) -> &'static str {
        match self {
            Writing::Base64(_) => "base64",
            Writing::Hex => "hex",
            Writing::Decimal => "decimal numbers",
            Writing::Utf16 { .. } => "text made of UTF-16",
        }
    }

    /// Whether the database's first byte, an `S`, may be written so.
    fn may_begin(self, letter: u8) -> bool {
        let digit = ALPHABET.iter().position(|it| *it == letter);
        match self {
            Writing::Base64(0) => letter == b'U',
            Writing::Base64(1) => digit.is_some_and(|it| it & 0xf == 0x5),
            Writing::Base64(_) => digit.is_some_and(|it| it & 0x3 == 0x1),
            Writing::Hex => letter == b'5',
            Writing::Decimal => letter == b'8',
            Writing::Utf16 { .. } => !letter.is_ascii(),
        }
    }

    /// The bytes that are written from `start` on, up to `most`.
    fn decode(self, text: &[u8], start: usize, most: usize) -> Vec<u8> {
        let rest = text.get(start..).unwrap_or_default();
        match self {
            Writing::Base64(before) => base64(rest, before, most),
            Writing::Hex => hex(text, start, most),
            Writing::Decimal => decimal(rest, most),
            Writing::Utf16 { is_little } => utf16(rest, is_little, most),
        }
    }
}

/// What is searched for, and how it is then written.
static PATTERNS: LazyLock<(AhoCorasick, Vec<Writing>)> = LazyLock::new(|| {
    let mut patterns: Vec<(Vec<u8>, Writing)> = Vec::new();
    for before in 0..3 {
        let whole = written_base64(before);
        // Two halves: a line that ends within one leaves the other whole.
        let (one, other) = whole.split_at(whole.len() / 2);
        for half in [one, other] {
            patterns.push((half.to_vec(), Writing::Base64(before)));
        }
    }
    // `ite f` and `at 3` with the zero: their digits are no letters, so there is no upper and lower case.
    for hex in [
        "6974652066",
        "6174203300",
        "69 74 65 20 66",
        "61 74 20 33 00",
        "69:74:65:20:66",
        "69-74-65-20-66",
        "7465 2066",
        "\\x69\\x74\\x65\\x20\\x66",
        "0x69, 0x74, 0x65, 0x20, 0x66",
        "0x69,0x74,0x65,0x20,0x66",
    ] {
        patterns.push((hex.into(), Writing::Hex));
    }
    for decimal in ["105,116,101,32,102", "105, 116, 101, 32, 102"] {
        patterns.push((decimal.into(), Writing::Decimal));
    }
    for is_little in [true, false] {
        let unit = |pair: &[u8]| {
            let pair = <[u8; 2]>::try_from(pair).unwrap_or_default();
            if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        };
        let text =
            String::from_utf16_lossy(&SQLITE_MAGIC.chunks(2).map(unit).collect::<Vec<u16>>());
        patterns.push((text.into_bytes(), Writing::Utf16 { is_little }));
    }
    let (texts, writings): (Vec<Vec<u8>>, Vec<Writing>) = patterns.into_iter().unzip();
    // With this kind of match a vectorised search goes before the automaton, which then need not be a fast one.
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostFirst).kind(Some(AhoCorasickKind::ContiguousNFA));
    (builder.build(texts).unwrap_or_else(|_| unreachable!("few short patterns")), writings)
});

/// The characters of base64 that do not depend on what stands around the magic bytes, with `before` bytes in front of it.
fn written_base64(before: usize) -> Vec<u8> {
    let bytes = [&[0; 2][..before.min(2)], SQLITE_MAGIC].concat();
    let first = (before * 8).div_ceil(6);
    let last = bytes.len() * 8 / 6;
    let digit = |at: usize| {
        let bits = (0..6).fold(0_u8, |bits, n| {
            let bit = at * 6 + n;
            let byte = bytes.get(bit / 8).copied().unwrap_or_default();
            bits << 1 | (byte >> (7 - bit % 8) & 1)
        });
        ALPHABET.get(usize::from(bits)).copied().unwrap_or_default()
    };
    (first..last).map(digit).collect()
}

/// The first database that is written in this text.
///
/// # Errors
///
/// When too many places look like the beginning of one.
pub(super) fn find(text: &[u8], most: usize) -> Result<Option<Encoded>, Unreadable> {
    let (searcher, writings) = &*PATTERNS;
    let mut found: Option<Encoded> = None;
    let (mut end, mut tries) = (0, 0);
    for hit in searcher.find_iter(text) {
        if hit.start() < end {
            continue;
        }
        tries += 1;
        if tries > TRIES {
            let detail = format!("over {TRIES} places look like a database written as text");
            return Err(Unreadable { cause: Cause::TooLarge, detail });
        }
        let Some(&writing) = writings.get(hit.pattern().as_usize()) else { continue };
        let Some(at) = beginning(writing, text, hit.start()) else { continue };
        match &mut found {
            Some(found) => {
                found.has_more = true;
                break;
            }
            None => {
                let bytes = writing.decode(text, at, most);
                // At least half a character of text stands for a byte in every writing.
                end = at.saturating_add(bytes.len() / 2);
                found = Some(Encoded { by: writing.name(), at, bytes, has_more: false });
            }
        }
    }
    Ok(found)
}

/// Where the writing begins that a hit is in: decoded from there it has the header of a database.
fn beginning(writing: Writing, text: &[u8], hit: usize) -> Option<usize> {
    // All of the text would be gone through again from each place.
    let until = |after: usize| text.get(..hit.saturating_add(after)).unwrap_or(text);
    let (magic, header) = (until(AFTER), until(AFTER_HEADER));
    (hit.saturating_sub(BEFORE)..=hit).rev().find(|start| {
        text.get(*start).is_some_and(|it| writing.may_begin(*it))
            && writing.decode(magic, *start, SQLITE_MAGIC.len()) == SQLITE_MAGIC
            && sqlite::is_header(&writing.decode(header, *start, sqlite::HEADER_SIZE))
    })
}

#[cfg(test)]
mod tests;
