//! The subcommands of `dataward`.

mod audit;
mod baseline;
mod classify;
mod demo;
mod doctor;
mod environment;
mod explain;
mod fixture;
mod init;
mod install;
mod quarantine;
mod registry;
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
    /// Say which environment a push goes to, and why
    Environment(environment::Named),
    /// Show the manual page of a rule, or the list of rules
    Explain(explain::Explain),
    /// Lock a database that a command makes from tracked files, and prove it again
    Fixture(fixture::Fixture),
    /// Accept what a whole tree has today, so that only new and changed findings block
    Baseline(baseline::Baseline),
    /// Put a dangerous script away, and write down why
    Quarantine(quarantine::Quarantine),
    /// Hold the scripts that were put away against their registry
    Registry(registry::Registry),
    /// Verify the trail of what the gates decided
    Audit(audit::Audit),
    /// Write a commented policy that suits this repository
    Init(init::Init),
    /// Install the native git hooks, or take them out again
    Install(install::Install),
    /// Tell whether the hooks are in place and do what they should
    Doctor(doctor::Doctor),
    /// Show a commit being refused, in a throw-away repository
    Demo(demo::Demo),
}

impl Dataward {
    /// Whether a commit or push may hang on its answer.
    pub(crate) fn is_gate(&self) -> bool {
        match &self.command {
            Command::Scan(_) | Command::Registry(_) => true,
            Command::Baseline(baseline) => baseline.is_gate(),
            Command::Fixture(fixture) => fixture.is_gate(),
            _ => false,
        }
    }

    /// Runs the subcommand; whether all may go on.
    pub(crate) fn run(&self) -> Result<bool> {
        match &self.command {
            Command::Scan(scan) => scan.run(),
            Command::Classify(classify) => classify.run(),
            Command::Environment(environment) => environment.run(),
            Command::Explain(explain) => explain.run(),
            Command::Fixture(fixture) => fixture.run(),
            Command::Baseline(baseline) => baseline.run(),
            Command::Quarantine(quarantine) => quarantine.run(),
            Command::Registry(registry) => registry.run(),
            Command::Audit(audit) => audit.run(),
            Command::Init(init) => init.run(),
            Command::Install(install) => install.run(),
            Command::Doctor(doctor) => doctor.run(),
            Command::Demo(demo) => demo.run(),
        }
    }
}
