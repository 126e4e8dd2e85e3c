//! The subcommands of `dataward`.

mod classify;
mod demo;
mod explain;
mod fixture;
mod init;
mod install;
mod scan;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Keeps databases out of git
#[derive(Debug, Parser)]
#[command(name = "dataward", version)]
pub(crate) struct Dataward {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look at a whole tree, what is staged, or a range of commits
    Scan(scan::Scan),
    /// Show what files on disk hold, as far as they are databases
    Classify(classify::Classify),
    /// Show the manual page of a rule, or the list of rules
    Explain(explain::Explain),
    /// Lock a database that a command makes from tracked files, and prove it again
    Fixture(fixture::Fixture),
    /// Write a commented policy that suits this repository
    Init(init::Init),
    /// Install the native git hooks, or take them out again
    Install(install::Install),
    /// Show a commit being refused, in a throw-away repository
    Demo(demo::Demo),
}

impl Dataward {
    /// Whether a commit or push may hang on its answer.
    pub(crate) fn is_gate(&self) -> bool {
        match &self.command {
            Command::Scan(_) => true,
            Command::Fixture(fixture) => fixture.is_gate(),
            _ => false,
        }
    }

    /// Runs the subcommand; whether all may go on.
    pub(crate) fn run(&self) -> Result<bool> {
        match &self.command {
            Command::Scan(scan) => scan.run(),
            Command::Classify(classify) => classify.run(),
            Command::Explain(explain) => explain.run(),
            Command::Fixture(fixture) => fixture.run(),
            Command::Init(init) => init.run(),
            Command::Install(install) => install.run(),
            Command::Demo(demo) => demo.run(),
        }
    }
}
