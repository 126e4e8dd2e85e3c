//! How the command before ended: `$LASTEXITCODE` and `$?`, which stand for that command itself. What a function gives back, with all
//! that it writes before.

use std::rc::Rc;

use crate::content::script::syntax::{Act, Block, Expression, Form, Shared, Statement};

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

/// Puts what a function writes before it ends into what it gives back: a list of both, that is true whatever it was asked.
pub(super) fn with_written(body: &mut Block) {
    let Some(first) = body.iter().position(|it| matches!(&it.act, Act::Run(it) if writes(it)))
    else {
        return;
    };
    let last = body.len() - 1;
    for (n, it) in body.iter_mut().enumerate().skip(first + 1) {
        match &mut it.act {
            Act::Return(Some(value)) => *value = listed(value),
            Act::Run(value) if n == last && gives_back(value) => *value = listed(value),
            _ => {}
        }
    }
}

fn listed(value: &Shared) -> Shared {
    let written = Expression::text(value.line, "written");
    Expression::new(value.line, Form::List(vec![written, Rc::clone(value)]))
}

/// Whether a statement writes something that whoever calls the function gets.
fn writes(of: &Shared) -> bool {
    match &of.form {
        Form::Text(_) => true,
        Form::Command(command) => {
            command.words.first().and_then(|it| it.literal()).is_some_and(|it| it == "echo")
        }
        _ => false,
    }
}

/// Whether a statement is a condition, which only says something to whoever calls the function.
fn gives_back(of: &Shared) -> bool {
    matches!(of.form, Form::Compare(..) | Form::Not(_) | Form::All(_) | Form::Any(_))
}
