//! What a file is and holds: independent, lazy questions about its bytes. Nothing here touches the disk.

mod database;
pub mod format;
mod profile;
mod sqlite;

pub use database::{
    Column, Confidence, Database, Identities, Kind, Reason, Remains, Table, WriteAheadLog,
    database, database_with_log, hidden_database,
};
pub use format::{Family, Format};
pub use sqlite::{looks_encrypted, made_from};

/// The answer to a question about a file's content.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<T> {
    /// It is one, and this is what was found in it.
    Yes(T),
    /// It is none.
    No,
    /// It is or may be one, and could not be read.
    Unreadable(Unreadable),
}

impl<T> Answer<T> {
    /// The same answer about something made of what was found.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Yes(found) => Answer::Yes(make(found)),
            Answer::No => Answer::No,
            Answer::Unreadable(unreadable) => Answer::Unreadable(unreadable),
        }
    }
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unreadable {
    /// The kind of cause.
    pub cause: Cause,
    /// A clause without a full stop: what was met, which limit, which setting changes it. Never a value.
    pub detail: String,
}

impl Unreadable {
    fn corrupt(detail: impl Into<String>) -> Unreadable {
        Unreadable { cause: Cause::Corrupt, detail: detail.into() }
    }
}

/// The kinds of reasons not to have read something; each has its own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The bytes are no well-formed database, or break off.
    Corrupt,
    /// The bytes look like those of an encrypted database.
    Encrypted,
    /// A bound on size or number was met.
    TooLarge,
    /// The bound on time was met.
    TooSlow,
    /// The bytes could not be had: no such file, no regular file, an object that this clone lacks.
    Inaccessible,
}

/// The bounds on reading one database. Each has a setting of the same name under `limits:` in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a database that is read in full; a larger one is a finding.
    pub database_size: u64,
    /// Tables looked at; the rest are a finding.
    pub tables: usize,
    /// Rows of each table whose values are looked at; all rows are counted.
    pub rows_per_table: u64,
    /// Seconds for one database; past them it is a finding.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { database_size: 256 << 20, tables: 1000, rows_per_table: 10_000, seconds: 10 }
    }
}

/// Bytes at the start of a file by which its kind is recognised: the smallest page that SQLite writes.
pub const PREFIX: usize = 512;
