#![doc = include_str!("unreadable_database.md")]

use super::{Find, Rule, is_container, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unreadable-database",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("unreadable_database.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let what = |it: &Subject| {
        (!is_container(it)).then(|| "database that cannot be read in full".to_owned())
    };
    not_read(&RULE, Cause::Corrupt, what, subject, snapshot)
}
