#![doc = include_str!("unreadable_file.md")]

use super::{Rule, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unreadable-file",
    severity: Severity::Error,
    refines: None,
    manual: include_str!("unreadable_file.md"),
    find,
};

fn find(file: &File, snapshot: &Snapshot) -> Option<Finding> {
    let mut finding =
        not_read(&RULE, Cause::Inaccessible, "file that cannot be read", file, snapshot)?;
    // Where it is nobody knows whether it should be taken out: the message says how it can be read.
    finding.hint.clear();
    Some(finding)
}
