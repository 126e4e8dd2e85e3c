#![doc = include_str!("expired_waiver.md")]

use super::{Find, Rule, ScriptFile, in_file};
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

fn find(it: &ScriptFile) -> Vec<Finding> {
    let (file, snapshot) = (it.file, it.snapshot);
    let Some(today) = snapshot.today() else { return Vec::new() };
    let mut seen = Vec::new();
    let mut findings = Vec::new();
    for waiver in snapshot.waivers(file) {
        let Some(until) = waiver.until.filter(|it| is_before(it, today)) else { continue };
        let message = format!("the waiver of {} ended on {until}", name(&waiver.rule));
        let mut finding = in_file(&RULE, message, file, snapshot);
        finding.at.line = Some(waiver.line);
        let like = format!("{} {until}", waiver.rule);
        let number = seen.iter().filter(|it| **it == like).count();
        finding.anchor = format!("{like} {number}");
        seen.push(like);
        finding.hint = vec![
            "mend what it speaks of; or look at it again, and give the comment a later day"
                .to_owned(),
        ];
        findings.push(finding);
    }
    findings
}

/// Whether a day, written as in a calendar, comes before another one. The letters of such dates are in the order of the days.
fn is_before(day: &str, today: &str) -> bool {
    let is_digit = |at: usize, it: u8| matches!(at, 4 | 7) || it.is_ascii_digit();
    day.len() == today.len()
        && day.bytes().enumerate().all(|(at, it)| is_digit(at, it))
        && day < today
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_a_waiver_is_part_of_it() {
        for (day, expected) in [
            ("2026-11-24", true),
            ("2025-12-31", true),
            ("2026-11-25", false),
            ("2026-11-26", false),
            ("9", false),
            ("20261124xx", false),
        ] {
            assert_eq!(is_before(day, "2026-11-25"), expected, "{day}");
        }
    }
}
