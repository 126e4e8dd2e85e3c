//! Commands in a process of their own, and commands that run a task of the same file.

use super::commands::SAID;
use super::{Frame, Walk};
use crate::content::script::hosts::TASK;
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::operations::{self, Words};
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Act, Block, Call, Command, Expression, Form, Function, Part, Shared, Statement,
};
use crate::content::script::{Language, words};
use std::rc::Rc;

/// Guards around a task that are kept for it.
const HELD: usize = 200;

impl Walk {
    /// A function that something outside of the file calls: its parameters are what that says.
    pub(super) fn entry(&mut self, function: &Rc<Function>, state: &State) {
        let mut state = state.clone();
        state.hold(self.defined.get(&Rc::as_ptr(function)).cloned().unwrap_or_default());
        for it in &function.parameters {
            let value = Form::Argument(it.name.clone());
            state.set(&it.name, Expression::new(function.line, value));
        }
        self.stack.push(Rc::as_ptr(function));
        self.needs(function, &mut state);
        self.function_body(&function.body, &mut state);
        self.stack.pop();
    }

    /// Keeps what holds where a task is defined: `task :wipe` within `if Rails.env.development?`.
    pub(super) fn keep_defined(&mut self, function: &Rc<Function>, state: &State) {
        if function.called_by.is_some() && state.guards.len() <= HELD {
            let guards = || state.guards.to_vec();
            let known = self.defined.entry(Rc::as_ptr(function)).or_insert_with(guards);
            known.retain(|it| state.guards.contains(it));
        }
    }

    /// The tasks that run before another.
    fn needs(&mut self, function: &Rc<Function>, state: &mut State) {
        for need in &function.needs {
            match self.functions.get(need).cloned() {
                Some(need) => *state = self.needed(&need, state.clone()),
                None => state.hold(refused_by(need, function.line).into_iter().collect()),
            }
        }
    }

    /// A task that runs before another: where it stops, that one does not run.
    fn needed(&mut self, function: &Rc<Function>, state: State) -> State {
        if !self.may_enter(Rc::as_ptr(function)) {
            return state;
        }
        self.stack.push(Rc::as_ptr(function));
        let mut state = state;
        self.needs(function, &mut state);
        // What a task does by itself is said where it is the entry.
        let met = std::mem::take(&mut self.met);
        let places = std::mem::take(&mut self.places);
        self.function_body(&function.body, &mut state);
        (self.met, self.places) = (met, places);
        self.stack.pop();
        state
    }

    /// What a function of the shell asks for and prints: `answer=$(ask "Sure?")`.
    pub(super) fn printed_answer(&mut self, of: &Shared, state: &mut State) -> Option<Shared> {
        let Form::Subshell(block) = &of.form else { return None };
        let [Statement { act: Act::Run(only), .. }] = block.as_slice() else { return None };
        let Form::Command(command) = &only.form else { return None };
        let name = command.words.first()?.literal()?;
        let function = self.functions.get(&name).filter(|_| self.is_shell())?;
        if !asks(&function.body, 0) {
            return None;
        }
        let outer = Rc::clone(&state.names);
        let nothing = Expression::text(of.line, "");
        state.set(SAID, Rc::clone(&nothing));
        self.frames.push(Frame::Process(Vec::new()));
        let mut inside = state.clone();
        self.evaluate(only, &mut inside);
        if let Some(Frame::Process(exits)) = self.frames.pop() {
            inside = exits.iter().fold(inside, |all, (it, _)| all.join(it));
        }
        state.names = outer;
        state.passed = Rc::clone(&inside.passed);
        state.made = Rc::clone(&inside.made);
        inside.names.get(SAID).filter(|it| !Rc::ptr_eq(it, &nothing)).cloned()
    }

    /// Commands in a process of their own: what is known where it ends well, and where it fails. Names end with it.
    pub(super) fn process(&mut self, block: &Block, state: &State) -> (State, State) {
        let (well, failed, _) = self.process_left(block, state);
        (well, failed)
    }

    /// The same, and whether something left it early that may have failed.
    pub(super) fn process_left(&mut self, block: &Block, state: &State) -> (State, State, bool) {
        // `V=$(norm "$V")`: what a variable stands for is within itself.
        if self.processes.contains(&std::ptr::from_ref(block)) {
            return (state.clone(), state.clone(), false);
        }
        let mut is_left = false;
        self.processes.push(block);
        self.frames.push(Frame::Process(Vec::new()));
        let (mut well, mut failed) = self.status(block, &state.clone());
        self.processes.pop();
        if let Some(Frame::Process(exits)) = self.frames.pop() {
            for (it, is_well) in exits {
                if is_well != Some(false) {
                    well = well.join(&it);
                }
                if is_well != Some(true) {
                    is_left |= it.is_live;
                    failed = failed.join(&it);
                }
            }
        }
        for it in [&mut well, &mut failed] {
            it.names = state.names.clone();
            it.is_strict = state.is_strict;
        }
        (well, failed, is_left)
    }

    /// The two ways that a block ends: as its last command does.
    pub(super) fn status(&mut self, block: &Block, state: &State) -> (State, State) {
        let Some((last, before)) = block.split_last() else { return (state.clone(), state.dead()) };
        let mut state = state.clone();
        self.block_of(before, &mut state);
        if !state.is_live {
            return (state.clone(), state);
        }
        match &last.act {
            Act::Run(it) if self.is_asked_again(it) => (state.dead(), state.dead()),
            Act::Run(it) => {
                let outer = self.aims.enter(last);
                let ways = self.branch(it, &state);
                self.aims.leave(outer);
                ways
            }
            Act::If { test, then, otherwise } => {
                let outer = self.aims.enter(last);
                let (one, other) = self.branch(test, &state);
                self.aims.leave(outer);
                let (one, other) = (self.status(then, &one), self.status(otherwise, &other));
                (one.0.join(&other.0), one.1.join(&other.1))
            }
            Act::Block(block) => self.status(block, &state),
            Act::Switch { subject, arms } if self.is_shell() => {
                self.switch_status(subject, arms, &state)
            }
            // `if x=$(command)`: it ends as the command does.
            Act::Set(_, value) if self.is_shell() && runs_command(value) => {
                self.statement(last, &mut state);
                (state.clone(), state)
            }
            _ => {
                self.statement(last, &mut state);
                (state.clone(), state.dead())
            }
        }
    }

    /// Whether a function of the shell that asks calls itself last.
    fn is_asked_again(&self, of: &Shared) -> bool {
        let Form::Command(command) = &of.form else { return false };
        let name = command.words.first().and_then(|it| it.literal()).unwrap_or_default();
        let function = self.functions.get(&name).filter(|_| self.is_shell());
        let is_in_it = matches!(self.frames.last(), Some(Frame::Function(_)));
        is_in_it && function.is_some_and(|it| self.stack.last() == Some(&Rc::as_ptr(it)))
    }

    fn block_of(&mut self, statements: &[Statement], state: &mut State) {
        for it in statements {
            if state.is_live {
                self.statement(it, state);
            }
        }
    }

    /// `exit` within a process of its own leaves only that. Whether there was one.
    pub(super) fn leave_process(&mut self, words: &Words, state: &mut State) -> bool {
        let code = words.rest.first().map(|it| it.text.as_str());
        let is_well = match code {
            Some("0") => Some(true),
            Some(code) if code.bytes().all(|it| it.is_ascii_digit()) => Some(false),
            _ => None,
        };
        let left = state.clone();
        let Some(Frame::Process(exits)) =
            self.frames.iter_mut().rev().find(|it| matches!(it, Frame::Process(_)))
        else {
            return false;
        };
        exits.push((left, is_well));
        state.is_live = false;
        true
    }

    /// A call that ends the program, well or not: where that is a process of its own, only that.
    pub(super) fn ends(&mut self, call: &Call, name: &str, state: &mut State) {
        let last = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let given = call.arguments.first().map(|it| self.resolve(&it.value, state));
        let is_well = |it: &Shared| it.literal().map(|it| it == "0");
        let ways = match given.as_ref().map(|it| &it.form) {
            _ if !matches!(last.as_str(), "exit" | "_exit" | "quit") => Vec::new(),
            // Of some languages all that ends a program is brought into this form.
            None if name == "exit" && self.language != Language::Python => Vec::new(),
            None => vec![(state.clone(), Some(true))],
            Some(Form::Choice(test, one, other)) => {
                let (yes, no) = self.branch(test, state);
                vec![(yes, is_well(one)), (no, is_well(other))]
            }
            Some(_) => vec![(state.clone(), given.as_ref().and_then(is_well))],
        };
        state.is_live = false;
        let frame = self.frames.iter_mut().rev().find(|it| matches!(it, Frame::Process(_)));
        if let Some(Frame::Process(exits)) = frame {
            exits.extend(ways);
        }
    }

    /// Runs the tasks of this file that a command names: `make reset`, `npm run reset`. What is known where they end well; none
    /// where there is no such task.
    pub(super) fn runs_task(&mut self, line: u32, words: &Words, state: &State) -> Option<State> {
        let mut well: Option<State> = None;
        for name in tasks(self.layers.first().copied().unwrap_or_default(), words) {
            let name = format!("{TASK}{name}");
            let Some(function) = self.functions.get(&name).cloned() else { continue };
            let mut inside =
                well.take().unwrap_or_else(|| State { is_strict: true, ..state.clone() });
            let of = Expression::new(line, Form::Nothing);
            let mut call = super::commands::call_of(words, line);
            call.arguments.retain(|it| it.value.literal().is_none_or(|it| !name.ends_with(&it)));
            self.inline(&function, &of, &call, &mut inside);
            self.with_more_words(line, words, &mut inside);
            well = Some(inside);
        }
        well.map(|it| State { is_strict: state.is_strict, ..it })
    }
}

impl Walk {
    /// `npm run typeorm schema:drop`: a script that is called as the program that it runs, and more words for that.
    fn with_more_words(&mut self, line: u32, words: &Words, state: &mut State) {
        let Some(at) = words.rest.iter().position(|it| PROGRAMS.contains(&it.text.as_str())) else {
            return;
        };
        let more: Vec<Shared> = words
            .values(at)
            .into_iter()
            .filter(|it| it.literal().as_deref() != Some("--"))
            .collect();
        if let Some(words) = Words::of(&more).filter(|it| !it.rest.is_empty()) {
            self.looked_up(line, &words, &Command::default(), state);
        }
    }
}

/// What a task of another file makes sure of before, by its name: `wipe: confirm`, `task wipe: :ensure_not_production`.
fn refused_by(task: &str, line: u32) -> Option<Guard> {
    let name = task.strip_prefix(TASK).unwrap_or(task);
    let asks = matches!(name, "confirm" | "confirmation" | "are-you-sure" | "prompt-confirm");
    let kind = if asks { Some(GuardKind::Confirmation) } else { words::refuses(name) };
    kind.map(|kind| Guard { kind, strength: Strength::Strong, line, defect: None })
}

/// Whether what an application does for a request is more than its work: its address, or the file, says that it wipes.
pub(super) fn is_asked_to_wipe(function: &Function, file: &str) -> bool {
    [&function.name, file].into_iter().any(operations::is_asked_to_wipe)
}

/// Programs after which scripts are called that hand on their words.
const PROGRAMS: &[&str] = &["typeorm", "prisma", "sequelize", "knex", "drizzle-kit", "mikro-orm"];

/// Whether the output of a command is in a text of the shell.
fn runs_command(value: &Expression) -> bool {
    match &value.form {
        Form::Text(parts) => parts.iter().any(|it| match it {
            Part::Hole(hole) => runs_command(hole),
            Part::Plain { .. } => false,
        }),
        Form::Command(_) | Form::Pipe(_) | Form::Group(_) | Form::Subshell(_) => true,
        _ => false,
    }
}

/// The tasks that a command of a file of this kind names.
fn tasks(host: &str, words: &Words) -> Vec<String> {
    let plain: Vec<&str> =
        words.plain().map(|it| it.text.as_str()).filter(|it| !it.contains('=')).collect();
    let program = words.program.as_str();
    let first = plain.first().copied().unwrap_or_default();
    let all: Vec<&str> = if host == Language::Make.word() {
        match program {
            "make" | "gmake" if !words.any(&["-C", "--directory", "-f", "--file"]) => plain,
            _ => Vec::new(),
        }
    } else if host == Language::Just.word() {
        if program == "just" { plain.into_iter().take(1).collect() } else { Vec::new() }
    } else if host == Language::Taskfile.word() {
        let is_elsewhere = words.any(&["-d", "--dir", "-t", "--taskfile"]);
        if program == "task" && !is_elsewhere { plain } else { Vec::new() }
    } else if host == Language::Package.word() {
        match (program, first) {
            (
                "npm" | "yarn" | "pnpm" | "bun" | "composer" | "deno",
                "run" | "run-script" | "task",
            ) => plain.into_iter().skip(1).take(1).collect(),
            ("npm-run-all" | "run-s" | "run-p", _) => plain,
            ("npm" | "yarn" | "pnpm" | "composer", _) => plain.into_iter().take(1).collect(),
            _ => Vec::new(),
        }
    } else {
        Vec::new()
    };
    all.into_iter().map(str::to_owned).collect()
}

/// Whether a block of the shell reads an answer.
fn asks(block: &Block, depth: usize) -> bool {
    let inner = |it: &Block| depth < 20 && asks(it, depth + 1);
    block.iter().any(|it| match &it.act {
        Act::Run(it) => match &it.form {
            Form::Command(command) => {
                let name = command.words.first().and_then(|it| it.literal());
                name.is_some_and(|it| it == "read")
            }
            _ => false,
        },
        Act::If { then, otherwise, .. } => inner(then) || inner(otherwise),
        Act::Loop(it) => inner(&it.body),
        Act::Block(it) => inner(it),
        _ => false,
    })
}
