//! `dataward doctor`: tells whether the hooks of a repository or of a server are in place and do what they should.

mod hooks;
mod server;
mod version;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::install::shown;
use crate::policy;
use crate::run::{self, Judging, Place};
use crate::source::Git;
use crate::text;

/// The version of the JSON document. It goes up when a reader of the one before could be misled.
const VERSION: u32 = 1;

/// Tell whether the hooks are in place and do what they should
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Look at the hook of a server in this bare repository (for gitolite: in its LOCAL_CODE directory)
    #[arg(long, value_name = "PATH")]
    server: Option<PathBuf>,
    /// human (on standard error) or json (on standard output)
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// How it is about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Success,
    Warning,
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Checked {
    /// What: `pre-push`, `policy`, …
    subject: String,
    state: State,
    /// A sentence for people.
    message: String,
    /// What mends it: commands, or words where no command does.
    hints: Vec<String>,
}

impl Checked {
    fn new(subject: &str, state: State, message: impl Into<String>) -> Checked {
        Checked { subject: subject.to_owned(), state, message: message.into(), hints: Vec::new() }
    }

    fn good(subject: &str, message: impl Into<String>) -> Checked {
        Checked::new(subject, State::Success, message)
    }

    fn hint(mut self, hint: impl Into<String>) -> Checked {
        self.hints.push(hint.into());
        self
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: u32,
    program_version: &'static str,
    checks: &'a [Checked],
}

impl Doctor {
    pub(super) fn run(&self) -> Result<bool> {
        let checks = match &self.server {
            Some(path) => server::checks(path)?,
            None => here()?,
        };
        match self.format {
            Format::Human => run::tell(&human(&checks))?,
            Format::Json => {
                let document = Document {
                    schema: "dataward-doctor",
                    version: VERSION,
                    program_version: env!("CARGO_PKG_VERSION"),
                    checks: &checks,
                };
                let text = serde_json::to_string_pretty(&document)?;
                run::print(&(text + "\n"))?;
            }
        }
        Ok(checks.iter().all(|it| it.state != State::Error))
    }
}

fn human(checks: &[Checked]) -> String {
    let mut text = String::new();
    for Checked { subject, state, message, hints } in checks {
        let word = match state {
            State::Success => "success",
            State::Warning => "warning",
            State::Error => "error",
        };
        let _ = writeln!(text, "{word}: {subject}: {message}");
        for hint in hints {
            let _ = writeln!(text, "hint: {hint}");
        }
    }
    text
}

/// The repository that a person works in.
fn here() -> Result<Vec<Checked>> {
    let place = Place::here()?;
    let repository = place.repository()?;
    let top = repository.work_tree("for the hook of a server: dataward doctor --server .")?;
    let mut checks = hooks::checks(repository, top)?;
    checks.push(policy(&place, top));
    let judging = Judging::default();
    checks.push(read("locks of fixtures", policy::LOCK, top, place.locks(&judging).map(drop)));
    checks.push(read("baseline", policy::BASELINE, top, place.baseline(&judging).map(drop)));
    Ok(checks)
}

/// Whether the policy of a work tree can be read, and where it is.
fn policy(place: &Place, top: &Path) -> Checked {
    read("policy", policy::NAME, top, place.policy(&Judging::default()).map(drop))
}

fn read(subject: &str, name: &str, top: &Path, read: Result<()>) -> Checked {
    match read {
        Ok(()) if top.join(name).symlink_metadata().is_ok() => {
            Checked::good(subject, format!("{name} is read"))
        }
        Ok(()) if name == policy::NAME => {
            Checked::good(subject, format!("there is no {name}, so every database blocks"))
                .hint("write one that suits this repository: dataward init")
        }
        Ok(()) => Checked::good(subject, format!("there is no {name}")),
        Err(error) => unreadable(subject, &error),
    }
}

fn unreadable(subject: &str, error: &anyhow::Error) -> Checked {
    Checked::new(subject, State::Error, text::clean(format!("{error:#}")))
        .hint("mend it: until then nothing can be looked at, and everything is refused")
}

/// Where `core.hooksPath` is set, as git says it: the file and the value. None where it is not.
fn hooks_path(git: &Git, more: &[&str]) -> Result<Option<(String, String)>> {
    let words = ["config", "--show-origin", "--null", "--get", "core.hooksPath"];
    let output = git.output(more.iter().copied().chain(words))?;
    match output.status.code() {
        Some(0) => {}
        Some(1) => return Ok(None),
        _ => bail!("cannot read git's configuration: see git config --list"),
    }
    let mut fields = output.stdout.split(|it| *it == 0);
    let origin = fields.next().context("git lists its configuration in an unknown way")?;
    let value = fields.next().context("git lists its configuration in an unknown way")?;
    let origin = String::from_utf8_lossy(origin);
    let origin = match origin.split_once(':') {
        Some(("file", file)) => file.to_owned(),
        Some(("command line", _)) => "the command line or the environment".to_owned(),
        _ => origin.into_owned(),
    };
    Ok(Some((text::clean(origin), text::clean(value))))
}
