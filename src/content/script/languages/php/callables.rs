//! Functions and methods of PHP that are handed over by their names: `array_map('wipe', $tables)`, `$all->each([$this, 'wipe'])`.

use std::rc::Rc;

use super::Php;
use super::calls::call_of;
use crate::content::script::syntax::{Argument, Expression, Form, Shared};

/// Functions and methods that call at once what they are handed over.
const AT_ONCE: &[&str] = &[
    "array_map",
    "array_walk",
    "array_filter",
    "call_user_func",
    "call_user_func_array",
    "each",
    "map",
    "chunk",
    "chunkById",
    "withProgressBar",
    "transaction",
    "transactional",
    "tap",
];

/// Lets names of functions of the file that a call runs at once stand for these.
pub(super) fn named(php: &Php, name: &str, arguments: &mut [Argument]) {
    if !AT_ONCE.contains(&name) {
        return;
    }
    for it in arguments {
        if let Some(form) = function_named(php, &it.value) {
            it.value = Expression::new(it.value.line, form);
        }
    }
}

/// `'wipe'`, `'Cleaner::wipe'`, `[$this, 'wipe']`, `[self::class, 'wipe']`, where the file defines it.
fn function_named(php: &Php, value: &Expression) -> Option<Form> {
    let known = |name: String| php.functions.contains(name.as_str()).then_some(name);
    match &value.form {
        Form::Text(_) => {
            let text = value.literal()?;
            let name = known(text.rsplit("::").next()?.to_owned())?;
            Some(Form::Name(name))
        }
        Form::List(all) => match all.as_slice() {
            [on, name] => {
                let name = known(name.literal()?)?;
                let on = match &on.form {
                    Form::Either(one) => one.first()?,
                    _ => on,
                };
                matches!(on.form, Form::Name(_)).then(|| Form::Member(Rc::clone(on), name))
            }
            _ => None,
        },
        _ => None,
    }
}

/// `call_user_func('wipe', $table)` is `wipe($table)`.
pub(super) fn called(line: u32, callee: Shared, arguments: &[Argument]) -> Option<Form> {
    let callee = match &callee.form {
        Form::Name(name) => Form::Name(name.clone()),
        Form::Member(on, name) => Form::Member(Rc::clone(on), name.clone()),
        _ => return None,
    };
    Some(call_of(line, callee, arguments.get(1..).unwrap_or_default().to_vec()))
}
