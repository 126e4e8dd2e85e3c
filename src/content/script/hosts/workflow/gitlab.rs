//! Pipelines of GitLab.

use std::collections::HashMap;
use std::rc::Rc;

use super::expression::{Context, variables_of};
use super::throwaway::{Place, names_production};
use super::{Text, held};
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::hosts::{
    Hosted, Lasting, copy, is_for_tests, needed, only_if, process, run, run_task, task,
};
use crate::content::script::model::{GuardKind, Reach, Strength};
use crate::content::script::syntax::{Block, Expression, Form as Shape};
use crate::content::script::value::Told;
use crate::content::script::words;

/// Keys that are no jobs.
const RESERVED: &[&str] = &[
    "stages",
    "variables",
    "default",
    "include",
    "image",
    "services",
    "workflow",
    "before_script",
    "after_script",
    "cache",
    "spec",
];

/// A pipeline: a task for each job.
pub(super) fn read(file: &Value, text: &Text) -> Hosted {
    let mut hosted = Hosted::default();
    let jobs = file
        .pairs()
        .iter()
        .filter(|(name, job)| !RESERVED.contains(&name.as_str()) && !job.pairs().is_empty());
    for (name, job) in jobs {
        let body = of_job(file, name, job, text, &mut hosted);
        hosted.program.body.push(task(&format!(" {name}"), job.line, Vec::new(), body, None));
        let needs = look_up(file, job, "needs").map(|it| needs_of(&it)).unwrap_or_default();
        let is_lenient =
            |it: &str| file.get(it).is_some_and(|it| it.word("allow_failure") == "true");
        let mut body: Block = needs.iter().map(|it| needed(it, job.line, is_lenient(it))).collect();
        body.push(run_task(&format!(" {name}"), job.line));
        let reach = (!name.starts_with('.')).then_some(Reach::Pipeline);
        hosted.program.body.push(task(name, job.line, Vec::new(), body, reach));
    }
    hosted
}

fn needs_of(needs: &Value) -> Vec<String> {
    needs
        .items()
        .iter()
        .filter_map(|it| {
            it.text().map(str::to_owned).or_else(|| Some(it.get("job")?.text()?.to_owned()))
        })
        .collect()
}

/// What a job says under a key, or one that it extends.
fn look_up(file: &Value, job: &Value, key: &str) -> Option<Rc<Value>> {
    let mut open: Vec<Rc<Value>> = Vec::new();
    if let Some(value) = job.get(key) {
        return Some(Rc::clone(value));
    }
    let parents = |job: &Value| -> Vec<Rc<Value>> {
        let names = job.get("extends").map(|it| it.words()).unwrap_or_default();
        names.iter().filter_map(|it| file.get(it)).map(Rc::clone).collect()
    };
    open.extend(parents(job));
    for _ in 0..20 {
        let next = open.pop()?;
        if let Some(value) = next.get(key) {
            return Some(Rc::clone(value));
        }
        open.extend(parents(&next));
    }
    None
}

fn of_job(file: &Value, name: &str, job: &Value, text: &Text, hosted: &mut Hosted) -> Block {
    let mut body = Block::new();
    let context = Context { defaults: variables_of(file), ..Context::default() };
    let line = job.line;
    let rules = look_up(file, job, "rules");
    let is_manual = |it: &Value| it.word("when") == "manual";
    let by_hand = look_up(file, job, "when").is_some_and(|it| it.text() == Some("manual"))
        || rules.as_ref().is_some_and(|it| {
            let mut run = it.items().iter().filter(|it| it.word("when") != "never").peekable();
            run.peek().is_some() && run.all(|it| is_manual(it))
        });
    if by_hand {
        body.push(held(GuardKind::OptIn, Strength::Supporting, line));
    }
    if let Some(rules) = rules {
        let run: Vec<&Rc<Value>> =
            rules.items().iter().filter(|it| it.word("when") != "never").collect();
        if !run.is_empty() && run.iter().all(|it| it.get("if").is_some()) {
            let tests = run.iter().map(|it| context.condition(it.word("if"), it.line)).collect();
            body.push(only_if(rules.line, Expression::new(rules.line, Shape::Any(tests))));
        }
    }
    if let Some(only) = look_up(file, job, "only").and_then(|it| it.get("variables").cloned()) {
        let text = |it: &Rc<Value>| Some(context.condition(it.text()?, it.line));
        let tests: Vec<_> = only.items().iter().filter_map(text).collect();
        if !tests.is_empty() {
            body.push(only_if(only.line, Expression::new(only.line, Shape::Any(tests))));
        }
    }
    let shared = file.get("variables").map_or("", |it| text.of(it));
    let environment = look_up(file, job, "environment");
    let tags = look_up(file, job, "tags").map(|it| it.words()).unwrap_or_default();
    // What is deployed there is on the machine of the runner, or its variables lead to it.
    let is_of_users = environment.as_ref().is_some_and(|it| names_production(it))
        || tags.iter().any(|it| words::says_production(it));
    let place = Place::of(name, job, shared, text).lasting(is_of_users);
    if let Some(environment) = environment {
        let named =
            format!("{} {}", environment.word("name"), environment.text().unwrap_or_default());
        let is_stopped = environment.word("action") == "stop";
        if named.contains('$') && (is_for_tests(&named) || is_stopped) {
            hosted.spare(job.line, job.last, Lasting::Nothing);
        }
    }
    let before = look_up(file, job, "before_script").or_else(|| {
        file.at(&["default", "before_script"]).or_else(|| file.get("before_script")).map(Rc::clone)
    });
    let scripts: Vec<Rc<Value>> = before.into_iter().chain(look_up(file, job, "script")).collect();
    let mut told = Told::default();
    for it in &scripts {
        together(it, &mut told, 0);
    }
    let after = look_up(file, job, "after_script");
    // What comes after runs however the rest went.
    let all = scripts.iter().map(|it| (it, "")).chain(after.iter().map(|it| (it, "always()")));
    for (it, condition) in all {
        if let Some(what) = place.lasts(name, condition, text.of(it)) {
            hosted.spare(it.line, it.last, what);
        }
    }
    let sets = variables(file).into_iter().chain(variables(job)).collect();
    body.extend(process(line, &told, sets, true).map(run));
    if let Some(after) = after {
        let mut told = Told::default();
        together(&after, &mut told, 0);
        body.extend(process(line, &told, Vec::new(), false).map(run));
    }
    body
}

fn variables(of: &Value) -> HashMap<String, crate::content::script::syntax::Shared> {
    let all = of.get("variables").map(|it| it.pairs()).unwrap_or_default();
    all.iter()
        .filter(|(_, value)| value.text().is_some_and(|it| !it.contains('$')))
        .map(|(name, value)| {
            (name.clone(), Expression::text(value.line, value.text().unwrap_or_default()))
        })
        .collect()
}

/// All lines of a list of texts, one below the other.
pub(in crate::content::script::hosts) fn together(value: &Value, told: &mut Told, depth: usize) {
    match &value.form {
        Form::Text(text) => {
            copy(told, text, 0, text.text.len());
            told.add("\n", value.last, false);
        }
        Form::List(items) if depth < 10 => {
            items.iter().for_each(|it| together(it, told, depth + 1))
        }
        _ => {}
    }
}
