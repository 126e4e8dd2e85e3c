//! What kinds of database files there are, and by which bytes each is recognised.

mod container;
mod data;
mod database;
mod dump;
mod journal;
mod key_value;
mod sight;
mod sqlite;

use bstr::{BStr, ByteSlice};

pub use container::{BZIP2, GZIP, SEVEN_ZIP, TAR, XZ, ZIP, ZSTD};
pub use dump::{
    HEIDISQL_DUMP, MARIADB_DUMP, MYSQL_DUMP, PHPMYADMIN_DUMP, POSTGRESQL_CLUSTER_DUMP,
    POSTGRESQL_DUMP, SQL_DUMP, SQLITE_DUMP,
};
pub use sight::Sight;
pub use sqlite::{
    ENCRYPTED_SQLITE, GEOPACKAGE, MBTILES, SQLITE, SQLITE_JOURNAL, SQLITE_MAGIC, SQLITE_PAGES,
    SQLITE_SHM, SQLITE_WAL,
};

use sight::{after_line, begins};

/// A format, and how it is recognised.
#[derive(Debug)]
pub struct Format {
    /// What it is called, such as `SQLite`.
    pub name: &'static str,
    /// What kind of thing it is, which decides the rule.
    pub family: Family,
    /// Endings that tools give such files. They are hints beside content, never proof.
    pub extensions: &'static [&'static str],
    /// Any one of these is enough. Without one, only another question about the content finds it.
    pub signatures: &'static [Signature],
    /// The signatures in words, for docs/formats.md.
    pub recognised_by: &'static str,
    /// How far dataward looks into it.
    pub reading: Reading,
    /// Where the format is defined.
    pub source: &'static str,
}

/// A format is told by its name.
impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl Format {
    /// Whether bytes, all that there are, have one of its signatures.
    pub(super) fn begins(&self, bytes: &[u8]) -> bool {
        let sight = Sight { size: bytes.len() as u64, bytes, path: BStr::new("") };
        self.fits(&sight, sight.text())
    }

    fn fits(&self, sight: &Sight, text: &[u8]) -> bool {
        self.signatures.iter().any(|it| it.fits(sight, text))
    }

    /// Whether the ending of a name is one that tools give such files, in whatever case.
    pub(super) fn has_ending(&self, ending: &[u8]) -> bool {
        self.extensions.iter().any(|it| ending.eq_ignore_ascii_case(it.as_bytes()))
    }

    /// Whether it is a SQLite database, with or without a name of its own such as GeoPackage.
    pub fn is_sqlite(&self) -> bool {
        [&SQLITE, &GEOPACKAGE, &MBTILES].contains(&self)
    }
}

/// What a format is for. The first three are what must not enter git.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// The file of a database.
    Database,
    /// A dump or backup of one.
    Dump,
    /// A journal, log or lock beside one, which may hold its newest rows.
    Journal,
    /// Data in columns, caches and the like: seldom anybody's live data.
    Data,
    /// A container that may hold one.
    Container,
}

impl Family {
    /// Its name in machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Family::Database => "database",
            Family::Dump => "dump",
            Family::Journal => "journal",
            Family::Data => "data",
            Family::Container => "container",
        }
    }
}

/// How far dataward looks into a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// All that it holds.
    Everything,
    /// The rows that its text inserts.
    Rows,
    /// The files inside.
    Members,
    /// That it is there, and no more.
    Nothing,
}

/// One way to recognise a format.
#[derive(Debug)]
pub enum Signature {
    /// All of these bytes are at their places, and the function agrees.
    Bytes(&'static [Mark], fn(&Sight) -> bool),
    /// A text whose lines begin so, from the first on that is no preamble.
    Lines(&'static [&'static str]),
}

impl Signature {
    fn fits(&self, sight: &Sight, text: &[u8]) -> bool {
        match self {
            Signature::Bytes(marks, check) => {
                marks.iter().all(|mark| mark.is_on(sight)) && check(sight)
            }
            Signature::Lines(beginnings) => {
                let mut rest = text;
                beginnings.iter().all(|beginning| {
                    let fits = begins(rest, beginning.as_bytes());
                    // Only of what fits is the next line looked for: most of a file may have none.
                    rest = if fits { after_line(rest) } else { b"" };
                    fits
                })
            }
        }
    }
}

/// Bytes at a place of a file.
#[derive(Debug)]
pub struct Mark {
    /// Bytes from the start; where it is negative, from the end, which is seen only of a whole file.
    pub at: i64,
    /// What stands there.
    pub bytes: &'static [u8],
}

impl Mark {
    fn is_on(&self, sight: &Sight) -> bool {
        let at = match usize::try_from(self.at) {
            Ok(at) => Some(at),
            Err(_) if !sight.is_whole() => None,
            Err(_) => usize::try_from(self.at.unsigned_abs())
                .ok()
                .and_then(|back| sight.bytes.len().checked_sub(back)),
        };
        at.and_then(|at| sight.bytes.get(at..)).is_some_and(|rest| begins(rest, self.bytes))
    }
}

const fn mark(at: i64, bytes: &'static [u8]) -> Mark {
    Mark { at, bytes }
}

/// For signatures whose bytes are enough.
fn always(_: &Sight) -> bool {
    true
}

/// The formats of each family, in the order in which they are asked: the more specific one first.
static FAMILIES: &[&[&Format]] = &[
    sqlite::ALL,
    dump::ALL,
    journal::ALL,
    database::ALL,
    key_value::ALL,
    container::ALL,
    data::ALL,
];

/// All formats there are, in the order in which they are asked for.
pub fn all() -> impl Iterator<Item = &'static Format> {
    FAMILIES.iter().flat_map(|formats| formats.iter().copied())
}

/// The format of a file, if it is one of those that bytes tell.
pub fn recognise(sight: &Sight) -> Option<&'static Format> {
    let text = sight.text();
    all().find(|format| format.fits(sight, text))
}

/// Endings that some formats have and many other things too: they say nothing of a database.
const MANY_THINGS: &[&str] = &[
    "archive", "bak", "dat", "file", "frm", "ib", "lock", "out", "partial", "run", "script",
    "snap", "tar", "txt", "wt",
];

/// As much of a file's name as its format may depend on, or nothing: a blob under many names is looked at once. Names without
/// an ending are all taken to matter, such as those of PostgreSQL's write-ahead log.
pub fn telling_name(path: &BStr) -> &BStr {
    let name = path.rsplit_str("/").next().unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once_str(".") else { return name.as_bstr() };
    let is_known = all().any(|format| format.has_ending(ending));
    if is_known { name.as_bstr() } else { BStr::new("") }
}

/// Whether a file is named as a database is: a hint, by which what cannot be read weighs more.
pub fn names_database(path: &BStr) -> bool {
    let name = path.rsplit_str("/").next().unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once_str(".") else { return false };
    let is_of_many = MANY_THINGS.iter().any(|it| ending.eq_ignore_ascii_case(it.as_bytes()));
    let named = |format: &Format| {
        matches!(format.family, Family::Database | Family::Dump) && format.has_ending(ending)
    };
    !is_of_many && all().any(named)
}
