//! Databases in files that do not begin as one: after other bytes, without their header, or as pages out of the middle of one.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use bstr::ByteSlice;

use super::alone;
use super::header::{Header, SIZE};
use super::image::Image;
use super::leaf::{Leaf, rows_of_leaf, table_leaf};
use super::pages::{Encoding, Page};
use super::remains::{Bytes, every};
use super::unnamed::Unnamed;
use crate::content::confidence::{Confidence, Nature};
use crate::content::database::{Database, WriteAheadLog};
use crate::content::format::{self, SQLITE_MAGIC};
use crate::content::profile::{self, Evidence, Layout};
use crate::content::{Answer, Cause, Format, Limits, Unreadable};

/// Rows on strict pages from which on a file is taken for a part of a database: none of the other files of a Debian system and of a
/// Rust registry has one.
const LEAST_ROWS: usize = 2;

/// Cells and bytes of headers looked at per byte of a file. Databases need one; more is made to be slow.
const WORK: u64 = 32;

/// Cells and bytes that may be looked at in any file, however small: some hundredths of a second. Tables of numbers, as in compiled
/// Python, look like pages in many places.
const LEAST_WORK: u64 = 16 << 20;

/// Candidates between two looks at the clock.
const CANDIDATES: u64 = 4096;

/// Whether a file that does not begin as a database holds one, and what is in it. Nearly none does, and their bytes are only looked at.
pub(in crate::content) fn hidden(bytes: Cow<'_, [u8]>, limits: &Limits) -> Answer<Database> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let found = match find_embedded(&bytes) {
        Some(at) => Some(embedded(bytes.into_owned(), at, limits)),
        None => carve(bytes, limits, deadline),
    };
    match found {
        Some(Ok(database)) => Answer::Yes(database),
        Some(Err(unreadable)) => Answer::Unreadable(unreadable),
        None => Answer::No,
    }
}

/// Reads the database whose header begins at this place.
fn embedded(mut bytes: Vec<u8>, at: usize, limits: &Limits) -> Result<Database, Unreadable> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let size = bytes.len() as u64;
    alone::zeroed_journal(&mut bytes, at, limits, deadline).unwrap_or_else(|| {
        bytes.drain(..at);
        let image = Image::with_log(bytes, Vec::new(), limits);
        image.and_then(|it| it.read(&format::SQLITE, size, limits, deadline))
    })
}

/// Where a database begins in a file that does not begin with it.
pub(super) fn find_embedded(bytes: &[u8]) -> Option<usize> {
    let is_header = |at: &usize| {
        // A header that is none is asked whether what follows is encrypted, which would take time at each of many.
        let header = bytes.get(*at..).and_then(|it| it.get(..SIZE));
        header.and_then(Header::find).is_some_and(|it| it.is_ok())
    };
    bytes.get(1..)?.find_iter(SQLITE_MAGIC).map(|it| it + 1).find(is_header)
}

/// Reads what pages of a database there are in a file, wherever they begin; with the header of the first made anew where only that
/// is lost. None where there are no pages.
pub(super) fn carve(
    bytes: Cow<'_, [u8]>,
    limits: &Limits,
    deadline: Instant,
) -> Option<Result<Database, Unreadable>> {
    let size = bytes.len() as u64;
    let leaves = match leaves(&bytes, deadline) {
        Ok(leaves) => leaves,
        Err(()) => return Some(Err(Unreadable::too_slow(limits))),
    };
    if leaves.iter().map(|it| it.1.rows).sum::<usize>() < LEAST_ROWS {
        return None;
    }
    let (at, leaf) = *leaves.first()?;
    let mut bytes = bytes.into_owned();
    let detail = "it has no header of a database".to_owned();
    let damage = Unreadable { cause: Cause::Corrupt, detail };
    if at.is_multiple_of(leaf.size) && put_header(&mut bytes, leaf) {
        let mut image = Image::new(bytes);
        image.damage = Some(damage);
        return Some(image.read(&format::SQLITE_PAGES, size, limits, deadline));
    }
    // All pages lie on one grid, unless several files were put together.
    let mut pages: Vec<&[u8]> = Vec::new();
    let mut next = at % leaf.size;
    for (at, leaf) in &leaves {
        pages.extend(bytes.get(next..*at).into_iter().flat_map(|it| it.chunks_exact(leaf.size)));
        pages.extend(bytes.get(*at..at + leaf.size));
        next = at + leaf.size;
    }
    pages.extend(bytes.get(next..).into_iter().flat_map(|it| it.chunks_exact(leaf.size)));
    Some(without_schema(&format::SQLITE_PAGES, size, &pages, damage, limits, deadline))
}

/// The leaf pages of tables in a file, with where they begin. An error where there is too much that is none and looks like one.
fn leaves(bytes: &[u8], deadline: Instant) -> Result<Vec<(usize, Leaf)>, ()> {
    let mut leaves = Vec::new();
    let bound = (bytes.len() as u64).saturating_mul(WORK).saturating_add(LEAST_WORK);
    let (mut from, mut work, mut candidates) = (0, 0, 0_u64);
    while let Some(found) = bytes.get(from..).and_then(|it| it.find_byte(13)) {
        let at = from + found;
        from = at + 1;
        candidates += 1;
        if candidates.is_multiple_of(CANDIDATES) && Instant::now() >= deadline {
            return Err(());
        }
        if let Some(leaf) = bytes.get(at..).and_then(|it| table_leaf(it, &mut work)) {
            leaves.push((at, leaf));
            from = at + leaf.size;
        } else if work > bound {
            return Err(());
        }
    }
    Ok(leaves)
}

/// Writes a header over the first 100 bytes if the schema after them is there. False where it is not.
fn put_header(bytes: &mut [u8], leaf: Leaf) -> bool {
    let Some(first) = bytes.get(..leaf.usable) else { return false };
    let Some(page) = Page::find(first, SIZE) else { return false };
    let reserved = leaf.size - leaf.usable;
    let encoding = if page.is_leaf() {
        // The schema is a table as any other; an empty one is not worth a header.
        if page.is_of_index() || rows_of_leaf(first, SIZE).is_none() {
            return false;
        }
        Encoding::guess(&page)
    } else {
        let child = |number: u32| {
            let from = (number as usize).checked_sub(1)?.checked_mul(leaf.size)?;
            Page::find(bytes.get(from..from + leaf.usable)?, 0).filter(|it| !it.is_of_index())
        };
        let children = (0..page.cells).filter_map(|n| page.cell(n)?.child).chain(page.right());
        let children: Option<Vec<Page>> = children.map(child).collect();
        match children.as_deref() {
            Some([child, ..]) => Encoding::guess(child),
            _ => return false,
        }
    };
    let pages = u32::try_from(bytes.len() / leaf.size).unwrap_or(u32::MAX).to_be_bytes();
    let page_size = u16::try_from(leaf.size).unwrap_or(1).to_be_bytes();
    let Some(header) = bytes.first_chunk_mut::<SIZE>() else { return false };
    header.fill(0);
    let words =
        [(0, SQLITE_MAGIC), (16, &page_size), (18, &[1, 1]), (21, &[64, 32, 32]), (28, &pages)];
    for (at, word) in words {
        header.iter_mut().skip(at).zip(word).for_each(|(to, from)| *to = *from);
    }
    header[20] = u8::try_from(reserved).unwrap_or_default();
    // The format of the schema, the encoding, and the counters that have to agree for the number of pages to count (1.3).
    header[27] = 1;
    header[47] = 4;
    header[59] = match encoding {
        Encoding::Utf8 => 1,
        Encoding::Utf16le => 2,
        Encoding::Utf16be => 3,
    };
    header[95] = 1;
    true
}

/// What pages hold of which no schema is there: rows of tables, then what else there is of people.
pub(super) fn without_schema(
    format: &'static Format,
    size: u64,
    pages: &[&[u8]],
    damage: Unreadable,
    limits: &Limits,
    deadline: Instant,
) -> Result<Database, Unreadable> {
    let (mut evidence, layout) = (Evidence::default(), Layout::unnamed(false));
    let (mut others, mut leaves): (Vec<&[u8]>, Vec<Page>) = (Vec::new(), Vec::new());
    for page in pages {
        let leaf = table_leaf(page, &mut 0).filter(|it| it.size == page.len());
        match leaf.and_then(|it| Page::find(page.get(..it.usable)?, 0)) {
            Some(leaf) => leaves.push(leaf),
            None => others.push(page),
        }
    }
    let all = leaves.iter().map(|it| it.cells as u64).sum();
    let encoding = leaves.first().map_or(Encoding::Utf8, Encoding::guess);
    let mut rows = Unnamed::new(&layout, encoding);
    for (n, leaf) in leaves.iter().step_by(every(all, limits.rows_per_table)).enumerate() {
        if n.is_multiple_of(64) && Instant::now() >= deadline {
            return Err(Unreadable::too_slow(limits));
        }
        rows.add_page(leaf, |_| None, &mut evidence);
    }
    let page_size = pages.first().map_or(0, |it| it.len());
    let rest = Bytes { bytes: &[], page_size, encoding, rows: limits.rows_per_table, deadline };
    let remains = rest.remains(&[], &others, &mut evidence);
    let mut database = Database {
        format,
        size,
        write_ahead_log: WriteAheadLog::Off,
        tables: (all > 0).then(|| rows.table(all, &mut evidence)).into_iter().collect(),
        remains: remains.map_err(|_| Unreadable::too_slow(limits))?,
        nature: Nature::Unreadable,
        test_confidence: Confidence::none(),
        damage: Some(damage),
    };
    profile::settle(&mut database, &evidence);
    Ok(database)
}
