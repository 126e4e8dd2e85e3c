//! What Capistrano keeps under names: `set :branch, 'main'`, `ask :sure, 'no'`, `fetch(:sure)`; and what options are where nobody gives
//! them.

use std::rc::Rc;

use crate::content::script::syntax::{Act, Argument, Call, Expression, Form, Shared};

/// The name under which a setting is kept.
fn name_of(setting: &str) -> String {
    format!("fetch.{setting}")
}

/// What `set` and `ask` keep; none where they say nothing of the kind.
pub(super) fn kept(of: &Expression) -> Option<Act> {
    let Form::Call(call) = &of.form else { return None };
    let Form::Name(what) = &call.callee.form else { return None };
    let [setting, value] = call.arguments.as_slice() else { return None };
    let name = setting.value.literal().filter(|it| !it.contains(' '))?;
    let name = name_of(&name);
    match what.as_str() {
        "set" if !matches!(value.value.form, Form::Lambda(_)) => {
            Some(Act::Set(name, Rc::clone(&value.value)))
        }
        "ask" => {
            let callee = Rc::clone(&call.callee);
            let asked = Call { callee, arguments: vec![setting.clone()], block: None };
            Some(Act::Set(name, Expression::new(of.line, Form::Call(asked))))
        }
        _ => None,
    }
}

/// What `fetch(:name)` gives back; the stage is that of the environment.
pub(super) fn fetched(setting: &Expression) -> Option<Form> {
    let name = setting.literal()?;
    Some(match name.as_str() {
        "stage" | "rails_env" => Form::Environment("RAILS_ENV".to_owned(), None),
        _ => Form::Name(name_of(&name)),
    })
}

/// What `options = { dry_run: true }` says of flags, as a call.
pub(super) fn defaults(name: &str, value: &Expression) -> Option<Shared> {
    let Form::Map(pairs) = &value.form else { return None };
    let set = |(key, value): &(Shared, Shared)| {
        let is_switch = matches!(value.form, Form::Bool(_));
        let name = key.literal().filter(|_| is_switch)?;
        Some(Argument { name: Some(name), value: Rc::clone(value) })
    };
    let arguments: Vec<Argument> = pairs.iter().filter_map(set).collect();
    let is_it = matches!(name, "options" | "opts" | "args") && !arguments.is_empty();
    let callee = Expression::new(value.line, Form::Name("set_defaults".to_owned()));
    let call = Form::Call(Call { callee, arguments, block: None });
    is_it.then(|| Expression::new(value.line, call))
}
