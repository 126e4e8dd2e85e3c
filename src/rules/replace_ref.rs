#![doc = include_str!("replace_ref.md")]

use super::{Find, Rule, of_name};
use crate::finding::{Finding, Severity};
use crate::snapshot::Snapshot;

/// The rule.
pub static RULE: Rule = Rule {
    id: "replace-ref",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("replace_ref.md"),
    find: Find::Whole(find),
};

fn find(snapshot: &Snapshot) -> Vec<Finding> {
    let found = snapshot.refs.iter().filter(|it| it.starts_with(b"refs/replace/"));
    found
        .map(|name| {
            let message = "this ref has git show another object in place of the one that it sends";
            let mut finding = of_name(&RULE, message.to_owned(), name, Vec::new());
            finding.hint = vec!["leave it out of the push: git push REMOTE BRANCH".to_owned()];
            finding
        })
        .collect()
}
