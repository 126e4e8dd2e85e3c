#![doc = include_str!("annex_pointer.md")]

use super::{Find, Rule, pointer};
use crate::content::Holder;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "annex-pointer",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("annex_pointer.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    pointer(&RULE, Holder::Annex, subject, snapshot)
}
