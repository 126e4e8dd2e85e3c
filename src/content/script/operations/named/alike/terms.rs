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
    ("clear", &["vider", "leeren"]),
    ("clean", &["limpar", "limpiar", "limpia", "nettoyer"]),
    ("delete", &["borrar", "apagar", "eliminar", "excluir", "supprimer", "effacer", "loeschen"]),
    ("remove", &["remover"]),
    ("empty", &["vaciar", "esvaziar"]),
    ("truncate", &["truncar"]),
    ("database", &["banco", "bd", "bdd", "datenbank", "basededatos", "bancodedados"]),
    ("data", &["datos", "dados", "donnees", "daten"]),
    ("tables", &["tablas", "tabelas", "tabellen"]),
    ("all", &["todo", "todos", "todas", "tudo", "tout", "toutes", "alle"]),
];

/// The English word for one of another language that is known.
fn english(word: &str) -> Option<&'static str> {
    let known = ENGLISH.iter().find(|(_, others)| others.contains(&word));
    known.map(|(english, _)| *english)
}

/// The words of a name in English, where they are known ones of another language.
pub(in crate::content::script::operations::named) fn in_english(parts: Vec<String>) -> Vec<String> {
    if !parts.iter().any(|it| english(it).is_some()) {
        return parts;
    }
    let parts = with_databases(parts);
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&english(it).unwrap_or(it)));
    // `wipe-todos` is about a list of what is to be done.
    let has_verb = parts.iter().any(|it| english(it).is_some_and(|it| !NOUNS.contains(&it)));
    // One bank is deleted as one of anything is.
    let is_bank = |it: &str| it == "banco" && has(&["delete", "remove"]);
    let is_of_database = parts.iter().any(|it| english(it).unwrap_or(it) == "database");
    let told = |it: &String| match english(it) {
        Some("all") if !has_verb => None,
        Some("database") if is_bank(it) => None,
        // Data that is cleaned stays; nobody says so of a database.
        Some("clean") if is_of_database => Some("clear"),
        known => known,
    };
    parts.iter().map(|it| told(it).map_or_else(|| it.clone(), str::to_owned)).collect()
}

/// Those of the English words that say what something is done to.
const NOUNS: &[&str] = &["database", "data", "tables", "all"];

/// The words of a name with one for `base_de_datos`, `banco_de_dados` or `base_donnees`.
fn with_databases(parts: Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in parts {
        if english(&part) == Some("data") {
            let of = usize::from(all.last().is_some_and(|it| it == "de"));
            let at = all.len().saturating_sub(of + 1);
            if all.get(at).is_some_and(|it| matches!(it.as_str(), "base" | "bases" | "banco")) {
                all.truncate(at);
                all.push("database".to_owned());
                continue;
            }
        }
        all.push(part);
    }
    all
}

/// The verbs of all languages, each of which the sieve is to find.
#[cfg(test)]
pub(in crate::content::script) fn every_verb() -> impl Iterator<Item = &'static str> {
    let others = ENGLISH.iter().filter(|(english, _)| !NOUNS.contains(english));
    VERBS.iter().copied().chain(others.flat_map(|(_, others)| others.iter().copied()))
}
