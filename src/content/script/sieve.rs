//! One pass over a text for the words without which nothing in it can destroy data: most files are not parsed at all.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// Words of which every operation has one.
const WORDS: &[&str] = &[
    "drop",
    "delete",
    "truncate",
    "flushall",
    "flushdb",
    "rmtree",
    "rm_",
    "rm ",
    "rm\t",
    "rm\n",
    "\"rm\"",
    "'rm'",
    "remove",
    "unlink",
    "destroy",
    "wipe",
    "purge",
    "prune",
    "reset",
    "flush",
    "migrate",
    "mkfs",
    "blkdiscard",
    "sgdisk",
    "of=/dev",
    "restore",
    "down",
    "clean",
    "terminate",
    "schedule-key-deletion",
    "rsync",
    "rollback",
    "force",
    "git add",
    "filter-branch",
    "filter-repo",
    "reflog",
    "mirror",
    "rimraf",
    "emptydir",
    "schema:load",
    "structure:load",
    "replant",
    "db:setup",
    "forget",
    "rb ",
    "empty",
    "recreate",
    "update ",
    "execute",
    "-auto-approve",
    "clear",
    "kill",
    "deprovision",
    "scp ",
    "removeall",
    "deleteall",
    "zero",
    "dropall",
    ".del(",
    "synchronize",
    ".rm(",
    "rmsync",
    "rmdir",
    "accept-data-loss",
    "nuke",
    "uninstall",
    "shred",
    "undefine",
    " del",
    "absent",
    "postsuper",
];

/// Whether one of the words stands in a text, in whatever case.
pub(super) fn may_destroy(text: &[u8]) -> bool {
    static SIEVE: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let sieve =
        SIEVE.get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS).ok());
    sieve.as_ref().is_none_or(|it| it.is_match(text))
}
