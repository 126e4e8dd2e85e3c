//! Rows about calls in PHP that empty stores: those of AWS, of keys, of documents and of frameworks.

use super::super::chain::{Chain, name_of};
use super::super::{CallRow, Hit, kind};
use super::rows::holds_always;
use super::{PHP, hit};
use crate::content::script::model::Scope::{Cloud, Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Form, Shared};
use crate::content::script::value::{texts, texts_in};
use crate::content::script::words::parts;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "php.aws",
            "$dynamo->deleteTable([...]), $rds->deleteDBInstance([...]), $ec2->terminateInstances([...])",
            "",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: PHP,
        names: &[
            "deleteTable",
            "deleteDBInstance",
            "deleteDBCluster",
            "deleteStack",
            "terminateInstances",
            "deleteBucket",
            "deleteFileSystem",
            "deleteUserPool",
            "deleteDomain",
        ],
        when: |chain| {
            let is_map = chain.argument(0).is_some_and(|it| matches!(it.form, Form::Map(_)));
            hit(is_map && chain.links.len() > 1)
        },
    },
    CallRow {
        kind: kind(
            "php.s3.each",
            "foreach ($s3->getIterator('ListObjects', [...]) as $it) $s3->deleteObject([...])",
            "the list has no prefix",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: PHP,
        names: &["deleteObject", "deleteObjects"],
        when: |chain| {
            let of_all = |it: &Shared| is_of_list(it) && !chain.is_of_chosen(it);
            hit(chain.argument(0).is_some_and(of_all))
        },
    },
    CallRow {
        kind: kind(
            "php.redis.command",
            "$redis->rawCommand('FLUSHALL'), $redis->executeRaw(['FLUSHALL'])",
            "",
            Database,
            High,
            "",
        ),
        languages: PHP,
        names: &["rawCommand", "executeRaw", "command"],
        when: |chain| {
            let first = chain.argument(0).map(texts_in).unwrap_or_default();
            let is_flush = |it: &String| {
                it.eq_ignore_ascii_case("flushall") || it.eq_ignore_ascii_case("flushdb")
            };
            hit(first.iter().any(is_flush))
        },
    },
    CallRow {
        kind: kind(
            "php.es.query",
            "$client->deleteByQuery(['body' => ['query' => ['match_all' => ...]]])",
            "all documents",
            Database,
            Critical,
            "",
        ),
        languages: PHP,
        names: &["deleteByQuery"],
        when: |chain| {
            let said = chain.argument(0).map(texts_in).unwrap_or_default();
            hit(said.iter().any(|it| it == "match_all"))
        },
    },
    CallRow {
        kind: kind(
            "php.table",
            "$this->fetchTable('Orders')->deleteAll([]), $db->table('orders')->emptyTable()",
            "nothing narrows it down",
            Table,
            High,
            "$io->askChoice(...)",
        ),
        languages: PHP,
        names: &["deleteAll", "emptyTable", "truncateTable"],
        when: table,
    },
    CallRow {
        kind: kind(
            "php.search",
            "$client->getIndex('products')->delete(), $update->addDeleteQuery('*:*')",
            "an index, or all documents",
            Database,
            High,
            "",
        ),
        languages: PHP,
        names: &["delete", "addDeleteQuery"],
        when: |chain| {
            let is = |it: Option<&Shared>, text: &str| {
                it.and_then(|it| it.literal()).is_some_and(|it| it == text)
            };
            let is_index = chain.on() == "getIndex" && chain.arguments().is_empty();
            hit(is_index && chain.name() == "delete"
                || chain.name() == "addDeleteQuery" && is(chain.argument(0), "*:*"))
        },
    },
    CallRow {
        kind: kind(
            "php.redbean",
            "R::nuke(), R::wipe('user'), R::trashAll(R::findAll('user'))",
            "",
            Database,
            Critical,
            "",
        ),
        languages: PHP,
        names: &["nuke", "wipe", "trashAll"],
        when: |chain| {
            let finds_all = |it: &Shared| match &it.form {
                Form::Call(call) => name_of(&call.callee) == "findAll" && call.arguments.len() == 1,
                _ => false,
            };
            let is_all = chain.name() != "trashAll" || chain.argument(0).is_some_and(finds_all);
            hit(chain.on() == "R" && is_all)
        },
    },
    CallRow {
        kind: kind(
            "php.all_rows",
            "ORM::for_table('users')->delete_many(), $this->db->empty_table('users'), $database->delete('users', [])",
            "nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &["delete_many", "empty_table", "delete", "run"],
        when: |chain| match chain.name() {
            // `$database->delete('users')->run()` of Cycle.
            "run" => {
                let deletes = chain.links.iter().rev().nth(1).filter(|it| it.name == "delete");
                let told = deletes.and_then(|it| it.call).map(|it| it.arguments.as_slice());
                hit(matches!(told, Some([table]) if !passes(&table.value)))
            }
            "delete_many" => hit(chain.has(&["for_table"]) && chain.links.len() == 3),
            "empty_table" => Hit::Full,
            _ => {
                let is_all = |it: &Shared| matches!(&it.form, Form::List(all) if all.is_empty());
                let on = chain.on().to_lowercase();
                let is_store = ["db", "database", "conn", "connection", "medoo", "mysqli"];
                let is_name =
                    |it: &Shared| it.literal().is_some_and(|it| !it.contains(['/', ':', '.']));
                let is_table = is_store.iter().any(|it| on.ends_with(it))
                    && chain.argument(0).is_some_and(is_name);
                // `$this->db->where('1=1')->delete('users')`.
                let filter = chain.links.iter().rev().nth(1).filter(|it| it.name == "where");
                let filter = filter.and_then(|it| it.call).map(|it| it.arguments.as_slice());
                let is_open = matches!(filter, Some([test]) if holds_always(&test.value))
                    && matches!(chain.links.iter().rev().nth(2), Some(it) if it.name == "db")
                    && chain.argument(0).is_some_and(is_name);
                // `Zend_Db_Table::getDefaultAdapter()->delete('users')`.
                let is_zend = chain.on() == "getDefaultAdapter"
                    && matches!(chain.arguments(), [table] if is_name(&table.value));
                hit(is_open || is_zend || is_table && chain.argument(1).is_some_and(is_all))
            }
        },
    },
    CallRow {
        kind: kind(
            "php.framework",
            "$this->db->truncate('users'), Capsule::schema()->drop('users'), db_drop_table('log'), $schema->dropTable('users')",
            "of CodeIgniter, Capsule, Drupal or Doctrine",
            Table,
            High,
            "",
        ),
        languages: PHP,
        names: &[
            "truncate",
            "drop",
            "dropIfExists",
            "db_drop_table",
            "drop_table",
            "drop_database",
            "dropTable",
            "dropAndCreateDatabase",
            "execute",
        ],
        when: of_framework,
    },
];

/// Whether a value is made of what lists the objects of a bucket, all of them.
pub(super) fn is_of_list(of: &Shared) -> bool {
    let mut open = vec![of];
    let mut is_listed = false;
    for _ in 0..200 {
        let Some(it) = open.pop() else { break };
        if let Form::Call(call) = &it.form {
            let first = call.arguments.first().and_then(|it| it.value.literal());
            let lists = |it: &str| it.to_lowercase().starts_with("listobject");
            let is_list = match name_of(&call.callee).as_str() {
                "getIterator" | "getPaginator" => first.is_some_and(|it| lists(&it)),
                name => lists(name),
            };
            let said = || call.arguments.iter().flat_map(|it| texts_in(&it.value));
            if is_list {
                if said().any(|it| it == "Prefix") {
                    return false;
                }
                is_listed = true;
            }
        }
        open.extend(it.children());
    }
    is_listed
}

/// What CakePHP, CodeIgniter and Magento call emptying a table.
fn table(chain: &Chain) -> Hit {
    let is_open = |it: &Shared| !matches!(it.form, Form::Nothing) && holds_always(it);
    match chain.name() {
        "emptyTable" => hit(chain.has(&["table", "db"]) || chain.arguments().len() == 1),
        "deleteAll" => hit(chain.links.len() > 1 && chain.argument(0).is_some_and(is_open)),
        // `$connection->truncateTable($name)` of Magento.
        _ => {
            hit(chain.arguments().len() == 1 && chain.has(&["getConnection", "connection", "conn"]))
        }
    }
}

/// Calls of frameworks that take a table away, or all that is in it.
fn of_framework(chain: &Chain) -> Hit {
    let told = chain.argument(0).is_some_and(|it| !passes(it));
    hit(match chain.name() {
        // `$this->db->truncate('users')` of CodeIgniter.
        // `$connection->getConnectionForTable('pages')->truncate('pages')` of TYPO3.
        "truncate" => told && matches!(chain.on(), "db" | "getConnectionForTable"),
        "drop_table" | "drop_database" => told && matches!(chain.on(), "dbforge" | "forge"),
        "drop" | "dropIfExists" => {
            told && chain.on() == "schema" && chain.has(&["Capsule", "capsule", "DB"])
        }
        "db_drop_table" => told,
        "dropTable" => told && chain.has(&["getSchemaManager", "createSchemaManager", "forge"]),
        "dropAndCreateDatabase" => true,
        // `\Drupal::database()->delete('node')->execute()`, `db_delete('node')->execute()`.
        _ => {
            let links: Vec<&str> = chain.links.iter().map(|it| it.name).collect();
            matches!(
                links.as_slice(),
                [.., "database" | "connection", "delete", "execute"]
                    | ["db_delete", "execute"]
                    | ["Doctrine_Query", "create", "delete", "execute"]
            ) && !chain
                .links
                .iter()
                .rev()
                .nth(1)
                .and_then(|it| it.call)
                .is_some_and(|it| it.arguments.first().is_some_and(|it| passes(&it.value)))
        }
    })
}

/// Whether a table holds what passes anyway, by its name.
pub(super) fn passes(table: &Shared) -> bool {
    let words = texts(table).into_iter().flat_map(|it| parts(&it.text)).collect::<Vec<_>>();
    let passing = [
        "tmp", "temp", "cache", "caches", "session", "sessions", "import", "staging", "queue",
        "watchdog", "flood", "test",
    ];
    words.iter().any(|it| passing.contains(&it.as_str()))
}
