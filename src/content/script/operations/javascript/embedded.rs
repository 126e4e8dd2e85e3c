//! Rows about calls in JavaScript and TypeScript that go to small stores, to a database that syncs, and to GitHub.

use super::super::chain::{Chain, name_of};
use super::super::listed::{is_choice, leaves_all};
use super::super::{CallRow, Hit, kind};
use super::BOTH;
use super::asked::{field, has_true};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Act, Expression, Form, Function, Shared};
use crate::content::script::value::{texts, texts_in};

/// Expressions that are looked at.
const LOOKED_AT: usize = 300;

/// Stores of bots and small programs, which lie in a file or a database.
const STORES: &[&str] = &["QuickDB", "Enmap", "Josh"];

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "js.kv",
            "new QuickDB().deleteAll(), new Enmap({ name: 'users' }).clear(), new Keyv('sqlite://shop.sqlite').clear()",
            "a store that outlives the program",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["deleteAll", "clear"],
        when: kept,
    },
    CallRow {
        kind: kind(
            "js.couch.docs",
            "db.bulkDocs(rows.map((it) => ({ ...it.doc, _deleted: true })))",
            "of all that `allDocs` gives",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["bulkDocs", "bulk"],
        when: documents,
    },
    CallRow {
        kind: kind(
            "js.github",
            "octokit.request('DELETE /repos/{owner}/{repo}', { owner, repo })",
            "",
            Database,
            Critical,
            "",
        ),
        languages: BOTH,
        names: &["request"],
        when: |chain| {
            let told = chain.argument(0).map(texts).unwrap_or_default();
            let is_repository = |it: &str| {
                let parts: Vec<&str> = it.split('/').collect();
                matches!(parts.as_slice(), ["DELETE ", "repos", _, _])
            };
            hit(told.iter().any(|it| is_repository(&it.text)))
        },
    },
    CallRow {
        kind: kind(
            "js.seeding",
            "new Seeder({ database, dropDatabase: true }), seeder.clearModels(['User'], next), mongobackup.restore({ db, drop: true })",
            "what is there goes before the seed is put in",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["Seeder", "clearModels", "restore"],
        when: |chain| {
            let first = chain.argument(0);
            hit(match chain.name() {
                "Seeder" => has_true(first, "dropDatabase"),
                "restore" => has_true(first, "drop"),
                _ => chain.on() == "seeder" || chain.module.contains("mongoose-seed"),
            })
        },
    },
    CallRow {
        kind: kind(
            "js.entities",
            "em.removeAndFlush(await em.find(User, {})), DataStore.delete(User, Predicates.ALL), neode.deleteAll('User')",
            "all of a model",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &[
            "removeAndFlush",
            "delete",
            "deleteAll",
            "destroy",
            "truncateAsync",
            "automigrate",
        ],
        when: entities,
    },
];

/// A store by what made it.
fn kept(chain: &Chain) -> Hit {
    let [made, _] = chain.links.as_slice() else { return Hit::Miss };
    let Some(call) = made.call.filter(|_| chain.arguments().is_empty()) else { return Hit::Miss };
    let told = call.arguments.iter().flat_map(|it| texts_in(&it.value));
    let passes = ["cache", "session", "tmp", "temp", "test"];
    let is_passing = told.into_iter().any(|it| {
        let lower = it.to_lowercase();
        passes.iter().any(|it| lower.contains(it))
    });
    // `new Enmap()` is in memory as well.
    if is_passing || made.name == "Enmap" && call.arguments.is_empty() {
        return Hit::Miss;
    }
    // `new Keyv()` is in memory.
    let is_elsewhere = || {
        call.arguments.first().is_some_and(|it| {
            matches!(it.value.form, Form::Environment(..))
                || texts(&it.value).iter().any(|it| it.text.contains("://"))
        })
    };
    hit(STORES.contains(&made.name) || made.name == "Keyv" && is_elsewhere())
}

/// All of a model, as mappers of objects spell it.
fn entities(chain: &Chain) -> Hit {
    let first = chain.argument(0);
    let is_empty = |it: &Shared| matches!(&it.form, Form::Map(all) if all.is_empty());
    let root = chain.links.first().map_or("", |it| it.name);
    hit(match chain.name() {
        "removeAndFlush" => first.is_some_and(is_all_of_model),
        // `ogm.model('User').delete({ where: {} })`, `qdrant.delete('users', { filter: {} })`.
        "delete" => {
            let of_all =
                |at, name| chain.argument(at).and_then(|it| field(it, name)).is_some_and(is_empty);
            let is_whole = chain.argument(1).is_some_and(|it| name_of(it) == "ALL");
            of_all(0, "where") && chain.has(&["model"])
                || of_all(1, "filter") && first.is_some_and(|it| it.literal().is_some())
                || is_whole && root == "DataStore"
        }
        "deleteAll" => root.to_lowercase().contains("neode") && first.is_some(),
        // `conn.sobject('Account').find({}).destroy()` of jsforce.
        "destroy" => {
            let found = chain.links.iter().find(|it| it.name == "find").and_then(|it| it.call);
            let is_open = found.is_some_and(|it| it.arguments.iter().all(|it| is_empty(&it.value)));
            first.is_none() && chain.has(&["sobject"]) && is_open
        }
        // `models.instance.User.truncateAsync()` of Cassandra, `app.dataSources.db.automigrate()` of LoopBack.
        "truncateAsync" => chain.has(&["instance"]),
        _ => chain.has(&["dataSources"]),
    })
}

/// `em.find(User, {})`.
fn is_all_of_model(of: &Shared) -> bool {
    let Form::Call(call) = &of.form else { return false };
    let is_open = match call.arguments.as_slice() {
        [_] => true,
        [_, filter, ..] => matches!(&filter.value.form, Form::Map(all) if all.is_empty()),
        [] => false,
    };
    is_open && matches!(name_of(&call.callee).as_str(), "find" | "findAll")
}

/// Documents of CouchDB that are marked as deleted, where a list of all of them gave them.
fn documents(chain: &Chain) -> Hit {
    let Some(given) = chain.argument(0) else { return Hit::Miss };
    let mut open: Vec<&Shared> = vec![field(given, "docs").unwrap_or(given)];
    let (mut deletes, mut is_all, mut left) = (false, false, LOOKED_AT);
    while let Some(it) = open.pop().filter(|_| left > 0) {
        left -= 1;
        match &it.form {
            Form::Lambda(function) => deletes |= given_back(function).any(|it| is_deleted(it)),
            Form::Map(_) => deletes |= is_deleted(it),
            Form::Call(call) => {
                let name = name_of(&call.callee);
                if is_choice(call) {
                    return Hit::Miss;
                }
                is_all |= matches!(name.as_str(), "allDocs" | "list")
                    && call.arguments.iter().all(leaves_all);
            }
            _ => {}
        }
        open.extend(it.children());
    }
    hit(deletes && is_all)
}

fn is_deleted(of: &Expression) -> bool {
    field(of, "_deleted").is_some_and(|it| matches!(it.form, Form::Bool(true)))
}

/// What a function gives back.
pub(super) fn given_back(function: &Function) -> impl Iterator<Item = &Shared> {
    function.body.iter().filter_map(|it| match &it.act {
        Act::Return(it) => it.as_ref(),
        Act::Run(it) => Some(it),
        _ => None,
    })
}
