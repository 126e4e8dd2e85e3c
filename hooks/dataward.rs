//! The command for people and CI: scan, classify, explain, init, install, demo.

use std::process::ExitCode;

fn main() -> ExitCode {
    dataward::run::dataward()
}
