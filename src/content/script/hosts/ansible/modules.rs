//! Modules of Ansible: what they run, and what they take away.

use std::rc::Rc;

use super::Playbook;
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::hosts::{
    Filling, answer, as_text, copy, filled, handed_to, only_if, process, run, unknown, whatever,
};
use crate::content::script::operations::takes_away;
use crate::content::script::syntax::{
    Act, Block, Command, Expression, Form as Shape, Shared, Statement,
};
use crate::content::script::value::Told;

/// The name of a module without its collection.
pub(super) fn bare(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or_default()
}

/// Modules that run a command.
const COMMANDS: &[&str] = &["shell", "command", "raw"];

/// Modules that run a line of PowerShell.
const OF_WINDOWS: &[&str] = &["win_shell", "win_command", "win_powershell"];

/// Modules that run a statement of SQL.
const QUERIES: &[&str] = &["postgresql_query", "mysql_query"];

/// The module that runs a program of the shell of MongoDB.
const OF_MONGO: &str = "mongodb_shell";

/// Whether a module, without its collection, runs something or may take something away.
pub(super) fn is_known(module: &str) -> bool {
    COMMANDS.contains(&module)
        || OF_WINDOWS.contains(&module)
        || QUERIES.contains(&module)
        || module == OF_MONGO
        || takes_away(module)
}

impl Playbook {
    /// What a task does.
    pub(super) fn module(&mut self, task: &Value) -> Block {
        let says =
            |key: &str, words: &[&str]| words.contains(&task.word(key).to_lowercase().as_str());
        let goes_on =
            says("ignore_errors", &["true", "yes"]) || says("failed_when", &["false", "no"]);
        let mut body = Block::new();
        // What it makes is not there yet.
        let is_first = |it: &Value| {
            it.get("creates").is_some() || it.text().is_some_and(|it| it.contains(" creates="))
        };
        if task.pairs().iter().any(|(_, it)| is_first(it)) {
            return body;
        }
        for (key, value) in task.pairs() {
            let line = value.line;
            let (key, value) = &called(key, value);
            match bare(key) {
                name if COMMANDS.contains(&name) => {
                    let ran =
                        self.ran(name, value).map(|it| if goes_on { whatever(it) } else { it });
                    body.extend(ran.map(run));
                }
                name if OF_WINDOWS.contains(&name) => {
                    let told = value.told().or_else(|| value.get("script")?.told());
                    body.extend(told.map(|it| {
                        run(handed_to(line, "powershell", "-Command", holes(it, false)))
                    }));
                }
                name if QUERIES.contains(&name) => {
                    // One, or a list of them.
                    let queries = value.get("query").into_iter();
                    let queries = queries.flat_map(|it| it.items().iter().chain([it]));
                    body.extend(
                        queries
                            .filter_map(|it| it.told())
                            .map(|it| run(handed_to(line, "psql", "-c", holes(it, false)))),
                    );
                }
                OF_MONGO => {
                    let program = value.get("eval").and_then(|it| it.told());
                    body.extend(
                        program
                            .map(|it| run(handed_to(line, "mongosh", "--eval", holes(it, false)))),
                    );
                }
                "fail" if !goes_on => body.push(Statement { line, act: Act::Throw(None) }),
                "meta" if value.text().is_some_and(|it| it.starts_with("end_")) => {
                    body.push(Statement { line, act: Act::Throw(None) });
                }
                "assert" if !goes_on => {
                    if let Some(that) = value.get("that") {
                        let test = self.condition(that, &mut body);
                        body.push(only_if(line, test));
                    }
                }
                "pause" if value.get("prompt").is_some() && task.get("register").is_none() => {
                    self.set("%pause", answer(line), &mut body);
                }
                name if takes_away(name) => body.push(run(taken(name, value))),
                _ => {}
            }
        }
        body
    }

    /// What `shell` and `command` run.
    fn ran(&self, name: &str, value: &Value) -> Option<Shared> {
        let line = value.line;
        if let Some(words) = value.get("argv") {
            let words = words
                .items()
                .iter()
                .filter_map(|it| Some(as_text(it.line, holes(it.told()?, false))));
            let words = words.collect();
            return Some(Expression::new(
                line,
                Shape::Command(Command { words, ..Command::default() }),
            ));
        }
        let mut told = value.told().or_else(|| value.get("cmd")?.told())?.clone();
        if name == "command" {
            // No shell reads it: the words on all lines are one command.
            told.text = told.text.trim_end().replace('\n', " ");
        }
        // `command: "{{ item }}"`: the variable stands for the whole line.
        if is_variable(&told.text) {
            return Some(handed_to(line, "sh", "-c", holes(&told, false)));
        }
        process(line, &holes(&told, false), Vec::new(), false)
    }
}

/// A module and its arguments, where a task says `action: module a=b` or `local_action: {module: ..., a: b}`.
fn called(key: &str, value: &Rc<Value>) -> (String, Rc<Value>) {
    let as_said = || (key.to_owned(), Rc::clone(value));
    if !matches!(key, "action" | "local_action") {
        return as_said();
    }
    let Some(told) = value.told() else {
        return match value.word("module") {
            "" => as_said(),
            name => (name.to_owned(), Rc::clone(value)),
        };
    };
    let Some((name, rest)) = told.text.trim().split_once(char::is_whitespace) else {
        return as_said();
    };
    let mut given = Told::default();
    copy(&mut given, told, told.text.len() - rest.len(), told.text.len());
    let (line, last, form) = (value.line, value.last, Form::Text(given));
    (name.to_owned(), Rc::new(Value { line, last, form }))
}

/// Whether a text is one variable and nothing else.
fn is_variable(text: &str) -> bool {
    let inner = text.trim().strip_prefix("{{").and_then(|it| it.strip_suffix("}}"));
    inner.is_some_and(|it| it.trim().chars().all(|it| it.is_alphanumeric() || it == '_'))
}

/// `path={{ item }} state=absent`: the arguments of a module on one line.
fn pairs_of(text: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let (mut from, mut is_open) = (0, false);
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match letter {
            '{' => is_open = true,
            '}' => is_open = false,
            it if it.is_whitespace() && !is_open => {
                pairs.extend(text.get(from..at).and_then(|it| it.trim().split_once('=')));
                from = at;
            }
            _ => {}
        }
    }
    pairs
}

/// A module as a command: its name, the state that it brings about, and its other arguments as `name=value`.
fn taken(name: &str, value: &Value) -> Shared {
    let line = value.line;
    let pairs: Vec<(String, Told)> = match &value.form {
        Form::Map(pairs) => {
            pairs.iter().filter_map(|(key, it)| Some((key.clone(), it.told()?.clone()))).collect()
        }
        Form::Text(told) => pairs_of(&told.text)
            .into_iter()
            .map(|(key, it)| {
                let mut told = Told::default();
                told.add(it, line, false);
                (key.to_owned(), told)
            })
            .collect(),
        Form::List(_) => Vec::new(),
    };
    // Both versions of the module take the same; the first one is called as the program is.
    let name = if name == "docker_compose" { "docker_compose_v2" } else { name };
    let mut words = vec![Expression::text(line, name)];
    let state = |it: &&(String, Told)| it.0 == "state";
    for (key, told) in pairs.iter().filter(state).chain(pairs.iter().filter(|it| !state(it))) {
        let key = Expression::text(line, format!("{key}="));
        let value = as_text(line, holes(told, true));
        words.push(Expression::new(line, Shape::Join(vec![key, value])));
    }
    Expression::new(line, Shape::Command(Command { words, ..Command::default() }))
}

/// A text with its `{{ ... }}` as holes. What is not set makes a task fail, so that it is never empty.
fn holes(told: &Told, is_named: bool) -> Told {
    filled(told, "{{", "}}", &|inner, line| {
        let is_name = inner.chars().all(|c| c.is_alphanumeric() || c == '_') && !inner.is_empty();
        Filling::Value(match (is_name, inner) {
            (true, "item") => Expression::new(line, Shape::Name(inner.to_owned())),
            (true, _) if is_named => {
                Expression::new(line, Shape::Environment(inner.to_owned(), None))
            }
            (true, _) => Expression::new(line, Shape::Argument(inner.to_owned())),
            _ => unknown(line),
        })
    })
}
