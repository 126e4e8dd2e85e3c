//! Where the registry and the files disagree, for the command and for the rules.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{Repo, Run};

const AWAY: &str = "scripts/.DANGEROUS_clean.sh.disabled";

/// A repository with a script that was put away, committed.
fn with_one_away() -> Repo {
    let repo = Repo::with_commit();
    repo.write("scripts/clean.sh", b"echo gone\n");
    let arguments = ["quarantine", "scripts/clean.sh", "--reason=it deletes", "--date=2026-11-25"];
    repo.dataward(&arguments).passes();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "away"]);
    repo
}

fn check(repo: &Repo) -> Run {
    repo.dataward(&["registry", "check"])
}

/// What is said, but for the last line.
#[track_caller]
fn disagrees(run: &Run, expected: &[&str]) {
    assert_eq!(run.code, 1, "{run:#?}");
    assert_eq!(run.err.lines().collect::<Vec<_>>(), expected);
}

/// Whether a line of the registry is a finding.
fn is_in_registry(run: &Run) -> bool {
    run.code == 1
        && run.err.contains("error[registry-disagrees]: ")
        && run.err.contains("\n --> DANGEROUS_SCRIPTS.md")
}

#[test]
fn each_disagreement_is_a_line() {
    let repo = with_one_away();
    check(&repo).passes();

    repo.write(AWAY, b"echo more\n");
    let other = format!(
        "error: {AWAY}: a script that was put away is not the one of its row (line 8 of DANGEROUS_SCRIPTS.md)"
    );
    disagrees(&check(&repo), &[&other]);
    // In git it is as it was.
    repo.dataward(&["registry", "check", "HEAD"]).passes();

    fs::remove_file(repo.path(AWAY)).unwrap();
    disagrees(
        &check(&repo),
        &[
            "error: DANGEROUS_SCRIPTS.md:8: the row of scripts/.DANGEROUS_clean.sh.disabled has no file",
        ],
    );

    repo.git(&["checkout", "--quiet", "--", AWAY]);
    fs::set_permissions(repo.path(AWAY), fs::Permissions::from_mode(0o755)).unwrap();
    disagrees(&check(&repo), &[&format!("error: {AWAY}: a script that was put away can be run")]);

    repo.git(&["checkout", "--quiet", "--", AWAY]);
    fs::set_permissions(repo.path(AWAY), fs::Permissions::from_mode(0o644)).unwrap();
    repo.write("Makefile", format!("all:\n\tsh {AWAY}\n").as_bytes());
    disagrees(
        &check(&repo),
        &["error: Makefile:2: a script that was put away is named: .DANGEROUS_clean.sh.disabled"],
    );
    fs::remove_file(repo.path("Makefile")).unwrap();

    repo.write(".DANGEROUS_b.py.disabled", b"b\n");
    let registry = fs::read_to_string(repo.path("DANGEROUS_SCRIPTS.md")).unwrap();
    repo.write("DANGEROUS_SCRIPTS.md", format!("{registry}| x | y |\n").as_bytes());
    disagrees(
        &check(&repo),
        &[
            "error: .DANGEROUS_b.py.disabled: a script that was put away has no row in DANGEROUS_SCRIPTS.md",
            "error: DANGEROUS_SCRIPTS.md:9: a line of the registry is wrong: the line has not eight cells",
        ],
    );
    repo.dataward(&["registry", "check", "nowhere"]).cannot_look("nowhere");
}

#[test]
fn the_hook_asks_for_a_row_where_the_policy_requires_it() {
    let repo = with_one_away();
    repo.add(".DANGEROUS_b.py.disabled", b"b\n");
    let scan = || repo.dataward(&["scan", "--staged"]);
    scan().passes();
    repo.write(".dataward.yaml", b"version: 1\nregistry: optional\n");
    scan().passes();
    repo.write(".dataward.yaml", b"version: 1\nregistry: required\n");
    scan().finds("registry-disagrees", ".DANGEROUS_b.py.disabled");
    // The registry of the index counts, where that is looked at.
    repo.git(&["rm", "--quiet", "-f", ".DANGEROUS_b.py.disabled"]);
    repo.add(AWAY, b"echo more\n");
    scan().finds("registry-disagrees", AWAY);
    repo.git(&["checkout", "--quiet", "HEAD", "--", AWAY]);
    repo.add("DANGEROUS_SCRIPTS.md", b"# none\n");
    scan().finds("registry-disagrees", AWAY);
    repo.git(&["checkout", "--quiet", "HEAD", "--", "DANGEROUS_SCRIPTS.md"]);
    let registry = fs::read_to_string(repo.path("DANGEROUS_SCRIPTS.md")).unwrap();
    let wrong = registry.replace("clean.sh", "c.sh");
    repo.add("DANGEROUS_SCRIPTS.md", wrong.as_bytes());
    assert!(is_in_registry(&scan()));
    let severity = b"version: 1\nregistry: required\nrules: {registry-disagrees: warning}\n";
    repo.write(".dataward.yaml", severity);
    scan().passes();
    repo.write(".dataward.yaml", b"version: 1\nregistry: maybe\n");
    scan().cannot_look("unknown word `maybe`");
}

#[test]
fn a_script_that_is_deleted_leaves_no_row_behind() {
    let repo = with_one_away();
    repo.git(&["rm", "--quiet", AWAY]);
    let scan = || repo.dataward(&["scan", "--staged"]);
    scan().passes();
    repo.write(".dataward.yaml", b"version: 1\nregistry: required\n");
    assert!(is_in_registry(&scan()));
    repo.git(&["rm", "--quiet", "DANGEROUS_SCRIPTS.md"]);
    scan().passes();
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "gone"]);
    scan().passes();
}

#[test]
fn a_row_that_is_taken_out_is_told_wherever_it_is_looked_for() {
    let take_out: [fn(&Repo); 2] = [
        |repo| repo.add("DANGEROUS_SCRIPTS.md", b"# none\n"),
        |repo| drop(repo.git(&["rm", "--quiet", "DANGEROUS_SCRIPTS.md"])),
    ];
    for take_out in take_out {
        let repo = with_one_away();
        repo.commit(".dataward.yaml", b"version: 1\nregistry: required\n");
        let base = repo.head();
        let range = || repo.dataward(&["scan", "--from-ref", &base, "--to-ref", "HEAD"]);
        take_out(&repo);
        repo.dataward(&["scan", "--staged"]).finds("registry-disagrees", AWAY);
        repo.git(&["commit", "--quiet", "--no-verify", "-m", "no row"]);
        range().finds("registry-disagrees", AWAY);
        // Nor does it help to change the registry once more.
        repo.commit("DANGEROUS_SCRIPTS.md", b"# none at all\n");
        range().finds("registry-disagrees", AWAY);
        // Where the script goes with its row, nothing disagrees.
        repo.git(&["rm", "--quiet", AWAY]);
        repo.dataward(&["scan", "--staged"]).passes();
        repo.git(&["commit", "--quiet", "--no-verify", "-m", "no script"]);
        range().passes();
        // A range that brings nothing is held against nothing.
        repo.dataward(&["scan", "--from-ref", "HEAD", "--to-ref", "HEAD~1"]).passes();
    }
}

#[test]
fn a_row_stays_behind_in_a_range_as_well() {
    let repo = with_one_away();
    repo.commit(".dataward.yaml", b"version: 1\nregistry: required\n");
    repo.git(&["rm", "--quiet", AWAY]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "gone"]);
    let range = |from: &str| repo.dataward(&["scan", "--from-ref", from, "--to-ref", "HEAD"]);
    assert!(is_in_registry(&range("HEAD~1")));
    assert!(is_in_registry(&range("HEAD~3")));
}

#[test]
fn a_sparse_index_hides_nothing() {
    let repo = with_one_away();
    repo.commit("other/a.txt", b"a\n");
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "other"]);
    repo.write(".dataward.yaml", b"version: 1\nregistry: required\n");
    repo.add("other/b.txt", b"b\n");
    let scan = || repo.dataward(&["scan", "--staged"]);
    scan().passes();
    repo.add("DANGEROUS_SCRIPTS.md", b"# none\n");
    scan().finds("registry-disagrees", AWAY);
}

#[test]
fn a_script_that_is_back_and_one_that_git_ignores_are_told() {
    let repo = with_one_away();
    repo.write("scripts/clean.sh", b"echo mended\n");
    check(&repo).passes();
    repo.write("scripts/clean.sh", b"echo gone\n");
    let back = format!(
        "error: DANGEROUS_SCRIPTS.md:8: the row of {AWAY} has its script where it was before as well"
    );
    disagrees(&check(&repo), &[&back]);
    fs::remove_file(repo.path("scripts/clean.sh")).unwrap();

    repo.write(".gitignore", b".*\n");
    check(&repo).passes();
    repo.git(&["rm", "--quiet", "--cached", AWAY]);
    let ignored = format!(
        "error: DANGEROUS_SCRIPTS.md:8: the row of {AWAY} has a file that git ignores, so that nobody else gets it"
    );
    disagrees(&check(&repo), &[&ignored]);
}

#[test]
fn a_link_in_the_place_of_a_script_is_told_wherever_it_is_looked_for() {
    let repo = with_one_away();
    repo.write(".dataward.yaml", b"version: 1\nregistry: required\n");
    fs::remove_file(repo.path(AWAY)).unwrap();
    symlink("../clean.sh", repo.path(AWAY)).unwrap();
    let link = format!(
        "error: DANGEROUS_SCRIPTS.md:8: the row of {AWAY} has a symbolic link in the place of its file"
    );
    disagrees(&check(&repo), &[&link]);
    repo.git(&["add", AWAY]);
    let staged = repo.dataward(&["scan", "--staged"]);
    staged.finds("registry-disagrees", AWAY);
    let said = "a symbolic link is in the place of a script that was put away (line 8 of DANGEROUS_SCRIPTS.md)";
    assert!(staged.err.replace("\n    ", " ").contains(said), "{}", staged.err);
}

#[test]
fn a_pattern_that_takes_a_script_that_was_put_away_names_it() {
    let repo = with_one_away();
    repo.commit("clean.sh", b"find . -name '*.sh.disabled' -exec sh {} +\n");
    let run = check(&repo);
    disagrees(&run, &["error: clean.sh:1: a script that was put away is named: *.sh.disabled"]);
    repo.write("clean.sh", b"find /etc -name '*.conf.disabled'\n");
    check(&repo).passes();
    // A name that is put together is one wherever it stands.
    repo.write("clean.sh", b"sh scripts/\".DANGEROUS_\"clean.sh\".disabled\"\n");
    let named =
        "error: clean.sh:1: a script that was put away is named: .DANGEROUS_clean.sh.disabled";
    disagrees(&check(&repo), &[named]);
}

#[test]
fn what_the_policy_and_the_baseline_say_of_a_script_does_not_call_it() {
    let repo = with_one_away();
    let policy = format!(
        "version: 1\nallow:\n  - rule: quarantined-script-executable\n    path: {AWAY}\n    reason: made for it\n"
    );
    repo.write(".dataward.yaml", policy.as_bytes());
    repo.write("a/.DANGEROUS_wipe.sh.disabled", b"dropdb shop\n");
    repo.dataward(&["baseline", "--worktree"]).passes();
    repo.git(&["add", "--all"]);
    assert!(repo.path(".dataward-baseline").read_dir().unwrap().count() > 0);
    repo.dataward(&["scan", "--staged"]).passes();
}

#[test]
fn a_commit_is_held_against_its_own_registry() {
    let repo = with_one_away();
    repo.write(".dataward.yaml", b"version: 1\nregistry: required\n");
    let range = |from: &str| repo.dataward(&["scan", "--from-ref", from, "--to-ref", "HEAD"]);
    range("HEAD~1").passes();
    repo.commit(AWAY, b"echo more\n");
    range("HEAD~1").finds("registry-disagrees", AWAY);
    repo.git(&["update-index", "--chmod=+x", AWAY]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "can be run"]);
    range("HEAD~1").finds("quarantined-script-executable", AWAY);
    // One that is taken back within the range was pushed all the same.
    repo.git(&["update-index", "--chmod=-x", AWAY]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "cannot be run"]);
    range("HEAD~2").finds("quarantined-script-executable", AWAY);
}

#[test]
fn a_row_cannot_name_what_is_outside() {
    let repo = with_one_away();
    let registry = fs::read_to_string(repo.path("DANGEROUS_SCRIPTS.md")).unwrap();
    repo.beside("x").write(".DANGEROUS_clean.sh.disabled", b"echo gone\n");
    for path in ["../x/.DANGEROUS_clean.sh.disabled", "/etc/.DANGEROUS_x.disabled"] {
        let text = registry.replace(AWAY, path);
        repo.write("DANGEROUS_SCRIPTS.md", text.as_bytes());
        let run = check(&repo);
        assert!(run.code == 1 && run.err.contains("has no row in"), "{run:#?}");
        assert!(run.err.contains("DANGEROUS_SCRIPTS.md:8: "), "{}", run.err);
    }
}
