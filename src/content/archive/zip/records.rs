//! The records of a zip file, by PKWARE's APPNOTE 6.3.10, section 4.

use bstr::ByteSlice;

/// What a member's bytes begin with (4.3.7).
pub(super) const LOCAL: &[u8] = b"PK\x03\x04";

/// An entry of the directory (4.3.12).
pub(super) const LISTED: &[u8] = b"PK\x01\x02";

/// What follows a member whose size was not known before it (4.3.9).
pub(super) const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// The end of the directory (4.3.16), and of zip64 (4.3.14, 4.3.15).
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";

/// A directory that is encrypted has this before it (4.3.11).
pub(super) const ENCRYPTED_DIRECTORY: &[u8] = b"PK\x06\x08";

/// Bytes from the end of a file in which its end record must begin for tools to take it for a zip: a comment has 65,535 at most.
const TAIL: usize = 22 + 65_535;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Where the directory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Directory {
    /// Where it begins.
    pub(super) start: usize,
    /// Where its end records begin.
    pub(super) end: usize,
    /// What stands before the archive, such as the program that unpacks it: added to each stated place.
    pub(super) shift: u64,
    /// Entries that it says to have; a claim.
    pub(super) claimed: u64,
}

/// Finds the directory: its end record is the last that fits. Tools look for it in the tail of the file; with `anywhere`, as
/// what begins like a zip is one however much stands behind it, in all of it.
pub(super) fn directory(bytes: &[u8], anywhere: bool) -> Option<Directory> {
    let from = if anywhere { 0 } else { bytes.len().saturating_sub(TAIL) };
    let tail = bytes.get(from..)?;
    let mut until = tail.len();
    // An archive holds a handful of such records, stored zips in it included. More are there to waste time.
    for _ in 0..64 {
        until = tail.get(..until)?.rfind(END)?;
        if let Some(found) = directory_at(bytes, from.checked_add(until)?) {
            return Some(found);
        }
    }
    None
}

fn directory_at(bytes: &[u8], end: usize) -> Option<Directory> {
    let record = bytes.get(end..)?;
    let small = Directory { start: 0, end, shift: 0, claimed: u16_at(record, 10)?.into() };
    let found = fitted(bytes, small, u32_at(record, 12)?.into(), u32_at(record, 16)?.into());
    let Some(locator) = end.checked_sub(20).filter(|it| begins(bytes, *it, LOCATOR_64)) else {
        return found;
    };
    // The locator says where the other end record is, by a place that a prefix shifts; it stands right before it.
    let stated = usize::try_from(u64_at(bytes, locator.checked_add(8)?)?).ok();
    let places = [stated, locator.checked_sub(56)];
    let Some(at) = places.into_iter().flatten().find(|it| begins(bytes, *it, END_64)) else {
        return found;
    };
    let record = bytes.get(at..)?;
    let large = Directory { start: 0, end: at, shift: 0, claimed: u64_at(record, 32)? };
    fitted(bytes, large, u64_at(record, 40)?, u64_at(record, 48)?).or(found)
}

/// The directory of these claims, if one stands there.
fn fitted(bytes: &[u8], claims: Directory, size: u64, place: u64) -> Option<Directory> {
    let before_end = claims.end.checked_sub(usize::try_from(size).ok()?);
    // By its size from its end, as is right whatever stands before the archive; or where it says to be.
    for start in [before_end, usize::try_from(place).ok()].into_iter().flatten() {
        let is_empty = size == 0 && start == claims.end && claims.claimed == 0;
        if begins(bytes, start, LISTED) || is_empty {
            let shift = (start as u64).saturating_sub(place);
            return Some(Directory { start, shift, ..claims });
        }
    }
    None
}

pub(super) fn begins(bytes: &[u8], at: usize, magic: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|it| it.starts_with(magic))
}

/// A member as its local header or the directory describes it. All of it is claims.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a [u8],
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) packed: u64,
    pub(super) size: u64,
    /// In the directory, where the local header is; in that, where the bytes of the member are.
    pub(super) at: u64,
    /// Where the record ends.
    pub(super) end: usize,
}

impl Entry<'_> {
    /// Traditional or strong encryption, or a masked local header (4.4.4).
    pub(super) fn is_encrypted(&self) -> bool {
        self.flags & 0x2041 != 0 || self.method == 99
    }

    /// Its sizes stand behind its bytes.
    pub(super) fn has_descriptor(&self) -> bool {
        self.flags & 8 != 0
    }
}

/// The entry of the directory at a place.
pub(super) fn listed(bytes: &[u8], at: usize) -> Option<Entry<'_>> {
    let record = bytes.get(at..).filter(|it| it.starts_with(LISTED))?;
    let name_end = 46_usize.checked_add(u16_at(record, 28)?.into())?;
    let extra_end = name_end.checked_add(u16_at(record, 30)?.into())?;
    let end = at.checked_add(extra_end)?.checked_add(u16_at(record, 32)?.into())?;
    let mut entry = Entry {
        name: record.get(46..name_end)?,
        flags: u16_at(record, 8)?,
        method: u16_at(record, 10)?,
        packed: u32_at(record, 20)?.into(),
        size: u32_at(record, 24)?.into(),
        at: u32_at(record, 42)?.into(),
        end,
    };
    let extra = record.get(name_end..extra_end)?;
    enlarge(extra, [&mut entry.size, &mut entry.packed, &mut entry.at]);
    Some(entry)
}

/// The local header at a place.
pub(super) fn local(bytes: &[u8], at: usize) -> Option<Entry<'_>> {
    let record = bytes.get(at..).filter(|it| it.starts_with(LOCAL))?;
    let name_end = 30_usize.checked_add(u16_at(record, 26)?.into())?;
    let extra_end = name_end.checked_add(u16_at(record, 28)?.into())?;
    let end = at.checked_add(extra_end)?;
    let mut entry = Entry {
        name: record.get(30..name_end)?,
        flags: u16_at(record, 6)?,
        method: u16_at(record, 8)?,
        packed: u32_at(record, 18)?.into(),
        size: u32_at(record, 22)?.into(),
        at: end as u64,
        end,
    };
    let extra = record.get(name_end..extra_end).unwrap_or_default();
    let mut none = 0;
    enlarge(extra, [&mut entry.size, &mut entry.packed, &mut none]);
    Some(entry)
}

/// Takes the values of zip64 from the extra field (4.5.3), in their order, for those that are all ones.
fn enlarge(extra: &[u8], values: [&mut u64; 3]) {
    let mut rest = extra;
    while let (Some(id), Some(size)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let end = usize::from(size).saturating_add(4);
        let field = rest.get(4..end.min(rest.len())).unwrap_or_default();
        if id == 1 {
            let mut at = 0;
            for value in values {
                if *value == u64::from(u32::MAX)
                    && let Some(large) = u64_at(field, at)
                {
                    *value = large;
                    at = at.saturating_add(8);
                }
            }
            return;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
}
