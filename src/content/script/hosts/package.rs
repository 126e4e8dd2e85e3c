//! The scripts of `package.json`, `composer.json` and `deno.json`, with those that run before and after them.

use super::document::{self, Form, Value};
use super::{Hosted, Lasting, is_for_tests, process, run, run_task, runs_as_test, task};
use crate::content::script::model::Reach;
use crate::content::script::operations::NAME;
use crate::content::script::syntax::{Act, Block, Expression, Statement};
use crate::content::script::value::Told;

/// Scripts that run without anybody asking for what they do.
const STARTS: &[&str] = &[
    "start",
    "prestart",
    "poststart",
    "build",
    "prebuild",
    "postbuild",
    "deploy",
    "predeploy",
    "postdeploy",
    "release",
    "install",
    "preinstall",
    "postinstall",
    "prepare",
    "heroku-postbuild",
    "vercel-build",
    "serve",
    "post-install-cmd",
    "post-update-cmd",
    "post-create-project-cmd",
    "post-autoload-dump",
];

/// The program that the scripts of such a file are.
pub(super) fn read(text: &str) -> Option<Hosted> {
    let file = document::json(text)?;
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let scripts: Vec<_> = ["scripts", "tasks"]
        .iter()
        .filter_map(|it| file.get(it))
        .flat_map(|it| it.pairs())
        .collect();
    for (name, value) in &scripts {
        // What the name says of a file that it runs.
        let named = Expression::text(value.line, name.clone());
        let mut body = vec![Statement { line: value.line, act: Act::Set(NAME.to_owned(), named) }];
        let has = |other: &str| scripts.iter().any(|(it, _)| it == other);
        let (before, after) = (format!("pre{name}"), format!("post{name}"));
        if has(&before) {
            body.push(run_task(&before, value.line));
        }
        let commands = commands(value);
        for told in &commands {
            body.extend(one(told, value.line));
        }
        if has(&after) {
            body.push(run_task(&after, value.line));
        }
        let reach = if STARTS.contains(&name.as_str()) { Reach::Start } else { Reach::Task };
        hosted.program.body.push(task(name, value.line, Vec::new(), body, Some(reach)));
        if is_for_tests(name) || commands.iter().any(|it| runs_as_test(&it.text)) {
            hosted.spare(value.line, value.last, Lasting::Nothing);
        }
    }
    Some(hosted)
}

/// The commands of a script: one, a list, or `{ "command": ... }`.
fn commands(value: &Value) -> Vec<Told> {
    match &value.form {
        Form::Text(told) => vec![told.clone()],
        Form::List(items) => items.iter().filter_map(|it| it.told().cloned()).collect(),
        Form::Map(_) => {
            value.get("command").and_then(|it| it.told().cloned()).into_iter().collect()
        }
    }
}

/// One command. `@name` of composer is another script, `@php` the interpreter.
fn one(told: &Told, line: u32) -> Block {
    let line = told.origin.line(told.text.as_bytes(), 0).max(line);
    match told.text.strip_prefix('@') {
        Some(rest) if !rest.contains(' ') => vec![run_task(rest, line)],
        Some(rest) => {
            let mut plain = Told::default();
            plain.add(rest, line, false);
            process(line, &plain, Vec::new(), false).map(run).into_iter().collect()
        }
        None => process(line, told, Vec::new(), false).map(run).into_iter().collect(),
    }
}
