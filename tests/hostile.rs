//! Databases that are damaged, hostile or odd: each is read as far as it goes, or refused with a reason; none panics,
//! hangs or shows a value.
#![allow(clippy::unwrap_used)]

#[path = "support/examined.rs"]
mod examined;
#[path = "../fixtures/people.rs"]
mod people;

use std::time::Instant;

use dataward::content::{Answer, Cause, Database, Limits, Unreadable, WriteAheadLog};
use proptest::prelude::*;
use rusqlite::{Connection, MAIN_DB};

const LEARNING_TRACKER: &str = include_str!("../fixtures/learning-tracker.sql");

/// The bytes of the database that `sql` makes.
fn bytes(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

fn answer_within(bytes: &[u8], limits: &Limits) -> Answer<Database> {
    examined::answer(bytes, limits)
}

fn answer(bytes: &[u8]) -> Answer<Database> {
    answer_within(bytes, &Limits::default())
}

fn opened(bytes: &[u8]) -> Database {
    match answer(bytes) {
        Answer::Yes(database) => database,
        other => panic!("{other:?}"),
    }
}

fn unreadable(bytes: &[u8]) -> Unreadable {
    match answer(bytes) {
        Answer::Unreadable(unreadable) => unreadable,
        other => panic!("{other:?}"),
    }
}

fn page_size(bytes: &[u8]) -> usize {
    usize::from(u16::from_be_bytes([bytes[16], bytes[17]]))
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let bytes = bytes(LEARNING_TRACKER);
    let limits = Limits { file_size: 1000, ..Limits::default() };
    let read = || panic!("read");
    let content = examined::examined("", 2000, &bytes, &read, &limits);
    let Answer::Unreadable(unreadable) = content.database else { panic!() };
    assert_eq!(unreadable.cause, Cause::TooLarge);
    for part in ["2000", "1000", "limits.file_size"] {
        assert!(unreadable.detail.contains(part), "{unreadable:?}");
    }
}

#[test]
fn a_database_that_cannot_be_had_says_why() {
    let bytes = bytes(LEARNING_TRACKER);
    let gone = Unreadable { cause: Cause::Inaccessible, detail: "gone".to_owned() };
    let read = || Err(gone.clone());
    let content = examined::examined("", 5000, &bytes, &read, &Limits::default());
    assert_eq!(content.database, Answer::Unreadable(gone));
}

#[test]
fn a_write_ahead_log_is_noticed_and_the_rest_read() {
    let mut bytes = bytes(LEARNING_TRACKER);
    assert_eq!(opened(&bytes).write_ahead_log, WriteAheadLog::Off);
    bytes[18..20].fill(2);
    let database = opened(&bytes);
    assert_eq!((database.write_ahead_log, database.damage.clone()), (WriteAheadLog::NotHere, None));
    assert_eq!(database.rows(), 9);
}

#[test]
fn bytes_after_the_last_page_hide_nothing() {
    let mut bytes = bytes(LEARNING_TRACKER);
    let before = opened(&bytes);
    for more in [1, 511, 4096, 5000] {
        bytes.extend(vec![b'x'; more]);
        let after = opened(&bytes);
        assert_eq!((after.tables, after.damage), (before.tables.clone(), None));
    }
}

#[test]
fn a_truncated_database_is_read_as_far_as_it_goes() {
    let bytes = bytes(&people::sql(500));
    let pages = bytes.len() / page_size(&bytes);
    for n in 1..=pages {
        let cut = &bytes[..(n * page_size(&bytes)).min(bytes.len() - 1)];
        match answer(cut) {
            Answer::Yes(database) => {
                let damage = database.damage.expect("it is damaged");
                assert_eq!(damage.cause, Cause::Corrupt);
                assert!(damage.detail.starts_with("truncated: "), "{damage:?}");
            }
            other => panic!("cut after {n} pages: {other:?}"),
        }
    }
    let half = opened(&bytes[..bytes.len() / 2]);
    assert!(half.people() > 100, "{}", half.people());
    assert!(unreadable(&bytes[..50]).detail.starts_with("truncated: "));
    assert!(unreadable(&bytes[..2000]).detail.starts_with("truncated: "));
}

#[test]
fn a_truncated_database_of_some_size_is_read_too() {
    let bytes = bytes(&format!("PRAGMA page_size = 512; {}", people::sql(2000)));
    let cut = opened(&bytes[..bytes.len() * 6 / 10]);
    assert!(cut.people() > 500 && !cut.was_read_in_full(), "{}", cut.people());
}

#[test]
fn a_claim_of_pages_takes_no_memory() {
    let mut bytes = bytes(LEARNING_TRACKER);
    bytes[28..32].fill(0xff);
    let start = Instant::now();
    let database = opened(&bytes);
    assert_eq!((database.rows(), database.was_read_in_full()), (9, false));
    bytes.truncate(512);
    assert!(unreadable(&bytes).detail.starts_with("truncated: "));
    assert!(start.elapsed().as_secs() < 2);
}

#[test]
fn a_corrupt_table_does_not_end_the_others() {
    let mut bytes = bytes(
        "CREATE TABLE a(x); CREATE TABLE b(x); INSERT INTO a VALUES(1); INSERT INTO b VALUES(1),(2);",
    );
    let page = page_size(&bytes);
    bytes[page..2 * page].fill(0xff);
    let database = opened(&bytes);
    assert_eq!(database.tables.iter().map(|it| it.rows).collect::<Vec<_>>(), [0, 2]);
    let damage = database.damage.unwrap();
    assert_eq!(
        (damage.cause, damage.detail.as_str()),
        (Cause::Corrupt, "malformed pages in 1 of 2 tables")
    );
}

#[test]
fn a_malformed_schema_is_unreadable_and_not_quoted() {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE canary_table(x); PRAGMA writable_schema = on;
             UPDATE sqlite_schema SET sql = 'CREATE TABLE canary_table(x' || char(0x22) || 'canary_column';",
        )
        .unwrap();
    let mut connection = connection;
    let unreadable = unreadable(&connection.serialize(MAIN_DB).unwrap());
    assert_eq!(unreadable.cause, Cause::Corrupt);
    assert!(!unreadable.detail.contains("canary"));
}

#[test]
fn an_encrypted_body_behind_a_header_is_told_from_a_corrupt_one() {
    let mut bytes = bytes(LEARNING_TRACKER);
    let mut state = 1_u64;
    for byte in &mut bytes[100..] {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *byte = (state >> 56) as u8;
    }
    assert_eq!(unreadable(&bytes).cause, Cause::Encrypted);
    bytes[100..].fill(7);
    assert_eq!(unreadable(&bytes).cause, Cause::Corrupt);
}

#[test]
fn hostile_names_are_read_like_others() {
    for name in [
        "a\"b",
        "a\nb",
        "\u{1b}[31m",
        "😀",
        "a';--",
        "[x]",
        "`",
        "\u{202e}",
        "rowid",
        "SELECT",
        " ",
        "",
    ] {
        let quoted = name.replace('"', "\"\"");
        let sql = format!(
            "CREATE TABLE \"{quoted}\"(\"{quoted}\", y); INSERT INTO \"{quoted}\" VALUES(1, 2);"
        );
        let database = opened(&bytes(&sql));
        assert_eq!((database.rows(), &database.damage), (1, &None), "{name:?}");
        assert_eq!(
            (database.tables[0].name.as_str(), database.tables[0].columns[0].name.as_str()),
            (name, name)
        );
    }
}

#[test]
fn a_name_that_is_an_address_is_masked() {
    let database = opened(&bytes("CREATE TABLE \"anna@web.de\"(\"+49 30 901820\"); "));
    assert!(!format!("{database:?}").contains("anna") && !format!("{database:?}").contains("9018"));
}

#[test]
fn nothing_of_the_schema_is_executed() {
    let sql = "CREATE TABLE t(x, y DEFAULT (datetime('now')), z AS (abs(-9223372036854775808)) STORED, q AS (abs(-9223372036854775808)), CHECK (x > 0));
        CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r;
        CREATE VIEW w AS SELECT load_extension('x');
        CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;
        CREATE VIRTUAL TABLE f USING fts5(body);
        CREATE TABLE k(a PRIMARY KEY, b) WITHOUT ROWID;
        INSERT INTO k VALUES ('a', 'anna@web.de');
        INSERT INTO f VALUES ('hello');";
    let database = opened(&bytes(sql));
    assert_eq!(database.damage, None);
    let names: Vec<_> = database.tables.iter().map(|it| it.name.as_str()).collect();
    assert!(
        names.starts_with(&["t"]) && names.contains(&"k") && names.contains(&"f_content"),
        "{names:?}"
    );
    assert!(!names.contains(&"f") && !names.contains(&"v"));
    // The stored one is read as it is stored, the other is left out.
    assert_eq!(database.tables[0].columns.len(), 3);
    assert_eq!(database.people(), 1);
}

#[test]
fn an_unknown_virtual_table_is_no_obstacle() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE t(x); INSERT INTO t VALUES(1); PRAGMA writable_schema = on;
             INSERT INTO sqlite_schema VALUES('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING unheard_of()');",
        )
        .unwrap();
    let database = opened(&connection.serialize(MAIN_DB).unwrap());
    assert_eq!((database.tables.len(), database.damage), (1, None));
}

/// A database of 500 people after a change to its schema that SQLite does not mind.
fn with_schema(change: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(&people::sql(500)).unwrap();
    connection.execute_batch(&format!("PRAGMA writable_schema = on; {change}")).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

#[test]
fn another_spelling_in_the_schema_hides_no_table() {
    for change in [
        "type = 'Table'",
        "type = CAST('TABLE' AS BLOB)",
        "name = 'USERS', tbl_name = 'Users'",
        "sql = replace(sql, 'CREATE TABLE', 'create/**/table--x' || char(10))",
        "sql = CAST(sql AS BLOB), name = CAST(name AS BLOB)",
    ] {
        let database = opened(&with_schema(&format!(
            "UPDATE sqlite_schema SET {change} WHERE name = 'users'"
        )));
        assert_eq!((database.people(), database.damage), (500, None), "{change}");
    }
}

#[test]
fn a_schema_that_is_not_understood_is_damage_or_unreadable() {
    for change in [
        "UPDATE sqlite_schema SET type = 'view'",
        "UPDATE sqlite_schema SET type = 'index', sql = NULL",
        "UPDATE sqlite_schema SET type = 'Table' || char(0) || 'x', name = 'users' || char(0)",
        "UPDATE sqlite_schema SET name = 'other'",
        "UPDATE sqlite_schema SET rootpage = 0",
        "UPDATE sqlite_schema SET rootpage = 1",
        "UPDATE sqlite_schema SET rootpage = NULL",
        "UPDATE sqlite_schema SET sql = ' ' || sql",
        "UPDATE sqlite_schema SET sql = 'CREATE VIEW users AS SELECT 1', type = 'view'",
        "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE users USING unheard_of()'",
        "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'users'",
        "INSERT INTO sqlite_schema SELECT type, 'u', 'u', rootpage, replace(sql, 'users', 'u')
         FROM sqlite_schema WHERE name = 'users'",
    ] {
        match answer(&with_schema(change)) {
            Answer::Yes(database) => assert!(database.damage.is_some(), "{change}"),
            Answer::Unreadable(it) => assert_eq!(it.cause, Cause::Corrupt, "{change}"),
            Answer::No => panic!("{change}"),
        }
    }
}

#[test]
fn many_tables_are_bounded() {
    let mut sql = "BEGIN;".to_owned();
    for n in 0..1_100 {
        sql.push_str(&format!("CREATE TABLE t{n}(x);"));
    }
    sql.push_str("COMMIT;");
    let database = opened(&bytes(&sql));
    assert_eq!(database.tables.len(), 1000);
    let damage = database.damage.unwrap();
    assert_eq!(damage.cause, Cause::TooLarge);
    assert!(damage.detail.contains("1100") && damage.detail.contains("limits.tables"));
}

#[test]
fn wide_tables_are_read() {
    let columns: Vec<_> = (0..1999).map(|n| format!("c{n}")).collect();
    let sql = format!(
        "CREATE TABLE t({}); INSERT INTO t(c0, c1998) VALUES('a', 'anna@web.de');",
        columns.join(",")
    );
    let database = opened(&bytes(&sql));
    assert_eq!((database.people(), database.damage), (1, None));
}

#[test]
fn the_clock_makes_a_database_unreadable_and_never_smaller() {
    let bytes = bytes(&people::sql(50));
    let limits = Limits { seconds: 0, ..Limits::default() };
    let Answer::Unreadable(unreadable) = answer_within(&bytes, &limits) else { panic!() };
    assert_eq!(unreadable.cause, Cause::TooSlow);
    assert!(unreadable.detail.contains("limits.seconds"));
}

#[test]
fn a_utf_16_database_says_the_same() {
    let utf8 = opened(&bytes(LEARNING_TRACKER));
    let utf16 = opened(&bytes(&format!("PRAGMA encoding = 'UTF-16le'; {LEARNING_TRACKER}")));
    assert_eq!((utf16.tables, utf16.test_confidence), (utf8.tables, utf8.test_confidence));
}

#[test]
fn an_unknown_collation_is_damage_or_no_obstacle() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE t(x COLLATE nocase); INSERT INTO t VALUES('anna@web.de'); PRAGMA writable_schema = on;
             UPDATE sqlite_schema SET sql = 'CREATE TABLE t(x COLLATE local)';",
        )
        .unwrap();
    assert_eq!(opened(&connection.serialize(MAIN_DB).unwrap()).people(), 1);
}

/// Values that nobody else has, in every kind of column.
fn canaries() -> Vec<u8> {
    bytes(
        "CREATE TABLE users(id INTEGER PRIMARY KEY, name, email, phone, password, notes, at, raw BLOB);
         INSERT INTO users VALUES
         (1, 'Qxzv Wqkj', 'qxzvwqkj@qxzv-wqkj.de', '+49 7391 846205', '$2b$12$QxzvWqkjQxzvWqkjQxzvWqkjQxzvWqkjQxzvWqkjQxzvWqkjQxzvW',
          'wrote to qxzvwqkj@web.de', '2024-01-01', x'7178' || 'zvwqkj'),
         (2, 'Qxzv', NULL, 73918462, 'Qxzvwqkj', 'Wqkj', 1715904000, CAST('qxzvwqkj@web.de' AS BLOB));
         CREATE INDEX i ON users(email); ANALYZE;",
    )
}

/// Sizes have five digits here, so only longer runs of digits are looked for.
fn shows_a_canary(answer: &Answer<Database>) -> bool {
    let text = format!("{answer:?}").to_lowercase();
    ["qxzv", "wqkj", "846205", "739184"].iter().any(|it| text.contains(it))
}

#[test]
fn no_value_is_shown() {
    assert!(opened(&canaries()).people() == 2);
    assert!(!shows_a_canary(&answer(&canaries())));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Changing bytes at random never panics or hangs. Names may come out of changed bytes, so values are not looked for.
    #[test]
    fn a_mutated_database_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = bytes(LEARNING_TRACKER);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = answer(&bytes);
    }

    /// The pages that hold the structure are where mutations go deepest.
    #[test]
    fn a_mutated_structure_is_read_or_refused(changes in prop::collection::vec((0_usize..10, 0_usize..120, any::<u8>()), 1..12)) {
        let mut bytes = canaries();
        let page = page_size(&bytes);
        let pages = bytes.len() / page;
        for (n, at, byte) in changes {
            bytes[(n % pages) * page + at] = byte;
        }
        let start = Instant::now();
        let _ = answer(&bytes);
        // Pages that lead to each other end at the limit of 10 seconds; that it ends is what counts.
        prop_assert!(start.elapsed().as_secs() < 60);
    }

    /// Cut anywhere, it says so and shows nothing.
    #[test]
    fn a_cut_database_shows_no_value(at in any::<prop::sample::Index>()) {
        let bytes = canaries();
        let answer = answer(&bytes[..at.index(bytes.len())]);
        prop_assert!(!shows_a_canary(&answer));
    }
}
