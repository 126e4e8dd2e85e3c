#![doc = include_str!("database_dump.md")]

use super::{Find, Rule, of_family};
use crate::content::{Database, Family, format};
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "database-dump",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("database_dump.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let mut finding = of_family(&RULE, Family::Dump, subject, snapshot)?;
    // No tool says that it is a dump, and nobody is in it: a large seed or a test looks the same.
    let is_plain = |it: &Database| it.format == &format::SQL_DUMP && it.people() == 0;
    if finding.database.as_deref().is_some_and(is_plain) {
        finding.severity = Severity::Warning;
    }
    Some(finding)
}
