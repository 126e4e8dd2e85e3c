#![doc = include_str!("backup_deletion.md")]

use super::operation::unguarded;
use super::{Find, Rule, ScriptFile};
use crate::content::script::Scope;
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "backup-deletion",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("backup_deletion.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    unguarded(&RULE, Scope::Backup, of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::{finds_unguarded, lets_through_guarded};

    #[test]
    fn finds() {
        finds_unguarded(&RULE, Scope::Backup);
    }

    #[test]
    fn lets_through() {
        lets_through_guarded(&RULE, Scope::Backup, Scope::Files);
    }
}
