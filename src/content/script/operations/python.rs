//! Rows about calls in Python.

pub(super) mod cloud;
pub(super) mod libraries;
pub(super) mod stores;
mod when;

use super::chain::always;
use super::{CallRow, hit, kind};
use crate::content::script::Language::{self, Python};
use crate::content::script::model::Scope::{Backup, Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use when::{
    boto, bulk_write, call_command, collection_drop, database_file, delete_many, django_delete,
    dynamo_table, elastic, executed_delete, peewee, s3, sqlalchemy_delete, tree_of_data, vector,
};

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
        when: |it| hit(it.on().is_empty()),
    },
    CallRow {
        kind: kind(
            "py.named",
            "db.drop_all_tables(), Tortoise._drop_databases()",
            "",
            Database,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["_drop_databases", "drop_all_tables", "truncate_all_tables"],
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
            "session.execute(delete(Model)), connection.execute(users.delete()), connection.execute(DropTable(users))",
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
            "py.django.schema",
            "with connection.schema_editor() as editor: editor.delete_model(Order)",
            "outside of migrations",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete_model"],
        when: |chain| hit(chain.has(&["schema_editor", "editor"])),
    },
    CallRow {
        kind: kind(
            "py.django.call_command",
            "call_command('flush', interactive=False), call_command('delete_all_data')",
            "`flush`, `reset_db`, `migrate APP zero` without a prompt; one whose name says that a database is wiped",
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
            "database.drop_tables([...]), Model.delete().execute(), Model.drop_table(), Model.delete_table()",
            "not narrowed down",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["drop_tables", "drop_table", "delete_table", "execute", "truncate_table"],
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
        kind: kind(
            "py.pymongo.bulk",
            "db.users.bulk_write([DeleteMany({})])",
            "the filter is empty",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["bulk_write"],
        when: bulk_write,
    },
    CallRow {
        kind: kind(
            "py.redis.flush",
            "redis.flushall(), redis.flushdb(), redis.execute_command('FLUSHALL')",
            "",
            Database,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["flushall", "flushdb", "execute_command"],
        when: |chain| {
            let said = || chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
            let is_plain = chain.name() != "execute_command";
            hit(is_plain || matches!(said().to_lowercase().as_str(), "flushall" | "flushdb"))
        },
    },
    CallRow {
        kind: kind(
            "py.es.delete",
            "es.indices.delete(index='products'), es.delete_by_query(body={'query': {'match_all': {}}})",
            "an index, or all documents",
            Database,
            Critical,
            "action.destructive_requires_name",
        ),
        languages: PYTHON,
        names: &["delete", "delete_by_query", "delete_data_stream"],
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
            "chroma.delete_collection(...), index.delete(delete_all=True), client.schema.delete_all()",
            "",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete", "recreate_collection", "reset", "delete_all", "delete_index"],
        when: vector,
    },
];
