//! `dataward install --server`: the hook of a server at the place of each host, with real git where the host is git itself, and by
//! what its documentation says where it is not.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::support::{Ended, Repo};
use crate::{DATAWARD, listing};

/// A repository with an empty bare one beside it as its origin.
fn with_server() -> (Repo, PathBuf) {
    let repo = Repo::new();
    let server = repo.home.path().join("a server.git");
    repo.git(["init", "--quiet", "--bare", server.to_str().unwrap()]).ok();
    repo.git(["remote", "add", "origin", server.to_str().unwrap()]).ok();
    (repo, server)
}

fn install(repo: &Repo, path: &Path, more: &[&str]) -> Ended {
    let words = ["install", "--server", path.to_str().unwrap()];
    repo.run(DATAWARD, words.iter().chain(more))
}

fn host(repo: &Repo, server: &Path) -> String {
    let server = format!("--git-dir={}", server.display());
    repo.git([&server, "config", "--local", "dataward.host"]).text.trim().to_owned()
}

/// A push with a database is refused by the server and leaves nothing there, and a clean one passes.
#[track_caller]
fn guards(repo: &Repo, server: &Path) {
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    repo.stage_database("app.bin");
    repo.force("a database");
    let id = repo.asked(&["rev-parse", "HEAD:app.bin"]);
    repo.git(["push", "origin", "main"])
        .says(1, &["remote: ", "app.bin", "pre-receive hook declined"]);
    let server = format!("--git-dir={}", server.display());
    repo.git([&server, "cat-file", "-e", &id]).ends(1);
    repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
}

#[test]
fn a_bare_repository_refuses_what_it_should() {
    let (repo, server) = with_server();
    let before = listing(&server.join("hooks"));
    install(&repo, &server, &[]).says(0, &["hooks/pre-receive runs dataward\n"]);
    guards(&repo, &server);
    assert_eq!(host(&repo, &server), "");
    let written = listing(&server.join("hooks"));
    install(&repo, &server, &[]).says(0, &["pre-receive was installed already"]);
    assert_eq!(listing(&server.join("hooks")), written);
    install(&repo, &server, &["--uninstall"]).says(0, &["pre-receive is taken out"]);
    assert_eq!(listing(&server.join("hooks")), before);
    install(&repo, &server, &["--uninstall"]).says(0, &["pre-receive was not installed"]);
}

#[test]
fn the_hook_that_was_there_gets_the_same_input_and_comes_back() {
    let (repo, server) = with_server();
    let path = "../a server.git/hooks/pre-receive";
    repo.script(path, "#!/bin/sh\ncat >told\n[ ! -e stop ] || { echo 'not today'; exit 7; }\n");
    let before = listing(&server.join("hooks"));
    install(&repo, &server, &["--host", "http"])
        .says(0, &["then the hook that was there", "git config dataward.host is http"]);
    assert_eq!(host(&repo, &server), "http");
    let id = repo.asked(&["rev-parse", "HEAD"]);
    let zeros = "0".repeat(id.len());
    repo.git(["push", "--quiet", "origin", "main", "main:other"]).ok();
    let told = fs::read_to_string(server.join("told")).unwrap();
    let line = |name: &str| format!("{zeros} {id} refs/heads/{name}\n");
    assert_eq!(told, line("main") + &line("other"));
    guards(&repo, &server);
    fs::write(server.join("stop"), "").unwrap();
    repo.git(["push", "origin", "main:third"]).says(1, &["remote: not today"]);
    install(&repo, &server, &["--uninstall"])
        .says(0, &["is the hook again that was there", "dataward.host stays as it is"]);
    assert_eq!(listing(&server.join("hooks")), before);
}

#[test]
fn the_repository_that_is_named_counts_and_not_the_one_of_the_environment() {
    let (mut repo, server) = with_server();
    repo.variables.push(("GIT_DIR", repo.top.join(".git").to_str().unwrap().to_owned()));
    install(&repo, &server, &["--host", "ssh"]).ok();
    repo.variables.clear();
    assert!(server.join("hooks/pre-receive").is_file());
    assert_eq!(host(&repo, &server), "ssh");
    assert_eq!(host(&repo, &repo.top.join(".git")), "");
    // The work tree of one that is pushed to, and its own directory, are both understood.
    for path in [repo.top.clone(), repo.top.join(".git")] {
        install(&repo, &path, &[]).ok();
        assert!(repo.top.join(".git/hooks/pre-receive").is_file());
        install(&repo, &path, &["--uninstall"]).says(0, &["is taken out"]);
    }
}

#[test]
fn a_hooks_path_is_honoured() {
    let (repo, server) = with_server();
    let git_dir = format!("--git-dir={}", server.display());
    repo.git([&git_dir, "config", "core.hooksPath", "own"]).ok();
    install(&repo, &server, &[]).says(0, &["own/pre-receive runs dataward"]);
    guards(&repo, &server);
    let shared = repo.home.path().join("shared");
    repo.git([&git_dir, "config", "core.hooksPath", shared.to_str().unwrap()]).ok();
    install(&repo, &server, &[]).says(2, &["outside of this repository", "--global"]);
    assert!(!shared.exists());
    install(&repo, &server, &["--global"]).ok();
    guards(&repo, &server);
}

#[test]
fn gitolite_has_one_hook_for_all_repositories() {
    let (repo, server) = with_server();
    let local = repo.home.path().join("local");
    fs::create_dir_all(local.join("hooks/common")).unwrap();
    let words = [
        "hooks/common/pre-receive runs dataward",
        "hint: as the git user, once: git config --global dataward.host gitolite",
        "gitolite setup --hooks-only",
    ];
    install(&repo, &local, &[]).says(0, &words);
    install(&repo, &local, &["--host", "gitolite"]).says(0, &["was installed already"]);
    // What `gitolite setup --hooks-only` does: a link to each file.
    symlink(local.join("hooks/common/pre-receive"), server.join("hooks/pre-receive")).unwrap();
    guards(&repo, &server);
    install(&repo, &server, &["--host", "gitolite"]).says(2, &["name its LOCAL_CODE directory"]);
    symlink("/srv/local/hooks/common/update", server.join("hooks/update")).unwrap();
    install(&repo, &server, &[]).says(2, &["gitolite looks after", "--host ssh"]);
    install(&repo, &local, &["--uninstall"]).says(0, &["is taken out"]);
    assert_eq!(listing(&local.join("hooks/common")).len(), 0);
}

#[test]
fn gitlab_runs_each_file_of_a_directory() {
    let (repo, server) = with_server();
    let said = install(&repo, &server, &["--host", "gitlab"]).ok();
    assert!(said.contains("custom_hooks/pre-receive.d/dataward runs dataward"), "{said}");
    assert_eq!(host(&repo, &server), "gitlab");
    // Where it is there already, it shows what the host is.
    install(&repo, &server, &[]).says(0, &["pre-receive.d/dataward was installed already"]);
    // As Gitaly does: https://docs.gitlab.com/administration/server_hooks/
    repo.script(
        "../a server.git/hooks/pre-receive",
        "#!/bin/sh\nrefs=$(cat)\nfor hook in custom_hooks/pre-receive.d/*; do\n\
         echo \"$refs\" | \"$hook\" || exit 1\ndone\n",
    );
    guards(&repo, &server);
    install(&repo, &server, &["--uninstall"]).says(0, &["pre-receive.d/dataward is taken out"]);
    repo.script("../a server.git/custom_hooks/pre-receive.d/dataward", "#!/bin/sh\nexit 0\n");
    install(&repo, &server, &[]).says(2, &["dataward did not write it; move it away"]);
}

#[test]
fn gitea_and_forgejo_run_each_file_of_a_directory_as_well() {
    // As Gitea's modules/repository/hooks.go writes it: all run, and the exit codes count afterwards.
    const DELEGATE: &str = "#!/usr/bin/env bash\n\
        data=$(cat)\nexitcodes=\"\"\nhookname=$(basename $0)\nGIT_DIR=${GIT_DIR:-$(dirname $0)/..}\n\
        for hook in ${GIT_DIR}/hooks/${hookname}.d/*; do\n\
        test -x \"${hook}\" && test -f \"${hook}\" || continue\n\
        echo \"${data}\" | \"${hook}\"\nexitcodes=\"${exitcodes} $?\"\ndone\n\
        for i in ${exitcodes}; do\n[ ${i} -eq 0 ] || exit ${i}\ndone\n";
    for word in ["gitea", "forgejo"] {
        let repo = Repo::new();
        let server = repo.home.path().join("server.git");
        repo.git(["init", "--quiet", "--bare", "../server.git"]).ok();
        repo.git(["remote", "add", "origin", "../server.git"]).ok();
        install(&repo, &server, &["--host", word]).says(0, &["no hooks/pre-receive", "warning: "]);
        repo.script("../server.git/hooks/pre-receive", DELEGATE);
        repo.script("../server.git/hooks/pre-receive.d/gitea", "#!/bin/sh\ncat >seen\n");
        let said = install(&repo, &server, &[]).says(0, &["was installed already"]);
        assert!(!said.contains("warning"), "{said}");
        assert_eq!(host(&repo, &server), "gitea");
        guards(&repo, &server);
        assert!(server.join("seen").is_file(), "the host's own hook runs as well");
    }
}

#[test]
fn hosts_that_keep_hooks_themselves_are_done_by_hand() {
    let (repo, server) = with_server();
    let before = listing(&server.join("hooks"));
    let words = ["error: ", "by hand", "git config --global dataward.host github"];
    install(&repo, &server, &["--host", "github"]).says(2, &words);
    let words = ["error: ", "by hand", "git config --global dataward.host bitbucket"];
    install(&repo, &server, &["--host", "bitbucket"]).says(2, &words);
    assert_eq!(listing(&server.join("hooks")), before);
}

#[test]
fn what_is_no_repository_is_said_to_be_none() {
    let repo = Repo::new();
    fs::create_dir(repo.home.path().join("empty")).unwrap();
    install(&repo, &repo.home.path().join("empty"), &[]).says(2, &["is no repository", "--host"]);
    install(&repo, &repo.home.path().join("empty"), &["--host", "ssh"])
        .says(2, &["is no repository"]);
    install(&repo, &repo.home.path().join("nowhere"), &[]).says(2, &["cannot look at"]);
    repo.run(DATAWARD, ["install", "--host", "ssh"]).says(2, &["--server"]);
}

#[test]
fn where_the_program_is_gone_no_push_passes() {
    let (repo, server) = with_server();
    let programs = repo.home.path().join("programs");
    fs::create_dir(&programs).unwrap();
    fs::copy(DATAWARD, programs.join("dataward")).unwrap();
    let words = ["install", "--server", server.to_str().unwrap()];
    repo.run(programs.join("dataward"), words).says(2, &["check-receive is not there"]);
    fs::copy(Path::new(DATAWARD).with_file_name("check-receive"), programs.join("check-receive"))
        .unwrap();
    repo.run(programs.join("dataward"), words).ok();
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    fs::remove_file(programs.join("check-receive")).unwrap();
    repo.git(["push", "origin", "main:other"])
        .says(1, &["remote: error: ", "check-receive is gone, so this hook blocks"]);
}

#[test]
fn what_became_of_a_push_is_written_down_and_the_hook_that_was_there_runs_all_the_same() {
    let (repo, server) = with_server();
    repo.script("../a server.git/hooks/post-receive", "#!/bin/sh\ncat >told\n");
    install(&repo, &server, &[]).says(0, &["post-receive runs dataward first, then the hook"]);
    let trail = server.join("dataward/audit.jsonl");
    repo.git(["push", "--quiet", "origin", "main"]).ok();
    assert!(fs::read_to_string(&trail).unwrap().contains("\"applied\""));
    assert!(fs::read_to_string(server.join("told")).unwrap().ends_with(" refs/heads/main\n"));
    // A program that fails there keeps nobody else's hook from running.
    let hook = server.join("hooks/post-receive");
    fs::remove_file(server.join("told")).unwrap();
    let line = "0 0 refs/heads/main";
    repo.fed(
        "sh",
        &["-c", &format!("cd '{}' && GIT_DIR=. hooks/post-receive", server.display())],
        line,
    )
    .ends(2);
    assert_eq!(fs::read_to_string(server.join("told")).unwrap(), "0 0 refs/heads/main\n");
    install(&repo, &server, &["--uninstall"]).says(0, &["post-receive is the hook again"]);
    assert_eq!(fs::read_to_string(hook).unwrap(), "#!/bin/sh\ncat >told\n");
}
