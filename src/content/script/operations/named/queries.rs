//! Calls of queries, repositories and packages of other files, in languages that are compiled: their names alone say what goes.

use super::super::chain::Chain;
use super::super::java::called_on;
use super::super::{CallRow, Hit, hit, kind};
use super::alike::empties;
use super::called::helper;
use super::parts_of;
use crate::content::script::Language::{Go, Java};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "go.query",
            "queries.DeleteUsers(ctx), store.TruncateOrdersTable(ctx), database.New(db).Reset(ctx)",
            "of generated queries or a store; nothing is given but a context, and the name is that of all",
            Table,
            High,
            "",
        ),
        languages: &[Go],
        names: &[],
        when: |chain| hit(is_query(chain) && empties(chain.name())),
    },
    CallRow {
        kind: kind(
            "go.package",
            "database.Reset(), migrations.Fresh(db), seeds.ClearAll(db), store.DropAll() of another package",
            "the package is called after a database, its migrations or its seeds, and the function says that all goes",
            Database,
            Critical,
            "what the other package asks",
        ),
        languages: &[Go],
        names: &[],
        when: |chain| hit(is_of_package(chain)),
    },
    CallRow {
        kind: kind(
            "java.query",
            "userService.deleteAll(), userRepository.deleteAllUsers(), orderRepository.truncate()",
            "of a repository, mapper or service; it is given nothing, and its name says all",
            Table,
            High,
            "",
        ),
        languages: &[Java],
        names: &[],
        when: |chain| hit(is_of_repository(chain)),
    },
    CallRow {
        kind: kind(
            "java.helper",
            "Database.reset(), DatabaseUtil.resetDatabase(), store.deleteAllData() of another file",
            "its name says that a database or all data goes, or that of its class says so of a database",
            Database,
            Critical,
            "what the other file asks",
        ),
        languages: &[Java],
        names: &[],
        when: |chain| match chain.links.len() {
            // A method of the class itself, or of one that it comes from.
            0 | 1 => Hit::Miss,
            _ if is_of_class(chain) => Hit::Full,
            _ => helper(chain),
        },
    },
];

/// Words of names of what is made anew by itself, or is there for tests.
const SPARED: &[&str] =
    &["cache", "session", "mock", "fake", "memory", "inmemory", "test", "tmp", "temp", "token"];

fn is_spared(name: &str) -> bool {
    let lower = name.to_lowercase();
    SPARED.iter().any(|it| lower.contains(it))
}

/// Whether a method of queries that were made for a database, or of a store, is given nothing but a context.
fn is_query(chain: &Chain) -> bool {
    let is_bare = chain.named("ctx").is_some() && chain.arguments().len() == 1;
    let on = match chain.on() {
        // `database.New(db).DeleteUsers(ctx)`.
        "New" => chain.links.first().map_or("", |it| it.name),
        on => on,
    };
    let lower = on.to_lowercase();
    let is_store = matches!(lower.as_str(), "q" | "qtx" | "query" | "dbq" | "sqlc" | "database")
        || ["db", "queries", "store", "repo", "repository"].iter().any(|it| lower.ends_with(it));
    is_bare && chain.links.len() > 1 && is_store && !is_spared(on)
}

/// Whether a function of a package that is called after a database wipes it by its name.
fn is_of_package(chain: &Chain) -> bool {
    let [package, _] = chain.links.as_slice() else { return false };
    let package = package.name;
    // `database.Reset()` may be that of a variable.
    let is_package = chain.module.trim().rsplit('/').next() == Some(package);
    let is_of_migrations = matches!(package, "migration" | "migrations" | "migrate" | "migrator");
    let is_of_database = package.starts_with("database")
        || matches!(package, "seed" | "seeds" | "seeder" | "seeders" | "seeding");
    let is_store = is_of_database || matches!(package, "db" | "store" | "storage" | "models");
    let parts = parts_of(chain.name());
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    let wipes = match parts.as_slice() {
        ["reset"] => is_of_database || is_of_migrations,
        ["fresh" | "refresh"] | ["rollback" | "down" | "reset", "all"] => is_of_migrations,
        ["clear" | "truncate" | "drop" | "delete" | "wipe" | "clean" | "cleanup", "all"] => {
            is_store || is_of_migrations
        }
        [verb, "all", "data" | "tables"] => {
            is_store && matches!(*verb, "clean" | "cleanup" | "remove" | "clear" | "delete")
        }
        _ => false,
    };
    is_package && wipes && !is_spared(package)
}

/// Whether a method of a class that is called after a database says that it goes.
fn is_of_class(chain: &Chain) -> bool {
    let verbs = ["reset", "clear", "wipe", "drop", "truncate", "dropAll", "clearAll", "deleteAll"];
    let class = ["Database", "DB", "Db"].iter().find_map(|it| chain.on().strip_prefix(it));
    let is_class = class.is_some_and(|it| {
        matches!(it, "" | "Util" | "Utils" | "Helper" | "Manager" | "Service" | "Initializer")
    });
    let is_bare = chain.arguments().iter().all(|it| it.name.is_some());
    chain.links.len() == 2 && is_class && is_bare && verbs.contains(&chain.name())
}

/// Whether a method of a repository or service that is given nothing says that all goes.
fn is_of_repository(chain: &Chain) -> bool {
    let is_bare = chain.arguments().iter().all(|it| it.name.is_some());
    let name = chain.name();
    let is_all = ["deleteAll", "removeAll", "truncate", "clearAll", "wipeAll", "purgeAll"]
        .iter()
        .any(|it| name.starts_with(it));
    let on = called_on(chain);
    let is_repository = ["repo", "dao", "mapper"].iter().any(|it| on.contains(it));
    // Files that are kept for a program have a service of their own.
    let is_service = on.contains("service")
        && !["storage", "file", "index", "search"].iter().any(|it| on.contains(it));
    is_bare
        && chain.links.len() > 1
        && is_all
        && empties(name)
        && (is_repository || is_service)
        && !is_spared(&on)
}
