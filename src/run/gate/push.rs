//! The gate before a push: every commit of every ref that is about to leave.

use std::io::{IsTerminal, stdin};
use std::process::ExitCode;

use anyhow::{Result, bail};
use bstr::{BStr, ByteSlice};

use super::super::record::{self, Decision};
use super::super::{Check, Hook, Place, Streams, arguments, guarded, tell};
use super::told;
use crate::content::Depth;
use crate::policy::Environment;
use crate::source::{Known, Pushed, Repository, Source, Update};
use crate::text;

/// What frameworks leave out.
const HIDDEN: &str = "hint: a framework shows this hook one ref of a push; a native hook sees them all: dataward install\n";

/// Runs the hook before a push on the arguments of this process.
pub fn push(hook: Hook) -> ExitCode {
    guarded(|_| {
        let arguments: arguments::Push = hook.arguments()?;
        let place = Place::here()?;
        let leaving = Leaving::of(&arguments, place.repository()?)?;
        if leaving.updates.iter().all(|it| it.new.is_none()) {
            return Ok(true);
        }
        let policy = place.whole_policy(&arguments.judging)?;
        let remote = leaving.remote.as_ref().unwrap_or(&leaving.url);
        let target = place.repository()?.target(remote, Some(&leaving.url))?;
        let environment = policy.environment(&target);
        let policy = policy.towards(&environment);
        let whole = environment.is_production;
        let streams = Streams::new(&arguments.saying)?;
        // A URL may hold a password: the remote's name is all that is written down.
        let repository = target.remote.clone().unwrap_or_default();
        let updates = leaving.updates.clone();
        let named = target.remote.clone();
        let known = Known::Remote { name: target.remote, url: leaving.url };
        let check = Check {
            program: hook.id,
            rules: hook.rules,
            read_script: hook.read_script,
            source: Source::Push(Pushed { updates: leaving.updates, known, whole }),
            depth: Depth::Deep,
            deadline: None,
            judging: &arguments.judging,
            saying: &arguments.saying,
            whole: false,
            loosened: Vec::new(),
        };
        let report = check.report(&streams, &place, &policy)?;
        streams.report(&report)?;
        let decision = Decision {
            gate: "pre-push",
            repository,
            policy: policy.digest.clone().unwrap_or_default(),
            ..Decision::default()
        };
        let verdict = if report.blocked() { "refused" } else { "passed" };
        let decided = decision.record(verdict, Some(&report));
        record::keep_if_found(&place, &report, record::of_each(&updates, &decided))?;
        if report.blocked() && whole {
            tell(&why_strict(&environment, named))?;
        }
        if leaving.is_by_framework {
            tell(HIDDEN)?;
        }
        Ok(!report.blocked())
    })
}

/// Why so much was looked at: the whole tree that arrives.
fn why_strict(environment: &Environment, remote: Option<String>) -> String {
    let platform = environment.platform.map(|it| format!(" ({it})")).unwrap_or_default();
    let remote =
        remote.map(|it| format!(" {}", text::quoted(it.as_str().into()))).unwrap_or_default();
    format!(
        "hint: this push goes to {}{platform}, which is production, so all that arrives was looked at: dataward environment{remote}\n",
        text::line(&environment.name)
    )
}

/// What is about to leave, and where it goes.
struct Leaving {
    updates: Vec<Update>,
    /// The name of the remote, where it has one.
    remote: Option<String>,
    /// The URL that is pushed to.
    url: String,
    /// A framework runs the hook: it has read what git says, and hands on one ref of it.
    is_by_framework: bool,
}

impl Leaving {
    fn of(arguments: &arguments::Push, repository: &Repository) -> Result<Leaving> {
        // What a framework says counts only where git itself says nothing: its variables may be left from a commit that pushes.
        let Some(remote) = arguments.remote.clone() else {
            if let Some(leaving) = Leaving::by_framework(repository)? {
                return Ok(leaving);
            }
            bail!(
                "no push is under way: git runs this as its pre-push hook, with the remote and its URL; to look at a range: dataward scan --from-ref REV --to-ref REV"
            );
        };
        if stdin().is_terminal() {
            bail!("nothing says what is pushed: git tells its pre-push hook on standard input");
        }
        let url = arguments.url.clone().unwrap_or_else(|| remote.clone());
        // git gives the URL in place of the name where the remote has none.
        let remote = (remote != url).then_some(remote);
        Ok(Leaving { updates: Update::sent(&told()?)?, remote, url, is_by_framework: false })
    }

    /// What pre-commit and prek tell in the environment; none where neither of them is at work.
    fn by_framework(repository: &Repository) -> Result<Option<Leaving>> {
        let variable = |name: &str| {
            let value = std::env::var_os(format!("PRE_COMMIT_{name}"))?;
            Some(value.to_string_lossy().into_owned()).filter(|it| !it.is_empty())
        };
        let (Some(remote), Some(url)) = (variable("REMOTE_NAME"), variable("REMOTE_URL")) else {
            return Ok(None);
        };
        let (Some(branch), Some(local)) = (variable("REMOTE_BRANCH"), variable("LOCAL_BRANCH"))
        else {
            bail!(
                "the framework says where a push goes, and not what is pushed: it is older than this hook needs"
            );
        };
        let tip = variable("TO_REF").unwrap_or(local);
        let (new, old) = repository.ends_of_push(&tip, &url, &branch)?;
        // It tells where a range of its own making begins, which may never have been at the remote.
        let zeros = "0".repeat(new.len());
        let old = old.unwrap_or(zeros);
        let (branch, old, new): (&BStr, _, _) = (branch.as_str().into(), old, new);
        let update = Update::of(branch, old.as_bytes().as_bstr(), new.as_bytes().as_bstr())?;
        let remote = (remote != url).then_some(remote);
        Ok(Some(Leaving { updates: vec![update], remote, url, is_by_framework: true }))
    }
}
