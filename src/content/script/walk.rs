//! Goes through a program as it would run, along every way, and says of each operation what stands before it.

mod calls;
mod commands;
mod conditions;
mod evaluate;
mod survey;
mod tasks;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Language;
use super::guards::{Flags, certain, is_true, on_every_way};
use super::model::{Defect, Guard, GuardKind, Kind, Reach, Scope, Strength, Taken, Target};
use super::operations::sql;
use super::state::State;
use super::supports;
use super::syntax::{
    Act, Arm, Block, Comparison, Expression, Form, Function, Loop, Program, Shared, Statement,
};
use super::value::resolved;

/// Statements and expressions that are gone through in one file; a program that is followed further is not understood.
const STEPS: usize = 1_000_000;

/// The deepest that calls and blocks are followed.
const DEPTH: usize = 120;

/// The most expressions within each other that a name stands for.
const DEEPEST: u32 = 250;

/// An operation as it was met, with what stood before it on every way there.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) kind: &'static Kind,
    pub(super) scope: Scope,
    pub(super) target: Target,
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) layers: Vec<&'static str>,
    pub(super) reach: Reach,
    pub(super) guards: Vec<Guard>,
    /// The flag by which the script switches off the prompt of the tool.
    pub(super) prompt_off: Option<String>,
}

/// A walk through one file.
pub(super) struct Walk {
    language: Language,
    functions: HashMap<String, Rc<Function>>,
    classes: HashSet<String>,
    flags: Flags,
    pub(super) met: Vec<Met>,
    pub(super) taken: Vec<Taken>,
    /// What commands of the script make: the program and its first word.
    commands_made: HashSet<(String, String)>,
    /// Tables that the script makes by itself.
    made: Vec<String>,
    /// Lines on which an answer is asked for, and those whose answer is looked at.
    asked: HashSet<u32>,
    tested: HashSet<u32>,
    /// Guards that came to hold only after an operation, with its number.
    late: Vec<(usize, Guard)>,
    /// Functions that neither ask, stop nor destroy, as far as they were gone through, and what they give back.
    inert: HashMap<*const Function, Shared>,
    /// What is known behind a function that was gone through with these guards in force.
    effects: HashMap<(*const Function, Vec<Guard>), Effect>,
    reach: Reach,
    layers: Vec<&'static str>,
    frames: Vec<Frame>,
    stack: Vec<*const Function>,
    /// Methods that are called on what the call at hand gives back.
    behind: Vec<String>,
    steps: usize,
    depth: usize,
    /// Where the steps came to their end.
    cut_at: Option<u32>,
}

/// What going through a function did.
#[derive(Clone)]
struct Effect {
    guards: Rc<Vec<Guard>>,
    passed: Rc<Vec<usize>>,
    is_live: bool,
    value: Shared,
}

/// What may be left early.
enum Frame {
    Function(Vec<(State, Option<Shared>)>),
    Loop(Vec<State>),
    /// A process of its own: how it was left, and whether that counts as a failure.
    Process(Vec<(State, Option<bool>)>),
}

/// What the walk through a program found.
pub(super) struct Found {
    pub(super) met: Vec<Met>,
    pub(super) taken: Vec<Taken>,
    /// The line beyond which it was not followed, where the program is too large for that.
    pub(super) cut_at: Option<u32>,
}

/// What stands for each of some values, one after the other.
fn one_of(all: &Shared) -> Shared {
    let form = match &all.form {
        Form::List(all) if !all.is_empty() => {
            Form::Either(all.iter().take(8).map(Rc::clone).collect())
        }
        _ => Form::Index(Rc::clone(all), Expression::new(all.line, Form::Nothing)),
    };
    Expression::new(all.line, form)
}

/// Goes through a program.
pub(super) fn walk(language: Language, program: &Program) -> Found {
    let survey = survey::of(program);
    let is_host = super::hosts::holds(language);
    let mut walk = Walk {
        language: if is_host { Language::Shell } else { language },
        functions: survey.functions,
        classes: survey.classes,
        flags: survey.flags,
        met: Vec::new(),
        taken: Vec::new(),
        commands_made: HashSet::new(),
        made: Vec::new(),
        asked: HashSet::new(),
        tested: HashSet::new(),
        late: Vec::new(),
        inert: HashMap::new(),
        effects: HashMap::new(),
        reach: program.reach.unwrap_or(Reach::TopLevel),
        layers: if is_host {
            vec![language.word(), Language::Shell.word()]
        } else {
            vec![language.word()]
        },
        frames: Vec::new(),
        stack: Vec::new(),
        behind: Vec::new(),
        steps: STEPS,
        depth: 0,
        cut_at: None,
    };
    let mut state = State::new(program.stops_on_failure);
    walk.function_body(&program.body, &mut state);
    for function in survey.entries {
        let Some(reach) = function.called_by else { continue };
        walk.reach = reach;
        walk.entry(&function, &State { is_live: true, ..state.clone() });
    }
    walk.explain();
    let made = std::mem::take(&mut walk.made);
    walk.met.retain(|it| {
        !(sql::is_of_table(it.kind) && made.iter().any(|name| sql::is_about(&it.name, name)))
    });
    Found { cut_at: walk.cut_at, met: walk.met, taken: walk.taken }
}

impl Walk {
    fn is_shell(&self) -> bool {
        self.layers.last().is_some_and(|it| *it == Language::Shell.word())
    }

    fn resolve(&self, of: &Shared, state: &State) -> Shared {
        resolved(of, &state.names, self.is_shell())
    }

    /// Whether there is room for one more step, one deeper; then [`Walk::leave`] is owed.
    fn enter(&mut self) -> bool {
        if self.steps == 0 || self.depth == DEPTH {
            return false;
        }
        self.steps -= 1;
        self.depth += 1;
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// A function that something outside of the file calls: its parameters are what that says.
    fn entry(&mut self, function: &Rc<Function>, state: &State) {
        let mut state = state.clone();
        for it in &function.parameters {
            let value = Form::Argument(it.name.clone());
            state.set(&it.name, Expression::new(function.line, value));
        }
        for need in &function.needs {
            if let Some(need) = self.functions.get(need).cloned() {
                self.stack.push(Rc::as_ptr(function));
                state = self.needed(&need, state);
                self.stack.pop();
            }
        }
        self.stack.push(Rc::as_ptr(function));
        self.function_body(&function.body, &mut state);
        self.stack.pop();
    }

    /// A task that runs before another: where it stops, that one does not run.
    fn needed(&mut self, function: &Rc<Function>, state: State) -> State {
        if self.stack.contains(&Rc::as_ptr(function)) || self.stack.len() > 20 {
            return state;
        }
        self.stack.push(Rc::as_ptr(function));
        let mut state = state;
        for need in &function.needs {
            if let Some(need) = self.functions.get(need).cloned() {
                state = self.needed(&need, state);
            }
        }
        // What a task does by itself is said where it is the entry.
        let met = std::mem::take(&mut self.met);
        self.function_body(&function.body, &mut state);
        self.met = met;
        self.stack.pop();
        state
    }

    /// Goes through a body; what returns early comes together with what runs to the end.
    fn function_body(&mut self, body: &Block, state: &mut State) {
        self.frames.push(Frame::Function(Vec::new()));
        self.block(body, state);
        if let Some(Frame::Function(returns)) = self.frames.pop() {
            for (it, _) in returns {
                *state = state.join(&it);
            }
        }
    }

    pub(super) fn block(&mut self, block: &Block, state: &mut State) {
        for statement in block {
            if !state.is_live {
                break;
            }
            self.statement(statement, state);
        }
    }

    fn statement(&mut self, statement: &Statement, state: &mut State) {
        if !self.enter() {
            if self.steps == 0 {
                self.cut_at.get_or_insert(statement.line);
            }
            return;
        }
        match &statement.act {
            Act::Run(it) => self.run(it, state),
            Act::Set(name, value) => self.set(name, value, state),
            Act::If { test, then, otherwise } => {
                let (mut one, mut other) = self.branch(test, state);
                self.block(then, &mut one);
                self.block(otherwise, &mut other);
                *state = one.join(&other);
            }
            Act::Switch { subject, arms } => self.switch(subject, arms, state),
            Act::Loop(it) => self.repeat(it, state),
            Act::Try { body, handlers, otherwise, finally } => {
                let before = state.clone();
                self.block(body, state);
                self.block(otherwise, state);
                for handler in handlers {
                    let mut caught = before.clone();
                    self.block(handler, &mut caught);
                    *state = state.join(&caught);
                }
                let was_live = state.is_live;
                state.is_live = true;
                self.block(finally, state);
                state.is_live &= was_live;
            }
            Act::Return(value) => {
                let value = value.as_ref().map(|it| self.value(it, state));
                self.give_back(state, value);
            }
            Act::Throw(value) => {
                if let Some(value) = value {
                    self.evaluate(value, state);
                }
                state.is_live = false;
            }
            Act::Break => self.break_loop(state),
            Act::Continue => state.is_live = false,
            Act::Define(_) => {}
            Act::Class(class) => self.block(&class.body, state),
            Act::Block(block) => {
                let before = Rc::clone(&state.guards);
                self.block(block, state);
                state.commit(&before);
            }
        }
        self.leave();
    }

    fn give_back(&mut self, state: &mut State, value: Option<Shared>) {
        let left = state.clone();
        for frame in self.frames.iter_mut().rev().filter(|_| state.is_live) {
            match frame {
                Frame::Function(returns) => returns.push((left, value)),
                Frame::Process(exits) => exits.push((left, value.and_then(|it| is_true(&it)))),
                Frame::Loop(_) => continue,
            }
            break;
        }
        state.is_live = false;
    }

    fn break_loop(&mut self, state: &mut State) {
        if let Some(Frame::Loop(breaks)) = self.frames.last_mut() {
            breaks.push(state.clone());
        }
        state.is_live = false;
    }

    /// An expression that stands alone. Where a failure ends the program, what follows runs only if it went well.
    fn run(&mut self, it: &Shared, state: &mut State) {
        let is_list = matches!(it.form, Form::Any(_) | Form::All(_) | Form::Not(_));
        if state.is_strict && self.is_shell() && !is_list {
            *state = self.branch(it, state).0;
        } else {
            self.evaluate(it, state);
        }
    }

    fn set(&mut self, name: &str, value: &Shared, state: &mut State) {
        let value = self.value(value, state);
        // What is made up again and again, as by a loop of `x += y`, is not followed without end.
        let value =
            if value.depth > DEEPEST { Expression::new(value.line, Form::Nothing) } else { value };
        // A constant tells later on which way the program went.
        let is_constant =
            matches!(value.form, Form::Bool(_) | Form::Number(_)) || value.literal().is_some();
        let value = match is_constant && !state.guards.is_empty() {
            true => {
                let guards = state.guards.to_vec();
                let line = value.line;
                Expression::new(
                    line,
                    Form::Outcome { value, if_true: guards.clone(), if_false: guards },
                )
            }
            false => value,
        };
        state.set(name, value);
    }

    /// Evaluates an expression, and says what it stands for.
    fn value(&mut self, of: &Shared, state: &mut State) -> Shared {
        if let Form::Call(call) = &of.form
            && let Some(function) = self.function_of(call, state)
        {
            return self.inline(&function, of, call, state);
        }
        self.evaluate(of, state);
        self.resolve(of, state)
    }

    fn switch(&mut self, subject: &Shared, arms: &[Arm], state: &mut State) {
        self.evaluate(subject, state);
        let subject = self.resolve(subject, state);
        self.look_at(&subject);
        let catches = !self.is_shell();
        if catches {
            self.frames.push(Frame::Loop(Vec::new()));
        }
        let mut rest = state.clone();
        let mut ends: Option<State> = None;
        let mut falling: Option<State> = None;
        let mut has_default = false;
        // The way of all others is taken after all patterns, wherever it stands.
        for arm in arms {
            let tests: Vec<Shared> = arm
                .patterns
                .iter()
                .map(|it| {
                    Expression::new(
                        it.line,
                        Form::Compare(
                            Comparison::Equal,
                            Rc::clone(&subject),
                            self.resolve(it, state),
                        ),
                    )
                })
                .collect();
            let mut here = state.clone();
            match tests.as_slice() {
                [] => {
                    has_default = true;
                    let others = arms.iter().flat_map(|it| &it.patterns);
                    for it in others {
                        let test = Form::Compare(
                            Comparison::Equal,
                            Rc::clone(&subject),
                            self.resolve(it, state),
                        );
                        here.hold(certain(&Expression::new(it.line, test), false, &self.flags));
                    }
                }
                tests => {
                    let any = Expression::new(subject.line, Form::Any(tests.to_vec()));
                    let held = certain(&any, true, &self.flags);
                    self.note(&held, &here);
                    here.hold(held);
                    rest.hold(certain(&any, false, &self.flags));
                }
            }
            if let Some(fallen) = falling.take() {
                here = here.join(&fallen);
            }
            self.block(&arm.body, &mut here);
            match arm.falls_through {
                true => falling = Some(here),
                false => ends = Some(ends.map_or_else(|| here.clone(), |it| it.join(&here))),
            }
        }
        let mut after = ends.unwrap_or_else(|| state.dead());
        if let Some(fallen) = falling {
            after = after.join(&fallen);
        }
        if !has_default {
            after = after.join(&rest);
        }
        if catches && let Some(Frame::Loop(breaks)) = self.frames.pop() {
            after = breaks.iter().fold(after, |all, it| all.join(it));
        }
        *state = after;
    }

    fn repeat(&mut self, it: &Loop, state: &mut State) {
        self.frames.push(Frame::Loop(Vec::new()));
        if let Some(over) = &it.over {
            self.evaluate(over, state);
            if let Some(name) = &it.variable {
                let one = one_of(&self.resolve(over, state));
                state.set(name, one);
            }
        }
        let mut after = match &it.test {
            Some(test) if !it.runs_first => {
                let (mut inside, outside) = self.branch(test, state);
                self.block(&it.body, &mut inside);
                let (_, again) = self.branch(test, &inside);
                outside.join(&again)
            }
            test => {
                let mut inside = state.clone();
                self.block(&it.body, &mut inside);
                let inside = match test {
                    Some(test) => self.branch(test, &inside).1,
                    None => inside,
                };
                if it.runs_first { inside } else { inside.join(state) }
            }
        };
        if let Some(Frame::Loop(breaks)) = self.frames.pop() {
            after = breaks.iter().fold(after, |all, it| all.join(it));
        }
        *state = after;
    }

    /// Keeps guards that come to hold where an operation was passed already.
    fn note(&mut self, guards: &[Guard], state: &State) {
        let strong = guards.iter().filter(|it| {
            it.defect.is_none()
                && (it.kind == GuardKind::Backup
                    || it.strength == Strength::Strong && it.kind != GuardKind::OptIn)
        });
        for guard in strong {
            self.late.extend(state.passed.iter().map(|n| (*n, guard.clone())));
        }
    }

    /// Keeps what lessens or shows the damage from here on.
    fn support(&mut self, kind: GuardKind, line: u32, state: &mut State) {
        let held = vec![supports::supporting(kind, line)];
        self.note(&held, state);
        state.hold(held);
    }

    /// Adds an operation at this place.
    fn record(&mut self, met: Met, state: &mut State) {
        if !state.is_live {
            return;
        }
        let guards: Vec<Guard> = state.guards.to_vec();
        let same = self
            .met
            .iter()
            .position(|it| it.line == met.line && it.kind.id == met.kind.id && it.name == met.name);
        let n = match same {
            Some(n) => {
                let known = &mut self.met[n];
                known.guards = on_every_way(&known.guards, &guards);
                n
            }
            None => {
                self.met.push(Met { guards, ..met });
                self.met.len() - 1
            }
        };
        if !state.passed.contains(&n) {
            Rc::make_mut(&mut state.passed).push(n);
        }
    }

    /// Says of each operation without a guard what looks like one.
    fn explain(&mut self) {
        let ignored: Vec<u32> = self.asked.difference(&self.tested).copied().collect();
        for (n, met) in self.met.iter_mut().enumerate() {
            let is_guarded =
                met.guards.iter().any(|it| it.defect.is_none() && it.strength == Strength::Strong);
            if is_guarded {
                continue;
            }
            for line in ignored.iter().filter(|line| **line < met.line) {
                met.guards.push(Guard {
                    kind: GuardKind::Confirmation,
                    strength: Strength::Strong,
                    line: *line,
                    defect: Some(Defect::AnswerIgnored),
                });
            }
            let late = self.late.iter().filter(|(at, _)| *at == n).map(|(_, it)| it);
            let has_backup = met.guards.iter().any(is_backup);
            for it in late.filter(|it| !(has_backup && is_backup(it))) {
                let late = Guard { defect: Some(Defect::TooLate), ..it.clone() };
                if !met.guards.contains(&late)
                    && !met.guards.iter().any(|that| that.line == it.line)
                {
                    met.guards.push(late);
                }
            }
            met.guards.sort_by_key(|it| it.line);
            only_telling(&mut met.guards);
        }
        self.met.sort_by_key(|it| it.line);
    }
}

/// Whether a guard is a backup that is made in time.
fn is_backup(guard: &Guard) -> bool {
    guard.kind == GuardKind::Backup && guard.defect.is_none()
}

/// Leaves out what tells nothing: most conditions of a script are about other things.
fn only_telling(guards: &mut Vec<Guard>) {
    // The nearest of a kind that only supports tells as much as all of them.
    let all = guards.clone();
    let mut n = 0;
    guards.retain(|it| {
        n += 1;
        it.strength != Strength::Supporting
            || !all[n..].iter().any(|that| that.kind == it.kind && that.defect == it.defect)
    });
    let mut presence = guards.iter().filter(|it| it.kind == GuardKind::Presence).count();
    guards.retain(|it| {
        if it.kind == GuardKind::Presence {
            presence -= 1;
            return presence == 0;
        }
        let is_aside = it.defect == Some(Defect::NotOnEveryWay) && it.kind == GuardKind::OptIn;
        !is_aside
    });
}
