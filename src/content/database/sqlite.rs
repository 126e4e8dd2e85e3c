//! Walks a SQLite database in memory: its tables, their columns, their rows.

use std::time::{Duration, Instant};

use super::super::{Cause, Limits, Unreadable};
use super::header::{self, Header};
use super::memory::{Failure, Memory, VALUE_SIZE, Value};
use super::profile::{Evidence, Layout, Profile, shown};
use super::sample::{self, Sample};
use super::{Database, Identities, Table, score};

/// Reads a database of which the header was found.
pub(super) fn read(mut bytes: Vec<u8>, size: u64, limits: &Limits) -> Result<Database, Unreadable> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let header = match Header::find(&bytes) {
        Some(found) => found?,
        None => return Err(Unreadable::corrupt("its first bytes changed while it was read")),
    };
    let missing = header::mend(&mut bytes, header, limits.database_size);
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
        format: "SQLite",
        size,
        write_ahead_log: header.write_ahead_log,
        tables,
        test_confidence: super::Confidence { value: 0.0, reasons: Vec::new() },
        damage: missing.or_else(|| reader.damage.unreadable(listed.len(), limits)),
    };
    database.test_confidence = score::confidence(
        database.identities(),
        database.rows(),
        database.damage.is_none(),
        &evidence,
    );
    Ok(database)
}

/// What could not be read, by number of tables.
#[derive(Default)]
struct Damage {
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
        let (cause, detail) = if self.malformed > 0 {
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
    fn schema(&mut self) -> Result<Vec<Listed>, Failure> {
        let mut rows = self
            .memory
            .query(b"SELECT name, rootpage, sql FROM sqlite_schema WHERE type = 'table'")?;
        let mut listed = Vec::new();
        while rows.next()? {
            let root = matches!(rows.value(1)?, Value::Integer(page) if page > 0);
            let is_virtual = matches!(rows.value(2)?, Value::Text(sql) if is_virtual(sql));
            match rows.value(0)? {
                _ if is_virtual => {}
                Value::Text(name) if root => {
                    let is_internal = is_internal(name);
                    listed.push(Listed { name: name.to_vec(), is_internal });
                }
                _ => self.damage.malformed += 1,
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
        let mut columns = Vec::new();
        while rows.next()? {
            // 0 is a usual column and 3 a generated one that is stored. The other generated ones (2) would run their
            // expressions, and those of virtual tables (1) are not there.
            if let (Value::Text(name), Value::Integer(0 | 3)) = (rows.value(1)?, rows.value(6)?) {
                columns.push(String::from_utf8_lossy(name).into_owned());
            }
        }
        if columns.is_empty() {
            return Err(Failure::Refused);
        }
        let name = String::from_utf8_lossy(&listed.name).into_owned();
        let layout = Layout::new(&name, &columns);
        Ok(Opened { place, name, quoted, columns, layout, is_internal: listed.is_internal })
    }

    fn table(&mut self, opened: Opened, evidence: &mut Evidence) -> Result<Table, Unreadable> {
        let (counted, failure) = self.count(&opened);
        let mut profile = Profile::new(&opened.layout);
        let mut sample =
            Sample::new(&self.memory, &opened, self.limits.rows_per_table, self.deadline);
        let failure = sample.take(counted, |rows| profile.add(rows, evidence)).err().or(failure);
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

fn is_virtual(sql: &[u8]) -> bool {
    let mut words = sql.split(|it| it.is_ascii_whitespace()).filter(|it| !it.is_empty());
    words.next().is_some_and(|it| it.eq_ignore_ascii_case(b"create"))
        && words.next().is_some_and(|it| it.eq_ignore_ascii_case(b"virtual"))
}

fn is_internal(name: &[u8]) -> bool {
    [&b"sqlite_sequence"[..], b"sqlite_stat1", b"sqlite_stat2", b"sqlite_stat3", b"sqlite_stat4"]
        .contains(&name)
}
