//! Rows about calls in Python.

use super::chain::{Chain, Narrowed, always, given_nothing, narrowed_by, unfiltered};
use super::{CallRow, Hit, kind};
use crate::content::script::Language::{self, Python};
use crate::content::script::model::Scope::{Backup, Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::Form;

const PYTHON: &[Language] = &[Python];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "py.sqlalchemy.drop_all",
            "Base.metadata.drop_all(engine), db.drop_all()",
            "",
            Database,
            Critical,
            "a fixture of tests",
        ),
        languages: PYTHON,
        names: &["drop_all", "drop_everything"],
        when: always,
    },
    CallRow {
        kind: kind(
            "py.sqlalchemy_utils.drop_database",
            "drop_database(url)",
            "",
            Database,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["drop_database"],
        when: |it| if it.on().is_empty() { Hit::Full } else { Hit::Miss },
    },
    CallRow {
        kind: kind(
            "py.named",
            "drop_all_tables(), dropTables(), wipe_database() of another file",
            "",
            Database,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &[
            "drop_all_tables",
            "dropTables",
            "truncate_all_tables",
            "wipe_database",
            "drop_db",
        ],
        when: always,
    },
    CallRow {
        kind: kind(
            "py.sqlalchemy.bulk_delete",
            "session.query(Model).delete(), session.execute(delete(Model))",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete"],
        when: sqlalchemy_delete,
    },
    CallRow {
        kind: kind(
            "py.sqlalchemy.table_delete",
            "session.execute(delete(Model)), connection.execute(users.delete())",
            "no .where",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["execute", "exec", "scalars"],
        when: executed_delete,
    },
    CallRow {
        kind: kind(
            "py.django.qs_delete",
            "Model.objects.all().delete()",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "BaseCommand with --noinput",
        ),
        languages: PYTHON,
        names: &["delete", "_raw_delete"],
        when: django_delete,
    },
    CallRow {
        kind: kind(
            "py.django.call_command",
            "call_command('flush', interactive=False)",
            "`flush`, `reset_db`, `sqlflush`, `migrate APP zero` without a prompt",
            Database,
            Critical,
            "the prompt, on by default",
        ),
        languages: PYTHON,
        names: &["call_command"],
        when: call_command,
    },
    CallRow {
        kind: kind(
            "py.peewee",
            "database.drop_tables([...]), Model.delete().execute(), Model.drop_table()",
            "not narrowed down",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["drop_tables", "drop_table", "execute", "truncate_table"],
        when: peewee,
    },
    CallRow {
        kind: kind(
            "py.pymongo.drop_database",
            "client.drop_database(name), db.command('dropDatabase')",
            "",
            Database,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["drop_database", "dropDatabase"],
        when: always,
    },
    CallRow {
        kind: kind(
            "py.pymongo.drop",
            "db.users.drop(), db.drop_collection('users')",
            "",
            Table,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["drop", "drop_collection", "delete_collection", "drop_index_and_data"],
        when: collection_drop,
    },
    CallRow {
        kind: kind(
            "py.pymongo.delete_many",
            "db.users.delete_many({}), db.users.remove({})",
            "the filter is empty, or an id in the script",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete_many", "remove"],
        when: delete_many,
    },
    CallRow {
        kind: kind("py.redis.flush", "redis.flushall(), redis.flushdb()", "", Database, High, ""),
        languages: PYTHON,
        names: &["flushall", "flushdb"],
        when: always,
    },
    CallRow {
        kind: kind(
            "py.es.delete",
            "es.indices.delete(index='*'), es.delete_by_query(body={'query': {'match_all': {}}})",
            "all indices, or all documents",
            Database,
            Critical,
            "action.destructive_requires_name",
        ),
        languages: PYTHON,
        names: &["delete", "delete_by_query"],
        when: elastic,
    },
    CallRow {
        kind: kind(
            "py.boto3.s3",
            "bucket.objects.all().delete(), bucket.object_versions.delete(), delete_bucket(...)",
            "",
            Cloud,
            Critical,
            "versioning, MFA delete, Object Lock",
        ),
        languages: PYTHON,
        names: &["delete", "delete_bucket"],
        when: s3,
    },
    CallRow {
        kind: kind(
            "py.boto3.rds",
            "rds.delete_db_instance(...), delete_table, terminate_instances, delete_stack, delete_volume",
            "",
            Cloud,
            Critical,
            "DeletionProtection, a final snapshot",
        ),
        languages: PYTHON,
        names: &[
            "delete_db_instance",
            "delete_db_cluster",
            "terminate_instances",
            "delete_stack",
            "delete_file_system",
            "delete_cluster",
            "delete_volume",
        ],
        when: boto,
    },
    CallRow {
        kind: kind(
            "py.boto3.table",
            "boto3.resource('dynamodb').Table(name).delete()",
            "",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: PYTHON,
        names: &["delete"],
        when: dynamo_table,
    },
    CallRow {
        kind: kind(
            "py.boto3.snapshot",
            "ec2.delete_snapshot(...), delete_db_snapshot, delete_backup",
            "",
            Backup,
            Critical,
            "a vault lock",
        ),
        languages: PYTHON,
        names: &[
            "delete_snapshot",
            "delete_db_snapshot",
            "delete_db_cluster_snapshot",
            "delete_backup",
            "delete_recovery_point",
        ],
        when: boto,
    },
    CallRow {
        kind: kind(
            "py.fs.rmtree",
            "shutil.rmtree(path)",
            "the path is a home, a root, or holds data, uploads, backups or a database",
            Files,
            High,
            "tempfile.TemporaryDirectory",
        ),
        languages: PYTHON,
        names: &["rmtree"],
        when: tree_of_data,
    },
    CallRow {
        kind: kind(
            "py.fs.remove_db",
            "os.remove('app.db'), Path('app.sqlite3').unlink()",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["remove", "unlink"],
        when: database_file,
    },
    CallRow {
        kind: kind(
            "py.vector",
            "chroma.delete_collection(...), index.delete(delete_all=True)",
            "",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete", "recreate_collection"],
        when: vector,
    },
];

/// Queries of SQLAlchemy: `session.query(M)` with filters, or a statement that `delete(M)` begins.
fn sqlalchemy_delete(chain: &Chain) -> Hit {
    if chain.has(&["objects"]) {
        return Hit::Miss;
    }
    match chain.links.iter().find(|it| matches!(it.name, "query")) {
        // `Model.query.delete()`, `session.query(Model).delete()`.
        Some(query) if query.call.is_none_or(|it| !it.arguments.is_empty()) => unfiltered(chain),
        _ => Hit::Miss,
    }
}

/// A statement that is made by `delete(Model)` or `table.delete()`.
fn executed_delete(chain: &Chain) -> Hit {
    let Some(Form::Call(call)) = chain.argument(0).map(|it| &it.form) else { return Hit::Miss };
    let inner = Chain::of(call);
    let Some(at) = inner.links.iter().position(|it| it.name == "delete" && it.call.is_some())
    else {
        return Hit::Miss;
    };
    let takes_table = inner.links[at].call.is_some_and(|it| !it.arguments.is_empty());
    // `delete(Model)` or `sa.delete(Model)`; else `table.delete()`.
    if !takes_table && (at == 0 || inner.has(&["objects", "query"])) {
        return Hit::Miss;
    }
    unfiltered(&inner)
}

/// Managers and query sets of Django.
fn django_delete(chain: &Chain) -> Hit {
    if chain.links.iter().any(|it| is_bucket(it.name)) {
        return Hit::Miss;
    }
    if !chain.has(&["objects", "all_objects", "_default_manager", "_base_manager"]) {
        return Hit::Miss;
    }
    if chain.has(&[
        "get",
        "first",
        "last",
        "earliest",
        "latest",
        "get_or_create",
        "create",
        "update_or_create",
    ]) {
        return Hit::Miss;
    }
    unfiltered(chain)
}

fn call_command(chain: &Chain) -> Hit {
    let command = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
    let is_silent =
        chain.named("interactive").is_some_and(|it| matches!(it.form, Form::Bool(false)))
            || chain.named("no_input").is_some()
            || chain.named("noinput").is_some()
            || chain
                .arguments()
                .iter()
                .filter_map(|it| it.value.literal())
                .any(|it| it.contains("no-input") || it.contains("noinput"));
    let is_zero = chain.arguments().iter().any(|it| it.value.literal().as_deref() == Some("zero"));
    match command.as_str() {
        "flush" | "reset_db" | "sqlflush" | "reset_schema" if is_silent => Hit::Full,
        "migrate" if is_zero => Hit::Full,
        _ => Hit::Miss,
    }
}

fn peewee(chain: &Chain) -> Hit {
    match chain.name() {
        // Alembic's `op.drop_table` is a migration.
        "drop_table" | "truncate_table" if chain.on() == "op" => Hit::Miss,
        "drop_tables" | "drop_table" | "truncate_table" => Hit::Full,
        _ => match chain.links.iter().find(|it| it.name == "delete") {
            Some(link)
                if link.call.is_some_and(|it| it.arguments.is_empty())
                    && !chain.has(&["session"]) =>
            {
                unfiltered(chain)
            }
            _ => Hit::Miss,
        },
    }
}

fn collection_drop(chain: &Chain) -> Hit {
    match chain.name() {
        // Data frames drop columns, and tables of SQLAlchemy say what they drop from.
        "drop" => {
            let root = chain.links.first().map_or("", |it| it.name);
            let is_mongo = chain.arguments().is_empty()
                && (chain.links.len() > 2 && is_database(root)
                    || chain.on().contains("collection")
                    || chain.on().contains("coll"));
            let is_table = chain.has(&["__table__"]);
            if is_mongo || is_table { Hit::Full } else { Hit::Miss }
        }
        _ => Hit::Full,
    }
}

fn is_database(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["db", "database", "client", "mongo"]
        .iter()
        .any(|it| lower == *it || lower.ends_with(&format!("_{it}")) || lower.starts_with("mongo"))
}

fn delete_many(chain: &Chain) -> Hit {
    match chain.name() {
        "remove"
            if !chain
                .argument(0)
                .is_some_and(|it| matches!(&it.form, Form::Map(all) if all.is_empty())) =>
        {
            Hit::Miss
        }
        "delete_many" if chain.arguments().is_empty() => Hit::Miss,
        _ => given_nothing(chain),
    }
}

fn elastic(chain: &Chain) -> Hit {
    if chain.name() == "delete" {
        let index = chain.named("index").or(chain.argument(0)).and_then(|it| it.literal());
        let is_all = index.is_some_and(|it| it == "*" || it == "_all");
        return if chain.has(&["indices"]) && is_all { Hit::Full } else { Hit::Miss };
    }
    let body = chain.named("body").or(chain.named("query")).or(chain.argument(1));
    let is_all = body.is_some_and(|it| format!("{it:?}").contains("match_all"));
    if is_all { Hit::Full } else { Hit::Miss }
}

fn s3(chain: &Chain) -> Hit {
    if chain.name() == "delete_bucket" {
        return Hit::Full;
    }
    if chain.has(&["object_versions"])
        && narrowed_by(chain.arguments()) == Narrowed::Nothing
        && !chain.has(&["filter"])
    {
        return Hit::Full;
    }
    if chain.has(&["objects"])
        && chain.has(&["all"])
        && chain.links.iter().any(|it| is_bucket(it.name))
    {
        return Hit::Full;
    }
    Hit::Miss
}

fn dynamo_table(chain: &Chain) -> Hit {
    if chain.on() == "Table" && chain.arguments().is_empty() { Hit::Full } else { Hit::Miss }
}

fn is_bucket(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("bucket") || lower.contains("s3")
}

fn boto(chain: &Chain) -> Hit {
    // Methods of a client, not of one's own class.
    match chain.on() {
        "self" | "" => Hit::Miss,
        _ => Hit::Full,
    }
}

fn tree_of_data(chain: &Chain) -> Hit {
    let Some(path) = chain.argument(0).or(chain.named("path")) else { return Hit::Miss };
    if super::files::is_data(path) { Hit::Full } else { Hit::Miss }
}

fn database_file(chain: &Chain) -> Hit {
    let path = match chain.argument(0) {
        Some(path) => Some(path.clone()),
        None => chain
            .links
            .iter()
            .rev()
            .nth(1)
            .and_then(|it| it.call)
            .and_then(|it| it.arguments.first())
            .map(|it| it.value.clone()),
    };
    let is_database = path.is_some_and(|it| super::files::names_database(&it));
    if is_database { Hit::Full } else { Hit::Miss }
}

fn vector(chain: &Chain) -> Hit {
    match chain.name() {
        "recreate_collection" => Hit::Full,
        _ => {
            match chain.named("delete_all").is_some_and(|it| matches!(it.form, Form::Bool(true))) {
                true => Hit::Full,
                false => Hit::Miss,
            }
        }
    }
}
