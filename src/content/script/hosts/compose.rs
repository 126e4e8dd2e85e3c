//! Compose files: what the services run at each start.

use std::rc::Rc;

use super::document::{self, Form, Value};
use super::{Hosted, is_for_tests, only_if, outcome, process, run, task};
use crate::content::script::model::{Guard, GuardKind, Reach, Strength};
use crate::content::script::syntax::{
    Act, Block, Command, Expression, Form as Shape, Shared, Statement,
};
use crate::content::script::value::Told;

/// The program that a compose file is: one task for each service.
pub(super) fn read(path: &str, text: &str) -> Option<Hosted> {
    let name = path.rsplit('/').next().unwrap_or_default();
    if is_for_tests(name) {
        return None;
    }
    let file = document::yaml(text)?;
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    for (name, service) in file.get("services")?.pairs() {
        let mut body = Block::new();
        if is_for_tests(name) {
            continue;
        }
        if let Some(profiles) = service.get("profiles") {
            // It starts only where somebody names the profile.
            let guard = Guard {
                kind: GuardKind::OptIn,
                strength: Strength::Medium,
                line: profiles.line,
                defect: None,
            };
            body.push(only_if(profiles.line, outcome(profiles.line, vec![guard], Vec::new())));
        }
        body.extend(environment(service));
        let entry = service.get("entrypoint").filter(|it| !it.words().is_empty());
        match (entry, service.get("command")) {
            (Some(entry), Some(command)) => body.extend(together(entry, command)),
            (Some(one), None) | (None, Some(one)) => body.extend(started(one).map(run)),
            (None, None) => continue,
        }
        for key in ["test", "post_start", "pre_stop"] {
            let more = service.at(&["healthcheck", key]).or_else(|| service.get(key));
            body.extend(more.and_then(|it| started(it)).map(run));
            // `post_start` is a list of them.
            let each = more.map(|it| it.items()).unwrap_or_default();
            body.extend(each.iter().filter_map(|it| started(it.get("command")?)).map(run));
        }
        hosted.program.body.push(task(name, service.line, Vec::new(), body, Some(Reach::Start)));
    }
    Some(hosted)
}

/// What a service is told by its environment: pairs, or a list of `NAME=value`.
fn environment(service: &Value) -> Block {
    let Some(all) = service.get("environment") else { return Block::new() };
    let pairs =
        all.pairs().iter().filter_map(|(name, it)| Some((name.clone(), it.text()?, it.line)));
    let listed = all.items().iter().filter_map(|it| {
        let (name, value) = it.text()?.split_once('=')?;
        Some((name.to_owned(), value, it.line))
    });
    let plain = pairs.chain(listed).filter(|(_, value, _)| !value.contains('$'));
    plain
        .map(|(name, value, line)| Statement {
            line,
            act: Act::Set(name, Expression::text(line, value)),
        })
        .collect()
}

/// An entry point and its arguments. A script as entry point mostly runs its arguments in the end.
pub(super) fn together(entry: &Value, command: &Value) -> Block {
    let mut body = Block::new();
    // `sh -c` as one text.
    let said = entry.text().filter(|it| it.trim().ends_with(" -c")).unwrap_or_default();
    let ends_open = |it: &Rc<Value>| {
        it.text().is_some_and(|it| {
            it.len() < 7 && it.starts_with('-') && !it.starts_with("--") && it.ends_with('c')
        })
    };
    let is_open = entry.items().iter().any(ends_open)
        || !entry.items().is_empty() && command.items().first().is_some_and(ends_open);
    match is_open || !said.is_empty() {
        true => {
            let split = said.split_whitespace().map(|it| Expression::text(entry.line, it));
            let both = entry.items().iter().chain(command.items());
            let mut all: Vec<Shared> = split.chain(both.filter_map(word)).collect();
            if let Some(told) = command.told() {
                all.push(super::as_text(command.line, plain(told)));
            }
            body.extend(run_words(entry.line, all).map(run));
        }
        false => body.extend(started(entry).map(run)),
    }
    body.extend(started(command).map(run));
    body
}

/// What a service is started with: a text that is split as a shell does, or a list of words.
pub(super) fn started(value: &Value) -> Option<Shared> {
    match &value.form {
        Form::Text(told) => process(value.line, &plain(told), Vec::new(), false),
        Form::List(items) => {
            let skip = usize::from(matches!(
                items.first().and_then(|it| it.text()),
                Some("CMD" | "CMD-SHELL")
            ));
            match items.first().and_then(|it| it.text()) {
                Some("CMD-SHELL") => items.get(1).and_then(|it| started(it)),
                _ => words(value.line, items.get(skip..).unwrap_or_default()),
            }
        }
        Form::Map(_) => None,
    }
}

fn words(line: u32, items: &[Rc<Value>]) -> Option<Shared> {
    run_words(line, items.iter().filter_map(word).collect())
}

fn word(of: &Rc<Value>) -> Option<Shared> {
    of.told().map(|told| super::as_text(of.line, plain(told)))
}

fn run_words(line: u32, words: Vec<Shared>) -> Option<Shared> {
    if words.is_empty() {
        return None;
    }
    Some(Expression::new(line, Shape::Command(Command { words, ..Command::default() })))
}

/// A text with `$$` as the `$` that it stands for.
fn plain(told: &Told) -> Told {
    super::filled(told, "$$", "", &|_, _| super::Filling::Text("$".to_owned()))
}
