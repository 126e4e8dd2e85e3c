//! Goes through an expression in the order in which it is evaluated.

use std::rc::Rc;

use super::Walk;
use crate::content::script::state::State;
use crate::content::script::syntax::{Command, Expression, Form, Shared};
use crate::content::script::value::texts;
use crate::content::script::words;

impl Walk {
    /// Evaluates an expression for what it does.
    pub(super) fn evaluate(&mut self, of: &Shared, state: &mut State) {
        if !state.is_live || !self.enter() {
            return;
        }
        match &of.form {
            Form::Not(_) | Form::All(_) | Form::Any(_) => {
                let (one, other) = self.branch(of, state);
                *state = one.join(&other);
            }
            Form::Choice(test, then, otherwise) => {
                let (mut one, mut other) = self.branch(test, state);
                self.evaluate(then, &mut one);
                self.evaluate(otherwise, &mut other);
                *state = one.join(&other);
            }
            Form::Call(call) => self.call(of, call, state),
            Form::Command(command) => self.command(of, command, state),
            Form::Pipe(parts) => self.pipe(parts, state),
            Form::Set(name, value) => self.set(name, value, state),
            Form::Group(block) => self.block(block, state),
            Form::Subshell(block) => self.subshell(block, state),
            _ => {
                for it in of.children() {
                    self.evaluate(it, state);
                }
            }
        }
        self.leave();
    }

    /// Commands in a process of their own: what ends it ends nothing else.
    fn subshell(&mut self, block: &crate::content::script::syntax::Block, state: &mut State) {
        let (well, _) = self.process(block, state);
        state.supported_by(&well);
        if state.is_strict && !well.is_live {
            state.is_live = false;
        }
    }

    /// Commands of which each reads what the one before writes.
    fn pipe(&mut self, parts: &[Shared], state: &mut State) {
        let mut written: Option<Shared> = None;
        // What is dumped into another database is a copy, and no backup.
        let loads = parts.iter().any(loads);
        let late = self.late.len();
        let outer = Rc::clone(&state.guards);
        for (n, part) in parts.iter().enumerate() {
            let mut inside = state.clone();
            let is_first = n == 0;
            if let Form::Command(command) = &part.form {
                let name = command.words.first().and_then(|it| it.literal()).unwrap_or_default();
                let answers = matches!(name.as_str(), "echo" | "printf")
                    && command
                        .words
                        .last()
                        .and_then(|it| it.literal())
                        .is_some_and(|it| words::is_yes(it.trim().trim_end_matches("\\n")));
                if name == "yes" || answers {
                    inside.set("|yes", Expression::text(part.line, "y"));
                    state.set("|yes", Expression::text(part.line, "y"));
                }
                // What is written is read by the next, where that runs what it reads.
                if !is_first && command.input.is_none() && written.is_some() {
                    let fed = Command {
                        words: command.words.clone(),
                        input: written.take(),
                        file: command.file.clone(),
                        sets: command.sets.clone(),
                    };
                    self.command(part, &fed, &mut inside);
                } else {
                    self.evaluate(part, &mut inside);
                }
                written = match name.as_str() {
                    "echo" | "printf" | "print" => {
                        let mut all: Vec<Shared> = Vec::new();
                        for word in command.words.iter().skip(1) {
                            all.push(Rc::clone(word));
                            all.push(Expression::text(word.line, " "));
                        }
                        Some(Expression::new(part.line, Form::Join(all)))
                    }
                    "cat" => command.input.as_ref().map(Rc::clone),
                    _ => None,
                };
                if written.as_ref().is_some_and(|it| texts(it).is_empty()) {
                    written = None;
                }
            } else {
                self.evaluate(part, &mut inside);
                written = None;
            }
            state.supported_by(&inside);
        }
        if loads {
            self.late.truncate(late);
            state.guards = outer;
        }
        Rc::make_mut(&mut state.names).remove("|yes");
    }
}

/// Whether a command writes what it reads into a database.
fn loads(of: &Shared) -> bool {
    let Form::Command(command) = &of.form else { return false };
    let names = ["psql", "mysql", "mariadb", "pg_restore", "mongorestore", "sqlite3"];
    command.words.iter().filter_map(|it| it.literal()).any(|it| names.contains(&it.as_str()))
        && !command
            .words
            .iter()
            .any(|it| it.literal().is_some_and(|it| it.to_lowercase().contains("select")))
}
