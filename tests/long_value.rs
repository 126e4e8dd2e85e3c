//! A value longer than SQLite yields. Alone in its process, since reading bounds SQLite's memory for all of it, and making
//! such a value needs more.

#[path = "support/examined.rs"]
mod examined;

use dataward::content::{Answer, Cause, Limits};
use rusqlite::{Connection, MAIN_DB};

#[test]
fn a_value_over_sqlites_limit_does_not_end_the_table() {
    let made = ["", " WITHOUT ROWID"].map(|options| {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(&format!(
                "CREATE TABLE t(id PRIMARY KEY, email){options};
                 INSERT INTO t VALUES (1, 'anna@web.de'), (2, zeroblob(100000000)), (3, 'jonas@web.de');"
            ))
            .unwrap();
        connection.serialize(MAIN_DB).unwrap().to_vec()
    });
    // It is not about the clock, and a slow machine needs longer than there is by default.
    let limits = Limits { seconds: 600, ..Limits::default() };
    for bytes in made {
        let answer = examined::answer(&bytes, &limits);
        let Answer::Yes(database) = answer else { panic!() };
        assert_eq!((database.rows(), database.tables[0].rows_read, database.people()), (3, 3, 2));
        assert_eq!(database.damage.map(|it| it.cause), Some(Cause::TooLarge));
    }
}
