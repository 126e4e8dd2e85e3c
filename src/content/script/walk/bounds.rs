//! How far a program is followed. What lies beyond is not passed over in silence.

use super::Walk;
use crate::content::script::state::State;
use crate::content::script::syntax::Function;

/// Statements and expressions that are gone through in one file; a program that is followed further is not understood.
pub(super) const STEPS: usize = 400_000;

/// As many of them are much: few files take more.
const MUCH: usize = 50_000;

/// Names that are put together in the time of one step.
const NAMES: usize = 500;

/// The deepest that calls and blocks are followed.
const DEPTH: usize = 400;

/// The most functions that are gone through within each other.
const CALLS: usize = 60;

/// The most languages within each other.
const LAYERS: usize = 8;

impl Walk {
    /// Whether there is room for one more step, one deeper; then [`Walk::leave`] is owed.
    pub(super) fn enter(&mut self) -> bool {
        if self.steps == 0 || self.depth == DEPTH {
            self.cut();
            return false;
        }
        self.steps -= 1;
        self.depth += 1;
        true
    }

    /// Whether so much was gone through that a function is no longer gone through anew for a guard that is not strong.
    pub(super) fn is_much_spent(&self) -> bool {
        self.steps < STEPS - MUCH
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Two ways are put together: where very many names are known, that takes as long as many steps.
    pub(super) fn puts_together(&mut self, state: &State) {
        self.steps = self.steps.saturating_sub(state.names.len() / NAMES);
    }

    /// A bound was met: what lies beyond the statement at hand is not followed.
    pub(super) fn cut(&mut self) {
        self.cut_at.get_or_insert(self.line);
    }

    /// Whether there is room for one more function within those that are gone through, and it is not one of them.
    pub(super) fn may_enter(&mut self, function: *const Function) -> bool {
        if self.stack.contains(&function) {
            return false;
        }
        if self.stack.len() > CALLS {
            self.cut();
            return false;
        }
        true
    }

    /// Whether there is room for one more language within those that are gone through.
    pub(super) fn may_nest(&mut self) -> bool {
        if self.layers.len() > LAYERS {
            self.cut();
        }
        self.layers.len() <= LAYERS
    }
}
