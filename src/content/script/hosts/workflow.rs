//! Workflows and pipelines: what the steps of their jobs run, and what must be typed, picked or approved before.

mod actions;
mod circle;
mod databases;
mod expression;
mod github;
mod gitlab;
mod listed;
mod pipelines;
mod throwaway;

pub(super) use expression::Context;
pub(super) use gitlab::together as lines;
pub(in crate::content::script) use listed::is_one as is_listed;

use super::document::{self, Value};
use super::{Hosted, only_if, outcome};
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::syntax::Statement;

/// The program that a workflow or pipeline is.
pub(super) fn read(path: &str, text: &str) -> Option<Hosted> {
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    let file = document::yaml(text)?;
    let listed = listed::service(name, text.as_bytes());
    let text = &Text::new(text);
    let mut hosted = match () {
        () if is_of_gitlab(&lower) => gitlab::read(&file, text),
        () if file.get("on").is_some() && file.get("jobs").is_some() => {
            github::workflow(&file, text)
        }
        () if file.at(&["runs", "steps"]).is_some() => github::action(&file, text),
        () => match listed {
            Some(service) => listed::read(service, &file, text),
            None => pipelines::read(&file, text),
        },
    };
    hosted.program.stops_on_failure = true;
    Some(hosted)
}

/// Whether a file at this path, in lower case, is one that GitLab obeys, whatever its keys are. What is beside the workflows of GitHub is
/// not, though it may be named after what it takes over.
pub(in crate::content::script) fn is_of_gitlab(lower: &str) -> bool {
    let name = lower.rsplit('/').next().unwrap_or_default();
    let is_named =
        name.contains("gitlab-ci") || lower.contains(".gitlab/") || lower.contains(".gitlab-ci/");
    is_named && !lower.contains(".github/")
}

/// Goes on only where somebody did this.
fn held(kind: GuardKind, strength: Strength, line: u32) -> Statement {
    let guard = Guard { kind, strength, line, defect: None };
    only_if(line, outcome(line, vec![guard], Vec::new()))
}

/// The text of a file, with where its lines begin, and what it says of databases.
struct Text<'a> {
    text: &'a str,
    starts: Vec<usize>,
    databases: throwaway::Databases,
    /// Its jobs share what runs beside them.
    has_shared_services: bool,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Text<'a> {
        let begin = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(begin).collect();
        let has_shared_services = text.lines().any(|it| it.starts_with("services:"))
            || text.contains("executors:")
            || text.contains("containers:")
            || text.contains("extends:");
        Text { text, starts, databases: throwaway::Databases::of(text), has_shared_services }
    }

    /// The lines that a value stands on.
    fn of(&self, value: &Value) -> &'a str {
        let start = |line: u32| self.starts.get(line as usize).copied().unwrap_or(self.text.len());
        let lines = start(value.line.saturating_sub(1))..start(value.last);
        self.text.get(lines).unwrap_or_default()
    }
}
