//! Expressions of PHP.

use std::rc::Rc;

use tree_sitter::Node;

use super::lambda;
use crate::content::script::languages::text::unescaped;
use crate::content::script::languages::{Reader, named};
use crate::content::script::syntax::{Argument, Call, Comparison, Expression, Form, Part, Shared};
use crate::content::script::tree::{children, field};

/// An expression.
pub(super) fn expression(reader: &Reader, node: Node) -> Shared {
    reader.bounded(node, || form(reader, node))
}

/// The expression in a field.
pub(super) fn of(reader: &Reader, node: Node, name: &str) -> Shared {
    field(node, name)
        .map_or_else(|| reader.expression(node, Form::Nothing), |it| expression(reader, it))
}

/// The name of a variable or field, without its sign.
pub(super) fn name(reader: &Reader, node: Node) -> String {
    reader.text(node).trim_start_matches(['&', '$', '.']).replace("->", ".")
}

/// What an assignment sets, and to what; none where it sets no plain name.
pub(super) fn assigned(reader: &Reader, node: Node) -> Option<(String, Shared)> {
    let left = field(node, "left")?;
    if !matches!(left.kind(), "variable_name" | "member_access_expression") {
        return None;
    }
    let mut value = of(reader, node, "right");
    if node.kind() == "augmented_assignment_expression" {
        value = Expression::new(value.line, Form::Join(vec![expression(reader, left), value]));
    }
    Some((name(reader, left), value))
}

fn all(reader: &Reader, node: Node) -> Vec<Shared> {
    children(node).into_iter().map(|it| expression(reader, it)).collect()
}

fn form(reader: &Reader, node: Node) -> Form {
    let text = reader.text(node);
    match node.kind() {
        "variable_name" => Form::Name(text.trim_start_matches('$').to_owned()),
        "name" | "qualified_name" | "relative_scope" => {
            Form::Name(text.rsplit('\\').next().unwrap_or(text).to_owned())
        }
        "integer" | "float" => Form::Number(text.to_owned()),
        "boolean" => Form::Bool(text.eq_ignore_ascii_case("true")),
        "null" => Form::Nothing,
        "string" | "encapsed_string" | "heredoc" | "nowdoc" => Form::Text(string(reader, node)),
        "shell_command_expression" => {
            let line = reader.line(node);
            let command = Expression::new(line, Form::Text(string(reader, node)));
            call_of(reader, node, "shell_exec", vec![Argument { name: None, value: command }])
        }
        "parenthesized_expression"
        | "by_ref"
        | "error_suppression_expression"
        | "clone_expression"
        | "cast_expression" => match children(node).last() {
            Some(inner) => Form::Either(vec![expression(reader, *inner)]),
            None => Form::Nothing,
        },
        "assignment_expression"
        | "augmented_assignment_expression"
        | "reference_assignment_expression" => match assigned(reader, node) {
            Some((name, value)) => Form::Set(name, value),
            None => Form::Other(all(reader, node)),
        },
        "binary_expression" => binary(reader, node),
        "unary_op_expression" => {
            let inner = field(node, "argument").or(children(node).last().copied());
            match inner {
                Some(inner) if text.starts_with('!') => Form::Not(expression(reader, inner)),
                _ => Form::Other(all(reader, node)),
            }
        }
        "conditional_expression" => {
            let test = of(reader, node, "condition");
            let then =
                field(node, "body").map_or_else(|| Rc::clone(&test), |it| expression(reader, it));
            Form::Choice(test, then, of(reader, node, "alternative"))
        }
        "member_access_expression" | "nullsafe_member_access_expression" => {
            member(reader, node, "object")
        }
        "scoped_property_access_expression" => member(reader, node, "scope"),
        "subscript_expression" => subscript(reader, node),
        "function_call_expression"
        | "member_call_expression"
        | "nullsafe_member_call_expression"
        | "scoped_call_expression" => call(reader, node),
        "object_creation_expression" => {
            let class = children(node).first().map(|it| reader.text(*it)).unwrap_or_default();
            call_of(
                reader,
                node,
                class.rsplit('\\').next().unwrap_or(class),
                arguments(reader, node),
            )
        }
        "array_creation_expression" => array(reader, node),
        "anonymous_function" | "anonymous_function_creation_expression" | "arrow_function" => {
            Form::Either(vec![lambda(reader, node)])
        }
        "exit_statement" => call_of(reader, node, "exit", Vec::new()),
        "throw_expression" => call_of(reader, node, "exit", Vec::new()),
        _ => Form::Other(all(reader, node)),
    }
}

fn member(reader: &Reader, node: Node, of_what: &str) -> Form {
    let name = field(node, "name").map(|it| name(reader, it)).unwrap_or_default();
    Form::Member(of(reader, node, of_what), name)
}

fn binary(reader: &Reader, node: Node) -> Form {
    let (left, right) = (of(reader, node, "left"), of(reader, node, "right"));
    let compare = |comparison| Form::Compare(comparison, Rc::clone(&left), Rc::clone(&right));
    match field(node, "operator").map(|it| reader.text(it).to_lowercase()).as_deref() {
        Some("&&" | "and") => Form::All(vec![left, right]),
        Some("||" | "or") => Form::Any(vec![left, right]),
        Some(".") => Form::Join(vec![left, right]),
        Some("==" | "===") => compare(Comparison::Equal),
        Some("!=" | "!==" | "<>") => Form::Not(reader.expression(node, compare(Comparison::Equal))),
        Some("<" | ">" | "<=" | ">=" | "<=>") => compare(Comparison::Order),
        // `getenv('APP_ENV') ?: 'local'`, `$_ENV['APP_ENV'] ?? 'local'`.
        Some("??" | "?:") => match &left.form {
            Form::Environment(name, None) => Form::Environment(name.clone(), Some(right)),
            _ => Form::Either(vec![left, right]),
        },
        _ => Form::Other(vec![left, right]),
    }
}

fn subscript(reader: &Reader, node: Node) -> Form {
    let parts = children(node);
    let on = parts.first().map(|it| reader.text(*it)).unwrap_or_default();
    let by = parts.get(1).map(|it| expression(reader, *it));
    let literal = by.as_ref().and_then(|it| it.literal());
    match (on, literal) {
        ("$_ENV" | "$_SERVER", Some(name)) => Form::Environment(name, None),
        ("$argv", Some(n)) => Form::Argument(n),
        ("$options" | "$opts" | "$args", Some(name)) => Form::Argument(name),
        _ => match (parts.first(), by) {
            (Some(on), Some(by)) => Form::Index(expression(reader, *on), by),
            _ => Form::Nothing,
        },
    }
}

fn array(reader: &Reader, node: Node) -> Form {
    let mut pairs = Vec::new();
    let mut list = Vec::new();
    for it in children(node) {
        match children(it).as_slice() {
            [key, value] => pairs.push((expression(reader, *key), expression(reader, *value))),
            [value] => list.push(expression(reader, *value)),
            _ => {}
        }
    }
    if pairs.is_empty() { Form::List(list) } else { Form::Map(pairs) }
}

fn call_of(reader: &Reader, node: Node, name: &str, arguments: Vec<Argument>) -> Form {
    let callee = reader.expression(node, Form::Name(name.to_owned()));
    Form::Call(Call { callee, arguments, block: None })
}

fn arguments(reader: &Reader, node: Node) -> Vec<Argument> {
    let list = field(node, "arguments")
        .or_else(|| children(node).into_iter().find(|it| it.kind() == "arguments"));
    let all = list.map(children).unwrap_or_default();
    all.into_iter()
        .map(|it| {
            let name = field(it, "name").map(|it| reader.text(it).to_owned());
            let value = match it.kind() {
                "argument" => children(it).last().map_or_else(
                    || reader.expression(it, Form::Nothing),
                    |it| expression(reader, *it),
                ),
                _ => expression(reader, it),
            };
            Argument { name, value }
        })
        .collect()
}

fn call(reader: &Reader, node: Node) -> Form {
    let arguments = arguments(reader, node);
    let first = arguments.first().and_then(|it| it.value.literal());
    let default = arguments.get(1).map(|it| Rc::clone(&it.value));
    let called = field(node, "function")
        .or(field(node, "name"))
        .map(|it| reader.text(it))
        .unwrap_or_default();
    let called = called.rsplit('\\').next().unwrap_or(called);
    match (called, first) {
        ("getenv" | "env", Some(name)) => return Form::Environment(name, default),
        ("config", Some(name)) if name == "app.env" => {
            return Form::Environment("APP_ENV".to_owned(), None);
        }
        ("option" | "argument" | "hasOption" | "getOption" | "getArgument", Some(name)) => {
            return Form::Argument(name);
        }
        _ => {}
    }
    if let Some(test) = environment(reader, node, called, &arguments) {
        return test;
    }
    let callee = match node.kind() {
        "function_call_expression" => of(reader, node, "function"),
        "scoped_call_expression" => reader.expression(node, member(reader, node, "scope")),
        _ => reader.expression(node, member(reader, node, "object")),
    };
    Form::Call(Call { callee, arguments, block: None })
}

/// `app()->environment('production')`, `App::isProduction()`, `app()->isLocal()`.
fn environment(reader: &Reader, node: Node, called: &str, arguments: &[Argument]) -> Option<Form> {
    let line = reader.line(node);
    let variable = Expression::new(line, Form::Environment("APP_ENV".to_owned(), None));
    let compare =
        |comparison, value: Shared| Form::Compare(comparison, Rc::clone(&variable), value);
    let on = field(node, "object")
        .or(field(node, "scope"))
        .map(|it| reader.text(it))
        .unwrap_or_default();
    let is_app = on.to_lowercase().contains("app");
    match called {
        "environment" if is_app && arguments.is_empty() => Some(Form::Either(vec![variable])),
        "environment" if is_app => {
            let values: Vec<Shared> = arguments.iter().map(|it| Rc::clone(&it.value)).collect();
            match values.as_slice() {
                [one] if !matches!(one.form, Form::List(_)) => {
                    Some(compare(Comparison::Equal, Rc::clone(one)))
                }
                [one] => Some(compare(Comparison::In, Rc::clone(one))),
                _ => Some(compare(Comparison::In, Expression::new(line, Form::List(values)))),
            }
        }
        "isProduction" if is_app => {
            Some(compare(Comparison::Equal, Expression::text(line, "production")))
        }
        "isLocal" if is_app => Some(compare(Comparison::Equal, Expression::text(line, "local"))),
        "runningUnitTests" if is_app => {
            Some(compare(Comparison::Equal, Expression::text(line, "testing")))
        }
        _ => None,
    }
}

fn string(reader: &Reader, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    let is_plain = matches!(node.kind(), "string" | "nowdoc");
    for it in named(node) {
        match it.kind() {
            "string_content" | "string_value" | "escape_sequence" | "nowdoc_string" => {
                let text = reader.text(it);
                let text = if is_plain { text.replace("\\'", "'") } else { unescaped(text) };
                parts.push(Part::Plain { text, line: reader.line(it), is_spread: true });
            }
            "heredoc_body" | "nowdoc_body" => parts.extend(string(reader, it)),
            "heredoc_start" | "heredoc_end" => {}
            _ => parts.push(Part::Hole(expression(reader, it))),
        }
    }
    if parts.is_empty() && node.kind() == "string" {
        let text = reader.text(node).trim_matches('\'').to_owned();
        parts.push(Part::Plain { text, line: reader.line(node), is_spread: true });
    }
    parts
}
