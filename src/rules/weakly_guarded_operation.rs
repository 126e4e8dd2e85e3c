#![doc = include_str!("weakly_guarded_operation.md")]

use super::operation::{about, act, leave, with_example};
use super::{Find, Rule, ScriptFile};
use crate::content::script::{GuardKind, Strength};
use crate::finding::{Finding, Severity};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "weakly-guarded-operation",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("weakly_guarded_operation.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let found = of.operations().filter(|it| it.strength() == Some(Strength::Medium));
    found
        .map(|it| {
            let name = name(&it.name);
            let message = format!("{}, and what guards it is weak ({name})", act(it));
            let mut finding = about(&RULE, message, it, of);
            let weak = it.guards.iter().filter(|it| it.defect.is_none());
            let weak = weak.filter(|it| it.strength == Strength::Medium).map(|it| it.kind);
            let mut advice: Vec<&str> = weak.map(stronger).collect();
            advice.dedup();
            finding.evidence.extend(advice.iter().map(|it| format!("strong would be: {it}")));
            with_example(&mut finding, "make the guard strong", of);
            leave(&mut finding, of);
            finding
        })
        .collect()
}

/// What would make a guard of this kind strong.
fn stronger(kind: GuardKind) -> &'static str {
    match kind {
        GuardKind::EnvironmentDenied | GuardKind::EnvironmentAllowed => {
            "a list of the environments that may be wiped, which refuses one that is not set"
        }
        GuardKind::Confirmation => "the name of what goes, typed and compared",
        GuardKind::TargetChecked => "a list of the hosts or databases that may be wiped",
        GuardKind::OptIn | GuardKind::DryRun => "to destroy nothing unless a flag asks for it",
        GuardKind::Prerequisite => "a step before it that asks, and stops it",
        GuardKind::Framework
        | GuardKind::CountShown
        | GuardKind::Backup
        | GuardKind::Transaction
        | GuardKind::AuditLog
        | GuardKind::Pause
        | GuardKind::Notice
        | GuardKind::Presence => "an answer that is asked for and compared",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        let found = found(&RULE, &[operation(Scope::Table, vec![backup(2), list_of_refused(3)])]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        let strong = "strong would be: a list of the environments that may be wiped";
        assert!(found[0].evidence.iter().any(|it| it.starts_with(strong)), "{found:?}");
    }

    #[test]
    fn lets_through() {
        for guards in [vec![], vec![asked(3)], vec![list_of_refused(2), asked(3)], vec![backup(3)]]
        {
            assert!(found(&RULE, &[operation(Scope::Table, guards)]).is_empty());
        }
    }
}
