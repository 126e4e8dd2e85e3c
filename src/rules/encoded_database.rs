#![doc = include_str!("encoded_database.md")]

use super::{Find, Rule, about_database};
use crate::content::Answer;
use crate::finding::{Finding, Severity};
use crate::snapshot::{Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "encoded-database",
    severity: Severity::Error,
    is_off: false,
    refines: &["database-file"],
    manual: include_str!("encoded_database.md"),
    find: Find::Each(find),
};

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let Answer::Yes(database) = &subject.content.database else { return None };
    if !subject.content.is_encoded() {
        return None;
    }
    let rows = database.rows();
    let message = format!(
        "{} (tables: {}, rows: {rows})",
        subject.content.called(database),
        database.tables.len()
    );
    Some(about_database(&RULE, message, database, subject, snapshot))
}
