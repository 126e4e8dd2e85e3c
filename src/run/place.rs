//! Where a program runs, and what says there what may pass: the policy, the lock of fixtures, the baseline.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use bstr::BStr;

use super::Judging;
use crate::content::Depth;
use crate::policy::{self, Baseline, Locks, Policy};
use crate::rules;
use crate::snapshot::Snapshot;
use crate::source::{Repository, Source};

/// Where a program runs: its directory, and the repository there.
pub(crate) struct Place {
    pub(crate) directory: PathBuf,
    pub(crate) repository: Option<Repository>,
}

impl Place {
    pub(crate) fn here() -> Result<Place> {
        let directory = std::env::current_dir()
            .context("cannot tell the current directory: was it deleted?")?;
        let repository = Repository::find(&directory)?;
        Ok(Place { directory, repository })
    }

    /// The repository, or an error that says that there is none.
    pub(crate) fn repository(&self) -> Result<&Repository> {
        self.repository.as_ref().with_context(|| {
            format!(
                "{} is in no git repository: change into one, or make one with git init",
                self.directory.display()
            )
        })
    }

    pub(crate) fn snapshot(
        &self,
        source: &Source,
        depth: Depth,
        policy: &Policy,
    ) -> Result<Snapshot> {
        source.take(self.repository.as_ref(), &self.directory, depth, policy.limits.clone())
    }

    /// The policy that is asked for, else that at the top of the work tree, else (in a bare repository) that of HEAD.
    pub(crate) fn policy(&self, judging: &Judging) -> Result<Policy> {
        if let Some(file) = &judging.policy {
            return match Policy::read(file)? {
                Some(policy) => Ok(policy),
                None => bail!("there is no policy {}", file.display()),
            };
        }
        if let Some(revision) = &judging.policy_from {
            return policy_of(self.repository()?, revision);
        }
        match &self.repository {
            Some(repository) => match repository.top() {
                Some(top) => Ok(Policy::read(&top.join(policy::NAME))?.unwrap_or_default()),
                None if repository.has_head()? => policy_of(repository, "HEAD"),
                None => Ok(Policy::default()),
            },
            None => Ok(Policy::read(&self.directory.join(policy::NAME))?.unwrap_or_default()),
        }
    }

    /// The policy of a server, which nothing that is pushed can change: the file that `dataward.policy` names, else the one beside the
    /// objects, else that of the default branch. What is beside it counts, but waivers and a baseline only where it says so.
    pub(crate) fn server_policy(&self, named: Option<&str>) -> Result<ServerPolicy> {
        let repository = self.repository()?;
        let beside = repository.directory().join(policy::NAME);
        let judging = match named {
            Some(file) => {
                let file = Some(repository.directory().join(file));
                Judging { policy: file, ..Judging::default() }
            }
            None if beside.symlink_metadata().is_ok() => {
                Judging { policy: Some(beside), ..Judging::default() }
            }
            None if repository.has_head()? => {
                Judging { policy_from: Some("HEAD".to_owned()), ..Judging::default() }
            }
            None => {
                return Ok(ServerPolicy { policy: without_branch(), is_in_git: true });
            }
        };
        let mut policy = self.policy(&judging)?.on_a_server();
        if !policy.ignores_locks {
            policy.locks = self.locks(&judging)?;
        }
        if policy.counts_baseline == Some(true) {
            policy.baseline = self.baseline(&judging)?;
        } else {
            policy.leaves_baseline = has_baseline(repository);
        }
        Ok(ServerPolicy { policy, is_in_git: judging.policy_from.is_some() })
    }

    /// That policy with what is beside it and counts: the lock of fixtures and the baseline.
    pub(crate) fn whole_policy(&self, judging: &Judging) -> Result<Policy> {
        let mut policy = self.policy(judging)?;
        if !policy.ignores_locks {
            policy.locks = self.locks(judging)?;
        }
        if policy.counts_baseline != Some(false) {
            policy.baseline = self.baseline(judging)?;
        }
        Ok(policy)
    }

    /// The lock of fixtures beside that policy; an empty one where there is none.
    pub(crate) fn locks(&self, judging: &Judging) -> Result<Locks> {
        match self.beside_policy(judging, policy::LOCK)? {
            Beside::Disk(path) => Locks::read(&path),
            Beside::Revision(repository, revision) => locks_of(repository, &revision),
            Beside::Nothing => Ok(Locks::default()),
        }
    }

    /// The baseline beside that policy; an empty one where there is none.
    pub(crate) fn baseline(&self, judging: &Judging) -> Result<Baseline> {
        match self.beside_policy(judging, policy::BASELINE)? {
            Beside::Disk(path) => Baseline::read(&path),
            Beside::Revision(repository, revision) => baseline_of(repository, &revision),
            Beside::Nothing => Ok(Baseline::default()),
        }
    }

    /// Where that policy is, and with it all else that says what may pass.
    fn beside_policy(&self, judging: &Judging, name: &str) -> Result<Beside<'_>> {
        if let Some(policy) = &judging.policy {
            return Ok(Beside::Disk(policy.with_file_name(name)));
        }
        if let Some(revision) = &judging.policy_from {
            return Ok(Beside::Revision(self.repository()?, revision.clone()));
        }
        let Some(repository) = &self.repository else {
            return Ok(Beside::Disk(self.directory.join(name)));
        };
        Ok(match repository.top() {
            Some(top) => Beside::Disk(top.join(name)),
            None if repository.has_head()? => Beside::Revision(repository, "HEAD".to_owned()),
            None => Beside::Nothing,
        })
    }
}

/// The policy of a server.
pub(crate) struct ServerPolicy {
    pub(crate) policy: Policy,
    /// It is read from the default branch, so a push to that changes it.
    pub(crate) is_in_git: bool,
}

/// Where something is that is read as the policy is.
enum Beside<'a> {
    Disk(PathBuf),
    Revision(&'a Repository, String),
    Nothing,
}

/// The baseline in the tree of a revision; an empty one where it has none.
pub(super) fn baseline_of(repository: &Repository, revision: &str) -> Result<Baseline> {
    let name = format!("{revision}:{}", policy::BASELINE);
    let mut baseline = Baseline::default();
    let bounds = (policy::MAX_ENTRIES, policy::MAX_ENTRY as u64);
    repository
        .each_at(revision, policy::BASELINE, bounds, |file, text| baseline.take(file, text, &name))
        .with_context(|| format!("cannot read the baseline {name}"))?;
    Ok(baseline)
}

/// Whether the default branch has a baseline, be it one that can be read or not.
fn has_baseline(repository: &Repository) -> bool {
    let bounds = (policy::MAX_ENTRIES, policy::MAX_ENTRY as u64);
    // The first entry tells.
    let one = |_: &BStr, _: &[u8]| bail!("there is one");
    let has_head = repository.has_head().unwrap_or(false);
    has_head && repository.each_at("HEAD", policy::BASELINE, bounds, one).is_err()
}

/// The lock of fixtures in the tree of a revision; an empty one where it has none.
pub(super) fn locks_of(repository: &Repository, revision: &str) -> Result<Locks> {
    let name = format!("{revision}:{}", policy::LOCK);
    let text = repository.file_at(revision, policy::LOCK, policy::MAX_SIZE as u64);
    match text.with_context(|| format!("cannot read the lock of fixtures {name}"))? {
        Some(text) => Locks::parse(&text, &name),
        None => Ok(Locks::default()),
    }
}

/// The policy of a server that has no default branch, and nothing beside it.
pub(super) fn without_branch() -> Policy {
    Policy::default().on_a_server()
}

/// The policy in the tree of a revision; the default one where it has none.
pub(super) fn policy_of(repository: &Repository, revision: &str) -> Result<Policy> {
    let name = format!("{revision}:{}", policy::NAME);
    let text = repository.file_at(revision, policy::NAME, policy::MAX_SIZE as u64);
    match text.with_context(|| format!("cannot read the policy {name}"))? {
        Some(text) => Policy::parse(&text, &name, &rules::ids()),
        None => Ok(Policy::default()),
    }
}
