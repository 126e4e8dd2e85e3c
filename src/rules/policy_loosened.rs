#![doc = include_str!("policy_loosened.md")]

use super::{Find, Rule, of_name};
use crate::finding::{Finding, Severity};
use crate::snapshot::{Origin, Snapshot};

/// The rule.
pub static RULE: Rule = Rule {
    id: "policy-loosened",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("policy_loosened.md"),
    find: Find::Whole(find),
};

fn find(snapshot: &Snapshot) -> Vec<Finding> {
    let all = snapshot.loosened.iter().map(|it| {
        let message = match it.origin {
            Origin::Arriving { .. } => "the policy that this push brings lets more through",
            _ => "without the branch that this push deletes, the policy lets more through",
        };
        let mut finding = of_name(&RULE, message.to_owned(), &it.path, vec![it.origin.clone()]);
        finding.evidence = it.how.clone();
        finding.hint =
            vec!["have it looked at by whoever answers for the data on the server".to_owned()];
        finding
    });
    all.collect()
}
