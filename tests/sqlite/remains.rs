//! Deleted rows: they count as live ones do, and old copies of live rows do not count.

use crate::{answer, bytes, opened};
use dataward::content::Database;

fn database(sql: &str) -> Database {
    opened(answer(&bytes(sql)))
}

/// As many made-up people as there are numbers.
fn fake(table: &str, from: u32, to: u32) -> String {
    format!(
        "WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to})
         INSERT INTO {table} SELECT i, 'Test User', 'user' || i || '@example.com', NULL, NULL, NULL FROM n;"
    )
}

#[test]
fn deleted_people_count_as_live_ones() {
    let people = crate::people::sql(500);
    let live = database(&people);
    assert_eq!(live.remains.people.total(), 0);
    for change in [
        "DELETE FROM users;".to_owned(),
        "DROP TABLE users;".to_owned(),
        format!("DELETE FROM users; {}", fake("users", 1, 12)),
        format!("DELETE FROM users; {}", fake("users", 1, 100)),
        "DELETE FROM users WHERE rowid > 3;".to_owned(),
        "DELETE FROM users WHERE rowid % 50;".to_owned(),
        "PRAGMA writable_schema = on; DELETE FROM sqlite_schema WHERE name = 'users';".to_owned(),
        "UPDATE users SET name = 'User ' || rowid, email = 'user' || rowid || '@example.com', phone = NULL;".to_owned(),
    ] {
        for setup in ["", "PRAGMA encoding = 'UTF-16le';", "PRAGMA encoding = 'UTF-16be';", "PRAGMA page_size = 1024;", "PRAGMA auto_vacuum = incremental;"] {
            let after = database(&format!("PRAGMA foreign_keys = off; {setup} {people} {change}"));
            let n = after.remains.people.real_looking;
            assert!(n >= 80, "{setup} {change}: {:?}", after.remains);
            assert!(after.test_confidence.value < 0.3, "{setup} {change}: {:?}", after.test_confidence);
        }
    }
}

#[test]
fn a_clean_database_has_none() {
    for change in ["DELETE FROM users WHERE rowid % 2; VACUUM;", "VACUUM;", ""] {
        let after = database(&format!("{} {change}", crate::people::sql(300)));
        assert_eq!(
            (after.remains.people.total(), after.remains.mails, after.remains.rows),
            (0, 0, 0),
            "{change}"
        );
    }
}

const USERS: &str =
    "CREATE TABLE users(id INTEGER PRIMARY KEY, name, email UNIQUE, phone, note, at);
    CREATE INDEX by_name ON users(name, email);";

#[test]
fn old_copies_of_live_rows_change_nothing() {
    let real = "UPDATE users SET email = 'anna.keller@web.de' WHERE id = 1;
        UPDATE users SET email = 'dev.team.lead@gmail.com', name = 'Jonas Brandt' WHERE id = 2;";
    let mut histories = Vec::new();
    for setup in ["", "PRAGMA page_size = 512;", "PRAGMA encoding = 'UTF-16le';"] {
        for people in ["", real] {
            // Rows that grow and shrink, so that they move.
            let mut sql = format!("{setup} {USERS} {} {people}", fake("users", 1, 60));
            for n in 0..40 {
                let (length, third) = (n * 37 % 200, n % 3);
                sql.push_str(&format!(
                    "UPDATE users SET note = substr('{}', 1, {length}), at = {n} WHERE id % 3 = {third};",
                    "some note of any length ".repeat(10)
                ));
            }
            histories.push(sql.clone());
            // Rows that go and come back.
            sql.push_str("CREATE TABLE copy AS SELECT * FROM users; DELETE FROM users; INSERT INTO users SELECT * FROM copy; DROP TABLE copy;");
            histories.push(sql.clone());
            sql.push_str("DELETE FROM users WHERE id > 50; DROP INDEX by_name; CREATE INDEX other ON users(email, id);");
            sql.push_str(&fake("users", 51, 60));
            histories.push(sql.clone());
            // A column more, by way of a new table.
            sql.push_str("CREATE TABLE users2(id INTEGER PRIMARY KEY, name, email, phone, note, at, role); INSERT INTO users2 SELECT *, 'x' FROM users; DROP TABLE users; ALTER TABLE users2 RENAME TO users;");
            histories.push(sql);
        }
    }
    let mut stale = 0;
    for sql in histories {
        let after = database(&sql);
        let clean = database(&format!("{sql}; VACUUM;"));
        assert_eq!(after.remains.people.real_looking, 0, "{:?}", after.remains);
        // Text of which nothing is known may be anybody's, and only lowers a high confidence.
        let (value, clean) = (after.test_confidence.value, clean.test_confidence.value);
        let bound = if after.remains.text > 0 { clean.min(0.85) } else { clean };
        assert_eq!(value, bound, "{:?}", after.remains);
        stale += after.remains.rows;
    }
    assert!(stale > 100, "{stale}");
}

#[test]
fn made_up_people_that_were_deleted_do_not_make_it_surer() {
    let before = database("CREATE TABLE t(x); INSERT INTO t VALUES(1);");
    let after = database(&format!(
        "CREATE TABLE t(x); INSERT INTO t VALUES(1); {USERS} {} DROP TABLE users;",
        fake("users", 1, 100)
    ));
    assert!(after.remains.rows > 0, "{:?}", after.remains);
    assert_eq!(after.remains.people.real_looking, 0);
    assert!(after.test_confidence.value <= before.test_confidence.value);
}

#[test]
fn nothing_of_a_deleted_row_is_shown() {
    let after = database(
        "CREATE TABLE users(name, email, note); INSERT INTO users VALUES('Qxzv Wqkj', 'qxzvwqkj@qxzv-wqkj.de', 'wqkj'), ('x', 'y', 'z');
         DELETE FROM users WHERE name = 'Qxzv Wqkj';",
    );
    assert_eq!(after.remains.people.real_looking, 1);
    assert!(!format!("{after:?}").to_lowercase().contains("qxzv"));
}
