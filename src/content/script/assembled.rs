//! Lists that are put together of others before they are used, as the words of a command are: `BASE + list(args)`,
//! `['compose', ...args]`, `append([]string{"compose"}, args...)`.

use std::cell::Cell;
use std::rc::Rc;

use super::syntax::{Call, Expression, Form, Shared};

/// Ways in which a list may be put together that are looked at.
const WAYS: usize = 8;

/// Lists within each other that are looked through.
const DEPTH: usize = 12;

/// Elements of the longest list that is put together.
const LONGEST: usize = 200;

/// Functions and methods that give back the list that they are given or called on.
const SAME: &[&str] = &[
    "list",
    "tuple",
    "freeze",
    "dup",
    "clone",
    "compact",
    "flatten",
    "flat",
    "to_a",
    "toArray",
    "filter",
    "array_filter",
    "array_values",
    "copy",
];

/// Those that make one list of several.
const JOINING: &[&str] = &["concat", "Concat", "array_merge", "append", "plus"];

/// Those that make a list of what they are given.
const MAKING: &[&str] = &["asList", "listOf", "arrayOf"];

/// Those that take a text apart where there are blanks.
const SPLITTING: &[&str] = &["split", "Split", "Fields", "shellsplit"];

/// Expressions that are looked through for one list: one may stand in many places.
const STEPS: usize = 2_000;

/// How much more is looked through.
#[derive(Clone, Copy)]
struct Left<'a> {
    depth: usize,
    steps: &'a Cell<usize>,
}

impl Left<'_> {
    fn less(self) -> Option<Self> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        Some(Left { depth: self.depth.checked_sub(1)?, ..self })
    }
}

type Ways = Vec<Vec<Shared>>;

/// The lists that a value may be; none of what is not known to be one.
pub(super) fn lists(of: &Shared) -> Option<Vec<Shared>> {
    let list = |all: Vec<Shared>| Expression::new(of.line, Form::List(all));
    let steps = Cell::new(STEPS);
    let left = Left { depth: DEPTH, steps: &steps };
    Some(ways(of, left)?.into_iter().map(list).collect())
}

fn ways(of: &Shared, left: Left<'_>) -> Option<Ways> {
    let left = left.less()?;
    match &of.form {
        Form::List(all) => together(all.iter().map(|it| (it, spread(it, left)))),
        Form::Outcome { value, .. } => ways(value, left),
        Form::Other(inner) if inner.len() == 1 => ways(&inner[0], left),
        Form::Either(all) => one_of(all.iter(), left),
        Form::Choice(_, then, otherwise) => one_of([then, otherwise].into_iter(), left),
        Form::Join(all) => joined(all.iter(), left),
        Form::Call(call) => of_call(call, left),
        _ => None,
    }
}

/// The ways of what stands in a list for all of another; none of an element.
fn spread(of: &Shared, left: Left<'_>) -> Option<Ways> {
    match &of.form {
        Form::Other(_) | Form::List(_) => ways(of, left),
        Form::Either(all) if all.iter().any(|it| matches!(it.form, Form::List(_))) => {
            ways(of, left)
        }
        Form::Outcome { .. } | Form::Choice(..) | Form::Join(_) => ways(of, left),
        _ => None,
    }
}

/// One of several values, at least one of which is a list.
fn one_of<'a>(all: impl Iterator<Item = &'a Shared>, left: Left<'_>) -> Option<Ways> {
    let mut is_list = false;
    let mut found = Ways::new();
    for it in all.take(WAYS) {
        match ways(it, left) {
            Some(inner) => {
                is_list = true;
                found.extend(inner);
            }
            None => found.push(vec![Rc::clone(it)]),
        }
    }
    found.truncate(WAYS);
    is_list.then_some(found)
}

/// What `+` makes of lists; of texts it makes none.
fn joined<'a>(all: impl Iterator<Item = &'a Shared>, left: Left<'_>) -> Option<Ways> {
    let parts: Vec<_> = all.map(|it| (it, ways(it, left))).collect();
    let is_text = |it: &Shared| matches!(it.form, Form::Text(_) | Form::Number(_));
    let is_list = parts.iter().any(|(_, ways)| ways.is_some())
        && !parts.iter().any(|(it, ways)| ways.is_none() && is_text(it));
    if is_list { together(parts.into_iter()) } else { None }
}

/// One after the other: lists with all of their elements, and whatever else as one.
fn together<'a>(parts: impl Iterator<Item = (&'a Shared, Option<Ways>)>) -> Option<Ways> {
    let mut found: Ways = vec![Vec::new()];
    for (it, inner) in parts {
        match inner {
            None => found.iter_mut().for_each(|way| way.push(Rc::clone(it))),
            Some(inner) => {
                let with = |way: &Vec<Shared>| -> Ways {
                    inner.iter().map(|it| [way.as_slice(), it.as_slice()].concat()).collect()
                };
                found = found.iter().flat_map(with).take(WAYS).collect();
            }
        }
        if found.iter().any(|it| it.len() > LONGEST) {
            return None;
        }
    }
    Some(found)
}

fn of_call(call: &Call, left: Left<'_>) -> Option<Ways> {
    let given = || call.arguments.iter().filter(|it| it.name.is_none()).map(|it| &it.value);
    let (on, name) = match &call.callee.form {
        Form::Member(on, name) => (Some(on), name.as_str()),
        Form::Name(name) => (None, name.as_str()),
        _ => return None,
    };
    // `slices.Concat(one, other)`, `Arrays.asList("dropdb", name)`.
    let on = on.filter(|it| !matches!(&it.form, Form::Name(it) if matches!(it.as_str(), "slices" | "Arrays" | "List" | "shlex" | "strings")));
    match name {
        _ if SPLITTING.contains(&name) => {
            words_of(on.or_else(|| given().next())?).map(|it| vec![it])
        }
        "from" | "freeze" | "Array" if on.is_some_and(|it| matches!(it.form, Form::Name(_))) => {
            ways(given().next()?, left)
        }
        "of" if on.is_none() => together(given().map(|it| (it, None))),
        _ if MAKING.contains(&name) => together(given().map(|it| (it, None))),
        _ if JOINING.contains(&name) => {
            let all = on.into_iter().chain(given());
            let all: Vec<_> = all.map(|it| (it, ways(it, left))).collect();
            // It may as well be a text that is written on.
            if all.first()?.1.is_some() { together(all.into_iter()) } else { None }
        }
        _ if SAME.contains(&name) && given().count() <= 1 => {
            ways(on.or_else(|| given().next())?, left)
        }
        _ => None,
    }
}

/// Whether a value is a text that is taken apart.
pub(super) fn is_split(of: &Expression) -> bool {
    let Form::Call(call) = &of.form else { return false };
    matches!(&call.callee.form, Form::Member(_, name) if SPLITTING.contains(&name.as_str()))
}

/// The words of a text that is written down, in which nothing is quoted.
fn words_of(of: &Shared) -> Option<Vec<Shared>> {
    let text = of.literal().filter(|it| !it.contains(['\'', '"', '\\', '`', '$']))?;
    let words = text.split_whitespace().take(LONGEST);
    Some(words.map(|it| Expression::text(of.line, it)).collect())
}
