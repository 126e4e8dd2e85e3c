//! Rows about commands that destroy files, disks and the history of git; and which paths hold data.

mod databases;
mod disks;
mod emptied;
mod found;
mod listed;
mod numbered;
mod paths;
mod roots;
mod stamped;
mod volumes;

use super::command::{Word, Words, always};
use super::{CommandRow, Hit, hit, kind, piped};
use crate::content::script::model::Scope::{Backup, Files, GitHistory};
use crate::content::script::model::Weight::{Critical, High, Medium};
use crate::content::script::place;
use crate::content::script::value::texts;
pub(super) use databases::file_of_database;
use databases::{is_disk_of_machine, is_dumps};
pub(in crate::content::script) use databases::{names_database, scope_of};
use disks::disk;
pub(super) use emptied::COMMANDS as EMPTIED;
use found::find;
pub(in crate::content::script) use listed::ends_as_databases;
pub(super) use listed::{is_listed_database, only_leaves_out};
pub(in crate::content::script) use paths::is_passing;
pub(super) use paths::lies_apart;
pub(super) use paths::path_of_data;
pub(in crate::content::script) use paths::{is_data, is_known_by_name, with_names_of};
use paths::{is_kept_apart, name_of, with_names};
use roots::{is_all, may_be_root};
use stamped::is_stamped;
pub(super) use volumes::COMMANDS as VOLUMES;

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.rm",
            "rm -rf PATH",
            "the path is a root, a home, may be a root where a variable is not set, or holds data, uploads, backups or a database; or it is all dumps of a directory of backups",
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
            "cmd.rmdir",
            "rmdir /s /q PATH, rd /s /q PATH, del /s /q PATH",
            "the path holds data",
            Files,
            High,
            "",
        ),
        programs: &["rmdir", "rd", "del"],
        words: &[],
        when: |words| {
            let is_flag = |it: &Word| it.text.len() == 2 && it.text.starts_with('/');
            let (flags, paths): (Vec<&Word>, Vec<&Word>) =
                words.rest.iter().partition(|it| is_flag(it));
            let is_whole = flags.iter().any(|it| it.text.eq_ignore_ascii_case("/s"));
            hit(is_whole && paths.iter().any(|it| path_of_data(&it.text.replace('\\', "/"))))
        },
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
            "mke2fs",
            "wipefs",
            "blkdiscard",
            "dd",
            "sgdisk",
            "shred",
        ],
        words: &[],
        when: disk,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.zfs", "zfs destroy -r DATASET", "", Files, Critical, "-n"),
        programs: &["zfs", "zpool"],
        words: &["destroy"],
        // `tank/data@2024-01-01` is a snapshot.
        when: |it| {
            let is_one = it.plain().any(|it| it.text.contains('@') && !it.text.contains('%'));
            hit(!is_one || it.any(&["-r", "-R"]))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.lvm", "lvremove -f VOLUME", "-f", Files, Critical, "the prompt without -f"),
        programs: &["lvremove", "vgremove", "pvremove"],
        words: &[],
        when: |it| if it.plain().any(is_snapshot) { Hit::Miss } else { Hit::Full },
        prompt_off: &["-f", "-y", "--force", "--yes"],
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
        words: &["backup|delete", "delete|backup|backups"],
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
        when: |it| hit(it.has("--all")),
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

/// A snapshot goes without what it was taken of.
fn is_snapshot(word: &Word) -> bool {
    let listed = piped::commands(&word.value).concat().concat();
    format!("{} {listed}", with_names_of(&word.value)).to_lowercase().contains("snap")
}

fn rm(words: &Words) -> Hit {
    // It asks.
    if words.any(&["-i", "-I", "--interactive"]) {
        return Hit::Miss;
    }
    let is_recursive = words.program == "rimraf" || words.any(&["-r", "-R", "--recursive"]);
    let is_hit = words.plain().any(|word| {
        // One of several, where a loop goes over them.
        let ways = texts(&word.value);
        let is_file = |it: &str| file_of_database(it) && !it.contains("$(");
        if is_file(&word.text) || ways.len() > 1 && ways.iter().any(|it| is_file(&it.text)) {
            return true;
        }
        let spelled = spelled(word);
        if is_passing(&word.value) || !ways.is_empty() && ways.iter().all(is_stamped) {
            return false;
        }
        if is_dumps(&word.text) || is_disk_of_machine(&word.text, &spelled) {
            return true;
        }
        is_recursive
            && (path_of_data(&spelled)
                || is_kept_apart(&word.text)
                || ways.len() > 1 && is_data(&word.value)
                || is_known(word) && place::is_state(&spelled)
                || is_all(word)
                || may_be_root(word))
    });
    hit(is_hit)
}

/// Whether all of a path is known but for where it begins.
fn is_known(word: &Word) -> bool {
    !word.text.trim_start_matches('\u{1}').contains('\u{1}')
}

/// The word with the names of variables in it.
pub(super) fn spelled(word: &Word) -> String {
    let told = texts(&word.value).into_iter().next().unwrap_or_default();
    let text = with_names(&told);
    if text.is_empty() { name_of(Some(&word.value)) } else { text }
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
        let path = spelled(it);
        path_of_data(&path) && !it.text.contains("backup") && !path.contains("backup")
    });
    hit(of_data)
}

/// The branch that a word of `git push` is about: that on the other side, where it names both.
fn pushed(word: &Word) -> &str {
    let text = word.text.trim_start_matches('+');
    let there = text.rsplit_once(':').map_or(text, |(_, it)| it);
    there.strip_prefix("refs/heads/").unwrap_or(there)
}

fn history(words: &Words) -> Hit {
    let shared = ["main", "master", "production"];
    // What is pushed there is run, and kept elsewhere: `heroku`, `dokku@example.com:app`, `https://git.heroku.com/app.git`.
    let deploys = |it: &Word| {
        let platforms = ["heroku", "dokku", "piku", "scalingo"];
        let host = it.text.rsplit_once("://").map_or(it.text.as_str(), |(_, it)| it);
        let host = host.split(['/', ':']).next().unwrap_or_default();
        host.split(['@', '.']).any(|it| platforms.contains(&it))
    };
    let is_shared = |it: &Word| shared.contains(&pushed(it));
    let is_hit = match words.plain().next().map(|it| it.text.as_str()) {
        Some("push") => {
            let deletes = |it: &Word| it.text.starts_with(':') || words.any(&["--delete", "-d"]);
            let is_forced = |it: &Word| it.text.starts_with('+') || words.any(&["--force", "-f"]);
            // What several people try out together is overwritten as well.
            let is_tried = |it: &Word| pushed(it) == "staging";
            let takes = |it: &Word| {
                is_shared(it) && (deletes(it) || is_forced(it)) || is_tried(it) && is_forced(it)
            };
            let all = words.any(&["--force", "-f"]) && words.has("--all");
            (words.has("--mirror") || all || words.plain().any(takes))
                && !words.plain().any(deploys)
                && !words.rest.iter().any(|it| it.text.starts_with("--force-with-lease"))
        }
        Some("filter-branch") => true,
        Some("filter-repo") => words.has("--force"),
        _ => false,
    };
    hit(is_hit)
}
