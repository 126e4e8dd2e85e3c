//! What lessens or shows the damage of an operation and stops nobody: a count, a backup, a transaction, an audit log.

use super::model::{Defect, Guard, GuardKind, Strength};
use super::operations::Words;
use super::syntax::{Call, Form};
use super::value::texts_in;
use super::words::parts;

/// What only waits, and goes on by itself.
pub(super) fn pause(line: u32) -> Guard {
    let defect = Some(Defect::OnlyWaits);
    Guard { kind: GuardKind::Pause, strength: Strength::Medium, line, defect }
}

/// What only says that something will be lost.
pub(super) fn notice(line: u32) -> Guard {
    let defect = Some(Defect::StopsNothing);
    Guard { kind: GuardKind::Notice, strength: Strength::Medium, line, defect }
}

/// Whether a text that is shown says that something will be lost.
pub(super) fn warns(text: &str) -> bool {
    text.contains("WARNING") || text.contains("DANGER")
}

/// Functions that open a transaction.
const TRANSACTIONS: &[&str] = &[
    "atomic",
    "transaction",
    "$transaction",
    "begintransaction",
    "begin_transaction",
    "begin",
    "begin_nested",
    "begintx",
    "begintxx",
    "starttransaction",
    "start_transaction",
    "withtransaction",
    "with_transaction",
    "transactionscope",
];

/// Functions that copy files.
const COPIES: &[&str] = &[
    "copy",
    "copy2",
    "copyfile",
    "copytree",
    "copysync",
    "copyfilesync",
    "cp",
    "cp_r",
    "cpsync",
    "copy-item",
];

/// Words in the name of what is made to be taken back later, or asked for, and not of a backup that is made.
const NO_BACKUP: &[&str] = &[
    "delete",
    "remove",
    "drop",
    "destroy",
    "restore",
    "load",
    "list",
    "get",
    "describe",
    "prune",
    "purge",
    "clean",
    "cleanup",
    "rotate",
    "expire",
    "forget",
    "find",
    "latest",
    "last",
    "path",
    "dir",
    "name",
    "exists",
    "has",
    "is",
    "check",
    "verify",
    "import",
    "read",
    "on",
    "use",
    "old",
    "no",
    "skip",
    "parse",
    "from",
    "terminate",
];

/// Programs that write a whole database to a file.
const DUMPS: &[&str] = &[
    "pg_dump",
    "pg_dumpall",
    "pg_basebackup",
    "mysqldump",
    "mariadb-dump",
    "mariadb-backup",
    "mariabackup",
    "xtrabackup",
    "mongodump",
    "mongoexport",
];

/// Words that a text has in which a shell makes one of these, in lower case.
const IN_SHELL: &[&str] =
    &["dump", "backup", "snapshot", "bak", "audit", "count(", "wc -l", "restic", "borg"];

/// Whether a text for a shell may hold one.
pub(super) fn may_support(text: &str) -> bool {
    let lower = text.to_lowercase();
    IN_SHELL.iter().any(|it| lower.contains(it))
}

fn is_audit(name: &str) -> bool {
    let words = parts(name);
    words.iter().any(|it| matches!(it.as_str(), "audit" | "auditlog" | "auditor" | "auditing"))
        || name.contains("LogEntry")
}

fn makes_backup(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_one = lower.contains("backup") || lower.contains("snapshot");
    is_one && !parts(name).iter().any(|it| NO_BACKUP.contains(&it.as_str()))
}

/// What a function of this name does by its name alone, one of the file's own as well.
pub(super) fn of_name(name: &str) -> Option<GuardKind> {
    let last = name.rsplit(['.', ':']).next().unwrap_or_default();
    if is_audit(name) {
        return Some(GuardKind::AuditLog);
    }
    makes_backup(last).then_some(GuardKind::Backup)
}

/// What a call does.
pub(super) fn of_call(name: &str, call: &Call) -> Option<GuardKind> {
    let last = name.rsplit(['.', ':']).next().unwrap_or_default();
    let lower = last.to_lowercase();
    let first = call.arguments.first().map(|it| &it.value);
    let says = |at: usize, words: &[&str]| {
        let texts = call.arguments.get(at).map(|it| texts_in(&it.value)).unwrap_or_default();
        texts.iter().any(|it| words.iter().any(|word| it.to_lowercase().contains(word)))
    };
    // How often a letter is in a text is no count.
    let is_of_text = first.is_some_and(|it| matches!(it.form, Form::Text(_)));
    let counts = matches!(lower.as_str(), "count" | "countdocuments" | "count_documents")
        || lower.starts_with("count_")
        || lower.starts_with("estimated_document_count")
        || lower.starts_with("estimateddocumentcount")
        || (last.starts_with("count") && last[5..].starts_with(char::is_uppercase));
    if counts && !is_of_text {
        return Some(GuardKind::CountShown);
    }
    if TRANSACTIONS.contains(&lower.as_str()) {
        return Some(GuardKind::Transaction);
    }
    let copies = COPIES.contains(&lower.as_str())
        && !says(0, &["bak", "backup"])
        && (says(0, &[".db", ".sqlite", ".mdb"]) || says(1, &["bak", "backup"]));
    let dumps =
        lower == "iterdump" || (lower == "call_command" && says(0, &["dumpdata", "dbbackup"]));
    if copies || dumps {
        return Some(GuardKind::Backup);
    }
    // `AuditLog.objects.create`: the name may stand further in front.
    let mut on = &call.callee;
    while let Form::Member(inner, _) = &on.form {
        on = inner;
    }
    match &on.form {
        Form::Name(first) if is_audit(first) => Some(GuardKind::AuditLog),
        _ => of_name(name),
    }
}

/// Whether a call ends the transaction.
pub(super) fn ends_transaction(name: &str) -> bool {
    let last = name.rsplit(['.', ':']).next().unwrap_or_default();
    matches!(last.to_lowercase().as_str(), "commit" | "rollback")
}

/// What a command does.
pub(super) fn of_command(of: &Words) -> Option<GuardKind> {
    let program = of.program.as_str();
    let any = |wanted: &[&str]| of.rest.iter().any(|it| wanted.contains(&it.text.as_str()));
    let last = of.plain().last().map(|it| it.text.to_lowercase()).unwrap_or_default();
    let first = of.plain().next().map(|it| it.text.to_lowercase()).unwrap_or_default();
    let is_copy =
        |name: &str| name.contains("bak") || name.contains("backup") || name.contains("snapshot");
    let says_audit = of.rest.iter().any(|it| is_audit(&it.text));
    if (is_audit(program) && !matches!(program, "pip-audit" | "cargo-audit"))
        || (matches!(program, "tee" | "logger") && says_audit)
    {
        return Some(GuardKind::AuditLog);
    }
    if (program == "wc" && of.has("-l"))
        || (program == "mysqlshow" && of.has("--count"))
        || (program == "redis-cli" && any(&["DBSIZE", "dbsize"]))
    {
        return Some(GuardKind::CountShown);
    }
    let is_cloud = matches!(program, "aws" | "gcloud" | "az" | "doctl" | "velero" | "etcdctl");
    let makes = |verbs: &[&str]| {
        of.plain().take(6).any(|it| parts(&it.text).iter().any(|it| verbs.contains(&it.as_str())))
    };
    let is_backup = DUMPS.contains(&program)
        || match program {
            "restic" | "pgbackrest" | "barman" => any(&["backup"]),
            "wal-g" => any(&["backup-push"]),
            "borg" => any(&["create"]),
            "zfs" | "btrfs" => any(&["snapshot"]),
            "heroku" => any(&["pg:backups:capture"]),
            "sqlite3" => of.rest.iter().any(|it| {
                it.text.starts_with(".backup")
                    || it.text.starts_with(".dump")
                    || it.text.to_uppercase().starts_with("VACUUM INTO")
            }),
            "manage.py" | "django-admin" => any(&["dumpdata", "dbbackup"]),
            "redis-cli" => any(&["SAVE", "BGSAVE", "save", "bgsave"]),
            // `cp app.db app.db.bak`, and not the way back.
            "cp" | "rsync" => {
                (is_copy(&last) && !is_copy(&first))
                    || last.len() > first.len()
                        && !first.is_empty()
                        && last.starts_with(&first)
                        && first.contains(".db")
            }
            _ => {
                is_cloud
                    && makes(&["snapshot", "snapshots", "backup", "backups"])
                    && (makes(&["create", "start", "capture", "save", "copy"])
                        || (program == "gcloud" && any(&["snapshot"])))
                    && !makes(&["delete", "list", "describe", "restore"])
            }
        };
    is_backup.then_some(GuardKind::Backup)
}

/// What a text of SQL does on the way.
pub(super) struct Steps {
    /// Where something begins or ends to hold, and what holds from there on: the last of each kind, and where it stands.
    all: Vec<(usize, Vec<(GuardKind, usize)>)>,
    /// Whether it ends a transaction somewhere.
    pub(super) commits: bool,
}

impl Steps {
    /// What holds before a place in the text.
    pub(super) fn before(&self, place: usize, line: &dyn Fn(usize) -> u32) -> Vec<Guard> {
        let n = self.all.partition_point(|(at, _)| *at < place);
        let held = n.checked_sub(1).and_then(|n| self.all.get(n));
        held.into_iter().flat_map(|(_, held)| held).map(|it| supporting(it.0, line(it.1))).collect()
    }
}

/// What a text of SQL does on the way: it begins and ends transactions, counts, copies and writes down.
pub(super) fn in_sql(text: &str) -> Steps {
    let mut all: Vec<(usize, Vec<(GuardKind, usize)>)> = Vec::new();
    let mut commits = false;
    let mut at = 0;
    for statement in text.split_inclusive(';') {
        let begins = at;
        at += statement.len();
        let mut place = begins;
        let mut plain = String::new();
        // Comments and empty lines before it.
        for line in statement.split_inclusive('\n') {
            let bare = line.trim();
            if plain.is_empty() && (bare.is_empty() || bare.starts_with("--")) {
                place += line.len();
            } else if !bare.starts_with("--") {
                plain.push_str(bare);
                plain.push(' ');
            }
            if plain.len() > 400 {
                break;
            }
        }
        let mut words: Vec<String> =
            plain.trim_end_matches([' ', ';']).split_whitespace().map(str::to_uppercase).collect();
        words.truncate(40);
        let words: Vec<&str> = words.iter().map(|it| it.trim_end_matches(';')).collect();
        let Some(kind) = of_statement(&words) else { continue };
        let mut held = all.last().map(|(_, held)| held.clone()).unwrap_or_default();
        held.retain(|it| it.0 != kind.unwrap_or(GuardKind::Transaction));
        held.extend(kind.map(|kind| (kind, place)));
        commits |= kind.is_none();
        all.push((place, held));
    }
    Steps { all, commits }
}

/// What a statement begins; none where it ends a transaction.
fn of_statement(words: &[&str]) -> Option<Option<GuardKind>> {
    let named = |at: usize, part: &str| words.get(at).is_some_and(|it| it.contains(part));
    let kind = match words {
        ["BEGIN"]
        | ["BEGIN", "WORK" | "TRANSACTION" | "TRAN" | "IMMEDIATE" | "EXCLUSIVE" | "DEFERRED", ..]
        | ["START", "TRANSACTION", ..] => GuardKind::Transaction,
        ["COMMIT" | "ROLLBACK", ..] | ["END"] => return Some(None),
        ["SELECT", ..] if words[1..].concat().starts_with("COUNT(") => GuardKind::CountShown,
        ["INSERT", "INTO", ..] if named(2, "AUDIT") => GuardKind::AuditLog,
        ["BACKUP", "DATABASE", ..] | ["VACUUM", "INTO", ..] | ["EXPORT", "DATABASE", ..] => {
            GuardKind::Backup
        }
        // `CREATE TABLE users_backup AS SELECT ...`, `SELECT * INTO users_bak FROM users`.
        ["CREATE", "TABLE", ..]
            if words.contains(&"SELECT")
                && (2..6).any(|at| named(at, "BACKUP") || named(at, "_BAK")) =>
        {
            GuardKind::Backup
        }
        ["SELECT", "*", "INTO", ..] if named(3, "BACKUP") || named(3, "_BAK") => GuardKind::Backup,
        _ => return None,
    };
    Some(Some(kind))
}

/// A guard of this kind.
pub(super) fn supporting(kind: GuardKind, line: u32) -> Guard {
    Guard { kind, strength: Strength::Supporting, line, defect: None }
}
