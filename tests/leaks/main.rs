//! Privacy: databases full of marked values go through every command, format and error, and nothing of a value comes out; and the same
//! files say the same, byte by byte. All people in here are invented.
#![allow(clippy::unwrap_used)]

#[path = "../../src/content/archive/tests/build.rs"]
#[allow(dead_code, clippy::cast_possible_truncation)]
mod build;
#[path = "../support/mod.rs"]
mod support;
mod values;

use std::fs;

use rusqlite::{Connection, MAIN_DB};
use support::{Repo, finish};
use values::{CANARIES, DIGITS, database, files};

/// Anything of a value in what was said.
fn leaked(said: &str) -> Option<String> {
    let said = said.to_lowercase();
    let runs = |of: &[&'static str], length: usize| -> Vec<&'static str> {
        of.iter().flat_map(|it| (0..=it.len() - length).map(move |n| &it[n..n + length])).collect()
    };
    let found =
        runs(CANARIES, 4).into_iter().chain(runs(DIGITS, 5)).find(|it| said.contains(it))?;
    let at = said.find(found)?;
    let near = |it: usize| (0..=it).rev().find(|it| said.is_char_boundary(*it)).unwrap_or(0);
    Some(said[near(at.saturating_sub(200))..near((at + 100).min(said.len()))].to_owned())
}

/// A policy whose conditions nothing meets, and which turns on what is off.
const POLICY: &str = "version: 1\nrules:\n  data-file: warning\nallow:\n\
    \x20 - {rule: database-with-personal-data, path: '**', reason: invented, when: {test_confidence: 1, real_looking_identities: 0, rows: 1}}\n\
    \x20 - {rule: database-dump, path: '**', reason: invented, until: 2020-01-01}\n";

/// A repository with a first commit, a second one with all files, and all of them staged anew under other names.
fn repository(directory: &str) -> Repo {
    let repo = Repo::with_commit().beside(directory);
    fs::create_dir_all(&repo.top).unwrap();
    repo.git(&["init", "--quiet", "--initial-branch=main"]);
    repo.commit("README", b"one\n");
    for (name, bytes) in files() {
        repo.write(&format!("old/{name}"), bytes);
    }
    repo.git(&["add", "-f", "old"]);
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "two"]);
    for (name, bytes) in files() {
        repo.write(&format!("new/{name}"), bytes);
    }
    repo.git(&["add", "-f", "new"]);
    repo.write("policy.yaml", POLICY.as_bytes());
    repo
}

/// The ways to run the hook and `dataward scan`, each in a few forms of the report.
fn looks() -> Vec<Vec<&'static str>> {
    let mut looks = vec![
        vec!["check", "--staged", "--format=human", "--color=always"],
        vec![
            "check",
            "--staged",
            "--format=json",
            "--output=sarif:said.sarif",
            "--output=human:said.txt",
        ],
        vec![
            "check",
            "--from-ref=HEAD~1",
            "--to-ref=HEAD",
            "--format=sarif",
            "--output=json:said.json",
        ],
        vec!["check", "--staged", "--policy=policy.yaml"],
        vec!["check", "--staged", "--policy=policy.yaml", "--format=json"],
        vec!["scan", "--format=human"],
        vec!["scan", "--quick", "--format=json"],
        vec!["scan", "--worktree", "--policy=policy.yaml", "--format=sarif"],
        vec!["baseline", "--check", "--worktree", "--date=2026-01-02"],
        vec!["registry", "check"],
        vec!["explain"],
        vec!["explain", "database-with-personal-data"],
        vec!["demo"],
    ];
    for format in ["--format=human", "--format=json"] {
        looks.push([&["check", format], NAMES].concat());
        looks.push([&["classify", format], NAMES].concat());
    }
    looks
}

/// Some files by name, and what is none: a directory, a name that is not there, a link in a circle.
const NAMES: &[&str] = &[
    "new/whole.db",
    "new/wide.db",
    "new/cut.db",
    "new/page.db",
    "new/corrupt.db",
    "new/schema.db",
    "new/headless.db",
    "new/live.db",
    "new/live.db-wal",
    "new/torn.db",
    "new/torn.db-wal",
    "new/lone.db-wal",
    "new/a.zip",
    "new/torn.zip",
    "new/locked.zip",
    "new/a.db.gz",
    "new/page.html",
    "new/table.csv",
    "new/sqlite.sql",
    "new/postgres.sql",
    "new/mysql.sql",
    "new/torn.sql",
    "new/tangled.sql",
    "new/rows.sql",
];

/// All that was said, on both streams and into files, by the arguments.
fn said(repo: &Repo) -> Vec<(String, String)> {
    let top = repo.top.to_str().unwrap();
    let home = repo.home.path().to_str().unwrap();
    let mut all = Vec::new();
    for arguments in looks() {
        let mut given = arguments.clone();
        if ["check", "scan"].contains(&given[0]) {
            given.push("--date=2026-01-02");
        }
        let run = match given[0] {
            "check" => repo.check(&given[1..]),
            _ => repo.dataward(&given),
        };
        let mut said = format!("{}\n{}\n{}", run.code, run.out, run.err);
        for file in ["said.sarif", "said.json", "said.txt"] {
            said += &fs::read_to_string(repo.path(file)).unwrap_or_default();
            let _ = fs::remove_file(repo.path(file));
        }
        assert!(!said.contains("internal error"), "a panic: {said}");
        all.push((arguments.join(" "), said.replace(top, "TOP").replace(home, "HOME")));
    }
    all
}

#[test]
fn any_part_of_a_value_is_known_again() {
    for said in ["a JXKV b", "(39184620)", "tel. 846205", "x: qxzvwqkjxq"] {
        assert!(leaked(said).is_some(), "{said}");
    }
    for said in ["qxz", "table users: 7391 rows, 8462 bytes", env!("CARGO_MANIFEST_DIR")] {
        assert_eq!(leaked(said), None);
    }
    for (name, bytes) in files().iter().filter(|(name, _)| name.ends_with(".db")) {
        let text: Vec<u8> = bytes.iter().copied().filter(|it| *it != 0).collect();
        let has_values = leaked(&String::from_utf8_lossy(&text)).is_some();
        assert_eq!(has_values, !["live.db", "torn.db"].contains(&name.as_str()), "{name}");
    }
}

#[test]
fn nothing_of_a_value_is_said_and_the_same_files_say_the_same() {
    let repo = repository("here");
    let first = said(&repo);
    for (arguments, said) in &first {
        assert_eq!(leaked(said), None, "{arguments}");
        let silent = ["explain", "demo", "registry", "baseline"];
        let speaks_of_data = !silent.iter().any(|it| arguments.starts_with(it));
        assert!(!speaks_of_data || said.contains("whole.db"), "{arguments}: {said}");
    }
    same(&first, &said(&repo));
    // Elsewhere, and as if written on another day.
    let other = repository("another directory");
    let day = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_600_000_000);
    for name in files().keys() {
        let file =
            fs::File::options().write(true).open(other.path(&format!("new/{name}"))).unwrap();
        file.set_modified(day).unwrap();
    }
    same(&first, &said(&other));
}

#[track_caller]
fn same(one: &[(String, String)], other: &[(String, String)]) {
    for ((arguments, one), (_, other)) in one.iter().zip(other) {
        let lines = one.lines().zip(other.lines());
        let differing: Vec<_> = lines.filter(|(one, other)| one != other).take(3).collect();
        assert!(one == other, "{arguments}: {differing:#?}");
    }
}

#[test]
fn errors_say_nothing_of_a_value() {
    let repo = repository("here");
    let one = CANARIES[0];
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "three"]);
    std::os::unix::fs::symlink("circle", repo.path("circle")).unwrap();
    std::os::unix::fs::symlink("new/whole.db", repo.path("link.db")).unwrap();
    // A policy in which somebody pasted rows, and one that is a database.
    repo.write(
        "rows.yaml",
        format!(
            "version: 1\nallow:\n  - rule: database-file\n    path: '**'\n    reason: ''\n# {one}\n"
        )
        .as_bytes(),
    );
    let runs = [
        repo.check(&["circle", "new", "none.db", "link.db"]),
        repo.check(&["--staged", "--policy=new/whole.db"]),
        repo.check(&["--staged", "--policy=new/sqlite.sql"]),
        repo.check(&["--staged", "--policy=rows.yaml"]),
        repo.dataward(&["classify", "circle", "new", "none.db", "link.db", "new/corrupt.db"]),
        repo.dataward(&["scan", "HEAD:new/whole.db"]),
        repo.dataward(&[
            "scan",
            "--policy-from=HEAD",
            "--format=json",
            "--output=json:new/whole.db/x",
        ]),
        repo.dataward(&["explain", "database-fil"]),
    ];
    for run in runs {
        let said = format!("{}{}", run.out, run.err);
        assert_eq!(leaked(&said), None, "{said}");
        assert!(!said.contains("internal error"), "{said}");
    }
    // A gate whose reader goes away in the middle.
    let mut closed = repo.command("sh");
    closed.env("PROGRAM", support::DATAWARD.unwrap());
    let run =
        finish(closed.args(["-c", "\"$PROGRAM\" classify --format=json new/*.db | head -c 10"]));
    assert_eq!(leaked(&format!("{}{}", run.out, run.err)), None);
}

#[test]
fn an_object_that_git_cannot_read_says_nothing_of_a_value() {
    let repo = repository("here");
    let id = repo.git(&["rev-parse", ":new/whole.db"]);
    let object = repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    let mut bytes = fs::read(&object).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x71);
    fs::remove_file(&object).unwrap();
    fs::write(&object, bytes).unwrap();
    for format in ["human", "json", "sarif"] {
        let run = repo.check(&["--staged", &format!("--format={format}")]);
        assert_ne!(run.code, 0);
        assert_eq!(leaked(&format!("{}{}", run.out, run.err)), None, "{format}");
    }
}

#[test]
fn the_policy_that_init_writes_has_nothing_of_a_value() {
    let repo = repository("here");
    repo.write("tests/fixtures/made.db", &database(""));
    repo.commit("tests/fixtures/made.db", &database(""));
    let run = repo.dataward(&["init"]);
    run.passes();
    let policy = fs::read_to_string(repo.path(".dataward.yaml")).unwrap();
    assert!(policy.contains("whole.db"), "{policy}");
    assert_eq!(leaked(&format!("{}{}{policy}", run.out, run.err)), None);
}

#[test]
fn fixtures_are_made_and_compared_without_a_word_of_a_value() {
    let repo = repository("here");
    repo.commit("made.db", &files()["whole.db"]);
    let lock = |command: &str| {
        let by = format!("--by={command}");
        repo.dataward(&[
            "fixture",
            "lock",
            "made.db",
            &by,
            "--people-are-made-up=they are invented",
        ])
    };
    let mut runs = vec![
        // Commands that fail, make another file and speak of rows, a broken one, none, the very one. What a command that fails
        // says itself is repeated: it is run by hand, and there is no other way to see why.
        lock("cat old/sqlite.sql > /dev/null; exit 3"),
        lock("cp old/wide.db made.db; cat old/rows.sql; cat old/sqlite.sql >&2"),
        lock("cp old/corrupt.db made.db; cat old/mysql.sql"),
        lock("true"),
        lock("cp old/whole.db made.db"),
    ];
    assert_eq!((runs[3].code, runs[4].code), (1, 0), "{runs:#?}");
    repo.git(&["add", "-f", ".dataward.lock"]);
    for other in
        ["whole.db", "wide.db", "corrupt.db", "cut.db", "schema.db", "a.db.gz", "sqlite.sql"]
    {
        repo.commit("old/whole.db", &files()[other]);
        let run = repo.dataward(&["fixture", "verify"]);
        assert_eq!(run.code == 0, other == "whole.db", "{other}: {run:#?}");
        runs.push(run);
    }
    runs.push(repo.dataward(&["fixture", "unlock", "made.db"]));
    for run in runs {
        let lock = fs::read_to_string(repo.path(".dataward.lock")).unwrap_or_default();
        assert_eq!(leaked(&format!("{}{}{lock}", run.out, run.err)), None);
    }
}

/// A message of the panic is about what the code was about to say, which may come out of a row.
#[test]
fn a_panic_says_where_and_not_what() {
    let source = include_str!("../../src/run.rs");
    assert!(source.contains("set_hook"));
    for word in ["payload", "take_hook", "panic}", "panic:?"] {
        assert!(!source.contains(word), "the hook for panics may say what it was about: {word}");
    }
}

/// Names of tables and columns that are themselves somebody, and what must not be said of them.
const SOMEBODY: &[(&str, &str)] = &[
    ("anna.lindqvist@web.de", "lindqvist"),
    ("Jonas.Brandt73@GMAIL.com", "brandt"),
    ("+49 30 901820", "901820"),
    ("+33 6 12 48 75 93", "48 75 93"),
    ("Anna Keller", "keller"),
    ("Schreiber, Thomas", "schreiber"),
    ("mail of sofia.novak@gmx.de", "novak"),
];

#[test]
fn a_name_that_is_somebody_is_masked() {
    let repo = Repo::with_commit();
    let tables = |quote: char| -> String {
        let table = |(n, (name, _)): (usize, &(&str, &str))| {
            format!(
                "CREATE TABLE {quote}{name}{quote}(x, y); INSERT INTO {quote}{name}{quote} VALUES('a{n}@web.de', 1);
                 CREATE TABLE t{n}({quote}{name}{quote}, z); INSERT INTO t{n} VALUES('b{n}@web.de', 2);\n"
            )
        };
        SOMEBODY.iter().enumerate().map(table).collect()
    };
    let directory = tempfile::tempdir().unwrap();
    let mut connection = Connection::open(directory.path().join("a.db")).unwrap();
    connection.execute_batch("PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0;").unwrap();
    connection.execute_batch(&tables('"')).unwrap();
    let log = fs::read(directory.path().join("a.db-wal")).unwrap();
    let whole = connection.serialize(MAIN_DB).unwrap().to_vec();
    let mut torn = whole.clone();
    torn[4096..4104].fill(0x77);
    repo.add("a.db", &whole);
    repo.add("cut.db", &whole[..whole.len() / 4096 / 2 * 4096]);
    repo.add("torn.db", &torn);
    repo.add("lone.db-wal", &log);
    repo.add(
        "a.sql",
        format!("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n{}COMMIT;\n", tables('"'))
            .as_bytes(),
    );
    repo.add("b.sql", format!("-- MySQL dump 10.13\n{}", tables('`')).as_bytes());
    let mut runs = Vec::new();
    for format in ["human", "json", "sarif"] {
        runs.push(repo.check(&["--staged", &format!("--format={format}")]));
    }
    for format in ["human", "json"] {
        let files = ["a.db", "cut.db", "torn.db", "lone.db-wal", "a.sql", "b.sql"];
        let format = format!("--format={format}");
        runs.push(repo.dataward(&[&["classify", &format][..], &files].concat()));
    }
    let mut shown: Vec<&str> = Vec::new();
    for run in &runs {
        let said = format!("{}{}", run.out, run.err).to_lowercase();
        assert!(said.contains("masked"), "{said}");
        shown
            .extend(SOMEBODY.iter().filter(|(_, part)| said.contains(part)).map(|(name, _)| *name));
    }
    shown.sort_unstable();
    shown.dedup();
    assert_eq!(shown, Vec::<&str>::new(), "not masked");
}
