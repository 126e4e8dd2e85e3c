#![doc = include_str!("too_slow_to_read.md")]

use super::{Find, Rule, not_read, noun};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "too-slow-to-read",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("too_slow_to_read.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let what = |it: &Subject| Some(format!("{} that takes too long to be read in full", noun(it)));
    not_read(&RULE, Cause::TooSlow, what, subject, snapshot)
}
