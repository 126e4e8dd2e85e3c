//! Elements of a list that is written down, behind what copies, orders, joins or filters it.

use std::rc::Rc;

use super::syntax::{Act, Call, Expression, Form, Function, Shared, each_of, has_one, is_each};
use super::value::texts_in;

/// Elements that are told apart.
const MOST: usize = 8;

/// Functions around each other that are looked through.
const DEPTH: usize = 12;

/// Expressions that are looked through for one list.
const STEPS: usize = 200;

/// Expressions that are looked through for one element.
const LOOKED_AT: usize = 50;

/// Functions and methods that give back a list of what they are given or called on, or of some of it, in any language.
const SAME: &[&str] = &[
    "all",
    "array",
    "array_diff",
    "array_filter",
    "array_reverse",
    "array_slice",
    "array_unique",
    "array_values",
    "asList",
    "clone",
    "collect",
    "compact",
    "copy",
    "copyOf",
    "deepFreeze",
    "deque",
    "difference",
    "distinct",
    "drop",
    "dup",
    "excluding",
    "filter",
    "find_all",
    "flat",
    "flatten",
    "freeze",
    "from",
    "frozenset",
    "grep",
    "grep_v",
    "iter",
    "iterator_to_array",
    "keySet",
    "lazy",
    "list",
    "orderBy",
    "order_by",
    "progressbar",
    "reject",
    "reverse",
    "reversed",
    "select",
    "set",
    "shuffle",
    "slice",
    "sort",
    "sort_by",
    "sortBy",
    "sorted",
    "stream",
    "structuredClone",
    "take",
    "tap",
    "to_a",
    "to_set",
    "toArray",
    "toList",
    "toReversed",
    "toSorted",
    "tqdm",
    "track",
    "tuple",
    "uniq",
    "unique",
    "values",
    "without",
];

/// Those that leave out what they are given beside it.
const LEAVES_OUT: &[&str] = &["array_diff", "difference", "without", "excluding", "reject"];

/// Those that choose among what they are called on.
const CHOOSING: &[&str] =
    &["filter", "find_all", "grep", "grep_v", "reject", "select", "slice", "take", "drop"];

/// Those that make one list of several.
const JOINING: &[&str] =
    &["append", "array_merge", "chain", "concat", "extend", "merge", "plus", "push", "union"];

/// What makes classes of their names.
const CLASSES: &[&str] = &["constantize", "safe_constantize", "const_get"];

/// The elements of a list that is written down; none of what is not known to be one.
pub(super) fn elements(of: &Shared) -> Option<Vec<Shared>> {
    within(of, DEPTH, &mut { STEPS }).filter(|it| !it.is_empty())
}

fn within(of: &Shared, left: usize, steps: &mut usize) -> Option<Vec<Shared>> {
    let left = left.checked_sub(1)?;
    *steps = steps.checked_sub(1)?;
    let mut all = match &of.form {
        Form::List(all) => all
            .iter()
            .take(MOST)
            .flat_map(|it| spread(it, left, steps).unwrap_or_else(|| vec![one_of(it)]))
            .collect(),
        Form::Outcome { value, .. } => within(value, left, steps)?,
        Form::Join(all) => joined(all.iter(), false, left, steps)?,
        // `tables - ['users']`, `set(tables) | more`.
        Form::Other(both) if both.len() == 2 => within(both.first()?, left, steps)?,
        Form::Call(call) => of_call(of, call, left, steps)?,
        _ => return None,
    };
    all.truncate(MOST);
    Some(all)
}

/// `[...tables]`: what stands in a list for all of another.
fn spread(of: &Shared, left: usize, steps: &mut usize) -> Option<Vec<Shared>> {
    match &of.form {
        Form::Other(inner) if inner.len() == 1 => within(inner.first()?, left, steps),
        _ => None,
    }
}

/// An element; `...answer.data` stands for each of a list that is not known.
fn one_of(of: &Shared) -> Shared {
    match &of.form {
        Form::Other(inner) if inner.len() == 1 && may_be_list(&inner[0]) => {
            Expression::each(&inner[0])
        }
        _ => Rc::clone(of),
    }
}

/// Those of lists, and what stands beside lists as one more.
fn joined<'a>(
    all: impl Iterator<Item = &'a Shared>,
    is_flat: bool,
    left: usize,
    steps: &mut usize,
) -> Option<Vec<Shared>> {
    let mut is_list = false;
    let mut found = Vec::new();
    for it in all {
        if found.len() >= MOST {
            break;
        }
        match within(it, left, steps) {
            Some(inner) => {
                is_list = true;
                found.extend(inner);
            }
            // `all.concat(answer.data)`: what is not known to be one element is a list.
            None if is_flat && may_be_list(it) => found.push(Expression::each(it)),
            None => found.push(Rc::clone(it)),
        }
    }
    is_list.then_some(found)
}

/// Whether a value may be a list: what a call or a field gives back.
fn may_be_list(of: &Expression) -> bool {
    matches!(of.form, Form::Call(_) | Form::Member(..) | Form::Outcome { .. })
        || matches!(&of.form, Form::Index(..) if !is_each(of))
}

/// Whether an element is, or is made of, one of a list that is not known, and no piece of a text.
fn is_of_unknown(of: &Shared) -> bool {
    let is_split = |list: &Shared| {
        matches!(&list.form, Form::Call(call)
            if matches!(&call.callee.form, Form::Member(_, name) if name.eq_ignore_ascii_case("split")))
    };
    has_one(vec![of], LOOKED_AT, |it| match &it.form {
        // `...answer.data`.
        Form::Other(inner) => matches!(inner.as_slice(), [only] if may_be_list(only)),
        _ => each_of(it).is_some_and(|list| !is_split(list)),
    })
}

fn of_call(of: &Shared, call: &Call, left: usize, steps: &mut usize) -> Option<Vec<Shared>> {
    let given = call.arguments.iter().filter(|it| it.name.is_none()).map(|it| &it.value);
    let (on, name) = match &call.callee.form {
        Form::Member(on, name) => (Some(on), name.as_str()),
        Form::Name(name) => (None, name.as_str()),
        _ => return None,
    };
    let lower = name.to_lowercase();
    let is_one_of = |names: &[&str]| names.contains(&name) || names.contains(&lower.as_str());
    if is_one_of(JOINING) {
        return joined(on.into_iter().chain(given), lower == "concat", left, steps);
    }
    if matches!(name, "map" | "filter_map") {
        return on.and_then(|it| within(it, left, steps)).and_then(|it| mapped(call, it));
    }
    // One of the pieces of a text, each of which may be any part of it.
    let mut split = on.into_iter().chain(given.clone());
    if lower == "split" && split.any(|it| !texts_in(it).is_empty()) {
        return Some(vec![Expression::each(of)]);
    }
    if !is_one_of(SAME) {
        return None;
    }
    let own = on.map(|it| (&it.form, within(it, left, steps)));
    // `all.filter(isOld)`, where all are what a client has listed: which of them is not known.
    if let Some((_, Some(all))) = &own
        && CHOOSING.contains(&name)
        && all.iter().any(is_of_unknown)
    {
        return None;
    }
    match own {
        Some((_, Some(own))) => Some(own),
        // `_.uniq(tables)` is called on no list, `filter(None, tables)` has it last.
        // What is taken away stands behind it: `array_diff(tables, kept)`.
        None | Some((Form::Name(_), None)) if LEAVES_OUT.contains(&name) => {
            within(given.clone().next()?, left, steps)
        }
        None | Some((Form::Name(_), None)) => given.clone().find_map(|it| within(it, left, steps)),
        Some(_) => None,
    }
}

/// `names.map(&:constantize)`, `names.map(&:strip)`.
fn mapped(call: &Call, of: Vec<Shared>) -> Option<Vec<Shared>> {
    let by = method_of_each(call)?;
    if matches!(by.as_str(), "to_s" | "to_sym" | "strip" | "downcase" | "itself" | "trim") {
        return Some(of);
    }
    let class = |it: &Shared| {
        let name = it.literal()?;
        let first = name.get(..1)?.to_uppercase();
        Some(Expression::new(it.line, Form::Name(first + name.get(1..)?)))
    };
    if makes_class(&by) { of.iter().map(class).collect() } else { None }
}

/// Whether a method makes a class of its name.
pub(super) fn makes_class(name: &str) -> bool {
    CLASSES.contains(&name)
}

/// The method that a function is made of which a call hands over: `&:constantize`, `{ |name| name.classify.constantize }`,
/// `(it) => it.trim()`.
pub(super) fn method_of_each(call: &Call) -> Option<String> {
    if let Some(block) = &call.block {
        return method_in(block);
    }
    call.arguments.iter().find_map(|it| match (&it.name, &it.value.form) {
        (Some(sign), _) if sign == "&" => it.value.literal(),
        (None, Form::Lambda(function)) => method_in(function),
        _ => None,
    })
}

fn method_in(function: &Function) -> Option<String> {
    let [only] = function.body.as_slice() else { return None };
    let (Act::Run(value) | Act::Return(Some(value))) = &only.act else { return None };
    let Form::Call(call) = &value.form else { return None };
    match &call.callee.form {
        Form::Member(_, name) => Some(name.clone()),
        _ => None,
    }
}
