//! `run`, with what is staged and with all files.

use std::fs;

use crate::configured;
use crate::frameworks::each;

#[test]
fn a_staged_database_is_refused() {
    each(|framework| {
        let repo = configured();
        repo.stage("notes.txt", "Notes.\n");
        framework.run(&repo, &["run"]).says(0, &["Passed"]);
        repo.stage_database("data/app.bin");
        framework.run(&repo, &["run"]).says(1, &["data/app.bin (staged)", "git restore --staged"]);
        framework.run(&repo, &["run", "--hook-stage", "manual"]).says(1, &["data/app.bin"]);
        framework.run(&repo, &["run", "--files", "notes.txt"]).says(0, &["Passed"]);
        framework.run(&repo, &["run", "--files", "data/app.bin"]).says(1, &["data/app.bin"]);
    });
}

#[test]
fn a_staged_script_that_wipes_is_refused() {
    each(|framework| {
        let repo = configured();
        let by_id = ["run", "check-dangerous-scripts"];
        repo.stage("wipe.sh", "#!/bin/sh\necho shop\n");
        framework.run(&repo, &by_id).says(0, &["Passed"]);
        repo.stage("wipe.sh", "#!/bin/sh\ndropdb shop\n");
        framework.run(&repo, &by_id).says(1, &["unguarded-database-wipe", "wipe.sh"]);
        framework.run(&repo, &["run", "check-database-files"]).says(0, &["Passed"]);
        // Both run, whichever refuses.
        repo.stage_database("app.bin");
        framework.run(&repo, &["run"]).says(1, &["app.bin (staged)", "unguarded-database-wipe"]);
    });
}

#[test]
fn the_index_counts_and_not_the_disk() {
    each(|framework| {
        let repo = configured();
        repo.stage("other.txt", "Other.\n");
        repo.stage_database("app.bin");
        fs::remove_file(repo.top.join("app.bin")).unwrap();
        framework.run(&repo, &["run"]).says(1, &["app.bin (staged)"]);
        repo.write("app.bin", "no database\n");
        framework.run(&repo, &["run"]).says(1, &["app.bin (staged)"]);
        assert_eq!(fs::read(repo.top.join("app.bin")).unwrap(), b"no database\n");
        repo.git(["rm", "--quiet", "--cached", "-f", "app.bin"]).ok();
        fs::remove_file(repo.top.join("app.bin")).unwrap();
        repo.database("app.bin");
        repo.database("other.bin");
        fs::rename(repo.top.join("other.bin"), repo.top.join("other.txt")).unwrap();
        framework.run(&repo, &["run"]).says(0, &["Passed"]);
    });
}

#[test]
fn all_files_are_looked_at() {
    each(|framework| {
        let repo = configured();
        framework.run(&repo, &["run", "--all-files"]).says(0, &["Passed"]);
        repo.stage_database("deep/below/no-ending");
        repo.force("a database");
        framework.run(&repo, &["run"]).says(0, &["Passed"]);
        framework
            .run(&repo, &["run", "--all-files"])
            .says(1, &["deep/below/no-ending (in the index)"]);
        // On disk it is a link by now, which is no file to a framework unless `types` says so.
        fs::remove_file(repo.top.join("deep/below/no-ending")).unwrap();
        std::os::unix::fs::symlink("../../readme.txt", repo.top.join("deep/below/no-ending"))
            .unwrap();
        framework.run(&repo, &["run", "--all-files"]).says(1, &["deep/below/no-ending"]);
    });
}

#[test]
fn a_commit_that_only_deletes_passes() {
    each(|framework| {
        let repo = configured();
        repo.stage_database("app.bin");
        repo.force("a database");
        repo.git(["rm", "--quiet", "app.bin"]).ok();
        framework.run(&repo, &["run"]).says(0, &["Passed"]);
    });
}

/// A list that is too long for one command line: every part of it is looked at.
#[test]
fn a_split_list_loses_nothing() {
    each(|framework| {
        let repo = configured();
        repo.database("app.bin");
        let database = fs::read(repo.top.join("app.bin")).unwrap();
        for n in 0..1500 {
            let name = format!("{n:04}-{}", "long".repeat(45));
            match n % 500 {
                250 => repo.write(format!("files/{name}.bin"), &database),
                _ => repo.write(format!("files/{name}.txt"), "Text.\n"),
            }
        }
        repo.git(["add", "files"]).ok();
        // The size of the stack bounds that of a command line.
        let limited = format!("ulimit -s 1024 && exec '{}' run", framework.program.display());
        let said = repo.run("sh", ["-c", &limited]).ends(1);
        for n in ["0250-", "0750-", "1250-"] {
            assert!(said.contains(&format!("files/{n}")), "{n} is lost: {said}");
        }
        let parts = said.matches("blocked: errors ").count();
        assert!(parts > 1, "{} did not split the list: {said}", framework.name);
    });
}
