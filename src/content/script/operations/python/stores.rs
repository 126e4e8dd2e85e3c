//! Rows about calls in Python that go through everything a store holds, and about helpers that are named after what they do.

use crate::content::script::Language::{self, Python};
use crate::content::script::model::Scope::{Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::chain::{Chain, Narrowed, always, narrowed_by};
use crate::content::script::operations::{CallRow, Hit, files, hit, kind};
use crate::content::script::syntax::{Call, Expression, Form, Shared, has_one};

use super::when::{is_database, is_indexed};

pub(super) const PYTHON: &[Language] = &[Python];

/// Expressions that are looked at to find what an argument comes from.
const LOOKED_AT: usize = 400;

/// Calls that give back all that a store holds, where they are not narrowed down.
const ALL_OF_IT: &[&str] =
    &["scan", "iterate", "iterate_all", "get_all", "find_all", "list_users", "all"];

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "py.pandas",
            "pd.DataFrame().to_sql('users', engine, if_exists='replace')",
            "a frame without rows takes the place of the table",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["to_sql"],
        when: |chain| {
            let made = chain.links.iter().find(|it| it.name == "DataFrame").and_then(|it| it.call);
            let is_empty = made.is_some_and(|it| {
                it.arguments.iter().all(|it| it.name.as_deref() == Some("columns"))
            });
            let replaces = chain.named("if_exists").and_then(|it| it.literal());
            // No link between them puts rows in.
            let n = chain.links.len();
            let is_next = n > 1 && chain.links[n - 2].name == "DataFrame";
            hit(is_empty && is_next && replaces.as_deref() == Some("replace"))
        },
    },
    CallRow {
        kind: kind(
            "py.sqlalchemy.each",
            "for row in session.query(Model).all(): session.delete(row)",
            "not narrowed down",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete"],
        when: each_row,
    },
    CallRow {
        kind: kind(
            "py.sqlalchemy.drop_each",
            "for table in metadata.sorted_tables: table.drop(engine)",
            "",
            Database,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["drop"],
        when: |it| hit(of_each_table(it)),
    },
    CallRow {
        kind: kind(
            "py.odm.all",
            "await User.all().delete(), User.find_all().delete(), User.delete_all()",
            "not narrowed down",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete", "delete_all"],
        when: all_documents,
    },
    CallRow {
        kind: kind(
            "py.pymongo.drop_each",
            "for name in db.list_collection_names(): db[name].drop()",
            "",
            Table,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["drop"],
        when: indexed_drop,
    },
    CallRow {
        kind: kind(
            "py.firestore",
            "for it in db.collection(name).stream(): it.reference.delete(), db.recursive_delete(ref)",
            "all of a collection",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete", "recursive_delete"],
        when: firestore,
    },
    CallRow {
        kind: kind(
            "py.each",
            "for it in table.all(): table.delete(it['id'])",
            "one after the other of all that the store holds",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &[
            "delete",
            "delete_record",
            "delete_user",
            "delete_users",
            "admin_delete_user",
            "batch_delete",
            "delete_one",
            "find_one_and_delete",
        ],
        when: each_of_all,
    },
    CallRow {
        kind: kind(
            "py.firebase",
            "db.reference('users').delete(), db.reference('/').set({}), firebase.database().child('users').remove()",
            "the place stands in the script",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete", "set", "remove"],
        when: realtime,
    },
    CallRow {
        kind: kind("py.kafka", "admin.delete_topics(['orders'])", "", Database, High, ""),
        languages: PYTHON,
        names: &["delete_topics"],
        when: |chain| hit(!matches!(chain.on(), "" | "self")),
    },
    CallRow {
        kind: kind(
            "py.alembic",
            "command.downgrade(config, 'base')",
            "down to `base`",
            Database,
            Critical,
            "",
        ),
        languages: PYTHON,
        names: &["downgrade"],
        when: to_base,
    },
    CallRow {
        kind: kind("py.tinydb", "db.purge_tables()", "", Database, High, ""),
        languages: PYTHON,
        names: &["purge_tables"],
        when: always,
    },
    CallRow {
        kind: kind(
            "py.fs.each",
            "for path in uploads.iterdir(): path.unlink()",
            "all files of a directory of uploads, media or attachments",
            Files,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["remove", "unlink", "rmtree"],
        when: each_file,
    },
];

/// Calls in an expression, those of this name: what is looked at is bounded, and what a condition has picked is not.
pub(super) fn call_in<'a>(of: &'a Shared, names: &[&str]) -> Option<&'a Call> {
    let mut waiting = vec![of];
    for _ in 0..LOOKED_AT {
        let it = waiting.pop()?;
        if let Form::Call(call) = &it.form {
            if names.contains(&last(&call.callee)) {
                return Some(call);
            }
            if matches!(&call.callee.form, Form::Name(it) if it == "filter") {
                continue;
            }
        }
        waiting.extend(it.children());
    }
    None
}

fn last(of: &Expression) -> &str {
    match &of.form {
        Form::Name(name) | Form::Member(_, name) => name,
        _ => "",
    }
}

/// What one of the arguments comes from.
pub(super) fn comes_from<'a>(chain: &'a Chain, names: &[&str]) -> Option<&'a Call> {
    chain.arguments().iter().find_map(|it| call_in(&it.value, names))
}

fn is_class(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase()) && name.chars().any(|it| it.is_lowercase())
}

/// A row of a query that is not narrowed down is handed to a session.
fn each_row(chain: &Chain) -> Hit {
    if !chain.on().to_lowercase().contains("session") && chain.on() != "db" {
        return Hit::Miss;
    }
    if chain.arguments().iter().any(|it| chain.is_of_chosen(&it.value)) {
        return Hit::Miss;
    }
    // `session.query(Song).get(2)`: one row, by its key.
    let picks =
        ["get", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none"];
    let Some(call) = comes_from(chain, &["all", "scalars", "query", "exec"])
        .filter(|_| comes_from(chain, &picks).is_none())
    else {
        return Hit::Miss;
    };
    let from = Chain::of(call);
    // `session.exec(select(Hero)).all()`.
    let selects = |call: &Call| {
        let first = call.arguments.first().map(|it| &it.value.form);
        let Some(Form::Call(inner)) = first else { return false };
        let inner = Chain::of(inner);
        inner.links.first().is_some_and(|it| it.name == "select") && inner.links.len() == 1
    };
    let is_query = from.links.iter().any(|it| {
        it.name == "query"
            || matches!(it.name, "exec" | "execute" | "scalars") && it.call.is_some_and(selects)
    });
    hit(is_query && from.narrowed() == Narrowed::Nothing && !from.has(&["first", "one"]))
}

/// `User.all().delete()` of Tortoise, `User.find_all().delete()` and `User.delete_all()` of Beanie.
fn all_documents(chain: &Chain) -> Hit {
    let names: Vec<&str> = chain.links.iter().map(|it| it.name).collect();
    let is_bare = |at: usize| {
        chain.links.get(at).and_then(|it| it.call).is_some_and(|it| it.arguments.is_empty())
    };
    match names.as_slice() {
        // `Order.scan()` of PynamoDB.
        [class, "all" | "find_all" | "scan", "delete"] => hit(is_class(class) && is_bare(1)),
        // `User.find({}).delete()`, `User.filter(id__gt=0).delete()`, `User.exclude(username='admin').delete()`.
        [class, "find" | "filter" | "exclude", "delete"] => {
            hit(is_class(class) && chain.narrowed() == Narrowed::Nothing)
        }
        [class, "delete_all"] => hit(is_class(class) && is_bare(1)),
        _ => Hit::Miss,
    }
}

fn indexed_drop(chain: &Chain) -> Hit {
    let root = chain.links.first().map_or("", |it| it.name);
    // `Base.metadata.tables["users"].drop(engine)`.
    let is_of_metadata = chain.on() == "tables" && chain.has(&["metadata"]);
    let is_of_store = chain.arguments().is_empty() && is_database(root);
    hit(is_indexed(chain) && (is_of_store || is_of_metadata))
}

/// `for table in reversed(metadata.sorted_tables): table.drop(engine)`.
pub(super) fn of_each_table(chain: &Chain) -> bool {
    let Some(call) = chain.links.last().and_then(|it| it.call) else { return false };
    let Form::Member(on, _) = &call.callee.form else { return false };
    has_one(vec![on], LOOKED_AT, |it| last(it) == "sorted_tables")
}

fn firestore(chain: &Chain) -> Hit {
    if chain.name() == "recursive_delete" {
        return Hit::Full;
    }
    let is_all = |it: &Chain| {
        let has = |name: &str| it.links.iter().any(|it| it.name == name);
        (has("collection") || has("collections"))
            && (has("stream") || has("list_documents") || has("get"))
            && !has("where")
            && !has("document")
    };
    // `users.document(it.id).delete()` of each of `users.stream()`.
    let by_key = chain.links.iter().find(|it| it.name == "document").and_then(|it| it.call);
    let key = by_key.and_then(|it| it.arguments.first()).map(|it| &it.value);
    let key = key.filter(|it| !chain.is_of_chosen(it));
    if let Some(call) = key.and_then(|it| call_in(it, &["stream", "list_documents"])) {
        return hit(is_all(&Chain::of(call)));
    }
    // `collection.get(where={...})` of a store of vectors gives some of them.
    let is_plain = |call: &&Call| {
        let narrows = |it: &str| matches!(it, "where" | "where_document" | "ids" | "limit");
        !call.arguments.iter().any(|it| it.name.as_deref().is_some_and(narrows))
    };
    let from = comes_from(chain, &["stream", "list_documents", "get"]).filter(is_plain);
    hit(is_all(chain) || from.is_some_and(|it| is_all(&Chain::of(it))))
}

fn each_of_all(chain: &Chain) -> Hit {
    if chain.arguments().iter().any(|it| chain.is_of_chosen(&it.value)) {
        return Hit::Miss;
    }
    // `for it in db.users.find(): db.users.delete_one({'_id': it['_id']})`.
    let is_document = chain.name().ends_with("_one") || chain.name().ends_with("and_delete");
    let lists = if is_document { &["find"] } else { ALL_OF_IT };
    let Some(call) = comes_from(chain, lists) else { return Hit::Miss };
    let from = Chain::of(call);
    if is_document && call.arguments.get(..1).is_some_and(|it| narrowed_by(it) != Narrowed::Nothing)
    {
        return Hit::Miss;
    }
    // The same store gives them back and deletes them.
    let way = |it: &Chain| -> Vec<String> {
        // `with Order.batch_write() as batch: batch.delete(it)`.
        let before = it.links.iter().rev().skip(1).filter(|it| it.name != "batch_write");
        before.map(|it| it.name.to_owned()).collect()
    };
    let is_same = way(chain) == way(&from);
    let is_narrowed = !is_document && from.narrowed() != Narrowed::Nothing
        || from.has(&["objects", "query"])
        || call.arguments.iter().any(|it| {
            it.name.as_deref().is_some_and(|it| it.contains("filter") || it.contains("formula"))
        });
    hit(is_same && chain.links.len() > 1 && from.links.len() > 1 && !is_narrowed)
}

/// Places of a Firebase realtime database: the root, or what lies right below it.
fn realtime(chain: &Chain) -> Hit {
    if chain.name() == "remove" {
        return hit(chain.arguments().is_empty() && of_pyrebase(chain));
    }
    let place = chain.links.iter().find(|it| it.name == "reference").and_then(|it| it.call);
    let Some(place) = place.filter(|_| !chain.has(&["child"])) else { return Hit::Miss };
    let is_wide = place.arguments.first().is_none_or(|it| {
        it.value.literal().is_some_and(|it| it.trim_matches('/').matches('/').count() == 0)
    });
    let removes = match chain.name() {
        "delete" => chain.arguments().is_empty(),
        _ => chain.argument(0).is_some_and(|it| match &it.form {
            Form::Map(pairs) => pairs.is_empty(),
            Form::Nothing => true,
            _ => false,
        }),
    };
    hit(is_wide && removes)
}

/// `firebase.database().child("users")` of pyrebase: one step, and no key.
fn of_pyrebase(chain: &Chain) -> bool {
    let mut steps = chain.links.iter().filter(|it| it.name == "child").filter_map(|it| it.call);
    let (Some(step), None) = (steps.next(), steps.next()) else { return false };
    let place = step.arguments.first().and_then(|it| it.value.literal());
    let is_wide = place.is_some_and(|it| !it.trim_matches('/').contains('/'));
    let is_bare = step.arguments.len() == 1;
    is_wide && is_bare && (chain.has(&["database"]) || chain.module.contains("pyrebase"))
}

fn to_base(chain: &Chain) -> Hit {
    let revision = chain.named("revision").or(chain.argument(1)).or(chain.argument(0));
    hit(revision.and_then(|it| it.literal()).is_some_and(|it| it == "base"))
}

/// Directories of what people brought: nothing makes it anew.
const BROUGHT: &[&str] = &["upload", "media", "attachment", "backup"];

fn each_file(chain: &Chain) -> Hit {
    let walks = ["iterdir", "glob", "rglob", "listdir", "scandir", "iglob", "walk"];
    let on = chain.links.iter().find(|it| walks.contains(&it.name)).and_then(|it| it.call);
    // `for path in sorted(uploads.glob('*')): path.unlink()`.
    let within = || {
        let calls = chain.links.iter().filter_map(|it| it.call);
        calls.flat_map(|it| &it.arguments).find_map(|it| call_in(&it.value, &walks))
    };
    let Some(call) = on.or_else(within) else { return Hit::Miss };
    let first = call.arguments.first().map(|it| &it.value);
    let module = match &call.callee.form {
        Form::Member(on, _) if !matches!(&on.form, Form::Name(it) if matches!(it.as_str(), "os" | "glob")) => {
            Some(on)
        }
        _ => None,
    };
    let path = match (module, first) {
        // `path.glob('*')`, and not `path.glob('*.lock')`.
        (Some(on), pattern) => {
            let pattern = pattern.map(|it| it.literal().unwrap_or_default());
            if !pattern.is_none_or(|it| matches!(it.as_str(), "*" | "**/*" | "**" | "*.*")) {
                return Hit::Miss;
            }
            on
        }
        (None, Some(first)) => first,
        (None, None) => return Hit::Miss,
    };
    let told = files::with_names_of(path).to_lowercase();
    // `glob('data/*')`.
    let is_all = told.split(' ').any(|it| {
        let it = it.trim_end_matches(['*', '/']);
        it.ends_with("/data") || it.trim_start_matches("./") == "data"
    });
    let is_brought = BROUGHT.iter().any(|it| told.contains(it)) || files::lies_apart(path);
    hit(files::is_data(path) && (is_all || is_brought))
}
