#![doc = include_str!("operation_without_audit_log.md")]

use super::operation::{Fix, unsupported};
use super::{Find, Rule, ScriptFile};
use crate::content::script::GuardKind;
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "operation-without-audit-log",
    severity: Severity::Warning,
    is_off: true,
    refines: &[],
    manual: include_str!("operation_without_audit_log.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    let fix = Fix::Hint("write down first who does what to which data, such as by audit_log(...)");
    unsupported(&RULE, GuardKind::AuditLog, "no audit log is written first", fix, |_| true, of)
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
                "wipes a table, and no audit log is written first (DELETE FROM)"
            );
        }
    }

    #[test]
    fn lets_through() {
        let held = vec![asked(2), supporting(GuardKind::AuditLog, 3)];
        assert!(found(&RULE, &[operation(Scope::Table, held)]).is_empty());
    }
}
