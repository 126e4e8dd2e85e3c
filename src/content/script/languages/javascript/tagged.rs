//! Texts with a name before them: statements, and commands of zx.

use std::rc::Rc;

use tree_sitter::Node;

use super::Js;
use super::calls::{argument, callee, chain};
use super::expressions::bare;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Part, Shared};
use crate::content::script::texts::WORD;
use crate::content::script::tree::field;

/// A text with a name before it: `sql`, `$`, `String.raw`.
pub(super) fn tagged(js: &Js, called: Node, given: Node) -> Form {
    let called = bare(called);
    // `$({ cwd })`, `execa({ stdio })`.
    let name = match called.kind() {
        "call_expression" => field(called, "function").unwrap_or(called),
        _ => called,
    };
    let on = callee(js, name);
    let text = argument(js, given);
    match chain(&on).as_str() {
        "String.raw" | "dedent" | "outdent" | "stripIndent" => Form::Either(vec![text.value]),
        "$" | "$.sync" => {
            let value = as_words(&text.value);
            Form::Call(Call {
                callee: on,
                arguments: vec![Argument { value, ..text }],
                block: None,
            })
        }
        _ => Form::Call(Call { callee: on, arguments: vec![text], block: None }),
    }
}

/// A command line in which what stands for a word by itself is one word, whatever is in it: `psql -c ${statement}` of zx.
fn as_words(line: &Shared) -> Shared {
    let Form::Text(parts) = &line.form else { return Rc::clone(line) };
    let plain = |at: usize| match parts.get(at) {
        Some(Part::Plain { text, .. }) => text.as_str(),
        Some(Part::Hole(_)) => "$",
        None => " ",
    };
    let word = |at: usize, part: &Part| match part {
        Part::Hole(hole)
            if at > 0
                && plain(at - 1).ends_with(char::is_whitespace)
                && plain(at + 1).starts_with(char::is_whitespace) =>
        {
            let callee = Expression::new(hole.line, Form::Name(WORD.to_owned()));
            let arguments = vec![Argument { name: None, value: Rc::clone(hole) }];
            let call = Form::Call(Call { callee, arguments, block: None });
            Part::Hole(Expression::new(hole.line, call))
        }
        _ => part.clone(),
    };
    let parts = parts.iter().enumerate().map(|(at, it)| word(at, it)).collect();
    Expression::new(line.line, Form::Text(parts))
}
