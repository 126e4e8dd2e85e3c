//! Objects that are elsewhere, replaced, broken or not there at all.

use std::path::PathBuf;

use crate::support::{Repo, database, database_of, finish};

fn loose(repo: &Repo, id: &str) -> PathBuf {
    repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
}

fn overwrite(path: &std::path::Path, bytes: &[u8]) {
    std::fs::remove_file(path).expect("removed");
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn alternates_are_read() {
    let repo = Repo::with_commit();
    repo.commit("app.db", database());
    repo.git(&["clone", "--quiet", "--shared", ".", "../shared"]);
    repo.git(&["clone", "--quiet", "--shared", "../shared", "../again"]);
    for name in ["shared", "again"] {
        let shared = repo.beside(name);
        shared.check(&["--staged"]).passes();
        shared.git(&["reset", "--quiet", "--soft", "HEAD~1"]);
        shared.check(&["--staged"]).finds_database("app.db");
        shared.git(&["reset", "--quiet", "--soft", "origin/main"]);
        shared.check(&["--from-ref=HEAD~1", "--to-ref=HEAD"]).finds_database("app.db");
        shared.dataward(&["scan"]).finds_database("app.db");
    }
    std::fs::remove_dir_all(&repo.top).expect("removed");
    assert_eq!(repo.beside("again").check(&["--staged"]).code, 2);
}

#[test]
fn a_shallow_clone_has_an_index_like_any_other() {
    let origin = Repo::with_commit();
    origin.commit("README", b"two\n");
    let url = format!("file://{}", origin.top.display());
    origin.git(&["clone", "--quiet", "--depth=1", &url, "../shallow"]);
    let shallow = origin.beside("shallow");
    shallow.install();
    shallow.check(&["--staged"]).passes();
    shallow.add("app.db", database());
    shallow.check(&["--staged"]).finds_database("app.db");
    assert_eq!(shallow.try_git(&["commit", "-m", "x"]).code, 1);
    shallow.dataward(&["scan"]).passes();
}

/// A clone without these objects, nothing checked out.
fn partial(filter: &str) -> Repo {
    let origin = Repo::with_commit();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.commit("sub/app.db", database());
    origin.commit("notes", b"three\n");
    let url = format!("file://{}", origin.top.display());
    let option = format!("--filter={filter}");
    origin.git(&["clone", "--quiet", "--no-checkout", &option, &url, "../partial"]);
    origin.beside("partial")
}

fn missing(repo: &Repo) -> Vec<String> {
    let listed = repo.git(&["rev-list", "--objects", "--all", "--missing=print"]);
    let mut ids: Vec<String> =
        listed.lines().filter(|line| line.starts_with('?')).map(str::to_owned).collect();
    ids.sort();
    assert!(!ids.is_empty(), "nothing is missing");
    ids
}

#[test]
fn a_blob_that_a_partial_clone_lacks_is_a_finding_and_is_not_fetched() {
    let repo = partial("blob:none");
    let lacks = missing(&repo);
    repo.git(&["read-tree", "HEAD"]);
    repo.check(&["--staged"]).passes();
    repo.check(&["sub/app.db"]).finds("unreadable-file", "sub/app.db");
    repo.dataward(&["scan"]).finds("unreadable-file", "sub/app.db");
    repo.check(&["--from-ref=HEAD~2", "--to-ref=HEAD"]).finds("unreadable-file", "sub/app.db");
    repo.git(&["update-ref", "HEAD", "HEAD~2"]);
    let run = repo.check(&["--staged"]);
    run.finds("unreadable-file", "sub/app.db");
    assert!(run.err.contains("partial clone"), "{}", run.err);
    assert_eq!(missing(&repo), lacks, "something was fetched");
    repo.git(&["reset", "--quiet", "--hard", "origin/main"]);
    repo.dataward(&["scan"]).finds_database("sub/app.db");
}

#[test]
fn a_tree_that_a_partial_clone_lacks_is_a_cause_not_to_look() {
    let repo = partial("tree:0");
    let lacks = missing(&repo);
    repo.check(&["--staged"]).cannot_look("partial clone");
    repo.check(&["notes"]).cannot_look("partial clone");
    let id = repo.blob(database());
    repo.stage("100644", &id, b"new.db");
    repo.check(&["--staged"]).cannot_look("partial clone");
    repo.dataward(&["scan"]).cannot_look("partial clone");
    repo.check(&["--from-ref=HEAD~1", "--to-ref=HEAD"]).cannot_look("partial clone");
    assert_eq!(missing(&repo), lacks, "something was fetched");
}

#[test]
fn a_replaced_object_hides_nothing() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let with = repo.commit("app.db", database());
    let (blob, tree) =
        (repo.git(&["rev-parse", "HEAD:app.db"]), repo.git(&["rev-parse", "HEAD^{tree}"]));
    let harmless = repo.blob(b"harmless\n");
    let old_tree = repo.git(&["rev-parse", &format!("{start}^{{tree}}")]);
    repo.git(&["reset", "--quiet", "--soft", &start]);
    // Each makes git itself see something else; the last two make it see nothing staged.
    for (from, to) in [(&blob, &harmless), (&start, &with), (&old_tree, &tree)] {
        repo.git(&["replace", "-f", from, to]);
        repo.check(&["--staged"]).finds_database("app.db");
        repo.check(&["app.db"]).finds_database("app.db");
        let mut elsewhere = repo.checking();
        finish(elsewhere.env("GIT_REPLACE_REF_BASE", "refs/replace/")).finds_database("app.db");
        repo.git(&["replace", "-d", from]);
    }
    for (from, to) in [(&blob, &harmless), (&with, &start), (&tree, &old_tree)] {
        repo.git(&["replace", "-f", from, to]);
        repo.git(&["config", "core.useReplaceRefs", "true"]);
        repo.dataward(&["scan", &with]).finds_database("app.db");
        repo.git(&["replace", "-d", from]);
    }
}

#[test]
fn a_staged_object_that_is_gone_or_broken_is_a_finding() {
    let repo = Repo::with_commit();
    repo.add("app.db", database());
    let id = repo.git(&["rev-parse", ":app.db"]);
    let path = loose(&repo, &id);
    let whole = std::fs::read(&path).expect("an object");
    let tree = std::fs::read(loose(&repo, &repo.git(&["rev-parse", "HEAD^{tree}"]))).expect("one");
    for bytes in [&whole[..whole.len() / 2], &whole[..3], b"", b"garbage", &tree] {
        overwrite(&path, bytes);
        for arguments in [&["--staged"][..], &["app.db"]] {
            let run = repo.check(arguments);
            // Where only the end is gone the start still tells what it is.
            assert!(run.code == 1 && run.err.contains(" --> app.db (staged)"), "{run:#?}");
            assert!(!run.err.contains("internal error"), "{run:#?}");
        }
    }
    std::fs::remove_file(&path).expect("removed");
    repo.check(&["--staged"]).finds("unreadable-file", "app.db");
    std::fs::create_dir(&path).expect("a directory");
    repo.check(&["--staged"]).finds("unreadable-file", "app.db");
    repo.stage("100644", &repo.git(&["rev-parse", "HEAD^{tree}"]), b"tree");
    repo.check(&["--staged"]).finds("unreadable-file", "tree");
}

#[test]
fn a_tree_or_a_commit_that_is_gone_or_broken_is_a_cause_not_to_look() {
    let formats = [&[][..], &["--ref-format=reftable"]];
    let names = ["HEAD", "HEAD^{tree}", "HEAD:sub"];
    for (name, format) in names.iter().flat_map(|name| formats.map(|format| (name, format))) {
        let repo = Repo::init(format);
        repo.commit("README", b"one\n");
        repo.commit("sub/text", b"harmless\n");
        repo.add("sub/app.db", database());
        let path = loose(&repo, &repo.git(&["rev-parse", name]));
        let whole = std::fs::read(&path).expect("an object");
        for bytes in [&whole[..whole.len() / 2], b"", b"garbage"] {
            overwrite(&path, bytes);
            let run = repo.check(&["--staged"]);
            assert_eq!(run.code, 2, "{name}: {run:#?}");
            assert!(!run.err.contains("internal error"), "{name}: {run:#?}");
            let runs = [
                repo.dataward(&["scan"]),
                repo.check(&["--from-ref=HEAD~1", "--to-ref=HEAD"]),
                repo.check(&["--staged"]),
                repo.check(&["sub/app.db"]),
            ];
            for run in runs {
                assert_eq!(run.code, 2, "{name}: {run:#?}");
            }
        }
        std::fs::remove_file(&path).expect("removed");
        assert_eq!(repo.check(&["--staged"]).code, 2, "{name}");
    }
}

#[test]
fn objects_are_read_from_where_the_environment_says() {
    let repo = Repo::with_commit();
    repo.commit("sub/text", b"harmless\n");
    std::fs::create_dir(repo.path("../objects")).expect("a directory");
    let ours = repo.path(".git/objects").to_string_lossy().into_owned();
    let other = repo.beside("objects").top.to_string_lossy().into_owned();
    let variables: &[&[(&str, &str)]] = &[
        &[("GIT_OBJECT_DIRECTORY", &other), ("GIT_ALTERNATE_OBJECT_DIRECTORIES", &ours)],
        &[("GIT_ALTERNATE_OBJECT_DIRECTORIES", &other)],
        &[("GIT_ALTERNATE_OBJECT_DIRECTORIES", &format!("/no/such:{other}:"))],
        &[("GIT_ALTERNATE_OBJECT_DIRECTORIES", "../objects")],
    ];
    // A commit whose objects are all elsewhere, and a database that is staged there.
    let git = |arguments: &[&str]| {
        let mut command = repo.command("git");
        let run = finish(command.args(arguments).envs(variables[0].iter().copied()));
        assert_eq!(run.code, 0, "{arguments:?} {run:?}");
    };
    repo.write("sub/more", b"more\n");
    git(&["add", "sub/more"]);
    git(&["commit", "--quiet", "-m", "more"]);
    repo.write("sub/app.db", &database_of(1));
    git(&["add", "sub/app.db"]);
    for variables in variables {
        let with =
            |mut command: std::process::Command| finish(command.envs(variables.iter().copied()));
        let run = with(repo.checking());
        assert!(run.code == 1 && run.has("database-file", "sub/app.db"), "{variables:?}: {run:#?}");
        let mut given = repo.checking();
        given.arg("sub/app.db");
        with(given).finds_database("sub/app.db");
        let mut range = repo.checking();
        range.args(["--from-ref=HEAD~1", "--to-ref=HEAD"]);
        with(range).passes();
    }
    assert_ne!(repo.check(&["--staged"]).code, 0);
}
