//! The gates of a server: what arrives, before its refs move.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use bstr::{BString, ByteVec};

use super::super::record::{self, Decision};
use super::super::{Check, Hook, Judging, Place, Streams, arguments, guarded, place, streams};
use super::host::Host;
use super::told;
use crate::audit::Trail;
use crate::content::Depth;
use crate::policy::{self, Policy};
use crate::report::{ColorChoice, Report};
use crate::snapshot::{Loosened, Origin};
use crate::source::{Known, Pushed, Repository, Source, Update};

/// The part of the time for a push in which files are looked at; the rest is for saying what was found, and for what takes longer
/// than it should.
const LOOKING: f64 = 0.85;

/// How long one who is out of time waits for others that write to the audit trail.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// Runs a hook of a server on the arguments of this process.
pub fn receive(hook: Hook) -> ExitCode {
    let start = Instant::now();
    guarded(|_| {
        let mut arguments: arguments::Receive = hook.arguments()?;
        // What it says goes through git to somebody else's terminal.
        arguments.saying.color = ColorChoice::Never;
        let place = Place::here()?;
        let repository = place.repository()?;
        let updates = updates(&arguments)?;
        let mut decision = Decision {
            gate: arguments.gate(),
            repository: called(repository),
            ..Decision::default()
        };
        let settings = repository.settings()?;
        let (host, budget) = match host_and_budget(&settings) {
            Ok(found) => found,
            Err(error) => {
                record::keep(&place, &decision.records(&updates, "refused", None))?;
                return Err(error);
            }
        };
        streams::begin_lines_with(host.prefix);
        decision.host = host.name;
        decision.pusher = host.pusher();
        decision.repository = host.repository().unwrap_or(decision.repository);
        if arguments.post_receive {
            record::keep(&place, &decision.records(&updates, "applied", None))?;
            return Ok(true);
        }
        let mut received = Received { updates, settings: &settings, place: &place, decision };
        let turn = Turn::default();
        received.give_up_after(budget.saturating_sub(start.elapsed()), budget, turn.clone())?;
        let deadline = start + budget.mul_f64(LOOKING);
        let looked = AssertUnwindSafe(|| received.look(&hook, &arguments, deadline));
        let report = catch_unwind(looked)
            .unwrap_or_else(|_| Err(anyhow!("it could not be looked at, by a defect of dataward")));
        turn.take();
        let verdict = match &report {
            Ok(report) if !report.blocked() => "passed",
            _ => "refused",
        };
        let records = received.decision.records(&received.updates, verdict, report.as_ref().ok());
        // What cannot be written down does not pass either.
        record::keep(&place, &records)?;
        Ok(!report?.blocked())
    })
}

/// A repository in words, where its host has none for it.
fn called(repository: &Repository) -> String {
    let directory = repository.directory();
    directory.canonicalize().unwrap_or_else(|_| directory.to_owned()).to_string_lossy().into_owned()
}

/// Who may decide: the one that looks, or the clock. Whoever takes it first.
#[derive(Debug, Default, Clone)]
struct Turn(Arc<AtomicBool>);

impl Turn {
    /// Takes it; where the other has it, the process ends while this waits.
    fn take(&self) {
        while self.0.swap(true, Ordering::SeqCst) {
            std::thread::park();
        }
    }
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

    /// Refuses the push where nothing else has ended it by then: git may list commits for longer than anybody waits.
    fn give_up_after(&self, left: Duration, budget: Duration, turn: Turn) -> Result<()> {
        let records = self.decision.records(&self.updates, "refused", None);
        let place = Place::here()?.repository()?.audit_trail()?;
        std::thread::spawn(move || {
            std::thread::sleep(left);
            turn.take();
            // It is refused whether or not that can be written down.
            let kept = Trail::at(place).append(&records, Instant::now() + LAST_PATIENCE);
            let kept =
                kept.err().map(|error| format!("; and the audit trail was not written: {error:#}"));
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
            std::process::exit(i32::from(super::super::COULD_NOT_LOOK));
        });
        Ok(())
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
            let Some(new) = &update.new else { continue };
            let how = match place::policy_of(repository, new) {
                Ok(next) => {
                    let mut next = next.on_a_server();
                    next.locks = place::locks_of(repository, new)?;
                    if next.counts_baseline == Some(true) {
                        next.baseline = place::baseline_of(repository, new)?;
                    }
                    known.policy.loosened_by(&next)
                }
                Err(error) => {
                    vec![format!("it cannot be read, and no push would pass after it: {error:#}")]
                }
            };
            let (reference, commit) = (update.reference.clone(), new.clone());
            let origin = Origin::Arriving { reference, commit };
            if !how.is_empty() {
                loosened.push(Loosened { path: BString::from(policy::NAME), origin, how });
            }
        }
        Ok((known.policy, loosened))
    }
}

/// The refs that move: as git tells a pre-receive or post-receive hook on standard input, or an update hook by its arguments.
fn updates(arguments: &arguments::Receive) -> Result<Vec<Update>> {
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
    Update::received(&told()?)
}

/// What a repository says of the gate: the word of its host, and the time for a push.
///
/// # Errors
///
/// When it names an unknown host, or a time that is none.
pub(crate) fn terms(repository: &Repository) -> Result<(&'static str, Duration)> {
    host_and_budget(&repository.settings()?).map(|(host, budget)| (host.name, budget))
}

fn host_and_budget(settings: &BTreeMap<String, String>) -> Result<(&'static Host, Duration)> {
    let host = Host::named(settings.get("host").map(String::as_str))?;
    Ok((host, budget(settings.get("budget"), host)?))
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
