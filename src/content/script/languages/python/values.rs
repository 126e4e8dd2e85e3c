//! Expressions of Python.

use super::functions::handed_on;
use super::{ARGUMENTS, OF_MAPS, parameters};
use crate::content::script::languages::text::unescaped;
use crate::content::script::languages::{Reader, declared};
use crate::content::script::syntax::{
    Act, Argument, Call, Comparison, Expression, Form, Function, Parameter, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field, fields, long_chain};
use crate::content::script::value::{ARGUMENTS as ARGUMENTS_OF, ENVIRONMENT, OPTIONS};
use std::rc::Rc;
use tree_sitter::Node;

pub(super) fn expression(reader: &Reader, node: Node) -> Shared {
    reader.bounded(node, || form(reader, node))
}

pub(super) fn of(reader: &Reader, node: Node, name: &str) -> Shared {
    field(node, name)
        .map_or_else(|| reader.expression(node, Form::Nothing), |it| expression(reader, it))
}

pub(super) fn all(reader: &Reader, node: Node) -> Vec<Shared> {
    children(node).into_iter().map(|it| expression(reader, it)).collect()
}

pub(super) fn form(reader: &Reader, node: Node) -> Form {
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
                // `flags.FLAGS.reset`.
                Form::Member(_, it) if it == "FLAGS" && !OF_MAPS.contains(&name) => {
                    Form::Argument(name.to_owned())
                }
                _ => Form::Member(on, name.to_owned()),
            }
        }
        "subscript" => subscript(reader, node),
        "call" => call(reader, node),
        "not_operator" => Form::Not(of(reader, node, "argument")),
        // `~Q(username='admin')`.
        "unary_operator" if field(node, "operator").is_some_and(|it| it.kind() == "~") => {
            Form::Not(of(reader, node, "argument"))
        }
        "boolean_operator" => {
            let both = vec![of(reader, node, "left"), of(reader, node, "right")];
            let is_and = field(node, "operator").is_some_and(|it| it.kind() == "and");
            if is_and { Form::All(both) } else { Form::Any(both) }
        }
        "comparison_operator" => comparison(reader, node),
        "binary_operator" => {
            if let Some(all) = long_chain(node, "+") {
                return Form::Join(all.into_iter().map(|it| expression(reader, it)).collect());
            }
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
            parameters: field(node, "parameters")
                .map(|it| parameters(reader, it))
                .unwrap_or_default(),
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
                Some(inner) => reader.deeper(|| form(reader, *inner)).unwrap_or(Form::Nothing),
                None => Form::Nothing,
            }
        }
        "list_comprehension"
        | "generator_expression"
        | "set_comprehension"
        | "dictionary_comprehension" => {
            map_of(reader, node).unwrap_or_else(|| Form::Other(comprehension(reader, node)))
        }
        _ => Form::Other(all(reader, node)),
    }
}

/// `[f(it) for it in all]`, in which nothing is chosen: what a function makes of each.
fn map_of(reader: &Reader, node: Node) -> Option<Form> {
    let [body, clause] = children(node).try_into().ok()?;
    let name = field(clause, "left").filter(|it| it.kind() == "identifier")?;
    let is_plain =
        clause.kind() == "for_in_clause" && body.kind() != "pair" && !makes_map(reader, node);
    let (over, value) = (of(reader, clause, "right"), expression(reader, body));
    let line = value.line;
    let function = Function {
        line,
        parameters: vec![Parameter { name: reader.text(name).to_owned(), default: None }],
        body: vec![Statement { line, act: Act::Return(Some(value)) }],
        ..Function::default()
    };
    let callee = reader.expression(node, Form::Member(over, "map".to_owned()));
    let value = reader.expression(node, Form::Lambda(Rc::new(function)));
    let arguments = vec![Argument { name: None, value }];
    is_plain.then_some(Form::Call(Call { callee, arguments, block: None }))
}

/// `dict((name, row[name]) for name in names)`.
fn makes_map(reader: &Reader, node: Node) -> bool {
    let call = node.parent().filter(|_| node.kind() == "generator_expression");
    call.and_then(|it| field(it, "function")).is_some_and(|it| reader.text(it) == "dict")
}

/// What a comprehension goes over, before what it makes of it.
pub(super) fn comprehension(reader: &Reader, node: Node) -> Vec<Shared> {
    let mut parts = Vec::new();
    for it in children(node).into_iter().filter(|it| it.kind() == "for_in_clause") {
        parts.push(of(reader, it, "right"));
    }
    // Some of them are chosen; a condition that only leaves a few out chooses none.
    let chooses = children(node).into_iter().filter(|it| it.kind() == "if_clause").any(|it| {
        let text = reader.text(it);
        !text.contains(" not in ") && !text.contains("!=")
    });
    // `{name: value for name, value in row.items() if name in KEYS}` picks fields of one row.
    let is_of_one = node.kind() == "dictionary_comprehension"
        && children(node).iter().any(|it| reader.text(*it).contains(".items()"));
    let chooses = chooses && !is_of_one;
    if chooses {
        let callee = reader.expression(node, Form::Name("filter".to_owned()));
        let given = parts.drain(..).map(|value| Argument { name: None, value });
        let call = Call { callee, arguments: given.collect(), block: None };
        parts.push(reader.expression(node, Form::Call(call)));
    }
    parts.push(of(reader, node, "body"));
    parts
}

pub(super) fn subscript(reader: &Reader, node: Node) -> Form {
    let on = of(reader, node, "value");
    let mut all: Vec<Shared> =
        fields(node, "subscript").into_iter().map(|it| expression(reader, it)).collect();
    let by = match all.len() {
        0 => reader.expression(node, Form::Nothing),
        1 => all.remove(0),
        _ => reader.expression(node, Form::List(all)),
    };
    let whose = chain(&on);
    match (whose.as_str(), by.literal()) {
        ("os.environ" | "environ", Some(name)) => Form::Environment(name, None),
        ("sys.argv" | "argv", Some(n)) => Form::Argument(n),
        (whose, Some(name)) if ARGUMENTS.contains(&whose) => Form::Argument(name),
        _ => Form::Index(on, by),
    }
}

/// The way to a field, such as `os.environ`.
pub(super) fn chain(of: &Expression) -> String {
    match &of.form {
        Form::Name(name) => name.clone(),
        Form::Member(on, name) => format!("{}.{name}", chain(on)),
        _ => String::new(),
    }
}

/// `any(host in url for host in HOSTS)`: what holds for one of a list is said of the list.
fn any_of(reader: &Reader, node: Node) -> Option<Form> {
    let given = field(node, "arguments").filter(|it| it.kind() == "generator_expression")?;
    let parts = children(given);
    let [_, clause] = parts.as_slice() else { return None };
    if field(node, "function").map(|it| reader.text(it)) != Some("any")
        || clause.kind() != "for_in_clause"
    {
        return None;
    }
    let name = reader.text(field(*clause, "left")?);
    let is_it = |it: &Shared| matches!(&it.form, Form::Name(it) if it == name);
    let list = || of(reader, *clause, "right");
    match &of(reader, given, "body").form {
        Form::Compare(sign, left, right) => {
            let (left, right) = match (is_it(left), is_it(right)) {
                (true, false) => (list(), Rc::clone(right)),
                (false, true) => (Rc::clone(left), list()),
                _ => return None,
            };
            Some(Form::Compare(*sign, left, right))
        }
        Form::Call(call) => match call.arguments.as_slice() {
            [only] if is_it(&only.value) => {
                let arguments = vec![Argument { name: None, value: list() }];
                Some(Form::Call(Call { callee: Rc::clone(&call.callee), arguments, block: None }))
            }
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn call(reader: &Reader, node: Node) -> Form {
    if let Some(form) = any_of(reader, node) {
        return form;
    }
    let callee = of(reader, node, "function");
    let arguments = field(node, "arguments").map(|it| arguments(reader, it)).unwrap_or_default();
    let way = chain(&callee);
    if let Some(call) = handed_on(&way, &arguments) {
        return Form::Call(call);
    }
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
        ) if !(matches!(&*way, "env" | "config") && reader.has_own_env()) => {
            return Form::Environment(name, default());
        }
        // What whoever runs a notebook says, and what that is where nobody does.
        (_, Some(name)) if way.ends_with("widgets.get") => return Form::Argument(name),
        (_, Some(name))
            if ["text", "dropdown", "combobox"]
                .iter()
                .any(|it| way.strip_suffix(it).is_some_and(|it| it.ends_with("widgets."))) =>
        {
            let default = default().unwrap_or_else(|| reader.expression(node, Form::Nothing));
            return Form::Either(vec![declared(reader.line(node), &name, default)]);
        }
        // It is that from here on, where nobody says otherwise.
        ("os.environ.setdefault" | "environ.setdefault", Some(name)) => {
            let told = Form::Environment(name.clone(), default());
            return Form::Set(format!("{ENVIRONMENT}{name}"), reader.expression(node, told));
        }
        (_, Some(name))
            if way
                .strip_suffix(".get")
                .is_some_and(|it| ARGUMENTS.contains(&it) || it == "kwargs") =>
        {
            // `options.get("force", True)`.
            let default = default().filter(|it| !matches!(it.form, Form::Bool(false)));
            let default = default.filter(|it| matches!(it.form, Form::Bool(_) | Form::Text(_)));
            let Some(default) = default else { return Form::Argument(name) };
            return Form::Any(vec![reader.expression(node, Form::Argument(name)), default]);
        }
        _ => {}
    }
    // `getattr(database, name)` is `database[name]`.
    if way == "getattr"
        && let [on, name, ..] = arguments.as_slice()
    {
        let (on, by) = (Rc::clone(&on.value), Rc::clone(&name.value));
        return match by.literal() {
            Some(name) => Form::Member(on, name),
            None => Form::Index(on, by),
        };
    }
    // `os.path.join(BASE, 'data')`, `BASE.joinpath('data')`.
    let joined: Option<Vec<&Shared>> = match &callee.form {
        Form::Member(on, name) if name == "joinpath" => {
            Some([on].into_iter().chain(arguments.iter().map(|it| &it.value)).collect())
        }
        _ if matches!(way.as_str(), "os.path.join" | "path.join" | "osp.join") => {
            Some(arguments.iter().map(|it| &it.value).collect())
        }
        _ => None,
    };
    if let Some(parts) = joined.filter(|it| it.len() > 1) {
        let line = reader.line(node);
        let mut all: Vec<Shared> = Vec::new();
        for part in parts {
            if !all.is_empty() {
                all.push(Expression::text(line, "/"));
            }
            all.push(Rc::clone(part));
        }
        return Form::Join(all);
    }
    // What this gives back has the flags as its fields, whatever it is called.
    if way.ends_with(".parse_args") || way.rsplit('.').next() == Some("docopt") {
        let callee = Expression::new(reader.line(node), Form::Name(ARGUMENTS_OF.to_owned()));
        return Form::Call(Call { callee, arguments, block: None });
    }
    // `"... {} ..." .format(x)`.
    if let Form::Member(on, name) = &callee.form
        && name == "format"
        && on.literal().is_some()
    {
        let values: Vec<(Option<String>, Shared)> =
            arguments.iter().map(|it| (it.name.clone(), Rc::clone(&it.value))).collect();
        return Form::Text(crate::content::script::languages::text::braces(on, &values));
    }
    Form::Call(Call { callee, arguments, block: None })
}

pub(super) fn arguments(reader: &Reader, node: Node) -> Vec<Argument> {
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
            // `main(**vars(parser.parse_args()))`.
            "dictionary_splat" => {
                let value = expression(reader, it);
                let are_options = matches!(&value.form,
                    Form::Call(call) if matches!(&call.callee.form, Form::Name(it) if it == "vars"));
                Argument { name: are_options.then(|| OPTIONS.to_owned()), value }
            }
            _ => Argument { name: None, value: expression(reader, it) },
        })
        .collect()
}

pub(super) fn comparison(reader: &Reader, node: Node) -> Form {
    let parts = all(reader, node);
    let signs: Vec<&str> = fields(node, "operators").into_iter().map(|it| it.kind()).collect();
    let (Some(left), Some(right), Some(sign)) = (parts.first(), parts.get(1), signs.first()) else {
        return Form::Other(parts);
    };
    let (left, right) = (Rc::clone(left), Rc::clone(right));
    // `"RESET" in os.environ` asks whether that is set.
    if matches!(*sign, "in" | "not in")
        && matches!(chain(&right).as_str(), "os.environ" | "environ")
        && let Some(name) = left.literal()
    {
        let value = reader.expression(node, Form::Environment(name, None));
        let callee = reader.expression(node, Form::Name("present".to_owned()));
        let arguments = vec![Argument { name: None, value }];
        let form = Form::Call(Call { callee, arguments, block: None });
        return match *sign {
            "in" => form,
            _ => Form::Not(reader.expression(node, form)),
        };
    }
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
pub(super) fn formatted(reader: &Reader, node: Node, left: Shared, right: Shared) -> Form {
    let values = match &right.form {
        Form::List(all) => all.clone(),
        _ => vec![Rc::clone(&right)],
    };
    match left.literal() {
        Some(_) => Form::Text(crate::content::script::languages::text::percents(&left, &values)),
        None if matches!(
            (&left.form, &right.form),
            (Form::Name(_) | Form::Member(..), Form::List(_))
        ) =>
        {
            said_later(reader, node, left, values)
        }
        None => Form::Other(vec![left, reader.expression(node, Form::List(values))]),
    }
}

/// `TEMPLATE % (name, path)`: the text stands elsewhere in the file.
fn said_later(reader: &Reader, node: Node, text: Shared, values: Vec<Shared>) -> Form {
    let callee = reader.expression(node, Form::Name("sprintf".to_owned()));
    let all = std::iter::once(text).chain(values);
    let arguments = all.map(|value| Argument { name: None, value }).collect();
    Form::Call(Call { callee, arguments, block: None })
}

pub(super) fn string(reader: &Reader, node: Node) -> Vec<Part> {
    let mut is_raw = false;
    let mut parts = Vec::new();
    for it in crate::content::script::languages::named(node) {
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
