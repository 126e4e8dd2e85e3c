//! Databases that are made to be slow end in a finding once the time is over.

#[path = "support/examined.rs"]
mod examined;

use dataward::content::{Answer, Cause, Limits, made_from};

const PAGE: usize = 4096;

/// A table whose every inner page names the page after it 300 times: a few pages that would take for ever to walk.
fn endless() -> Vec<u8> {
    let sql = "PRAGMA page_size = 4096; CREATE TABLE t (a); INSERT INTO t VALUES (1)";
    let mut bytes = made_from(sql).expect("SQL that SQLite understands");
    let leaf = bytes[PAGE..2 * PAGE].to_vec();
    bytes.truncate(PAGE);
    let pages = 18_u32;
    for page in 2..pages {
        bytes.extend(inner(page + 1));
    }
    bytes.extend(leaf);
    bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    bytes
}

/// An inner page of a table: <https://www.sqlite.org/fileformat.html>, 1.6.
fn inner(child: u32) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let cells = 300;
    let mut end = PAGE;
    for key in 0..cells {
        end -= 6;
        page[end..end + 4].copy_from_slice(&child.to_be_bytes());
        let key = key as u16;
        page[end + 4..end + 6].copy_from_slice(&[0x80 | (key >> 7) as u8, (key & 0x7f) as u8]);
        let at = 12 + 2 * usize::from(key);
        page[at..at + 2].copy_from_slice(&(end as u16).to_be_bytes());
    }
    page[0] = 5;
    page[3..5].copy_from_slice(&(cells as u16).to_be_bytes());
    page[5..7].copy_from_slice(&(end as u16).to_be_bytes());
    page[8..12].copy_from_slice(&child.to_be_bytes());
    page
}

#[test]
fn a_table_without_an_end_is_too_slow_to_read() {
    let bytes = endless();
    let limits = Limits { seconds: 1, ..Limits::default() };
    match examined::answer(&bytes, &limits) {
        Answer::Unreadable(unreadable) => assert_eq!(unreadable.cause, Cause::TooSlow),
        answer => panic!("{answer:?}"),
    }
}
