//! What a comparison stands for: of several values, of how two texts differ, of a choice between constants.

use std::rc::Rc;

use super::origins::origins;
use super::{called, is_true, spelled};
use crate::content::script::syntax::{Comparison, Expression, Form, Part, Shared};
use crate::content::script::words;

/// That two texts are the same, of a call that gives back how they differ.
pub(super) fn difference(of: &Expression) -> Option<Shared> {
    let Form::Call(call) = &of.form else { return None };
    let name = called(call);
    let name = name.rsplit('.').next().unwrap_or_default();
    if !matches!(name, "strcmp" | "strcasecmp" | "casecmp" | "localeCompare" | "Compare") {
        return None;
    }
    let values: Vec<&Shared> = call.arguments.iter().map(|it| &it.value).collect();
    let (one, other) = match (&call.callee.form, values.as_slice()) {
        (_, [one, other]) => (*one, *other),
        (Form::Member(on, _), [other]) => (on, *other),
        _ => return None,
    };
    let form = Form::Compare(Comparison::Equal, Rc::clone(one), Rc::clone(other));
    Some(Expression::new(of.line, form))
}

/// A condition that is held against true, false or a number for one of them, and whether it has to hold.
pub(super) fn as_number<'a>(of: &'a Shared, constant: &Expression) -> Option<(&'a Shared, bool)> {
    let is_condition =
        matches!(of.form, Form::Not(_) | Form::Compare(..) | Form::All(_) | Form::Any(_));
    match &constant.form {
        Form::Number(it) if it == "0" => Some(false),
        Form::Number(it) if it == "1" => Some(true),
        Form::Bool(it) => Some(*it),
        _ => None,
    }
    .filter(|_| is_condition)
    .map(|it| (of, it))
}

/// The condition of a choice between two constants, and which of its ways gives this constant alone.
pub(super) fn chosen<'a>(of: &'a Expression, constant: &Expression) -> Option<(&'a Shared, bool)> {
    let Form::Choice(test, then, otherwise) = &of.form else { return None };
    let (one, other, it) = (spelled(then)?, spelled(otherwise)?, spelled(constant)?);
    ((one == it) != (other == it)).then_some((test, one == it))
}

/// The words that stand for true in a map that is written down and says of each whether it does.
pub(super) fn agreeing(of: &Expression) -> Option<Vec<Shared>> {
    let Form::Map(pairs) = &of.form else { return None };
    let is_plain = |(key, value): &(Shared, Shared)| {
        key.literal().is_some() && matches!(value.form, Form::Bool(_))
    };
    let agrees = pairs.iter().filter(|(_, value)| matches!(value.form, Form::Bool(true)));
    let agrees: Vec<Shared> = agrees.map(|(key, _)| Rc::clone(key)).collect();
    (pairs.iter().all(is_plain) && !agrees.is_empty()).then_some(agrees)
}

/// Methods that tell whether two texts are the same.
const EQUAL: &[&str] = &["equals", "equalsIgnoreCase", "eql?"];

/// A comparison of two values, whichever way it is written: `env.equals("dev")`, `"dev".equals(env)`.
fn compared(test: &Expression) -> Option<(Comparison, &Shared, &Shared)> {
    match &test.form {
        Form::Compare(comparison, left, right) => Some((*comparison, left, right)),
        Form::Call(call) => match (&call.callee.form, call.arguments.as_slice()) {
            (Form::Member(on, name), [other]) if EQUAL.contains(&name.as_str()) => {
                let (on, other) = (on, &other.value);
                let is_turned = on.literal().is_some();
                let (left, right) = if is_turned { (other, on) } else { (on, other) };
                Some((Comparison::Equal, left, right))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The comparisons that one comparison is, where a side of it may be one of several values, or was set behind guards.
pub(super) fn alternatives(test: &Expression) -> Option<Vec<Shared>> {
    let (comparison, left, right) = compared(test)?;
    let compare = |left: &Shared, right: &Shared| {
        let form = Form::Compare(comparison, Rc::clone(left), Rc::clone(right));
        Expression::new(test.line, form)
    };
    match &left.form {
        Form::Either(all) => Some(all.iter().map(|it| compare(it, right)).collect()),
        // What a function of the file gives back on its ways.
        Form::Outcome { value, .. }
            if matches!(value.form, Form::Either(_))
                && !matches!(right.form, Form::Nothing | Form::Bool(_)) =>
        {
            alternatives(&compare(value, right))
        }
        // A constant that was set behind a guard: where it is this one, the guard was passed.
        Form::Outcome { value, if_true, .. }
            if value.literal().is_some() || is_true(value).is_some() =>
        {
            let inner = compare(value, right);
            let form = Form::Outcome {
                value: inner,
                if_true: if_true.clone(),
                if_false: if_true.clone(),
                unless_dry: Vec::new(),
            };
            Some(vec![Expression::new(test.line, form)])
        }
        _ => None,
    }
}

/// Conditions that hold one answer against a word each, as one that holds it against all of them.
pub(in crate::content::script) fn as_list(test: &Expression) -> Option<Shared> {
    match &test.form {
        Form::Any(parts) => among(parts, false),
        Form::All(parts) => Some(Expression::new(test.line, Form::Not(among(parts, true)?))),
        // `[[ " ${ALLOWED[*]} " =~ " $ENV " ]]`.
        Form::Compare(Comparison::Equal | Comparison::Fits, list, one) => {
            let (list, one) = (only_hole(list)?, only_hole(one)?);
            let is_list = matches!(&list.form, Form::List(all) if all.iter().all(|it| it.literal().is_some()));
            let form = Form::Compare(Comparison::In, Rc::clone(one), Rc::clone(list));
            is_list.then(|| Expression::new(test.line, form))
        }
        _ => None,
    }
}

/// The one value that stands in a text, with nothing but what parts it from others around it.
fn only_hole(of: &Expression) -> Option<&Shared> {
    let Form::Text(parts) = &of.form else { return None };
    let mut hole = None;
    for part in parts {
        match part {
            Part::Hole(it) if hole.is_none() => hole = Some(it),
            Part::Plain { text, .. } if text.chars().all(|it| " *,|:".contains(it)) => {}
            _ => return None,
        }
    }
    hole
}

/// Whether conditions are of such a form, whatever they hold against a word.
pub(in crate::content::script) fn may_be_list(test: &Expression) -> bool {
    let (Form::Any(parts) | Form::All(parts)) = &test.form else { return false };
    let is_any = matches!(test.form, Form::Any(_));
    parts.iter().all(|it| match &it.form {
        Form::Compare(..) | Form::Not(_) | Form::Call(_) => true,
        Form::Any(_) => is_any,
        Form::All(_) => !is_any,
        _ => false,
    })
}

/// Whether two values are one: the same answer, or the same argument.
fn is_same(one: &Shared, other: &Shared) -> bool {
    let argument = |it: &Shared| match &it.form {
        Form::Argument(name) => Some(name.clone()),
        _ => None,
    };
    Rc::ptr_eq(one, other) || argument(one).is_some_and(|it| Some(it) == argument(other))
}

/// That an answer is one of several words, said of one after the other: `a = y || a = Y`, `-z a || a =~ ^y`, and with `is_not` that it
/// is none of them: `a != y && a != Y`. The same of an argument that is one of several flags, such as `-y` and `--yes`.
fn among(parts: &[Shared], is_not: bool) -> Option<Shared> {
    let mut open: Vec<&Shared> = parts.iter().rev().collect();
    let (mut subject, mut found) = (None, Vec::new());
    while let Some(it) = open.pop() {
        if let (Form::Any(inner), false) | (Form::All(inner), true) = (&it.form, is_not) {
            open.extend(inner.iter().rev());
            continue;
        }
        let (of, word) = held_against(it, is_not)?;
        if !is_same(subject.get_or_insert_with(|| Rc::clone(&of)), &of) {
            return None;
        }
        found.push(word);
    }
    let are_flags = || found.iter().all(|it| it.literal().is_some_and(|it| words::is_flag(&it)));
    let is_known = |it: &Shared| are_flags() || origins(&[&**it]).asks;
    let subject = subject.filter(|it| found.len() > 1 && is_known(it))?;
    let line = found[0].line;
    let list = Expression::new(line, Form::List(found));
    Some(Expression::new(line, Form::Compare(Comparison::In, subject, list)))
}

/// A value and the word that it is, or is not: nothing, where it is not there.
fn held_against(of: &Shared, is_not: bool) -> Option<(Shared, Shared)> {
    let (inner, holds) = match &of.form {
        Form::Not(inner) => (inner, is_not),
        _ => (of, !is_not),
    };
    match &inner.form {
        Form::Compare(Comparison::Equal | Comparison::Fits, left, right) if holds => {
            right.literal().map(|_| (Rc::clone(left), Rc::clone(right)))
        }
        Form::Call(call) if !holds && called(call) == "present" => {
            let value = &call.arguments.first()?.value;
            Some((Rc::clone(value), Expression::text(of.line, "")))
        }
        _ => None,
    }
}
