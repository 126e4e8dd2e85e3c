//! The words that names of files and functions are told by.

/// Words that say that something goes for good.
pub(super) const VERBS: &[&str] = &[
    "delete", "remove", "drop", "clear", "reset", "wipe", "purge", "destroy", "nuke", "truncate",
    "erase", "flush", "empty", "recreate", "teardown",
];

/// Those of them that nobody says of a screen, a form or a build.
pub(super) const GRAVE: &[&str] =
    &["drop", "wipe", "purge", "destroy", "nuke", "truncate", "erase", "teardown"];

/// Those of them that nobody calls the end of a connection or process.
pub(super) const STRONG: &[&str] = &["drop", "wipe", "nuke", "truncate"];

/// Databases, and what they are divided into.
pub(in crate::content::script::operations::named) const DATABASES: &[&str] =
    &["db", "dbs", "database", "databases", "tables", "schema", "schemas"];

/// What else data lies in, and words for all of it.
const DATA: &[&str] =
    &["collections", "data", "all", "everything", "records", "prod", "production"];

/// Whether a word stands for a store, or for all that is in it.
pub(super) fn is_store(word: &str) -> bool {
    DATABASES.contains(&word) || DATA.contains(&word)
}

/// What somebody makes anew, or what is taken away one by one on a rule.
pub(super) const SPARED: &[&str] = &[
    "file",
    "files",
    "log",
    "logs",
    "caches",
    "session",
    "sessions",
    "tmp",
    "temp",
    "token",
    "tokens",
    "password",
    "passwords",
    "duplicate",
    "duplicates",
    "old",
    "stale",
    "expired",
    "orphan",
    "orphans",
    "orphaned",
    "unused",
    "artifact",
    "artifacts",
    "branch",
    "branches",
    "build",
    "builds",
    "node",
    "modules",
    "view",
    "views",
    "migration",
    "migrations",
    "form",
    "state",
    "history",
    "lock",
    "locks",
    "mock",
    "mocks",
    "dns",
    "staging",
    "counter",
    "counters",
    "stats",
    "settings",
    "config",
    "defaults",
    "filter",
    "filters",
    "mail",
    "mails",
    "worktree",
    "worktrees",
    "index",
    "event",
    "events",
];

/// Words for some of many: what is left is not touched.
pub(super) const SOME: &[&str] = &[
    "inactive",
    "invalid",
    "deleted",
    "archived",
    "failed",
    "pending",
    "read",
    "done",
    "guest",
    "anonymous",
    "matching",
    "past",
    "completed",
    "finished",
    "revoked",
    "used",
    "outdated",
    "obsolete",
    "dangling",
    "unverified",
    "cached",
    "selected",
    "existing",
    "connections",
    "metrics",
    "leases",
    "flags",
    "sequences",
    "watchers",
    "keys",
    "links",
    "quotas",
    "limits",
    "jobs",
    "buffers",
    "stats",
    "alerts",
    "notifications",
    "messages",
    "triggers",
    "listeners",
    "windows",
];

/// What a text is made of, which is made shorter: `truncate_words`.
pub(super) const OF_TEXTS: &[&str] = &[
    "letters",
    "words",
    "chars",
    "characters",
    "string",
    "strings",
    "text",
    "texts",
    "sentences",
    "html",
];

/// Names of stores and tools that only look like plurals.
const SINGULAR: &[&str] = &["redis", "postgres", "kubernetes", "aws", "dns", "news", "status"];

/// Whether a word stands for many.
pub(super) fn is_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && !SINGULAR.contains(&word)
}

/// Words of Portuguese, Spanish, French and German in names, and the English one that is looked for.
const ENGLISH: &[(&str, &[&str])] = &[
    ("reset", &["zerar", "zera", "resetear", "resetar", "reiniciar", "reinitialiser"]),
    ("clear", &["limpar", "limpiar", "limpia", "vider", "nettoyer", "leeren"]),
    ("delete", &["borrar", "apagar", "eliminar", "excluir", "supprimer", "effacer", "loeschen"]),
    ("empty", &["vaciar", "esvaziar"]),
    ("truncate", &["truncar"]),
    ("database", &["banco", "bd", "bdd", "datenbank"]),
    ("data", &["datos", "dados", "donnees", "daten"]),
    ("tables", &["tablas", "tabelas", "tabellen"]),
    ("all", &["todo", "todos", "todas", "tudo", "tout", "toutes", "alle"]),
];

/// A word of a name in English, where it is one of another language that is known.
pub(in crate::content::script::operations::named) fn english(word: String) -> String {
    let known = ENGLISH.iter().find(|(_, others)| others.contains(&word.as_str()));
    known.map_or(word, |(english, _)| (*english).to_owned())
}
