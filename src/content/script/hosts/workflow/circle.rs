//! What stands in the way of a job of CircleCI: approvals, and conditions of workflows and steps.

use std::rc::Rc;

use super::expression::Context;
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::syntax::{Expression, Form as Shape, Shared};

/// The line of an approval without which no workflow of CircleCI runs a job.
pub(super) fn approved(file: &Value, job: &str) -> Option<u32> {
    let mut found = None;
    for (_, workflow) in file.get("workflows")?.pairs() {
        let jobs = workflow.get("jobs").map(|it| it.items()).unwrap_or_default();
        if !lists(workflow, job) {
            continue;
        }
        let said = |name: &str| jobs.iter().find_map(|it| it.get(name));
        let mut open = vec![job.to_owned()];
        let mut held = None;
        for _ in 0..100 {
            let Some(it) = open.pop().and_then(|it| said(&it)) else {
                if open.is_empty() {
                    break;
                }
                continue;
            };
            if it.word("type") == "approval" {
                held = Some(it.line);
                break;
            }
            open.extend(it.get("requires").map(|it| it.words()).unwrap_or_default());
        }
        found = Some(held?);
    }
    found
}

/// What must hold for a job to run, where each workflow with it has a condition.
pub(super) fn asked(file: &Value, job: &str, context: &Context) -> Option<Shared> {
    let all = file.get("workflows")?.pairs().iter().filter(|(_, it)| lists(it, job));
    let tests: Option<Vec<Shared>> =
        all.map(|(_, it)| it.get("when").and_then(|it| test(it, context))).collect();
    let tests = tests.filter(|it| !it.is_empty())?;
    let line = tests.first()?.line;
    Some(Expression::new(line, Shape::Any(tests)))
}

/// `when: {condition: ..., steps: [...]}`, or `unless`: what must hold, and the steps.
pub(super) fn under<'a>(step: &'a Value, context: &Context) -> Option<(Shared, &'a Value)> {
    let (inner, is_when) = match (step.get("when"), step.get("unless")) {
        (Some(it), _) => (it, true),
        (None, it) => (it?, false),
    };
    let steps = inner.get("steps")?;
    // What is not understood may hold or not.
    let unknown = || Expression::new(step.line, Shape::Other(Vec::new()));
    let test = inner.get("condition").and_then(|it| test(it, context)).unwrap_or_else(unknown);
    let negated = || Expression::new(step.line, Shape::Not(Rc::clone(&test)));
    Some((if is_when { Rc::clone(&test) } else { negated() }, steps))
}

/// A condition: `<< pipeline.parameters.wipe >>`, `{equal: [a, << pipeline.parameters.b >>]}`.
fn test(of: &Value, context: &Context) -> Option<Shared> {
    let bare =
        |it: &str| it.trim().trim_start_matches("<<").trim_end_matches(">>").trim().to_owned();
    match &of.form {
        Form::Text(told) => Some(context.condition(&bare(&told.text), of.line)),
        Form::Map(_) => {
            let [one, other] = of.get("equal")?.items() else { return None };
            let side = |it: &Value| {
                let text = it.text().unwrap_or_default();
                if text.contains("<<") { bare(text) } else { format!("'{text}'") }
            };
            Some(context.condition(&format!("{} == {}", side(one), side(other)), of.line))
        }
        Form::List(_) => None,
    }
}

/// Whether a workflow has a job: by its name, or by its name with what is said of it.
fn lists(workflow: &Value, job: &str) -> bool {
    let jobs = workflow.get("jobs").map(|it| it.items()).unwrap_or_default();
    jobs.iter().any(|it| it.text() == Some(job) || it.get(job).is_some())
}
