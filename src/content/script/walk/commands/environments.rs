//! Commands that run in an environment of tests: `NODE_ENV=test prisma migrate reset`, `--settings=app.settings.test`.

use std::rc::Rc;

use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::syntax::{Command, Shared};

/// What tells programs in which environment they run.
struct Told {
    programs: &'static [&'static str],
    /// Variables that name it.
    environments: &'static [&'static str],
    /// Variables that say where the settings or the database are.
    places: &'static [&'static str],
    flags: &'static [&'static str],
}

const TOLD: &[Told] = &[
    Told {
        programs: &["rails", "rake"],
        environments: &["RAILS_ENV", "RACK_ENV"],
        places: &["DATABASE_URL"],
        flags: &["-e", "--environment"],
    },
    Told {
        programs: &[
            "prisma",
            "sequelize",
            "sequelize-cli",
            "knex",
            "typeorm",
            "typeorm-ts-node-commonjs",
            "typeorm-ts-node-esm",
            "drizzle-kit",
            "mikro-orm",
            "node",
            "ts-node",
            "tsx",
            "ace",
            "strapi",
        ],
        environments: &["NODE_ENV", "APP_ENV"],
        places: &["DATABASE_URL", "DB_URL", "DB_NAME"],
        flags: &["--env"],
    },
    Told { programs: &["mix"], environments: &["MIX_ENV"], places: &["DATABASE_URL"], flags: &[] },
    Told {
        programs: &["manage.py", "django-admin", "python", "python3", "django"],
        environments: &["DJANGO_ENV"],
        places: &["DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DB_NAME"],
        flags: &["--settings"],
    },
    Told {
        programs: &["flask", "alembic"],
        environments: &["FLASK_ENV", "APP_ENV"],
        places: &["DATABASE_URL", "DB_URL", "DB_NAME"],
        flags: &[],
    },
    Told {
        programs: &["artisan", "php", "console", "symfony", "doctrine", "bin/console"],
        environments: &["APP_ENV", "SYMFONY_ENV"],
        places: &["DATABASE_URL", "DB_URL"],
        flags: &["--env", "-e"],
    },
    Told {
        programs: &["diesel", "sqlx", "dbmate", "sea-orm-cli"],
        environments: &[],
        places: &["DATABASE_URL"],
        flags: &[],
    },
];

/// Whether a command runs in an environment of tests: where all that its program is told by says so, and something does.
pub(super) fn is_for_tests(words: &Words, command: &Command, state: &State) -> bool {
    let name = words.program.rsplit('/').next().unwrap_or_default();
    let Some(told) = TOLD.iter().find(|it| it.programs.contains(&name)) else { return false };
    let said: Vec<bool> = (told.environments.iter())
        .filter_map(|it| set(it, words, command, state))
        .map(|it| it.is_some_and(|it| is_test(&it)))
        .chain(
            (told.places.iter())
                .filter_map(|it| set(it, words, command, state))
                .map(|it| it.is_some_and(|it| ends_so(&it))),
        )
        .chain(flag(words, told.flags).map(|it| ends_so(&it)))
        .collect();
    !said.is_empty() && said.iter().all(|it| *it)
}

/// What a variable is set to for a command, among its words or before it; none within where that is not known.
fn set(name: &str, words: &Words, command: &Command, state: &State) -> Option<Option<String>> {
    let prefix = format!("{name}=");
    let word = words.rest.iter().rev().find_map(|it| it.text.strip_prefix(&prefix));
    let literal = |it: &Shared| it.literal();
    match word {
        Some(word) => Some(Some(word.to_owned())),
        None => (command.sets.iter().rev().find(|it| it.0 == name).map(|it| Rc::clone(&it.1)))
            .or_else(|| state.names.get(name).map(Rc::clone))
            .map(|it| literal(&it)),
    }
}

/// The value of an option, `--env test` or `--env=test`.
fn flag(words: &Words, flags: &[&str]) -> Option<String> {
    let apart = words.value_of(flags).map(|it| it.text.clone());
    apart.or_else(|| words.joined_to(flags).next().map(str::to_owned))
}

fn is_test(name: &str) -> bool {
    matches!(name, "test" | "testing" | "tests" | "ci")
}

/// Whether the last part of an address, a name or a module says so: `shop_test`, `app.settings.test`.
fn ends_so(of: &str) -> bool {
    let path = of.split('?').next().unwrap_or_default();
    is_test(path.rsplit(['/', '.', '_', '-']).next().unwrap_or_default())
}
