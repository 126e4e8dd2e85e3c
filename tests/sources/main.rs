//! Which files are looked at, in real repositories: git and libgit2 are the oracles.

mod differential;
mod history;
mod range;

#[path = "../support/mod.rs"]
mod support;
