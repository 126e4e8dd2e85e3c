//! Makes a SQLite file out of SQL text: `make-db FILE < schema.sql`. No database is committed: fixtures are text.

use std::io::Read;

use anyhow::Context;
use rusqlite::Connection;

fn main() -> anyhow::Result<()> {
    let path = std::env::args_os().nth(1).context("usage: make-db FILE < schema.sql")?;
    let mut sql = String::new();
    std::io::stdin().read_to_string(&mut sql)?;
    if std::path::Path::new(&path).exists() {
        std::fs::remove_file(&path)?;
    }
    let connection = Connection::open(&path)?;
    connection.execute_batch(&sql)?;
    // Without VACUUM the size would depend on how SQLite happened to fill its pages.
    connection.execute_batch("VACUUM")?;
    Ok(())
}
