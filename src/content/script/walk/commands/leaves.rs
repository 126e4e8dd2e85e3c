//! What ends a script, leaves a function or a loop, and what seems to and does not.

use super::ends::{ends, ends_by_error};
use super::functions;
use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::walk::{Frame, Walk};

impl Walk {
    /// Leaves what a command leaves. Whether it is one that does.
    pub(super) fn leaves(&mut self, line: u32, words: &Words, state: &mut State) -> bool {
        match words.program.as_str() {
            name if self.goes_on(name).is_some() => {}
            "exit" if self.leave_process(words, state) => {}
            name if ends(name) => state.is_live = false,
            "Write-Error" if ends_by_error(words, state) => state.is_live = false,
            "return" => {
                let value = words.rest.first().map(|it| functions::ended(line, it));
                self.give_back(state, value);
            }
            "break" => self.break_loop(state),
            "continue" => state.is_live = false,
            _ => return false,
        }
        true
    }

    /// Whether a command that would leave a function or a loop ends well all the same, where it stands in none: bash says so of
    /// `return`, and goes on with the next line; `break` and `continue` say nothing, and are done.
    pub(super) fn goes_on(&self, name: &str) -> Option<bool> {
        let is_outside = match name {
            "return" => self.returns_go_on && self.layers.len() == 1 && self.stack.is_empty(),
            "break" | "continue" => !self.frames.iter().any(|it| matches!(it, Frame::Loop(_))),
            _ => false,
        };
        (is_outside && self.is_shell()).then_some(name != "return")
    }
}
