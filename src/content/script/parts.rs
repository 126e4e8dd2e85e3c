//! Parts of values that are written down: a field of a map, an element of a list.

use std::rc::Rc;

use super::syntax::{Call, Expression, Form, Shared};
use super::value::ARGUMENTS;

/// Ways that are looked at for a part of each.
const WAYS: usize = 8;

/// What a field of a value is: of a map that is written down, or of what the caller said.
pub(super) fn field(of: &Expression, name: &str) -> Option<Shared> {
    match &of.form {
        Form::Map(pairs) => {
            let found = pairs.iter().rev().find(|(key, _)| key.literal().as_deref() == Some(name));
            found.map(|(_, value)| Rc::clone(value))
        }
        Form::Outcome { value, .. } => field(value, name),
        Form::Argument(_) => Some(Expression::new(of.line, Form::Argument(name.to_owned()))),
        Form::Call(call) if matches!(&call.callee.form, Form::Name(it) if it == ARGUMENTS) => {
            Some(Expression::new(of.line, Form::Argument(name.to_owned())))
        }
        // The value of one of an enumeration, which is a text itself.
        Form::Text(parts) if name == "value" => {
            Some(Expression::new(of.line, Form::Text(parts.clone())))
        }
        Form::Either(all) => each(of, all, &|it| field(it, name)),
        _ => None,
    }
}

/// What stands at this place of a value: of a list or a map that is written down.
pub(super) fn element(of: &Expression, by: &Expression) -> Option<Shared> {
    match &of.form {
        Form::Outcome { value, .. } => element(value, by),
        Form::Either(all) => each(of, all, &|it| element(it, by)),
        Form::Map(_) => field(of, &by.literal()?),
        Form::List(all) => {
            let Form::Number(n) = &by.form else { return None };
            let n: usize = n.parse().ok()?;
            let is_plain = |it: &Shared| !matches!(it.form, Form::Other(_));
            all.get(..=n).filter(|it| it.iter().all(is_plain))?.last().map(Rc::clone)
        }
        _ => None,
    }
}

/// The part of each of the ways that has one.
fn each(
    of: &Expression,
    all: &[Shared],
    part: &dyn Fn(&Expression) -> Option<Shared>,
) -> Option<Shared> {
    let found: Vec<Shared> = all.iter().take(WAYS).filter_map(|it| part(it)).collect();
    match found.as_slice() {
        [] => None,
        [one] => Some(Rc::clone(one)),
        _ => Some(Expression::new(of.line, Form::Either(found))),
    }
}

/// Functions that give back what they are given.
pub(super) fn given_back(call: &Call) -> Option<&Shared> {
    let name = match &call.callee.form {
        Form::Name(name) => name.as_str(),
        Form::Member(on, name) if matches!(&on.form, Form::Name(it) if it == "Object" || it == "contextlib") => {
            name.as_str()
        }
        _ => return None,
    };
    let is_same = matches!(name, "freeze" | "closing" | "nullcontext" | "deepFreeze");
    call.arguments.first().filter(|_| is_same).map(|it| &it.value)
}

/// `QUERIES.get("wipe")`: what is kept there in a map that is written down.
pub(super) fn got(call: &Call) -> Option<Shared> {
    let Form::Member(on, name) = &call.callee.form else { return None };
    let first = call.arguments.first().filter(|_| name == "get")?;
    element(on, &first.value).filter(|_| matches!(on.form, Form::Map(_)))
}

/// The values of a map that is written down, one of which is picked as the program runs: `QUERIES[name]`, `QUERIES.get(name)`.
pub(super) fn picked(of: &Expression) -> Option<&[(Shared, Shared)]> {
    let (on, by) = match &of.form {
        Form::Index(on, by) => (on, by),
        Form::Call(call) => match (&call.callee.form, call.arguments.first()) {
            (Form::Member(on, name), Some(first)) if name == "get" => (on, &first.value),
            _ => return None,
        },
        _ => return None,
    };
    match &on.form {
        Form::Map(pairs) if by.literal().is_none() => Some(pairs),
        _ => None,
    }
}

/// `queries.values()`, `Object.entries(queries)`: the values of a map that is written down, with their keys where these are asked for.
pub(super) fn all_of(call: &Call) -> Vec<Shared> {
    let Form::Member(on, name) = &call.callee.form else { return Vec::new() };
    let is_object = matches!(&on.form, Form::Name(it) if it == "Object");
    let of = match call.arguments.first() {
        Some(first) if is_object => &first.value,
        None => on,
        _ => return Vec::new(),
    };
    let Form::Map(pairs) = &of.form else { return Vec::new() };
    let pairs = pairs.iter().take(WAYS);
    match name.as_str() {
        "values" => pairs.map(|(_, value)| Rc::clone(value)).collect(),
        "items" | "entries" => pairs
            .map(|(key, value)| {
                let pair = vec![Rc::clone(key), Rc::clone(value)];
                Expression::new(key.line, Form::List(pair))
            })
            .collect(),
        _ => Vec::new(),
    }
}
