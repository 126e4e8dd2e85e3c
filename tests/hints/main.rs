//! Each command that a finding hints at is run where it was printed: it takes the database out, and loses nothing.

mod desk;
mod filtered;
mod scripts;
#[path = "../support/tools.rs"]
mod tools;

use desk::Desk;

/// The bytes of a small database; `rows` makes it another one.
fn database(rows: usize) -> Vec<u8> {
    let rows: String =
        (0..rows).map(|n| format!("INSERT INTO readings VALUES ({n}, 'sensor {n}');")).collect();
    dataward::content::made_from(&format!("CREATE TABLE readings (id INTEGER, label TEXT); {rows}"))
        .expect("SQL that SQLite understands")
}

#[test]
fn a_new_file_is_kept_out_of_a_commit() {
    let desk = Desk::with_a_commit();
    desk.write("app.db", &database(1));
    desk.git("add app.db");
    let hints = desk.refused("check-database-files --staged");
    desk.run(&hints, "keep it out of this commit");
    desk.passes("check-database-files --staged");
    assert_eq!(desk.read("app.db"), database(1));
    assert_eq!(desk.git("ls-files app.db"), "");
}

#[test]
fn a_new_file_is_kept_out_of_a_first_commit() {
    let desk = Desk::new();
    desk.write("app.db", &database(1));
    desk.git("add app.db");
    let hints = desk.refused("check-database-files --staged");
    desk.run(&hints, "keep it out of this commit");
    desk.passes("check-database-files --staged");
    assert_eq!(desk.read("app.db"), database(1));
    assert_eq!(desk.git("ls-files app.db"), "");
}

#[test]
fn a_changed_file_is_kept_out_of_a_commit_or_taken_out_of_git() {
    let desk = Desk::with_a_commit();
    desk.commit("app.db", &database(1));
    desk.write("app.db", &database(2));
    desk.git("add app.db");
    let hints = desk.refused("check-database-files --staged");
    desk.run(&hints, "keep it out of this commit");
    desk.passes("check-database-files --staged");
    assert_eq!(desk.read("app.db"), database(2));

    desk.run(&hints, "copy it");
    desk.run(&hints, "take it out of git and keep it on disk");
    desk.git("commit -qm 'Take the database out'");
    assert_eq!(desk.read("app.db"), database(2));
    assert_eq!(desk.read("app.db.keep"), database(2));
    assert_eq!(desk.git("ls-files"), "README");
}

#[test]
fn a_file_is_named_from_a_directory_below_the_top() {
    let desk = Desk::with_a_commit();
    desk.write("instance/it's [1].db", &database(1));
    desk.write("src/main.py", b"");
    desk.git("add -A");
    let hints = desk.refused_in("src", "check-database-files --staged");
    desk.run_in("src", &hints, "keep it out of this commit");
    desk.passes("check-database-files --staged");
    assert_eq!(desk.git("ls-files"), "README\nsrc/main.py");
}

#[test]
fn a_file_not_tracked_is_named_in_the_list_of_ignored_files() {
    let desk = Desk::with_a_commit();
    // The last line of a list may lack its line feed.
    desk.write(".gitignore", b"*.log");
    for name in ["app.db", "a *[b] c.db", "#x.db", "a\\new.db"] {
        desk.write(name, &database(1));
        let hints = desk.refused(&format!("check-database-files '{name}'"));
        desk.run(&hints, "keep it out of git");
        desk.git(&format!("check-ignore -q -- '{name}'"));
        assert_eq!(desk.git("check-ignore -- x.log"), "x.log");
    }
}

#[test]
fn a_clean_merge_is_completed_without_the_file() {
    let desk = Desk::with_a_commit();
    desk.git("checkout -qb other");
    desk.commit("app.db", &database(1));
    desk.git("checkout -q main");
    desk.commit("main.txt", b"main");
    desk.install();
    let hints = desk.refused("git merge --no-edit other");
    desk.run(&hints, "leave it out of the merge");
    assert_eq!(desk.git("ls-tree --name-only -r HEAD"), "README\nmain.txt");
    assert_eq!(desk.git("rev-list --parents -1 HEAD").split(' ').count(), 3);
    assert_eq!(desk.read("app.db"), database(1));
}

#[test]
fn a_merge_that_changes_the_file_keeps_it_as_it_is_on_this_branch() {
    let desk = Desk::with_a_commit();
    desk.commit("app.db", &database(1));
    desk.git("checkout -qb other");
    desk.commit("app.db", &database(2));
    desk.git("checkout -q main");
    desk.commit("main.txt", b"main");
    desk.install();
    let hints = desk.refused("git merge --no-edit other");
    desk.run(&hints, "keep it as it is on this branch");
    assert_eq!(desk.git("diff --stat HEAD~1 HEAD -- app.db"), "");
    assert_eq!(desk.git("rev-list --parents -1 HEAD").split(' ').count(), 3);
}

#[test]
fn a_patch_is_applied_without_the_file() {
    let desk = Desk::with_a_commit();
    desk.git("checkout -qb other");
    desk.write("notes.txt", b"notes\n");
    desk.commit("app.db", &database(1));
    desk.git("format-patch -q -1 -o ../patches --binary");
    desk.git("checkout -q main");
    desk.install();
    let hints = desk.refused("git am -q ../patches/*.patch");
    desk.run(&hints, "leave it out of the patch");
    assert_eq!(desk.git("ls-tree --name-only -r HEAD"), "README\nnotes.txt");
    assert_eq!(desk.read("app.db"), database(1));
}

#[test]
fn a_tracked_file_is_taken_out_of_git() {
    let desk = Desk::with_a_commit();
    desk.commit("app.db", &database(1));
    for command in ["dataward scan", "check-database-files app.db"] {
        let hints = desk.refused(command);
        desk.run(&hints, "copy it");
        desk.run(&hints, "take it out of git and keep it on disk");
        assert_eq!(desk.git("ls-files"), "README");
        assert_eq!(desk.read("app.db"), database(1));
        assert_eq!(desk.read("app.db.keep"), database(1));
        desk.git("reset -q");
    }
}

#[test]
fn the_last_commit_is_amended() {
    let desk = Desk::with_a_commit();
    let start = desk.git("rev-parse HEAD");
    desk.commit("app.db", &database(1));
    let range = format!("check-database-files --from-ref {start} --to-ref HEAD");
    let hints = desk.refused(&range);
    desk.run(&hints, "copy it first, where it is on disk");
    desk.run(&hints, "take it out of the last commit");
    desk.passes(&range);
    assert_eq!(desk.read("app.db"), database(1));
}

#[test]
fn an_older_commit_is_edited() {
    let desk = Desk::with_a_commit();
    let start = desk.git("rev-parse HEAD");
    desk.commit("app.db", &database(1));
    desk.commit("later.txt", b"later");
    let range = format!("check-database-files --from-ref {start} --to-ref HEAD");
    let hints = desk.refused(&range);
    desk.run(&hints, "copy it first, where it is on disk");
    desk.run_with_todo(&hints, "stop at the commit that brought it", "1s/^pick/edit/");
    desk.run(&hints, "take it out there, then go on");
    desk.passes(&range);
    assert_eq!(desk.git("ls-tree --name-only -r HEAD"), "README\nlater.txt");
    assert_eq!(desk.read("app.db.keep"), database(1));
}

#[test]
fn a_root_commit_is_edited() {
    let desk = Desk::new();
    desk.write("README", b"a project\n");
    desk.commit("app.db", &database(1));
    desk.commit("later.txt", b"later");
    let zeros = "0".repeat(40);
    let range = format!("check-database-files --from-ref {zeros} --to-ref HEAD");
    let hints = desk.refused(&range);
    desk.run(&hints, "copy it first, where it is on disk");
    desk.run_with_todo(&hints, "stop at the commit that brought it", "1s/^pick/edit/");
    desk.run(&hints, "take it out there, then go on");
    desk.passes(&range);
    assert_eq!(desk.git("ls-tree --name-only -r HEAD"), "README\nlater.txt");
    assert_eq!(desk.read("app.db.keep"), database(1));
}

#[test]
fn a_merge_that_adds_a_file_of_its_own_is_edited() {
    let desk = Desk::with_a_commit();
    let start = desk.git("rev-parse HEAD");
    desk.git("checkout -qb other");
    desk.commit("other.txt", b"other");
    desk.git("checkout -q main");
    desk.commit("main.txt", b"main");
    desk.git("merge -q --no-commit other");
    desk.commit("app.db", &database(1));
    desk.commit("later.txt", b"later");
    let range = format!("check-database-files --from-ref {start} --to-ref HEAD");
    let hints = desk.refused(&range);
    desk.run(&hints, "copy it first, where it is on disk");
    desk.run_with_todo(&hints, "stop at the commit that brought it", "/^merge/a break");
    desk.run(&hints, "take it out there, then go on");
    desk.passes(&range);
    assert_eq!(desk.git("ls-tree --name-only -r HEAD"), "README\nlater.txt\nmain.txt\nother.txt");
    assert_eq!(desk.git("rev-list --merges --count HEAD"), "1");
    assert_eq!(desk.read("app.db.keep"), database(1));
}

#[test]
fn another_revision_is_told_where_its_file_came_from() {
    let desk = Desk::with_a_commit();
    desk.commit("app.db", &database(1));
    desk.git("branch old");
    desk.git("rm -q app.db");
    desk.git("commit -qm 'Take the database out'");
    let hints = desk.refused("dataward scan old");
    let log = desk.run(&hints, "see what git knows of it");
    assert!(log.contains("Add app.db"), "{log}");
}

#[test]
fn a_commit_that_is_not_checked_out_is_not_rewritten_from_here() {
    let desk = Desk::with_a_commit();
    let start = desk.git("rev-parse HEAD");
    desk.git("checkout -qb other");
    desk.commit("app.db", &database(1));
    desk.git("checkout -q main");
    let hints = desk.refused(&format!("check-database-files --from-ref {start} --to-ref other"));
    assert!(
        hints.iter().all(|hint| !hint.contains("rebase") && !hint.contains("amend")),
        "{hints:?}"
    );
    assert!(hints[0].contains("not on the branch"), "{hints:?}");
}

#[test]
fn a_bare_repository_is_not_told_to_use_a_work_tree() {
    let desk = Desk::with_a_commit();
    desk.commit("app.db", &database(1));
    desk.git("clone -q --bare . ../bare");
    let hints = desk.refused_in("../bare", "dataward scan");
    let log = desk.run_in("../bare", &hints, "see what git knows of it");
    assert!(log.contains("Add app.db"), "{log}");
    let zeros = "0".repeat(40);
    let range = format!("check-database-files --from-ref {zeros} --to-ref HEAD");
    assert!(desk.refused_in("../bare", &range)[0].contains("not on the branch"));
}

#[test]
fn a_tracked_file_on_disk_is_taken_out_of_git_and_another_ignored() {
    let desk = Desk::with_a_commit();
    desk.commit("app.db", &database(1));
    desk.write("new.db", &database(2));
    let hints = desk.refused("dataward scan --worktree");
    desk.run(&hints, "take it out of git and keep it on disk");
    desk.run(&hints, "keep it out of git");
    assert_eq!(desk.git("ls-files"), "README");
    assert_eq!(desk.git("check-ignore new.db"), "new.db");
}

#[test]
fn a_report_that_cannot_be_written_hides_no_finding() {
    let desk = Desk::with_a_commit();
    desk.write("app.db", &database(1));
    desk.git("add app.db");
    // `refused` asserts that the finding is said.
    desk.refused("check-database-files --staged --output json:/nonexistent/report.json");
}

#[test]
fn a_condition_does_not_hold_where_a_write_ahead_log_lies_beside() {
    let desk = Desk::with_a_commit();
    desk.write(
        ".dataward.yaml",
        b"version: 1\nallow:\n  - {rule: database-file, path: fixtures/*, reason: made here, when: {rows: 10}}\n",
    );
    desk.write("fixtures/app.db", b"");
    let live = rusqlite::Connection::open(desk.path("fixtures/app.db")).expect("a database");
    live.execute_batch(
        "PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;
         CREATE TABLE readings (id INTEGER); INSERT INTO readings VALUES (1);
         PRAGMA wal_checkpoint(TRUNCATE);",
    )
    .expect("SQL that SQLite understands");
    let database = desk.read("fixtures/app.db");
    desk.git("add -A fixtures/app.db .dataward.yaml");
    desk.passes("check-database-files --staged");

    live.execute_batch(
        "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
         INSERT INTO readings SELECT i FROM n;",
    )
    .expect("SQL that SQLite understands");
    assert_eq!(desk.read("fixtures/app.db"), database, "the rows are in the log alone");
    // Staged while it is open: at its end SQLite writes the log into the database and removes it.
    desk.git("add fixtures/app.db fixtures/app.db-wal");
    drop(live);
    desk.refused("check-database-files --staged");

    desk.write("fixtures/app.db", &database);
    desk.write("fixtures/app.db-wal", b"no log");
    desk.git("add fixtures");
    desk.passes("check-database-files --staged");
}

#[test]
fn what_a_hook_from_before_stages_is_looked_at() {
    let desk = Desk::with_a_commit();
    desk.write(".git/hooks/pre-commit", b"#!/bin/sh\ngit add -A\n");
    desk.passes("chmod +x .git/hooks/pre-commit");
    desk.install();
    desk.write("app.db", &database(1));
    desk.write("notes.txt", b"notes");
    desk.git("add notes.txt");
    desk.refused("git commit -m notes");
}

#[test]
fn files_count_beside_a_range_of_the_environment() {
    let desk = Desk::with_a_commit();
    desk.write("app.db", &database(1));
    desk.git("add app.db");
    let leaked = "PRE_COMMIT_FROM_REF=HEAD PRE_COMMIT_TO_REF=HEAD check-database-files app.db";
    desk.refused(leaked);
}
