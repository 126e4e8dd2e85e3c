//! Arguments, streams, exit code: the wiring of a program.

mod arguments;
mod check;
mod gate;
mod place;
mod progress;
mod record;
mod signs;
mod streams;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use clap::{Args, Command, CommandFactory, FromArgMatches};

pub(crate) use arguments::{Judging, Range, Saying};
pub(crate) use check::Check;
pub(crate) use gate::Terms;
pub use gate::{push, receive};
pub(crate) use place::Place;
pub(crate) use signs::signs;
pub(crate) use streams::{Streams, print, tell};

use crate::content::Depth;
use crate::content::script::ReadScript;
use crate::policy::Date;
use crate::report::Format;
use crate::rules::Rule;

/// The exit code of a run that found an error: the commit or push is refused.
const BLOCKED: u8 = 1;

/// The exit code of a run that could not look. It blocks as well: a gate that cannot look says no.
const COULD_NOT_LOOK: u8 = 2;

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

impl Hook {
    /// The arguments of this process, as this program takes them.
    fn arguments<T: Args>(&self) -> Result<T> {
        let command = T::augment_args(Command::new(self.id))
            .about(self.about)
            .version(env!("CARGO_PKG_VERSION"))
            .after_help(arguments::EXIT_CODES);
        Ok(T::from_arg_matches(&command.get_matches())?)
    }
}

/// Another process could not look, and said why.
#[derive(Debug)]
struct SaidAlready;

impl std::error::Error for SaidAlready {}

impl std::fmt::Display for SaidAlready {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("it was not looked at")
    }
}

/// Runs a hook program on the arguments of this process.
pub fn hook(hook: Hook) -> ExitCode {
    guarded(|_| {
        let arguments: arguments::Hook = hook.arguments()?;
        let check = Check {
            program: hook.id,
            rules: hook.rules,
            read_script: hook.read_script,
            source: arguments.source()?,
            depth: Depth::Deep,
            deadline: None,
            judging: &arguments.judging,
            saying: &arguments.saying,
            whole: false,
            loosened: Vec::new(),
        };
        check.run_hook()
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
        Ok(Err(error)) if error.is::<SaidAlready>() => ExitCode::from(COULD_NOT_LOOK),
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
