//! Real pushes to real servers, whose hook is `check-receive`: what holds a database is refused, and nothing of it stays there.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/hooks.rs"]
#[allow(dead_code, reason = "shared with tests that use more of it")]
mod support;

mod crowd;
mod daemon;
mod file;
mod forged;
mod gitolite;
mod hosts;
mod http;
mod policy;
mod server;
mod ssh;
mod walk;
mod worker;

use server::Server;
