//! Over `file://`: the policy of a server, which no push changes.

use std::fs;

use crate::Server;

/// The SHA-256 of "echo gone" and a line feed.
const GONE: &str = "79071e0638b664db2b9ee8deda408e324161eff409c5427f66d275d3c2cbf1fa";

/// Lets every database at this path through.
fn allows(path: &str) -> String {
    format!(
        "version: 1\nallow:\n- rule: database-with-personal-data\n  path: {path}\n  reason: made up\n"
    )
}

#[test]
fn a_push_brings_no_policy_for_itself() {
    let server = Server::new();
    server.repo.stage(".dataward.yaml", &allows("app.bin"));
    server.database("app.bin");
    server.refuses_database(&["origin", "main"], "app.bin");
    // Nor does it in an earlier commit, or on another branch.
    server.refuses_database(&["origin", "main:refs/heads/side"], "app.bin");
}

#[test]
fn the_default_branch_says_what_may_pass() {
    let server = Server::new();
    server.no_hook("pre-receive");
    server.repo.stage(".dataward.yaml", &allows("app.bin"));
    server.repo.force("a policy");
    server.accepts(&["origin", "main"]);
    server.hook("pre-receive");
    server.repo.git(["switch", "--quiet", "--create", "side"]).ok();
    server.database("app.bin");
    server.accepts(&["origin", "side"]);
    server.database("other.bin");
    server.refuses_database(&["origin", "side"], "other.bin");
}

#[test]
fn a_policy_that_lets_more_through_is_refused() {
    let server = Server::new();
    server.repo.stage(".dataward.yaml", &allows("app.bin"));
    server.repo.force("a policy");
    let words = ["remote: error[policy-loosened]: ", "remote:  --> .dataward.yaml ("];
    server.refuses(&["origin", "main"], &words);
    // On another branch it has no effect.
    server.accepts(&["origin", "main:refs/heads/side"]);
}

#[test]
fn the_end_of_the_default_branch_loosens_no_policy() {
    let server = Server::new();
    // Git itself keeps the branch of HEAD by default.
    server.configure("receive.denyDeleteCurrent", "ignore");
    server.repo.stage(".dataward.yaml", "version: 1\nrules: {data-file: error}\n");
    server.repo.force("a policy");
    server.accepts(&["origin", "main", "main:refs/heads/side"]);
    let words = [
        "remote: error[policy-loosened]: without the branch that this push deletes, the policy ",
        "remote:  --> .dataward.yaml (in the tree of refs/heads/main)",
        "data-file",
    ];
    server.refuses(&["origin", ":main"], &words);
    server.accepts(&["origin", ":side"]);
    server.repo.stage(".dataward.yaml", "version: 1\n");
    server.repo.force("a policy as lax as none");
    server.refuses(&["origin", "main"], &["remote: error[policy-loosened]: the policy that this"]);
}

#[test]
fn a_file_beside_the_objects_comes_before_the_default_branch() {
    let server = Server::new();
    let beside = server.bare.join(".dataward.yaml");
    fs::write(&beside, allows("app.bin")).unwrap();
    server.database("app.bin");
    server.accepts(&["origin", "main"]);
    server.database("other.bin");
    server.refuses_database(&["origin", "main"], "other.bin");
    fs::write(&beside, "version: 1\nallow: yes\n").unwrap();
    server.refuses(&["origin", "main"], &["remote: error: "]);
}

#[test]
fn configuration_comes_before_a_file_beside_the_objects() {
    let server = Server::new();
    fs::write(server.bare.join(".dataward.yaml"), "version: 1\n").unwrap();
    let named = server.repo.home.path().join("policy.yaml");
    fs::write(&named, allows("app.bin")).unwrap();
    server.configure("dataward.policy", named.to_str().unwrap());
    server.database("app.bin");
    server.accepts(&["origin", "main"]);
    fs::remove_file(&named).unwrap();
    server.note("notes.txt");
    server.refuses(&["origin", "main"], &["remote: error: ", "policy.yaml"]);
}

#[test]
fn a_row_goes_only_with_its_script() {
    let server = Server::new();
    let policy = "version: 1\nregistry: required\n";
    fs::write(server.bare.join(".dataward.yaml"), policy).unwrap();
    let row = format!(
        "| file | was | operation | scope | why | safe alternative | sha256 | since |\n|---|---|---|---|---|---|---|---|\n| `.DANGEROUS_x.sh.disabled` | `x.sh` |  |  | it deletes |  | `{}` | 2026-11-25 |\n",
        GONE
    );
    server.repo.stage(".DANGEROUS_x.sh.disabled", "echo gone\n");
    server.repo.stage("DANGEROUS_SCRIPTS.md", &row);
    server.repo.force("put away");
    server.accepts(&["origin", "main"]);
    let words = [
        "remote: error[registry-disagrees]: a script that was put away has no row in ",
        "remote:  --> .DANGEROUS_x.sh.disabled (in the tree of ",
    ];
    server.repo.git(["rm", "--quiet", "DANGEROUS_SCRIPTS.md"]).ok();
    server.repo.force("no registry");
    server.refuses(&["origin", "main"], &words);
    // Nor does it go to a new branch, or with another change of the registry on top.
    server.repo.stage("DANGEROUS_SCRIPTS.md", "none\n");
    server.repo.force("another registry");
    server.refuses(&["origin", "main:refs/heads/side"], &words);
    server.repo.git(["reset", "--quiet", "--hard", "origin/main"]).ok();
    // What is there already may get another name.
    server.accepts(&["origin", "main:refs/heads/side"]);
    server.repo.git(["rm", "--quiet", "DANGEROUS_SCRIPTS.md", ".DANGEROUS_x.sh.disabled"]).ok();
    server.repo.force("neither");
    server.accepts(&["origin", "main"]);
}

#[test]
fn a_finding_says_why_a_waiver_or_a_baseline_does_not_count() {
    let server = Server::new();
    let text = "#!/bin/sh\n# dataward: allow(unguarded-database-wipe): of a test\ndropdb shop\n";
    server.repo.stage("wipe.sh", text);
    server.repo.stage(".dataward-baseline/README", "what is here is read from no push\n");
    server.repo.force("a script");
    let words = [
        "remote: error[unguarded-database-wipe]: ",
        "the waiver on line 2 does not count: a server",
        "the baseline does not count: a server",
    ];
    server.refuses(&["origin", "main"], &words);
}
