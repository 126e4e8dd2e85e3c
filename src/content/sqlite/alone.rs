//! A write-ahead log or a rollback journal without its database: each holds whole pages, and often the first, which has the schema.

use std::ops::Range;
use std::time::Instant;

use bstr::ByteSlice;

use super::header::{self, Header};
use super::hidden;
use super::image::Image;
use super::pages::{Page, u32_at};
use super::wal::{self, Frame, Log};
use crate::content::{Answer, Cause, Database, Format, Limits, Unreadable, format};

/// <https://www.sqlite.org/fileformat.html>, 3 (the rollback journal).
const JOURNAL_MAGIC: &[u8] = &[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// Bytes of a journal's header; the first record begins at the next sector.
const JOURNAL_HEADER: usize = 28;

/// Bytes of a sector on nearly all disks.
const SECTOR: usize = 512;

/// Reads a write-ahead log.
pub(super) fn log(
    bytes: Vec<u8>,
    size: u64,
    limits: &Limits,
    deadline: Instant,
) -> Result<Database, Unreadable> {
    let Some(found) = Log::find(&bytes) else {
        return Err(Unreadable::corrupt("its first bytes changed while it was read"));
    };
    // What SQLite would not take comes first, so that what it would take wins.
    let committed = found.committed(&bytes);
    let count = committed.len();
    let mut frames: Vec<Frame> = found.frames(&bytes).skip(count).collect();
    frames.extend(committed);
    Pages { bytes, frames, page_size: found.page_size }.read(
        &format::SQLITE_WAL,
        size,
        limits,
        deadline,
    )
}

/// Reads a rollback journal: the pages as they were before a transaction that did not end, or that ended and left its journal.
pub(super) fn journal(
    bytes: Vec<u8>,
    size: u64,
    limits: &Limits,
    deadline: Instant,
) -> Result<Database, Unreadable> {
    if !bytes.starts_with(JOURNAL_MAGIC) {
        // Its header is zeroed, as one is that stays after its end.
        return match hidden::hidden(bytes.into(), limits) {
            Answer::Yes(database) => Ok(database),
            Answer::Unreadable(why) => Err(why),
            Answer::No => Err(Unreadable::corrupt("a journal without a header or a page of rows")),
        };
    }
    let (page_size, frames) = match records(&bytes, &segments(&bytes)) {
        Some(found) => found,
        None if bytes.len() <= SECTOR => (SECTOR, Vec::new()),
        None => return Err(Unreadable::corrupt("the header of the journal is malformed")),
    };
    Pages { bytes, frames, page_size }.read(&format::SQLITE_JOURNAL, size, limits, deadline)
}

/// Reads a journal whose header was zeroed, as `PRAGMA journal_mode = PERSIST` does. None where it is none: `first` is where the first page
/// of a database was found in it.
pub(super) fn zeroed_journal(
    bytes: &mut Vec<u8>,
    first: usize,
    limits: &Limits,
    deadline: Instant,
) -> Option<Result<Database, Unreadable>> {
    let is_zeroed = bytes.get(..JOURNAL_HEADER)?.iter().all(|it| *it == 0);
    let header = Header::find(bytes.get(first..)?)?.ok()?;
    if !is_zeroed || u32_at(bytes, first.checked_sub(4)?)? != 1 {
        return None;
    }
    let segments = segments(bytes);
    let end = segments.first().copied().unwrap_or(bytes.len());
    let stride = header.page_size + 8;
    let from = (first - 4) % stride;
    let from = if from < JOURNAL_HEADER { from + stride } else { from };
    let mut frames: Vec<Frame> = run(bytes, from..end, header.page_size).collect();
    // Only the first of several headers was zeroed.
    frames.extend(records(bytes, &segments).into_iter().flat_map(|it| it.1));
    let bytes = std::mem::take(bytes);
    let size = bytes.len() as u64;
    let pages = Pages { bytes, frames, page_size: header.page_size };
    Some(pages.read(&format::SQLITE_JOURNAL, size, limits, deadline))
}

/// Where each header of a journal is: one more is written each time that SQLite has to make room in memory. Sectors have 512 bytes
/// or a multiple.
fn segments(journal: &[u8]) -> Vec<usize> {
    journal.find_iter(JOURNAL_MAGIC).filter(|it| it.is_multiple_of(SECTOR)).collect()
}

/// The size of a page, and the records of a journal: each a page number, a page, and a checksum. How many there are is not asked:
/// the number is written last.
fn records(journal: &[u8], segments: &[usize]) -> Option<(usize, Vec<Frame>)> {
    let word = |at: usize| usize::try_from(u32_at(journal, at)?).ok();
    let is_size = |it: &usize| it.is_power_of_two() && (512..=65_536).contains(it);
    let first = *segments.first()?;
    let sector = word(first + 20).filter(is_size)?;
    let page_size = word(first + 24).filter(is_size)?;
    let ends = segments.iter().skip(1).copied().chain([journal.len()]);
    let runs = segments.iter().zip(ends).map(|(at, end)| at + sector..end);
    Some((page_size, runs.flat_map(|it| run(journal, it, page_size)).collect()))
}

fn run(journal: &[u8], place: Range<usize>, page_size: usize) -> impl Iterator<Item = Frame> {
    let stride = page_size + 8;
    let page = |at| u32_at(journal, at - 4).unwrap_or_default();
    let whole = place.len() / stride;
    let at = move |n| place.start + n * stride + 4;
    (0..whole).map(at).map(move |at| Frame { page: page(at), at })
}

/// Pages without their database.
struct Pages {
    bytes: Vec<u8>,
    /// Oldest first.
    frames: Vec<Frame>,
    page_size: usize,
}

impl Pages {
    fn read(
        mut self,
        format: &'static Format,
        size: u64,
        limits: &Limits,
        deadline: Instant,
    ) -> Result<Database, Unreadable> {
        let page_size = self.page_size;
        let first = self.frames.iter().rev().find(|it| it.page == 1);
        let header = first.and_then(|it| Header::find(self.bytes.get(it.at..it.at + page_size)?));
        let has_schema = matches!(header, Some(Ok(it)) if it.page_size == page_size);
        let mut image = Image::new(Vec::new());
        if has_schema {
            let bound = limits.file_size.min(header::padded(self.bytes.len() as u64));
            wal::merge(&mut image.bytes, &mut self.bytes, &self.frames, page_size, bound);
        }
        let mut numbers: Vec<u32> = self.frames.iter().map(|it| it.page).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let here = numbers.iter().filter(|it| **it != 0).count();
        let all = match header {
            Some(Ok(header)) if header.pages as usize > here => format!(" of {}", header.pages),
            _ => String::new(),
        };
        let detail = format!("without its database: pages {here}{all}");
        let damage = Unreadable { cause: Cause::Corrupt, detail };
        image.damage = Some(damage.clone());
        image.spare_size = page_size;
        image.spare_pages = self.frames.iter().map(|it| it.at).collect();
        if !has_schema || !opens(&image.bytes, page_size) {
            let image_pages = image.bytes.chunks_exact(page_size);
            let spare = image.spare_pages.iter();
            let spare = spare.filter_map(|it| self.bytes.get(*it..*it + page_size));
            let pages: Vec<&[u8]> = image_pages.chain(spare).collect();
            return hidden::without_schema(format, size, &pages, damage, limits, deadline);
        }
        image.spare = self.bytes;
        image.read(format, size, limits, deadline)
    }
}

/// Whether the schema is all there: SQLite refuses one of which a page is missing.
fn opens(image: &[u8], page_size: usize) -> bool {
    let reserved = usize::from(image.get(20).copied().unwrap_or_default());
    let usable = page_size.saturating_sub(reserved);
    let is_there = |number: u32| {
        let from = (number as usize).saturating_sub(1).saturating_mul(page_size);
        image.get(from).is_some_and(|it| matches!(it, 5 | 13))
    };
    let first = image.get(..usable).and_then(|it| Page::find(it, header::SIZE));
    first.is_some_and(|page| {
        let children = (0..page.cells).filter_map(|n| page.cell(n)?.child).chain(page.right());
        page.is_leaf() || children.into_iter().all(is_there)
    })
}
