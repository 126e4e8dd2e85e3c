//! How the command before ended: `$?`, which stands for that command itself.

use std::collections::HashSet;
use std::rc::Rc;

use tree_sitter::Node;

use crate::content::script::languages::Reader;
use crate::content::script::syntax::{Act, Expression, Form, Shared, Statement};
use crate::content::script::tree::{children, field, fields};
use crate::content::script::words;

/// Puts the command before in the place of `$?`, where what follows looks at that.
pub(super) fn looked_at(
    reader: &Reader,
    node: Node,
    all: &mut Vec<Statement>,
    these: &mut [Statement],
) {
    let (Some(Statement { act: Act::Run(before), .. }), Some(first)) =
        (all.last(), these.first_mut())
    else {
        return;
    };
    let before = Rc::clone(before);
    match &mut first.act {
        // `whiptail --yesno ...`, and then `if [ $? -ne 0 ]`.
        Act::If { test, .. } => match asks_how_it_ended(reader, node) {
            Some(true) => *test = before,
            Some(false) => *test = Expression::new(before.line, Form::Not(before)),
            None => return,
        },
        // `whiptail --yesno ...`, and then `[ $? -eq 0 ] || exit 1`.
        Act::Run(list) => {
            let Some(ended_well) = first_asks(reader, node) else { return };
            let line = before.line;
            let test = match ended_well {
                true => before,
                false => Expression::new(line, Form::Not(before)),
            };
            let with = |parts: &[Shared]| [&[test], parts.get(1..).unwrap_or_default()].concat();
            let form = match &list.form {
                Form::Any(parts) => Form::Any(with(parts)),
                Form::All(parts) => Form::All(with(parts)),
                _ => return,
            };
            *list = Expression::new(list.line, form);
        }
        // `answer=$?`, `case $? in`.
        Act::Set(_, subject) | Act::Switch { subject, .. }
            if field(node, "value").is_some_and(|it| is_end(reader.text(it)))
                && may_ask(reader, &before) =>
        {
            *subject = as_number(before);
        }
        _ => return,
    }
    all.pop();
}

fn is_end(text: &str) -> bool {
    matches!(text.trim_matches('"'), "$?" | "${?}")
}

/// 0 where a command ends well, else 1.
fn as_number(of: Shared) -> Shared {
    let line = of.line;
    let number = |it: &str| Expression::new(line, Form::Number(it.to_owned()));
    Expression::new(line, Form::Choice(of, number("0"), number("1")))
}

/// Whether a command asks something, or is a function of the file.
fn may_ask(reader: &Reader, of: &Expression) -> bool {
    let Form::Command(command) = &of.form else { return false };
    let said = command.words.iter().map(|it| it.literal().unwrap_or_else(|| "?".to_owned()));
    let said = said.collect::<Vec<String>>().join(" ");
    let name = said.split(' ').next().unwrap_or_default();
    words::command_confirms(&said)
        || reader.called.get_or_init(|| called(reader.source.text)).contains(name)
}

/// The names before a pair of parentheses, and behind `function`.
fn called(text: &str) -> HashSet<String> {
    let is_blank = |it: char| it.is_whitespace() || it == ';';
    let before = text.split("()").map(|it| it.trim_end().rsplit(is_blank).next());
    let behind = text.split("function ").skip(1).map(|it| it.split([' ', '(', '{', '\n']).next());
    before.chain(behind).flatten().filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Whether a node is an `if` that looks only at how the command before it ended: whether it asks for that it ended well.
fn asks_how_it_ended(reader: &Reader, node: Node) -> Option<bool> {
    let test = fields(node, "condition").into_iter().find(|it| it.is_named())?;
    ended_well(reader.text(test)).filter(|_| node.kind() == "if_statement")
}

/// The same of the first command of a list.
fn first_asks(reader: &Reader, node: Node) -> Option<bool> {
    let first = children(node).into_iter().next().filter(|_| node.kind() == "list")?;
    ended_well(reader.text(first)).filter(|_| first.kind() == "test_command")
}

/// Whether a test asks for that the command before ended well, or for that it did not.
fn ended_well(text: &str) -> Option<bool> {
    let inner = text.trim_matches(['[', ']', '(', ')', ' ', ';']).replace('"', "");
    let words: Vec<&str> = inner.split_whitespace().collect();
    match words.as_slice() {
        ["$?", "-eq" | "=" | "==", "0"] => Some(true),
        ["$?", "-ne" | "!=" | "-gt" | ">", "0"] => Some(false),
        ["$?", "-eq" | "=" | "==", "1"] => Some(false),
        _ => None,
    }
}
