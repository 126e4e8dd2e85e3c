//! Calls that take away, one by one, all that the same client has listed, in any language.

mod given;
mod names;
mod queries;

use super::chain::{Chain, name_of};
use super::sql;
use super::{CallRow, Hit, hit, kind};
use crate::content::script::Language::{self, Go, JavaScript, Php, Python, Ruby, TypeScript};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::High;
use crate::content::script::syntax::{Argument, Call, Form, Shared, is_each};
use crate::content::script::words::singular;
pub(super) use given::CALLS as GIVEN;
use names::{listing, lists, things, things_before, words};
use queries::{
    asks_for_none, fetches_all, gives_all_of_many, is_command, is_one_kind, leaves_out_one,
    only_pages, way,
};
pub(super) use queries::{is_of_type, is_registered, takes_lot};

const LANGUAGES: &[Language] = &[Python, JavaScript, TypeScript, Go, Ruby, Php];

/// Expressions that are looked at.
const LOOKED_AT: usize = 300;

pub(super) static CALLS: &[CallRow] = &[CallRow {
    kind: kind(
        "each.listed",
        "for it in client.list_topics(): client.delete_topic(it)",
        "the same client lists all of them, and nothing chooses among them",
        Database,
        High,
        "",
    ),
    languages: LANGUAGES,
    names: &[],
    when: each_listed,
}];

const DELETES: &[&str] =
    &["delete", "remove", "del", "destroy", "drop", "terminate", "purge", "erase", "deregister"];

/// What is made anew, or is about one's own work and no data.
const PASSING: &[&str] = &[
    "workflow",
    "run",
    "artifact",
    "cache",
    "comment",
    "label",
    "session",
    "token",
    "webhook",
    "hook",
    "command",
    "log",
    "lock",
    "notification",
    "invite",
    "reaction",
    "listener",
    "event_listener",
    "dir",
    "node",
    "element",
    "child",
    "tag",
    "pod",
    "job",
    "task",
    "process",
    "timer",
    "handler",
    "connection",
    "env",
    "venv",
    "environment",
];

/// Words for whatever is listed.
const ANYTHING: &[&str] = &["item", "object", "record", "resource", "entity", "repo"];

/// Words for what a store of files holds: `list_objects()` and `delete_file(key)`.
const STORED: &[&str] = &["object", "file", "key", "blob"];

/// Calls that choose among what is listed.
const CHOOSES: &[&str] = &[
    "filter",
    "where",
    "find",
    "select",
    "reject",
    "slice",
    "islice",
    "grep",
    "take",
    "first",
    "head",
    "Where",
    "array_filter",
    "partition",
    "limit",
    "difference",
];

/// Options of a list that leave all of it.
const PLAIN_OPTIONS: &[&str] = &[
    "limit",
    "page",
    "per",
    "max",
    "size",
    "token",
    "fields",
    "continuation",
    "marker",
    "bucket",
    "cursor",
    "parent",
    "container",
    "table",
    "collection",
    "userpool",
    "account",
    "recursive",
    "select",
    "project",
    "region",
    "batch",
    "timeout",
    "space",
    "include",
    "items",
    "sort",
    "order",
    "namespace",
    "content_type",
    "depth",
    "offset",
    "skip",
    "starting_after",
];

/// Whether a call chooses among what is listed.
pub(in crate::content::script) fn is_choice(call: &Call) -> bool {
    CHOOSES.contains(&name_of(&call.callee).as_str()) && !takes_lot(call)
}

/// Whether it is called on one of what a client lists.
fn is_listed_itself(chain: &Chain) -> bool {
    let on = chain.links.last().and_then(|it| it.call).and_then(|it| match &it.callee.form {
        Form::Member(on, _) => Some(on),
        _ => None,
    });
    let Some(call) = on.filter(|it| is_each(it)).and_then(|it| listed(it, chain)) else {
        return false;
    };
    let from = Chain::of(call);
    let n = from.links.len().saturating_sub(1);
    // `client.containers.list()`, and not `space.getEnvironment('main').getEntries()`.
    let named = from.links.iter().enumerate().skip(1);
    let named = named.filter(|(at, it)| *at == n || it.call.is_none());
    let mut named = named.flat_map(|(_, it)| words(it.name));
    let is_passing =
        named.any(|it| it == "containers" || PASSING.contains(&it.trim_end_matches('s')));
    from.links.len() > 1 && !is_passing
}

/// `docker.getVolume(it.Name).remove()`, `container.item(it.id).delete()`: one by the key of one that the same client lists.
fn is_by_key(chain: &Chain) -> bool {
    let n = chain.links.len();
    let Some(by_key) = n.checked_sub(2).and_then(|at| chain.links.get(at)) else { return false };
    let things = words(by_key.name);
    let things = things.iter().filter(|it| *it != "get").map(|it| singular(it));
    let things: Vec<String> = things.collect();
    let is_passing = things.iter().any(|it| PASSING.contains(&it.as_str()));
    let Some(call) = by_key.call.filter(|_| n > 2 && !is_passing) else { return false };
    let is_container = things.iter().any(|it| it == "container");
    if CHOOSES.contains(&by_key.name) || chain.has(CHOOSES) {
        return false;
    }
    call.arguments.iter().any(|it| {
        listed(&it.value, chain).is_some_and(|list| {
            let from = Chain::of(list);
            let named = lists(from.name()).unwrap_or_default();
            let is_same =
                from.links.first().map(|it| it.name) == chain.links.first().map(|it| it.name);
            is_same
                && from.links.len() > 1
                // Of Docker they are made anew, of Cosmos they hold the data.
                && (!is_container || from.name() == "fetchAll")
                && (named.is_empty() || named.iter().any(|it| things.contains(it)))
        })
    })
}

/// Whether a call takes away one of all that the same client lists.
pub(super) fn each_listed(chain: &Chain) -> Hit {
    let named = || things(chain.name(), DELETES);
    let Some(deleted) = things_before(chain.name(), DELETES).or_else(named) else {
        return Hit::Miss;
    };
    let is_command = is_command(chain.name());
    if chain.links.len() < 2 && !is_command
        || deleted.iter().any(|it| PASSING.contains(&it.as_str()))
        || chain.name() == "remove_container"
        || is_registered(chain)
    {
        return Hit::Miss;
    }
    if deleted.is_empty() && is_by_key(chain) {
        return Hit::Full;
    }
    let of: Vec<&Shared> = chain.arguments().iter().map(|it| &it.value).collect();
    // `for it in client.volumes.list(): it.remove()`.
    if deleted.is_empty() && is_listed_itself(chain) {
        return Hit::Full;
    }
    let is_so = match of.as_slice() {
        [] => false,
        all => all.iter().any(|it| {
            listed(it, chain).is_some_and(|call| {
                let from = Chain::of(call);
                let listed = match fetches_all(call) || gives_all_of_many(call) {
                    true => Some(Vec::new()),
                    false => lists(&listing(call)).or_else(|| gives_all(call).then(Vec::new)),
                };
                let Some(listed) = listed else { return false };
                let is_stored = |it: &String| STORED.contains(&it.as_str());
                let is_of_these = deleted.is_empty()
                    || listed.is_empty()
                    || deleted.iter().all(|it| ANYTHING.contains(&it.as_str()))
                    || deleted.iter().chain(&listed).all(is_stored)
                    || listed.iter().any(|it| deleted.contains(it));
                // `users.getAll()` may be a list of the program itself.
                let is_short = words(from.name()).iter().any(|it| it == "get");
                let is_named = listed.iter().any(|it| deleted.contains(it));
                let least = if is_short && !is_named { 2 } else { 1 };
                let is_passing = listed.iter().any(|it| PASSING.contains(&it.as_str()));
                (from.links.len() > least || is_command)
                    && way(&from) == way(chain)
                    && is_of_these
                    && !is_passing
            })
        }),
    };
    hit(is_so && !chain.has(CHOOSES))
}

/// The call that lists all of which a value is one, or that it is made of.
fn listed<'a>(of: &'a Shared, chain: &Chain) -> Option<&'a Call> {
    let mut open: Vec<&Shared> = vec![of];
    let mut found: Option<&Call> = None;
    let (mut is_one, mut left) = (false, LOOKED_AT);
    while let Some(it) = open.pop() {
        left = left.checked_sub(1)?;
        if let Form::Index(_, by) = &it.form
            && matches!(by.form, Form::Nothing)
        {
            is_one = true;
            if chain.is_chosen(it) {
                return None;
            }
        }
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            if fetches_all(call) || !is_each(of) && gives_all_of_many(call) {
                found = Some(call);
                continue;
            }
            if gives_all(call) {
                found = Some(call);
                open.extend(it.children());
                continue;
            }
            if is_choice(call) && !leaves_out_one(call) {
                return None;
            }
            if lists(&listing(call)).is_some()
                && (matches!(call.callee.form, Form::Member(..)) || is_command(&name))
            {
                if !call.arguments.iter().all(leaves_all) || asks_for_none(call) {
                    return None;
                }
                found = Some(call);
                open.push(&call.callee);
                let told = call.arguments.iter().map(|it| &it.value);
                open.extend(told.filter(|it| !matches!(it.form, Form::List(_))));
                continue;
            }
        }
        open.extend(it.children());
    }
    let is_bare = || things(chain.name(), DELETES).is_some_and(|it| it.is_empty());
    let is_many = of.children().is_empty() || is_bare();
    // `messages.batchDelete({ ids })`.
    let is_batch = words(chain.name()).iter().any(|it| matches!(it.as_str(), "batch" | "bulk"));
    // `repository.remove(await repository.find())`, `users.delete(all.map((it) => it.id))` take them all at once.
    let is_made_of_all = |it: &Call| matches!(name_of(&it.callee).as_str(), "map" | "pluck");
    let is_whole =
        matches!(&of.form, Form::Call(it) if chain.name() == "remove" || is_made_of_all(it));
    found.filter(|_| is_whole || is_one || !is_many || is_batch || chain.name().ends_with('s'))
}

/// Whether a call gives back all there is though its name does not say that it lists: `User.find()`, `client.droplets()`,
/// `container.query_items('SELECT * FROM c')`.
fn gives_all(call: &Call) -> bool {
    let Form::Member(on, name) = &call.callee.form else { return false };
    let root = name_of(on);
    let is_class = root.starts_with(|it: char| it.is_ascii_uppercase()) && root != "Promise";
    let first = call.arguments.first().and_then(|it| it.value.literal());
    match name.to_lowercase().replace('_', "").as_str() {
        // `cloudinary.api.resources({ max_results: 500 })`.
        "resources" => call.arguments.iter().all(leaves_all),
        // `repository.find()`: a list of the program itself is asked for something.
        "find" if call.arguments.is_empty() && !is_class => true,
        "find" | "all" if call.arguments.is_empty() => {
            is_class && !PASSING.iter().any(|it| root.to_lowercase().contains(it))
        }
        "all" => {
            is_class
                && call
                    .arguments
                    .iter()
                    .all(|it| matches!(it.value.form, Form::Map(_)) && leaves_all(it))
        }
        "instances" | "volumes" | "droplets" | "databases" | "buckets" | "servers"
        | "snapshots" => call.arguments.is_empty(),
        "queryitems" | "queryall" => first.is_some_and(|it| sql::all_rows_of(&it).is_some()),
        _ => false,
    }
}

/// Whether an argument of a list leaves all of it.
pub(super) fn leaves_all(argument: &Argument) -> bool {
    let is_plain = |name: &str| {
        let name = name.to_lowercase();
        name == "ctx"
            || name.ends_with("id")
            || matches!(name.as_str(), "author" | "owner" | "owners")
            || PLAIN_OPTIONS.iter().any(|it| name.contains(it))
    };
    // An empty path, an empty filter, or `all=True`.
    let says_nothing = |it: &Shared| match &it.form {
        Form::Bool(_) | Form::Nothing => true,
        Form::List(all) => all.is_empty(),
        Form::Map(all) => all.is_empty(),
        // `os.getenv('PREFIX', '')`.
        Form::Environment(_, Some(default)) => default.literal().as_deref() == Some(""),
        _ => it.literal().as_deref() == Some(""),
    };
    if argument.name.is_some() && says_nothing(&argument.value) {
        return true;
    }
    if let Some(name) = &argument.name {
        let is_request = name == "request" && matches!(argument.value.form, Form::Map(_));
        return is_plain(name)
            || is_request && leaves_all(&Argument { name: None, value: argument.value.clone() });
    }
    match &argument.value.form {
        Form::Map(pairs) => pairs.iter().all(|(key, value)| {
            let name = key.literal().unwrap_or_else(|| name_of(key));
            says_nothing(value) || is_plain(&name) || is_one_kind(&name, value)
        }),
        Form::List(all) => only_pages(all),
        Form::Other(all) => {
            all.iter().all(|it| leaves_all(&Argument { name: None, value: it.clone() }))
        }
        Form::Name(_)
        | Form::Member(..)
        | Form::Environment(..)
        | Form::Text(_)
        | Form::Number(_) => true,
        Form::Nothing | Form::Argument(_) | Form::Bool(_) => true,
        Form::Either(all) => {
            all.iter().all(|it| leaves_all(&Argument { name: None, value: it.clone() }))
        }
        // `ListProductsRequest(parent=branch)`.
        Form::Call(call) => {
            call.arguments.is_empty()
                || name_of(&call.callee).ends_with("Request")
                    && call.arguments.iter().all(leaves_all)
        }
        _ => false,
    }
}
