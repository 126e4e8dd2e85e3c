//! A finding: what a rule says of one file.

use std::rc::Rc;

use bstr::BString;

use crate::content::Database;
use crate::content::script::Operation;
use crate::snapshot::{BlobId, Origin, with_member};

/// What one rule found in one file. It holds names, counts and ids, never a value out of a row.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The id of the rule, such as `database-file`.
    pub rule: &'static str,
    /// How much it weighs: the rule's own severity, until the policy has judged it.
    pub severity: Severity,
    /// Where it was found.
    pub at: Location,
    /// What tells it from others of its rule in the same file, and stays when lines move; empty where there is one at most.
    pub anchor: String,
    /// One sentence without a full stop: what was found.
    pub message: String,
    /// What the rule saw, a line each. Names in it are untrusted text: a renderer cleans them.
    pub evidence: Vec<String>,
    /// The database it speaks of, where it could be read: the policy's conditions look at it.
    pub database: Option<Rc<Database>>,
    /// The operation of a script that it speaks of.
    pub operation: Option<Rc<Operation>>,
    /// What mends it, a line each: a sentence, or a command that works where it is printed.
    pub hint: Vec<String>,
    /// The code that the first hint speaks of, to be copied: dataward's own text, with its line feeds.
    pub example: Option<String>,
}

/// Where a finding is.
#[derive(Debug, Clone)]
pub struct Location {
    /// The path: relative to the top of the repository, or as given on the command line. Untrusted bytes.
    pub path: BString,
    /// The way to a member inside of that file, where it is one of a container. Untrusted bytes.
    pub member: Option<BString>,
    /// The blob that was read; none for a file on disk.
    pub blob: Option<BlobId>,
    /// The line it is on, from 1, where it is about a line.
    pub line: Option<u32>,
    /// The SHA-256 of the file in hex, where the policy asks for that.
    pub sha256: Option<String>,
    /// How the file came to be looked at; the first is the one to mend.
    pub origins: Vec<Origin>,
}

impl Location {
    /// The path with the way to the member: `backup.zip!/data/app.db`.
    pub fn full_path(&self) -> BString {
        with_member(&self.path, self.member.as_ref())
    }
}

/// How much a finding weighs. Any error blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Said, but does not block.
    Warning,
    /// Blocks the commit or push.
    Error,
}

impl Severity {
    /// The word for it: one of the four that git itself colours at the start of a `remote:` line.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}
