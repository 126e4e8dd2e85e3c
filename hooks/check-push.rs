//! Keeps databases and dangerous scripts out of a push: looks at every commit of every ref that is about to leave.

use std::process::ExitCode;

use dataward::content::script;
use dataward::{rules, run};

fn main() -> ExitCode {
    run::push(run::Hook {
        id: "check-push",
        about: "Looks at every commit of every ref that is about to be pushed, as git's pre-push hook",
        rules: rules::ALL,
        read_script: Some(script::read),
    })
}
