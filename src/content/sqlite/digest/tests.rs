//! The digest says the same of what holds the same, and something else of all else.

use rusqlite::{Connection, MAIN_DB};

use super::*;
use crate::content::Cause;

/// A database made by these statements.
fn made(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

fn digest(sql: &str) -> [u8; 32] {
    logical(made(sql), &Limits::default()).unwrap().digest()
}

const USERS: &str = "create table users(id integer primary key, name text, age);
    insert into users values(1, 'Ada', 36), (2, 'Bob', null);";

#[test]
fn what_holds_the_same_has_the_same_digest() {
    let usual = digest(USERS);
    for same in [
        format!("pragma page_size=512; {USERS}"),
        format!("pragma encoding='UTF-16le'; {USERS}"),
        format!("pragma auto_vacuum=full; {USERS}"),
        format!("{USERS} insert into users values(3, 'Cleo', 1); delete from users where id=3;"),
        format!("{USERS} delete from users where id=1; insert into users values(1, 'Ada', 36);"),
        format!("create table gone(id); drop table gone; {USERS}"),
    ] {
        assert_eq!(digest(&same), usual, "{same}");
    }
}

#[test]
fn every_difference_in_content_is_seen() {
    let mut seen = vec![digest(USERS)];
    for other in [
        "update users set age=37 where id=1;",
        "update users set age='36' where id=1;",
        "update users set age=36.0 where id=1;",
        "update users set age=x'3336' where id=1;",
        "update users set age='' where id=2;",
        "update users set age=x'' where id=2;",
        "update users set age=0 where id=2;",
        "update users set name='Ada36', age='' where id=1;",
        "update users set id=3 where id=2;",
        "delete from users where id=2;",
        "create index by_name on users(name);",
        "create view all_of_them as select * from users;",
        "create trigger later after insert on users begin select 1; end;",
        "create table more(id);",
        "create table more(id, age);",
        "alter table users rename to people;",
        "alter table users add column more;",
        "pragma user_version=1;",
        "pragma application_id=1;",
    ] {
        let found = digest(&format!("{USERS} {other}"));
        assert!(!seen.contains(&found), "{other}");
        seen.push(found);
    }
}

#[test]
fn rows_are_told_by_their_ids_and_keys_and_not_by_when_they_came() {
    let table = "create table log(word);";
    let one = digest(&format!("{table} insert into log(rowid, word) values(1, 'a'), (2, 'b');"));
    let late = digest(&format!("{table} insert into log(rowid, word) values(2, 'b'), (1, 'a');"));
    let other = digest(&format!("{table} insert into log(rowid, word) values(1, 'a'), (7, 'b');"));
    assert_eq!(one, late);
    assert_ne!(one, other);
    let table = "create table log(word primary key, n) without rowid;";
    let one = digest(&format!("{table} insert into log values('a', 1), ('b', 2);"));
    assert_eq!(one, digest(&format!("{table} insert into log values('b', 2), ('a', 1);")));
}

#[test]
fn a_database_that_is_no_more_than_a_header_has_one_too() {
    assert_eq!(
        digest("pragma user_version=0; create table a(b); drop table a;"),
        digest(
            "vacuum;
        create table a(b); drop table a;"
        )
    );
}

#[test]
fn what_is_not_read_in_full_has_none() {
    let whole = made(&format!("pragma page_size=512; {USERS} create table more(a);"));
    let cause = |bytes: Vec<u8>, limits: &Limits| logical(bytes, limits).unwrap_err().cause;
    let usual = Limits::default();
    assert_eq!(cause(whole[..whole.len() - 512].to_vec(), &usual), Cause::Corrupt);
    assert_eq!(cause(b"SQLite format 3\0".to_vec(), &usual), Cause::Corrupt);
    assert_eq!(cause(b"none".to_vec(), &usual), Cause::Corrupt);
    assert_eq!(cause(whole.clone(), &Limits { tables: 1, ..usual.clone() }), Cause::TooLarge);
    assert_eq!(cause(whole.clone(), &Limits { seconds: 0, ..usual.clone() }), Cause::TooSlow);
    let mut damaged = whole;
    damaged[512..1024].fill(0xff);
    assert_eq!(cause(damaged, &usual), Cause::Corrupt);
}
