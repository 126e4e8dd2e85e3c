//! Keeps destructive scripts from running unguarded: looks at the files of a commit, a range or a list, for pre-commit and for CI.

use std::process::ExitCode;

use dataward::content::script;
use dataward::{rules, run};

fn main() -> ExitCode {
    run::hook(run::Hook {
        id: "check-dangerous-scripts",
        about: "Finds scripts that destroy data without a guard: in what is staged, in files or in a range of commits",
        rules: rules::SCRIPTS,
        read_script: Some(script::read),
    })
}
