//! Whether bytes are a leaf page: so strictly that nothing else passes for one, as the bytes of any file are asked.

use super::pages::{Kind, Page, Types, length, u16_at, varint};

/// The sizes of a page.
const SIZES: [usize; 8] = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

/// Reserved bytes at the end of a page that are tried where no cell tells: none, and what Apple's SQLite (12), checksums (8) and
/// encryption (16, 32) take.
const RESERVED: [usize; 5] = [0, 8, 12, 16, 32];

/// Bytes that may be lost between cells (<https://www.sqlite.org/fileformat.html>, 1.6).
const MOST_FRAGMENTS: usize = 60;

/// A leaf page that holds rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Its bytes.
    pub(super) size: usize,
    /// Those without the reserved ones at its end.
    pub(super) usable: usize,
    /// Its rows.
    pub(super) rows: usize,
}

/// The leaf page of a table at the start of `bytes`, whatever its size. `work` goes up by the bytes and cells looked at.
///
/// Each cell has to be a whole record: its serial types are known and come to the payload's size, row ids go up, and all bytes after
/// the cell pointers are accounted for: gap, cells, free blocks, and as many fragments as the header says.
pub(super) fn table_leaf(bytes: &[u8], work: &mut u64) -> Option<Leaf> {
    let shape = Shape::find(bytes, 0)?;
    let (mut least, mut last, mut before) = (usize::MAX, 0, 0);
    for n in 0..shape.cells {
        *work += 1;
        let pointer = u16_at(bytes, 8 + 2 * n)?;
        // Runs of one number are frequent in other files.
        if pointer < shape.content || pointer == before {
            return None;
        }
        before = pointer;
        least = least.min(pointer);
        last = last.max(pointer);
    }
    // Between the gap and the first cell or free block there are only fragments.
    let first = if shape.free == 0 { least } else { least.min(shape.free) };
    if first > shape.content + MOST_FRAGMENTS {
        return None;
    }
    let free_end = shape.free_end(bytes)?;
    for size in SIZES.into_iter().filter(|it| *it > last && *it > shape.content) {
        let page = bytes.get(..size)?;
        for usable in ends(page, last, free_end).into_iter().flatten() {
            if let Some(rows) = shape.verify(page.get(..usable)?, 0, work) {
                return Some(Leaf { size, usable, rows });
            }
        }
    }
    None
}

/// Whether a page without its reserved bytes is a leaf of a table or index, and how many rows it has then. `start` is where its
/// header is.
pub(super) fn rows_of_leaf(usable: &[u8], start: usize) -> Option<usize> {
    let shape = Shape::find(usable, start)?;
    shape.verify(usable, start, &mut 0)
}

/// Where the reserved bytes may begin: usually where the last cell or free block ends.
fn ends(page: &[u8], last: usize, free_end: usize) -> [Option<usize>; 6] {
    let mut ends = [None; 6];
    let Some((size, length)) = page.get(last..).and_then(varint) else { return ends };
    let Some((_, more)) = page.get(last + length..).and_then(varint) else { return ends };
    // A payload of this size is whole, however many bytes are reserved.
    let is_whole = size <= page.len() as u64 - 35 - 255;
    let size = usize::try_from(size).ok().filter(|_| is_whole).unwrap_or(0);
    let end = (last + length + more + size).max(last + 4).max(free_end);
    let slack = if is_whole { MOST_FRAGMENTS } else { page.len() };
    for (to, reserved) in ends.iter_mut().zip(RESERVED) {
        *to = page.len().checked_sub(reserved).filter(|it| *it >= end && *it - end <= slack);
    }
    let is_odd = is_whole && end <= page.len() && page.len() - end < 256;
    if let Some(to) = ends.last_mut().filter(|_| is_odd) {
        *to = Some(end);
    }
    ends
}

/// The header of a leaf page.
struct Shape {
    cells: usize,
    /// Where its cells begin.
    content: usize,
    /// The first free block, or 0.
    free: usize,
    fragments: usize,
}

impl Shape {
    fn find(bytes: &[u8], start: usize) -> Option<Shape> {
        let header = bytes.get(start..)?.first_chunk::<8>()?;
        let word = |n: usize| u16_at(header, n).unwrap_or_default();
        let (free, cells, fragments) = (word(1), word(3), usize::from(header[7]));
        let content = if word(5) == 0 { 65_536 } else { word(5) };
        let pointers_end = start + 8 + 2 * cells;
        let can_be = matches!(header[0], 10 | 13)
            && cells > 0
            && content >= pointers_end
            && content + 4 * cells <= 65_536.min(bytes.len())
            && (free == 0 || free >= content)
            && fragments <= MOST_FRAGMENTS;
        can_be.then_some(Shape { cells, content, free, fragments })
    }

    /// Each free block as place and size, in order. None where they are out of order.
    fn blocks(&self, bytes: &[u8], mut each: impl FnMut(usize, usize)) -> Option<()> {
        let (mut at, mut past) = (self.free, self.content);
        while at != 0 {
            let (next, size) = (u16_at(bytes, at)?, u16_at(bytes, at + 2)?);
            if at < past || size < 4 {
                return None;
            }
            each(at, size);
            past = at + size;
            at = next;
        }
        Some(())
    }

    /// Where the last free block ends.
    fn free_end(&self, bytes: &[u8]) -> Option<usize> {
        let mut end = 0;
        self.blocks(bytes, |at, size| end = at + size)?;
        Some(end)
    }

    /// The rows of a page of which each byte is accounted for.
    fn verify(&self, usable: &[u8], start: usize, work: &mut u64) -> Option<usize> {
        let page = Page::find(usable, start)?;
        let all = usable.len().checked_sub(self.content)?;
        let mut taken = self.fragments;
        self.blocks(usable, |_, size| taken += size)?;
        let mut before = None;
        for n in 0..self.cells {
            let cell = page.cell(n).filter(|it| it.place.start >= self.content)?;
            taken += cell.place.len();
            *work += 1;
            if taken > all || (page.kind == Kind::TableLeaf && cell.rowid <= before) {
                return None;
            }
            before = cell.rowid;
            let payload = usable.get(cell.payload.local.clone())?;
            *work += is_record(payload, cell.payload.size)?;
        }
        (taken == all).then_some(self.cells)
    }
}

/// The bytes of a record's header; none where it is no record of `size` bytes.
fn is_record(payload: &[u8], size: u64) -> Option<u64> {
    let mut types = Types::of(payload)?;
    let header = types.header as u64;
    let mut sum = header;
    while let Some(kind) = types.next() {
        sum = sum.checked_add(length(kind?)?)?;
    }
    (header > 1 && sum == size).then_some(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::made_from;

    /// Rows of all sizes, of which some were deleted, so that pages have free blocks and fragments.
    const USED: &str = "CREATE TABLE t(x, y, z);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
        INSERT INTO t SELECT i, substr('some text of any length, and more of it', 1, i * 7 % 40), zeroblob(i * 131 % 1100) FROM n;
        DELETE FROM t WHERE x % 3 = 1; UPDATE t SET y = substr(y, 3) || x WHERE x % 5 = 2; DELETE FROM t WHERE x % 7 = 4;
        CREATE INDEX i ON t(y, x); DELETE FROM t WHERE x % 11 = 6;";

    #[test]
    fn finds_every_leaf_that_sqlite_writes() {
        for size in SIZES {
            let database = made_from(&format!("PRAGMA page_size = {size}; {USED}")).unwrap();
            let mut rows = 0;
            for page in database.chunks(size).skip(1) {
                let claimed = u16_at(page, 3).unwrap();
                let found = table_leaf(page, &mut 0);
                match page[0] {
                    13 if claimed > 0 => {
                        let leaf = Leaf { size, usable: size, rows: claimed };
                        assert_eq!(found, Some(leaf));
                        rows += claimed;
                    }
                    10 if claimed > 0 => assert_eq!(rows_of_leaf(page, 0), Some(claimed)),
                    _ => assert_eq!(found, None),
                }
            }
            assert!(rows > 400, "{size}: {rows}");
        }
    }

    #[test]
    fn lets_through_a_leaf_with_any_byte_changed_in_its_structure() {
        let database = made_from(
            "PRAGMA page_size = 512; CREATE TABLE t(x); INSERT INTO t VALUES('a'), ('bc'), (3);",
        )
        .unwrap();
        let page = &database[512..];
        assert!(table_leaf(page, &mut 0).is_some());
        let content = u16_at(page, 5).unwrap();
        for at in (0..14).chain([content, content + 1, content + 2]) {
            for change in [1, 2, 0x80] {
                let mut changed = page.to_vec();
                changed[at] ^= change;
                let found = table_leaf(&changed, &mut 0).filter(|it| it.size == 512);
                // Another row id is as good where they still go up.
                assert!(found.is_none() || at == content + 1, "{at} {change}");
            }
        }
        assert_eq!(table_leaf(&page[..511], &mut 0), None);
    }
}
