//! `dataward quarantine` with real files: what it does, what it refuses, and that its hints work where they are printed.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{Repo, Run, finish};

const SCRIPT: &[u8] = b"#!/bin/sh\necho gone\n";

const REASON: &[&str] = &["--reason", "it deletes all customers", "--date=2026-11-25"];

fn put_away(repo: &Repo, file: &str) -> Run {
    repo.dataward(&[&["quarantine", file][..], REASON].concat())
}

fn executable(repo: &Repo, path: &str) {
    repo.write(path, SCRIPT);
    fs::set_permissions(repo.path(path), fs::Permissions::from_mode(0o755)).unwrap();
}

/// A repository with a tracked script that can be run.
fn with_script() -> Repo {
    let repo = Repo::with_commit();
    executable(&repo, "scripts/clean.sh");
    repo.git(&["add", "."]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "a script"]);
    repo
}

/// Runs the command that a hint names, as a person who stands there does.
#[track_caller]
fn follow(repo: &Repo, run: &Run) {
    let hint = run.err.lines().find_map(|it| it.strip_prefix("hint: stage it: "));
    let hint = hint.unwrap_or_else(|| panic!("no hint: {}", run.err));
    let mut shell = repo.command("bash");
    assert_eq!(finish(shell.args(["-ec", hint])).code, 0, "{hint}");
}

#[test]
fn a_script_is_put_away_and_the_hint_stages_it() {
    let repo = with_script();
    let run = put_away(&repo, "scripts/clean.sh");
    run.passes();
    let away = repo.path("scripts/.DANGEROUS_clean.sh.disabled");
    assert_eq!(fs::read(&away).unwrap(), SCRIPT);
    assert_eq!(fs::metadata(&away).unwrap().permissions().mode() & 0o777, 0o644);
    assert!(!repo.path("scripts/clean.sh").exists());
    assert_eq!(repo.git(&["diff", "--cached", "--name-only"]), "", "it stages nothing itself");
    let registry = fs::read_to_string(repo.path("DANGEROUS_SCRIPTS.md")).unwrap();
    let row = registry.lines().last().unwrap();
    let start = "| `scripts/.DANGEROUS_clean.sh.disabled` | `scripts/clean.sh` |  |  | it deletes all customers |  | `";
    assert!(row.starts_with(start) && row.ends_with("` | 2026-11-25 |"), "{row}");

    follow(&repo, &run);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    repo.dataward(&["registry", "check"]).passes();
    repo.dataward(&["registry", "check", "HEAD"]).passes();
    repo.dataward(&["scan"]).passes();
}

#[test]
fn the_hint_stages_what_git_would_ignore() {
    let repo = with_script();
    repo.commit(".gitignore", b".*\n");
    let run = put_away(&repo, "scripts/clean.sh");
    follow(&repo, &run);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    repo.dataward(&["registry", "check", "HEAD"]).passes();
}

#[test]
fn two_branches_that_put_scripts_away_merge_as_the_hint_says() {
    let repo = with_script();
    repo.commit("scripts/other.sh", SCRIPT);
    let below = repo.below("scripts");
    let run = put_away(&below, "clean.sh");
    let hint = run
        .err
        .lines()
        .find_map(|it| it.strip_prefix("hint: let merges keep the rows of both sides: "));
    let mut shell = below.command("bash");
    assert_eq!(finish(shell.args(["-ec", hint.unwrap()])).code, 0);
    follow(&below, &run);
    repo.git(&["add", ".gitattributes"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    repo.commit("scripts/third.sh", SCRIPT);
    let put_away_on = |branch: &[&str], script: &str| {
        repo.git(&[&["switch", "--quiet"], branch].concat());
        let run = put_away(&repo, script);
        assert!(!run.err.contains("merges"), "{}", run.err);
        follow(&repo, &run);
        repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    };
    put_away_on(&["-c", "one"], "scripts/other.sh");
    put_away_on(&["-c", "two", "one~1"], "scripts/third.sh");
    repo.git(&["merge", "--quiet", "--no-verify", "one"]);
    repo.dataward(&["registry", "check"]).passes();
    repo.dataward(&["registry", "check", "HEAD"]).passes();
}

#[test]
fn an_untracked_script_and_one_named_from_below_are_put_away() {
    let repo = with_script();
    executable(&repo, "scripts/new.sh");
    let below = repo.below("scripts");
    for name in ["new.sh", "./clean.sh"] {
        let run = put_away(&below, name);
        run.passes();
        follow(&below, &run);
    }
    let staged = repo.git(&["diff", "--cached", "--name-only", "--no-renames"]);
    let expected = "DANGEROUS_SCRIPTS.md\nscripts/.DANGEROUS_clean.sh.disabled\nscripts/.DANGEROUS_new.sh.disabled\nscripts/clean.sh";
    assert_eq!(staged, expected);
    repo.dataward(&["registry", "check"]).passes();
}

#[test]
fn names_made_to_deceive_are_put_away_like_any_other() {
    let repo = Repo::with_commit();
    let names: [&[u8]; 6] =
        [b"a | b`c.sh", b"a\n| b |.sh", b"-rf.sh", b"\xff.sh", b" x\\.sh ", b":(top)*.sh"];
    for name in names {
        let path = repo.top.join(std::ffi::OsStr::from_bytes(name));
        fs::write(&path, SCRIPT).unwrap();
        let mut command = repo.command(crate::support::DATAWARD.unwrap());
        command.arg("quarantine").args(REASON).arg("--").arg(std::ffi::OsStr::from_bytes(name));
        let run = finish(&mut command);
        run.passes();
        follow(&repo, &run);
        assert!(!path.exists());
    }
    let run = repo.dataward(&["registry", "check"]);
    run.passes();
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    repo.dataward(&["registry", "check", "HEAD"]).passes();
    let registry = fs::read_to_string(repo.path("DANGEROUS_SCRIPTS.md")).unwrap();
    let rows = registry.lines().filter(|it| it.starts_with("| `"));
    assert!(rows.clone().all(|it| it.matches('|').count() == 9), "{registry}");
    assert_eq!(rows.count(), names.len());
}

#[test]
fn what_is_no_script_of_the_repository_is_refused_and_nothing_is_changed() {
    let repo = with_script();
    repo.write("target.sh", SCRIPT);
    symlink("target.sh", repo.path("link.sh")).unwrap();
    let outside = repo.beside("outside");
    outside.write("clean.sh", SCRIPT);
    symlink(&outside.top, repo.path("way")).unwrap();
    repo.write(".DANGEROUS_old.sh.disabled", SCRIPT);
    repo.write("both.sh", SCRIPT);
    repo.write(".DANGEROUS_both.sh.disabled", b"other\n");
    symlink("nowhere", repo.path(".DANGEROUS_target.sh.disabled")).unwrap();
    repo.write("package.json", br#"{"scripts": {"wipe": "dropdb shop"}}"#);
    repo.write("Makefile", b"wipe:\n\tdropdb shop\n");
    repo.git(&["init", "--quiet", "inner"]);
    repo.write("inner/clean.sh", SCRIPT);
    let hook = ".git/hooks/pre-commit";
    repo.write(hook, SCRIPT);
    repo.git(&["rm", "--quiet", "--cached", "README"]);
    for (file, words) in [
        ("link.sh", "it is a symbolic link"),
        ("scripts", "it is a directory"),
        ("nowhere.sh", "it is not on disk"),
        ("../outside/clean.sh", "outside of this repository"),
        ("way/clean.sh", "outside of this repository"),
        (".DANGEROUS_old.sh.disabled", "was put away already"),
        ("both.sh", ".DANGEROUS_both.sh.disabled is there already"),
        ("target.sh", ".DANGEROUS_target.sh.disabled is there already"),
        (hook, "it is no script of this repository"),
        ("package.json", "take what is dangerous out of it"),
        ("Makefile", "take what is dangerous out of it"),
        ("inner/clean.sh", "in a repository of its own"),
    ] {
        put_away(&repo, file).cannot_look(words);
    }
    assert!(!repo.path("DANGEROUS_SCRIPTS.md").exists());
    assert_eq!(fs::read(outside.path("clean.sh")).unwrap(), SCRIPT);
    assert_eq!(fs::read(repo.path(".DANGEROUS_both.sh.disabled")).unwrap(), b"other\n");
    outside.dataward(&["quarantine", "clean.sh"]).cannot_look("is in no git repository");
    // Nothing is found in it, so somebody has to say why.
    repo.dataward(&["quarantine", "scripts/clean.sh"]).cannot_look("say with --reason why");
    repo.dataward(&["quarantine", "scripts/clean.sh", "--reason", " "]).cannot_look("--reason");
}

#[test]
fn a_file_that_no_digest_could_be_asked_of_is_refused() {
    let repo = with_script();
    repo.write(".dataward.yaml", b"version: 1\nlimits: {file_size: 10}\n");
    let words = "it has 20 bytes, over the limit of 10 (setting limits.file_size)";
    put_away(&repo, "scripts/clean.sh").cannot_look(words);
    assert!(repo.path("scripts/clean.sh").exists());
}

#[test]
fn a_registry_is_never_written_larger_than_it_is_read() {
    let repo = with_script();
    let full = vec![b'x'; (1 << 20) - 100];
    repo.write("DANGEROUS_SCRIPTS.md", &full);
    put_away(&repo, "scripts/clean.sh").cannot_look("would be larger than 1 MiB with its row");
    assert!(repo.path("scripts/clean.sh").exists());
    assert_eq!(fs::read(repo.path("DANGEROUS_SCRIPTS.md")).unwrap(), full);
}

#[test]
fn that_other_names_of_a_script_cannot_be_run_any_more_is_said() {
    let repo = with_script();
    fs::hard_link(repo.path("scripts/clean.sh"), repo.path("other.sh")).unwrap();
    let run = put_away(&repo, "scripts/clean.sh");
    run.passes();
    assert!(run.err.contains("warning: it has other names on this disk"), "{}", run.err);
    assert_eq!(fs::metadata(repo.path("other.sh")).unwrap().permissions().mode() & 0o777, 0o644);
    // It got its name as a link for a while, which is none of these.
    executable(&repo, "b.sh");
    let run = put_away(&repo, "b.sh");
    run.passes();
    assert!(!run.err.contains("other names"), "{}", run.err);
}

#[test]
fn a_registry_that_is_none_is_refused_before_anything_is_changed() {
    type Change = fn(&Repo);
    let refused: [(Change, &str); 5] = [
        (|it| symlink("README", it.path("DANGEROUS_SCRIPTS.md")).unwrap(), "is no regular file"),
        (|it| fs::create_dir(it.path("DANGEROUS_SCRIPTS.md")).unwrap(), "is no regular file"),
        (|it| it.write("DANGEROUS_SCRIPTS.md", &[b'x'; (1 << 20) + 1]), "is larger than 1 MiB"),
        (|it| it.write("DANGEROUS_SCRIPTS.md", b"\xff"), "as UTF-8"),
        (
            |it| {
                put_away(it, "scripts/clean.sh").passes();
                fs::rename(
                    it.path("scripts/.DANGEROUS_clean.sh.disabled"),
                    it.path("scripts/clean.sh"),
                )
                .unwrap();
            },
            "has a row for it already, on line 8: take that out first",
        ),
    ];
    for (change, words) in refused {
        let repo = with_script();
        change(&repo);
        put_away(&repo, "scripts/clean.sh").cannot_look(words);
        assert!(repo.path("scripts/clean.sh").exists(), "{words}");
    }
}

#[test]
fn a_registry_that_cannot_be_written_leaves_the_script_where_it_was() {
    let repo = with_script();
    let top = |mode| fs::set_permissions(&repo.top, fs::Permissions::from_mode(mode)).unwrap();
    top(0o555);
    let is_root = fs::write(repo.path("probe"), b"").is_ok();
    if !is_root {
        put_away(&repo, "scripts/clean.sh").cannot_look("cannot write DANGEROUS_SCRIPTS.md");
        let mode = fs::metadata(repo.path("scripts/clean.sh")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o755);
    }
    top(0o755);
}

#[test]
fn it_is_undone_by_its_old_name_and_a_row_less() {
    let repo = with_script();
    put_away(&repo, "scripts/clean.sh").passes();
    fs::rename(repo.path("scripts/.DANGEROUS_clean.sh.disabled"), repo.path("scripts/clean.sh"))
        .unwrap();
    let run = repo.dataward(&["registry", "check"]);
    assert_eq!(run.code, 1, "{run:#?}");
    fs::remove_file(repo.path("DANGEROUS_SCRIPTS.md")).unwrap();
    repo.dataward(&["registry", "check"]).passes();
    put_away(&repo, "scripts/clean.sh").passes();
}
