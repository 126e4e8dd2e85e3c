//! Rows about commands that destroy databases.

use super::command::{Words, always, given};
use super::files::spelled;
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::words::is_of_tests;

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
        kind: kind(
            "sh.mongorestore",
            "mongorestore --drop, mongoimport --drop",
            "",
            Database,
            High,
            "",
        ),
        programs: &["mongorestore", "mongoimport"],
        words: &[],
        when: |it| given(it, &["--drop"]),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.mysqlimport",
            "mysqlimport --delete, mysqlimport -D",
            "the table is emptied first",
            Table,
            High,
            "",
        ),
        programs: &["mysqlimport", "mariadb-import"],
        words: &[],
        when: |it| {
            let of_tests = it.plain().next().is_some_and(|it| is_of_tests(&spelled(it)));
            hit(it.any(&["--delete", "-D"]) && !of_tests)
        },
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

fn dropdb(words: &Words) -> Hit {
    if words.any(&["-i", "--interactive", "--help"]) || words.rest.is_empty() {
        return Hit::Miss;
    }
    let is_test = words.plain().last().is_some_and(|it| is_of_tests(&spelled(it)));
    if is_test { Hit::Miss } else { Hit::Full }
}

/// Restoring over a database that is for development only is what its name says.
fn pg_restore(words: &Words) -> Hit {
    let named = words.value_of(&["-d", "--dbname"]).map(|it| it.text.as_str());
    // `-dshop`.
    let joined = words.rest.iter().filter_map(|it| it.text.strip_prefix("-d"));
    let named = named.into_iter().chain(words.joined_to(&["--dbname"])).chain(joined);
    let is_development = named.filter(|it| !it.is_empty()).any(is_of_tests);
    hit(words.any(&["--clean", "-c"]) && !is_development)
}
