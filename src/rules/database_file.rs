#![doc = include_str!("database_file.md")]

use super::{Rule, about_database};
use crate::content::Answer;
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "database-file",
    severity: Severity::Error,
    refines: None,
    manual: include_str!("database_file.md"),
    find,
};

fn find(file: &File, snapshot: &Snapshot) -> Option<Finding> {
    let Answer::Yes(database) = snapshot.database(file) else { return None };
    let message = format!(
        "{} database (tables: {}, rows: {})",
        database.format.name,
        database.tables.len(),
        database.rows()
    );
    Some(about_database(&RULE, message, &database, file, snapshot))
}
