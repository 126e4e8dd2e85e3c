//! The real pre-commit and the real prek, with `.pre-commit-hooks.yaml` as it is, but with the program that is built already.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/frameworks.rs"]
mod frameworks;
#[path = "../support/hooks.rs"]
#[allow(dead_code, reason = "shared with tests that use more of it")]
mod support;

mod ci;
mod installed;
mod manifest;
mod range;
mod run;

use frameworks::Framework;
use support::{CHECK, Ended, Repo};

const MANIFEST: &str = include_str!("../../.pre-commit-hooks.yaml");

/// The program of the other hook.
const SCRIPTS: &str = env!("CARGO_BIN_EXE_check-dangerous-scripts");

/// A repository that has both hooks in its committed configuration.
fn configured() -> Repo {
    let repo = frameworks::repository();
    let hooks = MANIFEST
        .replace("language: rust", "language: system")
        .replace("entry: check-database-files", &format!("entry: \"'{CHECK}'\""))
        .replace("entry: check-dangerous-scripts", &format!("entry: \"'{SCRIPTS}'\""));
    let lines = hooks.lines().filter(|line| !line.contains("minimum_pre_commit_version"));
    let hooks: String = lines.map(|line| format!("  {line}\n")).collect();
    let text = format!("repos:\n- repo: local\n  hooks:\n{hooks}");
    repo.stage(".pre-commit-config.yaml", &text);
    repo.force("configure");
    repo
}

impl Framework {
    /// Runs the framework in this repository.
    fn run(&self, repo: &Repo, arguments: &[&str]) -> Ended {
        let ended = repo.run(&self.program, arguments);
        Ended { text: format!("{}: {}", self.name, ended.text), ..ended }
    }
}
