//! The ways in which a call is made where what it is made on, or told, is one of several values.

use std::rc::Rc;

use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared};

/// Values of one that are looked at.
const MOST: usize = 4;

/// The deepest that they are looked for.
const DEPTH: usize = 20;

/// One of several: a value, and the condition that chooses it, with whether it has to hold.
type Way<T> = (T, Option<(Shared, bool)>);

/// The ways of a call: `scope.where(...).delete_all` and `scope.delete_all`; none where there is only one.
pub(super) fn ways(call: &Call) -> Vec<Way<Call>> {
    let of = |callee: &Shared, arguments: &[Argument]| Call {
        callee: Rc::clone(callee),
        arguments: arguments.to_vec(),
        block: call.block.clone(),
    };
    let callees = values(&call.callee, 0);
    if callees.len() > 1 {
        return callees.into_iter().map(|(it, by)| (of(&it, &call.arguments), by)).collect();
    }
    for (n, argument) in call.arguments.iter().enumerate() {
        let given = values(&argument.value, 0);
        if given.len() > 1 {
            let with = |value: Shared| {
                let mut all = call.arguments.clone();
                all[n] = Argument { name: argument.name.clone(), value };
                of(&call.callee, &all)
            };
            return given.into_iter().map(|(it, by)| (with(it), by)).collect();
        }
    }
    Vec::new()
}

/// The values that one may be.
fn values(of: &Shared, depth: usize) -> Vec<Way<Shared>> {
    let with = |inner: &Shared, make: &dyn Fn(Shared) -> Form| {
        let all = if depth < DEPTH { values(inner, depth + 1) } else { Vec::new() };
        all.into_iter().map(|(it, by)| (Expression::new(of.line, make(it)), by)).collect()
    };
    match &of.form {
        Form::Either(all) if (2..=MOST).contains(&all.len()) => {
            let known = all.iter().filter(|it| !matches!(it.form, Form::Nothing));
            known.map(|it| (Rc::clone(it), None)).collect()
        }
        Form::Choice(test, one, other) => vec![
            (Rc::clone(one), Some((Rc::clone(test), true))),
            (Rc::clone(other), Some((Rc::clone(test), false))),
        ],
        Form::Member(on, name) => with(on, &|it| Form::Member(it, name.clone())),
        Form::Call(call) => with(&call.callee, &|callee| {
            let (arguments, block) = (call.arguments.clone(), call.block.clone());
            Form::Call(Call { callee, arguments, block })
        }),
        // `{ where: tenant ? { tenant } : {} }`.
        Form::Map(pairs) => {
            let mut open = pairs.iter().enumerate();
            let found = open
                .find(|(_, (_, value))| matches!(value.form, Form::Either(_) | Form::Choice(..)));
            let Some((n, (key, value))) = found else { return Vec::new() };
            with(value, &|it| {
                let mut all = pairs.clone();
                all[n] = (Rc::clone(key), it);
                Form::Map(all)
            })
        }
        _ => Vec::new(),
    }
}
