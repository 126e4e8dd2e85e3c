#![doc = include_str!("unguarded_cloud_destroy.md")]

use super::operation::unguarded;
use super::{Find, Rule, ScriptFile};
use crate::content::script::Scope;
use crate::finding::{Finding, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unguarded-cloud-destroy",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("unguarded_cloud_destroy.md"),
    find: Find::Script(find),
};

fn find(of: &ScriptFile) -> Vec<Finding> {
    unguarded(&RULE, Scope::Cloud, of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::*;

    #[test]
    fn finds() {
        for guards in [vec![], vec![backup(3)], vec![pause(3)], vec![backup(3), pause(4)]] {
            let found = found(&RULE, &[operation(Scope::Cloud, guards)]);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].at.line, Some(12));
            assert!(found[0].message.contains("nothing asks first"), "{found:?}");
            assert!(found[0].example.is_some());
        }
    }

    #[test]
    fn lets_through() {
        let cases = [
            operation(Scope::Cloud, vec![asked(3)]),
            operation(Scope::Cloud, vec![pause(2), asked(3)]),
            operation(Scope::Cloud, vec![list_of_refused(3)]),
            operation(Scope::Files, vec![]),
        ];
        for case in cases {
            assert!(found(&RULE, std::slice::from_ref(&case)).is_empty(), "{case:?}");
        }
    }
}
