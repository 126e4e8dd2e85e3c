//! How a verdict is said. Renderers are pure: they return text, and [`run`](crate::run) writes it.

mod color;
mod environment;
mod human;
mod json;
mod operation;
mod origin;
mod profile;
mod sarif;
mod trail;

use std::collections::BTreeMap;
use std::str::FromStr;

use bstr::BStr;
use sha2::{Digest, Sha256};

use crate::content::{Cause, Depth};
use crate::finding::{Finding, Severity};
use crate::policy::Verdict;
use crate::text::hex;

pub use color::{ColorChoice, use_color};
pub use environment::{Environments, Sign, environments, environments_json};
pub use profile::{profile, profile_json};
pub(crate) use trail::trail_json;

/// Everything a renderer may say of a run.
#[derive(Debug, Clone)]
pub struct Report {
    /// The program, such as `check-database-files`.
    pub program: &'static str,
    /// What was looked at, in words: `staged files`, `commits main..HEAD`.
    pub source: String,
    /// How much of each file was read.
    pub depth: Depth,
    /// The day of the run, as `2026-11-21`: allowances were judged by it.
    pub date: String,
    /// Files looked at.
    pub files: usize,
    /// What was found, and what the policy let through.
    pub verdict: Verdict,
    /// The command that explains a rule, without the rule: `dataward explain`; empty where who reads it need not have that.
    pub explain: String,
    /// Whether people are told that nothing was found; a hook is quiet then.
    pub say_success: bool,
}

/// What a report comes to, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Findings that block.
    pub errors: usize,
    /// Findings that do not, and allowances, locks and waivers without use; a baseline with entries without use is one.
    pub warnings: usize,
    /// Findings that the policy let through.
    pub allowed: usize,
    /// How many of all these are only counted, since the same blob is at very many paths.
    pub left_out: usize,
}

impl Report {
    /// Whether the commit or push must not go on: any error blocks.
    pub fn blocked(&self) -> bool {
        self.counts().errors > 0
    }

    /// Errors, warnings and what was allowed.
    pub fn counts(&self) -> Counts {
        let Verdict {
            findings,
            allowed,
            unused,
            unused_locks,
            unused_waivers,
            unused_entries,
            left_out,
        } = &self.verdict;
        let left = |judged| -> usize {
            left_out.iter().filter(|((_, it), _)| *it == judged).map(|(_, n)| n).sum()
        };
        let of = |severity| {
            let kept = findings.iter().filter(|finding| finding.severity == severity).count();
            kept + left(Some(severity))
        };
        Counts {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning)
                + unused.len()
                + unused_locks.len()
                + unused_waivers.len()
                + usize::from(*unused_entries > 0),
            allowed: allowed.len() + left(None),
            left_out: left_out.values().sum(),
        }
    }

    /// What stands, errors first, else in the order of the snapshot.
    fn sorted(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.verdict.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings
    }
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    #[default]
    Human,
    /// One JSON document, described in docs/report.md.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

impl Format {
    /// All of them, in the order of a help text.
    pub const ALL: &[Format] = &[Format::Human, Format::Json, Format::Sarif];

    /// The words for them, in the same order.
    pub const NAMES: &[&str] = &["human", "json", "sarif"];

    /// Its word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Json => "json",
            Format::Sarif => "sarif",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Format, String> {
        Format::ALL
            .iter()
            .copied()
            .find(|format| format.name() == word)
            .ok_or_else(|| format!("use one of {}", Format::NAMES.join(", ")))
    }
}

/// How text for people looks. The machine formats do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether it is coloured; see [`use_color`].
    pub color: bool,
    /// The columns there are. More than 72 are not used.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Style { color: false, width: 72 }
    }
}

/// A report as text, with a newline at its end unless there is nothing to say.
pub fn render(report: &Report, format: Format, style: &Style) -> String {
    match format {
        Format::Human => human::render(report, *style),
        Format::Json => json::render(report),
        Format::Sarif => sarif::render(report),
    }
}

/// What makes a finding the same one in the next run: a hash of the rule, the path and an anchor that the rule gives (none
/// for databases). It does not move with lines, time, machine, content or commit.
pub fn fingerprint(rule: &str, path: &BStr, anchor: &str) -> String {
    let mut hash = Sha256::new();
    for part in [rule.as_bytes(), b"\0", path, b"\0", anchor.as_bytes()] {
        hash.update(part);
    }
    hex(&hash.finalize()[..16])
}

fn fingerprint_of(finding: &Finding) -> String {
    fingerprint(finding.rule, finding.at.full_path().as_ref(), &finding.anchor)
}

fn cause_word(cause: Cause) -> &'static str {
    match cause {
        Cause::Corrupt => "corrupt",
        Cause::Encrypted => "encrypted",
        Cause::TooLarge => "too-large",
        Cause::TooSlow => "too-slow",
        Cause::NotOpened => "not-opened",
        Cause::Inaccessible => "inaccessible",
    }
}

/// The ids of the rules that a report speaks of, each with the severity of its weightiest finding.
fn rule_ids(report: &Report) -> BTreeMap<&'static str, Severity> {
    let allowed = report.verdict.allowed.iter().map(|allowed| &allowed.finding);
    let mut ids = BTreeMap::new();
    for finding in report.verdict.findings.iter().chain(allowed) {
        let severity = ids.entry(finding.rule).or_insert(finding.severity);
        *severity = (*severity).max(finding.severity);
    }
    ids
}
