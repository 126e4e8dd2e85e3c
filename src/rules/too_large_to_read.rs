#![doc = include_str!("too_large_to_read.md")]

use super::{Rule, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "too-large-to-read",
    severity: Severity::Error,
    refines: None,
    manual: include_str!("too_large_to_read.md"),
    find,
};

fn find(file: &File, snapshot: &Snapshot) -> Option<Finding> {
    not_read(
        &RULE,
        Cause::TooLarge,
        "database that is too large to be read in full",
        file,
        snapshot,
    )
}
