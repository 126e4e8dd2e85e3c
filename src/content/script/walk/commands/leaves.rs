//! What ends a script, leaves a function or a loop, and what seems to and does not.

use super::functions;
use crate::content::script::operations::{Word, Words};
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

/// Whether a command ends the script, as one of a file that is read in does by its name: `log_fatal`, `common::die`.
fn ends(name: &str) -> bool {
    let plain = ["exit", "die", "abort", "fatal", "fail", "panic", "error_exit", "err_exit"];
    if plain.contains(&name) {
        return true;
    }
    let last = name.rsplit("::").next().unwrap_or_default();
    let words: Vec<&str> = last.split('_').collect();
    // `check_or_die` ends it at times.
    let at_times =
        ["or", "if", "on", "unless", "maybe", "may", "try", "when", "not", "no", "never", "and"];
    let is_said = matches!(words.last(), Some(&("die" | "fatal")))
        && words.len() < 4
        && !words.iter().any(|it| at_times.contains(it));
    is_said && last.chars().all(|it| it.is_alphanumeric() || it == '_')
}

/// Whether an error that is written stops PowerShell, as it does where it is told to: `$ErrorActionPreference = 'Stop'`, `-ErrorAction Stop`.
fn ends_by_error(words: &Words, state: &State) -> bool {
    let is_stop = |it: &str| it.eq_ignore_ascii_case("stop");
    let is_flag = |it: &&Word| matches!(&*it.text.to_lowercase(), "-erroraction" | "-ea");
    let told = words.rest.iter().skip_while(|it| !is_flag(it)).nth(1);
    let always = state.names.get("erroractionpreference").and_then(|it| it.literal());
    told.map_or_else(|| always.as_deref().is_some_and(is_stop), |it| is_stop(&it.text))
}
