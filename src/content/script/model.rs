//! What a script does to data, and what stands in its way: the words that rules speak in.

use std::fmt;
use std::rc::Rc;

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

/// What stands, or seems to stand, in the way of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Guard {
    /// What it asks or looks at.
    pub kind: GuardKind,
    /// What it is good for, were it without a defect.
    pub strength: Strength,
    /// The line it stands on, from 1.
    pub line: u32,
    /// Why it does not help; none where it does.
    pub defect: Option<Defect>,
}

/// What a guard is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Lessens or shows the damage: a backup, a count, a transaction.
    Supporting,
    /// Stops some mistakes: a list of environments that leaves out one that is not set.
    Medium,
    /// Stops whoever did not mean it.
    Strong,
}

impl Strength {
    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            Strength::Supporting => "supporting",
            Strength::Medium => "medium",
            Strength::Strong => "strong",
        }
    }
}

/// What a guard asks or looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardKind {
    /// An answer that is asked for and compared.
    Confirmation,
    /// The environment is one of a list.
    EnvironmentAllowed,
    /// The environment is none of a list.
    EnvironmentDenied,
    /// The host or database it is connected to is looked at.
    TargetChecked,
    /// It runs only where it was asked for with a flag, an argument or a variable.
    OptIn,
    /// A run that destroys nothing is on offer.
    DryRun,
    /// A function of a framework or tool that asks or refuses by itself.
    Framework,
    /// A target, task or job that must succeed first, and may stop it.
    Prerequisite,
    /// How much will go is counted or shown.
    CountShown,
    /// A copy is made first.
    Backup,
    /// It can be rolled back.
    Transaction,
    /// What is done, and by whom, is written down for others first.
    AuditLog,
    /// It waits some seconds.
    Pause,
    /// It says what it will do, or where it must not run.
    Notice,
    /// It looks whether something exists, is set, or is enough in number.
    Presence,
}

impl GuardKind {
    /// All of them.
    pub const ALL: &[GuardKind] = &[
        GuardKind::Confirmation,
        GuardKind::EnvironmentAllowed,
        GuardKind::EnvironmentDenied,
        GuardKind::TargetChecked,
        GuardKind::OptIn,
        GuardKind::DryRun,
        GuardKind::Framework,
        GuardKind::Prerequisite,
        GuardKind::CountShown,
        GuardKind::Backup,
        GuardKind::Transaction,
        GuardKind::AuditLog,
        GuardKind::Pause,
        GuardKind::Notice,
        GuardKind::Presence,
    ];

    /// What it is, as documents say it.
    pub fn about(self) -> &'static str {
        match self {
            GuardKind::Confirmation => "An answer that is asked for and compared.",
            GuardKind::EnvironmentAllowed => {
                "The environment is one that is named as development, test or staging are."
            }
            GuardKind::EnvironmentDenied => {
                "The environment is none that is named as production is."
            }
            GuardKind::TargetChecked => {
                "The host or database is on this machine, is named as one for development or test, begins as is required, stands in a list of those that are allowed, or is none of production."
            }
            GuardKind::OptIn => {
                "It runs only where it was asked for with a flag, an argument or a variable."
            }
            GuardKind::DryRun => "A run that destroys nothing is on offer.",
            GuardKind::Framework => {
                "A function of a framework or tool that asks or refuses by itself."
            }
            GuardKind::Prerequisite => {
                "A target, task or job that must succeed first, and may stop it."
            }
            GuardKind::CountShown => "How much will go is counted or shown.",
            GuardKind::Backup => "A copy is made first.",
            GuardKind::Transaction => "It can be rolled back.",
            GuardKind::AuditLog => "What is done is written to an audit log first.",
            GuardKind::Pause => "It waits some seconds.",
            GuardKind::Notice => "It says what it will do, or where it must not run.",
            GuardKind::Presence => {
                "It looks whether something exists, is set, or is enough in number."
            }
        }
    }

    /// Its name in a report.
    pub fn word(self) -> &'static str {
        match self {
            GuardKind::Confirmation => "confirmation",
            GuardKind::EnvironmentAllowed => "list of allowed environments",
            GuardKind::EnvironmentDenied => "list of refused environments",
            GuardKind::TargetChecked => "check of the target",
            GuardKind::OptIn => "explicit opt-in",
            GuardKind::DryRun => "dry run",
            GuardKind::Framework => "guard of the framework",
            GuardKind::Prerequisite => "prerequisite that may stop it",
            GuardKind::CountShown => "count",
            GuardKind::Backup => "backup",
            GuardKind::Transaction => "transaction",
            GuardKind::AuditLog => "audit log",
            GuardKind::Pause => "pause",
            GuardKind::Notice => "notice",
            GuardKind::Presence => "check that something is there",
        }
    }
}

/// Why a guard does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Defect {
    /// Nobody is asked: it only waits.
    OnlyWaits,
    /// The answer is read and looked at nowhere.
    AnswerIgnored,
    /// What it finds stops nothing.
    StopsNothing,
    /// It goes on in just the case that it should stop.
    WrongWayRound,
    /// It comes after the operation.
    TooLate,
    /// It looks only whether something is there.
    OnlyPresence,
    /// What is not set counts as development.
    OpenWhenUnset,
    /// Any text counts as true, `False` as well.
    AnyTextIsTrue,
    /// It compares text as numbers.
    ComparesNumbers,
    /// It compares where two texts are kept, and not what they say.
    ComparesPlaces,
    /// It is always the same, whatever is asked.
    AlwaysTrue,
    /// It is switched off in the script.
    SwitchedOff,
    /// Another way leads around it.
    NotOnEveryWay,
    /// The framework has it from a later version on.
    OfLaterVersion,
}

impl Defect {
    /// All of them.
    pub const ALL: &[Defect] = &[
        Defect::OnlyWaits,
        Defect::AnswerIgnored,
        Defect::StopsNothing,
        Defect::WrongWayRound,
        Defect::TooLate,
        Defect::OnlyPresence,
        Defect::OpenWhenUnset,
        Defect::AnyTextIsTrue,
        Defect::ComparesNumbers,
        Defect::ComparesPlaces,
        Defect::AlwaysTrue,
        Defect::SwitchedOff,
        Defect::NotOnEveryWay,
        Defect::OfLaterVersion,
    ];

    /// A clause that says it.
    pub fn clause(self) -> &'static str {
        match self {
            Defect::OnlyWaits => "it only waits, and goes on by itself",
            Defect::AnswerIgnored => "the answer is looked at nowhere",
            Defect::StopsNothing => "nothing stops because of it",
            Defect::WrongWayRound => "it goes on in just the case that it should stop",
            Defect::TooLate => "it comes after the operation",
            Defect::OnlyPresence => "it asks only whether something is there",
            Defect::OpenWhenUnset => "what is not set counts as development",
            Defect::AnyTextIsTrue => "any text is true, `False` as well",
            Defect::ComparesNumbers => "it compares text as numbers",
            Defect::ComparesPlaces => "it compares where texts are kept, and not what they say",
            Defect::AlwaysTrue => "it is always the same",
            Defect::SwitchedOff => "it is switched off in the script",
            Defect::NotOnEveryWay => "another way leads around it",
            Defect::OfLaterVersion => "the framework has it from a later version on",
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
