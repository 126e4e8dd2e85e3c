//! Which environment a push goes to, asked in real repositories: URLs that git rewrites, names that ssh resolves, and real pushes.

#[path = "../support/mod.rs"]
mod support;

mod aliases;
mod remotes;
