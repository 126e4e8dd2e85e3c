//! Python.

use std::rc::Rc;

use tree_sitter::Node;

use super::Reader;
use super::text::unescaped;
use crate::content::script::Reach;
use crate::content::script::syntax::{
    Act, Argument, Block, Call, Class, Comparison, Expression, Form, Function, Loop, Parameter,
    Part, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields};

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
    block(reader, root)
}

fn block(reader: &Reader, node: Node) -> Block {
    if !reader.enter() {
        return Vec::new();
    }
    let all = children(node).into_iter().flat_map(|it| statement(reader, it)).collect();
    reader.leave();
    all
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
            one(Act::Loop(Loop {
                variable: left.map(|it| reader.text(it).to_owned()),
                over: right.map(|it| expression(reader, it)),
                test: None,
                body: body(reader, node, "body"),
                runs_first: false,
            }))
        }
        "while_statement" => one(Act::Loop(Loop {
            variable: None,
            over: None,
            test: field(node, "condition").map(|it| expression(reader, it)),
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
        "match_statement" => {
            let bodies = children(node).into_iter().flat_map(|it| statement(reader, it)).collect();
            one(Act::Block(bodies))
        }
        "block" | "ERROR" | "case_clause" => block(reader, node),
        _ => Vec::new(),
    }
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
            if matches!(left.kind(), "pattern_list" | "tuple_pattern") {
                let opaque = Expression::new(line, Form::Other(vec![value]));
                return children(left)
                    .into_iter()
                    .map(|it| {
                        let name = reader.text(it).to_owned();
                        Statement { line, act: Act::Set(name, Rc::clone(&opaque)) }
                    })
                    .collect();
            }
            vec![Statement { line, act: Act::Set(reader.text(left).to_owned(), value) }]
        }
        // A text that stands alone is a comment.
        "string" | "concatenated_string" => Vec::new(),
        _ => vec![Statement { line, act: Act::Run(expression(reader, node)) }],
    }
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
    Act::If { test, then: body(reader, node, "consequence"), otherwise }
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
    let mut body = body(reader, node, "body");
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
    }
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
    Act::Class(Rc::new(Class { name, body }))
}

fn expression(reader: &Reader, node: Node) -> Shared {
    if !reader.enter() {
        return reader.expression(node, Form::Nothing);
    }
    let form = form(reader, node);
    reader.leave();
    reader.expression(node, form)
}

fn of(reader: &Reader, node: Node, name: &str) -> Shared {
    field(node, name)
        .map_or_else(|| reader.expression(node, Form::Nothing), |it| expression(reader, it))
}

fn all(reader: &Reader, node: Node) -> Vec<Shared> {
    children(node).into_iter().map(|it| expression(reader, it)).collect()
}

fn form(reader: &Reader, node: Node) -> Form {
    match node.kind() {
        "string" => Form::Text(string(reader, node)),
        "concatenated_string" => Form::Join(all(reader, node)),
        "integer" | "float" => Form::Number(reader.text(node).to_owned()),
        "true" => Form::Bool(true),
        "false" => Form::Bool(false),
        "none" => Form::Nothing,
        "identifier" => match reader.hole(reader.text(node)) {
            Some(hole) => Form::Either(vec![hole]),
            None => Form::Name(reader.text(node).to_owned()),
        },
        "attribute" => {
            let name = field(node, "attribute").map(|it| reader.text(it)).unwrap_or_default();
            let on = of(reader, node, "object");
            match &on.form {
                Form::Name(it) if ARGUMENTS.contains(&it.as_str()) && !OF_MAPS.contains(&name) => {
                    Form::Argument(name.to_owned())
                }
                _ => Form::Member(on, name.to_owned()),
            }
        }
        "subscript" => subscript(reader, node),
        "call" => call(reader, node),
        "not_operator" => Form::Not(of(reader, node, "argument")),
        "boolean_operator" => {
            let both = vec![of(reader, node, "left"), of(reader, node, "right")];
            let is_and = field(node, "operator").is_some_and(|it| it.kind() == "and");
            if is_and { Form::All(both) } else { Form::Any(both) }
        }
        "comparison_operator" => comparison(reader, node),
        "binary_operator" => {
            let (left, right) = (of(reader, node, "left"), of(reader, node, "right"));
            match field(node, "operator").map(|it| it.kind()) {
                Some("+") => Form::Join(vec![left, right]),
                Some("%") => formatted(reader, node, left, right),
                Some("/") => {
                    Form::Join(vec![left, Expression::text(reader.line(node), "/"), right])
                }
                _ => Form::Other(vec![left, right]),
            }
        }
        "conditional_expression" => match all(reader, node).as_slice() {
            [then, test, otherwise] => {
                Form::Choice(Rc::clone(test), Rc::clone(then), Rc::clone(otherwise))
            }
            other => Form::Other(other.to_vec()),
        },
        "list" | "tuple" | "set" | "expression_list" => Form::List(all(reader, node)),
        "dictionary" => Form::Map(
            children(node)
                .into_iter()
                .filter(|it| it.kind() == "pair")
                .map(|it| (of(reader, it, "key"), of(reader, it, "value")))
                .collect(),
        ),
        "lambda" => Form::Lambda(Rc::new(Function {
            line: reader.line(node),
            body: vec![Statement {
                line: reader.line(node),
                act: Act::Return(Some(of(reader, node, "body"))),
            }],
            ..Function::default()
        })),
        "named_expression" => {
            let name = field(node, "name").map(|it| reader.text(it).to_owned()).unwrap_or_default();
            Form::Set(name, of(reader, node, "value"))
        }
        "parenthesized_expression" | "await" | "list_splat" | "dictionary_splat" => {
            match children(node).first() {
                Some(inner) if reader.enter() => {
                    let form = form(reader, *inner);
                    reader.leave();
                    form
                }
                Some(_) => Form::Nothing,
                None => Form::Nothing,
            }
        }
        "list_comprehension"
        | "generator_expression"
        | "set_comprehension"
        | "dictionary_comprehension" => Form::Other(comprehension(reader, node)),
        _ => Form::Other(all(reader, node)),
    }
}

/// What a comprehension goes over, before what it makes of it.
fn comprehension(reader: &Reader, node: Node) -> Vec<Shared> {
    let mut parts = Vec::new();
    for it in children(node).into_iter().filter(|it| it.kind() == "for_in_clause") {
        parts.push(of(reader, it, "right"));
    }
    parts.push(of(reader, node, "body"));
    parts
}

fn subscript(reader: &Reader, node: Node) -> Form {
    let on = of(reader, node, "value");
    let by = field(node, "subscript")
        .map_or_else(|| reader.expression(node, Form::Nothing), |it| expression(reader, it));
    let whose = chain(&on);
    match (whose.as_str(), by.literal()) {
        ("os.environ" | "environ", Some(name)) => Form::Environment(name, None),
        ("sys.argv" | "argv", Some(n)) => Form::Argument(n),
        (whose, Some(name)) if ARGUMENTS.contains(&whose) => Form::Argument(name),
        _ => Form::Index(on, by),
    }
}

/// The way to a field, such as `os.environ`.
fn chain(of: &Expression) -> String {
    match &of.form {
        Form::Name(name) => name.clone(),
        Form::Member(on, name) => format!("{}.{name}", chain(on)),
        _ => String::new(),
    }
}

fn call(reader: &Reader, node: Node) -> Form {
    let callee = of(reader, node, "function");
    let arguments = field(node, "arguments").map(|it| arguments(reader, it)).unwrap_or_default();
    let way = chain(&callee);
    let first = arguments.first().and_then(|it| it.value.literal());
    let default = || {
        let named = arguments.iter().find(|it| it.name.as_deref() == Some("default"));
        named.or(arguments.get(1)).map(|it| Rc::clone(&it.value))
    };
    match (way.as_str(), first) {
        (
            "os.environ.get" | "os.getenv" | "environ.get" | "getenv" | "env" | "config"
            | "env.str" | "env.bool",
            Some(name),
        ) => {
            return Form::Environment(name, default());
        }
        (_, Some(name))
            if way
                .strip_suffix(".get")
                .is_some_and(|it| ARGUMENTS.contains(&it) || it == "kwargs") =>
        {
            return Form::Argument(name);
        }
        _ => {}
    }
    // `"... {} ..." .format(x)`.
    if let Form::Member(on, name) = &callee.form
        && name == "format"
        && on.literal().is_some()
    {
        let values: Vec<(Option<String>, Shared)> =
            arguments.iter().map(|it| (it.name.clone(), Rc::clone(&it.value))).collect();
        return Form::Text(super::text::braces(on, &values));
    }
    Form::Call(Call { callee, arguments, block: None })
}

fn arguments(reader: &Reader, node: Node) -> Vec<Argument> {
    if node.kind() != "argument_list" {
        return vec![Argument { name: None, value: expression(reader, node) }];
    }
    children(node)
        .into_iter()
        .map(|it| match it.kind() {
            "keyword_argument" => Argument {
                name: field(it, "name").map(|it| reader.text(it).to_owned()),
                value: of(reader, it, "value"),
            },
            _ => Argument { name: None, value: expression(reader, it) },
        })
        .collect()
}

fn comparison(reader: &Reader, node: Node) -> Form {
    let parts = all(reader, node);
    let signs: Vec<&str> = fields(node, "operators").into_iter().map(|it| it.kind()).collect();
    let (Some(left), Some(right), Some(sign)) = (parts.first(), parts.get(1), signs.first()) else {
        return Form::Other(parts);
    };
    let (left, right) = (Rc::clone(left), Rc::clone(right));
    let comparison = match *sign {
        "==" | "is" | "!=" | "<>" | "is not" => Comparison::Equal,
        "in" | "not in" => Comparison::In,
        _ => Comparison::Order,
    };
    let form = Form::Compare(comparison, left, right);
    match *sign {
        "!=" | "<>" | "is not" | "not in" => Form::Not(reader.expression(node, form)),
        _ => form,
    }
}

/// `"... %s ..." % values`.
fn formatted(reader: &Reader, node: Node, left: Shared, right: Shared) -> Form {
    let values = match &right.form {
        Form::List(all) => all.clone(),
        _ => vec![Rc::clone(&right)],
    };
    match left.literal() {
        Some(_) => Form::Text(super::text::percents(&left, &values)),
        None => Form::Other(vec![left, reader.expression(node, Form::List(values))]),
    }
}

fn string(reader: &Reader, node: Node) -> Vec<Part> {
    let mut is_raw = false;
    let mut parts = Vec::new();
    for it in super::named(node) {
        match it.kind() {
            "string_start" => is_raw = reader.text(it).contains(['r', 'R']),
            "string_content" => {
                // Escapes and, in older grammars, holes stand in the content.
                let text = reader.text(it);
                let text = if is_raw { text.to_owned() } else { unescaped(text) };
                let text = text.replace("{{", "{").replace("}}", "}");
                parts.push(Part::Plain { text, line: reader.line(it), is_spread: true });
            }
            "interpolation" => {
                let inner = field(it, "expression").or(children(it).first().copied());
                if let Some(inner) = inner {
                    parts.push(Part::Hole(expression(reader, inner)));
                }
            }
            _ => {}
        }
    }
    parts
}
