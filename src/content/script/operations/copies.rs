//! Rows about copies: backups that are all taken away, and backups that are put over what is there.

use super::chain::Chain;
use super::command::{Line, Word, Words, told};
use super::dumps::is_dump;
use super::files::{file_of_database, is_passing, path_of_data, with_names_of};
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Kind;
use crate::content::script::model::Scope::{Backup, Database, Files, GitHistory};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::words::{is_for_a_while, is_of_tests, parts};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.backups",
            "tarsnap --nuke, timeshift --delete-all, kopia snapshot delete --delete, nodetool clearsnapshot --all",
            "no rule says what is kept",
            Backup,
            Critical,
            "",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, ALL)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.backups.asked",
            "duplicity remove-all-but-n-full 0 --force, wal-g delete everything --confirm",
            "told to do it; nothing is kept",
            Backup,
            Critical,
            "nothing is done without the flag",
        ),
        programs: &["duplicity", "wal-g", "wal-e"],
        words: &["delete|remove-all-but-n-full|remove-all-inc-of-but-n-full", "everything|0"],
        when: |_| Hit::Full,
        prompt_off: &["--force", "--confirm"],
    },
    CommandRow {
        kind: kind(
            "sh.backups.each",
            "for it in $(barman list-backup main --minimal); do barman delete main $it; done",
            "each of those that are listed",
            Backup,
            Critical,
            "",
        ),
        programs: &[
            "barman",
            "tarsnap",
            "kopia",
            "snapper",
            "tmutil",
            "restic",
            "gh",
            "pgbackrest",
        ],
        words: &[],
        when: |it| hit(each_listed(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.bacula",
            "echo 'delete volume=NAME yes' | bconsole",
            "a text that it reads says so",
            Backup,
            Critical,
            "the prompt without yes",
        ),
        programs: &["bconsole"],
        words: &[],
        when: |it| hit(it.reads_word(&["delete", "purge"]) && it.reads_word(&["yes"])),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.bfg",
            "bfg --delete-files NAME",
            "",
            GitHistory,
            High,
            "a copy of the repository",
        ),
        programs: &["bfg", "java"],
        words: &[],
        when: |it| {
            let rewrites =
                ["--delete-files", "--delete-folders", "--replace-text", "--strip-blobs"];
            let is_bfg = it.program == "bfg" || it.plain().any(|it| it.text.contains("bfg"));
            hit(is_bfg
                && it.rest.iter().any(|it| rewrites.iter().any(|flag| it.text.starts_with(flag))))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.restore",
            "gunzip -c backup.sql.gz | mysql shop, mysql shop < \"$BACKUP_FILE\"",
            "what is loaded is called a backup or dump, or the caller names it and this file is called `restore-db`; a dump of mysqldump drops each table first, one of pg_dump drops none by itself",
            Database,
            High,
            "a new database to restore into",
        ),
        programs: &["mysql", "mariadb", "sqlcmd", "Invoke-Sqlcmd", "drush"],
        words: &[],
        when: |it| {
            hit(restores(it) && (it.program != "drush" || it.says(&["sql-cli|sqlc|sql:cli"])))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.restore.over",
            "neo4j-admin database load NAME --overwrite-destination, influx restore --full, rethinkdb restore --force",
            "it is told to write over what is there",
            Database,
            High,
            "refused without the flag",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, OVER)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.restore.file",
            "cp backup/app.db data/app.db, cp /dev/null app.sqlite3",
            "a backup, or nothing, takes the place of a database",
            Files,
            High,
            "-i, --backup",
        ),
        programs: &["cp", "mv", "install", "Copy-Item"],
        words: &[],
        when: |it| hit(replaces(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.restore.tree",
            "tar -xzf backup.tar.gz -C /var/lib/app/data",
            "a backup is unpacked where data is",
            Files,
            High,
            "--keep-old-files",
        ),
        programs: &["tar", "bsdtar"],
        words: &[],
        when: |it| hit(unpacks(it)),
        prompt_off: &[],
    },
];

const ALL: &[Line] = &[
    ("tarsnap", "", "--nuke"),
    ("timeshift", "", "--delete-all"),
    ("kopia", "repository delete", ""),
    ("nodetool", "clearsnapshot", "--all"),
    ("attic", "delete", ""),
];

const OVER: &[Line] = &[
    ("neo4j-admin", "load", "--overwrite-destination --force"),
    ("neo4j-admin", "restore", "--force --overwrite-destination"),
    ("influx", "restore", "--full"),
    ("rethinkdb", "restore", "--force"),
    ("arangorestore", "", "--overwrite --all-databases"),
    ("clickhouse-backup", "restore", "--rm --drop"),
    ("myloader", "", "--overwrite-tables -o"),
    ("xtrabackup", "", "--copy-back --move-back"),
    ("dgraph", "", "--drop_all"),
];

/// What names of what is no copy of anybody's data have in them.
const OTHERS: &[&str] =
    &["seed", "schema", "sample", "fixture", "example", "anonym", "sanit", "verify", "scratch"];

/// How words of such names begin.
const OTHER_WORDS: &[&str] = &["demo", "init", "struct"];

/// Whether a value says that it is a backup or dump of data.
fn says_backup(word: &Word) -> bool {
    let said = with_names_of(&word.value).to_lowercase();
    let listed = super::piped::commands(&word.value).concat().join(" ").to_lowercase();
    let said = format!("{said} {} {listed}", word.text.to_lowercase());
    let is_copy = ["backup", "bkup", "dump", ".bak", "restore", "snapshot"];
    let file = said.contains(".sql.gz") || said.contains(".sql.bz2") || said.contains(".sql.zst");
    (file || is_copy.iter().any(|it| said.contains(it)))
        && !OTHERS.iter().any(|it| said.contains(it))
        && !has_word(&said, OTHER_WORDS)
        && !is_of_tests(&said)
}

/// Whether a word of a name begins as one of these.
fn has_word(name: &str, all: &[&str]) -> bool {
    parts(name).iter().any(|word| all.iter().any(|it| word.starts_with(it)))
}

/// A dump that is read into a database.
fn restores(words: &Words) -> bool {
    // SQL Server restores by a statement: a file that is called a backup makes one.
    let is_statement = matches!(words.program.as_str(), "sqlcmd" | "Invoke-Sqlcmd");
    let name = |it: &Word| it.text.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let restores =
        |it: &Word| !is_statement || ["restore", "dump"].iter().any(|part| name(it).contains(part));
    read_in(words).any(|it| says_backup(it) && restores(it))
        && !is_on_this_machine(words)
        && !is_into_other(words)
}

/// Whether a client is told that its server is on this machine: that of a developer, unless the file is called a restore.
fn is_on_this_machine(words: &Words) -> bool {
    let host = words.value_of(&["-h", "--host"]).map(|it| it.text.as_str());
    host.into_iter().chain(words.joined_to(&["--host"])).any(|it| it == "localhost")
        || words.has("-hlocalhost")
}

/// The file that a client of a database is told to read; what a command dumps is no file.
fn read_in(words: &Words) -> impl Iterator<Item = &Word> {
    let flags: &[&str] = match words.program.as_str() {
        "sqlcmd" => &["-i"],
        "Invoke-Sqlcmd" => &["-InputFile"],
        _ => &[],
    };
    words.reads.iter().filter(|it| !is_dump(&it.value)).chain(words.value_of(flags))
}

/// Whether a file is what the caller names, and no more is known of it.
fn is_given(word: &Word) -> bool {
    let name = with_names_of(&word.value).to_lowercase();
    let others = ["schema", "seed", "init", "quer", "report", "role", "script"];
    // `s3://$BUCKET/$1`.
    let is_hole = word.text.rsplit('/').next() == Some("\u{1}");
    is_hole && !others.iter().any(|it| name.contains(it))
}

/// The kind of a command that reads what its caller names, or a backup, into a database, this machine's as well.
pub(super) fn reads_given(words: &Words) -> Option<&'static Kind> {
    let row = COMMANDS.iter().find(|it| it.kind.id == "sh.restore")?;
    let is_hit = row.programs.contains(&words.program.as_str())
        && read_in(words).any(|it| is_given(it) || says_backup(it))
        && !is_into_other(words);
    is_hit.then_some(&row.kind)
}

/// Calls that put one file in the place of another one.
const PUTS: &[&str] = &[
    "copy",
    "copy2",
    "copyfile",
    "copyFile",
    "copyFileSync",
    "cp",
    "cpSync",
    "move",
    "mv",
    "rename",
    "renameSync",
    "replace",
];

/// The kind of a call that puts a file in the place of a database, in a script that is called after restoring one.
pub(super) fn puts_back(chain: &Chain) -> Option<&'static Kind> {
    let is_database = |n: usize| chain.argument(n).is_some_and(super::files::names_database);
    let row = COMMANDS.iter().find(|it| it.kind.id == "sh.restore.file")?;
    // `name.replace('.gz', '.db')` is about a text.
    let is_of_text = chain.name() == "replace" && chain.on() != "os";
    let is_hit = PUTS.contains(&chain.name()) && !is_of_text && is_database(1) && !is_database(0);
    is_hit.then_some(&row.kind)
}

/// Whether it goes into a database that is not the one in use.
pub(super) fn is_into_other(words: &Words) -> bool {
    let others = ["verify", "local", "development", "scratch", "check"];
    let into_other = |it: &Word| {
        let is_flag = it.text.starts_with('-') && !it.text.starts_with("--database");
        !is_flag
            && !it.text.contains('/')
            && (is_of_tests(&it.text)
                || is_for_a_while(&it.text)
                || parts(&it.text).iter().any(|it| others.contains(&it.as_str()))
                || it.text.to_lowercase().contains("_dev"))
    };
    words.rest.iter().any(into_other)
}

/// `cp backup/app.db data/app.db`: the source is a copy, and the target a database.
fn replaces(words: &Words) -> bool {
    if words.any(&["-i", "--interactive", "-n", "--no-clobber", "-WhatIf"]) {
        return false;
    }
    let all: Vec<&Word> = words.plain().collect();
    let [from, .., to] = all.as_slice() else { return false };
    if is_passing(&to.value) {
        return false;
    }
    let to_path = with_names_of(&to.value);
    let is_database = file_of_database(&to.text)
        || to.text.contains('\u{1}')
            && super::files::names_database(&to.value)
            && !to_path.to_lowercase().contains("backup");
    is_database && (from.text == "/dev/null" || says_backup(from))
}

/// `tar -xf backup.tar -C /var/lib/app`.
fn unpacks(words: &Words) -> bool {
    let first = words.rest.first().map(|it| it.text.as_str()).unwrap_or_default();
    let letters = first.trim_start_matches('-');
    let extracts = !first.starts_with("--") && letters.len() < 8 && letters.contains('x')
        || words.any(&["-x", "--extract"]);
    let into = words.value_of(&["-C", "--directory"]);
    let is_live = into.filter(|it| !is_passing(&it.value)).is_some_and(|it| {
        let path = with_names_of(&it.value);
        let is_state = crate::content::script::place::is_state(&it.text);
        (path_of_data(&it.text) || path.split(' ').any(path_of_data) || is_state)
            && !path.contains("backup")
    });
    extracts && is_live && words.plain().any(says_backup)
}

/// Whether it takes away each of what the same program lists.
fn each_listed(words: &Words) -> bool {
    let removes = words.says(&["delete"])
        || words.says(&["forget"])
        || words.says(&["expire"])
        || words.any(&["-d"])
        || words.says(&["deletelocalsnapshots"]);
    let is_rule = words.rest.iter().any(|it| it.text.starts_with("--keep") || it.text == "oldest");
    let of_all = |it: &Word| {
        let all = super::piped::commands(&it.value);
        let lists = |it: &Vec<String>| {
            it.first() == Some(&words.program)
                && it.iter().any(|it| it.to_lowercase().contains("list") || it == "snapshots")
        };
        all.iter().any(lists) && !super::piped::chooses(&all)
    };
    removes && !is_rule && words.rest.iter().any(of_all)
}
