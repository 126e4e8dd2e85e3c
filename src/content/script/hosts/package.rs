//! The scripts of `package.json`, `composer.json` and `deno.json`, with those that run before and after them.

use super::document::{self, Form, Value};
use super::{Hosted, is_for_tests, process, run, run_task, runs_as_test, task};
use crate::content::script::model::Reach;
use crate::content::script::operations::NAME;
use crate::content::script::syntax::{Act, Block, Expression, Statement};
use crate::content::script::value::Told;
use crate::content::script::words;

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
        let is_of_tests = is_for_tests(name) && !is_of_release(name);
        for told in commands(value) {
            body.extend(one(&without_tests(told, is_of_tests), value.line));
        }
        if has(&after) {
            body.push(run_task(&after, value.line));
        }
        let reach = if STARTS.contains(&name.as_str()) { Reach::Start } else { Reach::Task };
        hosted.program.body.push(task(name, value.line, Vec::new(), body, Some(reach)));
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

/// Whether a script is of what goes to users, in a pipeline or not: `deploy:ci`.
fn is_of_release(name: &str) -> bool {
    words::says_production(name)
        || words::parts(name).iter().any(|it| matches!(&**it, "deploy" | "release"))
}

/// What a line runs, with `true` in the place of each command that runs in the environment of tests. In a script of tests
/// (`is_of_tests`) that is each which does not name production.
fn without_tests(mut told: Told, is_of_tests: bool) -> Told {
    let mut is_set = false;
    for (start, end) in commands_of(&told.text) {
        let command = told.text.get(start..end).unwrap_or_default();
        let first = command.split_whitespace().next().unwrap_or_default();
        let says = runs_as_test(command);
        is_set |= says && matches!(first, "export" | "set");
        let is_test = says || is_set || is_of_tests;
        if is_test && command.len() >= 4 && !words::says_production(command) {
            let stands = format!("{:width$}", "true", width = command.len());
            told.text.replace_range(start..end, &stands);
        }
    }
    told
}

/// Where the commands of a line begin and end.
fn commands_of(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, it) in text.char_indices() {
        match (it, quote) {
            (it, Some(open)) if it == open => quote = None,
            (_, Some(_)) => {}
            ('\'' | '"', None) => quote = Some(it),
            // `2>&1`.
            ('&', None) if text.get(..at).is_some_and(|it| it.ends_with('>')) => {}
            ('&' | '|' | ';', None) => {
                all.push((start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    all.push((start, text.len()));
    all.retain(|(start, end)| start < end);
    all
}
