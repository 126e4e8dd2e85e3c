//! Pipelines of Azure and CircleCI: their steps in the order in which they stand.

use std::rc::Rc;

use super::expression::{Context, Inputs, variables_of};
use super::gitlab::together;
use super::throwaway::Place;
use super::{Text, actions, circle, held};
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::hosts::{
    Hosted, filled, handed_to, outcome, process, run, task, whatever,
};
use crate::content::script::model::{Guard, GuardKind, Reach, Strength};
use crate::content::script::syntax::{Act, Block, Statement};
use crate::content::script::value::Told;

/// The deepest that steps stand below stages and jobs.
const DEPTH: usize = 20;

/// A pipeline as one task: what is approved holds for what comes after it.
pub(super) fn read(file: &Value, text: &Text) -> Hosted {
    let mut hosted = Hosted::default();
    let inputs = file.get("parameters").map(|it| inputs_of(it)).unwrap_or_default();
    let context = Context { inputs, defaults: variables_of(file), ..Context::default() };
    let mut body = Block::new();
    let shared = file.get("variables").map_or("", |it| text.of(it));
    let mut work = Work { text, file, shared, context, hosted: &mut hosted };
    work.value("", file, &mut body, 0);
    hosted.program.body.push(task("pipeline", file.line, Vec::new(), body, Some(Reach::Pipeline)));
    hosted
}

/// `parameters` as a list of Azure, or as a map.
fn inputs_of(parameters: &Value) -> Inputs {
    let listed = parameters
        .items()
        .iter()
        .map(|it| (it.word("name").to_owned(), it.word("default").to_owned()));
    let mapped =
        parameters.pairs().iter().map(|(name, it)| (name.clone(), it.word("default").to_owned()));
    listed.chain(mapped).collect()
}

struct Work<'a> {
    text: &'a Text<'a>,
    file: &'a Value,
    /// What is set for all jobs.
    shared: &'a str,
    context: Context,
    hosted: &'a mut Hosted,
}

impl Work<'_> {
    fn value(&mut self, name: &str, value: &Value, body: &mut Block, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match &value.form {
            Form::Text(_) => {}
            Form::List(items) => items.iter().for_each(|it| self.value(name, it, body, depth + 1)),
            Form::Map(pairs) => {
                let named = ["job", "stage", "deployment", "name"]
                    .iter()
                    .map(|it| value.word(it))
                    .find(|it| !it.is_empty());
                let name = named.unwrap_or(name);
                if let Some(condition) = condition_of(value) {
                    let test = self.context.condition(condition, value.line);
                    let mut then = Block::new();
                    self.pairs(name, value, pairs, &mut then, depth);
                    let act = Act::If { test, then, otherwise: Block::new() };
                    return body.push(Statement { line: value.line, act });
                }
                self.pairs(name, value, pairs, body, depth);
            }
        }
    }

    fn pairs(
        &mut self,
        name: &str,
        value: &Value,
        pairs: &[(String, Rc<Value>)],
        body: &mut Block,
        depth: usize,
    ) {
        if value.get("environment").is_some() && value.get("strategy").is_some() {
            body.push(held(GuardKind::Prerequisite, Strength::Medium, value.line));
        }
        // A step of Bitbucket lists its commands, and so do those of what runs after it.
        if value.get("script").is_some_and(|it| !it.items().is_empty()) {
            return self.commands(name, value, body);
        }
        for (key, inner) in pairs {
            match key.as_str() {
                "steps" => self.steps(name, value, inner, body, depth + 1),
                "parameters" | "variables" | "trigger" | "resources" => {}
                _ if key.starts_with("${{ if") => self.condition(key, name, inner, body, depth),
                // Jobs of CircleCI are named by their keys.
                _ => self.value(if depth <= 1 { key } else { name }, inner, body, depth + 1),
            }
        }
    }

    /// Commands one below the other, which a step of Bitbucket runs, by hand or not.
    fn commands(&mut self, name: &str, step: &Value, body: &mut Block) {
        let name = format!("{name} {}", step.word("name"));
        let place = Place::of(&name, step, self.shared, self.text);
        let mut then = Block::new();
        if step.word("trigger") == "manual" {
            then.push(held(GuardKind::OptIn, Strength::Supporting, step.line));
        }
        for key in ["script", "after-script"] {
            let Some(script) = step.get(key) else { continue };
            if let Some(what) = place.lasts("", "", self.text.of(script)) {
                self.hosted.spare(script.line, script.last, what);
            }
            let mut told = Told::default();
            together(script, &mut told, 0);
            then.extend(process(script.line, &told, Vec::new(), true).map(run));
        }
        body.push(Statement { line: step.line, act: Act::Block(then) });
    }

    /// `${{ if eq(parameters.destroy, true) }}:`.
    fn condition(&mut self, key: &str, name: &str, inner: &Value, body: &mut Block, depth: usize) {
        let text =
            key.trim_start_matches("${{").trim().trim_start_matches("if").trim_end_matches("}}");
        let test = self.context.condition(text, inner.line);
        let mut then = Block::new();
        match &inner.form {
            Form::List(items) if items.iter().any(|it| is_step(it)) => {
                self.steps(name, inner, inner, &mut then, depth + 1)
            }
            _ => self.value(name, inner, &mut then, depth + 1),
        }
        body.push(Statement {
            line: inner.line,
            act: Act::If { test, then, otherwise: Block::new() },
        });
    }

    fn steps(&mut self, name: &str, job: &Value, steps: &Value, body: &mut Block, depth: usize) {
        let place = Place::of(name, job, self.shared, self.text);
        // Other jobs run beside it.
        let approved = circle::approved(self.file, name).map(|line| {
            let (kind, strength) = (GuardKind::OptIn, Strength::Medium);
            outcome(line, vec![Guard { kind, strength, line, defect: None }], Vec::new())
        });
        let asked = circle::asked(self.file, name, &self.context);
        let Some(test) = approved.or(asked) else {
            return self.all_steps(&place, name, steps, body, depth);
        };
        let mut then = Block::new();
        self.all_steps(&place, name, steps, &mut then, depth);
        let act = Act::If { test, then, otherwise: Block::new() };
        body.push(Statement { line: steps.line, act });
    }

    fn all_steps(
        &mut self,
        place: &Place,
        name: &str,
        steps: &Value,
        body: &mut Block,
        depth: usize,
    ) {
        for step in steps.items() {
            if let Some((key, inner)) =
                step.pairs().iter().find(|(key, _)| key.starts_with("${{ if"))
            {
                self.condition(key, name, inner, body, depth);
                continue;
            }
            if let Some((test, inner)) = circle::under(step, &self.context)
                && depth < DEPTH
            {
                let mut then = Block::new();
                self.all_steps(place, name, inner, &mut then, depth + 1);
                let act = Act::If { test, then, otherwise: Block::new() };
                body.push(Statement { line: step.line, act });
                continue;
            }
            if let Some(what) =
                place.lasts(step.word("displayName"), step.word("condition"), self.text.of(step))
            {
                self.hosted.spare(step.line, step.last, what);
            }
            body.extend(self.step(step));
        }
    }

    fn step(&self, step: &Value) -> Block {
        if step.word("task").starts_with("ManualValidation") {
            return vec![held(GuardKind::Confirmation, Strength::Strong, step.line)];
        }
        let of = |keys: &[&str]| step.at(keys).filter(|it| it.told().is_some()).map(Rc::clone);
        let script = of(&["script"])
            .or_else(|| of(&["bash"]))
            .or_else(|| of(&["run"]))
            .or_else(|| of(&["run", "command"]))
            .or_else(|| of(&["inputs", "script"]))
            .or_else(|| of(&["inputs", "inlineScript"]));
        let power = of(&["pwsh"]).or_else(|| of(&["powershell"]));
        let script = script.or_else(|| power.clone());
        let task = actions::destroys(step.word("task"), step);
        let Some(told) = script.as_ref().and_then(|it| it.told()).or(task.as_ref()) else {
            return Block::new();
        };
        let told = filled(told, "${{", "}}", &|inner, line| self.context.hole(inner, line));
        let ran = match power.is_some() {
            true => Some(handed_to(step.line, "pwsh", "-Command", told)),
            false => process(step.line, &told, Vec::new(), true),
        };
        let ran = if step.word("continueOnError") == "true" { ran.map(whatever) } else { ran };
        let then: Block = ran.map(run).into_iter().collect();
        match step.get("condition") {
            Some(it) if !then.is_empty() => {
                let test = self.context.condition(it.text().unwrap_or_default(), it.line);
                vec![Statement {
                    line: it.line,
                    act: Act::If { test, then, otherwise: Block::new() },
                }]
            }
            _ => then,
        }
    }
}

/// What must hold for a job or stage of Azure, where it is more than that those before it went well.
fn condition_of(value: &Value) -> Option<&str> {
    let is_one = ["job", "stage", "deployment"].iter().any(|it| value.get(it).is_some());
    let condition = value.get("condition").and_then(|it| it.text()).filter(|_| is_one)?;
    (condition.trim() != "succeeded()").then_some(condition)
}

fn is_step(it: &Value) -> bool {
    ["script", "bash", "pwsh", "task", "run", "checkout"].iter().any(|key| it.get(key).is_some())
}
