//! Rows about calls in Ruby.

pub(super) mod elsewhere;
pub(super) mod stores;
mod tasks;

use super::chain::{Chain, Link, given_nothing, picks_one, says_who, unfiltered};
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Ruby};
use crate::content::script::elements::{makes_class, method_of_each};
use crate::content::script::model::Scope::{Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Argument, Form, Shared};
use crate::content::script::value::texts;
use std::rc::Rc;

use stores::{bucket, redis, search};
use tasks::rake;

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
            "each_record",
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
            "connection.drop_table(:users), connection.truncate(:users), truncate_tables, DatabaseCleaner.clean",
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
            "clean",
        ],
        when: tables,
    },
    CallRow {
        kind: kind(
            "rb.database",
            "connection.drop_database(name), DatabaseTasks.drop_current, Mongoid.purge!, ActiveFedora::Cleaner.clean!",
            "",
            Database,
            Critical,
            "",
        ),
        languages: RUBY,
        names: &[
            "drop_database",
            "recreate_database",
            "purge!",
            "drop",
            "drop_current",
            "purge_current",
            "purge_all",
            "drop_all",
            "truncate_all",
            "clean!",
            "wipe!",
        ],
        when: database,
    },
    CallRow {
        kind: kind(
            "rb.made_anew",
            "create_table :users, force: true; DB.create_table!(:users); User.auto_migrate!; Rake::Task['db:mongoid:drop'].invoke",
            "outside of migrations and of the schema of Rails; what is there goes first, and nobody asks",
            Table,
            High,
            "",
        ),
        languages: RUBY,
        names: &["create_table", "create_table!", "drop_table?", "auto_migrate!", "invoke"],
        when: |chain| {
            let is_forced = || {
                chain
                    .named("force")
                    .is_some_and(|it| !matches!(it.form, Form::Bool(false) | Form::Nothing))
            };
            let told = || chain.argument(0).is_some();
            let is_hit = match chain.name() {
                "create_table" => is_forced() && told() && chain.named("temporary").is_none(),
                "create_table!" | "drop_table?" => chain.links.len() > 1 && told(),
                "auto_migrate!" => chain.links.len() > 1,
                _ => {
                    chain.has(&["Rake::Task"])
                        && chain.argument(0).into_iter().flat_map(texts).any(|it| {
                            matches!(it.text.as_str(), "db:mongoid:drop" | "db:mongoid:purge")
                        })
                }
            };
            hit(is_hit)
        },
    },
    CallRow {
        kind: kind(
            "rb.rake",
            "Rake::Task['db:drop'].invoke, task reset: ['db:drop']",
            "the check of protected environments is switched off, or the version of Rails has none",
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
        names: &["flushall", "flushdb", "redis"],
        when: redis,
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
        names: &["clear!", "batch_delete!", "delete!", "each", "delete"],
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
    "find_in_batches",
    "only_all",
    "descendants",
    "not",
    "limit",
];

/// What is left of all rows: those but a few that are named here are all of them as well, `where.not(email: 'a@b.c')`, and so are
/// those that a condition leaves which always holds.
fn ways(chain: &Chain) -> Hit {
    let is_always = |it: &Argument| {
        let text = it.value.literal().filter(|_| it.name.is_none()).unwrap_or_default();
        matches!(text.replace(' ', "").as_str(), "id>0" | "1=1" | "id>=0" | "idISNOTNULL" | "true")
    };
    let leaves_few = |it: &Argument| {
        let is_short = match &it.value.form {
            Form::List(all) => all.len() < 4 && all.iter().all(|it| it.literal().is_some()),
            _ => it.value.literal().is_some(),
        };
        is_short && it.name.as_deref().is_some_and(says_who)
    };
    let n = chain.links.len().saturating_sub(1);
    let narrows = chain.links.iter().take(n).any(|link| {
        let given = link.call.map_or(&[][..], |it| &it.arguments);
        let is_open = match link.name {
            "where" => given.iter().all(is_always),
            "not" => given.iter().all(leaves_few),
            "limit" => false,
            _ => return false,
        };
        !is_open
    });
    if chain.has(&["where", "not", "limit"]) && !narrows { Hit::Full } else { unfiltered(chain) }
}

fn is_constant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A chain that begins with a class, and that nothing but known names narrow down.
fn model(chain: &Chain) -> Hit {
    let n = chain.links.len().saturating_sub(1);
    // `%w[User Order].each { |name| name.constantize.delete_all }`.
    if matches!(chain.name(), "delete_all" | "destroy_all") && is_class_by_name(chain) {
        return Hit::Full;
    }
    if is_of_one(chain) {
        return Hit::Tenant;
    }
    let is_model = chain.links.first().is_some_and(|it| is_constant(it.name) && it.call.is_none());
    let is_known = (chain.links.iter().take(n))
        .all(|it| is_constant(it.name) || WHOLE.contains(&it.name) || is_list_of_models(chain, it));
    if !is_model || !is_known {
        return Hit::Miss;
    }
    let narrowed = || if chain.is_on_chosen() { Hit::Miss } else { ways(chain) };
    match chain.name() {
        "delete_all" | "destroy_all" => match chain.arguments().is_empty() {
            true => ways(chain),
            false => Hit::Miss,
        },
        // Each row of a loop over all; what `purge` removes are attached files.
        "purge" | "purge_later" if !chain.has(&["ActiveStorage"]) => Hit::Miss,
        "destroy" | "destroy!" | "delete" | "purge" | "purge_later" => {
            let is_each = chain.has(&["find_each", "all", "where", "unscoped"]);
            let is_row = is_each && chain.arguments().is_empty();
            if is_row { narrowed() } else { Hit::Miss }
        }
        _ => {
            let each = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
            match each.as_str() {
                "destroy" | "destroy!" | "delete" | "really_destroy!" => ways(chain),
                "purge" | "purge_later" if chain.has(&["ActiveStorage"]) => unfiltered(chain),
                _ => Hit::Miss,
            }
        }
    }
}

/// `name.constantize.unscoped`, or one of `connection.tables.map { |it| it.classify.constantize }`.
fn is_class_by_name(chain: &Chain) -> bool {
    let mut before = chain.links.iter().rev().skip(1);
    before.find(|it| !matches!(it.name, "unscoped" | "all")).is_some_and(|it| {
        let by = it.call.filter(|_| it.name == "map").and_then(method_of_each);
        makes_class(by.as_deref().unwrap_or(it.name))
    })
}

/// `ApplicationRecord.descendants.reject(&:abstract_class?)`: of all models those that have tables.
fn is_list_of_models(chain: &Chain, link: &Link) -> bool {
    let root = chain.links.first().map_or("", |it| it.name);
    match link.name {
        "subclasses" => true,
        "models" => root == "Mongoid",
        "each_object" => root == "ObjectSpace",
        name => {
            ["reject", "select", "filter", "sort_by", "reverse", "uniq", "to_a"].contains(&name)
                && chain.has(&["descendants", "subclasses", "models", "each_object"])
        }
    }
}

/// `Company.find_by(name: 'Acme').users.destroy_all`: what belongs to one whom the script says.
fn is_of_one(chain: &Chain) -> bool {
    let [class, one, what, _] = chain.links.as_slice() else { return false };
    is_constant(class.name)
        && picks_one(one.name)
        && one.call.is_none_or(|it| it.arguments.iter().all(|it| it.value.literal().is_some()))
        && what.call.is_none_or(|it| it.arguments.is_empty())
        && matches!(chain.name(), "destroy_all" | "delete_all")
        && chain.arguments().is_empty()
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
                || chain.on() == "from" && chain.has(&["DB", "Sequel"])
                || (chain.links.len() == 2
                    && is_constant(chain.on())
                    && chain.arguments().is_empty())
        }
        // `DatabaseCleaner.clean_with(:truncation)`.
        "clean_with" => {
            let how = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
            chain.has(&["DatabaseCleaner"]) && matches!(how.as_str(), "truncation" | "deletion")
        }
        "clean" => chain.has(&["DatabaseCleaner"]) && chain.arguments().is_empty(),
        "drop_table" => chain.links.len() == 1 || is_connection(chain.on()) || is_sequel(chain),
        _ => true,
    };
    hit(is_hit)
}

fn database(chain: &Chain) -> Hit {
    let is_hit = match chain.name() {
        "drop_database" | "recreate_database" => true,
        "purge!" => chain.on() == "Mongoid" || chain.on() == "Config",
        "drop_current" | "purge_current" | "purge_all" | "drop_all" | "truncate_all" => {
            chain.on().ends_with("DatabaseTasks")
        }
        "clean!" => chain.on().ends_with("Cleaner"),
        "wipe!" => chain.on() == "persister",
        _ => {
            chain.on().ends_with("DatabaseTasks")
                || (chain.arguments().is_empty() || chain.has(&["Apartment"]))
                    && (chain.has(&["Mongoid", "Apartment"])
                        || matches!(chain.on(), "database" | "collection"))
        }
    };
    hit(is_hit)
}

/// `DB[:users].delete`, where `DB` may stand for `Sequel.connect(...)`.
fn sequel(chain: &Chain) -> Hit {
    let is_own = chain.links.len() == 2 && chain.on() == "DB";
    // `DB.from(:users).delete`.
    let is_from = chain.on() == "from" && chain.has(&["DB", "Sequel"]) && chain.links.len() < 5;
    // `Shop::Order.dataset.delete`: all rows of a model.
    let model = chain.links.iter().rev().nth(2).map(|it| it.name).unwrap_or_default();
    let is_of_model = chain.on() == "dataset" && is_constant(model);
    let is_all =
        (is_own || is_from || is_of_model || is_sequel(chain)) && chain.arguments().is_empty();
    hit(is_all)
}

fn tree_of_data(chain: &Chain) -> Hit {
    // `Pathname.new(path).rmtree`, and of each of its `children`.
    let own = chain.links.iter().find(|it| matches!(it.name, "new" | "Pathname"));
    let own = own.filter(|_| chain.has(&["Pathname"])).and_then(|it| it.call);
    let own = own.and_then(|it| it.arguments.first());
    // `Rails.root.join('storage').rmtree`.
    let on = chain.links.last().and_then(|it| it.call).and_then(|it| match &it.callee.form {
        Form::Member(on, name) if name == "rmtree" => Some(on),
        _ => None,
    });
    let path = chain.argument(0).or(own.map(|it| &it.value)).or(on);
    let is_data = path.is_some_and(|it| super::files::is_data(&listed(it)));
    hit(is_data)
}

/// The path of `Dir['uploads/*']`, `Dir.glob('uploads/*')`.
fn listed(of: &Shared) -> Shared {
    let is_directory = |it: &Shared| matches!(&it.form, Form::Name(name) if name == "Dir");
    match &of.form {
        Form::Index(on, path) if is_directory(on) => Rc::clone(path),
        Form::Call(call) => match (&call.callee.form, call.arguments.first()) {
            (Form::Member(on, _), Some(path)) if is_directory(on) => Rc::clone(&path.value),
            _ => Rc::clone(of),
        },
        _ => Rc::clone(of),
    }
}

fn database_file(chain: &Chain) -> Hit {
    let is_file = matches!(chain.on(), "File" | "FileUtils" | "");
    let is_database = chain.argument(0).is_some_and(super::files::names_database);
    hit(is_file && is_database)
}
