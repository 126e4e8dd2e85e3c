#![doc = include_str!("too_large_to_read.md")]

use super::{Find, Rule, not_read, noun};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "too-large-to-read",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("too_large_to_read.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let what = |it: &Subject| Some(format!("{} that is too large to be read in full", noun(it)));
    let mut finding = not_read(&RULE, Cause::TooLarge, what, subject, snapshot)?;
    // Nothing that was seen of it says that it is a database.
    if subject.content.format.is_none() {
        finding.severity = Severity::Warning;
    }
    Some(finding)
}
