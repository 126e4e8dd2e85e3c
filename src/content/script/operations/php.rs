//! Rows about calls in PHP.

mod each;
mod rows;
mod stores;

use super::addresses::names_index;
use super::chain::{Chain, given_nothing, name_of, unfiltered};
use super::named::says_wipe;
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Php};
use crate::content::script::model::Scope::{Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Expression, Form, Shared};
use crate::content::script::value::texts_in;

const PHP: &[Language] = &[Php];

pub(super) static EACH: &[CallRow] = each::CALLS;
pub(super) static STORES: &[CallRow] = stores::CALLS;

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "php.laravel.rows",
            "DB::table('users')->truncate(), User::query()->delete(), User::truncate()",
            "not narrowed down, or by an id in the script",
            Table,
            High,
            "$this->confirm(...), confirmToProceed()",
        ),
        languages: PHP,
        names: &["truncate", "delete", "forceDelete", "destroy"],
        when: rows::rows,
    },
    CallRow {
        kind: kind(
            "php.laravel.schema",
            "Schema::drop('users'), Schema::dropIfExists('users')",
            "outside of migrations",
            Table,
            High,
            "confirmToProceed()",
        ),
        languages: PHP,
        names: &["drop", "dropIfExists"],
        when: |chain| hit(chain.on() == "Schema" || chain.has(&["Schema"])),
    },
    CallRow {
        kind: kind(
            "php.laravel.schema_all",
            "Schema::dropAllTables()",
            "",
            Database,
            Critical,
            "confirmToProceed()",
        ),
        languages: PHP,
        names: &["dropAllTables", "dropDatabaseIfExists"],
        when: |_| Hit::Full,
    },
    CallRow {
        kind: kind(
            "php.laravel.artisan",
            "Artisan::call('migrate:fresh', ['--force' => true])",
            "--force",
            Database,
            Critical,
            "the prompt in production",
        ),
        languages: PHP,
        names: &["call", "callSilent", "callSilently", "queue", "runCommand"],
        when: artisan,
    },
    CallRow {
        kind: kind(
            "php.doctrine.schema",
            "$tool->dropDatabase(), $tool->dropSchema($metadata), $manager->dropDatabase($name)",
            "",
            Database,
            Critical,
            "doctrine:schema:drop does nothing without --force",
        ),
        languages: PHP,
        names: &["dropDatabase", "dropSchema"],
        when: |_| Hit::Full,
    },
    CallRow {
        kind: kind(
            "php.doctrine.table",
            "$connection->executeStatement($platform->getTruncateTableSQL('users'))",
            "",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["getTruncateTableSQL", "getDropTableSQL"],
        when: |_| Hit::Full,
    },
    CallRow {
        kind: kind(
            "php.doctrine.query",
            "$em->createQuery('DELETE FROM App:User')->execute(), $em->createQueryBuilder()->delete(User::class)",
            "no WHERE",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["createQuery", "execute"],
        when: doctrine,
    },
    CallRow {
        kind: kind(
            "php.doctrine.command",
            "$application->find('doctrine:database:drop')->run(new ArrayInput(['--force' => true]), $output)",
            "--force",
            Database,
            Critical,
            "doctrine:database:drop does nothing without --force",
        ),
        languages: PHP,
        names: &["run", "doRun"],
        when: each::runs_drop,
    },
    CallRow {
        kind: kind(
            "php.doctrine.purger",
            "$purger->purge()",
            "it is a purger of a whole database",
            Database,
            Critical,
            "",
        ),
        languages: PHP,
        names: &["purge"],
        when: |chain| {
            let on = chain.on().to_lowercase();
            hit(on.ends_with("purger") && chain.arguments().is_empty())
        },
    },
    CallRow {
        kind: kind(
            "php.builder",
            "$db->createCommand()->truncateTable('users'), $database->truncate('users')->execute(), Order::deleteAll()",
            "outside of migrations; not narrowed down",
            Table,
            High,
            "$this->confirm(...)",
        ),
        languages: PHP,
        names: &["truncateTable", "dropTable", "truncate", "deleteAll", "db_truncate"],
        when: builder,
    },
    CallRow {
        kind: kind(
            "php.mongo",
            "$collection->deleteMany([]), $client->selectDatabase('app')->drop()",
            "the filter is empty, or an id in the script",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["deleteMany", "drop"],
        when: |chain| match chain.name() {
            "drop" => hit(matches!(chain.on(), "selectDatabase" | "selectCollection")
                || chain.has(&["Client"]) && chain.arguments().is_empty()),
            _ if chain.arguments().is_empty() => Hit::Miss,
            _ => given_nothing(chain),
        },
    },
    CallRow {
        kind: kind("php.redis", "$redis->flushAll(), Redis::flushdb()", "", Database, High, ""),
        languages: PHP,
        names: &["flushAll", "flushall", "flushDB", "flushDb", "flushdb"],
        when: |_| Hit::Full,
    },
    CallRow {
        kind: kind(
            "php.es",
            "$client->indices()->delete(['index' => 'products'])",
            "",
            Database,
            Critical,
            "action.destructive_requires_name",
        ),
        languages: PHP,
        names: &["delete"],
        when: |chain| {
            let index = chain.argument(0).and_then(|it| match &it.form {
                Form::Map(pairs) => {
                    pairs.iter().find(|(key, _)| key.literal().as_deref() == Some("index"))
                }
                _ => None,
            });
            hit(chain.on() == "indices" && index.is_some_and(|(_, it)| names_index(it)))
        },
    },
    CallRow {
        kind: kind(
            "php.wp",
            "WP_CLI::runcommand('db reset --yes')",
            "--yes",
            Database,
            Critical,
            "the prompt without --yes",
        ),
        languages: PHP,
        names: &["runcommand"],
        when: |chain| {
            let line = chain.argument(0).map(texts_in).unwrap_or_default().concat();
            let is_all = ["db reset", "db drop", "site empty"].iter().any(|it| line.contains(it));
            hit(is_all && line.contains("--yes"))
        },
    },
    CallRow {
        kind: kind(
            "php.fs.directory",
            "File::deleteDirectory($path), Storage::deleteDirectory('uploads'), $filesystem->remove($path)",
            "the path holds data, uploads, backups or a database",
            Files,
            High,
            "",
        ),
        languages: PHP,
        names: &["deleteDirectory", "cleanDirectory", "deleteDir", "remove", "rmdir"],
        when: |chain| hit(chain.argument(0).is_some_and(|it| is_tree(chain, it))),
    },
    CallRow {
        kind: kind(
            "php.fs.files",
            "foreach (glob('uploads/*') as $file) unlink($file)",
            "every file of a directory that holds data, or a database in a file",
            Files,
            High,
            "",
        ),
        languages: PHP,
        names: &["unlink", "array_map"],
        when: files,
    },
];

fn is_class(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// What Yii, CakePHP and Drupal call emptying a table.
fn builder(chain: &Chain) -> Hit {
    let first = chain.links.first().map_or("", |it| it.name);
    match chain.name() {
        "truncateTable" | "dropTable" => {
            hit(chain.has(&["createCommand", "schema", "db", "database"]))
        }
        "deleteAll" if is_class(first) && chain.links.len() == 2 => given_nothing(chain),
        "truncate" | "db_truncate" => {
            hit(chain.arguments().len() == 1 && chain.behind.first() == Some(&"execute"))
        }
        _ => Hit::Miss,
    }
}

fn artisan(chain: &Chain) -> Hit {
    let is_artisan = matches!(chain.on(), "Artisan" | "this" | "artisan" | "kernel");
    let Some(first) = chain.argument(0).filter(|_| is_artisan) else { return Hit::Miss };
    let line = first.literal().unwrap_or_default();
    let mut words = line.split(' ');
    let name = words.next().unwrap_or_default();
    let drops = matches!(name, "migrate:fresh" | "migrate:refresh" | "migrate:reset" | "db:wipe");
    // A command of another file.
    let says_so = name.starts_with("db:") && says_wipe(name);
    let is_forced = |of: &Shared| match &of.form {
        Form::Map(pairs) => pairs.iter().any(|(key, value)| {
            key.literal().as_deref() == Some("--force")
                && !matches!(value.form, Form::Bool(false) | Form::Argument(_))
        }),
        _ => false,
    };
    let forces = words.any(|it| it == "--force") || chain.argument(1).is_some_and(is_forced);
    match (drops, forces) {
        (true, true) => Hit::Full,
        (false, true) if says_so => Hit::Full,
        (true, false) => Hit::Asked,
        _ => Hit::Miss,
    }
}

fn doctrine(chain: &Chain) -> Hit {
    if chain.name() == "execute" {
        let builds = chain.has(&["createQueryBuilder"]) && chain.has(&["delete"]);
        return if builds { unfiltered(chain) } else { Hit::Miss };
    }
    let text = chain.argument(0).map(|it| it.literal().unwrap_or_default().to_lowercase());
    let text = text.unwrap_or_default();
    hit(text.trim_start().starts_with("delete ") && !text.contains(" where "))
}

/// A directory of data; on a disk of Laravel `public` holds what people upload.
fn is_tree(chain: &Chain, path: &Shared) -> bool {
    let is_disk = chain.has(&["Storage"])
        && path.literal().is_some_and(|it| matches!(it.trim_matches('/'), "" | "public"));
    let inner = match &path.form {
        Form::Call(call) if name_of(&call.callee).ends_with("_path") => {
            call.arguments.first().map(|it| &it.value)
        }
        _ => None,
    };
    is_disk || super::files::is_data(inner.unwrap_or(path))
}

/// Every file of a directory that holds data, or a database.
fn files(chain: &Chain) -> Hit {
    if !chain.on().is_empty() {
        return Hit::Miss;
    }
    let path = match chain.name() {
        "array_map" => {
            let does = chain.argument(0).and_then(|it| it.literal());
            chain.argument(1).filter(|_| does.as_deref() == Some("unlink"))
        }
        _ => chain.argument(0),
    };
    hit(path.is_some_and(|it| super::files::names_database(it) || lists_data(it, 0)))
}

/// Whether it is one of the files, or all, that a directory of data holds.
fn lists_data(of: &Expression, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    if let Form::Call(call) = &of.form
        && let Form::Name(name) = &call.callee.form
        && matches!(
            name.as_str(),
            "glob" | "scandir" | "RecursiveDirectoryIterator" | "DirectoryIterator"
        )
    {
        let path = call.arguments.first().map(|it| &it.value);
        return path.is_some_and(|it| {
            let all = it.literal().map(|it| it.trim_end_matches(".*").to_owned());
            match all {
                Some(path) => super::files::is_data(&Expression::text(of.line, path)),
                None => super::files::is_data(it),
            }
        });
    }
    of.children().into_iter().any(|it| lists_data(it, depth + 1))
}
