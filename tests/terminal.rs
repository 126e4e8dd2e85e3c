//! What a person sees on a terminal: colour, and a line about work that takes long. `script` of util-linux makes the terminal.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A directory with a repository, in which a database is committed, and a slow git in `bin`.
fn home() -> TempDir {
    let home = TempDir::new().expect("a directory");
    let top = home.path().join("project");
    std::fs::create_dir(&top).expect("a directory");
    let database = dataward::content::made_from("CREATE TABLE readings (id INTEGER)").expect("SQL");
    std::fs::write(top.join("app.db"), database).expect("a file");
    for arguments in
        ["init -q", "add app.db", "-c user.name=A -c user.email=a@example.com commit -qm Start"]
    {
        let git = Command::new("git").args(arguments.split(' ')).current_dir(&top).status();
        assert!(git.expect("git").success(), "git {arguments}");
    }
    // Real git, only later: what is tested is what a person sees while it takes its time.
    let bin = home.path().join("bin");
    std::fs::create_dir(&bin).expect("a directory");
    std::fs::write(bin.join("git"), "#!/bin/sh\nPATH=${PATH#*:}\nsleep 0.4\nexec git \"$@\"\n")
        .expect("a file");
    let made = Command::new("chmod").arg("+x").arg(bin.join("git")).status();
    assert!(made.expect("chmod").success());
    home
}

/// What is seen on a terminal when `dataward` runs with these variables; none where there is no `script`.
fn seen(home: &Path, arguments: &str, variables: &[(&str, &str)]) -> Option<String> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_dataward"));
    let typescript = home.join("typescript");
    let run = Command::new("script")
        .args(["-qec", &format!("{} {arguments}", program.display())])
        .arg(&typescript)
        .current_dir(home.join("project"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env("TERM", "xterm")
        .envs(variables.iter().copied())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .status();
    if run.is_err() {
        assert!(std::env::var_os("CI").is_none(), "script of util-linux is missing");
        // The test harness shows this with --nocapture only, as for every test that skips.
        return None;
    }
    Some(String::from_utf8_lossy(&std::fs::read(typescript).expect("a typescript")).into_owned())
}

#[test]
fn colour_is_for_a_terminal_that_wants_it() {
    let home = home();
    for (variables, is_coloured) in [
        (&[][..], true),
        (&[("NO_COLOR", "1")], false),
        (&[("CLICOLOR", "0")], false),
        (&[("TERM", "dumb")], false),
    ] {
        let Some(seen) = seen(home.path(), "scan", variables) else { return };
        assert!(seen.contains("database-file"), "{seen}");
        assert_eq!(seen.contains("\u{1b}[31;1merror"), is_coloured, "{variables:?}: {seen:?}");
    }
    let Some(seen) = seen(home.path(), "scan --color never", &[]) else { return };
    assert!(!seen.contains("\u{1b}[31"), "{seen:?}");
}

#[test]
fn a_line_tells_of_work_that_takes_long_and_goes_away() {
    let home = home();
    let path = std::env::var("PATH").expect("a PATH");
    let path = format!("{}:{path}", home.path().join("bin").display());
    let Some(slow) = seen(home.path(), "scan", &[("PATH", &path)]) else { return };
    assert!(slow.contains("\r\u{1b}[Kdataward: listing files"), "{slow:?}");
    assert!(slow.contains("\r\u{1b}[K\u{1b}[31;1merror"), "{slow:?}");
    let Some(json) = seen(home.path(), "scan --format json", &[("PATH", &path)]) else { return };
    assert!(!json.contains("listing files"), "{json:?}");
}
