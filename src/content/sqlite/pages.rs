//! B-tree pages and records as raw bytes, for what SQLite itself does not show: free pages, deleted rows, lost headers.
//!
//! <https://www.sqlite.org/fileformat.html>, 1.6 (b-tree pages) and 2.1 (records).

use std::ops::Range;

use crate::content::profile::Value;

/// How texts are stored (1.3.13).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    #[default]
    Utf8,
    Utf16le,
    Utf16be,
}

impl Encoding {
    /// That of a database with this header.
    pub(super) fn of(database: &[u8]) -> Encoding {
        match database.get(59) {
            Some(2) => Encoding::Utf16le,
            Some(3) => Encoding::Utf16be,
            _ => Encoding::Utf8,
        }
    }
}

/// A variable-length integer at the start of `bytes`, and its length: 1 to 9 bytes (1.6).
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (n, byte) in bytes.iter().take(9).enumerate() {
        if n == 8 {
            return Some((value << 8 | u64::from(*byte), 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if *byte < 0x80 {
            return Some((value, n + 1));
        }
    }
    None
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(usize::from(u16::from_be_bytes(*bytes)))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk::<4>()?))
}

/// The four kinds of b-tree pages, by their first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    IndexInterior = 2,
    TableInterior = 5,
    IndexLeaf = 10,
    TableLeaf = 13,
}

/// A b-tree page whose header can be one. Its cells may be anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) kind: Kind,
    /// The page without its reserved bytes.
    pub(super) bytes: &'a [u8],
    /// Where its header is: 100 on page 1, else 0.
    start: usize,
    /// The number of cells it claims.
    pub(super) cells: usize,
}

/// A cell of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Where it is in its page.
    pub(super) place: Range<usize>,
    /// The page below, on interior pages.
    pub(super) child: Option<u32>,
    /// The row id, on pages of tables.
    pub(super) rowid: Option<i64>,
    pub(super) payload: Payload,
}

/// The record of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Payload {
    /// Bytes of all of it.
    pub(super) size: u64,
    /// Where the part that is on this page is.
    pub(super) local: Range<usize>,
    /// The first page of the rest.
    pub(super) overflow: Option<u32>,
}

impl<'a> Page<'a> {
    /// `bytes` is a page without its reserved bytes.
    pub(super) fn find(bytes: &'a [u8], start: usize) -> Option<Page<'a>> {
        let kind = match bytes.get(start)? {
            2 => Kind::IndexInterior,
            5 => Kind::TableInterior,
            10 => Kind::IndexLeaf,
            13 => Kind::TableLeaf,
            _ => return None,
        };
        let cells = u16_at(bytes, start + 3)?;
        let page = Page { kind, bytes, start, cells };
        (page.pointers() + 2 * cells <= bytes.len()).then_some(page)
    }

    pub(super) fn is_leaf(&self) -> bool {
        matches!(self.kind, Kind::IndexLeaf | Kind::TableLeaf)
    }

    pub(super) fn is_of_index(&self) -> bool {
        matches!(self.kind, Kind::IndexLeaf | Kind::IndexInterior)
    }

    /// Where the pointers to its cells begin.
    pub(super) fn pointers(&self) -> usize {
        self.start + if self.is_leaf() { 8 } else { 12 }
    }

    /// The last page below, on interior pages.
    pub(super) fn right(&self) -> Option<u32> {
        if self.is_leaf() { None } else { u32_at(self.bytes, self.start + 8) }
    }

    /// Where its `n`th cell begins.
    pub(super) fn pointer(&self, n: usize) -> Option<usize> {
        u16_at(self.bytes, self.pointers() + 2 * n)
    }

    /// Its `n`th cell, where that lies within the page.
    pub(super) fn cell(&self, n: usize) -> Option<Cell> {
        let from = self.pointer(n).filter(|it| *it >= self.pointers() + 2 * self.cells)?;
        let mut at = from;
        let child = if self.is_leaf() {
            None
        } else {
            let child = u32_at(self.bytes, at)?;
            at += 4;
            Some(child)
        };
        let mut next = || {
            let (value, length) = varint(self.bytes.get(at..)?)?;
            at += length;
            Some(value)
        };
        let size = if self.kind == Kind::TableInterior { 0 } else { next()? };
        let rowid = match self.kind {
            Kind::TableLeaf | Kind::TableInterior => Some(next()?.cast_signed()),
            Kind::IndexLeaf | Kind::IndexInterior => None,
        };
        let here = local(self.kind, size, self.bytes.len())?;
        let mut end = at.checked_add(here)?;
        let mut payload = Payload { size, local: at..end, overflow: None };
        if (here as u64) < size {
            payload.overflow = Some(u32_at(self.bytes, end)?);
            end += 4;
        }
        // Less than four bytes are never given out (1.6).
        let end = end.max(from + 4);
        (end <= self.bytes.len()).then_some(Cell { place: from..end, child, rowid, payload })
    }
}

/// How many bytes of a payload are on the page itself (1.6, "Cell Payload Overflow Pages").
fn local(kind: Kind, size: u64, usable: usize) -> Option<usize> {
    let usable = usable as u64;
    let most = match kind {
        Kind::TableLeaf | Kind::TableInterior => usable.checked_sub(35)?,
        Kind::IndexLeaf | Kind::IndexInterior => {
            (usable.checked_sub(12)? * 64 / 255).checked_sub(23)?
        }
    };
    let here = if size <= most {
        size
    } else {
        let least = (usable.checked_sub(12)? * 32 / 255).checked_sub(23)?;
        let some = least + (size - least) % usable.checked_sub(4).filter(|it| *it > 0)?;
        if some <= most { some } else { least }
    };
    usize::try_from(here).ok()
}

/// A value of a record, by where it is.
#[derive(Debug, Clone, PartialEq)]
enum Slot {
    Nothing,
    Integer(i64),
    Real(f64),
    /// In the payload.
    Text(Range<usize>),
    Blob(Range<usize>),
    /// In [`Row::converted`].
    Converted(Range<usize>),
}

/// A record taken apart. One serves for many, so that each costs no memory of its own.
#[derive(Debug, Default)]
pub(super) struct Row {
    slots: Vec<Slot>,
    /// Texts that were UTF-16, as UTF-8.
    converted: Vec<u8>,
}

impl Row {
    /// Takes apart a record of `size` bytes, of which `payload` is the first part or all. False for what is none; values
    /// past the part that is here are cut.
    pub(super) fn read(&mut self, payload: &[u8], size: u64, encoding: Encoding) -> bool {
        self.slots.clear();
        self.converted.clear();
        let Some(mut types) = Types::of(payload) else { return false };
        let mut at = types.header as u64;
        while let Some(kind) = types.next() {
            let Some(length) = kind.and_then(length) else { return false };
            let end = at.saturating_add(length);
            let here =
                |at: u64| usize::try_from(at).map_or(payload.len(), |it| it.min(payload.len()));
            let slot = self.slot(kind.unwrap_or_default(), payload, here(at)..here(end), encoding);
            self.slots.push(slot);
            at = end;
        }
        types.is_whole() && at == size
    }

    fn slot(&mut self, kind: u64, payload: &[u8], place: Range<usize>, encoding: Encoding) -> Slot {
        let bytes = payload.get(place.clone()).unwrap_or_default();
        match kind {
            1..=6 => Slot::Integer(integer(bytes)),
            7 => Slot::Real(f64::from_bits(integer(bytes).cast_unsigned())),
            8 => Slot::Integer(0),
            9 => Slot::Integer(1),
            12.. if kind.is_multiple_of(2) => Slot::Blob(place),
            13.. if encoding == Encoding::Utf8 => Slot::Text(place),
            13.. => {
                let from = self.converted.len();
                convert(bytes, encoding, &mut self.converted);
                Slot::Converted(from..self.converted.len())
            }
            _ => Slot::Nothing,
        }
    }

    /// How many values it has.
    pub(super) fn width(&self) -> usize {
        self.slots.len()
    }

    /// The value of a column; `payload` is what it was read from.
    pub(super) fn value<'a>(&'a self, payload: &'a [u8], column: usize) -> Value<'a> {
        match self.slots.get(column) {
            Some(Slot::Integer(number)) => Value::Integer(*number),
            Some(Slot::Real(number)) => Value::Real(*number),
            Some(Slot::Text(at)) => Value::Text(payload.get(at.clone()).unwrap_or_default()),
            Some(Slot::Blob(at)) => Value::Blob(payload.get(at.clone()).unwrap_or_default()),
            Some(Slot::Converted(at)) => {
                Value::Text(self.converted.get(at.clone()).unwrap_or_default())
            }
            Some(Slot::Nothing) | None => Value::Nothing,
        }
    }
}

/// The serial types in the header of a record (2.1).
pub(super) struct Types<'a> {
    /// Bytes of the header.
    pub(super) header: usize,
    rest: &'a [u8],
}

impl<'a> Types<'a> {
    /// None where the header is not all in `payload`.
    pub(super) fn of(payload: &'a [u8]) -> Option<Types<'a>> {
        let (header, length) = varint(payload)?;
        let header = usize::try_from(header).ok()?;
        Some(Types { header, rest: payload.get(length..header)? })
    }

    /// The next type; `Some(None)` for bytes that are none.
    pub(super) fn next(&mut self) -> Option<Option<u64>> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((kind, length)) = varint(self.rest) else {
            self.rest = &[];
            return Some(None);
        };
        self.rest = self.rest.get(length..).unwrap_or_default();
        Some(Some(kind))
    }

    fn is_whole(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Bytes of a value of this serial type; 10 and 11 are none.
pub(super) fn length(kind: u64) -> Option<u64> {
    match kind {
        0 | 8 | 9 => Some(0),
        1..=4 => Some(kind),
        5 => Some(6),
        6 | 7 => Some(8),
        10 | 11 => None,
        _ => Some((kind - 12) / 2),
    }
}

/// Big-endian, in two's complement.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|it| *it >= 0x80) { -1 } else { 0 };
    bytes.iter().take(8).fold(sign, |sum, byte| sum << 8 | i64::from(*byte))
}

/// UTF-16 as UTF-8.
pub(super) fn convert(bytes: &[u8], encoding: Encoding, into: &mut Vec<u8>) {
    let units = bytes.chunks_exact(2).map(|it| match (it, encoding) {
        ([high, low], Encoding::Utf16be) => u16::from_be_bytes([*high, *low]),
        ([low, high], _) => u16::from_be_bytes([*high, *low]),
        _ => 0,
    });
    for c in char::decode_utf16(units) {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        into.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}
