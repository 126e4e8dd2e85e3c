//! What a finding in a script hints at: the file is mended, and its change gets to where it was found.

use crate::desk::Desk;

const OPEN: &str = "from app import db\n\ndb.drop_all()\n";

const GUARDED: &str = "import os\nimport sys\n\nfrom app import db\n\nif os.environ.get(\"APP_ENV\") != \"development\":\n    sys.exit(1)\ndb.drop_all()\n";

#[test]
fn a_script_that_was_mended_is_staged_again() {
    let desk = Desk::with_a_commit();
    desk.write("src/wipe it's.py", OPEN.as_bytes());
    desk.git("add src");
    let hints = desk.refused_in("src", "check-dangerous-scripts --staged");
    desk.write("src/wipe it's.py", GUARDED.as_bytes());
    desk.run_in("src", &hints, "then stage it again");
    desk.passes("check-dangerous-scripts --staged");
}

#[test]
fn a_script_that_was_mended_is_put_into_the_last_commit() {
    let desk = Desk::with_a_commit();
    let start = desk.git("rev-parse HEAD");
    let range = format!("check-dangerous-scripts --from-ref {start} --to-ref HEAD");
    desk.commit("wipe.py", OPEN.as_bytes());
    let hints = desk.refused(&range);
    desk.write("wipe.py", GUARDED.as_bytes());
    desk.run(&hints, "then put it into the last commit");
    desk.passes(&range);
}

#[test]
fn what_a_change_took_away_is_shown() {
    let desk = Desk::with_a_commit();
    desk.commit("wipe.py", GUARDED.as_bytes());
    desk.write("wipe.py", OPEN.as_bytes());
    desk.git("add wipe.py");
    let hints = desk.refused("check-dangerous-scripts --staged");
    assert!(desk.run(&hints, "see what went").contains("-    sys.exit(1)"));
}

/// Renamed, a file of the project would stop all that is in it, and what was put away cannot be put away again.
#[test]
fn only_a_script_is_to_be_put_away() {
    for (path, text, is_offered) in [
        ("wipe.sh", "dropdb shop\n", true),
        ("package.json", "{\"scripts\": {\"wipe\": \"dropdb shop\"}}\n", false),
        ("Makefile", "wipe:\n\tdropdb shop\n", false),
        ("Dockerfile", "FROM postgres\nCMD dropdb shop\n", false),
        (
            ".github/workflows/x.yml",
            "on: push\njobs:\n  x:\n    runs-on: x\n    steps:\n    - run: dropdb shop\n",
            false,
        ),
        (".DANGEROUS_wipe.sh.disabled", "dropdb shop\n", false),
    ] {
        let desk = Desk::with_a_commit();
        desk.write(path, text.as_bytes());
        desk.git("add --all");
        let hints = desk.refused("check-dangerous-scripts --staged");
        let offered = hints.iter().any(|it| it.contains("dataward quarantine"));
        assert_eq!(offered, is_offered, "{path}: {hints:?}");
    }
}

#[test]
fn an_old_rails_refuses_nothing_by_itself() {
    let task = "task nuke: :environment do\n  Rake::Task['db:drop'].invoke\nend\n";
    for (lock, is_old) in [("    rails (3.2.22)\n", true), ("    rails (7.1.2)\n", false)] {
        let desk = Desk::with_a_commit();
        desk.write("shop/Gemfile.lock", lock.as_bytes());
        desk.write("shop/lib/tasks/nuke.rake", task.as_bytes());
        desk.git("add shop");
        match is_old {
            true => drop(desk.refused("check-dangerous-scripts --staged")),
            false => drop(desk.passes("check-dangerous-scripts --staged")),
        }
    }
}
