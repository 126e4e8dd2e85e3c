//! Questions that are asked again until what is typed is right, so that what comes after them needs no test:
//! `input.string("Enter 'deletemydata':", check=is_meant)`.

use crate::content::script::syntax::{Argument, Call, Form};
use crate::content::script::value::texts_in;
use crate::content::script::words::{self, parts};

/// Arguments that hold the function which judges an answer.
const JUDGES: &[&str] = &["check", "validate", "validator", "value_proc"];

/// Whether a call asks somebody to type what says that data goes, and hands over the function that judges it.
pub(super) fn asks_until_typed(call: &Call, name: &str) -> bool {
    let judges = |it: &Argument| {
        it.name.as_deref().is_some_and(|it| JUDGES.contains(&it))
            && matches!(it.value.form, Form::Lambda(_) | Form::Name(_) | Form::Member(..))
    };
    // What these make gives back nothing where somebody stops it, and the script goes on.
    let may_go_on = name.starts_with("questionary.") || name.starts_with("inquirer.");
    if may_go_on || !call.arguments.iter().any(judges) {
        return false;
    }
    let is_asked = words::asks(name) || parts(name).iter().any(|it| it == "input");
    let first = call.arguments.first().map(|it| texts_in(&it.value)).unwrap_or_default();
    is_asked && first.iter().any(|it| words::speaks(it) && says_what_to_type(it))
}

/// Whether a question says what is to be typed, in quotes or capitals: `enter 'deletemydata'`, `Type DELETE`.
fn says_what_to_type(question: &str) -> bool {
    let mut words = question.split_whitespace();
    let verbs = |it: &str| parts(it).iter().any(|it| matches!(it.as_str(), "type" | "enter"));
    words.any(verbs)
        && words.next().is_some_and(|it| {
            let bare = it.trim_end_matches([':', ',', '.', '!']);
            let is_loud = bare.len() > 2 && bare.chars().all(|it| it.is_ascii_uppercase());
            is_loud || it.starts_with(['\'', '"', '`'])
        })
}
