//! Calls in JavaScript: who runs the functions that they hand over, and what stands for more than its name.

use std::rc::Rc;

use tree_sitter::Node;

use super::expressions::{all, arguments_of, bare, expression, of, words_of_pattern};
use super::tagged::tagged;
use super::{Js, names, promises, routes, tasks};
use crate::content::script::syntax::{
    Act, Argument, Call, Command, Comparison, Expression, Form, Part, Shared, Statement,
};
use crate::content::script::tree::{children, field};
use crate::content::script::words;

/// Functions that take the command line apart.
const PARSERS: &[&str] = &[
    "minimist",
    "mri",
    "getopts",
    "parseArgs",
    "yargsParser",
    "commandLineArgs",
    "meow",
    "parseArguments",
    "subarg",
    "dashdash",
    "parseCliArgs",
];

/// Commands of shelljs.
const SHELLJS: &[&str] = &["shell", "shelljs", "sh"];

/// The way to a field, such as `process.env`; empty where something is called on it.
pub(super) fn chain(of: &Expression) -> String {
    match &of.form {
        Form::Name(name) => name.clone(),
        Form::Member(on, name) => match chain(on).as_str() {
            "" => String::new(),
            on => format!("{on}.{name}"),
        },
        Form::Argument(name) if name == "argv" => "process.argv".to_owned(),
        _ => String::new(),
    }
}

/// What is called.
pub(super) fn callee(js: &Js, node: Node) -> Shared {
    let node = match node.kind() {
        "non_null_expression" | "parenthesized_expression" | "instantiation_expression" => {
            bare(node)
        }
        _ => node,
    };
    match node.kind() {
        "member_expression" => {
            let name = field(node, "property").map(|it| js.text(it)).unwrap_or_default();
            js.make(node, Form::Member(of(js, node, "object"), name.to_owned()))
        }
        // `model['deleteMany']()`.
        "subscript_expression" => match of(js, node, "index").literal() {
            Some(name) => js.make(node, Form::Member(of(js, node, "object"), name)),
            None => expression(js, node),
        },
        _ => expression(js, node),
    }
}

pub(super) fn call(js: &Js, node: Node) -> Form {
    if let Some(form) = promises::chained(js, node).or_else(|| parsed(js, node)) {
        return form;
    }
    let Some(called) = field(node, "function") else { return Form::Nothing };
    let Some(given) = field(node, "arguments") else { return Form::Nothing };
    if given.kind() == "template_string" {
        return tagged(js, called, given);
    }
    let given = children(given);
    if tasks::is_handled_elsewhere(js, called, &given) {
        // What it hands over is run by an application or a test, not by this file.
        let plain = given
            .iter()
            .copied()
            .filter(|it| !tasks::is_function(*it) && it.kind() != "identifier");
        let arguments = plain.map(|it| argument(js, it)).collect();
        let block = routes::route(js, called, &given).map(Rc::new);
        return Form::Call(Call { callee: callee(js, called), arguments, block });
    }
    if let Some((place, task)) = tasks::task(js, called, &given) {
        let others = given.iter().enumerate().filter(|(n, _)| *n != place);
        let arguments = others.map(|(_, it)| argument(js, *it)).collect();
        return Form::Call(Call {
            callee: callee(js, called),
            arguments,
            block: Some(Rc::new(task)),
        });
    }
    if let Some((_, before)) = given.split_last()
        && let Some(asks) = asking(js, called, before)
    {
        let arguments = given.iter().map(|it| argument(js, *it)).collect();
        return Form::Call(Call { callee: asks, arguments, block: None });
    }
    let on = callee(js, called);
    let arguments: Vec<Argument> = given
        .into_iter()
        .filter(|it| !tasks::handles_requests(js, *it))
        .map(|it| argument(js, it))
        .collect();
    meant(js, node, &on, &arguments).unwrap_or(Form::Call(Call {
        callee: on,
        arguments,
        block: None,
    }))
}

pub(super) fn argument(js: &Js, node: Node) -> Argument {
    Argument { name: None, value: expression(js, node) }
}

/// What some calls mean beyond their names.
fn meant(js: &Js, node: Node, on: &Shared, given: &[Argument]) -> Option<Form> {
    let line = js.line(node);
    let first = given.first().map(|it| &it.value);
    let way = chain(on);
    // A command of oclif ends so.
    if matches!(way.as_str(), "this.error" | "this.exit") && js.known.has_commands {
        let callee = Expression::new(line, Form::Name("exit".to_owned()));
        return Some(Form::Call(Call { callee, arguments: given.to_vec(), block: None }));
    }
    match (way.as_str(), first) {
        ("path.join" | "path.resolve" | "join" | "resolve" | "path.posix.join", Some(_))
            if given.len() > 1 =>
        {
            let mut parts = Vec::new();
            for it in given {
                if !parts.is_empty() {
                    parts.push(Expression::text(line, "/"));
                }
                parts.push(Rc::clone(&it.value));
            }
            return Some(Form::Join(parts));
        }
        (
            "path.resolve" | "path.normalize" | "fileURLToPath" | "Boolean" | "Promise.resolve",
            Some(first),
        ) if given.len() == 1 => {
            return Some(Form::Either(vec![Rc::clone(first)]));
        }
        ("setTimeout", Some(first)) if matches!(first.form, Form::Lambda(_) | Form::Name(_)) => {
            return Some(late(line, on, given, first));
        }
        ("os.tmpdir" | "tmpdir", None) => return Some(text(line, "/tmp")),
        ("os.homedir" | "homedir", None) => return Some(text(line, "~")),
        (
            "Deno.env.get" | "Bun.env.get" | "config.get" | "configService.get" | "app.get" | "env"
            | "getEnv" | "env.get",
            Some(first),
        ) if !js.reader.has_own_env() || way.contains('.') => {
            let name = first.literal()?;
            return Some(Form::Environment(name, given.get(1).map(|it| Rc::clone(&it.value))));
        }
        // `_.get(process.env, 'APP_ENV', 'dev')`.
        ("_.get" | "lodash.get" | "get", Some(first)) if chain(first) == "process.env" => {
            let name = given.get(1)?.value.literal()?;
            return Some(Form::Environment(name, given.get(2).map(|it| Rc::clone(&it.value))));
        }
        _ => {}
    }
    let Form::Member(on, name) = &on.form else { return None };
    match (name.as_str(), first) {
        // `/^y/i.test(answer)`, `answer.match(/^y/i)`.
        ("test" | "exec", Some(first)) => {
            let pattern = pattern(on)?;
            Some(Form::Compare(Comparison::Fits, Rc::clone(first), pattern))
        }
        ("match", Some(first)) => {
            let pattern = pattern(first).filter(|_| matches!(first.form, Form::List(_)))?;
            Some(Form::Compare(Comparison::Fits, Rc::clone(on), pattern))
        }
        ("some", Some(first)) => among(line, on, first),
        (program, Some(_))
            if matches!(&on.form, Form::Name(it) if SHELLJS.contains(&it.as_str()))
                && program != "exec"
                && program != "which" =>
        {
            let mut words = vec![Expression::text(line, program)];
            words.extend(given.iter().map(|it| Rc::clone(&it.value)));
            Some(Form::Command(Command { words, ..Command::default() }))
        }
        _ => None,
    }
}

/// `setTimeout(next, 5000)`: it waits, and then calls, while what comes next does not wait.
fn late(line: u32, on: &Shared, given: &[Argument], next: &Shared) -> Form {
    let call = |callee: &Shared, arguments: Vec<Argument>| {
        let callee = Rc::clone(callee);
        Expression::new(line, Form::Call(Call { callee, arguments, block: None }))
    };
    let waits = call(on, given.iter().skip(1).cloned().collect());
    let unknown = Expression::new(line, Form::Other(Vec::new()));
    let nothing = Expression::new(line, Form::Nothing);
    let then = Form::Choice(unknown, call(next, Vec::new()), nothing);
    Form::Other(vec![waits, Expression::new(line, then)])
}

fn text(line: u32, text: &str) -> Form {
    Form::Text(vec![Part::Plain { text: text.to_owned(), line, is_spread: false }])
}

/// The words of a pattern: in slashes, or made of a text.
fn pattern(of: &Shared) -> Option<Shared> {
    match &of.form {
        Form::List(_) => Some(Rc::clone(of)),
        Form::Call(call) if chain(&call.callee) == "RegExp" => {
            let text = call.arguments.first()?.value.literal()?;
            let words = words_of_pattern(&text).into_iter().map(|it| Expression::text(of.line, it));
            Some(Expression::new(of.line, Form::List(words.collect())))
        }
        _ => None,
    }
}

/// `all.some((one) => one === 'word')`: whether the word is among them.
fn among(line: u32, all: &Shared, by: &Shared) -> Option<Form> {
    let Form::Lambda(function) = &by.form else { return None };
    let parameter = &function.parameters.first()?.name;
    let [Statement { act: Act::Return(Some(test)), .. }] = function.body.as_slice() else {
        return None;
    };
    let is_it = |it: &Shared| matches!(&it.form, Form::Name(name) if name == parameter);
    // `HOSTS.some((it) => url.includes(it))`.
    if let Form::Call(call) = &test.form
        && let [only] = call.arguments.as_slice()
        && is_it(&only.value)
    {
        let callee = Rc::clone(&call.callee);
        let arguments = vec![Argument { name: None, value: Rc::clone(all) }];
        return Some(Form::Call(Call { callee, arguments, block: None }));
    }
    let Form::Compare(Comparison::Equal, left, right) = &test.form else { return None };
    let is_parameter = is_it(left);
    if !is_parameter || right.literal().is_none() {
        return None;
    }
    let callee = Expression::new(line, Form::Member(Rc::clone(all), "includes".to_owned()));
    let arguments = vec![Argument { name: None, value: Rc::clone(right) }];
    Some(Form::Call(Call { callee, arguments, block: None }))
}

/// `new Something(...)`.
pub(super) fn made(js: &Js, node: Node) -> Form {
    let Some(class) = field(node, "constructor") else { return Form::Nothing };
    let name = js.text(class);
    if name == "Promise"
        && let Some(form) = promises::made(js, node)
    {
        return form;
    }
    let given = field(node, "arguments").map(children).unwrap_or_default();
    // A queue's worker, a server: what it is given runs when something comes in.
    let waits = matches!(
        name,
        "Worker"
            | "CronJob"
            | "Cron"
            | "Server"
            | "IntersectionObserver"
            | "MutationObserver"
            | "Elysia"
    );
    let arguments: Vec<Argument> = given
        .into_iter()
        .filter(|it| !(waits && tasks::is_function(*it)))
        .map(|it| argument(js, it))
        .collect();
    if name == "URL"
        && arguments.len() == 2
        && let Some(path) = arguments.first()
    {
        return Form::Either(vec![Rc::clone(&path.value)]);
    }
    Form::Call(Call { callee: expression(js, class), arguments, block: None })
}

/// All that the caller said, where this is what takes it apart.
pub(super) fn parsed(js: &Js, node: Node) -> Option<Form> {
    let text = js.text(node);
    if text.len() > 20_000 {
        return None;
    }
    let (name, called) = match node.kind() {
        "call_expression" => {
            let called = field(node, "function")?;
            let name = match called.kind() {
                "identifier" => js.text(called),
                // `require('minimist')(process.argv.slice(2))`.
                "call_expression" if js.text(called).starts_with("require(") => js
                    .text(called)
                    .trim_start_matches("require(")
                    .trim_matches(['(', ')', '\'', '"']),
                _ => field(called, "property").map(|it| js.text(it))?,
            };
            (name, true)
        }
        _ => (field(node, "property").map(|it| js.text(it))?, false),
    };
    let begins = text.trim_start_matches(['(', ' ']);
    let is_line = [
        "yargs",
        "require('yargs",
        "require(\"yargs",
        "program",
        "cli",
        "new Command",
        "commander",
        "parser",
        "cac",
        "sade",
    ]
    .iter()
    .any(|it| begins.starts_with(it));
    let takes_apart = match (name, called) {
        ("argv", false) => is_line && begins != "process.argv",
        ("opts" | "optsWithGlobals" | "parseSync", true) => true,
        ("parse" | "parseAsync", true) => {
            is_line
                && (begins.starts_with("yargs")
                    || begins.starts_with("require")
                    || text.contains("process.argv"))
                && text.contains("yargs")
                || (begins.starts_with("this.parse(") && js.known.has_commands)
                || begins.starts_with("parse(Deno.args")
        }
        ("arg" | "parse_args", true) => text.contains("Boolean") || text.contains("process.argv"),
        // `Object.fromEntries(process.argv.slice(2).map((it) => it.split('=')))`.
        ("fromEntries", true) => text.contains("process.argv"),
        (name, true) => PARSERS.contains(&name),
        _ => false,
    };
    if !takes_apart {
        return None;
    }
    let whole = match called {
        true => {
            let on = callee(js, field(node, "function")?);
            let given = field(node, "arguments").map(|it| all(js, it)).unwrap_or_default();
            let arguments = given.into_iter().map(|value| Argument { name: None, value }).collect();
            Form::Call(Call { callee: on, arguments, block: None })
        }
        false => Form::Member(of(js, node, "object"), name.to_owned()),
    };
    Some(arguments_of(js.line(node), js.make(node, whole)))
}

/// What asks, where a call hands a function over that gets the answer.
pub(super) fn asking(js: &Js, called: Node, given: &[Node]) -> Option<Shared> {
    let called = bare(called);
    let on = match called.kind() {
        "identifier" => js.text(called).to_owned(),
        "member_expression" => js.text(called).to_owned(),
        _ => return None,
    };
    let event =
        given.first().filter(|it| it.kind() == "string").map(|it| js.text(*it)).unwrap_or_default();
    let event = event.trim_matches(['\'', '"']);
    let (from, last) = on.rsplit_once('.').unwrap_or(("", on.as_str()));
    let hears = matches!(last, "on" | "once")
        && (from.ends_with("stdin") && matches!(event, "data" | "keypress" | "line")
            || matches!(from, "rl" | "readline" | "lines" | "reader") && event == "line");
    if hears {
        let from = js.make(called, Form::Name("rl".to_owned()));
        return Some(js.make(called, Form::Member(from, "question".to_owned())));
    }
    words::asks(&on).then(|| callee(js, called))
}

/// `all.push(one)`, where the list began without elements.
pub(super) fn pushed(js: &Js, node: Node) -> Option<Act> {
    let node = Some(node).filter(|it| it.kind() == "call_expression")?;
    let list = names::pushed(js.reader, node).filter(|it| js.known.lists.contains(it))?;
    let name = js.name(list);
    let mut parts = vec![js.make(node, Form::Name(name.clone()))];
    parts.extend(all(js, field(node, "arguments")?));
    Some(Act::Set(name, js.make(node, Form::List(parts))))
}

/// `assert(test)`: what comes next runs only where it holds.
pub(super) fn assertion(js: &Js, node: Node) -> Option<Act> {
    if node.kind() != "call_expression" {
        return None;
    }
    let given = children(field(node, "arguments")?);
    let line = js.line(node);
    let equal = |comparison| {
        let (left, right) = (expression(js, *given.first()?), expression(js, *given.get(1)?));
        Some(Form::Compare(comparison, left, right))
    };
    let test = match js.text(field(node, "function")?) {
        "assert" | "assert.ok" | "invariant" | "check.assert" | "assert.isTrue" => {
            Form::Either(vec![expression(js, *given.first()?)])
        }
        "assert.equal" | "assert.strictEqual" => equal(Comparison::Equal)?,
        "assert.notEqual" | "assert.notStrictEqual" => {
            Form::Not(js.make(node, equal(Comparison::Equal)?))
        }
        "assert.match" => equal(Comparison::Fits)?,
        _ => return None,
    };
    let then = vec![Statement { line, act: Act::Throw(None) }];
    let test = Expression::new(line, Form::Not(js.make(node, test)));
    Some(Act::If { test, then, otherwise: Vec::new() })
}
