//! git-filter-repo takes a file out of all commits of a push, as the hint says.

use crate::desk::Desk;
use crate::{database, tools};

/// The hints of a push of what is checked out to a remote that has `has`.
fn pushed(desk: &Desk, has: &str) -> Vec<String> {
    desk.refused(&format!(
        "echo refs/heads/main $(git rev-parse HEAD) refs/heads/main {has} | check-push origin ../server.git"
    ))
}

#[test]
fn a_file_is_taken_out_of_many_commits() {
    if tools::find("git-filter-repo").is_none() {
        return;
    }
    let zeros = "0".repeat(40);
    for (path, is_root, is_merge) in [
        ("app.db", false, false),
        ("app.db", true, false),
        ("data dir/-it's $HOME.db", false, false),
        ("-app.db", false, true),
    ] {
        let desk = Desk::new();
        desk.git("init -q --bare ../server.git");
        desk.write("README", b"a project\n");
        if !is_root {
            desk.commit("notes.txt", b"notes");
        }
        let has = if is_root { zeros.clone() } else { desk.git("rev-parse HEAD") };
        if !is_root {
            desk.git("push -q ../server.git HEAD:refs/heads/main");
        }
        if is_merge {
            desk.git("checkout -qb other");
            desk.commit("other.txt", b"other");
            desk.git("checkout -q main");
            desk.commit("main.txt", b"main");
            desk.git("merge -q --no-commit other");
        }
        desk.commit(path, &database(1));
        desk.commit("later.txt", b"later");
        desk.commit(path, &database(2));
        desk.commit("last.txt", b"last");
        let hints = pushed(&desk, &has);
        let words = "or out of all commits that have it";
        let command = desk.command(&hints, words);
        for unsaved in
            ["echo changed >README", "echo new >new.txt && git add new.txt && rm new.txt"]
        {
            desk.passes(unsaved);
            assert!(!desk.succeeds(&command), "what is not committed would be lost: {command}");
            desk.git("reset -q --hard");
        }
        desk.run(&hints, "copy it first, where it is on disk");
        // The copy is no part of the history, and is left alone.
        desk.run(&hints, words);
        assert_eq!(desk.read(&format!("{path}.keep")), database(2));
        let kept = desk.git("log --format= --name-only HEAD");
        assert!(!kept.contains(".db") && kept.contains("last.txt"), "{path}: {kept}");
        assert_eq!(desk.git("rev-list --merges --count HEAD"), if is_merge { "1" } else { "0" });
        if !is_root {
            desk.git(&format!("merge-base --is-ancestor {has} HEAD"));
        }
    }
}

#[test]
fn what_a_remote_has_and_what_is_in_a_directory_of_that_name_stays() {
    if tools::find("git-filter-repo").is_none() {
        return;
    }
    let desk = Desk::with_a_commit();
    desk.git("init -q --bare ../server.git");
    desk.git("remote add origin ../server.git");
    desk.git("push -q origin main");
    let has = desk.git("rev-parse HEAD");
    desk.commit("data", &database(1));
    // Meanwhile there is something that git-filter-repo would write anew, were it to.
    desk.git("checkout -qb other origin/main");
    desk.write("theirs.txt", b"theirs");
    desk.git("add theirs.txt");
    desk.git("-c i18n.commitEncoding=ISO-8859-1 commit -qm theirs");
    desk.git("push -q origin other:main");
    desk.git("checkout -q main");
    desk.git("pull -q --no-rebase --no-edit origin main");
    desk.git("rm -q data");
    desk.git("commit -qm 'no database'");
    desk.commit("data/main.c", b"int main;");
    let theirs = desk.git("rev-parse origin/main");
    let hints = pushed(&desk, &has);
    desk.run(&hints, "or out of all commits that have it");
    assert_eq!(desk.read("data/main.c"), b"int main;");
    assert_eq!(desk.git("log --format= --name-only HEAD -- data"), "data/main.c");
    desk.git(&format!("merge-base --is-ancestor {theirs} HEAD"));
    desk.git("push -q origin main");
}
