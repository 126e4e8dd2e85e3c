//! What the remote has is told by the remote: tracking refs that are old, or were never at this URL, hide nothing.

use crate::{Desk, Ended};

#[test]
fn a_new_branch_brings_only_what_the_remote_lacks() {
    let desk = Desk::new();
    desk.database("old.bin");
    desk.push("--no-verify origin main").ok();
    desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
    desk.note("a.txt");
    desk.push("origin other").ok();
}

#[test]
fn a_tracking_ref_hides_nothing_that_the_remote_does_not_confirm() {
    let desk = Desk::new();
    let commit = desk.database("app.bin");
    // As if the remote had it: so after its name was pointed elsewhere, or after somebody took it out there.
    desk.repo.git(["update-ref", "refs/remotes/origin/main", &commit]).ok();
    desk.note("a.txt");
    desk.push("origin main").says(1, &["app.bin"]);
    desk.push("origin main:new").says(1, &["app.bin"]);
}

#[test]
fn a_remote_that_was_pointed_elsewhere_has_nothing() {
    let desk = Desk::new();
    let commit = desk.database("app.bin");
    desk.push("--no-verify origin main").ok();
    desk.note("a.txt");
    let other = desk.repo.home.path().join("other.git");
    desk.repo.git(["init", "--quiet", "--bare", other.to_str().unwrap()]).ok();
    desk.repo.git(["remote", "set-url", "origin", other.to_str().unwrap()]).ok();
    desk.push("origin main").says(1, &["app.bin", &commit[..8]]);
    desk.push(&format!("{} main", other.display())).says(1, &["app.bin"]);
    // By its URL alone, the other one has it.
    desk.push(&format!("{} main", desk.server.display())).ok();
}

#[test]
fn a_stale_clone_pushes_a_new_branch() {
    let desk = Desk::new();
    let stale = desk.repo.home.path().join("stale");
    let path = stale.to_str().unwrap();
    desk.repo.git(["clone", "--quiet", desk.server.to_str().unwrap(), path]).ok();
    // The remote goes on, and the clone does not hear of it.
    desk.note("a.txt");
    desk.push("origin main").ok();
    desk.hook(&stale.join(".git"));
    let git = |arguments: &[&str]| -> Ended { desk.repo.git([&["-C", path], arguments].concat()) };
    git(&["switch", "--quiet", "--create", "new"]).ok();
    desk.repo.database(stale.join("app.bin"));
    git(&["add", "--force", "app.bin"]).ok();
    git(&["commit", "--quiet", "--no-verify", "--message", "it"]).ok();
    git(&["push", "origin", "new"]).says(1, &["--> app.bin"]);
    git(&["reset", "--quiet", "--hard", "HEAD~1"]).ok();
    git(&["push", "origin", "new"]).ok();
}

#[test]
fn a_remote_that_does_not_answer_has_what_the_push_says() {
    let desk = Desk::new();
    let server = desk.server.to_str().unwrap();
    let commit = desk.database("app.bin");
    let head = desk.note("a.txt");
    let gone = desk.repo.home.path().join("gone.git");
    let gone = gone.to_str().unwrap();
    let zeros = "0".repeat(40);
    let line = |old: &str| format!("refs/heads/main {head} refs/heads/main {old}\n");
    desk.repo.fed(crate::CHECK_PUSH, &["origin", gone], &line(&zeros)).says(1, &["app.bin"]);
    desk.repo.fed(crate::CHECK_PUSH, &["origin", gone], &line(&commit)).ok();
    desk.repo.fed(crate::CHECK_PUSH, &["origin", server], &line(&zeros)).says(1, &["app.bin"]);
}

#[test]
fn a_shallow_clone_is_looked_at_as_far_as_it_goes() {
    let desk = Desk::new();
    desk.note("a.txt");
    desk.push("origin main").ok();
    let shallow = desk.repo.home.path().join("shallow");
    let path = shallow.to_str().unwrap();
    let url = format!("file://{}", desk.server.display());
    desk.repo.git(["clone", "--quiet", "--depth=1", &url, path]).ok();
    desk.hook(&shallow.join(".git"));
    let git = |arguments: &[&str]| -> Ended { desk.repo.git([&["-C", path], arguments].concat()) };
    git(&["switch", "--quiet", "--create", "new"]).ok();
    git(&["commit", "--quiet", "--allow-empty", "--message", "it"]).ok();
    git(&["push", "origin", "new"]).ok();
    desk.repo.database(shallow.join("app.bin"));
    git(&["add", "--force", "app.bin"]).ok();
    git(&["commit", "--quiet", "--no-verify", "--message", "it"]).ok();
    let said = git(&["push", "origin", "new"]).says(1, &["--> app.bin"]);
    assert!(said.contains("files 1\n"), "{said}");
}

#[test]
fn a_partial_clone_pushes_what_it_has() {
    let desk = Desk::new();
    desk.repo
        .git(["-C", desk.server.to_str().unwrap(), "config", "uploadpack.allowFilter", "true"])
        .ok();
    desk.note("a.txt");
    desk.push("origin main").ok();
    let partial = desk.repo.home.path().join("partial");
    let path = partial.to_str().unwrap();
    let url = format!("file://{}", desk.server.display());
    desk.repo.git(["clone", "--quiet", "--no-checkout", "--filter=blob:none", &url, path]).ok();
    desk.hook(&partial.join(".git"));
    let git = |arguments: &[&str]| -> Ended { desk.repo.git([&["-C", path], arguments].concat()) };
    git(&["sparse-checkout", "set", "--no-cone", "/nothing"]).ok();
    git(&["switch", "--quiet", "--create", "new", "origin/main"]).ok();
    desk.repo.database(partial.join("app.bin"));
    git(&["add", "--force", "--sparse", "app.bin"]).ok();
    git(&["commit", "--quiet", "--no-verify", "--message", "it"]).ok();
    let said = git(&["push", "origin", "new"]).says(1, &["--> app.bin"]);
    assert!(!said.contains("unreadable"), "{said}");
    git(&["rm", "--quiet", "--cached", "--sparse", "app.bin"]).ok();
    git(&["commit", "--quiet", "--no-verify", "--amend", "--allow-empty", "--message", "it"]).ok();
    git(&["push", "origin", "new"]).ok();
}
