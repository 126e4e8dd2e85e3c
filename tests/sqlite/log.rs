//! The write-ahead log: merged, it says what SQLite says; alone, it says what is in it.

use std::fs;
use std::path::Path;

use dataward::content::{Answer, Database, WriteAheadLog};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::{Dice, answer, opened, tables, with_log};

/// A database in WAL mode, and what is written to it.
struct Writer {
    directory: tempfile::TempDir,
    connection: Connection,
}

impl Writer {
    fn new(page_size: u32) -> Writer {
        let directory = tempfile::tempdir().unwrap();
        let connection = Connection::open(directory.path().join("a.db")).unwrap();
        let sql = format!(
            "PRAGMA page_size = {page_size}; PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
             PRAGMA secure_delete = off;"
        );
        connection.execute_batch(&sql).unwrap();
        Writer { directory, connection }
    }

    fn run(&self, sql: &str) {
        self.connection.execute_batch(sql).unwrap();
    }

    /// Both files as they are on disk while the database is open.
    fn files(&self) -> (Vec<u8>, Vec<u8>) {
        let read = |name: &str| fs::read(self.directory.path().join(name)).unwrap_or_default();
        (read("a.db"), read("a.db-wal"))
    }
}

/// The rows of each table as SQLite sees them in these two files.
fn rows(database: &[u8], log: &[u8]) -> Vec<(String, u64)> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("b.db");
    fs::write(&path, database).unwrap();
    fs::write(directory.path().join("b.db-wal"), log).unwrap();
    counts(&path)
}

fn counts(path: &Path) -> Vec<(String, u64)> {
    let connection = Connection::open(path).unwrap();
    let mut names = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
        .unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    names
        .map(|name| {
            let name = name.unwrap();
            let sql = format!("SELECT count(*) FROM {name}");
            let rows: i64 = connection.query_row(&sql, [], |row| row.get(0)).unwrap();
            (name, rows as u64)
        })
        .collect()
}

fn merged(files: &(Vec<u8>, Vec<u8>)) -> Database {
    opened(with_log(&files.0, Some(&files.1)))
}

fn agrees(files: &(Vec<u8>, Vec<u8>)) {
    let ours: Vec<_> = match with_log(&files.0, Some(&files.1)) {
        Answer::Yes(it) => {
            assert_eq!(it.damage, None);
            it.tables.iter().map(|it| (it.name.clone(), it.rows)).collect()
        }
        // A database to which nothing was ever moved is empty.
        Answer::No => Vec::new(),
        Answer::Unreadable(it) => panic!("{it:?}"),
    };
    if !files.0.is_empty() {
        assert_eq!(ours, rows(&files.0, &files.1));
    }
}

const PEOPLE: &str = "CREATE TABLE users(id INTEGER PRIMARY KEY, email);
    INSERT INTO users VALUES(1, 'anna@web.de'), (2, 'jonas@gmx.de');";

#[test]
fn rows_only_in_the_log_are_read() {
    let writer = Writer::new(4096);
    writer.run("CREATE TABLE t(x); PRAGMA wal_checkpoint(truncate);");
    writer.run(PEOPLE);
    let files = writer.files();
    let alone = opened(with_log(&files.0, None));
    assert_eq!((alone.people(), alone.write_ahead_log), (0, WriteAheadLog::NotHere));
    let both = merged(&files);
    assert_eq!(tables(&both), [("t".to_owned(), 0, 0), ("users".to_owned(), 2, 2)]);
    assert!(matches!(both.write_ahead_log, WriteAheadLog::Merged { frames: 2.. }));
    let unused = opened(with_log(&files.0, Some(&files.1[..40])));
    assert_eq!((unused.people(), unused.write_ahead_log), (0, WriteAheadLog::Unused));
    let empty = opened(with_log(&files.0, Some(b"")));
    assert_eq!(empty.write_ahead_log, WriteAheadLog::NotHere);
}

#[test]
fn a_log_that_deletes_people_hides_nothing() {
    let writer = Writer::new(4096);
    writer.run(&crate::people::sql(200));
    writer.run("PRAGMA wal_checkpoint(truncate);");
    let before = opened(with_log(&writer.files().0, None));
    writer.run("PRAGMA foreign_keys = off; DELETE FROM users; DROP TABLE users; VACUUM;");
    let after = merged(&writer.files());
    assert_eq!(after.people(), 0);
    assert!(after.remains.people.real_looking >= 200, "{:?}", after.remains);
    assert!(after.test_confidence.value <= before.test_confidence.value + 0.1);
}

#[test]
fn a_log_begun_anew_has_old_frames_after_its_end() {
    let writer = Writer::new(1024);
    writer.run("CREATE TABLE t(x)");
    for n in 0..200 {
        writer.run(&format!("INSERT INTO t VALUES('{n} {}')", "x".repeat(500)));
    }
    writer.run("PRAGMA wal_checkpoint(restart); DELETE FROM t WHERE rowid % 2;");
    writer.run("CREATE TABLE u(y); INSERT INTO u VALUES(1)");
    let files = writer.files();
    assert!(files.1.len() > 200 * 1024);
    agrees(&files);
}

#[test]
fn a_torn_log_is_read_as_sqlite_reads_it() {
    let writer = Writer::new(512);
    writer.run("CREATE TABLE t(x)");
    writer.run("PRAGMA wal_checkpoint(truncate);");
    for n in 0..20 {
        writer.run(&format!("INSERT INTO t VALUES('{n} {}')", "x".repeat(300)));
    }
    let (database, log) = writer.files();
    let mut dice = Dice::new(7);
    for _ in 0..40 {
        let cut = dice.below(log.len());
        agrees(&(database.clone(), log[..cut].to_vec()));
        let mut changed = log.clone();
        changed[cut] ^= 0x40;
        agrees(&(database.clone(), changed));
    }
}

#[test]
fn a_log_alone_says_what_is_in_it() {
    for (page_size, encoding) in [(512, "UTF-8"), (4096, "UTF-16le"), (65_536, "UTF-16be")] {
        let writer = Writer::new(page_size);
        writer.run(&format!("PRAGMA encoding = '{encoding}'; {}", crate::people::sql(300)));
        let alone = opened(answer(&writer.files().1));
        assert_eq!(alone.format.name, "SQLite write-ahead log");
        assert_eq!((alone.people(), alone.tables[0].name.as_str()), (300, "users"), "{page_size}");
        assert!(alone.test_confidence.value < 0.3);

        writer.run("PRAGMA wal_checkpoint(truncate);");
        writer.run("UPDATE users SET name = name || '.' WHERE rowid % 5 = 0;");
        let part = opened(answer(&writer.files().1));
        assert!(part.people() + part.remains.people.total() >= 60, "{page_size} {part:?}");
        assert!(part.damage.is_some() && !format!("{part:?}").contains("@"));
    }
}

#[test]
fn a_log_with_wrong_checksums_hides_nothing() {
    let writer = Writer::new(4096);
    writer.run(&crate::people::sql(300));
    let (_, mut log) = writer.files();
    log[24] ^= 1;
    assert_eq!(opened(answer(&log)).people(), 300);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    /// Whatever was written, deleted, rolled back and moved into the database.
    #[test]
    fn merged_it_says_what_sqlite_says(seed in any::<u64>(), size in 9_u32..17) {
        let mut dice = Dice::new(seed);
        let writer = Writer::new(1 << size);
        writer.run("CREATE TABLE t0(x, y); CREATE TABLE w0(a PRIMARY KEY, b) WITHOUT ROWID;");
        for n in 1..30_u64 {
            let length = dice.below(3000);
            let row = format!("INSERT INTO t0 VALUES({n}, '{}');", "x".repeat(length));
            match dice.below(8) {
                0 => writer.run(&format!("CREATE TABLE t{n}(x); INSERT INTO t{n} VALUES(1);")),
                1 => writer.run(&format!("DELETE FROM t0 WHERE rowid % 3 = {};", dice.below(3))),
                2 => writer.run(&format!("BEGIN; {row} ROLLBACK;")),
                3 => writer.run("PRAGMA wal_checkpoint(passive);"),
                4 => writer.run("PRAGMA wal_checkpoint(restart);"),
                5 => writer.run("UPDATE t0 SET y = y || 'longer';"),
                6 => writer.run(&format!("INSERT INTO w0 VALUES({n}, zeroblob({length}));")),
                _ => writer.run(&format!("BEGIN; {row} {row} {row} COMMIT;")),
            }
            agrees(&writer.files());
        }
    }

    /// A changed log is read or refused, beside its database and alone.
    #[test]
    fn a_mutated_log_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let writer = Writer::new(512);
        writer.run(PEOPLE);
        let (database, mut log) = writer.files();
        for (at, byte) in changes {
            let at = at.index(log.len());
            log[at] = byte;
        }
        let _ = answer(&log);
        let _ = with_log(&database, Some(&log));
    }
}
