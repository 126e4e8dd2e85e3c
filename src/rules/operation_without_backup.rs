#![doc = include_str!("operation_without_backup.md")]

use super::operation::{Fix, unsupported};
use super::{Find, Rule, ScriptFile};
use crate::content::script::{GuardKind, Scope};
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "operation-without-backup",
    severity: Severity::Warning,
    is_off: true,
    refines: &[],
    manual: include_str!("operation_without_backup.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let fix = Fix::Example("take a backup before it");
    unsupported(
        &RULE,
        GuardKind::Backup,
        "no backup is made first",
        fix,
        |it| !matches!(it.scope, Scope::Backup | Scope::GitHistory),
        of,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::script::{Defect, Guard};
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        for guards in [vec![], vec![asked(3)], vec![supporting(GuardKind::CountShown, 3)]] {
            let found = found(&RULE, &[operation(Scope::Table, guards)]);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].at.line, Some(12));
            assert_eq!(
                found[0].message,
                "wipes a table, and no backup is made first (DELETE FROM)"
            );
        }
        let late = Guard { defect: Some(Defect::TooLate), ..backup(20) };
        assert_eq!(found(&RULE, &[operation(Scope::Table, vec![late])]).len(), 1);
    }

    #[test]
    fn lets_through() {
        let held = vec![asked(2), supporting(GuardKind::Backup, 3)];
        assert!(found(&RULE, &[operation(Scope::Table, held)]).is_empty());
        for scope in [Scope::Backup, Scope::GitHistory] {
            assert!(found(&RULE, &[operation(scope, vec![])]).is_empty());
        }
    }
}
