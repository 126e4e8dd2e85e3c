//! What a waiver in a file is worth: which finding it lets through, and why it may not.

use bstr::BString;

use super::fault::{shown, unknown};
use super::judge::{Refines, refined};
use super::{Date, Level, Policy};
use crate::content::Waiver;
use crate::finding::Finding;
use crate::rules::{self, Rule};

/// Rules about scripts that no comment on a line allows: they speak of a waiver, or of a whole file.
const NEVER: &[&str] = &["expired-waiver"];

/// What a hint has where the reason is to be written.
const PLACEHOLDER: &str = "REASON";

/// How the last day is written.
const WANTED: &str = "the last day is written `until YYYY-MM-DD`";

/// Why one does not count that stands above more than what it is to speak of.
const PARTED: &str =
    "does not count: a comment or a blank line stands between; its reason is one line, right above";

/// The most waivers that explain themselves at one finding.
const EXPLAINED: usize = 3;

/// A waiver that let nothing through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedWaiver {
    /// The file it stands in. Untrusted bytes.
    pub path: BString,
    /// The line it stands on.
    pub line: u32,
    /// The rule that it names. Untrusted text: a renderer cleans it.
    pub rule: String,
    /// What is wrong with it, as a clause; none where there is only nothing for it to let through.
    pub fault: Option<String>,
}

impl Policy {
    /// The same where everything that is judged may have been written to get past it: waivers count only where the policy says so.
    pub fn on_a_server(mut self) -> Policy {
        self.is_on_server = true;
        if self.counts_waivers != Some(true) {
            self.counts_waivers = Some(false);
            self.severities.insert("expired-waiver".to_owned(), Level::Off);
        }
        self
    }

    /// Why the baseline of a push, or one that is there before, does not count; none where it does, or where there is none.
    pub(super) fn idle_baseline(&self, is_pushed: bool) -> Option<&'static str> {
        match self.is_on_server {
            true if self.counts_baseline != Some(true) => (is_pushed || self.leaves_baseline).then_some(
                "the baseline does not count: a server takes one only where its policy says `baseline: true`",
            ),
            true => is_pushed.then_some(
                "what a push brings to the baseline does not count for it: a server goes by the one before",
            ),
            false => None,
        }
    }

    /// Whether waivers count where people and CI look. A server asks whether the policy says so.
    pub fn takes_waivers(&self) -> bool {
        self.counts_waivers != Some(false)
    }

    /// The line and the reason of the waiver that lets this finding through. Where none does, those that speak of its line say in its
    /// evidence why they do not.
    pub(super) fn waiver(
        &self,
        finding: &mut Finding,
        waivers: &[Waiver],
        today: Date,
        refines: Refines,
    ) -> Option<(u32, String)> {
        let line = finding.at.line.filter(|_| !NEVER.contains(&finding.rule))?;
        let mut why_not = Vec::new();
        // A comment above a statement speaks of all of it.
        let begins = finding.operation.as_ref().map_or(line, |it| it.begins);
        let speaks = |it: &&Waiver| it.speaks_of(line) || it.is_above(begins);
        let id = finding.rule;
        let covers = |it: &Waiver| it.rule == id || refined(&it.rule, refines).contains(&id);
        for waiver in waivers.iter().filter(speaks) {
            // One for another rule has nothing to say here.
            if !covers(waiver) && can_waive(&waiver.rule) {
                continue;
            }
            match self.fault(waiver, today) {
                None => {
                    let reason = format!("waiver on line {}: {}", waiver.line, waiver.reason);
                    return Some((waiver.line, reason));
                }
                Some(fault) => why_not.push(format!("the waiver on line {} {fault}", waiver.line)),
            }
        }
        let is_parted = |it: &&Waiver| it.parted_from.is_some_and(|it| it == line || it == begins);
        why_not.extend(
            waivers
                .iter()
                .filter(is_parted)
                .filter(|it| covers(it))
                .map(|it| format!("the waiver on line {} {PARTED}", it.line)),
        );
        finding.evidence.extend(why_not.into_iter().take(EXPLAINED));
        None
    }

    /// What is to be said of a waiver that let nothing through. One whose last day has passed, or is no day, is a finding of its own.
    pub(super) fn unused_waiver(
        &self,
        path: &BString,
        waiver: &Waiver,
        today: Date,
    ) -> Option<UnusedWaiver> {
        let is_told = |until: &str| until.parse::<Date>().map_or(true, |until| until < today);
        if !self.takes_waivers() || waiver.until.as_deref().is_some_and(is_told) {
            return None;
        }
        let fault = self.fault(waiver, today);
        let Waiver { line, rule, .. } = waiver.clone();
        Some(UnusedWaiver { path: path.clone(), line, rule, fault })
    }

    /// Why a waiver does not count, as a clause.
    fn fault(&self, waiver: &Waiver, today: Date) -> Option<String> {
        let rule = waiver.rule.as_str();
        if !self.takes_waivers() {
            let why = match self.is_on_server {
                true => "a server takes waivers only where its policy says `waivers: true`",
                false => "the policy has `waivers: false`",
            };
            return Some(format!("does not count: {why}"));
        }
        if waiver.is_misspelt {
            return Some(
                "does not count: it is written `dataward: allow(RULE): REASON`, in small letters"
                    .to_owned(),
            );
        }
        if rule.is_empty() {
            return Some("names no rule".to_owned());
        }
        if !can_waive(rule) {
            return Some(match rules::named(rule) {
                Some(_) => format!("is for {rule}, which only the policy can allow"),
                None => format!("does not count: {}", unknown("rule", rule, &waivable())),
            });
        }
        if waiver.reason.is_empty() {
            return Some("has no reason, so it does not count".to_owned());
        }
        if waiver.reason.trim_end_matches('.') == PLACEHOLDER {
            return Some(format!("has `{PLACEHOLDER}` in place of a reason, so it does not count"));
        }
        match waiver.until.as_deref().map(|it| (it, it.parse::<Date>())) {
            Some((_, Ok(until))) if until < today => Some(format!("expired on {until}")),
            Some(("", Err(_))) => Some(format!("does not count: {WANTED}")),
            Some((day, Err(_))) => {
                Some(format!("does not count: {} is no day; {WANTED}", shown(day)))
            }
            Some((_, Ok(_))) | None => None,
        }
    }
}

/// Whether a comment can allow what this rule finds: only what is on a line.
fn can_waive(rule: &str) -> bool {
    rules::named(rule).is_some_and(Rule::is_about_lines) && !NEVER.contains(&rule)
}

fn waivable() -> Vec<&'static str> {
    rules::ids().into_iter().filter(|it| can_waive(it)).collect()
}
