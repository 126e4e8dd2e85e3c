//! `run --from-ref --to-ref`: every commit between the two counts, not only how they differ.

use crate::configured;
use crate::frameworks::each;

#[test]
fn a_database_that_was_added_and_deleted_again_is_found() {
    each(|framework| {
        let repo = configured();
        let base = repo.asked(&["rev-parse", "HEAD"]);
        let range = ["run", "--from-ref", &base, "--to-ref", "HEAD"];
        repo.stage("notes.txt", "Notes.\n");
        repo.force("notes");
        framework.run(&repo, &range).says(0, &["Passed"]);
        repo.stage_database("app.bin");
        repo.force("a database");
        let commit = repo.asked(&["rev-parse", "--short=8", "HEAD"]);
        framework.run(&repo, &range).says(1, &["app.bin", &commit]);
        repo.git(["rm", "--quiet", "app.bin"]).ok();
        repo.force("no database");
        framework.run(&repo, &range).says(1, &["app.bin", &commit]);
        // The two ends are the same now, so that there is no file to pass.
        repo.git(["rm", "--quiet", "notes.txt"]).ok();
        repo.force("no notes");
        framework.run(&repo, &range).says(1, &["app.bin", &commit]);
    });
}

#[test]
fn what_a_merge_brings_is_found_once() {
    each(|framework| {
        let repo = configured();
        let base = repo.asked(&["rev-parse", "HEAD"]);
        repo.git(["switch", "--quiet", "--create", "other"]).ok();
        repo.stage_database("app.bin");
        repo.force("a database");
        repo.git(["switch", "--quiet", "main"]).ok();
        repo.git(["merge", "--quiet", "--no-ff", "--no-verify", "--no-edit", "other"]).ok();
        let said = framework.run(&repo, &["run", "--from-ref", &base, "--to-ref", "HEAD"]).ends(1);
        assert_eq!(said.matches("--> app.bin").count(), 1, "{said}");
    });
}
