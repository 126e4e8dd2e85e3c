//! What is wrong with a file: one module a rule, its manual beside it.

use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};

/// A rule: what it is called, how much it weighs, what a person may read about it, and how it finds.
#[derive(Debug)]
pub struct Rule {
    /// Names what was found and reads after "allow", such as `database-file`.
    pub id: &'static str,
    /// Its severity where the policy does not say otherwise.
    pub severity: Severity,
    /// The more general rule that finds the same thing, where there is one: while this finding stands, or is let through,
    /// the general one for the same file is not said as well.
    pub refines: Option<&'static str>,
    /// Its manual page, in Markdown: `What it finds`, `Why it matters`, `What to do`, `How to allow it`.
    pub manual: &'static str,
    /// Looks at one file.
    pub find: fn(&File, &Snapshot) -> Option<Finding>,
}

impl Rule {
    /// The first line of its manual without the `# id` heading: what it is in one sentence.
    pub fn summary(&self) -> &'static str {
        self.manual
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .unwrap_or("")
    }
}

/// The rules about databases.
pub static DATABASES: &[&Rule] = &[];

/// All rules.
pub static ALL: &[&Rule] = DATABASES;

/// The rule of this id.
pub fn named(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
