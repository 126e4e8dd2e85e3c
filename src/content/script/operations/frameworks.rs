//! Rows about commands of frameworks and of tools for migrations.

use super::command::{Line, Word, always, given, told};
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::words::{is_development, is_of_tests};

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.django",
            "manage.py flush --no-input, manage.py migrate APP zero",
            "without a prompt",
            Database,
            Critical,
            "the prompt, on by default",
        ),
        programs: &["manage.py", "django-admin", "manage"],
        words: &["flush|reset_db|reset_schema"],
        when: always,
        prompt_off: &["--no-input", "--noinput", "--force", "--yes"],
    },
    CommandRow {
        kind: kind("sh.django.zero", "manage.py migrate APP zero", "", Database, High, ""),
        programs: &["manage.py", "django-admin", "manage"],
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
            "sh.rails.own",
            "rake shop:db:reset, rake warehouse:db:drop",
            "a task of the program itself",
            Database,
            Critical,
            "what the task asks",
        ),
        programs: &["rails", "rake"],
        words: &[],
        when: |it| {
            let of = |word: &Word| {
                let ends = [":db:reset", ":db:drop", ":db:drop:all"];
                let of = ends.iter().find_map(|end| word.text.strip_suffix(end))?;
                Some(!is_development(of) && !is_of_tests(of) && !matches!(of, "spec" | "cache"))
            };
            hit(it.plain().filter_map(of).any(|it| it))
        },
        prompt_off: &[],
    },
    CommandRow {
        kind: kind("sh.rails.zero", "rake db:migrate VERSION=0", "", Database, Critical, ""),
        programs: &["rails", "rake"],
        words: &["db:migrate"],
        when: |it| hit(it.plain().any(|it| it.text == "VERSION=0")),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.rails.unchecked",
            "rake app:reset DISABLE_DATABASE_ENVIRONMENT_CHECK=1",
            "the check of the environment is switched off, and the task is called after resetting, dropping or loading",
            Database,
            Critical,
            "protected environments",
        ),
        programs: &["rails", "rake"],
        words: &[],
        when: |it| {
            let verbs = ["reset", "drop", "purge", "wipe", "recreate", "rebuild", "load", "clean"];
            let says = |word: &Word| verbs.iter().any(|verb| word.text.contains(verb));
            hit(it.plain().any(says))
        },
        prompt_off: &["DISABLE_DATABASE_ENVIRONMENT_CHECK"],
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
            "sequelize db:drop, db:migrate:undo:all, db:seed:undo:all",
            "",
            Database,
            Critical,
            "",
        ),
        programs: &["sequelize", "sequelize-cli"],
        words: &["db:drop|db:migrate:undo:all|db:seed:undo:all"],
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
        kind: kind(
            "sh.sqitch",
            "sqitch revert -y",
            "told to do it, and not how far back",
            Database,
            Critical,
            "the prompt without -y",
        ),
        programs: &["sqitch"],
        words: &["revert"],
        when: |it| {
            let how_far = ["--to", "--to-change", "--onto-change"];
            let values = [
                "-t",
                "--target",
                "-d",
                "--db-name",
                "-h",
                "--db-host",
                "-u",
                "--db-user",
                "-p",
                "--db-port",
                "-C",
                "--chdir",
                "-s",
                "--set",
                "--registry",
                "--plan-file",
                "-f",
            ];
            let given = it.rest.iter().filter(|it| values.contains(&it.text.as_str())).count();
            hit(!it.any(&how_far) && it.plain().count() < 2 + given)
        },
        prompt_off: &["-y"],
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
        programs: &[],
        words: &[],
        when: |it| {
            let is_drop = it.plain().next().is_some_and(|it| is_short_for_drop(&it.text));
            hit(is_drop && !it.any(&["--env=test", "-e=test"]))
        },
        prompt_off: &["--force", "-f"],
    },
    CommandRow {
        kind: kind(
            "sh.doctrine.fixtures",
            "console doctrine:fixtures:load --no-interaction",
            "--no-interaction: what is there goes first",
            Database,
            Critical,
            "the prompt without --no-interaction",
        ),
        programs: &[],
        words: &[],
        when: |it| {
            let is_load =
                it.plain().next().is_some_and(|it| is_short_for(&it.text, "fixtures", "load"));
            let is_kept = it.any(&["--append", "--env=test", "-e=test"]);
            hit(is_load && !is_kept)
        },
        prompt_off: &["-n", "--no-interaction"],
    },
    CommandRow {
        kind: kind(
            "sh.framework.more",
            "drush site-install -y, yii migrate/fresh, sea-orm-cli migrate fresh, diesel migration revert --all",
            "",
            Database,
            Critical,
            "",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(told(it, MORE)),
        prompt_off: &[],
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
            hit(to.is_some_and(|it| it.text == "0"))
        },
        prompt_off: &[],
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
];

/// Whether a word is a command of Doctrine that drops, in full or as short as Symfony takes it: `d:d:d`, `do:sc:dr`.
fn is_short_for_drop(word: &str) -> bool {
    is_short_for(word, "database", "drop") || is_short_for(word, "schema", "drop")
}

fn is_short_for(word: &str, what: &str, does: &str) -> bool {
    let parts: Vec<&str> = word.split(':').collect();
    let is = |of: &str, part: &str| !part.is_empty() && of.starts_with(part);
    matches!(parts.as_slice(), [a, b, c] if is("doctrine", a) && is(what, b) && is(does, c))
}

/// Tasks of other frameworks, with the flags without which they ask or do less.
const MORE: &[Line] = &[
    ("drush", "site-install|si|site:install", "-y --yes"),
    ("wp", "db clean", "--yes"),
    ("manage.py", "dbrestore", "--noinput --no-input"),
    ("mix", "do ecto.drop,|ecto.reset,", ""),
    ("yii", "migrate/fresh", "--interactive"),
    ("yii", "migrate/down all", "--interactive"),
    ("spark", "migrate:refresh", "-f"),
    ("sea-orm-cli", "migrate fresh|reset|refresh", ""),
    ("diesel", "migration revert", "--all"),
    ("cargo", "loco db reset", ""),
    ("goose", "down-to 0", ""),
    ("superset", "db downgrade base", ""),
    ("airflow", "resetdb", "-y --yes"),
    (
        "artisan",
        "tenants:migrate-fresh|module:migrate-fresh|module:migrate-refresh|module:migrate-reset",
        "",
    ),
    ("db-migrate", "reset", ""),
    ("doctrine", "orm:schema-tool:drop", "--force"),
];
