//! Proof that all of a database is made up is not given where a value may be anybody's, whatever columns are called.

use dataward::content::{Answer, Limits};
use rusqlite::{Connection, MAIN_DB};

use crate::examined;

/// Rows of two values, in tables and columns whose names say nothing, and in those whose names say all.
fn is_proven(table: &str, columns: [&str; 2], rows: &[[&str; 2]]) -> bool {
    let mut connection = Connection::open_in_memory().unwrap();
    let [one, two] = columns;
    connection.execute_batch(&format!("CREATE TABLE {table}({one}, {two})")).unwrap();
    for row in rows {
        connection.execute(&format!("INSERT INTO {table} VALUES(?, ?)"), *row).unwrap();
    }
    let bytes = connection.serialize(MAIN_DB).unwrap().to_vec();
    match examined::answer(&bytes, &Limits::default()) {
        Answer::Yes(database) => database.test_confidence.is_proven,
        _ => false,
    }
}

type Values = (&'static str, &'static str, [&'static str; 2], &'static [[&'static str; 2]]);

/// What they are, a table and columns with names that say so, and rows. All are invented.
const VALUES: &[Values] = &[
    (
        "names that no list has",
        "pupils",
        ["first_name", "last_name"],
        &[["Ylvie", "Tschirpke"], ["Oke", "Wulfekamp"], ["Threes", "Boerkoel"]],
    ),
    (
        "user names",
        "users",
        ["username", "role"],
        &[["mondkind", "user"], ["otto_k", "user"], ["k9walker", "admin"]],
    ),
    (
        "passwords",
        "users",
        ["username", "password"],
        &[["mondkind", "sommer2019"], ["otto_k", "KleinerBaer7"], ["yaraa", "fc-rot-weiss"]],
    ),
    (
        "keys",
        "tokens",
        ["user_id", "token"],
        &[
            ["1", "9f2c61d07ab34e8855d1"],
            ["2", "c04be7719da2f6630e42"],
            ["3", "71ad5e90c3f84b2266aa"],
        ],
    ),
    (
        "numbers of identity cards",
        "guests",
        ["room", "passport_number"],
        &[["12", "C01X00T47"], ["14", "LZ6311T47"], ["15", "YB5471982"]],
    ),
    (
        "phone numbers",
        "guests",
        ["room", "phone"],
        &[["12", "015123579124"], ["14", "016078813402"], ["15", "017199264180"]],
    ),
    (
        "number plates",
        "parking",
        ["place", "plate"],
        &[["1", "DD-KX-2714"], ["2", "HH-TU-903"], ["3", "M-PR-5518"]],
    ),
    (
        "places of homes",
        "homes",
        ["lat", "lon"],
        &[["51.050409", "13.737262"], ["51.339695", "12.373075"], ["50.827845", "12.921370"]],
    ),
    (
        "words of diagnoses",
        "patients",
        ["patient_no", "diagnosis"],
        &[["1", "depression"], ["2", "epilepsy"], ["3", "HIV"]],
    ),
];

#[test]
fn what_may_be_anybodys_is_proven_by_nothing() {
    let mut proven = Vec::new();
    for (what, table, columns, rows) in VALUES {
        for (table, columns) in
            [(*table, *columns), ("t", ["c1", "c2"]), ("products", ["title", "sku"])]
        {
            if is_proven(table, columns, rows) {
                proven.push(format!("{what} in {table}({})", columns.join(", ")));
            }
        }
    }
    assert!(proven.is_empty(), "proven to be made up: {proven:#?}");
}

#[test]
fn what_is_nobodys_is_proven() {
    let rows = [["1", "active"], ["2", "active"], ["3", "closed"]];
    assert!(is_proven("states", ["id", "state"], &rows));
    let rows = [["Test User", "test@example.com"], ["Admin", "admin@example.org"]];
    assert!(is_proven("users", ["name", "email"], &rows));
}
