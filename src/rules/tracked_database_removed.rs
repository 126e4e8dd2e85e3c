#![doc = include_str!("tracked_database_removed.md")]

use super::database::noun_of;
use super::{Find, Rule, in_file};
use crate::content::{Answer, Content, Family};
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Removed, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "tracked-database-removed",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("tracked_database_removed.md"),
    find: Find::Whole(find),
};

fn find(snapshot: &Snapshot) -> Vec<Finding> {
    snapshot.removed.iter().filter_map(|it| in_place(it, snapshot)).collect()
}

fn in_place(removed: &Removed, snapshot: &Snapshot) -> Option<Finding> {
    let file = &removed.file;
    let what = database(&snapshot.content(file))?;
    let message = match &removed.replaced_by {
        None => format!("this push deletes the live database there: {what}"),
        Some(bytes) => {
            let next = File { bytes: bytes.clone(), ..file.clone() };
            // A database in its place is said by the rules about databases.
            if database(&snapshot.content(&next)).is_some() {
                return None;
            }
            format!("this push puts another file in place of the live database there: {what}")
        }
    };
    let mut finding = in_file(&RULE, message, file, snapshot);
    finding.hint = vec![
        "copy the live file from where it is deployed, before anything is pushed".to_owned(),
        "then keep it where deploys do not reach, and have the program read it from there"
            .to_owned(),
    ];
    Some(finding)
}

/// What a database is called; none where it is none. One that cannot be read counts.
fn database(content: &Content) -> Option<String> {
    match &content.database {
        Answer::Yes(database) if database.format.family == Family::Database => {
            Some(content.called(database))
        }
        Answer::Unreadable(why) if content.format.is_some() => {
            Some(format!("{} that cannot be read ({})", noun_of(content), why.detail))
        }
        _ => None,
    }
}
