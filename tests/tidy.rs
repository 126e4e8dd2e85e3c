//! The house rules that a reader should not have to check: who names which library, how a file begins, what is committed.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

/// What only some files may name, and which: paths begin so. Nothing names what has no place.
const PLACES: &[(&str, &[&str])] = &[
    ("gix", &["src/source"]),
    ("rusqlite", &["src/content", "src/snapshot/tests.rs"]),
    ("bzip2", &["src/content/archive"]),
    ("deflate64", &["src/content/archive"]),
    ("lzma_rust2", &["src/content/archive"]),
    ("ruzstd", &["src/content/archive"]),
    ("zlib_rs", &["src/content/archive"]),
    ("rustix", &["src/run/gate/worker.rs"]),
    ("psl", &["src/content/profile"]),
    ("serde_yaml", &["src/policy"]),
    ("globset", &["src/policy"]),
    ("clap", &["src/run", "src/commands"]),
    ("owo_colors", &["src/report/human.rs"]),
    (
        "std::process::Command",
        &[
            "src/source/git.rs",
            "src/source/ssh.rs",
            "src/commands/fixture/process.rs",
            // The programs that hooks name are asked for their version.
            "src/commands/doctor/version.rs",
            // The gate of a server runs itself again, to look.
            "src/run/gate/worker.rs",
        ],
    ),
    ("std::net", &[]),
    (
        "std::fs",
        &[
            "src/audit",
            "src/source",
            "src/policy",
            "src/commands",
            "src/run",
            "src/snapshot/tests.rs",
        ],
    ),
    ("std::env::var", &["src/source", "src/run", "src/commands/fixture/process.rs"]),
    ("std::io::stdout", &["src/run/streams.rs"]),
    ("std::io::stderr", &["src/run/streams.rs", "src/run/progress.rs"]),
    ("println", &[]),
    ("eprintln", &[]),
    ("unsafe", &["src/content/sqlite/memory.rs"]),
];

/// Lines of a file that one can still read in one go.
const MOST_LINES: usize = 450;

/// Files that may be longer, and why.
const LONG: &[(&str, &str)] = &[
    ("docs/cli.md", "what programs say of themselves, written by a test"),
    ("docs/dangerous-scripts.md", "the table of operations, written by a test"),
];

/// Words for things that have another name here; CONTRIBUTING.md lists ours.
const RIVALS: &[&str] =
    &["checker", "detector", "engine", "issue", "lint", "manager", "match", "scanner", "violation"];

/// The files of this repository that are text, with what is in them: committed ones, and those that are about to be.
fn files() -> Vec<(String, String)> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .env_remove("GIT_WORK_TREE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).unwrap();
    let mut files = Vec::new();
    for path in paths.split_terminator('\0') {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        // One that is deleted on disk and still in the index.
        if !place.exists() {
            continue;
        }
        let bytes = fs::read(&place).unwrap();
        assert!(
            !bytes.contains(&0),
            "{path} is binary: fixtures are text that tests make files of"
        );
        files.push((path.to_owned(), String::from_utf8(bytes).expect(path)));
    }
    assert!(files.len() > 50);
    files
}

fn rust(under: &'static str) -> impl Iterator<Item = (String, String)> {
    files().into_iter().filter(move |(path, _)| path.starts_with(under) && path.ends_with(".rs"))
}

/// The code of a file without its tests at the bottom, its comments, and its text in quotes.
fn code(text: &str) -> String {
    let text = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let text: Vec<&str> = text.lines().filter(|it| !it.trim_start().starts_with("//")).collect();
    let mut text = text.join("\n");
    // Quotes that begin and end nothing.
    for escaped in [r"\\", r#"'"'"#, r#"'\"'"#, r#"\""#] {
        text = text.replace(escaped, "");
    }
    let pieces: Vec<&str> = text.split('"').collect();
    assert!(pieces.len() % 2 == 1, "a quote too many for this test in: {text}");
    pieces.into_iter().step_by(2).collect::<Vec<_>>().join("\"")
}

/// Whether code names this crate, module, item or word.
fn names(code: &str, name: &str) -> bool {
    let is_part = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let whole = |word: &str| {
        code.match_indices(word).any(|(at, _)| {
            let (before, after) = (&code[..at], &code[at + word.len()..]);
            !is_part(before.chars().next_back()) && !is_part(after.chars().next())
        })
    };
    match name.rsplit_once("::") {
        None => whole(name),
        // `std::io::{Write, stdout}` names it as well, and `std::env::var` stands for `var_os` and `vars` too.
        Some((module, "var")) => {
            ["var", "var_os", "vars", "vars_os"].iter().any(|it| whole(&format!("{module}::{it}")))
                || ["env::var(", "env::var_os(", "env::vars(", "env::vars_os("]
                    .iter()
                    .any(|it| code.contains(it))
        }
        Some((module, item)) => {
            whole(name)
                || code.split(&format!("{module}::{{")).skip(1).any(|it| {
                    let list = it.split_once('}').map_or(it, |(list, _)| list);
                    names(list, item)
                })
        }
    }
}

#[test]
fn each_library_is_named_where_it_belongs() {
    for (path, text) in rust("src/").chain(rust("hooks/")) {
        let code = code(&text);
        for (name, places) in PLACES {
            let may = places.iter().any(|it| path.starts_with(it));
            assert!(may || !names(&code, name), "{path} names {name}, which belongs in {places:?}");
        }
    }
}

#[test]
fn a_name_is_found_however_it_is_brought_in() {
    for code in ["use gix::ObjectId;", "fn f(it: gix::Id)", "use gix;"] {
        assert!(names(code, "gix"), "{code}");
    }
    assert!(!names("let logix = mygix::x;", "gix"));
    assert!(names("use std::process::{Command, Output};", "std::process::Command"));
    assert!(names("use std::{env, fs};", "std::fs"));
    assert!(!names("use std::process::ExitCode; use clap::Command;", "std::process::Command"));
    assert!(names("let home = env::var(NAME);", "std::env::var"));
    assert!(!names(&code("// gix\nlet it = \"gix\";"), "gix"));
    assert!(names(&code("'\"' => gix::f(\"\\\"\")"), "gix"));
}

#[test]
fn every_file_says_first_what_it_is() {
    for (path, text) in rust("") {
        let first = text.lines().next().unwrap_or_default();
        // The manual of a rule is the first thing in its file.
        let says = first.starts_with("//! ") || first.starts_with("#![doc = include_str!(");
        assert!(says, "{path} does not begin with a //! sentence");
    }
}

#[test]
fn text_is_tidy() {
    for (path, text) in files() {
        let is_ours = [".rs", ".md", ".toml", ".yaml", ".yml", ".sql", ".py", ".json"]
            .iter()
            .any(|it| path.ends_with(it));
        for (n, line) in text.lines().enumerate().filter(|_| is_ours) {
            let place = format!("{path}:{}", n + 1);
            assert!(line == line.trim_end(), "{place}: blanks at the end");
            assert!(!line.contains('\t'), "{place}: a tab");
            let open = line.contains(concat!("TO", "DO")) || line.contains(concat!("FIX", "ME"));
            assert!(!open || line.contains("issue "), "{place}: name the issue that it waits for");
        }
        let is_made =
            ["Cargo.lock", "docs/rules.md"].contains(&path.as_str()) || path.ends_with(".json");
        let lines = text.lines().count();
        let may = is_made || LONG.iter().any(|(long, _)| *long == path);
        assert!(may || lines <= MOST_LINES, "{path} has {lines} lines: cut it in two");
    }
}

#[test]
fn no_test_is_left_out_or_waits() {
    let banned =
        [concat!("#[", "ignore"), concat!("#[", "should_panic"), concat!("thread::", "sleep")];
    for (path, text) in rust("") {
        // A program may wait, as for the time of a push to be over.
        let tests = match path.starts_with("src/") && !path.ends_with("tests.rs") {
            true => text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests),
            false => &text,
        };
        for word in banned {
            assert!(!tests.contains(word), "{path} has {word}");
        }
    }
}

#[test]
fn one_thing_has_one_name() {
    for (path, text) in rust("src/") {
        let public = text.lines().map(str::trim_start).filter(|line| line.starts_with("pub "));
        for line in public {
            let name = line.split(['(', '{', ':', '=', '<', ';']).next().unwrap();
            let name = name.split_whitespace().last().unwrap_or_default();
            // The words of `SomeName` and of `some_name`.
            let mut words = String::new();
            for it in name.chars() {
                if it.is_uppercase() {
                    words.push('_');
                }
                words.extend(it.to_lowercase());
            }
            let rival = words.split('_').find(|word| RIVALS.contains(word));
            assert!(
                rival.is_none(),
                "{path}: {name}: this has another name here, see CONTRIBUTING.md"
            );
        }
    }
}
