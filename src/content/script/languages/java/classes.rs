//! Classes of Java and their methods.

use std::rc::Rc;

use tree_sitter::Node;

use super::super::declared;
use super::File;
use super::entries::{Annotation, Owner};
use crate::content::script::syntax::{
    Act, Block, Class, Expression, Form, Function, Shared, Statement,
};
use crate::content::script::tree::{children, field};

/// What stands before the name of a class where it is the function that makes one.
pub(super) const NEW: &str = "new ";

impl File<'_, '_> {
    /// A class: its methods, and what its fields are where nothing sets them.
    pub(super) fn class(&self, node: Node) -> Act {
        let name = self.word(node, "name").to_owned();
        let head: String = ["superclass", "interfaces"]
            .iter()
            .map(|it| self.word(node, it))
            .chain(
                children(node)
                    .into_iter()
                    .filter(|it| it.kind() == "extends_interfaces")
                    .map(|it| self.text(it)),
            )
            .collect();
        let base = field(node, "superclass").and_then(|it| children(it).first().copied());
        let base = base.map(|it| self.text(it).to_owned());
        let owner = Owner { head, annotations: self.annotations(node) };
        let body = field(node, "body").map(|it| self.members(it, &owner)).unwrap_or_default();
        Act::Class(Rc::new(Class { name, base, body }))
    }

    /// What stands in the body of a class.
    pub(super) fn members(&self, body: Node, owner: &Owner) -> Block {
        let all = || {
            let mut all = Block::new();
            for it in children(body) {
                let line = self.reader.line(it);
                match it.kind() {
                    "method_declaration" => all.extend(self.method_of(it, owner)),
                    "constructor_declaration" => {
                        let name = format!("{NEW}{}", self.word(it, "name"));
                        let body = self.body(it, "body");
                        let parameters = field(it, "parameters")
                            .map(|it| self.parameters(it))
                            .unwrap_or_default();
                        let function =
                            Function { name, line, parameters, body, ..Function::default() };
                        all.push(Statement { line, act: Act::Define(Rc::new(function)) });
                    }
                    "field_declaration" | "constant_declaration" => {
                        all.extend(self.injected(it));
                        all.extend(self.variables(it));
                    }
                    "enum_body_declarations" => all.extend(self.members(it, owner)),
                    "class_declaration"
                    | "enum_declaration"
                    | "record_declaration"
                    | "interface_declaration" => {
                        all.push(Statement { line, act: self.class(it) });
                    }
                    _ => {}
                }
            }
            all
        };
        self.reader.deeper(all).unwrap_or_default()
    }

    pub(super) fn method_of(&self, node: Node, owner: &Owner) -> Block {
        let line = self.reader.line(node);
        let Some(inner) = field(node, "body") else { return Block::new() };
        let name = self.word(node, "name");
        let parameters =
            field(node, "parameters").map(|it| self.parameters(it)).unwrap_or_default();
        let annotations = self.annotations(node);
        let called_by = self.reach(node, &annotations, owner);
        let mut body = Block::new();
        if called_by.is_some() {
            let conditions = owner.annotations.iter().chain(&annotations);
            body.extend(conditions.filter_map(|it| self.condition(it)));
        }
        body.extend(match called_by.is_some() && self.gives_a_runner(node) {
            true => self.runner(inner),
            false => self.block(inner),
        });
        let is_given_arguments = self.takes_arguments(node);
        let function = Function {
            name: self.method(name, parameters.len()),
            line,
            // What a framework hands over is no word of whoever starts the program.
            parameters: if called_by.is_some() && !is_given_arguments {
                Vec::new()
            } else {
                parameters
            },
            body,
            called_by,
            ..Function::default()
        };
        vec![Statement { line, act: Act::Define(Rc::new(function)) }]
    }

    /// The body of a method that gives back what runs at the start: that of the function which it gives back as well.
    fn runner(&self, body: Node) -> Block {
        let mut all = Block::new();
        for it in children(body) {
            let lambda = (it.kind() == "return_statement")
                .then(|| children(it).first().copied())
                .flatten()
                .filter(|it| it.kind() == "lambda_expression");
            match lambda.and_then(|it| field(it, "body")) {
                Some(it) if it.kind() == "block" => all.extend(self.block(it)),
                Some(it) => all.extend(self.run(it)),
                None => all.extend(self.statement(it)),
            }
        }
        all
    }

    pub(super) fn annotations(&self, node: Node) -> Vec<Annotation> {
        let modifiers = children(node).into_iter().filter(|it| it.kind() == "modifiers");
        let all = modifiers.flat_map(children).filter(|it| it.kind().ends_with("annotation"));
        all.map(|it| {
            let name = self.word(it, "name");
            let name = name.rsplit('.').next().unwrap_or_default().to_owned();
            let told = self.word(it, "arguments").to_owned();
            let mut texts = Vec::new();
            let mut open = field(it, "arguments").map(children).unwrap_or_default();
            while let Some(it) = open.pop() {
                match it.kind() {
                    "string_literal" => texts.extend(self.expression(it).literal()),
                    _ => open.extend(children(it)),
                }
            }
            Annotation { line: self.reader.line(it), name, told, texts }
        })
        .collect()
    }

    /// What a framework fills a field with: a setting, or an option of the command line.
    fn injected(&self, node: Node) -> Block {
        let mut all = Block::new();
        let name = field(node, "declarator").map(|it| self.word(it, "name")).unwrap_or_default();
        for it in self.annotations(node) {
            let line = it.line;
            let value = match it.name.as_str() {
                "Value" => it.texts.first().and_then(|text| setting(line, text)),
                "Option" | "Parameter" => {
                    let default = self.default_of(node, &it);
                    if let Some(default) = &default {
                        let default = Rc::clone(default);
                        all.push(Statement { line, act: Act::Run(declared(line, name, default)) });
                    }
                    default.map(|_| Expression::new(line, Form::Argument(name.to_owned())))
                }
                _ => None,
            };
            if let Some(value) = value {
                all.push(Statement { line, act: Act::Set(name.to_owned(), value) });
            }
        }
        all
    }

    /// What an option is where nobody gives it; none of one that is no switch and has no default.
    fn default_of(&self, node: Node, annotation: &Annotation) -> Option<Shared> {
        let line = annotation.line;
        let is_switch = self.word(node, "type").eq_ignore_ascii_case("boolean");
        let set = field(node, "declarator").and_then(|it| field(it, "value"));
        let text = default_in(&annotation.told).map(str::to_owned);
        let text = text.or_else(|| self.expression(set?).literal());
        match (is_switch, text) {
            (true, text) => {
                let is_set = set.is_some_and(|it| self.text(it) == "true");
                let is_on = is_set || text.is_some_and(|it| it == "true");
                Some(Expression::new(line, Form::Bool(is_on)))
            }
            (false, text) => text.map(|it| Expression::text(line, it)),
        }
    }
}

/// What stands in an annotation for an option that nobody gives: `defaultValue = "true"`.
fn default_in(told: &str) -> Option<&str> {
    let (_, behind) = told.split_once("defaultValue")?;
    behind.trim_start_matches(['=', ' ']).strip_prefix('"')?.split('"').next()
}

/// `${app.wipe:false}`: what a setting says. One that is on unless somebody says otherwise says nothing.
fn setting(line: u32, text: &str) -> Option<Shared> {
    let inner = text.strip_prefix("${")?.strip_suffix('}')?;
    let (name, default) = inner.split_once(':').map_or((inner, None), |(it, by)| (it, Some(by)));
    if default == Some("true") {
        return Some(Expression::new(line, Form::Other(Vec::new())));
    }
    let default = default.map(|it| Expression::text(line, it));
    Some(super::expressions::environment(line, name, default))
}
