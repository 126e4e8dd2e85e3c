//! Rows about calls in PHP.

mod each;
mod files;
mod rows;
mod sites;
mod stores;

use super::addresses::names_index;
use super::chain::{Chain, given_nothing, unfiltered};
use super::named::{names_wipe, says_wipe};
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Php};
use crate::content::script::model::Scope::{Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Expression, Form, Shared};
use crate::content::script::value::texts_in;

const PHP: &[Language] = &[Php];

pub(super) static EACH: &[CallRow] = each::CALLS;
pub(super) static STORES: &[CallRow] = stores::CALLS;
pub(super) static SITES: &[CallRow] = sites::CALLS;

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
        names: &["call", "callSilent", "callSilently", "queue", "runCommand", "command"],
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
        names: &["dropDatabase", "dropSchema", "dropDatabases", "dropCollections"],
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
        names: &[
            "getTruncateTableSQL",
            "getTruncateTableSql",
            "getDropTableSQL",
            "getDropTableSql",
        ],
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
            "$purger->purge(), (new ORMExecutor($em, new ORMPurger()))->execute($fixtures)",
            "it is a purger of a whole database; an executor has one, and is not told to append",
            Database,
            Critical,
            "",
        ),
        languages: PHP,
        names: &["purge", "execute"],
        when: purger,
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
        names: &[
            "truncateTable",
            "truncateTables",
            "truncateMultiple",
            "dropTable",
            "truncate",
            "deleteAll",
            "db_truncate",
            "delete",
        ],
        when: builder,
    },
    CallRow {
        kind: kind(
            "php.mongo",
            "$collection->deleteMany([]), $client->selectDatabase('app')->drop(), $client->shop->users->remove()",
            "the filter is empty, or an id in the script",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["deleteMany", "drop", "remove", "dropDB", "delete"],
        when: mongo,
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
        names: &[
            "deleteDirectory",
            "cleanDirectory",
            "deleteDir",
            "_deleteDir",
            "_cleanDir",
            "remove",
            "rmdir",
        ],
        when: |chain| {
            let told = chain.argument(0).map(|it| match &it.form {
                Form::List(all) => all.iter().collect(),
                _ => vec![it],
            });
            hit(told.into_iter().flatten().any(|it| files::is_tree(chain, it)))
        },
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
        when: files::files,
    },
];

fn is_class(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// `$this->truncate('users')`, `$this->truncateTables(['users', 'orders'])`: what seeders have of a class or trait of another file.
fn empties_by_helper(chain: &Chain) -> bool {
    let is_table = |it: &Shared| {
        it.literal().is_some_and(|it| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_'))
            && !stores::passes(it)
    };
    let [on, _] = chain.links.as_slice() else { return false };
    let [told] = chain.arguments() else { return false };
    on.name == "this"
        && chain.name().starts_with("truncate")
        && match &told.value.form {
            Form::List(all) => all.iter().any(is_table),
            _ => is_table(&told.value),
        }
}

/// What Yii, CakePHP and Drupal call emptying a table.
fn builder(chain: &Chain) -> Hit {
    let first = chain.links.first().map_or("", |it| it.name);
    match chain.name() {
        _ if empties_by_helper(chain) => Hit::Full,
        "truncateTable" | "dropTable" => {
            hit(chain.has(&["createCommand", "schema", "db", "database"]))
        }
        "deleteAll" if is_class(first) && chain.links.len() == 2 => given_nothing(chain),
        // `User::model()->deleteAll()` of Yii 1.
        "deleteAll" if is_class(first) && chain.on() == "model" && chain.links.len() == 3 => {
            hit(chain.arguments().is_empty())
        }
        // `UserQuery::create()->deleteAll()` of Propel.
        "deleteAll" if first.ends_with("Query") && chain.on() == "create" => {
            hit(chain.links.len() == 3 && chain.arguments().is_empty())
        }
        // `Yii::app()->db->createCommand()->delete('users')`.
        "delete" => {
            let is_all = match chain.arguments() {
                [_] => true,
                [_, test, ..] => rows::holds_always(&test.value),
                [] => false,
            };
            let told =
                chain.argument(0).is_some_and(|it| it.literal().is_some() && !stores::passes(it));
            hit(chain.on() == "createCommand" && is_all && told)
        }
        "truncate" | "db_truncate" => {
            hit(chain.arguments().len() == 1 && chain.behind.first() == Some(&"execute"))
        }
        _ => Hit::Miss,
    }
}

/// What takes away a collection of MongoDB, or all that is in it.
fn mongo(chain: &Chain) -> Hit {
    let client = chain.links.first().map_or("", |it| it.name);
    let is_old = matches!(client, "MongoClient" | "Mongo") && chain.links.len() > 1;
    let gives_none = chain.arguments().is_empty();
    match chain.name() {
        "dropDB" => hit(is_old),
        "drop" => hit(matches!(chain.on(), "selectDatabase" | "selectCollection")
            || (chain.has(&["Client"]) || is_old) && gives_none),
        "remove" if is_old && gives_none => Hit::Full,
        "remove" if is_old => given_nothing(chain),
        "delete" if client == "BulkWrite" && !gives_none => given_nothing(chain),
        "deleteMany" if !gives_none => given_nothing(chain),
        _ => Hit::Miss,
    }
}

fn artisan(chain: &Chain) -> Hit {
    // `$schedule->command('migrate:fresh --force')->environments(['staging'])` runs there only.
    // What a function is given has no name.
    let is_planned = matches!(chain.on(), "schedule" | "$schedule" | "Schedule" | "")
        && !chain.behind.iter().any(|it| matches!(*it, "environments" | "when" | "skip"));
    let is_artisan = match chain.name() {
        "command" => is_planned,
        _ => matches!(chain.on(), "Artisan" | "this" | "artisan" | "kernel"),
    };
    let Some(first) = chain.argument(0).filter(|_| is_artisan) else { return Hit::Miss };
    let line = first.literal().unwrap_or_default();
    let mut words = line.split(' ');
    let name = words.next().unwrap_or_default();
    let drops = matches!(name, "migrate:fresh" | "migrate:refresh" | "migrate:reset" | "db:wipe");
    // A command of Doctrine that does nothing else without it.
    let is_of_doctrine = matches!(name, "doctrine:database:drop" | "doctrine:schema:drop");
    // A command of another file.
    let says_so = name.starts_with("db:") && says_wipe(name);
    let is_brought = ["db:", "doctrine:"].iter().any(|it| name.starts_with(it)) || drops;
    let says_all = names_wipe(name, false) && !is_brought;
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
        (false, true) if says_so || is_of_doctrine => Hit::Full,
        (true, false) => Hit::Asked,
        _ => hit(says_all),
    }
}

/// Whether a value is more than an option that nobody need give.
fn tells(value: &Expression) -> bool {
    match &value.form {
        Form::Either(all) => all.len() != 1 || all.iter().any(|it| tells(it)),
        Form::Bool(it) => *it,
        Form::Argument(_) => false,
        _ => true,
    }
}

/// What empties a database before fixtures are loaded.
fn purger(chain: &Chain) -> Hit {
    if chain.name() == "purge" {
        let on = chain.on().to_lowercase();
        return hit(on.ends_with("purger") && chain.arguments().is_empty());
    }
    let made =
        chain.links.first().filter(|it| it.name.ends_with("Executor") && chain.links.len() == 2);
    let given = made.and_then(|it| it.call).map_or(0, |it| it.arguments.len());
    let purges = match chain.arguments() {
        [_] => true,
        [_, appends] => !tells(&appends.value),
        _ => false,
    };
    hit(given > 1 && purges)
}

fn doctrine(chain: &Chain) -> Hit {
    if chain.name() == "execute" {
        // `->remove()` of Doctrine's mapper for documents.
        let builds = chain.has(&["createQueryBuilder"])
            && (chain.has(&["delete"]) || chain.has(&["remove"]) && !chain.has(&["field"]));
        return if builds { unfiltered(chain) } else { Hit::Miss };
    }
    let text = chain.argument(0).map(|it| it.literal().unwrap_or_default().to_lowercase());
    let text = text.unwrap_or_default();
    hit(text.trim_start().starts_with("delete ") && !text.contains(" where "))
}
