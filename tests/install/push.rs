//! The hook before a push: git's input reaches dataward, then the hook that was there, git-lfs's among them.

use std::fs;
use std::path::Path;

use crate::support::{Repo, make_executable};
use crate::{DATAWARD, hook, install, listing, uninstall};

/// As `git lfs install` of Git LFS 3 writes it.
const LFS: &str = "#!/bin/sh\n\
    command -v git-lfs >/dev/null 2>&1 || { printf >&2 \"\\n%s\\n\\n\" \"This repository is configured for Git LFS but 'git-lfs' was not found on your path. If you no longer wish to use Git LFS, remove this hook by deleting the 'pre-push' file in the hooks directory (set by 'core.hookspath'; usually '.git/hooks').\"; exit 2; }\n\
    git lfs pre-push \"$@\"\n";

/// A repository with a bare one beside it as its origin.
fn with_origin() -> Repo {
    let repo = Repo::new();
    repo.git(["init", "--quiet", "--bare", "../origin.git"]).ok();
    repo.git(["remote", "add", "origin", "../origin.git"]).ok();
    repo
}

/// The same with the hook of git-lfs, and in place of its program one that writes down what it is told.
fn with_lfs() -> Repo {
    let mut repo = with_origin();
    repo.script(
        "../bin/git-lfs",
        "#!/bin/sh\nprintf '<%s>' \"$@\" >>../told\nprintf '\\n' >>../told\ncat >>../told\n",
    );
    let path = std::env::var("PATH").unwrap();
    repo.variables.push(("PATH", format!("{}/bin:{path}", repo.home.path().display())));
    repo.script(".git/hooks/pre-push", LFS);
    install(&repo).says(0, &["pre-push runs dataward first, then the hook that was there"]);
    repo
}

fn told(repo: &Repo) -> String {
    let path = repo.home.path().join("told");
    let told = fs::read_to_string(&path).unwrap_or_default();
    let _ = fs::remove_file(path);
    told
}

#[test]
fn git_refuses_a_push_that_brings_a_database() {
    let repo = with_origin();
    install(&repo).says(0, &["pre-push runs dataward\n", "pre-push sees their commits"]);
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    repo.stage_database("app.bin");
    repo.force("a database");
    repo.git(["rm", "--quiet", "--cached", "app.bin"]).ok();
    repo.force("and gone again");
    repo.git(["push", "origin", "main"]).says(1, &["app.bin", "failed to push some refs"]);
    assert_eq!(repo.asked(&["-C", "../origin.git", "log", "--format=%s", "main"]), "first");
    uninstall(&repo).says(0, &["pre-push is taken out"]);
    repo.git(["push", "--quiet", "origin", "main"]).ok();
}

#[test]
fn the_hook_of_git_lfs_runs_after_it_with_all_that_git_says() {
    let repo = with_lfs();
    let id = repo.asked(&["rev-parse", "HEAD"]);
    let zeros = "0".repeat(id.len());
    repo.git(["push", "--quiet", "origin", "main", "main:other"]).ok();
    assert_eq!(
        told(&repo),
        format!(
            "<pre-push><origin><../origin.git>\n\
             refs/heads/main {id} refs/heads/main {zeros}\n\
             refs/heads/main {id} refs/heads/other {zeros}\n"
        )
    );
    repo.git(["push", "--quiet", "origin", ":other"]).ok();
    let deletion = format!("(delete) {zeros} refs/heads/other {id}\n");
    assert!(told(&repo).ends_with(&deletion));
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    assert_eq!(told(&repo), "<pre-push><origin><../origin.git>\n", "nothing is pushed");
    repo.stage_database("app.bin");
    repo.force("a database");
    repo.git(["push", "origin", "main:second", "main:third"]).says(1, &["app.bin"]);
    assert_eq!(told(&repo), "", "it uploaded although dataward refused");
}

#[test]
fn more_refs_than_an_argument_may_hold_reach_both() {
    let repo = with_lfs();
    let id = repo.asked(&["rev-parse", "HEAD"]);
    let tags: String = (0..2000).map(|n| format!("create refs/tags/{n} {id}\n")).collect();
    repo.fed("git", &["update-ref", "--stdin"], &tags).ok();
    repo.git(["push", "--quiet", "--tags", "origin"]).ok();
    let said = told(&repo);
    assert!(said.len() > 200_000, "{}", said.len());
    assert_eq!(said.lines().count(), 2001);
}

#[test]
fn a_hook_that_refuses_still_refuses() {
    let repo = with_origin();
    repo.script(".git/hooks/pre-push", "#!/bin/sh\necho 'not today' >&2\nexit 7\n");
    install(&repo).ok();
    repo.git(["push", "origin", "main"]).says(1, &["not today", "failed to push"]);
    repo.fed(hook(&repo, "pre-push"), &["origin", "../origin.git"], "").ends(7);
    let before = fs::read(hook(&repo, "pre-push.before-dataward")).unwrap();
    uninstall(&repo).says(0, &["pre-push is the hook again that was there before dataward"]);
    assert_eq!(fs::read(hook(&repo, "pre-push")).unwrap(), before);
}

#[test]
fn it_is_known_again_where_a_framework_moved_it() {
    let repo = with_origin();
    install(&repo).ok();
    fs::rename(hook(&repo, "pre-push"), hook(&repo, "pre-push.legacy")).unwrap();
    repo.script(".git/hooks/pre-push", "#!/bin/sh\nexec .git/hooks/pre-push.legacy \"$@\"\n");
    install(&repo).says(0, &["pre-push.legacy was installed already"]);
    repo.stage_database("app.bin");
    repo.force("a database");
    repo.git(["push", "origin", "main"]).says(1, &["app.bin"]);
    uninstall(&repo).says(0, &["pre-push.legacy is taken out"]);
}

#[test]
fn one_that_another_program_looks_after_is_left_alone() {
    let repo = Repo::new();
    repo.script(".git/hooks/pre-push", "#!/bin/sh\ncall_lefthook()\n{\n\tlefthook \"$@\"\n}\n");
    let before = listing(&repo.top.join(".git/hooks"));
    let words = ["lefthook writes it anew; add `check-push \"$@\"` with the same standard input"];
    install(&repo).says(2, &words);
    assert_eq!(listing(&repo.top.join(".git/hooks")), before);
}

/// The programs `dataward` and, where told so, `check-push`, in a directory whose name no shell would read as it is.
fn programs(repo: &Repo, with_push: bool) -> std::path::PathBuf {
    let directory = repo.home.path().join("a 'b' $c `d`");
    fs::create_dir(&directory).unwrap();
    fs::copy(DATAWARD, directory.join("dataward")).unwrap();
    if with_push {
        fs::copy(Path::new(DATAWARD).with_file_name("check-push"), directory.join("check-push"))
            .unwrap();
    }
    directory.join("dataward")
}

#[test]
fn where_its_program_is_gone_no_push_passes() {
    let repo = with_origin();
    let dataward = programs(&repo, true);
    repo.run(&dataward, ["install"]).ok();
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    fs::remove_file(dataward.with_file_name("check-push")).unwrap();
    let words = ["check-push is gone, so this hook blocks", "hint: run dataward install again"];
    repo.git(["push", "origin", "main:other"]).says(1, &words);
}

#[test]
fn where_its_program_never_was_it_is_left_out() {
    let repo = with_origin();
    let dataward = programs(&repo, false);
    let words = ["pre-push is left out and pushes are not looked at", "a check in CI sees"];
    repo.run(&dataward, ["install"]).says(0, &words);
    assert!(!hook(&repo, "pre-push").exists());
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    // One that was written when it was there is taken out all the same.
    install(&repo).ok();
    repo.run(&dataward, ["install", "--uninstall"]).says(0, &["pre-push is taken out"]);
    // A hook that cannot run after it is in nobody's way.
    repo.script(".git/hooks/pre-push", "#!/bin/sh\nbasename \"$0\"\n");
    make_executable(&hook(&repo, "pre-push"), 0o755);
    repo.run(&dataward, ["install"]).ok();
}
