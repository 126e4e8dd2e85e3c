//! The hook frameworks, as `.ci/tools` puts them into `target/tools`, or as they are on the PATH.

use std::path::PathBuf;

#[path = "tools.rs"]
mod tools;

use crate::support::Repo;

/// A framework: the name of its program, and where that is.
pub(crate) struct Framework {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
}

/// Runs a test with each framework. Where one is missing, the test is skipped aloud, but fails in CI.
pub(crate) fn each(test: impl Fn(&Framework)) {
    for name in ["pre-commit", "prek"] {
        if let Some(program) = tools::find(name) {
            test(&Framework { name, program });
        }
    }
}

/// A repository whose frameworks keep to its own home directory.
pub(crate) fn repository() -> Repo {
    let mut repo = Repo::new();
    for (variable, name) in [("PRE_COMMIT_HOME", "pre-commit"), ("PREK_HOME", "prek")] {
        let home = repo.home.path().join(name);
        repo.variables.push((variable, home.to_str().unwrap().to_owned()));
    }
    repo
}
