//! Workflows and composite actions of GitHub.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::expression::{Context, Inputs};
use super::throwaway::{self, Place};
use super::{Text, actions, held};
use crate::content::script::hosts::document::Value;
use crate::content::script::hosts::{
    Hosted, Lasting, as_text, filled, handed_to, needed, only_if, process, run, run_task, task,
    whatever,
};
use crate::content::script::model::{GuardKind, Reach, Strength};
use crate::content::script::syntax::{Act, Block, Expression, Form, Shared, Statement};
use crate::content::script::value::{ENVIRONMENT, Told};

/// Jobs that one needs, at most.
const NEEDS: usize = 50;

/// Steps of one job that run after a failure as well; more of them run like others.
const ALWAYS: usize = 20;

/// What has something run though another thing before it failed.
const GOES_ON: &[&str] = &["always()", "failure()", "cancelled()"];

/// What all jobs of a workflow share.
struct Workflow<'a> {
    text: &'a Text<'a>,
    file: &'a Value,
    inputs: Inputs,
}

/// A workflow: a task for each job.
pub(super) fn workflow(file: &Value, text: &Text) -> Hosted {
    let mut hosted = Hosted::default();
    let Some(on) = file.get("on") else { return hosted };
    let mut inputs = Inputs::new();
    for trigger in ["workflow_call", "workflow_dispatch"] {
        inputs.extend(on.at(&[trigger, "inputs"]).map(|it| inputs_of(it)).unwrap_or_default());
    }
    let workflow = Workflow { text, file, inputs };
    if throwaway::ends_with_its_branch(on) || throwaway::is_for_a_run(file.word("name"), text.text)
    {
        hosted.spare(1, u32::MAX, Lasting::Nothing);
    }
    let Some(jobs) = file.get("jobs") else { return hosted };
    let by_name: HashMap<&str, &Value> =
        jobs.pairs().iter().map(|(id, job)| (id.as_str(), &**job)).collect();
    for (id, job) in jobs.pairs() {
        let body = workflow.job(id, job, &mut hosted);
        hosted.program.body.push(task(&format!(" {id}"), job.line, Vec::new(), body, None));
        // What fails there counts as well done for those that need it.
        let is_lenient = |it: &String| {
            by_name.get(it.as_str()).is_some_and(|it| it.word("continue-on-error") == "true")
        };
        let needs = needs(&by_name, id).into_iter();
        let mut body: Block = needs.map(|it| needed(&it, job.line, is_lenient(&it))).collect();
        body.push(run_task(&format!(" {id}"), job.line));
        hosted.program.body.push(task(id, job.line, Vec::new(), body, Some(Reach::Pipeline)));
    }
    hosted
}

/// A composite action: its steps.
pub(super) fn action(file: &Value, text: &Text) -> Hosted {
    let mut hosted = Hosted::default();
    let inputs = file.get("inputs").map(|it| inputs_of(it)).unwrap_or_default();
    let workflow = Workflow { text, file, inputs };
    if let Some(runs) = file.get("runs") {
        let body = workflow.job("action", runs, &mut hosted);
        hosted.program.body.push(task(
            "action",
            runs.line,
            Vec::new(),
            body,
            Some(Reach::Pipeline),
        ));
    }
    hosted
}

/// The inputs of a workflow, and what each is where nobody touches it.
fn inputs_of(inputs: &Value) -> Inputs {
    let of = |input: &Value| match (input.get("default"), input.word("type")) {
        (Some(default), _) => default.text().unwrap_or_default().to_owned(),
        (None, "boolean") => "false".to_owned(),
        // The first one is picked from the start.
        (None, "choice") => {
            input.get("options").and_then(|it| it.words().first().cloned()).unwrap_or_default()
        }
        _ => String::new(),
    };
    inputs.pairs().iter().map(|(name, input)| (name.clone(), of(input))).collect()
}

/// The jobs without whose success one does not run.
fn must_succeed(job: &Value) -> Vec<String> {
    let needs = job.get("needs").map(|it| it.words()).unwrap_or_default();
    let condition = job.word("if");
    let goes_on_anyway = GOES_ON.iter().any(|it| condition.contains(it));
    let asks = |need: &String| {
        let result = format!("needs.{need}.result=='success'");
        condition.split("&&").any(|it| it.split_whitespace().collect::<String>() == result)
    };
    needs.into_iter().filter(|it| !goes_on_anyway || asks(it)).collect()
}

/// The jobs without which one does not run, those that they need as well.
fn needs(jobs: &HashMap<&str, &Value>, id: &str) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut all: Vec<String> = Vec::new();
    let mut open = vec![id.to_owned()];
    while let Some(id) = open.pop() {
        for need in jobs.get(id.as_str()).map(|it| must_succeed(it)).unwrap_or_default() {
            if seen.len() < NEEDS && seen.insert(need.clone()) {
                all.insert(0, need.clone());
                open.push(need);
            }
        }
    }
    all
}

impl Workflow<'_> {
    fn job(&self, id: &str, job: &Value, hosted: &mut Hosted) -> Block {
        let mut context = Context { inputs: self.inputs.clone(), ..Context::default() };
        set(&mut context, self.file.get("env"));
        set(&mut context, job.get("env"));
        let mut body = Block::new();
        if let Some(test) = job.get("if") {
            body.push(only_if(test.line, condition(&context, test)));
        }
        if let Some(environment) = job.get("environment") {
            // It may ask reviewers; nothing here says whether it does, unless its name.
            let name =
                format!("{}{}", environment.word("name"), environment.text().unwrap_or_default())
                    .to_lowercase();
            let is_asked = ["approv", "manual", "confirm", "protect", "gate"]
                .iter()
                .any(|it| name.contains(it));
            let strength = if is_asked { Strength::Medium } else { Strength::Supporting };
            body.push(held(GuardKind::Prerequisite, strength, environment.line));
        }
        let shared = self.file.get("env").map_or("", |it| self.text.of(it));
        let place = Place::of(id, job, shared, self.text);
        let shell = [job, self.file]
            .iter()
            .find_map(|it| it.at(&["defaults", "run", "shell"]))
            .and_then(|it| it.text());
        let (mut steps, mut left) = (Block::new(), ALWAYS);
        for step in job.get("steps").map(|it| it.items()).unwrap_or_default() {
            if let Some(what) = place.lasts(step.word("name"), step.word("if"), self.text.of(step))
            {
                hosted.spare(step.line, step.last, what);
            }
            let one = self.step(step, &context, shell);
            // It runs after a step that failed as well.
            let is_always = GOES_ON.iter().any(|it| step.word("if").contains(it));
            if !is_always || one.is_empty() || steps.is_empty() || left == 0 {
                steps.extend(one);
                continue;
            }
            left -= 1;
            let before = std::mem::take(&mut steps);
            let (handlers, otherwise) = (Vec::new(), Block::new());
            let act = Act::Try { body: before, handlers, otherwise, finally: one };
            steps.push(Statement { line: step.line, act });
        }
        body.extend(steps);
        body
    }

    fn step(&self, step: &Value, context: &Context, shell: Option<&str>) -> Block {
        let env = context.env.clone();
        let mut inner = Context { inputs: context.inputs.clone(), env, ..Context::default() };
        set(&mut inner, step.get("env"));
        let uses = step.word("uses");
        if uses.contains("manual-approval") {
            return vec![held(GuardKind::Confirmation, Strength::Strong, step.line)];
        }
        let shell = step.get("shell").and_then(|it| it.text()).or(shell).unwrap_or("bash");
        let (script, shell) = match actions::script(uses, step) {
            Some((script, own)) => (Some(script), own),
            None => (step.get("run"), shell),
        };
        let action = actions::destroys(uses, step).or_else(|| actions::fails(uses, step));
        let told = script.and_then(|it| it.told()).or(action.as_ref());
        let Some(told) = told else { return Block::new() };
        let ran = ran(step.line, told, &inner, shell, !uses.is_empty());
        let ran = match step.word("continue-on-error") {
            "true" => ran.map(whatever),
            _ => ran,
        };
        let then: Block = ran.map(run).into_iter().collect();
        match step.get("if") {
            Some(test) if !then.is_empty() => {
                let test_of = condition(&inner, test);
                vec![Statement {
                    line: test.line,
                    act: Act::If { test: test_of, then, otherwise: Block::new() },
                }]
            }
            _ => then,
        }
    }
}

/// What an `if` asks. `${{ inputs.wipe }} == true` is a text, and each text but the empty one counts as true (actionlint, `if-cond`).
fn condition(context: &Context, test: &Value) -> Shared {
    let text = test.text().unwrap_or_default().trim();
    let inner = text.strip_prefix("${{").and_then(|it| it.strip_suffix("}}")).unwrap_or(text);
    if inner.contains("${{") || inner.contains("}}") {
        return Expression::new(test.line, Form::Bool(true));
    }
    context.condition(text, test.line)
}

fn ran(line: u32, told: &Told, context: &Context, shell: &str, is_remote: bool) -> Option<Shared> {
    let told = filled(told, "${{", "}}", &|inner, line| context.hole(inner, line));
    match shell.split_whitespace().next().unwrap_or_default() {
        "python" | "python3" => Some(knowing(context, handed_to(line, "python", "-c", told))),
        "node" => Some(knowing(context, handed_to(line, "node", "-e", told))),
        "pwsh" | "powershell" | "cmd" => {
            Some(knowing(context, handed_to(line, "pwsh", "-Command", told)))
        }
        _ => {
            let sets =
                context.env.iter().map(|(name, value)| (name.clone(), Rc::clone(value))).collect();
            let is_strict = !is_remote && (!shell.contains("{0}") || shell.contains("-e"));
            process(line, &told, sets, is_strict)
        }
    }
}

/// A program of another language that has these variables in its environment. PowerShell knows them in whatever case.
fn knowing(context: &Context, program: Shared) -> Shared {
    if context.env.is_empty() {
        return program;
    }
    let line = program.line;
    let names = |name: &String| [name.clone(), name.to_uppercase()];
    let sets = context.env.iter().flat_map(|(name, value)| {
        names(name).map(|it| Act::Set(format!("{ENVIRONMENT}{it}"), Rc::clone(value)))
    });
    let mut block: Block = sets.map(|act| Statement { line, act }).collect();
    block.push(run(program));
    Expression::new(line, Form::Subshell(Rc::new(block)))
}

/// Adds variables to what expressions and commands know.
fn set(context: &mut Context, env: Option<&Rc<Value>>) {
    for (name, value) in env.map(|it| it.pairs()).unwrap_or_default() {
        let Some(told) = value.told() else { continue };
        let told = filled(told, "${{", "}}", &|inner, line| context.hole(inner, line));
        context.env.insert(name.clone(), as_text(value.line, told));
    }
}
