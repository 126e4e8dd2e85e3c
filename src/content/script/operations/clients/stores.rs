//! Methods of databases of other kinds, and of stores of keys.

use super::{
    Chain, Form, Methods, any, is_bare, is_of_all, is_on, is_told, name_of, option, plain,
    takes_all_of,
};

use crate::content::script::value::texts_in;
use crate::content::script::words::{is_for_a_while, is_of_tests};

pub(super) static METHODS: &[Methods] = &[
    Methods {
        made_by: &[],
        names: &[
            "dropmeasurement",
            "dropkeyspace",
            "dropalltables",
            "deletewithcontents",
            "removerecursive",
            "deletemetadataandallversions",
        ],
        when: any,
    },
    // `client.admin.command({'dropDatabase': 1})`.
    Methods {
        made_by: &[],
        names: &["command", "runcommand", "admincommand", "$runcommandraw"],
        when: |it| {
            let first = it.argument(0);
            let is_drop = |it: &str| matches!(it, "dropDatabase" | "drop");
            first.is_some_and(|it| match &it.form {
                Form::Map(pairs) => {
                    let key = pairs.first().and_then(|(key, _)| key.literal());
                    key.is_some_and(|it| is_drop(&it))
                }
                _ => it.literal().as_deref() == Some("dropDatabase"),
            })
        },
    },
    Methods {
        made_by: &["influx", "couch", "arango", "cosmos", "surreal", "clickhouse", "mongo", "glue"],
        names: &["dropdatabase", "deletedatabase"],
        when: any,
    },
    Methods { made_by: &["cassandra", "cqlengine"], names: &["dropkeyspace"], when: is_told },
    Methods { made_by: &["piccolo"], names: &["dropdbtables", "dropdbtablessync"], when: any },
    // `cluster.buckets().drop_bucket('shop')` of Couchbase.
    Methods {
        made_by: &[],
        names: &["dropbucket", "flushbucket"],
        when: |it| it.on() == "buckets" && is_told(it),
    },
    Methods {
        made_by: &["falkordb"],
        names: &["delete"],
        when: |it| it.on() == "select_graph" && is_bare(it),
    },
    // `DeltaTable.forPath(spark, path).delete()`, `session.table('ORDERS').delete()` of Snowpark.
    Methods {
        made_by: &["deltatable"],
        names: &["delete"],
        when: |it| matches!(it.on(), "forPath" | "forName" | "DeltaTable") && is_bare(it),
    },
    Methods {
        made_by: &["snowpark"],
        names: &["delete"],
        when: |it| it.on() == "table" && is_bare(it),
    },
    Methods { made_by: &["influx"], names: &["deletebucket"], when: is_told },
    Methods {
        made_by: &["influx"],
        names: &["deletewithname"],
        when: |it| takes_all_of(it, &["unix"]),
    },
    Methods {
        made_by: &["influx", "deleteapi"],
        names: &["postdelete"],
        when: |it| {
            let start = option(it, "body").into_iter().flat_map(texts_in);
            start.into_iter().any(|it| it.starts_with("1970"))
        },
    },
    Methods { made_by: &["py2neo", "graph"], names: &["deleteall"], when: is_bare },
    Methods { made_by: &[], names: &["drop"], when: vertices },
    Methods {
        made_by: &["gremlin", "client"],
        names: &["submit", "submitasync"],
        when: |it| {
            it.argument(0).and_then(|it| it.literal()).is_some_and(|it| {
                let it: String = it.split_whitespace().collect();
                it.to_lowercase().starts_with("g.v().drop()")
            })
        },
    },
    Methods { made_by: &[], names: &["operation"], when: |it| is_on(it, "dropall") },
    Methods { made_by: &[], names: &["alter"], when: |it| is_on(it, "dropall") },
    Methods {
        made_by: &["dgraph", "operation"],
        names: &["setdropall"],
        when: |it| it.argument(0).is_some_and(|it| matches!(it.form, Form::Bool(true))),
    },
    Methods {
        made_by: &["arango"],
        names: &["truncate", "drop"],
        when: |it| is_bare(it) && it.links.len() > 2,
    },
    Methods {
        made_by: &["surreal"],
        names: &["delete"],
        when: |it| {
            let what = it.argument(0).and_then(|it| it.literal());
            it.arguments().len() == 1 && what.is_some_and(|it| !it.contains(':'))
        },
    },
    Methods {
        made_by: &["cosmos", "blob", "azure"],
        names: &["deletecontainer", "deletefilesystem", "deleteshare"],
        when: any,
    },
    Methods {
        made_by: &["cosmos"],
        names: &["delete"],
        when: |it| matches!(it.on(), "database" | "container") && is_bare(it),
    },
    Methods {
        made_by: &["cosmos"],
        names: &["delete", "deleteitem"],
        when: |it| {
            let by_key = it.links.iter().rev().nth(1).filter(|it| it.name == "item");
            let key = by_key.and_then(|it| it.call?.arguments.first());
            let all = ["readall", "readallitems"];
            key.is_some_and(|key| is_of_all(&key.value, &all, it))
        },
    },
    Methods {
        made_by: &["appwrite"],
        names: &["delete", "deletecollection", "deletebucket", "deletetable"],
        when: |it| {
            let on = it.links.iter().rev().nth(1).map(|it| plain(it.name)).unwrap_or_default();
            it.name() != "delete" || matches!(on.as_str(), "databases" | "tablesdb")
        },
    },
    Methods {
        made_by: &["couch"],
        names: &["delete"],
        when: |it| it.argument(0).is_some() && it.links.len() < 4 && it.has(&["Server", "couchdb"]),
    },
    Methods { made_by: &["rethinkdb"], names: &["dbdrop", "tabledrop"], when: any },
    Methods {
        made_by: &["rethinkdb"],
        names: &["delete"],
        when: |it| {
            let mut before = it.links.iter().rev().skip(1).map(|it| it.name);
            it.on() == "table"
                && before.all(|name| matches!(name, "r" | "rethinkdb" | "db" | "table"))
        },
    },
    Methods { made_by: &["etcd", "clientv3"], names: &["delete", "all", "prefix"], when: etcd },
    Methods { made_by: &["etcd"], names: &["deleteprefix"], when: any },
    Methods {
        made_by: &["pgtools", "pg-god", "pggod"],
        names: &["dropdb", "dropdatabase"],
        when: any,
    },
    Methods {
        made_by: &["consul", "kv"],
        names: &["delete", "del", "deletetree"],
        when: |it| it.name() == "DeleteTree" || is_on(it, "recurse"),
    },
    Methods {
        made_by: &["kazoo", "zookeeper"],
        names: &["delete", "removerecursive"],
        when: |it| is_on(it, "recursive") || it.name() == "removeRecursive",
    },
    Methods {
        made_by: &["lmdb", "level", "rocksdb", "classic-level"],
        names: &["drop", "clearsync", "clear", "clearasync"],
        when: |it| it.name() == "drop" && is_told(it) || is_bare(it) && it.name() != "drop",
    },
    Methods {
        made_by: &["plyvel", "rocksdb", "leveldb", "leveldown"],
        names: &["destroydb", "destroy"],
        when: is_told,
    },
    Methods { made_by: &["bolt"], names: &["deletebucket"], when: is_told },
    Methods { made_by: &["badger"], names: &["dropall"], when: any },
    Methods { made_by: &["tinydb"], names: &["truncate", "droptables", "purge"], when: is_bare },
    Methods { made_by: &["realm"], names: &["deleteall"], when: is_bare },
    Methods { made_by: &["pocketbase"], names: &["truncate"], when: |it| it.on() == "collections" },
    Methods {
        made_by: &["parse"],
        names: &["destroyall"],
        when: |it| takes_all_of(it, &["findall", "find", "eachbatch"]),
    },
    Methods {
        made_by: &["aioengine", "syncengine", "odmantic"],
        names: &["remove"],
        when: takes_class,
    },
    Methods {
        made_by: &["pony", "models", "entities"],
        names: &["delete"],
        when: |it| {
            is_on(it, "bulk")
                && it.on() == "select"
                && it.narrowed() == super::super::chain::Narrowed::Nothing
                && selects_all(it)
        },
    },
    Methods {
        made_by: &["hbase", "happybase", "bigquery", "tableservice", "bigtable"],
        names: &["deletetable"],
        when: is_told,
    },
    Methods {
        made_by: &["bigquery"],
        names: &["delete"],
        when: |it| it.on() == "dataset" || is_on(it, "force"),
    },
    Methods {
        made_by: &["spanner"],
        names: &["drop", "delete"],
        when: |it| matches!(it.on(), "database" | "instance") && is_bare(it),
    },
    Methods {
        made_by: &["bigtable"],
        names: &["delete"],
        when: |it| matches!(it.on(), "table" | "instance") && is_bare(it),
    },
    Methods {
        made_by: &["datastore"],
        names: &["deletemulti", "delete"],
        when: |it| takes_all_of(it, &["fetch", "runquery", "getall"]),
    },
    Methods {
        made_by: &["alembic"],
        names: &["main"],
        when: |it| {
            option(it, "argv").is_some_and(|it| {
                let told = texts_in(it);
                told.iter().any(|it| it == "downgrade") && told.iter().any(|it| it == "base")
            })
        },
    },
    Methods {
        made_by: &["dbutils"],
        names: &["rm"],
        when: |it| {
            let path = it.argument(0).and_then(|it| it.literal()).unwrap_or_default();
            it.on() == "fs"
                && it
                    .argument(1)
                    .or(it.named("recurse"))
                    .is_some_and(|it| matches!(it.form, Form::Bool(true)))
                && path.matches('/').count() > 1
                && !is_of_tests(&path)
                && !is_for_a_while(&path)
                && !path.to_lowercase().contains("checkpoint")
        },
    },
];

/// `g.V().drop()`: nothing stands between.
fn vertices(chain: &Chain) -> bool {
    let n = chain.links.len();
    let on = n.checked_sub(2).and_then(|it| chain.links.get(it));
    let is_all = on.is_some_and(|it| {
        matches!(it.name, "V" | "E") && it.call.is_some_and(|it| it.arguments.is_empty())
    });
    is_all && chain.arguments().is_empty() && n > 2
}

/// All keys, or all below one: `del('', prefix)`, `delete().all()`, `Delete(ctx, key, WithPrefix())`.
fn etcd(chain: &Chain) -> bool {
    match chain.name() {
        "all" | "prefix" => chain.on() == "delete",
        _ => chain.arguments().iter().any(|it| match &it.value.form {
            Form::Call(call) => {
                matches!(name_of(&call.callee).as_str(), "WithPrefix" | "WithFromKey")
            }
            _ => false,
        }),
    }
}

/// `engine.remove(Product)`: a class, and no query of it.
fn takes_class(chain: &Chain) -> bool {
    let is_class = |name: &str| name.starts_with(|it: char| it.is_ascii_uppercase());
    match chain.arguments() {
        [one] => matches!(&one.value.form, Form::Name(name) if is_class(name)),
        _ => false,
    }
}

fn selects_all(chain: &Chain) -> bool {
    let select = chain.links.iter().find(|it| it.name == "select").and_then(|it| it.call);
    select.is_some_and(|it| it.arguments.is_empty())
}
