#![doc = include_str!("encrypted_archive.md")]

use super::{Find, Rule, is_container, not_read};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "encrypted-archive",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("encrypted_archive.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let what = |it: &Subject| is_container(it).then(|| "archive that is encrypted".to_owned());
    not_read(&RULE, Cause::Encrypted, what, subject, snapshot)
}
