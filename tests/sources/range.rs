//! Ranges of commits, through the real program: what is found, which commit it is put down to, and when it could not look.

use crate::support::{Repo, Run, database, database_of};

const ZEROS: &str = "0000000000000000000000000000000000000000";

fn range(repo: &Repo, from: &str, to: &str) -> Run {
    repo.check(&[format!("--from-ref={from}"), format!("--to-ref={to}")])
}

/// A commit of the index as it stands, with these parents.
fn commit(repo: &Repo, parents: &[&str]) -> String {
    let tree = repo.git(&["write-tree"]);
    let mut arguments = vec!["commit-tree", "-m", "a commit", &tree];
    parents.iter().for_each(|parent| arguments.extend(["-p", parent]));
    let id = repo.git(&arguments);
    repo.git(&["update-ref", "HEAD", &id]);
    id
}

/// The databases found, each with the commit that it is put down to.
fn databases(run: &Run) -> Vec<(String, String)> {
    let places = run.err.lines().filter_map(|line| line.strip_prefix(" --> "));
    let split = |place: &str| {
        let (path, commit) = place.split_once(" (commit ").expect("a commit");
        let commit = commit.split([' ', ')']).next().expect("its id");
        (path.to_owned(), commit.to_owned())
    };
    places.map(split).collect()
}

#[track_caller]
fn finds(run: &Run, expected: &[(&str, &str)]) {
    assert_eq!(run.code, i32::from(!expected.is_empty()), "{run:#?}");
    let mut expected: Vec<(String, String)> =
        expected.iter().map(|(path, id)| ((*path).to_owned(), id[..8].to_owned())).collect();
    expected.sort();
    let mut found = databases(run);
    found.sort();
    assert_eq!(found, expected, "{}", run.err);
}

#[test]
fn a_database_that_is_added_and_deleted_within_the_range_is_found() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let brought = repo.commit("app.db", database());
    repo.git(&["rm", "--quiet", "app.db"]);
    repo.git(&["commit", "--quiet", "-m", "gone"]);
    let gone = repo.head();
    finds(&range(&repo, &start, "HEAD"), &[("app.db", &brought)]);
    finds(&range(&repo, ZEROS, "HEAD"), &[("app.db", &brought)]);
    finds(&range(&repo, &brought, "HEAD"), &[]);
    finds(&range(&repo, "HEAD", &start), &[]);
    finds(&range(&repo, &start, ZEROS), &[]);
    finds(&range(&repo, ZEROS, ZEROS), &[]);
    repo.git(&["tag", "-a", "-m", "a tag", "v1", &gone]);
    repo.git(&["tag", "-a", "-m", "a tag of a tag", "v2", "v1"]);
    finds(&range(&repo, &start, "v2"), &[("app.db", &brought)]);
    finds(&range(&repo, "v2", "HEAD"), &[]);
}

#[test]
fn a_database_is_put_down_to_the_oldest_commit_that_brought_it_whatever_the_clocks_say() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let brought = repo.commit("app.db", database());
    repo.git(&["rm", "--quiet", "app.db"]);
    repo.git(&["commit", "--quiet", "-m", "gone"]);
    repo.add("app.db", database());
    let tree = repo.git(&["write-tree"]);
    let mut again = repo.command("git");
    again.args(["commit-tree", "-m", "again", "-p", "HEAD", &tree]);
    let id = again.env("GIT_COMMITTER_DATE", "2020-01-01T00:00:00Z").output().expect("git");
    let id = String::from_utf8(id.stdout).expect("an id");
    finds(&range(&repo, &start, id.trim()), &[("app.db", &brought)]);
}

#[test]
fn a_merge_is_compared_with_all_its_parents() {
    let repo = Repo::with_commit();
    let start = repo.head();
    repo.git(&["switch", "--quiet", "-c", "side"]);
    let side = repo.commit("side.db", database());
    repo.git(&["switch", "--quiet", "main"]);
    let main = repo.commit("main.txt", b"main\n");

    repo.git(&["merge", "--quiet", "--no-ff", "-m", "clean", "side"]);
    let clean = repo.head();
    finds(&range(&repo, &start, &clean), &[("side.db", &side)]);
    finds(&range(&repo, &main, &clean), &[("side.db", &side)]);
    // What upstream has already is not brought by merging it.
    finds(&range(&repo, &side, &clean), &[]);

    repo.add("evil.db", &database_of(1));
    let evil = commit(&repo, &[&main, &side]);
    finds(&range(&repo, &start, &evil), &[("side.db", &side), ("evil.db", &evil)]);
    finds(&range(&repo, &side, &evil), &[("evil.db", &evil)]);

    // A database that both sides changed, resolved by a third one.
    repo.add("side.db", &database_of(2));
    let other = commit(&repo, &[&main]);
    repo.add("side.db", &database_of(3));
    let resolved = commit(&repo, &[&other, &side]);
    repo.git(&["rm", "--quiet", "--cached", "evil.db"]);
    finds(
        &range(&repo, &side, &resolved).clone_for("side.db"),
        &[("side.db", &other), ("side.db", &resolved)],
    );
}

impl Run {
    /// The same with only what is said of one path.
    fn clone_for(&self, path: &str) -> Run {
        let lines = self.err.lines().filter(|line| line.starts_with(&format!(" --> {path} (")));
        Run { code: self.code, out: self.out.clone(), err: lines.collect::<Vec<_>>().join("\n") }
    }
}

#[test]
fn an_octopus_a_root_and_unrelated_histories_are_looked_at() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let mut sides = Vec::new();
    for name in ["one", "two", "three"] {
        repo.git(&["switch", "--quiet", "-c", name, &start]);
        sides.push(repo.commit(name, name.as_bytes()));
    }
    repo.add("octopus.db", database());
    let parents: Vec<&str> = sides.iter().map(String::as_str).collect();
    let octopus = commit(&repo, &parents);
    finds(&range(&repo, &start, &octopus), &[("octopus.db", &octopus)]);

    repo.git(&["switch", "--quiet", "--orphan", "alone"]);
    let root = repo.commit("root.db", &database_of(1));
    finds(&range(&repo, &start, "alone"), &[("root.db", &root)]);
    finds(&range(&repo, "alone", &octopus), &[("octopus.db", &octopus)]);
    let joined = repo.git(&["commit-tree", "-m", "x", "-p", &octopus, "-p", &root, "HEAD^{tree}"]);
    finds(&range(&repo, &octopus, &joined), &[("root.db", &root)]);
}

#[test]
fn a_criss_cross_and_a_start_that_is_no_ancestor_bring_only_what_is_new() {
    let repo = Repo::with_commit();
    let start = repo.head();
    repo.git(&["switch", "--quiet", "-c", "side"]);
    let side = repo.commit("side.db", database());
    repo.git(&["switch", "--quiet", "main"]);
    let main = repo.commit("main.db", &database_of(1));
    let tree = |parents: [&str; 2]| {
        repo.git(&["read-tree", "-m", "--aggressive", "-i", &start, parents[0], parents[1]]);
        commit(&repo, &parents)
    };
    let (one, two) = (tree([&main, &side]), tree([&side, &main]));
    finds(&range(&repo, &one, &two), &[]);
    finds(&range(&repo, &main, &two), &[("side.db", &side)]);
    finds(&range(&repo, &side, &main), &[("main.db", &main)]);
    repo.git(&["reset", "--quiet", "--hard", &one]);
    let last = repo.commit("last.db", &database_of(2));
    finds(&range(&repo, &two, &last), &[("last.db", &last)]);
}

#[test]
fn a_range_that_cannot_be_walked_is_refused_with_its_cause() {
    let repo = Repo::with_commit();
    repo.write("file", b"");
    let tree = repo.git(&["rev-parse", "HEAD^{tree}"]);
    let missing = "1".repeat(40);
    for (from, to) in [
        ("no-such", "HEAD"),
        ("HEAD", "no-such"),
        (&missing, "HEAD"),
        (&tree, "HEAD"),
        ("HEAD", "file"),
        ("HEAD", "HEAD:README"),
        ("", "HEAD"),
        ("HEAD", "^HEAD"),
        ("^HEAD", "HEAD"),
        ("HEAD", "HEAD^-"),
        ("HEAD", "HEAD^!"),
        ("HEAD", "HEAD^@"),
        ("HEAD..HEAD", "HEAD"),
        ("--all", "HEAD"),
        ("--output=x", "HEAD"),
        ("-x", "HEAD"),
        ("HEAD", "--git-dir"),
        ("\u{1b}[31m\n", "HEAD"),
    ] {
        let run = range(&repo, from, to);
        assert_eq!(run.code, 2, "{from:?}..{to:?}: {run:?}");
        run.cannot_look("there is no commit ");
        assert!(!run.err.contains('\u{1b}'), "{}", run.err);
    }
    assert!(!repo.path("x").exists());
    repo.check(&["--from-ref", "HEAD"]).cannot_look("--to-ref");
}

#[test]
fn a_branch_may_be_called_as_an_option_or_a_file_is() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let brought = repo.commit("app.db", database());
    for name in ["-x", "--output=x", "--all", "app.db", "README", "--end-of-options"] {
        repo.git(&["update-ref", &format!("refs/heads/{name}"), "HEAD"]);
        finds(&range(&repo, &start, name), &[("app.db", &brought)]);
        repo.git(&["update-ref", "-d", &format!("refs/heads/{name}")]);
    }
    assert!(!repo.path("x").exists());
}

#[test]
fn a_shallow_clone_is_refused_where_its_end_lies_in_the_range() {
    let origin = Repo::with_commit();
    let ids: Vec<String> =
        (0..6).map(|n| origin.commit(&format!("f{n}"), n.to_string().as_bytes())).collect();
    let brought = origin.commit("app.db", database());
    let url = format!("file://{}", origin.top.display());
    origin.git(&["clone", "--quiet", "--depth=3", &url, "../shallow"]);
    let shallow = origin.beside("shallow");
    finds(&range(&shallow, "HEAD~1", "HEAD"), &[("app.db", &brought)]);
    finds(&range(&shallow, &ids[4], "HEAD"), &[("app.db", &brought)]);
    for from in [ZEROS, &ids[3], &ids[0], "HEAD~3", "no-such"] {
        range(&shallow, from, "HEAD").cannot_look("fetch-depth: 0");
    }
    shallow.git(&["fetch", "--quiet", "--unshallow"]);
    finds(&range(&shallow, ZEROS, "HEAD"), &[("app.db", &brought)]);
}

#[test]
fn neither_replace_refs_nor_grafts_hide_a_commit() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let brought = repo.commit("app.db", database());
    repo.git(&["rm", "--quiet", "app.db"]);
    repo.git(&["commit", "--quiet", "-m", "gone"]);
    let last = repo.head();
    let expected = [("app.db", brought.as_str())];

    let harmless = repo.git(&["commit-tree", "-m", "harmless", "-p", &start, "HEAD^{tree}"]);
    repo.git(&["replace", &brought, &harmless]);
    finds(&range(&repo, &start, &last), &expected);
    repo.git(&["replace", "-d", &brought]);

    repo.git(&["replace", "--graft", &last, &start]);
    finds(&range(&repo, &start, &last), &expected);
    repo.git(&["replace", "-d", &last]);

    repo.write(".git/info/grafts", format!("{last} {start}\n").as_bytes());
    assert_eq!(repo.git(&["rev-list", &format!("{start}..{last}")]), last, "the graft hides");
    finds(&range(&repo, &start, &last), &expected);
    std::fs::remove_file(repo.path(".git/info/grafts")).expect("removed");

    let blob = repo.git(&["rev-parse", &format!("{brought}:app.db")]);
    let other = repo.blob(b"harmless\n");
    repo.git(&["replace", "-f", &blob, &other]);
    finds(&range(&repo, &start, &last), &expected);

    let mut elsewhere = repo.checking();
    elsewhere.env("GIT_REPLACE_REF_BASE", "refs/other").env("GIT_GRAFT_FILE", "grafts");
    elsewhere.args([format!("--from-ref={start}"), format!("--to-ref={last}")]);
    finds(&crate::support::finish(&mut elsewhere), &expected);
}

#[test]
fn the_range_of_the_environment_counts_only_without_staged() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let brought = repo.commit("old.db", database());
    repo.add("new.db", &database_of(1));
    let with = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = repo.checking();
        command.args(arguments).envs(variables.iter().copied());
        crate::support::finish(&mut command)
    };
    let both = [("PRE_COMMIT_FROM_REF", start.as_str()), ("PRE_COMMIT_TO_REF", "HEAD")];
    finds(&with(&[], &both), &[("old.db", &brought)]);
    finds(&with(&["README"], &both), &[("old.db", &brought)]);
    let staged = with(&["--staged"], &both);
    staged.finds_database("new.db");
    assert!(!staged.err.contains("old.db"), "{}", staged.err);
    with(&["--from-ref=HEAD", "--to-ref=HEAD"], &both).passes();
    for alone in [&both[..1], &both[1..], &[("PRE_COMMIT_FROM_REF", ""), both[1]]] {
        with(&[], alone).finds_database("new.db");
    }
}

#[test]
fn what_a_configuration_says_of_comparing_changes_nothing() {
    let repo = Repo::with_commit();
    let start = repo.head();
    let brought = repo.commit("sub/app.db", database());
    repo.git(&["mv", "sub/app.db", "sub/moved.db"]);
    repo.git(&["commit", "--quiet", "-m", "moved"]);
    let moved = repo.head();
    let expected = [("sub/app.db", brought.as_str()), ("sub/moved.db", moved.as_str())];
    repo.write("orders", b"*.txt\n");
    for (key, value) in [
        ("diff.renames", "copies"),
        ("diff.relative", "true"),
        ("diff.orderFile", "orders"),
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.trustExitCode", "true"),
        ("core.abbrev", "4"),
        ("core.quotePath", "true"),
        ("log.showRoot", "false"),
        ("log.diffMerges", "first-parent"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("core.commitGraph", "false"),
        ("i18n.logOutputEncoding", "UTF-16"),
    ] {
        repo.git(&["config", key, value]);
    }
    for directory in [repo.clone(), repo.below("sub")] {
        let run = range(&directory, &start, "HEAD");
        assert_eq!(databases(&run).len(), 2, "{}", run.err);
        finds(&run, &expected);
    }
}
