//! `pre-commit try-repo` and `prek try-repo` of this repository: they clone it and compile it with `cargo install`, as for
//! every user. Takes minutes and needs the crates' registry, so plain `cargo test` leaves it out: `cargo test --test try-repo`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on has failed")]

#[path = "support/frameworks.rs"]
mod frameworks;
#[path = "support/hooks.rs"]
#[allow(dead_code, reason = "shared with tests that use more of it")]
mod support;

use std::path::Path;

#[test]
fn the_hooks_compile_and_refuse_what_they_are_for() {
    let here = env!("CARGO_MANIFEST_DIR");
    if !Path::new(here).join(".git").exists() {
        eprintln!("SKIPPED: {here} is no clone, so no framework can try it");
        return;
    }
    frameworks::each(|framework| {
        let mut repo = frameworks::repository();
        // Compiled once for both, and without care for speed.
        let artifacts = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("try-repo");
        let mut set = |name, value: String| repo.variables.push((name, value));
        set("CARGO_TARGET_DIR", artifacts.to_str().unwrap().to_owned());
        set("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0".to_owned());
        let home = std::env::var("HOME").unwrap_or_default();
        for (name, below) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            set(name, std::env::var(name).unwrap_or_else(|_| format!("{home}/{below}")));
        }
        repo.stage_database("app.bin");
        repo.stage("wipe.sh", "#!/bin/sh\ndropdb shop\n");
        // Without an id it tries all hooks, and compiles them once.
        let said = repo.run(&framework.program, ["try-repo", here, "--verbose"]);
        eprintln!("{}: {}", framework.name, said.text);
        let text = said.says(1, &["app.bin (staged)", "unguarded-database-wipe"]);
        assert_eq!(text.matches("blocked: errors 1").count(), 2, "{text}");
    });
}
