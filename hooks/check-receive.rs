//! Keeps databases and dangerous scripts out of a server's repository: looks at what a push brings before its refs move.

use std::process::ExitCode;

use dataward::content::script;
use dataward::{rules, run};

fn main() -> ExitCode {
    run::receive(run::Hook {
        id: "check-receive",
        about: "Looks at all that a push brings, as the pre-receive hook of a server (or as its update or post-receive hook)",
        rules: rules::ALL,
        read_script: Some(script::read),
    })
}
