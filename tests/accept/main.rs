//! What a repository accepts: its baseline, waivers in its scripts, and scripts that were put away. All with real git.
#![allow(clippy::unwrap_used)]

mod baseline;
mod baseline_read;
mod quarantine;
mod registry;
mod waivers;

#[path = "../support/mod.rs"]
mod support;
