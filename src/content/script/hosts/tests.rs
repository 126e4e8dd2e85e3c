//! Invented files that hold commands, and what is found in them.

use crate::content::Answer;
use crate::content::script::{self, Guard, Reach, Strength};

mod ansible;
mod environments;
mod guards;
mod jobs;
mod lasting;
mod places;
mod roles;
mod settings;
mod terraform;
mod units;

/// The lines of what is found dangerous, and of what is guarded.
fn said(path: &str, text: &str) -> (Vec<u32>, Vec<u32>) {
    let (mut open, mut guarded) = (Vec::new(), Vec::new());
    if let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) {
        for it in &script.operations {
            match it.strength() {
                Some(Strength::Strong | Strength::Medium) => guarded.push(it.line),
                _ => open.push(it.line),
            }
        }
    }
    (open, guarded)
}

/// Asserts that these lines, and no others, destroy without a guard.
#[track_caller]
fn finds(path: &str, text: &str, lines: &[u32]) {
    let (open, _) = said(path, text);
    assert_eq!(open, lines, "dangerous lines of {path}:\n{text}");
}

/// Asserts that nothing is dangerous, and these lines destroy behind a guard.
#[track_caller]
fn guarded(path: &str, text: &str, lines: &[u32]) {
    assert_eq!(said(path, text), (Vec::new(), lines.to_vec()), "of {path}:\n{text}");
}

/// Asserts that nothing is found at all.
#[track_caller]
fn lets_through(path: &str, text: &str) {
    assert_eq!(said(path, text), (Vec::new(), Vec::new()), "of {path}:\n{text}");
}

/// The guards of the operation on this line.
fn guards_of(path: &str, text: &str, line: u32) -> Vec<Guard> {
    let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) else { return Vec::new() };
    script
        .operations
        .iter()
        .find(|it| it.line == line)
        .map(|it| it.guards.clone())
        .unwrap_or_default()
}

/// What makes the operation on this line run.
fn reach_of(path: &str, text: &str, line: u32) -> Option<Reach> {
    let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) else { return None };
    script.operations.iter().find(|it| it.line == line).map(|it| it.reach)
}
