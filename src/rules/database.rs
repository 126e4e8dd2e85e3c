//! What the rules about databases share: a finding in a file or member, and what was seen of a database there.

use std::rc::Rc;

use bstr::{BStr, ByteSlice};

use super::{Rule, remedy};
use crate::content::{
    Answer, Cause, Content, Database, Family, Holder, Nature, Unreadable, WriteAheadLog, format,
};
use crate::finding::{Finding, Location, Severity};
use crate::snapshot::{Snapshot, Subject};

/// A finding of a rule, with the steps that mend it there.
pub(super) fn finding(
    rule: &'static Rule,
    message: String,
    subject: &Subject,
    snapshot: &Snapshot,
) -> Finding {
    let file = subject.file;
    let at = Location {
        path: file.path.clone(),
        member: subject.member.clone(),
        blob: file.blob().cloned(),
        line: None,
        sha256: snapshot.sha256(file),
        origins: file.origins.clone(),
    };
    Finding {
        rule: rule.id,
        severity: rule.severity,
        at,
        anchor: String::new(),
        message,
        evidence: filtered(&snapshot.filters(file)).into_iter().collect(),
        database: None,
        operation: None,
        hint: remedy::hints(file, snapshot.prefix.as_deref().map(BStr::new)),
        example: None,
    }
}

/// That what git stores, and what was read, is not what is on disk.
pub(super) fn filtered(filters: &[String]) -> Option<String> {
    let named = filters.join(", ");
    (!named.is_empty()).then(|| format!(".gitattributes changes it on its way into git: {named}"))
}

/// A finding for each database of these families.
pub(super) fn of_family(
    rule: &'static Rule,
    family: Family,
    subject: &Subject,
    snapshot: &Snapshot,
) -> Option<Finding> {
    let Answer::Yes(database) = &subject.content.database else { return None };
    if database.format.family != family {
        return None;
    }
    let name = subject.content.called(database);
    let message = match database.is_opened() {
        true => format!("{name} (tables: {}, rows: {})", database.tables.len(), database.rows()),
        false => format!("{name} (its tables are not read)"),
    };
    Some(about_database(rule, message, database, subject, snapshot))
}

/// A finding in a database that could be read.
pub(super) fn about_database(
    rule: &'static Rule,
    message: String,
    database: &Rc<Database>,
    subject: &Subject,
    snapshot: &Snapshot,
) -> Finding {
    let mut finding = finding(rule, message, subject, snapshot);
    finding.database = Some(Rc::clone(database));
    if !database.is_opened() {
        return finding;
    }
    let confidence = &database.test_confidence;
    let speaks = |points: i32| points == 0 || (points > 0) == (confidence.value >= 0.5);
    let reasons = confidence.reasons.iter().filter(|it| speaks(it.points)).take(3);
    let reasons: Vec<&str> = reasons.map(|reason| reason.text.as_str()).collect();
    finding.evidence.push(format!("test data confidence {confidence}: {}", reasons.join(", ")));
    if database.nature == Nature::Undecided {
        finding
            .evidence
            .push("undecided: what was read does not settle whether it is test data".to_owned());
    }
    let remains = &database.remains;
    if remains.people.total() > 0 {
        finding.evidence.push(format!(
            "deleted rows that are still in its pages: people {}, rows {}",
            remains.people.total(),
            remains.rows
        ));
    }
    if let Some(part) = part_by_nature(database) {
        finding.evidence.push(format!("read as far as that goes: {}", part.detail));
    }
    if let WriteAheadLog::Merged { frames } = database.write_ahead_log {
        finding.evidence.push(format!("read together with its write-ahead log: pages {frames}"));
    }
    if database.write_ahead_log == WriteAheadLog::NotHere {
        finding.evidence.push("its newest rows may be in a -wal file that is not here".to_owned());
    }
    finding
}

/// Why a log, a journal or single pages are only a part of a database, where nothing else is wrong with them.
pub(super) fn part_by_nature(database: &Database) -> Option<&Unreadable> {
    let format = database.format;
    let is_part = format.family == Family::Journal || format == &format::SQLITE_PAGES;
    database.damage.as_ref().filter(|it| is_part && it.cause == Cause::Corrupt)
}

/// A finding in a file that could not be read for this cause, or not to its end. `what` names what was not read: nothing where
/// the rule is about something else.
pub(super) fn not_read(
    rule: &'static Rule,
    cause: Cause,
    what: fn(&Subject) -> Option<String>,
    subject: &Subject,
    snapshot: &Snapshot,
) -> Option<Finding> {
    let (unreadable, database) = match &subject.content.database {
        Answer::Unreadable(unreadable) => (unreadable.clone(), None),
        Answer::Yes(database) => (database.damage.clone()?, Some(Rc::clone(database))),
        Answer::No => return None,
    };
    let is_said = database.as_deref().is_some_and(|it| part_by_nature(it).is_some());
    if unreadable.cause != cause || is_said {
        return None;
    }
    let what = what(subject)?;
    let mut finding = finding(rule, format!("{what}: {}", unreadable.detail), subject, snapshot);
    finding.database = database;
    Some(finding)
}

/// Whether it is a container, and no database.
pub(super) fn is_container(subject: &Subject) -> bool {
    subject.content.format.is_some_and(|it| it.family == Family::Container)
}

/// What a file that could not be read in full is, as far as its first bytes tell.
pub(super) fn noun(subject: &Subject) -> &'static str {
    noun_of(subject.content)
}

/// The same of a file that is no subject.
pub(super) fn noun_of(content: &Content) -> &'static str {
    match content.format {
        None => "file",
        Some(it) if it.family == Family::Container => "archive",
        Some(_) => "database",
    }
}

/// A finding for a file of which the content is kept by `holder`, and not here to be read.
pub(super) fn pointer(
    rule: &'static Rule,
    holder: Holder,
    subject: &Subject,
    snapshot: &Snapshot,
) -> Option<Finding> {
    let pointer = subject.content.pointer.as_ref().filter(|it| it.holder == holder)?;
    let size = pointer.size.map(|it| format!(" ({it} bytes)")).unwrap_or_default();
    let kept = match holder {
        Holder::GitCrypt => "content encrypted by git-crypt".to_owned(),
        Holder::Lfs | Holder::Annex => format!("content{size} kept by {}", holder.word()),
    };
    let is_database = format::names_database(subject.path().as_bstr());
    let message = match is_database {
        true => format!("{kept}, not read here; its name is that of a database"),
        false => format!("{kept}, not read here"),
    };
    let mut finding = finding(rule, message, subject, snapshot);
    if is_database {
        finding.severity = Severity::Error;
    }
    Some(finding)
}
