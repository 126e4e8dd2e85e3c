//! Walks tape archives as a stream: ustar, GNU, pax and what came before them.
//!
//! The formats are those of POSIX.1-2024 (pax) and of the GNU tar manual, "Basic Tar Format".

use bstr::{BStr, ByteSlice};

use super::super::{Cause, Unreadable};
use super::Each;
use super::budget::Budget;
use super::flow::Flow;

/// Bytes of a header, and what all else is rounded up to.
pub(super) const BLOCK: usize = 512;

/// Bytes of a long name or of pax records that are read; the kernels of this world end a path at 4 KiB.
const RECORDS: u64 = 1 << 20;

/// Whether a tar begins here: by its magic bytes or, as the oldest have none, by the sum over its first header.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let Some(header) = bytes.first_chunk::<BLOCK>() else { return false };
    let has_magic = header.get(257..262) == Some(b"ustar");
    has_magic || (header.first() != Some(&0) && has_right_sum(header))
}

/// Whether the sum of the header's bytes is the one it says, the sum itself taken for blanks. Old tars summed signed bytes.
fn has_right_sum(header: &[u8; BLOCK]) -> bool {
    let Some(stated) = header.get(148..156).and_then(octal) else { return false };
    let (mut unsigned, mut signed) = (0_u64, 0_i64);
    for (at, byte) in header.iter().enumerate() {
        let byte = if (148..156).contains(&at) { b' ' } else { *byte };
        unsigned = unsigned.saturating_add(byte.into());
        signed = signed.saturating_add(byte.cast_signed().into());
    }
    stated == unsigned || i64::try_from(stated) == Ok(signed)
}

/// A number in octal digits, with blanks before it and a blank or NUL behind it.
fn octal(field: &[u8]) -> Option<u64> {
    let digits = field.trim_start_with(|it| it == ' ');
    let end = digits.iter().position(|it| !(b'0'..=b'7').contains(it)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at_checked(end)?;
    if digits.is_empty() || rest.first().is_some_and(|it| !matches!(it, 0 | b' ')) {
        return None;
    }
    u64::from_str_radix(digits.to_str().ok()?, 8).ok()
}

/// The size in a header: octal digits, or 256 to a digit where the first bit is set (GNU).
fn size(header: &[u8; BLOCK]) -> Option<u64> {
    let field = header.get(124..136)?;
    match field.split_first()? {
        (0x80, rest) => {
            let (high, low) = rest.split_last_chunk::<8>()?;
            high.iter().all(|it| *it == 0).then(|| u64::from_be_bytes(*low))
        }
        // Nothing but NULs or blanks is 0 in entries without bytes.
        _ if field.iter().all(|it| matches!(it, 0 | b' ')) => Some(0),
        _ => octal(field),
    }
}

/// What pax records and long names say of the next entry.
#[derive(Default)]
struct Ahead {
    path: Option<Vec<u8>>,
    size: Option<u64>,
}

struct Walk<'f, 'a> {
    flow: &'f mut Flow<'a>,
    budget: &'f Budget,
    ahead: Ahead,
    /// The first thing that was wrong.
    damage: Option<Unreadable>,
    /// A block of zeros was met, and no entry since: what tools take for the end.
    is_past_end: bool,
}

/// Hands over each member. Looks on behind the blocks of zeros at which tools stop, as joined archives hide members there.
pub(super) fn walk<'a>(
    flow: &mut Flow<'a>,
    budget: &'a Budget,
    each: &mut Each,
) -> Result<(), Unreadable> {
    let mut walk = Walk { flow, budget, ahead: Ahead::default(), damage: None, is_past_end: false };
    walk.entries(each)?;
    walk.damage.map_or(Ok(()), Err)
}

impl Walk<'_, '_> {
    fn entries(&mut self, each: &mut Each) -> Result<(), Unreadable> {
        loop {
            let block = self.flow.peek(BLOCK);
            let Some(header) = block.first_chunk::<BLOCK>().copied() else {
                if !block.iter().all(|it| *it == 0) && !self.is_past_end {
                    self.damaged(Unreadable::corrupt("its tar data breaks off"));
                }
                // Says what went wrong, if something did.
                return self.flow.skip(BLOCK as u64);
            };
            self.flow.skip(BLOCK as u64)?;
            if header.iter().all(|it| *it == 0) {
                self.is_past_end = true;
            } else if has_right_sum(&header) {
                self.is_past_end = false;
                self.budget.member()?;
                if !self.entry(&header, each)? {
                    return Ok(());
                }
            } else if !self.is_past_end {
                self.damaged(Unreadable::corrupt("bytes in its tar data belong to no member"));
            }
        }
    }

    /// Takes an entry. Whether there may be more.
    fn entry(&mut self, header: &[u8; BLOCK], each: &mut Each) -> Result<bool, Unreadable> {
        let kind = header.get(156).copied().unwrap_or(0);
        let Some(stated) = size(header) else {
            self.damaged(Unreadable::corrupt("a tar header without a size"));
            return Ok(true);
        };
        match kind {
            b'L' | b'N' | b'K' | b'x' | b'X' | b'g' => return self.records(kind, stated),
            _ => {}
        }
        let ahead = std::mem::take(&mut self.ahead);
        let size = ahead.size.unwrap_or(stated);
        let path = ahead.path.unwrap_or_else(|| path(header));
        // Old GNU sparse files list more of their pieces in blocks of their own.
        let mut more = kind == b'S' && header.get(482) == Some(&1);
        while more {
            let block = self.flow.peek(BLOCK);
            more = block.get(504) == Some(&1);
            self.flow.skip(BLOCK as u64)?;
        }
        let has_none = match kind {
            // Links, devices, directories, pipes: some tools state a size and write no bytes, others write them.
            b'1'..=b'6' => size == 0 || self.is_header_next(),
            b'D' | b'V' => false,
            _ => kind == 0 && path.ends_with(b"/") && size == 0,
        };
        if has_none {
            return Ok(true);
        }
        let member = self.flow.member(Some(size))?;
        let is_cut = member.damage.is_some();
        if !matches!(kind, b'D' | b'V') {
            // What a member that was not had suffers from is said with it.
            if let (Ok(_), Some(damage)) = (&member.bytes, member.damage) {
                self.damaged(damage);
            }
            each(BStr::new(&path), member.bytes);
        }
        if !is_cut {
            self.flow.skip(padding(size))?;
        }
        Ok(!is_cut)
    }

    /// Takes a long name or pax records.
    fn records(&mut self, kind: u8, size: u64) -> Result<bool, Unreadable> {
        if size > RECORDS {
            let detail = format!("a name or pax records over {} MiB", RECORDS >> 20);
            self.damaged(Unreadable { cause: Cause::TooLarge, detail });
            self.flow.skip(size.saturating_add(padding(size)))?;
            return Ok(true);
        }
        let member = self.flow.member(Some(size))?;
        let is_cut = member.damage.is_some();
        if let Some(damage) = member.damage {
            self.damaged(damage);
        }
        let bytes = member.bytes.unwrap_or_default();
        match kind {
            b'L' | b'N' => {
                let end = bytes.find_byte(0).unwrap_or(bytes.len());
                self.ahead.path = bytes.get(..end).map(<[u8]>::to_vec);
            }
            b'x' | b'X' => self.pax(&bytes),
            // The target of a link, and what holds for all members: tools give these neither paths nor sizes.
            _ => {}
        }
        if !is_cut {
            self.flow.skip(padding(size))?;
        }
        Ok(!is_cut)
    }

    /// Takes pax records: `LENGTH KEY=VALUE` and a line feed, the length being that of all of it.
    fn pax(&mut self, records: &[u8]) {
        let mut rest = records;
        while let Some((length, _)) = rest.split_once_str(" ") {
            let stated = length.to_str().ok().and_then(|it| it.parse::<usize>().ok());
            let Some((record, next)) = stated.and_then(|it| rest.split_at_checked(it)) else {
                break;
            };
            let pair = record.get(length.len().saturating_add(1)..).unwrap_or_default();
            let pair = pair.strip_suffix(b"\n").unwrap_or(pair);
            match pair.split_once_str("=") {
                Some((b"path", value)) if self.ahead.path.is_none() => {
                    self.ahead.path = Some(value.to_vec());
                }
                Some((b"GNU.sparse.name", value)) => self.ahead.path = Some(value.to_vec()),
                Some((b"size", value)) => {
                    self.ahead.size = value.to_str().ok().and_then(|it| it.parse().ok());
                }
                _ => {}
            }
            rest = next;
            if record.is_empty() {
                break;
            }
        }
    }

    fn is_header_next(&mut self) -> bool {
        self.flow
            .peek(BLOCK)
            .first_chunk::<BLOCK>()
            .is_none_or(|it| it.iter().all(|byte| *byte == 0) || has_right_sum(it))
    }

    fn damaged(&mut self, damage: Unreadable) {
        self.damage.get_or_insert(damage);
    }
}

/// Bytes from the end of a member to the next block.
fn padding(size: u64) -> u64 {
    let block = BLOCK as u64;
    block.saturating_sub(size % block) % block
}

/// The path in a header: the prefix of ustar stands before the name.
fn path(header: &[u8; BLOCK]) -> Vec<u8> {
    let until_nul = |field: &[u8]| {
        let end = field.find_byte(0).unwrap_or(field.len());
        field.get(..end).unwrap_or_default().to_vec()
    };
    let name = until_nul(header.get(..100).unwrap_or_default());
    // GNU's magic has a blank where POSIX has a NUL, and other things in place of the prefix.
    let has_prefix = header.get(257..263) == Some(b"ustar\0");
    let mut path = until_nul(header.get(345..500).unwrap_or_default());
    if !has_prefix || path.is_empty() {
        return name;
    }
    path.push(b'/');
    path.extend_from_slice(&name);
    path
}
