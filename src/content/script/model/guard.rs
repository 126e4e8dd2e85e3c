//! What stands before an operation, how much it is worth, and what is wrong with it.

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
