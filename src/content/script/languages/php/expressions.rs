//! Expressions of PHP.

use std::rc::Rc;

use tree_sitter::Node;

use super::super::named;
use super::super::text::unescaped;
use super::classes::{bare, function};
use super::settings::requested;
use super::{Php, alone, calls};
use crate::content::script::syntax::{Comparison, Expression, Form, Part, Shared, find_in};
use crate::content::script::tree::{DEPTH, children, field, long_chain};
use crate::content::script::value::ENVIRONMENT;

pub(super) fn expression(php: &Php, node: Node) -> Shared {
    let node = bare_of(node);
    let form = php.reader.deeper(|| form(php, node)).unwrap_or(Form::Nothing);
    Expression::new(php.line(calls::spoken(node)), form)
}

/// A node without what only says how it is read.
pub(super) fn bare_of(node: Node<'_>) -> Node<'_> {
    let mut node = node;
    while matches!(
        node.kind(),
        "parenthesized_expression" | "error_suppression_expression" | "clone_expression"
    ) {
        match children(node).first() {
            Some(inner) => node = *inner,
            None => break,
        }
    }
    node
}

pub(super) fn of(php: &Php, node: Node, name: &str) -> Shared {
    field(node, name).map_or_else(|| php.make(node, Form::Nothing), |it| expression(php, it))
}

pub(super) fn all(php: &Php, node: Node) -> Vec<Shared> {
    children(node).into_iter().map(|it| expression(php, it)).collect()
}

fn first(php: &Php, node: Node) -> Form {
    match children(node).first() {
        Some(it) => Form::Either(vec![expression(php, *it)]),
        None => Form::Nothing,
    }
}

fn form(php: &Php, node: Node) -> Form {
    match node.kind() {
        "cast_expression" => Form::Either(vec![of(php, node, "value")]),
        "string" | "encapsed_string" | "heredoc" | "nowdoc" => Form::Text(text(php, node)),
        "integer" | "float" => Form::Number(php.text(node).to_owned()),
        "boolean" => Form::Bool(php.text(node).eq_ignore_ascii_case("true")),
        "null" => Form::Nothing,
        "variable_name" => variable(php, node),
        "name" | "qualified_name" | "relative_name" | "relative_scope" => name(php, node),
        "member_access_expression" | "nullsafe_member_access_expression" => member(php, node),
        "class_constant_access_expression" | "scoped_property_access_expression" => {
            let parts = children(node);
            let (Some(on), Some(name)) = (parts.first(), parts.last()) else {
                return Form::Nothing;
            };
            let name = php.text(*name).trim_start_matches('$').to_owned();
            let scope = calls::scope(php, *on);
            match name.as_str() {
                // `User::class` is handed over as what it names.
                "class" => Form::Either(vec![scope]),
                _ => Form::Member(scope, name),
            }
        }
        "subscript_expression" => element(php, node),
        "array_creation_expression" => array(php, node),
        "anonymous_function" | "arrow_function" => Form::Lambda(Rc::new(function(php, node))),
        "function_call_expression"
        | "member_call_expression"
        | "nullsafe_member_call_expression"
        | "scoped_call_expression"
        | "object_creation_expression" => calls::call(php, node),
        "shell_command_expression" => calls::of_shell(php, node, Form::Text(text(php, node))),
        "print_intrinsic" => calls::plain_form(php, node, "print"),
        "unary_op_expression" => {
            let operand = of(php, node, "argument");
            match field(node, "operator").map(|it| it.kind()) {
                Some("!") => Form::Not(operand),
                _ => Form::Other(vec![operand]),
            }
        }
        "binary_expression" => binary(php, node),
        "conditional_expression" => conditional(php, node),
        "match_expression" => matching(php, node),
        "assignment_expression"
        | "reference_assignment_expression"
        | "augmented_assignment_expression" => {
            let value = assigned(php, node);
            match field(node, "left") {
                Some(left) if left.kind() == "variable_name" => {
                    Form::Set(php.variable(left), value)
                }
                _ => Form::Either(vec![value]),
            }
        }
        "throw_expression" => Form::Group(Rc::new(alone(php, node))),
        "argument" => first(php, node),
        "include_expression"
        | "include_once_expression"
        | "require_expression"
        | "require_once_expression" => Form::Other(Vec::new()),
        _ => Form::Other(all(php, node)),
    }
}

fn variable(php: &Php, node: Node) -> Form {
    let text = php.text(node);
    if let Some(hole) = php.reader.hole(text.trim_start_matches('$')) {
        return Form::Either(vec![hole]);
    }
    match text {
        "$this" => Form::Name("this".to_owned()),
        "$argv" => Form::Argument("argv".to_owned()),
        "$_GET" | "$_POST" | "$_REQUEST" => requested("request"),
        _ => Form::Name(php.variable(node)),
    }
}

/// Constants that say which environment this is, where the file does not define them.
const ENVIRONMENTS: &[&str] =
    &["YII_ENV", "WP_ENV", "WP_ENVIRONMENT_TYPE", "APPLICATION_ENV", "ENVIRONMENT"];

/// What a constant is known by.
pub(super) fn constant(name: &str) -> String {
    match ENVIRONMENTS.contains(&name) {
        true => format!("{ENVIRONMENT}{name}"),
        false => name.to_owned(),
    }
}

fn name(php: &Php, node: Node) -> Form {
    let text = bare(php.text(node));
    let line = php.line(node);
    let is_environment = |name: &str, word: &str| {
        let of = Expression::new(line, Form::Environment(name.to_owned(), None));
        Form::Compare(Comparison::Equal, of, Expression::text(line, word))
    };
    match text {
        "YII_ENV_PROD" => is_environment("YII_ENV", "prod"),
        "YII_ENV_DEV" => is_environment("YII_ENV", "dev"),
        "YII_ENV_TEST" => is_environment("YII_ENV", "test"),
        _ if ENVIRONMENTS.contains(&text) => Form::Environment(text.to_owned(), None),
        "PHP_EOL" | "DIRECTORY_SEPARATOR" => {
            let sign = if text == "PHP_EOL" { "\n" } else { "/" };
            Form::Either(vec![Expression::text(line, sign)])
        }
        _ => Form::Name(text.to_owned()),
    }
}

/// A field: of the object at hand its name is known by `this`.
fn member(php: &Php, node: Node) -> Form {
    let on = of(php, node, "object");
    let Some(name) = field(node, "name") else { return Form::Either(vec![on]) };
    match name.kind() {
        "name" => Form::Member(on, php.text(name).to_owned()),
        _ => Form::Index(on, expression(php, name)),
    }
}

/// An element: of the environment and of what the caller said as well.
fn element(php: &Php, node: Node) -> Form {
    let parts = children(node);
    let Some(on) = parts.first() else { return Form::Nothing };
    let key = parts.get(1).map(|it| expression(php, *it));
    let Some(key) = key else { return Form::Either(vec![expression(php, *on)]) };
    let on_text = php.text(*on);
    match (on_text, key.literal()) {
        ("$_SERVER", Some(name)) if name == "argv" => Form::Argument(name),
        ("$_ENV" | "$_SERVER", Some(name)) => Form::Environment(name, None),
        ("$_GET" | "$_POST" | "$_REQUEST", Some(name)) => requested(&name),
        // What WP-CLI hands over to each command.
        ("$assoc_args" | "$assoc", Some(name)) if php.has_commands => Form::Argument(name),
        ("$argv" | "$_SERVER['argv']", Some(place)) => match place.as_str() {
            // The script itself.
            "0" => Form::Other(Vec::new()),
            _ => Form::Argument(place),
        },
        (_, Some(name)) if matches!(key.form, Form::Text(_)) => {
            Form::Member(expression(php, *on), name)
        }
        _ => Form::Index(expression(php, *on), key),
    }
}

fn array(php: &Php, node: Node) -> Form {
    let elements = children(node);
    let is_map = elements.iter().any(|it| children(*it).len() == 2);
    let last = |it: &Node| children(*it).last().map(|it| expression(php, *it));
    match is_map {
        true => {
            let pair = |it: &Node| match children(*it)[..] {
                [key, value] => Some((expression(php, key), expression(php, value))),
                [value] => Some((php.make(*it, Form::Other(Vec::new())), expression(php, value))),
                _ => None,
            };
            Form::Map(elements.iter().filter_map(pair).collect())
        }
        false => Form::List(elements.iter().filter_map(last).collect()),
    }
}

/// The pieces of a text in quotes, or of a document.
fn text(php: &Php, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    let holder = field(node, "value").unwrap_or(node);
    for it in named(holder) {
        let line = php.line(it);
        match it.kind() {
            "string_content" | "nowdoc_string" => {
                // A document is put together line by line.
                if node.kind() == "nowdoc" && !parts.is_empty() {
                    parts.push(Part::Plain { text: "\n".to_owned(), line, is_spread: false });
                }
                let text = php.text(it).to_owned();
                parts.push(Part::Plain { text, line, is_spread: true });
            }
            "escape_sequence" => {
                let text = unescaped(php.text(it));
                parts.push(Part::Plain { text, line, is_spread: false });
            }
            "heredoc_start" | "heredoc_end" | "comment" => {}
            _ => parts.push(Part::Hole(expression(php, it))),
        }
    }
    if parts.is_empty() {
        parts.push(Part::Plain { text: String::new(), line: php.line(node), is_spread: false });
    }
    parts
}

/// What an assignment gives its left side.
pub(super) fn assigned(php: &Php, node: Node) -> Shared {
    let right = of(php, node, "right");
    if node.kind() != "augmented_assignment_expression" {
        return right;
    }
    let left = of(php, node, "left");
    match field(node, "operator").map(|it| it.kind()) {
        Some(".=") => php.make(node, Form::Join(vec![left, right])),
        Some("??=") => php.make(node, Form::Either(vec![left, right])),
        _ => php.make(node, Form::Other(vec![left, right])),
    }
}

/// A value, or another where there is none.
fn or_else(left: Shared, right: Shared, is_any: bool) -> Form {
    match &left.form {
        Form::Environment(name, None) if right.literal().is_some() => {
            Form::Environment(name.clone(), Some(right))
        }
        _ if is_any => Form::Any(vec![left, right]),
        _ => Form::Either(vec![left, right]),
    }
}

fn conditional(php: &Php, node: Node) -> Form {
    let (test, otherwise) = (of(php, node, "condition"), of(php, node, "alternative"));
    match field(node, "body") {
        Some(then) => Form::Choice(test, expression(php, then), otherwise),
        None => or_else(test, otherwise, true),
    }
}

fn binary(php: &Php, node: Node) -> Form {
    if let Some(all) = long_chain(node, ".") {
        return Form::Join(all.into_iter().map(|it| expression(php, it)).collect());
    }
    let (left, right) = (of(php, node, "left"), of(php, node, "right"));
    let compare = |it| Form::Compare(it, Rc::clone(&left), Rc::clone(&right));
    let sign = field(node, "operator").map(|it| php.text(it).to_lowercase()).unwrap_or_default();
    match sign.as_str() {
        "&&" | "and" => Form::All(vec![left, right]),
        "||" | "or" => Form::Any(vec![left, right]),
        "??" => or_else(left, right, false),
        "." => Form::Join(vec![left, right]),
        "==" | "===" | "!=" | "!==" | "<>" => {
            let equal = match (calls::is_place(&left), &right.form) {
                // `strpos($url, 'localhost') === false`.
                (true, Form::Bool(false)) => Form::Not(left),
                _ => compare(Comparison::Equal),
            };
            match (sign.starts_with(['!', '<']), equal) {
                (true, Form::Not(it)) => Form::Either(vec![it]),
                (true, equal) => Form::Not(php.make(node, equal)),
                (false, equal) => equal,
            }
        }
        "<" | ">" | "<=" | ">=" => compare(Comparison::Order),
        _ => Form::Other(vec![left, right]),
    }
}

/// `match ($one) { 'a', 'b' => ..., default => ... }` as a row of choices.
fn matching(php: &Php, node: Node) -> Form {
    let subject = of(php, node, "condition");
    let mut rest = php.make(node, Form::Nothing);
    let arms = field(node, "body").map(children).unwrap_or_default();
    let of_arm = |it: Node| of(php, it, "return_expression");
    if let Some(it) = arms.iter().find(|it| it.kind() == "match_default_expression") {
        rest = of_arm(*it);
    }
    for it in arms.into_iter().rev().filter(|it| it.kind() == "match_conditional_expression") {
        let line = php.line(it);
        let conditions = field(it, "conditional_expressions").map(|it| all(php, it));
        let tests = conditions.unwrap_or_default().into_iter().map(|pattern| match subject.form {
            Form::Bool(true) => pattern,
            _ => {
                let form = Form::Compare(Comparison::Equal, Rc::clone(&subject), pattern);
                Expression::new(line, form)
            }
        });
        let test = Expression::new(line, Form::Any(tests.collect()));
        rest = Expression::new(line, Form::Choice(test, of_arm(it), rest));
    }
    Form::Either(vec![rest])
}

/// Whether a body looks at one of many by a condition: what it does it does to some of them only. That it is there is no such
/// condition.
pub(super) fn picks(php: &Php, body: Node, name: &str) -> bool {
    let mut open = vec![(body, 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > DEPTH {
            continue;
        }
        let test = match node.kind() {
            "if_statement" | "else_if_clause" | "conditional_expression" | "switch_statement" => {
                field(node, "condition")
            }
            _ => None,
        };
        if let Some(test) = test {
            let text = php.text(test);
            let only_there =
                ["is_file", "is_dir", "file_exists", "is_link", "'..'", "\"..\"", "exists("]
                    .iter()
                    .chain(["isDir()", "isFile()", "isDot()", "isLink()"].iter())
                    .any(|it| text.contains(it));
            if !only_there && mentions(text, name) && !leaves_one_out(php, test) {
                return true;
            }
        }
        open.extend(children(node).into_iter().map(|it| (it, depth + 1)));
    }
    false
}

/// `$term->slug !== 'uncategorized'`: whether a condition holds for all but one whose name or key is written down.
fn leaves_one_out(php: &Php, test: Node) -> bool {
    let test = bare_of(test);
    let sign = field(test, "operator").map(|it| php.text(it)).unwrap_or_default();
    let is_written =
        |it: Node| matches!(it.kind(), "string" | "encapsed_string" | "integer" | "name");
    let is_key = |it: Node| {
        let text = php.text(it).trim_end_matches(['\'', '"', ']']).to_lowercase();
        ["id", "slug", "name", "login", "email"].iter().any(|end| text.ends_with(end))
    };
    let sides = (field(test, "left"), field(test, "right"));
    let (Some(left), Some(right)) = sides else { return false };
    matches!(sign, "!=" | "!==" | "<>")
        && (is_written(left) && is_key(right) || is_written(right) && is_key(left))
}

/// Whether a value is what this function gives back.
fn is_call_of(value: &Expression, function: &str) -> bool {
    matches!(&value.form, Form::Call(call)
        if matches!(&call.callee.form, Form::Name(it) if it == function))
}

/// The name that a test sets to the next file of a directory.
pub(super) fn read_of_directory(test: &Shared) -> Option<String> {
    find_in(vec![test], 10, |it| match &it.form {
        Form::Set(name, value) if is_call_of(value, "readdir") => Some(name.clone()),
        _ => None,
    })
}

/// Whether a text names this variable.
fn mentions(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let behind = text.get(at + name.len()..).and_then(|it| it.chars().next());
        !behind.is_some_and(|it| it.is_alphanumeric() || it == '_')
    })
}
