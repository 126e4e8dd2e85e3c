//! `dataward install`: native git hooks that run dataward first, and the hook that was there before after it.

pub(super) mod hook;
pub(super) mod script;
pub(super) mod server;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use self::hook::Wanted;
pub(super) use self::script::{Programs, programs};
use crate::run::{self, Place};
use crate::source::slashed;
use crate::text;

/// The hooks that git runs before a commit comes into being: an ordinary one, a merge, a patch of `git am`.
const COMMIT: &[&str] = &["pre-commit", "pre-merge-commit", "pre-applypatch"];

/// The one that it runs before a push.
pub(super) const PUSH: &str = "pre-push";

/// What a hook of one's own calls to the same end.
const CALLS: &str = "`check-database-files --staged` and `check-dangerous-scripts --staged`";
const CALLS_OF_PUSH: &str = "`check-push \"$@\"` with the same standard input";

/// Install the native git hooks, or take them out again
#[derive(Debug, Args)]
pub(super) struct Install {
    /// Take the hooks out again, and put back what was there before
    #[arg(long)]
    uninstall: bool,
    /// Also write into a hooks directory outside of this repository (core.hooksPath), which other repositories share
    #[arg(long)]
    global: bool,
    /// Install the hook of a server into this bare repository (for gitolite: into its LOCAL_CODE directory)
    #[arg(long, value_name = "PATH")]
    server: Option<PathBuf>,
    /// What the server is, and what git config dataward.host becomes [default: what PATH shows, else ssh]
    #[arg(long, requires = "server")]
    host: Option<server::Host>,
}

impl Install {
    pub(super) fn run(&self) -> Result<bool> {
        let said = match &self.server {
            Some(path) => server::install(path, self.host, self.uninstall, self.global)?,
            None => self.here()?,
        };
        run::tell(&said)?;
        Ok(true)
    }

    /// The hooks of the repository that a person works in.
    fn here(&self) -> Result<String> {
        let place = Place::here()?;
        let repository = place.repository()?;
        let top = repository.work_tree("no commits are made in it")?;
        let (directory, is_own) = repository.hooks()?;
        if !is_own && !self.global {
            bail!("{}", outside(&directory));
        }
        if self.uninstall {
            return hook::uninstall(&directory, &wanted(&programs()?));
        }
        let mut said = install(&directory, &programs()?)?;
        if directory.starts_with(top) && !directory.starts_with(repository.directory()) {
            said +=
                "hint: these hooks name a program of this machine, so leave them out of commits\n";
        }
        Ok(said)
    }
}

/// Why a directory that `core.hooksPath` names is not written to without being told.
fn outside(directory: &Path) -> String {
    format!(
        "core.hooksPath names {}, which is outside of this repository and may serve others: add --global to write there",
        shown(directory)
    )
}

/// The hooks of a work tree.
pub(super) fn wanted(programs: &Programs) -> Vec<Wanted> {
    let commit = |name: &&'static str| Wanted {
        name,
        calls: CALLS,
        is_chained: true,
        bytes: Some(script::commit(name, programs)),
    };
    let push = Wanted {
        name: PUSH,
        calls: CALLS_OF_PUSH,
        is_chained: true,
        bytes: programs.push.as_deref().map(|program| {
            let gate = script::Gate {
                program,
                arguments: "",
                hint: script::GONE,
                decides: true,
                is_chained: true,
            };
            script::push(PUSH, &gate)
        }),
    };
    COMMIT.iter().map(commit).chain([push]).collect()
}

/// Writes the hooks of a work tree into this directory; what was done.
pub(super) fn install(directory: &Path, programs: &Programs) -> Result<String> {
    if slashed(directory).ends_with(b"/.husky/_") {
        bail!(
            "husky writes {} anew: add {CALLS} to .husky/pre-commit instead, and {CALLS_OF_PUSH} to .husky/pre-push",
            shown(directory)
        );
    }
    let mut said = hook::install(directory, &wanted(programs))?;
    if programs.push.is_none() {
        said += "hint: check-push is not beside dataward, so pre-push is left out and pushes are not looked at\n";
    }
    said += "hint: cherry-pick, rebase and revert run none of the hooks of a commit; ";
    said += match programs.push {
        Some(_) => "pre-push sees their commits before they leave\n",
        None => "a check in CI sees their commits\n",
    };
    Ok(said)
}

pub(super) fn shown(path: &Path) -> String {
    text::clean(slashed(path))
}
