//! Rows about calls in Ruby.

use super::addresses::names_index;
use super::chain::{Chain, always, given_nothing, unfiltered};
use super::{CallRow, Hit, kind};
use crate::content::script::Language::{self, Ruby};
use crate::content::script::model::Scope::{Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::Shared;

const RUBY: &[Language] = &[Ruby];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "rb.ar",
            "User.delete_all, User.destroy_all, User.all.each(&:destroy)",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "raise unless Rails.env...; a task that it needs",
        ),
        languages: RUBY,
        names: &[
            "delete_all",
            "destroy_all",
            "each",
            "find_each",
            "map",
            "destroy",
            "destroy!",
            "delete",
            "purge",
            "purge_later",
        ],
        when: model,
    },
    CallRow {
        kind: kind(
            "rb.ar.tables",
            "connection.drop_table(:users), connection.truncate(:users), truncate_tables",
            "outside of migrations",
            Table,
            High,
            "raise unless Rails.env...",
        ),
        languages: RUBY,
        names: &[
            "drop_table",
            "truncate",
            "truncate_tables",
            "truncate_table",
            "drop_tables",
            "clean_with",
        ],
        when: tables,
    },
    CallRow {
        kind: kind(
            "rb.database",
            "connection.drop_database(name), Mongoid.purge!, Mongoid.default_client.database.drop",
            "",
            Database,
            Critical,
            "",
        ),
        languages: RUBY,
        names: &["drop_database", "purge!", "drop"],
        when: database,
    },
    CallRow {
        kind: kind(
            "rb.rake",
            "Rake::Task['db:drop'].invoke",
            "the check of protected environments is switched off",
            Database,
            High,
            "protected environments",
        ),
        languages: RUBY,
        names: &["invoke", "execute"],
        when: rake,
    },
    CallRow {
        kind: kind("rb.redis", "redis.flushall, redis.flushdb", "", Database, High, ""),
        languages: RUBY,
        names: &["flushall", "flushdb"],
        when: always,
    },
    CallRow {
        kind: kind(
            "rb.mongo",
            "collection.delete_many({})",
            "the filter is empty, or an id in the script",
            Table,
            High,
            "",
        ),
        languages: RUBY,
        names: &["delete_many"],
        when: |chain| if chain.has(&["where"]) { Hit::Miss } else { given_nothing(chain) },
    },
    CallRow {
        kind: kind(
            "rb.es",
            "client.indices.delete index: 'products', solr.delete_by_query('*:*')",
            "an index, or all documents",
            Database,
            High,
            "action.destructive_requires_name",
        ),
        languages: RUBY,
        names: &["delete", "delete_by_query", "delete_index!"],
        when: search,
    },
    CallRow {
        kind: kind(
            "rb.s3",
            "bucket.clear!, bucket.objects.batch_delete!, bucket.delete!",
            "no prefix",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: RUBY,
        names: &["clear!", "batch_delete!", "delete!"],
        when: bucket,
    },
    CallRow {
        kind: kind("rb.sequel", "DB[:users].delete", "not narrowed down", Table, High, ""),
        languages: RUBY,
        names: &["delete"],
        when: sequel,
    },
    CallRow {
        kind: kind(
            "rb.fs",
            "FileUtils.rm_rf(path)",
            "the path is a home, a root, or holds data, uploads, backups or a database",
            Files,
            High,
            "Dir.mktmpdir",
        ),
        languages: RUBY,
        names: &["rm_rf", "rm_r", "remove_dir", "remove_entry_secure", "remove_entry", "rmtree"],
        when: tree_of_data,
    },
    CallRow {
        kind: kind(
            "rb.fs.database",
            "File.delete('db/production.sqlite3')",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        languages: RUBY,
        names: &["delete", "unlink", "rm", "rm_f"],
        when: database_file,
    },
];

/// Names between a model and what is called that leave it whole.
const WHOLE: &[&str] = &[
    "all",
    "unscoped",
    "with_deleted",
    "where",
    "in_batches",
    "order",
    "reorder",
    "includes",
    "find_each",
    "only_all",
    "descendants",
];

fn is_constant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A chain that begins with a class, and that nothing but known names narrow down.
fn model(chain: &Chain) -> Hit {
    let n = chain.links.len().saturating_sub(1);
    // `%w[User Order].each { |name| name.constantize.delete_all }`.
    if matches!(chain.name(), "delete_all" | "destroy_all")
        && matches!(chain.on(), "constantize" | "safe_constantize" | "const_get")
    {
        return Hit::Full;
    }
    let is_model = chain.links.first().is_some_and(|it| is_constant(it.name) && it.call.is_none());
    let is_known =
        chain.links.iter().take(n).all(|it| is_constant(it.name) || WHOLE.contains(&it.name));
    if !is_model || !is_known {
        return Hit::Miss;
    }
    match chain.name() {
        "delete_all" | "destroy_all" => match chain.arguments().is_empty() {
            true => unfiltered(chain),
            false => Hit::Miss,
        },
        // Each row of a loop over all; what `purge` removes are attached files.
        "purge" | "purge_later" if !chain.has(&["ActiveStorage"]) => Hit::Miss,
        "destroy" | "destroy!" | "delete" | "purge" | "purge_later" => {
            let is_each = chain.has(&["find_each", "all", "where", "unscoped"]);
            let is_row = is_each && chain.arguments().is_empty();
            if is_row { unfiltered(chain) } else { Hit::Miss }
        }
        _ => {
            let each = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
            match each.as_str() {
                "destroy" | "destroy!" | "delete" | "really_destroy!" => unfiltered(chain),
                "purge" | "purge_later" if chain.has(&["ActiveStorage"]) => unfiltered(chain),
                _ => Hit::Miss,
            }
        }
    }
}

/// `Sequel.connect(...)` before the last name.
fn is_sequel(chain: &Chain) -> bool {
    chain.links.len() == 3 && chain.has(&["Sequel"]) && chain.on() == "connect"
}

fn is_connection(name: &str) -> bool {
    matches!(name, "connection" | "conn" | "DB" | "db" | "database" | "lease_connection" | "schema")
}

/// Texts are truncated as well: only tables of a connection, or all of a model.
fn tables(chain: &Chain) -> Hit {
    let is_hit = match chain.name() {
        "truncate" => {
            is_connection(chain.on())
                || is_sequel(chain)
                || (chain.links.len() == 2
                    && is_constant(chain.on())
                    && chain.arguments().is_empty())
        }
        // `DatabaseCleaner.clean_with(:truncation)`.
        "clean_with" => {
            let how = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
            chain.has(&["DatabaseCleaner"]) && matches!(how.as_str(), "truncation" | "deletion")
        }
        "drop_table" => is_connection(chain.on()) || is_sequel(chain),
        _ => true,
    };
    if is_hit { Hit::Full } else { Hit::Miss }
}

fn database(chain: &Chain) -> Hit {
    let is_hit = match chain.name() {
        "drop_database" => true,
        "purge!" => chain.on() == "Mongoid" || chain.on() == "Config",
        _ => {
            (chain.arguments().is_empty() || chain.has(&["Apartment"]))
                && (chain.has(&["Mongoid", "Apartment"])
                    || matches!(chain.on(), "database" | "collection"))
        }
    };
    if is_hit { Hit::Full } else { Hit::Miss }
}

fn rake(chain: &Chain) -> Hit {
    let task = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
    let drops = [
        "db:drop",
        "db:reset",
        "db:purge",
        "db:migrate:reset",
        "db:schema:load",
        "db:setup",
        "db:truncate_all",
        "db:seed:replant",
        "db:structure:load",
    ];
    let is_hit = drops.iter().any(|it| task == *it || task.starts_with(&format!("{it}:")))
        // What is executed goes without the tasks it needs, of which one checks the environment.
        && (chain.named("unprotected").is_some() || chain.name() == "execute");
    if is_hit { Hit::Full } else { Hit::Miss }
}

/// `DB[:users].delete`, where `DB` may stand for `Sequel.connect(...)`.
fn sequel(chain: &Chain) -> Hit {
    let is_own = chain.links.len() == 2 && chain.on() == "DB";
    let is_all = (is_own || is_sequel(chain)) && chain.arguments().is_empty();
    if is_all { Hit::Full } else { Hit::Miss }
}

fn search(chain: &Chain) -> Hit {
    let is = |of: Option<&Shared>, words: &[&str]| {
        of.and_then(|it| it.literal()).is_some_and(|it| words.contains(&it.as_str()))
    };
    let is_all = match chain.name() {
        "delete_index!" => chain.has(&["__elasticsearch__"]),
        "delete" => chain.on() == "indices" && chain.named("index").is_some_and(names_index),
        _ => is(chain.argument(0), &["*:*"]),
    };
    if is_all { Hit::Full } else { Hit::Miss }
}

/// A bucket of S3 as a whole.
fn bucket(chain: &Chain) -> Hit {
    let narrows = chain
        .links
        .iter()
        .any(|it| it.name == "objects" && it.call.is_some_and(|it| !it.arguments.is_empty()));
    let is_bucket = chain.on().ends_with("bucket")
        || (chain.on() == "objects" && chain.name() == "batch_delete!");
    if is_bucket && !narrows { Hit::Full } else { Hit::Miss }
}

fn tree_of_data(chain: &Chain) -> Hit {
    let is_data = chain.argument(0).is_some_and(super::files::is_data);
    if is_data { Hit::Full } else { Hit::Miss }
}

fn database_file(chain: &Chain) -> Hit {
    let is_file = matches!(chain.on(), "File" | "FileUtils" | "");
    let is_database = chain.argument(0).is_some_and(super::files::names_database);
    if is_file && is_database { Hit::Full } else { Hit::Miss }
}
