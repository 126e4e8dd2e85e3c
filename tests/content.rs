//! What the content stage says of whole databases.
#![allow(clippy::unwrap_used)]

#[path = "support/examined.rs"]
mod examined;
#[path = "../fixtures/people.rs"]
mod people;

use dataward::content::{Answer, Database, Kind, Limits};
use rusqlite::{Connection, MAIN_DB};

fn database(sql: &str) -> Database {
    database_within(sql, &Limits::default())
}

fn database_within(sql: &str, limits: &Limits) -> Database {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    let bytes = connection.serialize(MAIN_DB).unwrap().to_vec();
    match examined::answer(&bytes, limits) {
        Answer::Yes(database) => database,
        other => panic!("{other:?}"),
    }
}

fn kinds(database: &Database, table: &str, column: &str) -> Vec<(Kind, u64)> {
    let table = database.tables.iter().find(|it| it.name == table).unwrap();
    let column = table.columns.iter().find(|it| it.name == column).unwrap();
    column.kinds.iter().map(|(kind, n)| (*kind, *n)).collect()
}

#[test]
fn the_learning_tracker_is_test_data_with_two_people() {
    let database = database(include_str!("../fixtures/learning-tracker.sql"));
    assert_eq!((database.people(), database.identities().synthetic), (2, 2));
    assert!(database.test_confidence.value >= 0.9, "{:?}", database.test_confidence);
    assert_eq!(kinds(&database, "users", "email"), [(Kind::Email, 2)]);
    assert_eq!(kinds(&database, "users", "name"), [(Kind::PersonName, 2)]);
    assert_eq!(kinds(&database, "users", "password_hash"), [(Kind::PasswordHash, 2)]);
    assert_eq!(kinds(&database, "courses", "title"), []);
    assert_eq!(database.rows(), 9);
}

#[test]
fn five_hundred_plausible_people_are_not() {
    let database = database(&people::sql(500));
    assert_eq!((database.people(), database.identities().real_looking), (500, 500));
    assert!(database.test_confidence.value < 0.3, "{:?}", database.test_confidence);
    for (column, kind) in [
        ("name", Kind::PersonName),
        ("email", Kind::Email),
        ("phone", Kind::Phone),
        ("password", Kind::PasswordHash),
    ] {
        assert_eq!(kinds(&database, "users", column), [(kind, 500)]);
    }
}

#[test]
fn fake_rows_mixed_into_real_ones_do_not_raise_the_confidence() {
    let real = people::sql(100);
    let fake = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO users SELECT 1000 + i, 'Test User', 'user' || i || '@example.com', '555-0100', NULL, NULL FROM n;";
    let (before, after) = (database(&real), database(&format!("{real}{fake}")));
    assert_eq!(after.identities().real_looking, before.identities().real_looking);
    assert!(after.test_confidence.value <= before.test_confidence.value);
}

#[test]
fn a_text_with_many_addresses_is_one_value() {
    let list = |n| format!("('{}')", format!("someone{n}@mail.example ").repeat(20));
    let rows: Vec<String> = (0..3).map(list).collect();
    let sql = format!("CREATE TABLE letters (body); INSERT INTO letters VALUES {}", rows.join(","));
    assert_eq!(kinds(&database(&sql), "letters", "body"), [(Kind::Email, 3)]);
}

#[test]
fn finds_people_whatever_the_names() {
    for (sql, people) in [
        ("CREATE TABLE t1(c1, c2); INSERT INTO t1 VALUES('x', 'anna@web.de'), ('y', NULL), ('z', 'jonas@gmx.de');", 2),
        ("CREATE TABLE kunden(vorname, nachname); INSERT INTO kunden VALUES('Anna', 'Keller'), ('Jonas', 'Brandt');", 2),
        ("CREATE TABLE attendance(name, day); INSERT INTO attendance VALUES('Anna Keller', 1), ('Jonas Brandt', 1),
          ('Maria Novak', 1), ('Anna Keller', 2);", 3),
        ("CREATE TABLE сотрудники(имя, телефон); INSERT INTO сотрудники VALUES('Сергей Орлов', '8 912 345-67-80');", 1),
        ("CREATE TABLE users(username, password); INSERT INTO users VALUES('bluebird', 'x'), ('k9', 'y');", 2),
        ("CREATE TABLE docs(body); INSERT INTO docs VALUES('{\"name\":\"x\",\"address\":\"a street somewhere in a town of some length, with more\",\"mail\":\"anna@web.de\"}');", 1),
        ("CREATE TABLE t(n INTEGER, tel); INSERT INTO t VALUES(1, 4930901820), (2, 4930901821);", 2),
    ] {
        assert_eq!(database(sql).people(), people, "{sql}");
    }
}

#[test]
fn lets_through_things_and_events() {
    for sql in [
        "CREATE TABLE products(id, name); INSERT INTO products VALUES(1, 'Martin Guitar'), (2, 'Anna Lamp'), (3, 'Paul Table');",
        "CREATE TABLE cities(name); INSERT INTO cities VALUES('Santiago'), ('Florence'), ('Victoria');",
        "CREATE TABLE t(name, x); INSERT INTO t VALUES('alpha', 1), ('beta', 2), ('gamma', 3), ('delta', 4);",
        "CREATE TABLE settings(key, value); INSERT INTO settings VALUES('theme', 'dark'), ('version', '1.2.3');",
        "CREATE TABLE user_roles(user_id, name); INSERT INTO user_roles VALUES(1, 'Editor'), (2, 'Reader');",
    ] {
        assert_eq!(database(sql).people(), 0, "{sql}");
    }
}

#[test]
fn a_log_counts_only_people_that_no_other_table_has() {
    let database = database(
        "CREATE TABLE login_log(user_id, email, at); CREATE TABLE users(id, email);
         INSERT INTO login_log VALUES(1, 'anna@web.de', 1), (1, 'Anna@web.de', 2), (NULL, 'paul@web.de', 3), (NULL, 'paul@web.de', 4);
         INSERT INTO users VALUES(1, 'anna@web.de');",
    );
    assert_eq!(database.people(), 2);
    assert_eq!(kinds(&database, "login_log", "email"), [(Kind::Email, 4)]);
    assert_eq!(database.tables[0].name, "login_log");
}

#[test]
fn no_people_and_no_rows_have_their_own_reasons() {
    let empty = database("CREATE TABLE users(id, email);").test_confidence;
    assert_eq!(empty.reasons[0].text, "no rows");
    let things = database("CREATE TABLE products(name); INSERT INTO products VALUES('lamp');")
        .test_confidence;
    assert_eq!(things.reasons[0].text, "no row stands for a person");
}

#[test]
fn the_same_bytes_say_the_same() {
    let sql = people::sql(200);
    assert_eq!(format!("{:?}", database(&sql)), format!("{:?}", database(&sql)));
}

/// A name that no other number `i` gives, as SQL.
const SYLLABLES: &str =
    "substr('bdfgklmnprst', 1 + i % 12, 1) || substr('aeiou', 1 + i / 12 % 5, 1)
    || substr('bdfgklmnprst', 1 + i / 60 % 12, 1) || substr('aeiou', 1 + i / 720 % 5, 1)";

#[test]
fn a_sample_is_spread_over_the_whole_table() {
    let sql = "CREATE TABLE users(id INTEGER PRIMARY KEY, email);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
        INSERT INTO users SELECT i * 10, CASE WHEN i <= 2000 THEN 'user' || i || '@example.com' ELSE 'anna.' || {SYLLABLES} || '@web.de' END FROM n;"
        .replace("{SYLLABLES}", SYLLABLES);
    let limits = Limits { rows_per_table: 1000, ..Limits::default() };
    let database = database_within(&sql, &limits);
    assert_eq!((database.rows(), database.tables[0].rows_read), (4000, 1000));
    let identities = database.identities();
    assert_eq!((identities.total(), identities.real_looking), (4000, 2000));
}

#[test]
fn a_sample_is_of_rows_and_not_of_row_ids() {
    let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO users SELECT i, CASE WHEN i <= 1000 THEN 'user' || i || '@example.com' ELSE 'anna.' || {SYLLABLES} || '@web.de' END FROM n;";
    let far = "INSERT INTO users VALUES(4611686018427387904, 'far@web.de');";
    let near = "INSERT INTO users VALUES(-4611686018427387904, 'user@example.com');";
    let limits = Limits { rows_per_table: 500, ..Limits::default() };
    for (columns, more, counted) in [
        ("id INTEGER PRIMARY KEY, email", far, 2001),
        ("id INTEGER PRIMARY KEY, email", near, 2001),
        ("id INTEGER PRIMARY KEY, email, rowid AS (1)", far, 2001),
        ("id PRIMARY KEY, email) WITHOUT ROWID --", "", 2000),
    ] {
        let sql = format!("CREATE TABLE users({columns}\n); {rows}{more}").replace("--\n)", "");
        let sql = sql.replace("{SYLLABLES}", SYLLABLES);
        let database = database_within(&sql, &limits);
        assert_eq!((database.rows(), database.tables[0].rows_read), (counted, 500), "{columns}");
        let real = database.identities().real_looking;
        assert!((950..1050).contains(&real), "{columns}: {real}");
    }
}

#[test]
fn a_small_sample_reads_what_it_may() {
    let sql = people::sql(300);
    for (bound, read) in [(0, 0), (1, 1), (2, 2), (49, 49), (51, 51), (299, 299), (300, 300)] {
        let limits = Limits { rows_per_table: bound, ..Limits::default() };
        let database = database_within(&sql, &limits);
        assert_eq!(database.tables[0].rows_read, read);
        assert_eq!(
            database.was_read_in_full(),
            database.tables.iter().all(|it| it.rows_read == it.rows)
        );
    }
}

#[test]
fn a_sample_says_so_first_and_is_never_sure() {
    let sql = "CREATE TABLE users(id INTEGER PRIMARY KEY, email);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO users SELECT i, 'user' || i || '@example.com' FROM n;";
    assert!(database(sql).was_read_in_full());
    let limits = Limits { rows_per_table: 1000, ..Limits::default() };
    let database = database_within(sql, &limits);
    assert!(!database.was_read_in_full());
    let confidence = database.test_confidence;
    assert!(confidence.value <= 0.8, "{confidence:?}");
    let texts: Vec<_> = confidence.reasons.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "at most 0.8 with 1000 of 2000 rows read",
            "made-up people: 2000 of 2000, going by 1000 of 2000 rows"
        ]
    );
}
