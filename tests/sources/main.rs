//! Which files are looked at, in real repositories: git and libgit2 are the oracles.

mod differential;
mod given;
mod history;
mod memory;
mod range;
mod situations;

#[path = "../support/mod.rs"]
mod support;
