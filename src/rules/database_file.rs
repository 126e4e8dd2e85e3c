#![doc = include_str!("database_file.md")]

use super::{Find, Rule, of_family};
use crate::content::Family;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "database-file",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("database_file.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    of_family(&RULE, Family::Database, subject, snapshot)
}
