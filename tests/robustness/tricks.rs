//! Databases of people whom one column, one name or one form of writing could hide. All people are invented.

use dataward::content::{Answer, Database, Limits, Nature, made_from};

use crate::{examined, people};

fn database(sql: &str) -> Database {
    match examined::answer(&made_from(sql).expect(sql), &Limits::default()) {
        Answer::Yes(database) => database,
        other => panic!("{other:?}: {sql}"),
    }
}

/// SQL that numbers rows from 1 to 60 as `i`, with a syllable for each as `s`.
fn sixty(select: &str) -> String {
    format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60), r(i, s) AS (SELECT i,
            substr('bdfgklmnprst', 1 + i % 12, 1) || substr('aeiou', 1 + i / 12 % 5, 1) || 'nk' FROM n) {select};"
    )
}

#[test]
fn no_one_column_makes_people_up() {
    let shop = people::sql(60);
    for change in [
        "ALTER TABLE users ADD full_name TEXT DEFAULT 'Bertram Quandt';",
        "ALTER TABLE users ADD full_name TEXT DEFAULT 'Maria Anders';",
        "ALTER TABLE users ADD username TEXT; UPDATE users SET username = 'fox_' || (1850 + id);",
        "ALTER TABLE users ADD birth_date TEXT; UPDATE users SET birth_date = (1910 + id % 10) || '-02-03';",
        "ALTER TABLE users ADD birth_date TEXT DEFAULT '1900-01-01';",
        "ALTER TABLE users ADD address TEXT; UPDATE users SET address = id || ' Miller Stravenue Apt. 305';",
        "ALTER TABLE users ADD bio TEXT; UPDATE users SET bio = 'Ask me at ' || email || ' ' || hex(zeroblob(90));",
        "UPDATE users SET name = 'Karl ' || substr('Abel Bock Carl Dorn Eick', 1 + id % 5 * 5, 4) || id;",
    ] {
        let found = database(&format!("{shop} {change}"));
        assert!(found.real_looking() >= 50, "{change}: {:?}", found.tables[0].reasons);
        assert!(found.test_confidence.value < 0.5, "{change}");
    }
}

#[test]
fn people_with_little_about_them_are_not_made_up() {
    for (sql, least) in [
        // Children, with the phones of their parents.
        ("CREATE TABLE children(name, birth_date, phone); INSERT INTO children SELECT 'Anna Keller-' || s, (2020 + i % 4) || '-02-03',
          '+49 151 ' || (2013579 + i * 7919) FROM r", 50),
        // Accounts of students, with the year they began in.
        ("CREATE TABLE students(mail); INSERT INTO students SELECT s || 'mann' || (2018 + i % 5) || '@uni-bonn.de' FROM r", 50),
        // Numbers for an address, as many have in China.
        ("CREATE TABLE users(mail); INSERT INTO users SELECT (20000000 + i * 7919) || '@qq.com' FROM r", 50),
        ("CREATE TABLE logs(line); INSERT INTO logs SELECT '2024-05-17 09:00:01 login anna.' || s || i || '@uni-bonn.de' FROM r", 4),
        ("CREATE TABLE t(x); INSERT INTO t SELECT hex(zeroblob(5000)) || ' anna.' || s || '.' || i || '@web.de' FROM r", 4),
        ("CREATE TABLE t(x); INSERT INTO t SELECT group_concat('anna.' || s || '@web.de', char(10)) FROM r", 50),
    ] {
        let (create, insert) = sql.split_once(';').unwrap();
        let found = database(&format!("{create}; {}", sixty(insert.trim())));
        assert!(found.real_looking() >= least, "{sql}: {}", found.real_looking());
        assert_ne!(found.nature, Nature::EmptySchema, "{sql}");
    }
}

#[test]
fn nothing_that_holds_people_is_proven_or_empty() {
    for sql in [
        "CREATE TABLE logs(line); INSERT INTO logs VALUES('2024-05-17 09:00:01 login anna.keller@uni-bonn.de');",
        "CREATE TABLE t(x); INSERT INTO t VALUES(printf('%9000s', 'anna.keller@web.de'));",
        "CREATE TABLE t(name); INSERT INTO t VALUES('user 01511234567');",
        "CREATE TABLE t(created_at INTEGER); INSERT INTO t VALUES(491512013579);",
        "CREATE TABLE users(id, mail); INSERT INTO users VALUES(1, 'test@example.com');
         CREATE TABLE keys(v); INSERT INTO keys VALUES('-----BEGIN RSA PRIVATE KEY-----');",
    ] {
        let found = database(sql);
        assert!(!found.test_confidence.is_proven, "{sql}");
    }
    let migrations =
        sixty("INSERT INTO migrations SELECT 'Anna Keller ' || s, s || '.keller@web.de' FROM r");
    let found = database(&format!("CREATE TABLE migrations(name, mail); {migrations}"));
    assert_ne!(found.nature, Nature::EmptySchema);
    assert!(found.real_looking() >= 50);
}

#[test]
fn keys_and_cards_bound_the_confidence_whoever_is_beside_them() {
    let user = "CREATE TABLE users(id, email); INSERT INTO users VALUES(1, 'test@example.com');";
    assert!(database(user).test_confidence.value >= 0.9);
    // The number has a check digit that holds, and is nobody's.
    let card =
        "CREATE TABLE payments(card_number); INSERT INTO payments VALUES('4539 5787 6362 1486');";
    assert!(database(&format!("{user} {card}")).test_confidence.value <= 0.85);
}
