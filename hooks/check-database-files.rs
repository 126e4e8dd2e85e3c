//! Keeps databases out of git: looks at the files of a commit, a range or a list, for pre-commit and for CI.

use std::process::ExitCode;

use dataward::{rules, run};

fn main() -> ExitCode {
    run::hook(run::Hook {
        id: "check-database-files",
        about: "Keeps databases out of git: looks at what is staged, at files or at a range of commits",
        rules: rules::DATABASES,
        read_script: None,
    })
}
