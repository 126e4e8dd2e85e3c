//! `dataward install` with real git: the hooks that it writes, the ones that were there before, and what it leaves alone.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/hooks.rs"]
mod support;

mod before;
mod both;
mod places;
mod push;
mod refusals;
mod server;
mod written;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use support::{Ended, Repo};

const DATAWARD: &str = env!("CARGO_BIN_EXE_dataward");
const HOOKS: [&str; 3] = ["pre-commit", "pre-merge-commit", "pre-applypatch"];

/// A script that destroys data with nothing that asks first.
const WIPE: &str = "#!/bin/sh\ndropdb shop\n";

fn install(repo: &Repo) -> Ended {
    repo.run(DATAWARD, ["install"])
}

fn uninstall(repo: &Repo) -> Ended {
    repo.run(DATAWARD, ["install", "--uninstall"])
}

/// Where a hook of this repository is.
fn hook(repo: &Repo, name: &str) -> PathBuf {
    repo.top.join(".git/hooks").join(name)
}

/// Everything in a directory: name, mode, bytes or where a link leads, and when it was changed.
fn listing(directory: &Path) -> Vec<(String, u32, Vec<u8>, std::time::SystemTime)> {
    let mut list: Vec<_> = std::fs::read_dir(directory)
        .into_iter()
        .flatten()
        .map(|entry| {
            let path = entry.unwrap().path();
            let metadata = path.symlink_metadata().unwrap();
            let bytes = match (metadata.is_file(), metadata.is_symlink()) {
                (true, _) => std::fs::read(&path).unwrap(),
                (_, true) => path.read_link().unwrap().into_os_string().into_encoded_bytes(),
                _ => Vec::new(),
            };
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, metadata.permissions().mode(), bytes, metadata.modified().unwrap())
        })
        .filter(|(name, ..)| !name.ends_with(".sample"))
        .collect();
    list.sort();
    list
}
