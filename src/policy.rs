//! What this repository makes of a finding: its severity here, or the stated reason to let it through.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::content::Limits;
pub use crate::date::Date;
use crate::finding::{Finding, Severity};
use crate::rules;
use crate::text::{hex, line};

mod allowance;
mod apply;
mod baseline;
mod config;
mod environment;
mod fault;
mod judge;
mod lock;
mod loosened;
mod starter;
mod waiver;

pub use allowance::{Allowance, Conditions};
pub use baseline::{Baseline, DIRECTORY as BASELINE, Entry, KnownBy, MAX_ENTRIES, MAX_ENTRY};
pub use environment::{DeclaredEnvironment, Environment, ORDINARY, PRODUCTION};
pub use judge::Judge;
pub(crate) use lock::lockable;
pub use lock::{Fixture, Locks};
pub use starter::{FoundDatabase, starter};
pub use waiver::UnusedWaiver;

/// The name of the policy at the top of a repository.
pub const NAME: &str = ".dataward.yaml";

/// The name of the lock of fixtures beside it.
pub const LOCK: &str = ".dataward.lock";

/// Bytes of the largest policy that is read, and of the largest lock.
pub const MAX_SIZE: usize = 1 << 20;

/// The policy as applied.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// The SHA-256 of its text, in hex; none where there is no text.
    pub digest: Option<String>,
    /// The bounds on reading.
    pub limits: Limits,
    /// What a rule weighs here, by its id, where the policy says so.
    pub severities: BTreeMap<String, Level>,
    /// What may pass, in the order of the policy.
    pub allowances: Vec<Allowance>,
    /// Locks let nothing through here.
    pub ignores_locks: bool,
    /// The locked fixtures, where they count.
    pub locks: Locks,
    /// Whether waivers in files count; none where the policy does not say. A server takes them only where it says so.
    pub counts_waivers: Option<bool>,
    /// It holds on a server.
    pub is_on_server: bool,
    /// Whether the baseline counts; none where the policy does not say. A server takes one only where it says so.
    pub counts_baseline: Option<bool>,
    /// There is a baseline that does not count.
    pub leaves_baseline: bool,
    /// The baseline, where it counts.
    pub baseline: Baseline,
    /// Where pushes go, in the order of the policy.
    pub environments: Vec<DeclaredEnvironment>,
    /// What is judged goes to production: no allowance that leans on a content score lets it through.
    pub is_for_production: bool,
}

/// What a policy may make of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Its findings are dropped.
    Off,
    /// Its findings have this severity.
    Severity(Severity),
}

/// What the policy made of the findings.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// What stands, errors and warnings, in the order of the snapshot.
    pub findings: Vec<Finding>,
    /// What was let through, and why.
    pub allowed: Vec<Allowed>,
    /// The allowances that let nothing through. Only a scan of a whole tree can blame them for it.
    pub unused: Vec<UnusedAllowance>,
    /// The locked fixtures that are no file of the snapshot. Only a scan of a whole tree can say so.
    pub unused_locks: Vec<UnusedLock>,
    /// The waivers that let nothing through. Only a scan of a whole tree can blame them for it.
    pub unused_waivers: Vec<UnusedWaiver>,
    /// How many entries of the baseline let nothing through. Only a scan of a whole tree can say so.
    pub unused_entries: usize,
    /// Findings that are counted and not kept, since the same blob is at very many paths: how many of a rule, by severity, or by none
    /// where they were let through.
    pub left_out: BTreeMap<(&'static str, Option<Severity>), usize>,
}

/// A finding that an allowance, a lock, a waiver or the baseline let through.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// The finding.
    pub finding: Finding,
    /// The reason that the allowance or the waiver states, or the command of a locked fixture. Untrusted text: a renderer cleans it.
    pub reason: String,
}

/// An allowance that let nothing through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedAllowance {
    /// The id of its rule.
    pub rule: String,
    /// Its glob. Untrusted text: a renderer cleans it.
    pub path: String,
    /// The line of the policy on which it begins.
    pub line: u64,
}

/// A locked fixture that is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedLock {
    /// Its path. Untrusted text: a renderer cleans it.
    pub path: String,
    /// The line of the lock on which it begins.
    pub line: u64,
}

impl Policy {
    /// Reads the policy in this file; none where there is no such file.
    pub fn read(path: &Path) -> Result<Option<Policy>> {
        let name = line(&path.display().to_string());
        let text = regular(path, &name, "policy")?;
        text.map(|text| Policy::parse(&text, &name, &rules::ids())).transpose()
    }

    /// The policy that this text states; `name` is what errors call it, and `known` are the ids of the rules there are.
    pub fn parse(text: &[u8], name: &str, known: &[&str]) -> Result<Policy> {
        let policy = apply::policy(text, known).map_err(|fault| fault.within(&line(name)))?;
        Ok(Policy { digest: Some(hex(&Sha256::digest(text))), ..policy })
    }
}

/// The first bytes of a regular file, one more than may be; none where there is no such file. `what` is what it holds.
fn regular(path: &Path, name: &str, what: &str) -> Result<Option<Vec<u8>>> {
    let kind = match path.symlink_metadata() {
        Ok(it) => it.file_type(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot look at {name}")),
    };
    if !kind.is_file() {
        let found = match () {
            () if kind.is_symlink() => "a symbolic link",
            () if kind.is_dir() => "a directory",
            () => "no regular file",
        };
        bail!("{name} is {found}; a {what} must be a regular file, so put the {what} itself there");
    }
    let mut text = Vec::new();
    let mut file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    file.by_ref()
        .take(MAX_SIZE as u64 + 1)
        .read_to_end(&mut text)
        .with_context(|| format!("cannot read {name}"))?;
    Ok(Some(text))
}
