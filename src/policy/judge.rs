//! The verdict: what stands, what is let through and why, and which allowances let nothing through.

use std::collections::HashMap;

use bstr::{BStr, BString};

use super::{Allowance, Allowed, Date, Level, Policy, UnusedAllowance, Verdict};
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::snapshot::BlobId;

/// The most allowances that explain themselves at one finding.
const EXPLAINED: usize = 3;

/// The general rules that a rule refines.
type Refines<'a> = &'a dyn Fn(&str) -> &'static [&'static str];

/// A file, as far as findings about the same one are told by it.
type Place = (BString, Option<BlobId>);

impl Policy {
    /// Judges the findings as of this day.
    pub fn judge(&self, findings: Vec<Finding>, today: Date) -> Verdict {
        self.judge_with(findings, today, &|rule| {
            rules::named(rule).map_or(&[], |rule| rule.refines)
        })
    }

    /// Judges the findings of rules that refine one another in this way.
    pub fn judge_with(&self, findings: Vec<Finding>, today: Date, refines: Refines) -> Verdict {
        let mut used = vec![false; self.allowances.len()];
        let mut settled: HashMap<Place, Vec<&'static str>> = HashMap::new();
        let mut judged = Vec::new();
        for mut finding in findings {
            match self.severities.get(finding.rule) {
                Some(Level::Off) => continue,
                Some(Level::Severity(severity)) => finding.severity = *severity,
                None if rules::named(finding.rule).is_some_and(|it| it.is_off) => continue,
                None => {}
            }
            let by = self.allowance(&mut finding, today, refines);
            if let Some(it) = by {
                used[it] = true;
            }
            if by.is_some() || finding.severity == Severity::Error {
                settled.entry(place(&finding)).or_default().push(finding.rule);
            }
            judged.push((finding, by));
        }

        let mut verdict = Verdict::default();
        for (finding, by) in judged {
            let settled = settled.get(&place(&finding)).map_or(&[][..], Vec::as_slice);
            if settled.iter().any(|special| refined(special, refines).contains(&finding.rule)) {
                continue;
            }
            match by {
                Some(it) => {
                    let reason = self.allowances[it].reason.clone();
                    verdict.allowed.push(Allowed { finding, reason });
                }
                None => verdict.findings.push(finding),
            }
        }
        let unused = self.allowances.iter().zip(used).filter(|(_, used)| !used);
        verdict.unused = unused.map(|(it, _)| it.unused()).collect();
        verdict
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
            let unmet = match allowance.until {
                Some(until) if until < today => {
                    vec![format!(
                        "the policy's allowance on line {} expired on {until}",
                        allowance.line
                    )]
                }
                _ => allowance.when.unmet(finding.database.as_deref()),
            };
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

/// The more general rules of a rule, the nearest first.
fn refined(rule: &str, refines: Refines) -> Vec<&'static str> {
    let mut all = refines(rule).to_vec();
    let mut next = 0;
    while let Some(rule) = all.get(next) {
        all.extend(refines(rule));
        next += 1;
    }
    all
}

fn place(finding: &Finding) -> Place {
    (finding.at.full_path(), finding.at.blob.clone())
}
