#![doc = include_str!("operation_without_count.md")]

use super::operation::{Fix, unsupported};
use super::{Find, Rule, ScriptFile};
use crate::content::script::{GuardKind, Scope};
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "operation-without-count",
    severity: Severity::Warning,
    is_off: true,
    refines: &[],
    manual: include_str!("operation_without_count.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let fix = Fix::Example("count before it what will go");
    unsupported(
        &RULE,
        GuardKind::CountShown,
        "nothing is counted first",
        fix,
        |it| it.scope != Scope::GitHistory,
        of,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        for guards in [vec![], vec![asked(3)], vec![backup(3)]] {
            let found = found(&RULE, &[operation(Scope::Table, guards)]);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].at.line, Some(12));
            assert_eq!(
                found[0].message,
                "wipes a table, and nothing is counted first (DELETE FROM)"
            );
        }
    }

    #[test]
    fn lets_through() {
        let held = vec![asked(2), supporting(GuardKind::CountShown, 3)];
        assert!(found(&RULE, &[operation(Scope::Table, held)]).is_empty());
        assert!(found(&RULE, &[operation(Scope::GitHistory, vec![])]).is_empty());
    }
}
