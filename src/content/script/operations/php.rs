//! Rows about calls in PHP.

use super::chain::{Chain, always, unfiltered};
use super::files::is_data;
use super::{CallRow, Hit, kind};
use crate::content::script::Language::{self, Php};
use crate::content::script::model::Scope::{Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::Form;
use crate::content::script::value::texts_in;

const PHP: &[Language] = &[Php];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "php.laravel.truncate",
            "DB::table('users')->truncate(), User::truncate()",
            "",
            Table,
            High,
            "$this->confirm, confirmToProceed",
        ),
        languages: PHP,
        names: &["truncate"],
        when: truncate,
    },
    CallRow {
        kind: kind(
            "php.laravel.delete",
            "DB::table('users')->delete(), User::query()->delete()",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "$this->confirm, confirmToProceed",
        ),
        languages: PHP,
        names: &["delete", "forceDelete"],
        when: delete,
    },
    CallRow {
        kind: kind(
            "php.laravel.drop",
            "Schema::drop('users'), Schema::dropIfExists('users')",
            "not in a migration",
            Table,
            High,
            "a migration",
        ),
        languages: PHP,
        names: &["drop", "dropIfExists"],
        when: |it| if it.has(&["Schema"]) { Hit::Full } else { Hit::Miss },
    },
    CallRow {
        kind: kind(
            "php.laravel.drop_all",
            "Schema::dropAllTables()",
            "",
            Database,
            Critical,
            "a migration",
        ),
        languages: PHP,
        names: &["dropAllTables"],
        when: always,
    },
    CallRow {
        kind: kind(
            "php.laravel.artisan",
            "Artisan::call('migrate:fresh', ['--force' => true])",
            "--force, or called by a program",
            Database,
            Critical,
            "DB::prohibitDestructiveCommands",
        ),
        languages: PHP,
        names: &["call", "callSilently", "callSilent"],
        when: artisan,
    },
    CallRow {
        kind: kind(
            "php.doctrine",
            "$tool->dropDatabase(), $manager->dropDatabase($name)",
            "",
            Database,
            Critical,
            "--force",
        ),
        languages: PHP,
        names: &["dropDatabase", "dropSchema"],
        when: always,
    },
    CallRow {
        kind: kind(
            "php.files",
            "File::deleteDirectory($path), Storage::deleteDirectory($path)",
            "the path holds data, uploads or backups",
            Files,
            High,
            "",
        ),
        languages: PHP,
        names: &["deleteDirectory", "cleanDirectory", "rrmdir"],
        when: |it| if it.argument(0).is_some_and(is_data) { Hit::Full } else { Hit::Miss },
    },
];

/// `DB::table(...)->truncate()`, `User::truncate()`, `User::query()->truncate()`.
fn truncate(chain: &Chain) -> Hit {
    if !chain.arguments().is_empty() {
        return Hit::Miss;
    }
    let is_table = chain.has(&["table", "query", "newQuery"]);
    let is_model =
        chain.links.len() == 2 && chain.on().starts_with(|c: char| c.is_ascii_uppercase());
    if is_table || is_model { Hit::Full } else { Hit::Miss }
}

fn delete(chain: &Chain) -> Hit {
    let is_query = chain.has(&["table", "query", "newQuery", "all", "where"])
        && (chain.has(&["DB"])
            || chain
                .links
                .first()
                .is_some_and(|it| it.name.starts_with(|c: char| c.is_ascii_uppercase())));
    // `->delete($id)`.
    if !is_query || !chain.arguments().is_empty() || chain.has(&["find", "findOrFail", "first"]) {
        return Hit::Miss;
    }
    unfiltered(chain)
}

fn artisan(chain: &Chain) -> Hit {
    let command = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
    let verb = command.split(' ').next().unwrap_or_default();
    if !matches!(verb, "migrate:fresh" | "migrate:refresh" | "migrate:reset" | "db:wipe") {
        return Hit::Miss;
    }
    let is_forced = command.contains("--force")
        || chain.argument(1).is_some_and(|it| match &it.form {
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                key.literal().as_deref() == Some("--force")
                    && !matches!(value.form, Form::Bool(false))
            }),
            _ => texts_in(it).iter().any(|it| it.contains("--force")),
        });
    if is_forced || chain.has(&["Artisan"]) { Hit::Full } else { Hit::Miss }
}
