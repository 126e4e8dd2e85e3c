//! Writes the SQL of a database with N invented people: `make-people 500 | make-db FILE`.

#[path = "../fixtures/people.rs"]
mod people;

use std::io::Write;

fn main() -> anyhow::Result<()> {
    let number = std::env::args().nth(1).unwrap_or_default();
    let number = number.parse().map_err(|_| anyhow::anyhow!("usage: make-people NUMBER"))?;
    std::io::stdout().write_all(people::sql(number).as_bytes())?;
    Ok(())
}
