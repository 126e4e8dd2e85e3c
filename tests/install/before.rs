//! The hook that was there before: it runs after dataward and as git would run it, and it comes back.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{Repo, make_executable};
use crate::{HOOKS, hook, install, listing, uninstall};

/// Says its name, arguments and standard input, and leaves with 7 when there is a file `stop`.
const TELLS: &str = "#!/bin/sh\n\
    { printf 'ran'; for word; do printf ' <%s>' \"$word\"; done; printf ' read <%s>\\n' \"$(cat)\"; } >>told\n\
    ! [ -e stop ] || exit 7\n";

fn told(repo: &Repo) -> String {
    let told = fs::read_to_string(repo.top.join("told")).unwrap_or_default();
    let _ = fs::remove_file(repo.top.join("told"));
    told
}

#[test]
fn it_runs_with_the_same_arguments_and_input_and_its_exit_code_counts() {
    for name in HOOKS {
        let repo = Repo::new();
        repo.script(format!(".git/hooks/{name}"), TELLS);
        install(&repo)
            .says(0, &[&format!("{name} runs dataward first, then the hook that was there")]);
        let arguments = ["one", "two words", "", "-n", "$x `y` 'z' *"];
        repo.fed(hook(&repo, name), &arguments, "line 1\nline 2").ok();
        assert_eq!(
            told(&repo),
            "ran <one> <two words> <> <-n> <$x `y` 'z' *> read <line 1\nline 2>\n"
        );
        repo.write("stop", "");
        repo.fed(hook(&repo, name), &[], "").ends(7);
        assert_eq!(told(&repo), "ran read <>\n");
        repo.stage_database("app.bin");
        repo.fed(hook(&repo, name), &[], "").says(1, &["app.bin"]);
        assert_eq!(told(&repo), "", "it ran although dataward refused");
    }
}

#[test]
fn git_runs_it_for_a_commit_a_merge_and_a_patch() {
    let repo = Repo::new();
    for name in HOOKS {
        repo.script(format!(".git/hooks/{name}"), &format!("#!/bin/sh\necho {name} >>told\n"));
    }
    install(&repo).ok();
    repo.stage("notes.txt", "Notes.\n");
    repo.commit("notes").ok();
    assert_eq!(told(&repo), "pre-commit\n");
    repo.git(["switch", "--quiet", "--create", "other", "HEAD~1"]).ok();
    repo.stage("other.txt", "Other.\n");
    repo.force("other");
    repo.git(["format-patch", "--quiet", "-1", "--output", "../other.patch"]).ok();
    repo.git(["switch", "--quiet", "main"]).ok();
    repo.git(["merge", "--quiet", "--no-edit", "other"]).ok();
    assert_eq!(told(&repo), "pre-merge-commit\n");
    repo.git(["reset", "--quiet", "--hard", "HEAD~1"]).ok();
    repo.git(["am", "--quiet", "../other.patch"]).ok();
    assert_eq!(told(&repo), "pre-applypatch\n");
    repo.write("stop", "");
    repo.script(".git/hooks/pre-commit.before-dataward", TELLS);
    repo.git(["commit", "--allow-empty", "--message", "stopped"]).ends(1);
    assert_eq!(told(&repo), "ran read <>\n");
}

#[test]
fn uninstall_puts_it_back_byte_for_byte() {
    let repo = Repo::new();
    let hooks = repo.top.join(".git/hooks");
    repo.write(".git/hooks/pre-commit", b"#!/bin/sh\r\n# \xff no line feed at the end");
    make_executable(&hook(&repo, "pre-commit"), 0o2751);
    // Git does not run one that is not executable, and neither do we.
    repo.write(".git/hooks/pre-merge-commit", "#!/bin/sh\nexit 9\n");
    make_executable(&hook(&repo, "pre-merge-commit"), 0o640);
    repo.script("tools/check.sh", TELLS);
    symlink("../../tools/check.sh", hook(&repo, "pre-applypatch")).unwrap();
    let before = listing(&hooks);
    install(&repo).ok();
    repo.fed(hook(&repo, "pre-merge-commit"), &[], "").ok();
    repo.fed(hook(&repo, "pre-applypatch"), &["x"], "").ok();
    assert_eq!(told(&repo), "ran <x> read <>\n");
    install(&repo).ok();
    let said = uninstall(&repo).ok();
    assert_eq!(said.matches("is the hook again that was there before").count(), 3);
    assert_eq!(listing(&hooks), before);
    assert_eq!(hook(&repo, "pre-commit").metadata().unwrap().permissions().mode() & 0o7777, 0o2751);
}

#[test]
fn an_install_that_was_cut_off_is_finished_or_taken_back() {
    let whole = |finish: bool| {
        let repo = Repo::new();
        // As it is left between the two renames.
        repo.script(".git/hooks/pre-commit.before-dataward", TELLS);
        repo.write(".git/hooks/.dataward-a1b2c3", "#!/bin/sh\n# Written by");
        if finish {
            install(&repo)
                .says(0, &["pre-commit runs dataward first, then the hook that was kept"]);
            repo.fed(hook(&repo, "pre-commit"), &[], "").ok();
            assert_eq!(told(&repo), "ran read <>\n");
        }
        uninstall(&repo).says(0, &["pre-commit is the hook again that was there before dataward"]);
        assert_eq!(fs::read_to_string(hook(&repo, "pre-commit")).unwrap(), TELLS);
        assert!(!hook(&repo, "pre-commit.before-dataward").exists());
    };
    whole(true);
    whole(false);
}

#[test]
fn one_that_took_the_place_of_ours_is_not_mixed_up_with_the_one_from_before() {
    let repo = Repo::new();
    repo.script(".git/hooks/pre-commit", TELLS);
    install(&repo).ok();
    repo.script(".git/hooks/pre-commit", "#!/bin/sh\necho a third >&2\n");
    let before = listing(&repo.top.join(".git/hooks"));
    install(&repo).says(2, &["pre-commit is left alone", "move one of the two away"]);
    assert_eq!(listing(&repo.top.join(".git/hooks")), before);
    uninstall(&repo).says(0, &["pre-commit is left alone: dataward did not write it"]);
    assert!(hook(&repo, "pre-commit.before-dataward").exists());
}

/// What `pre-commit install` does when it finds a hook of ours: theirs runs it first, under another name.
#[test]
fn ours_is_known_again_where_a_framework_moved_it() {
    let repo = Repo::new();
    repo.script(".git/hooks/pre-commit", TELLS);
    install(&repo).ok();
    fs::rename(hook(&repo, "pre-commit"), hook(&repo, "pre-commit.legacy")).unwrap();
    repo.script(".git/hooks/pre-commit", "#!/bin/sh\nexec .git/hooks/pre-commit.legacy \"$@\"\n");
    install(&repo).says(0, &["pre-commit.legacy was installed already"]);
    repo.stage("notes.txt", "Notes.\n");
    repo.commit("notes").ok();
    assert_eq!(told(&repo), "ran read <>\n", "the one from before is lost");
    repo.stage_database("app.bin");
    repo.commit("a database").says(1, &["app.bin"]);
    uninstall(&repo).says(0, &["pre-commit.legacy is the hook again that was there"]);
    repo.commit("a database").ok();
    assert_eq!(told(&repo), "ran read <>\n");
}
