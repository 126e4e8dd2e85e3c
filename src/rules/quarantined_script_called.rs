#![doc = include_str!("quarantined_script_called.md")]

use super::operation::waive;
use super::{Find, Rule, ScriptFile, in_file};
use crate::finding::{Finding, Severity};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "quarantined-script-called",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("quarantined_script_called.md"),
    find: Find::Script(find),
};

fn find(it: &ScriptFile) -> Vec<Finding> {
    let (file, snapshot) = (it.file, it.snapshot);
    let mut mentions = snapshot.mentions(file);
    if mentions.is_empty() {
        return Vec::new();
    }
    let registry = snapshot.registry(file);
    // A pattern that may stand for any file counts only where it would take one that was put away.
    mentions.retain(|it| !it.is_open() || registry.as_ref().is_some_and(|all| all.has_one_of(it)));
    let found = mentions.iter().enumerate().map(|(at, mention)| {
        let message = format!("a script that was put away is named: {}", name(&mention.name));
        let mut finding = in_file(&RULE, message, file, snapshot);
        finding.at.line = Some(mention.line);
        let number = mentions[..at].iter().filter(|it| it.name == mention.name).count();
        finding.anchor = format!("{} {number}", name(&mention.name));
        finding.hint = vec![
            "take the call out, and do what its row in DANGEROUS_SCRIPTS.md says instead"
                .to_owned(),
            waive(RULE.id, it),
        ];
        finding
    });
    found.collect()
}
