//! The hook under pre-commit and prek: they hand on one ref of a push, and say so.

use crate::Desk;
use crate::frameworks::each;

/// A desk whose framework runs `check-push` as its hook before a push.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for (variable, name) in [("PRE_COMMIT_HOME", "pre-commit"), ("PREK_HOME", "prek")] {
        let home = desk.repo.home.path().join(name);
        desk.repo.variables.push((variable, home.to_str().unwrap().to_owned()));
    }
    std::fs::remove_file(desk.repo.top.join(".git/hooks/pre-push")).unwrap();
    let hook = format!(
        "repos:\n- repo: local\n  hooks:\n  - id: check-push\n    name: check-push\n    language: system\n    entry: {}\n    \
         stages: [pre-push]\n    pass_filenames: false\n    always_run: true\n    require_serial: true\n    verbose: true\n",
        crate::CHECK_PUSH
    );
    desk.repo.stage(".pre-commit-config.yaml", &hook);
    desk.repo.force("configuration");
    desk
}

#[test]
fn one_ref_is_looked_at_commit_by_commit() {
    each(|framework| {
        let desk = desk();
        let install = ["install", "--hook-type", "pre-push"];
        desk.repo.run(&framework.program, install).ok();
        desk.push("origin main").says(0, &["a native hook sees them all: dataward install"]);
        let commit = desk.database("app.bin");
        desk.remove("app.bin");
        desk.push("origin main").says(1, &["app.bin", &commit[..8], "pushed to refs/heads/main"]);
        desk.push("origin main:new").says(1, &["app.bin", "pushed to refs/heads/new"]);
        desk.repo.git(["reset", "--quiet", "--hard", "HEAD~2"]).ok();
        desk.repo.git(["switch", "--quiet", "--create", "other"]).ok();
        desk.note("a.txt");
        desk.push("origin other").ok();
    });
}

#[test]
fn a_whole_history_is_pushed_for_the_first_time() {
    each(|framework| {
        let desk = desk();
        let install = ["install", "--hook-type", "pre-push"];
        desk.repo.run(&framework.program, install).ok();
        desk.database("app.bin");
        desk.remove("app.bin");
        let other = desk.repo.home.path().join("other.git");
        desk.repo.git(["init", "--quiet", "--bare", other.to_str().unwrap()]).ok();
        desk.repo.git(["remote", "add", "other", other.to_str().unwrap()]).ok();
        desk.push("other main").says(1, &["app.bin"]);
    });
}
