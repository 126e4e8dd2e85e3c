//! `dataward audit` of a repository: which trail it reads, and what it prints for machines.

use dataward::audit::Trail;
use serde_json::{Value, json};

use crate::append;
use crate::support::Repo;

#[test]
fn the_trail_of_the_repository_is_read_from_a_linked_work_tree_as_well() {
    let repo = Repo::with_commit();
    repo.git(&["worktree", "add", "--quiet", "../linked"]);
    let trail = Trail::at(repo.path(".git/dataward/audit.jsonl"));
    let head = append(&trail, &["refs/heads/one", "refs/heads/two"]);
    for place in [&repo, &repo.beside("linked")] {
        let run = place.dataward(&["audit", "verify"]);
        assert_eq!(run.out, format!("success: 2 records, head {head}\n"), "{run:?}");
        assert_eq!(place.dataward(&["audit", "head"]).out, format!("{head}\n"));
    }
    repo.git(&["config", "dataward.audit", "elsewhere.jsonl"]);
    let run = repo.dataward(&["audit", "verify"]);
    run.cannot_look("elsewhere.jsonl: there is no such file");
    assert!(!run.err.contains("this blocks"), "nothing hangs on it: {}", run.err);
}

#[test]
fn a_machine_reads_one_document() {
    let repo = Repo::new();
    let trail = Trail::at(repo.path("a.jsonl"));
    let head = append(&trail, &["refs/heads/one"]);
    let run = repo.dataward(&["audit", "verify", "a.jsonl", "--format", "json", "--head", &head]);
    run.passes();
    let found: Value = serde_json::from_str(&run.out).unwrap();
    let expected = json!({
        "schema": "dataward-audit",
        "version": 1,
        "program_version": env!("CARGO_PKG_VERSION"),
        "file": "a.jsonl",
        "sound": true,
        "records": 1,
        "head": head,
        "after": 0,
        "repairs": [],
        "faults": [],
        "faults_left_out": 0,
    });
    assert_eq!(found, expected);
}

#[test]
fn nothing_of_what_is_in_a_broken_trail_is_said() {
    let repo = Repo::new();
    let trail = Trail::at(repo.path("a.jsonl"));
    append(&trail, &["refs/heads/one"]);
    let mut text = std::fs::read_to_string(trail.path()).unwrap();
    text += "a secret\n{\"format\":1,\"secret\":1}\n";
    text += "{\"format\":2,\"secret\":1}\nsecret";
    std::fs::write(trail.path(), text).unwrap();
    for format in ["human", "json"] {
        let run = repo.dataward(&["audit", "verify", "a.jsonl", "--format", format]);
        assert_eq!(run.code, 1);
        assert!(!run.err.contains("secret") && !run.out.contains("secret"), "{run:?}");
    }
}
