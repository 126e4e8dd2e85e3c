//! Pushes that no git would send: written by hand, for a program that is fed what it gets over any way.

use std::io::Write;
use std::process::Stdio;

use crate::Server;
use crate::support::Ended;

/// Sends these lines of an old id, a new id and a ref to the server, with all objects of the tips.
fn sent(server: &Server, lines: &[String], tips: &str) -> Ended {
    let mut input = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let more = if number == 0 { "\0report-status" } else { "" };
        // Four digits of length, which count as well (gitprotocol-common(5)).
        write!(input, "{:04x}{line}{more}", line.len() + more.len() + 4).unwrap();
    }
    input.extend_from_slice(b"0000");
    let mut pack = server.repo.command("git");
    pack.args(["pack-objects", "--revs", "--stdout", "--quiet"]);
    let mut child = pack.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(tips.as_bytes()).unwrap();
    input.extend(child.wait_with_output().unwrap().stdout);
    let mut receive = server.repo.command("git");
    receive.arg("receive-pack").arg(&server.bare);
    receive.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = receive.spawn().unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    Ended::of(child.wait_with_output().unwrap())
}

/// git compares the old id with the ref only after the hook, and one ref that fails keeps no other one from being moved.
#[test]
fn an_old_id_that_is_a_lie_hides_nothing() {
    let zeros = "0".repeat(40);
    for hook in ["pre-receive", "update"] {
        for is_deletion in [false, true] {
            let server = Server::new();
            server.no_hook("pre-receive");
            server.hook(hook);
            let clean = server.repo.asked(&["rev-parse", "HEAD"]);
            let (commit, blob) = server.database("app.bin");
            let new = if is_deletion { &zeros } else { &clean };
            let lines = [
                format!("{commit} {new} refs/heads/decoy"),
                format!("{zeros} {commit} refs/heads/real"),
            ];
            let ended = sent(&server, &lines, &format!("{commit}\n^{clean}\n"));
            let refs = server.git(&["for-each-ref", "--format=%(refname)"]).ok();
            assert_eq!(refs, "refs/heads/main\n", "{hook}: {}", ended.text);
            assert!(ended.text.contains("--> app.bin (commit "), "{hook}: {}", ended.text);
            assert_eq!(server.has(&blob), hook == "update", "{hook}: {}", ended.text);
        }
    }
}

/// A policy that lets a database through.
const LOOSE: &str =
    "version: 1\nallow:\n- rule: database-with-personal-data\n  path: app.bin\n  reason: made up\n";

#[test]
fn a_second_line_about_the_default_branch_loosens_no_policy() {
    let server = Server::new();
    let first = server.repo.asked(&["rev-parse", "HEAD"]);
    server.note("notes.txt");
    let second = server.repo.asked(&["rev-parse", "HEAD"]);
    server.repo.stage(".dataward.yaml", LOOSE);
    server.repo.force("a policy");
    let third = server.repo.asked(&["rev-parse", "HEAD"]);
    let lines =
        [format!("{first} {second} refs/heads/main"), format!("{second} {third} refs/heads/main")];
    let ended = sent(&server, &lines, &format!("{third}\n^{first}\n"));
    assert!(ended.text.contains("error[policy-loosened]"), "{}", ended.text);
    assert_eq!(server.git(&["rev-parse", "main"]).ok().trim(), first);
}

#[test]
fn another_name_of_the_default_branch_loosens_no_policy() {
    let server = Server::new();
    server.git(&["symbolic-ref", "refs/heads/master", "refs/heads/main"]).ok();
    server.repo.stage(".dataward.yaml", LOOSE);
    server.repo.force("a policy");
    server.refuses(&["origin", "main:master"], &["remote: error[policy-loosened]"]);
    server.accepts(&["origin", "main:side"]);
}
