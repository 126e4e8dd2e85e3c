//! What the tests of all languages have in common.
#![allow(clippy::panic)]

use super::{Answer, Strength, read};

/// What is said of a script: the line of each operation, its kind, and whether a strong guard is in force there.
pub(super) fn said(path: &str, text: &str) -> Vec<(u32, &'static str, bool)> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(script) => {
            let said = script.operations.iter().map(|it| (it.line, it.kind.id, it.is_guarded()));
            said.collect()
        }
        Answer::No => Vec::new(),
        Answer::Unreadable(why) => panic!("{}", why.detail),
    }
}

/// The defects of what looks like a guard of the first operation.
pub(super) fn defects(path: &str, text: &str) -> Vec<super::Defect> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(script) => {
            let first = script.operations.first();
            first.map(|it| it.false_guards().filter_map(|it| it.defect).collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The strength of what stands before the first operation.
pub(super) fn strength(path: &str, text: &str) -> Option<Strength> {
    match read(path.into(), text.as_bytes()) {
        Answer::Yes(script) => script.operations.first().and_then(|it| it.strength()),
        _ => None,
    }
}
