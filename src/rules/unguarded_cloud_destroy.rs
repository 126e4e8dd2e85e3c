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
    use crate::rules::sample::{finds_unguarded, lets_through_guarded};

    #[test]
    fn finds() {
        finds_unguarded(&RULE, Scope::Cloud);
    }

    #[test]
    fn lets_through() {
        lets_through_guarded(&RULE, Scope::Cloud, Scope::Files);
    }
}
