#![doc = include_str!("too_slow_to_read.md")]

use super::{Find, Rule, in_file, not_read, noun};
use crate::content::Cause;
use crate::finding::{Finding, Severity};
use crate::snapshot::{File, Snapshot, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    id: "too-slow-to-read",
    severity: Severity::Error,
    is_off: false,
    refines: &[],
    manual: include_str!("too_slow_to_read.md"),
    find: Find::Each(find),
};

/// Files that are refused unread since the time for all of them is over, named one by one up to here.
const NAMED: usize = 1000;

/// A finding for each file that was not reached in the time that there is for all of them.
pub fn not_reached(files: &[&File], snapshot: &Snapshot) -> Vec<Finding> {
    let mut findings: Vec<Finding> = files
        .iter()
        .take(NAMED)
        .map(|file| {
            in_file(
                &RULE,
                "not looked at: the time for this push is over".to_owned(),
                file,
                snapshot,
            )
        })
        .collect();
    if let (Some(last), Some(more)) = (findings.last_mut(), files.len().checked_sub(NAMED + 1)) {
        last.evidence.push(format!("files that were not looked at either: {}", more + 1));
    }
    if let Some(first) = findings.first_mut() {
        first.hint.push("push fewer commits at once, or have the time raised: git config dataward.budget SECONDS (on the server)".to_owned());
    }
    findings
}

fn find(subject: &Subject, snapshot: &Snapshot) -> Option<Finding> {
    let what = |it: &Subject| Some(format!("{} that takes too long to be read in full", noun(it)));
    not_read(&RULE, Cause::TooSlow, what, subject, snapshot)
}
