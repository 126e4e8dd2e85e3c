//! What kinds of database files there are, and by which bytes each is recognised.

use bstr::{BStr, ByteSlice};

/// A format that is recognised by its bytes.
#[derive(Debug)]
pub struct Format {
    /// What it is called, such as `SQLite`.
    pub name: &'static str,
    /// What kind of thing it is, which decides the rule.
    pub family: Family,
    /// Endings that tools give such files. They are hints beside content, never proof.
    pub extensions: &'static [&'static str],
    /// The bytes by which it is recognised: all of them have to be there.
    pub marks: &'static [Mark],
    /// What else has to hold.
    pub check: fn(&Sight) -> bool,
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

/// What a format is for.
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

/// Bytes at a place of a file.
#[derive(Debug)]
pub struct Mark {
    /// Bytes from the start; where it is negative, from the end.
    pub at: i64,
    /// What stands there.
    pub bytes: &'static [u8],
}

/// What is seen of a file when its format is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Bytes of the whole file.
    pub size: u64,
    /// Its first bytes, or all of it.
    pub bytes: &'a [u8],
    /// Its path: a hint.
    pub path: &'a BStr,
}

/// SQLite 3.
pub static SQLITE: Format = Format {
    name: "SQLite",
    family: Family::Database,
    extensions: &["db", "sqlite", "sqlite3", "db3", "s3db", "sl3"],
    marks: &[Mark { at: 0, bytes: b"SQLite format 3\0" }],
    check: |_| true,
    source: "https://www.sqlite.org/fileformat.html",
};

/// The format of a file, by its bytes.
pub fn recognise(sight: &Sight) -> Option<&'static Format> {
    sight.bytes.starts_with(b"SQLite format 3\0").then_some(&SQLITE)
}

/// As much of a file's name as its format may depend on: nothing of most names, so that a blob under many is looked at once.
pub fn telling_name(path: &BStr) -> &BStr {
    let name = path.rsplit_str("/").next().unwrap_or_default();
    let is_telling =
        SQLITE.extensions.iter().any(|it| name.to_ascii_lowercase().ends_with(it.as_bytes()));
    if is_telling { name.as_bstr() } else { BStr::new("") }
}

/// Whether a file is named as one of a database.
pub fn names_database(path: &BStr) -> bool {
    !telling_name(path).is_empty()
}
