//! What `.gitattributes` does to a file on its way into git: what git stores is what counts.

use super::support::{Repo, database};
use super::{finds, finds_words, looked_at};

/// A pointer of Git LFS to an object of this id.
fn pointer(id: &str) -> String {
    format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{id}\nsize {}\n",
        database().len()
    )
}

#[test]
fn a_database_in_lfs_is_read_where_it_is_here() {
    let id = "ab".repeat(32);
    let repo = Repo::with_commit();
    repo.add("film.mp4", pointer(&id).as_bytes());
    for run in looked_at(&repo) {
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains("warning[lfs-pointer]"), "{}", run.err);
    }
    repo.write(&format!(".git/lfs/objects/ab/ab/{id}"), database());
    repo.git(&["commit", "--quiet", "--amend", "-m", "again"]);
    for run in [
        repo.check(&["--from-ref", "HEAD~1", "--to-ref", "HEAD"]),
        repo.dataward(&["scan"]),
        repo.check(&["film.mp4"]),
    ] {
        run.finds_database("film.mp4");
        assert!(run.err.contains("in Git LFS"), "{}", run.err);
    }
}

#[test]
fn what_is_kept_elsewhere_blocks_by_a_name() {
    let pointer = pointer(&"cd".repeat(32));
    for (rule, name, bytes) in [
        ("lfs-pointer", "app.sqlite3", pointer.as_bytes()),
        ("annex-pointer", "app.db", b"/annex/objects/SHA256E-s31390--f50d7ac4.db\n"),
        ("encrypted-by-filter", "app.db", b"\0GITCRYPT\0and what looks random"),
    ] {
        let repo = Repo::with_commit();
        repo.add(name, bytes);
        finds(&repo, rule, name);
    }
}

#[test]
fn a_locked_file_of_git_annex_is_told() {
    let repo = Repo::with_commit();
    let target = b"../.git/annex/objects/2M/Xq/SHA256E-s3--ab.csv/SHA256E-s3--ab.csv";
    repo.stage("120000", &repo.blob(target), b"data/survey.csv");
    for run in looked_at(&repo) {
        assert!(run.code == 0 && run.err.contains("warning[annex-pointer]"), "{}", run.err);
    }
}

#[test]
fn a_filter_that_encodes_hides_nothing() {
    let repo = Repo::with_commit();
    repo.add(".gitattributes", b"*.db filter=wrap\n");
    repo.git(&["config", "filter.wrap.clean", "base64"]);
    repo.git(&["config", "filter.wrap.required", "true"]);
    repo.add("app.db", database());
    assert_ne!(repo.git(&["show", ":app.db"]).as_bytes(), database());
    finds_words(&repo, "app.db", "SQLite database in base64 at byte 0");
    let run = repo.check(&["app.db"]);
    let line = ".gitattributes changes it on its way into git: filter=wrap";
    assert!(run.err.contains(line), "{}", run.err);
}

#[test]
fn an_encoding_of_the_work_tree_hides_nothing() {
    for encoding in ["UTF-16LE", "UTF-16BE"] {
        let repo = Repo::with_commit();
        repo.add(".gitattributes", format!("*.db working-tree-encoding={encoding}\n").as_bytes());
        // What is no UTF-16 is refused by git: a database of ASCII and few pages may be taken.
        repo.write("app.db", database());
        let added = repo.try_git(&["add", "app.db"]);
        if added.code == 0 && repo.git(&["ls-files", "app.db"]) == "app.db" {
            finds_words(&repo, "app.db", "SQLite database in text made of UTF-16 at byte 0");
        } else {
            assert!(added.err.contains("failed to encode"), "{}", added.err);
        }
    }
}

#[test]
fn what_a_filter_takes_away_is_not_in_git() {
    let repo = Repo::with_commit();
    repo.add(".gitattributes", b"*.db filter=empty\n");
    repo.git(&["config", "filter.empty.clean", "true"]);
    repo.add("app.db", database());
    for run in looked_at(&repo) {
        run.passes();
    }
    // On disk it is there.
    repo.dataward(&["scan", "--worktree"]).finds_database("app.db");
}
