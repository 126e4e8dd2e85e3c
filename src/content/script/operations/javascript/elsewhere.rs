//! Rows about calls in JavaScript and TypeScript that go to other stores, to a cloud, and to files.

use super::super::addresses::names_index;
use super::super::chain::{Chain, Narrowed, name_of, narrowed_to};
use super::super::listed::{is_of_type, takes_lot};
use super::super::{CallRow, Hit, kind};
use super::BOTH;
use super::asked::{field, has_true};
use super::rows::{each_row, is_every_row, others_than};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Expression, Form, Shared, has_one};

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "js.fauna",
            "q.Map(q.Paginate(...), q.Lambda('ref', q.Delete(q.Var('ref'))))",
            "of each of them",
            Database,
            High,
            "",
        ),
        languages: BOTH,
        names: &["Delete"],
        when: fauna,
    },
    CallRow {
        kind: kind("js.redis", "redis.flushAll(), redis.flushdb()", "", Database, High, ""),
        languages: BOTH,
        names: &[
            "flushall",
            "flushdb",
            "flushAll",
            "flushDb",
            "FLUSHALL",
            "FLUSHDB",
            "flushDB",
            "obliterate",
            "sendCommand",
            "call",
        ],
        when: |it| {
            if matches!(it.name(), "sendCommand" | "call") {
                let first = it.argument(0);
                let first = first.and_then(|it| match &it.form {
                    Form::List(all) => all.first()?.literal(),
                    _ => it.literal(),
                });
                let is_flush = first
                    .is_some_and(|it| matches!(it.to_lowercase().as_str(), "flushall" | "flushdb"));
                return hit(is_flush);
            }
            if it.on().to_lowercase().contains("cache") && !it.on().to_lowercase().contains("redis")
            {
                Hit::Miss
            } else {
                Hit::Full
            }
        },
    },
    CallRow {
        kind: kind(
            "js.es",
            "client.indices.delete({ index: 'products' }), client.deleteByQuery({ query: { match_all: {} } })",
            "an index, or all documents",
            Database,
            Critical,
            "action.destructive_requires_name",
        ),
        languages: BOTH,
        names: &["delete", "deleteByQuery"],
        when: elastic,
    },
    CallRow {
        kind: kind(
            "js.firestore",
            "firestore.recursiveDelete(ref), a loop over a collection with doc.ref.delete()",
            "the whole collection",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["recursiveDelete", "delete", "deleteDoc", "deleteUser", "deleteUsers"],
        when: firestore,
    },
    CallRow {
        kind: kind(
            "js.each",
            "for (const user of await User.find()) await user.deleteOne()",
            "each of all rows, one after the other",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &[
            "remove",
            "deleteOne",
            "destroy",
            "findByIdAndDelete",
            "findByIdAndRemove",
            "findOneAndDelete",
            "delete",
            "del",
            "deleteMany",
            "DeleteCommand",
            "DeleteItemCommand",
            "deleteItem",
            "eq",
            "in",
        ],
        when: each_row,
    },
    CallRow {
        kind: kind(
            "js.orphans",
            "Message.deleteMany({ userId: { $nin: all users } })",
            "three such calls or more: an empty list of the others takes all rows away",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["deleteMany"],
        when: others_than,
    },
    CallRow {
        kind: kind(
            "js.firebase",
            "database.ref('users').remove(), remove(ref(db, 'users')), ref.set(null)",
            "the place stands in the script",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["remove", "set"],
        when: realtime,
    },
    CallRow {
        kind: kind(
            "js.vector",
            "index.deleteAll(), client.deleteCollection('docs')",
            "",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &[
            "deleteAll",
            "deleteCollection",
            "delete1",
            "deleteAllDocuments",
            "clearObjects",
            "clearIndex",
            "deleteIndex",
        ],
        when: vector,
    },
];

/// What a function of `Map` gets, not one document by its reference.
fn fauna(chain: &Chain) -> Hit {
    let is_query =
        matches!(chain.on(), "q" | "query" | "faunadb" | "Query" | "fql") || chain.links.len() == 1;
    let of_each = chain.argument(0).is_some_and(|it| match &it.form {
        Form::Name(_) | Form::Other(_) => true,
        Form::Call(call) => name_of(&call.callee) == "Var",
        _ => false,
    });
    hit(is_query && of_each)
}

fn elastic(chain: &Chain) -> Hit {
    let Some(options) = chain.argument(0) else { return Hit::Miss };
    let query = field(options, "query").and_then(|it| it.literal()).unwrap_or_default();
    let is_all = match chain.name() {
        // A query of Sanity for all of a type.
        "delete" if query.starts_with('*') => is_of_type(&query),
        "delete" => chain.has(&["indices"]) && field(options, "index").is_some_and(names_index),
        _ => {
            let query = field(options, "query").or_else(|| field(field(options, "body")?, "query"));
            query.is_some_and(|it| field(it, "match_all").is_some())
        }
    };
    hit(is_all)
}

/// A document or account out of a loop over all of them.
fn firestore(chain: &Chain) -> Hit {
    let is_so = match chain.name() {
        // `firebase.firestore.delete('/', { recursive: true })` of the command line's own module.
        "delete" if chain.on() == "firestore" => {
            let is_told = chain.argument(0).is_some_and(|it| it.literal().is_some());
            is_told && has_true(chain.argument(1), "recursive")
        }
        "recursiveDelete" => true,
        "deleteUser" | "deleteUsers" => {
            // `users.find((it) => it.email === email)` is one of them.
            chain.argument(0).is_some_and(|it| {
                // `supabase.auth.admin.deleteUser(row.id)` for each row of a table of them.
                let of_rows =
                    || chain.has(&["auth"]) && chain.on() == "admin" && is_every_row(it, false);
                comes_from(it, &["listUsers"], &["find"]) || of_rows() && !chain.is_of_chosen(it)
            })
        }
        name => {
            let document = match (name, chain.argument(0)) {
                ("delete" | "deleteDoc", Some(of)) => Some(of),
                _ => None,
            };
            let on = chain.links.last().and_then(|it| it.call).map(|it| &it.callee);
            let of = document.or(on).map(by_key);
            if of.is_some_and(is_of_one_tenant) {
                return Hit::Tenant;
            }
            of.is_some_and(|it| {
                comes_from(
                    it,
                    &["get", "getDocs", "listDocuments", "stream"],
                    &["where", "query", "doc", "filter", "find"],
                ) && comes_from(
                    it,
                    &["collection", "collectionGroup", "collectionRef", "listCollections"],
                    &[],
                )
            })
        }
    };
    hit(is_so)
}

/// Whether documents are those of one tenant in a collection: `db.collection('orders').where('userId', '==', 'ann').get()`.
fn is_of_one_tenant(of: &Shared) -> bool {
    let of_one = |it: &Expression| match &it.form {
        Form::Call(call) if name_of(&call.callee) == "where" => match call.arguments.as_slice() {
            [column, sign, value] if sign.value.literal().as_deref() == Some("==") => {
                let column = column.value.literal().unwrap_or_default();
                Some(narrowed_to(&column, &value.value) == Narrowed::Tenant)
            }
            _ => Some(false),
        },
        _ => None,
    };
    let are = |wanted: bool| has_one(vec![of], 300, |it| of_one(it) == Some(wanted));
    are(true)
        && !are(false)
        && comes_from(of, &["get", "getDocs"], &["doc", "filter", "find", "limit"])
        && comes_from(of, &["collection", "collectionGroup"], &[])
}

/// The key of `doc(db, 'users', key)` and of `collection.doc(key).delete()`, where that is what a document is made of.
fn by_key(of: &Shared) -> &Shared {
    let call = match &of.form {
        Form::Call(call) => Some(call),
        Form::Member(on, _) => match &on.form {
            Form::Call(call) => Some(call),
            _ => None,
        },
        _ => None,
    };
    let call = call.filter(|it| name_of(&it.callee) == "doc");
    let key = call.and_then(|it| it.arguments.last()).map(|it| &it.value);
    key.filter(|it| it.literal().is_none()).unwrap_or(of)
}

/// Whether one of these calls stands in what an expression is made of, and none of those.
pub(super) fn comes_from(of: &Shared, these: &[&str], those: &[&str]) -> bool {
    let mut open: Vec<&Shared> = vec![of];
    let (mut is_from, mut left) = (false, 300);
    while let Some(it) = open.pop() {
        if left == 0 {
            return false;
        }
        left -= 1;
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            if those.contains(&name.as_str()) && !takes_lot(call) {
                return false;
            }
            is_from |= these.contains(&name.as_str());
        }
        open.extend(it.children());
    }
    is_from
}

/// Places of a Firebase realtime database.
fn realtime(chain: &Chain) -> Hit {
    let is_plain = |it: &Shared| it.literal().is_some();
    let place = chain.links.iter().find(|it| it.name == "ref").and_then(|it| it.call);
    // `remove(ref(db, 'users'))`.
    let given = chain.argument(0).and_then(|it| match &it.form {
        Form::Call(call) if name_of(&call.callee) == "ref" => Some(call),
        _ => None,
    });
    let given = given.filter(|_| chain.links.len() == 1);
    let Some(place) = place.or(given) else { return hit(is_root(chain)) };
    let is_fixed = place
        .arguments
        .iter()
        .all(|it| is_plain(&it.value) || matches!(it.value.form, Form::Name(_)))
        || given.is_some_and(|it| it.arguments.iter().skip(1).all(|it| is_plain(&it.value)));
    let is_root_of_many = place
        .arguments
        .last()
        .and_then(|it| it.value.literal())
        .is_none_or(|it| it.trim_matches('/').matches('/').count() == 0);
    let removes = match chain.name() {
        "remove" => chain.arguments().is_empty() || given.is_some(),
        _ => chain.arguments().last().is_some_and(|it| matches!(it.value.form, Form::Nothing)),
    };
    let is_narrow = chain.has(&["child", "equalTo", "limitToFirst"]);
    if is_fixed
        && is_root_of_many
        && removes
        && !is_narrow
        && (place.arguments.is_empty() && chain.has(&["database"])
            || place.arguments.iter().any(|it| is_plain(&it.value)))
    {
        Hit::Full
    } else {
        Hit::Miss
    }
}

/// The root of such a database under the name that another file gives it: `fireRef.remove()`.
fn is_root(chain: &Chain) -> bool {
    let [root, _] = chain.links.as_slice() else { return false };
    let name = root.name.to_lowercase();
    let is_named =
        matches!(name.as_str(), "fireref" | "firebaseref" | "firebaserootref" | "firebaseroot");
    let is_imported = chain.module.contains('/') && root.call.is_none();
    let removes = match chain.name() {
        "remove" => chain.arguments().is_empty(),
        _ => matches!(chain.arguments(), [one] if matches!(one.value.form, Form::Nothing)),
    };
    is_named && is_imported && removes
}

fn vector(chain: &Chain) -> Hit {
    let on = chain.on().to_lowercase();
    let is_so = match chain.name() {
        "deleteAll" => {
            ["index", "namespace", "ns", "schema", "collections", "pinecone"]
                .iter()
                .any(|it| on.ends_with(it))
                && chain.links.len() > 1
        }
        "deleteCollection" => {
            ["chroma", "qdrant", "client", "milvus", "vector"].iter().any(|it| on.contains(it))
                && chain.argument(0).is_some()
        }
        "deleteAllDocuments" | "clearObjects" | "clearIndex" => {
            chain.links.len() > 1 && chain.arguments().is_empty()
        }
        "deleteIndex" => {
            let stores = ["meili", "pinecone", "client", "pc", "searchclient"];
            let root = chain.links.first().map_or("", |it| it.name).to_lowercase();
            chain.argument(0).is_some() && stores.iter().any(|it| root.contains(it) || on == *it)
        }
        _ => has_true(chain.argument(0), "deleteAll"),
    };
    hit(is_so)
}
