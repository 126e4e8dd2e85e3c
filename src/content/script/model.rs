//! What a script does to data, and what stands in its way: the words that rules speak in.

mod guard;

use std::fmt;
use std::rc::Rc;

pub use guard::{Defect, Guard, GuardKind, Strength};

use super::{Dialect, Language, Manner};
use crate::content::Unreadable;

/// A file that was read as a script.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// What it is written in.
    pub language: Language,
    /// Of several ways in which files of that language are run, the one of this file.
    pub manner: Option<Manner>,
    /// The database that its drivers and addresses are for; none where they name none, or several.
    pub database: Option<Dialect>,
    /// What it destroys, in the order of its lines.
    pub operations: Vec<Operation>,
    /// The calls that bring a database to where it must not go: forced into git, or copied to a deploy target.
    pub databases_taken_along: Vec<Taken>,
    /// Why it was not read to its end, where a bound was met.
    pub cut: Option<Unreadable>,
    /// Settings that switch off what keeps the data of a resource.
    pub safeguards_off: Vec<SwitchedOff>,
}

/// One call, command or statement that destroys data when it is run.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The row of the table of operations that recognised it.
    pub kind: &'static Kind,
    /// The line it begins on, from 1.
    pub line: u32,
    /// The line on which the statement begins that runs it.
    pub begins: u32,
    /// What is run within what, the outermost first: `python`, `shell`, `psql`, `SQL`. At least the language of the file.
    pub layers: Vec<&'static str>,
    /// How much is gone afterwards.
    pub scope: Scope,
    /// What it is aimed at.
    pub target: Target,
    /// What makes it run.
    pub reach: Reach,
    /// What it is called in a message: the call or statement by its name, never a value from it.
    pub name: String,
    /// The flag by which the script switches off the prompt of the tool, such as `-auto-approve`.
    pub prompt_off: Option<String>,
    /// What stands between the start of the script and this operation, real or not.
    pub guards: Vec<Guard>,
    /// The operation as it is known when lines move: its kind and name, and which of its like it is in this file, from 0.
    pub anchor: String,
    /// A hash, in hex, of how the statement is worded, what it is aimed at, what makes it run and how it is held back; and which of those
    /// it is in this file that are alike in all of that, from 0.
    pub wording: String,
}

impl Operation {
    /// The strongest guard that is in force where it runs.
    pub fn strength(&self) -> Option<Strength> {
        self.guards.iter().filter(|it| it.defect.is_none()).map(|it| it.strength).max()
    }

    /// Whether something stops whoever runs the script by mistake.
    pub fn is_guarded(&self) -> bool {
        self.strength() == Some(Strength::Strong)
    }

    /// What looks like a guard and is none.
    pub fn false_guards(&self) -> impl Iterator<Item = &Guard> {
        self.guards.iter().filter(|it| it.defect.is_some())
    }
}

/// A row of the table of operations.
#[derive(Debug, PartialEq)]
pub struct Kind {
    /// Its name, such as `py.fs.rmtree`.
    pub id: &'static str,
    /// The call, command or statement, as documents write it.
    pub shape: &'static str,
    /// When it counts; empty where it always does.
    pub when: &'static str,
    /// How much it destroys at least.
    pub scope: Scope,
    /// How bad that is.
    pub weight: Weight,
    /// The safeguard that its own tool has; empty where it has none.
    pub safeguard: &'static str,
}

/// How bad it is when an operation runs by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Something is lost that can be had again with some work.
    Medium,
    /// Data of many is lost.
    High,
    /// All of it is lost.
    Critical,
}

/// How much is gone afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A whole database, or all tables of one.
    Database,
    /// All rows of a table, collection or index.
    Table,
    /// All that one tenant, client or user has.
    Tenant,
    /// Files and directories.
    Files,
    /// Resources of a cloud or cluster.
    Cloud,
    /// Backups and snapshots.
    Backup,
    /// The history of a git repository.
    GitHistory,
}

impl Scope {
    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Database => "database",
            Scope::Table => "table",
            Scope::Tenant => "tenant",
            Scope::Files => "files",
            Scope::Cloud => "cloud",
            Scope::Backup => "backup",
            Scope::GitHistory => "git history",
        }
    }
}

/// What an operation is aimed at, as far as the script says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A name in the script that is of this machine: `localhost`, a file.
    Local,
    /// A name in the script of another machine.
    Remote,
    /// What the environment names, such as `DATABASE_URL`.
    Environment,
    /// What whoever runs it names.
    Argument,
    /// One tenant, client or user, by an id in the script.
    Tenant,
    /// Whatever the program is connected to.
    Connection,
}

impl Target {
    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            Target::Local => "named in the script, on this machine",
            Target::Remote => "named in the script, on another machine",
            Target::Environment => "named by the environment",
            Target::Argument => "named by an argument",
            Target::Tenant => "one tenant, named in the script",
            Target::Connection => "whatever it is connected to",
        }
    }
}

/// What makes an operation run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Running, or loading, the file.
    TopLevel,
    /// The function that the file runs when it is started.
    Main,
    /// A command, task or handler that a framework calls by its name.
    Task,
    /// A request to an application that is running.
    Request,
    /// A step of a pipeline.
    Pipeline,
    /// The start of a container or of a package's script.
    Start,
}

impl Reach {
    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            Reach::TopLevel => "when the file is run",
            Reach::Main => "from its main function",
            Reach::Task => "as a command or task",
            Reach::Request => "when somebody requests it",
            Reach::Pipeline => "in a step of a pipeline",
            Reach::Start => "at each start",
        }
    }
}

/// A database that a script forces into git, or copies to a deploy target.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The line it stands on, from 1.
    pub line: u32,
    /// How: `git add -f`, `scp`.
    pub by: &'static str,
    /// The name of the file as the script has it. Untrusted text.
    pub file: String,
    /// It as it is known when lines move.
    pub anchor: String,
}

/// A setting that switches off what keeps the data of a resource when that is taken down. It destroys nothing by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct SwitchedOff {
    /// The line it stands on, from 1.
    pub line: u32,
    /// It as it is written: `skip_final_snapshot = true`.
    pub setting: String,
    /// The type of the resource.
    pub of: String,
    /// It as it is known when lines move.
    pub anchor: String,
}

impl fmt::Display for Scope {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.word())
    }
}

/// What reads a file as a script. A program whose rules are about scripts has one; the others link no grammar.
pub type ReadScript = fn(&bstr::BStr, &[u8]) -> crate::content::Answer<Rc<Script>>;
