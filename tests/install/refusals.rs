//! What is left alone: hooks changed by hand, what is no file, and hooks that another program looks after.

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::Repo;
use crate::{HOOKS, hook, install, listing, uninstall};

/// Refused with these words, and nothing is changed.
#[track_caller]
fn refused(repo: &Repo, words: &[&str]) {
    let hooks = repo.top.join(".git/hooks");
    let before = listing(&hooks);
    install(repo).says(2, words);
    assert_eq!(listing(&hooks), before);
}

#[test]
fn a_hook_of_ours_that_was_changed_by_hand() {
    let changes: [fn(String) -> String; 4] = [
        |text| text + "echo more\n",
        |text| text.replace(" </dev/null", ""),
        |text| text.replace("#!/bin/sh\n", "#!/bin/bash\n"),
        |text| format!("#!/bin/sh\nmine\n{text}"),
    ];
    for change in changes {
        let repo = Repo::new();
        install(&repo).ok();
        let path = hook(&repo, "pre-merge-commit");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, change(text)).unwrap();
        let words = ["pre-merge-commit is left alone, and nothing was changed", "by hand"];
        refused(&repo, &words);
        let before = listing(&repo.top.join(".git/hooks"));
        uninstall(&repo).says(2, &words);
        assert_eq!(listing(&repo.top.join(".git/hooks")), before);
    }
}

#[test]
fn what_is_no_regular_file() {
    for name in HOOKS {
        let repo = Repo::new();
        let path = hook(&repo, name);
        fs::create_dir(&path).unwrap();
        refused(&repo, &[name, "it is no regular file", "move it away"]);
        uninstall(&repo).says(0, &[&format!("{name} is left alone")]);
        fs::remove_dir(&path).unwrap();
        symlink("nowhere", &path).unwrap();
        refused(&repo, &[name, "leads nowhere; remove it"]);
        fs::remove_file(&path).unwrap();
        symlink("..", &path).unwrap();
        refused(&repo, &[name, "it is no regular file"]);
        fs::remove_file(&path).unwrap();
        repo.run("mkfifo", [&path]).ok();
        refused(&repo, &[name, "it is no regular file"]);
        fs::remove_file(&path).unwrap();
        symlink("pre-push", &path).unwrap();
        repo.run("mkfifo", [hook(&repo, "pre-push")]).ok();
        refused(&repo, &[name, "it is no regular file"]);
    }
}

#[test]
fn a_link_to_a_hook_of_ours() {
    let repo = Repo::new();
    install(&repo).ok();
    let path = hook(&repo, "pre-merge-commit");
    fs::remove_file(&path).unwrap();
    symlink("pre-commit", &path).unwrap();
    refused(&repo, &["pre-merge-commit is left alone"]);
}

#[test]
fn a_hook_that_goes_by_its_own_name() {
    let texts = [
        "#!/bin/sh\ncase $(basename \"$0\") in pre-commit) make lint ;; esac\n",
        "#!/bin/sh\nexec tools/run \"${0##*/}\" \"$@\"\n",
        "#!/usr/bin/env python3\nimport os, sys\nname = os.path.basename(sys.argv[0])\n",
        "#!/usr/bin/env bash\nname=$(basename \"${BASH_SOURCE[0]}\")\n",
    ];
    for text in texts {
        let repo = Repo::new();
        repo.script(".git/hooks/pre-commit", text);
        refused(&repo, &["by its own name", "`check-dangerous-scripts --staged` from it"]);
    }
    let repo = Repo::new();
    repo.script(".git/hooks/pre-commit", "#!/bin/sh\nfor file; do basename \"$file\"; done\n");
    install(&repo).ok();
}

#[test]
fn hooks_that_another_program_looks_after() {
    let repo = Repo::new();
    repo.script(".git/hooks/pre-commit", "#!/bin/sh\ncall_lefthook()\n{\n\tlefthook \"$@\"\n}\n");
    refused(&repo, &["lefthook writes it anew", "lefthook.yml"]);
    repo.script(
        ".git/hooks/pre-commit",
        "#!/usr/bin/env ruby\nif ENV['OVERCOMMIT_DISABLE'].to_i != 0\n  exit\nend\n",
    );
    refused(&repo, &["overcommit", ".overcommit.yml"]);
    fs::remove_file(hook(&repo, "pre-commit")).unwrap();
    repo.git(["config", "core.hooksPath", ".husky/_"]).ok();
    for name in HOOKS {
        repo.script(format!(".husky/_/{name}"), "#!/usr/bin/env sh\n. \"${0%/*}/h\"\n");
    }
    install(&repo).says(2, &["husky writes", ".husky/pre-commit instead"]);
    assert_eq!(listing(&repo.top.join(".husky/_")).len(), 3);
}
