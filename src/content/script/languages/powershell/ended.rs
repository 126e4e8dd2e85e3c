//! How the command before ended: `$LASTEXITCODE` and `$?`, which stand for that command itself.

use std::rc::Rc;

use crate::content::script::syntax::{Act, Block, Expression, Form, Statement};

/// Puts the command before in the place of `$LASTEXITCODE`, where the condition of an `if` looks only at that.
pub(super) fn looked_at(condition: Option<&str>, all: &mut Block, these: &mut [Statement]) {
    let (Some(Statement { act: Act::Run(before), .. }), Some(first)) =
        (all.last(), these.first_mut())
    else {
        return;
    };
    let (Form::Command(_), Act::If { test, .. }) = (&before.form, &mut first.act) else { return };
    *test = match condition.and_then(asks_how_it_ended) {
        Some(true) => Rc::clone(before),
        Some(false) => Expression::new(before.line, Form::Not(Rc::clone(before))),
        None => return,
    };
    all.pop();
}

/// Whether a condition asks for that a command ended well, or for that it did not.
fn asks_how_it_ended(condition: &str) -> Option<bool> {
    let is_said = |it: &char| !it.is_whitespace() && !matches!(it, '(' | ')');
    let text: String = condition.to_lowercase().chars().filter(is_said).collect();
    match text.as_str() {
        "$?" | "$?-eq$true" | "$lastexitcode-eq0" | "0-eq$lastexitcode" | "-not$lastexitcode"
        | "!$lastexitcode" => Some(true),
        "-not$?" | "!$?" | "$?-eq$false" | "$?-ne$true" | "$lastexitcode" | "$lastexitcode-ne0"
        | "$lastexitcode-gt0" | "0-ne$lastexitcode" => Some(false),
        _ => None,
    }
}
