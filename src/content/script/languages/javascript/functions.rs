//! Functions, what they are given, and what names come to stand for.

use std::rc::Rc;

use tree_sitter::Node;

use super::expressions::{expression, key, member};
use super::names::passing;
use super::{Js, block, given_back, routes};
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Block, Class, Expression, Form, Function, Parameter, Shared, Statement,
};
use crate::content::script::tree::{children, field, has};
use crate::content::script::value::{ENVIRONMENT, way};

/// A function of any kind.
pub(super) fn function(js: &Js, node: Node) -> Function {
    let name = field(node, "name").map(|it| js.text(it).to_owned()).unwrap_or_default();
    let (parameters, mut all) = parameters(js, node);
    match field(node, "body") {
        Some(it) if it.kind() == "statement_block" => all.extend(block(js, it)),
        Some(it) => all.extend(given_back(js, it)),
        None => {}
    }
    let outer = js.known.outer.get(&node.start_byte()).into_iter().flatten();
    let outer = outer.map(|it| (*it).to_owned()).collect();
    Function { name, line: js.line(node), parameters, body: all, outer, ..Function::default() }
}

/// The parameters of a function, and the statements that take them apart.
pub(super) fn parameters(js: &Js, node: Node) -> (Vec<Parameter>, Block) {
    let mut all = Vec::new();
    let mut parts = Vec::new();
    if let Some(it) = field(node, "parameter") {
        all.push(Parameter { name: js.text(it).to_owned(), default: None });
    }
    for it in field(node, "parameters").map(children).unwrap_or_default() {
        let default = field(it, "value").map(|it| expression(js, it));
        let Some(pattern) = field(it, "pattern") else { continue };
        if pattern.kind() == "this" {
            continue;
        }
        let name = match pattern.kind() {
            "identifier" => js.text(pattern).to_owned(),
            // `...args` takes all that are left.
            "rest_pattern" if is_plain_rest(pattern) => {
                format!("*{}", js.text(children(pattern)[0]))
            }
            _ => {
                let name = passing(pattern);
                bind(js, pattern, js.make(pattern, Form::Name(name.clone())), &mut parts);
                name
            }
        };
        // `constructor(private readonly db: Pool)`.
        if children(it).iter().any(|it| it.kind() == "accessibility_modifier") {
            let value = js.make(it, Form::Name(name.clone()));
            parts.push(Statement {
                line: js.line(it),
                act: Act::Set(format!("this.{name}"), value),
            });
        }
        all.push(Parameter { name, default });
    }
    (all, parts)
}

fn is_plain_rest(pattern: Node) -> bool {
    children(pattern).first().is_some_and(|it| it.kind() == "identifier")
}

/// A class: its methods, and its fields that are functions.
pub(super) fn class(js: &Js, node: Node) -> Act {
    let name = field(node, "name").map(|it| js.text(it).to_owned()).unwrap_or_default();
    let heritage = children(node).into_iter().find(|it| it.kind() == "class_heritage");
    let base = heritage.map(|it| js.text(it)).unwrap_or_default();
    // A command of oclif, AdonisJS and the like.
    let is_command = base.contains("Command") || base.contains("Seeder");
    let mut body = Vec::new();
    // `@Command({ command: 'db:clean' })` of nestjs-command, before the method.
    let mut is_marked = false;
    // `@Post('reset')` of Nest, before the method.
    let mut address = None;
    let is_kept_out = |it: Node| routes::is_kept_out(js, it);
    let is_kept_out = is_kept_out(node) || node.parent().is_some_and(is_kept_out);
    for it in field(node, "body").map(children).unwrap_or_default() {
        let line = js.line(it);
        if it.kind() == "decorator" {
            is_marked |= js.text(it).starts_with("@Command(");
            address = routes::decorated(js, it).or(address).filter(|_| !is_kept_out);
            continue;
        }
        let mut function = match it.kind() {
            "method_definition" => Function { is_property: has(it, "get"), ..function(js, it) },
            "public_field_definition" | "field_definition" => match field(it, "value") {
                Some(value) if matches!(value.kind(), "arrow_function" | "function_expression") => {
                    let name = field(it, "name").or(field(it, "property"));
                    let name = name.map(|it| js.text(it).to_owned()).unwrap_or_default();
                    Function { name, ..function(js, value) }
                }
                Some(value) => {
                    let name = field(it, "name").or(field(it, "property"));
                    let name = name.map(|it| js.text(it)).unwrap_or_default();
                    let act = Act::Set(format!("this.{name}"), expression(js, value));
                    body.push(Statement { line, act });
                    continue;
                }
                _ => continue,
            },
            "class_static_block" => {
                let act = Act::Block(field(it, "body").map(|it| block(js, it)).unwrap_or_default());
                body.push(Statement { line, act });
                continue;
            }
            _ => continue,
        };
        function.called_by = match function.name.as_str() {
            "run" | "execute" | "handle" if is_command => Some(Reach::Task),
            _ if is_marked => Some(Reach::Task),
            // What Nest runs at each start.
            "onModuleInit" | "onApplicationBootstrap" => Some(Reach::Start),
            _ => function.called_by,
        };
        is_marked = false;
        if let Some(address) = address.take() {
            let route = routes::of_method(line, &address, &function.name);
            body.push(Statement { line, act: Act::Define(Rc::new(route)) });
        }
        body.push(Statement { line, act: Act::Define(Rc::new(function)) });
    }
    let base = base.trim_start_matches("extends").trim().to_owned();
    Act::Class(Rc::new(Class { name, base: Some(base).filter(|it| !it.is_empty()), body }))
}

/// Lets the names in a pattern stand for a value, or for parts of it.
pub(super) fn bind(js: &Js, pattern: Node, value: Shared, to: &mut Block) {
    js.reader.deeper(|| bind_parts(js, pattern, value, to));
}

fn bind_parts(js: &Js, pattern: Node, value: Shared, to: &mut Block) {
    let line = js.line(pattern);
    let mut set =
        |name: String, value: Shared| to.push(Statement { line, act: Act::Set(name, value) });
    match pattern.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => {
            set(js.name(js.text(pattern)), value);
        }
        "object_pattern" | "array_pattern" => {
            let whole = match &value.form {
                Form::Name(_) | Form::Member(..) | Form::Argument(_) => value,
                _ => {
                    let name = passing(pattern);
                    let whole = Expression::new(line, Form::Name(name.clone()));
                    set(name, value);
                    whole
                }
            };
            match pattern.kind() {
                "object_pattern" => fields(js, pattern, &whole, to),
                _ => elements(js, pattern, &whole, to),
            }
        }
        "assignment_pattern" | "object_assignment_pattern" => {
            if let (Some(left), Some(right)) = (field(pattern, "left"), field(pattern, "right")) {
                bind(js, left, or_else(value, expression(js, right)), to);
            }
        }
        "rest_pattern" | "non_null_expression" | "parenthesized_expression" | "as_expression" => {
            if let Some(inner) = children(pattern).first() {
                bind(js, *inner, value, to);
            }
        }
        "member_expression" | "subscript_expression" => {
            let on = expression(js, pattern);
            let name = match &on.form {
                Form::Environment(name, _) => Some(format!("{ENVIRONMENT}{name}")),
                _ => way(&on),
            };
            match name {
                Some(name) => set(name, value),
                None => to.push(Statement { line, act: Act::Run(value) }),
            }
        }
        _ => {}
    }
}

/// A value, or what stands for it where there is none.
pub(super) fn or_else(value: Shared, default: Shared) -> Shared {
    let line = value.line;
    match &value.form {
        Form::Environment(name, None) => {
            Expression::new(line, Form::Environment(name.clone(), Some(default)))
        }
        _ => Expression::new(line, Form::Either(vec![value, default])),
    }
}

fn fields(js: &Js, pattern: Node, whole: &Shared, to: &mut Block) {
    for it in children(pattern) {
        let line = js.line(it);
        let part = |name: &str| Expression::new(line, member(Rc::clone(whole), name));
        match it.kind() {
            "shorthand_property_identifier_pattern" => bind(js, it, part(js.text(it)), to),
            "object_assignment_pattern" => {
                let name = field(it, "left").map(|it| js.text(it)).unwrap_or_default();
                bind(js, it, part(name), to);
            }
            "pair_pattern" => {
                if let (Some(name), Some(inner)) = (field(it, "key"), field(it, "value")) {
                    bind(js, inner, part(&key(js, name)), to);
                }
            }
            _ => {}
        }
    }
}

fn elements(js: &Js, pattern: Node, whole: &Shared, to: &mut Block) {
    let mut cursor = pattern.walk();
    let mut n = 0;
    for it in pattern.children(&mut cursor) {
        match it.kind() {
            "," => n += 1,
            _ if it.is_named() && !it.kind().contains("comment") => {
                let by = Expression::new(js.line(it), Form::Number(n.to_string()));
                let part = super::expressions::index(Rc::clone(whole), by);
                bind(js, it, Expression::new(js.line(it), part), to);
            }
            _ => {}
        }
    }
}

/// What the names of an enumeration stand for, as an object: `enum Env { Dev = 'dev' }`.
pub(super) fn enumerated(js: &Js, node: Node) -> Option<Act> {
    let named = |it: Node| {
        let name = field(it, "name").filter(|_| it.kind() == "enum_assignment")?;
        let value = expression(js, field(it, "value")?);
        Some((Expression::text(js.line(it), js.text(name)), value))
    };
    let pairs = children(field(node, "body")?).into_iter().filter_map(named).collect();
    let name = js.text(field(node, "name")?).to_owned();
    Some(Act::Set(name, js.make(node, Form::Map(pairs))))
}
