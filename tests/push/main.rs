//! `check-push` with real git: what is about to leave is told from what the remote has, and all of it is looked at.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/frameworks.rs"]
#[allow(dead_code, reason = "shared with tests that use more of it")]
mod frameworks;
#[path = "../support/hooks.rs"]
#[allow(dead_code, reason = "shared with tests that use more of it")]
mod support;

mod clones;
mod framework;
mod hints;
mod production;
mod refs;

use std::path::{Path, PathBuf};

use support::{Ended, Repo};

const CHECK_PUSH: &str = env!("CARGO_BIN_EXE_check-push");

/// A repository whose pushes are looked at, and a bare one that has its first commit.
pub(crate) struct Desk {
    pub(crate) repo: Repo,
    pub(crate) server: PathBuf,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let repo = Repo::new();
        let server = repo.home.path().join("server.git");
        let path = server.to_str().unwrap();
        repo.git(["init", "--quiet", "--bare", path]).ok();
        repo.git(["remote", "add", "origin", path]).ok();
        repo.git(["push", "--quiet", "origin", "main"]).ok();
        let desk = Desk { repo, server };
        desk.hook(&desk.repo.top.join(".git"));
        desk
    }

    /// Has pushes from this repository looked at.
    pub(crate) fn hook(&self, git: &Path) {
        let hook = format!("#!/bin/sh\nexec '{CHECK_PUSH}' \"$@\"\n");
        self.repo.script(git.join("hooks/pre-push"), &hook);
    }

    pub(crate) fn push(&self, arguments: &str) -> Ended {
        self.repo.git(["push"].into_iter().chain(arguments.split(' ')))
    }

    /// Commits a new text file.
    pub(crate) fn note(&self, name: &str) -> String {
        self.repo.stage(name, &format!("Notes of {name}.\n"));
        self.repo.force(name);
        self.head()
    }

    /// Commits a database.
    pub(crate) fn database(&self, name: &str) -> String {
        self.repo.stage_database(name);
        self.repo.force(name);
        self.head()
    }

    /// Commits that a file is gone.
    pub(crate) fn remove(&self, name: &str) -> String {
        self.repo.git(["rm", "--quiet", name]).ok();
        self.repo.force("remove");
        self.head()
    }

    pub(crate) fn head(&self) -> String {
        self.repo.asked(&["rev-parse", "HEAD"])
    }

    /// What a ref names at the server; empty where there is none.
    pub(crate) fn at_server(&self, name: &str) -> String {
        let said = self.repo.git(["ls-remote", self.server.to_str().unwrap(), name]).ok();
        said.split('\t').next().unwrap().to_owned()
    }
}
