//! Ranges over random histories: each commit's files are those that a walk with libgit2 finds.

use std::collections::{BTreeMap, BTreeSet};

use dataward::content::{Depth, Limits};
use dataward::snapshot::Origin;
use dataward::source::{Repository, Source};

use crate::support::{Dice, Repo, in_clean_process};

/// A commit, a path that it adds or changes, the blob there.
type Brought = (String, Vec<u8>, String);

fn ours(repo: &Repo, from: &str, to: &str) -> BTreeSet<Brought> {
    let repository = Repository::find(&repo.top).expect("it opens").expect("a repository");
    let source = Source::Range { from: from.to_owned(), to: to.to_owned(), files: Vec::new() };
    let snapshot = source.take(Some(&repository), &repo.top, Depth::Deep, Limits::default());
    let mut brought = BTreeSet::new();
    for file in &snapshot.expect("a snapshot").files {
        for origin in &file.origins {
            let Origin::Commit { id, .. } = origin else { panic!("{origin:?}") };
            let blob = file.blob().expect("a blob").clone();
            let is_new = brought.insert((id.clone(), file.path.to_vec(), blob));
            assert!(is_new, "said twice: {file:?}");
        }
    }
    brought
}

type Files = BTreeMap<Vec<u8>, (i32, git2::Oid)>;

fn files(repo: &git2::Repository, commit: git2::Oid) -> Files {
    let tree = repo.find_commit(commit).and_then(|it| it.tree()).expect("a tree");
    let mut files = Files::new();
    tree.walk(git2::TreeWalkMode::PreOrder, |directory, entry| {
        if entry.kind() != Some(git2::ObjectType::Tree) {
            let path = [directory.as_bytes(), entry.name_bytes()].concat();
            files.insert(path, (entry.filemode(), entry.id()));
        }
        git2::TreeWalkResult::Ok
    })
    .expect("a walk");
    files
}

/// A file is brought by a commit when it is so in none of its parents.
fn libgit2s(repo: &git2::Repository, from: Option<git2::Oid>, to: git2::Oid) -> BTreeSet<Brought> {
    let mut walk = repo.revwalk().expect("a walk");
    walk.push(to).expect("its start");
    if let Some(from) = from {
        walk.hide(from).expect("its end");
    }
    let mut brought = BTreeSet::new();
    for id in walk.map(|it| it.expect("a commit")) {
        let parents: Vec<Files> = repo
            .find_commit(id)
            .expect("a commit")
            .parent_ids()
            .map(|it| files(repo, it))
            .collect();
        for (path, file) in files(repo, id) {
            let is_blob = matches!(file.0 >> 12, 0o10 | 0o12);
            if is_blob && parents.iter().all(|parent| parent.get(&path) != Some(&file)) {
                brought.insert((id.to_string(), path, file.1.to_string()));
            }
        }
    }
    brought
}

/// A random history; its commits.
fn grow(repo: &git2::Repository, dice: &mut Dice, right: bool) -> Vec<git2::Oid> {
    let blobs: Vec<git2::Oid> =
        (0..6).map(|n| repo.blob(format!("{n}\n").as_bytes()).expect("a blob")).collect();
    let mut commits: Vec<(git2::Oid, Planned)> = Vec::new();
    for number in 0..30 {
        let parents = match (commits.len(), dice.below(10)) {
            (0, _) | (_, 0) => 0,
            (_, 1..=5) => 1,
            (_, 6..=8) => 2,
            _ => 4,
        };
        let mut picked: Vec<usize> =
            (0..parents).map(|_| commits.len() - 1 - dice.below(commits.len().min(5))).collect();
        picked.sort_unstable();
        picked.dedup();
        // A merge takes files of every parent, so that clean, one-sided and evil ones come about.
        let mut files = BTreeMap::new();
        for &parent in &picked {
            for (path, file) in &commits[parent].1 {
                if dice.below(4) != 0 {
                    files.insert(path.clone(), *file);
                }
            }
        }
        for _ in 0..dice.below(3) {
            let path = format!("{}/{}", dice.pick(&["a", "b", "a/c"]), dice.pick(&["x", "y", "z"]));
            let mode = *dice.pick(&[0o100_644, 0o100_755, 0o120_000, 0o160_000]);
            files.insert(path, (mode, *dice.pick(&blobs)));
        }
        let seconds = if right { number } else { dice.below(1000) };
        let seconds = 1_700_000_000 + i64::try_from(seconds).expect("small");
        let who = git2::Signature::new("A", "a@example.com", &git2::Time::new(seconds, 0));
        let who = who.expect("a signature");
        let tree = written(repo, &files);
        let parents: Vec<git2::Commit> =
            picked.iter().map(|&at| repo.find_commit(commits[at].0).expect("a commit")).collect();
        let parents: Vec<&git2::Commit> = parents.iter().collect();
        let message = number.to_string();
        let id = repo.commit(None, &who, &who, &message, &tree, &parents).expect("a commit");
        commits.push((id, files));
    }
    commits.into_iter().map(|(id, _)| id).collect()
}

type Planned = BTreeMap<String, (u32, git2::Oid)>;

fn written<'a>(repo: &'a git2::Repository, files: &Planned) -> git2::Tree<'a> {
    let mut index = git2::Index::new().expect("an index");
    for (path, (mode, id)) in files {
        let zero = git2::IndexTime::new(0, 0);
        let entry = git2::IndexEntry {
            ctime: zero,
            mtime: zero,
            dev: 0,
            ino: 0,
            mode: *mode,
            uid: 0,
            gid: 0,
            file_size: 0,
            id: *id,
            flags: 0,
            flags_extended: 0,
            path: path.as_bytes().to_vec(),
        };
        index.add(&entry).expect("an entry");
    }
    let id = index.write_tree_to(repo).expect("a tree");
    repo.find_tree(id).expect("a tree")
}

#[test]
fn a_range_brings_what_libgit2_finds_commit_by_commit() {
    in_clean_process("history::a_range_brings_what_libgit2_finds_commit_by_commit", || {
        let repo = Repo::new();
        let oracle = git2::Repository::open(&repo.top).expect("libgit2 opens it");
        let mut dice = Dice::new(3);
        let (mut merges, mut seen) = (0, 0);
        for history in 0..10 {
            // Where clocks were wrong git takes some commits for new that are not: it may say more, never less.
            let right = history % 5 != 0;
            let commits = grow(&oracle, &mut dice, right);
            for _ in 0..16 {
                let (from, to) = (*dice.pick(&commits), *dice.pick(&commits));
                let from = (dice.below(4) != 0).then_some(from);
                let name = from.map_or("0".repeat(40), |from| from.to_string());
                let found = ours(&repo, &name, &to.to_string());
                let expected = libgit2s(&oracle, from, to);
                let missed: Vec<_> = expected.difference(&found).collect();
                assert!(missed.is_empty(), "history {history}: {name}..{to}: {missed:?}");
                if right {
                    assert_eq!(found, expected, "history {history}: {name}..{to}");
                }
                seen += found.len();
                merges += found
                    .iter()
                    .filter(|(id, ..)| {
                        let id = git2::Oid::from_str(id).expect("an id");
                        oracle.find_commit(id).expect("a commit").parent_count() > 1
                    })
                    .count();
            }
        }
        assert!(seen > 400 && merges > 50, "only {seen} files, {merges} of merges");
    });
}
