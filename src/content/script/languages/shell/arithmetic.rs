//! Conditions between double parentheses: `(( FORCE == 1 ))`.

use tree_sitter::Node;

use super::words::word;
use crate::content::script::languages::Reader;
use crate::content::script::syntax::{Act, Comparison, Expression, Form, Shared};
use crate::content::script::tree::{children, field, has};

fn is_one(node: Node) -> bool {
    node.kind() == "compound_statement" && has(node, "((")
}

/// What stands between the parentheses, where a node is such a command.
fn inside<'t>(node: Node<'t>) -> Option<Node<'t>> {
    if is_one(node) { children(node).into_iter().next_back() } else { None }
}

/// What it decides.
pub(super) fn condition(reader: &Reader, node: Node) -> Option<Form> {
    is_one(node).then(|| inside(node).map_or(Form::Nothing, |it| test(reader, it)))
}

/// `(( force = 1 ))`.
pub(super) fn assignment(reader: &Reader, node: Node) -> Option<Act> {
    let inner = inside(node)?;
    let counts = ["++", "--"].iter().any(|it| has(inner, it));
    if counts || operator(reader, inner).len() > 1 && operator(reader, inner).ends_with('=') {
        // `(( count++ ))`, `(( force |= 1 ))`: nobody knows what it is then.
        let name = children(inner).into_iter().find(|it| it.kind() == "variable_name")?;
        let changes = counts || !matches!(operator(reader, inner), "==" | "!=" | "<=" | ">=");
        let unknown = Expression::new(reader.line(inner), Form::Other(Vec::new()));
        return changes.then(|| Act::Set(reader.text(name).to_owned(), unknown));
    }
    let inner = Some(inner).filter(|it| operator(reader, *it) == "=")?;
    let left = field(inner, "left").filter(|it| it.kind() == "variable_name")?;
    let value = value(reader, field(inner, "right")?);
    Some(Act::Set(reader.text(left).to_owned(), value))
}

fn operator<'a>(reader: &Reader<'a>, node: Node) -> &'a str {
    field(node, "operator").or_else(|| node.child(1)).map(|it| reader.text(it)).unwrap_or_default()
}

fn test(reader: &Reader, node: Node) -> Form {
    let line = reader.line(node);
    let inner = |it: Node| reader.bounded(it, || test(reader, it));
    let not = |form| Form::Not(Expression::new(line, form));
    match node.kind() {
        "parenthesized_expression" => match children(node).first() {
            Some(it) => test_within(reader, *it),
            None => Form::Nothing,
        },
        "unary_expression" => match children(node).last() {
            Some(it) if has(node, "!") => Form::Not(inner(*it)),
            _ => Form::Other(Vec::new()),
        },
        "binary_expression" => {
            let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                return Form::Nothing;
            };
            let compare = |sign| Form::Compare(sign, value(reader, left), value(reader, right));
            match operator(reader, node) {
                "&&" => Form::All(vec![inner(left), inner(right)]),
                "||" => Form::Any(vec![inner(left), inner(right)]),
                "==" => compare(Comparison::EqualNumbers),
                "!=" => not(compare(Comparison::EqualNumbers)),
                "<" | ">" | "<=" | ">=" => compare(Comparison::Order),
                _ => Form::Other(vec![value(reader, left), value(reader, right)]),
            }
        }
        "number" => Form::Bool(!reader.text(node).trim_start_matches('0').is_empty()),
        // What is not zero holds.
        "variable_name" | "simple_expansion" | "expansion" => {
            let zero = Expression::new(line, Form::Number("0".to_owned()));
            not(Form::Compare(Comparison::EqualNumbers, value(reader, node), zero))
        }
        _ => Form::Other(Vec::new()),
    }
}

fn test_within(reader: &Reader, node: Node) -> Form {
    Form::Either(vec![reader.bounded(node, || test(reader, node))])
}

/// A name is that of a variable, with or without a sign before it.
fn value(reader: &Reader, node: Node) -> Shared {
    match node.kind() {
        "variable_name" => reader.expression(node, Form::Name(reader.text(node).to_owned())),
        "binary_expression" | "parenthesized_expression" => reader.bounded(node, || {
            let parts = children(node).into_iter().map(|it| value(reader, it)).collect();
            Form::Other(parts)
        }),
        _ => word(reader, node),
    }
}
