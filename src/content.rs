//! What a file is and holds, told from its bytes. Nothing here touches the disk.

mod archive;
mod compare;
mod confidence;
mod database;
mod dump;
mod encoded;
mod examine;
pub mod format;
mod people;
pub(crate) mod plain;
mod pointer;
mod profile;
pub mod quarantine;
pub mod registry;
pub mod script;
mod sqlite;
mod waivers;

use std::fmt;
use std::rc::Rc;

use bstr::BString;

pub use compare::{Likeness, compare, logical_digest, sha256};
pub use confidence::{Confidence, Nature, Reason, Signs};
pub use database::{Column, Database, Kind, NationalId, Remains, Table, WriteAheadLog};
pub use examine::{Given, examine};
pub use format::{Family, Format};
pub use people::{Class, Identities, Why};
pub(crate) use pointer::find as pointer;
pub use pointer::{Holder, Pointer};
pub use profile::{confidence, nature};
pub use sqlite::made_from;
pub use waivers::{Waiver, waivers};

/// What a file is and holds, as far as databases go.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What it was recognised as.
    pub format: Option<&'static Format>,
    /// What it is wrapped in, the outermost first.
    pub layers: Vec<Layer>,
    /// Whether it is a database, a dump, a journal or the like, and what that holds.
    pub database: Answer<Rc<Database>>,
    /// What a container holds: the members that there is something to say about, in its order.
    pub members: Vec<Member>,
    /// It stands for content that is kept elsewhere, or in another form.
    pub pointer: Option<Pointer>,
}

impl Content {
    /// One that is nothing of what is looked for.
    fn nothing(format: Option<&'static Format>) -> Content {
        Content {
            format,
            layers: Vec::new(),
            database: Answer::No,
            members: Vec::new(),
            pointer: None,
        }
    }

    pub(crate) fn unreadable(format: Option<&'static Format>, why: Unreadable) -> Content {
        Content { database: Answer::Unreadable(why), ..Content::nothing(format) }
    }

    /// Whether there is nothing to say about it.
    fn is_plain(&self) -> bool {
        self.database == Answer::No && self.members.is_empty() && self.pointer.is_none()
    }

    /// What a database in it is called, with what that is wrapped in: `SQLite database in gzip`.
    pub fn called(&self, database: &Database) -> String {
        let layers = self.layers.iter().map(|layer| format!(" {layer}"));
        database.called() + &layers.collect::<String>()
    }

    /// Whether it is a database written as text.
    pub fn is_encoded(&self) -> bool {
        self.layers.iter().any(|it| matches!(it, Layer::Encoded { .. }))
    }
}

/// One thing that content is wrapped in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layer {
    /// A compressed stream: the name of its format.
    Compressed(&'static str),
    /// A text encoding.
    Encoded {
        /// Its name, such as `base64`.
        by: &'static str,
        /// Bytes before it.
        at: usize,
    },
    /// What the file stands for is kept elsewhere.
    Held(Holder),
}

impl fmt::Display for Layer {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Layer::Compressed(by) => write!(to, "in {by}"),
            Layer::Encoded { by, at } => write!(to, "in {by} at byte {at}"),
            Layer::Held(holder) => write!(to, "in {}", holder.word()),
        }
    }
}

/// A member of a container.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its path inside, as stored: untrusted bytes.
    pub path: BString,
    /// What it is and holds.
    pub content: Content,
}

/// How much of each file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The first [`PREFIX`] bytes; all of it where they show a format that has to be read.
    Quick,
    /// All of it, up to the limit.
    Deep,
}

impl Depth {
    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            Depth::Quick => "quick",
            Depth::Deep => "deep",
        }
    }
}

/// The answer to a question about a file's content.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<T> {
    /// It is one, and this is what was found in it.
    Yes(T),
    /// It is none.
    No,
    /// It could not be read, and may be one.
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

    /// A file of more bytes than are read in full.
    pub(crate) fn too_large(size: u64, limit: u64) -> Unreadable {
        let detail = format!("{size} bytes, over the limit of {limit} (setting limits.file_size)");
        Unreadable { cause: Cause::TooLarge, detail }
    }

    /// More tables than are looked at.
    fn too_many_tables(tables: usize, limits: &Limits) -> Unreadable {
        let limit = limits.tables;
        let detail = format!("{tables} tables, over the limit of {limit} (setting limits.tables)");
        Unreadable { cause: Cause::TooLarge, detail }
    }

    /// A database or dump that took longer than the bound on time.
    fn too_slow(limits: &Limits) -> Unreadable {
        let detail = format!("not read within {} s (setting limits.seconds)", limits.seconds);
        Unreadable { cause: Cause::TooSlow, detail }
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
    /// Its format is known, and dataward does not open it.
    NotOpened,
    /// The bytes could not be had: no such file, no regular file, an object that this clone lacks.
    Inaccessible,
}

/// The bounds on reading one file. Each has a setting of the same name under `limits:` in the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that is read in full, and of a member of an archive; a larger one is a finding.
    pub file_size: u64,
    /// Tables looked at; the rest are a finding.
    pub tables: usize,
    /// Rows of each table whose values are looked at; all rows are counted.
    pub rows_per_table: u64,
    /// Seconds for one database; past them it is a finding.
    pub seconds: u64,
    /// Archives within archives that are opened; what is deeper is a finding.
    pub archive_depth: usize,
    /// Members looked at of one file, at all depths together; more are a finding.
    pub archive_members: u64,
    /// Bytes that all members of one file may expand to, at all depths together; more are a finding.
    pub archive_size: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_size: 256 << 20,
            tables: 1000,
            rows_per_table: 10_000,
            seconds: 10,
            archive_depth: 5,
            archive_members: 100_000,
            archive_size: 1 << 30,
        }
    }
}

/// Bytes at the start of a file by which its format is recognised: one page of most databases.
pub const PREFIX: usize = 4096;
