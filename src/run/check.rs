//! A run of rules over a source: look, judge, report.

use std::time::Instant;

use anyhow::Result;
use bstr::BString;

use super::progress::Progress;
use super::record::{self, Decision};
use super::{Judging, Place, Saying, Streams, today};
use crate::content::Depth;
use crate::content::script::ReadScript;
use crate::finding::{Finding, Location};
use crate::policy::{BASELINE, Date, Policy, Verdict};
use crate::report::Report;
use crate::rules::{self, Rule, registry_disagrees, too_slow_to_read};
use crate::snapshot::{Loosened, Snapshot};
use crate::source::Source;

/// The rule for which the registry of scripts that were put away is looked at as well.
const REGISTRY: &str = registry_disagrees::RULE.id;

/// A run of rules over a source.
pub(crate) struct Check<'a> {
    /// The program, as a report names it.
    pub(crate) program: &'static str,
    /// The rules.
    pub(crate) rules: &'static [&'static Rule],
    /// What reads a file as a script.
    pub(crate) read_script: Option<ReadScript>,
    /// Where the files come from.
    pub(crate) source: Source,
    /// How much of each file is read.
    pub(crate) depth: Depth,
    /// The time in which all files are to be looked at, from the start of the program; the rest is refused unread. None for ever.
    pub(crate) deadline: Option<Instant>,
    /// By which policy.
    pub(crate) judging: &'a Judging,
    /// How it is said.
    pub(crate) saying: &'a Saying,
    /// A whole tree is looked at by a person: allowances without use are said, and so is success.
    pub(crate) whole: bool,
    /// What a policy that arrives lets through which the one before does not.
    pub(crate) loosened: Vec<Loosened>,
}

impl Check<'_> {
    /// Looks, judges and says so; whether all may go on.
    pub(crate) fn run(self) -> Result<bool> {
        let (_, _, report) = self.said()?;
        Ok(!report.blocked())
    }

    /// The same, and keeps what was found or let through in a commit that is about to be made.
    pub(crate) fn run_hook(self) -> Result<bool> {
        let (place, policy, report) = self.said()?;
        if self.source == Source::Staged {
            let policy = policy.digest.unwrap_or_default();
            let decision = Decision { gate: "pre-commit", policy, ..Decision::default() };
            let verdict = if report.blocked() { "refused" } else { "passed" };
            record::keep_if_found(&place, &report, [decision.record(verdict, Some(&report))])?;
        }
        Ok(!report.blocked())
    }

    fn said(&self) -> Result<(Place, Policy, Report)> {
        let streams = Streams::new(self.saying)?;
        let place = Place::here()?;
        let policy = place.whole_policy(self.judging)?;
        let report = self.report(&streams, &place, &policy)?;
        streams.report(&report)?;
        Ok((place, policy, report))
    }

    /// Looks, and judges by this policy.
    pub(crate) fn report(
        &self,
        streams: &Streams,
        place: &Place,
        policy: &Policy,
    ) -> Result<Report> {
        let date = self.judging.date.map_or_else(today, Ok)?;
        let progress = streams.progress();
        let mut snapshot = place.snapshot(&self.source, self.depth, policy)?;
        let locked = policy.locks.paths().map(ToOwned::to_owned);
        snapshot.digest(locked.chain(policy.baseline.paths()));
        snapshot.judged_on(date.to_string());
        snapshot.loosened.clone_from(&self.loosened);
        if self.rules.iter().any(|it| it.id == REGISTRY && !policy.is_off(it.id)) {
            snapshot.look_at_registry()?;
        }
        progress.listed(snapshot.files.len());
        let mut verdict = self.verdict(&snapshot, policy, date, &progress);
        drop(progress);
        match self.whole {
            true => {
                let files = snapshot.files.iter().map(|it| &it.path);
                verdict.unused_locks = policy.locks.unused(files);
            }
            false => {
                verdict.unused.clear();
                verdict.unused_entries = 0;
            }
        }
        // Where the command is found is asked only when it is said.
        let explain = match verdict.findings.is_empty() {
            true => String::new(),
            false => streams.explain(),
        };
        Ok(Report {
            program: self.program,
            source: self.source.words(),
            depth: self.depth,
            date: date.to_string(),
            files: snapshot.files.len(),
            verdict,
            explain,
            say_success: self.whole,
        })
    }

    fn verdict(
        &self,
        snapshot: &Snapshot,
        policy: &Policy,
        date: Date,
        progress: &Progress,
    ) -> Verdict {
        let waivers = |at: &Location| snapshot.waivers_at(at);
        let is_entry = |path: &BString| path.starts_with(BASELINE.as_bytes());
        let brings = policy.is_on_server && snapshot.files.iter().any(|it| is_entry(&it.path));
        let judge = policy.judging(date).with_waivers(&waivers);
        let mut judge = judge.with_idle_baseline(brings);
        // Of a finding that is dropped nothing need be asked.
        let rules: Vec<&Rule> =
            self.rules.iter().copied().filter(|it| !policy.is_off(it.id)).collect();
        // What a push takes away is little, and cannot be brought back.
        rules::in_whole(&rules, snapshot, |findings| judge.take(findings));
        let mut order = snapshot.in_reading_order(self.deadline.is_some()).into_iter();
        let file_at = |at: usize| snapshot.files.get(at);
        let mut found: Vec<(usize, Vec<Finding>)> = Vec::new();
        while self.deadline.is_none_or(|it| Instant::now() < it) {
            let Some((at, file)) = order.next().and_then(|it| Some((it, file_at(it)?))) else {
                break;
            };
            progress.step();
            rules::in_one(&rules, file, snapshot, self.read_script, |it| {
                if !it.is_empty() {
                    found.push((at, it));
                }
            });
        }
        // It is told in the order of the files, however they were read.
        found.sort_by_key(|(at, _)| *at);
        let ends = registry_disagrees::at_the_ends(snapshot, found.iter().flat_map(|(_, it)| it));
        found.into_iter().for_each(|(_, findings)| judge.take(findings));
        judge.take(ends);
        for file in snapshot.files.iter().filter(|_| self.whole) {
            judge.take_waivers(&file.path, file.blob(), &snapshot.waivers(file));
        }
        let mut verdict = judge.verdict();
        // No policy lets through what nobody looked at.
        let left: Vec<_> = order.filter_map(file_at).collect();
        verdict.findings.extend(too_slow_to_read::not_reached(&left, snapshot));
        verdict
    }
}
