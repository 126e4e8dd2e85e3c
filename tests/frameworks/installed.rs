//! The git hooks that the frameworks install, alone and together with those of `dataward install`.

use std::fs;

use crate::configured;
use crate::frameworks::each;
use crate::support::{CHECK, Repo};

const DATAWARD: &str = env!("CARGO_BIN_EXE_dataward");
const INSTALL: [&str; 5] =
    ["install", "--hook-type", "pre-commit", "--hook-type", "pre-merge-commit"];

#[test]
fn a_commit_and_a_merge_are_refused() {
    each(|framework| {
        let repo = configured();
        framework.run(&repo, &INSTALL).ok();
        repo.stage("notes.txt", "Notes.\n");
        repo.commit("notes").says(0, &["Passed"]);
        repo.stage_database("app.bin");
        repo.commit("a database").says(1, &["app.bin (staged)"]);
        repo.git(["switch", "--quiet", "--create", "other"]).ok();
        repo.force("a database");
        repo.git(["switch", "--quiet", "main"]).ok();
        repo.git(["merge", "--no-ff", "--no-edit", "other"]).says(1, &["app.bin"]);
        repo.git(["merge", "--abort"]).ok();
        repo.git(["worktree", "add", "--quiet", "--detach", "../linked", "main"]).ok();
        repo.database("../linked/app.bin");
        repo.git(["-C", "../linked", "add", "app.bin"]).ok();
        repo.git(["-C", "../linked", "commit", "--message", "x"]).says(1, &["app.bin (staged)"]);
    });
}

/// A repository whose framework has a hook of its own that says so, and refuses where there is a file `stop`.
fn with_another_hook() -> Repo {
    let repo = crate::frameworks::repository();
    repo.stage(
        ".pre-commit-config.yaml",
        "repos:\n- repo: local\n  hooks:\n  - id: other\n    name: other\n    language: system\n    \
         entry: sh -c 'echo ran >>told; ! [ -e stop ]'\n    always_run: true\n    \
         pass_filenames: false\n    stages: [pre-commit, pre-merge-commit]\n",
    );
    repo.write(".git/info/exclude", "told\nstop\n");
    repo.force("configure");
    repo
}

fn told(repo: &Repo) -> bool {
    fs::remove_file(repo.top.join("told")).is_ok()
}

fn both_look(repo: &Repo) {
    repo.git(["commit", "--allow-empty", "--message", "both"]).ok();
    assert!(told(repo), "the framework did not run");
    repo.stage_database("app.bin");
    repo.commit("a database").says(1, &["app.bin (staged)"]);
    assert!(CHECK.ends_with("check-database-files"));
    repo.git(["reset", "--quiet"]).ok();
    told(repo);
    repo.write("stop", "");
    repo.git(["commit", "--allow-empty", "--message", "stopped"]).ends(1);
    assert!(told(repo));
    fs::remove_file(repo.top.join("stop")).unwrap();
}

#[test]
fn dataward_after_a_framework() {
    each(|framework| {
        let repo = with_another_hook();
        framework.run(&repo, &INSTALL).ok();
        let before = fs::read(repo.top.join(".git/hooks/pre-commit")).unwrap();
        repo.run(DATAWARD, ["install"]).says(0, &["first, then the hook that was there"]);
        both_look(&repo);
        repo.run(DATAWARD, ["install", "--uninstall"]).ok();
        assert_eq!(fs::read(repo.top.join(".git/hooks/pre-commit")).unwrap(), before);
    });
}

#[test]
fn a_framework_after_dataward() {
    each(|framework| {
        let repo = with_another_hook();
        repo.run(DATAWARD, ["install"]).ok();
        framework.run(&repo, &INSTALL).ok();
        both_look(&repo);
        repo.run(DATAWARD, ["install"]).says(0, &["was installed already"]);
        both_look(&repo);
        framework.run(&repo, &["uninstall", "--hook-type", "pre-commit"]).ok();
        repo.stage_database("app.bin");
        repo.commit("a database").says(1, &["app.bin (staged)"]);
        repo.run(DATAWARD, ["install", "--uninstall"]).ok();
    });
}
