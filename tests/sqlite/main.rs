//! SQLite beyond its tables: write-ahead logs, journals, deleted rows, lost headers, pieces. SQLite itself is the second opinion.
//! All people in here are invented.
#![allow(clippy::unwrap_used)]

#[path = "../../fixtures/people.rs"]
mod people;

#[path = "../support/dice.rs"]
mod dice;
#[path = "../support/examined.rs"]
mod examined;
mod hidden;
mod journal;
mod kinds;
mod log;
mod remains;

use std::fs;

use dataward::content::{Answer, Database, Limits};
use dice::Dice;
use rusqlite::Connection;

/// The bytes of the database that `sql` makes. Deleted rows stay in it, as they do in a file and with most builds of SQLite.
fn bytes(sql: &str) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("a.db");
    let connection = Connection::open(&path).unwrap();
    let setup = "PRAGMA secure_delete = off; PRAGMA foreign_keys = off; PRAGMA synchronous = off;
        PRAGMA journal_mode = memory;";
    connection.execute_batch(setup).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    fs::read(&path).unwrap()
}

fn answer(bytes: &[u8]) -> Answer<Database> {
    with_log(bytes, None)
}

fn with_log(bytes: &[u8], log: Option<&[u8]>) -> Answer<Database> {
    let log = || log.map(|it| Ok(it.to_vec()));
    examined::with_log("", bytes, &log, &Limits::default()).database.map(|it| (*it).clone())
}

fn opened(answer: Answer<Database>) -> Database {
    match answer {
        Answer::Yes(database) => database,
        other => panic!("{other:?}"),
    }
}

/// Rows and people by table.
fn tables(database: &Database) -> Vec<(String, u64, u64)> {
    let tables = database.tables.iter();
    tables.map(|it| (it.name.clone(), it.rows, it.identities.total())).collect()
}
