//! Classes, methods and tasks of Ruby.

use super::{Ruby, body, first_text, handed, parameters, texts_of};
use crate::content::script::Reach;
use crate::content::script::syntax::{Act, Class, Function};
use crate::content::script::tree::{children, field};
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

/// A class: what stands in its body beside its methods is run by its framework, if at all.
pub(super) fn class(ruby: &Ruby, node: Node) -> Act {
    let name = field(node, "name").map(|it| ruby.reader.text(it).to_owned()).unwrap_or_default();
    let name = name.rsplit("::").next().unwrap_or_default().to_owned();
    let base = field(node, "superclass")
        .map(|it| ruby.reader.text(it).trim_start_matches('<').trim().to_owned());
    let is_command = base.as_deref().is_some_and(|it| it == "Thor" || it.ends_with("::Thor"));
    let mut body = body(ruby, node, "body");
    body.retain(|it| matches!(it.act, Act::Define(_) | Act::Class(_) | Act::Set(..)));
    if is_command {
        for statement in &mut body {
            if let Act::Define(function) = &mut statement.act
                && let Some(function) = Rc::get_mut(function)
            {
                function.called_by = Some(Reach::Task);
            }
        }
    }
    Act::Class(Rc::new(Class { name, body }))
}

/// A task of Rake, with those that it needs.
pub(super) fn task(ruby: &Ruby, node: Node) -> Function {
    let name = first_text(ruby, node).unwrap_or_default();
    let pairs = field(node, "arguments").map(children).unwrap_or_default();
    let pairs =
        pairs.into_iter().filter(|it| it.kind() == "pair").filter_map(|it| field(it, "value"));
    let mut needs = Vec::new();
    for need in pairs.flat_map(|it| texts_of(ruby, it)) {
        // It is looked for in each namespace around it.
        let spaces = ruby.spaces.borrow();
        for n in (0..=spaces.len()).rev() {
            let full = spaces
                .iter()
                .take(n)
                .map(String::as_str)
                .chain([need.as_str()])
                .collect::<Vec<_>>()
                .join(":");
            if ruby.tasks.contains(&full) {
                needs.push(format!("rake {full}"));
                break;
            }
        }
    }
    let function = field(node, "block").map(|it| handed(ruby, it)).unwrap_or_default();
    Function {
        name: format!("rake {}", ruby.full(&name)),
        line: ruby.reader.line(node),
        called_by: Some(Reach::Task),
        needs,
        ..function
    }
}
