//! Where the hooks go: core.hooksPath, linked work trees, submodules, and places where there are none.

use std::fs;

use crate::support::Repo;
use crate::{DATAWARD, HOOKS, hook, install, listing, uninstall};

#[test]
fn a_hooks_path_within_the_repository_is_used() {
    let repo = Repo::new();
    repo.git(["config", "core.hooksPath", "tools/hooks"]).ok();
    repo.write("below/readme.txt", "");
    let said = repo.run("sh", ["-c", &format!("cd below && {DATAWARD} install")]).ok();
    assert!(said.contains("leave them out of commits"), "{said}");
    assert_eq!(listing(&repo.top.join("tools/hooks")).len(), 4);
    assert!(!hook(&repo, "pre-commit").exists());
    repo.stage_database("app.bin");
    repo.commit("a database").says(1, &["app.bin"]);
    uninstall(&repo).ok();
    repo.commit("a database").ok();
}

#[test]
fn a_hooks_path_outside_of_the_repository_needs_global() {
    for path in ["ABSOLUTE", "~/hooks", "../hooks", "link"] {
        let repo = Repo::new();
        let shared = repo.home.path().join("hooks");
        if path == "link" {
            fs::create_dir(&shared).unwrap();
            std::os::unix::fs::symlink("../hooks", repo.top.join("link")).unwrap();
        }
        let path = if path == "ABSOLUTE" { shared.to_str().unwrap() } else { path };
        repo.git(["config", "core.hooksPath", path]).ok();
        install(&repo).says(2, &["outside of this repository", "--global"]);
        uninstall(&repo).says(2, &["outside of this repository", "--global"]);
        assert_eq!(listing(&shared).len(), 0, "{path}");
        repo.run(DATAWARD, ["install", "--global"]).ok();
        assert_eq!(listing(&shared).len(), 4, "{path}");
        repo.stage_database("app.bin");
        repo.commit("a database").says(1, &["app.bin"]);
        repo.run(DATAWARD, ["install", "--global", "--uninstall"]).ok();
        assert_eq!(listing(&shared).len(), 0, "{path}");
    }
}

#[test]
fn hooks_that_are_switched_off_are_said_to_be() {
    let repo = Repo::new();
    repo.git(["config", "core.hooksPath", "/dev/null"]).ok();
    repo.run(DATAWARD, ["install", "--global"])
        .says(2, &["/dev/null is no directory", "git config --show-origin core.hooksPath"]);
}

#[test]
fn a_linked_work_tree_has_the_hooks_of_its_repository() {
    let repo = Repo::new();
    repo.git(["worktree", "add", "--quiet", "../linked"]).ok();
    repo.run("sh", ["-c", &format!("cd ../linked && {DATAWARD} install")]).ok();
    assert!(HOOKS.iter().all(|name| hook(&repo, name).exists()));
    repo.database("../linked/app.bin");
    let linked = ["-C", "../linked"];
    repo.git(linked.into_iter().chain(["add", "app.bin"])).ok();
    repo.git(linked.into_iter().chain(["commit", "--message", "a database"])).says(1, &["app.bin"]);
    repo.stage("notes.txt", "Notes.\n");
    repo.commit("notes").ok();
}

#[test]
fn a_submodule_has_hooks_of_its_own() {
    let repo = Repo::new();
    let other = repo.home.path().join("other");
    repo.git(["clone", "--quiet", ".", other.to_str().unwrap()]).ok();
    repo.git(["submodule", "--quiet", "add", "../other", "module"]).ok();
    repo.run("sh", ["-c", &format!("cd module && {DATAWARD} install")]).ok();
    assert_eq!(listing(&repo.top.join(".git/modules/module/hooks")).len(), 4);
    assert!(!hook(&repo, "pre-commit").exists());
    repo.database("module/app.bin");
    repo.git(["-C", "module", "add", "app.bin"]).ok();
    repo.git(["-C", "module", "commit", "--message", "a database"]).says(1, &["app.bin"]);
    install(&repo).ok();
    repo.commit("a submodule").ok();
}

#[test]
fn a_bare_repository_has_no_commits_to_look_at() {
    let repo = Repo::new();
    repo.git(["clone", "--quiet", "--bare", ".", "../bare.git"]).ok();
    repo.run("sh", ["-c", &format!("cd ../bare.git && {DATAWARD} install")])
        .says(2, &["is a bare repository"]);
}

#[test]
fn outside_of_a_repository_it_says_so() {
    let repo = Repo::new();
    repo.run("sh", ["-c", &format!("cd .. && {DATAWARD} install")])
        .says(2, &["is in no git repository"]);
}

#[test]
fn a_hooks_directory_that_is_missing_is_made() {
    let repo = Repo::new();
    fs::remove_dir_all(repo.top.join(".git/hooks")).unwrap();
    uninstall(&repo).ok();
    install(&repo).ok();
    repo.stage_database("app.bin");
    repo.commit("a database").ends(1);
}

#[test]
fn a_directory_that_cannot_be_written_to_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repo::new();
    let hooks = repo.top.join(".git/hooks");
    // Root may write to any directory but to those of the kernel.
    let is_root = repo.run("id", ["-u"]).ok().trim() == "0";
    if is_root && cfg!(target_os = "linux") {
        repo.git(["config", "core.hooksPath", "/proc/sys"]).ok();
    } else {
        fs::set_permissions(&hooks, fs::Permissions::from_mode(0o555)).unwrap();
    }
    repo.run(DATAWARD, ["install", "--global"]).says(2, &["cannot write", "pre-commit"]);
    fs::set_permissions(&hooks, fs::Permissions::from_mode(0o755)).unwrap();
}
