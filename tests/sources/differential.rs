//! What is staged, over random indexes: equal to what libgit2 and git say of the same index and HEAD.

use std::collections::BTreeSet;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use bstr::ByteSlice;
use dataward::content::{Depth, Limits};
use dataward::source::{Repository, Source};

use crate::support::{Dice, Repo, in_clean_process};

/// A path, the blob that is about to be committed, and the one before.
type Change = (Vec<u8>, String, Option<String>);

/// What `Source::Staged` enumerates.
pub(crate) fn ours(top: &Path) -> BTreeSet<Change> {
    let repository = Repository::find(top).expect("it opens").expect("a repository");
    let snapshot = Source::Staged
        .take(Some(&repository), top, Depth::Deep, Limits::default())
        .expect("a snapshot");
    let files = snapshot.files.iter();
    files
        .map(|file| (file.path.to_vec(), file.blob().expect("a blob").clone(), file.before.clone()))
        .collect()
}

fn is_blob(mode: &str) -> bool {
    mode.starts_with("10") || mode.starts_with("12")
}

/// The same from git. Left out on purpose: deletions, submodules, and what is only intended to be added (git leaves that out itself).
/// Of an unmerged path, which git gives no blob, each side is looked at.
fn gits(repo: &Repo) -> BTreeSet<Change> {
    let raw = repo.feed(&["diff", "--cached", "--raw", "--no-renames", "--no-abbrev", "-z"], b"");
    let mut changes = BTreeSet::new();
    let mut fields = raw.split_str(b"\0").filter(|field| !field.is_empty());
    while let Some(about) = fields.next() {
        let path = fields.next().expect("a path").to_vec();
        let words: Vec<&str> = about[1..].to_str().expect("ASCII").split(' ').collect();
        let [old_mode, mode, old, new, status] = words[..] else { panic!("{words:?}") };
        if status != "U" && is_blob(mode) {
            changes.insert((path, new.to_owned(), is_blob(old_mode).then(|| old.to_owned())));
        }
    }
    let unmerged = repo.feed(&["ls-files", "--unmerged", "-z"], b"");
    for entry in unmerged.split_str(b"\0").filter(|entry| !entry.is_empty()) {
        let (about, path) = entry.split_once_str(b"\t").expect("a tab");
        let words: Vec<&str> = about.to_str().expect("ASCII").split(' ').collect();
        if is_blob(words[0]) {
            let before = before(repo, path);
            changes.insert((path.to_vec(), words[1].to_owned(), before));
        }
    }
    changes
}

fn before(repo: &Repo, path: &[u8]) -> Option<String> {
    let path = std::ffi::OsStr::from_bytes(path);
    let mut command = repo.command("git");
    command.env("GIT_LITERAL_PATHSPECS", "1").args(["ls-tree", "HEAD", "--"]).arg(path);
    let entry = command.output().expect("git runs").stdout;
    let words: Vec<&[u8]> = entry.split(|byte| b" \t".contains(byte)).collect();
    words.get(2).filter(|_| words[1] == b"blob").map(|id| id.to_str_lossy().into_owned())
}

/// The same from libgit2, which knows neither split nor sparse indexes.
fn libgit2s(top: &Path) -> BTreeSet<Change> {
    let repo = git2::Repository::open(top).expect("libgit2 opens it");
    let index = repo.index().expect("libgit2 reads the index");
    let tree = repo.head().ok().map(|head| head.peel_to_tree().expect("a tree"));
    let mut options = git2::DiffOptions::new();
    options.include_typechange(true);
    let diff = repo.diff_tree_to_index(tree.as_ref(), Some(&index), Some(&mut options));
    let blob = |mode: git2::FileMode| {
        use git2::FileMode::{Blob, BlobExecutable, BlobGroupWritable, Link};
        matches!(mode, Blob | BlobExecutable | BlobGroupWritable | Link)
    };
    let intended: BTreeSet<Vec<u8>> = index
        .iter()
        .filter(|entry| {
            let flag = git2::IndexEntryExtendedFlag::INTENT_TO_ADD.bits();
            entry.flags_extended & flag != 0
        })
        .map(|entry| entry.path)
        .collect();
    let mut changes = BTreeSet::new();
    for delta in diff.expect("a diff").deltas() {
        let (old, new) = (delta.old_file(), delta.new_file());
        let path = new.path_bytes().or(old.path_bytes()).expect("a path").to_vec();
        if delta.status() == git2::Delta::Conflicted
            || !blob(new.mode())
            || !new.exists()
            || intended.contains(&path)
        {
            continue;
        }
        let before = (old.exists() && blob(old.mode())).then(|| old.id().to_string());
        changes.insert((path, new.id().to_string(), before));
    }
    for conflict in index.conflicts().expect("its conflicts").map(|it| it.expect("a conflict")) {
        for side in [conflict.ancestor, conflict.our, conflict.their].into_iter().flatten() {
            if !matches!(side.mode >> 12, 0o10 | 0o12) {
                continue;
            }
            let before = tree.as_ref().and_then(|tree| {
                let entry =
                    tree.get_path(Path::new(std::ffi::OsStr::from_bytes(&side.path))).ok()?;
                (entry.kind() == Some(git2::ObjectType::Blob)).then(|| entry.id().to_string())
            });
            changes.insert((side.path, side.id.to_string(), before));
        }
    }
    changes
}

const NAMES: &[&[u8]] = &[b"a", b"a-b", b"a.b", b"a0", b"b", b"\xff", b"n\nl", b"-x", b":(glob)*"];

fn some_path(dice: &mut Dice) -> Vec<u8> {
    let depth = 1 + dice.below(4);
    let parts: Vec<&[u8]> = (0..depth).map(|_| *dice.pick(NAMES)).collect();
    parts.join(&b'/')
}

/// Repository, its blobs, and what is thrown next.
struct Play {
    repo: Repo,
    blobs: Vec<String>,
    dice: Dice,
}

impl Play {
    fn new(seed: u64, configuration: &[(&str, &str)]) -> Play {
        let repo = Repo::new();
        for (key, value) in configuration {
            repo.git(&["config", key, value]);
        }
        let blobs = (0..5).map(|n| repo.blob(format!("blob {n}\n").as_bytes())).collect();
        Play { repo, blobs, dice: Dice::new(seed) }
    }

    /// A few random changes of the index, written by git in one go.
    fn change(&mut self, unmerged: bool) {
        let indexed = self.repo.feed(&["ls-files", "-z"], b"");
        let indexed: Vec<&[u8]> = indexed.split_str(b"\0").filter(|it| !it.is_empty()).collect();
        let mut lines = Vec::new();
        for _ in 0..1 + self.dice.below(6) {
            let known = !indexed.is_empty() && self.dice.below(2) == 0;
            let path = match known {
                true => self.dice.pick(&indexed).to_vec(),
                false => some_path(&mut self.dice),
            };
            let blob = self.dice.pick(&self.blobs).clone();
            let mut line = |about: String| {
                lines.extend_from_slice(about.as_bytes());
                lines.extend_from_slice(&path);
                lines.push(0);
            };
            match self.dice.below(12) {
                0..2 => line(format!("0 {}\t", "0".repeat(40))),
                2 => line(format!("120000 {blob}\t")),
                3 => line(format!("160000 {}\t", "1".repeat(40))),
                4 => line(format!("100755 {blob}\t")),
                5 if unmerged => {
                    line(format!("0 {}\t", "0".repeat(40)));
                    let other = self.dice.pick(&self.blobs).clone();
                    line(format!("100644 {other} 1\t"));
                    line(format!("100755 {blob} 2\t"));
                    line(format!("120000 {other} 3\t"));
                }
                _ => line(format!("100644 {blob}\t")),
            }
        }
        self.repo.feed(&["update-index", "-z", "--index-info"], &lines);
        if self.dice.below(4) == 0 {
            let name = format!("intended{}", self.dice.below(3));
            self.repo.write(&name, b"soon\n");
            self.repo.git(&["add", "--intent-to-add", "--", &name]);
        }
    }

    /// Brings the tree that the index remembers of itself, and HEAD, into another state.
    fn settle(&mut self) {
        let is_unmerged = !self.repo.feed(&["ls-files", "--unmerged", "-z"], b"").is_empty();
        let choice = self.dice.below(8);
        if is_unmerged || choice >= 4 {
            if is_unmerged && choice < 2 {
                self.repo.git(&["read-tree", "--empty"]);
            }
            return;
        }
        let tree = self.repo.git(&["write-tree", "--missing-ok"]);
        if choice < 3 {
            let commit = self.repo.git(&["commit-tree", "-m", "x", &tree]);
            self.repo.git(&["update-ref", "HEAD", &commit]);
        }
        if choice == 2 {
            self.repo.git(&["read-tree", "HEAD"]);
        }
    }
}

/// Plays random changes, and compares after each; how many changes were seen, so that nobody compares nothings.
fn play(
    seed: u64,
    rounds: usize,
    configuration: &[(&str, &str)],
    libgit2: bool,
    (setup, extension): (&[&str], &[u8]),
) {
    let mut play = Play::new(seed, configuration);
    let mut seen = 0;
    for round in 0..rounds {
        play.change(round % 3 == 2);
        if round == 0 && !setup.is_empty() {
            play.repo.git(setup);
        }
        let index = std::fs::read(play.repo.path(".git/index")).expect("an index");
        assert!(index.contains_str(extension), "the index has no {}", extension.as_bstr());
        let expected = gits(&play.repo);
        let found = ours(&play.repo.top);
        assert_eq!(found, expected, "seed {seed}, round {round}: git differs");
        if libgit2 {
            let expected = libgit2s(&play.repo.top);
            assert_eq!(found, expected, "seed {seed}, round {round}: libgit2 differs");
        }
        seen += found.len();
        play.settle();
    }
    assert!(seen > rounds, "only {seen} changes in {rounds} rounds");
}

macro_rules! each_index {
    ($($name:ident: $rounds:literal, $configuration:expr, $libgit2:literal, $setup:expr;)*) => {$(
        #[test]
        fn $name() {
            in_clean_process(concat!("differential::", stringify!($name)), || {
                let (setup, extension): (&[&str], &[u8]) = $setup;
                play(line!().into(), $rounds, &$configuration, $libgit2, (setup, extension));
            });
        }
    )*};
}

each_index! {
    staged_files_are_those_that_git_and_libgit2_see: 200, [], true, (&[], b"");
    staged_files_of_a_version_2_index: 30, [("index.version", "2")], true, (&[], b"DIRC\0\0\0");
    staged_files_of_a_version_4_index: 60, [("index.version", "4")], true, (&[], b"DIRC\0\0\0\x04");
    staged_files_of_an_index_without_checksum: 20, [("index.skipHash", "true")], true, (&[], &[0; 20]);
    staged_files_of_an_index_with_an_untracked_cache: 20, [("core.untrackedCache", "true")], true,
        (&["update-index", "--force-untracked-cache"], b"UNTR");
    staged_files_of_an_index_with_a_monitor: 20, [("core.fsmonitor", "/bin/true")], true,
        (&["update-index", "--fsmonitor"], b"FSMN");
    staged_files_of_an_index_read_in_threads: 20, [("index.threads", "2"), ("index.recordOffsetTable", "true")], true,
        (&[], b"");
    staged_files_of_a_split_index: 60, [("core.splitIndex", "true"), ("splitIndex.maxPercentChange", "80")], false,
        (&["update-index", "--split-index"], b"link");
}

#[test]
fn staged_files_of_a_sparse_index() {
    in_clean_process("differential::staged_files_of_a_sparse_index", sparse);
}

fn sparse() {
    let mut play = Play::new(7, &[]);
    let repo = play.repo.clone();
    let mut commits = Vec::new();
    for round in 0..8 {
        for n in 0..4 {
            let path = format!("d{}/e{}/f{}", play.dice.below(3), play.dice.below(2), n);
            let mode = *play.dice.pick(&["100644", "100755", "120000"]);
            let blob = play.dice.pick(&play.blobs).clone();
            repo.stage(mode, &blob, path.as_bytes());
            repo.stage("100644", &blob, format!("in/f{round}").as_bytes());
        }
        let tree = repo.git(&["write-tree"]);
        let commit = repo.git(&["commit-tree", "-m", "x", &tree]);
        repo.git(&["update-ref", "HEAD", &commit]);
        commits.push(commit);
    }
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "in"]);
    let listed = repo.git(&["ls-files", "--sparse", "--stage"]);
    assert!(listed.contains("040000"), "no sparse directory: {listed}");
    let mut seen = 0;
    for commit in &commits {
        repo.git(&["update-ref", "HEAD", commit]);
        repo.add("in/new", commit.as_bytes());
        let (found, expected) = (ours(&repo.top), gits(&repo));
        assert_eq!(found, expected, "HEAD at {commit}");
        let listed = repo.git(&["ls-files", "--sparse", "--stage"]);
        assert!(listed.contains("040000"), "git has expanded the index: {listed}");
        seen += found.iter().filter(|(path, ..)| path.starts_with(b"d")).count();
    }
    assert!(seen > 8, "only {seen} changes below sparse directories");
}

#[test]
fn unmerged_paths_of_different_kinds_are_looked_at_on_each_side() {
    in_clean_process(
        "differential::unmerged_paths_of_different_kinds_are_looked_at_on_each_side",
        || {
            let play = Play::new(1, &[]);
            let (one, two) = (&play.blobs[0], &play.blobs[1]);
            let commit = "1".repeat(40);
            let lines = format!(
                "100644 {one} 1\ta\0120000 {two} 2\ta\0160000 {commit} 3\ta\0100644 {two} 3\ta/b\0"
            );
            play.repo.feed(&["update-index", "-z", "--index-info"], lines.as_bytes());
            let found = ours(&play.repo.top);
            assert_eq!(found.len(), 3, "{found:?}");
            assert_eq!(found, gits(&play.repo));
            // The side that is so in HEAD too is a part of what has to be resolved.
            play.repo.git(&["read-tree", "--empty"]);
            play.repo.commit("same", b"same\n");
            let same = play.repo.blob(b"same\n");
            let lines = format!("100644 {same} 2\tsame\0100644 {two} 3\tsame\0");
            play.repo.git(&["rm", "--quiet", "--cached", "same"]);
            play.repo.feed(&["update-index", "-z", "--index-info"], lines.as_bytes());
            let found = ours(&play.repo.top);
            let sides = found.iter().filter(|(path, ..)| path == b"same");
            assert_eq!(sides.count(), 2, "{found:?}");
            assert_eq!(found, gits(&play.repo));
            assert_eq!(found, libgit2s(&play.repo.top));
        },
    );
}
