//! Over `file://`, which needs nothing but git: the ways to push.

use std::fs;

use crate::Server;
use crate::support::Repo;

#[test]
fn a_database_is_refused_and_nothing_of_it_stays() {
    let server = Server::new();
    let (commit, blob) = server.database("instance/app.bin");
    server.refuses_database(&["origin", "main"], "instance/app.bin");
    assert!(!server.has(&commit) && !server.has(&blob));
    server.repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
    server.note("notes.txt");
    server.accepts(&["origin", "main"]);
    assert!(server.has(&server.repo.asked(&["rev-parse", "HEAD"])));
}

/// The whole of what a person sees, but for ids.
#[test]
fn who_pushes_reads_what_was_found_and_what_to_do() {
    let server = Server::new();
    let (commit, _) = server.database("instance/app.bin");
    let text = server.repo.git(["push", "origin", "main"]).ends(1);
    let text = text.replace(&commit[..12], "ID").replace(&commit[..8], "ID");
    let said: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("remote:"))
        .map(|line| line.trim_end().strip_prefix(' ').unwrap_or_default())
        .collect();
    assert_eq!(said.join("\n"), SAID);
    assert!(text.contains(" ! [remote rejected] main -> main (pre-receive hook declined)"));
}

const SAID: &str = r#"error[database-with-personal-data]: SQLite database with personal data (people: 2, tables: 4)
 --> instance/app.bin (commit ID, pushed to refs/heads/main)
    | table users: 2 rows; email 2, person name 2, password hash 2
    | test data confidence 0.96: made-up people: 2 of 2
hint: where you push from, switch to the branch that has commit
      ID
hint: copy it first, where it is on disk: cp -pn instance/app.bin instance/app.bin.keep
hint: stop at the commit that brought it, marked `edit`: git rebase -i ID~1
hint: take it out there, then go on: git rm --cached -- instance/app.bin && git commit --amend --no-edit --allow-empty && git rebase --continue
hint: or out of all commits that have it, with git-filter-repo: test -z "$(git status --porcelain -uno --ignore-submodules=none)" && git filter-repo --force --invert-paths --path-regex '^instance/app\.bin\Z' --refs ID~1..HEAD $(git rev-parse --not --remotes)
hint: a commit on top that deletes it does not help: the push still brings the one that has it
hint: if it was ever pushed before: change each secret in it, and tell the people it is about

blocked: errors 1, warnings 0, files 1"#;

#[test]
fn every_way_to_name_the_refs_is_looked_at() {
    for how in ["--all", "--mirror", "--atomic main side", "main side", "--tags", "--force side"] {
        let server = Server::new();
        server.note("notes.txt");
        server.repo.git(["switch", "--quiet", "--create", "side"]).ok();
        server.database("app.bin");
        server.repo.git(["tag", "--annotate", "--message", "a tag", "v1"]).ok();
        let how: Vec<&str> = ["origin"].into_iter().chain(how.split(' ')).collect();
        server.refuses_database(&how, "app.bin");
        server.repo.git(["tag", "--delete", "v1"]).ok();
        server.repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
        server.accepts(&how);
    }
}

#[test]
fn packs_and_loose_objects_are_read_in_quarantine() {
    for limit in ["1", "10000"] {
        for options in [&[][..], &["--object-format=sha256"]] {
            let repo = match options {
                [] => Repo::new(),
                _ => sha256(),
            };
            let server = Server::with(repo, options);
            server.configure("receive.unpackLimit", limit);
            let (commit, blob) = server.database("app.bin");
            server.refuses_database(&["origin", "main"], "app.bin");
            assert!(!server.has(&commit) && !server.has(&blob), "unpackLimit {limit}");
            server.repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
            server.note("notes.txt");
            server.accepts(&["origin", "main"]);
        }
    }
}

/// A repository whose ids are of SHA-256, with one commit.
fn sha256() -> Repo {
    let repo = Repo::new();
    fs::remove_dir_all(repo.top.join(".git")).unwrap();
    repo.git(["init", "--quiet", "--object-format=sha256"]).ok();
    repo.stage("readme.txt", "A readme.\n");
    repo.force("first");
    repo
}

#[test]
fn a_repository_that_borrows_objects_looks_at_what_is_new_to_it() {
    let server = Server::new();
    // The lender has an old database, and a branch that the borrower has not.
    let lender = server.repo.home.path().join("lender.git");
    let lender = lender.to_str().unwrap();
    server.repo.git(["switch", "--quiet", "--create", "old"]).ok();
    server.database("old.bin");
    server.note("after.txt");
    server.repo.git(["clone", "--quiet", "--bare", ".", lender]).ok();
    fs::write(server.bare.join("objects/info/alternates"), format!("{lender}/objects\n")).unwrap();
    server.repo.git(["switch", "--quiet", "main"]).ok();
    let (_, blob) = server.database("app.bin");
    server.refuses_database(&["origin", "main"], "app.bin");
    assert!(!server.has(&blob));
    server.repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
    server.note("notes.txt");
    server.accepts(&["origin", "main"]);
}

#[test]
fn an_update_hook_refuses_by_its_arguments() {
    let server = Server::new();
    server.no_hook("pre-receive");
    server.hook("update");
    server.repo.git(["branch", "clean"]).ok();
    server.database("app.bin");
    // The clean ref passes, the other one does not. Its objects are there by then: an update hook runs too late for them.
    let words =
        ["remote: error[database-with-personal-data]", "main\t[remote rejected] (hook declined)"];
    server.push(&["origin", "main", "clean"]).says(1, &words);
    let refs = server.git(&["for-each-ref", "--format=%(refname)"]).ok();
    assert_eq!(refs.lines().collect::<Vec<_>>(), ["refs/heads/clean", "refs/heads/main"]);
    let main = server.git(&["rev-parse", "main"]).ok();
    assert_eq!(main.trim(), server.repo.asked(&["rev-parse", "main~1"]));
}

#[test]
fn many_refs_are_looked_at_in_one_push() {
    let server = Server::new();
    let many = |tip: &str| {
        let lines = (0..500).map(|it| format!("create refs/heads/many/{it} {tip}\n"));
        server.repo.fed("git", &["update-ref", "--stdin"], &lines.collect::<String>()).ok();
    };
    let first = server.repo.asked(&["rev-parse", "HEAD"]);
    many(&first);
    server.repo.git(["switch", "--quiet", "--create", "zzz"]).ok();
    server.database("app.bin");
    server.refuses_database(&["origin", "--all"], "app.bin");
    server.repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
    server.accepts(&["origin", "--all"]);
}

#[test]
fn names_of_refs_are_no_options_and_no_commands() {
    let server = Server::new();
    let (commit, _) = server.database("app.bin");
    for name in [
        "-x",
        "--all",
        "$(touch${IFS}pwned)",
        "`id`",
        "a'b\"c",
        "\u{202e}gpj",
        "a\u{9b}31mb",
        "a;b&c|d",
    ] {
        let target = format!("{commit}:refs/heads/{name}");
        let text = server.refuses_database(&["origin", &target], "app.bin");
        for wrong in ["\u{202e}", "\u{9b}"] {
            let said = text.lines().filter(|it| it.starts_with("remote:"));
            assert!(!said.clone().any(|it| it.contains(wrong)), "{text}");
        }
        let target = format!("{commit}~1:refs/heads/{name}");
        server.accepts(&["origin", &target]);
    }
    assert!(!server.bare.join("pwned").exists());
}

#[test]
fn a_push_that_takes_too_long_is_refused() {
    let server = Server::new();
    server.configure("dataward.budget", "0.1");
    for it in 0..300 {
        server.repo.write(format!("many/{it}.txt"), format!("{it} and {it}\n").repeat(20_000));
    }
    server.repo.git(["add", "many"]).ok();
    server.repo.force("many files");
    let text = server.refuses(&["origin", "main"], &["dataward.budget"]);
    assert!(text.contains("not looked at"), "{text}");
    server.configure("dataward.budget", "600");
    server.accepts(&["origin", "main"]);
}

#[test]
fn a_configuration_that_cannot_be_read_refuses() {
    let server = Server::new();
    server.note("notes.txt");
    for (variable, value) in
        [("dataward.budget", "soon"), ("dataward.host", "sourcehut"), ("dataward.policy", "absent")]
    {
        server.configure(variable, value);
        server.refuses(&["origin", "main"], &["remote: error: ", "remote: hint: "]);
        server.git(&["config", "--unset", variable]).ok();
    }
    server.accepts(&["origin", "main"]);
}
