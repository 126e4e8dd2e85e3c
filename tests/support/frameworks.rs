//! The hook frameworks, as `.ci/tools` puts them into `target/tools`, or as they are on the PATH.

use std::path::{Path, PathBuf};

use crate::support::Repo;

/// A framework: the name of its program, and where that is.
pub(crate) struct Framework {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
}

/// Runs a test with each framework. Where one is missing, the test is skipped aloud, but fails in CI.
#[allow(clippy::print_stderr, reason = "a test that was skipped has to be seen")]
pub(crate) fn each(test: impl Fn(&Framework)) {
    for name in ["pre-commit", "prek"] {
        match find(name) {
            Some(program) => test(&Framework { name, program }),
            None if std::env::var_os("CI").is_some() => panic!("{name} is missing: run .ci/tools"),
            None => eprintln!(
                "SKIPPED: {name} is missing, so nothing was tested with it: run .ci/tools"
            ),
        }
    }
}

fn find(name: &str) -> Option<PathBuf> {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join("bin");
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut places = vec![tools];
    places.extend(std::env::split_paths(&paths));
    places.into_iter().map(|place| place.join(name)).find(|program| program.is_file())
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
