//! The command line: what the programs have in common.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use crate::policy::Date;
use crate::report::{ColorChoice, Format};
use crate::source::Source;

/// What the exit codes say, at the end of each help text.
pub(super) const EXIT_CODES: &str = "Exit code: 0 go on, 1 blocked by a finding (classify: a file could not be read), 2 could not look, which blocks as well.";

/// The arguments of a hook program.
#[derive(Debug, Args)]
pub(super) struct Hook {
    /// Files to look at: a tracked one is read from the index, an untracked one from disk
    #[arg(value_name = "FILE", conflicts_with_all = ["staged", "from_ref"])]
    files: Vec<OsString>,
    /// Look at what is staged, the index against HEAD, whatever the environment says (for native hooks)
    #[arg(long, conflicts_with = "from_ref")]
    staged: bool,
    #[command(flatten)]
    range: Range,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) saying: Saying,
}

impl Hook {
    /// The source that the arguments name, else the range that pre-commit names in the environment, else what is staged.
    pub(super) fn source(&self) -> Result<Source> {
        if let Some(range) = self.range.source() {
            return Ok(range);
        }
        if self.staged {
            return Ok(Source::Staged);
        }
        // pre-commit passes the files in which the two ends differ; each commit between them is to be looked at instead.
        let named = |name: &str| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
            Some(value.to_string_lossy().into_owned())
        };
        if let (Some(from), Some(to)) = (named("PRE_COMMIT_FROM_REF"), named("PRE_COMMIT_TO_REF")) {
            return Ok(Source::Range { from, to, files: self.files.clone() });
        }
        match self.files.is_empty() {
            true => Ok(Source::Staged),
            false => Ok(Source::Files(self.files.clone())),
        }
    }
}

/// The arguments of the hook before a push: git gives the remote's name and its URL.
#[derive(Debug, Args)]
pub(super) struct Push {
    /// The name of the remote, or its URL where it has no name (git says it)
    #[arg(value_name = "REMOTE")]
    pub(super) remote: Option<String>,
    /// The URL that is pushed to (git says it)
    #[arg(value_name = "URL", requires = "remote")]
    pub(super) url: Option<String>,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) saying: Saying,
}

/// The arguments of the hooks of a server.
#[derive(Debug, Args)]
pub(super) struct Receive {
    /// As the update hook: the ref (git says it)
    #[arg(value_name = "REF", requires = "new")]
    pub(super) reference: Option<OsString>,
    /// As the update hook: the id that the ref has (git says it)
    #[arg(value_name = "OLD", requires = "new")]
    pub(super) old: Option<OsString>,
    /// As the update hook: the id that it is to have (git says it)
    #[arg(value_name = "NEW")]
    pub(super) new: Option<OsString>,
    /// As the post-receive hook: write down which refs moved, and look at nothing
    #[arg(long, conflicts_with = "reference")]
    pub(super) post_receive: bool,
    /// It is run by itself to look, and writes what it decided behind what git says
    #[arg(long = super::gate::LOOK, hide = true, conflicts_with = "post_receive")]
    pub(super) look: bool,
    #[command(flatten)]
    pub(super) saying: Saying,
}

impl Receive {
    /// The hook that it runs as.
    pub(super) fn gate(&self) -> &'static str {
        match (self.post_receive, &self.reference) {
            (true, _) => "post-receive",
            (false, Some(_)) => "update",
            (false, None) => "pre-receive",
        }
    }
}

/// A range of commits.
#[derive(Debug, Args)]
pub(crate) struct Range {
    /// Look at every commit that --to-ref has and this one has not
    #[arg(long, value_name = "REV", requires = "to_ref")]
    from_ref: Option<String>,
    /// The end of the range
    #[arg(long, value_name = "REV", requires = "from_ref")]
    to_ref: Option<String>,
}

impl Range {
    pub(crate) fn source(&self) -> Option<Source> {
        let (from, to) = self.from_ref.clone().zip(self.to_ref.clone())?;
        Some(Source::Range { from, to, files: Vec::new() })
    }
}

/// By which policy findings are judged.
#[derive(Debug, Default, Args)]
pub(crate) struct Judging {
    /// Read the policy from this file instead of .dataward.yaml at the top of the work tree
    #[arg(long, value_name = "FILE", conflicts_with = "policy_from")]
    pub(crate) policy: Option<PathBuf>,
    /// Read the policy as this revision has it (in CI: the base that is merged into)
    #[arg(long, value_name = "REV")]
    pub(crate) policy_from: Option<String>,
    /// The date by which `until` is judged [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
}

/// How a report is said.
#[derive(Debug, Args)]
pub(crate) struct Saying {
    /// human (on standard error), json or sarif (on standard output)
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Write a report to a file as well (can be repeated)
    #[arg(long, value_name = "FORMAT:FILE", value_parser = output)]
    pub(crate) output: Vec<(Format, PathBuf)>,
    /// Colour the text for people: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

fn output(argument: &str) -> Result<(Format, PathBuf), String> {
    match argument.split_once(':') {
        Some((format, file)) if !file.is_empty() => Ok((format.parse()?, file.into())),
        _ => Err("say a format and a file, such as sarif:dataward.sarif".to_owned()),
    }
}
