//! The shell: what is common to sh, bash, ksh and zsh.

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use super::text::unescaped;
use crate::content::script::syntax::{
    Act, Argument, Arm, Block, Call, Command, Comparison, Expression, Form, Function, Loop,
    Parameter, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields, has, pieces};

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    block(reader, root)
}

fn block(reader: &Reader, node: Node) -> Block {
    all_of(reader, children(node))
}

fn all_of(reader: &Reader, nodes: Vec<Node>) -> Block {
    if !reader.enter() {
        return Vec::new();
    }
    let all = nodes.into_iter().flat_map(|it| statement(reader, it)).collect();
    reader.leave();
    all
}

fn statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "if_statement" => one(if_statement(reader, node)),
        "while_statement" => {
            let test = condition(reader, node);
            // `until` looks the same but for its word.
            let test = match has(node, "until") {
                true => Expression::new(line, Form::Not(test)),
                false => test,
            };
            let body = field(node, "body").map(|it| block(reader, it)).unwrap_or_default();
            one(Act::Loop(Loop {
                variable: None,
                over: None,
                test: Some(test),
                body,
                runs_first: false,
            }))
        }
        "for_statement" | "select_statement" => {
            let values = fields(node, "value").into_iter().map(|it| word(reader, it)).collect();
            one(Act::Loop(Loop {
                variable: field(node, "variable").map(|it| reader.text(it).to_owned()),
                over: Some(Expression::new(line, Form::List(values))),
                test: None,
                body: field(node, "body").map(|it| block(reader, it)).unwrap_or_default(),
                runs_first: false,
            }))
        }
        "c_style_for_statement" => one(Act::Loop(Loop {
            variable: None,
            over: Some(Expression::new(line, Form::Other(Vec::new()))),
            test: None,
            body: field(node, "body").map(|it| block(reader, it)).unwrap_or_default(),
            runs_first: false,
        })),
        "case_statement" => one(case(reader, node)),
        "function_definition" => one(Act::Define(Rc::new(Function {
            name: field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default(),
            line,
            parameters: positional(reader, node),
            body: field(node, "body").map(|it| statement(reader, it)).unwrap_or_default(),
            ..Function::default()
        }))),
        "compound_statement" | "do_group" => one(Act::Block(block(reader, node))),
        "variable_assignment" => assignment(reader, node)
            .map(|(name, value)| one(Act::Set(name, value)))
            .unwrap_or_default(),
        "variable_assignments" => block(reader, node),
        "declaration_command" => children(node)
            .into_iter()
            .filter(|it| it.kind() == "variable_assignment")
            .flat_map(|it| statement(reader, it))
            .collect(),
        "ERROR" => block(reader, node),
        _ => one(Act::Run(expression(reader, node))),
    }
}

/// What stands for the arguments of a function, where it looks at them.
fn positional(reader: &Reader, node: Node) -> Vec<Parameter> {
    let text = reader.text(node);
    let looks = ["$1", "$2", "$@", "$*", "${1", "${2", "${@"].iter().any(|it| text.contains(it));
    let all = Parameter { name: "$@".to_owned(), default: None };
    if looks { vec![all] } else { Vec::new() }
}

/// The commands of an `if` or `while` that decide, the last of them by how it ends.
fn condition(reader: &Reader, node: Node) -> Shared {
    let nodes: Vec<Node> =
        fields(node, "condition").into_iter().filter(|it| it.is_named()).collect();
    match nodes.as_slice() {
        [one] => expression(reader, *one),
        _ => {
            let line = reader.line(node);
            Expression::new(line, Form::Group(Rc::new(all_of(reader, nodes))))
        }
    }
}

fn if_statement(reader: &Reader, node: Node) -> Act {
    let decides: Vec<usize> = fields(node, "condition").iter().map(|it| it.id()).collect();
    let is_clause = |it: &Node| matches!(it.kind(), "elif_clause" | "else_clause");
    let body = children(node)
        .into_iter()
        .filter(|it| !is_clause(it) && !decides.contains(&it.id()))
        .collect();
    let mut otherwise: Block = Vec::new();
    for clause in children(node).into_iter().filter(is_clause).rev() {
        otherwise = match clause.kind() {
            "else_clause" => block(reader, clause),
            _ => {
                // The first statement of an `elif` decides.
                let mut parts = children(clause);
                if parts.is_empty() {
                    continue;
                }
                let test = expression(reader, parts.remove(0));
                let line = reader.line(clause);
                vec![Statement {
                    line,
                    act: Act::If { test, then: all_of(reader, parts), otherwise },
                }]
            }
        };
    }
    Act::If { test: condition(reader, node), then: all_of(reader, body), otherwise }
}

fn case(reader: &Reader, node: Node) -> Act {
    let subject = field(node, "value")
        .map_or_else(|| reader.expression(node, Form::Nothing), |it| word(reader, it));
    let arms = children(node)
        .into_iter()
        .filter(|it| it.kind() == "case_item")
        .map(|item| {
            let values = fields(item, "value");
            let ids: Vec<usize> = values.iter().map(|it| it.id()).collect();
            let body = children(item).into_iter().filter(|it| !ids.contains(&it.id())).collect();
            let mut patterns: Vec<Shared> = values.into_iter().map(|it| word(reader, it)).collect();
            if patterns.iter().any(|it| it.literal().as_deref() == Some("*")) {
                patterns.clear();
            }
            Arm { patterns, body: all_of(reader, body), falls_through: false }
        })
        .collect();
    Act::Switch { subject, arms }
}

fn assignment(reader: &Reader, node: Node) -> Option<(String, Shared)> {
    let name = reader.text(field(node, "name")?).to_owned();
    let value = match field(node, "value") {
        Some(it) => word(reader, it),
        None => Expression::text(reader.line(node), ""),
    };
    Some((name, value))
}

fn expression(reader: &Reader, node: Node) -> Shared {
    if !reader.enter() {
        return reader.expression(node, Form::Nothing);
    }
    let form = form(reader, node);
    reader.leave();
    reader.expression(node, form)
}

fn form(reader: &Reader, node: Node) -> Form {
    match node.kind() {
        "command" => Form::Command(command(reader, node)),
        "redirected_statement" => redirected(reader, node),
        "pipeline" => {
            Form::Pipe(children(node).into_iter().map(|it| expression(reader, it)).collect())
        }
        "list" => {
            let both: Vec<Shared> =
                children(node).into_iter().map(|it| expression(reader, it)).collect();
            if has(node, "||") { Form::Any(both) } else { Form::All(both) }
        }
        "negated_command" => match children(node).first() {
            Some(inner) => Form::Not(expression(reader, *inner)),
            None => Form::Nothing,
        },
        "test_command" => match children(node).first() {
            Some(inner) => test(reader, *inner),
            None => Form::Nothing,
        },
        "unset_command" => Form::Other(Vec::new()),
        "subshell" => Form::Subshell(Rc::new(block(reader, node))),
        "compound_statement" | "do_group" => Form::Group(Rc::new(block(reader, node))),
        // What is a statement elsewhere, as in `if ...; then ...; fi | cat` or `for ... done && x`.
        _ => Form::Group(Rc::new(statement_only(reader, node))),
    }
}

fn statement_only(reader: &Reader, node: Node) -> Block {
    match node.kind() {
        "if_statement"
        | "while_statement"
        | "for_statement"
        | "case_statement"
        | "function_definition"
        | "variable_assignment"
        | "variable_assignments"
        | "declaration_command"
        | "c_style_for_statement"
        | "select_statement" => statement(reader, node),
        _ => Vec::new(),
    }
}

fn command(reader: &Reader, node: Node) -> Command {
    let mut command = Command::default();
    for it in children(node) {
        match it.kind() {
            "command_name" => {
                let inner = children(it).first().copied().unwrap_or(it);
                command.words.push(word(reader, inner));
            }
            "variable_assignment" => command.sets.extend(assignment(reader, it)),
            "file_redirect" | "heredoc_redirect" | "herestring_redirect" => {
                redirect(reader, it, &mut command)
            }
            _ => command.words.push(word(reader, it)),
        }
    }
    command
}

fn redirect(reader: &Reader, node: Node, command: &mut Command) {
    match node.kind() {
        "herestring_redirect" => {
            command.input = children(node).first().map(|it| word(reader, *it));
        }
        "heredoc_redirect" => {
            let body = children(node).into_iter().find(|it| it.kind() == "heredoc_body");
            command.input = body.map(|it| reader.expression(it, Form::Text(heredoc(reader, it))));
            let more = fields(node, "argument").into_iter().map(|it| word(reader, it));
            command.words.extend(more);
        }
        _ if has(node, "<") => {
            command.file = field(node, "destination").map(|it| word(reader, it));
        }
        _ => {}
    }
}

fn heredoc(reader: &Reader, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut at, mut row) = (node.start_byte(), node.start_position().row);
    let text =
        |from: usize, to: usize| reader.source.text.get(from..to).unwrap_or_default().to_owned();
    let plain = |parts: &mut Vec<Part>, from: usize, row: usize, to: usize| {
        let line = reader.source.line_at(from, row);
        parts.push(Part::Plain { text: text(from, to), line, is_spread: true });
    };
    for it in children(node) {
        if matches!(it.kind(), "heredoc_content") {
            continue;
        }
        plain(&mut parts, at, row, it.start_byte());
        parts.push(Part::Hole(word(reader, it)));
        (at, row) = (it.end_byte(), it.end_position().row);
    }
    plain(&mut parts, at, row, node.end_byte());
    parts
}

fn redirected(reader: &Reader, node: Node) -> Form {
    let redirects = fields(node, "redirect");
    let body = field(node, "body").map(|it| expression(reader, it));
    let further = redirects
        .iter()
        .flat_map(|it| children(*it))
        .find(|it| matches!(it.kind(), "pipeline" | "list" | "command"));
    let Some(body) = body else { return Form::Nothing };
    // The command that the redirects are for is the last of a list or pipeline.
    let body = with_redirects(reader, body, &redirects);
    match further.map(|it| (it.kind(), expression(reader, it))) {
        Some(("pipeline", next)) => match &next.form {
            Form::Pipe(rest) => Form::Pipe([vec![body], rest.clone()].concat()),
            _ => Form::Pipe(vec![body, next]),
        },
        Some((_, next)) => {
            let is_or = redirects.iter().any(|it| has(*it, "||"));
            if is_or { Form::Any(vec![body, next]) } else { Form::All(vec![body, next]) }
        }
        None => Form::Either(vec![body]),
    }
}

fn with_redirects(reader: &Reader, body: Shared, redirects: &[Node]) -> Shared {
    let line = body.line;
    match &body.form {
        Form::Command(command) => {
            let mut changed = Command {
                words: command.words.clone(),
                input: command.input.clone(),
                file: command.file.clone(),
                sets: command.sets.clone(),
            };
            for it in redirects {
                redirect(reader, *it, &mut changed);
            }
            Expression::new(line, Form::Command(changed))
        }
        Form::Pipe(all) | Form::All(all) | Form::Any(all) => {
            let mut all = all.clone();
            if let Some(last) = all.pop() {
                all.push(with_redirects(reader, last, redirects));
            }
            Expression::new(
                line,
                match &body.form {
                    Form::Pipe(_) => Form::Pipe(all),
                    Form::All(_) => Form::All(all),
                    _ => Form::Any(all),
                },
            )
        }
        _ => body,
    }
}

fn word(reader: &Reader, node: Node) -> Shared {
    if !reader.enter() {
        return reader.expression(node, Form::Nothing);
    }
    let form = word_form(reader, node);
    reader.leave();
    reader.expression(node, form)
}

fn word_form(reader: &Reader, node: Node) -> Form {
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
            Form::Join(children(node).into_iter().map(|it| word(reader, it)).collect())
        }
        "simple_expansion" => variable(text.trim_start_matches('$')),
        "expansion" => expansion(reader, node),
        "command_substitution" => Form::Subshell(Rc::new(block(reader, node))),
        "array" => Form::List(children(node).into_iter().map(|it| word(reader, it)).collect()),
        "process_substitution" => Form::Subshell(Rc::new(block(reader, node))),
        "parenthesized_expression" | "arithmetic_expansion" => Form::Other(Vec::new()),
        "binary_expression" | "unary_expression" => test(reader, node),
        _ => Form::Text(with_holes(reader, text, line, true)),
    }
}

/// The parts of a text that may have marks of holes in it.
pub(super) fn with_holes(reader: &Reader, text: &str, line: u32, is_spread: bool) -> Vec<Part> {
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
fn string(reader: &Reader, node: Node) -> Vec<Part> {
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
        plain(&mut parts, at, row, it.start_byte());
        parts.push(Part::Hole(word(reader, it)));
        (at, row) = (it.end_byte(), it.end_position().row);
    }
    plain(&mut parts, at, row, end);
    parts
}

fn variable(name: &str) -> Form {
    match name {
        "#" | "?" | "$" | "!" | "-" => Form::Other(Vec::new()),
        "@" | "*" => Form::Argument(name.to_owned()),
        _ if name.bytes().all(|it| it.is_ascii_digit()) => Form::Argument(name.to_owned()),
        _ => Form::Name(name.to_owned()),
    }
}

fn expansion(reader: &Reader, node: Node) -> Form {
    let line = reader.line(node);
    let text = reader.text(node).trim_start_matches("${").trim_end_matches('}');
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
fn test(reader: &Reader, node: Node) -> Form {
    let line = reader.line(node);
    let inner = |it: Node| reader.expression(it, test(reader, it));
    match node.kind() {
        "binary_expression" => {
            let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                return Form::Nothing;
            };
            let operator = field(node, "operator").map(|it| reader.text(it)).unwrap_or_default();
            // `[[ ! $REPLY =~ ^y ]]`: the grammar takes the `!` for a part of the left side.
            if left.kind() == "unary_expression"
                && left.child(0).is_some_and(|it| it.kind() == "!")
                && let Some(inner) = children(left).last()
            {
                let form = compare(line, operator, word(reader, *inner), word(reader, right));
                return Form::Not(Expression::new(line, form));
            }
            match operator {
                "&&" | "-a" => return Form::All(vec![inner(left), inner(right)]),
                "||" | "-o" => return Form::Any(vec![inner(left), inner(right)]),
                _ => {}
            }
            compare(line, operator, word(reader, left), word(reader, right))
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
