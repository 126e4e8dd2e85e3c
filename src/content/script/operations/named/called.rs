//! Calls of what another file has, whose name alone says what is destroyed: helpers, and files of SQL that are read and run.

use super::super::chain::Chain;
use super::super::{CallRow, Hit, kind};
use super::{parts_of, says_by_name};
use crate::content::script::Language::{Go, JavaScript, Php, Python, Ruby, TypeScript};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Expression, Form, each_of};
use crate::content::script::value::texts_in;
use crate::content::script::words::{is_for_a_while, is_of_tests};

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "code.helper",
            "reset_database(), clearDb(), delete_all_data() of another file",
            "its name says that a database or all data goes, or the name of this file says the same",
            Database,
            Critical,
            "what the other file asks",
        ),
        languages: &[Python, JavaScript, TypeScript, Go],
        names: &[],
        when: helper,
    },
    CallRow {
        kind: kind(
            "go.helper",
            "db.Drop(config), database.Wipe(), db.ClearAndReseed() of another package",
            "the package is called after a database, and the function says that it goes",
            Database,
            Critical,
            "what the other package asks",
        ),
        languages: &[Go],
        names: &[],
        when: |chain| hit(chain.links.len() == 2 && is_of_database(chain)),
    },
    CallRow {
        kind: kind(
            "code.sql_file",
            "cursor.execute(open('drop_all.sql').read()), pool.query(fs.readFileSync('wipe.sql', 'utf8'))",
            "the name of the file says that it drops, wipes, truncates or purges, or resets a database",
            Database,
            High,
            "",
        ),
        languages: &[Python, JavaScript, TypeScript, Go, Ruby, Php],
        names: &[
            "execute",
            "executescript",
            "query",
            "exec",
            "raw",
            "unsafe",
            "Exec",
            "ExecContext",
            "MustExec",
            "multi_query",
            "unprepared",
            "batch",
            "$executeRawUnsafe",
            "exec_driver_sql",
            "rpc",
        ],
        when: |chain| {
            // `supabase.rpc('exec_sql', { sql: ... })` names a function first.
            let at = usize::from(chain.name() == "rpc");
            // A text by itself is a statement.
            let given = chain.argument(at).filter(|it| it.literal().is_none());
            let read = given.map(texts_in).unwrap_or_default();
            let mut files = read.iter().filter(|it| it.ends_with(".sql") && !it.contains(' '));
            hit(files.any(|it| says_by_name(it)))
        },
    },
    CallRow {
        kind: kind(
            "code.sql_file.given",
            "migrateDatabase(db, 'drop_tables.sql'), run_script('wipe.sql') of another file",
            "the function runs what it is given by its name, and the name of the file says that it drops, wipes, truncates or purges",
            Database,
            High,
            "",
        ),
        languages: &[Python, JavaScript, TypeScript, Go, Ruby, Php],
        names: &[],
        when: |chain| {
            let files = || chain.arguments().iter().flat_map(|it| texts_in(&it.value));
            hit(runs_files(chain.name())
                && files().any(|it| it.ends_with(".sql") && !it.contains(' ') && says_by_name(&it)))
        },
    },
];

/// Whether a function runs files of statements by its name: `run_script`, `simpleMigrateDatabase`.
fn runs_files(name: &str) -> bool {
    let parts = parts_of(name);
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&it.as_str()));
    let first = |it: &String| {
        matches!(it.as_str(), "run" | "exec" | "execute" | "migrate" | "apply" | "source")
    };
    // `importSqlFile`, `load_sql`.
    let loads = has(&["sql"]) && has(&["load", "import", "restore"]);
    (loads || parts.iter().any(first))
        && has(&["sql", "file", "script", "migration", "migrations", "database", "db"])
        && !has(&["never", "skip", "should", "can", "is", "get", "print", "path", "name", "names"])
}

/// Whether a function of a package of Go that is called after a database wipes it by its name.
fn is_of_database(chain: &Chain) -> bool {
    let package = chain.on();
    let is_double = ["mock", "fake", "test"].iter().any(|it| package.to_lowercase().contains(it));
    let is_database = !is_double
        && (matches!(package, "db" | "postgres" | "mysql" | "mongo")
            || package.starts_with("database"));
    let parts = parts_of(chain.name());
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    let wipes = match parts.as_slice() {
        ["drop" | "wipe" | "nuke" | "truncate"] => true,
        ["drop" | "wipe" | "nuke" | "truncate", "all"] => true,
        // `db.Reset()` may be that of a connection.
        [verb, "and", then] => {
            matches!(*verb, "drop" | "wipe" | "nuke" | "truncate" | "clear" | "reset")
                && matches!(*then, "seed" | "reseed" | "create" | "recreate" | "migrate" | "init")
        }
        _ => false,
    };
    is_database && wipes
}

/// A helper of another file that is called after what it does: a method of the own object is followed or unknown.
pub(super) fn helper(chain: &Chain) -> Hit {
    let is_own = matches!(chain.on(), "self" | "cls" | "this" | "indexedDB");
    // `store.delete_sql_rows()`: nothing says which.
    let is_bare = chain.links.len() > 1 && chain.arguments().is_empty();
    // A method of a client that is called so has a row of its own.
    if chain.links.len() > 1 && chain.name().to_lowercase().contains("queue") {
        return Hit::Miss;
    }
    // `supabase.rpc('truncate_all_tables')`: a function of the database.
    if chain.name() == "rpc" {
        let told = chain.argument(0).and_then(|it| it.literal());
        return hit(told.is_some_and(|it| is_helper(&it, false)));
    }
    if is_of_page(chain) {
        return Hit::Miss;
    }
    if is_wiped_store(chain) {
        return Hit::Full;
    }
    // `dropCollection('users')` of another file.
    let names =
        ["dropCollection", "drop_collection", "dropTable", "truncateTable", "truncate_table"];
    let passes =
        |it: &str| is_of_tests(it) || is_for_a_while(it) || it.to_lowercase().contains("cache");
    let told: Vec<String> = chain.arguments().iter().flat_map(|it| texts_in(&it.value)).collect();
    let is_named = names.contains(&chain.name()) && !told.iter().any(|it| passes(it));
    let is_of_one = chain.links.len() == 1 && !chain.arguments().is_empty() && is_named;
    hit(!is_own && (is_of_one || is_helper(chain.name(), is_bare)))
}

/// `store.clearAllData()`, `useUserStore().resetAllData()`: what a page knows is cleared, and no database.
fn is_of_page(chain: &Chain) -> bool {
    let parts = parts_of(chain.name());
    let clears = parts.first().is_some_and(|it| matches!(it.as_str(), "clear" | "reset"));
    let is_of_data = parts.last().is_some_and(|it| it == "data");
    let on = parts_of(chain.on());
    let is_page = on.last().is_some_and(|it| {
        matches!(it.as_str(), "store" | "state" | "slice" | "context" | "form" | "actions")
    });
    // As JavaScript writes it.
    let is_camel = chain.name().starts_with(char::is_lowercase) && !chain.name().contains('_');
    clears && is_of_data && is_page && is_camel
}

/// `db.wipe()`, `dbApi.nuke()` of another file: what is said of no part of a database.
fn is_wiped_store(chain: &Chain) -> bool {
    let on = parts_of(chain.on());
    let is_store = |it: &String| matches!(it.as_str(), "db" | "database");
    chain.links.len() == 2
        && chain.arguments().is_empty()
        && matches!(chain.name(), "wipe" | "nuke" | "wipeAll" | "nukeAll" | "wipe_all" | "nuke_all")
        && on.iter().any(is_store)
        && !is_of_tests(chain.on())
}

/// `reset_database`, `truncateAllTables`, `delete_all_data`: what is done, perhaps a word between, and to what.
fn is_helper(name: &str, is_bare: bool) -> bool {
    let ends = [
        "chema",
        "chemas",
        "db",
        "Db",
        "DB",
        "atabase",
        "atabases",
        "ables",
        "ollections",
        "ata",
        "ows",
        "ocuments",
        "ueue",
        "ueues",
    ];
    if !ends.iter().any(|it| name.ends_with(it)) {
        return false;
    }
    let parts = parts_of(name);
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    let [verb, between @ .., last] = parts.as_slice() else { return false };
    let wipes = [
        "reset", "clear", "wipe", "nuke", "drop", "delete", "destroy", "purge", "truncate",
        "recreate", "erase", "empty",
    ];
    let all = ["all", "entire", "whole", "full", "complete"];
    let known = [
        "the",
        "db",
        "database",
        "prod",
        "production",
        "mongo",
        "postgres",
        "mysql",
        "sql",
        "main",
        "save",
        "mq",
        "neo4j",
        "redis",
        "elastic",
        "qdrant",
        "sqlite",
        "chroma",
    ];
    let is_all = between.iter().any(|it| all.contains(it));
    let is_whole = match *last {
        "db" | "database" | "databases" => *verb != "empty",
        "schema" | "schemas" => {
            matches!(*verb, "destroy" | "wipe" | "nuke" | "drop" | "purge")
                || between.iter().any(|it| matches!(*it, "db" | "database"))
        }
        "tables" | "collections" => is_all || matches!(*verb, "truncate" | "recreate" | "drop"),
        "data" => is_all,
        "queue" | "queues" => *verb == "purge",
        "rows" | "documents" => {
            is_bare && !between.is_empty() && matches!(*verb, "delete" | "wipe" | "purge" | "drop")
        }
        _ => false,
    };
    let is_plain = between.iter().all(|it| all.contains(it) || known.contains(it));
    wipes.contains(verb) && is_whole && is_plain && between.len() < 3
}

/// Whether statements are called after what they destroy: `DROP_USERS`, one of `drop_table_queries`.
pub(in crate::content::script) fn names_wipe_of_sql(statements: &Expression) -> bool {
    let of = each_of(statements).map_or(statements, |it| it);
    let (Form::Name(name) | Form::Member(_, name)) = &of.form else { return false };
    let parts = parts_of(name);
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&it.as_str()));
    let wipes = has(&["drop", "truncate", "wipe"]);
    let of_statements = has(&[
        "sql",
        "query",
        "queries",
        "statement",
        "statements",
        "table",
        "tables",
        "all",
        "schema",
        "database",
        "db",
    ]);
    wipes
        && (of_statements || name.starts_with("DROP_") || name.starts_with("TRUNCATE_"))
        && !has(&["index", "temp", "tmp", "test", "view"])
}
