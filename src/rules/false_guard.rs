#![doc = include_str!("false_guard.md")]

use std::rc::Rc;

use super::operation::{on_line, with_example};
use super::{Find, Rule, ScriptFile};
use crate::content::script::{Guard, Operation};
use crate::finding::{Finding, Severity};
use crate::text::name;

/// Operations behind one guard that are named.
const MOST: usize = 10;

/// The rule.
pub static RULE: Rule = Rule {
    id: "false-guard",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("false_guard.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    // One guard may seem to stand before many operations: it is said once, with all of them.
    let mut guards: Vec<(&Guard, Vec<&Operation>)> = Vec::new();
    for operation in of.operations().filter(|it| !it.is_guarded()) {
        for guard in operation.false_guards() {
            match guards.iter_mut().find(|(known, _)| *known == guard) {
                Some((_, behind)) => behind.push(operation),
                None => guards.push((guard, vec![operation])),
            }
        }
    }
    let said = |at: usize| {
        let (guard, _) = guards[at];
        guards[..at]
            .iter()
            .filter(|(it, _)| it.kind == guard.kind && it.defect == guard.defect)
            .count()
    };
    guards
        .iter()
        .enumerate()
        .filter_map(|(at, (guard, behind))| finding(guard, behind, said(at), of))
        .collect()
}

/// A finding for a guard and the operations behind it; `nth` of its like are before it.
fn finding(guard: &Guard, behind: &[&Operation], nth: usize, of: &ScriptFile) -> Option<Finding> {
    let clause = guard.defect?.clause();
    let word = guard.kind.word();
    let message = format!("{word} that stops nothing: {clause}");
    let anchor = format!("{word}: {clause}: {nth}");
    let mut finding = on_line(&RULE, message, Some(guard.line), &anchor, of);
    finding.operation = behind.first().map(|it| Rc::new((*it).clone()));
    let lines = behind.iter().take(MOST).map(|it| format!("line {}: {}", it.line, name(&it.name)));
    finding.evidence = lines.map(|it| format!("does not guard {it}")).collect();
    if behind.len() > MOST {
        finding.evidence.push(format!("and {} more", behind.len() - MOST));
    }
    with_example(&mut finding, "put one that stops in its place", of);
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        let found = found(
            &RULE,
            &[
                operation(Scope::Table, vec![pause(3)]),
                operation(Scope::Tenant, vec![pause(3), pause(9)]),
            ],
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].at.line, Some(3));
        assert_eq!(
            found[0].message,
            "pause that stops nothing: it only waits, and goes on by itself"
        );
        assert_eq!(found[0].evidence.len(), 2);
        assert_eq!(found[1].at.line, Some(9));
        assert_ne!(found[0].anchor, found[1].anchor);
    }

    #[test]
    fn lets_through() {
        for guards in [vec![], vec![backup(3)], vec![pause(3), asked(4)]] {
            assert!(found(&RULE, &[operation(Scope::Table, guards)]).is_empty());
        }
    }
}
