//! Loops of Ruby, and methods that are one.

use tree_sitter::Node;

use super::expressions::expression;
use super::{Ruby, body, not, test};
use crate::content::script::syntax::{Act, Block, Call, Form, Loop, Shared, Statement};
use crate::content::script::tree::{children, field};

pub(super) fn while_loop(ruby: &Ruby, node: Node) -> Act {
    let is_until = node.kind().starts_with("until");
    let test = if is_until { not(test(ruby, node)) } else { test(ruby, node) };
    let was = ruby.in_loop.replace(true);
    let runs_first = field(node, "body").is_some_and(|it| it.kind() == "begin");
    let body = body(ruby, node, "body");
    ruby.in_loop.set(was);
    Act::Loop(Loop { variable: None, over: None, test: Some(test), body, runs_first })
}

pub(super) fn each(
    ruby: &Ruby,
    variable: Option<String>,
    over: Option<Shared>,
    body: impl FnOnce() -> Block,
) -> Act {
    let was = ruby.in_loop.replace(true);
    let body = body();
    ruby.in_loop.set(was);
    Act::Loop(Loop {
        variable: variable.filter(|it| !it.is_empty()),
        over,
        test: None,
        body,
        runs_first: false,
    })
}

/// What a loop goes over: `find_each` stays, as it says that these are all rows.
pub(super) fn all_of(ruby: &Ruby, node: Node, receiver: Node) -> Shared {
    // `Parallel.each(User.all) { |it| ... }`.
    let given = || children(field(node, "arguments")?).into_iter().next();
    let receiver = match ruby.reader.text(receiver) {
        "Parallel" => given().unwrap_or(receiver),
        _ => receiver,
    };
    let value = expression(ruby, receiver);
    let name = field(node, "method").map(|it| ruby.reader.text(it)).unwrap_or_default();
    if name != "find_each" {
        return value;
    }
    let callee = ruby.reader.expression(node, Form::Member(value, name.to_owned()));
    ruby.reader.expression(node, Form::Call(Call { callee, arguments: Vec::new(), block: None }))
}

/// `[Order, Invoice].each(&:delete_all)`: a loop over models.
pub(super) fn each_calls(ruby: &Ruby, node: Node) -> Option<Act> {
    let given = children(field(node, "arguments")?).into_iter().next()?;
    let given = Some(given).filter(|it| it.kind() == "block_argument")?;
    let name = expression(ruby, children(given).into_iter().next()?).literal()?;
    if !matches!(name.as_str(), "delete_all" | "destroy_all") {
        return None;
    }
    let item = || "&".to_owned();
    let on = ruby.reader.expression(given, Form::Name(item()));
    let callee = ruby.reader.expression(given, Form::Member(on, name));
    let call = Form::Call(Call { callee, arguments: Vec::new(), block: None });
    let body = vec![Statement {
        line: ruby.reader.line(given),
        act: Act::Run(ruby.reader.expression(given, call)),
    }];
    Some(Act::Loop(Loop {
        variable: Some(item()),
        over: field(node, "receiver").map(|it| expression(ruby, it)),
        test: None,
        body,
        runs_first: false,
    }))
}

pub(super) fn is_map(ruby: &Ruby, node: Node) -> bool {
    field(node, "method").is_some_and(|it| ruby.reader.text(it) == "map")
}

pub(super) fn is_each(ruby: &Ruby, node: Node) -> bool {
    let name = field(node, "method").map(|it| ruby.reader.text(it));
    field(node, "receiver").is_some()
        && matches!(
            name,
            Some("each" | "find_each" | "reverse_each" | "each_key" | "auto_paging_each")
        )
}
