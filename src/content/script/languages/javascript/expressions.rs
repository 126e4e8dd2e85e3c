//! Expressions of JavaScript.

use std::rc::Rc;

use tree_sitter::Node;

use super::super::text::unescaped;
use super::functions::{function, or_else};
use super::names::OUTER;
use super::{Js, calls};
use crate::content::script::syntax::{
    Act, Argument, Call, Comparison, Expression, Form, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field, long_chain};
use crate::content::script::value::ARGUMENTS;
use crate::content::script::words;

/// Names under which a program knows what its caller said.
const CALLERS: &[&str] = &["argv", "program", "yargs", "cliArgs", "parsedArgs"];

/// What of these names is no flag.
const METHODS: &[&str] = &["length", "argv", "parse", "parseSync", "opts", "args", "_"];

pub(super) fn expression(js: &Js, node: Node) -> Shared {
    let bare = bare(node);
    match js.reader.deeper(|| form(js, bare)) {
        Some(form) => js.make(bare, form),
        None => js.make(node, Form::Nothing),
    }
}

pub(super) fn of(js: &Js, node: Node, name: &str) -> Shared {
    field(node, name).map_or_else(|| js.make(node, Form::Nothing), |it| expression(js, it))
}

pub(super) fn all(js: &Js, node: Node) -> Vec<Shared> {
    children(node).into_iter().map(|it| expression(js, it)).collect()
}

/// A node without what only says how it is read: parentheses, types, `await`.
pub(super) fn bare<'t>(node: Node<'t>) -> Node<'t> {
    let mut node = node;
    for _ in 0..50 {
        match node.kind() {
            "parenthesized_expression"
            | "await_expression"
            | "as_expression"
            | "satisfies_expression"
            | "non_null_expression" => match children(node).first() {
                Some(inner) => node = *inner,
                None => break,
            },
            "type_assertion" => match children(node).last() {
                Some(inner) => node = *inner,
                None => break,
            },
            _ => break,
        }
    }
    node
}

fn form(js: &Js, node: Node) -> Form {
    match node.kind() {
        "string" => Form::Text(string(js, node)),
        "template_string" => Form::Text(template(js, node)),
        "number" => Form::Number(js.text(node).to_owned()),
        "true" => Form::Bool(true),
        "false" => Form::Bool(false),
        "null" | "undefined" => Form::Nothing,
        "this" => Form::Name("this".to_owned()),
        "super" => Form::Name("super".to_owned()),
        "meta_property" => Form::Name("import.meta".to_owned()),
        "identifier" => name(js, node),
        "regex" => {
            let pattern = field(node, "pattern").map(|it| js.text(it)).unwrap_or_default();
            let words = words_of_pattern(pattern);
            Form::List(words.into_iter().map(|it| Expression::text(js.line(node), it)).collect())
        }
        "member_expression" => {
            let name = field(node, "property").map(|it| js.text(it)).unwrap_or_default();
            match calls::parsed(js, node) {
                Some(form) => form,
                None => member(of(js, node, "object"), name),
            }
        }
        "subscript_expression" => index(of(js, node, "object"), of(js, node, "index")),
        "call_expression" => of_files(js, node).unwrap_or_else(|| calls::call(js, node)),
        "new_expression" => calls::made(js, node),
        "unary_expression" => {
            let value = of(js, node, "argument");
            match field(node, "operator").map(|it| it.kind()) {
                Some("!") => Form::Not(value),
                Some("void") => Form::Either(vec![value]),
                Some("-") => match &value.form {
                    Form::Number(it) => Form::Number(format!("-{it}")),
                    _ => Form::Other(vec![value]),
                },
                _ => Form::Other(vec![value]),
            }
        }
        "binary_expression" => binary(js, node),
        "ternary_expression" => Form::Choice(
            of(js, node, "condition"),
            of(js, node, "consequence"),
            of(js, node, "alternative"),
        ),
        "assignment_expression" | "augmented_assignment_expression" => {
            let value = assigned(js, node);
            match field(node, "left") {
                Some(left) if left.kind() == "identifier" => {
                    Form::Set(js.name(js.text(left)), value)
                }
                _ => Form::Either(vec![value]),
            }
        }
        "array" => Form::List(all(js, node)),
        "object" => Form::Map(object(js, node)),
        "arrow_function" | "function_expression" | "generator_function" => {
            Form::Lambda(Rc::new(function(js, node)))
        }
        "spread_element" | "yield_expression" => Form::Other(all(js, node)),
        "class" => Form::Nothing,
        _ => Form::Other(all(js, node)),
    }
}

fn name(js: &Js, node: Node) -> Form {
    let text = js.text(node);
    match js.reader.hole(text) {
        Some(hole) => Form::Either(vec![hole]),
        None if text == "undefined" => Form::Nothing,
        None if js.known.shared.contains(text) => {
            let on = js.make(node, Form::Name(OUTER.to_owned()));
            Form::Member(on, text.to_owned())
        }
        None => Form::Name(text.to_owned()),
    }
}

/// A field of something: of the environment and of what the caller said as well.
pub(super) fn member(on: Shared, name: &str) -> Form {
    let whole = calls::chain(&on);
    match whole.as_str() {
        // What Vite says of the way it was started.
        "import.meta.env" if name == "DEV" => Form::Environment("IS_DEV".to_owned(), None),
        "process.env" | "Deno.env" | "Bun.env" | "import.meta.env" => {
            Form::Environment(name.to_owned(), None)
        }
        "process" | "Bun" if name == "argv" => Form::Argument("argv".to_owned()),
        "Deno" if name == "args" => Form::Argument("argv".to_owned()),
        it if CALLERS.contains(&it) && !METHODS.contains(&name) => Form::Argument(name.to_owned()),
        _ => Form::Member(on, name.to_owned()),
    }
}

/// An element of something.
pub(super) fn index(on: Shared, by: Shared) -> Form {
    match (&on.form, by.literal()) {
        // The program and the script.
        (Form::Argument(name), Some(n)) if name == "argv" && matches!(n.as_str(), "0" | "1") => {
            Form::Other(Vec::new())
        }
        (Form::Argument(name), Some(n)) if name == "argv" => Form::Argument(n),
        (_, Some(name)) if matches!(by.form, Form::Text(_)) => member(on, &name),
        _ => Form::Index(on, by),
    }
}

/// What an assignment gives its left side.
pub(super) fn assigned(js: &Js, node: Node) -> Shared {
    let right = of(js, node, "right");
    if node.kind() == "assignment_expression" {
        return right;
    }
    let left = of(js, node, "left");
    match field(node, "operator").map(|it| it.kind()) {
        Some("+=") => js.make(node, Form::Join(vec![left, right])),
        Some("||=" | "??=") => or_else(left, right),
        _ => js.make(node, Form::Other(vec![left, right])),
    }
}

fn binary(js: &Js, node: Node) -> Form {
    if let Some(all) = long_chain(node, "+") {
        return Form::Join(all.into_iter().map(|it| expression(js, it)).collect());
    }
    let (left, right) = (of(js, node, "left"), of(js, node, "right"));
    let compare = |it| Form::Compare(it, Rc::clone(&left), Rc::clone(&right));
    let not = |form| Form::Not(js.make(node, form));
    match field(node, "operator").map(|it| it.kind()).unwrap_or_default() {
        "&&" => Form::All(vec![left, right]),
        "??" => match &left.form {
            Form::Environment(name, None) => Form::Environment(name.clone(), Some(right)),
            _ => Form::Either(vec![left, right]),
        },
        "||" => match &left.form {
            Form::Environment(name, None) if right.literal().is_some() => {
                Form::Environment(name.clone(), Some(right))
            }
            _ => Form::Any(vec![left, right]),
        },
        "+" => Form::Join(vec![left, right]),
        "in" => compare(Comparison::In),
        sign @ ("==" | "===" | "!=" | "!==") => {
            let is_not = sign.starts_with('!');
            let form = match (found_at(&left), right_number(js, node).as_deref()) {
                // `all.indexOf(one) !== -1`.
                (Some(form), Some("-1")) => not(form),
                _ if calls::chain(&left) == "import.meta.url" => Form::Other(vec![left, right]),
                _ => compare(Comparison::Equal),
            };
            if is_not { not(form) } else { form }
        }
        sign @ ("<" | ">" | "<=" | ">=") => {
            match (found_at(&left), sign, right_number(js, node).as_deref()) {
                (Some(form), ">", Some("-1")) | (Some(form), ">=", Some("0")) => form,
                (Some(form), "<", Some("0")) => not(form),
                _ => compare(Comparison::Order),
            }
        }
        _ => Form::Other(vec![left, right]),
    }
}

/// The number on the right side, with its sign.
fn right_number(js: &Js, node: Node) -> Option<String> {
    let right = field(node, "right")?;
    matches!(right.kind(), "number" | "unary_expression").then(|| js.text(right).replace(' ', ""))
}

/// `all.indexOf(one)` as the question whether it is among them.
fn found_at(of: &Shared) -> Option<Form> {
    let Form::Call(call) = &of.form else { return None };
    let Form::Member(on, name) = &call.callee.form else { return None };
    if !matches!(name.as_str(), "indexOf" | "findIndex" | "search") {
        return None;
    }
    let callee = Expression::new(of.line, Form::Member(Rc::clone(on), "includes".to_owned()));
    Some(Form::Call(Call { callee, arguments: call.arguments.clone(), block: None }))
}

fn object(js: &Js, node: Node) -> Vec<(Shared, Shared)> {
    let mut pairs = Vec::new();
    for it in children(node) {
        let line = js.line(it);
        match it.kind() {
            "pair" => {
                let name = field(it, "key").map(|it| key(js, it)).unwrap_or_default();
                pairs.push((Expression::text(line, name), of(js, it, "value")));
            }
            "shorthand_property_identifier" => {
                pairs.push((Expression::text(line, js.text(it)), js.make(it, name(js, it))));
            }
            "method_definition" => {
                let name = field(it, "name").map(|it| key(js, it)).unwrap_or_default();
                let method = js.make(it, Form::Lambda(Rc::new(function(js, it))));
                pairs.push((Expression::text(line, name), method));
            }
            _ => pairs.push((Expression::text(line, "..."), js.make(it, Form::Other(all(js, it))))),
        }
    }
    pairs
}

/// The name of a field, without its quotes.
pub(super) fn key(js: &Js, node: Node) -> String {
    js.text(node).trim_matches(['"', '\'', '`', '[', ']']).to_owned()
}

fn string(js: &Js, node: Node) -> Vec<Part> {
    let text = js.text(node);
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    vec![Part::Plain { text: unescaped(inner), line: js.line(node), is_spread: false }]
}

fn template(js: &Js, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    let (start, end) = (node.start_byte(), node.end_byte());
    let source = js.text(node);
    let mut at = start + 1;
    let mut line = js.line(node);
    let plain = |parts: &mut Vec<Part>, from: usize, to: usize, line: u32| {
        let text =
            source.get(from.saturating_sub(start)..to.saturating_sub(start)).unwrap_or_default();
        if !text.is_empty() {
            parts.push(Part::Plain { text: unescaped(text), line, is_spread: true });
        }
    };
    for it in children(node) {
        if it.kind() != "template_substitution" {
            continue;
        }
        plain(&mut parts, at, it.start_byte(), line);
        let inner = children(it).first().map(|it| expression(js, *it));
        parts.push(Part::Hole(inner.unwrap_or_else(|| js.make(it, Form::Nothing))));
        at = it.end_byte();
        line = js.line(it) + u32::try_from(js.text(it).matches('\n').count()).unwrap_or(0);
    }
    plain(&mut parts, at, end.saturating_sub(1), line);
    parts
}

/// The words that a pattern looks for, as far as it is a list of them.
pub(super) fn words_of_pattern(pattern: &str) -> Vec<String> {
    if words::has_no_word(pattern) {
        return vec![pattern.to_owned()];
    }
    let plain: String = pattern
        .chars()
        .filter(|it| !matches!(it, '^' | '$' | '(' | ')' | '?' | '\\' | '[' | ']' | ':'))
        .collect();
    plain.split('|').map(str::to_owned).filter(|it| !it.is_empty()).collect()
}

/// A value that a name is given where nothing else says what it is.
pub(super) fn told(line: u32, name: &str, value: Shared) -> Statement {
    Statement { line, act: Act::Set(name.to_owned(), value) }
}

/// All that the caller said, from what took it apart.
pub(super) fn arguments_of(line: u32, call: Shared) -> Form {
    Form::Call(Call {
        callee: Expression::new(line, Form::Name(ARGUMENTS.to_owned())),
        arguments: vec![Argument { name: None, value: call }],
        block: None,
    })
}

/// `require('fs')` of `require('fs').rmSync`: the module of files by its name, as where a variable is called so.
fn of_files(js: &Js, node: Node) -> Option<Form> {
    field(node, "function").filter(|it| js.text(*it) == "require")?;
    let module = super::names::first_text(js.reader, node)?.trim_matches(['\'', '"', '`']);
    let module = module.strip_prefix("node:").unwrap_or(module);
    let is_of_files = matches!(module, "fs" | "fs/promises" | "fs-extra" | "graceful-fs");
    is_of_files.then(|| Form::Name("fs".to_owned()))
}
