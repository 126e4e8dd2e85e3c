//! The baseline is read from where the policy is, and not at all where something in it is no entry.

use std::fs;
use std::os::unix::fs::symlink;

use dataward::policy::{Baseline, Entry, KnownBy, MAX_ENTRIES, MAX_ENTRY};

use crate::support::{Repo, database, database_of, finish};

const DIRECTORY: &str = ".dataward-baseline";

fn adopted() -> Repo {
    let repo = Repo::with_commit();
    repo.commit("app.db", database());
    repo.dataward(&["baseline"]).passes();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "accept"]);
    repo
}

fn entry(repo: &Repo) -> std::path::PathBuf {
    fs::read_dir(repo.path(DIRECTORY)).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn in_ci_the_baseline_of_the_base_counts() {
    let repo = adopted();
    let base = repo.head();
    repo.commit("new.db", &database_of(1));
    repo.dataward(&["baseline"]).passes();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "let me through"]);
    repo.dataward(&["scan"]).passes();
    let run = repo.dataward(&["scan", "--policy-from", &base]);
    run.finds_database("new.db");
    assert!(!run.has("database-with-personal-data", "app.db"), "{}", run.err);
    let range = ["--from-ref=HEAD~2", "--to-ref=HEAD", "--policy-from"];
    repo.check(&[&range[..], &["HEAD~2"]].concat()).finds_database("new.db");
    repo.check(&[&range[..], &["HEAD"]].concat()).passes();
}

#[test]
fn it_is_beside_the_policy_that_is_named_and_in_the_tree_of_a_bare_repository() {
    let repo = adopted();
    let elsewhere = repo.beside("elsewhere");
    elsewhere.write("policy.yaml", b"version: 1\n");
    let policy = elsewhere.path("policy.yaml");
    let arguments = ["scan", "--policy", policy.to_str().unwrap()];
    repo.dataward(&arguments).finds_database("app.db");
    let copied = elsewhere.path(DIRECTORY);
    fs::create_dir(&copied).unwrap();
    let entry = entry(&repo);
    fs::copy(&entry, copied.join(entry.file_name().unwrap())).unwrap();
    repo.dataward(&arguments).passes();

    let bare = repo.beside("bare.git");
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    bare.dataward(&["scan"]).passes();
    bare.dataward(&["baseline"]).cannot_look("is a bare repository");
}

#[test]
fn what_is_no_entry_is_refused_on_disk() {
    let change = |with: &dyn Fn(&Repo)| {
        let repo = adopted();
        with(&repo);
        repo.add("text", b"harmless\n");
        repo.check::<&str>(&[])
    };
    let replace = |repo: &Repo, with: &[u8]| fs::write(entry(repo), with).unwrap();
    change(&|repo| replace(repo, b"")).cannot_look("is no entry as dataward writes it");
    change(&|repo| replace(repo, b"\xff\x00")).cannot_look("is no entry as dataward writes it");
    change(&|repo| {
        let text = fs::read_to_string(entry(repo)).unwrap();
        replace(repo, text.replace("app.db", "a.db").as_bytes());
    })
    .cannot_look("has not the name of its entry");
    change(&|repo| replace(repo, &vec![b'a'; MAX_ENTRY + 1])).cannot_look("larger than 64 KiB");
    change(&|repo| fs::File::create(entry(repo)).unwrap().set_len(1 << 40).unwrap())
        .cannot_look("larger than 64 KiB");
    change(&|repo| {
        let file = entry(repo);
        fs::rename(&file, repo.path("moved")).unwrap();
        symlink(repo.path("moved"), file).unwrap();
    })
    .cannot_look("is a symbolic link; a baseline entry must be");
    change(&|repo| {
        fs::rename(repo.path(DIRECTORY), repo.path("moved")).unwrap();
        symlink("moved", repo.path(DIRECTORY)).unwrap();
    })
    .cannot_look(".dataward-baseline is no directory");
    change(&|repo| {
        fs::remove_dir_all(repo.path(DIRECTORY)).unwrap();
        repo.write(DIRECTORY, b"x");
    })
    .cannot_look(".dataward-baseline is no directory");
    change(&|repo| repo.write(".dataward-baseline/sub/x", b"x")).cannot_look("sub is a directory");
    change(&|repo| repo.write(".dataward-baseline/a\x1b[31m", b"x")).cannot_look("a\\x1b[31m");
    // What begins with a dot is none of ours, and lets nothing through.
    change(&|repo| repo.write(".dataward-baseline/.DS_Store", b"x")).passes();
}

#[test]
fn what_is_no_entry_is_refused_in_a_revision() {
    let repo = adopted();
    repo.commit("text", b"harmless\n");
    let id = repo.blob(b"harmless\n");
    let scan = |stage: &dyn Fn()| {
        repo.git(&["read-tree", "HEAD"]);
        stage();
        let tree = repo.git(&["write-tree"]);
        repo.dataward(&["scan", "--policy-from", &tree])
    };
    scan(&|| ()).passes();
    scan(&|| repo.stage("100644", &id, b".dataward-baseline/.hidden")).passes();
    scan(&|| repo.stage("100644", &id, b".dataward-baseline/x")).cannot_look("x is no entry");
    scan(&|| repo.stage("120000", &id, b".dataward-baseline/x"))
        .cannot_look("x in it is no regular file");
    scan(&|| repo.stage("100644", &id, b".dataward-baseline/x/y"))
        .cannot_look("x in it is no regular file");
    let large = repo.blob(&vec![b'a'; MAX_ENTRY + 1]);
    scan(&|| repo.stage("100644", &large, b".dataward-baseline/x"))
        .cannot_look("larger than 65536 bytes");
    for mode in ["100644", "120000"] {
        scan(&|| {
            repo.git(&["rm", "--quiet", "-r", "--cached", DIRECTORY]);
            repo.stage(mode, &id, DIRECTORY.as_bytes());
        })
        .cannot_look("it is no directory there");
    }
    repo.dataward(&["scan", "--policy-from", "nowhere"]).cannot_look("nowhere");
}

#[test]
fn there_is_room_for_so_many_entries_and_no_more() {
    let mut baseline = Baseline::default();
    let mut take = |number: usize| {
        let known_by = KnownBy::Anchor(number.to_string());
        let entry = Entry { path: "a".into(), rule: "r".to_owned(), known_by };
        baseline.take(entry.name().as_str().into(), entry.text().as_bytes(), "here")
    };
    (0..MAX_ENTRIES).for_each(|it| take(it).unwrap());
    let error = take(MAX_ENTRIES).unwrap_err().to_string();
    assert!(error.starts_with("here has more than 100000 entries"), "{error}");
}

#[test]
fn a_linked_work_tree_has_its_own() {
    let repo = adopted();
    repo.git(&["worktree", "add", "--quiet", "../linked", "HEAD~1"]);
    let linked = repo.beside("linked");
    linked.dataward(&["scan"]).finds_database("app.db");
    repo.dataward(&["scan"]).passes();
    // A hook of git, which sets GIT_DIR and GIT_INDEX_FILE.
    linked.git(&["checkout", "--quiet", "--detach", "main"]);
    let git_dir = linked.git(&["rev-parse", "--absolute-git-dir"]);
    linked.add("app.db", database());
    let index = format!("{git_dir}/index");
    let run = finish(linked.checking().env("GIT_DIR", &git_dir).env("GIT_INDEX_FILE", index));
    run.passes();
}
