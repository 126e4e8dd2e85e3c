//! Scripts made by hand, for the tests of rules.

pub(super) use std::rc::Rc;

pub(super) use crate::content::script::{Scope, Script};
pub(super) use crate::content::{Answer, Cause, Unreadable};

use super::{Find, Rule, ScriptFile};
use crate::content::script::{
    Defect, Guard, GuardKind, Kind, Language, Operation, Reach, Strength, Taken, Target, Weight,
};
use crate::content::{Depth, Limits};
use crate::finding::Finding;
use crate::snapshot::{Bytes, File, Origin, Pending};
use crate::source::Source;

static KIND: Kind = Kind {
    id: "py.sample",
    shape: "DELETE FROM TABLE",
    when: "",
    scope: Scope::Table,
    weight: Weight::High,
    safeguard: "",
};

/// An operation on line 12 of a script in Python.
pub(crate) fn operation(scope: Scope, guards: Vec<Guard>) -> Operation {
    Operation {
        kind: &KIND,
        line: 12,
        begins: 12,
        layers: vec!["python", "SQL"],
        scope,
        target: Target::Connection,
        reach: Reach::TopLevel,
        name: "DELETE FROM".to_owned(),
        guards,
        prompt_off: None,
        anchor: "py.sample DELETE FROM 0".to_owned(),
        wording: "0123456789abcdef".to_owned(),
    }
}

/// A guard that stops whoever did not mean it.
pub(super) fn asked(line: u32) -> Guard {
    Guard { kind: GuardKind::Confirmation, strength: Strength::Strong, line, defect: None }
}

/// One that stops some mistakes.
pub(super) fn list_of_refused(line: u32) -> Guard {
    Guard { kind: GuardKind::EnvironmentDenied, strength: Strength::Medium, line, defect: None }
}

/// One that lessens the damage.
pub(super) fn backup(line: u32) -> Guard {
    Guard { kind: GuardKind::Backup, strength: Strength::Supporting, line, defect: None }
}

/// One of this kind that supports.
pub(super) fn supporting(kind: GuardKind, line: u32) -> Guard {
    Guard { kind, strength: Strength::Supporting, line, defect: None }
}

/// One that stops nobody.
pub(super) fn pause(line: u32) -> Guard {
    let defect = Some(Defect::OnlyWaits);
    Guard { kind: GuardKind::Pause, strength: Strength::Strong, line, defect }
}

/// A database that is forced into git.
pub(super) fn taken(file: &str) -> Taken {
    Taken { line: 7, by: "git add -f", file: file.to_owned(), anchor: file.to_owned() }
}

pub(super) fn script(operations: &[Operation]) -> Script {
    Script {
        language: Language::Python,
        manner: None,
        database: None,
        operations: operations.to_vec(),
        databases_taken_along: Vec::new(),
        cut: None,
        safeguards_off: Vec::new(),
    }
}

/// What a rule finds in a script that does this.
pub(super) fn found(rule: &Rule, operations: &[Operation]) -> Vec<Finding> {
    found_in(rule, Answer::Yes(Rc::new(script(operations))))
}

/// What it finds where the file was read as this.
pub(super) fn found_in(rule: &Rule, answer: Answer<Rc<Script>>) -> Vec<Finding> {
    find(rule, answer, &|| Answer::No)
}

/// What it finds where the script did something else before.
pub(super) fn found_after(rule: &Rule, before: &[Operation], now: &[Operation]) -> Vec<Finding> {
    let answer = |operations| Answer::Yes(Rc::new(script(operations)));
    find(rule, answer(now), &|| answer(before))
}

fn find(
    rule: &Rule,
    script: Answer<Rc<Script>>,
    before: &dyn Fn() -> Answer<Rc<Script>>,
) -> Vec<Finding> {
    let Find::Script(find) = rule.find else { panic!("{} is not about scripts", rule.id) };
    let none = Source::Files(Vec::new());
    let place = std::env::temp_dir();
    let snapshot = none.take(None, &place, Depth::Deep, Limits::default()).expect("no files");
    let file = File {
        mode: crate::snapshot::Mode::Regular,
        path: "scripts/wipe it.py".into(),
        bytes: Bytes::Blob("1".repeat(40)),
        before: None,
        origins: vec![Origin::Staged(Pending::Commit)],
    };
    find(&ScriptFile { file: &file, script, before, snapshot: &snapshot })
}

/// Holds that a rule finds operations of this scope that no guard stops.
pub(super) fn finds_unguarded(rule: &Rule, scope: Scope) {
    for guards in [vec![], vec![backup(3)], vec![pause(3)], vec![backup(3), pause(4)]] {
        let found = found(rule, &[operation(scope, guards)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].at.line, Some(12));
        assert!(found[0].message.contains("nothing asks first"), "{found:?}");
        assert!(found[0].example.is_some());
    }
}

/// Holds that it lets those through that a guard stops, in part as well, and those of another scope.
pub(super) fn lets_through_guarded(rule: &Rule, scope: Scope, other: Scope) {
    let cases = [
        operation(scope, vec![asked(3)]),
        operation(scope, vec![pause(2), asked(3)]),
        operation(scope, vec![list_of_refused(3)]),
        operation(other, vec![]),
    ];
    for case in cases {
        assert!(found(rule, std::slice::from_ref(&case)).is_empty(), "{case:?}");
    }
}
