//! What Capistrano keeps under names: `set :branch, 'main'`, `ask :sure, 'no'`, `fetch(:sure)`; and what options are where nobody gives
//! them.

use std::rc::Rc;

use tree_sitter::Node;

use super::Ruby;
use super::expressions::expression;
use crate::content::script::syntax::{Act, Argument, Call, Expression, Form, Shared};
use crate::content::script::tree::{children, field};

/// The name under which a setting is kept.
fn name_of(setting: &str) -> String {
    format!("fetch.{setting}")
}

/// What `set` and `ask` keep; none where they say nothing of the kind.
pub(super) fn kept(of: &Expression) -> Option<Act> {
    let Form::Call(call) = &of.form else { return None };
    let Form::Name(what) = &call.callee.form else { return None };
    let [setting, value] = call.arguments.as_slice() else { return None };
    let name = setting.value.literal().filter(|it| !it.contains(' '))?;
    let name = name_of(&name);
    match what.as_str() {
        "set" if !matches!(value.value.form, Form::Lambda(_)) => {
            Some(Act::Set(name, Rc::clone(&value.value)))
        }
        "ask" => {
            let callee = Rc::clone(&call.callee);
            let asked = Call { callee, arguments: vec![setting.clone()], block: None };
            Some(Act::Set(name, Expression::new(of.line, Form::Call(asked))))
        }
        _ => None,
    }
}

/// What `fetch(:name)` gives back; the stage is that of the environment.
pub(super) fn fetched(setting: &Expression) -> Option<Form> {
    let name = setting.literal()?;
    Some(match name.as_str() {
        "stage" | "rails_env" => Form::Environment("RAILS_ENV".to_owned(), None),
        _ => Form::Name(name_of(&name)),
    })
}

/// Blocks around a command that are looked at, and things that one of them says.
const AROUND: usize = 30;

/// What the blocks around a command say of its environment, as words before it: `with disable_checks: 1 do ... end`.
pub(super) fn said_around(ruby: &Ruby, node: Node) -> String {
    let mut said = String::new();
    let mut at = node;
    for _ in 0..AROUND {
        let Some(around) = at.parent() else { break };
        at = around;
        let is_with = field(at, "method").is_some_and(|it| ruby.reader.text(it) == "with");
        let given = field(at, "arguments").filter(|_| is_with).map(children).unwrap_or_default();
        for pair in given.into_iter().filter(|it| it.kind() == "pair").take(AROUND) {
            let side = |name: &str| field(pair, name).and_then(|it| expression(ruby, it).literal());
            let (Some(name), Some(value)) = (side("key"), side("value")) else { continue };
            let is_plain = |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
            if is_plain(&name) && is_plain(&value) {
                said = format!("{}={value} {said}", name.to_uppercase());
            }
        }
    }
    said
}

/// What whenever runs at its times: `every :day do runner 'Visit.delete_all' end`.
pub(super) fn planned(ruby: &Ruby, node: Node, name: &str, arguments: &[Argument]) -> Option<Form> {
    let program: &[&str] = match name {
        "runner" => &["rails", "runner"],
        "rake" => &["rake"],
        _ => return None,
    };
    let [code, ..] = arguments else { return None };
    let is_planned = code.value.literal().is_some() && is_within(ruby, node, "every");
    if !is_planned {
        return None;
    }
    let line = ruby.reader.line(node);
    let words =
        program.iter().map(|it| Expression::text(line, *it)).chain([Rc::clone(&code.value)]);
    let value = Expression::new(line, Form::List(words.collect()));
    let callee = Expression::new(line, Form::Name("system".to_owned()));
    Some(Form::Call(Call { callee, arguments: vec![Argument { name: None, value }], block: None }))
}

/// Whether a call stands in the block of another one of this name.
fn is_within(ruby: &Ruby, node: Node, name: &str) -> bool {
    let around = std::iter::successors(node.parent(), |it| it.parent()).take(AROUND);
    let mut names = around.filter_map(|it| field(it, "method"));
    names.any(|it| ruby.reader.text(it) == name)
}

/// What `options = { dry_run: true }` says of flags, as a call.
pub(super) fn defaults(name: &str, value: &Expression) -> Option<Shared> {
    let Form::Map(pairs) = &value.form else { return None };
    let set = |(key, value): &(Shared, Shared)| {
        let is_switch = matches!(value.form, Form::Bool(_));
        let name = key.literal().filter(|_| is_switch)?;
        Some(Argument { name: Some(name), value: Rc::clone(value) })
    };
    let arguments: Vec<Argument> = pairs.iter().filter_map(set).collect();
    let is_it = matches!(name, "options" | "opts" | "args") && !arguments.is_empty();
    let callee = Expression::new(value.line, Form::Name("set_defaults".to_owned()));
    let call = Form::Call(Call { callee, arguments, block: None });
    is_it.then(|| Expression::new(value.line, call))
}
