//! Rows about commands that destroy files, disks and the history of git; and which paths hold data.

use super::command::{Word, Words, always};
use super::{CommandRow, Hit, kind};
use crate::content::script::model::Scope::{Backup, Files, GitHistory};
use crate::content::script::model::Weight::{Critical, High, Medium};
use crate::content::script::syntax::{Expression, Form, Shared};
use crate::content::script::value::texts;

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.rm",
            "rm -rf PATH",
            "the path is a root, a home, may be a root where a variable is not set, or holds data, uploads, backups or a database",
            Files,
            High,
            "${VARIABLE:?}",
        ),
        programs: &["rm", "trash", "unlink", "rimraf"],
        words: &[],
        when: rm,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.find_delete",
            "find PATH -delete",
            "neither a name nor an age narrows it down, and the path holds data",
            Files,
            High,
            "-mtime and -name",
        ),
        programs: &["find"],
        words: &[],
        when: find,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.rsync_delete",
            "rsync --delete SOURCE TARGET",
            "the target is on another machine, or holds data",
            Files,
            High,
            "--dry-run, --backup-dir",
        ),
        programs: &["rsync"],
        words: &[],
        when: rsync,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.dd_mkfs",
            "mkfs DEVICE, wipefs -a DEVICE, dd of=/dev/sdX",
            "",
            Files,
            Critical,
            "",
        ),
        programs: &[
            "mkfs",
            "mkfs.ext4",
            "mkfs.xfs",
            "mkfs.vfat",
            "mkfs.btrfs",
            "mkfs.fat",
            "wipefs",
            "blkdiscard",
            "dd",
            "sgdisk",
        ],
        words: &[],
        when: disk,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.zfs", "zfs destroy -r DATASET", "", Files, Critical, "-n"),
        programs: &["zfs", "zpool"],
        words: &["destroy"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.lvm", "lvremove -f VOLUME", "-f", Files, Critical, "the prompt without -f"),
        programs: &["lvremove", "vgremove", "pvremove"],
        words: &[],
        when: always,
        prompt_off: &["-f", "-y", "--force", "--yes"],
    },
    CommandRow {
        kind: kind("sh.docker_volumes", "docker compose down -v", "", Files, High, ""),
        programs: &["docker-compose", "podman-compose"],
        words: &["down"],
        when: volumes,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.docker_compose_volumes",
            "docker compose down --volumes",
            "",
            Files,
            High,
            "",
        ),
        programs: &["docker", "podman"],
        words: &["compose", "down"],
        when: volumes,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.docker_volume_rm", "docker volume rm NAME", "", Files, High, ""),
        programs: &["docker", "podman"],
        words: &["volume", "rm|remove"],
        when: |it| {
            let is_passing =
                it.plain().skip(2).any(|it| it.text.contains("cache") || it.text.contains("test"));
            if is_passing { Hit::Miss } else { Hit::Full }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.docker_prune",
            "docker volume prune -f, docker system prune --volumes -f",
            "-f",
            Files,
            High,
            "the prompt without -f",
        ),
        programs: &["docker", "podman"],
        words: &["volume|system", "prune"],
        when: prune,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.backup",
            "borg delete, velero backup delete, rclone purge, pgbackrest stanza-delete",
            "no rule says what is kept",
            Backup,
            Critical,
            "--keep-daily and the like",
        ),
        programs: &["borg"],
        words: &["delete"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.restic",
            "restic forget --prune",
            "no rule says what is kept",
            Backup,
            Critical,
            "--keep-daily and the like",
        ),
        programs: &["restic"],
        words: &["forget"],
        when: |it| {
            if it.rest.iter().any(|it| it.text.starts_with("--keep")) {
                Hit::Miss
            } else {
                Hit::Full
            }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.velero",
            "velero backup delete NAME --confirm",
            "--confirm",
            Backup,
            Critical,
            "the prompt without --confirm",
        ),
        programs: &["velero"],
        words: &["backup", "delete"],
        when: always,
        prompt_off: &["--confirm"],
    },
    CommandRow {
        kind: kind(
            "sh.rclone",
            "rclone purge REMOTE:PATH, rclone delete REMOTE:PATH",
            "nothing narrows it down",
            Files,
            High,
            "--dry-run",
        ),
        programs: &["rclone"],
        words: &["purge|delete"],
        when: |it| {
            if it
                .rest
                .iter()
                .any(|it| it.text.starts_with("--min-age") || it.text.starts_with("--include"))
            {
                Hit::Miss
            } else {
                Hit::Full
            }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.pgbackrest", "pgbackrest stanza-delete", "", Backup, Critical, ""),
        programs: &["pgbackrest"],
        words: &["stanza-delete"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.git_reflog", "git reflog expire --all", "", GitHistory, Medium, ""),
        programs: &["git"],
        words: &["reflog", "expire"],
        when: |it| if it.has("--all") { Hit::Full } else { Hit::Miss },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.git_history",
            "git push --mirror, git push --force origin main, git filter-branch, git filter-repo --force",
            "not --force-with-lease, and a branch that others use",
            GitHistory,
            High,
            "--force-with-lease, protected branches",
        ),
        programs: &["git"],
        words: &["push|filter-branch|filter-repo"],
        when: history,
        prompt_off: &[],
    },
];

/// Directories and files whose loss is a loss of data.
const DATA: &[&str] = &[
    "data",
    "database",
    "databases",
    "db",
    "dbdata",
    "pgdata",
    "mysql",
    "mysqldata",
    "postgres",
    "postgresql",
    "pg",
    "mongo",
    "mongodb",
    "mongodata",
    "redis-data",
    "uploads",
    "upload",
    "media",
    "backup",
    "backups",
    "dumps",
    "volumes",
    "volume",
    "storage",
    "attachments",
    "esdata",
    "elasticsearch",
    "mariadb",
    "minio",
    "sqlite",
    "postgres-data",
    "postgres_data",
    "mysql-data",
    "mysql_data",
    "db_data",
    "db-data",
    "mongo-data",
    "userdata",
    "user_data",
];

/// Directories that anybody makes anew.
const MADE: &[&str] = &[
    "build",
    "dist",
    "node_modules",
    "cache",
    ".cache",
    "tmp",
    "temp",
    "target",
    "out",
    "coverage",
    "__pycache__",
    "log",
    "logs",
    "test",
    "tests",
    ".next",
    "vendor",
    "bin",
    "obj",
    "venv",
    ".venv",
    "site",
    "public",
    "docs",
    "doc",
    "examples",
    "fixtures",
    "testdata",
    "generated",
    "apt",
    "lists",
    "site-packages",
    "src",
    "assets",
    "workspace",
];

/// Ends of names of databases in a file.
const DATABASES: &[&str] = &[
    ".db",
    ".sqlite",
    ".sqlite3",
    ".sqlite-wal",
    ".db-wal",
    ".mdb",
    ".duckdb",
    ".rdb",
    ".dump",
    ".sql",
    ".bak",
];

fn words_of(path: &str) -> Vec<String> {
    path.to_lowercase()
        .split(['/', '\\'])
        .map(|it| it.trim_matches(['*', '"', '\'', ' ']).to_owned())
        .filter(|it| !it.is_empty() && it != "." && it != "..")
        .collect()
}

/// Whether a path is one of data: its last directories say so, and none that it is made anew.
fn path_of_data(path: &str) -> bool {
    let words = words_of(path);
    // What people upload lies below what a site is made of: `public/uploads`.
    let is_uploaded =
        words.last().is_some_and(|it| matches!(it.as_str(), "uploads" | "upload" | "attachments"));
    if words.iter().any(|it| {
        (MADE.contains(&it.as_str()) && !(is_uploaded && it == "public"))
            || it.starts_with("tmp")
            || it.contains("test")
            || it.contains("cache")
            || it.contains("static")
            || it.contains("demo")
    }) {
        return false;
    }
    // One file of another kind is no wipe, wherever it lies.
    let last = words.last().map(String::as_str).unwrap_or_default();
    let ending = last
        .rsplit_once('.')
        .map_or("", |(stem, ending)| if stem.is_empty() { "" } else { ending });
    let is_database = DATABASES.iter().take(6).any(|end| last.ends_with(end));
    if !is_database
        && !ending.is_empty()
        && ending.chars().all(|it| it.is_ascii_alphanumeric())
        && ending.len() <= 4
    {
        return false;
    }
    let is_root =
        matches!(path.trim_end_matches(['*', '/']), "" | "~" | "$HOME") && !path.is_empty();
    // `chain-data`, `pg_data`, `mysqldata`.
    let ends_so = |it: &String| it.ends_with("data") && !it.contains("meta") && !it.contains("app");
    let is_data = words.iter().rev().take(2).any(|it| DATA.contains(&it.as_str()))
        || words.last().is_some_and(ends_so);
    is_root || is_data || is_database
}

/// Whether a path in code is one of data. What makes it up from variables is told by their names.
pub(in crate::content::script) fn is_data(path: &Shared) -> bool {
    texts(path).iter().any(|it| {
        let spelled: String = crate::content::script::tree::pieces(&it.text)
            .into_iter()
            .map(|piece| {
                piece
                    .map_or_else(|n| name_of(it.origin.holes.get(n).map(|it| &**it)), str::to_owned)
            })
            .collect();
        path_of_data(&spelled)
    }) || path_of_data(&name_of(Some(path)))
}

/// What a variable in a path is called, as a directory would be.
fn name_of(of: Option<&Expression>) -> String {
    let name = match of.map(|it| &it.form) {
        Some(Form::Name(name) | Form::Member(_, name) | Form::Environment(name, _)) => {
            name.as_str()
        }
        _ => return "?".to_owned(),
    };
    let lower = name.to_lowercase();
    let lower = lower
        .trim_end_matches("_dir")
        .trim_end_matches("_path")
        .trim_end_matches("_folder")
        .trim_end_matches("_root");
    lower.trim_end_matches("dir").trim_end_matches("path").to_owned()
}

/// Whether a path in code names a database in a file.
pub(in crate::content::script) fn names_database(path: &Shared) -> bool {
    let is_named = texts(path).iter().any(|it| file_of_database(&it.text));
    let name = match &path.form {
        Form::Name(name)
        | Form::Member(_, name)
        | Form::Environment(name, _)
        | Form::Argument(name) => name.to_lowercase(),
        _ => return is_named,
    };
    let words: Vec<&str> = name.split('_').collect();
    let has = |all: &[&str]| words.iter().any(|it| all.contains(it));
    let is_database = has(&["db", "database", "sqlite"])
        && has(&["path", "file", "filename", "filepath", "name"]);
    is_named
        || ((is_database
            || matches!(name.as_str(), "db" | "dbpath" | "dbfile" | "database" | "db_filename"))
            && !has(&["test", "tmp", "temp", "cache"]))
}

fn file_of_database(path: &str) -> bool {
    let words = words_of(path);
    let last = words.last().cloned().unwrap_or_default();
    DATABASES.iter().take(6).any(|end| last.ends_with(end))
        && !words.iter().any(|it| {
            MADE.contains(&it.as_str())
                || it.contains("test")
                || ["tmp", "thumbs", "old", "bak", "backup", "copy", "new"].iter().any(|part| it.contains(part))
        })
        // A name that is made up when it runs is that of something the script made.
        && !last.trim_start_matches('\u{1}').contains('\u{1}')
}

fn rm(words: &Words) -> Hit {
    let is_recursive = words.program == "rimraf" || words.any(&["-r", "-R", "--recursive"]);
    let hit = words.plain().any(|word| {
        if file_of_database(&word.text) && !word.text.contains("$(") {
            return true;
        }
        is_recursive && (path_of_data(&spelled(word)) || is_all(word) || may_be_root(word))
    });
    if hit { Hit::Full } else { Hit::Miss }
}

/// The word with the names of variables in it.
fn spelled(word: &Word) -> String {
    let told = texts(&word.value).into_iter().next().unwrap_or_default();
    let text: String = crate::content::script::tree::pieces(&told.text)
        .into_iter()
        .map(|piece| {
            piece.map_or_else(|n| name_of(told.origin.holes.get(n).map(|it| &**it)), str::to_owned)
        })
        .collect();
    if text.is_empty() { name_of(Some(&word.value)) } else { text }
}

/// `/`, `~`, `$HOME`, `/var`.
fn is_all(word: &Word) -> bool {
    let text = word.text.trim_end_matches('*');
    let bare = text.trim_end_matches('/');
    let is_home = match &word.value.form {
        Form::Environment(name, _) | Form::Name(name) => name == "HOME",
        _ => false,
    };
    is_home
        || matches!(
            bare,
            "~" | "/etc" | "/var" | "/home" | "/usr" | "/root" | "/opt" | "/srv" | "/var/lib"
        )
        || (bare.is_empty() && text.starts_with('/'))
}

/// `"$DIR/"*`, where a variable that is not set leaves `/*`.
fn may_be_root(word: &Word) -> bool {
    let text = word.text.trim_end_matches('*');
    if text != "\u{1}/" || !word.text.ends_with('*') {
        return false;
    }
    let mut open = vec![&word.value];
    while let Some(it) = open.pop() {
        match &it.form {
            // Nothing in the file sets it, and nothing stands for it.
            Form::Environment(name, None) => {
                return !matches!(
                    name.as_str(),
                    "HOME" | "PWD" | "TMPDIR" | "GITHUB_WORKSPACE" | "RUNNER_TEMP"
                );
            }
            Form::Call(_) => return false,
            _ => open.extend(it.children()),
        }
    }
    false
}

fn find(words: &Words) -> Hit {
    let deletes = words.has("-delete")
        || words
            .rest
            .windows(2)
            .any(|it| it[0].text.starts_with("-exec") && it[1].text.ends_with("rm"));
    let is_excluded =
        |at: usize| at > 0 && matches!(words.rest[at - 1].text.as_str(), "-not" | "!");
    let is_narrow = words.rest.iter().enumerate().any(|(at, it)| {
        !is_excluded(at)
            && matches!(
                it.text.as_str(),
                "-name"
                    | "-iname"
                    | "-mtime"
                    | "-mmin"
                    | "-path"
                    | "-regex"
                    | "-newer"
                    | "-ctime"
                    | "-atime"
                    | "-empty"
                    | "-size"
                    | "-user"
                    | "-wholename"
            )
    });
    let of_data = words.plain().next().is_some_and(|it| path_of_data(&spelled(it)));
    if deletes && !is_narrow && of_data { Hit::Full } else { Hit::Miss }
}

fn rsync(words: &Words) -> Hit {
    if !words.rest.iter().any(|it| it.text.starts_with("--delete"))
        || words.any(&["-n", "--dry-run"])
        || words.has("--backup-dir")
    {
        return Hit::Miss;
    }
    let target = words.plain().last();
    // A mirror of a backup is to be as its source is.
    let of_data = target.is_some_and(|it| {
        path_of_data(&spelled(it)) && !it.text.contains("backup") && !spelled(it).contains("backup")
    });
    if of_data { Hit::Full } else { Hit::Miss }
}

fn disk(words: &Words) -> Hit {
    let is_device = |it: &Word| {
        it.text.trim_start_matches("of=").starts_with("/dev/")
            && !it.text.contains("/dev/null")
            && !it.text.contains("loop")
    };
    let on_device = match words.program.as_str() {
        "dd" => words.rest.iter().any(|it| it.text.starts_with("of=") && is_device(it)),
        "sgdisk" => words.any(&["--zap-all", "-Z", "-z"]),
        _ => words.plain().any(is_device),
    };
    if on_device { Hit::Full } else { Hit::Miss }
}

fn volumes(words: &Words) -> Hit {
    // The containers of a test, or of a pipeline.
    let is_for_tests = words
        .rest
        .iter()
        .any(|it| ["test", "e2e", "ci."].iter().any(|part| it.text.contains(part)));
    if is_for_tests {
        return Hit::Miss;
    }
    if words.any(&["-v", "--volumes"]) { Hit::Full } else { Hit::Miss }
}

fn prune(words: &Words) -> Hit {
    if words.plain().next().is_some_and(|it| it.text == "volume") || words.has("--volumes") {
        Hit::Full
    } else {
        Hit::Miss
    }
}

fn history(words: &Words) -> Hit {
    let hit = match words.plain().next().map(|it| it.text.as_str()) {
        Some("push") => {
            let forced = words.has("--mirror")
                || (words.any(&["--force", "-f"])
                    && words.plain().any(|it| {
                        matches!(
                            it.text.as_str(),
                            "main" | "master" | "production" | "HEAD:main" | "HEAD:master"
                        )
                    }));
            forced && !words.rest.iter().any(|it| it.text.starts_with("--force-with-lease"))
        }
        Some("filter-branch") => true,
        Some("filter-repo") => words.has("--force"),
        _ => false,
    };
    if hit { Hit::Full } else { Hit::Miss }
}
