#![doc = include_str!("unreadable_database.md")]

use super::{Rule, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unreadable-database",
    severity: Severity::Error,
    refines: None,
    manual: include_str!("unreadable_database.md"),
    find,
};

fn find(file: &File, snapshot: &Snapshot) -> Option<Finding> {
    not_read(&RULE, Cause::Corrupt, "database that cannot be read in full", file, snapshot)
}
