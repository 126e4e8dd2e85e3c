//! Rows about commands that destroy databases.

use super::command::{Words, always};
use super::{CommandRow, Hit, kind};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind("sh.dropdb", "dropdb NAME", "", Database, Critical, "--interactive"),
        programs: &["dropdb"],
        words: &[],
        when: dropdb,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.mysql",
            "mysqladmin drop NAME -f",
            "-f",
            Database,
            Critical,
            "the prompt without -f",
        ),
        programs: &["mysqladmin", "mariadb-admin"],
        words: &["drop"],
        when: always,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind("sh.redis", "redis-cli FLUSHALL", "", Database, High, "rename-command"),
        programs: &["redis-cli", "valkey-cli", "keydb-cli"],
        words: &["FLUSHALL|FLUSHDB|flushall|flushdb|FlushAll|FlushDB"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.mongorestore", "mongorestore --drop", "", Database, High, ""),
        programs: &["mongorestore"],
        words: &[],
        when: |it| given(it, &["--drop"]),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.pg_restore",
            "pg_restore --clean",
            "",
            Database,
            High,
            "--create into a new database",
        ),
        programs: &["pg_restore"],
        words: &[],
        when: pg_restore,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.django",
            "manage.py flush --no-input, manage.py migrate APP zero",
            "without a prompt",
            Database,
            Critical,
            "the prompt, on by default",
        ),
        programs: &["manage.py", "django-admin"],
        words: &["flush|reset_db|sqlflush|reset_schema"],
        when: always,
        prompt_off: &["--no-input", "--noinput"],
    },
    CommandRow {
        kind: kind("sh.django.zero", "manage.py migrate APP zero", "", Database, High, ""),
        programs: &["manage.py", "django-admin"],
        words: &["migrate", "zero"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.rails",
            "rails db:drop, rake db:reset",
            "the environment is production, or the check of it is switched off",
            Database,
            Critical,
            "protected environments",
        ),
        programs: &["rails", "rake"],
        words: &[
            "db:drop|db:reset|db:setup|db:schema:load|db:purge|db:migrate:reset|db:drop:all|db:structure:load|db:truncate_all",
        ],
        when: always,
        prompt_off: &["DISABLE_DATABASE_ENVIRONMENT_CHECK", "db:environment:set"],
    },
    CommandRow {
        kind: kind(
            "sh.laravel",
            "artisan migrate:fresh --force, artisan db:wipe --force",
            "--force",
            Database,
            Critical,
            "the prompt in production; DB::prohibitDestructiveCommands",
        ),
        programs: &["artisan"],
        words: &["migrate:fresh|migrate:refresh|migrate:reset|db:wipe"],
        when: always,
        prompt_off: &["--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.prisma",
            "prisma migrate reset --force",
            "--force",
            Database,
            Critical,
            "the prompt without --force",
        ),
        programs: &["prisma"],
        words: &["migrate", "reset"],
        when: always,
        prompt_off: &["--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.prisma.push",
            "prisma db push --force-reset, --accept-data-loss",
            "the flag is there",
            Database,
            Critical,
            "the prompt without the flag",
        ),
        programs: &["prisma"],
        words: &["db", "push"],
        when: always,
        prompt_off: &["--force-reset", "--accept-data-loss"],
    },
    CommandRow {
        kind: kind(
            "sh.sequelize",
            "sequelize db:drop, db:migrate:undo:all",
            "",
            Database,
            Critical,
            "",
        ),
        programs: &["sequelize", "sequelize-cli"],
        words: &["db:drop|db:migrate:undo:all"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.typeorm", "typeorm schema:drop", "", Database, Critical, ""),
        programs: &["typeorm", "typeorm-ts-node-commonjs", "typeorm-ts-node-esm"],
        words: &["schema:drop"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.knex", "knex migrate:rollback --all", "--all", Database, Critical, ""),
        programs: &["knex"],
        words: &["migrate:rollback"],
        when: |it| given(it, &["--all"]),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.alembic", "alembic downgrade base", "", Database, Critical, ""),
        programs: &["alembic"],
        words: &["downgrade", "base"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.flask", "flask db downgrade base", "", Database, Critical, ""),
        programs: &["flask"],
        words: &["db", "downgrade", "base"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.flyway",
            "flyway clean",
            "",
            Database,
            Critical,
            "cleanDisabled, on by default since 9",
        ),
        programs: &["flyway"],
        words: &["clean"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.liquibase", "liquibase dropAll", "", Database, Critical, ""),
        programs: &["liquibase"],
        words: &["dropAll|drop-all|rollback-all"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.sqlx",
            "sqlx database drop -y",
            "-y",
            Database,
            Critical,
            "the prompt without -y",
        ),
        programs: &["sqlx"],
        words: &["database|db", "drop|reset"],
        when: always,
        prompt_off: &["-y"],
    },
    CommandRow {
        kind: kind(
            "sh.diesel",
            "diesel database reset",
            "",
            Database,
            Critical,
            "refused in a release build",
        ),
        programs: &["diesel"],
        words: &["database", "reset|drop"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.doctrine",
            "console doctrine:database:drop --force",
            "--force",
            Database,
            Critical,
            "it does nothing without --force",
        ),
        programs: &["console"],
        words: &["doctrine:database:drop|doctrine:schema:drop|d:d:d"],
        when: always,
        prompt_off: &["--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.wp",
            "wp db reset --yes, wp site empty --yes",
            "--yes",
            Database,
            Critical,
            "the prompt without --yes",
        ),
        programs: &["wp"],
        words: &["db|site", "reset|drop|empty"],
        when: always,
        prompt_off: &["--yes"],
    },
    CommandRow {
        kind: kind(
            "sh.supabase",
            "supabase db reset --linked",
            "--linked or --db-url",
            Database,
            Critical,
            "the prompt",
        ),
        programs: &["supabase"],
        words: &["db", "reset"],
        when: |it| given(it, &["--linked", "--db-url"]),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.planetscale",
            "pscale database delete NAME --force",
            "--force",
            Database,
            Critical,
            "the prompt without --force",
        ),
        programs: &["pscale"],
        words: &["database|branch", "delete"],
        when: always,
        prompt_off: &["--force"],
    },
    CommandRow {
        kind: kind(
            "sh.turso",
            "turso db destroy NAME --yes",
            "--yes",
            Database,
            Critical,
            "the prompt without --yes",
        ),
        programs: &["turso"],
        words: &["db|group", "destroy"],
        when: always,
        prompt_off: &["-y", "--yes"],
    },
    CommandRow {
        kind: kind(
            "sh.sqlx.revert",
            "sqlx migrate revert --target-version 0",
            "down to the first migration",
            Database,
            High,
            "",
        ),
        programs: &["sqlx"],
        words: &["migrate", "revert"],
        when: |it| {
            let to = it.value_of(&["--target-version"]);
            if to.is_some_and(|it| it.text == "0") { Hit::Full } else { Hit::Miss }
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.neon", "neonctl projects delete ID", "", Database, Critical, ""),
        programs: &["neonctl", "neon"],
        words: &["projects|databases", "delete"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.heroku",
            "heroku pg:reset --confirm APP",
            "--confirm",
            Database,
            Critical,
            "the prompt without --confirm",
        ),
        programs: &["heroku"],
        words: &["pg:reset|apps:destroy|addons:destroy|pg:backups:restore|pg:copy"],
        when: always,
        prompt_off: &["--confirm", "-c"],
    },
    CommandRow {
        kind: kind(
            "sh.drush",
            "drush sql-drop -y",
            "-y",
            Database,
            Critical,
            "the prompt without -y",
        ),
        programs: &["drush"],
        words: &["sql-drop|sql:drop|site-install|site:install|si"],
        when: always,
        prompt_off: &["-y", "--yes"],
    },
    CommandRow {
        kind: kind(
            "sh.dotnet_ef",
            "dotnet ef database drop --force",
            "--force",
            Database,
            Critical,
            "the prompt without --force",
        ),
        programs: &["dotnet", "dotnet-ef"],
        words: &["database", "drop"],
        when: always,
        prompt_off: &["-f", "--force"],
    },
    CommandRow {
        kind: kind(
            "sh.migrate",
            "migrate -database URL drop -f",
            "-f",
            Database,
            Critical,
            "the prompt without -f",
        ),
        programs: &["migrate"],
        words: &["drop"],
        when: always,
        prompt_off: &["-f"],
    },
    CommandRow {
        kind: kind(
            "sh.migrate.down",
            "migrate -database URL down -all",
            "-all, or an answer that is piped in",
            Database,
            Critical,
            "the prompt without -all",
        ),
        programs: &["migrate"],
        words: &["down"],
        when: |it| {
            let is_some = it.plain().any(|it| it.text.parse::<u32>().is_ok());
            if is_some { Hit::Miss } else { Hit::Full }
        },
        prompt_off: &["-all", "--all"],
    },
    CommandRow {
        kind: kind("sh.goose", "goose reset, dbmate drop", "", Database, Critical, ""),
        programs: &["goose", "dbmate"],
        words: &["reset|drop"],
        when: always,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.key_value",
            "etcdctl del '' --prefix, consul kv delete -recurse",
            "all keys below one",
            Database,
            High,
            "",
        ),
        programs: &["etcdctl", "consul"],
        words: &["del|delete|kv"],
        when: |it| given(it, &["--prefix", "--from-key", "-recurse"]),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.bq", "bq rm -r -f DATASET", "-f", Table, High, "the prompt without -f"),
        programs: &["bq"],
        words: &["rm"],
        when: always,
        prompt_off: &["-f", "--force", "--force=true"],
    },
];

/// One of these flags is given.
fn given(words: &Words, flags: &[&str]) -> Hit {
    if words.any(flags) { Hit::Full } else { Hit::Miss }
}

fn dropdb(words: &Words) -> Hit {
    if words.any(&["-i", "--interactive", "--help"]) || words.rest.is_empty() {
        return Hit::Miss;
    }
    let is_test = words.plain().last().is_some_and(|it| it.text.contains("test"));
    if is_test { Hit::Miss } else { Hit::Full }
}

/// Restoring over a database that is for development only is what its name says.
fn pg_restore(words: &Words) -> Hit {
    let is_development = words.rest.iter().any(|it| it.text.contains("_test"));
    if words.any(&["--clean", "-c"]) && !is_development { Hit::Full } else { Hit::Miss }
}
