//! What the commands of a block write, for the next one to read.

use super::statement_of;
use super::written::{Written, after};
use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::syntax::{Act, Block, Expression, Form, Shared};
use crate::content::script::walk::Walk;
use crate::content::script::walk::commands::give;

/// Statements that are looked at for one block.
const STATEMENTS: usize = 1_000;

/// As many statements a call counts for, so that no function calls itself many times.
const CALL: usize = 50;

impl Walk {
    /// What the commands of a group, a loop or a function write, one after the other, whichever way it goes.
    pub(super) fn said_by(&self, block: &Block, state: &State) -> Option<Shared> {
        self.said(block, &mut state.clone(), &mut { STATEMENTS })
    }

    /// The same of a function of the shell, where these words call one.
    pub(super) fn said_by_function(&self, words: &[Shared], state: &State) -> Option<Shared> {
        self.said_by_called(words, words.first()?.line, state, &mut { STATEMENTS })
    }

    fn said_by_called(
        &self,
        words: &[Shared],
        line: u32,
        state: &State,
        left: &mut usize,
    ) -> Option<Shared> {
        let called = Words::of(words)?;
        let function = self.function_called(&called)?;
        *left = left.checked_sub(CALL)?;
        let mut inner = state.clone();
        give(&called.values(0), line, &mut inner);
        self.said(&function.body, &mut inner, left)
    }

    fn said(&self, block: &Block, state: &mut State, left: &mut usize) -> Option<Shared> {
        let mut all = Vec::new();
        self.says(block, state, left, &mut all);
        let line = all.first()?.line;
        Some(Expression::new(line, Form::Join(all)))
    }

    fn says(&self, block: &Block, state: &mut State, left: &mut usize, all: &mut Vec<Shared>) {
        for statement in block {
            *left = left.saturating_sub(1);
            if *left == 0 {
                return;
            }
            match &statement.act {
                Act::Run(it) => self.says_one(it, statement.line, state, left, all),
                Act::Set(name, value) => state.set(name, self.resolve(value, state)),
                Act::Block(block) => self.says(block, state, left, all),
                Act::If { then, otherwise, .. } => {
                    self.says(then, state, left, all);
                    self.says(otherwise, state, left, all);
                }
                Act::Switch { arms, .. } => {
                    arms.iter().for_each(|it| self.says(&it.body, state, left, all));
                }
                Act::Loop(it) => {
                    if let (Some(name), Some(over)) = (&it.variable, &it.over) {
                        state.set(name, Expression::each(&self.resolve(over, state)));
                    }
                    self.says(&it.body, state, left, all);
                }
                _ => {}
            }
        }
    }

    fn says_one(
        &self,
        one: &Shared,
        line: u32,
        state: &mut State,
        left: &mut usize,
        all: &mut Vec<Shared>,
    ) {
        let parts = match &one.form {
            Form::Pipe(parts) => parts.as_slice(),
            // One with what it reads.
            Form::Either(parts) if parts.len() == 1 => {
                return self.says_one(&parts[0], line, state, left, all);
            }
            Form::All(parts) | Form::Any(parts) => {
                return parts.iter().for_each(|it| self.says_one(it, line, state, left, all));
            }
            _ => std::slice::from_ref(one),
        };
        let mut written = Written::default();
        for part in parts {
            written = match &part.form {
                Form::Command(command) => {
                    let words = self.spread(command, state);
                    let said = self.said_by_called(&words, line, state, left);
                    let written = after(command, words, written);
                    Written { text: written.text.or(said), ..written }
                }
                Form::Group(block) | Form::Subshell(block) => {
                    Written { text: self.said(block, &mut state.clone(), left), ..written }
                }
                _ => Written::default(),
            };
        }
        let made = || statement_of(&written.by).filter(|_| parts.len() > 1);
        if let Some(text) = written.text.clone().or_else(made) {
            all.push(text);
            all.push(Expression::text(line, "\n"));
        }
    }
}
