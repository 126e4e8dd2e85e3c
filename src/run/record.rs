//! What a gate decided, as the audit trail keeps it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Result;
use bstr::ByteSlice;

use super::{Place, tell};
use crate::audit::{self, Counts, MAX_BLOBS, Record, Trail};
use crate::finding::Finding;
use crate::report::Report;
use crate::source::Update;
use crate::text;

/// How long a gate waits for others that write to the same trail.
const PATIENCE: Duration = Duration::from_secs(10);

/// Records of a push that name its blobs: there may be thousands of refs, and all of them have the same.
const NAMING: usize = 100;

/// Who decides, for whom and by what: the same for all refs of a push.
#[derive(Debug, Clone, Default)]
pub(super) struct Decision {
    /// The hook: `pre-receive`, `update`, `post-receive`, `pre-push` or `pre-commit`.
    pub(super) gate: &'static str,
    /// The word for the host; empty on a client.
    pub(super) host: &'static str,
    /// The repository as the host calls it.
    pub(super) repository: String,
    /// Who pushed, as the host says; empty where it does not.
    pub(super) pusher: String,
    /// The digest of the policy; empty where there is none, or it could not be read.
    pub(super) policy: String,
}

impl Decision {
    /// A record without a ref; without a report nothing was looked at.
    pub(super) fn record(&self, verdict: &str, report: Option<&Report>) -> Record {
        let verdicts = report.map(|it| &it.verdict);
        let standing = verdicts.iter().flat_map(|it| &it.findings);
        let allowed = verdicts.iter().flat_map(|it| &it.allowed).map(|it| &it.finding);
        let found: Vec<&Finding> = standing.chain(allowed).collect();
        let rules: BTreeSet<&str> = found.iter().map(|it| it.rule).collect();
        let blobs: BTreeSet<&String> = found.iter().filter_map(|it| it.at.blob.as_ref()).collect();
        let counts = report.map(|it| (it.counts(), it.files));
        Record {
            time: audit::time(SystemTime::now()),
            gate: self.gate.to_owned(),
            host: self.host.to_owned(),
            repository: self.repository.clone(),
            pusher: self.pusher.clone(),
            verdict: verdict.to_owned(),
            rules: rules.into_iter().map(str::to_owned).collect(),
            blobs_left_out: blobs.len().saturating_sub(MAX_BLOBS) as u64,
            blobs: blobs.into_iter().take(MAX_BLOBS).cloned().collect(),
            counts: counts.map_or_else(Counts::default, |(counts, files)| Counts {
                errors: counts.errors as u64,
                warnings: counts.warnings as u64,
                allowed: counts.allowed as u64,
                files: files as u64,
            }),
            policy: self.policy.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Record::default()
        }
    }
}

/// A record for each ref of a push that was decided so. It is decided as a whole, and so are its rules, blobs and counts: the first records
/// name the blobs, and all of them how many.
pub(super) fn of_each<'a>(
    updates: &'a [Update],
    decided: &'a Record,
) -> impl Iterator<Item = Record> + 'a {
    let blobs = decided.blobs.len() as u64;
    let unnamed = Record {
        blobs: Vec::new(),
        blobs_left_out: decided.blobs_left_out.saturating_add(blobs),
        ..decided.clone()
    };
    updates.iter().enumerate().map(move |(number, update)| {
        let known = update.old.as_ref().or(update.new.as_ref());
        let zeros = || "0".repeat(known.map_or(40, String::len));
        Record {
            reference: update.reference.to_str_lossy().into_owned(),
            old: update.old.clone().unwrap_or_else(zeros),
            new: update.new.clone().unwrap_or_else(zeros),
            ..(if number < NAMING { decided } else { &unnamed }).clone()
        }
    })
}

/// Writes records to the trail of the repository here.
pub(super) fn keep(place: &Place, records: impl IntoIterator<Item = Record>) -> Result<()> {
    let trail = Trail::at(place.repository()?.audit_trail()?);
    trail.append(records, Instant::now() + PATIENCE).map(drop)
}

/// The same on a client, where it stands in nobody's way: what was found or let through there is kept, and a failure is said.
pub(super) fn keep_if_found(
    place: &Place,
    report: &Report,
    records: impl IntoIterator<Item = Record>,
) -> Result<()> {
    let counts = report.counts();
    if counts.errors + counts.warnings + counts.allowed == 0 || place.repository.is_none() {
        return Ok(());
    }
    match keep(place, records) {
        Ok(()) => Ok(()),
        Err(error) => tell(&format!("warning: {}\n", text::line(&format!("{error:#}")))),
    }
}
