//! Other names, other kinds of entries, and names for a blob without a path.

use super::support::{Repo, database};
use super::{finds_database, looked_at};

#[test]
fn a_name_hides_nothing() {
    for name in ["notes.txt", "app", ".cache", "film.mp4", "a b\tc.md", "-wal", "app.db-journal"] {
        let repo = Repo::with_commit();
        repo.add(name, database());
        let shown = name.replace('\t', "\\x09");
        finds_database(&repo, &shown);
    }
}

#[test]
fn a_byte_more_at_either_end_hides_nothing() {
    for (before, after) in [("", "\n"), ("\n", ""), ("\u{feff}", ""), ("MZ", "the end")] {
        let repo = Repo::with_commit();
        repo.add("blob.bin", &[before.as_bytes(), database(), after.as_bytes()].concat());
        finds_database(&repo, "blob.bin");
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_a_database_holds_no_row() {
    let repo = Repo::with_commit();
    std::fs::write(repo.home.path().join("app.db"), database()).expect("a file");
    std::os::unix::fs::symlink("../app.db", repo.path("app.db")).expect("a link");
    repo.git(&["add", "app.db"]);
    for run in looked_at(&repo) {
        run.passes();
    }
}

#[test]
fn the_target_of_a_link_that_is_a_database_is_found() {
    let repo = Repo::with_commit();
    repo.stage("120000", &repo.blob(database()), b"link");
    finds_database(&repo, "link");
    repo.dataward(&["scan"]).finds_database("link");
}

#[test]
fn a_tag_of_a_blob_is_looked_at() {
    let repo = Repo::with_commit();
    let id = repo.blob(database());
    repo.git(&["tag", "light", &id]);
    repo.git(&["tag", "--annotate", "--message", "see inside", "annotated", &id]);
    repo.git(&["tag", "--annotate", "--message", "again", "twice", "annotated"]);
    for name in ["light", "refs/tags/annotated", "twice", &id] {
        let run = repo.dataward(&["scan", name]);
        run.finds_database(name);
        assert!(run.err.contains(&format!("git log --all --find-object={id}")), "{}", run.err);
        repo.git(&["log", "--all", &format!("--find-object={id}")]);
        for from in ["HEAD", &"0".repeat(40)] {
            repo.check(&["--from-ref", from, "--to-ref", name]).finds_database(name);
        }
    }
    let text = repo.blob(b"a note\n");
    repo.dataward(&["scan", &text]).passes();
    let lacking = "1".repeat(40);
    repo.dataward(&["scan", &lacking]).cannot_look("there is no revision");
    repo.check(&["--from-ref", "HEAD", "--to-ref", &lacking]).cannot_look("there is no commit");
}

#[test]
fn a_tag_of_a_tree_is_looked_at() {
    let repo = Repo::with_commit();
    let line = format!("100644 blob {}\tapp.bin\n", repo.blob(database()));
    let tree = String::from_utf8(repo.feed(&["mktree"], line.as_bytes())).expect("an id");
    repo.git(&["tag", "--annotate", "--message", "a tree", "tree", tree.trim()]);
    for name in ["tree", tree.trim()] {
        repo.dataward(&["scan", name]).finds_database("app.bin");
        repo.check(&["--from-ref", "HEAD", "--to-ref", name]).finds_database("app.bin");
    }
}

#[test]
fn a_note_is_looked_at() {
    let repo = Repo::with_commit();
    let from = repo.head();
    let id = repo.blob(database());
    repo.git(&["notes", "add", "-C", &id, "HEAD"]);
    repo.dataward(&["scan", "refs/notes/commits"]).finds_database(&from);
    let zeros = "0".repeat(40);
    let range = ["--from-ref", &zeros, "--to-ref", "refs/notes/commits"];
    repo.check(&range).finds_database(&from);

    // One that names the blob in words holds no row.
    let repo = Repo::with_commit();
    repo.git(&["notes", "add", "--message", &format!("see {id}"), "HEAD"]);
    repo.dataward(&["scan", "refs/notes/commits"]).passes();
    repo.check(&range).passes();
}
