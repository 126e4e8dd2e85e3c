//! Paths of databases that are files.

use super::paths::{MADE, is_for_tests, is_passing, is_spare, words_of};
use crate::content::script::model::Scope;
use crate::content::script::syntax::{Form, Shared};
use crate::content::script::value::{same_text, texts};

/// Ends of names of databases in a file.
pub(super) const DATABASES: &[&str] =
    &[".db", ".sqlite", ".sqlite3", ".sqlite-wal", ".db-wal", ".mdb", ".duckdb", ".rdb", ".ibd"];

/// What SQLite puts behind the name of a database for what it has not written yet.
const JOURNALS: &[&str] = &["-wal", "-shm", "-journal"];

/// Whether a path in code names a database in a file.
pub(in crate::content::script) fn names_database(path: &Shared) -> bool {
    if is_passing(path) {
        return false;
    }
    // One after the other of what is written down.
    if let Form::Either(all) = &path.form {
        return all.iter().any(names_database);
    }
    let is_bare = |it: &str| matches!(it.trim_start_matches("./"), "db" | "database");
    let is_named = texts(path).iter().any(|it| file_of_database(&it.text) || is_bare(&it.text));
    // `DATABASE_PATH + "-wal"`, each of which goes with it.
    if let Form::Join(parts) = &path.form
        && let [of, end] = parts.as_slice()
        && texts(end).iter().all(|it| it.text.is_empty() || JOURNALS.contains(&it.text.as_str()))
    {
        return is_named || names_database(of);
    }
    // `DATABASE_URI.replace("sqlite:///", "")`.
    if let Form::Call(call) = &path.form
        && call
            .arguments
            .first()
            .and_then(|it| it.value.literal())
            .is_some_and(|it| it.starts_with("sqlite:"))
    {
        return true;
    }
    // `os.path.abspath(DATABASE_PATH)`.
    if let Form::Call(call) = &path.form
        && let Some(same) = same_text(call)
    {
        return is_named || names_database(same);
    }
    // `root + '/' + process.env.DATABASE_URL`.
    if let Form::Join(parts) = &path.form
        && let [_, .., last] = parts.as_slice()
        && matches!(last.form, Form::Environment(..))
    {
        return is_named || names_database(last);
    }
    // `path.resolve(root, process.env.DATABASE_URL)`.
    if let Form::Call(call) = &path.form
        && let Form::Name(name) | Form::Member(_, name) = &call.callee.form
        && matches!(name.as_str(), "resolve" | "join")
        && let [_, .., last] = call.arguments.as_slice()
    {
        return is_named || names_database(&last.value);
    }
    let (name, is_called) = match &path.form {
        Form::Name(name)
        | Form::Member(_, name)
        | Form::Environment(name, _)
        | Form::Argument(name) => (words_in(name), false),
        // `app.config['DATABASE']`.
        Form::Index(_, by) if by.literal().is_some() => {
            (words_in(&by.literal().unwrap_or_default()), false)
        }
        // `config.GetDatabasePath()`.
        Form::Call(call) if call.arguments.is_empty() => match &call.callee.form {
            Form::Name(name) | Form::Member(_, name) => (words_in(name), true),
            _ => return is_named,
        },
        _ => return is_named,
    };
    let words: Vec<&str> = name.split('_').collect();
    let has = |all: &[&str]| words.iter().any(|it| all.contains(it));
    let is_database = has(&["db", "database", "sqlite"])
        && (has(&["path", "file", "filename", "filepath", "url", "uri"])
            || has(&["name"]) && !is_called);
    let is_short = matches!(name.as_str(), "db" | "dbpath" | "dbfile" | "database");
    is_named
        || ((is_database || is_short && !is_called)
            && !has(&["test", "tests", "tmp", "temp", "cache", "old", "backup", "copy"]))
}

/// The words of a name, in small letters: `dbPath` and `DB_PATH` are `db_path`.
pub(super) fn words_in(name: &str) -> String {
    let name = name.replace("SQLite", "Sqlite");
    let all: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, it) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        let begins = it.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_uppercase() && all.get(at + 1).is_some_and(|it| it.is_lowercase())
            });
        if begins {
            words.push('_');
        }
        words.extend(it.to_lowercase());
    }
    words
}

pub(in crate::content::script::operations) fn file_of_database(path: &str) -> bool {
    let words = words_of(path);
    let last = words.last().cloned().unwrap_or_default();
    DATABASES.iter().any(|end| last.ends_with(end))
        && !words.iter().any(|it| {
            MADE.contains(&it.as_str())
                || is_for_tests(it)
                || is_spare(it)
        })
        // A name that is made up when it runs is that of something the script made.
        && !last.trim_start_matches('\u{1}').contains('\u{1}')
}

/// How much is gone with all that lies at some paths: where each of them is a directory of backups, what is left when all else went
/// wrong.
pub(in crate::content::script) fn scope_of(
    scope: Scope,
    paths: &mut dyn Iterator<Item = &str>,
) -> Scope {
    let is_of_backups = |path: &str| {
        let words = words_of(path);
        words.iter().rev().take(2).any(|it| matches!(it.as_str(), "backup" | "backups"))
    };
    let mut paths = paths.peekable();
    match scope {
        Scope::Files if paths.peek().is_some() && paths.all(is_of_backups) => Scope::Backup,
        _ => scope,
    }
}

/// Whether these are the dumps that lie in a directory of backups: `backups/*.sql.gz`, and none that a variable chooses.
pub(super) fn is_dumps(path: &str) -> bool {
    let (directory, file) = path.rsplit_once('/').unwrap_or(("", path));
    let words = words_of(path);
    let is_passing = words.iter().any(|it| {
        MADE.contains(&it.as_str()) || is_for_tests(it) || matches!(it.as_str(), "tmp" | "temp")
    });
    let lower = directory.to_lowercase();
    // `find -name backup -exec sh -c 'rm {}/*.sql.gz'`.
    let of_backups = lower.contains("backup") || lower.contains("dump") || directory == "{}";
    let ends = [".sql", ".dump", ".pgdump"];
    let is_one = matches!(file, "*.gz" | "*.tar.gz" | "*.tgz" | "*.zip" | "*.bak")
        || ends.iter().any(|it| file.contains(it));
    of_backups && !is_passing && file.starts_with('*') && !file.contains('\u{1}') && is_one
}

/// Ends of names of the disks of machines.
const DISKS: &[&str] = &[".qcow2", ".vmdk", ".vdi", ".vhdx", ".img"];

/// Whether a file is the disk of a machine that the script names, in a directory of machines: `$VM_DIR/$NAME.qcow2`. `spelled` is its
/// path with the names of variables in it.
pub(super) fn is_disk_of_machine(text: &str, spelled: &str) -> bool {
    let (above, name) = spelled.rsplit_once('/').unwrap_or(("", spelled));
    let is_named = DISKS.iter().any(|it| text.ends_with(&format!("\u{1}{it}")));
    let of_machines =
        |it: &String| matches!(it.as_str(), "vm" | "vms" | "kvm" | "libvirt" | "vm_images");
    is_named
        && words_of(above).iter().any(of_machines)
        && !is_for_tests(name)
        && !words_of(above).iter().any(|it| MADE.contains(&it.as_str()) || is_for_tests(it))
}
