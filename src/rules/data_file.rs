#![doc = include_str!("data_file.md")]

use super::{Find, Rule, of_family};
use crate::content::Family;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "data-file",
    severity: Severity::Warning,
    is_off: true,
    refines: &[],
    manual: include_str!("data_file.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    of_family(&RULE, Family::Data, subject, snapshot)
}
