//! What is wrong with a file: one module a rule, its manual beside it.

pub mod annex_pointer;
pub mod backup_deletion;
pub mod data_file;
mod database;
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
pub mod operation_without_audit_log;
pub mod operation_without_backup;
pub mod operation_without_count;
pub mod operation_without_transaction;
pub mod policy_loosened;
pub mod prompt_switched_off;
pub mod quarantined_script_called;
pub mod quarantined_script_executable;
pub mod registry_disagrees;
mod remedy;
pub mod replace_ref;
#[cfg(test)]
pub(crate) mod sample;
pub mod too_large_to_read;
pub mod too_slow_to_read;
pub mod tracked_database_removed;
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

use bstr::BString;

use crate::content::Answer;
use crate::content::script::{ReadScript, Script};
use crate::finding::{Finding, Location, Severity};
use crate::snapshot::{File, Origin, Snapshot, Subject};
use database::{about_database, is_container, not_read, noun, of_family, pointer};

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
    /// It looks at the snapshot as a whole: at refs, and at what a push takes away.
    Whole(fn(&Snapshot) -> Vec<Finding>),
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
    &operation_without_audit_log::RULE,
    &operation_without_backup::RULE,
    &operation_without_count::RULE,
    &operation_without_transaction::RULE,
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
    &operation_without_audit_log::RULE,
    &operation_without_backup::RULE,
    &operation_without_count::RULE,
    &operation_without_transaction::RULE,
    &policy_loosened::RULE,
    &prompt_switched_off::RULE,
    &quarantined_script_called::RULE,
    &quarantined_script_executable::RULE,
    &registry_disagrees::RULE,
    &replace_ref::RULE,
    &too_large_to_read::RULE,
    &too_slow_to_read::RULE,
    &tracked_database_removed::RULE,
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
    mut take: impl FnMut(Vec<Finding>),
) {
    for file in &snapshot.files {
        in_one(rules, file, snapshot, read_script, &mut take);
    }
    in_whole(rules, snapshot, take);
}

/// What these rules find in one file of a snapshot, and in the members of it.
pub fn in_one(
    rules: &[&Rule],
    file: &File,
    snapshot: &Snapshot,
    read_script: Option<ReadScript>,
    mut take: impl FnMut(Vec<Finding>),
) {
    let mut of_script = of_script(rules, file, snapshot, read_script);
    if !rules.iter().any(|rule| matches!(rule.find, Find::Each(_))) {
        take(of_script);
        return;
    }
    let content = snapshot.content(file);
    // Members of one archive may have one name: what is found in one settles nothing of the other.
    for subject in Subject::all(file, &content) {
        let each = rules.iter().filter_map(|rule| match rule.find {
            Find::Each(find) => find(&subject, snapshot),
            Find::Script(_) | Find::Whole(_) => None,
        });
        // The first is the file itself.
        take(each.collect::<Vec<_>>().into_iter().chain(of_script.drain(..)).collect());
    }
}

/// What these rules find in a snapshot as a whole.
pub fn in_whole(rules: &[&Rule], snapshot: &Snapshot, mut take: impl FnMut(Vec<Finding>)) {
    for rule in rules {
        if let Find::Whole(find) = rule.find {
            find(snapshot).into_iter().for_each(|finding| take(vec![finding]));
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
    // Nobody runs the version of a script that a later commit of the same push replaced; a database stays in the history.
    if matches!(file.origins.first(), Some(Origin::Commit { is_outdated: true, .. })) {
        return Vec::new();
    }
    let before = || snapshot.script_before(file, read);
    let script = snapshot.script(file, read);
    let of = ScriptFile { file, script, before: &before, snapshot };
    let findings = rules.iter().flat_map(|rule| match rule.find {
        Find::Script(find) => find(&of),
        Find::Each(_) | Find::Whole(_) => Vec::new(),
    });
    findings.collect()
}

/// A finding of a rule about what has a name and no bytes.
fn of_name(rule: &'static Rule, message: String, name: &BString, origins: Vec<Origin>) -> Finding {
    let path = name.clone();
    let at = Location { path, member: None, blob: None, line: None, sha256: None, origins };
    bare(rule, message, at)
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
    bare(rule, message, at)
}

fn bare(rule: &'static Rule, message: String, at: Location) -> Finding {
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
