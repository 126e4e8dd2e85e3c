//! What a comparison stands for: of several values, of how two texts differ, of a choice between constants.

use std::rc::Rc;

use super::{called, is_true, spelled};
use crate::content::script::syntax::{Comparison, Expression, Form, Shared};

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

/// The comparisons that one comparison is, where a side of it may be one of several values, or was set behind guards.
pub(super) fn alternatives(test: &Expression) -> Option<Vec<Shared>> {
    let Form::Compare(comparison, left, right) = &test.form else { return None };
    let compare = |left: &Shared, right: &Shared| {
        let form = Form::Compare(*comparison, Rc::clone(left), Rc::clone(right));
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
