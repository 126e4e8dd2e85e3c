//! What a database holds as one number: a digest of its schema and of every value, whatever its pages look like.

use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use super::damage::Damage;
use super::header::{self, Header};
use super::memory::{Failure, Memory, Rows};
use super::sample::Sample;
use super::{Opened, Reader};
use crate::content::profile::Value;
use crate::content::{Limits, Unreadable};

/// Rows between two looks at the clock.
const ROWS: u64 = 256;

/// What a digest is of. Another way to write a database down needs another one.
const FORM: &[u8] = b"dataward SQLite content 1\n";

/// The logical content of a database, as digests: no value can be had from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) struct Logical {
    /// That of the schema, with what an application stamps into the header.
    pub(in crate::content) schema: [u8; 32],
    /// Its tables, sorted by name.
    pub(in crate::content) tables: Vec<TableDigest>,
}

/// A table as a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) struct TableDigest {
    /// Its name: untrusted bytes.
    pub(in crate::content) name: Vec<u8>,
    pub(in crate::content) rows: u64,
    /// That of its rows in their own order, by row id or primary key.
    pub(in crate::content) digest: [u8; 32],
}

impl Logical {
    /// The table of this name.
    pub(in crate::content) fn table(&self, name: &[u8]) -> Option<&TableDigest> {
        let at = self.tables.binary_search_by(|it| it.name.as_slice().cmp(name)).ok()?;
        self.tables.get(at)
    }

    /// One digest of all of it.
    pub(in crate::content) fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(FORM);
        hash.update(self.schema);
        for table in &self.tables {
            bytes(&mut hash, &table.name);
            hash.update(table.rows.to_be_bytes());
            hash.update(table.digest);
        }
        hash.finalize().into()
    }
}

/// The logical content of these bytes, which begin as a database does. What cannot be read in full, or not in time, is an error: half a
/// digest would be one of something else.
pub(in crate::content) fn logical(
    mut bytes: Vec<u8>,
    limits: &Limits,
) -> Result<Logical, Unreadable> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let header = match Header::find(&bytes) {
        Some(found) => found?,
        None => return Err(Unreadable::corrupt("it does not begin as a SQLite database does")),
    };
    // https://www.sqlite.org/fileformat.html, 1.3: the user version at 60 and the application id at 68 are the application's own.
    let own = [60..64, 68..72].map(|it| bytes.get(it).unwrap_or_default().to_vec());
    if let Some(missing) = header::mend(&mut bytes, header, limits.file_size)? {
        return Err(missing);
    }
    let unopened = header::unopened(&bytes, header.page_size);
    let memory = Memory::open(bytes, deadline).map_err(|_| unopened.clone())?;
    let damage = Damage::default();
    let mut reader = Reader { memory, limits, deadline, damage, roots: Vec::new() };
    let listed = reader.schema().map_err(|failure| match failure {
        Failure::Interrupted => reader.too_slow(),
        _ => unopened.clone(),
    })?;
    if listed.len() > limits.tables {
        return Err(Unreadable::too_many_tables(listed.len(), limits));
    }
    let failed = |mut damage: Damage, failure| {
        damage.add(failure);
        damage.unreadable(listed.len(), limits).unwrap_or(unopened.clone())
    };
    let mut tables = Vec::new();
    if let Some(why) = reader.damage.unreadable(listed.len(), limits) {
        return Err(why);
    }
    for (place, table) in listed.iter().enumerate() {
        reader.check_clock()?;
        let digest = reader.open(place, table).and_then(|opened| rows(&reader, &opened));
        match digest {
            Ok((rows, digest)) => {
                tables.push(TableDigest { name: table.name.clone(), rows, digest });
            }
            Err(Failure::Interrupted) => return Err(reader.too_slow()),
            Err(failure) => return Err(failed(Damage::default(), failure)),
        }
    }
    tables.sort_by(|one, other| one.name.cmp(&other.name));
    let schema = schema(&reader.memory, &own).map_err(|failure| match failure {
        Failure::Interrupted => reader.too_slow(),
        failure => failed(Damage::default(), failure),
    })?;
    Ok(Logical { schema, tables })
}

/// The digest of what the schema says, in an order of its own: entries stand in that in which they were made.
fn schema(memory: &Memory, own: &[Vec<u8>]) -> Result<[u8; 32], Failure> {
    let mut rows = memory.query(b"SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let mut entries: Vec<[u8; 32]> = Vec::new();
    while rows.next()? {
        let mut hash = Sha256::new();
        for column in 0..4 {
            value(&mut hash, &rows.value(column)?);
        }
        entries.push(hash.finalize().into());
    }
    entries.sort_unstable();
    let mut hash = Sha256::new();
    own.iter().for_each(|it| hash.update(it));
    entries.iter().for_each(|it| hash.update(it));
    Ok(hash.finalize().into())
}

/// The rows of a table, in number and as a digest: each with its row id, where the table has them, and every value with its type.
fn rows(reader: &Reader, opened: &Opened) -> Result<(u64, [u8; 32]), Failure> {
    let sample = Sample::new(&reader.memory, opened, 0, reader.deadline);
    let rowid = sample.rowid().unwrap_or("0");
    let mut rows = reader.memory.query(&sample.select(rowid, ""))?;
    let mut hash = Sha256::new();
    let mut n = 0;
    while rows.next()? {
        row(&mut hash, &rows, opened.columns.len())?;
        n += 1;
        if n % ROWS == 0 && Instant::now() >= reader.deadline {
            return Err(Failure::Interrupted);
        }
    }
    Ok((n, hash.finalize().into()))
}

fn row(hash: &mut Sha256, rows: &Rows, columns: usize) -> Result<(), Failure> {
    // The first is the row id.
    for column in 0..=columns {
        value(hash, &rows.value(column)?);
    }
    Ok(())
}

/// A value so that no two of them are written alike: its type, its length, itself.
fn value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Nothing => hash.update([0]),
        Value::Integer(number) => {
            hash.update([1]);
            hash.update(number.to_be_bytes());
        }
        Value::Real(number) => {
            hash.update([2]);
            hash.update(number.to_bits().to_be_bytes());
        }
        Value::Text(text) => {
            hash.update([3]);
            bytes(hash, text);
        }
        Value::Blob(blob) => {
            hash.update([4]);
            bytes(hash, blob);
        }
    }
}

fn bytes(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests;
