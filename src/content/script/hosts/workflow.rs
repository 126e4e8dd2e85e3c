//! Workflows and pipelines: what the steps of their jobs run, and what must be typed, picked or approved before.

mod expression;
mod github;
mod gitlab;
mod pipelines;
mod throwaway;

use super::document::{self, Value};
use super::{Hosted, only_if, outcome};
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::syntax::Statement;

/// The program that a workflow or pipeline is.
pub(super) fn read(path: &str, text: &str) -> Option<Hosted> {
    let file = document::yaml(text)?;
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    let mut hosted = match () {
        () if file.get("on").is_some() && file.get("jobs").is_some() => {
            github::workflow(&file, text)
        }
        () if file.at(&["runs", "steps"]).is_some() => github::action(&file, text),
        () if name.contains("gitlab-ci") || lower.contains(".gitlab/") => gitlab::read(&file, text),
        () => pipelines::read(&file, text),
    };
    hosted.program.stops_on_failure = true;
    Some(hosted)
}

/// Goes on only where somebody did this.
fn held(kind: GuardKind, strength: Strength, line: u32) -> Statement {
    let guard = Guard { kind, strength, line, defect: None };
    only_if(line, outcome(line, vec![guard], Vec::new()))
}

/// The lines of the file that a value stands on.
fn lines_of<'a>(text: &'a str, value: &Value) -> &'a str {
    let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let first = value.line.saturating_sub(1) as usize;
    let start = starts.nth(first).unwrap_or(text.len());
    let count = value.last.saturating_sub(value.line) as usize;
    let end = starts.nth(count).unwrap_or(text.len());
    text.get(start..end).unwrap_or_default()
}
