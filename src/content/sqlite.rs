//! Walks a SQLite database in memory: its tables, their columns, their rows.

mod header;
mod made;
mod memory;
mod sample;

use std::collections::HashSet;
use std::time::{Duration, Instant};

pub use self::made::made_from;

use self::header::Header;
use self::memory::{Failure, Memory, VALUE_SIZE};
use self::sample::Sample;
use super::database::{Confidence, Database, Identities, Table};
use super::profile::{self, Evidence, Layout, Profile, Value, shown};
use super::{Cause, Limits, Unreadable, format};

/// Bytes of a header.
pub(super) const HEADER_SIZE: usize = header::SIZE;

/// Whether bytes begin with a header that SQLite takes.
pub(super) fn is_header(bytes: &[u8]) -> bool {
    matches!(Header::find(bytes), Some(Ok(_)))
}

/// Reads a database of which the header was found.
pub(super) fn read(mut bytes: Vec<u8>, size: u64, limits: &Limits) -> Result<Database, Unreadable> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let header = match Header::find(&bytes) {
        Some(found) => found?,
        None => return Err(Unreadable::corrupt("its first bytes changed while it was read")),
    };
    let missing = header::mend(&mut bytes, header, limits.file_size)?;
    // SQLite keeps the bytes, so what to say about them is settled first.
    let unopened = header::unopened(&bytes, header.page_size);
    let memory = Memory::open(bytes, deadline).map_err(|_| unopened.clone())?;
    let mut reader = Reader { memory, limits, deadline, damage: Damage::default() };
    let listed = reader.schema().map_err(|failure| match (failure, &missing) {
        (Failure::Interrupted, _) => reader.too_slow(),
        (Failure::TooBig | Failure::NoMemory, _) => {
            let detail = "its schema is over SQLite's limits".to_owned();
            Unreadable { cause: Cause::TooLarge, detail }
        }
        (_, Some(missing)) => missing.clone(),
        _ => unopened,
    })?;
    let mut evidence = Evidence::default();
    let tables = reader.tables(&listed, &mut evidence)?;
    let mut database = Database {
        format: &format::SQLITE,
        size,
        write_ahead_log: header.write_ahead_log,
        tables,
        test_confidence: Confidence { value: 0.0, reasons: Vec::new() },
        damage: missing.or_else(|| reader.damage.unreadable(listed.len(), limits)),
    };
    profile::settle(&mut database, &evidence);
    Ok(database)
}

/// What could not be read, by number of tables.
#[derive(Default)]
struct Damage {
    /// Entries of the schema that are none of its kinds.
    entries: usize,
    malformed: usize,
    refused: usize,
    long_values: usize,
    no_memory: usize,
    left_out: usize,
}

impl Damage {
    fn add(&mut self, failure: Failure) {
        *match failure {
            Failure::Corrupt | Failure::NotADatabase => &mut self.malformed,
            Failure::TooBig => &mut self.long_values,
            Failure::NoMemory => &mut self.no_memory,
            Failure::Interrupted | Failure::Refused => &mut self.refused,
        } += 1;
    }

    fn unreadable(&self, tables: usize, limits: &Limits) -> Option<Unreadable> {
        let limit = limits.tables;
        let (cause, detail) = if self.entries > 0 {
            (Cause::Corrupt, format!("malformed entries in the schema: {}", self.entries))
        } else if self.malformed > 0 {
            (Cause::Corrupt, format!("malformed pages in {} of {tables} tables", self.malformed))
        } else if self.refused > 0 {
            (Cause::Corrupt, format!("SQLite cannot read {} of {tables} tables", self.refused))
        } else if self.left_out > 0 {
            (
                Cause::TooLarge,
                format!("{tables} tables, over the limit of {limit} (setting limits.tables)"),
            )
        } else if self.long_values > 0 {
            let mib = VALUE_SIZE >> 20;
            (
                Cause::TooLarge,
                format!("values over {mib} MiB in {} of {tables} tables", self.long_values),
            )
        } else if self.no_memory > 0 {
            (
                Cause::TooLarge,
                format!("not enough memory for {} of {tables} tables", self.no_memory),
            )
        } else {
            return None;
        };
        Some(Unreadable { cause, detail })
    }
}

/// A table as the schema lists it.
struct Listed {
    name: Vec<u8>,
    is_internal: bool,
}

/// A table about to be read.
pub(super) struct Opened {
    /// Its place in the schema.
    place: usize,
    name: String,
    /// Its name as SQL takes it.
    pub(super) quoted: Vec<u8>,
    pub(super) columns: Vec<String>,
    /// There are columns that are not read.
    pub(super) has_hidden: bool,
    layout: Layout,
    is_internal: bool,
}

struct Reader<'a> {
    memory: Memory,
    limits: &'a Limits,
    deadline: Instant,
    damage: Damage,
}

impl Reader<'_> {
    fn too_slow(&self) -> Unreadable {
        let seconds = self.limits.seconds;
        let detail = format!("not read within {seconds} s (setting limits.seconds)");
        Unreadable { cause: Cause::TooSlow, detail }
    }

    /// The tables of the schema that have rows of their own: no views, no virtual tables.
    ///
    /// All of the schema is gone through: SQLite goes by the statement and the root page of an entry, and takes a `type`
    /// of `Table` for one. What is not understood is damage, so that nothing in it stays unsaid.
    fn schema(&mut self) -> Result<Vec<Listed>, Failure> {
        let mut rows = self.memory.query(b"SELECT name, rootpage, sql FROM sqlite_schema")?;
        let (mut listed, mut roots) = (Vec::new(), HashSet::new());
        while rows.next()? {
            let root = match rows.value(1)? {
                Value::Integer(root) => Some(root),
                _ => None,
            };
            let (name, sql) = (rows.value(0)?, rows.value(2)?);
            match entry(bytes(&name), bytes(&sql), root) {
                // Two tables on one page are one of them read as the other.
                Entry::Table(name) if roots.insert(root) => {
                    listed.push(Listed { name: name.to_vec(), is_internal: is_internal(name) });
                }
                Entry::Table(_) | Entry::Malformed => self.damage.entries += 1,
                Entry::WithoutRows => {}
            }
        }
        Ok(listed)
    }

    /// Reads the tables, and returns them in the order of the schema.
    fn tables(
        &mut self,
        listed: &[Listed],
        evidence: &mut Evidence,
    ) -> Result<Vec<Table>, Unreadable> {
        self.damage.left_out = listed.len().saturating_sub(self.limits.tables);
        let mut opened = Vec::new();
        for (place, listed) in listed.iter().take(self.limits.tables).enumerate() {
            self.check_clock()?;
            match self.open(place, listed) {
                Ok(table) => opened.push(table),
                Err(Failure::Interrupted) => return Err(self.too_slow()),
                Err(failure) => self.damage.add(failure),
            }
        }
        // What happened to people is read after the people, so that they are not counted twice.
        opened.sort_by_key(|it| (it.layout.is_of_events(), it.place));
        let mut tables = Vec::new();
        for opened in opened {
            let (place, is_internal) = (opened.place, opened.is_internal);
            let table = self.table(opened, evidence)?;
            // SQLite's own bookkeeping is no news, unless it holds a copy of somebody's data.
            if !is_internal || table.columns.iter().any(|it| !it.kinds.is_empty()) {
                tables.push((place, table));
            }
        }
        tables.sort_by_key(|(place, _)| *place);
        Ok(tables.into_iter().map(|(_, table)| table).collect())
    }

    fn check_clock(&self) -> Result<(), Unreadable> {
        if Instant::now() >= self.deadline { Err(self.too_slow()) } else { Ok(()) }
    }

    fn open(&self, place: usize, listed: &Listed) -> Result<Opened, Failure> {
        let quoted = quote(&listed.name);
        let mut rows =
            self.memory.query(&[b"PRAGMA table_xinfo(", quoted.as_slice(), b")"].concat())?;
        let (mut columns, mut has_hidden) = (Vec::new(), false);
        while rows.next()? {
            // 0 is a usual column and 3 a generated one that is stored. The other generated ones (2) would run their
            // expressions, and those of virtual tables (1) are not there.
            if let (Value::Text(name), Value::Integer(0 | 3)) = (rows.value(1)?, rows.value(6)?) {
                columns.push(String::from_utf8_lossy(name).into_owned());
            } else {
                has_hidden = true;
            }
        }
        if columns.is_empty() {
            return Err(Failure::Refused);
        }
        let name = String::from_utf8_lossy(&listed.name).into_owned();
        let layout = Layout::new(&name, &columns);
        let is_internal = listed.is_internal;
        Ok(Opened { place, name, quoted, columns, has_hidden, layout, is_internal })
    }

    fn table(&mut self, opened: Opened, evidence: &mut Evidence) -> Result<Table, Unreadable> {
        let (counted, failure) = self.count(&opened);
        let mut profile = Profile::new(&opened.layout);
        let mut sample =
            Sample::new(&self.memory, &opened, self.limits.rows_per_table, self.deadline);
        let failure = sample
            .take(counted, |rows| profile.add(|column| rows.value(column + 1), evidence))
            .err()
            .or(failure);
        let read = sample.read;
        match failure.or(sample.guarded.then_some(Failure::TooBig)) {
            Some(Failure::Interrupted) => return Err(self.too_slow()),
            Some(failure) => self.damage.add(failure),
            None => self.check_clock()?,
        }
        let rows = counted.max(read);
        let (columns, mut identities) = profile.finish(opened.columns, rows, read);
        if opened.is_internal {
            identities = Identities::default();
        }
        Ok(Table { name: shown(&opened.name), rows, rows_read: read, columns, identities })
    }

    /// Counts the rows one by one, as far as they can be: within its own count(*) SQLite does not look at the clock.
    fn count(&self, opened: &Opened) -> (u64, Option<Failure>) {
        let query = [b"SELECT 1 FROM ".as_slice(), &opened.quoted, b" NOT INDEXED"].concat();
        let mut rows = match self.memory.query(&query) {
            Ok(rows) => rows,
            Err(failure) => return (0, Some(failure)),
        };
        let mut counted = 0;
        loop {
            match rows.next() {
                Ok(true) => counted += 1,
                Ok(false) => return (counted, None),
                Err(failure) => return (counted, Some(failure)),
            }
        }
    }
}

/// A name as SQL takes it, whatever is in it.
pub(super) fn quote(name: &[u8]) -> Vec<u8> {
    let mut quoted = vec![b'"'];
    for &byte in name {
        quoted.push(byte);
        if byte == b'"' {
            quoted.push(byte);
        }
    }
    quoted.push(b'"');
    quoted
}

/// What an entry of the schema is.
#[derive(Debug, PartialEq)]
enum Entry<'a> {
    /// A table of this name.
    Table(&'a [u8]),
    /// An index, a view, a trigger or a virtual table: what rows it shows are those of tables.
    WithoutRows,
    /// Nothing that SQLite writes.
    Malformed,
}

/// Tells an entry by its statement and its root page, as SQLite does. Page 1 is the schema's own.
fn entry<'a>(name: Option<&'a [u8]>, sql: Option<&[u8]>, root: Option<i64>) -> Entry<'a> {
    let Some(name) = name else { return Entry::Malformed };
    let sql = sql.unwrap_or_default();
    if sql.is_empty() {
        const AUTOMATIC: &[u8] = b"sqlite_autoindex_";
        let is_index =
            name.get(..AUTOMATIC.len()).is_some_and(|it| it.eq_ignore_ascii_case(AUTOMATIC));
        return if is_index { Entry::WithoutRows } else { Entry::Malformed };
    }
    let (create, rest) = word(sql);
    let (kind, rest) = word(rest);
    let is = |word: &[u8], other: &[u8]| word.eq_ignore_ascii_case(other);
    let is_index = is(kind, b"index") || (is(kind, b"unique") && is(word(rest).0, b"index"));
    let has_no_page = [&b"view"[..], b"trigger", b"virtual"].iter().any(|it| is(kind, it));
    match root {
        _ if !is(create, b"create") => Entry::Malformed,
        Some(2..) if is(kind, b"table") => Entry::Table(name),
        Some(2..) if is_index => Entry::WithoutRows,
        Some(0) if has_no_page => Entry::WithoutRows,
        _ => Entry::Malformed,
    }
}

/// The next word of a statement, past blanks and comments, and what follows it.
fn word(sql: &[u8]) -> (&[u8], &[u8]) {
    let mut rest = sql.trim_ascii_start();
    loop {
        let end = match rest {
            [b'-', b'-', ..] => rest.iter().position(|it| *it == b'\n'),
            [b'/', b'*', inside @ ..] => {
                inside.windows(2).position(|it| it == b"*/").map(|it| it + 4)
            }
            _ => break,
        };
        rest = end.and_then(|it| rest.get(it..)).unwrap_or_default().trim_ascii_start();
    }
    rest.split_at(rest.iter().position(|it| !it.is_ascii_alphabetic()).unwrap_or(rest.len()))
}

/// The bytes of a text or of a blob, which SQLite takes for a text in its schema.
fn bytes<'a>(value: &Value<'a>) -> Option<&'a [u8]> {
    match value {
        Value::Text(bytes) | Value::Blob(bytes) => Some(bytes),
        Value::Nothing | Value::Integer(_) | Value::Real(_) => None,
    }
}

fn is_internal(name: &[u8]) -> bool {
    [&b"sqlite_sequence"[..], b"sqlite_stat1", b"sqlite_stat2", b"sqlite_stat3", b"sqlite_stat4"]
        .contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_entries_by_statement_and_page() {
        for (sql, root, expected) in [
            ("CREATE TABLE t(x)", 2, Entry::Table(b"t")),
            ("create/*table*/table--x\n\"t\"(x)", 9, Entry::Table(b"t")),
            ("create--\ntable[t](x)", 9, Entry::Table(b"t")),
            ("CREATE INDEX t ON u(x)", 2, Entry::WithoutRows),
            ("CREATE UNIQUE/*/ */INDEX t ON u(x)", 2, Entry::WithoutRows),
            ("CREATE VIEW t AS SELECT 1", 0, Entry::WithoutRows),
            ("CREATE VIRTUAL TABLE t USING fts5(x)", 0, Entry::WithoutRows),
            ("CREATE VIRTUAL TABLE t USING fts5(x)", 2, Entry::Malformed),
            ("CREATE VIEW t AS SELECT 1", 2, Entry::Malformed),
            ("CREATE TABLE t(x)", 0, Entry::Malformed),
            ("CREATE TABLE t(x)", 1, Entry::Malformed),
            ("CREATE TABLE t(x)", -2, Entry::Malformed),
            ("CREATE /* TABLE t(x)", 2, Entry::Malformed),
            ("CREATE TABLES t(x)", 2, Entry::Malformed),
            ("CREATE", 2, Entry::Malformed),
            ("", 2, Entry::Malformed),
        ] {
            assert_eq!(entry(Some(b"t"), Some(sql.as_bytes()), Some(root)), expected, "{sql}");
        }
        assert_eq!(entry(Some(b"SQLITE_autoindex_t_1"), None, Some(3)), Entry::WithoutRows);
        assert_eq!(entry(None, Some(b"CREATE TABLE t(x)"), Some(2)), Entry::Malformed);
    }
}
