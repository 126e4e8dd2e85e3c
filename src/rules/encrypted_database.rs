#![doc = include_str!("encrypted_database.md")]

use super::{Rule, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "encrypted-database",
    severity: Severity::Error,
    refines: None,
    manual: include_str!("encrypted_database.md"),
    find,
};

fn find(file: &File, snapshot: &Snapshot) -> Option<Finding> {
    not_read(&RULE, Cause::Encrypted, "database that is encrypted", file, snapshot)
}
