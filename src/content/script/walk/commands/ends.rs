//! Commands that end the script, by their names or where they are told to.

use crate::content::script::operations::{Word, Words};
use crate::content::script::state::State;

/// Whether a command ends the script, as one of a file that is read in does by its name: `log_fatal`, `common::die`.
pub(super) fn ends(name: &str) -> bool {
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
pub(super) fn ends_by_error(words: &Words, state: &State) -> bool {
    let is_stop = |it: &str| it.eq_ignore_ascii_case("stop");
    let is_flag = |it: &&Word| matches!(&*it.text.to_lowercase(), "-erroraction" | "-ea");
    let told = words.rest.iter().skip_while(|it| !is_flag(it)).nth(1);
    let always = state.names.get("erroractionpreference").and_then(|it| it.literal());
    told.map_or_else(|| always.as_deref().is_some_and(is_stop), |it| is_stop(&it.text))
}
