//! Kinds of tables, names and encodings.

use crate::{answer, bytes, opened, tables};

fn database(sql: &str) -> dataward::content::Database {
    opened(answer(&bytes(sql)))
}

#[test]
fn every_encoding_says_the_same() {
    for sql in
        [crate::people::sql(300), include_str!("../../fixtures/learning-tracker.sql").to_owned()]
    {
        let utf8 = database(&sql);
        for encoding in ["UTF-16le", "UTF-16be"] {
            let utf16 = database(&format!("PRAGMA encoding = '{encoding}'; {sql}"));
            assert_eq!(utf16.tables, utf8.tables, "{encoding}");
            assert_eq!(utf16.test_confidence, utf8.test_confidence, "{encoding}");
        }
    }
}

#[test]
fn people_are_found_in_every_kind_of_table() {
    for (sql, people) in [
        (
            "CREATE VIRTUAL TABLE f USING fts5(name, email); INSERT INTO f VALUES('Anna', 'anna@web.de'), ('Jonas', 'jonas@gmx.de');",
            2,
        ),
        (
            "CREATE VIRTUAL TABLE f USING fts4(name, email); INSERT INTO f VALUES('Anna', 'anna@web.de');",
            1,
        ),
        (
            "CREATE VIRTUAL TABLE f USING fts3(name, email); INSERT INTO f VALUES('Anna', 'anna@web.de');",
            1,
        ),
        (
            "CREATE TABLE t(email PRIMARY KEY, x) WITHOUT ROWID; INSERT INTO t VALUES('anna@web.de', 1), ('jonas@gmx.de', 2);",
            2,
        ),
        (
            "CREATE TABLE t(id, user, host, email AS (user || '@' || host) STORED); INSERT INTO t VALUES(1, 'anna', 'web.de');",
            1,
        ),
        (
            "CREATE TABLE \"main.users\"(email); INSERT INTO \"main.users\" VALUES('anna@web.de');",
            1,
        ),
        ("CREATE TABLE \"aux.t\"(email); INSERT INTO \"aux.t\" VALUES('anna@web.de');", 1),
        ("CREATE TABLE \"temp\"(email); INSERT INTO main.\"temp\" VALUES('anna@web.de');", 1),
        (
            "CREATE TABLE \"a\"\"b.c'd\"(\"x.y\"); INSERT INTO \"a\"\"b.c'd\" VALUES('anna@web.de');",
            1,
        ),
        ("CREATE TABLE t(email TEXT) STRICT; INSERT INTO t VALUES('anna@web.de');", 1),
    ] {
        let found = database(sql);
        assert_eq!(
            (found.people(), found.damage.clone()),
            (people, None),
            "{sql}: {:?}",
            tables(&found)
        );
    }
}

#[test]
fn an_index_of_words_without_its_texts_is_no_obstacle() {
    let found = database(
        "CREATE VIRTUAL TABLE f USING fts5(body, content=''); INSERT INTO f(rowid, body) VALUES(1, 'anna@web.de wrote');
         CREATE VIRTUAL TABLE r USING rtree(id, x0, x1); INSERT INTO r VALUES(1, 2, 3);
         CREATE TABLE t(x); INSERT INTO t VALUES('anna@web.de');",
    );
    assert_eq!((found.people(), found.damage), (1, None));
}
