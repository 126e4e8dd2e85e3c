//! Ruby, and the tasks of Rake.

mod calls;
mod deploy;
mod expressions;
mod loops;
mod structure;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::syntax::{
    Act, Arm, Block, Expression, Form, Function, Loop, Parameter, Shared, Statement,
};
use crate::content::script::tree::{DEPTH, children, field, fields};
use crate::content::script::value::ENVIRONMENT;
use expressions::{expression, texts_of};
use loops::{all_of, each, each_calls, is_each, is_map, while_loop};
use structure::{class, method, task};

/// Methods whose blocks a framework runs at another time, or that belong to tests.
const LATER: &[&str] = &[
    "describe",
    "context",
    "it",
    "specify",
    "feature",
    "scenario",
    "setup",
    "teardown",
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "before",
    "after",
    "around",
    "configure",
    "register",
    "draw",
    "define",
    "included",
    "class_methods",
    "trap",
];

/// A file of Ruby while it is read.
struct Ruby<'r, 'a, 't> {
    reader: &'r Reader<'a>,
    /// The methods that the file defines: a bare name may be a call of one.
    methods: HashSet<String>,
    /// The tasks that the file defines, by their full names.
    tasks: HashSet<String>,
    /// Here-documents, by where they are named.
    documents: HashMap<usize, Node<'t>>,
    /// The namespaces of Rake around this place.
    spaces: RefCell<Vec<String>>,
    /// How often each name is set.
    assigned: HashMap<String, usize>,
    /// The methods in the order of their names.
    in_order: OnceCell<Vec<String>>,
    /// It declares options of its own.
    has_options: bool,
    /// `next` goes on with a loop here, and does not leave a block.
    in_loop: Cell<bool>,
}

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    let mut ruby = Ruby {
        reader,
        methods: HashSet::new(),
        tasks: HashSet::new(),
        documents: HashMap::new(),
        assigned: HashMap::new(),
        in_order: OnceCell::new(),
        has_options: reader.source.text.contains("OptionParser"),
        spaces: RefCell::default(),
        in_loop: Cell::new(false),
    };
    let (mut begins, mut bodies) = (Vec::new(), Vec::new());
    collect(&mut ruby, root, &mut begins, &mut bodies, 0);
    ruby.documents = begins.into_iter().zip(bodies).collect();
    block(&ruby, root)
}

/// Looks for what is defined anywhere in the file.
fn collect<'t>(
    ruby: &mut Ruby<'_, '_, 't>,
    node: Node<'t>,
    begins: &mut Vec<usize>,
    bodies: &mut Vec<Node<'t>>,
    depth: usize,
) {
    if depth > DEPTH {
        return;
    }
    let mut is_space = false;
    match node.kind() {
        "heredoc_beginning" => begins.push(node.start_byte()),
        "heredoc_body" => bodies.push(node),
        "assignment" | "operator_assignment" => {
            let name = field(node, "left").map(|it| ruby.reader.text(it).to_owned());
            *ruby.assigned.entry(name.unwrap_or_default()).or_default() += 1;
        }
        "method" | "singleton_method" => {
            ruby.methods.extend(field(node, "name").map(|it| ruby.reader.text(it).to_owned()));
        }
        "call" => match name_of_call(ruby, node) {
            "attr_reader" | "attr_accessor" => {
                ruby.methods.extend(structure::names_read(ruby, node))
            }
            "namespace" => {
                let name = first_text(ruby, node).unwrap_or_default();
                ruby.spaces.borrow_mut().push(name);
                is_space = true;
            }
            "task" | "multitask" => {
                let full = first_text(ruby, node).map(|it| ruby.full(&it));
                ruby.tasks.extend(full);
            }
            _ => {}
        },
        _ => {}
    }
    for it in super::named(node) {
        collect(ruby, it, begins, bodies, depth + 1);
    }
    if is_space {
        ruby.spaces.borrow_mut().pop();
    }
}

impl Ruby<'_, '_, '_> {
    /// The methods whose names begin so.
    fn beginning(&self, text: &str) -> impl Iterator<Item = &String> {
        let all = self.in_order.get_or_init(|| {
            let mut all: Vec<String> = self.methods.iter().cloned().collect();
            all.sort();
            all
        });
        let from = all.partition_point(|it| it.as_str() < text);
        all.iter().skip(from).take_while(move |it| it.starts_with(text))
    }

    /// The full name of a task that is defined here.
    fn full(&self, name: &str) -> String {
        let mut parts = self.spaces.borrow().clone();
        parts.push(name.to_owned());
        parts.join(":")
    }
}

/// The name of a method that is called without a receiver.
fn name_of_call<'a>(ruby: &Ruby<'_, 'a, '_>, node: Node) -> &'a str {
    match (field(node, "receiver"), field(node, "method")) {
        (None, Some(method)) => ruby.reader.text(method),
        _ => "",
    }
}

/// The name that the first argument is: a symbol, a text, or the key of a pair.
fn first_text(ruby: &Ruby, node: Node) -> Option<String> {
    let first = children(field(node, "arguments")?).into_iter().next()?;
    let first = if first.kind() == "pair" { field(first, "key")? } else { first };
    let text = ruby.reader.text(first);
    Some(text.trim_matches([':', '"', '\'']).to_owned())
}

fn block(ruby: &Ruby, node: Node) -> Block {
    ruby.reader.deeper(|| parts(ruby, node)).unwrap_or_default()
}

/// The statements of a block, with what catches their errors.
fn parts(ruby: &Ruby, node: Node) -> Block {
    let all = children(node);
    let is_try = all.iter().any(|it| matches!(it.kind(), "rescue" | "ensure"));
    let (mut body, mut handlers, mut otherwise, mut finally) =
        (Block::new(), Vec::new(), Block::new(), Block::new());
    for it in all {
        match it.kind() {
            "rescue" => {
                handlers.push(field(it, "body").map(|it| block(ruby, it)).unwrap_or_default())
            }
            "ensure" => finally = block(ruby, it),
            "else" => otherwise = block(ruby, it),
            _ => body.extend(statement(ruby, it)),
        }
    }
    match is_try {
        true => vec![Statement {
            line: ruby.reader.line(node),
            act: Act::Try { body, handlers, otherwise, finally },
        }],
        false => [body, otherwise].concat(),
    }
}

fn body(ruby: &Ruby, node: Node, name: &str) -> Block {
    match field(node, name) {
        Some(it)
            if matches!(it.kind(), "then" | "do" | "body_statement" | "block_body" | "else") =>
        {
            block(ruby, it)
        }
        Some(it) => statement(ruby, it),
        None => Vec::new(),
    }
}

fn test(ruby: &Ruby, node: Node) -> Shared {
    let test = field(node, "condition").map(|it| expression(ruby, it));
    test.unwrap_or_else(|| ruby.reader.expression(node, Form::Nothing))
}

fn not(of: Shared) -> Shared {
    Expression::new(of.line, Form::Not(of))
}

fn statement(ruby: &Ruby, node: Node) -> Block {
    ruby.reader.deeper(|| acts(ruby, node)).unwrap_or_default()
}

fn acts(ruby: &Ruby, node: Node) -> Block {
    let line = ruby.reader.line(node);
    let one = |act| vec![Statement { line, act }];
    let value = || {
        children(node).into_iter().next().and_then(|it| match it.kind() {
            "argument_list" => children(it).into_iter().next().map(|it| expression(ruby, it)),
            _ => Some(expression(ruby, it)),
        })
    };
    match node.kind() {
        "if" | "unless" | "elsif" => {
            let otherwise = match field(node, "alternative") {
                Some(it) if it.kind() == "elsif" => statement(ruby, it),
                Some(it) => block(ruby, it),
                None => Vec::new(),
            };
            let is_not = node.kind() == "unless";
            let test = if is_not { not(test(ruby, node)) } else { test(ruby, node) };
            one(Act::If { test, then: body(ruby, node, "consequence"), otherwise })
        }
        "if_modifier" if expressions::is_switched(ruby, node) => one(Act::Set(
            field(node, "body")
                .and_then(|it| field(it, "left"))
                .map(|it| ruby.reader.text(it).to_owned())
                .unwrap_or_default(),
            test(ruby, node),
        )),
        "if_modifier" => one(Act::If {
            test: test(ruby, node),
            then: body(ruby, node, "body"),
            otherwise: Vec::new(),
        }),
        "unless_modifier" => one(Act::If {
            test: not(test(ruby, node)),
            then: body(ruby, node, "body"),
            otherwise: Vec::new(),
        }),
        "while" | "until" | "while_modifier" | "until_modifier" => one(while_loop(ruby, node)),
        "for" => {
            let over = field(node, "value").and_then(|it| children(it).into_iter().next());
            let name = field(node, "pattern").map(|it| ruby.reader.text(it).to_owned());
            one(each(ruby, name, over.map(|it| expression(ruby, it)), || body(ruby, node, "body")))
        }
        "case" => one(case(ruby, node)),
        "begin" | "parenthesized_statements" | "program" | "ERROR" => block(ruby, node),
        "return" => one(Act::Return(value())),
        "next" if ruby.in_loop.get() => one(Act::Continue),
        "next" => one(Act::Return(value())),
        "break" => one(Act::Break),
        "method" | "singleton_method" => one(Act::Define(Rc::new(method(ruby, node)))),
        "class" | "module" => one(class(ruby, node)),
        "singleton_class" => body(ruby, node, "body"),
        "assignment" | "operator_assignment" => assignment(ruby, node),
        "call" => call(ruby, node),
        "binary" if field(node, "operator").is_some_and(|it| it.kind() == "<<") => {
            one(Act::Run(expressions::lengthened(ruby, node)))
        }
        "identifier" => match ruby.reader.text(node) {
            "raise" | "fail" => one(Act::Throw(None)),
            _ => one(Act::Run(expressions::bare_call(ruby, node))),
        },
        _ => one(Act::Run(expression(ruby, node))),
    }
}

fn case(ruby: &Ruby, node: Node) -> Act {
    let subject = field(node, "value").map(|it| expression(ruby, it));
    let mut arms = Vec::new();
    for it in children(node) {
        match it.kind() {
            "when" => {
                let patterns = fields(it, "pattern")
                    .into_iter()
                    .flat_map(children)
                    .map(|it| expression(ruby, it))
                    .collect();
                arms.push(Arm { patterns, body: body(ruby, it, "body"), falls_through: false });
            }
            "else" => {
                arms.push(Arm { patterns: Vec::new(), body: block(ruby, it), falls_through: false })
            }
            _ => {}
        }
    }
    if let Some(subject) = subject {
        return Act::Switch { subject, arms };
    }
    // Without a subject it is a row of conditions.
    let line = ruby.reader.line(node);
    let mut otherwise = Block::new();
    for arm in arms.into_iter().rev() {
        otherwise = match arm.patterns.is_empty() {
            true => arm.body,
            false => {
                let test = Expression::new(line, Form::Any(arm.patterns));
                vec![Statement { line, act: Act::If { test, then: arm.body, otherwise } }]
            }
        };
    }
    Act::Block(otherwise)
}

fn parameters(ruby: &Ruby, node: Node) -> Vec<Parameter> {
    let Some(all) = field(node, "parameters") else { return Vec::new() };
    let of = |it: Node| {
        let name = field(it, "name").unwrap_or(it);
        let default = field(it, "value").map(|it| expression(ruby, it));
        let star = match it.kind() {
            "splat_parameter" => "*",
            "block_parameter" => "&",
            _ => "",
        };
        Parameter {
            name: format!("{star}{}", ruby.reader.text(name).trim_start_matches('*')),
            default,
        }
    };
    children(all).into_iter().map(of).collect()
}

/// A block that is handed over.
fn handed(ruby: &Ruby, node: Node) -> Function {
    let mut function = method(ruby, node);
    function.name = String::new();
    function
}

fn assignment(ruby: &Ruby, node: Node) -> Block {
    let line = ruby.reader.line(node);
    let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
        return Vec::new();
    };
    let mut value = expression(ruby, right);
    if node.kind() == "operator_assignment" {
        let both = vec![expression(ruby, left), value];
        let operator = field(node, "operator").map(|it| it.kind());
        value = Expression::new(
            line,
            if operator == Some("||=") { Form::Any(both) } else { Form::Join(both) },
        );
    }
    let names = if left.kind() == "left_assignment_list" { children(left) } else { vec![left] };
    let is_one = names.len() == 1;
    let set = |it: Node| {
        let value = if is_one {
            Rc::clone(&value)
        } else {
            Expression::new(line, Form::Other(vec![Rc::clone(&value)]))
        };
        // `ENV["CONFIRM"] ||= "yes"`.
        let name = match &expression(ruby, it).form {
            Form::Environment(name, _) => format!("{ENVIRONMENT}{name}"),
            _ => ruby.reader.text(it).to_owned(),
        };
        Statement { line, act: Act::Set(name, value) }
    };
    let defaults = deploy::defaults(ruby.reader.text(left), &value).filter(|_| ruby.has_options);
    let defaults = defaults.map(|it| Statement { line, act: Act::Run(it) });
    defaults.into_iter().chain(names.into_iter().map(set)).collect()
}

/// A call that stands alone: what Rake and loops make of it, or the call.
fn call(ruby: &Ruby, node: Node) -> Block {
    let line = ruby.reader.line(node);
    let one = |act| vec![Statement { line, act }];
    let given = field(node, "block");
    let inner = given.map(|it| move || body(ruby, it, "body"));
    match (name_of_call(ruby, node), inner) {
        ("namespace", Some(inner)) => {
            ruby.spaces.borrow_mut().push(first_text(ruby, node).unwrap_or_default());
            let all = inner();
            ruby.spaces.borrow_mut().pop();
            one(Act::Block(all))
        }
        ("task" | "multitask", _) => one(Act::Define(Rc::new(task(ruby, node)))),
        ("loop", Some(inner)) => one(match each(ruby, None, None, inner) {
            // It goes on until something leaves it.
            Act::Loop(it) => {
                let test = Some(Expression::new(line, Form::Bool(true)));
                Act::Loop(Loop { test, ..it })
            }
            other => other,
        }),
        ("raise" | "fail", _) => one(Act::Throw(None)),
        ("set" | "ask", None) => one(match deploy::kept(&expression(ruby, node)) {
            Some(act) => act,
            None => Act::Run(expression(ruby, node)),
        }),
        (_, Some(inner)) if is_each(ruby, node) => {
            let over = field(node, "receiver").map(|it| all_of(ruby, node, it));
            let names =
                given.and_then(|it| field(it, "parameters")).map(children).unwrap_or_default();
            let names: Vec<&str> = names.into_iter().map(|it| ruby.reader.text(it)).collect();
            one(each(ruby, Some(names.join(",")), over, inner))
        }
        (_, None) if is_each(ruby, node) || is_map(ruby, node) => {
            one(match each_calls(ruby, node) {
                Some(it) => it,
                None => Act::Run(expression(ruby, node)),
            })
        }
        _ => one(Act::Run(expression(ruby, node))),
    }
}
