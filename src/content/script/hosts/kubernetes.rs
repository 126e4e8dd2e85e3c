//! Jobs of Kubernetes: what their containers run.

use super::compose::{started, together};
use super::document::{self, Value};
use super::{Hosted, is_for_tests, only_if, outcome, run, task};
use crate::content::script::model::{Guard, GuardKind, Reach, Strength};
use crate::content::script::syntax::Block;

/// The program that such a file is: one task for each job. A template of one is not understood.
pub(super) fn read(text: &str) -> Option<Hosted> {
    if text.contains("{{") {
        return None;
    }
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    for file in document::documents(text) {
        let keys: &[&str] = match file.word("kind") {
            "Job" => &["spec", "template", "spec"],
            "CronJob" => &["spec", "jobTemplate", "spec", "template", "spec"],
            "Pod" => &["spec"],
            _ => continue,
        };
        let name = file.at(&["metadata", "name"]).and_then(|it| it.text()).unwrap_or_default();
        let Some(pod) = file.at(keys).filter(|_| !is_for_tests(name)) else { continue };
        let mut body = Block::new();
        if let Some(it) = file.at(&["spec", "suspend"]).filter(|it| it.text() == Some("true")) {
            // It runs only where somebody starts it.
            let (kind, strength) = (GuardKind::OptIn, Strength::Strong);
            let guard = Guard { kind, strength, line: it.line, defect: None };
            body.push(only_if(it.line, outcome(it.line, vec![guard], Vec::new())));
        }
        for kind in ["initContainers", "containers"] {
            let all = pod.get(kind).map(|it| it.items()).unwrap_or_default();
            all.iter().for_each(|it| body.extend(container(it)));
        }
        let name = format!("{name} {}", file.line);
        hosted.program.body.push(task(&name, file.line, Vec::new(), body, Some(Reach::Task)));
    }
    Some(hosted)
}

/// What a container runs.
fn container(of: &Value) -> Block {
    let command = of.get("command").filter(|it| !it.items().is_empty());
    let arguments = of.get("args").filter(|it| !it.items().is_empty());
    match (command, arguments) {
        (Some(command), Some(arguments)) => together(command, arguments),
        (Some(one), None) | (None, Some(one)) => started(one).map(run).into_iter().collect(),
        (None, None) => Block::new(),
    }
}
