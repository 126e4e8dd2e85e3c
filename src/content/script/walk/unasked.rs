//! Flags by which whoever runs a script leaves out the question that is asked otherwise.

use crate::content::script::guards::{Flag, Flags, called};
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::state::State;
use crate::content::script::syntax::{Act, Block, Call, Expression, Form, has_one};
use crate::content::script::value::texts_in;
use crate::content::script::words;
use std::rc::Rc;

/// Flags by which somebody says that nothing is to be asked, in small letters and without what parts their words.
const UNASKED: &[&str] = &[
    "silent",
    "quiet",
    "force",
    "yes",
    "assumeyes",
    "batch",
    "unattended",
    "noninteractive",
    "noprompt",
    "noconfirm",
    "skipprompt",
    "skipconfirm",
    "skipconfirmation",
];

/// Expressions of a statement that are looked at for a question.
const LOOKED_AT: usize = 100;

/// Names of what holds the options that whoever runs a script says: `options.silent`, `program.opts().force`.
const OPTIONS: &[&str] =
    &["options", "opts", "option", "args", "argv", "flags", "program", "params", "cli", "values"];

/// Words of a question that speaks of going on, or of what is destroyed, by how they begin.
const OF_LOSS: &[&str] = &[
    "sure",
    "confirm",
    "continue",
    "proceed",
    "really",
    "certain",
    "agree",
    "go on",
    "go ahead",
    "yes",
    "y/n",
    "delet",
    "drop",
    "destroy",
    "wip",
    "reset",
    "purg",
    "remov",
    "truncat",
    "clean",
    "clear",
    "eras",
    "overwrit",
    "lose",
    "lost",
    "undone",
    "irreversib",
];

/// Whether whoever runs the script says by a flag, which holds where this condition does or where it does not, that a question is
/// left out which is asked otherwise: `if (options.silent) wipe(); else confirm('Sure?', wipe)`. Alone such a flag only says how much
/// is told.
pub(super) fn leaves_question_out(
    test: &Expression,
    known: &Expression,
    then: &Block,
    otherwise: &Block,
    flags: &Flags,
) -> Option<bool> {
    if let (Form::Not(inner), Form::Not(known)) = (&test.form, &known.form) {
        return leaves_question_out(inner, known, otherwise, then, flags).map(|it| !it);
    }
    let name = match (&test.form, &known.form) {
        (Form::Name(name) | Form::Member(_, name), Form::Argument(_)) => name,
        (_, Form::Argument(name)) => name,
        (Form::Member(on, name), _) if OPTIONS.contains(&root_of(on)) => name,
        _ => return None,
    };
    // Where it is set unless somebody says otherwise, nobody says so.
    let is_on =
        |it: &Flag| it.default == Some(true) || it.text.as_deref().is_some_and(words::is_yes);
    let said = match &known.form {
        Form::Argument(said) => said,
        _ => name,
    };
    if flags.get(&said.trim_start_matches('-').replace('-', "_")).is_some_and(is_on) {
        return None;
    }
    let plain = name.to_lowercase().replace(['_', '-'], "");
    (UNASKED.contains(&plain.as_str()) && asks(otherwise, 0)).then_some(true)
}

/// The last name of what a field is of: `opts` of `program.opts().force`.
fn root_of(on: &Expression) -> &str {
    match &on.form {
        Form::Name(name) | Form::Member(_, name) => name,
        Form::Call(call) => root_of(&call.callee),
        _ => "",
    }
}

/// Whether a block asks somebody whether to go on.
fn asks(block: &Block, depth: usize) -> bool {
    let inner = |it: &Block| depth < 20 && asks(it, depth + 1);
    let is_question = |it: &Expression| match &it.form {
        Form::Call(call) => {
            let name = called(call);
            // What a function that confirms says may stand elsewhere.
            words::confirms(&name) || words::asks(&name) && speaks_of_loss(call)
        }
        _ => false,
    };
    block.iter().any(|it| match &it.act {
        Act::Run(it) | Act::Set(_, it) => has_one(vec![it], LOOKED_AT, is_question),
        Act::If { test, then, otherwise } => {
            has_one(vec![test], LOOKED_AT, is_question) || inner(then) || inner(otherwise)
        }
        Act::Block(it) => inner(it),
        _ => false,
    })
}

/// Whether what a question says is about going on, or about what is destroyed.
fn speaks_of_loss(call: &Call) -> bool {
    let said = call.arguments.iter().flat_map(|it| texts_in(&it.value));
    let mut said = said.map(|it| {
        let plain = |it: char| if it.is_alphanumeric() || it == '/' { it } else { ' ' };
        format!(" {}", it.to_lowercase().chars().map(plain).collect::<String>())
    });
    said.any(|it| OF_LOSS.iter().any(|word| it.contains(&format!(" {word}"))))
}

/// Adds that somebody said so, in the place of what says less of the same condition.
pub(super) fn hold_said(state: &mut State, before: &State, line: u32) {
    let is_such = |it: &Guard| {
        it.kind == GuardKind::OptIn && it.defect.is_none() && !before.guards.contains(it)
    };
    if state.guards.iter().any(|it| is_such(it) && it.strength == Strength::Strong) {
        return;
    }
    Rc::make_mut(&mut state.guards).retain(|it| !is_such(it));
    state.hold(vec![Guard {
        kind: GuardKind::OptIn,
        strength: Strength::Strong,
        line,
        defect: None,
    }]);
}
