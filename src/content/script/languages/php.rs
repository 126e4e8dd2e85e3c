//! PHP.

mod values;

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Arm, Block, Class, Expression, Form, Function, Loop, Parameter, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields};

use values::{expression, of};

/// Methods by which a framework runs a command that it knows by its class.
const HANDLERS: &[&str] = &["handle", "fire", "execute", "__invoke"];

/// The statements of a file; what stands outside of its tags is passed over.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    block(reader, root)
}

fn block(reader: &Reader, node: Node) -> Block {
    reader
        .deeper(|| children(node).into_iter().flat_map(|it| statement(reader, it)).collect())
        .unwrap_or_default()
}

/// What stands in a field: a block, or one statement without braces.
fn body(reader: &Reader, node: Node, name: &str) -> Block {
    match field(node, name) {
        Some(it)
            if matches!(it.kind(), "compound_statement" | "colon_block" | "declaration_list") =>
        {
            block(reader, it)
        }
        Some(it) => statement(reader, it),
        None => Vec::new(),
    }
}

fn statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "expression_statement" | "echo_statement" | "unset_statement" | "expression" => {
            children(node).into_iter().flat_map(|it| run(reader, it)).collect()
        }
        "if_statement" => one(if_statement(reader, node)),
        "switch_statement" => one(switch(reader, node)),
        "while_statement" => one(Act::Loop(Loop {
            variable: None,
            over: None,
            test: Some(of(reader, node, "condition")),
            body: body(reader, node, "body"),
            runs_first: false,
        })),
        "do_statement" => one(Act::Loop(Loop {
            variable: None,
            over: None,
            test: Some(of(reader, node, "condition")),
            body: body(reader, node, "body"),
            runs_first: true,
        })),
        "foreach_statement" => one(foreach(reader, node)),
        "for_statement" => one(Act::Loop(Loop {
            variable: None,
            over: Some(Expression::new(line, Form::Other(Vec::new()))),
            test: None,
            body: fields(node, "body").into_iter().flat_map(|it| statement(reader, it)).collect(),
            runs_first: false,
        })),
        "try_statement" => {
            let clauses = children(node);
            let of_kind = |kind: &str| {
                clauses
                    .iter()
                    .filter(|it| it.kind() == kind)
                    .map(|it| body(reader, *it, "body"))
                    .collect::<Vec<Block>>()
            };
            one(Act::Try {
                body: body(reader, node, "body"),
                handlers: of_kind("catch_clause"),
                otherwise: Vec::new(),
                finally: of_kind("finally_clause").into_iter().flatten().collect(),
            })
        }
        "return_statement" => {
            one(Act::Return(children(node).first().map(|it| expression(reader, *it))))
        }
        "exit_statement" => {
            let said: Block = children(node).into_iter().flat_map(|it| run(reader, it)).collect();
            [said, one(Act::Throw(None))].concat()
        }
        "break_statement" => one(Act::Break),
        "continue_statement" => one(Act::Continue),
        "function_definition" | "method_declaration" => {
            one(Act::Define(Rc::new(function(reader, node))))
        }
        "class_declaration" | "trait_declaration" => one(class(reader, node)),
        "compound_statement"
        | "colon_block"
        | "namespace_definition"
        | "declaration_list"
        | "ERROR"
        | "declare_statement" => block(reader, node),
        _ => Vec::new(),
    }
}

/// An expression that stands alone.
fn run(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    match node.kind() {
        "throw_expression" => {
            let value = children(node).first().map(|it| expression(reader, *it));
            vec![Statement { line, act: Act::Throw(value) }]
        }
        "assignment_expression" | "augmented_assignment_expression" => {
            match values::assigned(reader, node) {
                Some((name, value)) => vec![Statement { line, act: Act::Set(name, value) }],
                None => vec![Statement { line, act: Act::Run(of(reader, node, "right")) }],
            }
        }
        _ => vec![Statement { line, act: Act::Run(expression(reader, node)) }],
    }
}

fn if_statement(reader: &Reader, node: Node) -> Act {
    let mut otherwise: Block = Vec::new();
    for other in fields(node, "alternative").into_iter().rev() {
        otherwise = match other.kind() {
            "else_if_clause" => {
                let then = body(reader, other, "body");
                let test = of(reader, other, "condition");
                vec![Statement { line: reader.line(other), act: Act::If { test, then, otherwise } }]
            }
            _ => body(reader, other, "body"),
        };
    }
    Act::If { test: of(reader, node, "condition"), then: body(reader, node, "body"), otherwise }
}

fn foreach(reader: &Reader, node: Node) -> Act {
    let parts = children(node);
    let name = parts.get(1).map(|it| match it.kind() {
        "pair" => children(*it).last().map(|it| values::name(reader, *it)).unwrap_or_default(),
        _ => values::name(reader, *it),
    });
    Act::Loop(Loop {
        variable: name,
        over: parts.first().map(|it| expression(reader, *it)),
        test: None,
        body: body(reader, node, "body"),
        runs_first: false,
    })
}

fn switch(reader: &Reader, node: Node) -> Act {
    let cases = field(node, "body").map(children).unwrap_or_default();
    let arms = cases
        .into_iter()
        .map(|it| {
            let value = field(it, "value");
            let inner =
                children(it).into_iter().filter(|part| Some(part.id()) != value.map(|it| it.id()));
            let mut body: Block = inner.flat_map(|it| statement(reader, it)).collect();
            let leaves = body.last().is_some_and(|it| {
                matches!(it.act, Act::Break | Act::Return(_) | Act::Throw(_) | Act::Continue)
            });
            if body.last().is_some_and(|it| matches!(it.act, Act::Break)) {
                body.pop();
            }
            Arm {
                patterns: value.map(|it| expression(reader, it)).into_iter().collect(),
                body,
                falls_through: !leaves,
            }
        })
        .collect();
    Act::Switch { subject: of(reader, node, "condition"), arms }
}

fn function(reader: &Reader, node: Node) -> Function {
    Function {
        name: field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default(),
        line: reader.line(node),
        parameters: parameters(reader, node),
        body: body(reader, node, "body"),
        ..Function::default()
    }
}

/// The parameters of a function, and what they are where a caller does not say.
fn parameters(reader: &Reader, node: Node) -> Vec<Parameter> {
    let all = field(node, "parameters").map(children).unwrap_or_default();
    all.into_iter()
        .filter_map(|it| {
            let name = values::name(reader, field(it, "name")?);
            Some(Parameter {
                name,
                default: field(it, "default_value").map(|it| expression(reader, it)),
            })
        })
        .collect()
}

fn class(reader: &Reader, node: Node) -> Act {
    let base = children(node)
        .into_iter()
        .find(|it| it.kind() == "base_clause")
        .map(|it| reader.text(it))
        .unwrap_or_default();
    let is_command = base.ends_with("Command");
    let mut body = body(reader, node, "body");
    body.retain(|it| matches!(it.act, Act::Define(_)));
    for statement in &mut body {
        if let Act::Define(function) = &mut statement.act
            && is_command
            && HANDLERS.contains(&function.name.as_str())
            && let Some(function) = Rc::get_mut(function)
        {
            function.called_by = Some(Reach::Task);
        }
    }
    let name = field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default();
    Act::Class(Rc::new(Class { name, body }))
}

/// A function without a name.
fn lambda(reader: &Reader, node: Node) -> Shared {
    let body = match node.kind() {
        "arrow_function" => vec![Statement {
            line: reader.line(node),
            act: Act::Return(Some(of(reader, node, "body"))),
        }],
        _ => body(reader, node, "body"),
    };
    let function = Function {
        line: reader.line(node),
        parameters: parameters(reader, node),
        body,
        ..Function::default()
    };
    reader.expression(node, Form::Lambda(Rc::new(function)))
}
