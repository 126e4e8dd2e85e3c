//! Calls of a method or function whose name is what whoever runs the script says: `getattr(self, sys.argv[1])()`,
//! `this[process.argv[2]]()`, `public_send(ARGV.first)`.

use std::rc::Rc;

use super::objects::is_itself;
use crate::content::script::Language;
use crate::content::script::model::Reach;
use crate::content::script::operations::is_argument;
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Function, Shared};
use crate::content::script::tree::pieces;
use crate::content::script::value::texts;
use crate::content::script::walk::Walk;

/// Functions that are gone through for one such call, at most.
const MOST: usize = 40;

/// Methods that give back a name as it is, or in other letters.
const SAME: &[&str] = &[
    "to_sym",
    "to_s",
    "strip",
    "downcase",
    "tr",
    "gsub",
    "lower",
    "replace",
    "trim",
    "toLowerCase",
    "toString",
    "underscore",
];

/// What is called by a name that is not written down.
struct Named {
    /// What it is a method of; none of a function of the file.
    on: Option<Shared>,
    name: Shared,
    arguments: Vec<Argument>,
}

fn given(on: Option<&Shared>, name: &Shared, arguments: Vec<Argument>) -> Named {
    Named { on: on.map(Rc::clone), name: Rc::clone(name), arguments }
}

impl Walk {
    /// Goes through each of the functions that a call by name may mean. Whether there are such.
    pub(super) fn calls_by_name(&mut self, of: &Shared, call: &Call, state: &mut State) -> bool {
        let Some(named) = self.by_name(call, state).filter(|_| self.reach != Reach::Request) else {
            return false;
        };
        let name = self.resolve(&named.name, state);
        let Some(beginning) = beginning_said(&name) else { return false };
        let all = match &named.on {
            Some(on) => self.methods_on(on, state),
            None => self.functions.of_no_class(),
        };
        let is_meant = |it: &&Rc<Function>| {
            it.name.starts_with(&beginning)
                && (!beginning.is_empty() || !it.name.starts_with('_'))
                && !matches!(it.name.as_str(), "constructor" | "initialize")
                && !self.stack.contains(&Rc::as_ptr(it))
        };
        let all: Vec<_> = all.iter().filter(is_meant).take(MOST).cloned().collect();
        let mut after: Option<State> = None;
        for function in &all {
            let name = function.name.clone();
            let callee = named
                .on
                .as_ref()
                .map_or(Form::Name(name.clone()), |on| Form::Member(Rc::clone(on), name));
            let callee = Expression::new(of.line, callee);
            let call = Call { callee, arguments: named.arguments.clone(), block: None };
            let mut inside = state.clone();
            self.inline(function, of, &call, &mut inside);
            after = Some(after.map_or_else(|| inside.clone(), |it| it.join(&inside)));
        }
        if let Some(after) = after {
            *state = after;
        }
        !all.is_empty()
    }

    /// What a call says of what it calls, where that is no name that is written down.
    fn by_name(&self, call: &Call, state: &State) -> Option<Named> {
        let first = call.arguments.first().map(|it| &it.value);
        let rest = || call.arguments.iter().skip(1).cloned().collect();
        match (self.language, &call.callee.form) {
            (
                Language::JavaScript | Language::TypeScript | Language::Php | Language::Python,
                Form::Index(on, by),
            ) => Some(given(Some(on), by, call.arguments.clone())),
            // `command = getattr(self, name); command()`.
            (Language::Python, Form::Name(_)) => match &self.resolve(&call.callee, state).form {
                Form::Index(on, by) => Some(given(Some(on), by, call.arguments.clone())),
                _ => None,
            },
            (Language::Ruby, Form::Name(name) | Form::Member(_, name))
                if matches!(name.as_str(), "send" | "public_send" | "__send__") =>
            {
                let on = match &call.callee.form {
                    Form::Member(on, _) => Rc::clone(on),
                    _ => Expression::new(call.callee.line, Form::Name("self".to_owned())),
                };
                Some(given(Some(&on), first?, rest()))
            }
            // `$argv[1]()`.
            (Language::Php, Form::Either(one)) if one.len() == 1 => {
                Some(given(None, &one[0], call.arguments.clone()))
            }
            (Language::Php, Form::Name(name))
                if matches!(name.as_str(), "call_user_func" | "call_user_func_array") =>
            {
                let called = self.resolve(first?, state);
                match &called.form {
                    Form::List(both) => match both.as_slice() {
                        [on, name] => Some(given(Some(on), name, rest())),
                        _ => None,
                    },
                    _ => Some(given(None, &called, rest())),
                }
            }
            _ => None,
        }
    }

    /// The methods of the class of the file that something is one of.
    fn methods_on(&self, on: &Shared, state: &State) -> Vec<Rc<Function>> {
        let value = self.resolve(on, state);
        let is_own = match &on.form {
            Form::Name(name) if is_itself(name) => true,
            _ => self.is_object(on) || self.is_object(&value),
        };
        let class = self.class_of(on, &value).filter(|_| is_own);
        class.map(|it| self.functions.methods_from(it)).unwrap_or_default()
    }
}

/// How a name begins that whoever runs the script says; none where the script says it, or nobody does.
fn beginning_said(name: &Shared) -> Option<String> {
    let mut name = name;
    while let Form::Call(call) = &name.form
        && let Form::Member(on, method) = &call.callee.form
        && SAME.contains(&method.as_str())
    {
        name = on;
    }
    // `process.argv[2] ?? 'help'`.
    if let Form::Any(ways) | Form::Either(ways) = &name.form {
        return ways.iter().find_map(|it| is_argument(it).then(String::new));
    }
    if is_argument(name) {
        return Some(String::new());
    }
    let told = texts(name).into_iter().next()?;
    let before = pieces(&told.text).first().and_then(|it| it.ok()).unwrap_or_default();
    told.origin.holes.iter().any(is_argument_of).then(|| before.to_owned())
}

fn is_argument_of(hole: &Shared) -> bool {
    beginning_said(hole).is_some_and(|it| it.is_empty())
}
