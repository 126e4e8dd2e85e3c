//! Many pushes to one server at the same time, also while hooks are killed: the right answer for each, and a trail that holds.

use std::process::{Child, Stdio};

use crate::server::{RECEIVE, Server};
use crate::support::Ended;

/// How many push at the same time.
const PUSHES: usize = 50;

const DATAWARD: &str = env!("CARGO_BIN_EXE_dataward");

/// A server, and a branch for each push: every third has a database.
fn server() -> Server {
    let server = Server::new();
    server.repo.stage_database("app.bin");
    let blob = server.repo.asked(&["rev-parse", ":app.bin"]);
    server.repo.git(["reset", "--quiet"]).ok();
    let main = server.repo.asked(&["rev-parse", "main"]);
    let mut stream = String::new();
    for n in 0..PUSHES {
        stream += &format!(
            "commit refs/heads/n/{n}\ncommitter A <a@example.com> 1700000000 +0000\ndata 2\nit\nfrom {main}\n\
             M 100644 inline notes.txt\ndata <<.\nNotes of {n}.\n.\n"
        );
        if has_database(n) {
            stream += &format!("M 100644 {blob} app.bin\n");
        }
    }
    server.repo.fed("git", &["fast-import", "--quiet"], &stream).ok();
    server
}

fn has_database(n: usize) -> bool {
    n.is_multiple_of(3)
}

/// Pushes all branches at the same time; which of the pushes went through.
fn push_all(server: &Server) -> Vec<bool> {
    let started: Vec<Child> = (0..PUSHES)
        .map(|n| {
            let mut command = server.repo.command("git");
            command.args(["push", "--quiet", "origin", &format!("n/{n}")]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    started
        .into_iter()
        .map(|child| Ended::of(child.wait_with_output().unwrap()).code == Some(0))
        .collect()
}

/// The refs that the trail says passed, once it is verified.
fn passed(server: &Server) -> Vec<String> {
    let trail = server.bare.join("dataward/audit.jsonl");
    server.repo.run(DATAWARD, ["audit", "verify", trail.to_str().unwrap()]).ok();
    let records = server.trail();
    let passed = records.iter().filter(|it| it["verdict"] == "passed");
    passed.map(|it| it["ref"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fifty_pushes_at_once_have_the_right_answer_each() {
    let server = server();
    let through = push_all(&server);
    for (n, is_through) in through.iter().enumerate() {
        assert_eq!(*is_through, !has_database(n), "push {n}");
    }
    let mut passed = passed(&server);
    passed.sort();
    let mut expected: Vec<String> =
        (0..PUSHES).filter(|n| !has_database(*n)).map(|n| format!("refs/heads/n/{n}")).collect();
    expected.sort();
    assert_eq!(passed, expected);
    assert_eq!(server.trail().len(), PUSHES);
}

#[test]
fn a_killed_hook_lets_nothing_through_and_loses_no_record() {
    let server = server();
    let hook = format!(
        "#!/bin/sh\ninput=$(cat)\nprintf '%s\\n' \"$input\" | '{RECEIVE}' &\nhook=$!\n\
         case $input in *[13579]) sleep 0.$(($$ % 9))$(($$ % 7)); kill -9 $hook 2>/dev/null ;; esac\nwait $hook\n"
    );
    server.repo.script(server.bare.join("hooks/pre-receive"), &hook);
    let through = push_all(&server);
    let passed = passed(&server);
    for (n, is_through) in through.iter().enumerate() {
        let name = format!("refs/heads/n/{n}");
        assert!(!is_through || !has_database(n), "push {n}");
        assert!(!is_through || passed.contains(&name), "push {n} went through without a record");
        assert!(n % 2 == 1 || *is_through != has_database(n), "push {n} was left alone");
    }
}
