//! Python.

mod decorated;
mod entries;
mod errors;
mod functions;
mod matching;
mod notebook;
mod routes;
mod values;

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::modules::{imported, renamed};
use crate::content::script::syntax::{Act, Block, Expression, Form, Loop, Shared, Statement};
use crate::content::script::tree::{children, field, fields};
use crate::content::script::value::ENVIRONMENT;
use functions::{class, function, is_atomic, parameters};
pub(super) use notebook::as_code;
use values::expression;

/// Names under which a program knows what its caller said.
const ARGUMENTS: &[&str] = &[
    "args",
    "options",
    "opts",
    "arguments",
    "parsed_args",
    "cli_args",
    "ns",
    "namespace",
    "FLAGS",
];

/// Methods that these have as maps.
const OF_MAPS: &[&str] = &["get", "pop", "items", "keys", "values", "setdefault", "update"];

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    decorated::wrapped(block(reader, root))
}

fn block(reader: &Reader, node: Node) -> Block {
    reader
        .deeper(|| children(node).into_iter().flat_map(|it| statement(reader, it)).collect())
        .unwrap_or_default()
}

fn body(reader: &Reader, node: Node, name: &str) -> Block {
    field(node, name).map(|it| block(reader, it)).unwrap_or_default()
}

fn statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "expression_statement" => {
            children(node).into_iter().flat_map(|it| expression_statement(reader, it)).collect()
        }
        "print_statement" | "exec_statement" | "assert_statement" => {
            let parts: Vec<Shared> =
                children(node).into_iter().map(|it| expression(reader, it)).collect();
            if node.kind() == "assert_statement"
                && let Some(test) = parts.first()
            {
                let then = vec![Statement { line, act: Act::Throw(None) }];
                let test = Expression::new(line, Form::Not(Rc::clone(test)));
                return one(Act::If { test, then, otherwise: Vec::new() });
            }
            one(Act::Run(Expression::new(line, Form::Other(parts))))
        }
        "if_statement" => one(if_statement(reader, node)),
        "for_statement" => {
            let (left, right) = (field(node, "left"), field(node, "right"));
            let next = || Expression::new(line, Form::Other(Vec::new()));
            one(Act::Loop(Loop {
                variable: left.map(|it| reader.text(it).to_owned()),
                over: right.map(|it| expression(reader, it)),
                test: has_else(node).then(|| or_else(reader, node, next())),
                body: body(reader, node, "body"),
                runs_first: false,
            }))
        }
        "while_statement" => one(Act::Loop(Loop {
            variable: None,
            over: None,
            test: field(node, "condition").map(|it| or_else(reader, node, expression(reader, it))),
            body: body(reader, node, "body"),
            runs_first: false,
        })),
        "try_statement" => one(try_statement(reader, node)),
        "with_statement" => {
            let mut all = Vec::new();
            for clause in children(node).into_iter().filter(|it| it.kind() == "with_clause") {
                for item in children(clause) {
                    all.extend(with_item(reader, field(item, "value").unwrap_or(item)));
                }
            }
            let body = body(reader, node, "body");
            if children(node).into_iter().any(|it| errors::are_passed(reader, it)) {
                let (otherwise, finally) = (Block::new(), Block::new());
                return one(Act::Try { body, handlers: vec![Block::new()], otherwise, finally });
            }
            all.extend(body);
            one(Act::Block(all))
        }
        "return_statement" => {
            one(Act::Return(children(node).first().map(|it| expression(reader, *it))))
        }
        "raise_statement" => {
            one(Act::Throw(children(node).first().map(|it| expression(reader, *it))))
        }
        "break_statement" => one(Act::Break),
        "continue_statement" => one(Act::Continue),
        "function_definition" => one(Act::Define(Rc::new(function(reader, node, &[])))),
        "class_definition" => one(class(reader, node)),
        "decorated_definition" => {
            let marks: Vec<&str> = children(node)
                .into_iter()
                .filter(|it| it.kind() == "decorator")
                .map(|it| reader.text(it))
                .collect();
            match field(node, "definition") {
                Some(it) if it.kind() == "function_definition" => {
                    let mut all: Block = children(node)
                        .into_iter()
                        .filter(|it| it.kind() == "decorator" && !is_atomic(reader.text(*it)))
                        .flat_map(children)
                        .map(|it| Statement { line, act: Act::Run(expression(reader, it)) })
                        .collect();
                    let function = function(reader, it, &marks);
                    let route = routes::route(&function, &marks);
                    let made = std::iter::once(function).chain(route);
                    all.extend(made.map(|it| Statement { line, act: Act::Define(Rc::new(it)) }));
                    all
                }
                Some(it) => statement(reader, it),
                None => Vec::new(),
            }
        }
        "import_statement" | "import_from_statement" => imports(reader, node),
        "match_statement" => one(matching::switch(reader, node)),
        "block" | "ERROR" => block(reader, node),
        _ => Vec::new(),
    }
}

/// Says of the names that an import brings of which module they are.
fn imports(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let from = field(node, "module_name").map(|it| reader.text(it));
    let mut all = Block::new();
    // `from pony.orm import *`.
    if let Some(from) = from.filter(|_| has_all(node)) {
        all.push(imported(line, "*", from));
    }
    for it in fields(node, "name") {
        let (name, alias) = match it.kind() {
            "aliased_import" => (field(it, "name").map(|it| reader.text(it)), field(it, "alias")),
            _ => (Some(reader.text(it)), None),
        };
        let Some(name) = name else { continue };
        let module = from.map_or(name.to_owned(), |from| format!("{from}.{name}"));
        let known = name.split('.').next().unwrap_or_default();
        if let Some(alias) = alias.map(|it| reader.text(it)).filter(|it| *it != name) {
            all.extend([imported(line, alias, &module), renamed(line, alias, name)]);
        }
        all.push(imported(line, known, &module));
    }
    all
}

fn has_all(node: Node) -> bool {
    children(node).into_iter().any(|it| it.kind() == "wildcard_import")
}

fn has_else(node: Node) -> bool {
    field(node, "alternative").is_some()
}

/// The test of a loop, and what runs where it does not hold: the `else` of a loop that nothing left early.
fn or_else(reader: &Reader, node: Node, test: Shared) -> Shared {
    let Some(clause) = field(node, "alternative") else { return test };
    let line = reader.line(clause);
    let mut last = body(reader, clause, "body");
    last.push(Statement { line, act: Act::Run(Expression::new(line, Form::Bool(false))) });
    let last = Expression::new(line, Form::Group(Rc::new(last)));
    Expression::new(line, Form::Any(vec![test, last]))
}

fn with_item(reader: &Reader, node: Node) -> Option<Statement> {
    let line = reader.line(node);
    if node.kind() == "as_pattern" {
        let parts = children(node);
        let value = parts.first().map(|it| expression(reader, *it))?;
        let name = parts.last().map(|it| reader.text(*it).to_owned())?;
        return Some(Statement { line, act: Act::Set(name, value) });
    }
    Some(Statement { line, act: Act::Run(expression(reader, node)) })
}

fn expression_statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    match node.kind() {
        "assignment" | "augmented_assignment" => {
            let Some(right) = field(node, "right") else { return Vec::new() };
            let Some(left) = field(node, "left") else { return Vec::new() };
            let mut value = expression(reader, right);
            if node.kind() == "augmented_assignment" {
                let before = expression(reader, left);
                value = Expression::new(line, Form::Join(vec![before, value]));
            }
            if matches!(left.kind(), "pattern_list" | "tuple_pattern" | "list_pattern") {
                return taken_apart(reader, left, value);
            }
            // `os.environ["ENV"] = "dev"`.
            let name = match (left.kind(), values::form(reader, left)) {
                ("subscript", Form::Environment(name, _)) => format!("{ENVIRONMENT}{name}"),
                _ => reader.text(left).to_owned(),
            };
            vec![Statement { line, act: Act::Set(name, value) }]
        }
        // A text that stands alone is a comment.
        "string" | "concatenated_string" => Vec::new(),
        "yield" => yielded(reader, node),
        _ => vec![Statement { line, act: Act::Run(expression(reader, node)) }],
    }
}

/// `connection, cursor = open_both()`.
fn taken_apart(reader: &Reader, left: Node, value: Shared) -> Block {
    let line = reader.line(left);
    let whole = format!("%{}", left.start_byte());
    let set = |name: String, value| Statement { line, act: Act::Set(name, value) };
    let mut all = vec![set(whole.clone(), value)];
    let whole = Expression::new(line, Form::Name(whole));
    let mut is_certain = true;
    for (n, it) in children(left).into_iter().enumerate() {
        // What stands behind a star is not counted.
        is_certain &= it.kind() != "list_splat_pattern";
        let part = match is_certain {
            true => {
                let by = Expression::new(line, Form::Number(n.to_string()));
                Form::Index(Rc::clone(&whole), by)
            }
            false => Form::Other(vec![Rc::clone(&whole)]),
        };
        all.push(set(reader.text(it).to_owned(), Expression::new(line, part)));
    }
    all
}

/// What a generator gives, one after the other: it may leave with any of them, and may go on.
fn yielded(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let mut up = node.parent();
    let mut is_given = false;
    for _ in 0..12 {
        let Some(it) = up else { break };
        is_given |= match it.kind() {
            "for_statement" | "while_statement" => true,
            // One that gives a client for a while, as a context or a dependency.
            "function_definition" => field(it, "name").is_some(),
            _ => false,
        };
        up = it.parent().filter(|_| it.kind() != "function_definition");
    }
    let value = children(node).first().map(|it| expression(reader, *it));
    let (true, Some(value)) = (is_given, value) else {
        return vec![Statement { line, act: Act::Run(expression(reader, node)) }];
    };
    let test = Expression::new(line, Form::Other(Vec::new()));
    let then = vec![Statement { line, act: Act::Return(Some(value)) }];
    vec![Statement { line, act: Act::If { test, then, otherwise: Vec::new() } }]
}

fn if_statement(reader: &Reader, node: Node) -> Act {
    let mut otherwise: Block = Vec::new();
    for other in fields(node, "alternative").into_iter().rev() {
        otherwise = match other.kind() {
            "elif_clause" => {
                let line = reader.line(other);
                vec![Statement { line, act: arm(reader, other, otherwise) }]
            }
            _ => body(reader, other, "body"),
        };
    }
    arm(reader, node, otherwise)
}

fn arm(reader: &Reader, node: Node, otherwise: Block) -> Act {
    let test = match field(node, "condition") {
        Some(it) => expression(reader, it),
        None => Expression::new(reader.line(node), Form::Nothing),
    };
    let is_unmet = field(node, "condition").is_some_and(|it| is_coroutine(reader, it));
    // What nothing waits for counts as true.
    let test = match (is_unmet, &test.form) {
        (true, Form::Not(inner)) => Expression::new(test.line, Form::Not(or_true(inner))),
        (true, _) => or_true(&test),
        _ => test,
    };
    Act::If { test, then: body(reader, node, "consequence"), otherwise }
}

/// Whether a condition is a call, with or without `not`, of an `async` function of the file that is not waited for.
fn is_coroutine(reader: &Reader, node: Node) -> bool {
    let call = match node.kind() {
        "not_operator" => field(node, "argument"),
        _ => Some(node),
    };
    let name = call.filter(|it| it.kind() == "call").and_then(|it| field(it, "function"));
    name.filter(|it| it.kind() == "identifier")
        .is_some_and(|it| reader.source.text.contains(&format!("async def {}(", reader.text(it))))
}

fn or_true(test: &Shared) -> Shared {
    let is_true = Expression::new(test.line, Form::Bool(true));
    Expression::new(test.line, Form::Any(vec![Rc::clone(test), is_true]))
}

fn try_statement(reader: &Reader, node: Node) -> Act {
    let (mut handlers, mut otherwise, mut finally) = (Vec::new(), Vec::new(), Vec::new());
    for it in children(node) {
        let inner = || children(it).into_iter().rfind(|it| it.kind() == "block");
        match it.kind() {
            "except_clause" | "except_group_clause" => {
                handlers.push(inner().map(|it| block(reader, it)).unwrap_or_default());
            }
            "else_clause" => otherwise = body(reader, it, "body"),
            "finally_clause" => finally = inner().map(|it| block(reader, it)).unwrap_or_default(),
            _ => {}
        }
    }
    Act::Try { body: body(reader, node, "body"), handlers, otherwise, finally }
}
