//! Goes through a program as it would run, along every way, and says of each operation what stands before it.

mod aims;
mod bounds;
mod branches;
mod calls;
mod commands;
mod conditions;
mod emulators;
mod evaluate;
mod flags;
mod functions;
mod lists;
mod memory;
mod passing;
mod pipe;
mod records;
mod survey;
mod tasks;
mod unasked;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use calls::{Anew, Effects};
use lists::one_of;

use super::guards::{Flags, is_true};
use super::model::{Guard, Operation, Reach, SwitchedOff, Taken, Target};
use super::modules::{is_module, is_renamed};
use super::operations::{self, files, sql};
use super::state::{Seen, State};
use super::syntax::{Act, Block, Expression, Form, Function, Program, Shared, Statement};
use super::value::{Names, Returned, resolved};
use super::wording::{Noted, Place};
use super::{Language, with_stack};

/// Bytes of names of modules that are kept.
const MODULES: usize = 4_000;

/// The most expressions within each other that a name stands for.
const DEEPEST: u32 = 250;

/// A walk through one file.
pub(super) struct Walk {
    language: Language,
    /// `return` outside of a function ends nothing.
    returns_go_on: bool,
    functions: functions::Functions,
    classes: HashSet<String>,
    flags: Flags,
    connections: memory::Connections,
    /// What the file is called, where that says that data goes.
    own_name: String,
    /// It has written files whose text is known.
    writes_files: bool,
    /// How often functions were gone through for what they are called with.
    gone_through: HashMap<*const Function, u32>,
    /// What is called otherwise where imports bring it, by the names that these give.
    renamed: HashMap<String, String>,
    /// The modules that names of the file are of.
    modules: String,
    /// Functions that the script names as those of its commands.
    handlers: Vec<Rc<Function>>,
    met: Vec<Operation>,
    /// The number of each, by the place it is told by.
    places: HashMap<Place, usize>,
    taken: Vec<Taken>,
    /// What commands of the script set up, by the program, and what they make.
    commands_made: HashSet<(String, String)>,
    things: Vec<commands::Thing>,
    /// What runs at the end.
    trapped: Vec<commands::Trap>,
    /// What holds where tasks are defined.
    defined: HashMap<*const Function, Vec<Guard>>,
    /// How the script makes tables by itself, by their names, and how many operations were met before.
    made: HashMap<String, Vec<(sql::How, usize)>>,
    /// Paths that operations remove, by their numbers, and those in whose place a link is put.
    removed: Vec<(usize, Vec<String>)>,
    linked: HashSet<String>,
    /// Queries that were run, and their lines.
    queries: Vec<(u32, String)>,
    /// Lines on which an answer is asked for, and those whose answer is looked at.
    asked: HashSet<u32>,
    tested: HashSet<u32>,
    /// Tables of which a condition on a line asks whether they have any row.
    empty: HashMap<u32, String>,
    /// What rows are made of anew.
    anew: Anew,
    /// Guards that came to hold only after an operation, with its number.
    late: Vec<(usize, Guard)>,
    /// Functions that were gone through: as long as they are kept, nothing else is at their address.
    kept: HashMap<*const Function, Rc<Function>>,
    returned: Returned,
    /// What names stand for where a function that another one gives back was written down.
    captured: HashMap<*const Function, Names>,
    /// The fields of objects of each class.
    objects: HashMap<String, Vec<(String, Shared)>>,
    effects: Effects,
    /// The same of functions of which it is only tested how they end.
    effects_of_tested: Effects,
    reach: Reach,
    layers: Vec<&'static str>,
    /// What programs of other languages know of names of the shell.
    seen: Seen,
    frames: Vec<Frame>,
    stack: Vec<*const Function>,
    /// The commands in processes of their own that are gone through within each other.
    processes: Vec<*const Block>,
    /// Whose rows go is said by whoever runs it.
    is_given: bool,
    /// What the command or call at hand is aimed at, or that around it.
    aim: Target,
    aims: aims::Aims,
    /// Methods that are called on what the call at hand gives back.
    behind: Vec<String>,
    steps: usize,
    depth: usize,
    /// The line of the statement at hand.
    line: u32,
    /// Where it was followed no further.
    cut_at: Option<u32>,
    /// What is one tenant's goes in several tables by one call.
    is_over_several: bool,
    /// The guards behind the text that a command ran last, where it ended well.
    ended: Option<Rc<Vec<Guard>>>,
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
    /// The operations, without anchors.
    pub(super) met: Vec<Operation>,
    pub(super) taken: Vec<Taken>,
    /// By what the operations are known again.
    pub(super) noted: Noted,
    /// What the file says beside its commands.
    pub(super) off: Vec<SwitchedOff>,
    /// The first line beyond which something was not followed, where a bound was met.
    pub(super) cut_at: Option<u32>,
    /// What is one tenant's goes in several tables by one call.
    pub(super) is_over_several: bool,
}

impl Found {
    /// Whether there is nothing to be said, and it was followed to its end.
    pub(super) fn is_nothing(&self) -> bool {
        self.met.is_empty() && self.taken.is_empty() && self.off.is_empty() && self.cut_at.is_none()
    }
}

/// Goes through a program.
pub(super) fn walk(language: Language, program: &Program) -> Found {
    let survey = survey::of(program);
    let own = if super::hosts::holds(language) { Language::Shell } else { language };
    let mut layers = vec![language.word(), own.word()];
    layers.dedup();
    let mut walk = Walk {
        language: own,
        returns_go_on: program.returns_go_on,
        functions: survey.functions,
        classes: survey.classes,
        flags: survey.flags,
        connections: survey.connections,
        gone_through: HashMap::new(),
        renamed: HashMap::new(),
        own_name: if operations::says_loss(&program.name) {
            program.name.clone()
        } else {
            String::new()
        },
        writes_files: false,
        modules: String::new(),
        handlers: Vec::new(),
        processes: Vec::new(),
        met: Vec::new(),
        places: HashMap::new(),
        taken: Vec::new(),
        commands_made: HashSet::new(),
        things: Vec::new(),
        trapped: Vec::new(),
        made: HashMap::new(),
        defined: HashMap::new(),
        removed: Vec::new(),
        linked: HashSet::new(),
        queries: Vec::new(),
        asked: HashSet::new(),
        tested: HashSet::new(),
        empty: HashMap::new(),
        anew: Anew::of(&program.name),
        late: Vec::new(),
        kept: HashMap::new(),
        returned: Returned::new(),
        captured: HashMap::new(),
        objects: HashMap::new(),
        effects: Effects::default(),
        effects_of_tested: Effects::default(),
        reach: program.reach.unwrap_or(Reach::TopLevel),
        layers,
        seen: Seen::default(),
        frames: Vec::new(),
        stack: Vec::new(),
        is_given: false,
        aim: Target::Connection,
        aims: aims::Aims::default(),
        behind: Vec::new(),
        steps: bounds::STEPS,
        depth: 0,
        line: 1,
        cut_at: None,
        is_over_several: false,
        ended: None,
    };
    let mut state = State::new(program.stops_on_failure);
    walk.aims.reads(&program.worded);
    walk.function_body(&program.body, &mut state);
    walk.runs_trapped(&state);
    for function in survey.entries {
        let Some(reach) = function.called_by else { continue };
        if reach == Reach::Request && !tasks::is_asked_to_wipe(&function, &program.name) {
            continue;
        }
        walk.reach = reach;
        walk.entry(&function, &State { is_live: true, ..state.clone() });
        walk.runs_trapped(&state);
    }
    walk.leave_out_own();
    walk.explain();
    Found {
        cut_at: walk.cut_at,
        is_over_several: walk.is_over_several,
        met: walk.met,
        taken: walk.taken,
        off: Vec::new(),
        noted: walk.aims.noted,
    }
}

impl Walk {
    fn is_shell(&self) -> bool {
        self.layers.last().is_some_and(|it| *it == Language::Shell.word())
    }

    fn resolve(&self, of: &Shared, state: &State) -> Shared {
        resolved(of, &state.names, &self.returned, self.is_shell())
    }

    /// Goes by what is said here of where something is aimed at; gives back what went before, which is owed.
    fn aims(&mut self, aim: Target) -> Target {
        let outer = self.aim;
        if aim != Target::Connection {
            self.aim = aim;
        }
        outer
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
            with_stack(|| self.statement(statement, state));
        }
    }

    fn statement(&mut self, statement: &Statement, state: &mut State) {
        self.line = statement.line;
        if !self.enter() {
            return;
        }
        let outer = self.aims.enter(statement);
        match &statement.act {
            Act::Run(it) => self.run(it, state),
            Act::Set(name, value) => self.set(name, value, state),
            Act::If { test, then, otherwise } => self.part(test, then, otherwise, state),
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
                self.last(finally, before, state);
            }
            // Asking once more gives back what asking does.
            Act::Return(Some(value)) if self.is_again(value, state) => state.is_live = false,
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
            Act::Define(function) => self.keep_defined(function, state),
            Act::Cut => self.cut(),
            Act::Worded(it) => self.aims.reads(it),
            Act::Class(class) => {
                self.block(&class.body, state);
                evaluate::keep_fields(class, state);
            }
            Act::Block(block) => {
                let before = Rc::clone(&state.guards);
                self.block(block, state);
                state.commit(&before);
            }
        }
        self.aims.leave(outer);
        self.leave();
    }

    /// What runs in the end on every way, where the body stopped as well.
    fn last(&mut self, finally: &Block, before: State, state: &mut State) {
        let mut always = before.join_as_made(state);
        let held = Rc::clone(&always.guards);
        self.block(finally, &mut always);
        if state.is_live {
            let new = always.guards.iter().filter(|it| !held.contains(it)).cloned().collect();
            state.hold(new);
            (state.passed, state.made) = (always.passed, always.made);
            state.is_live = always.is_live;
        }
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
        match &it.form {
            Form::Any(parts) | Form::All(parts) if state.is_strict && self.is_shell() => {
                self.strict_list(parts, matches!(it.form, Form::All(_)), state);
            }
            Form::Not(_) => self.evaluate(it, state),
            _ if state.is_strict && self.is_shell() => *state = self.branch(it, state).0,
            _ => self.stands_alone(it, state),
        }
    }

    fn set(&mut self, name: &str, value: &Shared, state: &mut State) {
        if let (Some(name), Some(known)) = (is_renamed(name), value.literal()) {
            self.renamed.insert(name.to_owned(), known);
            return;
        }
        if let Some(bound) = is_module(name) {
            state.forget_off(bound);
            if self.modules.len() < MODULES {
                self.modules.push_str(&value.literal().unwrap_or_default());
                self.modules.push(' ');
            }
        }
        let longer = lists::lengthens(name, value);
        let value = evaluate::without_itself(name, self.value_or_end(value, state));
        let value = if longer { lists::with_picked(value, state) } else { value };
        let value = evaluate::argument_by_name(name, value);
        if files::is_known_by_name(name, &value) || operations::is_store_by_name(name, &value) {
            state.forget(name);
            return;
        }
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
                    Form::Outcome {
                        value,
                        if_true: guards.clone(),
                        if_false: guards,
                        unless_dry: Vec::new(),
                    },
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
        if let Some(answer) = self.printed_answer(of, state) {
            return answer;
        }
        self.evaluate(of, state);
        self.appended(of, state).unwrap_or_else(|| self.resolve(of, state))
    }
}
