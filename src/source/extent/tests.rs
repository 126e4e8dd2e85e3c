//! Counts over trees that git made.

use std::fmt::Write;

use crate::support::Repo;

use super::*;

fn objects(repo: &Repo) -> Objects {
    let options = gix::open::Options::isolated();
    let repository = gix::ThreadSafeRepository::open_opts(&repo.top, options);
    Objects::of(&repository.expect("it opens").to_thread_local(), &[]).expect("its objects")
}

fn tree(repo: &Repo, entries: &str) -> String {
    let id = repo.feed(&["mktree"], entries.as_bytes());
    String::from_utf8(id).expect("an id").trim().to_owned()
}

#[test]
fn what_differs_is_counted_and_no_more() {
    let repo = Repo::new();
    let (a, b) = (repo.blob(b"a"), repo.blob(b"b"));
    let inner = tree(&repo, &format!("100644 blob {a}\tx\n100644 blob {b}\ty\n"));
    let other = tree(&repo, &format!("100644 blob {a}\tx\n100644 blob {a}\ty\n"));
    let outer = |one: &str, two: &str| {
        tree(&repo, &format!("040000 tree {one}\td\n040000 tree {two}\te\n"))
    };
    let (whole, changed) = (outer(&inner, &inner), outer(&inner, &other));
    let flat = tree(&repo, &format!("100644 blob {a}\td\n040000 tree {inner}\te\n"));
    let objects = objects(&repo);
    let mut extent = Extent::of(&objects);
    for (one, parent, wanted) in [
        (&whole, None, 6),
        (&whole, Some(&whole), 0),
        (&changed, Some(&whole), 2),
        // A file in the place of a directory, and that with its two files.
        (&flat, Some(&whole), 4),
    ] {
        let paths = extent.paths(one, parent.map(String::as_str), 100);
        assert_eq!(paths, wanted, "{one} after {parent:?}");
    }
}

#[test]
fn nothing_is_compared_once_there_is_no_room() {
    let repo = Repo::new();
    let blob = repo.blob(b"a");
    let mut lines = String::new();
    for n in 0..300 {
        let inner = tree(&repo, &format!("100644 blob {blob}\tn{n}\n"));
        writeln!(lines, "040000 tree {inner}\td{n}").expect("written");
    }
    let top = tree(&repo, &lines);
    let objects = objects(&repo);
    let mut extent = Extent::of(&objects);
    assert_eq!(extent.paths(&top, None, 299), 300);
    assert!(extent.known.is_empty(), "{}", extent.known.len());
    assert_eq!(extent.paths(&top, None, 310), 311);
    assert_eq!(extent.known.len(), 10);
    assert_eq!(extent.paths(&top, None, 600), 600);
}

#[test]
fn directories_take_room_even_where_no_file_is_in_them() {
    let repo = Repo::new();
    let mut inner = tree(&repo, "");
    for _ in 0..12 {
        let lines: String = (0..10).map(|n| format!("040000 tree {inner}\t{n}\n")).collect();
        inner = tree(&repo, &lines);
    }
    let objects = objects(&repo);
    assert!(Extent::of(&objects).paths(&inner, None, 2_000_000) > 2_000_000);
}
