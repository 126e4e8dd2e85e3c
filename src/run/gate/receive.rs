//! The gates of a server: what arrives, before its refs move.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use bstr::{BString, ByteSlice, ByteVec};

use super::super::record::{self, Decision};
use super::super::{
    COULD_NOT_LOOK, Check, Hook, Judging, Place, SaidAlready, Streams, arguments, guarded, place,
    streams,
};
use super::host::Host;
use super::told;
use super::worker::{self, Ended, PASSED, REFUSED};
use crate::audit::{Record, Trail};
use crate::content::Depth;
use crate::policy::{self, Policy};
use crate::report::{ColorChoice, Report};
use crate::snapshot::{Loosened, Origin};
use crate::source::{Known, Pushed, Repository, Source, Update};

/// The part of the time for a push in which files are looked at; the rest is for saying what was found, and for what takes longer
/// than it should.
const LOOKING: f64 = 0.85;

/// How long one who is out of time waits for others that write to the audit trail, and for who reads what it says.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// Mebibytes that the look at a push may take, where `dataward.memory` does not say otherwise.
const MEMORY: u64 = 4096;

/// Runs a hook of a server on the arguments of this process.
pub fn receive(hook: Hook) -> ExitCode {
    let start = Instant::now();
    guarded(|_| {
        let mut arguments: arguments::Receive = hook.arguments()?;
        // What it says goes through git to somebody else's terminal.
        arguments.saying.color = ColorChoice::Never;
        let place = Place::here()?;
        let repository = place.repository()?;
        let told = arguments.reference.is_none().then(told).transpose()?;
        let updates = updates(&arguments, told.as_deref())?;
        let mut decision = Decision {
            gate: arguments.gate(),
            repository: called(repository),
            ..Decision::default()
        };
        let settings = repository.settings()?;
        let Terms { host, budget, memory } = match Terms::of(&settings) {
            Ok(found) => found,
            Err(error) => {
                let refused = decision.record(REFUSED, None);
                record::keep(&place, record::of_each(&updates, &refused))?;
                return Err(error);
            }
        };
        streams::begin_lines_with(host.prefix);
        decision.host = host.name;
        decision.pusher = host.pusher();
        decision.repository = host.repository().unwrap_or(decision.repository);
        if arguments.post_receive {
            let applied = decision.record("applied", None);
            record::keep(&place, record::of_each(&updates, &applied))?;
            return Ok(true);
        }
        let mut received = Received { updates, settings: &settings, place: &place, decision };
        if arguments.look {
            worker::bound(memory << 20, budget)?;
            let report = received.look(&hook, &arguments, start + budget.mul_f64(LOOKING))?;
            let verdict = if report.blocked() { REFUSED } else { PASSED };
            worker::tell(&received.decision.record(verdict, Some(&report)))?;
            return Ok(!report.blocked());
        }
        let ended = worker::look(told.as_deref(), budget.saturating_sub(start.elapsed()));
        let refused = received.decision.record(REFUSED, None);
        let decided = match &ended {
            Ok(Ended::Decided(decided)) => decided,
            _ => &refused,
        };
        let records = record::of_each(&received.updates, decided);
        if matches!(ended, Ok(Ended::TooLate)) {
            give_up(&place, records, budget);
        }
        // What cannot be written down does not pass either.
        record::keep(&place, records)?;
        match ended? {
            Ended::Decided(decided) => Ok(decided.verdict == PASSED),
            Ended::CouldNotLook | Ended::TooLate => Err(SaidAlready.into()),
        }
    })
}

/// Refuses a push for which the time is over, whether or not that can be written down or said. It does not come back.
fn give_up(place: &Place, refused: impl Iterator<Item = Record>, budget: Duration) -> ! {
    let keep = || {
        let trail = Trail::at(place.repository()?.audit_trail()?);
        trail.append(refused, Instant::now() + LAST_PATIENCE)
    };
    let kept =
        keep().err().map(|error| format!("; and the audit trail was not written: {error:#}"));
    // Nobody may be reading what is said, and who says something may wait for that.
    let (said, is_said) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        streams::complain(&format!(
            "the push was not looked at in the {} seconds that there are for it, so it is refused; push fewer commits at once, or raise git config dataward.budget on the server{}",
            budget.as_secs_f64(),
            kept.unwrap_or_default()
        ));
        let _ = said.send(());
    });
    let _ = is_said.recv_timeout(LAST_PATIENCE);
    std::process::exit(i32::from(COULD_NOT_LOOK));
}

/// A repository in words, where its host has none for it.
fn called(repository: &Repository) -> String {
    let directory = repository.directory();
    directory.canonicalize().unwrap_or_else(|_| directory.to_owned()).to_string_lossy().into_owned()
}

/// What arrives, and where.
struct Received<'a> {
    updates: Vec<Update>,
    settings: &'a BTreeMap<String, String>,
    place: &'a Place,
    decision: Decision,
}

impl Received<'_> {
    /// Looks at it, and says what was found.
    fn look(
        &mut self,
        hook: &Hook,
        arguments: &arguments::Receive,
        deadline: Instant,
    ) -> Result<Report> {
        let (mut policy, loosened) = self.policy()?;
        let mut whole = false;
        if let Some(name) = self.settings.get("environment") {
            let environment = policy.environment_named(name)?;
            whole = environment.is_production;
            policy = policy.towards(&environment);
        }
        self.decision.policy = policy.digest.clone().unwrap_or_default();
        let streams = Streams::new(&arguments.saying)?;
        let (updates, known) = (self.updates.clone(), Known::Here);
        let check = Check {
            program: hook.id,
            rules: hook.rules,
            read_script: hook.read_script,
            source: Source::Push(Pushed { updates, known, whole }),
            depth: Depth::Deep,
            deadline: Some(deadline),
            judging: &Judging::default(),
            saying: &arguments.saying,
            whole: false,
            loosened,
        };
        let mut report = check.report(&streams, self.place, &policy)?;
        leave_out_dataward(&mut report);
        streams.report(&report)?;
        Ok(report)
    }

    /// The policy by which it is judged, and how the one that arrives would let more through.
    fn policy(&self) -> Result<(Policy, Vec<Loosened>)> {
        let repository = self.place.repository()?;
        let known = self.place.server_policy(self.settings.get("policy").map(String::as_str))?;
        if !known.is_in_git {
            return Ok((known.policy, Vec::new()));
        }
        let branch = repository.default_branch()?;
        let mut loosened = Vec::new();
        // Who pushes may send two lines about one ref, and git obeys both.
        for update in self.updates.iter().filter(|it| branch.contains(&it.reference)) {
            let next = match &update.new {
                Some(new) => arriving(repository, new),
                None => Ok(place::without_branch()),
            };
            let how = match next {
                Ok(next) => known.policy.loosened_by(&next),
                Err(error) => {
                    vec![format!("it cannot be read, and no push would pass after it: {error:#}")]
                }
            };
            if how.is_empty() {
                continue;
            }
            let reference = update.reference.clone();
            let origin = match update.new.clone() {
                Some(commit) => Origin::Arriving { reference, commit },
                None => {
                    let revision = reference.to_str_lossy().into_owned();
                    Origin::Tree { tree: repository.git()?.tree("HEAD")?, revision }
                }
            };
            loosened.push(Loosened { path: BString::from(policy::NAME), origin, how });
        }
        Ok((known.policy, loosened))
    }
}

/// The policy that a commit brings for the pushes after it.
fn arriving(repository: &Repository, commit: &str) -> Result<Policy> {
    let mut policy = place::policy_of(repository, commit)?.on_a_server();
    policy.locks = place::locks_of(repository, commit)?;
    if policy.counts_baseline == Some(true) {
        policy.baseline = place::baseline_of(repository, commit)?;
    }
    Ok(policy)
}

/// The refs that move: as git tells a pre-receive or post-receive hook on standard input, or an update hook by its arguments.
fn updates(arguments: &arguments::Receive, told: Option<&[u8]>) -> Result<Vec<Update>> {
    if let (Some(reference), Some(old), Some(new)) =
        (&arguments.reference, &arguments.old, &arguments.new)
    {
        let bytes = |it: &std::ffi::OsString| Vec::from_os_string(it.clone()).unwrap_or_default();
        let (reference, old, new) = (bytes(reference), bytes(old), bytes(new));
        return Ok(vec![Update::of(
            reference.as_slice().into(),
            old.as_slice().into(),
            new.as_slice().into(),
        )?]);
    }
    Update::received(told.unwrap_or_default())
}

/// What a repository says of the gate.
pub(crate) struct Terms {
    /// The host.
    pub(super) host: &'static Host,
    /// The time for a push.
    pub(crate) budget: Duration,
    /// Mebibytes that the look at it may take.
    memory: u64,
}

impl Terms {
    /// Those of a repository.
    ///
    /// # Errors
    ///
    /// When it names an unknown host, or a time or an amount that is none.
    pub(crate) fn here(repository: &Repository) -> Result<Terms> {
        Terms::of(&repository.settings()?)
    }

    /// The word of the host.
    pub(crate) fn host(&self) -> &'static str {
        self.host.name
    }

    fn of(settings: &BTreeMap<String, String>) -> Result<Terms> {
        let host = Host::named(settings.get("host").map(String::as_str))?;
        let memory = match settings.get("memory").map(|it| it.parse()) {
            None => MEMORY,
            Some(Ok(mebibytes @ 64..=1_048_576)) => mebibytes,
            Some(_) => bail!(
                "git config dataward.memory is no number of mebibytes from 64 to 1048576, such as 4096"
            ),
        };
        Ok(Terms { host, budget: budget(settings.get("budget"), host)?, memory })
    }
}

/// The time for a push: in seconds, with a point where need be.
fn budget(written: Option<&String>, host: &Host) -> Result<Duration> {
    let Some(written) = written else { return Ok(host.budget) };
    match written.parse::<f64>() {
        Ok(seconds) if (0.1..=86_400.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => bail!(
            "git config dataward.budget is no number of seconds from 0.1 to 86400, such as 60"
        ),
    }
}

/// Takes out what names a program that who pushes need not have.
fn leave_out_dataward(report: &mut Report) {
    report.explain.clear();
    for finding in &mut report.verdict.findings {
        finding.hint.retain(|hint| !hint.contains("dataward ") && !hint.contains("dataward:"));
        if finding.example.is_some() && finding.hint.is_empty() {
            finding.example = None;
        }
    }
}
