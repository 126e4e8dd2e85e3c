//! Calls of functions of another file that take away one, given each of all that a model or a client has: what is listed here is
//! deleted there.

use super::names::{listing, lists, things, words};
use super::{DELETES, LANGUAGES, PASSING, leaves_all};
use crate::content::script::model::Scope::Table;
use crate::content::script::model::Weight::High;
use crate::content::script::operations::chain::{Chain, name_of};
use crate::content::script::operations::{CallRow, Hit, hit, kind, says_some};
use crate::content::script::syntax::{Call, Form, Shared, is_each};
use crate::content::script::words::{is_for_a_while, is_of_tests, singular};

/// Expressions behind each other that are looked through.
const DEPTH: usize = 12;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[CallRow {
    kind: kind(
        "each.given",
        "for it in Order.objects.all(): orders.delete_order(it.id)",
        "the function of another file is called after deleting the same, and nothing chooses among them",
        Table,
        High,
        "what the other file asks",
    ),
    languages: LANGUAGES,
    names: &[],
    when: each_given,
}];

/// Calls that give back what they are called on, or are given, in another order or form.
const SAME: &[&str] = &[
    "iterator",
    "all",
    "order_by",
    "only",
    "defer",
    "values",
    "values_list",
    "select_related",
    "prefetch_related",
    "using",
    "distinct",
    "list",
    "sorted",
    "reversed",
    "tqdm",
    "enumerate",
    "to_a",
    "to_list",
    "each",
    "find_each",
    "toArray",
    "lean",
    "exec",
    "sort",
    "cursor",
];

/// Calls on a model that give back all rows where they are told nothing.
const OF_MODEL: &[&str] =
    &["all", "find", "findAll", "findMany", "find_all", "find_each", "each", "iterator"];

/// What functions of an application are kept in.
const HOLDERS: &[&str] = &[
    "service",
    "services",
    "manager",
    "management",
    "helper",
    "helpers",
    "util",
    "utils",
    "ops",
    "operations",
    "actions",
    "controller",
    "repository",
    "repo",
    "lib",
    "admin",
];

/// Whether a function of another file that is called after deleting something is given each of all of these.
fn each_given(chain: &Chain) -> Hit {
    let Some(deleted) = things(chain.name(), DELETES).filter(|it| !it.is_empty()) else {
        return Hit::Miss;
    };
    let is_own = matches!(chain.on(), "self" | "this" | "cls" | "super");
    if is_own || deleted.iter().any(|it| PASSING.contains(&it.as_str())) {
        return Hit::Miss;
    }
    // `copies.delete_topic(it)` of another client may be about what the first one has still.
    let is_kept = words(chain.on()).iter().any(|it| HOLDERS.contains(&it.as_str()));
    let is_free = chain.links.len() == 1 || is_kept;
    let is_given = chain.arguments().iter().take(2).any(|it| {
        let of = one_of(&it.value).filter(|_| !chain.is_of_chosen(&it.value));
        of.and_then(all_of)
            .is_some_and(|(listed, is_model)| (is_model || is_free) && are_all(&listed, &deleted))
    });
    hit(is_given)
}

/// Whether what is listed is all of what is deleted: it is called so, and no word before that chooses among them, as of
/// `list_expired_orders`.
fn are_all(listed: &[String], deleted: &[String]) -> bool {
    let more = listed.len().saturating_sub(deleted.len());
    // What it is may be called as what is spared is: `list_indexes`.
    let kinds = listed.len().saturating_sub(1);
    let chooses = |it: &String| is_of_tests(it) || is_for_a_while(it) || says_some(it);
    listed.ends_with(deleted) && !listed[..kinds.max(more)].iter().any(chooses)
}

/// The list that a value is one of, or a field of one: `it`, `it.id`, `str(it["id"])`.
fn one_of(of: &Shared) -> Option<&Shared> {
    let mut it = of;
    for _ in 0..DEPTH {
        it = match &it.form {
            Form::Index(list, _) if is_each(it) => return Some(list),
            Form::Member(on, _) | Form::Index(on, _) => on,
            Form::Outcome { value, .. } => value,
            Form::Call(call) => match (&call.callee.form, call.arguments.as_slice()) {
                (Form::Name(name), [one])
                    if matches!(name.as_str(), "str" | "int" | "String" | "Number") =>
                {
                    &one.value
                }
                (Form::Member(on, name), []) if matches!(name.as_str(), "toString" | "to_s") => on,
                _ => return None,
            },
            _ => return None,
        };
    }
    None
}

/// The words of what all of is listed, in the singular, and whether a model of the application says so.
fn all_of(list: &Shared) -> Option<(Vec<String>, bool)> {
    let mut it = list;
    for _ in 0..DEPTH {
        it = match &it.form {
            Form::Outcome { value, .. } => value,
            // `answer["items"]`, `answer.data`, each page; a slice is some of them.
            Form::Index(on, by) if by.literal().is_some() || is_each(it) => on,
            Form::Member(on, name) if name == "objects" => return model(on),
            Form::Member(on, _) => on,
            Form::Call(call) => match of_call(call) {
                Some(found) => return Some(found),
                None => behind(call)?,
            },
            _ => return None,
        };
    }
    None
}

/// The words of a model of the application, by its name.
fn model(of: &Shared) -> Option<(Vec<String>, bool)> {
    let name = name_of(of);
    let is_class = name.starts_with(|it: char| it.is_uppercase())
        && name.contains(|it: char| it.is_lowercase());
    is_class.then(|| (words(&name).iter().map(|it| singular(it)).collect(), true))
}

/// What a call is about that gives back all there is.
fn of_call(call: &Call) -> Option<(Vec<String>, bool)> {
    let told = || call.arguments.iter().all(leaves_all);
    let Form::Member(on, name) = &call.callee.form else {
        let name = name_of(&call.callee);
        let is_list = words(&name).first().is_some_and(|it| it == "list");
        return lists(&name).filter(|it| is_list && !it.is_empty() && told()).map(|it| (it, false));
    };
    // `Order.findAll()`, `prisma.order.findMany()`.
    if OF_MODEL.contains(&name.as_str()) && call.arguments.is_empty() {
        let of_prisma = name == "findMany" && matches!(on.form, Form::Member(..));
        let named = || words(&name_of(on)).iter().map(|it| singular(it)).collect();
        return model(on).or_else(|| of_prisma.then(|| (named(), true)));
    }
    // That of a paginator is told to it.
    let name = listing(call);
    let is_list = words(&name).first().is_some_and(|it| it == "list" || it == "describe");
    lists(&name).filter(|it| is_list && !it.is_empty() && told()).map(|it| (it, false))
}

/// What a call gives back as it is.
fn behind(call: &Call) -> Option<&Shared> {
    match &call.callee.form {
        Form::Member(on, name) if name == "paginate" && call.arguments.iter().all(leaves_all) => {
            Some(on)
        }
        Form::Member(on, name) if SAME.contains(&name.as_str()) => Some(on),
        Form::Name(name) if SAME.contains(&name.as_str()) => {
            call.arguments.first().map(|it| &it.value)
        }
        _ => None,
    }
}
