//! Python.

mod decorated;
mod matching;
mod values;

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use crate::content::script::Reach;
use crate::content::script::modules::{imported, renamed};
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Class, Expression, Form, Function, Loop, Parameter, Shared,
    Statement,
};
use crate::content::script::tree::{children, field, fields};
use crate::content::script::value::{ARGUMENTS as ARGUMENTS_OF, ENVIRONMENT};
use values::expression;

/// Decorators of functions that a program or a scheduler calls by name.
const TASKS: &[&str] = &[
    "task",
    "shared_task",
    "command",
    "group",
    "cli",
    "job",
    "scheduled_job",
    "periodic_task",
    "flow",
    "app.callback",
    "on_event",
    "main",
    "argh.arg",
];

/// Names under which a program knows what its caller said.
const ARGUMENTS: &[&str] = &[
    "args",
    "options",
    "opts",
    "arguments",
    "parsed_args",
    "cli_args",
    "ns",
    "namespace",
    "FLAGS",
];

/// Methods that these have as maps.
const OF_MAPS: &[&str] = &["get", "pop", "items", "keys", "values", "setdefault", "update"];

/// The statements of a file.
pub(super) fn file(reader: &Reader, root: Node) -> Block {
    decorated::wrapped(block(reader, root))
}

fn block(reader: &Reader, node: Node) -> Block {
    reader
        .deeper(|| children(node).into_iter().flat_map(|it| statement(reader, it)).collect())
        .unwrap_or_default()
}

fn body(reader: &Reader, node: Node, name: &str) -> Block {
    field(node, name).map(|it| block(reader, it)).unwrap_or_default()
}

fn statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let one = |act| vec![Statement { line, act }];
    match node.kind() {
        "expression_statement" => {
            children(node).into_iter().flat_map(|it| expression_statement(reader, it)).collect()
        }
        "print_statement" | "exec_statement" | "assert_statement" => {
            let parts: Vec<Shared> =
                children(node).into_iter().map(|it| expression(reader, it)).collect();
            if node.kind() == "assert_statement"
                && let Some(test) = parts.first()
            {
                let then = vec![Statement { line, act: Act::Throw(None) }];
                let test = Expression::new(line, Form::Not(Rc::clone(test)));
                return one(Act::If { test, then, otherwise: Vec::new() });
            }
            one(Act::Run(Expression::new(line, Form::Other(parts))))
        }
        "if_statement" => one(if_statement(reader, node)),
        "for_statement" => {
            let (left, right) = (field(node, "left"), field(node, "right"));
            let next = || Expression::new(line, Form::Other(Vec::new()));
            one(Act::Loop(Loop {
                variable: left.map(|it| reader.text(it).to_owned()),
                over: right.map(|it| expression(reader, it)),
                test: has_else(node).then(|| or_else(reader, node, next())),
                body: body(reader, node, "body"),
                runs_first: false,
            }))
        }
        "while_statement" => one(Act::Loop(Loop {
            variable: None,
            over: None,
            test: field(node, "condition").map(|it| or_else(reader, node, expression(reader, it))),
            body: body(reader, node, "body"),
            runs_first: false,
        })),
        "try_statement" => one(try_statement(reader, node)),
        "with_statement" => {
            let mut all = Vec::new();
            for clause in children(node).into_iter().filter(|it| it.kind() == "with_clause") {
                for item in children(clause) {
                    all.extend(with_item(reader, field(item, "value").unwrap_or(item)));
                }
            }
            all.extend(body(reader, node, "body"));
            one(Act::Block(all))
        }
        "return_statement" => {
            one(Act::Return(children(node).first().map(|it| expression(reader, *it))))
        }
        "raise_statement" => {
            one(Act::Throw(children(node).first().map(|it| expression(reader, *it))))
        }
        "break_statement" => one(Act::Break),
        "continue_statement" => one(Act::Continue),
        "function_definition" => one(Act::Define(Rc::new(function(reader, node, &[])))),
        "class_definition" => one(class(reader, node)),
        "decorated_definition" => {
            let marks: Vec<&str> = children(node)
                .into_iter()
                .filter(|it| it.kind() == "decorator")
                .map(|it| reader.text(it))
                .collect();
            match field(node, "definition") {
                Some(it) if it.kind() == "function_definition" => {
                    let mut all: Block = children(node)
                        .into_iter()
                        .filter(|it| it.kind() == "decorator" && !is_atomic(reader.text(*it)))
                        .flat_map(children)
                        .map(|it| Statement { line, act: Act::Run(expression(reader, it)) })
                        .collect();
                    all.push(Statement {
                        line,
                        act: Act::Define(Rc::new(function(reader, it, &marks))),
                    });
                    all
                }
                Some(it) => statement(reader, it),
                None => Vec::new(),
            }
        }
        "import_statement" | "import_from_statement" => imports(reader, node),
        "match_statement" => one(matching::switch(reader, node)),
        "block" | "ERROR" => block(reader, node),
        _ => Vec::new(),
    }
}

/// Says of the names that an import brings of which module they are.
fn imports(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let from = field(node, "module_name").map(|it| reader.text(it));
    let mut all = Block::new();
    for it in fields(node, "name") {
        let (name, alias) = match it.kind() {
            "aliased_import" => (field(it, "name").map(|it| reader.text(it)), field(it, "alias")),
            _ => (Some(reader.text(it)), None),
        };
        let Some(name) = name else { continue };
        let module = from.map_or(name.to_owned(), |from| format!("{from}.{name}"));
        let known = name.split('.').next().unwrap_or_default();
        if let Some(alias) = alias.map(|it| reader.text(it)).filter(|it| *it != name) {
            all.extend([imported(line, alias, &module), renamed(line, alias, name)]);
        }
        all.push(imported(line, known, &module));
    }
    all
}

fn has_else(node: Node) -> bool {
    field(node, "alternative").is_some()
}

/// The test of a loop, and what runs where it does not hold: the `else` of a loop that nothing left early.
fn or_else(reader: &Reader, node: Node, test: Shared) -> Shared {
    let Some(clause) = field(node, "alternative") else { return test };
    let line = reader.line(clause);
    let mut last = body(reader, clause, "body");
    last.push(Statement { line, act: Act::Run(Expression::new(line, Form::Bool(false))) });
    let last = Expression::new(line, Form::Group(Rc::new(last)));
    Expression::new(line, Form::Any(vec![test, last]))
}

fn with_item(reader: &Reader, node: Node) -> Option<Statement> {
    let line = reader.line(node);
    if node.kind() == "as_pattern" {
        let parts = children(node);
        let value = parts.first().map(|it| expression(reader, *it))?;
        let name = parts.last().map(|it| reader.text(*it).to_owned())?;
        return Some(Statement { line, act: Act::Set(name, value) });
    }
    Some(Statement { line, act: Act::Run(expression(reader, node)) })
}

fn expression_statement(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    match node.kind() {
        "assignment" | "augmented_assignment" => {
            let Some(right) = field(node, "right") else { return Vec::new() };
            let Some(left) = field(node, "left") else { return Vec::new() };
            let mut value = expression(reader, right);
            if node.kind() == "augmented_assignment" {
                let before = expression(reader, left);
                value = Expression::new(line, Form::Join(vec![before, value]));
            }
            if matches!(left.kind(), "pattern_list" | "tuple_pattern" | "list_pattern") {
                return taken_apart(reader, left, value);
            }
            // `os.environ["ENV"] = "dev"`.
            let name = match (left.kind(), values::form(reader, left)) {
                ("subscript", Form::Environment(name, _)) => format!("{ENVIRONMENT}{name}"),
                _ => reader.text(left).to_owned(),
            };
            vec![Statement { line, act: Act::Set(name, value) }]
        }
        // A text that stands alone is a comment.
        "string" | "concatenated_string" => Vec::new(),
        "yield" => yielded(reader, node),
        _ => vec![Statement { line, act: Act::Run(expression(reader, node)) }],
    }
}

/// `connection, cursor = open_both()`.
fn taken_apart(reader: &Reader, left: Node, value: Shared) -> Block {
    let line = reader.line(left);
    let whole = format!("%{}", left.start_byte());
    let set = |name: String, value| Statement { line, act: Act::Set(name, value) };
    let mut all = vec![set(whole.clone(), value)];
    let whole = Expression::new(line, Form::Name(whole));
    let mut is_certain = true;
    for (n, it) in children(left).into_iter().enumerate() {
        // What stands behind a star is not counted.
        is_certain &= it.kind() != "list_splat_pattern";
        let part = match is_certain {
            true => {
                let by = Expression::new(line, Form::Number(n.to_string()));
                Form::Index(Rc::clone(&whole), by)
            }
            false => Form::Other(vec![Rc::clone(&whole)]),
        };
        all.push(set(reader.text(it).to_owned(), Expression::new(line, part)));
    }
    all
}

/// What a generator gives, one after the other: it may leave with any of them, and may go on.
fn yielded(reader: &Reader, node: Node) -> Block {
    let line = reader.line(node);
    let mut up = node.parent();
    let mut is_given = false;
    for _ in 0..12 {
        let Some(it) = up else { break };
        is_given |= match it.kind() {
            "for_statement" | "while_statement" => true,
            // One that gives a client for a while, as a context or a dependency.
            "function_definition" => field(it, "name").is_some(),
            _ => false,
        };
        up = it.parent().filter(|_| it.kind() != "function_definition");
    }
    let value = children(node).first().map(|it| expression(reader, *it));
    let (true, Some(value)) = (is_given, value) else {
        return vec![Statement { line, act: Act::Run(expression(reader, node)) }];
    };
    let test = Expression::new(line, Form::Other(Vec::new()));
    let then = vec![Statement { line, act: Act::Return(Some(value)) }];
    vec![Statement { line, act: Act::If { test, then, otherwise: Vec::new() } }]
}

fn if_statement(reader: &Reader, node: Node) -> Act {
    let mut otherwise: Block = Vec::new();
    for other in fields(node, "alternative").into_iter().rev() {
        otherwise = match other.kind() {
            "elif_clause" => {
                let line = reader.line(other);
                vec![Statement { line, act: arm(reader, other, otherwise) }]
            }
            _ => body(reader, other, "body"),
        };
    }
    arm(reader, node, otherwise)
}

fn arm(reader: &Reader, node: Node, otherwise: Block) -> Act {
    let test = match field(node, "condition") {
        Some(it) => expression(reader, it),
        None => Expression::new(reader.line(node), Form::Nothing),
    };
    let is_unmet = field(node, "condition").is_some_and(|it| is_coroutine(reader, it));
    // What nothing waits for counts as true.
    let test = match (is_unmet, &test.form) {
        (true, Form::Not(inner)) => Expression::new(test.line, Form::Not(or_true(inner))),
        (true, _) => or_true(&test),
        _ => test,
    };
    Act::If { test, then: body(reader, node, "consequence"), otherwise }
}

/// Whether a condition is a call, with or without `not`, of an `async` function of the file that is not waited for.
fn is_coroutine(reader: &Reader, node: Node) -> bool {
    let call = match node.kind() {
        "not_operator" => field(node, "argument"),
        _ => Some(node),
    };
    let name = call.filter(|it| it.kind() == "call").and_then(|it| field(it, "function"));
    name.filter(|it| it.kind() == "identifier")
        .is_some_and(|it| reader.source.text.contains(&format!("async def {}(", reader.text(it))))
}

fn or_true(test: &Shared) -> Shared {
    let is_true = Expression::new(test.line, Form::Bool(true));
    Expression::new(test.line, Form::Any(vec![Rc::clone(test), is_true]))
}

fn try_statement(reader: &Reader, node: Node) -> Act {
    let (mut handlers, mut otherwise, mut finally) = (Vec::new(), Vec::new(), Vec::new());
    for it in children(node) {
        let inner = || children(it).into_iter().rfind(|it| it.kind() == "block");
        match it.kind() {
            "except_clause" | "except_group_clause" => {
                handlers.push(inner().map(|it| block(reader, it)).unwrap_or_default());
            }
            "else_clause" => otherwise = body(reader, it, "body"),
            "finally_clause" => finally = inner().map(|it| block(reader, it)).unwrap_or_default(),
            _ => {}
        }
    }
    Act::Try { body: body(reader, node, "body"), handlers, otherwise, finally }
}

fn function(reader: &Reader, node: Node, marks: &[&str]) -> Function {
    let name = field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default();
    let is_task = marks.iter().any(|mark| {
        let mark = mark.trim_start_matches('@');
        let mark = mark.split('(').next().unwrap_or_default();
        TASKS.iter().any(|task| mark == *task || mark.rsplit('.').next() == Some(task))
    });
    let parameters = field(node, "parameters").map(|it| parameters(reader, it)).unwrap_or_default();
    // What AWS calls, mostly by the clock.
    let is_task = is_task || name == "lambda_handler" && parameters.len() == 2;
    let outer = field(node, "body").map(|it| of_others(reader, it)).unwrap_or_default();
    let mut body = body(reader, node, "body");
    // `def handle(self, *args, **kw)` of a command of Django.
    let options = parameters.iter().find_map(|it| it.name.strip_prefix("**"));
    if let Some(options) = options.filter(|_| name.starts_with("handle")) {
        let line = reader.line(node);
        let callee = Expression::new(line, Form::Name(ARGUMENTS_OF.to_owned()));
        let call = Form::Call(Call { callee, arguments: Vec::new(), block: None });
        let act = Act::Set(options.to_owned(), Expression::new(line, call));
        body.insert(0, Statement { line, act });
    }
    if marks.iter().any(|mark| asks_first(mark)) {
        let line = reader.line(node);
        let name = |text: &str| Expression::new(line, Form::Name(text.to_owned()));
        let abort = Argument {
            name: Some("abort".to_owned()),
            value: Expression::new(line, Form::Bool(true)),
        };
        let call = Call { callee: name("confirm"), arguments: vec![abort], block: None };
        let ask = Act::Run(Expression::new(line, Form::Call(call)));
        body.insert(0, Statement { line, act: ask });
    }
    if marks.iter().any(|mark| is_atomic(mark)) {
        let line = reader.line(node);
        let callee = Expression::new(line, Form::Name("atomic".to_owned()));
        let call = Call { callee, arguments: Vec::new(), block: None };
        let begin = Act::Run(Expression::new(line, Form::Call(call)));
        body.insert(0, Statement { line, act: begin });
        // The transaction ends with it.
        body = vec![Statement { line, act: Act::Block(body) }];
    }
    Function {
        name,
        line: reader.line(node),
        parameters,
        body,
        called_by: is_task.then_some(Reach::Task),
        needs: Vec::new(),
        yields_last: false,
        is_property: marks.iter().any(|mark| is_property(mark)),
        outer,
    }
}

/// The names that a function says are of the file, or of the function around it.
fn of_others(reader: &Reader, body: Node) -> Vec<String> {
    let said = children(body).into_iter();
    let said = said.filter(|it| matches!(it.kind(), "global_statement" | "nonlocal_statement"));
    said.flat_map(children).map(|it| reader.text(it).to_owned()).collect()
}

/// A decorator that makes a method a field.
fn is_property(mark: &str) -> bool {
    mark.trim_start_matches('@')
        .rsplit('.')
        .next()
        .is_some_and(|it| it.trim_end().ends_with("property"))
}

/// A decorator of Django that runs the function in a transaction.
fn is_atomic(mark: &str) -> bool {
    let mark = mark.trim_start_matches('@').split('(').next().unwrap_or_default();
    mark.rsplit('.').next() == Some("atomic")
}

/// A decorator of click that asks before the function runs, and aborts.
fn asks_first(mark: &str) -> bool {
    mark.contains("confirmation_option")
        || (mark.contains("is_flag") && mark.contains("prompt=") && mark.contains("callback="))
}

fn parameters(reader: &Reader, node: Node) -> Vec<Parameter> {
    let named = |it: Node| {
        let (name, default) = match it.kind() {
            "default_parameter" | "typed_default_parameter" => {
                let default = field(it, "value").map(|it| expression(reader, it));
                (field(it, "name")?, default)
            }
            "typed_parameter" => (*children(it).first()?, None),
            _ => (it, None),
        };
        Some(Parameter { name: reader.text(name).to_owned(), default })
    };
    children(node).into_iter().filter_map(named).collect()
}

fn class(reader: &Reader, node: Node) -> Act {
    let bases: Vec<String> = field(node, "superclasses")
        .map(|it| children(it).into_iter().map(|it| reader.text(it).to_owned()).collect())
        .unwrap_or_default();
    let is_command =
        bases.iter().any(|it| it.rsplit('.').next().is_some_and(|it| it.ends_with("Command")));
    let mut body = body(reader, node, "body");
    if is_command {
        for statement in &mut body {
            if let Act::Define(function) = &mut statement.act
                && matches!(function.name.as_str(), "handle" | "handle_noargs" | "run" | "execute")
                && let Some(function) = Rc::get_mut(function)
            {
                function.called_by = Some(Reach::Task);
            }
        }
    }
    let name = field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default();
    Act::Class(Rc::new(Class { name, base: bases.into_iter().next(), body }))
}
