//! The first 100 bytes of a SQLite database: what they claim, and whether that can be.

use super::encrypted::{counts, entropy};
use crate::content::format::SQLITE_MAGIC;
use crate::content::{Cause, Unreadable};

/// Bytes of the header.
pub(in crate::content) const SIZE: usize = 100;

/// Bits of entropy a byte from which on bytes are taken for encrypted: 924 random bytes reach 7.8, schemas stay under 6.
const ENCRYPTED: f64 = 7.2;

/// A header that can be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of a page.
    pub(super) page_size: usize,
    /// The pages it claims; 0 if it does not say.
    pub(super) pages: u32,
    /// The write-ahead log is on.
    pub(super) write_ahead_log: bool,
}

impl Header {
    /// None without the magic bytes; an error where they stand before what no SQLite writes.
    ///
    /// <https://www.sqlite.org/fileformat.html>, 1.3: the page size at 16 is a power of two from 512 to 32768, or 1 for
    /// 65536; the format versions at 18 are 1 or 2; the payload fractions at 21 are 64, 32 and 32.
    pub(super) fn find(bytes: &[u8]) -> Option<Result<Header, Unreadable>> {
        let rest = bytes.strip_prefix(SQLITE_MAGIC)?;
        let Some(header) = bytes.get(..SIZE) else {
            let detail = format!("truncated: {} bytes, less than a header", bytes.len());
            return Some(Err(Unreadable::corrupt(detail)));
        };
        let byte = |at: usize| header.get(at).copied().unwrap_or_default();
        let page_size = match u16::from_be_bytes([byte(16), byte(17)]) {
            1 => Some(65_536),
            size if size >= 512 && size.is_power_of_two() => Some(usize::from(size)),
            _ => None,
        };
        let versions_are_known = [18, 19].iter().all(|at| matches!(byte(*at), 1 | 2));
        let fractions_are_fixed = header.get(21..24) == Some(&[64, 32, 32]);
        Some(match page_size.filter(|_| versions_are_known && fractions_are_fixed) {
            Some(page_size) => Ok(Header {
                page_size,
                pages: u32::from_be_bytes([byte(28), byte(29), byte(30), byte(31)]),
                write_ahead_log: byte(18) == 2 || byte(19) == 2,
            }),
            None if looks_encrypted(rest) => Err(encrypted()),
            None => Err(Unreadable::corrupt("the SQLite header is malformed")),
        })
    }
}

/// Makes `bytes` openable as they are: the write-ahead log is not there, and pages that are missing are empty ones, up to
/// `bound` bytes and [`padded`], since a schema that names pages past the last is refused as a whole. Returns what was found
/// missing; fails where there is no memory for it.
pub(super) fn mend(
    bytes: &mut Vec<u8>,
    header: Header,
    bound: u64,
) -> Result<Option<Unreadable>, Unreadable> {
    // https://www.sqlite.org/fileformat.html, 1.3.3: 1 is the rollback journal, which needs no second file.
    if let Some(versions) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    let here = bytes.len() / header.page_size;
    let pages = header.pages;
    if u64::from(pages) <= here as u64 {
        return Ok(None);
    }
    let bound = bound.min(padded(bytes.len() as u64)) / header.page_size as u64;
    let within = bound.clamp(here as u64, u64::from(pages));
    // A page that breaks off would yield rows of nothing.
    bytes.truncate(here * header.page_size);
    let size = usize::try_from(within).unwrap_or(here) * header.page_size;
    if bytes.try_reserve_exact(size.saturating_sub(bytes.len())).is_err() {
        let detail = format!("not enough memory for the {size} bytes to read it in");
        return Err(Unreadable { cause: Cause::TooLarge, detail });
    }
    bytes.resize(size, 0);
    if let (Some(count), Ok(within)) = (bytes.get_mut(28..32), u32::try_from(within)) {
        count.copy_from_slice(&within.to_be_bytes());
    }
    Ok(Some(Unreadable::corrupt(format!("truncated: {here} of {pages} pages are here"))))
}

/// Bytes that a truncated database of `size` may grow to: what it claims costs nothing to write, and memory to believe. Three
/// quarters may be missing, or more of what is small.
pub(super) fn padded(size: u64) -> u64 {
    size.saturating_mul(4).max(16 << 20)
}

/// What to say of a first page that SQLite does not take.
pub(super) fn unopened(bytes: &[u8], page_size: usize) -> Unreadable {
    let page = bytes.get(SIZE..page_size.min(bytes.len())).unwrap_or_default();
    if looks_encrypted(page) {
        encrypted()
    } else {
        Unreadable::corrupt("the first page or the schema is malformed")
    }
}

fn encrypted() -> Unreadable {
    let detail = "after a SQLite header there are only bytes that look random".to_owned();
    Unreadable { cause: Cause::Encrypted, detail }
}

/// Whether bytes look random. Fewer than 400 do not tell.
fn looks_encrypted(bytes: &[u8]) -> bool {
    bytes.len() >= 400 && entropy(&counts(bytes)) > ENCRYPTED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let mut bytes = SQLITE_MAGIC.to_vec();
        bytes.extend([0x10, 0, 1, 1, 0, 64, 32, 32, 0, 0, 0, 0, 0, 0, 0, 9]);
        bytes.resize(4096, 0);
        change(&mut bytes);
        bytes
    }

    #[test]
    fn finds() {
        let found = Header::find(&header(|_| ()));
        assert_eq!(found, Some(Ok(Header { page_size: 4096, pages: 9, write_ahead_log: false })));
        let found = Header::find(&header(|it| it[16..20].copy_from_slice(&[0, 1, 2, 2])));
        assert_eq!(found, Some(Ok(Header { page_size: 65_536, pages: 9, write_ahead_log: true })));
    }

    #[test]
    fn says_what_no_sqlite_wrote() {
        for at in [16, 18, 19, 21, 22, 23] {
            let found = Header::find(&header(|it| it[at] = 3)).map(|it| it.map_err(|it| it.cause));
            assert_eq!(found, Some(Err(Cause::Corrupt)), "{at}");
        }
        for length in 16..100 {
            let found = Header::find(&header(|it| it.truncate(length)));
            assert!(
                matches!(found, Some(Err(it)) if it.detail.starts_with("truncated")),
                "{length}"
            );
        }
    }

    #[test]
    fn lets_through_other_files() {
        for bytes in
            [&b""[..], b"SQLite format 3", b"SQLite format 4\0", b"\0SQLite format 3\0", &[0; 200]]
        {
            assert_eq!(Header::find(bytes), None);
        }
    }

    #[test]
    fn pads_by_what_is_here_and_not_by_what_is_claimed() {
        let claim = |pages| Header { page_size: 512, pages, write_ahead_log: false };
        let padded = |size: usize, pages| {
            let mut bytes = header(|it| it.resize(size, 0));
            let missing = mend(&mut bytes, claim(pages), 1 << 40);
            assert!(missing.is_ok_and(|it| it.is_some()), "{size} {pages}");
            let count = bytes
                .get(28..32)
                .map(|it| it.iter().fold(0, |sum, it| sum << 8 | usize::from(*it)));
            assert_eq!(count, Some(bytes.len() / 512));
            bytes.len()
        };
        assert_eq!(padded(512, u32::MAX), 16 << 20);
        assert_eq!(padded(5 << 20, u32::MAX), 20 << 20);
        assert_eq!(padded(6_000, 12), 6_144);
        assert_eq!(padded(5_000_000, 16_384), 8 << 20);
    }
}
