//! How flags and variables are named that somebody sets to have it done, or to see what would be done.

use super::lower;
use super::names::{has_part, parts};

/// How the names of runs end which destroy nothing.
const DRY_RUNS: &[&str] = &[
    "dry_run",
    "dryrun",
    "simulate",
    "simulation",
    "whatif",
    "what_if",
    "preview",
    "no_act",
    "pretend",
    "test_run",
    "testrun",
    "trial_run",
    "report_only",
    "list_only",
    "show_only",
];

/// Whether a name is that of a run which destroys nothing.
pub(in crate::content::script) fn is_dry_run(name: &str) -> bool {
    let lower = lower(name).replace('-', "_");
    let lower = lower.trim_matches('_');
    if is_no_dry_run(lower) {
        return false;
    }
    // `PreviewMode`, `simulate_only`.
    let bare = ["mode", "only"].iter().find_map(|it| lower.strip_suffix(it)).unwrap_or(lower);
    let bare = bare.trim_end_matches('_');
    DRY_RUNS.iter().any(|it| bare.ends_with(it) || lower.ends_with(it))
        || matches!(bare, "n" | "dry" | "noop" | "no_op")
}

/// Whether a name asks for no such run: `no_dry_run`.
fn is_no_dry_run(name: &str) -> bool {
    let no = ["no_", "not_", "disable_", "skip_"].iter().find_map(|it| name.strip_prefix(it));
    no.is_some_and(|it| matches!(it, "dry" | "dry_run" | "dryrun"))
}

/// Words by which somebody says that it is to be done.
const OPT_IN: &[&str] = &[
    "force",
    "forced",
    "yes",
    "confirm",
    "confirmed",
    "execute",
    "apply",
    "commit",
    "really",
    "allow",
    "reset",
    "wipe",
    "destroy",
    "drop",
    "dropdb",
    "delete",
    "purge",
    "clear",
    "clean",
    "flush",
    "truncate",
    "remove",
    "erase",
    "recreate",
    "rebuild",
    "reseed",
    "fresh",
    "nuke",
    // Of Spanish, Portuguese, French and German.
    "confirmar",
    "confirma",
    "confirmer",
    "forzar",
    "forcar",
    "borrar",
    "apagar",
    "limpar",
    "limpiar",
    "eliminar",
    "excluir",
    "supprimer",
    "effacer",
    "loeschen",
    "sure",
    "assume",
    "overwrite",
    "live",
    "doit",
    "go",
    "hard",
    "noinput",
    "understand",
    "destructive",
    "dangerous",
    "dangerously",
    "y",
    "f",
];

/// Words of names that hold a value to do it with, and say nothing of whether it is to be done: `RESET_URL`.
const VALUES: &[&str] = &[
    "url",
    "uri",
    "token",
    "key",
    "secret",
    "password",
    "email",
    "mail",
    "path",
    "dir",
    "directory",
    "file",
    "days",
    "hours",
    "minutes",
    "seconds",
    "ttl",
    "age",
    "after",
    "before",
    "older",
    "since",
    "interval",
    "timeout",
    "schedule",
    "cron",
    "date",
    "time",
    "limit",
    "size",
    "count",
    "max",
    "min",
    "batch",
    "host",
    "port",
    "user",
    "username",
    "name",
    "id",
    "ids",
    "queue",
    "topic",
    "bucket",
    "prefix",
    "pattern",
    "hook",
    "webhook",
    "handler",
    "endpoint",
    "origin",
    "origins",
    "cors",
    "sha",
    "ref",
    "hash",
    "branch",
    "message",
    "version",
    "tag",
    "author",
    "log",
    "logs",
    "cache",
    "link",
    "code",
];

/// Words of switches that only say how much is told, or how.
const TELLS: &[&str] = &[
    "verbose", "quiet", "silent", "debug", "trace", "log", "logs", "json", "color", "colour",
    "progress", "help", "version", "stats", "plain", "pretty", "timing",
];

/// Whether a name is that of a flag or variable which somebody sets to have it done.
pub(in crate::content::script) fn is_opt_in(name: &str) -> bool {
    let joined = lower(name).replace(['_', '-'], "");
    let is_said = ["iknow", "iunderstand", "areyousure"].iter().any(|it| joined.contains(it));
    let is_no_dry_run = is_no_dry_run(lower(name).replace('-', "_").trim_matches('_'));
    is_said || is_no_dry_run || has_part(name, OPT_IN) && !has_part(name, VALUES)
}

/// Verbs of what destroys.
const VERBS: &[&str] = &[
    "delete", "destroy", "wipe", "drop", "reset", "purge", "truncate", "erase", "nuke", "remove",
    "flush", "clear",
];

/// Whether a text says what is to be done and to what, as somebody types it who wants it done: `delete-production`.
pub(in crate::content::script) fn says_to_wipe(text: &str) -> bool {
    let parts = parts(text);
    parts.len() > 1 && parts.iter().any(|it| VERBS.contains(&it.as_str()))
}

/// Whether a switch only says how much is told of what is done.
pub(in crate::content::script) fn only_tells(name: &str) -> bool {
    let parts = parts(name);
    parts.last().is_some_and(|it| TELLS.contains(&it.as_str()))
}

/// Words of options that say which database, host or file is meant: `--db NAME`, `-d NAME`.
const OF_TARGETS: &[&str] = &[
    "d",
    "db",
    "dbname",
    "database",
    "databases",
    "name",
    "host",
    "hostname",
    "server",
    "port",
    "user",
    "username",
    "password",
    "url",
    "uri",
    "dsn",
    "file",
    "path",
    "dir",
    "directory",
    "config",
    "conf",
    "bucket",
    "table",
    "schema",
    "container",
    "namespace",
    "project",
    "cluster",
    "region",
    "profile",
    "input",
    "output",
    "env",
    "environment",
    "target",
    "id",
    "tenant",
];

/// Whether an option has a value that says what is meant, so that giving it agrees to nothing.
pub(in crate::content::script) fn takes_target(name: &str) -> bool {
    let parts = parts(name);
    !parts.is_empty() && parts.iter().all(|it| OF_TARGETS.contains(&it.as_str()))
}

/// Whether a word is a flag as it is given: `-f`, `--force`. `--` alone ends them.
pub(in crate::content::script) fn is_flag(word: &str) -> bool {
    word.starts_with('-') && !word.trim_start_matches('-').is_empty()
}

/// Whether a variable of this name is set by whoever knows what is going to happen: `CONFIRM_WIPE`, `I_UNDERSTAND`.
pub(in crate::content::script) fn is_consent(name: &str) -> bool {
    let lower = lower(name);
    ["confirm", "understand", "i_know", "really", "allow_", "are_you_sure"]
        .iter()
        .any(|it| lower.contains(it))
        && !has_part(name, VALUES)
}

/// Whether a value of this name is what confirms, once it is held against a word: `confirmToken`, `confirmation_code`.
pub(in crate::content::script) fn says_confirm(name: &str) -> bool {
    let words = parts(name);
    let is_word = |it: &String| {
        matches!(
            it.as_str(),
            "confirm" | "confirmation" | "token" | "phrase" | "text" | "code" | "word"
        )
    };
    has_part(name, &["confirm", "confirmation"]) && words.iter().all(is_word)
}

/// Whether a switch keeps the question or the safeguard on, so that whoever switches it off wants it done: `interactive`.
pub(in crate::content::script) fn keeps_asking(name: &str) -> bool {
    matches!(
        lower(name).as_str(),
        "interactive" | "confirm" | "prompt" | "ask" | "input" | "safe" | "noop"
    )
}
