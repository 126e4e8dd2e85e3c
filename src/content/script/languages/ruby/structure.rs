//! Classes, methods and tasks of Ruby.

use super::calls::rake;
use super::{Ruby, body, first_text, handed, parameters, texts_of};
use crate::content::script::Reach;
use crate::content::script::hosts::TASK;
use crate::content::script::syntax::{
    Act, Block, Call, Class, Expression, Form, Function, Statement,
};
use crate::content::script::tree::{DEPTH, children, field};
use std::rc::Rc;
use tree_sitter::Node;

pub(super) fn method(ruby: &Ruby, node: Node) -> Function {
    let was = ruby.in_loop.replace(false);
    let function = Function {
        name: field(node, "name").map(|it| ruby.reader.text(it).to_owned()).unwrap_or_default(),
        line: ruby.reader.line(node),
        parameters: parameters(ruby, node),
        body: body(ruby, node, "body"),
        yields_last: true,
        ..Function::default()
    };
    ruby.in_loop.set(was);
    function
}

/// Functions of Thor that declare one.
const OPTIONS: &[&str] = &["option", "method_option", "class_option"];

/// A class: what stands in its body beside its methods is run by its framework, if at all.
pub(super) fn class(ruby: &Ruby, node: Node) -> Act {
    let name = field(node, "name").map(|it| ruby.reader.text(it).to_owned()).unwrap_or_default();
    let name = name.rsplit("::").next().unwrap_or_default().to_owned();
    let base = field(node, "superclass")
        .map(|it| ruby.reader.text(it).trim_start_matches('<').trim().to_owned());
    let runs = base.as_deref().and_then(run_by);
    let is_command = runs.is_some();
    let mut body = body(ruby, node, "body");
    for names in field(node, "body").map(children).unwrap_or_default() {
        body.extend(readers(ruby, names));
    }
    body.retain(|it| match &it.act {
        Act::Define(_) | Act::Class(_) | Act::Set(..) => true,
        Act::Run(it) => is_command && is_option(it),
        _ => false,
    });
    if let Some(run) = runs {
        for statement in &mut body {
            if let Act::Define(function) = &mut statement.act
                && (run.is_empty() || run.contains(&function.name.as_str()))
                && let Some(function) = Rc::get_mut(function)
            {
                function.called_by = Some(Reach::Task);
            }
        }
    }
    Act::Class(Rc::new(Class { name, base, body }))
}

/// The methods that the program around a class of this base runs; empty for all. None where it is no class of commands.
fn run_by(base: &str) -> Option<&'static [&'static str]> {
    let bare = base.trim_start_matches("::");
    match bare {
        "Thor" | "Thor::Group" | "Rails::Command::Base" => Some(&[]),
        "Dry::CLI::Command" | "Hanami::CLI::Command" | "Hanami::CLI::Commands::Command" => {
            Some(&["call"])
        }
        "Clamp::Command" => Some(&["execute"]),
        _ if bare.ends_with("::Thor") => Some(&[]),
        _ => None,
    }
}

/// Whether a call declares an option: `option :force, type: :boolean`.
fn is_option(of: &Expression) -> bool {
    let Form::Call(call) = &of.form else { return false };
    matches!(&call.callee.form, Form::Name(name) if OPTIONS.contains(&name.as_str()))
}

/// Whether a name is that of a parameter of the method around it.
pub(super) fn is_parameter(ruby: &Ruby, node: Node) -> bool {
    let mut up = node.parent();
    for _ in 0..DEPTH {
        let Some(it) = up else { return false };
        if matches!(it.kind(), "method" | "singleton_method") {
            let all = field(it, "parameters").map(children).unwrap_or_default();
            let name = |it: Node| ruby.reader.text(field(it, "name").unwrap_or(it)).to_owned();
            return all.into_iter().any(|it| name(it) == ruby.reader.text(node));
        }
        up = it.parent();
    }
    false
}

/// The names after `attr_reader`.
pub(super) fn names_read(ruby: &Ruby, node: Node) -> Vec<String> {
    let names = field(node, "arguments").map(children).unwrap_or_default();
    names.into_iter().map(|it| ruby.reader.text(it).trim_start_matches(':').to_owned()).collect()
}

/// `attr_reader :db`: methods that give back fields.
fn readers(ruby: &Ruby, node: Node) -> Block {
    let reads = field(node, "method")
        .is_some_and(|it| matches!(ruby.reader.text(it), "attr_reader" | "attr_accessor"));
    let names = field(node, "arguments").filter(|_| reads).map(children).unwrap_or_default();
    let line = ruby.reader.line(node);
    let reader = |name: String| {
        let value = Expression::new(line, Form::Name(format!("@{name}")));
        let body = vec![Statement { line, act: Act::Run(value) }];
        let function = Function { name, line, body, yields_last: true, ..Function::default() };
        Statement { line, act: Act::Define(Rc::new(function)) }
    };
    names.into_iter().flat_map(|it| texts_of(ruby, it)).map(reader).collect()
}

/// A task of Rake, with those that it needs.
pub(super) fn task(ruby: &Ruby, node: Node) -> Function {
    let name = first_text(ruby, node).unwrap_or_default();
    let pairs = field(node, "arguments").map(children).unwrap_or_default();
    let pairs =
        pairs.into_iter().filter(|it| it.kind() == "pair").filter_map(|it| field(it, "value"));
    let mut needs = Vec::new();
    let mut of_others = Block::new();
    for need in pairs.flat_map(|it| texts_of(ruby, it)) {
        match known(ruby, &need) {
            Some(full) => needs.push(format!("rake {full}")),
            None => {
                needs.push(format!("{TASK}{need}"));
                of_others.push(run_of_another(ruby, node, need));
            }
        }
    }
    let mut function = field(node, "block").map(|it| handed(ruby, it)).unwrap_or_default();
    function.body.splice(0..0, of_others);
    Function {
        name: format!("rake {}", ruby.full(&name)),
        line: ruby.reader.line(node),
        called_by: Some(Reach::Task),
        needs,
        ..function
    }
}

/// The full name of a task of this file: it is looked for in each namespace around this place.
fn known(ruby: &Ruby, need: &str) -> Option<String> {
    let spaces = ruby.spaces.borrow();
    (0..=spaces.len()).rev().find_map(|n| {
        let parts: Vec<&str> = spaces.iter().take(n).map(String::as_str).chain([need]).collect();
        Some(parts.join(":")).filter(|it| ruby.tasks.contains(it))
    })
}

/// A task of another file, such as `db:drop` of Rails, that runs before this one.
fn run_of_another(ruby: &Ruby, node: Node, need: String) -> Statement {
    let line = ruby.reader.line(node);
    let run = match need.rsplit(':').next() {
        Some(name @ "check_protected_environments") => {
            let callee = Expression::new(line, Form::Name(name.to_owned()));
            Form::Call(Call { callee, arguments: Vec::new(), block: None })
        }
        _ => rake(ruby, node, Expression::text(line, need), "invoke"),
    };
    Statement { line, act: Act::Run(Expression::new(line, run)) }
}
