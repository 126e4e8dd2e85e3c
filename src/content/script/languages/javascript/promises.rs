//! Promises: what they are kept with, what follows them, and what does not wait for them.

use std::rc::Rc;

use tree_sitter::Node;

use super::expressions::{self, bare, expression, told};
use super::functions::{function, parameters};
use super::{Js, block, calls, is_async};
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Expression, Form, Function, Shared, Statement,
};
use crate::content::script::tree::{children, field};
use crate::content::script::words;

/// The condition of a node. A promise that nothing waits for counts as true, whatever it is kept with.
pub(super) fn tested(js: &Js, node: Node) -> Shared {
    let test = expressions::of(js, node, "condition");
    let mut inner = field(node, "condition");
    let mut is_negated = false;
    while let Some(it) =
        inner.filter(|it| matches!(it.kind(), "parenthesized_expression" | "unary_expression"))
    {
        is_negated ^= field(it, "operator").is_some_and(|it| it.kind() == "!");
        inner = children(it).first().copied();
    }
    let Some(called) = inner.filter(|it| is_promise(js, *it)) else { return test };
    let any = kept_or_not(js, called);
    if is_negated { js.make(node, Form::Not(any)) } else { any }
}

/// What a name stands for: an answer that nothing waited for is a promise.
pub(super) fn bound(js: &Js, name: Node, value: Node) -> Shared {
    let name = js.text(name);
    let is_question = || {
        let called = field(value, "function").map(|it| js.text(it)).unwrap_or_default();
        words::asks(called) || words::confirms(called)
    };
    let is_waited_for = || {
        let text = js.reader.source.text;
        let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '$';
        let waits = format!("await {name}");
        let whole = |at: usize| !text[at + waits.len()..].starts_with(is_part);
        text.contains(&format!("{name}.then"))
            || text.match_indices(&waits).any(|(at, _)| whole(at))
    };
    match is_promise(js, value) && is_question() && !is_waited_for() {
        true => kept_or_not(js, value),
        false => expression(js, value),
    }
}

/// A promise: whatever it is kept with, it counts as true.
fn kept_or_not(js: &Js, called: Node) -> Shared {
    let is_true = js.make(called, Form::Bool(true));
    js.make(called, Form::Any(vec![expression(js, called), is_true]))
}

/// Whether a node is a call that gives back a promise, and nothing waits for it.
fn is_promise(js: &Js, node: Node) -> bool {
    let Some(callee) = field(node, "function").filter(|_| node.kind() == "call_expression") else {
        return false;
    };
    let name = js.text(callee);
    let first = name.split('.').next().unwrap_or_default();
    let is_question = words::asks(name) || words::confirms(name);
    let is_imported = is_question && js.known.asking.contains(first);
    let is_line =
        name.ends_with(".question") && js.reader.source.text.contains("readline/promises");
    is_imported || is_line || callee.kind() == "identifier" && js.known.asyncs.contains(name)
}

/// `new Promise((resolve, reject) => ...)`: a function that gives back what it is kept with.
pub(super) fn made(js: &Js, node: Node) -> Option<Form> {
    let executor = children(field(node, "arguments")?).first().copied()?;
    if !matches!(executor.kind(), "arrow_function" | "function_expression") {
        return None;
    }
    let (names, _) = parameters(js, executor);
    let mut names = names.into_iter().map(|it| it.name);
    let keeps = names.next().unwrap_or_default();
    js.promises.borrow_mut().push((keeps, names.next().unwrap_or_default()));
    let body = field(executor, "body").map(|it| match it.kind() {
        "statement_block" => block(js, it),
        _ => super::alone(js, it),
    });
    js.promises.borrow_mut().pop();
    let function =
        Function { line: js.line(node), body: body.unwrap_or_default(), ..Function::default() };
    Some(called(js.line(node), Rc::new(function), Vec::new()))
}

fn called(line: u32, function: Rc<Function>, values: Vec<Shared>) -> Form {
    Form::Call(Call {
        callee: Expression::new(line, Form::Lambda(function)),
        arguments: values.into_iter().map(|value| Argument { name: None, value }).collect(),
        block: None,
    })
}

/// A statement that keeps or breaks a promise that is being made, or asks for what it is kept with.
pub(super) fn kept(js: &Js, node: Node) -> Option<Block> {
    let (keeps, breaks) = js.promises.borrow().last().cloned()?;
    let node = bare(node);
    // `answer === 'yes' ? resolve() : reject(new Error('no'))`.
    if node.kind() == "ternary_expression" {
        let way = |name| field(node, name).and_then(|it| kept(js, it));
        let (then, otherwise) = (way("consequence")?, way("alternative")?);
        let test = expressions::of(js, node, "condition");
        return Some(vec![Statement {
            line: js.line(node),
            act: Act::If { test, then, otherwise },
        }]);
    }
    if node.kind() != "call_expression" {
        return None;
    }
    let line = js.line(node);
    let callee = field(node, "function")?;
    let arguments = children(field(node, "arguments")?);
    let one = |act| Some(vec![Statement { line, act }]);
    if callee.kind() == "identifier" {
        let name = js.text(callee);
        let value = || arguments.first().map(|it| expression(js, *it));
        if name == keeps {
            return one(Act::Return(Some(value().unwrap_or_else(|| js.make(node, Form::Nothing)))));
        }
        if name == breaks {
            return one(Act::Throw(value()));
        }
    }
    let (last, rest) = arguments.split_last()?;
    let asks = calls::asking(js, callee, rest)?;
    let given = rest.iter().map(|it| Argument { name: None, value: expression(js, *it) }).collect();
    let answer = js.make(node, Form::Call(Call { callee: asks, arguments: given, block: None }));
    match last.kind() {
        // `rl.question('Sure? ', resolve)`.
        "identifier" if js.text(*last) == keeps => one(Act::Return(Some(answer))),
        "arrow_function" | "function_expression" => {
            let (names, parts) = parameters(js, *last);
            let mut all = Vec::new();
            match names.first() {
                Some(it) => all.push(told(line, &it.name, answer)),
                None => all.push(Statement { line, act: Act::Run(answer) }),
            }
            all.extend(parts);
            match field(*last, "body") {
                Some(it) if it.kind() == "statement_block" => all.extend(block(js, it)),
                Some(it) => all.extend(super::alone(js, it)),
                None => {}
            }
            Some(all)
        }
        _ => None,
    }
}

/// The links of a chain of promises behind its beginning: the method, and its argument.
fn links(node: Node) -> (Node, Vec<Node>) {
    let mut behind = Vec::new();
    let mut node = node;
    while node.kind() == "call_expression"
        && let Some(callee) = field(node, "function")
        && callee.kind() == "member_expression"
        && let (Some(object), Some(_)) = (field(callee, "object"), field(callee, "property"))
    {
        behind.push(node);
        node = object;
    }
    behind.reverse();
    (node, behind)
}

fn method<'a>(js: &Js<'_, 'a>, call: Node) -> &'a str {
    let callee = field(call, "function");
    callee.and_then(|it| field(it, "property")).map(|it| js.text(it)).unwrap_or_default()
}

/// `one.then(next).then(last)`: one after the other.
pub(super) fn chained(js: &Js, node: Node) -> Option<Form> {
    if !matches!(method(js, node), "then" | "catch" | "finally") {
        return None;
    }
    let (_, behind) = links(node);
    let is_link = |it: &&Node| matches!(method(js, **it), "then" | "catch" | "finally");
    let n = behind.iter().rev().take_while(is_link).count();
    let follows = behind.get(behind.len().saturating_sub(n)..)?;
    if !follows.iter().any(|it| method(js, *it) == "then") {
        return None;
    }
    let first = field(field(*follows.first()?, "function")?, "object")?;
    let line = js.line(node);
    let mut body = vec![told(line, "%0", expression(js, first))];
    let mut last = "%0".to_owned();
    for (n, link) in follows.iter().enumerate() {
        let line = js.line(*link);
        let handler = field(*link, "arguments").map(children).unwrap_or_default().first().copied();
        let value = Expression::new(line, Form::Name(last.clone()));
        match (method(js, *link), handler) {
            ("then", Some(handler)) => {
                let name = format!("%{}", n + 1);
                body.push(told(line, &name, followed(js, handler, value)));
                last = name;
            }
            // What failed before it goes on behind it.
            ("catch", Some(handler))
                if follows.iter().skip(n).any(|it| method(js, *it) == "then") =>
            {
                let nothing = Expression::new(line, Form::Nothing);
                let caught = followed(js, handler, nothing);
                let act = Act::Try {
                    body: std::mem::take(&mut body),
                    handlers: vec![vec![Statement { line, act: Act::Run(caught) }]],
                    otherwise: Vec::new(),
                    finally: Vec::new(),
                };
                body.push(Statement { line, act });
            }
            (name, Some(handler)) => {
                let callee = Expression::new(line, Form::Member(value, name.to_owned()));
                let arguments = vec![Argument { name: None, value: expression(js, handler) }];
                let call = Form::Call(Call { callee, arguments, block: None });
                body.push(Statement { line, act: Act::Run(Expression::new(line, call)) });
            }
            _ => {}
        }
    }
    let value = Expression::new(line, Form::Name(last));
    body.push(Statement { line, act: Act::Return(Some(value)) });
    Some(called(line, Rc::new(Function { line, body, ..Function::default() }), Vec::new()))
}

/// `await assertDev().catch(console.error)`: what failed before it goes on behind it.
pub(super) fn caught(js: &Js, node: Node) -> Option<Act> {
    let call = children(node).first().copied().filter(|_| node.kind() == "await_expression")?;
    let follows = |it: &Node| method(js, *it) == "then";
    if method(js, call) != "catch" || links(call).1.iter().any(follows) {
        return None;
    }
    let first = field(field(call, "function")?, "object")?;
    let handler = children(field(call, "arguments")?).first().copied()?;
    let run = |it: Shared| vec![Statement { line: js.line(node), act: Act::Run(it) }];
    let nothing = js.make(handler, Form::Nothing);
    Some(Act::Try {
        body: run(expression(js, first)),
        handlers: vec![run(followed(js, handler, nothing))],
        otherwise: Vec::new(),
        finally: Vec::new(),
    })
}

/// What a function makes of a value that was waited for.
fn followed(js: &Js, handler: Node, value: Shared) -> Shared {
    let line = js.line(handler);
    let form = match handler.kind() {
        "arrow_function" | "function_expression" => {
            called(line, Rc::new(function(js, handler)), vec![value])
        }
        _ => Form::Call(Call {
            callee: expression(js, handler),
            arguments: vec![Argument { name: None, value }],
            block: None,
        }),
    };
    Expression::new(line, form)
}

/// Whether an expression that stands alone is a promise for which what comes next does not wait.
pub(super) fn floats(js: &Js, node: Node) -> bool {
    let mut node = node;
    while matches!(node.kind(), "parenthesized_expression" | "unary_expression")
        && let Some(inner) = children(node).last()
    {
        node = *inner;
    }
    if node.kind() != "call_expression" {
        return false;
    }
    while matches!(method(js, node), "catch" | "finally")
        && let Some(object) = field(node, "function").and_then(|it| field(it, "object"))
        && object.kind() == "call_expression"
    {
        node = object;
    }
    if method(js, node) == "then" {
        return true;
    }
    let Some(callee) = field(node, "function") else { return false };
    let callee = bare(callee);
    match callee.kind() {
        "identifier" => js.known.asyncs.contains(js.text(callee)),
        "member_expression" => {
            field(callee, "property").is_some_and(|it| js.known.asyncs.contains(js.text(it)))
        }
        "arrow_function" | "function_expression" => is_async(callee),
        _ => false,
    }
}
