//! A database as tables of values and the form it takes in a file, to be changed before it is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use dataward::content::{Answer, Limits};
use dataward::policy::Conditions;
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, MAIN_DB, params_from_iter};

use crate::examined;

/// What a column holds, so that a change finds the values that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Name,
    Mail,
    Phone,
    /// The number of a person in a state's books.
    Number,
    Login,
    Other,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Text(String),
}

impl Cell {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As SQL writes it.
    fn literal(&self) -> String {
        match self {
            Cell::Null => "NULL".to_owned(),
            Cell::Integer(number) => number.to_string(),
            Cell::Text(text) => format!("'{}'", text.replace('\'', "''")),
        }
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Cell::Null => Ok(ToSqlOutput::Owned(rusqlite::types::Value::Null)),
            Cell::Integer(number) => number.to_sql(),
            Cell::Text(text) => text.to_sql(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) holds: Holds,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// It was put in to distract, and stays where others are deleted.
    pub(crate) is_bait: bool,
}

impl Table {
    pub(crate) fn new(name: &str, columns: &[(&str, Holds)], rows: Vec<Vec<Cell>>) -> Table {
        let column =
            |(name, holds): &(&str, Holds)| Column { name: (*name).to_owned(), holds: *holds };
        let columns = columns.iter().map(column).collect();
        Table { name: name.to_owned(), columns, rows, is_bait: false }
    }

    /// The place of the first column that holds such values.
    pub(crate) fn place(&self, holds: Holds) -> Option<usize> {
        self.columns.iter().position(|it| it.holds == holds)
    }

    /// The statement that makes it, without a type for any column: values stay as they are.
    fn schema(&self) -> String {
        let mut columns: Vec<String> = Vec::new();
        for column in &self.columns {
            let is_taken = columns.contains(&quoted(&column.name));
            let number = if is_taken { columns.len().to_string() } else { String::new() };
            columns.push(quoted(&format!("{}{number}", column.name)));
        }
        format!("CREATE TABLE {}({});", quoted(&self.name), columns.join(", "))
    }

    fn make(&self, connection: &Connection) {
        connection.execute_batch(&self.schema()).unwrap();
        let places = vec!["?"; self.columns.len()].join(",");
        let sql = format!("INSERT INTO {} VALUES({places})", quoted(&self.name));
        let mut insert = connection.prepare(&sql).unwrap();
        for row in &self.rows {
            insert.execute(params_from_iter(row)).unwrap();
        }
    }

    /// As the program sqlite3 dumps it.
    fn dump(&self) -> String {
        let mut sql = self.schema() + "\n";
        for row in &self.rows {
            let values: Vec<String> = row.iter().map(Cell::literal).collect();
            let name = quoted(&self.name);
            writeln!(sql, "INSERT INTO {name} VALUES({});", values.join(",")).unwrap();
        }
        sql
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Where the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Tables,
    /// In the write-ahead log beside the database.
    Log,
    /// Nowhere any more: they were deleted, or their tables dropped.
    Deleted,
    Dropped,
    /// It is no database but its dump.
    Dump,
}

/// A database in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) base: &'static str,
    pub(crate) tables: Vec<Table>,
    pub(crate) encoding: &'static str,
    pub(crate) page_size: u32,
    pub(crate) place: Place,
    /// Thousandths of the file after which it is cut off, at the end of a page or within one.
    pub(crate) cut: Option<(usize, bool)>,
    /// What people can be found by in the bytes, in lower case.
    pub(crate) marks: Vec<String>,
    /// The values alone say nothing of people: it takes the names of columns.
    pub(crate) needs_names: bool,
    pub(crate) is_nameless: bool,
}

impl Draft {
    pub(crate) fn new(base: &'static str, tables: Vec<Table>, marks: Vec<String>) -> Draft {
        Draft {
            base,
            tables,
            encoding: "UTF-8",
            page_size: 4096,
            place: Place::Tables,
            cut: None,
            marks,
            needs_names: false,
            is_nameless: false,
        }
    }

    /// The tables whose rows stand for people.
    pub(crate) fn people(&mut self) -> impl Iterator<Item = &mut Table> {
        let holds = |it: &Column| it.holds != Holds::Other;
        self.tables.iter_mut().filter(move |it| !it.is_bait && it.columns.iter().any(holds))
    }

    fn fill(&self, connection: &Connection) {
        connection.execute_batch("BEGIN").unwrap();
        self.tables.iter().for_each(|it| it.make(connection));
        connection.execute_batch("COMMIT").unwrap();
    }

    pub(crate) fn written(&self) -> Written {
        let setup = format!(
            "PRAGMA secure_delete = off; PRAGMA encoding = '{}'; PRAGMA page_size = {};",
            self.encoding, self.page_size
        );
        let (mut bytes, log) = match self.place {
            Place::Dump => (self.dump(), None),
            Place::Log => self.logged(&setup),
            Place::Tables | Place::Deleted | Place::Dropped => (self.database(&setup), None),
        };
        if let Some((thousandth, is_at_page)) = self.cut {
            let mut end = bytes.len() * thousandth / 1000;
            if is_at_page {
                end -= end % self.page_size as usize;
            }
            bytes.truncate(end.max(100));
        }
        Written { bytes, log }
    }

    fn database(&self, setup: &str) -> Vec<u8> {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(setup).unwrap();
        self.fill(&connection);
        for table in self.tables.iter().filter(|it| !it.is_bait) {
            let name = quoted(&table.name);
            let sql = match self.place {
                Place::Deleted => format!("DELETE FROM {name}"),
                Place::Dropped => format!("DROP TABLE {name}"),
                Place::Tables | Place::Log | Place::Dump => continue,
            };
            connection.execute_batch(&sql).unwrap();
        }
        connection.serialize(MAIN_DB).unwrap().to_vec()
    }

    /// A database that was in use, and the log in which all of its rows are.
    fn logged(&self, setup: &str) -> (Vec<u8>, Option<Vec<u8>>) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.db");
        let connection = Connection::open(&path).unwrap();
        let sql = format!(
            "{setup} PRAGMA synchronous = off; PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
             CREATE TABLE version(number); PRAGMA wal_checkpoint(truncate);"
        );
        connection.execute_batch(&sql).unwrap();
        self.fill(&connection);
        let read = |name: &str| fs::read(directory.path().join(name)).unwrap();
        (read("a.db"), Some(read("a.db-wal")))
    }

    /// As the program sqlite3 writes it.
    fn dump(&self) -> Vec<u8> {
        let tables: String = self.tables.iter().map(Table::dump).collect();
        let sql = format!("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n{tables}COMMIT;\n");
        let wide = |unit: fn(u16) -> [u8; 2]| {
            "\u{feff}".encode_utf16().chain(sql.encode_utf16()).flat_map(unit).collect()
        };
        match self.encoding {
            "UTF-16le" => wide(u16::to_le_bytes),
            "UTF-16be" => wide(u16::to_be_bytes),
            _ => sql.into_bytes(),
        }
    }
}

/// A database as files.
pub(crate) struct Written {
    bytes: Vec<u8>,
    log: Option<Vec<u8>>,
}

impl Written {
    /// Whether the usual policy for test data lets it through: sure of it, nobody who looks real; or all of it made up by proof.
    /// What is no database to us is let through; what cannot be read is not. With it, what that goes by.
    pub(crate) fn judged(&self) -> (bool, String) {
        let log = || self.log.clone().map(Ok);
        let content = examined::with_log("", &self.bytes, &log, &Limits::default());
        let database = match content.database {
            Answer::Yes(database) => database,
            Answer::Unreadable(why) => return (false, why.detail),
            Answer::No => return (true, "no database".to_owned()),
        };
        let conditions = Conditions {
            test_confidence: Some(0.9),
            real_looking_identities: Some(0),
            ..Conditions::default()
        };
        let confidence = &database.test_confidence;
        let is_allowed = conditions.unmet(Some(&database)).is_empty() || confidence.is_proven;
        let proven = if confidence.is_proven { ", proven" } else { "" };
        let left = database.remains.people;
        let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
        for (why, n) in database.tables.iter().flat_map(|it| &it.reasons) {
            *reasons.entry(why.word()).or_default() += n;
        }
        let reasons: Vec<String> = reasons.iter().map(|(why, n)| format!("{why} {n}")).collect();
        let deleted = format!("{} real-looking of {} deleted", left.real_looking, left.total());
        let figures = format!("{confidence}{proven}; people: {}; {deleted}", reasons.join(", "));
        (is_allowed, figures)
    }

    /// How many of these texts in lower case anybody can read in the files.
    pub(crate) fn readable(&self, marks: &[String], encoding: &str) -> usize {
        let bytes = [&self.bytes[..], self.log.as_deref().unwrap_or_default()].concat();
        let wide = |skipped: usize, of: fn([u8; 2]) -> u16| {
            let units: Vec<u16> =
                bytes[skipped..].chunks_exact(2).map(|it| of([it[0], it[1]])).collect();
            String::from_utf16_lossy(&units).to_lowercase()
        };
        let texts = match encoding {
            "UTF-16le" => vec![wide(0, u16::from_le_bytes), wide(1, u16::from_le_bytes)],
            "UTF-16be" => vec![wide(0, u16::from_be_bytes), wide(1, u16::from_be_bytes)],
            _ => vec![String::from_utf8_lossy(&bytes).to_lowercase()],
        };
        marks.iter().filter(|mark| texts.iter().any(|it| it.contains(mark.as_str()))).count()
    }
}
