//! Queries that give back all rows of what they name, though no name of a call says that it lists.

use super::{LOOKED_AT, leaves_all};
use crate::content::script::operations::chain::{Chain, name_of, says_who};
use crate::content::script::operations::keys::is_of_data;
use crate::content::script::operations::sql;
use crate::content::script::syntax::{
    Act, Argument, Call, Comparison, Expression, Form, Shared, Statement, has_one,
};

/// Calls between a client and what asks or deletes there: `ctx.db.query('users').collect()`, `client.transaction().delete(id)`.
const BETWEEN: &[&str] = &["transaction", "batch", "query", "select", "readAll", "order", "atomic"];

/// Calls that only say how many are given at once, and in which order, in small letters: `Query.limit(100)`.
const PAGES: &[&str] =
    &["limit", "offset", "select", "orderasc", "orderdesc", "cursorafter", "cursorbefore"];

/// Options of a loader of entities that leave all of them.
const LOADS: &[&str] = &["relations", "select", "order", "withdeleted"];

/// The names that a call is made on, without those of calls between a client and what asks there.
pub(super) fn way<'a>(chain: &'a Chain) -> Vec<&'a str> {
    let on = chain.links.iter().rev().skip(1);
    on.filter(|it| it.call.is_none() || !BETWEEN.contains(&it.name)).map(|it| it.name).collect()
}

/// What is made and sent by another call: `new DeleteUserCommand(...)`, `deleteItems('orders', ids)` of Directus.
pub(super) fn is_command(name: &str) -> bool {
    name.ends_with("Command") || matches!(name, "deleteItems" | "readItems")
}

/// Whether it is about what calls back when something happens, which is registered anew: `client.webhooks.delete(id)`.
pub(in crate::content::script::operations) fn is_registered(chain: &Chain) -> bool {
    let is_one = |it: &str| it.contains("webhook") || it.ends_with("hooks");
    chain.links.iter().any(|it| is_one(&it.name.to_lowercase()))
}

/// Whether all of a list only say how many are given at once: `[Query.limit(100), Query.offset(0)]`.
pub(super) fn only_pages(all: &[Shared]) -> bool {
    all.iter().all(|it| {
        matches!(&it.form, Form::Call(call)
            if PAGES.contains(&name_of(&call.callee).to_lowercase().as_str()))
    })
}

/// Whether a call fetches all that the query before it, or the one that it is given, is about: `table.select().all()`,
/// `container.items.query('SELECT * FROM c').fetchAll()`, `client.fetch('*[_type == "order"]')`.
pub(super) fn fetches_all(call: &Call) -> bool {
    let Form::Member(on, name) = &call.callee.form else { return false };
    let first = call.arguments.first().map(|it| &it.value);
    match name.as_str() {
        "collect" | "paginate" => is_query(on, &|asked| is_of_table(asked)),
        // `ctx.db.query('orders').take(500)`, one lot after the other.
        "take" => first.is_some_and(is_many) && is_query(on, &|asked| is_of_table(asked)),
        "fetchAll" => is_query(on, &|asked| asked.first().is_none_or(|it| is_statement(&it.value))),
        "all" | "eachPage" => {
            let Form::Call(asks) = &on.form else { return false };
            name_of(&asks.callee) == "select"
                && matches!(asks.callee.form, Form::Member(..))
                && asks.arguments.iter().all(leaves_all)
        }
        "fetch" => {
            call.arguments.len() < 3
                && first.and_then(|it| it.literal()).is_some_and(|it| is_of_type(&it))
        }
        // `payload.find({ collection: 'orders', limit: 100 })`, `repository.find({ relations: ['user'] })`.
        "find" => first.is_some_and(finds_all) && call.arguments.len() == 1,
        _ => false,
    }
}

/// Whether a number of rows is as many as one takes at once.
fn is_many(of: &Shared) -> bool {
    of.literal().and_then(|it| it.replace('_', "").parse().ok()).is_none_or(|it: u64| it >= 100)
}

/// Calls that give back all of what they are called on, where that is named in the plural: `shop.orders.all()`.
const GIVES_ALL: &[&str] = &["all", "fetchAll", "fetch", "browse", "readAll", "get"];

/// Whether a call gives back all of what a client has of something.
pub(super) fn gives_all_of_many(call: &Call) -> bool {
    let Form::Member(on, name) = &call.callee.form else { return false };
    let Form::Member(client, many) = &on.form else { return false };
    let is_one = many.ends_with("ss") || many.ends_with("status");
    let is_many = many.ends_with('s') && many.len() > 3 && !is_one;
    let is_own = matches!(name_of(client).as_str(), "this" | "self" | "state" | "store");
    GIVES_ALL.contains(&name.as_str())
        && is_many
        && !is_own
        && call.arguments.iter().all(|it| matches!(it.value.form, Form::Map(_)) && leaves_all(it))
}

/// Keys of one kind, as those of Deno are: `{ prefix: ['orders'] }`.
pub(super) fn is_one_kind(name: &str, value: &Shared) -> bool {
    let Form::List(all) = &value.form else { return false };
    let [only] = all.as_slice() else { return false };
    name == "prefix" && only.literal().is_some_and(|it| is_of_data(&format!("{it}:*")))
}

/// Whether options of `find` name a collection and leave all of it, or only say what is loaded with each.
fn finds_all(options: &Shared) -> bool {
    let Form::Map(pairs) = &options.form else { return false };
    let keys: Vec<String> =
        pairs.iter().map(|(key, _)| key.literal().unwrap_or_default()).collect();
    let is_one_of = |it: &String| LOADS.contains(&it.to_lowercase().as_str());
    let is_of_collection = keys.iter().any(|it| it == "collection")
        && leaves_all(&Argument { name: None, value: Shared::clone(options) });
    is_of_collection || !keys.is_empty() && keys.iter().all(is_one_of)
}

/// `api.floating_ips.findall(fixed_ip=None)`: only those of which something is not there.
pub(super) fn asks_for_none(call: &Call) -> bool {
    let is_nothing = |it: &Shared| match &it.form {
        Form::Nothing => true,
        Form::List(all) => all.is_empty(),
        _ => false,
    };
    matches!(name_of(&call.callee).as_str(), "findall" | "find_all")
        && call.arguments.iter().any(|it| it.name.is_some() && is_nothing(&it.value))
}

/// Whether this is a query, ordered or not, whose arguments are such ones.
fn is_query(of: &Shared, asks_all: &dyn Fn(&[Argument]) -> bool) -> bool {
    let mut it = of;
    for _ in 0..4 {
        let Form::Call(call) = &it.form else { return false };
        let Form::Member(on, name) = &call.callee.form else { return false };
        match name.as_str() {
            "order" | "fullTableScan" => it = on,
            "readAll" => return true,
            "query" => return asks_all(&call.arguments),
            _ => return false,
        }
    }
    false
}

/// Whether a query is told the name of a table and nothing besides.
fn is_of_table(asked: &[Argument]) -> bool {
    let [only] = asked else { return false };
    match only.value.literal() {
        Some(it) => !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '_'),
        None => {
            matches!(
                only.value.form,
                Form::Name(_)
                    | Form::Member(..)
                    | Form::Argument(_)
                    | Form::Index(..)
                    | Form::Either(_)
            )
        }
    }
}

/// Whether a query is told a statement that gives back every row.
fn is_statement(of: &Shared) -> bool {
    let said = match &of.form {
        Form::Map(pairs) => {
            let named = |(key, _): &&(Shared, Shared)| key.literal().as_deref() == Some("query");
            pairs.iter().find(named).and_then(|(_, value)| value.literal())
        }
        _ => of.literal(),
    };
    said.is_some_and(|it| sql::all_rows_of(&it).is_some())
}

/// Whether a query of Sanity is for all documents of a type, or for all but those of the system: `*[_type == "order"]{_id}`.
pub(in crate::content::script::operations) fn is_of_type(query: &str) -> bool {
    let plain: String = query.split_whitespace().collect();
    let Some((filter, rest)) = plain.strip_prefix("*[").and_then(bracketed) else { return false };
    let named = ["_type==", "_typein["].iter().find_map(|it| filter.strip_prefix(it));
    let of_one = named.is_some_and(|it| !it.contains(['&', '|', '!']));
    let spared = ["!(_typematch\"system.", "!(_typematch\"sanity.", "!(_idinpath(\"_."];
    let spares = filter.split("&&").all(|it| spared.iter().any(|that| it.starts_with(that)));
    // What is taken of each, and in which order.
    let is_shown = rest.is_empty()
        || rest.starts_with('{')
        || rest.starts_with("._id")
        || rest.starts_with("[]")
        || rest.starts_with("|order(") && !rest.contains("[0]")
        || rest.strip_prefix("[0...").is_some_and(|it| it.split(']').next() != Some("1"));
    (of_one || spares) && is_shown
}

/// What stands before the bracket that closes an open one, and behind it.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let (at, _) = text.char_indices().find(|(_, it)| match it {
        '[' => {
            depth += 1;
            false
        }
        ']' if depth == 0 => true,
        ']' => {
            depth -= 1;
            false
        }
        _ => false,
    })?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// `ids.slice(i, i + 100)`: one lot of all, after which the next one is taken.
pub(in crate::content::script::operations) fn takes_lot(call: &Call) -> bool {
    let [from, to] = call.arguments.as_slice() else { return false };
    let is_sum = |it: &Expression| {
        matches!(&it.form, Form::Join(all)
            if all.first().is_some_and(|it| is_same(it, &from.value)) && all.len() == 2)
    };
    matches!(&call.callee.form, Form::Member(_, name) if name == "slice")
        && has_one(vec![&to.value], LOOKED_AT, is_sum)
}

fn is_same(one: &Expression, other: &Expression) -> bool {
    let is_named = match (&one.form, &other.form) {
        (Form::Name(one), Form::Name(other)) => one == other,
        _ => one.literal().is_some() && one.literal() == other.literal(),
    };
    is_named && one.line == other.line || std::ptr::eq(one, other)
}

/// `all.filter((it) => it.id !== mine)`: all but one of them.
pub(super) fn leaves_out_one(call: &Call) -> bool {
    let [only] = call.arguments.as_slice() else { return false };
    let Form::Lambda(function) = &only.value.form else { return false };
    let [Statement { act: Act::Return(Some(test)) | Act::Run(test), .. }] =
        function.body.as_slice()
    else {
        return false;
    };
    let Form::Not(inner) = &test.form else { return false };
    let Form::Compare(Comparison::Equal, left, right) = &inner.form else { return false };
    let is_key = |it: &Shared| matches!(it.form, Form::Member(..)) && says_who(&name_of(it));
    name_of(&call.callee) == "filter"
        && is_key(left)
        && (right.literal().is_some() || matches!(right.form, Form::Name(_) | Form::Argument(_)))
}
