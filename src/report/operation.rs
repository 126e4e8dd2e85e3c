//! An operation of a script, as the JSON report has it.

use serde::Serialize;

use crate::content::script::{Guard, Operation};

#[derive(Serialize)]
pub(super) struct OperationJson<'a> {
    kind: &'static str,
    name: &'a str,
    line: u32,
    scope: &'static str,
    target: &'static str,
    reach: &'static str,
    layers: &'a [&'static str],
    prompt_off: Option<&'a str>,
    guards: Vec<GuardJson>,
}

#[derive(Serialize)]
struct GuardJson {
    kind: &'static str,
    strength: &'static str,
    line: u32,
    defect: Option<&'static str>,
}

impl OperationJson<'_> {
    pub(super) fn of(operation: &Operation) -> OperationJson<'_> {
        OperationJson {
            kind: operation.kind.id,
            name: &operation.name,
            line: operation.line,
            scope: operation.scope.word(),
            target: operation.target.word(),
            reach: operation.reach.word(),
            layers: &operation.layers,
            prompt_off: operation.prompt_off.as_deref(),
            guards: operation.guards.iter().map(guard).collect(),
        }
    }
}

fn guard(guard: &Guard) -> GuardJson {
    GuardJson {
        kind: guard.kind.word(),
        strength: guard.strength.word(),
        line: guard.line,
        defect: guard.defect.map(|it| it.clause()),
    }
}
