//! `dataward scan`: all rules over a whole tree, what is staged, or a range.

use anyhow::{Result, bail};
use clap::Args;

use crate::content::script::ReadScript;
use crate::content::{Depth, script};
use crate::rules;
use crate::run::{Check, Judging, Place, Range, Saying};
use crate::source::Source;

/// Look at a whole tree, what is staged, or a range of commits
#[derive(Debug, Args)]
pub(super) struct Scan {
    /// The revision whose tree is looked at [default: HEAD]
    #[arg(value_name = "REV", conflicts_with_all = ["worktree", "staged", "from_ref"])]
    revision: Option<String>,
    /// Look at the files on disk that git tracks or would add
    #[arg(long, conflicts_with_all = ["staged", "from_ref"])]
    worktree: bool,
    /// Look at what is staged
    #[arg(long, conflicts_with = "from_ref")]
    staged: bool,
    #[command(flatten)]
    range: Range,
    /// Read the first 4 KiB of each file, and all of it only where they show a database, an archive or a script
    #[arg(long)]
    quick: bool,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    saying: Saying,
}

impl Scan {
    pub(super) fn run(&self) -> Result<bool> {
        let source = match self.range.source() {
            Some(range) => range,
            None if self.staged => Source::Staged,
            None if self.worktree => Source::Worktree,
            None => Source::Tree(self.revision.clone().map_or_else(head, Ok)?),
        };
        let whole = matches!(source, Source::Tree(_) | Source::Worktree);
        let (judging, saying) = (&self.judging, &self.saying);
        let depth = if self.quick { Depth::Quick } else { Depth::Deep };
        let rules = rules::ALL;
        let read_script = Some(script::read as ReadScript);
        Check {
            program: "dataward scan",
            rules,
            read_script,
            source,
            depth,
            deadline: None,
            judging,
            saying,
            whole,
            loosened: Vec::new(),
        }
        .run()
    }
}

/// HEAD, where it names a commit.
fn head() -> Result<String> {
    if let Some(repository) = Place::here()?.repository
        && !repository.has_head()?
    {
        bail!(
            "there is no commit yet: look at what is staged with --staged, or at the files on disk with --worktree"
        );
    }
    Ok("HEAD".to_owned())
}
