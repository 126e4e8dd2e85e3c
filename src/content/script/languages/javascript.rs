//! JavaScript and TypeScript.

mod calls;
mod expressions;
mod functions;
mod names;
mod promises;
mod routes;
mod shown;
mod tagged;
mod tasks;

use std::cell::RefCell;
use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::modules::{imported, renamed};
use crate::content::script::syntax::{
    Act, Arm, Block, Call, Expression, Form, Loop, Shared, Statement,
};
use crate::content::script::tree::{children, field, has};
use expressions::{expression, of};
use functions::bind;
use names::Known;
pub(super) use shown::as_known;

/// What is known while a file is read.
struct Js<'r, 'a> {
    reader: &'r Reader<'a>,
    known: Known<'a>,
    /// The names by which the promises that are being made are kept and broken.
    promises: RefCell<Vec<(String, String)>>,
}

impl<'a> Js<'_, 'a> {
    fn text(&self, node: Node) -> &'a str {
        self.reader.text(node)
    }

    fn line(&self, node: Node) -> u32 {
        self.reader.line(node)
    }

    fn make(&self, node: Node, form: Form) -> Shared {
        self.reader.expression(node, form)
    }

    /// How a name that functions set for others to read is called, as the field of an object that outlives them.
    fn name(&self, name: &str) -> String {
        match self.known.shared.contains(name) {
            true => format!("{}.{name}", names::OUTER),
            false => name.to_owned(),
        }
    }
}

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    let js = Js { reader, known: names::known(reader, root), promises: RefCell::default() };
    block(&js, root)
}

fn block(js: &Js, node: Node) -> Block {
    js.reader
        .deeper(|| children(node).into_iter().flat_map(|it| statement(js, it)).collect())
        .unwrap_or_default()
}

/// A body, with or without braces.
fn body(js: &Js, node: Node, name: &str) -> Block {
    match field(node, name) {
        Some(it) if it.kind() == "statement_block" => block(js, it),
        Some(it) => js.reader.deeper(|| statement(js, it)).unwrap_or_default(),
        None => Vec::new(),
    }
}

fn statement(js: &Js, node: Node) -> Block {
    let line = js.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "expression_statement" => children(node).into_iter().flat_map(|it| alone(js, it)).collect(),
        "lexical_declaration" | "variable_declaration" => {
            let mut all = Vec::new();
            for it in children(node) {
                if let Some(value) = field(it, "value").filter(|it| is_import(js, *it)) {
                    all.extend(
                        field(it, "name").map(|it| modules(js, value, it)).into_iter().flatten(),
                    );
                    continue;
                }
                if let (Some(name), Some(value)) = (field(it, "name"), field(it, "value")) {
                    bind(js, name, promises::bound(js, name, value), &mut all);
                } else if let Some(name) = field(it, "name") {
                    bind(js, name, js.make(it, Form::Nothing), &mut all);
                }
            }
            all
        }
        "if_statement" => one(Act::If {
            test: promises::tested(js, node),
            then: body(js, node, "consequence"),
            otherwise: field(node, "alternative").map(|it| block(js, it)).unwrap_or_default(),
        }),
        "for_statement" => one(Act::Block(counted(js, node))),
        "for_in_statement" => one(Act::Loop(over(js, node))),
        "while_statement" | "do_statement" => one(Act::Loop(Loop {
            variable: None,
            over: None,
            test: Some(of(js, node, "condition")),
            body: body(js, node, "body"),
            runs_first: node.kind() == "do_statement",
        })),
        "switch_statement" => one(Act::Switch {
            subject: of(js, node, "value"),
            arms: field(node, "body").map(|it| arms(js, it)).unwrap_or_default(),
        }),
        "try_statement" => {
            let handlers = field(node, "handler").map(|it| body(js, it, "body"));
            one(Act::Try {
                body: body(js, node, "body"),
                handlers: handlers.into_iter().collect(),
                otherwise: Vec::new(),
                finally: field(node, "finalizer")
                    .map(|it| body(js, it, "body"))
                    .unwrap_or_default(),
            })
        }
        "return_statement" => match children(node).first() {
            Some(it) => given_back(js, *it),
            None => one(Act::Return(None)),
        },
        "throw_statement" => one(Act::Throw(children(node).first().map(|it| expression(js, *it)))),
        "break_statement" => one(Act::Break),
        "continue_statement" => one(Act::Continue),
        "function_declaration" | "generator_function_declaration" => {
            one(Act::Define(Rc::new(functions::function(js, node))))
        }
        "class_declaration" | "abstract_class_declaration" => {
            let mut all = described(js, node);
            all.push(Statement { line, act: functions::class(js, node) });
            all
        }
        "enum_declaration" => functions::enumerated(js, node).map(one).unwrap_or_default(),
        "export_statement" => exported(js, node),
        "import_statement" => {
            let clause = children(node).into_iter().find(|it| it.kind() == "import_clause");
            clause.map(|it| modules(js, node, it)).unwrap_or_default()
        }
        "labeled_statement" => body(js, node, "body"),
        "statement_block" | "else_clause" | "ERROR" => one(Act::Block(block(js, node))),
        "internal_module" | "module" => one(Act::Block(body(js, node, "body"))),
        _ => Vec::new(),
    }
}

/// What Nest makes of the description of a module: `@Module({ imports: [TypeOrmModule.forRoot({ dropSchema: true })] })`.
fn described(js: &Js, node: Node) -> Block {
    let calls = children(node).into_iter().filter(|it| it.kind() == "decorator");
    let calls = calls.filter_map(|it| children(it).first().copied());
    let is_module = |it: &Node| field(*it, "function").is_some_and(|it| js.text(it) == "Module");
    let run = |it: Node| Statement { line: js.line(it), act: Act::Run(expression(js, it)) };
    calls.filter(is_module).map(run).collect()
}

fn exported(js: &Js, node: Node) -> Block {
    let line = js.line(node);
    let is_default = has(node, "default");
    match (field(node, "declaration"), field(node, "value")) {
        (Some(it), _) => {
            let mut all = described(js, node);
            all.extend(statement(js, it));
            let name = field(it, "name").map(|it| js.text(it)).unwrap_or_default();
            let name = if is_default { "default" } else { name };
            if let Some(task) = tasks::exported(js, name, it) {
                all.push(Statement { line, act: Act::Run(task) });
            }
            // `export const wipe: CommandModule = { command: 'wipe', handler: ... }`, `export const POST = async () => { ... }`.
            let declared = children(it).into_iter();
            let declared =
                declared.filter_map(|it| Some((field(it, "name")?, field(it, "value")?)));
            for task in declared.filter_map(|(name, it)| tasks::exported(js, js.text(name), it)) {
                all.push(Statement { line, act: Act::Run(task) });
            }
            all
        }
        // `export default class extends BaseSeeder { ... }`.
        (_, Some(it)) if it.kind() == "class" => {
            vec![Statement { line, act: functions::class(js, it) }]
        }
        (_, Some(it)) => {
            let task = tasks::exported(js, "default", it);
            let value = task.unwrap_or_else(|| expression(js, it));
            vec![Statement { line, act: Act::Run(value) }]
        }
        _ => Vec::new(),
    }
}

/// `require('fs')`, `require('fs').promises`: the name is known by itself, as that of an import is.
fn is_import(js: &Js, node: Node) -> bool {
    let node = match node.kind() {
        "member_expression" => field(node, "object").unwrap_or(node),
        _ => expressions::bare(node),
    };
    let called = if node.kind() == "call_expression" { field(node, "function") } else { None };
    called.is_some_and(|it| matches!(js.text(it), "require" | "import"))
}

/// Says of names that they are of the module which an import names.
fn modules(js: &Js, import: Node, pattern: Node) -> Block {
    let told = names::first_text(js.reader, import);
    let Some(module) = told.map(|it| it.trim_matches(['\'', '"', '`'])) else { return Vec::new() };
    let line = js.line(import);
    let names = names::declared(js.reader, pattern).into_iter();
    let mut all: Block = names.map(|it| imported(line, it, module)).collect();
    for (name, known) in names::renamed(js.reader, pattern) {
        all.extend([imported(line, name, module), renamed(line, name, known)]);
    }
    all
}

/// What a function gives back.
fn given_back(js: &Js, node: Node) -> Block {
    let pushed = calls::pushed(js, node).map(|act| vec![Statement { line: js.line(node), act }]);
    match promises::kept(js, node).or(pushed) {
        Some(act) => act,
        None => {
            let act = Act::Return(Some(expression(js, node)));
            vec![Statement { line: js.line(node), act }]
        }
    }
}

/// An expression that stands alone.
fn alone(js: &Js, node: Node) -> Block {
    let line = js.line(node);
    match node.kind() {
        "assignment_expression" | "augmented_assignment_expression" => {
            let mut all = Vec::new();
            if let Some(left) = field(node, "left") {
                bind(js, left, expressions::assigned(js, node), &mut all);
            }
            if let (Some(left), Some(right)) = (field(node, "left"), field(node, "right"))
                && let Some(task) = tasks::exported(js, js.text(left), right)
            {
                all.push(Statement { line, act: Act::Run(task) });
            }
            all
        }
        "sequence_expression" => children(node).into_iter().flat_map(|it| alone(js, it)).collect(),
        // `({ force } = await ask());`.
        "parenthesized_expression"
            if children(node).first().is_some_and(|it| it.kind() == "assignment_expression") =>
        {
            children(node).into_iter().flat_map(|it| alone(js, it)).collect()
        }
        // `'use strict'`.
        "string" => Vec::new(),
        "yield_expression" if is_of_pages(js, node) => yielded(js, node),
        // `ok || process.exit(1)`.
        _ => {
            if let Some(act) = promises::kept(js, node) {
                return act;
            }
            let act = calls::assertion(js, node).or_else(|| calls::pushed(js, node));
            if let Some(act) = act.or_else(|| promises::caught(js, node)) {
                return vec![Statement { line, act }];
            }
            let value = expression(js, node);
            let act = match promises::floats(js, node) {
                // What comes next does not wait for it.
                true => {
                    let unknown = Expression::new(line, Form::Other(Vec::new()));
                    let nothing = Expression::new(line, Form::Nothing);
                    Act::Run(Expression::new(line, Form::Choice(unknown, value, nothing)))
                }
                false => Act::Run(value),
            };
            vec![Statement { line, act }]
        }
    }
}

/// Expressions around one that are looked at for the function that it is of.
const AROUND: usize = 20;

/// Whether what is yielded is so by an asynchronous generator, which others go through: `async function* pages()`.
fn is_of_pages(js: &Js, node: Node) -> bool {
    let around = std::iter::successors(node.parent(), |it| it.parent()).take(AROUND);
    let mut functions = around.filter(|it| {
        let kinds = ["generator_function_declaration", "generator_function", "method_definition"];
        kinds.contains(&it.kind())
    });
    functions.next().is_some_and(|it| js.text(it).starts_with("async"))
}

/// What a generator gives, one after the other: it may leave with any of them, and may go on.
fn yielded(js: &Js, node: Node) -> Block {
    let line = js.line(node);
    let Some(value) = children(node).first().map(|it| expression(js, *it)) else {
        return Vec::new();
    };
    let test = Expression::new(line, Form::Other(Vec::new()));
    let then = vec![Statement { line, act: Act::Return(Some(value)) }];
    vec![Statement { line, act: Act::If { test, then, otherwise: Vec::new() } }]
}

/// `for (let n = 0; n < all.length; n++) { ... }`.
fn counted(js: &Js, node: Node) -> Block {
    let line = js.line(node);
    let mut all = field(node, "initializer").map(|it| statement(js, it)).unwrap_or_default();
    let test =
        field(node, "condition").filter(|it| it.is_named() && it.kind() != "empty_statement");
    let test = match test {
        Some(it) if it.kind() == "expression_statement" => {
            children(it).first().map(|it| expression(js, *it))
        }
        Some(it) => Some(expression(js, it)),
        None => Some(Expression::new(line, Form::Bool(true))),
    };
    let body = body(js, node, "body");
    all.push(Statement {
        line,
        act: Act::Loop(Loop { variable: None, over: None, test, body, runs_first: false }),
    });
    all
}

/// `for (const one of all) { ... }`.
fn over(js: &Js, node: Node) -> Loop {
    let mut body = body(js, node, "body");
    let mut variable = None;
    if let Some(left) = field(node, "left") {
        match left.kind() {
            "identifier" => variable = Some(js.name(js.text(left))),
            _ => {
                let one = names::passing(left);
                let mut parts = Vec::new();
                bind(js, left, js.make(left, Form::Name(one.clone())), &mut parts);
                parts.append(&mut body);
                body = parts;
                variable = Some(one);
            }
        }
    }
    let over = match field(node, "right").filter(|it| js.text(*it) == "console") {
        // What Bun reads line by line: `for await (const line of console)`.
        Some(it) => {
            let callee = js.make(it, Form::Name("prompt".to_owned()));
            js.make(it, Form::Call(Call { callee, arguments: Vec::new(), block: None }))
        }
        None => of(js, node, "right"),
    };
    Loop { variable, over: Some(over), test: None, body, runs_first: false }
}

fn arms(js: &Js, node: Node) -> Vec<Arm> {
    let mut arms = Vec::new();
    for it in children(node) {
        let patterns = match it.kind() {
            "switch_case" => vec![of(js, it, "value")],
            "switch_default" => Vec::new(),
            _ => continue,
        };
        let value = field(it, "value");
        let statements = children(it).into_iter().filter(|it| Some(*it) != value);
        let mut body: Block = statements.flat_map(|it| statement(js, it)).collect();
        let falls_through = !stops(&mut body);
        arms.push(Arm { patterns, body, falls_through });
    }
    arms
}

/// Takes the `break` at the end of a way through a switch; whether there was one.
fn stops(body: &mut Block) -> bool {
    match body.last_mut().map(|it| &mut it.act) {
        Some(Act::Break) => {
            body.pop();
            true
        }
        Some(Act::Block(inner)) => stops(inner),
        _ => false,
    }
}

/// Whether a function or method is one that others wait for.
fn is_async(node: Node) -> bool {
    has(node, "async")
}
