//! Arguments, streams, exit code: the wiring of a program.

mod arguments;
mod progress;
mod signs;
mod streams;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use clap::{Args, Command, CommandFactory, FromArgMatches};

pub(crate) use arguments::{Judging, Range, Saying};
pub(crate) use signs::signs;
pub(crate) use streams::{Streams, print, tell};

use crate::content::Depth;
use crate::content::script::ReadScript;
use crate::finding::Location;
use crate::policy::{self, Baseline, Date, Locks, Policy};
use crate::report::{Format, Report};
use crate::rules::{self, Rule};
use crate::snapshot::Snapshot;
use crate::source::{Repository, Source};

/// The exit code of a run that found an error: the commit or push is refused.
const BLOCKED: u8 = 1;

/// The exit code of a run that could not look. It blocks as well: a gate that cannot look says no.
const COULD_NOT_LOOK: u8 = 2;

/// The rule for which the registry of scripts that were put away is looked at as well.
const REGISTRY: &str = rules::registry_disagrees::RULE.id;

/// A hook program: its name, what it is for, and its rules.
#[derive(Debug)]
pub struct Hook {
    /// The program, such as `check-database-files`: also its id in `.pre-commit-hooks.yaml`.
    pub id: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// The rules that it applies.
    pub rules: &'static [&'static Rule],
    /// What reads a file as a script, where its rules are about scripts.
    pub read_script: Option<ReadScript>,
}

/// Runs a hook program on the arguments of this process.
pub fn hook(hook: Hook) -> ExitCode {
    guarded(|_| {
        let command = arguments::Hook::augment_args(Command::new(hook.id))
            .about(hook.about)
            .version(env!("CARGO_PKG_VERSION"))
            .after_help(arguments::EXIT_CODES);
        let arguments = arguments::Hook::from_arg_matches(&command.get_matches())?;
        Check {
            program: hook.id,
            rules: hook.rules,
            read_script: hook.read_script,
            source: arguments.source()?,
            depth: Depth::Deep,
            judging: &arguments.judging,
            saying: &arguments.saying,
            whole: false,
        }
        .run()
    })
}

/// Runs `dataward` on the arguments of this process.
pub fn dataward() -> ExitCode {
    guarded(|is_gate| {
        let command = crate::commands::Dataward::command().after_help(arguments::EXIT_CODES);
        let dataward = crate::commands::Dataward::from_arg_matches(&command.get_matches())?;
        *is_gate = dataward.is_gate();
        dataward.run()
    })
}

/// Runs a program; whatever goes wrong, a panic too, is said and ends in exit code 2.
///
/// The program may say that it is no gate: then its failure stands in nobody's way.
fn guarded(program: impl FnOnce(&mut bool) -> Result<bool>) -> ExitCode {
    let mut is_gate = true;
    // The default message quotes what the code was about to say, which may come out of a file.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        streams::complain(&format!(
            "internal error at {place}: this is a defect of dataward, please report it"
        ));
        streams::say_blocked();
    }));
    match catch_unwind(AssertUnwindSafe(|| program(&mut is_gate))) {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        Ok(Ok(false)) => ExitCode::from(BLOCKED),
        Ok(Err(error)) => {
            streams::complain(&format!("{error:#}"));
            if is_gate {
                streams::say_blocked();
            }
            ExitCode::from(COULD_NOT_LOOK)
        }
        Err(_) => ExitCode::from(COULD_NOT_LOOK),
    }
}

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
    /// By which policy.
    pub(crate) judging: &'a Judging,
    /// How it is said.
    pub(crate) saying: &'a Saying,
    /// A whole tree is looked at by a person: allowances without use are said, and so is success.
    pub(crate) whole: bool,
}

impl Check<'_> {
    /// Looks, judges and reports; whether all may go on.
    pub(crate) fn run(self) -> Result<bool> {
        let streams = Streams::new(self.saying)?;
        let place = Place::here()?;
        let policy = place.whole_policy(self.judging)?;
        let date = self.judging.date.map_or_else(today, Ok)?;
        let progress = streams.progress();
        let mut snapshot = place.snapshot(&self.source, self.depth, &policy)?;
        let locked = policy.locks.paths().map(ToOwned::to_owned);
        snapshot.digest(locked.chain(policy.baseline.paths()));
        snapshot.judged_on(date.to_string());
        if self.rules.iter().any(|it| it.id == REGISTRY && !policy.is_off(it.id)) {
            snapshot.look_at_registry();
        }
        progress.listed(snapshot.files.len());
        let waivers = |at: &Location| snapshot.waivers_at(at);
        let mut judge = policy.judging(date).with_waivers(&waivers);
        // Of a finding that is dropped nothing need be asked.
        let rules: Vec<&Rule> =
            self.rules.iter().copied().filter(|it| !policy.is_off(it.id)).collect();
        rules::find(
            &rules,
            &snapshot,
            self.read_script,
            || progress.step(),
            |findings| judge.take(findings),
        );
        drop(progress);
        for file in snapshot.files.iter().filter(|_| self.whole) {
            judge.take_waivers(&file.path, file.blob(), &snapshot.waivers(file));
        }
        let mut verdict = judge.verdict();
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
        let report = Report {
            program: self.program,
            source: self.source.words(),
            depth: self.depth,
            date: date.to_string(),
            files: snapshot.files.len(),
            verdict,
            explain,
            say_success: self.whole,
        };
        streams.report(&report)?;
        Ok(!report.blocked())
    }
}

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

/// Where something is that is read as the policy is.
enum Beside<'a> {
    Disk(PathBuf),
    Revision(&'a Repository, String),
    Nothing,
}

/// The baseline in the tree of a revision; an empty one where it has none.
fn baseline_of(repository: &Repository, revision: &str) -> Result<Baseline> {
    let name = format!("{revision}:{}", policy::BASELINE);
    let mut baseline = Baseline::default();
    let bounds = (policy::MAX_ENTRIES, policy::MAX_ENTRY as u64);
    repository
        .each_at(revision, policy::BASELINE, bounds, |file, text| baseline.take(file, text, &name))
        .with_context(|| format!("cannot read the baseline {name}"))?;
    Ok(baseline)
}

/// The lock of fixtures in the tree of a revision; an empty one where it has none.
fn locks_of(repository: &Repository, revision: &str) -> Result<Locks> {
    let name = format!("{revision}:{}", policy::LOCK);
    let text = repository.file_at(revision, policy::LOCK, policy::MAX_SIZE as u64);
    match text.with_context(|| format!("cannot read the lock of fixtures {name}"))? {
        Some(text) => Locks::parse(&text, &name),
        None => Ok(Locks::default()),
    }
}

/// The policy in the tree of a revision; the default one where it has none.
fn policy_of(repository: &Repository, revision: &str) -> Result<Policy> {
    let name = format!("{revision}:{}", policy::NAME);
    let text = repository.file_at(revision, policy::NAME, policy::MAX_SIZE as u64);
    match text.with_context(|| format!("cannot read the policy {name}"))? {
        Some(text) => Policy::parse(&text, &name, &rules::ids()),
        None => Ok(Policy::default()),
    }
}

/// The date in UTC.
pub(crate) fn today() -> Result<Date> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?;
    Ok(Date::from_unix_seconds(
        i64::try_from(since.as_secs()).context("the clock is out of range")?,
    ))
}

/// The formats that a machine reads go to standard output, text for people to standard error.
pub(crate) fn is_for_people(format: Format) -> bool {
    format == Format::Human
}
