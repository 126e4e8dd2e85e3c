//! Which function, and which class, of the file a call means.

use super::objects::is_itself;
use crate::content::script::Language;
use crate::content::script::guards::is_true;
use crate::content::script::parts::field;
use crate::content::script::state::State;
use crate::content::script::syntax::{Act, Call, Expression, Form, Function, Shared};
use crate::content::script::value::way;
use crate::content::script::walk::Walk;
use std::rc::Rc;

/// Methods of one chain that are looked at.
const CHAINED: usize = 20;

/// Whether a method gives back the object that it is called on.
fn ends_in_itself(function: &Function) -> bool {
    function.body.last().is_some_and(|it| match &it.act {
        Act::Return(Some(it)) => matches!(&it.form, Form::Name(it) if is_itself(it)),
        Act::Run(it) if function.yields_last => {
            matches!(&it.form, Form::Name(it) if is_itself(it))
        }
        _ => false,
    })
}

impl Walk {
    /// The function of this file that a call means.
    pub(in crate::content::script::walk) fn function_of(
        &self,
        call: &Call,
        state: &State,
    ) -> Option<Rc<Function>> {
        if let Some(function) = self.of_base(call) {
            return Some(function);
        }
        match &call.callee.form {
            // `Wiper(url)()`.
            Form::Call(made) => match &made.callee.form {
                Form::Name(class) => self.functions.own_method(class, "__call__").cloned(),
                _ => None,
            },
            Form::Name(name) => {
                if self.classes.contains(name) {
                    return None;
                }
                let named = |name: &String| self.functions.get(name).cloned();
                // A function that was handed over.
                let given = || match &state.names.get(name)?.form {
                    Form::Lambda(function) => Some(Rc::clone(function)),
                    Form::Name(other) => named(other),
                    Form::Call(made) => match &made.callee.form {
                        Form::Name(class) => self.functions.own_method(class, "__call__").cloned(),
                        _ => None,
                    },
                    _ => None,
                };
                named(name).or_else(given)
            }
            Form::Member(on, name) => {
                let value = self.resolve(on, state);
                // `const tasks = { drop() { ... } }; tasks.drop()`, `exports.drop = async () => ...`.
                let is_way = matches!(on.form, Form::Name(_) | Form::Member(..));
                let way = is_way.then(|| way(&call.callee)).flatten();
                let kept = match way.and_then(|it| state.names.get(&it)) {
                    Some(it) => Some(Rc::clone(it)),
                    None => field(&value, name),
                };
                match kept.as_ref().map(|it| &it.form) {
                    Some(Form::Lambda(function)) => return Some(Rc::clone(function)),
                    Some(Form::Name(other)) if self.functions.contains(other) => {
                        return self.functions.get(other).cloned();
                    }
                    _ => {}
                }
                if let Some(class) = self.gives_itself(on) {
                    return self.functions.method(Some(class), name).cloned();
                }
                let is_own = match &on.form {
                    Form::Name(it) => {
                        is_itself(it) || self.classes.contains(it) || self.is_object(&value)
                    }
                    _ => self.is_object(on) || self.is_field_of_object(on, state),
                };
                let is_own = is_own || self.is_of_package(name);
                let method = || self.functions.method(self.class_of(on, &value), name).cloned();
                // Of an object that is written down.
                let beside = || {
                    let is_itself = matches!(&on.form, Form::Name(it) if is_itself(it));
                    self.functions.field(name).filter(|_| is_itself).cloned()
                };
                if is_own { method().or_else(beside) } else { None }
            }
            Form::Lambda(function) => Some(Rc::clone(function)),
            _ => None,
        }
    }

    /// Whether only a method of the package at hand may be called so: in Go it begins with a small letter, and the file has one.
    fn is_of_package(&self, name: &str) -> bool {
        let is_small = name.starts_with(|it: char| it.is_ascii_lowercase());
        self.language == Language::Go && is_small && self.functions.is_method(name)
    }

    /// Whether this is the field of an object of the file that is made as one as well: `app.store` of `App{store: &Store{}}`.
    fn is_field_of_object(&self, of: &Expression, state: &State) -> bool {
        let Form::Member(on, name) = &of.form else { return false };
        match &self.resolve(on, state).form {
            Form::Call(made) if self.language == Language::Go => made
                .arguments
                .iter()
                .any(|it| it.name.as_ref() == Some(name) && self.is_object(&it.value)),
            _ => false,
        }
    }

    /// Whether this calls the function that it stands in once more, with nothing that decides which way it goes.
    pub(in crate::content::script::walk) fn is_again(&self, of: &Shared, state: &State) -> bool {
        let Form::Call(call) = &of.form else { return false };
        let is_plain = |it: &Expression| match &it.form {
            // `skip = True; return sure(skip)` decides.
            Form::Name(name) => state.names.get(name).is_none_or(|it| is_true(it).is_none()),
            Form::Text(_) => it.literal().is_none_or(|it| it.contains(' ')),
            _ => false,
        };
        call.arguments.iter().all(|it| is_plain(&it.value))
            && self
                .function_of(call, state)
                .is_some_and(|it| self.stack.last() == Some(&Rc::as_ptr(&it)))
    }

    /// The class of this file that a method is called on, where that is known.
    pub(super) fn class_of<'a>(
        &'a self,
        on: &'a Expression,
        value: &'a Expression,
    ) -> Option<&'a str> {
        if matches!(&on.form, Form::Name(it) if is_itself(it)) {
            return self.stack.iter().rev().find_map(|it| self.functions.owner(*it));
        }
        let name = match (&on.form, &value.form) {
            (Form::Name(it), _) if self.classes.contains(it) => Some(it),
            // `s, err := NewStore()`, which may give nothing back.
            (_, Form::Either(all)) => {
                return all
                    .iter()
                    .find(|it| self.is_object(it))
                    .and_then(|it| self.class_of(on, it));
            }
            (_, Form::Outcome { value, .. }) => return self.class_of(on, value),
            (_, Form::Call(call)) => match &call.callee.form {
                Form::Name(it) => Some(it),
                _ => None,
            },
            _ => None,
        };
        name.map(String::as_str)
    }

    /// The class of the object whose methods a call gives back: `$this->check()->one()`, of which each ends in `return $this`.
    pub(super) fn gives_itself(&self, on: &Expression) -> Option<&str> {
        let mut on = on;
        let mut class = None;
        for _ in 0..CHAINED {
            // A bare name of Ruby stands alone.
            if let Form::Either(all) = &on.form
                && let [one] = all.as_slice()
            {
                on = one;
            }
            let Form::Call(call) = &on.form else { return None };
            let (inner, name) = match &call.callee.form {
                Form::Member(inner, name) => (Some(inner), name),
                Form::Name(name) => (None, name),
                _ => return None,
            };
            let function = self.functions.get(name).filter(|it| ends_in_itself(it))?;
            let owner = self.functions.owner(Rc::as_ptr(function))?;
            class = class.or(Some(owner));
            match inner {
                Some(it)
                    if matches!(it.form, Form::Call(_) | Form::Either(_))
                        && !self.is_object(it) =>
                {
                    on = it;
                }
                Some(it) if matches!(&it.form, Form::Name(it) if !is_itself(it)) => return None,
                _ => return class,
            }
        }
        None
    }

    /// Whether a value is one of a class of this file.
    pub(in crate::content::script::walk) fn is_object(&self, value: &Expression) -> bool {
        match &value.form {
            Form::Outcome { value, .. } => self.is_object(value),
            Form::Either(all) => {
                all.iter().any(|it| matches!(it.form, Form::Call(_)) && self.is_object(it))
            }
            Form::Call(call) => {
                // `NewStore()` of Go gives one back.
                matches!(&call.callee.form, Form::Name(name) if self.classes.contains(name)
                || made_by(name).is_some_and(|class| {
                    self.functions.contains(name)
                        || self.classes.iter().any(|it| it.eq_ignore_ascii_case(class))
                }))
            }
            _ => false,
        }
    }
}

/// What a function of Go makes by its name: `NewStore`, `newStore`.
fn made_by(name: &str) -> Option<&str> {
    name.strip_prefix("New").or(name.strip_prefix("new"))
}
