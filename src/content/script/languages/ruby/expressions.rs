//! Expressions of Ruby.

use std::rc::Rc;

use tree_sitter::Node;

use super::super::named;
use super::super::text::unescaped;
use super::calls::call;
use super::{Ruby, handed, parameters, statement};
use crate::content::script::syntax::{
    Argument, Call, Comparison, Expression, Form, Function, Part, Shared,
};
use crate::content::script::tree::{children, field, long_chain};

/// Names under which a program knows what its caller said.
const ARGUMENTS: &[&str] = &["args", "options", "opts", "ARGV", "params"];

pub(super) fn expression(ruby: &Ruby, node: Node) -> Shared {
    ruby.reader.bounded(node, || form(ruby, node))
}

pub(super) fn of(ruby: &Ruby, node: Node, name: &str) -> Shared {
    field(node, name)
        .map_or_else(|| ruby.reader.expression(node, Form::Nothing), |it| expression(ruby, it))
}

fn all(ruby: &Ruby, node: Node) -> Vec<Shared> {
    children(node).into_iter().map(|it| expression(ruby, it)).collect()
}

/// A name that stands alone: a method without arguments.
pub(super) fn bare_call(ruby: &Ruby, node: Node) -> Shared {
    let callee = ruby.reader.expression(node, Form::Name(ruby.reader.text(node).to_owned()));
    ruby.reader.expression(node, Form::Call(Call { callee, arguments: Vec::new(), block: None }))
}

/// The plain texts and symbols in a value.
pub(super) fn texts_of(ruby: &Ruby, node: Node) -> Vec<String> {
    let value = expression(ruby, node);
    match &value.form {
        Form::List(all) => all.iter().filter_map(|it| it.literal()).collect(),
        _ => value.literal().into_iter().collect(),
    }
}

/// What stands in brackets, as if it stood without them.
fn inside(ruby: &Ruby, node: Node) -> Form {
    ruby.reader.deeper(|| form(ruby, node)).unwrap_or(Form::Nothing)
}

fn form(ruby: &Ruby, node: Node) -> Form {
    let text = ruby.reader.text(node);
    match node.kind() {
        "string" | "bare_string" | "bare_symbol" | "regex" | "delimited_symbol" => {
            Form::Text(string(ruby, node))
        }
        "simple_symbol" | "hash_key_symbol" => {
            Form::Text(plain(ruby, node, text.trim_start_matches(':')))
        }
        "heredoc_beginning" => match ruby.documents.get(&node.start_byte()) {
            Some(body) => Form::Text(string(ruby, *body)),
            None => Form::Nothing,
        },
        "chained_string" => Form::Join(all(ruby, node)),
        "subshell" => {
            let callee = ruby.reader.expression(node, Form::Name("%x".to_owned()));
            let value = ruby.reader.expression(node, Form::Text(string(ruby, node)));
            Form::Call(Call {
                callee,
                arguments: vec![Argument { name: None, value }],
                block: None,
            })
        }
        "integer" | "float" => Form::Number(text.to_owned()),
        "true" => Form::Bool(true),
        "false" => Form::Bool(false),
        "nil" => Form::Nothing,
        "identifier"
            if ruby.methods.contains(text) && !super::structure::is_parameter(ruby, node)
                || matches!(text, "gets" | "readline" | "exit" | "exit!" | "abort") =>
        {
            Form::Either(vec![bare_call(ruby, node)])
        }
        "identifier" | "constant" | "global_variable" | "instance_variable" | "class_variable"
        | "self" => match ruby.reader.hole(text) {
            Some(hole) => Form::Either(vec![hole]),
            None => Form::Name(text.to_owned()),
        },
        "scope_resolution" => {
            let name = field(node, "name").map(|it| ruby.reader.text(it)).unwrap_or_default();
            match field(node, "scope") {
                Some(scope) => Form::Member(expression(ruby, scope), name.to_owned()),
                None => Form::Name(name.to_owned()),
            }
        }
        "yield" => {
            let callee = ruby.reader.expression(node, Form::Name("yield".to_owned()));
            let given = children(node).into_iter().flat_map(children);
            let given = given.map(|it| Argument { name: None, value: expression(ruby, it) });
            Form::Call(Call { callee, arguments: given.collect(), block: None })
        }
        "element_reference" => element(ruby, node),
        "call" => call(ruby, node),
        "unary" => match field(node, "operator").map(|it| it.kind()) {
            Some("!" | "not") => Form::Not(of(ruby, node, "operand")),
            Some("defined?") => Form::Other(Vec::new()),
            _ => Form::Other(vec![of(ruby, node, "operand")]),
        },
        "binary" => binary(ruby, node),
        "conditional" => Form::Choice(
            of(ruby, node, "condition"),
            of(ruby, node, "consequence"),
            of(ruby, node, "alternative"),
        ),
        "array" | "string_array" | "symbol_array" | "right_assignment_list" => {
            Form::List(all(ruby, node))
        }
        "hash" => Form::Map(
            children(node)
                .into_iter()
                .filter(|it| it.kind() == "pair")
                .map(|it| (of(ruby, it, "key"), of(ruby, it, "value")))
                .collect(),
        ),
        "lambda" => match field(node, "body") {
            Some(body) => {
                let parameters = parameters(ruby, node);
                Form::Lambda(Rc::new(Function { parameters, ..handed(ruby, body) }))
            }
            None => Form::Nothing,
        },
        "parenthesized_statements" | "argument_list" if children(node).len() == 1 => {
            match children(node).first() {
                Some(inner) => inside(ruby, *inner),
                None => Form::Nothing,
            }
        }
        "rescue_modifier" => match field(node, "body") {
            Some(body) => inside(ruby, body),
            None => Form::Nothing,
        },
        "assignment" | "operator_assignment"
            if field(node, "left").is_some_and(|it| it.kind() != "left_assignment_list") =>
        {
            let name = field(node, "left").map(|it| ruby.reader.text(it)).unwrap_or_default();
            Form::Set(name.to_owned(), of(ruby, node, "right"))
        }
        "if"
        | "unless"
        | "case"
        | "begin"
        | "return"
        | "next"
        | "break"
        | "if_modifier"
        | "unless_modifier"
        | "while"
        | "until"
        | "parenthesized_statements" => Form::Group(Rc::new(statement(ruby, node))),
        _ => Form::Other(all(ruby, node)),
    }
}

fn plain(ruby: &Ruby, node: Node, text: &str) -> Vec<Part> {
    vec![Part::Plain { text: text.to_owned(), line: ruby.reader.line(node), is_spread: true }]
}

fn string(ruby: &Ruby, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    for it in named(node) {
        match it.kind() {
            "string_content" | "heredoc_content" => {
                parts.extend(plain(ruby, it, ruby.reader.text(it)))
            }
            "escape_sequence" if node.kind() == "regex" => {
                parts.extend(plain(ruby, it, &of_pattern(ruby.reader.text(it))))
            }
            "escape_sequence" => parts.extend(plain(ruby, it, &unescaped(ruby.reader.text(it)))),
            "interpolation" => {
                parts.extend(children(it).first().map(|it| Part::Hole(expression(ruby, *it))))
            }
            _ => {}
        }
    }
    parts
}

/// An escape of a pattern, where one that other languages have as well says the same.
fn of_pattern(text: &str) -> String {
    match text {
        "\\A" => "^".to_owned(),
        "\\z" | "\\Z" => "$".to_owned(),
        "\\d" | "\\w" | "\\s" | "\\D" | "\\W" | "\\S" => text.to_owned(),
        _ => unescaped(text),
    }
}

fn binary(ruby: &Ruby, node: Node) -> Form {
    if let Some(all) = long_chain(node, "+") {
        return Form::Join(all.into_iter().map(|it| expression(ruby, it)).collect());
    }
    let (left, right) = (of(ruby, node, "left"), of(ruby, node, "right"));
    let compare = |comparison, left, right| Form::Compare(comparison, left, right);
    match field(node, "operator").map(|it| it.kind()).unwrap_or_default() {
        "&&" | "and" => Form::All(vec![left, right]),
        "||" | "or" => match &left.form {
            // `ENV['X'] || 'default'`.
            Form::Environment(name, None) if right.literal().is_some() => {
                Form::Environment(name.clone(), Some(right))
            }
            _ => Form::Any(vec![left, right]),
        },
        "==" | "===" | "eql?" => compare(Comparison::Equal, left, right),
        "!=" => Form::Not(ruby.reader.expression(node, compare(Comparison::Equal, left, right))),
        "=~" => compare(Comparison::Fits, left, right),
        "!~" => Form::Not(ruby.reader.expression(node, compare(Comparison::Fits, left, right))),
        "<" | ">" | "<=" | ">=" => compare(Comparison::Order, left, right),
        "+" | "<<" => Form::Join(vec![left, right]),
        "/" => Form::Join(vec![left, Expression::text(ruby.reader.line(node), "/"), right]),
        _ => Form::Other(vec![left, right]),
    }
}

/// `clear = true if Rails.env.development?`, where nothing else sets it: it is what the condition says.
pub(super) fn is_switched(ruby: &Ruby, node: Node) -> bool {
    let set = field(node, "body").filter(|it| it.kind() == "assignment");
    let is_true = set.and_then(|it| field(it, "right")).is_some_and(|it| it.kind() == "true");
    let name = set.and_then(|it| field(it, "left")).filter(|it| it.kind() == "identifier");
    let times = name.and_then(|it| ruby.assigned.get(ruby.reader.text(it)));
    is_true && times == Some(&1)
}

/// `statements << text` on a line of its own.
pub(super) fn lengthened(ruby: &Ruby, node: Node) -> Shared {
    let value = of(ruby, node, "right");
    // `DB << 'DROP TABLE users'` of Sequel.
    let is_database = field(node, "left")
        .is_some_and(|it| matches!(ruby.reader.text(it), "DB" | "db" | "@db" | "database"));
    let name = if is_database { "execute" } else { "<<" };
    let on = Form::Member(of(ruby, node, "left"), name.to_owned());
    let callee = ruby.reader.expression(node, on);
    let arguments = vec![Argument { name: None, value }];
    ruby.reader.expression(node, Form::Call(Call { callee, arguments, block: None }))
}

fn element(ruby: &Ruby, node: Node) -> Form {
    let object = field(node, "object");
    let key = children(node).into_iter().nth(1).map(|it| expression(ruby, it));
    let (Some(object), Some(key)) = (object, key) else { return Form::Other(all(ruby, node)) };
    match (ruby.reader.text(object), key.literal()) {
        ("ENV", Some(name)) => Form::Environment(name, None),
        (it, Some(name)) if ARGUMENTS.contains(&it) => Form::Argument(name),
        _ => Form::Index(expression(ruby, object), key),
    }
}
