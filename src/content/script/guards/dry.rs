//! What a condition says of runs that destroy nothing.

use super::held::{Held, held};
use super::origins::origins;
use crate::content::script::syntax::{Comparison, Expression, Form, Part};
use crate::content::script::words;

/// Whether a condition tells, where it holds (`truth`) or where it does not, that this run destroys nothing, or that it does.
///
/// A name of the script tells as well what it is, where `by_name`.
pub(in crate::content::script) fn tells_dry(
    test: &Expression,
    truth: bool,
    by_name: bool,
) -> Option<bool> {
    let of = |it: &Expression, truth| tells_dry(it, truth, by_name);
    match &test.form {
        Form::Not(inner) => of(inner, !truth),
        Form::All(parts) if truth => parts.iter().find_map(|it| of(it, true)),
        Form::Any(parts) if !truth => parts.iter().find_map(|it| of(it, false)),
        Form::All(_) | Form::Any(_) | Form::Choice(..) | Form::Outcome { .. } => None,
        Form::Either(parts) if parts.len() != 1 => None,
        Form::Set(_, value) => of(value, truth),
        _ => {
            let from = origins(&[test]);
            let Held { words, comparison, .. } = held(test);
            let named = from.environment.map(|(name, _)| name).or(from.argument);
            let named = named.or_else(|| name_in(test).filter(|_| by_name));
            let dashed = words.iter().any(|it| it.starts_with('-') && words::is_dry_run(it));
            if comparison == Some(Comparison::Order)
                || !(dashed || named.is_some_and(|it| it.len() > 2 && words::is_dry_run(&it)))
            {
                return None;
            }
            let is_off = comparison.is_some()
                && !words.is_empty()
                && words.iter().all(|it| words::is_no(it));
            Some(truth != is_off)
        }
    }
}

/// The name that a condition looks at.
fn name_in(test: &Expression) -> Option<String> {
    let subject = match &test.form {
        Form::Compare(_, left, _) => left,
        _ => test,
    };
    match &subject.form {
        Form::Name(name) | Form::Member(_, name) => Some(name.clone()),
        Form::Text(parts) => match parts.as_slice() {
            [Part::Hole(hole)] => name_in(hole),
            _ => None,
        },
        Form::Either(parts) if parts.len() == 1 => name_in(&parts[0]),
        _ => None,
    }
}
