//! Waivers in scripts, through the real program. The rule that finds a call of a script that was put away stands for all rules about a line.

use crate::support::{Repo, Run};

/// A line that is a finding of `quarantined-script-called`.
const CALL: &str = "sh .DANGEROUS_clean.sh.disabled";

const DATE: &str = "--date=2026-11-25";

fn scan(text: &str) -> Run {
    scan_with(text, "version: 1\n", &[])
}

fn scan_with(text: &str, policy: &str, arguments: &[&str]) -> Run {
    let repo = Repo::with_commit();
    repo.write(".dataward.yaml", policy.as_bytes());
    repo.commit("run.sh", text.as_bytes());
    repo.dataward(&[&["scan", DATE][..], arguments].concat())
}

#[track_caller]
fn says(run: &Run, code: i32, words: &str) {
    assert_eq!(run.code, code, "{run:#?}");
    assert!(run.err.contains(words), "{words:?} in {}", run.err);
}

/// A finding of this rule blocks, on whichever line it is.
#[track_caller]
fn finds(run: &Run, rule: &str) {
    says(run, 1, &format!("error[{rule}]: "));
    says(run, 1, "\n --> run.sh");
}

fn waiver(rest: &str) -> String {
    format!("# dataward: allow(quarantined-script-called){rest}")
}

#[test]
fn a_waiver_on_the_line_or_above_it_lets_the_finding_through() {
    let good = waiver(": named only");
    for text in [
        format!("{CALL} {good}\n"),
        format!("{good}\n{CALL}\n"),
        format!("    {good}\n# dataward: allow(registry-disagrees): other\n{CALL}\n"),
        format!("{}\n{CALL}\n", waiver(": named only until 2026-11-25")),
    ] {
        let run = scan(&text);
        assert!(run.code == 0 && run.err.contains("allowed 1"), "{text}{run:#?}");
    }
    let run = scan_with(&format!("a\n{good}\n{CALL}\n"), "version: 1\n", &["--format=json"]);
    assert!(run.out.contains("\"reason\": \"waiver on line 2: named only\""), "{}", run.out);
}

#[test]
fn a_waiver_elsewhere_lets_nothing_through_and_is_told() {
    let good = waiver(": named only");
    for text in [
        format!("{good}\n\n{CALL}\n"),
        format!("{CALL}\n{good}\n"),
        format!("{good}\n# a comment\n{CALL}\n"),
        format!("echo {good}\n{CALL}\n"),
    ] {
        let run = scan(&text);
        finds(&run, "quarantined-script-called");
        says(&run, 1, "warning: the waiver of quarantined-script-called in run.sh (line ");
        says(&run, 1, ") let nothing through");
    }
    let parted = "the waiver on line 1 does not count: a comment or a blank line stands between";
    for between in ["", "# of the test", "# of the test until 2099-01-01"] {
        let run = scan(&format!("{good}\n{between}\n{CALL}\n"));
        finds(&run, "quarantined-script-called");
        assert!(run.err.replace("\n    |   ", " ").contains(parted), "{}", run.err);
    }
    let other = "# dataward: allow(unguarded-table-wipe): so";
    let run = scan(&format!("{other}\n# more\n{CALL}\n"));
    assert!(!run.err.contains("stands between"), "{}", run.err);
    // In quotes it is no waiver, so there is nothing to tell.
    let run = scan(&format!("echo \"{good}\"; {CALL}\n"));
    says(&run, 1, "errors 1, warnings 0");
}

#[test]
fn a_waiver_that_does_not_count_says_why() {
    let unknown = "# dataward: allow(quarantined-script-caled): typo";
    let database = "# dataward: allow(database-file): so";
    for (comment, words) in [
        (waiver(""), "the waiver on line 1 has no reason, so it does not count"),
        (waiver(":"), "the waiver on line 1 has no reason, so it does not count"),
        (waiver(": until 2030-01-01"), "the waiver on line 1 has no reason, so it does not count"),
        (
            waiver(": REASON"),
            "the waiver on line 1 has `REASON` in place of a reason, so it does not count",
        ),
        (
            "# Dataward: allow(quarantined-script-called): x".to_owned(),
            "the waiver on line 1 does not count: it is written `dataward: allow(RULE): REASON`",
        ),
        (unknown.to_owned(), "did you mean `quarantined-script-called`?"),
        (
            database.to_owned(),
            "the waiver on line 1 is for database-file, which only the policy can allow",
        ),
        ("# dataward: allow(): x".to_owned(), "the waiver on line 1 names no rule"),
    ] {
        let run = scan(&format!("{comment}\n{CALL}\n"));
        finds(&run, "quarantined-script-called");
        let said = run.err.replace("\n    |   ", " ");
        assert!(said.contains(words), "{words} in {}", run.err);
        // It is told where there is nothing to find, too.
        let alone = scan(&format!("{comment}\n"));
        says(&alone, 0, "warning: the waiver of ");
    }
}

#[test]
fn an_expired_waiver_is_a_finding_whether_or_not_its_line_is_still_there() {
    let old = waiver(": named only until 2026-11-24");
    let run = scan(&format!("{old}\n{CALL}\n"));
    finds(&run, "quarantined-script-called");
    says(&run, 1, "| the waiver on line 1 expired on 2026-11-24\n");
    says(
        &run,
        1,
        "warning[expired-waiver]: the waiver of quarantined-script-called ended on 2026-11-24\n",
    );
    let gone = scan(&format!("{old}\ntrue\n"));
    says(&gone, 0, "warning[expired-waiver]: ");
    says(&gone, 0, "errors 0, warnings 1");
    // No comment allows it, and the policy may make it an error.
    let both = format!("# dataward: allow(expired-waiver): x\n{old}\n");
    says(&scan(&both), 0, "warning[expired-waiver]: ");
    let policy = "version: 1\nrules: {expired-waiver: error}\n";
    finds(&scan_with(&both, policy, &[]), "expired-waiver");
}

#[test]
fn a_waiver_whose_last_day_nobody_can_tell_does_not_count() {
    for (reason, said) in [
        ("x until 2026-02-30", "ends on no day: 2026-02-30"),
        ("x until 2020-02-30", "ends on no day: 2020-02-30"),
        ("x until tomorrow", "ends on no day: tomorrow"),
        ("x until", "does not say its last day"),
        ("x until 2020-01-01 (see #12)", "ended on 2020-01-01"),
        ("x until: 2020-01-01", "ended on 2020-01-01"),
        ("x (Until 2020-01-01)", "ended on 2020-01-01"),
    ] {
        let comment = waiver(&format!(": {reason}"));
        let run = scan(&format!("{comment}\n{CALL}\n"));
        finds(&run, "quarantined-script-called");
        says(&run, 1, "| the waiver on line 1 ");
        let alone = scan(&format!("{comment}\n"));
        let found = "warning[expired-waiver]: the waiver of quarantined-script-called ";
        says(&alone, 0, &format!("{found}{said}\n"));
        // It is told once.
        says(&alone, 0, "errors 0, warnings 1");
    }
    let run = scan(&format!("{}\n{CALL}\n", waiver(": x until 2027-01-01 (see #12)")));
    says(&run, 0, "allowed 1");
}

#[test]
fn a_waiver_above_a_statement_speaks_of_all_its_lines() {
    let of = |rule: &str| format!("# dataward: allow({rule}): of a test");
    let (wipe, table) = (of("unguarded-database-wipe"), of("unguarded-table-wipe"));
    for (name, text) in [
        ("a.sh", format!("#!/bin/sh\n{wipe}\nsudo \\\n  dropdb \\\n  shop\n")),
        ("a.sh", format!("#!/bin/sh\n{table}\npsql -c \"\n  DELETE FROM users\n\"\n")),
        (
            "a.py",
            format!("from app import db\n{table}\ndb.session.execute(\n  'DELETE FROM users'\n)\n"),
        ),
        (
            ".gitlab-ci.yml",
            format!(
                "wipe:\n  environment: production\n  script:\n    {wipe}\n    - >-\n      dropdb\n      -h db.example.com shop\n"
            ),
        ),
        ("a.sql", format!("\u{feff}{}\nDROP TABLE users;\n", table.replace('#', "--"))),
        ("a.js", format!("/**\n * {}\n */\nmongoose.connection.dropDatabase();\n", &wipe[2..])),
    ] {
        let repo = Repo::with_commit();
        repo.commit(name, text.as_bytes());
        let run = repo.dataward(&["scan", DATE]);
        says(&run, 0, "allowed 1");
    }
    // What a shell reads below has comments of its own, and another statement another waiver.
    for text in [
        format!("#!/bin/sh\n{table}\npsql <<X\nSELECT 1;\nDROP TABLE users;\nX\n"),
        format!("#!/bin/sh\n{wipe}\nif true; then\n  dropdb shop\nfi\n"),
    ] {
        let repo = Repo::with_commit();
        repo.commit("a.sh", text.as_bytes());
        let run = repo.dataward(&["scan", DATE]);
        assert_eq!(run.code, 1, "{text}{run:#?}");
    }
}

#[test]
fn the_policy_may_take_no_waivers() {
    let good = waiver(": named only");
    let policy = "version: 1\nwaivers: false\n";
    let run = scan_with(&format!("{good}\n{CALL}\n"), policy, &[]);
    finds(&run, "quarantined-script-called");
    says(&run, 1, "the waiver on line 1 does not count: the policy has");
    let old = waiver(": named only until 2026-11-24");
    says(&scan_with(&format!("{old}\ntrue\n"), policy, &[]), 0, "success: no findings");
    says(&scan_with("true\n", "version: 1\nwaivers: 0\n", &[]), 2, "`0` is not true or false");
}

#[test]
fn the_policy_of_the_base_decides_whether_waivers_count() {
    let repo = Repo::with_commit();
    repo.commit(".dataward.yaml", b"version: 1\nwaivers: false\n");
    let base = repo.head();
    repo.write(".dataward.yaml", b"version: 1\nwaivers: true\n");
    repo.add(".dataward.yaml", b"version: 1\nwaivers: true\n");
    repo.commit("run.sh", format!("{}\n{CALL}\n", waiver(": named only")).as_bytes());
    repo.dataward(&["scan"]).passes();
    let run = repo.dataward(&["scan", "--policy-from", &base]);
    finds(&run, "quarantined-script-called");
}

#[test]
fn each_version_of_a_file_has_its_own_waivers() {
    let repo = Repo::with_commit();
    let start = repo.head();
    repo.commit("run.sh", format!("{CALL}\n").as_bytes());
    let bad = repo.head();
    repo.commit("run.sh", format!("{}\n{CALL}\n", waiver(": named only")).as_bytes());
    let range = |from: &str| repo.dataward(&["scan", "--from-ref", from, "--to-ref", "HEAD"]);
    let run = range(&start);
    says(&run, 1, "errors 1, warnings 0, allowed 1");
    assert!(run.err.contains(&format!(" (commit {})", &bad[..8])), "{}", run.err);
    range(&bad).passes();
    // On disk, where there is no blob.
    repo.write("run.sh", format!("{CALL} {}\n", waiver(": here")).as_bytes());
    says(&repo.dataward(&["scan", "--worktree"]), 0, "allowed 1");
    repo.write("run.sh", format!("{CALL}\n").as_bytes());
    finds(&repo.dataward(&["scan", "--worktree"]), "quarantined-script-called");
}

#[test]
fn a_document_may_show_how_a_waiver_is_written() {
    let repo = Repo::with_commit();
    let text = format!("{}\n", waiver(": named only until 2020-01-01"));
    repo.commit("README.md", text.as_bytes());
    repo.write("wipe.sh", text.as_bytes());
    repo.dataward(&["quarantine", "wipe.sh", "--reason=it deletes"]).passes();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    says(&repo.dataward(&["scan", DATE]), 0, "success: no findings");
    // Without its row it is a script like others.
    repo.commit("DANGEROUS_SCRIPTS.md", b"# none\n");
    says(&repo.dataward(&["scan", DATE]), 0, "warning[expired-waiver]: ");
    repo.git(&["rm", "--quiet", ".DANGEROUS_wipe.sh.disabled"]);
    // One blob at two paths.
    repo.commit("run.sh", text.as_bytes());
    says(&repo.dataward(&["scan", DATE]), 0, "warning[expired-waiver]: ");
}

#[test]
fn what_is_read_as_a_script_is_no_document_whatever_its_ending() {
    let old = waiver(": named only until 2026-11-24");
    for (name, start) in [("notes.txt", "#!/bin/sh\n"), ("CMakeLists.txt", "")] {
        let repo = Repo::with_commit();
        let scan = |text: &str| {
            repo.commit(name, format!("{start}{text}\n{CALL}\n").as_bytes());
            repo.dataward(&["scan", DATE])
        };
        let called = format!(
            "error[quarantined-script-called]: a script that was put away is named: {}",
            &CALL[3..]
        );
        says(&scan("true"), 1, &called);
        says(&scan(&waiver(": named only")), 0, "allowed 1");
        says(&scan(&old), 1, "warning[expired-waiver]: ");
        says(&scan(&old), 1, "| the waiver on line ");
        says(&scan(&format!("{}\ntrue", waiver(": named only"))), 1, ") let nothing through");
    }
    let repo = Repo::with_commit();
    repo.commit("notes.txt", format!("{old}\n{CALL}\n").as_bytes());
    says(&repo.dataward(&["scan", DATE]), 0, "success: no findings");
}

#[test]
fn a_waiver_is_found_in_a_long_text_and_not_in_bytes() {
    let long = format!("{}{}\n{CALL}\n", "true\n".repeat(2000), waiver(": named only"));
    says(&scan(&long), 0, "allowed 1");
    let bytes = format!("\0\n{CALL}\n");
    says(&scan(&bytes), 0, "success: no findings");
}
