//! Rows about calls in JavaScript and TypeScript that go to relational and document databases.

mod asked;
mod builders;
pub(super) mod cloud;
pub(super) mod disk;
pub(super) mod elsewhere;
pub(super) mod embedded;
mod rows;

use super::chain::{always, name_of};
use super::{CallRow, hit, kind};
use crate::content::script::Language::{self, JavaScript, TypeScript};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::Form;
use crate::content::script::value::texts_in;
use asked::{
    collection, delete_many, delete_one, destroy, drop_table, is_database, payload, query_builder,
    repository, supabase, sync, synchronize, undone,
};
use builders::{drizzle, drizzle_reset, knex, kysely};

const BOTH: &[Language] = &[JavaScript, TypeScript];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "js.prisma",
            "prisma.user.deleteMany(), Model.deleteMany({})",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["deleteMany"],
        when: delete_many,
    },
    CallRow {
        kind: kind(
            "js.prisma.delete",
            "prisma.user.delete({ where: { email: '...' } })",
            "by the id of a tenant in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["delete"],
        when: delete_one,
    },
    CallRow {
        kind: kind(
            "js.sequelize",
            "sequelize.sync({ force: true }), queryInterface.dropAllTables()",
            "",
            Database,
            Critical,
            "the option `match: /_test$/`",
        ),
        languages: BOTH,
        names: &["sync", "dropAllTables", "dropAllSchemas", "dropAllEnums"],
        when: sync,
    },
    CallRow {
        kind: kind(
            "js.sequelize.destroy",
            "Model.destroy({ where: {} }), Model.destroy({ truncate: true }), Model.destroyAll()",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["destroy", "destroyAll"],
        when: destroy,
    },
    CallRow {
        kind: kind(
            "js.typeorm",
            "dataSource.synchronize(true), new DataSource({ dropSchema: true }), TypeOrmModule.forRoot({ dropSchema: true }), generator.dropSchema()",
            "",
            Database,
            Critical,
            "",
        ),
        languages: BOTH,
        names: &[
            "synchronize",
            "DataSource",
            "createConnection",
            "forRoot",
            "dropSchema",
            "refreshDatabase",
            "refresh",
            "useRefreshDatabase",
        ],
        when: synchronize,
    },
    CallRow {
        kind: kind(
            "js.typeorm.delete",
            "repository.clear(), repository.delete({}), manager.delete(User, {})",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["clear", "delete", "deleteAll", "nativeDelete"],
        when: repository,
    },
    CallRow {
        kind: kind(
            "js.typeorm.query_builder",
            "createQueryBuilder().delete().from(User).execute()",
            "not narrowed down",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["execute"],
        when: query_builder,
    },
    CallRow {
        kind: kind(
            "js.mongoose",
            "mongoose.connection.dropDatabase()",
            "",
            Database,
            Critical,
            "MongoMemoryServer",
        ),
        languages: BOTH,
        names: &["dropDatabase"],
        when: always,
    },
    CallRow {
        kind: kind(
            "js.mongoose.drop",
            "db.collection('users').drop(), db.dropCollection('users'), Model.drop()",
            "of a collection, a model or a database",
            Table,
            Critical,
            "",
        ),
        languages: BOTH,
        names: &["drop", "dropCollection", "remove", "removeAsync"],
        when: collection,
    },
    CallRow {
        kind: kind(
            "js.knex",
            "knex('users').del(), knex('users').truncate(), User.query().delete()",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["del", "delete", "truncate", "where", "whereNotNull"],
        when: knex,
    },
    CallRow {
        kind: kind(
            "js.payload",
            "payload.delete({ collection: 'orders', where: { id: { exists: true } } })",
            "the filter holds for every row",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["delete"],
        when: payload,
    },
    CallRow {
        kind: kind(
            "js.cleaner",
            "cleaner.clean(knex, { mode: 'truncate' })",
            "of knex-cleaner, database-cleaner and their like",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["clean"],
        when: |it| {
            let on = it.on().to_lowercase();
            let is_cleaner = on.ends_with("cleaner") && it.argument(0).is_some();
            let takes_database = it.argument(0).is_some_and(|it| {
                let named = match &it.form {
                    Form::Argument(name) => name.clone(),
                    _ => name_of(it),
                };
                is_database(&named) || texts_in(it).iter().any(|it| it.contains("knex"))
            });
            hit(is_cleaner && takes_database)
        },
    },
    CallRow {
        kind: kind(
            "js.knex.drop_table",
            "knex.schema.dropTable('users'), queryInterface.dropTable('users'), User.dropTable()",
            "outside of a migration",
            Table,
            High,
            "exports.down",
        ),
        languages: BOTH,
        names: &["dropTable", "dropTableIfExists", "bulkDelete"],
        when: drop_table,
    },
    CallRow {
        kind: kind(
            "js.migrations.down",
            "knex.migrate.rollback(null, true), umzug.down({ to: 0 }), runner({ direction: 'down', count: Infinity })",
            "all migrations",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["rollback", "down", "runner"],
        when: undone,
    },
    CallRow {
        kind: kind(
            "js.kysely",
            "db.deleteFrom('users').execute()",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["deleteFrom", "where"],
        when: kysely,
    },
    CallRow {
        kind: kind(
            "js.drizzle",
            "db.delete(users)",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["delete", "where"],
        when: drizzle,
    },
    CallRow {
        kind: kind(
            "js.drizzle.reset",
            "reset(db, schema)",
            "drizzle-seed: every table of the schema is emptied",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["reset"],
        when: drizzle_reset,
    },
    CallRow {
        kind: kind(
            "js.supabase",
            "supabase.from('users').delete().neq('id', 0)",
            "the filter holds for every row",
            Table,
            High,
            "delete() without a filter is refused",
        ),
        languages: BOTH,
        names: &["neq", "gt", "gte", "lt", "lte", "not", "like", "ilike", "filter"],
        when: supabase,
    },
];
