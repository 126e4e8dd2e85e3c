//! What kinds of database files there are, and by which bytes each is recognised.

use bstr::BStr;

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

/// The write-ahead log of a SQLite database.
pub static SQLITE_WAL: Format = Format {
    name: "SQLite write-ahead log",
    family: Family::Journal,
    extensions: &["db-wal", "sqlite-wal", "sqlite3-wal"],
    marks: &[Mark { at: 4, bytes: &[0, 0x2d, 0xe2, 0x18] }],
    check: |sight| matches!(sight.bytes.get(..4), Some([0x37, 0x7f, 0x06, 0x82 | 0x83])),
    source: "https://www.sqlite.org/fileformat.html#walformat",
};

/// The rollback journal of a SQLite database.
pub static SQLITE_JOURNAL: Format = Format {
    name: "SQLite rollback journal",
    family: Family::Journal,
    extensions: &["db-journal", "sqlite-journal"],
    marks: &[Mark { at: 0, bytes: &[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7] }],
    check: |_| true,
    source: "https://www.sqlite.org/fileformat.html#rollbackjournal",
};

/// Pages of a SQLite database without its header or schema: they have no mark of their own.
pub static SQLITE_PAGES: Format = Format {
    name: "SQLite pages",
    family: Family::Database,
    extensions: &[],
    marks: &[],
    check: |_| false,
    source: "https://www.sqlite.org/fileformat.html#b_tree_pages",
};
