//! A few objects that make very many paths.

use super::support::{Repo, database};

/// A repository with trees nested so deep, each with ten entries that are all the same one: the id of the tree and of its commit.
fn bomb(depth: u32, bytes: &[u8]) -> (Repo, String, String) {
    bomb_of(depth, "", bytes)
}

/// The same where each name begins so.
fn bomb_of(depth: u32, name: &str, bytes: &[u8]) -> (Repo, String, String) {
    let repo = Repo::new();
    let mut entry = format!("100644 blob {}", repo.blob(bytes));
    let mut tree = String::new();
    for _ in 0..depth {
        let lines: String = (0..10).map(|n| format!("{entry}\t{name}{n}\n")).collect();
        let id = repo.feed(&["mktree"], lines.as_bytes());
        tree = String::from_utf8(id).expect("an id").trim().to_owned();
        entry = format!("040000 tree {tree}");
    }
    let commit = repo.git(&["commit-tree", "-m", "a bomb", &tree]);
    (repo, tree, commit)
}

#[test]
fn a_hundred_thousand_paths_are_looked_at() {
    let (repo, tree, commit) = bomb(5, b"one\n");
    let run = repo.dataward(&["scan", &tree]);
    run.passes();
    assert!(run.err.contains("100000 files"), "{}", run.err);
    repo.check(&["--from-ref", &"0".repeat(40), "--to-ref", &commit]).passes();
    repo.git(&["read-tree", &tree]);
    repo.check(&["--staged"]).passes();
}

#[test]
fn a_database_at_very_many_paths_is_said_in_few_lines() {
    let (repo, tree, commit) = bomb(4, database());
    repo.git(&["read-tree", &tree]);
    for run in [
        repo.dataward(&["scan", &tree]),
        repo.check(&["--staged"]),
        repo.check(&["--from-ref", &"0".repeat(40), "--to-ref", &commit]),
    ] {
        run.finds_database("0/0/0/0");
        assert!(run.err.lines().count() < 1000, "{}", run.err.lines().count());
        assert!(run.err.contains("errors 10000,"), "{}", run.err);
        assert!(run.err.contains(": 9000 more paths of blobs"), "{}", run.err);
    }
}

#[test]
fn more_paths_than_there_is_room_for_are_refused() {
    let name = "n".repeat(4000);
    let (repo, tree, _) = bomb_of(5, &name, database());
    repo.dataward(&["scan", &tree]).cannot_look("there are more files than");
}

#[test]
fn a_commit_that_brings_ten_million_paths_is_refused_and_one_that_deletes_them_is_not() {
    let (repo, _, commit) = bomb(7, database());
    repo.git(&["reset", "--quiet", "--soft", &commit]);
    let next = repo.commit("a.txt", b"one\n");
    let range = |from: &str, to: &str| repo.check(&["--from-ref", from, "--to-ref", to]);
    range(&"0".repeat(40), &commit).cannot_look("there are more files than");
    range(&commit, &next).passes();
}
