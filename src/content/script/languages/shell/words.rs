//! The words of a command: texts, variables, and what is tested in brackets.

use super::block;
use super::grouped::grouped;
use crate::content::script::languages::Reader;
use crate::content::script::languages::text::unescaped;
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Comparison, Expression, Form, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields, has, pieces};
use std::rc::Rc;
use tree_sitter::Node;

pub(super) fn word(reader: &Reader, node: Node) -> Shared {
    reader.bounded(node, || word_form(reader, node))
}

/// Adds what stands in a place of words. The grammar takes `$DIR/$NAME.sql` for several at times: what stands right behind another
/// one is a part of it.
pub(super) fn add_word(
    reader: &Reader,
    node: Node,
    words: &mut Vec<Shared>,
    end: &mut Option<usize>,
) {
    let next = piece(reader, node);
    let added = match words.pop_if(|_| *end == Some(node.start_byte())) {
        Some(before) => joined(before, next),
        None => next,
    };
    words.push(added);
    *end = Some(node.end_byte());
}

/// A piece of a word. The grammar takes `$DIR/$NAME.sql` for a variable, `/` and a sign, and the plain word `NAME.sql`.
fn piece(reader: &Reader, node: Node) -> Shared {
    let before = reader.source.text.as_bytes().get(..node.start_byte()).unwrap_or_default();
    let lacks_sign = node.kind() == "word"
        && before.ends_with(b"$")
        && !before.ends_with(b"\\$")
        && !before.ends_with(b"$$");
    let text = reader.text(node);
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let (name, rest) = text.split_at(text.find(|it| !is_name(it)).unwrap_or(text.len()));
    if !lacks_sign || name.is_empty() {
        return word(reader, node);
    }
    let line = reader.line(node);
    let mut parts = vec![Part::Hole(Expression::new(line, variable(name)))];
    parts.extend(with_holes(reader, &unescaped(rest), line, true));
    Expression::new(line, Form::Text(parts))
}

/// One word of two pieces.
fn joined(before: Shared, next: Shared) -> Shared {
    let line = before.line;
    let mut parts = match Rc::try_unwrap(before) {
        Ok(Expression { form: Form::Join(parts), .. }) => parts,
        Ok(other) => vec![Rc::new(other)],
        Err(shared) => vec![shared],
    };
    parts.push(next);
    Expression::new(line, Form::Join(parts))
}

pub(super) fn word_form(reader: &Reader, node: Node) -> Form {
    let line = reader.line(node);
    let text = reader.text(node);
    match node.kind() {
        "word"
        | "variable_name"
        | "extglob_pattern"
        | "regex"
        | "heredoc_start"
        | "special_variable_name" => Form::Text(with_holes(reader, &unescaped(text), line, true)),
        "number" => Form::Text(with_holes(reader, text, line, false)),
        "raw_string" => {
            let inner = text.trim_start_matches('\'');
            let inner = inner.strip_suffix('\'').unwrap_or(inner);
            Form::Text(with_holes(reader, inner, line, true))
        }
        "ansi_c_string" => {
            let inner = text.trim_start_matches("$'").trim_end_matches('\'');
            Form::Text(with_holes(reader, &unescaped(inner), line, false))
        }
        "string" | "translated_string" => Form::Text(string(reader, node)),
        "concatenation" => {
            Form::Join(children(node).into_iter().map(|it| piece(reader, it)).collect())
        }
        "simple_expansion" => variable(text.trim_start().trim_start_matches('$')),
        "expansion" => expansion(reader, node),
        "command_substitution" => {
            let block = block(reader, node);
            echoed(&block).unwrap_or_else(|| Form::Subshell(Rc::new(block)))
        }
        "array" => Form::List(children(node).into_iter().map(|it| word(reader, it)).collect()),
        "process_substitution" => Form::Subshell(Rc::new(block(reader, node))),
        "parenthesized_expression" | "arithmetic_expansion" => Form::Other(Vec::new()),
        // `--apply` where it stands bare in a test.
        "binary_expression" | "unary_expression" if is_flag(text) => {
            Form::Text(with_holes(reader, text, line, true))
        }
        "binary_expression" | "unary_expression" => test(reader, node),
        _ => Form::Text(with_holes(reader, text, line, true)),
    }
}

fn is_flag(text: &str) -> bool {
    text.starts_with("--")
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_=".contains(&it))
}

/// What `$(echo "$answer" | tr A-Z a-z)` gives back: the words of the `echo`.
fn echoed(block: &Block) -> Option<Form> {
    let [Statement { act: Act::Run(only), .. }] = block.as_slice() else { return None };
    let (first, filters) = match &only.form {
        Form::Pipe(all) => all.split_first()?,
        _ => (only, &[][..]),
    };
    let named = |of: &Shared, names: &[&str]| match &of.form {
        Form::Command(command) => command
            .words
            .first()
            .and_then(|it| it.literal())
            .is_some_and(|it| names.contains(&it.as_str())),
        _ => false,
    };
    if !filters.iter().all(|it| named(it, &["tr", "xargs"])) {
        return None;
    }
    let Form::Command(command) = &first.form else { return None };
    if named(first, &["tr"]) && filters.is_empty() {
        return command.input.as_ref().map(|it| Form::Either(vec![Rc::clone(it)]));
    }
    let is_plain = named(first, &["echo", "printf"]) && command.input.is_none();
    let mut words = command.words.iter().skip(1).filter(|it| {
        !it.literal().is_some_and(|it| matches!(it.as_str(), "-n" | "-e" | "%s" | "%s\\n"))
    });
    match (is_plain, words.next(), words.next()) {
        (true, Some(one), None) => Some(Form::Either(vec![Rc::clone(one)])),
        _ => None,
    }
}

/// The parts of a text that may have marks of holes in it.
pub(in crate::content::script::languages) fn with_holes(
    reader: &Reader,
    text: &str,
    line: u32,
    is_spread: bool,
) -> Vec<Part> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Ok(plain) => Part::Plain { text: plain.to_owned(), line, is_spread },
            Err(n) => match reader.source.origin.holes.get(n) {
                Some(hole) => Part::Hole(Rc::clone(hole)),
                None => Part::Plain { text: String::new(), line, is_spread },
            },
        })
        .collect()
}

/// What stands between double quotes: the grammar leaves blanks between its parts out.
pub(super) fn string(reader: &Reader, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut at, end) = (node.start_byte(), node.end_byte());
    let mut row = node.start_position().row;
    let whole = reader.text(node);
    at += whole.len() - whole.trim_start_matches(['$']).trim_start_matches('"').len();
    let end = if whole.ends_with('"') && end > at { end - 1 } else { end };
    let plain = |parts: &mut Vec<Part>, from: usize, row: usize, to: usize| {
        let text = reader.source.text.get(from..to).unwrap_or_default();
        let line = reader.source.line_at(from, row);
        let text = text
            .replace("\\\"", "\"")
            .replace("\\$", "$")
            .replace("\\`", "`")
            .replace("\\\\", "\\");
        parts.extend(with_holes(reader, &text, line, true));
    };
    for it in children(node) {
        if it.kind() == "string_content" {
            continue;
        }
        // The grammar takes the blanks between two variables for the beginning of the second one.
        let text = reader.text(it);
        let blanks = text.len() - text.trim_start().len();
        plain(&mut parts, at, row, it.start_byte() + blanks);
        parts.push(Part::Hole(word(reader, it)));
        (at, row) = (it.end_byte(), it.end_position().row);
    }
    plain(&mut parts, at, row, end);
    parts
}

pub(super) fn variable(name: &str) -> Form {
    match name {
        "#" | "?" | "$" | "!" | "-" => Form::Other(Vec::new()),
        "@" | "*" => Form::Argument(name.to_owned()),
        _ if name.bytes().all(|it| it.is_ascii_digit()) => Form::Argument(name.to_owned()),
        _ => Form::Name(name.to_owned()),
    }
}

pub(super) fn expansion(reader: &Reader, node: Node) -> Form {
    let line = reader.line(node);
    let text = reader.text(node).trim_start().trim_start_matches("${").trim_end_matches('}');
    let length = text.starts_with('#') && text.len() > 1;
    let inner = text.trim_start_matches(['!', '#']);
    let end = inner
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '@' || c == '*'))
        .unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    let of = variable(name);
    if length {
        return Form::Other(vec![Expression::new(line, of)]);
    }
    let operator = rest.trim_start_matches('[').trim_start_matches(':');
    let default = |sign: &str| {
        let text = operator.strip_prefix(sign)?;
        let node = children(node).into_iter().next_back().filter(|it| it.kind() != "variable_name");
        let value = match node {
            Some(it) => word(reader, it),
            None => Expression::text(line, text.trim_matches('"')),
        };
        Some(value)
    };
    if operator.starts_with('?') {
        let of = Expression::new(line, of);
        return call(line, "required", vec![of]);
    }
    match (default("-").or_else(|| default("=")), of) {
        (Some(value), Form::Name(name)) => Form::Environment(name, Some(value)),
        (Some(value), Form::Argument(n)) => {
            Form::Either(vec![Expression::new(line, Form::Argument(n)), value])
        }
        (_, of) => of,
    }
}

/// A call of a function that the shell has as a sign.
pub(super) fn call(line: u32, name: &str, values: Vec<Shared>) -> Form {
    Form::Call(Call {
        callee: Expression::new(line, Form::Name(name.to_owned())),
        arguments: values.into_iter().map(|value| Argument { name: None, value }).collect(),
        block: None,
    })
}

/// The inside of `[ ]`, `[[ ]]` or `(( ))`.
pub(super) fn test(reader: &Reader, node: Node) -> Form {
    let line = reader.line(node);
    let inner = |it: Node| reader.expression(it, test(reader, it));
    if let Some(form) = grouped(reader, node) {
        return form;
    }
    match node.kind() {
        "binary_expression" => {
            let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                return Form::Nothing;
            };
            // `*"localhost"*`: a pattern in pieces.
            let pieces: Vec<Shared> =
                fields(node, "right").into_iter().map(|it| word(reader, it)).collect();
            let pattern = || match pieces.as_slice() {
                [one] => Rc::clone(one),
                _ => Expression::new(line, Form::Join(pieces.clone())),
            };
            let operator = field(node, "operator").map(|it| reader.text(it)).unwrap_or_default();
            // `[[ ! $REPLY =~ ^y ]]`: the grammar takes the `!` for a part of the left side.
            if left.kind() == "unary_expression"
                && left.child(0).is_some_and(|it| it.kind() == "!")
                && let Some(inner) = children(left).last()
            {
                let form = compare(line, operator, word(reader, *inner), pattern());
                return Form::Not(Expression::new(line, form));
            }
            match operator {
                "&&" | "-a" => return Form::All(vec![inner(left), inner(right)]),
                "||" | "-o" => return Form::Any(vec![inner(left), inner(right)]),
                _ => {}
            }
            compare(line, operator, word(reader, left), pattern())
        }
        "unary_expression" => {
            let parts = children(node);
            let operator = field(node, "operator").or(parts.first().copied());
            let value = parts.last().copied();
            match (operator.map(|it| reader.text(it)), value) {
                (Some("!"), Some(value)) => Form::Not(inner(value)),
                (Some(sign), Some(value)) => unary(line, sign, word(reader, value)),
                _ => Form::Nothing,
            }
        }
        "parenthesized_expression" | "negated_command" => match children(node).first() {
            Some(it) if has(node, "!") => Form::Not(inner(*it)),
            Some(it) => test(reader, *it),
            None => Form::Nothing,
        },
        _ => call(line, "present", vec![word(reader, node)]),
    }
}

/// Two values and a sign between them.
pub(in crate::content::script) fn compare(
    line: u32,
    sign: &str,
    left: Shared,
    right: Shared,
) -> Form {
    let form = |comparison| Form::Compare(comparison, Rc::clone(&left), Rc::clone(&right));
    let not = |form| Form::Not(Expression::new(line, form));
    match sign {
        "=" | "==" => form(Comparison::Equal),
        "!=" => not(form(Comparison::Equal)),
        "=~" => form(Comparison::Fits),
        "-eq" => form(Comparison::EqualNumbers),
        "-ne" => not(form(Comparison::EqualNumbers)),
        _ => form(Comparison::Order),
    }
}

/// A sign before a value.
pub(in crate::content::script) fn unary(line: u32, sign: &str, value: Shared) -> Form {
    match sign {
        "-n" | "-v" => call(line, "present", vec![value]),
        "-z" => Form::Not(Expression::new(line, call(line, "present", vec![value]))),
        "-t" => call(line, "terminal", vec![value]),
        _ => call(line, "exists", vec![value]),
    }
}
