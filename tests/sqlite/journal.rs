//! A rollback journal without its database.

use std::fs;

use proptest::prelude::*;
use rusqlite::Connection;

use crate::{answer, opened};

/// The journal of a transaction that changes all people, in the middle of it or after its end.
fn journal(page_size: u32, mode: &str, ends: bool) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let connection = Connection::open(directory.path().join("a.db")).unwrap();
    let sql = format!("PRAGMA page_size = {page_size}; {}", crate::people::sql(300));
    connection.execute_batch(&sql).unwrap();
    // A small cache makes SQLite write the journal before the end.
    let change = format!(
        "PRAGMA journal_mode = {mode}; PRAGMA cache_size = 1; BEGIN; UPDATE users SET name = 'x' || name;"
    );
    connection.execute_batch(&change).unwrap();
    if ends {
        connection.execute_batch("COMMIT").unwrap();
    }
    fs::read(directory.path().join("a.db-journal")).unwrap()
}

#[test]
fn the_rows_from_before_are_read() {
    for (page_size, format) in [
        (512, "SQLite rollback journal"),
        (4096, "SQLite rollback journal"),
        // Its header is not written yet, and the first page comes last.
        (32_768, "SQLite pages"),
    ] {
        let database = opened(answer(&journal(page_size, "delete", false)));
        assert_eq!(database.format.name, format, "{page_size}");
        let people = database.people() + database.remains.people.total();
        assert!(people >= 290, "{page_size}: {people} {database:?}");
        assert!(database.test_confidence.value < 0.3 && database.damage.is_some());
    }
}

#[test]
fn a_journal_that_ended_and_stays_is_read_too() {
    for page_size in [512, 4096] {
        let bytes = journal(page_size, "persist", true);
        assert!(bytes[..28].iter().all(|it| *it == 0));
        let database = opened(answer(&bytes));
        let people = database.people() + database.remains.people.total();
        assert!(people >= 290, "{page_size}: {people}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn a_mutated_journal_is_read_or_refused(changes in prop::collection::vec((0_usize..3000, any::<u8>()), 1..20)) {
        let mut bytes = journal(512, "delete", false);
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let _ = answer(&bytes);
    }
}
