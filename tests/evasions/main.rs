//! Ways around the check that somebody may try, or meet by accident, each with real git: what is hidden is found all the same.

mod beside;
mod bombs;
mod filters;
mod names;
mod wrapped;

#[path = "../support/mod.rs"]
mod support;

use support::{Repo, Run};

/// What is said of a file that is committed over hooks: as it is staged, and as a commit of a range.
#[track_caller]
fn looked_at(repo: &Repo) -> [Run; 2] {
    let staged = repo.check(&["--staged"]);
    let from = repo.head();
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "hidden"]);
    [staged, repo.check(&["--from-ref", &from, "--to-ref", "HEAD"])]
}

/// Both times an error of this rule is said of this path.
#[track_caller]
fn finds(repo: &Repo, rule: &str, path: &str) {
    for run in looked_at(repo) {
        run.finds(rule, path);
    }
}

/// Both times a database is found at this path.
#[track_caller]
fn finds_database(repo: &Repo, path: &str) {
    for run in looked_at(repo) {
        run.finds_database(path);
    }
}

/// Both times a database is found at this path, and these words say how it is hidden.
#[track_caller]
fn finds_words(repo: &Repo, path: &str, words: &str) {
    for run in looked_at(repo) {
        run.finds_database(path);
        assert!(run.err.contains(words), "no {words:?}: {}", run.err);
    }
}

/// A database of several pages. Its people are invented.
fn pages() -> Vec<u8> {
    let mut connection = rusqlite::Connection::open_in_memory().expect("a database");
    let rows: String = (0..800)
        .map(|n| format!("insert into users values({n}, 'Ada Example {n}', 'ada{n}@example.com');"))
        .collect();
    // No rows are left behind where they stood before a page was cut in two.
    let table = "pragma secure_delete = on; create table users(id integer primary key, name text, email text);";
    connection.execute_batch(&format!("{table}begin;{rows}commit")).expect("valid SQL");
    connection.serialize(rusqlite::MAIN_DB).expect("its bytes").to_vec()
}
