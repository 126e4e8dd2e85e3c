//! Programs that `.ci/tools` puts into `target/tools`.

use std::path::{Path, PathBuf};

/// The directory of those programs.
pub(crate) fn directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join("bin")
}

/// A program as it is there, or on the PATH. Where it is missing, the test is skipped aloud, but fails in CI.
#[allow(clippy::print_stderr, reason = "a test that was skipped has to be seen")]
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let places = std::iter::once(directory()).chain(std::env::split_paths(&paths));
    let found = places.map(|place| place.join(name)).find(|program| program.is_file());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{name} is missing: run .ci/tools");
        eprintln!("SKIPPED: {name} is missing, so nothing was tested with it: run .ci/tools");
    }
    found
}
