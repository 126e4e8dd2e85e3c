//! More than one thing in a file: what is found first must not stand for what else is there.

use super::support::{Repo, database};
use super::{finds_words, wrapped};

/// A policy that lets through small databases anywhere.
const SMALL: &[u8] =
    b"version: 1\nallow:\n  - {rule: database-file, path: '**', reason: small, when: {rows: 5}}\n";

fn made(rows: u32) -> Vec<u8> {
    let sql = format!(
        "CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) \
         INSERT INTO t SELECT i FROM n"
    );
    dataward::content::made_from(&sql).expect("SQL that SQLite understands")
}

/// With a policy for small databases this file is refused all the same.
#[track_caller]
fn is_refused(name: &str, bytes: &[u8]) {
    let repo = Repo::with_commit();
    repo.add(".dataward.yaml", SMALL);
    repo.add(name, bytes);
    let run = repo.check(&["--staged"]);
    assert_eq!(run.code, 1, "{name}: {}", run.err);
}

#[test]
fn a_small_database_alone_is_let_through() {
    let repo = Repo::with_commit();
    repo.add(".dataward.yaml", SMALL);
    repo.add("a.db", &made(3));
    assert_eq!(repo.check(&["--staged"]).code, 0);
}

#[test]
fn a_member_without_a_name_hides_none_before_it() {
    let repo = Repo::with_commit();
    let zip = wrapped::zip_of(&[("app.db", database()), ("", b"nothing")]);
    repo.add("a.zip", &zip);
    finds_words(&repo, "a.zip!/app.db", "SQLite database");
    let repo = Repo::with_commit();
    let zip = wrapped::zip_of(&[("readme", b"nothing"), ("", database())]);
    repo.add("a.zip", &zip);
    finds_words(&repo, "a.zip!/", "SQLite database");
}

#[test]
fn a_database_behind_an_archive_is_found() {
    let zip = wrapped::zip_of(&[("readme.txt", b"nothing")]);
    let repo = Repo::with_commit();
    repo.add("a.zip", &[&zip, database()].concat());
    finds_words(&repo, "a.zip", "SQLite database");
}

#[test]
fn two_members_of_one_name_are_two() {
    is_refused("a.zip", &wrapped::zip_of(&[("a.db", &made(3)[..]), ("a.db", &made(5000)[..])]));
}

#[test]
fn one_database_behind_another_is_not_let_through_for_it() {
    is_refused("a.db", &[made(3), made(5000)].concat());
    is_refused("a.bin", &[b"prefix".to_vec(), made(3), made(5000)].concat());
}

#[test]
fn a_pointer_that_goes_on_is_read() {
    let text = b"version https://git-lfs.github.com/spec/v1\n";
    let repo = Repo::with_commit();
    repo.add("a.txt", &[&text[..], &b"\n".repeat(2000), database()].concat());
    finds_words(&repo, "a.txt", "SQLite database");
    let repo = Repo::with_commit();
    repo.add("a.arrow", &[&b"ARROW1\0\0"[..], database()].concat());
    finds_words(&repo, "a.arrow", "SQLite database");
    let repo = Repo::with_commit();
    repo.add("a.key", &[&b"\0GITCRYPT\0"[..], database()].concat());
    finds_words(&repo, "a.key", "SQLite database");
}
