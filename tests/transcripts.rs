//! Replays the transcripts of tests/transcripts and docs/cli.md: what a person types and sees, with real git.
//!
//! `TRYCMD=overwrite cargo test --test transcripts` writes down what is seen now. Each page runs in an empty directory
//! of its own. A block of output that holds a code fence has a longer fence around it.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// Says to this program that its environment is clean.
const CLEAN: &str = "DATAWARD_TRANSCRIPTS";

/// What may stay of the environment; all else could change what git or a program says.
const KEPT: &[&str] = &["PATH", "TRYCMD", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

#[test]
fn a_person_sees_what_the_transcripts_show() {
    if env::var_os(CLEAN).is_some() {
        return replay();
    }
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "a_person_sees_what_the_transcripts_show", "--nocapture"]);
    command.args(env::args().filter(|it| it.starts_with("trycmd=")));
    command.env_clear().envs(env::vars_os().filter(|(name, _)| KEPT.iter().any(|it| name == it)));
    // A terminal would change the width of what is printed.
    let output = command.env(CLEAN, "1").stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> = said.lines().filter(|it| !it.contains(" ... ok")).collect();
    assert!(output.status.success(), "{}", said.join("\n"));
}

fn replay() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir().unwrap();
    let pages = pages(top);
    for page in &pages {
        let copy = place.path().join(page.file_name().unwrap());
        fs::copy(page, &copy).unwrap();
        // trycmd takes these two for "run it in a new directory that begins empty, and do not look at it afterwards".
        fs::create_dir(copy.with_extension("in")).unwrap();
        fs::create_dir(copy.with_extension("out")).unwrap();
    }

    let programs = Path::new(env!("CARGO_BIN_EXE_dataward")).parent().unwrap();
    let examples = programs.join("examples");
    let path = env::var_os("PATH").unwrap();
    let path = [programs.to_owned(), examples].into_iter().chain(env::split_paths(&path));
    let path: Vec<PathBuf> = path.collect();

    let cases = trycmd::TestCases::new();
    cases.case(place.path().join("*.md"));
    for name in [
        "dataward",
        "check-database-files",
        "check-dangerous-scripts",
        "check-push",
        "check-receive",
        "make-db",
        "make-people",
        "make-noise",
        "append-record",
        "git",
        "sh",
        "cat",
    ] {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        let found = path.iter().map(|it| it.join(&file)).find(|it| it.is_file());
        let found = found.unwrap_or_else(|| panic!("there is no {file}: cargo build --examples"));
        cases.register_bin(name, trycmd::schema::Bin::Path(found));
    }
    for (name, value) in [
        ("PATH", env::join_paths(&path).unwrap().to_str().unwrap()),
        ("FIXTURES", top.join("fixtures").to_str().unwrap()),
        ("GIT_AUTHOR_DATE", "2024-05-01T12:00:00Z"),
        ("GIT_AUTHOR_EMAIL", "dev@example.com"),
        ("GIT_AUTHOR_NAME", "A Developer"),
        ("GIT_COMMITTER_DATE", "2024-05-01T12:00:00Z"),
        ("GIT_COMMITTER_EMAIL", "dev@example.com"),
        ("GIT_COMMITTER_NAME", "A Developer"),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_KEY_0", "init.defaultBranch"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CONFIG_VALUE_0", "main"),
        ("HOME", "/nonexistent"),
        ("LC_ALL", "C"),
    ] {
        cases.env(name, value);
    }
    cases.run();

    if env::var("TRYCMD").is_ok_and(|it| it == "overwrite") {
        for page in &pages {
            fs::copy(place.path().join(page.file_name().unwrap()), page).unwrap();
        }
    }
}

/// The pages that hold transcripts.
fn pages(top: &Path) -> Vec<PathBuf> {
    let mut pages = vec![top.join("docs/cli.md")];
    for entry in fs::read_dir(top.join("tests/transcripts")).unwrap() {
        pages.push(entry.unwrap().path());
    }
    pages.sort();
    pages
}
