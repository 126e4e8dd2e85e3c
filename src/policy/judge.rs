//! The verdict: what stands, what is let through and why, and which allowances and waivers let nothing through.

use std::collections::{HashMap, HashSet};

use bstr::{BStr, BString};

use super::{Allowance, Allowed, Date, Entry, Level, Policy, UnusedAllowance, Verdict};
use crate::content::Waiver;
use crate::finding::{Finding, Location, Severity};
use crate::rules;
use crate::snapshot::BlobId;

/// The most allowances that explain themselves at one finding.
const EXPLAINED: usize = 3;

/// The general rules that a rule refines.
pub(super) type Refines<'a> = &'a dyn Fn(&str) -> &'static [&'static str];

/// A file, and what in it a finding is about: as far as findings about the same thing are told by it.
type Place = (BString, Option<BlobId>, String);

/// Findings of one rule about one blob that are kept, standing or let through: a few objects can put it at millions of paths, and a
/// finding takes more than 1 KiB. All of them are judged and counted.
const KEPT: usize = 1000;

/// Judges findings file by file.
pub struct Judge<'a> {
    policy: &'a Policy,
    today: Date,
    refines: Refines<'a>,
    used: Vec<bool>,
    kept: HashMap<(Judged, Option<BlobId>), usize>,
    waivers: Waivers<'a>,
    /// The waivers that let something through, by their file and line.
    waived: HashSet<Comment>,
    /// The entries of the baseline that let something through.
    met: HashSet<Entry>,
    /// Why a baseline that is there does not count.
    idle_baseline: Option<&'static str>,
    verdict: Verdict,
}

/// A line of a file on which a waiver stands.
type Comment = (BString, Option<BlobId>, u32);

/// Asks for the waivers in the file of a finding.
type Waivers<'a> = &'a dyn Fn(&Location) -> Vec<Waiver>;

/// What let a finding through.
enum By {
    /// The allowance at this place in the policy.
    Allowance(usize),
    /// A locked fixture, for this reason.
    Lock(String),
    /// The waiver on this line of the file, for this reason.
    Waiver(u32, String),
    /// This entry of the baseline.
    Baseline(Entry),
}

/// A rule with the severity of its finding, or none where that was let through.
type Judged = (&'static str, Option<Severity>);

impl<'a> Judge<'a> {
    /// Has the waivers count that this tells of the file of a finding.
    pub fn with_waivers(self, waivers: Waivers<'a>) -> Judge<'a> {
        Judge { waivers, ..self }
    }

    /// Has findings say so that a baseline might have taken which does not count here; `is_pushed` where one is pushed.
    pub fn with_idle_baseline(self, is_pushed: bool) -> Judge<'a> {
        Judge { idle_baseline: self.policy.idle_baseline(is_pushed), ..self }
    }

    /// Takes findings; those about one file come together.
    pub fn take(&mut self, findings: Vec<Finding>) {
        let (policy, refines) = (self.policy, self.refines);
        let mut settled: HashMap<Place, Vec<&'static str>> = HashMap::new();
        let mut judged = Vec::new();
        for mut finding in findings {
            if policy.is_off(finding.rule) {
                continue;
            }
            if let Some(Level::Severity(severity)) = policy.severities.get(finding.rule) {
                finding.severity = *severity;
            }
            let by = self.by(&mut finding);
            match &by {
                Some(By::Allowance(at)) => self.used[*at] = true,
                Some(By::Waiver(line, _)) => {
                    let Location { path, blob, .. } = finding.at.clone();
                    self.waived.insert((path, blob, *line));
                }
                Some(By::Baseline(entry)) => {
                    self.met.insert(entry.clone());
                }
                Some(By::Lock(_)) | None => {}
            }
            if by.is_some() || finding.severity == Severity::Error {
                settled.entry(place(&finding)).or_default().push(finding.rule);
            }
            judged.push((finding, by));
        }
        for (finding, by) in judged {
            let settled = settled.get(&place(&finding)).map_or(&[][..], Vec::as_slice);
            if !settled.iter().any(|special| refined(special, refines).contains(&finding.rule)) {
                let reason = by.map(|it| match it {
                    By::Allowance(at) => policy.allowances[at].reason.clone(),
                    By::Lock(reason) | By::Waiver(_, reason) => reason,
                    By::Baseline(_) => "in the baseline".to_owned(),
                });
                self.keep(finding, reason);
            }
        }
    }

    /// Keeps a finding, let through for a reason or standing.
    fn keep(&mut self, finding: Finding, reason: Option<String>) {
        let judged = (finding.rule, reason.is_none().then_some(finding.severity));
        if finding.at.blob.is_some() {
            let kept = self.kept.entry((judged, finding.at.blob.clone())).or_default();
            *kept += 1;
            if *kept > KEPT {
                *self.verdict.left_out.entry(judged).or_default() += 1;
                return;
            }
        }
        match reason {
            Some(reason) => self.verdict.allowed.push(Allowed { finding, reason }),
            None => self.verdict.findings.push(finding),
        }
    }

    /// What lets the finding through. Where nothing does, its evidence says why.
    fn by(&self, finding: &mut Finding) -> Option<By> {
        let said = finding.evidence.len();
        let mut by = self.policy.by(finding, self.today, self.refines);
        if by.is_none() && finding.at.line.is_some() {
            let waivers = (self.waivers)(&finding.at);
            let found = self.policy.waiver(finding, &waivers, self.today, self.refines);
            by = found.map(|(line, reason)| By::Waiver(line, reason));
        }
        if by.is_none() {
            by = match self.policy.baseline.judge(finding, self.refines) {
                Some(Ok(entry)) => Some(By::Baseline(entry)),
                Some(Err(why_not)) => {
                    finding.evidence.push(why_not.to_owned());
                    None
                }
                None => None,
            };
        }
        match (&by, self.idle_baseline) {
            (Some(_), _) => finding.evidence.truncate(said),
            (None, Some(why_not)) if Entry::of(finding).is_some() => {
                finding.evidence.push(why_not.to_owned());
            }
            (None, _) => {}
        }
        by
    }

    /// Takes the waivers of a file, once all of its findings were taken: those that let nothing through are told.
    pub fn take_waivers(&mut self, path: &BString, blob: Option<&BlobId>, waivers: &[Waiver]) {
        for waiver in waivers {
            let is_used = self.waived.contains(&(path.clone(), blob.cloned(), waiver.line));
            let unused = &mut self.verdict.unused_waivers;
            if !is_used && unused.len() < KEPT {
                unused.extend(self.policy.unused_waiver(path, waiver, self.today));
            }
        }
    }

    /// What became of them.
    pub fn verdict(mut self) -> Verdict {
        let unused = self.policy.allowances.iter().zip(self.used).filter(|(_, used)| !used);
        self.verdict.unused = unused.map(|(it, _)| it.unused()).collect();
        self.verdict.unused_entries = self.policy.baseline.len().saturating_sub(self.met.len());
        self.verdict
    }
}

impl Policy {
    /// Whether what this rule finds is dropped: by this policy, or since a rule is off that it does not name.
    pub fn is_off(&self, rule: &str) -> bool {
        match self.severities.get(rule) {
            Some(level) => *level == Level::Off,
            None => rules::named(rule).is_some_and(|it| it.is_off),
        }
    }

    /// Judges the findings as of this day.
    pub fn judge(&self, findings: Vec<Finding>, today: Date) -> Verdict {
        self.judge_with(findings, today, &general)
    }

    /// Judges the findings of rules that refine one another in this way.
    pub fn judge_with(&self, findings: Vec<Finding>, today: Date, refines: Refines) -> Verdict {
        let mut judge = Judge { refines, ..self.judging(today) };
        judge.take(findings);
        judge.verdict()
    }

    /// Judges findings as of this day as they come.
    pub fn judging(&self, today: Date) -> Judge<'_> {
        Judge {
            policy: self,
            today,
            refines: &general,
            used: vec![false; self.allowances.len()],
            kept: HashMap::new(),
            waivers: &|_| Vec::new(),
            waived: HashSet::new(),
            met: HashSet::new(),
            idle_baseline: None,
            verdict: Verdict::default(),
        }
    }

    /// What lets the finding through. Where nothing does, its evidence says why.
    fn by(&self, finding: &mut Finding, today: Date, refines: Refines) -> Option<By> {
        let said = finding.evidence.len();
        if let Some(at) = self.allowance(finding, today, refines) {
            return Some(By::Allowance(at));
        }
        match self.locks.judge(finding)? {
            Ok(reason) => {
                finding.evidence.truncate(said);
                Some(By::Lock(reason))
            }
            Err(why_not) => {
                finding.evidence.push(why_not);
                finding.hint.splice(0..0, self.locks.way_out(finding));
                None
            }
        }
    }

    /// The first allowance that lets the finding through. Where none does, those that might have say in its evidence
    /// why they do not.
    fn allowance(&self, finding: &mut Finding, today: Date, refines: Refines) -> Option<usize> {
        let mut why_not = Vec::new();
        let mut near = 0;
        let path = finding.at.full_path();
        for (at, allowance) in self.allowances.iter().enumerate() {
            if !allowance.covers(finding.rule, path.as_ref(), refines) {
                continue;
            }
            let mut unmet = match allowance.until {
                Some(until) if until < today => {
                    vec![format!(
                        "the policy's allowance on line {} expired on {until}",
                        allowance.line
                    )]
                }
                _ => allowance.when.unmet(finding.database.as_deref()),
            };
            if unmet.is_empty() && self.is_for_production && allowance.when.lean_on_a_score() {
                unmet.push(format!(
                    "the policy's allowance on line {} leans on a content score, which lets no database go to production",
                    allowance.line
                ));
            }
            if unmet.is_empty() {
                return Some(at);
            }
            if near < EXPLAINED {
                why_not.extend(unmet);
            }
            near += 1;
        }
        finding.evidence.extend(why_not);
        None
    }
}

impl Allowance {
    /// Whether it speaks of this rule, or of one that refines it, at this path: it names the most that may pass.
    fn covers(&self, rule: &str, path: &BStr, refines: Refines) -> bool {
        (self.rule == rule || refined(&self.rule, refines).contains(&rule)) && self.names(path)
    }

    fn unused(&self) -> UnusedAllowance {
        UnusedAllowance { rule: self.rule.clone(), path: self.path.clone(), line: self.line }
    }
}

/// The rules that a rule says it refines.
fn general(rule: &str) -> &'static [&'static str] {
    rules::named(rule).map_or(&[], |rule| rule.refines)
}

/// The more general rules of a rule, the nearest first.
pub(super) fn refined(rule: &str, refines: Refines) -> Vec<&'static str> {
    let mut all = refines(rule).to_vec();
    let mut next = 0;
    while let Some(rule) = all.get(next) {
        all.extend(refines(rule));
        next += 1;
    }
    all
}

fn place(finding: &Finding) -> Place {
    (finding.at.full_path(), finding.at.blob.clone(), finding.anchor.clone())
}
