//! `dataward fixture`: files that a command makes from what git tracks, proved by making them.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use bstr::{BString, ByteSlice};
use clap::{Args, Subcommand};

use self::workshop::Ended;
use crate::content::Depth;
use crate::finding::Severity;
use crate::policy::{self, Locks, Policy};
use crate::rules;
use crate::run::{self, Judging, Place};
use crate::snapshot::{Origin, Snapshot};
use crate::source::{Repository, Source};
use crate::text;

mod lock;
mod process;
mod verify;
mod workshop;

/// Staged files that are named as left out.
const NAMED: usize = 10;

/// Lock a database that a command makes from tracked files, and prove it again
#[derive(Debug, Args)]
pub(super) struct Fixture {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the command in a throw-away copy, and lock the file if it makes that very file
    Lock(lock::Lock),
    /// Make the locked fixtures again in a throw-away copy, and compare
    Verify(verify::Verify),
    /// Take a file out of the lock
    Unlock(Unlock),
}

/// How long a command may take.
#[derive(Debug, Args)]
struct Bound {
    /// Seconds that a command may take, from 1 to 86400
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86400))]
    timeout: u64,
}

impl Bound {
    fn time(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }
}

/// Take a file out of the lock
#[derive(Debug, Args)]
struct Unlock {
    /// The locked file, which need not be there
    #[arg(value_name = "FILE")]
    file: OsString,
}

impl Fixture {
    /// Whether a commit or push may hang on its answer.
    pub(super) fn is_gate(&self) -> bool {
        matches!(self.command, Command::Verify(_))
    }

    pub(super) fn run(&self) -> Result<bool> {
        let place = Place::here()?;
        let repository = place.repository()?;
        let top = repository.work_tree("fixtures are locked and made in a clone")?;
        let locks = Locks::read(&top.join(policy::LOCK))?;
        let desk =
            Desk { policy: place.policy(&Judging::default())?, repository, top, place: &place };
        match &self.command {
            Command::Lock(lock) => lock.run(&desk, locks),
            Command::Verify(verify) => verify.run(&desk, &locks),
            Command::Unlock(unlock) => unlock.run(&desk, locks),
        }
    }
}

impl Unlock {
    fn run(&self, desk: &Desk, mut locks: Locks) -> Result<bool> {
        let path = desk.path(&self.file)?;
        let is_locked = path.to_str().is_ok_and(|it| locks.fixtures.remove(it).is_some());
        let shown = text::clean(&path);
        if !is_locked {
            bail!("{shown} is not locked");
        }
        desk.write(&locks)?;
        run::tell(&format!("success: {shown} is no longer locked in {}\n", policy::LOCK))?;
        Ok(true)
    }
}

/// What came of a fixture: how it is the same, or what is wrong.
type Outcome = Result<&'static str, String>;

/// What the subcommands work with.
struct Desk<'a> {
    place: &'a Place,
    repository: &'a Repository,
    /// The top of the work tree.
    top: &'a Path,
    policy: Policy,
}

impl Desk<'_> {
    /// A file that a person names, as a hook looks at it: a tracked one in the index, another one on disk.
    fn named(&self, file: &OsString) -> Result<Snapshot> {
        let source = Source::Files(vec![file.clone()]);
        let snapshot = self.place.snapshot(&source, Depth::Deep, &self.policy)?;
        let shown = text::clean(file.as_encoded_bytes());
        match &snapshot.files[..] {
            [one] if one.origins.contains(&Origin::Disk) => {
                bail!("{shown} is outside of this repository")
            }
            [_] => Ok(snapshot),
            _ => bail!("{shown} is no single file: a submodule, or a merge that is not resolved"),
        }
    }

    /// The path of a file that a person names, from the top of the repository.
    fn path(&self, file: &OsString) -> Result<BString> {
        let named = self.named(file)?;
        Ok(named.files.into_iter().next().context("no file is named")?.path)
    }

    /// What no fixture is made from: those that are locked, and staged files that the hook refuses, of which it is said.
    fn left_out(&self, locks: &Locks) -> Result<BTreeSet<BString>> {
        let whole = self.place.whole_policy(&Judging::default())?;
        let policy = Policy { locks: locks.clone(), ..whole };
        let mut snapshot = self.place.snapshot(&Source::Staged, Depth::Deep, &policy)?;
        snapshot.digest(policy.baseline.paths());
        let mut judge = policy.judging(run::today()?);
        rules::find(rules::DATABASES, &snapshot, None, |findings| judge.take(findings));
        let findings = judge.verdict().findings.into_iter();
        let refused = findings.filter(|it| it.severity == Severity::Error).map(|it| it.at.path);
        let refused = refused.filter(|it| locks.at(it.as_bstr()).is_none());
        let mut left_out: BTreeSet<BString> = refused.collect();
        for path in left_out.iter().take(NAMED) {
            let path = text::clean(path);
            run::tell(&format!(
                "warning: {path} is staged and refused, so nothing is made from it\n"
            ))?;
        }
        left_out.extend(locks.paths().map(ToOwned::to_owned));
        Ok(left_out)
    }

    /// Writes the lock, the whole of it or nothing.
    fn write(&self, locks: &Locks) -> Result<()> {
        let failed = || format!("cannot write {}", policy::LOCK);
        let mut builder = tempfile::Builder::new();
        builder.prefix(policy::LOCK);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What the umask leaves of it, as of any file.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(self.top).with_context(failed)?;
        file.write_all(locks.text().as_bytes()).with_context(failed)?;
        file.persist(self.top.join(policy::LOCK)).with_context(failed)?;
        Ok(())
    }
}

/// Why a command that ended so made nothing, with what it said; none where it succeeded.
fn failure(ended: &Ended, bound: &Bound) -> Option<String> {
    let (why, said) = match ended {
        Ended::Well => return None,
        Ended::Badly(how, said) => (format!("the command failed ({how})"), said),
        Ended::TooLate(said) => {
            let seconds = bound.timeout;
            (format!("the command took more than {seconds} s and was ended (--timeout)"), said)
        }
    };
    let said = match said.is_empty() {
        true => "and said nothing".to_owned(),
        false => "and said at last:".to_owned(),
    } + &lines(said);
    Some(format!("{why}, {said}"))
}

/// Lines below a message.
fn lines<T: AsRef<str>>(lines: &[T]) -> String {
    lines.iter().map(|it| format!("\n    | {}", text::line(it.as_ref()))).collect()
}
