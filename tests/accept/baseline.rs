//! A baseline accepts what is there, and nothing that is new or has changed.

use std::fs;

use crate::support::{Repo, Run, database, database_of};

/// The entries on disk, each with its text.
fn entries(repo: &Repo) -> Vec<(String, String)> {
    let Ok(listed) = fs::read_dir(repo.path(".dataward-baseline")) else { return Vec::new() };
    let mut entries: Vec<_> = listed
        .map(|it| {
            let it = it.unwrap();
            let name = it.file_name().into_string().unwrap();
            (name, fs::read_to_string(it.path()).unwrap())
        })
        .collect();
    entries.sort();
    entries
}

/// Writes the baseline and commits it.
#[track_caller]
fn accept(repo: &Repo) {
    repo.dataward(&["baseline"]).passes();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "--allow-empty", "-m", "accept"]);
    repo.dataward(&["baseline", "--check"]).passes();
}

#[track_caller]
fn says(run: &Run, code: i32, words: &str) {
    assert_eq!(run.code, code, "{run:#?}");
    assert!(run.err.contains(words), "{words:?} in {}", run.err);
}

/// A repository with a database that its baseline accepts.
fn adopted() -> Repo {
    let repo = Repo::with_commit();
    repo.commit("instance/app.db", database());
    accept(&repo);
    repo
}

#[test]
fn what_is_there_passes_and_what_is_new_or_changed_blocks() {
    let repo = Repo::with_commit();
    repo.commit("instance/app.db", database());
    repo.dataward(&["scan"]).finds_database("instance/app.db");
    let run = repo.dataward(&["baseline", "--check"]);
    says(&run, 1, "error: database-with-personal-data at instance/app.db is not in the baseline");
    assert!(entries(&repo).is_empty(), "--check writes nothing");
    accept(&repo);
    says(&repo.dataward(&["scan"]), 0, "allowed 1");
    assert!(
        repo.dataward(&["scan", "--format", "json"])
            .out
            .contains("\"reason\": \"in the baseline\"")
    );
    repo.check(&["instance/app.db"]).passes();
    repo.check(&["--from-ref=HEAD~2", "--to-ref=HEAD"]).passes();

    repo.add("new.db", &database_of(1));
    repo.check::<&str>(&[]).finds_database("new.db");
    repo.git(&["rm", "--quiet", "--cached", "new.db"]);

    repo.add("instance/app.db", &database_of(2));
    let run = repo.check::<&str>(&[]);
    run.finds_database("instance/app.db");
    assert!(run.err.contains("the baseline has this file with other content"), "{}", run.err);
    // Put back, it is known again.
    repo.add("instance/app.db", database());
    repo.check::<&str>(&[]).passes();
}

#[test]
fn a_renamed_file_is_new() {
    let repo = adopted();
    repo.git(&["mv", "instance/app.db", "app.db"]);
    repo.check::<&str>(&[]).finds_database("app.db");
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "move"]);
    let run = repo.dataward(&["baseline", "--check"]);
    says(&run, 1, "at app.db is not in the baseline");
    says(&run, 1, "at instance/app.db is no longer of use in the baseline");
    says(&repo.dataward(&["baseline"]), 0, "findings: 1, added: 1, removed: 1");
}

#[test]
fn the_entry_says_what_it_accepts_and_is_the_same_wherever_it_is_written() {
    let (one, other) = (adopted(), adopted());
    assert_eq!(entries(&one), entries(&other));
    let [(name, text)] = &entries(&one)[..] else { panic!("{:?}", entries(&one)) };
    assert!(name.len() == 32 && name.bytes().all(|it| it.is_ascii_hexdigit()), "{name}");
    let start = "rule: database-with-personal-data\npath: instance/app.db\nsha256: ";
    assert!(text.starts_with(start), "{text}");
    // Written again, nothing changes.
    says(&one.dataward(&["baseline"]), 0, "added: 0, removed: 0");
    says(&one.dataward(&["baseline"]), 0, "hint: the tree of HEAD was looked at");
    assert_eq!(one.git(&["status", "--porcelain"]), "");
}

#[test]
fn branches_that_each_write_a_baseline_merge_without_a_conflict() {
    let repo = adopted();
    repo.git(&["checkout", "--quiet", "-b", "one"]);
    repo.commit("one.db", &database_of(1));
    repo.commit("both.db", &database_of(3));
    accept(&repo);
    repo.git(&["checkout", "--quiet", "-b", "two", "main"]);
    repo.commit("two.db", &database_of(2));
    repo.commit("both.db", &database_of(3));
    // This one takes out what the other one keeps as it is.
    repo.git(&["rm", "--quiet", "instance/app.db"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "gone"]);
    accept(&repo);
    repo.git(&["merge", "--quiet", "--no-edit", "one"]);
    repo.dataward(&["baseline", "--check"]).passes();
    says(&repo.dataward(&["scan"]), 0, "allowed 3");
    assert_eq!(entries(&repo).len(), 3);
}

#[test]
fn what_is_no_longer_there_is_told_and_taken_out() {
    let repo = adopted();
    repo.commit("more.db", &database_of(1));
    accept(&repo);
    repo.git(&["rm", "--quiet", "instance/app.db"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "gone"]);
    let run = repo.dataward(&["scan"]);
    says(&run, 0, "warning: entries of the baseline that let nothing through: 1\n");
    says(&run, 0, "hint: take them out: dataward baseline\n");
    assert!(
        repo.dataward(&["scan", "--format=json"]).out.contains("\"unused_baseline_entries\": 1")
    );
    // A hook looks at a part only, and cannot know.
    repo.check(&["more.db"]).passes();
    says(&repo.dataward(&["baseline"]), 0, "findings: 1, added: 0, removed: 1");
    repo.git(&["rm", "--quiet", "-r", "more.db"]);
    says(&repo.dataward(&["baseline", "--worktree"]), 0, "findings: 0, added: 0, removed: 1");
    assert!(!repo.path(".dataward-baseline").exists());
}

#[test]
fn files_on_disk_are_accepted_before_they_are_committed() {
    let repo = Repo::new();
    repo.write("app.db", database());
    says(&repo.dataward(&["baseline"]), 2, "there is no commit yet");
    repo.dataward(&["baseline", "--worktree"]).passes();
    repo.git(&["add", "."]);
    repo.check::<&str>(&[]).passes();
    repo.dataward(&["scan", "--worktree"]).passes();
}

#[test]
fn what_could_not_be_read_is_in_no_baseline() {
    let repo = Repo::with_commit();
    // A database that breaks off: nobody knows what else is in it.
    repo.commit("cut.db", &database()[..5000]);
    let run = repo.dataward(&["scan"]);
    assert!(run.has("unreadable-database", "cut.db"), "{run:#?}");
    let run = repo.dataward(&["baseline"]);
    says(&run, 0, "warning: no baseline takes these, such as what could not be read: 1\n");
    let run = repo.dataward(&["scan"]);
    assert!(run.code == 1 && run.has("unreadable-database", "cut.db"), "{run:#?}");
}

#[test]
fn names_made_to_deceive_are_accepted_for_what_they_are() {
    let repo = Repo::with_commit();
    let names: [&[u8]; 4] =
        [b"a\nrule: x.db", b"\xff.db", b"-rf .db ", "a\u{202e}b\\|`.db".as_bytes()];
    let id = repo.blob(database());
    for name in names {
        repo.stage("100644", &id, name);
    }
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "names"]);
    repo.dataward(&["baseline"]).passes();
    assert_eq!(entries(&repo).len(), names.len());
    for (_, text) in entries(&repo) {
        assert_eq!(text.lines().count(), 3, "{text}");
    }
    says(&repo.dataward(&["scan"]), 0, "allowed 4");
    repo.stage("100644", &id, b"a");
    repo.check::<&str>(&[]).finds_database("a");
}

#[test]
fn the_policy_comes_first_and_may_take_no_baseline() {
    let repo = adopted();
    repo.write(".dataward.yaml", b"version: 1\nbaseline: false\n");
    repo.dataward(&["scan"]).finds_database("instance/app.db");
    says(
        &repo.dataward(&["baseline"]),
        0,
        "warning: the policy has the baseline let nothing through",
    );
    // What the policy allows needs no entry.
    let allow = "allow:\n  - {rule: database-with-personal-data, path: instance/*, reason: r}\n";
    repo.write(".dataward.yaml", format!("version: 1\n{allow}").as_bytes());
    says(&repo.dataward(&["baseline"]), 0, "findings: 0, added: 0, removed: 1");
    repo.write(".dataward.yaml", b"version: 1\nbaseline: yes\n");
    says(&repo.dataward(&["scan"]), 2, "is not true or false");
}

#[test]
fn a_program_from_a_subdirectory_finds_the_baseline_at_the_top() {
    let repo = adopted();
    let below = repo.below("instance");
    below.check(&["app.db"]).passes();
    says(&below.dataward(&["baseline"]), 0, "findings: 1, added: 0, removed: 0");
}

#[test]
fn a_log_that_comes_beside_an_accepted_database_is_new() {
    let repo = Repo::with_commit();
    let made = repo.beside("made");
    fs::create_dir(&made.top).unwrap();
    let writer = rusqlite::Connection::open(made.path("app.db")).unwrap();
    writer
        .execute_batch("PRAGMA journal_mode = wal; CREATE TABLE t(x); INSERT INTO t VALUES(1); PRAGMA wal_checkpoint(truncate);")
        .unwrap();
    repo.commit("app.db", &fs::read(made.path("app.db")).unwrap());
    accept(&repo);
    writer.execute_batch("INSERT INTO t VALUES(2);").unwrap();
    repo.add("app.db-wal", &fs::read(made.path("app.db-wal")).unwrap());
    let run = repo.check::<&str>(&[]);
    assert!(run.code == 1 && run.err.contains(" --> app.db-wal (staged)"), "{run:#?}");
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "a log"]);
    accept(&repo);
    repo.dataward(&["scan"]).passes();
    writer.execute_batch("INSERT INTO t VALUES(3);").unwrap();
    repo.add("app.db-wal", &fs::read(made.path("app.db-wal")).unwrap());
    assert_eq!(repo.check::<&str>(&[]).code, 1);
}

#[test]
fn a_fixture_may_be_made_from_a_staged_file_that_the_baseline_accepts() {
    let repo = Repo::with_commit();
    for name in ["app.db", "made.db"] {
        repo.add(name, database());
    }
    let by = ["fixture", "lock", "made.db", "--by", "cp app.db made.db"];
    let lock = || repo.dataward(&[&by[..], &["--people-are-made-up", "in a test"]].concat());
    says(&lock(), 1, "warning: app.db is staged and refused, so nothing is made from it");
    repo.dataward(&["baseline", "--worktree"]).passes();
    says(&lock(), 0, "success: locked made.db");
}

/// Puts a script there, as on disk.
fn write(repo: &Repo, text: &str) {
    repo.write("wipe.sh", format!("#!/bin/sh\n{text}").as_bytes());
}

/// A repository with a script that its baseline accepts.
fn with_script(text: &str) -> Repo {
    let repo = Repo::with_commit();
    write(&repo, text);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "script"]);
    accept(&repo);
    repo
}

#[test]
fn what_a_script_is_aimed_at_is_accepted_with_it() {
    for (before, after, code) in [
        ("D=/srv/uploads\nrm -rf \"$D\"\n", "D=/srv/media\nrm -rf \"$D\"\n", 1),
        ("dropdb shop\n", "export PGHOST=db.example.com\ndropdb shop\n", 1),
        ("rm -rf /srv/a\n", "ssh live <<X\nrm -rf /srv/a\nX\n", 1),
        ("dropdb old\n", "echo\n\n  dropdb old # c\n", 0),
        // What is mended blocks nothing, and what is new only itself.
        ("dropdb a\ndropdb b\n", "dropdb b\n", 0),
    ] {
        let repo = with_script(before);
        write(&repo, after);
        let run = repo.dataward(&["scan", "--worktree"]);
        assert_eq!(run.code, code, "{before}{after}{run:#?}");
    }
    let repo = with_script("dropdb b\n");
    write(&repo, "dropdb a\ndropdb b\n");
    let run = repo.dataward(&["scan", "--worktree"]);
    says(&run, 1, " --> wipe.sh:2 (");
    says(&run, 1, "errors 1, warnings 0, allowed 1");
}

#[test]
fn branches_that_each_accept_more_of_one_script_merge_without_more_to_do() {
    let repo = with_script("dropdb b\necho\necho\necho\n");
    for (branch, text) in [
        ("one", "dropdb a\ndropdb b\necho\necho\necho\n"),
        ("two", "dropdb b\necho\necho\necho\ndropdb c\n"),
    ] {
        repo.git(&["checkout", "--quiet", "-b", branch, "main"]);
        write(&repo, text);
        repo.git(&["commit", "--quiet", "--no-verify", "--all", "-m", branch]);
        accept(&repo);
    }
    repo.git(&["merge", "--quiet", "--no-edit", "one"]);
    repo.dataward(&["baseline", "--check"]).passes();
    says(&repo.dataward(&["scan"]), 0, "allowed 3");
}
