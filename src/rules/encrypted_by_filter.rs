#![doc = include_str!("encrypted_by_filter.md")]

use super::{Find, Rule, pointer};
use crate::content::Holder;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "encrypted-by-filter",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("encrypted_by_filter.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    pointer(&RULE, Holder::GitCrypt, subject, snapshot)
}
