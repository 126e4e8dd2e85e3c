//! The steps that a refused push prints are taken where they are printed, and then it passes.

use crate::Desk;

/// The command of the hint that begins with these words.
fn command<'a>(said: &'a str, words: &str) -> &'a str {
    let hint = format!("hint: {words}");
    let line = said
        .lines()
        .find(|it| it.starts_with(&hint))
        .unwrap_or_else(|| panic!("no {words:?} in: {said}"));
    line.rsplit_once(": ").unwrap().1
}

fn take(desk: &Desk, command: &str, todo: &str) {
    let mut shell = desk.repo.command("sh");
    shell.args(["-c", command]).env("GIT_SEQUENCE_EDITOR", format!("sed -i -e '{todo}'"));
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_last_commit_is_amended() {
    let desk = Desk::new();
    desk.database("it's [1].bin");
    let said = desk.push("origin main").ends(1);
    take(&desk, command(&said, "copy it first"), "");
    take(&desk, command(&said, "take it out of the last commit"), "");
    desk.push("origin main").ok();
    assert!(desk.repo.top.join("it's [1].bin.keep").exists());
}

#[test]
fn an_older_commit_is_rewritten() {
    for first in [true, false] {
        let desk = Desk::new();
        if first {
            desk.repo.git(["switch", "--quiet", "--orphan", "new"]).ok();
        }
        desk.database("app.bin");
        desk.note("a.txt");
        let said = desk.push("--force origin HEAD:main").ends(1);
        assert!(said.contains("a commit on top that deletes it does not help"), "{said}");
        assert!(said.contains("change each secret in it, and tell the people"), "{said}");
        take(&desk, command(&said, "stop at the commit that brought it"), "1s/^pick/edit/");
        take(&desk, command(&said, "take it out there, then go on"), "");
        desk.push("--force origin HEAD:main").ok();
        assert!(desk.repo.top.join("app.bin").exists());
    }
}

#[test]
fn a_commit_of_another_branch_is_rewritten_there() {
    let desk = Desk::new();
    desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
    desk.database("app.bin");
    desk.note("a.txt");
    desk.repo.git(["switch", "--quiet", "main"]).ok();
    let said = desk.push("origin other").says(1, &["switch to the branch that has commit"]);
    desk.repo.git(["switch", "--quiet", "other"]).ok();
    take(&desk, command(&said, "stop at the commit that brought it"), "1s/^pick/edit/");
    take(&desk, command(&said, "take it out there, then go on"), "");
    desk.push("origin other").ok();
}
