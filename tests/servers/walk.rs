//! Over `file://`: which commits and objects of a push are looked at, the cases that are easily got wrong first.

use crate::Server;

#[test]
fn the_second_ref_is_looked_at_as_the_first_is() {
    let server = Server::new();
    server.repo.git(["branch", "a"]).ok();
    server.repo.git(["branch", "z"]).ok();
    server.repo.git(["switch", "--quiet", "--create", "m"]).ok();
    let (_, blob) = server.database("app.bin");
    server.refuses_database(&["origin", "a", "m", "z"], "app.bin");
    assert!(!server.has(&blob));
}

#[test]
fn a_database_that_is_deleted_again_is_found() {
    let server = Server::new();
    let (_, blob) = server.database("app.bin");
    server.repo.git(["rm", "--quiet", "app.bin"]).ok();
    server.repo.force("without it");
    let words = ["a commit on top that deletes it does not help"];
    let text = server.refuses_database(&["origin", "main"], "app.bin");
    assert!(words.iter().all(|it| text.contains(it)), "{text}");
    assert!(!server.has(&blob));
}

#[test]
fn what_only_a_merge_brings_is_found() {
    let server = Server::new();
    server.repo.git(["switch", "--quiet", "--create", "side"]).ok();
    server.note("side.txt");
    server.repo.git(["switch", "--quiet", "main"]).ok();
    server.note("main.txt");
    server.repo.git(["merge", "--quiet", "--no-commit", "side"]).ok();
    let (_, blob) = server.database("app.bin");
    // A merge that takes one side whole says nothing in a diff against that side.
    server.refuses_database(&["origin", "main"], "app.bin");
    assert!(!server.has(&blob));
}

#[test]
fn what_comes_by_the_second_parent_is_found() {
    let server = Server::new();
    server.repo.git(["switch", "--quiet", "--create", "side"]).ok();
    server.database("app.bin");
    server.repo.git(["switch", "--quiet", "main"]).ok();
    server.note("main.txt");
    server.repo.git(["merge", "--quiet", "--strategy", "ours", "--no-edit", "side"]).ok();
    server.refuses_database(&["origin", "main"], "app.bin");
}

/// Somebody else's commits have come in the meantime; the new branch begins before them.
#[test]
fn a_new_branch_from_a_stale_clone_is_looked_at() {
    let server = Server::new();
    let other = server.repo.home.path().join("other");
    let other = other.to_str().unwrap();
    let url = server.repo.asked(&["remote", "get-url", "origin"]);
    server.repo.git(["clone", "--quiet", &url, other]).ok();
    server.note("meanwhile.txt");
    server.accepts(&["origin", "main"]);
    let git = |arguments: &[&str]| server.repo.git([&["-C", other], arguments].concat());
    git(&["switch", "--quiet", "--create", "feature"]).ok();
    server.repo.database(format!("{other}/app.bin"));
    git(&["add", "app.bin"]).ok();
    git(&["commit", "--quiet", "--message", "a database"]).ok();
    git(&["push", "origin", "feature"]).says(1, &["remote:  --> app.bin (commit "]);
    git(&["reset", "--quiet", "--hard", "HEAD~1"]).ok();
    git(&["push", "origin", "feature"]).ok();
}

/// A server with a database in its history from before it had a hook.
fn with_old_database() -> (Server, String) {
    let server = Server::new();
    server.no_hook("pre-receive");
    server.database("old.bin");
    server.repo.git(["rm", "--quiet", "old.bin"]).ok();
    server.repo.force("without it");
    server.note("after.txt");
    server.accepts(&["origin", "main"]);
    server.hook("pre-receive");
    let tip = server.repo.asked(&["rev-parse", "HEAD"]);
    (server, tip)
}

#[test]
fn a_forced_push_looks_at_nothing_that_the_server_has() {
    let (server, tip) = with_old_database();
    server.note("next.txt");
    server.accepts(&["origin", "main"]);
    server.repo.git(["reset", "--quiet", "--hard", &tip]).ok();
    server.note("other.txt");
    server.accepts(&["--force", "origin", "main"]);
    // A new branch and a tag of old commits bring nothing.
    server.accepts(&["origin", "main:refs/heads/copy", "main~1:refs/tags/v1"]);
    // Without what the server has, the same push is refused.
    let (_, blob) = server.database("new.bin");
    server.refuses_database(&["--force", "origin", "main"], "new.bin");
    assert!(!server.has(&blob));
}

#[test]
fn a_deleted_ref_brings_nothing() {
    let (server, _) = with_old_database();
    server.repo.git(["branch", "side"]).ok();
    server.accepts(&["origin", "side"]);
    server.accepts(&["origin", "--delete", "side"]);
    // Deleted and made in one push.
    server.accepts(&["origin", "side"]);
    server.database("app.bin");
    server.refuses_database(&["origin", ":side", "HEAD:refs/heads/again"], "app.bin");
    server.accepts(&["origin", ":side", "HEAD~1:refs/heads/again"]);
}

/// Its objects are on the server, in no quarantine, and no ref reaches them.
#[test]
fn a_ref_that_is_moved_onto_an_old_object_is_looked_at() {
    let server = Server::new();
    server.no_hook("pre-receive");
    server.repo.git(["switch", "--quiet", "--create", "side"]).ok();
    let (commit, blob) = server.database("app.bin");
    server.accepts(&["origin", "side"]);
    server.accepts(&["origin", "--delete", "side"]);
    server.hook("pre-receive");
    assert!(server.has(&commit) && server.has(&blob));
    server.refuses_database(&["origin", "side"], "app.bin");
    server.refuses_database(&["origin", &format!("{blob}:refs/tags/v1")], "refs/tags/v1");
}

#[test]
fn tags_of_blobs_and_trees_are_looked_at() {
    for annotated in [false, true] {
        let server = Server::new();
        let (commit, blob) = server.database("data/app.bin");
        server.repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
        let tree = server.repo.asked(&["rev-parse", &format!("{commit}^{{tree}}")]);
        for (id, path) in [(&blob, "refs/tags/v1"), (&tree, "data/app.bin")] {
            let options: &[&str] =
                if annotated { &["--annotate", "--message", "a tag"] } else { &[] };
            server.repo.git([&["tag", "--force"], options, &["v1", id]].concat()).ok();
            server.refuses_database(&["origin", "v1"], path);
            assert!(!server.has(&blob) && !server.has(&tree));
        }
        // A tag of a tag, and one of a clean tree.
        server.repo.git(["tag", "--annotate", "--message", "again", "v2", "v1"]).ok();
        server.refuses_database(&["origin", "v2"], "data/app.bin");
        server.repo.git(["tag", "v3", "HEAD^{tree}"]).ok();
        server.accepts(&["origin", "v3"]);
    }
}

#[test]
fn a_replaced_object_hides_nothing() {
    let server = Server::new();
    let (commit, blob) = server.database("app.bin");
    let clean = server.repo.asked(&["rev-parse", "HEAD~1"]);
    server.repo.git(["replace", &commit, &clean]).ok();
    server.refuses_database(&["origin", "main:refs/heads/side"], "app.bin");
    assert!(!server.has(&blob));
    server.repo.git(["replace", "--delete", &commit]).ok();
    // What would hide it from now on is not let in.
    server.repo.git(["reset", "--quiet", "--hard", &clean]).ok();
    server.note("one.txt");
    server.note("two.txt");
    server.accepts(&["origin", "main"]);
    server.repo.git(["replace", "HEAD", "HEAD~1"]).ok();
    let words = ["remote: error[replace-ref]: ", "refs/replace/"];
    server.refuses(&["origin", "refs/replace/*:refs/replace/*"], &words);
}
