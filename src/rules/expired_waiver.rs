#![doc = include_str!("expired_waiver.md")]

use super::{Find, Rule, ScriptFile, in_file};
use crate::date::Date;
use crate::finding::{Finding, Severity};
use crate::text::name;

/// The rule.
pub static RULE: Rule = Rule {
    id: "expired-waiver",
    severity: Severity::Warning,
    is_off: false,
    refines: &[],
    manual: include_str!("expired_waiver.md"),
    find: Find::Script(find),
};

/// What is done about one that is over.
const MEND: &str = "mend what it speaks of; or look at it again, and give the comment a later day";

/// What is done about one of which nobody can say when it is over.
const WRITE: &str = "write its last day as `until YYYY-MM-DD`; a reason has no other `until` in it";

fn find(it: &ScriptFile) -> Vec<Finding> {
    let (file, snapshot) = (it.file, it.snapshot);
    let Some(today) = snapshot.today() else { return Vec::new() };
    let mut seen = Vec::new();
    let mut findings = Vec::new();
    for waiver in snapshot.waivers(file).into_iter().filter(|it| !it.is_misspelt) {
        let Some(until) = waiver.until else { continue };
        let rule = name(&waiver.rule);
        let (message, hint) = match until.parse::<Date>().is_ok() {
            true if until.as_str() < today => {
                (format!("the waiver of {rule} ended on {until}"), MEND)
            }
            true => continue,
            false if until.is_empty() => {
                (format!("the waiver of {rule} does not say its last day"), WRITE)
            }
            false => (format!("the waiver of {rule} ends on no day: {}", name(&until)), WRITE),
        };
        let mut finding = in_file(&RULE, message, file, snapshot);
        finding.at.line = Some(waiver.line);
        let like = format!("{} {until}", waiver.rule);
        let number = seen.iter().filter(|it| **it == like).count();
        finding.anchor = format!("{like} {number}");
        seen.push(like);
        finding.hint = vec![hint.to_owned()];
        findings.push(finding);
    }
    findings
}
