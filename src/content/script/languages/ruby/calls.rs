//! Calls of Ruby: of methods, of tasks, and those that ask for the environment.

use std::rc::Rc;

use tree_sitter::Node;

use super::expressions::{expression, of};
use super::{LATER, Ruby, deploy, handed, statement};
use crate::content::script::syntax::{Argument, Call, Comparison, Expression, Form, Part, Shared};
use crate::content::script::tree::{children, field};

/// Methods that change nothing about which value it is.
const SAME: &[&str] = &["present?", "freeze", "to_s", "presence", "itself"];

fn arguments(ruby: &Ruby, node: Node) -> Vec<Argument> {
    let Some(list) = field(node, "arguments") else { return Vec::new() };
    let one = |it: Node| match it.kind() {
        "pair" => Argument { name: of(ruby, it, "key").literal(), value: of(ruby, it, "value") },
        "block_argument" => {
            let value = children(it).first().map_or_else(
                || ruby.reader.expression(it, Form::Nothing),
                |it| expression(ruby, *it),
            );
            Argument { name: Some("&".to_owned()), value }
        }
        // `system(*args)`.
        "splat_argument" if !children(it).is_empty() => {
            let inner = children(it).into_iter().map(|it| expression(ruby, it)).collect();
            Argument { name: None, value: ruby.reader.expression(it, Form::Either(inner)) }
        }
        _ => Argument { name: None, value: expression(ruby, it) },
    };
    children(list).into_iter().map(one).collect()
}

pub(super) fn call(ruby: &Ruby, node: Node) -> Form {
    let name = field(node, "method").map(|it| ruby.reader.text(it)).unwrap_or("call").to_owned();
    let arguments = arguments(ruby, node);
    let Some(receiver) = field(node, "receiver") else {
        return by_beginning(ruby, node, &name, &arguments)
            .unwrap_or_else(|| plain_call(ruby, node, &name, arguments));
    };
    let on = ruby.reader.text(receiver).trim_start_matches("::");
    let first = arguments.first().map(|it| Rc::clone(&it.value));
    if let Some(form) = environment(ruby, node, on, &name, &arguments) {
        return form;
    }
    let is_task = ["Rake::Task[", "Rake.application["].iter().any(|it| on.starts_with(it));
    if is_task && matches!(name.as_str(), "invoke" | "execute") {
        return invoked(ruby, node, receiver, &name);
    }
    if on == "Rake.application"
        && name == "invoke_task"
        && let Some(key) = first
    {
        return rake(ruby, node, key, "invoke");
    }
    // `User.send(:delete_all)`.
    if matches!(name.as_str(), "send" | "public_send" | "__send__")
        && let Some((method, rest)) = arguments.split_first()
        && let Some(method) = method.value.literal()
    {
        let on = expression(ruby, receiver);
        let callee = ruby.reader.expression(receiver_line(node), Form::Member(on, method));
        return Form::Call(Call { callee, arguments: rest.to_vec(), block: None });
    }
    let value = expression(ruby, receiver);
    let is_directory = on.ends_with("root") || on.ends_with("dir") || on.ends_with("path");
    if name == "join" && first.is_some() && (on == "File" || is_directory) {
        return path(ruby, node, is_directory.then_some(value), &arguments);
    }
    match (name.as_str(), first) {
        ("expand_path" | "absolute_path" | "realpath", Some(path)) if on == "File" => {
            return Form::Either(vec![path]);
        }
        (it, None) if SAME.contains(&it) => return Form::Either(vec![value]),
        ("escape" | "shellescape", Some(one)) if on == "Shellwords" => {
            return quoted(ruby, node, one);
        }
        ("shellescape", None) => return quoted(ruby, node, value),
        ("blank?" | "nil?" | "empty?", None) => return Form::Not(value),
        ("include?" | "member?", Some(one)) => return Form::Compare(Comparison::In, one, value),
        ("in?", Some(list)) => return Form::Compare(Comparison::In, value, list),
        ("casecmp?" | "eql?", Some(one)) => return Form::Compare(Comparison::Equal, value, one),
        _ => {}
    }
    let block = given(ruby, node, &name);
    if name == "new" && receiver.kind() == "constant" {
        return Form::Call(Call { callee: value, arguments, block });
    }
    if name == "no?" {
        return declined(
            ruby,
            node,
            ruby.reader.expression(node, Form::Member(value, "yes?".to_owned())),
            arguments,
        );
    }
    // `connection.delete('DELETE FROM users')` takes a statement.
    let is_statement = name == "delete"
        && on.ends_with("connection")
        && arguments.first().is_some_and(|it| matches!(it.value.form, Form::Text(_)));
    let name = if is_statement { "execute".to_owned() } else { name };
    let callee = ruby.reader.expression(receiver_line(node), Form::Member(value, name));
    Form::Call(Call { callee, arguments, block })
}

/// One word for the shell, by the name that PHP has for it.
fn quoted(ruby: &Ruby, node: Node, value: Shared) -> Form {
    let callee = ruby.reader.expression(node, Form::Name("escapeshellarg".to_owned()));
    Form::Call(Call { callee, arguments: vec![Argument { name: None, value }], block: None })
}

/// Methods of one beginning that are looked at.
const BEGINNING: usize = 20;

/// `send("clean_#{name}")`: each method of the file whose name begins so.
fn by_beginning(ruby: &Ruby, node: Node, name: &str, arguments: &[Argument]) -> Option<Form> {
    let (method, rest) =
        arguments.split_first().filter(|_| matches!(name, "send" | "public_send"))?;
    let Form::Text(parts) = &method.value.form else { return None };
    let Some(Part::Plain { text, .. }) = parts.first() else { return None };
    let calls = ruby.beginning(text).take(BEGINNING).map(|it| {
        let callee = ruby.reader.expression(node, Form::Name(it.clone()));
        ruby.reader
            .expression(node, Form::Call(Call { callee, arguments: rest.to_vec(), block: None }))
    });
    (text.len() > 2).then(|| Form::Other(calls.collect()))
}

/// `File.join('a', 'b')`, `Rails.root.join('a', 'b')`.
fn path(ruby: &Ruby, node: Node, below: Option<Shared>, arguments: &[Argument]) -> Form {
    let mut parts = Vec::new();
    for part in below.into_iter().chain(arguments.iter().map(|it| Rc::clone(&it.value))) {
        if !parts.is_empty() {
            parts.push(Expression::text(ruby.reader.line(node), "/"));
        }
        parts.push(part);
    }
    Form::Join(parts)
}

/// The name that is called: a chain may go over several lines.
fn receiver_line(node: Node) -> Node {
    field(node, "method").unwrap_or(node)
}

/// The block of a call, where it runs with it.
fn given(ruby: &Ruby, node: Node, name: &str) -> Option<Rc<super::Function>> {
    let given = field(node, "block").filter(|_| !LATER.contains(&name))?;
    Some(Rc::new(handed(ruby, given)))
}

fn declined(ruby: &Ruby, node: Node, callee: Shared, arguments: Vec<Argument>) -> Form {
    Form::Not(ruby.reader.expression(node, Form::Call(Call { callee, arguments, block: None })))
}

fn plain_call(ruby: &Ruby, node: Node, name: &str, arguments: Vec<Argument>) -> Form {
    if matches!(name, "raise" | "fail") {
        return Form::Group(Rc::new(statement(ruby, node)));
    }
    if name == "no?" {
        return declined(
            ruby,
            node,
            ruby.reader.expression(node, Form::Name("yes?".to_owned())),
            arguments,
        );
    }
    if let ("fetch", [one]) = (name, arguments.as_slice())
        && let Some(form) = deploy::fetched(&one.value)
    {
        return form;
    }
    if let ("proc" | "lambda", Some(block)) = (name, field(node, "block")) {
        return Form::Lambda(Rc::new(handed(ruby, block)));
    }
    if let Some(form) = deploy::planned(ruby, node, name, &arguments) {
        return form;
    }
    // Capistrano runs a command on each of the servers.
    let is_remote = name == "execute"
        && ["roles(", "roles ", "primary(", "release_roles"]
            .iter()
            .any(|it| ruby.reader.source.text.contains(it));
    let called = if is_remote { "system" } else { name };
    let arguments = if is_remote { one_line(ruby, node, arguments) } else { arguments };
    let callee = ruby.reader.expression(node, Form::Name(called.to_owned()));
    Form::Call(Call { callee, arguments, block: given(ruby, node, name) })
}

/// `execute :rake, 'db:drop db:create'` is one line for the shell there.
fn one_line(ruby: &Ruby, node: Node, arguments: Vec<Argument>) -> Vec<Argument> {
    let said = deploy::said_around(ruby, node);
    let is_whole = arguments.len() < 2 && said.is_empty();
    if is_whole || arguments.is_empty() || arguments.iter().any(|it| it.name.is_some()) {
        return arguments;
    }
    let line = ruby.reader.line(node);
    let words = arguments.iter().flat_map(|it| [Expression::text(line, " "), Rc::clone(&it.value)]);
    let said = Expression::text(line, said);
    let joined =
        Expression::new(line, Form::Join(std::iter::once(said).chain(words.skip(1)).collect()));
    vec![Argument { name: None, value: joined }]
}

/// What asks for the environment: `Rails.env.production?`, `ENV.fetch('X', 'y')`, and options such as `args.force`.
fn environment(
    ruby: &Ruby,
    node: Node,
    on: &str,
    name: &str,
    arguments: &[Argument],
) -> Option<Form> {
    let line = ruby.reader.line(node);
    let rails = || Expression::new(line, Form::Environment("RAILS_ENV".to_owned(), None));
    let text = |it: &str| Expression::text(line, it);
    let first = arguments.first().and_then(|it| it.value.literal());
    match (on, name, first) {
        ("Rails" | "Sinatra::Application" | "Hanami", "env" | "environment", None) => {
            Some(Form::Environment("RAILS_ENV".to_owned(), None))
        }
        ("Rails.env", "local?", None) => {
            let list = Expression::new(line, Form::List(vec![text("development"), text("test")]));
            Some(Form::Compare(Comparison::In, rails(), list))
        }
        ("Rails.env", it, None) if it.ends_with('?') && arguments.is_empty() => {
            Some(Form::Compare(Comparison::Equal, rails(), text(it.trim_end_matches('?'))))
        }
        ("ENV", "fetch", Some(name)) => {
            let block = || {
                field(node, "block")
                    .and_then(|it| field(it, "body"))
                    .and_then(|it| children(it).into_iter().next())
            };
            let default = arguments
                .get(1)
                .map(|it| Rc::clone(&it.value))
                .or_else(|| block().map(|it| expression(ruby, it)));
            Some(Form::Environment(name, default))
        }
        ("ENV", "key?" | "has_key?" | "include?" | "member?" | "[]", Some(name)) => {
            Some(Form::Environment(name, None))
        }
        ("args" | "options" | "opts" | "params", "fetch" | "key?" | "dig", Some(name)) => {
            Some(Form::Argument(name))
        }
        ("ARGV", "include?" | "delete", Some(flag)) => {
            let given = Expression::new(line, Form::Argument("ARGV".to_owned()));
            Some(Form::Compare(Comparison::In, text(&flag), given))
        }
        ("ARGV", "first" | "shift" | "pop" | "last", None) => Some(Form::Argument("0".to_owned())),
        ("args" | "options" | "opts", it, None)
            if it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_')
                && arguments.is_empty()
                && field(node, "block").is_none() =>
        {
            Some(Form::Argument(it.to_owned()))
        }
        _ => None,
    }
}

/// `Rake::Task['name'].invoke`: a task of this file, or one of Rails, which looks at the environment by itself.
fn invoked(ruby: &Ruby, node: Node, receiver: Node, name: &str) -> Form {
    let key = children(receiver).into_iter().nth(1).map(|it| expression(ruby, it));
    let Some(key) = key else { return Form::Nothing };
    let task = key.literal().unwrap_or_default();
    if ruby.tasks.contains(&task) {
        let callee = ruby.reader.expression(node, Form::Name(format!("rake {task}")));
        return Form::Call(Call { callee, arguments: Vec::new(), block: None });
    }
    rake(ruby, node, key, name)
}

/// A run of a task that is not of this file.
pub(super) fn rake(ruby: &Ruby, node: Node, key: Shared, name: &str) -> Form {
    let on = ruby.reader.expression(node, Form::Name("Rake::Task".to_owned()));
    let callee = ruby.reader.expression(node, Form::Member(on, name.to_owned()));
    let mut arguments = vec![Argument { name: None, value: key }];
    if ruby.reader.source.text.contains("DISABLE_DATABASE_ENVIRONMENT_CHECK") {
        arguments.push(Argument {
            name: Some("unprotected".to_owned()),
            value: ruby.reader.expression(node, Form::Bool(true)),
        });
    }
    Form::Call(Call { callee, arguments, block: None })
}
