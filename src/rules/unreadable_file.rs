#![doc = include_str!("unreadable_file.md")]

use super::{Find, Rule, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unreadable-file",
    severity: Severity::Error,
    is_off: false,
    refines: &["unreadable-script"],
    manual: include_str!("unreadable_file.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let what = |_: &Subject| Some("file that cannot be read".to_owned());
    let mut finding = not_read(&RULE, Cause::Inaccessible, what, subject, snapshot)?;
    // Where it is nobody knows whether it should be taken out: the message says how it can be read.
    finding.hint.clear();
    Some(finding)
}
