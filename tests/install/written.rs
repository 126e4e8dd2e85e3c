//! The hooks as written: git runs them, they run the program that was meant, and they go away again.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::support::{CHECK, Repo};
use crate::{DATAWARD, HOOKS, WIPE, hook, install, listing, uninstall};

#[test]
fn a_commit_with_a_database_in_it_is_refused() {
    let repo = Repo::new();
    install(&repo).says(0, &["pre-commit runs dataward", "hint: cherry-pick, rebase and revert"]);
    for name in HOOKS {
        let listed = listing(&repo.top.join(".git/hooks"));
        let (_, mode, bytes, _) = listed.iter().find(|it| it.0 == name).unwrap();
        assert_eq!((mode & 0o7777, &bytes[..10]), (0o755, b"#!/bin/sh\n".as_slice()), "{name}");
    }
    repo.stage_database("app.bin");
    repo.commit("a database").says(1, &["app.bin", "git restore --staged -- app.bin"]);
    repo.git(["restore", "--staged", "--", "app.bin"]).ok();
    repo.stage("notes.txt", "Notes.\n");
    repo.commit("notes").ok();
    repo.git(["add", "app.bin"]).ok();
    repo.commit("a database again").ends(1);
    repo.git(["rm", "--quiet", "--cached", "app.bin"]).ok();
    repo.write("readme.txt", "Another readme.\n");
    repo.git(["commit", "--quiet", "--all", "--message", "all"]).ok();
    repo.database("readme.txt.new");
    fs::rename(repo.top.join("readme.txt.new"), repo.top.join("readme.txt")).unwrap();
    repo.git(["commit", "--all", "--message", "a temporary index"]).says(1, &["readme.txt"]);
    repo.git(["commit", "--message", "one path", "--", "readme.txt"]).says(1, &["readme.txt"]);
}

#[test]
fn a_merge_and_a_patch_that_bring_a_database_are_refused() {
    let repo = Repo::new();
    repo.git(["switch", "--quiet", "--create", "other"]).ok();
    repo.stage_database("app.bin");
    repo.force("a database");
    repo.git(["format-patch", "--quiet", "--binary", "-1", "--output", "../app.patch"]).ok();
    repo.git(["switch", "--quiet", "main"]).ok();
    repo.stage("main.txt", "Main.\n");
    repo.force("ahead");
    install(&repo).ok();
    repo.git(["merge", "--no-edit", "other"]).says(1, &["app.bin"]);
    repo.git(["merge", "--abort"]).ok();
    repo.git(["am", "../app.patch"]).says(1, &["app.bin", "git am --continue"]);
    repo.git(["am", "--abort"]).ok();
    assert_eq!(repo.asked(&["log", "-1", "--format=%s"]), "ahead");
}

#[test]
fn the_range_that_a_framework_left_in_the_environment_does_not_redirect_a_native_hook() {
    let mut repo = Repo::new();
    install(&repo).ok();
    for name in ["PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"] {
        repo.variables.push((name, "HEAD".to_owned()));
    }
    repo.stage_database("app.bin");
    repo.commit("a database").says(1, &["app.bin"]);
    assert_eq!(repo.run(CHECK, [""; 0]).code, Some(0), "without --staged the range is looked at");
}

#[test]
fn a_second_install_changes_nothing() {
    let repo = Repo::new();
    repo.script(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    install(&repo).ok();
    let before = listing(&repo.top.join(".git/hooks"));
    assert_eq!(install(&repo).ok().matches("was installed already").count(), 4);
    assert_eq!(listing(&repo.top.join(".git/hooks")), before);
}

#[test]
fn uninstall_takes_them_out_as_often_as_it_is_asked() {
    let repo = Repo::new();
    let before = listing(&repo.top.join(".git/hooks"));
    install(&repo).ok();
    assert_eq!(uninstall(&repo).ok().matches("is taken out").count(), 4);
    assert_eq!(listing(&repo.top.join(".git/hooks")), before);
    assert_eq!(uninstall(&repo).ok().matches("was not installed").count(), 4);
}

const ALL: [&str; 3] = ["dataward", "check-database-files", "check-dangerous-scripts"];

/// The programs, in a directory of this name.
fn programs(repo: &Repo, name: &OsStr, names: &[&str]) -> std::path::PathBuf {
    let directory = repo.home.path().join(name);
    fs::create_dir(&directory).unwrap();
    for name in names {
        fs::hard_link(Path::new(DATAWARD).with_file_name(name), directory.join(name))
            .or_else(|_| {
                fs::copy(Path::new(DATAWARD).with_file_name(name), directory.join(name)).map(drop)
            })
            .unwrap();
    }
    directory
}

#[test]
fn a_hook_whose_program_has_gone_blocks_until_it_is_installed_again() {
    let repo = Repo::new();
    let old = programs(&repo, "old".as_ref(), &ALL);
    repo.run(old.join("dataward"), ["install"]).ok();
    repo.stage("notes.txt", "Notes.\n");
    let new = repo.home.path().join("new");
    fs::rename(&old, &new).unwrap();
    let gone = ["old/check-database-files is gone", "old/check-dangerous-scripts is gone"];
    repo.commit("notes").says(1, &[gone[0], gone[1], "hint: run dataward"]);
    repo.run(hook(&repo, "pre-commit"), [""; 0]).ends(2);
    let said = repo.run(new.join("dataward"), ["install"]).ok();
    assert_eq!(said.matches("is brought up to date").count(), 3, "{said}");
    repo.commit("notes").ok();
    repo.stage_database("app.bin");
    repo.commit("a database").ends(1);
    uninstall(&repo).says(0, &["is taken out"]);
}

#[test]
fn dataward_alone_looks_as_well() {
    let repo = Repo::new();
    let alone = programs(&repo, "alone".as_ref(), &["dataward"]);
    repo.run(alone.join("dataward"), ["install"]).ok();
    repo.stage_database("app.bin");
    repo.stage("wipe.sh", WIPE);
    repo.commit("both").says(1, &["app.bin", "wipe.sh"]);
}

#[test]
fn names_may_hold_any_byte() {
    let names: [&[u8]; 5] = [
        b"a scan --b 'c' \"d\" $e `f` \\g",
        b"line\nfeed\n",
        "caf\u{e9} \u{202e}gnihton".as_bytes(),
        #[cfg(target_os = "linux")]
        b"latin \xe9",
        b"-n",
    ];
    for name in names {
        let repo = Repo::named(OsStr::from_bytes(name));
        let other = [b"bin ", name].concat();
        let programs = programs(&repo, OsStr::from_bytes(&other), &ALL);
        repo.script(".git/hooks/pre-commit", "#!/bin/sh\necho ran >&2\n");
        repo.run(programs.join("dataward"), ["install"]).ok();
        repo.stage("notes.txt", "Notes.\n");
        repo.commit("notes").says(0, &["ran\n"]);
        repo.stage_database("app.bin");
        repo.commit("a database").says(1, &["app.bin"]);
        repo.git(["reset", "--quiet"]).ok();
        fs::remove_dir_all(&programs).unwrap();
        repo.git(["commit", "--allow-empty", "--message", "gone"]).says(1, &["is gone, so"]);
        uninstall(&repo).ok();
        repo.git(["commit", "--allow-empty", "--message", "gone"]).says(0, &["ran\n"]);
    }
}
