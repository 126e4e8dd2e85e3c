//! Lists and constants that are named after what may be destroyed.

use super::held::literals;
use super::origins::origins;
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::syntax::{Comparison, Expression, Form};
use crate::content::script::words;

/// A list or constant that says by its name that it is of what may be destroyed: `host in ALLOWED_HOSTS`.
pub(in crate::content::script) fn by_list(test: &Expression, value: &Expression) -> Option<Guard> {
    let (list, on) = match (&test.form, &value.form) {
        (
            Form::Compare(Comparison::Equal | Comparison::In, _, list),
            Form::Compare(_, on, words),
        ) => (list, [on, words]),
        (Form::Call(call), Form::Call(known)) => match (&call.callee.form, &known.callee.form) {
            (Form::Member(list, name), Form::Member(words, _))
                if words::LIKENESS.contains(&name.as_str()) =>
            {
                (list, [&known.arguments.first()?.value, words])
            }
            _ => return None,
        },
        _ => return None,
    };
    let (Form::Name(name) | Form::Member(_, name)) = &list.form else { return None };
    let from = origins(&[on[0]]);
    let is_environment = from.environment.as_ref().is_some_and(|(it, _)| words::is_environment(it));
    let is_of_place = from.target || is_environment;
    let is_known = literals(on[1]).iter().all(|it| !words::is_production(it));
    let kind =
        if is_environment { GuardKind::EnvironmentAllowed } else { GuardKind::TargetChecked };
    (is_of_place && is_known && !from.asks && words::names_allowed(name)).then_some(Guard {
        kind,
        strength: Strength::Strong,
        line: test.line,
        defect: None,
    })
}
