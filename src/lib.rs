//! dataward keeps databases out of git, and destructive scripts from running unguarded.
//!
//! A run is a chain of stages, one module each; data goes down this table:
//!
//! | stage | question it answers | its library |
//! |---|---|---|
//! | [`source`] | which files are about to enter git, or are in it? | gix, the git program |
//! | [`snapshot`] | what are their paths, bytes, origins and neighbours? | |
//! | [`content`] | what is this file, and what does it hold? | rusqlite |
//! | [`rules`] | what is wrong with that? | |
//! | [`policy`] | does this repository allow it, and why? | serde_yaml, globset |
//! | [`target`] | which forms has the URL of a push, and which deploy platform is it? | |
//! | [`report`] | how is it said? | owo-colors |
//! | [`audit`] | what did each gate decide? | |
//! | [`run`] | arguments, streams, exit code | clap |
//! | [`commands`] | the subcommands of `dataward` | clap |
//!
//! The programs in `hooks/` name their rules and call [`run`]. ARCHITECTURE.md says what each stage must not do.

pub mod audit;
pub mod commands;
pub mod content;
pub mod date;
pub mod finding;
pub mod policy;
pub mod report;
pub mod rules;
pub mod run;
pub mod snapshot;
pub mod source;
pub mod target;
pub mod text;

/// Real repositories for tests of what only this crate sees.
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;
