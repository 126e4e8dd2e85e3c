//! What is wrong with a file: one module a rule, its manual beside it.

pub mod database_file;
pub mod database_with_personal_data;
pub mod encrypted_database;
mod remedy;
pub mod too_large_to_read;
pub mod too_slow_to_read;
pub mod unreadable_database;
pub mod unreadable_file;

use std::rc::Rc;

use bstr::{BStr, ByteSlice};

use crate::content::{Answer, Cause, Database, Unreadable, WriteAheadLog};
use crate::finding::{Finding, Location, Severity};
use crate::snapshot::{File, Snapshot};

/// A rule: what it is called, how much it weighs, what a person may read about it, and how it finds.
#[derive(Debug)]
pub struct Rule {
    /// Names what was found and reads after "allow", such as `database-file`.
    pub id: &'static str,
    /// Its severity where the policy does not say otherwise.
    pub severity: Severity,
    /// The more general rule that finds the same thing, where there is one: while this finding stands, or is let through,
    /// the general one for the same file is not said as well.
    pub refines: Option<&'static str>,
    /// Its manual page, in Markdown: `What it finds`, `Why it matters`, `What to do`, `How to allow it`.
    pub manual: &'static str,
    /// Looks at one file.
    pub find: fn(&File, &Snapshot) -> Option<Finding>,
}

impl Rule {
    /// The first line of its manual without the `# id` heading: what it is in one sentence.
    pub fn summary(&self) -> &'static str {
        self.manual
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .unwrap_or("")
    }
}

/// The rules about databases.
pub static DATABASES: &[&Rule] = &[
    &database_file::RULE,
    &database_with_personal_data::RULE,
    &encrypted_database::RULE,
    &too_large_to_read::RULE,
    &too_slow_to_read::RULE,
    &unreadable_database::RULE,
    &unreadable_file::RULE,
];

/// All rules.
pub static ALL: &[&Rule] = DATABASES;

/// The ids of all rules.
pub fn ids() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.id).collect()
}

/// The rule of this id.
pub fn named(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

/// What these rules find in a snapshot, file by file. `each` is called before a file is looked at.
pub fn find(rules: &[&Rule], snapshot: &Snapshot, mut each: impl FnMut(&File)) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &snapshot.files {
        each(file);
        findings.extend(rules.iter().filter_map(|rule| (rule.find)(file, snapshot)));
    }
    findings
}

/// A finding of a rule in a file, with the steps that mend it there.
fn finding(rule: &'static Rule, message: String, file: &File, snapshot: &Snapshot) -> Finding {
    let at = Location {
        path: file.path.clone(),
        blob: file.blob().cloned(),
        origins: file.origins.clone(),
    };
    Finding {
        rule: rule.id,
        severity: rule.severity,
        at,
        message,
        evidence: Vec::new(),
        database: None,
        hint: remedy::hints(file, snapshot.prefix.as_deref().map(BStr::new)),
    }
}

/// A finding in a database that could be read.
fn about_database(
    rule: &'static Rule,
    message: String,
    database: &Rc<Database>,
    file: &File,
    snapshot: &Snapshot,
) -> Finding {
    let mut finding = finding(rule, message, file, snapshot);
    let confidence = &database.test_confidence;
    let reasons: Vec<&str> =
        confidence.reasons.iter().take(3).map(|reason| reason.text.as_str()).collect();
    finding.evidence.push(format!("test data confidence {confidence}: {}", reasons.join(", ")));
    finding.database = Some(Rc::clone(database));
    let remains = &database.remains;
    if remains.people.total() > 0 {
        finding.evidence.push(format!(
            "deleted rows that are still in its pages: people {}, rows {}",
            remains.people.total(),
            remains.rows
        ));
    }
    if let WriteAheadLog::Merged { frames } = database.write_ahead_log {
        finding.evidence.push(format!("read together with its write-ahead log: pages {frames}"));
    }
    if database.write_ahead_log == WriteAheadLog::NotHere {
        let mut log = file.path.clone();
        log.extend_from_slice(b"-wal");
        if snapshot.has(log.as_bstr()) {
            let detail = "its write-ahead log, the -wal file beside it, was not read".to_owned();
            finding.evidence.push(format!("{detail}: it may hold newer rows"));
            // A condition of the policy must not hold by what was not looked at.
            let unread = Unreadable { cause: Cause::Inaccessible, detail };
            let damage = database.damage.clone().or(Some(unread));
            finding.database = Some(Rc::new(Database { damage, ..(**database).clone() }));
        } else {
            finding
                .evidence
                .push("its newest rows may be in a -wal file that is not here".to_owned());
        }
    }
    finding
}

/// A finding in a file that could not be read for this cause, or not to its end.
fn not_read(
    rule: &'static Rule,
    cause: Cause,
    what: &str,
    file: &File,
    snapshot: &Snapshot,
) -> Option<Finding> {
    let (unreadable, database) = match snapshot.database(file) {
        Answer::Unreadable(unreadable) => (unreadable, None),
        Answer::Yes(database) => (database.damage.clone()?, Some(database)),
        Answer::No => return None,
    };
    if unreadable.cause != cause {
        return None;
    }
    let mut finding = finding(rule, format!("{what}: {}", unreadable.detail), file, snapshot);
    finding.database = database;
    Some(finding)
}
