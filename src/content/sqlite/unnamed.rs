//! Rows of pages that no schema names: their people are counted, and where they stand in a row is all that is said of them.

use super::pages::{Encoding, Page, Payload, Row};
use crate::content::database::Table;
use crate::content::people::Identities;
use crate::content::profile::{Evidence, Found, Layout, Profile};

/// Bytes of a payload that are gathered from overflow pages: as much of a value as is searched anyway, and some columns before it.
const GATHERED: usize = 64 << 10;

/// Rows without names in the making.
pub(super) struct Unnamed<'a> {
    profile: Profile<'a>,
    /// The rows taken in so far.
    rows: u64,
    encoding: Encoding,
    row: Row,
    payload: Vec<u8>,
}

impl<'a> Unnamed<'a> {
    /// `layout` is one without columns.
    pub(super) fn new(layout: &'a Layout, encoding: Encoding) -> Unnamed<'a> {
        let profile = Profile::new(layout);
        Unnamed { profile, rows: 0, encoding, row: Row::default(), payload: Vec::new() }
    }

    /// Takes in the rows of a leaf page. `page` yields other pages by number, for what does not fit on this one; none where they
    /// are not known.
    pub(super) fn add_page<'p>(
        &mut self,
        leaf: &Page<'p>,
        page: impl Fn(u32) -> Option<&'p [u8]>,
        evidence: &mut Evidence,
    ) {
        for cell in (0..leaf.cells).filter_map(|n| leaf.cell(n)) {
            self.add(leaf.bytes, &cell.payload, &page, evidence);
        }
    }

    fn add<'p>(
        &mut self,
        leaf: &'p [u8],
        payload: &Payload,
        page: impl Fn(u32) -> Option<&'p [u8]>,
        evidence: &mut Evidence,
    ) {
        let local = leaf.get(payload.local.clone()).unwrap_or_default();
        let gathered = &mut self.payload;
        gathered.clear();
        let mut next = payload.overflow;
        while let Some(bytes) = next.take().and_then(&page) {
            if gathered.is_empty() {
                gathered.extend_from_slice(local);
            }
            let Some((head, rest)) = bytes.split_first_chunk::<4>() else { break };
            let missing = usize::try_from(payload.size).unwrap_or(usize::MAX) - gathered.len();
            gathered.extend_from_slice(rest.get(..missing.min(rest.len())).unwrap_or_default());
            let is_short = missing > rest.len() && gathered.len() < GATHERED;
            next = is_short.then(|| u32::from_be_bytes(*head));
        }
        let payload_here = if gathered.is_empty() { local } else { gathered.as_slice() };
        if self.row.read(payload_here, payload.size, self.encoding) {
            self.rows += 1;
            let row = &self.row;
            let value = |column| row.value(payload_here, column);
            self.profile.add_unnamed(row.width(), value, evidence);
        }
    }

    /// The table that these rows make, of `rows` in all.
    pub(super) fn table(self, rows: u64, evidence: &mut Evidence) -> Table {
        let (rows, rows_read) = (rows.max(self.rows), self.rows);
        let found = self.profile.finish_unnamed(rows, rows_read, evidence);
        let Found { columns, identities, reasons } = found;
        let name = "(rows of pages without a schema)".to_owned();
        Table { name, rows, rows_read, columns, identities, reasons }
    }

    /// The people in these rows, scaled to `rows` in all.
    pub(super) fn people(self, rows: u64, evidence: &mut Evidence) -> Identities {
        let read = self.rows.max(1);
        let found = self.profile.finish_unnamed(read, read, evidence).identities;
        let scaled = |n: u64| {
            let scaled = u128::from(n) * u128::from(rows.max(read)) / u128::from(read);
            u64::try_from(scaled).unwrap_or(u64::MAX)
        };
        Identities {
            synthetic: scaled(found.synthetic),
            real_looking: scaled(found.real_looking),
            unknown: scaled(found.unknown),
        }
    }
}

impl Encoding {
    /// The encoding of the texts on a leaf page, going by their zero bytes: most text has letters of Latin somewhere.
    pub(super) fn guess(leaf: &Page) -> Encoding {
        let (mut even, mut odd, mut all) = (0_usize, 0_usize, 0_usize);
        let mut row = Row::default();
        for cell in (0..leaf.cells).filter_map(|n| leaf.cell(n)) {
            let payload = leaf.bytes.get(cell.payload.local.clone()).unwrap_or_default();
            if !row.read(payload, cell.payload.size, Encoding::Utf8) {
                continue;
            }
            for column in 0..row.width() {
                if let crate::content::profile::Value::Text(text) = row.value(payload, column) {
                    all += text.len();
                    even += text.iter().step_by(2).filter(|it| **it == 0).count();
                    odd += text.iter().skip(1).step_by(2).filter(|it| **it == 0).count();
                }
            }
        }
        // In UTF-8 a zero byte is the character NUL, which next to no text has.
        match (even * 8 > all, odd * 8 > all) {
            (true, false) => Encoding::Utf16be,
            (false, true) => Encoding::Utf16le,
            _ => Encoding::Utf8,
        }
    }
}
