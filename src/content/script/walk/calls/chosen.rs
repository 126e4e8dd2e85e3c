//! Calls of one of several functions of the file, as somebody says when it runs: `COMMANDS[args.command](args)`.

use std::rc::Rc;

use crate::content::script::Language;
use crate::content::script::parts::field;
use crate::content::script::state::State;
use crate::content::script::syntax::{Call, Form, Function, Shared};
use crate::content::script::walk::Walk;

/// Functions that are gone through for one such call, at most.
const MOST: usize = 40;

impl Walk {
    /// Goes through each of the functions that a call may mean. Whether there are such.
    pub(in crate::content::script::walk) fn calls_one_of(
        &mut self,
        of: &Shared,
        call: &Call,
        state: &mut State,
    ) -> bool {
        if self.calls_chosen(of, call, state) {
            return true;
        }
        let all = self.choices(call, state);
        let mut after: Option<State> = None;
        for function in all.iter().take(MOST) {
            let mut inside = state.clone();
            self.inline(function, of, call, &mut inside);
            after = Some(after.map_or_else(|| inside.clone(), |it| it.join(&inside)));
        }
        if let Some(after) = after {
            *state = after;
        }
        !all.is_empty()
    }

    /// The same where a condition picks one of two: `action = wipe if args.wipe else show`.
    fn calls_chosen(&mut self, of: &Shared, call: &Call, state: &mut State) -> bool {
        if !matches!(call.callee.form, Form::Name(_) | Form::Choice(..)) {
            return false;
        }
        let callee = self.resolve(&call.callee, state);
        let Form::Choice(test, one, other) = &callee.form else { return false };
        let ways = [self.function_named(one), self.function_named(other)];
        if ways.iter().all(Option::is_none) {
            return false;
        }
        let (yes, no) = self.split(test, state);
        let mut after = state.dead();
        for (function, mut inside) in ways.into_iter().zip([yes, no]) {
            if let Some(function) = function.filter(|_| inside.is_live) {
                self.inline(&function, of, call, &mut inside);
            }
            after = after.join(&inside);
        }
        *state = after;
        true
    }

    /// The functions that are written down where the call picks one of them.
    fn choices(&self, call: &Call, state: &State) -> Vec<Rc<Function>> {
        let callee = match &call.callee.form {
            Form::Name(_) | Form::Index(..) => self.resolve(&call.callee, state),
            // `step.run()`, where the step is one of several that are written down.
            Form::Member(on, name) if self.is_one_of_maps(on, state) => {
                let on = self.resolve(on, state);
                field(&on, name).unwrap_or_else(|| Rc::clone(&call.callee))
            }
            // `$commands[$name]()`.
            Form::Either(all) if all.len() == 1 => self.resolve(&all[0], state),
            // `args.func(args)`, for what `set_defaults(func=...)` named.
            Form::Member(..) if self.handlers.is_empty() => return Vec::new(),
            // `args.parser.error('usage')` ends it.
            Form::Member(_, name) if matches!(name.as_str(), "error" | "exit") => {
                return Vec::new();
            }
            Form::Member(on, _) => {
                let is_said = match &self.resolve(on, state).form {
                    Form::Argument(_) => true,
                    Form::Call(it) => super::called(it).ends_with("parse_args"),
                    _ => false,
                };
                return if is_said { self.handlers.clone() } else { Vec::new() };
            }
            _ => Rc::clone(&call.callee),
        };
        let (on, by) = match &callee.form {
            Form::Lambda(_) | Form::Name(_) => {
                return self.function_named(&callee).into_iter().collect();
            }
            // `for step in steps: step()`.
            Form::Either(all) => {
                return all.iter().filter_map(|it| self.function_named(it)).collect();
            }
            Form::Index(on, by) => (self.resolve(on, state), Some(by)),
            Form::Call(get) => match (&get.callee.form, get.arguments.first()) {
                (Form::Member(on, name), Some(first)) if name == "get" => {
                    (self.resolve(on, state), Some(&first.value))
                }
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let by = by.and_then(|it| it.literal());
        let Form::Map(pairs) = &on.form else { return Vec::new() };
        pairs
            .iter()
            .filter(|(key, _)| by.is_none() || key.literal() == by)
            .filter_map(|(_, value)| self.function_named(value))
            .collect()
    }

    /// Whether a name stands for one of several maps that are written down.
    fn is_one_of_maps(&self, on: &Shared, state: &State) -> bool {
        let Form::Name(name) = &on.form else { return false };
        match state.names.get(name).map(|it| &it.form) {
            Some(Form::Either(all)) => all.iter().any(|it| matches!(it.form, Form::Map(_))),
            _ => false,
        }
    }

    fn function_named(&self, value: &Shared) -> Option<Rc<Function>> {
        match &value.form {
            Form::Name(name) => self.functions.get(name).cloned(),
            Form::Lambda(function) => Some(Rc::clone(function)),
            // A function by its name: `$commands[$name]()`.
            Form::Text(_) if self.language == Language::Php => {
                self.functions.get(&value.literal()?).cloned()
            }
            _ => None,
        }
    }

    /// Keeps the functions that `parser.set_defaults(func=reset)` names.
    pub(in crate::content::script::walk) fn keeps_handlers(&mut self, call: &Call, name: &str) {
        if !name.ends_with("set_defaults") {
            return;
        }
        let named = call.arguments.iter().filter(|it| it.name.is_some());
        let named: Vec<_> = named.filter_map(|it| self.function_named(&it.value)).collect();
        self.handlers.extend(named);
    }
}
