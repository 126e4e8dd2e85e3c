//! The hook of a server.

use std::path::{Path, PathBuf};

use crate::DATAWARD;
use crate::support::{Ended, Repo, make_executable};

fn with_server() -> (Repo, PathBuf) {
    let repo = Repo::new();
    let server = repo.home.path().join("server.git");
    repo.git(["clone", "--quiet", "--bare", ".", "../server.git"]).ok();
    (repo, server)
}

fn install(repo: &Repo, path: &Path, more: &[&str]) {
    let words = ["install", "--server", path.to_str().unwrap()];
    repo.run(DATAWARD, words.iter().chain(more)).ok();
}

fn doctor(repo: &Repo, path: &Path) -> Ended {
    repo.run(DATAWARD, ["doctor", "--server", path.to_str().unwrap()])
}

fn set(repo: &Repo, server: &Path, name: &str, value: &str) {
    repo.git([&format!("--git-dir={}", server.display()), "config", name, value]).ok();
}

#[test]
fn a_server_with_its_hook_is_well() {
    let (repo, server) = with_server();
    doctor(&repo, &server).says(
        1,
        &["error: pre-receive: is not installed", "hint: dataward install --server ", "server.git"],
    );
    install(&repo, &server, &["--host", "http"]);
    doctor(&repo, &server).says(
        0,
        &[
            "success: pre-receive: runs check-receive\n",
            "success: post-receive: runs check-receive\n",
            "success: git: git version ",
            "success: host: http, with 60 seconds for a push",
            "success: policy: is read from refs/heads/main as it stands before a push",
        ],
    );
    make_executable(&server.join("hooks/pre-receive"), 0o644);
    doctor(&repo, &server).says(1, &["error: pre-receive: is not executable"]);
}

#[test]
fn a_trail_that_was_changed_is_an_error() {
    let (repo, server) = with_server();
    install(&repo, &server, &[]);
    doctor(&repo, &server).says(0, &["success: audit trail: the first push makes "]);
    repo.git(["push", "--quiet", server.to_str().unwrap(), "HEAD:refs/heads/next"]).ok();
    doctor(&repo, &server)
        .says(0, &["success: audit trail: 2 records in ", "audit.jsonl, each with"]);
    let trail = server.join("dataward/audit.jsonl");
    let text = std::fs::read_to_string(&trail).unwrap();
    std::fs::write(&trail, text.replace("\"passed\"", "\"refused\"")).unwrap();
    doctor(&repo, &server)
        .says(1, &["error: audit trail: ", "audit.jsonl:2: ", "hint: dataward audit verify "]);
}

#[test]
fn settings_that_would_refuse_every_push_are_errors() {
    let (repo, server) = with_server();
    install(&repo, &server, &[]);
    set(&repo, &server, "dataward.budget", "soon");
    doctor(&repo, &server).says(1, &["error: host: git config dataward.budget is no number"]);
    set(&repo, &server, "dataward.budget", "5");
    set(&repo, &server, "dataward.host", "sourcehut");
    doctor(&repo, &server).says(1, &["error: host: git config dataward.host is no host"]);
    set(&repo, &server, "dataward.host", "ssh");
    doctor(&repo, &server).says(0, &["ssh, with 5 seconds"]);
    set(&repo, &server, "dataward.policy", "policy.yaml");
    doctor(&repo, &server).says(1, &["error: policy: ", "there is no policy"]);
    std::fs::write(server.join("policy.yaml"), "version: 1\n").unwrap();
    doctor(&repo, &server).says(0, &["is read from policy.yaml, as git config dataward.policy"]);
    repo.git([&format!("--git-dir={}", server.display()), "config", "--unset", "dataward.policy"])
        .ok();
    std::fs::write(server.join(".dataward.yaml"), "version: 1\n").unwrap();
    doctor(&repo, &server).says(0, &["is read from .dataward.yaml beside the objects"]);
    set(&repo, &server, "core.hooksPath", "/dev/null");
    doctor(&repo, &server).says(1, &["which is no directory, so git runs no hooks"]);
}

#[test]
fn the_layouts_of_hosts_are_known() {
    let (repo, server) = with_server();
    install(&repo, &server, &["--host", "gitlab"]);
    doctor(&repo, &server).says(0, &["success: pre-receive: runs check-receive", "host: gitlab"]);
    set(&repo, &server, "dataward.host", "ssh");
    std::fs::create_dir(repo.home.path().join("local")).unwrap();
    let local = repo.home.path().join("local");
    install(&repo, &local, &["--host", "gitolite"]);
    doctor(&repo, &local).says(
        0,
        &["success: pre-receive: runs check-receive", "links the hooks into every repository"],
    );
    let (repo, server) = with_server();
    std::fs::create_dir(server.join("custom_hooks")).unwrap();
    install(&repo, &server, &[]);
    doctor(&repo, &server).says(
        0,
        &[
            "warning: host: ssh, with 60 seconds for a push, but it looks like gitlab",
            "hint: git config dataward.host gitlab",
        ],
    );
}

#[test]
fn what_it_cannot_look_at_is_said() {
    let (mut repo, server) = with_server();
    doctor(&repo, &repo.home.path().join("nowhere")).says(2, &["cannot look at"]);
    repo.variables.push(("GIT_DIR", repo.top.join(".git").to_str().unwrap().to_owned()));
    doctor(&repo, &server).says(2, &["unset GIT_DIR first"]);
}
