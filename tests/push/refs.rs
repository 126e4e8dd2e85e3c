//! The refs of a push: new, moved, forced, deleted ones, several at once, and those that name no commit.

use crate::Desk;

#[test]
fn a_push_without_a_database_passes_and_says_nothing() {
    let desk = Desk::new();
    let tip = desk.note("a.txt");
    let said = desk.push("origin main").ok();
    assert!(!said.contains("error") && !said.contains("hint"), "{said}");
    assert_eq!(desk.at_server("refs/heads/main"), tip);
    // Nothing is pushed now, and git runs the hook all the same.
    desk.push("origin main").says(0, &["Everything up-to-date"]);
}

#[test]
fn a_database_is_refused_and_named_with_its_commit_and_ref() {
    let desk = Desk::new();
    let before = desk.head();
    let commit = desk.database("app.bin");
    let place = format!("--> app.bin (commit {}, pushed to refs/heads/main)", &commit[..8]);
    desk.push("origin main").says(1, &[&place, "failed to push"]);
    assert_eq!(desk.at_server("refs/heads/main"), before);
}

#[test]
fn what_was_added_and_deleted_again_is_found() {
    let desk = Desk::new();
    let commit = desk.database("app.bin");
    desk.remove("app.bin");
    desk.push("origin main").says(1, &["app.bin", &commit[..8]]);
}

#[test]
fn the_second_ref_of_a_push_counts_as_the_first() {
    let desk = Desk::new();
    let main = desk.note("a.txt");
    desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
    desk.database("app.bin");
    for order in ["main other", "other main", "--all"] {
        let said = desk.push(&format!("origin {order}")).says(1, &["pushed to refs/heads/other"]);
        assert!(!said.contains("pushed to refs/heads/main"), "{said}");
    }
    assert_ne!(desk.at_server("refs/heads/main"), main);
    desk.push("origin main").ok();
}

#[test]
fn what_a_merge_alone_brings_is_found() {
    let desk = Desk::new();
    desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
    desk.note("b.txt");
    desk.repo.git(["switch", "--quiet", "main"]).ok();
    desk.note("a.txt");
    desk.repo.git(["merge", "--quiet", "--no-commit", "--no-ff", "other"]).ok();
    desk.repo.stage_database("app.bin");
    desk.repo.force("merge");
    let merge = desk.head();
    desk.remove("app.bin");
    desk.push("origin main").says(1, &["app.bin", &merge[..8]]);
}

#[test]
fn a_second_parent_is_walked_too() {
    let desk = Desk::new();
    desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
    let commit = desk.database("app.bin");
    desk.remove("app.bin");
    desk.repo.git(["switch", "--quiet", "main"]).ok();
    desk.note("a.txt");
    desk.repo.git(["merge", "--quiet", "--no-edit", "--no-ff", "--no-verify", "other"]).ok();
    desk.push("origin main").says(1, &["app.bin", &commit[..8]]);
}

#[test]
fn a_forced_push_looks_at_what_is_new_alone() {
    let desk = Desk::new();
    // The server has an old database, from before anybody looked.
    desk.database("old.bin");
    desk.push("--no-verify origin main").ok();
    desk.note("a.txt");
    desk.push("origin main").ok();
    desk.repo.git(["commit", "--quiet", "--amend", "--no-verify", "--message", "again"]).ok();
    desk.push("--force origin main").ok();
    desk.repo.git(["commit", "--quiet", "--amend", "--no-verify", "--message", "once more"]).ok();
    desk.database("new.bin");
    let said = desk.push("--force origin main").says(1, &["--> new.bin"]);
    assert!(!said.contains("old.bin"), "{said}");
}

#[test]
fn a_history_that_has_nothing_in_common_is_looked_at_in_full() {
    let desk = Desk::new();
    desk.repo.git(["switch", "--quiet", "--orphan", "new"]).ok();
    let root = desk.database("app.bin");
    desk.remove("app.bin");
    desk.push("--force origin new:main").says(1, &["app.bin", &root[..8], "git rebase -i --root"]);
}

#[test]
fn a_branch_can_be_deleted_whatever_it_had() {
    let desk = Desk::new();
    desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
    desk.database("app.bin");
    desk.push("--no-verify origin other").ok();
    desk.push("origin :other").ok();
    assert_eq!(desk.at_server("refs/heads/other"), "");
}

#[test]
fn a_tag_is_followed_to_what_it_names() {
    let desk = Desk::new();
    desk.repo.stage_database("app.bin");
    let blob = desk.repo.asked(&["rev-parse", ":app.bin"]);
    let tree = desk.repo.asked(&["write-tree"]);
    desk.repo.git(["reset", "--quiet", "--hard"]).ok();
    desk.repo.git(["tag", "blob", &blob]).ok();
    desk.repo.git(["tag", "tree", &tree]).ok();
    desk.repo.git(["tag", "--annotate", "--message", "it", "of-blob", &blob]).ok();
    desk.push("origin refs/tags/blob").says(1, &["--> refs/tags/blob", &blob]);
    desk.push("origin refs/tags/of-blob").says(1, &["--> refs/tags/of-blob"]);
    desk.push("origin refs/tags/tree").says(1, &["--> app.bin (in the tree of refs/tags/tree)"]);
    desk.repo.git(["tag", "clean", "main"]).ok();
    desk.push("origin refs/tags/clean").ok();
    let commit = desk.database("app.bin");
    desk.repo.git(["tag", "--annotate", "--message", "it", "v1"]).ok();
    desk.push("origin v1").says(1, &[&commit[..8], "pushed to refs/tags/v1"]);
}

#[test]
fn a_replaced_commit_hides_nothing() {
    let desk = Desk::new();
    desk.note("a.txt");
    let clean = desk.head();
    let commit = desk.database("app.bin");
    desk.repo.git(["replace", &commit, &clean]).ok();
    desk.push("origin main").says(1, &["app.bin", &commit[..8]]);
    desk.push("origin refs/replace/*:refs/replace/*").says(1, &["error[replace-ref]"]);
}

#[test]
fn a_great_many_refs_are_looked_at_in_one_walk() {
    let desk = Desk::new();
    let commit = desk.database("app.bin");
    let lines: String = (0..2000).map(|n| format!("create refs/heads/n/{n} {commit}\n")).collect();
    desk.repo.fed("git", &["update-ref", "--stdin"], &lines).ok();
    let said =
        desk.push("origin refs/heads/n/*").says(1, &["blocked: errors 1, warnings 0, files 1"]);
    assert_eq!(said.matches("--> app.bin").count(), 1, "{said}");
}

#[test]
fn what_git_would_not_say_is_refused() {
    let desk = Desk::new();
    let server = desk.server.to_str().unwrap().to_owned();
    let head = desk.head();
    for line in [
        "refs/heads/main --output=x refs/heads/main 0000000000000000000000000000000000000000",
        "refs/heads/main HEAD refs/heads/main 0000000000000000000000000000000000000000",
        "refs/heads/main",
    ] {
        let said = desk.repo.fed(crate::CHECK_PUSH, &["origin", &server], line);
        said.says(2, &["error: ", "is this program run by git"]);
    }
    let lacking = "1".repeat(40);
    let line = format!("refs/heads/main {lacking} refs/heads/main {head}\n");
    desk.repo
        .fed(crate::CHECK_PUSH, &["origin", &server], &line)
        .says(2, &["refs/heads/main is to name 1111", "not in this repository"]);
    desk.repo.run(crate::CHECK_PUSH, [""; 0]).says(2, &["no push is under way"]);
}

#[test]
fn a_script_counts_as_it_is_at_the_end_of_the_push() {
    let desk = Desk::new();
    desk.repo.stage("wipe.sh", "#!/bin/sh\ndropdb shop\n");
    desk.repo.force("wipe");
    desk.push("origin main").says(1, &["error[unguarded-database-wipe]", "--> wipe.sh:2"]);
    desk.remove("wipe.sh");
    desk.push("origin main").ok();
}

#[test]
fn variables_that_a_framework_left_do_not_beat_what_git_says() {
    let mut desk = Desk::new();
    let head = desk.head();
    desk.database("app.bin");
    for (name, value) in [
        ("PRE_COMMIT_REMOTE_NAME", "origin"),
        ("PRE_COMMIT_REMOTE_URL", "elsewhere"),
        ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/main"),
        ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/main"),
        ("PRE_COMMIT_TO_REF", head.as_str()),
    ] {
        desk.repo.variables.push((name, value.to_owned()));
    }
    desk.push("origin main").says(1, &["--> app.bin"]);
}

#[test]
fn a_password_in_a_url_is_neither_said_nor_written_down() {
    let desk = Desk::new();
    let url = "https://ada:s3cret@git.example/shop.git";
    let key = format!("url.{}.insteadOf", desk.server.display());
    desk.repo.git(["config", &key, url]).ok();
    desk.database("app.bin");
    let said = desk.push(&format!("{url} main")).says(1, &["--> app.bin"]);
    // git itself names the URL at the end.
    let ours = said.split("error: failed to push").next().unwrap();
    assert!(!ours.contains("s3cret"), "{said}");
    let trail = std::fs::read_to_string(desk.repo.top.join(".git/dataward/audit.jsonl")).unwrap();
    assert!(trail.contains("database-with-personal-data") && !trail.contains("s3cret"), "{trail}");
}
