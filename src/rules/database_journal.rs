#![doc = include_str!("database_journal.md")]

use super::{Find, Rule, of_family};
use crate::content::Family;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "database-journal",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("database_journal.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    of_family(&RULE, Family::Journal, subject, snapshot)
}
