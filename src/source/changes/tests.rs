//! What commits bring, held against what git itself says.

use std::fmt::Write;

use bstr::BStr;

use crate::support::{Dice, Repo};

use super::super::room::MAX_DIRECTORIES;
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

/// A tree of just these bytes, sound or not.
fn raw(repo: &Repo, bytes: &[u8]) -> String {
    let oracle = git2::Repository::open(&repo.top).expect("libgit2 opens it");
    let odb = oracle.odb().expect("its objects");
    odb.write(git2::ObjectType::Tree, bytes).expect("written").to_string()
}

fn id(hex: &str) -> ObjectId {
    ObjectId::from_hex(hex.as_bytes()).expect("an id")
}

/// Lines of mode, blob, blob before and path.
fn ours(objects: &Objects, commit: &str, parents: &[&str]) -> Result<Vec<String>> {
    within(&mut Room::new(), objects, commit, parents)
}

fn within(
    room: &mut Room,
    objects: &Objects,
    commit: &str,
    parents: &[&str],
) -> Result<Vec<String>> {
    let parents: Vec<ObjectId> = parents.iter().map(|it| id(it)).collect();
    let mut lines = Vec::new();
    of_commit(objects, id(commit), &parents, room, &mut |it| {
        lines.push(line(
            it.mode,
            &it.blob.to_string(),
            it.before.map(|it| it.to_string()),
            &it.path,
        ));
        Ok(())
    })?;
    Ok(lines)
}

fn line(mode: Mode, blob: &str, before: Option<String>, path: &[u8]) -> String {
    format!("{mode:?} {blob} {} {}", before.unwrap_or_default(), BStr::new(path))
}

/// The same from the raw output of `git diff-tree -c`, with a colon, a mode and an id more for each further parent.
fn of_git(repo: &Repo, commit: &str) -> Vec<String> {
    let arguments = ["diff-tree", "-r", "-c", "--root", "--raw", "--no-renames", "--no-abbrev"];
    let said = repo.git(&[&arguments[..], &["--no-commit-id", "-z", commit]].concat());
    let mut fields = said.split('\0');
    let mut lines = Vec::new();
    while let (Some(entry), Some(path)) = (fields.next(), fields.next()) {
        let words: Vec<&str> = entry.trim_start_matches(':').split(' ').collect();
        let parents = entry.len() - entry.trim_start_matches(':').len();
        let (mode, blob) = (words[parents], words[2 * parents + 1]);
        let before = Some(words[parents + 1].to_owned())
            .filter(|_| words[0].starts_with("10") || words[0].starts_with("12"));
        if mode.starts_with("10") || mode.starts_with("12") {
            lines.push(line(Mode::of_octal(mode.as_bytes()), blob, before, path.as_bytes()));
        }
    }
    lines
}

/// Entries of a directory as `git mktree` reads them: files, links, submodules, directories, under few names so that one thing often
/// takes the place of another.
fn random_tree(repo: &Repo, dice: &mut Dice, blobs: &[String], depth: usize) -> String {
    let mut lines = String::new();
    for name in ["a", "a.b", "a-b", "ab", "d", "z"] {
        let blob = &blobs[dice.below(blobs.len())];
        let _ = match dice.below(if depth == 0 { 6 } else { 9 }) {
            0 => Ok(()),
            1 => writeln!(lines, "100755 blob {blob}\t{name}"),
            2 => writeln!(lines, "120000 blob {blob}\t{name}"),
            3 => writeln!(lines, "160000 commit {}\t{name}", "1".repeat(40)),
            4 | 5 => writeln!(lines, "100644 blob {blob}\t{name}"),
            _ => {
                let inner = random_tree(repo, dice, blobs, depth - 1);
                writeln!(lines, "040000 tree {inner}\t{name}")
            }
        };
    }
    tree(repo, &lines)
}

#[test]
fn commits_bring_what_git_says_that_they_do() {
    let repo = Repo::new();
    let mut dice = Dice::new(11);
    let blobs: Vec<String> = (0..3).map(|n| repo.blob(&[n])).collect();
    let mut commits: Vec<(String, Vec<String>)> = Vec::new();
    let mut brought = 0;
    for round in 0..60 {
        let parents: Vec<String> = match round {
            0 | 20 => Vec::new(),
            _ => (0..1 + dice.below(3))
                .map(|_| commits[dice.below(commits.len())].0.clone())
                .collect(),
        };
        let mut parents = parents;
        parents.dedup();
        let tree = random_tree(&repo, &mut dice, &blobs, 2);
        let mut arguments = vec!["commit-tree", "-m", "x", &tree];
        parents.iter().for_each(|it| arguments.extend(["-p", it]));
        let commit = repo.git(&arguments);
        commits.push((commit, parents));
    }
    for _ in 0..2 {
        let objects = objects(&repo);
        for (commit, parents) in &commits {
            let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
            let ours = ours(&objects, commit, &parents).expect("compared");
            assert_eq!(ours, of_git(&repo, commit), "{commit} after {parents:?}");
            brought += ours.len();
        }
        let tips: String =
            commits.iter().map(|(id, _)| format!("create refs/heads/{id} {id}\n")).collect();
        if brought > 0 && repo.git(&["for-each-ref", "refs/heads/"]).is_empty() {
            repo.feed(&["update-ref", "--stdin"], tips.as_bytes());
        }
        repo.git(&["repack", "-adq"]);
    }
    assert!(brought > 200, "{brought}");
}

#[test]
fn directories_take_room_even_where_no_file_is_in_them() {
    let repo = Repo::new();
    let mut inner = tree(&repo, "");
    for _ in 0..3 {
        let lines: String = (0..10).map(|n| format!("040000 tree {inner}\t{n}\n")).collect();
        inner = tree(&repo, &lines);
    }
    let empty = tree(&repo, "");
    let objects = objects(&repo);
    // All commits of a run share the room, and each parent beside a directory takes its own.
    for (room, parents, commits) in [(2500, vec![], 2), (4000, vec![empty.as_str(); 2000], 1)] {
        let mut left = Room::new();
        left.enter(MAX_DIRECTORIES - room).expect("there is room");
        for _ in 0..commits {
            assert!(within(&mut left, &objects, &inner, &parents).is_ok());
        }
        let error = within(&mut left, &objects, &inner, &parents).expect_err("too many");
        assert!(error.to_string().contains("more directories than"), "{error}");
    }
}

#[test]
fn a_long_tree_takes_more_room_beside_many_parents() {
    let repo = Repo::new();
    let blob = repo.blob(b"a");
    let lines: String = (0..5000).map(|n| format!("100644 blob {blob}\t{n:05}\n")).collect();
    let (long, empty) = (tree(&repo, &lines), tree(&repo, ""));
    let objects = objects(&repo);
    for (parents, fits) in [(2, true), (100, false)] {
        let mut left = Room::new();
        left.enter(MAX_DIRECTORIES - 1000).expect("there is room");
        let found = within(&mut left, &objects, &long, &vec![empty.as_str(); parents]);
        assert_eq!(found.is_ok(), fits, "{parents}");
    }
}

#[test]
fn a_merge_of_thousands_is_gone_through_with_those_that_have_something_there() {
    let repo = Repo::new();
    let (old, new) = (repo.blob(b"a"), repo.blob(b"b"));
    let mut merged = tree(&repo, &format!("100644 blob {new}\ta\n100644 blob {old}\tb\n"));
    let mut one = tree(&repo, &format!("100644 blob {old}\tb\n"));
    for _ in 0..50 {
        merged = tree(&repo, &format!("040000 tree {merged}\td\n"));
        one = tree(&repo, &format!("040000 tree {one}\td\n"));
    }
    let empty = tree(&repo, "");
    let mut parents = vec![empty.as_str(); 20_000];
    parents.push(&one);
    let lines = ours(&objects(&repo), &merged, &parents).expect("compared");
    assert_eq!(lines.len(), 1);
    assert!(lines[0].ends_with("/a"), "{lines:?}");
}

#[test]
fn directories_in_directories_have_an_end() {
    let repo = Repo::new();
    let blob = repo.blob(b"a");
    let mut inner = tree(&repo, &format!("100644 blob {blob}\ta\n"));
    let mut trees = vec![inner.clone()];
    for _ in 0..MAX_DEPTH + 1 {
        inner = raw(&repo, &[b"40000 d\0", id(&inner).as_slice()].concat());
        trees.push(inner.clone());
    }
    let objects = objects(&repo);
    assert_eq!(ours(&objects, &trees[MAX_DEPTH], &[]).expect("compared").len(), 1);
    assert!(ours(&objects, &trees[MAX_DEPTH + 1], &[]).is_err());
}

#[test]
fn what_is_not_here_or_broken_is_an_error() {
    let repo = Repo::new();
    let blob = repo.blob(b"a");
    let whole = tree(&repo, &format!("100644 blob {blob}\ta\n"));
    let broken = raw(&repo, b"100644 a\0short");
    let objects = objects(&repo);
    for (commit, parents) in [
        ("1".repeat(40), vec![]),
        (whole.clone(), vec!["1".repeat(40)]),
        (broken.clone(), vec![]),
        (whole, vec![broken]),
    ] {
        let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
        assert!(ours(&objects, &commit, &parents).is_err(), "{commit} after {parents:?}");
    }
}
