//! What Capistrano keeps under names: `set :branch, 'main'`, `ask :sure, 'no'`, `fetch(:sure)`.

use std::rc::Rc;

use crate::content::script::syntax::{Act, Call, Expression, Form};

/// The name under which a setting is kept.
fn name_of(setting: &str) -> String {
    format!("fetch.{setting}")
}

/// What `set` and `ask` keep; none where they say nothing of the kind.
pub(super) fn kept(of: &Expression) -> Option<Act> {
    let Form::Call(call) = &of.form else { return None };
    let Form::Name(what) = &call.callee.form else { return None };
    let [setting, value] = call.arguments.as_slice() else { return None };
    let name = name_of(&setting.value.literal()?);
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
