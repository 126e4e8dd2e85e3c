//! What a shell runs when it ends: `trap 'dropdb shop' EXIT`.

use std::rc::Rc;

use crate::content::script::model::Kind;
use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::syntax::{Call, Expression, Form, Shared};
use crate::content::script::value::texts;
use crate::content::script::walk::Walk;

/// Traps that are kept of one file.
const TRAPS: usize = 50;

/// Programs that take down what they set up by another word of theirs.
const SETS_UP: &[&str] =
    &["apply", "up", "create", "install", "upgrade", "deploy", "start", "run", "init", "launch"];

/// What runs at the end, and what is known where that is said: the program may end right behind.
pub(in crate::content::script::walk) struct Trap {
    line: u32,
    runs: Shared,
    state: State,
}

impl Walk {
    /// Keeps what is to run at the end.
    pub(in crate::content::script::walk) fn traps(
        &mut self,
        line: u32,
        words: &Words,
        state: &State,
    ) {
        let mut plain = words.rest.iter().filter(|it| it.text != "--");
        let Some(runs) = plain.next() else { return };
        let is_at_end = plain.any(|it| matches!(it.text.as_str(), "EXIT" | "0" | "ERR"));
        let is_taken_back = matches!(runs.text.as_str(), "-" | "");
        if is_at_end && is_taken_back {
            self.trapped.clear();
        } else if is_at_end && self.trapped.len() < TRAPS {
            let runs = Rc::clone(&runs.value);
            self.trapped.push(Trap { line, runs, state: state.clone() });
        }
    }

    /// Keeps that a program sets something up.
    pub(in crate::content::script::walk) fn sets_up(&mut self, words: &Words) {
        if words.plain().take(4).any(|it| SETS_UP.contains(&it.text.as_str())) {
            self.commands_made.insert((words.program.clone(), String::new()));
        }
    }

    /// Runs what was kept for the end. `state` is what is known there.
    pub(in crate::content::script::walk) fn runs_trapped(&mut self, state: &State) {
        for trap in std::mem::take(&mut self.trapped) {
            let n = self.met.len();
            // Where it was not made, there is nothing to take down.
            let made = state.made.keys().map(|n| (*n, true)).collect();
            let mut inside = State {
                names: Rc::clone(&state.names),
                passed: Rc::clone(&state.passed),
                made: Rc::new(made),
                is_strict: false,
                ..trap.state
            };
            for told in texts(&trap.runs) {
                let name = told.text.trim().to_owned();
                match self.functions.get(&name).cloned() {
                    Some(function) => {
                        let call = Call {
                            callee: Expression::new(trap.line, Form::Name(name)),
                            arguments: Vec::new(),
                            block: None,
                        };
                        let of = Expression::new(trap.line, Form::Nothing);
                        self.inline(&function, &of, &call, &mut inside);
                    }
                    None => self.shell(&told, &mut inside),
                }
            }
            self.leaves_out_set_up(n);
        }
    }

    /// Leaves out what takes down what the same program set up before, and not all that there is.
    fn leaves_out_set_up(&mut self, from: usize) {
        let made = &self.commands_made;
        let mut n = 0;
        let is_own = |it: &Kind, name: &str| {
            let program = name.split(' ').next().unwrap_or_default();
            let takes_all = it.id == "sh.docker_prune";
            !takes_all && made.contains(&(program.to_owned(), String::new()))
        };
        self.met.retain(|it| {
            n += 1;
            n <= from || !is_own(it.kind, &it.name)
        });
        self.places.retain(|_, it| *it < from);
    }
}
