//! What is left in a database's bytes of rows that none of its tables has: whole pages that no table reaches, and the space within
//! pages that no cell takes.

use std::time::Instant;

use super::header;
use super::leaf::rows_of_leaf;
use super::pages::{Encoding, Page, u32_at};
use super::unnamed::Unnamed;
use crate::content::database::Remains;
use crate::content::people::Identities;
use crate::content::profile::{Evidence, Layout};

/// Pages between two looks at the clock.
const PAGES: usize = 64;

/// A b-tree of the schema, by its first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Root {
    pub(super) page: u32,
    pub(super) is_index: bool,
}

/// A database as pages.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) page_size: usize,
    pub(super) encoding: Encoding,
    /// Rows whose values are looked at; of more, those of pages spread evenly over all.
    pub(super) rows: u64,
    pub(super) deadline: Instant,
}

/// Addresses and names without a row that are counted: more say no more.
const MOST_FOUND: u64 = 10_000;

/// The clock ran out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooSlow;

impl<'a> Bytes<'a> {
    /// How many bytes of each page are not reserved (1.3.4).
    fn usable(&self) -> usize {
        let reserved = self.bytes.get(20).copied().unwrap_or_default();
        self.page_size.saturating_sub(usize::from(reserved))
    }

    fn page(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize).checked_sub(1)?.checked_mul(self.page_size)?;
        self.bytes.get(from..from.checked_add(self.usable())?)
    }

    /// A page of a b-tree; that of page 1 begins after the header.
    fn tree(&self, number: u32) -> Option<Page<'a>> {
        Page::find(self.page(number)?, if number == 1 { header::SIZE } else { 0 })
    }

    fn pages(&self) -> u32 {
        u32::try_from(self.bytes.len() / self.page_size.max(1)).unwrap_or(u32::MAX)
    }

    fn check_clock(&self, n: usize) -> Result<(), TooSlow> {
        let is_late = n.is_multiple_of(PAGES) && Instant::now() >= self.deadline;
        if is_late { Err(TooSlow) } else { Ok(()) }
    }

    /// The pages that these b-trees reach, cells that overflow included. A page counts once, so that a circle ends.
    /// With them, those of which the space between cells holds anything.
    fn reached(&self, roots: &[Root]) -> Result<(Reached, Reached), TooSlow> {
        let mut reached = Reached(vec![0; self.pages() as usize / 64 + 1]);
        let mut loose = Reached(reached.0.clone());
        for root in roots {
            let mut below = vec![root.page];
            while let Some(number) = below.pop() {
                self.check_clock(number as usize)?;
                let Some(page) = self.tree(number).filter(|it| it.is_of_index() == root.is_index)
                else {
                    continue;
                };
                if !reached.add(number) {
                    continue;
                }
                below.extend(page.right());
                let (mut taken, mut first) = (0, page.bytes.len());
                for cell in (0..page.cells).filter_map(|n| page.cell(n)) {
                    below.extend(cell.child);
                    taken += cell.place.len();
                    first = first.min(cell.place.start);
                    let mut next = cell.payload.overflow;
                    while let Some(number) = next.filter(|it| reached.add(*it)) {
                        next = self.page(number).and_then(|it| u32_at(it, 0));
                    }
                }
                let gap = page.bytes.get(page.pointers() + 2 * page.cells..first);
                if first + taken != page.bytes.len()
                    || gap.is_none_or(|it| it.iter().any(|it| *it != 0))
                {
                    loose.add(number);
                }
            }
        }
        Ok((reached, loose))
    }

    /// What `roots` do not reach, and `spare` pages, which are older versions of pages of this database.
    pub(super) fn remains(
        &self,
        roots: &[Root],
        spare: &[&[u8]],
        evidence: &mut Evidence,
    ) -> Result<Remains, TooSlow> {
        let (reached, loose) = self.reached(roots)?;
        let free = || (1..=self.pages()).filter(|it| !reached.has(*it));
        let layout = Layout::unnamed(true);
        let mut rows = Unnamed::new(&layout, self.encoding);
        let mut remains = Remains::default();
        let is_whole = |it: &Page| rows_of_leaf(it.bytes, 0).is_some();
        let mut leaves: Vec<Page> = Vec::new();
        for number in free() {
            self.check_clock(number as usize)?;
            leaves.extend(self.tree(number).filter(is_whole));
        }
        let usable = self.usable();
        for (n, page) in spare.iter().filter_map(|it| it.get(..usable.min(it.len()))).enumerate() {
            self.check_clock(n)?;
            leaves.extend(Page::find(page, 0).filter(is_whole));
        }
        remains.pages = leaves.len() as u64;
        remains.rows = leaves.iter().map(|it| it.cells as u64).sum();
        // Whole rows first: an address whose boundaries are known makes its garbled copies known.
        let beyond = |it| self.page(it).filter(|_| !reached.has(it));
        for (n, leaf) in leaves.iter().step_by(every(remains.rows, self.rows)).enumerate() {
            self.check_clock(n)?;
            rows.add_page(leaf, beyond, evidence);
        }
        remains.people = rows.people(remains.rows, evidence);
        let mut search = Search { encoding: self.encoding, ..Search::default() };
        for number in 1..=self.pages() {
            self.check_clock(number as usize)?;
            let tree = self.tree(number);
            let from = (number as usize - 1) * self.page_size;
            let page = self.bytes.get(from..from + self.page_size).unwrap_or_default();
            let before = search.found.total() + search.names.total();
            // Where a tree has several pages, rows are copied from one to the next as it grows, and that is no deleted one.
            let is_root = || roots.iter().any(|it| it.page == number && number > 1);
            let is_single = |tree: &Page| tree.is_leaf() && (tree.cells == 0 || is_root());
            search.is_of_deleted = match &tree {
                Some(tree) if reached.has(number) => is_single(tree),
                // A whole page was read row by row.
                Some(tree) => number > 1 && !is_whole(tree),
                None => true,
            };
            match (tree, reached.has(number)) {
                (Some(tree), true) if loose.has(number) => search.around(&tree, page, evidence),
                // What follows the end of a value that overflows is not told from it.
                (_, true) => {}
                (_, false) => search.through(page, evidence),
            }
            remains.pages += u64::from(search.found.total() + search.names.total() > before);
        }
        search.is_of_deleted = false;
        for (n, page) in spare.iter().enumerate() {
            self.check_clock(n)?;
            search.through(page, evidence);
        }
        let Search { found, names, text, .. } = search;
        (remains.mails, remains.names, remains.text) = (found.total(), names.total(), text);
        remains.people = remains.people + found + names;
        Ok(remains)
    }
}

/// Which of several pages to look at, so that about `bound` of all `rows` are.
pub(super) fn every(rows: u64, bound: u64) -> usize {
    usize::try_from(rows.div_ceil(bound.max(1)).max(1)).unwrap_or(usize::MAX)
}

/// A set of pages.
struct Reached(Vec<u64>);

impl Reached {
    fn has(&self, page: u32) -> bool {
        self.0.get(page as usize / 64).is_some_and(|it| it >> (page % 64) & 1 == 1)
    }

    /// Whether it is new and can be.
    fn add(&mut self, page: u32) -> bool {
        let is_new = page != 0 && !self.has(page);
        match self.0.get_mut(page as usize / 64) {
            Some(word) => *word |= 1 << (page % 64),
            None => return false,
        }
        is_new
    }
}

/// A search for addresses where no cell is.
#[derive(Default)]
pub(super) struct Search {
    encoding: Encoding,
    /// People with an address, and with a name only.
    found: Identities,
    names: Identities,
    /// Bytes of text.
    text: u64,
    /// What is searched is of deleted or changed rows, and no copy of those that are there.
    is_of_deleted: bool,
    narrow: Vec<u8>,
    taken: Vec<(usize, usize)>,
}

impl Search {
    fn through(&mut self, bytes: &[u8], evidence: &mut Evidence) {
        if self.found.total() + self.names.total() >= MOST_FOUND {
            return;
        }
        if self.encoding == Encoding::Utf8 {
            return self.take(bytes, evidence);
        }
        let mut narrow = std::mem::take(&mut self.narrow);
        // Text of two bytes a letter may begin at an odd byte.
        for skipped in 0..2 {
            narrow.clear();
            let units = bytes.get(skipped..).unwrap_or_default().chunks_exact(2);
            for unit in units {
                let unit = match (unit, self.encoding) {
                    ([low, high], Encoding::Utf16le) | ([high, low], Encoding::Utf16be) => {
                        u16::from_be_bytes([*high, *low])
                    }
                    _ => 0,
                };
                let letter = char::from_u32(u32::from(unit)).unwrap_or('\0');
                narrow.extend(letter.encode_utf8(&mut [0; 4]).bytes());
            }
            self.take(&narrow, evidence);
        }
        self.narrow = narrow;
    }

    fn take(&mut self, bytes: &[u8], evidence: &mut Evidence) {
        if bytes.iter().all(|it| *it == 0) {
            return;
        }
        evidence.add_garbled(bytes, &mut self.found);
        if self.is_of_deleted {
            self.text += evidence.add_garbled_names(bytes, &mut self.names);
        }
    }

    /// Searches a live page without its cells.
    fn around(&mut self, tree: &Page, page: &[u8], evidence: &mut Evidence) {
        let mut taken = std::mem::take(&mut self.taken);
        taken.clear();
        taken.extend(
            (0..tree.cells).filter_map(|n| tree.cell(n)).map(|it| (it.place.start, it.place.end)),
        );
        taken.sort_unstable();
        let mut from = tree.pointers() + 2 * tree.cells;
        for (start, end) in &taken {
            if let Some(gap) = page.get(from..*start) {
                self.through(gap, evidence);
            }
            from = from.max(*end);
        }
        self.through(page.get(from..).unwrap_or_default(), evidence);
        self.taken = taken;
    }
}
