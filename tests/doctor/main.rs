//! `dataward doctor` with real git: what it says of hooks that are in place, and of each way in which they are not.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/hooks.rs"]
#[allow(dead_code, reason = "shared with tests that use more of it")]
mod support;

mod client;
mod server;

use support::{Ended, Repo};

const DATAWARD: &str = env!("CARGO_BIN_EXE_dataward");

fn install(repo: &Repo) {
    repo.run(DATAWARD, ["install"]).ok();
}

fn doctor(repo: &Repo) -> Ended {
    repo.run(DATAWARD, ["doctor"])
}
