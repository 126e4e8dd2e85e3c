//! Walks a SQLite database in memory: its tables, their columns, their rows.

mod alone;
mod damage;
mod digest;
mod encrypted;
mod entry;
mod header;
mod hidden;
mod image;
mod leaf;
mod made;
mod memory;
mod pages;
mod remains;
mod sample;
mod unnamed;
mod wal;

use std::collections::HashSet;
use std::time::{Duration, Instant};

pub(super) use self::digest::{Logical, logical};
pub(super) use self::encrypted::looks_encrypted;
pub(super) use self::header::SIZE as HEADER_SIZE;
pub(super) use self::hidden::hidden;
pub use self::made::made_from;

use self::damage::Damage;
use self::entry::{Entry, bytes, entry};
use self::header::Header;
use self::image::Image;
use self::memory::{Failure, Memory};
use self::remains::Root;
use self::sample::Sample;
use super::database::{Database, Table};
use super::profile::{Evidence, Found, Layout, Profile, Value, shown};
use super::{Format, Limits, Unreadable, format};

/// Whether bytes begin with a header that SQLite takes.
pub(super) fn is_header(bytes: &[u8]) -> bool {
    matches!(Header::find(bytes), Some(Ok(_)))
}

/// Reads a file that was recognised as one that SQLite writes, a database together with the write-ahead `log` beside it.
pub(super) fn read(
    format: &'static Format,
    bytes: Vec<u8>,
    log: impl FnOnce() -> Option<Result<Vec<u8>, Unreadable>>,
    limits: &Limits,
) -> Result<Database, Unreadable> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let size = bytes.len() as u64;
    if format == &format::SQLITE_WAL {
        return alone::log(bytes, size, limits, deadline);
    }
    if format == &format::SQLITE_JOURNAL {
        return alone::journal(bytes, size, limits, deadline);
    }
    match Header::find(&bytes) {
        Some(Ok(_)) => {
            let (log, lacking) = match log() {
                Some(Ok(log)) => (log, None),
                Some(Err(why)) => (Vec::new(), Some(why)),
                None => (Vec::new(), None),
            };
            let mut image = Image::with_log(bytes, log, limits)?;
            image.damage = image.damage.or(lacking);
            image.read(format, size, limits, deadline)
        }
        Some(Err(malformed)) => {
            hidden::carve(bytes.into(), limits, deadline).unwrap_or(Err(malformed))
        }
        None => Err(Unreadable::corrupt("its first bytes changed while it was read")),
    }
}

/// A table as the schema lists it.
struct Listed {
    name: Vec<u8>,
    /// Its first page.
    root: i64,
    is_internal: bool,
}

/// A table about to be read.
pub(super) struct Opened {
    /// Its place in the schema.
    place: usize,
    root: i64,
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
    /// The b-trees of the schema, its indices, and the tables that were read to their ends.
    roots: Vec<Root>,
}

impl Reader<'_> {
    fn too_slow(&self) -> Unreadable {
        Unreadable::too_slow(self.limits)
    }

    fn reaches(&mut self, root: Option<i64>, is_index: bool) {
        if let Some(page) = root.and_then(|it| u32::try_from(it).ok()) {
            self.roots.push(Root { page, is_index });
        }
    }

    /// The tables of the schema that have rows of their own: no views, no virtual tables.
    ///
    /// All of the schema is gone through: SQLite goes by the statement and the root page of an entry, and takes a `type`
    /// of `Table` for one. What is not understood is damage, so that nothing in it stays unsaid.
    fn schema(&mut self) -> Result<Vec<Listed>, Failure> {
        let mut rows = self.memory.query(b"SELECT name, rootpage, sql FROM sqlite_schema")?;
        let (mut listed, mut roots, mut indices) = (Vec::new(), HashSet::new(), Vec::new());
        while rows.next()? {
            let root = match rows.value(1)? {
                Value::Integer(root) => Some(root),
                _ => None,
            };
            let (name, sql) = (rows.value(0)?, rows.value(2)?);
            match entry(bytes(&name), bytes(&sql), root) {
                // Two tables on one page are one of them read as the other.
                Entry::Table(name) if roots.insert(root) => {
                    let (name, is_internal) = (name.to_vec(), is_internal(name));
                    listed.push(Listed { name, root: root.unwrap_or_default(), is_internal });
                }
                Entry::Table(_) | Entry::Malformed => self.damage.entries += 1,
                Entry::WithoutRows => indices.push(root),
            }
        }
        drop(rows);
        self.reaches(Some(1), false);
        for root in indices {
            self.reaches(root, true);
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
        let Listed { root, is_internal, .. } = *listed;
        Ok(Opened { place, root, name, quoted, columns, has_hidden, layout, is_internal })
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
            None => {
                self.check_clock()?;
                for is_index in [false, true] {
                    // A table without row ids is an index.
                    self.reaches(Some(opened.root), is_index);
                }
            }
        }
        let rows = counted.max(read);
        let mut found = profile.finish(opened.columns, rows, read, evidence);
        if opened.is_internal {
            found = found.without_people();
        }
        let Found { columns, identities, reasons } = found;
        let name = shown(&opened.name);
        Ok(Table { name, rows, rows_read: read, columns, identities, reasons })
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

fn is_internal(name: &[u8]) -> bool {
    [&b"sqlite_sequence"[..], b"sqlite_stat1", b"sqlite_stat2", b"sqlite_stat3", b"sqlite_stat4"]
        .contains(&name)
}
