//! Both checks in one hook: each of them always runs, and the worse exit code counts.

use std::fs;

use crate::support::Repo;
use crate::{DATAWARD, HOOKS, WIPE, hook, install, listing, uninstall};

#[test]
fn what_either_finds_is_said_in_one_go() {
    for name in HOOKS {
        let repo = Repo::new();
        install(&repo).ok();
        let hook = hook(&repo, name);
        repo.run(&hook, [""; 0]).ok();
        repo.stage("wipe.sh", WIPE);
        repo.run(&hook, [""; 0]).says(1, &["unguarded-database-wipe", "wipe.sh"]);
        repo.stage_database("app.bin");
        repo.run(&hook, [""; 0]).says(1, &["app.bin (staged)", "unguarded-database-wipe"]);
        repo.git(["rm", "--quiet", "--cached", "-f", "wipe.sh"]).ok();
        let said = repo.run(&hook, [""; 0]).says(1, &["app.bin (staged)"]);
        assert!(!said.contains("wipe.sh"), "{said}");
    }
}

#[test]
fn git_refuses_a_dangerous_script() {
    let repo = Repo::new();
    install(&repo).ok();
    repo.stage("wipe.sh", WIPE);
    repo.commit("a script").says(1, &["unguarded-database-wipe", "wipe.sh"]);
    repo.stage("wipe.sh", "#!/bin/sh\necho nothing\n");
    repo.commit("no such script").ok();
}

/// Programs that leave with these codes, each of which says that it ran, and a `dataward` beside them.
fn programs(repo: &Repo, codes: [u8; 2]) -> std::path::PathBuf {
    let names = ["check-database-files", "check-dangerous-scripts"];
    for (name, code) in names.iter().zip(codes) {
        let text = format!("#!/bin/sh\necho {name} \"$@\" >>told\nexit {code}\n");
        repo.script(format!("../programs/{name}"), &text);
    }
    let dataward = repo.home.path().join("programs/dataward");
    if !dataward.exists() {
        fs::copy(DATAWARD, &dataward).unwrap();
    }
    dataward
}

#[test]
fn the_worse_exit_code_counts_and_both_run() {
    let repo = Repo::new();
    repo.run(programs(&repo, [0, 0]), ["install"]).ok();
    for one in 0..3 {
        for other in 0..3 {
            programs(&repo, [one, other]);
            repo.run(hook(&repo, "pre-commit"), [""; 0]).ends(i32::from(one.max(other)));
            let told = fs::read_to_string(repo.top.join("told")).unwrap();
            assert_eq!(told, "check-database-files --staged\ncheck-dangerous-scripts --staged\n");
            fs::remove_file(repo.top.join("told")).unwrap();
        }
    }
}

#[test]
fn where_one_is_gone_the_other_still_looks() {
    let repo = Repo::new();
    repo.run(programs(&repo, [1, 1]), ["install"]).ok();
    for (gone, left) in [
        ("check-database-files", "check-dangerous-scripts"),
        ("check-dangerous-scripts", "check-database-files"),
    ] {
        programs(&repo, [1, 1]);
        fs::remove_file(repo.home.path().join("programs").join(gone)).unwrap();
        let gone = format!("programs/{gone} is gone, so this hook blocks");
        repo.run(hook(&repo, "pre-commit"), [""; 0]).says(2, &[&gone, "hint: run dataward"]);
        let told = fs::read_to_string(repo.top.join("told")).unwrap();
        assert_eq!(told, format!("{left} --staged\n"));
        fs::remove_file(repo.top.join("told")).unwrap();
    }
}

#[test]
fn both_look_again_after_the_hook_that_was_there() {
    let repo = Repo::new();
    repo.write("wipe.sh", WIPE);
    repo.script(".git/hooks/pre-commit", "#!/bin/sh\ngit add wipe.sh\n");
    install(&repo).ok();
    repo.git(["commit", "--allow-empty", "--message", "staged by a hook"]).says(1, &["wipe.sh"]);
}

/// As installs before `check-dangerous-scripts` wrote it, where the program was in `/opt/dataward`.
fn old(name: &str) -> (String, &'static str) {
    let body = include_str!("one-program.sh").replace("NAME", name);
    let digest = match name {
        "pre-commit" => "aac6785e497aee90",
        "pre-merge-commit" => "d15202e0389de7f8",
        _ => "d6246f63ce2bb7b8",
    };
    (body, digest)
}

#[test]
fn hooks_that_run_one_program_are_brought_up_to_date_or_taken_out() {
    for is_updated in [true, false] {
        let repo = Repo::new();
        let before = listing(&repo.top.join(".git/hooks"));
        for name in HOOKS {
            let (body, digest) = old(name);
            let head = "#!/bin/sh\n# Written by `dataward install`. To take it out: dataward install --uninstall\n";
            let text = format!("{head}# Digest of the rest: {digest}\n{body}");
            repo.script(format!(".git/hooks/{name}"), &text);
        }
        repo.stage("notes.txt", "Notes.\n");
        repo.commit("notes").says(1, &["/opt/dataward/check-database-files is gone"]);
        if is_updated {
            let said = install(&repo).ok();
            assert_eq!(said.matches("is brought up to date").count(), 3, "{said}");
            repo.commit("notes").ok();
            repo.stage("wipe.sh", WIPE);
            repo.commit("a script").says(1, &["wipe.sh"]);
        }
        assert_eq!(
            uninstall(&repo).ok().matches("is taken out").count(),
            if is_updated { 4 } else { 3 }
        );
        assert_eq!(listing(&repo.top.join(".git/hooks")), before);
    }
}
