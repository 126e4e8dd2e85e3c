//! Rows about calls in Java.

pub(super) mod each;
pub(super) mod stores;

use super::chain::{Chain, unfiltered};
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Java};
use crate::content::script::languages::CALLED_ON;
use crate::content::script::model::Scope::{Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Act, Expression, Form, Function, Shared};
use crate::content::script::value::texts;

const JAVA: &[Language] = &[Java];

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "java.repository",
            "userRepository.deleteAll(), orderDao.deleteAllInBatch(), userMapper.delete(null)",
            "of a repository, mapper or the like; nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: JAVA,
        names: &["deleteAll", "deleteAllInBatch", "delete", "removeAll"],
        when: repository,
    },
    CallRow {
        kind: kind(
            "java.jpa",
            "entityManager.createQuery(\"delete User\").executeUpdate()",
            "no WHERE",
            Table,
            High,
            "",
        ),
        languages: JAVA,
        names: &["createQuery", "createMutationQuery"],
        when: |chain| {
            let text = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
            let words: Vec<String> =
                text.to_lowercase().split_whitespace().map(str::to_owned).collect();
            let is_delete = words.first().is_some_and(|it| it == "delete");
            hit(is_delete && !words.iter().any(|it| it == "where"))
        },
    },
    CallRow {
        kind: kind(
            "java.flyway",
            "flyway.clean()",
            "",
            Database,
            Critical,
            "cleanDisabled, on by default since 9",
        ),
        languages: JAVA,
        names: &["clean"],
        when: |chain| {
            let is_flyway = is_on(chain, &["flyway"]) || chain.has(&["Flyway", "flyway"]);
            hit(is_flyway && given(chain) == 0)
        },
    },
    CallRow {
        kind: kind("java.liquibase", "liquibase.dropAll()", "", Database, Critical, ""),
        languages: JAVA,
        names: &["dropAll"],
        when: |chain| hit(is_on(chain, &["liquibase"])),
    },
    CallRow {
        kind: kind(
            "java.hibernate.export",
            "new SchemaExport(configuration).create(true, true)",
            "",
            Database,
            Critical,
            "",
        ),
        languages: JAVA,
        names: &["create", "drop"],
        when: |chain| hit(chain.has(&["SchemaExport"]) || is_on(chain, &["schemaexport"])),
    },
    CallRow {
        kind: kind(
            "java.hibernate.setting",
            "properties.put(\"hibernate.hbm2ddl.auto\", \"create-drop\")",
            "create or create-drop, outside of memory",
            Database,
            Critical,
            "validate",
        ),
        languages: JAVA,
        names: &["put", "setProperty", "applySetting", "property"],
        when: setting,
    },
    CallRow {
        kind: kind(
            "java.schema",
            "initializer.dropSchema(), databaseService.dropDatabase(), DatabaseUtils.dropTables()",
            "of another file, by its name",
            Database,
            Critical,
            "",
        ),
        languages: JAVA,
        names: &["dropSchema", "dropDatabase", "dropTables", "dropAllTables", "dropDB", "dropDb"],
        when: |chain| hit(chain.links.len() > 1),
    },
    CallRow {
        kind: kind(
            "java.mongo.drop",
            "database.drop(), collection.drop(), mongoTemplate.dropCollection(User.class)",
            "",
            Table,
            Critical,
            "",
        ),
        languages: JAVA,
        names: &["drop", "dropCollection"],
        when: mongo_drop,
    },
    CallRow {
        kind: kind(
            "java.mongo.delete_many",
            "collection.deleteMany(new Document()), mongoTemplate.remove(new Query(), User.class)",
            "the filter is empty",
            Table,
            High,
            "",
        ),
        languages: JAVA,
        names: &["deleteMany", "remove", "findAllAndRemove"],
        when: delete_many,
    },
    CallRow {
        kind: kind(
            "java.redis",
            "jedis.flushAll(), connection.flushDb()",
            "",
            Database,
            High,
            "rename-command",
        ),
        languages: JAVA,
        names: &["flushAll", "flushDB", "flushDb", "flushall", "flushdb"],
        when: |chain| {
            let is_redis = is_on(chain, &["redis", "jedis", "connection", "commands", "lettuce"])
                || chain.has(&["getConnection", "getKeys", "sync", "serverCommands"]);
            hit(is_redis)
        },
    },
    CallRow {
        kind: kind(
            "java.jooq",
            "create.deleteFrom(USERS).execute(), create.dropTable(USERS).execute()",
            "nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: JAVA,
        names: &["execute"],
        when: jooq,
    },
    CallRow {
        kind: kind(
            "java.cloud",
            "dynamo.deleteTable(name), rds.deleteDBInstance(request), ec2.terminateInstances(request)",
            "",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: JAVA,
        names: &[
            "deleteTable",
            "deleteBucket",
            "deleteDBInstance",
            "deleteDBCluster",
            "deleteStack",
            "terminateInstances",
        ],
        when: |chain| hit(given(chain) > 0 && chain.links.len() > 1),
    },
    CallRow {
        kind: kind(
            "java.fs.directory",
            "FileUtils.deleteDirectory(path), FileSystemUtils.deleteRecursively(path)",
            "the path holds data, uploads, backups or a database",
            Files,
            High,
            "",
        ),
        languages: JAVA,
        names: &[
            "deleteDirectory",
            "cleanDirectory",
            "deleteRecursively",
            "deleteQuietly",
            "forceDelete",
        ],
        when: |chain| {
            // One file that is named while it runs is deleted so as well.
            let is_whole = |it: &Shared| {
                chain.name() != "forceDelete"
                    || texts(it).iter().all(|it| it.origin.holes.is_empty())
            };
            hit(chain
                .argument(0)
                .filter(|it| is_whole(it))
                .is_some_and(|it| super::files::is_data(it) || super::files::names_database(it)))
        },
    },
    CallRow {
        kind: kind(
            "java.hadoop",
            "fileSystem.delete(new Path(\"/user/hive/warehouse\"), true)",
            "with all below it, and the path holds data",
            Files,
            Critical,
            "the trash",
        ),
        languages: JAVA,
        names: &["delete"],
        when: |chain| {
            let is_whole = chain.argument(1).is_some_and(|it| matches!(it.form, Form::Bool(true)));
            let path = chain.argument(0).filter(|_| is_whole && given(chain) == 2);
            hit(path.is_some_and(super::files::is_data))
        },
    },
    CallRow {
        kind: kind(
            "java.fs.walk",
            "Files.walk(path).map(Path::toFile).forEach(File::delete), Files.walkFileTree(path, visitor)",
            "the path holds data, uploads, backups or a database",
            Files,
            High,
            "",
        ),
        languages: JAVA,
        names: &["forEach", "walkFileTree"],
        when: walk,
    },
    CallRow {
        kind: kind(
            "java.fs.remove_db",
            "new File(\"app.db\").delete(), Files.deleteIfExists(path)",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        languages: JAVA,
        names: &["delete", "deleteIfExists"],
        when: |chain| {
            let path = match chain.on() {
                "Files" => chain.argument(0),
                _ => chain.named("path"),
            };
            hit(path.is_some_and(super::files::names_database))
        },
    },
];

/// The arguments that are given by their place.
fn given(chain: &Chain) -> usize {
    chain.arguments().iter().filter(|it| it.name.is_none()).count()
}

/// What a method is called on, by its name and the type that it is declared with.
pub(super) fn called_on(chain: &Chain) -> String {
    let told = chain.named(CALLED_ON).and_then(|it| it.literal()).unwrap_or_default();
    format!("{told} {}", chain.on()).to_lowercase()
}

fn is_on(chain: &Chain, words: &[&str]) -> bool {
    let on = called_on(chain);
    words.iter().any(|it| on.contains(it))
}

/// A call or an object that is given nothing: `new Document()`, `Filters.empty()`.
fn is_empty(of: &Expression, names: &[&str]) -> bool {
    let Form::Call(call) = &of.form else { return false };
    let name = match &call.callee.form {
        Form::Name(name) | Form::Member(_, name) => name.as_str(),
        _ => "",
    };
    call.arguments.is_empty() && names.contains(&name)
}

fn repository(chain: &Chain) -> Hit {
    let is_store = is_on(chain, &["repo", "dao", "mapper"]);
    // What is made anew by itself, or holds objects of a test.
    if is_on(chain, &["cache", "inmemory", "fake", "mock"]) {
        return Hit::Miss;
    }
    match chain.name() {
        "delete" => hit(is_on(chain, &["mapper"])
            && given(chain) == 1
            && chain.argument(0).is_some_and(|it| {
                matches!(it.form, Form::Nothing)
                    || is_empty(it, &["QueryWrapper", "LambdaQueryWrapper"])
            })),
        _ => hit(is_store && given(chain) == 0),
    }
}

fn setting(chain: &Chain) -> Hit {
    let name = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
    let is_setting = name.ends_with("hbm2ddl.auto")
        || name.ends_with("hibernate.ddl-auto")
        || name.ends_with("schema-generation.database.action");
    let value = chain.argument(1).and_then(|it| it.literal()).unwrap_or_default();
    hit(is_setting && matches!(value.as_str(), "create" | "create-drop" | "drop-and-create"))
}

fn mongo_drop(chain: &Chain) -> Hit {
    if chain.name() == "dropCollection" {
        return hit(given(chain) == 1);
    }
    if given(chain) > 0 {
        return Hit::Miss;
    }
    let on = called_on(chain);
    let is_known = chain.has(&["getDatabase", "getCollection", "getDb"])
        || ["mongo", "dbcollection"].iter().any(|it| on.contains(it))
        || on.split(' ').any(|it| matches!(it, "db" | "database" | "collection" | "coll"));
    hit(is_known)
}

fn delete_many(chain: &Chain) -> Hit {
    let filters = ["Document", "BasicDBObject", "BsonDocument", "empty", "Query"];
    let is_all = chain.argument(0).is_some_and(|it| is_empty(it, &filters));
    let is_mongo = chain.name() == "deleteMany" || is_on(chain, &["mongo"]) || given(chain) == 2;
    hit(is_all && is_mongo)
}

fn jooq(chain: &Chain) -> Hit {
    let drops = [
        "truncate",
        "truncateTable",
        "dropTable",
        "dropTableIfExists",
        "dropSchema",
        "dropSchemaIfExists",
    ];
    if chain.has(&drops) && given(chain) == 0 {
        return Hit::Full;
    }
    match chain.has(&["deleteFrom"]) {
        true => unfiltered(chain),
        false => Hit::Miss,
    }
}

/// Every file below a directory that holds data.
fn walk(chain: &Chain) -> Hit {
    let lists = chain.links.iter().filter(|it| matches!(it.name, "walk" | "list" | "walkFileTree"));
    let mut paths = lists.filter_map(|it| it.call?.arguments.first());
    let by_function = |it: &Shared| matches!(&it.form, Form::Lambda(it) if deletes(it));
    let deletes = chain.arguments().iter().any(|it| match &it.value.form {
        // `new SimpleFileVisitor<>() { ... }`.
        Form::Call(made) => made.arguments.iter().any(|it| by_function(&it.value)),
        _ => by_function(&it.value),
    });
    hit(deletes && paths.any(|it| super::files::is_data(&it.value)))
}

/// Whether one of the statements of a function deletes a file.
fn deletes(function: &Function) -> bool {
    let is_delete = |of: &Expression| match &of.form {
        Form::Call(call) => match &call.callee.form {
            Form::Name(name) | Form::Member(_, name) => name.starts_with("delete"),
            _ => false,
        },
        _ => false,
    };
    let mut open: Vec<&Act> = function.body.iter().map(|it| &it.act).collect();
    while let Some(act) = open.pop() {
        match act {
            Act::Run(it) | Act::Return(Some(it)) if is_delete(it) => return true,
            Act::Try { body, .. } | Act::Block(body) => open.extend(body.iter().map(|it| &it.act)),
            _ => {}
        }
    }
    false
}
