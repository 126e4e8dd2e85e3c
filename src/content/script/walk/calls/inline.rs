//! Functions of the file, gone through where they are called.

use crate::content::script::guards::{asked_of, certain, is_true, on_every_way};
use crate::content::script::model::{Guard, Strength};
use crate::content::script::operations::files;
use crate::content::script::sieve;
use crate::content::script::state::{Made, State};
use crate::content::script::syntax::{
    Act, Call, Expression, Form, Function, STDIN, STDIN_FILE, Shared,
};
use crate::content::script::value::{OPTIONS, texts_in};
use crate::content::script::walk::conditions::unless_dry_of;
use crate::content::script::walk::{DEEPEST, Frame, Walk};
use std::collections::HashMap;
use std::rc::Rc;

/// How often one function is gone through anew for what it is called with.
const TIMES: u32 = 8;

/// The name of what is called with the block that a method of Ruby is given.
const BLOCK: &str = "yield";

/// What functions did when they were gone through.
#[derive(Default)]
pub(in crate::content::script::walk) struct Effects {
    /// Those that neither ask, stop nor destroy, and what they give back.
    inert: HashMap<*const Function, Shared>,
    /// What is known behind one with these guards in force.
    known: HashMap<(*const Function, Vec<Guard>), Effect>,
    /// The same with these strong ones in force, and whatever others.
    nearly: HashMap<(*const Function, Vec<Guard>), Effect>,
}

/// What going through a function did.
#[derive(Clone)]
struct Effect {
    guards: Rc<Vec<Guard>>,
    unless_dry: Rc<Vec<Guard>>,
    is_dry: bool,
    passed: Rc<Vec<usize>>,
    made: Rc<Made>,
    is_live: bool,
    value: Shared,
}

impl Walk {
    /// Goes through a function of the file where it is called: what it gives back.
    pub(in crate::content::script::walk) fn inline(
        &mut self,
        function: &Rc<Function>,
        of: &Shared,
        call: &Call,
        state: &mut State,
    ) -> Shared {
        // The words of a command of the shell ran before, and what a variable stands for where it was set.
        let run = if self.is_shell() { &[] } else { call.arguments.as_slice() };
        for argument in run {
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
        // What is called where it is written knows the names around it: `new Promise((resolve) => exec(command, resolve))`.
        let is_closure = matches!(call.callee.form, Form::Lambda(_)) && !self.stack.is_empty();
        if !is_closure
            && !self.may_run(&values)
            && !self.may_run(&read)
            && (values.is_empty() || self.is_gone_through(pointer))
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
        bind(function, &values, of.line, &mut inside);
        let class = self.class_called(call, state);
        if let Some(class) = &class {
            self.takes_fields(class, &mut inside);
        }
        self.takes_captured(function, &mut inside);
        if let Some(block) = &call.block {
            hand_block(function, block, of.line, &mut inside);
        }
        self.stack.push(pointer);
        let asked = self.asked.len();
        let value = self.body_at(function, of, &before, inside, state);
        let did = self.asked.len() > asked
            || state.passed != before.passed
            || state.made != before.made
            || state.guards != before.guards
            || !state.is_live;
        self.keeps_effect(function, &before, state, &value, did);
        self.stack.pop();
        self.leave();
        self.gives_back(of, &value);
        self.leaves_fields(class, state);
        value
    }

    /// Whether a function was gone through often enough: what did no harm does none with another argument either.
    fn is_gone_through(&mut self, pointer: *const Function) -> bool {
        let times = self.gone_through.entry(pointer).or_default();
        *times += 1;
        *times > TIMES
    }

    /// Keeps what a function did, for where it is called again.
    fn keeps_effect(
        &mut self,
        function: &Rc<Function>,
        before: &State,
        after: &State,
        value: &Shared,
        did: bool,
    ) {
        let pointer = Rc::as_ptr(function);
        self.kept.insert(pointer, Rc::clone(function));
        if !did && !matches!(value.form, Form::Outcome { .. }) {
            self.effects.inert.insert(pointer, Rc::clone(value));
        }
        let effect = Effect {
            guards: Rc::clone(&after.guards),
            unless_dry: Rc::clone(&after.unless_dry),
            is_dry: after.is_dry,
            passed: Rc::clone(&after.passed),
            made: Rc::clone(&after.made),
            is_live: after.is_live,
            value: Rc::clone(value),
        };
        self.effects.nearly.insert((pointer, strong_of(before)), effect.clone());
        self.effects.known.insert((pointer, before.all_guards()), effect);
    }

    /// Keeps what a call gave back, for where it stands within another expression.
    fn gives_back(&mut self, of: &Shared, value: &Shared) {
        match Rc::ptr_eq(of, value) || value.depth > DEEPEST {
            true => self.returned.remove(&Rc::as_ptr(of)),
            false => self.returned.insert(Rc::as_ptr(of), (Rc::clone(of), Rc::clone(value))),
        };
    }

    /// What a function that was gone through gives back, where it does nothing, or did the same with the same guards in force.
    fn known_effect(&self, pointer: *const Function, state: &mut State) -> Option<Shared> {
        if let Some(value) = self.effects.inert.get(&pointer) {
            return Some(Rc::clone(value));
        }
        let Some(effect) = self.effects.known.get(&(pointer, state.all_guards())) else {
            return self.nearly_known(pointer, state);
        };
        // An answer is looked at where it is asked for, each time anew.
        if matches!(effect.value.form, Form::Outcome { .. }) {
            return None;
        }
        state.guards = Rc::clone(&effect.guards);
        state.unless_dry = Rc::clone(&effect.unless_dry);
        goes_through(effect, state);
        Some(Rc::clone(&effect.value))
    }

    /// What a function gives back, and did, with the same strong guards in force, once much of the file was gone through.
    fn nearly_known(&self, pointer: *const Function, state: &mut State) -> Option<Shared> {
        if !self.is_much_spent() {
            return None;
        }
        let effect = self.effects.nearly.get(&(pointer, strong_of(state)))?;
        if answers(&effect.value) {
            return None;
        }
        let new = effect.guards.iter().filter(|it| is_strong(it) && !state.guards.contains(it));
        let new: Vec<Guard> = new.cloned().collect();
        state.hold(new);
        goes_through(effect, state);
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
        let parts = match last {
            Some(Act::Run(it)) => !inside.is_strict && matches!(it.form, Form::Subshell(_)),
            it => matches!(it, Some(Act::If { .. } | Act::Switch { .. })),
        };
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
        let given = exits.iter().filter_map(|(_, it)| it.as_ref());
        self.empty.extend(given.flat_map(|it| asked_of(it)));
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
        let mut unless_dry = match exits {
            [(_, Some(value))] => unless_dry_of(value, true).to_vec(),
            _ => Vec::new(),
        };
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

/// Sets the parameters of a function to what it is called with.
fn bind(function: &Function, values: &[(Option<String>, Shared)], line: u32, inside: &mut State) {
    let by_place = || values.iter().filter(|(name, _)| name.is_none()).map(|(_, value)| value);
    let mut next = 0;
    for parameter in &function.parameters {
        if matches!(parameter.name.as_str(), "self" | "cls" | "$@") {
            continue;
        }
        // `*args` of Python takes all that are left.
        if let Some(name) = parameter.name.strip_prefix('*').filter(|it| !it.starts_with('*')) {
            let rest = by_place().skip(next).map(Rc::clone).collect();
            inside.set(name, Expression::new(line, Form::List(rest)));
            continue;
        }
        let named = values.iter().find(|(name, _)| name.as_ref() == Some(&parameter.name));
        let value = named.map(|(_, value)| value).or_else(|| {
            next += 1;
            by_place().nth(next - 1)
        });
        let are_options = || values.iter().any(|(it, _)| it.as_deref() == Some(OPTIONS));
        match value.or(parameter.default.as_ref().filter(|_| !are_options())) {
            // What whoever calls the program says under this name.
            None if are_options() => {
                let said = Form::Argument(parameter.name.clone());
                inside.set(&parameter.name, Expression::new(line, said));
            }
            Some(value) => inside.set(&parameter.name, Rc::clone(value)),
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
}

/// Hands the block behind a call to a function: `wipe do ... end`.
fn hand_block(function: &Function, block: &Rc<Function>, line: u32, inside: &mut State) {
    let block = Expression::new(line, Form::Lambda(Rc::clone(block)));
    for it in function.parameters.iter().filter_map(|it| it.name.strip_prefix('&')) {
        inside.set(it, Rc::clone(&block));
    }
    inside.set(BLOCK, block);
}

/// Whether what a function gives back says that somebody agreed, or that this is no place where data is kept.
fn answers(value: &Expression) -> bool {
    let Form::Outcome { if_true, if_false, unless_dry, .. } = &value.form else { return false };
    let mut guards = if_true.iter().chain(if_false);
    !unless_dry.is_empty() || guards.any(is_strong)
}

/// The strong guards in force.
fn strong_of(state: &State) -> Vec<Guard> {
    state.all_guards().into_iter().filter(is_strong).collect()
}

fn is_strong(guard: &Guard) -> bool {
    guard.strength == Strength::Strong && guard.defect.is_none()
}

/// Adds what a function made, the operations that it passed, and how it ended.
fn goes_through(effect: &Effect, state: &mut State) {
    state.is_dry |= effect.is_dry;
    state.is_live = effect.is_live;
    if effect.made != state.made {
        let made = effect.made.iter().map(|(n, is_certain)| (*n, *is_certain));
        Rc::make_mut(&mut state.made).extend(made);
    }
    for n in effect.passed.iter() {
        if !state.passed.contains(n) {
            Rc::make_mut(&mut state.passed).push(*n);
        }
    }
}
