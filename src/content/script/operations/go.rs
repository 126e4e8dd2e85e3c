//! Rows about calls in Go.

mod cloud;
pub(super) mod more;

use super::addresses::names_index;
use super::chain::{Chain, always};
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Go};
use crate::content::script::model::Scope::{Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Call, Expression, Form, Shared, each_of};

const GO: &[Language] = &[Go];

pub(super) static CLOUD: &[CallRow] = cloud::CALLS;

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "go.gorm.drop",
            "db.Migrator().DropTable(&User{}), db.DropTableIfExists(&User{})",
            "",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["DropTable", "DropTableIfExists", "DropTables", "DropAllTables"],
        when: always,
    },
    CallRow {
        kind: kind(
            "go.drop_database",
            "pop.DropDB(connection), db.DropDatabase(name), db.DropSchema(name)",
            "",
            Database,
            Critical,
            "",
        ),
        languages: GO,
        names: &["DropDB", "DropDatabase", "DropSchema"],
        when: always,
    },
    CallRow {
        kind: kind(
            "go.gorm.delete",
            "db.Where(\"1 = 1\").Delete(&User{}), db.Unscoped().Delete(&User{})",
            "nothing narrows it down, and it is said to be meant",
            Table,
            High,
            "ErrMissingWhereClause",
        ),
        languages: GO,
        names: &["Delete"],
        when: gorm_delete,
    },
    CallRow {
        kind: kind(
            "go.orm.exec",
            "db.NewDropTable().Model(m).Exec(ctx), client.User.Delete().Exec(ctx), db.ResetModel(ctx, m)",
            "nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["Exec", "ExecX", "ResetModel"],
        when: orm_exec,
    },
    CallRow {
        kind: kind(
            "go.migrate.drop",
            "m.Drop(), m.Down()",
            "it is called on migrations",
            Database,
            Critical,
            "the prompt of its command line",
        ),
        languages: GO,
        names: &["Drop", "Down"],
        when: migrate_drop,
    },
    CallRow {
        kind: kind(
            "go.mongo.drop",
            "client.Database(name).Drop(ctx), collection.Drop(ctx)",
            "",
            Table,
            Critical,
            "",
        ),
        languages: GO,
        names: &["Drop", "DropCollection"],
        when: mongo_drop,
    },
    CallRow {
        kind: kind(
            "go.mongo.delete_many",
            "collection.DeleteMany(ctx, bson.M{})",
            "the filter is empty",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["DeleteMany", "RemoveAll"],
        when: delete_many,
    },
    CallRow {
        kind: kind(
            "go.redis.flush",
            "rdb.FlushAll(ctx), rdb.FlushDB(ctx)",
            "",
            Database,
            High,
            "rename-command",
        ),
        languages: GO,
        names: &["FlushAll", "FlushDB", "FlushAllAsync", "FlushDBAsync", "Do"],
        when: flush,
    },
    CallRow {
        kind: kind(
            "go.drop_all",
            "db.DropAll(), goose.Reset(db, dir)",
            "of a store of keys, or of all migrations",
            Database,
            Critical,
            "",
        ),
        languages: GO,
        names: &["DropAll", "Reset", "DownTo"],
        when: |chain| {
            let lower = chain.on().to_lowercase();
            hit(match chain.name() {
                "Reset" => lower == "goose",
                "DownTo" => {
                    let to = chain.arguments().last().and_then(|it| it.value.literal());
                    lower == "goose" && to.as_deref() == Some("0")
                }
                _ => {
                    chain.arguments().is_empty()
                        && (matches!(lower.as_str(), "db")
                            || lower.ends_with("badger")
                            || chain.has(&["badger"]))
                }
            })
        },
    },
    CallRow {
        kind: kind(
            "go.device",
            "wipe.Wipe(device), f.Write(make([]byte, n)) of os.OpenFile(device, os.O_WRONLY, 0)",
            "whoever runs it says which device, or it is one of /dev",
            Files,
            Critical,
            "",
        ),
        languages: GO,
        names: &["Wipe", "WipeDisk", "WipeDevice", "WipeDrive", "EraseDisk", "Write", "WriteAt"],
        when: device,
    },
    CallRow {
        kind: kind(
            "go.es",
            "es.Indices.Delete([]string{\"products\"})",
            "",
            Database,
            Critical,
            "action.destructive_requires_name",
        ),
        languages: GO,
        names: &["Delete"],
        when: |chain| hit(chain.on() == "Indices" && chain.argument(0).is_some_and(names_index)),
    },
    CallRow {
        kind: kind(
            "go.fs.remove_all",
            "os.RemoveAll(path)",
            "the path holds data, uploads, backups or a database",
            Files,
            High,
            "t.TempDir()",
        ),
        languages: GO,
        names: &["RemoveAll"],
        when: tree_of_data,
    },
    CallRow {
        kind: kind(
            "go.fs.each",
            "filepath.WalkDir(uploads, func(path string, ...) error { return os.Remove(path) })",
            "each file of a directory that holds data, uploads or backups",
            Files,
            High,
            "",
        ),
        languages: GO,
        names: &["Remove"],
        when: each_file,
    },
    CallRow {
        kind: kind(
            "go.fs.remove_db",
            "os.Remove(\"app.db\")",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        languages: GO,
        names: &["Remove"],
        when: database_file,
    },
];

/// A text that holds for every row.
fn always_holds(of: &Expression) -> bool {
    of.literal().is_some_and(|it| super::sql::holds_for_all(&it))
}

/// Whether a condition holds for every row: `Where("1 = 1")`, `Where("id > ?", 0)`.
fn is_about_all(call: &Call) -> bool {
    let by_value = match call.arguments.as_slice() {
        [one, value] => {
            let least = value.value.literal().filter(|it| matches!(it.as_str(), "0" | "-1"));
            one.value.literal().zip(least).map(|(it, by)| it.replacen('?', &by, 1))
        }
        _ => None,
    };
    call.arguments.first().is_some_and(|it| always_holds(&it.value))
        || by_value.is_some_and(|it| super::sql::holds_for_all(&it))
}

/// `&User{}`, or one of a list of these.
fn is_empty_model(of: &Expression) -> bool {
    match &of.form {
        Form::Map(all) => all.is_empty(),
        Form::List(all) => all.is_empty(),
        Form::Either(all) => all.iter().any(|it| is_empty_model(it)),
        Form::Call(call) => {
            call.arguments.is_empty()
                && matches!(&call.callee.form, Form::Name(name) if name != "new")
        }
        _ => false,
    }
}

/// Whether nothing is narrowed down, and somebody says that this is meant.
fn gorm_delete(chain: &Chain) -> Hit {
    // `Delete(&User{}, 7)`, `Delete(&user)`.
    let values = chain.arguments().iter().filter(|it| it.name.as_deref() != Some("ctx")).count();
    let is_empty = chain.argument(0).is_some_and(|it| is_empty_model(it));
    let conditions: Vec<bool> = chain
        .links
        .iter()
        .filter(|it| matches!(it.name, "Where" | "Or" | "Not" | "Limit"))
        .map(|it| it.call.is_some_and(is_about_all))
        .collect();
    let narrows = conditions.contains(&false);
    let by_argument = values == 2 && chain.argument(1).is_some_and(|it| always_holds(it));
    let meant =
        conditions.contains(&true) || by_argument || chain.has(&["Unscoped"]) || allows_all(chain);
    hit(is_empty && !narrows && meant && (values == 1 || by_argument))
}

/// `Session(&gorm.Session{AllowGlobalUpdate: true})`.
fn allows_all(chain: &Chain) -> bool {
    let sessions = chain.links.iter().filter(|it| it.name == "Session").filter_map(|it| it.call);
    let mut options = sessions.flat_map(|it| &it.arguments);
    options.any(|it| match &it.value.form {
        Form::Map(pairs) => pairs.iter().any(|(key, value)| {
            key.literal().as_deref() == Some("AllowGlobalUpdate")
                && matches!(value.form, Form::Bool(true))
        }),
        _ => false,
    })
}

fn orm_exec(chain: &Chain) -> Hit {
    if chain.has(&["NewDropTable", "NewTruncateTable"]) || chain.name() == "ResetModel" {
        return Hit::Full;
    }
    // `db.NewDelete().Model((*User)(nil)).Where("1=1")`: bun refuses without a condition.
    if chain.has(&["NewDelete"]) {
        let mut conditions = chain.links.iter().filter(|it| it.name.contains("Where")).peekable();
        let is_open = conditions.peek().is_some()
            && conditions.all(|it| {
                let first = it.call.and_then(|it| it.arguments.first());
                first.is_some_and(|it| always_holds(&it.value))
            });
        return hit(is_open);
    }
    // The builder of a client: `client.User.Delete()` takes no argument.
    let begins = chain.links.iter().rev().nth(1);
    let is_builder = begins
        .is_some_and(|it| it.name == "Delete" && it.call.is_some_and(|it| it.arguments.is_empty()));
    hit(is_builder && chain.links.len() >= 4)
}

fn migrate_drop(chain: &Chain) -> Hit {
    let on = chain.on().to_lowercase();
    let is_made_here = on.starts_with("new") && (chain.has(&["migrate"]) || on.contains("migrat"));
    let is_migration = matches!(
        chain.on(),
        "m" | "mig" | "migrate" | "migrator" | "migration" | "migrations" | "migrater"
    );
    hit((is_migration || is_made_here) && chain.arguments().is_empty())
}

fn mongo_drop(chain: &Chain) -> Hit {
    let lower = chain.on().to_lowercase();
    let is_known = chain.has(&["Database", "Collection"])
        || ["db", "database", "collection", "coll", "col"].contains(&lower.as_str())
        || lower.ends_with("collection")
        || lower.ends_with("coll")
        || lower.ends_with("database");
    hit(is_known && chain.named("ctx").is_some())
}

/// `bson.M{}`, `bson.D{}`, `bson.D{{}}`, `nil`.
fn selects_all(of: &Expression) -> bool {
    match &of.form {
        Form::Map(all) => all.is_empty(),
        Form::List(all) => all.iter().all(|it| {
            matches!(&it.form, Form::List(inner) if inner.is_empty())
                || matches!(&it.form, Form::Map(inner) if inner.is_empty())
        }),
        _ => false,
    }
}

fn delete_many(chain: &Chain) -> Hit {
    if chain.name() == "RemoveAll" && chain.on() == "os" {
        return Hit::Miss;
    }
    // `session.DB("shop").C("users").RemoveAll(nil)` of mgo.
    let is_of_mgo = chain.on() == "C" || chain.module.contains("mgo");
    let is_nil =
        |it: &Shared| matches!(it.form, Form::Nothing) && is_of_mgo && chain.name() == "RemoveAll";
    hit(chain.argument(0).is_some_and(|it| selects_all(it) || is_nil(it)))
}

fn flush(chain: &Chain) -> Hit {
    // `conn.Do("FLUSHALL")`.
    if chain.name() == "Do" {
        let first = chain.arguments().iter().find_map(|it| it.value.literal()).unwrap_or_default();
        return hit(matches!(first.to_lowercase().as_str(), "flushall" | "flushdb"));
    }
    let lower = chain.on().to_lowercase();
    let is_redis = ["redis", "rdb", "rds", "client", "cache"].iter().any(|it| lower.contains(it));
    hit(chain.named("ctx").is_some() || is_redis)
}

fn tree_of_data(chain: &Chain) -> Hit {
    hit(chain.on() == "os" && chain.argument(0).is_some_and(super::files::is_data))
}

/// `os.Remove(path)` of each that `filepath.WalkDir`, `filepath.Glob` or `os.ReadDir` finds in a directory of data.
fn each_file(chain: &Chain) -> Hit {
    let Some(path) = chain.argument(0).filter(|it| chain.on() == "os" && !chain.is_of_chosen(it))
    else {
        return Hit::Miss;
    };
    let mut open = vec![path];
    for _ in 0..100 {
        let Some(it) = open.pop() else { break };
        if let Some(all) = each_of(it) {
            let listed = match &all.form {
                Form::Call(call) => match super::chain::name_of(&call.callee).as_str() {
                    "ReadDir" => call.arguments.first().map(|it| &it.value),
                    "Glob" => call.arguments.first().map(|it| &it.value).filter(|it| {
                        it.literal().is_none_or(|it| it.ends_with("/*") || it.ends_with("*.*"))
                    }),
                    _ => None,
                },
                _ => Some(all),
            };
            return hit(listed.is_some_and(super::files::is_data));
        }
        open.extend(it.children());
    }
    Hit::Miss
}

fn database_file(chain: &Chain) -> Hit {
    let path = chain.argument(0).filter(|it| chain.on() == "os" && !chain.is_of_chosen(it));
    hit(path.is_some_and(|it| super::files::names_database(it) || is_database_of_many(it)))
}

/// One of what `filepath.Glob("data/*.db")` gives.
fn is_database_of_many(of: &Shared) -> bool {
    let Some(Form::Call(call)) = each_of(of).map(|it| &it.form) else { return false };
    super::chain::name_of(&call.callee) == "Glob"
        && call.arguments.first().is_some_and(|it| super::files::names_database(&it.value))
}

/// Whether this is a device of disks, or what whoever runs the program says.
fn names_device(of: &Shared) -> bool {
    match &of.form {
        Form::Argument(_) => true,
        Form::Either(all) => all.iter().any(names_device),
        Form::Outcome { value, .. } => names_device(value),
        _ => {
            let text = of.literal().unwrap_or_default();
            ["/dev/sd", "/dev/nvme", "/dev/disk", "/dev/vd"].iter().any(|it| text.starts_with(it))
        }
    }
}

/// A device that is overwritten with nothing but zeros, or handed to what wipes it.
fn device(chain: &Chain) -> Hit {
    if !matches!(chain.name(), "Write" | "WriteAt") {
        let is_said = !chain.on().is_empty() || chain.name() != "Wipe";
        return hit(is_said && chain.argument(0).is_some_and(names_device));
    }
    let open = chain.links.iter().find(|it| it.name == "OpenFile").and_then(|it| it.call);
    let path = open.and_then(|it| it.arguments.first()).map(|it| &it.value);
    let zeros = chain.argument(0).is_some_and(|it| match &it.form {
        Form::Call(call) => super::chain::name_of(&call.callee) == "make",
        _ => false,
    });
    // A new file is made: it is no device.
    let creates = open
        .and_then(|it| it.arguments.get(1))
        .is_some_and(|it| format!("{:?}", it.value.form).contains("O_CREATE"));
    hit(zeros && !creates && path.is_some_and(names_device))
}
