//! What is staged, where and however a commit is made: with real commits and our native hooks.

use crate::support::{Repo, Run, database, database_of, finish};

/// A commit that our hook refuses: nothing new is there afterwards.
#[track_caller]
fn refuses(repo: &Repo, arguments: &[&str], path: &str) {
    let before = repo.try_git(&["rev-parse", "HEAD"]).out;
    let run = repo.try_git(arguments);
    assert_ne!(run.code, 0, "git {arguments:?} went through: {run:#?}");
    Run { code: 1, ..run }.finds_database(path);
    assert_eq!(repo.try_git(&["rev-parse", "HEAD"]).out, before, "HEAD has moved");
}

fn guarded() -> Repo {
    let repo = Repo::with_commit();
    repo.install();
    repo
}

#[test]
fn the_first_commit_an_ordinary_one_and_an_amended_one_are_refused() {
    let repo = Repo::new();
    repo.install();
    repo.check(&["--staged"]).passes();
    repo.add("app.db", database());
    refuses(&repo, &["commit", "-m", "x"], "app.db");
    repo.git(&["reset", "--quiet"]);
    repo.add("README", b"one\n");
    repo.git(&["commit", "--quiet", "-m", "x"]);
    repo.git(&["add", "-f", "app.db"]);
    refuses(&repo, &["commit", "-m", "x"], "app.db");
    refuses(&repo, &["commit", "--amend", "-m", "x"], "app.db");
    refuses(&repo, &["commit", "--amend", "--no-edit", "--allow-empty"], "app.db");
}

#[test]
fn the_index_counts_and_not_the_disk() {
    let repo = guarded();
    repo.add("app.db", database());
    std::fs::remove_file(repo.path("app.db")).expect("removed");
    refuses(&repo, &["commit", "-m", "x"], "app.db");
    repo.write("app.db", b"harmless\n");
    refuses(&repo, &["commit", "-m", "x"], "app.db");
    repo.git(&["add", "app.db"]);
    repo.write("app.db", database());
    repo.git(&["commit", "--quiet", "-m", "the text that is staged"]);
    repo.write("other.db", database());
    repo.git(&["commit", "--quiet", "--allow-empty", "-m", "nothing is staged"]);
    refuses(&repo, &["commit", "-a", "-m", "x"], "app.db");
}

#[test]
fn commits_of_a_part_are_looked_at_as_they_will_be() {
    let repo = guarded();
    repo.commit("notes", b"one\n");
    repo.write("notes", b"two\n");
    repo.add("app.db", database());
    refuses(&repo, &["commit", "-a", "-m", "x"], "app.db");
    refuses(&repo, &["commit", "-m", "x", "--include", "--", "notes"], "app.db");
    refuses(&repo, &["commit", "-m", "x", "--", "app.db"], "app.db");
    let patch = |repo: &Repo| {
        let mut command = repo.command("git");
        command.args(["commit", "-p", "-m", "x"]);
        Run::of(&crate::support::fed(&mut command, b"y\n"))
    };
    let run = patch(&repo);
    assert_eq!(run.code, 1, "{run:?}");
    run.finds_database("app.db");
    // The database is staged, but not a part of this commit.
    repo.git(&["commit", "--quiet", "-m", "x", "--", "notes"]);
    repo.write("notes", b"three\n");
    repo.git(&["reset", "--quiet"]);
    let run = patch(&repo);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(repo.git(&["show", "HEAD:notes"]), "three");
}

#[test]
fn a_merge_is_refused_whether_it_is_clean_or_resolved_by_hand() {
    let repo = guarded();
    repo.git(&["switch", "--quiet", "-c", "side"]);
    repo.commit("app.db", database());
    repo.git(&["switch", "--quiet", "main"]);
    repo.commit("notes", b"main\n");
    refuses(&repo, &["merge", "--no-edit", "side"], "app.db");
    repo.git(&["merge", "--abort"]);
    repo.git(&["switch", "--quiet", "side"]);
    repo.commit("notes", b"side\n");
    repo.git(&["switch", "--quiet", "main"]);
    assert_ne!(repo.try_git(&["merge", "side"]).code, 0, "a conflict");
    repo.check(&["--staged"]).finds_database("app.db");
    repo.add("notes", b"both\n");
    refuses(&repo, &["commit", "--no-edit"], "app.db");
    repo.git(&["rm", "--quiet", "--cached", "app.db"]);
    repo.git(&["commit", "--quiet", "--no-edit"]);
}

#[test]
fn a_patch_is_refused() {
    let repo = guarded();
    repo.commit("app.db", database());
    let patch = repo.git(&["format-patch", "-1", "--binary", "--stdout"]);
    repo.write("../x.patch", format!("{patch}\n").as_bytes());
    repo.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
    refuses(&repo, &["am", "../x.patch"], "app.db");
    repo.git(&["am", "--abort"]);
}

#[test]
fn a_change_that_leaves_the_bytes_alone_is_a_change() {
    let repo = guarded();
    repo.commit("app.db", database());
    repo.git(&["commit", "--quiet", "--allow-empty", "-m", "the database is there already"]);
    repo.git(&["mv", "app.db", "moved.txt"]);
    refuses(&repo, &["commit", "-m", "x"], "moved.txt");
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.git(&["update-index", "--chmod=+x", "app.db"]);
    refuses(&repo, &["commit", "-m", "x"], "app.db");
    repo.git(&["reset", "--quiet", "--hard"]);
    repo.git(&["rm", "--quiet", "app.db"]);
    repo.git(&["commit", "--quiet", "-m", "a deletion"]);
    let id = repo.blob(database());
    repo.stage("120000", &id, b"link");
    refuses(&repo, &["commit", "-m", "x"], "link");
    repo.git(&["rm", "--quiet", "--cached", "link"]);
    repo.write("intended.db", database());
    repo.git(&["add", "--intent-to-add", "intended.db"]);
    repo.check(&["--staged"]).passes();
}

#[test]
fn a_submodule_is_looked_at_in_itself() {
    let repo = guarded();
    let part = repo.beside("part");
    std::fs::create_dir(&part.top).expect("a directory");
    part.git(&["init", "--quiet", "--initial-branch=main"]);
    part.commit("app.db", database());
    let url = part.top.to_string_lossy().into_owned();
    let allow = "protocol.file.allow=always";
    repo.git(&["-c", allow, "submodule", "--quiet", "add", &url, "sub"]);
    repo.git(&["commit", "--quiet", "-m", "a submodule"]);
    let sub = repo.below("sub");
    sub.install();
    sub.check(&["--staged"]).passes();
    sub.add("new.db", &database_of(1));
    refuses(&sub, &["commit", "-m", "x"], "new.db");
    let below = sub.below("d");
    sub.add("d/deep.db", &database_of(2));
    refuses(&below, &["commit", "-m", "x"], "d/deep.db");
    repo.check(&["sub"]).passes();
    repo.check(&["--staged"]).passes();
}

#[test]
fn a_linked_work_tree_has_an_index_of_its_own() {
    let repo = guarded();
    repo.git(&["worktree", "add", "--quiet", "../linked"]);
    let linked = repo.beside("linked");
    linked.add("app.db", database());
    repo.check(&["--staged"]).passes();
    linked.check(&["--staged"]).finds_database("app.db");
    refuses(&linked, &["commit", "-m", "x"], "app.db");
    refuses(&linked, &["commit", "-a", "-m", "x"], "app.db");
}

#[test]
fn a_commit_from_a_subdirectory_names_what_to_do_from_there() {
    let repo = guarded();
    repo.add("sub/app.db", database());
    let run = repo.below("sub").try_git(&["commit", "-m", "x"]);
    assert_eq!(run.code, 1, "{run:?}");
    run.finds_database("sub/app.db");
    assert!(run.err.contains("git restore --staged -- app.db\n"), "{}", run.err);
    repo.below("sub").check(&["--staged"]).finds_database("sub/app.db");
}

#[test]
fn a_repository_and_an_index_that_the_environment_names_are_those_of_git() {
    let repo = Repo::with_commit();
    repo.commit("sub/README", b"two\n");
    repo.add("sub/app.db", database());
    repo.git(&["worktree", "add", "--quiet", "../linked"]);
    std::fs::copy(repo.path(".git/index"), repo.path("../copy")).expect("copied");
    std::fs::copy(repo.path(".git/index"), repo.path("sub/index.here")).expect("copied");
    repo.git(&["reset", "--quiet"]);
    let absolute = repo.top.to_string_lossy().into_owned();
    let git = format!("{absolute}/.git");
    let copy = repo.top.with_file_name("copy").to_string_lossy().into_owned();
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("repo", &[("GIT_INDEX_FILE", "../copy")]),
        ("repo", &[("GIT_INDEX_FILE", &copy)]),
        ("repo/sub", &[("GIT_INDEX_FILE", "../copy")]),
        ("repo/sub", &[("GIT_INDEX_FILE", "sub/index.here")]),
        ("repo/sub", &[("GIT_INDEX_FILE", &copy)]),
        ("repo", &[("GIT_DIR", ".git"), ("GIT_INDEX_FILE", "../copy")]),
        ("repo", &[("GIT_DIR", &git), ("GIT_INDEX_FILE", &copy)]),
        ("repo/sub", &[("GIT_DIR", "../.git"), ("GIT_WORK_TREE", ".."), ("GIT_INDEX_FILE", &copy)]),
        ("repo/sub", &[("GIT_DIR", &git), ("GIT_WORK_TREE", &absolute), ("GIT_INDEX_FILE", &copy)]),
        ("linked", &[("GIT_DIR", &git), ("GIT_WORK_TREE", "."), ("GIT_INDEX_FILE", "../copy")]),
        (".", &[("GIT_DIR", "repo/.git"), ("GIT_WORK_TREE", "repo"), ("GIT_INDEX_FILE", "copy")]),
        (".", &[("GIT_DIR", &git), ("GIT_INDEX_FILE", "copy")]),
    ];
    for (directory, variables) in cases {
        let place = repo.beside(directory);
        let with =
            |mut command: std::process::Command| finish(command.envs(variables.iter().copied()));
        let mut git = place.command("git");
        git.args(["diff", "--cached", "--name-only"]);
        assert_eq!(with(git).out, "sub/app.db\n", "{directory} {variables:?}");
        let run = with(place.checking());
        assert!(
            run.code == 1 && run.has("database-with-personal-data", "sub/app.db"),
            "{directory} {variables:?}: {run:#?}"
        );
        let mut range = place.checking();
        range.args(["--from-ref=HEAD~1", "--to-ref=HEAD"]);
        with(range).passes();
    }
    let mut nowhere = repo.checking();
    finish(nowhere.env("GIT_DIR", "no-such")).cannot_look("cannot open the git repository");
}

#[test]
fn a_bare_repository_has_nothing_staged() {
    let repo = Repo::with_commit();
    repo.commit("app.db", database());
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare"]);
    let bare = repo.beside("bare");
    bare.check(&["--staged"]).cannot_look("is a bare repository");
    bare.dataward(&["scan"]).finds_database("app.db");
    bare.dataward(&["scan", "--worktree"]).cannot_look("is a bare repository");
    bare.check(&["--from-ref=HEAD~1", "--to-ref=HEAD"]).finds_database("app.db");
    bare.below("refs").check(&["--staged"]).cannot_look("is a bare repository");
}

#[test]
fn every_format_of_a_repository_is_read_by_every_source() {
    for options in [
        &["--object-format=sha256"][..],
        &["--ref-format=reftable"],
        &["--object-format=sha256", "--ref-format=reftable"],
        &["--separate-git-dir=../elsewhere"],
    ] {
        let repo = Repo::init(options);
        repo.install();
        repo.check(&["--staged"]).passes();
        repo.add("first.db", database());
        refuses(&repo, &["commit", "-m", "x"], "first.db");
        repo.git(&["rm", "--quiet", "--cached", "first.db"]);
        let start = repo.commit("README", b"one\n");
        repo.git(&["add", "-f", "first.db"]);
        refuses(&repo, &["commit", "-m", "x"], "first.db");
        repo.check(&["first.db"]).finds_database("first.db");
        repo.git(&["commit", "--quiet", "--no-verify", "-m", "x"]);
        repo.check(&["--staged"]).passes();
        for range in [start.as_str(), &"0".repeat(start.len())] {
            repo.check(&[format!("--from-ref={range}"), "--to-ref=HEAD".to_owned()])
                .finds_database("first.db");
        }
        repo.dataward(&["scan"]).finds_database("first.db");
        repo.git(&["repack", "-adq"]);
        repo.dataward(&["scan", "--worktree"]).finds_database("first.db");
        repo.dataward(&["scan", "main"]).finds_database("first.db");
    }
}

#[test]
fn a_repository_of_another_user_is_read_or_the_cause_is_named() {
    let repo = Repo::with_commit();
    repo.commit("old.db", &database_of(1));
    repo.add("app.db", database());
    let chown = repo.command("chown").args(["-R", "12345:12345", "."]).status();
    if !chown.is_ok_and(|status| status.success()) {
        return crate::support::lacking("chown to another user");
    }
    repo.check(&["--staged"]).finds_database("app.db");
    repo.check(&["--from-ref=HEAD~1", "--to-ref=HEAD"]).cannot_look("dubious ownership");
    repo.dataward(&["scan"]).cannot_look("dubious ownership");
}

#[test]
fn an_index_a_head_or_a_repository_that_cannot_be_read_is_not_passed_over() {
    let repo = Repo::with_commit();
    repo.add("app.db", database());
    let index = repo.path(".git/index");
    let whole = std::fs::read(&index).expect("an index");
    let mut future = whole.clone();
    future[7] = 9;
    let mut extension = whole.clone();
    let end = extension.len() - 20;
    extension.splice(end..end, *b"must\0\0\0\0");
    for bytes in [&whole[..40], &whole[..11], b"", b"DIRC", &future, &extension, &[0; 200]] {
        std::fs::write(&index, bytes).expect("written");
        repo.check(&["--staged"]).cannot_look("cannot read the index");
        repo.check(&["README"]).cannot_look("cannot read the index");
    }
    std::fs::remove_file(&index).expect("removed");
    std::fs::create_dir(&index).expect("a directory");
    repo.check(&["--staged"]).cannot_look("cannot read the index");
    std::fs::remove_dir(&index).expect("removed");
    std::fs::write(&index, &whole).expect("written");

    let head = repo.path(".git/HEAD");
    for bytes in ["", "garbage\n", "ref: \n"] {
        std::fs::write(&head, bytes).expect("written");
        let run = repo.check(&["--staged"]);
        assert_eq!(run.code, 2, "{bytes:?}: {run:?}");
    }
    std::fs::write(&head, format!("{}\n", "1".repeat(40))).expect("written");
    repo.check(&["--staged"]).cannot_look("the commit that HEAD names");
    // A branch that is not there yet: everything is new.
    std::fs::write(&head, "ref: refs/heads/unborn\n").expect("written");
    repo.check(&["--staged"]).finds_database("app.db");
    std::fs::write(&head, "ref: refs/heads/main\n").expect("written");

    let config = repo.path(".git/config");
    let text = std::fs::read_to_string(&config).expect("a configuration");
    for broken in ["[", "[core]\nrepositoryformatversion = 99\n"] {
        std::fs::write(&config, broken).expect("written");
        let run = repo.check(&["--staged"]);
        assert_eq!(run.code, 2, "{broken:?}: {run:?}");
    }
    let unknown =
        format!("{text}[core]\nrepositoryformatversion = 1\n[extensions]\nunheardOf = 1\n");
    std::fs::write(&config, unknown).expect("written");
    let run = repo.check(&["--staged"]);
    assert_ne!(run.code, 0, "{run:?}");
    std::fs::write(&config, text).expect("written");
    repo.check(&["--staged"]).finds_database("app.db");
}

#[test]
fn hostile_names_are_looked_at_and_kept_from_the_screen() {
    let repo = Repo::with_commit();
    let id = repo.blob(database());
    let names: &[&[u8]] = &[
        b"new\nline",
        b"\x1b[31mred",
        b"'quoted\"",
        b"\xff\xfe",
        b"-x",
        b"--output=x",
        b":(glob)**",
        b"*",
        b" blank ",
        b"a\\b",
        b"$(x)",
        "\u{202e}txt".as_bytes(),
        b"error: x",
        b"\t",
    ];
    for name in names {
        repo.stage("100644", &id, name);
    }
    let staged = repo.check(&["--staged"]);
    let tree = repo.git(&["write-tree"]);
    let commit = repo.git(&["commit-tree", "-m", "x", "-p", "HEAD", &tree]);
    let range = repo.check(&["--from-ref=HEAD", &format!("--to-ref={commit}")]);
    let scanned = repo.dataward(&["scan", &commit]);
    let mut given = repo.checking();
    given.arg("--").args(
        names
            .iter()
            .map(|name| <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(name)),
    );
    for run in [staged, range, scanned, finish(&mut given)] {
        assert_eq!(run.code, 1, "{run:?}");
        let places = run.err.lines().filter(|line| line.starts_with(" --> ")).count();
        assert_eq!(places, names.len(), "{}", run.err);
        assert!(!run.err.contains(|c: char| c.is_control() && c != '\n'), "{:?}", run.err);
        assert!(!run.err.contains('\u{202e}'), "{:?}", run.err);
    }
    assert!(!repo.path("x").exists());
}

#[test]
fn directories_nested_too_deeply_are_refused_and_those_within_bounds_looked_at() {
    let repo = Repo::with_commit();
    let id = repo.blob(database());
    let nested = |depth: usize| ["a/".repeat(depth).as_bytes(), b"app.db"].concat();
    for version in ["2", "4"] {
        repo.git(&["config", "index.version", version]);
        repo.git(&["read-tree", "--empty"]);
        repo.stage("100644", &id, &nested(1500));
        repo.check(&["--staged"]).finds_database(&("a/".repeat(1500) + "app.db"));
        for depth in [2100, 6000, 100_000] {
            repo.git(&["read-tree", "--empty"]);
            repo.stage("100644", &id, &nested(depth));
            let run = repo.check(&["--staged"]);
            assert_eq!(run.code, 2, "{version} {depth}: {}", run.err.len());
            assert!(!run.err.contains("internal error"), "{}", run.err);
        }
    }
}
