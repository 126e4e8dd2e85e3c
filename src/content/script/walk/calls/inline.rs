//! Functions of the file, gone through where they are called.

use super::objects::is_itself;
use crate::content::script::guards::{certain, is_true, on_every_way};
use crate::content::script::model::Guard;
use crate::content::script::operations::files;
use crate::content::script::parts::field;
use crate::content::script::sieve;
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Act, Call, Expression, Form, Function, STDIN, STDIN_FILE, Shared,
};
use crate::content::script::value::{texts_in, way};
use crate::content::script::walk::{DEEPEST, Effect, Frame, Walk};
use std::rc::Rc;

/// The name of what is called with the block that a method of Ruby is given.
const BLOCK: &str = "yield";

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
                let is_own = match &on.form {
                    Form::Name(it) => {
                        is_itself(it) || self.classes.contains(it) || self.is_object(&value)
                    }
                    _ => self.is_object(on),
                };
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
                    || self.functions.contains(name)
                        && (name.starts_with("New") || name.starts_with("new")))
            }
            _ => false,
        }
    }

    /// Goes through a function of the file where it is called: what it gives back.
    pub(in crate::content::script::walk) fn inline(
        &mut self,
        function: &Rc<Function>,
        of: &Shared,
        call: &Call,
        state: &mut State,
    ) -> Shared {
        for argument in &call.arguments {
            self.evaluate(&argument.value, state);
        }
        let values: Vec<(Option<String>, Shared)> = call
            .arguments
            .iter()
            .map(|it| (it.name.clone(), self.resolve(&it.value, state)))
            .collect();
        let pointer = Rc::as_ptr(function);
        let read = [STDIN, STDIN_FILE].into_iter().filter_map(|it| state.names.get(it));
        let read: Vec<_> = read.map(|it| (None, Rc::clone(it))).collect();
        if !self.may_run(&values)
            && !self.may_run(&read)
            && let Some(value) = self.known_effect(pointer, state)
        {
            if !function.parameters.is_empty() {
                return Rc::clone(of);
            }
            self.gives_back(of, &value);
            return value;
        }
        if !self.may_enter(pointer) || !self.enter() {
            return Rc::clone(of);
        }
        let before = state.clone();
        let mut inside = state.clone();
        let mut next = 0;
        for parameter in function
            .parameters
            .iter()
            .filter(|it| !matches!(it.name.as_str(), "self" | "cls" | "$@"))
        {
            // `*args` of Python takes all that are left.
            if let Some(name) = parameter.name.strip_prefix('*').filter(|it| !it.starts_with('*')) {
                let rest = values.iter().filter(|(name, _)| name.is_none()).skip(next);
                let rest = rest.map(|(_, value)| Rc::clone(value)).collect();
                inside.set(name, Expression::new(of.line, Form::List(rest)));
                continue;
            }
            let named =
                values.iter().find(|(name, _)| name.as_deref() == Some(parameter.name.as_str()));
            let value = named.map(|(_, value)| Rc::clone(value)).or_else(|| {
                let value = values
                    .iter()
                    .filter(|(name, _)| name.is_none())
                    .nth(next)
                    .map(|(_, value)| Rc::clone(value));
                next += 1;
                value
            });
            match value.or_else(|| parameter.default.as_ref().map(Rc::clone)) {
                Some(value) => inside.set(&parameter.name, value),
                // Of a command of click, that is called without arguments, the caller says what it is.
                None if function.called_by.is_some() && values.is_empty() => {
                    let said = Form::Argument(parameter.name.clone());
                    inside.set(&parameter.name, Expression::new(function.line, said));
                }
                None => {
                    Rc::make_mut(&mut inside.names).remove(&parameter.name);
                }
            }
        }
        let class = self.class_called(call, state);
        if let Some(class) = &class {
            self.takes_fields(class, &mut inside);
        }
        self.takes_captured(function, &mut inside);
        if let Some(block) = &call.block {
            let block = Expression::new(of.line, Form::Lambda(Rc::clone(block)));
            for it in function.parameters.iter().filter_map(|it| it.name.strip_prefix('&')) {
                inside.set(it, Rc::clone(&block));
            }
            inside.set(BLOCK, block);
        }
        self.stack.push(pointer);
        let asked = self.asked.len();
        let value = self.body_at(function, of, &before, inside, state);
        let did = self.asked.len() > asked
            || state.passed != before.passed
            || state.guards != before.guards
            || !state.is_live;
        self.kept.insert(pointer, Rc::clone(function));
        if !did && !matches!(value.form, Form::Outcome { .. }) {
            self.inert.insert(pointer, Rc::clone(&value));
        }
        let effect = Effect {
            guards: Rc::clone(&state.guards),
            unless_dry: Rc::clone(&state.unless_dry),
            is_dry: state.is_dry,
            passed: Rc::clone(&state.passed),
            is_live: state.is_live,
            value: Rc::clone(&value),
        };
        self.effects.insert((pointer, before.all_guards()), effect);
        self.stack.pop();
        self.leave();
        self.gives_back(of, &value);
        self.leaves_fields(class, state);
        value
    }

    /// Keeps what a call gave back, for where it stands within another expression.
    fn gives_back(&mut self, of: &Shared, value: &Shared) {
        match Rc::ptr_eq(of, value) || value.depth > DEEPEST {
            true => self.returned.remove(&Rc::as_ptr(of)),
            false => self.returned.insert(Rc::as_ptr(of), (Rc::clone(of), Rc::clone(value))),
        };
    }

    /// What a function that was gone through gives back, where it does nothing, or did the same with the same guards in force.
    pub(in crate::content::script::walk) fn known_effect(
        &self,
        pointer: *const Function,
        state: &mut State,
    ) -> Option<Shared> {
        if let Some(value) = self.inert.get(&pointer) {
            return Some(Rc::clone(value));
        }
        let effect = self.effects.get(&(pointer, state.all_guards()))?;
        // An answer is looked at where it is asked for, each time anew.
        if matches!(effect.value.form, Form::Outcome { .. }) {
            return None;
        }
        state.guards = Rc::clone(&effect.guards);
        state.unless_dry = Rc::clone(&effect.unless_dry);
        state.is_dry |= effect.is_dry;
        state.is_live = effect.is_live;
        for n in effect.passed.iter() {
            if !state.passed.contains(n) {
                Rc::make_mut(&mut state.passed).push(*n);
            }
        }
        Some(Rc::clone(&effect.value))
    }

    /// Whether something that is handed to a function may destroy there: a text, another function, or where data lies.
    pub(in crate::content::script::walk) fn may_run(
        &self,
        values: &[(Option<String>, Shared)],
    ) -> bool {
        values.iter().any(|(_, value)| {
            let is_function = match &value.form {
                Form::Lambda(_) => true,
                Form::Name(name) => self.functions.contains(name),
                _ => false,
            };
            is_function
                || is_said(value) && (files::is_data(value) || files::names_database(value))
                || texts_in(value)
                    .iter()
                    .any(|it| sieve::may_destroy(it.as_bytes()) || self.functions.contains(it))
        })
    }

    /// Goes through the body of a function that is called here; `state` is what is known behind the call.
    pub(in crate::content::script::walk) fn body_at(
        &mut self,
        function: &Rc<Function>,
        of: &Shared,
        before: &State,
        mut inside: State,
        state: &mut State,
    ) -> Shared {
        self.frames.push(Frame::Function(Vec::new()));
        // A function of the shell ends as its last command does.
        let mut last = function.body.last().map(|it| &it.act);
        while let Some(Act::Block(block)) = last {
            last = block.last().map(|it| &it.act);
        }
        let parts = matches!(last, Some(Act::If { .. } | Act::Switch { .. }));
        let ends = (self.is_shell() && parts).then(|| self.status(&function.body, &inside));
        if ends.is_none() {
            self.block(&function.body, &mut inside);
        }
        let mut exits = match self.frames.pop() {
            Some(Frame::Function(exits)) => exits,
            _ => Vec::new(),
        };
        if let Some((well, failed)) = ends {
            for (it, is_well) in [(well, true), (failed, false)] {
                if it.is_live {
                    exits.push((it, Some(Expression::new(of.line, Form::Bool(is_well)))));
                }
            }
        } else if inside.is_live {
            let last = last.filter(|_| function.yields_last || self.is_shell());
            let value = last.and_then(|it| match it {
                Act::Run(it) => Some(self.resolve(it, &inside)),
                // `@connection ||= connect`.
                Act::Set(name, _) if function.yields_last => inside.names.get(name).map(Rc::clone),
                _ => None,
            });
            exits.push((inside, value));
        }
        let mut after = before.dead();
        for (it, _) in &exits {
            after = after.join(it);
        }
        self.captures(function, &exits);
        let value = self.outcome(of, before, &exits);
        if !self.is_shell() {
            // Names of its own end with it; fields of the object stay.
            let mut names = Rc::clone(&before.names);
            let is_own = |name: &String| function.parameters.iter().any(|it| it.name == *name);
            let stays = |name: &String| {
                name.contains('.')
                    || name.starts_with(['@', '$']) && !is_own(name)
                    || self.functions.is_outer(name) && !is_own(name)
            };
            for (name, it) in after.names.iter().filter(|(name, _)| stays(name)) {
                Rc::make_mut(&mut names).insert(name.clone(), Rc::clone(it));
            }
            after.names = names;
        }
        *state = after;
        value
    }

    /// What is certain where the value that a function gives back counts as true, and where not.
    pub(in crate::content::script::walk) fn outcome(
        &self,
        of: &Shared,
        before: &State,
        exits: &[(State, Option<Shared>)],
    ) -> Shared {
        let is_shell = self.is_shell();
        let gained = |state: &State| -> Vec<Guard> {
            state.guards.iter().filter(|it| !before.guards.contains(it)).cloned().collect()
        };
        let ways = |truth: bool, with_dry: bool| -> Vec<Guard> {
            let mut all: Option<Vec<Guard>> = None;
            for (state, value) in exits.iter().filter(|(it, _)| with_dry || !it.is_dry) {
                let known = match value {
                    Some(value) => is_true(value),
                    None => (!is_shell).then_some(false),
                };
                if known == Some(!truth) {
                    continue;
                }
                let mut here = gained(state);
                if let Some(value) = value {
                    here.extend(certain(value, truth, &self.flags));
                }
                all = Some(all.map_or_else(|| here.clone(), |all| on_every_way(&all, &here)));
            }
            all.unwrap_or_default()
        };
        // How a command of the shell ends is not known before it runs.
        let unknown = Expression::new(of.line, Form::Other(Vec::new()));
        let values: Vec<Shared> = exits
            .iter()
            .filter_map(|(_, value)| value.clone().or_else(|| is_shell.then(|| unknown.clone())))
            .collect();
        let (if_true, if_false) = (ways(true, true), ways(false, true));
        // `if dry_run: return True` of a function that asks else.
        let mut unless_dry = Vec::new();
        if !before.is_dry && exits.iter().any(|(it, _)| it.is_dry) {
            unless_dry = ways(true, false);
            unless_dry.retain(|it| it.defect.is_none() && !if_true.contains(it));
        }
        let value = match values.as_slice() {
            [] => Rc::clone(of),
            [one] => Rc::clone(one),
            _ => Expression::new(of.line, Form::Either(values)),
        };
        if if_true.is_empty() && if_false.is_empty() && unless_dry.is_empty() {
            return value;
        }
        Expression::new(of.line, Form::Outcome { value, if_true, if_false, unless_dry })
    }
}

/// Whether a value is written down, but for where it begins.
fn is_said(of: &Shared) -> bool {
    matches!(of.form, Form::Text(_) | Form::Join(_))
}
