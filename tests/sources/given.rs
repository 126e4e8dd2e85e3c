//! Files that are named one by one, as pre-commit and people do.

use crate::support::{Repo, database, database_of, finish};

/// Each way to write a path of a tracked file, from the directory `sub`.
const WAYS: &[&str] = &[
    "app.db",
    "./app.db",
    ".//app.db",
    "././app.db",
    "../sub/app.db",
    "x/../app.db",
    "../link/app.db",
    "x/./../app.db",
    "../sub/./app.db",
];

#[test]
fn a_tracked_file_is_read_from_the_index_however_its_path_is_written() {
    let repo = Repo::with_commit();
    repo.add("sub/app.db", database());
    repo.add("sub/text", b"harmless\n");
    repo.write("sub/x/file", b"");
    std::os::unix::fs::symlink("sub", repo.path("link")).expect("a link");
    repo.write("sub/app.db", b"harmless\n");
    repo.write("sub/text", database());
    let sub = repo.below("sub");
    let absolute = sub.path("app.db").to_string_lossy().into_owned();
    for way in WAYS.iter().copied().chain([absolute.as_str()]) {
        let run = sub.check(&[way]);
        assert!(run.code == 1 && run.err.contains(" --> sub/app.db (staged)"), "{way}: {run:#?}");
        sub.check(&[way.replace("app.db", "text")]).passes();
    }
    for way in ["sub/app.db", "sub//app.db", "./sub/./app.db", "link/app.db", "link/../sub/app.db"]
    {
        let run = repo.check(&[way]);
        assert!(run.code == 1 && run.err.contains(" --> sub/app.db (staged)"), "{way}: {run:#?}");
        repo.check(&[way.replace("app.db", "text")]).passes();
    }
    let outside = repo.beside(".");
    let run = outside.check(&["repo/sub/text"]);
    assert!(run.code == 1 && run.err.contains(" --> repo/sub/text (on disk)"), "{run:#?}");
    repo.git(&["commit", "--quiet", "-m", "x"]);
    assert!(repo.check(&["sub/app.db"]).err.contains(" --> sub/app.db (in the index)"));
}

#[test]
fn an_untracked_file_is_read_from_disk_and_what_is_no_file_is_a_finding() {
    let repo = Repo::with_commit();
    repo.write("new.db", database());
    repo.write("dir/text", b"harmless\n");
    std::os::unix::fs::symlink("new.db", repo.path("link")).expect("a link");
    std::os::unix::fs::symlink("dir", repo.path("dirlink")).expect("a link");
    assert!(repo.command("mkfifo").arg("pipe").status().expect("mkfifo").success());
    repo.write("intended.db", database());
    repo.git(&["add", "--intent-to-add", "intended.db"]);
    repo.check(&["new.db"]).finds_database("new.db");
    repo.check(&["intended.db"]).finds_database("intended.db");
    repo.check(&["dir/text", "README"]).passes();
    repo.check(&["README", "new.db"]).finds_database("new.db");
    for (name, path) in [
        ("dir", "dir"),
        ("dir/", "dir/"),
        ("link", "link"),
        ("dirlink", "dirlink"),
        ("pipe", "pipe"),
        ("missing", "missing"),
        ("README/x", "README/x"),
        ("dir/../missing", "missing"),
    ] {
        let run = repo.check(&[name]);
        assert!(
            run.code == 1
                && (run.has("unreadable-file", path)
                    || run.has("unreadable-file", path.trim_end_matches('/'))),
            "{name}: {run:#?}"
        );
    }
    for name in [".", "..", "/", "/dev/null", ".git", ""] {
        let run = repo.check(&[name]);
        assert_eq!(run.code, 1, "{name:?}: {run:#?}");
    }
    repo.check(&["--", "-x"]).finds("unreadable-file", "-x");
}

#[test]
fn files_are_looked_at_outside_of_any_repository() {
    let repo = Repo::new();
    let outside = repo.beside(".");
    outside.write("app.db", database());
    outside.write("text", b"harmless\n");
    outside.check(&["text"]).passes();
    outside.check(&["app.db"]).finds_database("app.db");
    outside.check(&["text", "./app.db"]).finds_database("./app.db");
    outside.check(&["missing"]).finds("unreadable-file", "missing");
    for arguments in [&["--staged"][..], &[], &["--from-ref=a", "--to-ref=b"]] {
        outside.check(arguments).cannot_look("there is no git repository here or above");
    }
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = repo.beside("bare.git");
    bare.write("app.db", database());
    bare.check(&["app.db"]).finds_database("app.db");
}

#[test]
fn each_side_of_a_merge_that_is_not_resolved_is_read() {
    let repo = Repo::with_commit();
    let (text, db) = (repo.blob(b"harmless\n"), repo.blob(database()));
    for stages in [[&db, &text, &text], [&text, &db, &text], [&text, &text, &db]] {
        let lines: String =
            (1..4).map(|n| format!("100644 {} {n}\tfile\0", stages[n - 1])).collect();
        repo.git(&["read-tree", "HEAD"]);
        repo.feed(&["update-index", "-z", "--index-info"], lines.as_bytes());
        repo.write("file", b"harmless\n");
        repo.check(&["file"]).finds_database("file");
        repo.check(&["--staged"]).finds_database("file");
    }
}

#[test]
fn a_file_below_a_directory_that_the_index_holds_as_one_is_read_from_there() {
    let repo = Repo::with_commit();
    repo.commit("in/text", b"harmless\n");
    repo.commit("out/deep/app.db", database());
    repo.commit("out/deep/text", b"harmless\n");
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "in"]);
    assert!(repo.git(&["ls-files", "--sparse"]).contains("out/\n") || !repo.path("out").exists());
    assert!(repo.git(&["ls-files", "--sparse", "--stage"]).contains("040000"));
    repo.check(&["out/deep/app.db"]).finds_database("out/deep/app.db");
    repo.check(&["out/deep/text", "in/text", "README"]).passes();
    repo.check(&["out/deep/none"]).finds("unreadable-file", "out/deep/none");
    repo.check(&["out/deep"]).finds("unreadable-file", "out/deep");
}

#[test]
fn a_tracked_file_that_is_a_link_on_disk_is_read_from_the_index() {
    let repo = Repo::with_commit();
    repo.add("dir/app.db", &database_of(1));
    std::fs::remove_dir_all(repo.path("dir")).expect("removed");
    repo.write("other/app.db", b"harmless\n");
    std::os::unix::fs::symlink("other", repo.path("dir")).expect("a link");
    repo.check(&["dir/app.db"]).finds_database("dir/app.db");
    let mut command = repo.checking();
    command.arg("app.db").current_dir(repo.path("dir"));
    // From there the file has another name.
    finish(&mut command).passes();
}
