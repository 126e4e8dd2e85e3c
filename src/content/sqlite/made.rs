//! The other way round: the bytes of a new database, made from SQL text in memory. Demos and fixtures are made so.

use anyhow::{Context, Result};
use rusqlite::{Connection, MAIN_DB};

/// The bytes of a SQLite database that this SQL text makes.
///
/// # Errors
///
/// When the text is no SQL that SQLite understands. It must be the caller's own: nothing here defends itself against it.
pub fn made_from(sql: &str) -> Result<Vec<u8>> {
    let mut connection =
        Connection::open_in_memory().context("cannot open a database in memory")?;
    connection.execute_batch(sql).context("cannot make the database")?;
    Ok(connection.serialize(MAIN_DB).context("cannot write the database")?.to_vec())
}
