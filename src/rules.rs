//! What is wrong with a file: one module a rule, its manual beside it.

pub mod annex_pointer;
pub mod backup_deletion;
pub mod data_file;
pub mod database_dump;
pub mod database_file;
pub mod database_journal;
pub mod database_with_personal_data;
pub mod encoded_database;
pub mod encrypted_archive;
pub mod encrypted_by_filter;
pub mod encrypted_database;
pub mod expired_waiver;
pub mod false_guard;
pub mod forced_database_add;
mod guard_example;
pub mod guard_removed;
pub mod hard_coded_tenant_delete;
pub mod lfs_pointer;
mod operation;
pub mod prompt_switched_off;
pub mod quarantined_script_called;
pub mod quarantined_script_executable;
pub mod registry_disagrees;
mod remedy;
#[cfg(test)]
mod sample;
pub mod too_large_to_read;
pub mod too_slow_to_read;
pub mod unguarded_cloud_destroy;
pub mod unguarded_database_wipe;
pub mod unguarded_file_wipe;
pub mod unguarded_history_rewrite;
pub mod unguarded_table_wipe;
pub mod unreadable_archive;
pub mod unreadable_database;
pub mod unreadable_file;
pub mod unreadable_script;
pub mod weakly_guarded_operation;

use std::rc::Rc;

use bstr::{BStr, ByteSlice};

use crate::content::script::{ReadScript, Script};
use crate::content::{
    Answer, Cause, Database, Family, Holder, Nature, Unreadable, WriteAheadLog, format,
};
use crate::finding::{Finding, Location, Severity};
use crate::snapshot::{File, Snapshot, Subject};

/// A rule: what it is called, how much it weighs, what a person may read about it, and how it finds.
#[derive(Debug)]
pub struct Rule {
    /// Names what was found and reads after "allow", such as `database-file`.
    pub id: &'static str,
    /// Its severity where the policy does not say otherwise.
    pub severity: Severity,
    /// Whether it is off until the policy gives it a severity.
    pub is_off: bool,
    /// The more general rules that find the same thing: while this finding stands, or is let through, a general one for the
    /// same file is not said as well.
    pub refines: &'static [&'static str],
    /// Its manual page, in Markdown: `What it finds`, `Why it matters`, `What to do`, `How to allow it`.
    pub manual: &'static str,
    /// How it finds.
    pub find: Find,
}

/// How a rule finds.
#[derive(Debug, Clone, Copy)]
pub enum Find {
    /// It looks at one file, or at one member of a container.
    Each(fn(&Subject, &Snapshot) -> Option<Finding>),
    /// It looks at a file that was read as a script.
    Script(fn(&ScriptFile) -> Vec<Finding>),
}

/// A file that was read as a script, as a rule looks at it.
pub struct ScriptFile<'a> {
    /// The file in git or on disk.
    pub file: &'a File,
    /// What it does.
    pub script: Answer<Rc<Script>>,
    /// What the file did that was at its path before.
    pub before: &'a dyn Fn() -> Answer<Rc<Script>>,
    /// Where it comes from.
    pub snapshot: &'a Snapshot,
}

impl Rule {
    /// Whether it is about what stands on a line of a script.
    pub fn is_about_lines(&self) -> bool {
        matches!(self.find, Find::Script(_))
    }

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
    &annex_pointer::RULE,
    &data_file::RULE,
    &database_dump::RULE,
    &database_file::RULE,
    &database_journal::RULE,
    &database_with_personal_data::RULE,
    &encoded_database::RULE,
    &encrypted_archive::RULE,
    &encrypted_by_filter::RULE,
    &encrypted_database::RULE,
    &lfs_pointer::RULE,
    &too_large_to_read::RULE,
    &too_slow_to_read::RULE,
    &unreadable_archive::RULE,
    &unreadable_database::RULE,
    &unreadable_file::RULE,
];

/// The rules about scripts.
pub static SCRIPTS: &[&Rule] = &[
    &backup_deletion::RULE,
    &expired_waiver::RULE,
    &false_guard::RULE,
    &forced_database_add::RULE,
    &guard_removed::RULE,
    &hard_coded_tenant_delete::RULE,
    &prompt_switched_off::RULE,
    &quarantined_script_called::RULE,
    &quarantined_script_executable::RULE,
    &registry_disagrees::RULE,
    &unguarded_cloud_destroy::RULE,
    &unguarded_database_wipe::RULE,
    &unguarded_file_wipe::RULE,
    &unguarded_history_rewrite::RULE,
    &unguarded_table_wipe::RULE,
    &unreadable_script::RULE,
    &weakly_guarded_operation::RULE,
];

/// All rules.
pub static ALL: &[&Rule] = &[
    &annex_pointer::RULE,
    &backup_deletion::RULE,
    &data_file::RULE,
    &database_dump::RULE,
    &database_file::RULE,
    &database_journal::RULE,
    &database_with_personal_data::RULE,
    &encoded_database::RULE,
    &encrypted_archive::RULE,
    &encrypted_by_filter::RULE,
    &encrypted_database::RULE,
    &expired_waiver::RULE,
    &false_guard::RULE,
    &forced_database_add::RULE,
    &guard_removed::RULE,
    &hard_coded_tenant_delete::RULE,
    &lfs_pointer::RULE,
    &prompt_switched_off::RULE,
    &quarantined_script_called::RULE,
    &quarantined_script_executable::RULE,
    &registry_disagrees::RULE,
    &too_large_to_read::RULE,
    &too_slow_to_read::RULE,
    &unguarded_cloud_destroy::RULE,
    &unguarded_database_wipe::RULE,
    &unguarded_file_wipe::RULE,
    &unguarded_history_rewrite::RULE,
    &unguarded_table_wipe::RULE,
    &unreadable_archive::RULE,
    &unreadable_database::RULE,
    &unreadable_file::RULE,
    &unreadable_script::RULE,
    &weakly_guarded_operation::RULE,
];

/// The ids of all rules.
pub fn ids() -> Vec<&'static str> {
    ALL.iter().map(|rule| rule.id).collect()
}

/// The rule of this id.
pub fn named(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}

/// What these rules find in a snapshot, handed over by file and by member. Without `read_script` no file is read as a script.
pub fn find(
    rules: &[&Rule],
    snapshot: &Snapshot,
    read_script: Option<ReadScript>,
    mut step: impl FnMut(),
    mut take: impl FnMut(Vec<Finding>),
) {
    let asks_for_content = rules.iter().any(|rule| matches!(rule.find, Find::Each(_)));
    for file in &snapshot.files {
        step();
        let mut of_script = of_script(rules, file, snapshot, read_script);
        if !asks_for_content {
            take(of_script);
            continue;
        }
        let content = snapshot.content(file);
        // Members of one archive may have one name: what is found in one settles nothing of the other.
        for subject in Subject::all(file, &content) {
            let each = rules.iter().filter_map(|rule| match rule.find {
                Find::Each(find) => find(&subject, snapshot),
                Find::Script(_) => None,
            });
            // The first is the file itself.
            take(each.collect::<Vec<_>>().into_iter().chain(of_script.drain(..)).collect());
        }
    }
}

/// What these rules find in a file as a script.
fn of_script(
    rules: &[&Rule],
    file: &File,
    snapshot: &Snapshot,
    read_script: Option<ReadScript>,
) -> Vec<Finding> {
    let Some(read) = read_script else { return Vec::new() };
    let before = || snapshot.script_before(file, read);
    let script = snapshot.script(file, read);
    let of = ScriptFile { file, script, before: &before, snapshot };
    let findings = rules.iter().flat_map(|rule| match rule.find {
        Find::Script(find) => find(&of),
        Find::Each(_) => Vec::new(),
    });
    findings.collect()
}

/// A finding of a rule, with the steps that mend it there.
fn finding(
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
fn filtered(filters: &[String]) -> Option<String> {
    let named = filters.join(", ");
    (!named.is_empty()).then(|| format!(".gitattributes changes it on its way into git: {named}"))
}

/// A finding for each database of these families.
fn of_family(
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
fn about_database(
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
fn part_by_nature(database: &Database) -> Option<&Unreadable> {
    let format = database.format;
    let is_part = format.family == Family::Journal || format == &format::SQLITE_PAGES;
    database.damage.as_ref().filter(|it| is_part && it.cause == Cause::Corrupt)
}

/// A finding in a file that could not be read for this cause, or not to its end. `what` names what was not read: nothing where
/// the rule is about something else.
fn not_read(
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
fn is_container(subject: &Subject) -> bool {
    subject.content.format.is_some_and(|it| it.family == Family::Container)
}

/// What a file that could not be read in full is, as far as its first bytes tell.
fn noun(subject: &Subject) -> &'static str {
    match subject.content.format {
        None => "file",
        Some(_) if is_container(subject) => "archive",
        Some(_) => "database",
    }
}

/// A finding for a file of which the content is kept by `holder`, and not here to be read.
fn pointer(
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

/// A finding of a rule in the text of a file, without a line and without steps to take.
fn in_file(rule: &'static Rule, message: String, file: &File, snapshot: &Snapshot) -> Finding {
    let at = Location {
        path: file.path.clone(),
        member: None,
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
        evidence: Vec::new(),
        database: None,
        operation: None,
        hint: Vec::new(),
        example: None,
    }
}
