//! What must agree: the rules with their manuals and transcripts, the programs with README and manifest, the documents
//! with the files that they name. `SNAPSHOTS=overwrite cargo test --test catalogue` writes docs/rules.md and the
//! demo in README.md.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use dataward::policy::Policy;
use dataward::rules::{self, Rule};

/// What `dataward explain` and docs/rules.md promise of each rule, in this order.
const HEADINGS: &[&str] =
    &["## What it finds", "## Why it matters", "## What to do", "## How to allow it"];

/// Rules that no transcript shows, and the test that does. The time that a database takes is not the same everywhere.
const SHOWN_BY_A_TEST: &[(&str, &str, &str)] = &[(
    "too-slow-to-read",
    "tests/hostile.rs",
    "the_clock_makes_a_database_unreadable_and_never_smaller",
)];

/// Commands of README that no transcript runs, since they compile or need pre-commit.
const NOT_IN_TRANSCRIPTS: &[&str] =
    &["cargo run --release -- demo", "cargo test", "cargo install --path .", "pre-commit install"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn exists(path: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists()
}

/// The names of the files in a directory that end so, without that ending.
fn stems(directory: &str, ending: &str) -> BTreeSet<String> {
    fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(directory))
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(ending).map(str::to_owned)
        })
        .collect()
}

fn transcripts() -> String {
    let names = stems("tests/transcripts", ".md");
    names.iter().map(|name| read(&format!("tests/transcripts/{name}.md"))).collect()
}

/// The text of the code blocks of a page in this language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("\n```{language}\n");
    page.split(&fence).skip(1).map(|it| it.split_once("```").expect("a fence").0).collect()
}

fn module(rule: &Rule) -> String {
    rule.id.replace('-', "_")
}

#[test]
fn every_rule_has_a_name_a_manual_and_a_transcript() {
    let transcripts = transcripts();
    for rule in rules::ALL {
        let id = rule.id;
        let plain = id.split('-').all(|word| {
            !word.is_empty()
                && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
        });
        assert!(plain, "{id}: words in lower case with - between them");
        // An id names what was found, so that it reads after "allow".
        let first = id.split('-').next().unwrap();
        let verbs = ["no", "not", "ban", "check", "deny", "detect", "disallow", "find", "forbid"];
        assert!(!verbs.contains(&first), "{id}: does not read after \"allow\"");

        let file = format!("src/rules/{}.md", module(rule));
        assert_eq!(rule.manual, read(&file), "{file} is not the manual of {id}");
        assert!(exists(&format!("src/rules/{}.rs", module(rule))), "{id}: no module of its name");
        assert!(rule.manual.starts_with(&format!("# {id}\n\n")), "{file} has another heading");
        let headings: Vec<&str> =
            rule.manual.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings, HEADINGS, "{file}");
        assert!(rule.summary().ends_with('.'), "{file} does not begin with a sentence");

        match SHOWN_BY_A_TEST.iter().find(|(shown, _, _)| *shown == id) {
            Some((_, file, test)) => {
                assert!(read(file).contains(&format!("fn {test}()")), "{file} has no {test}");
            }
            None => {
                let shown = ["error", "warning"].map(|word| format!("\n{word}[{id}]: "));
                let shown = shown.iter().any(|it| transcripts.contains(it));
                assert!(shown, "{id}: no transcript shows it");
            }
        }
    }
    let modules: BTreeSet<String> = rules::ALL.iter().map(|rule| module(rule)).collect();
    assert_eq!(stems("src/rules", ".md"), modules, "a manual that is of no rule in rules::ALL");
}

#[test]
fn ids_are_in_order_and_a_rule_refines_one_that_there_is() {
    let ids = rules::ids();
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    for rule in rules::ALL {
        let (mut above, mut next) = (vec![rule.id], 0);
        while let Some(id) = above.get(next) {
            let general = rules::named(id).unwrap().refines;
            for general in general {
                assert!(ids.contains(general), "{} refines {general}, which is no rule", rule.id);
                assert_ne!(*general, rule.id, "{} refines itself", rule.id);
            }
            above.extend(general);
            next += 1;
        }
    }
}

#[test]
fn what_a_manual_says_to_allow_is_a_policy() {
    for rule in rules::ALL {
        let examples = blocks(rule.manual, "yaml");
        assert!(!examples.is_empty(), "{} shows no policy", rule.id);
        for example in examples {
            let text = format!("version: 1\n{example}");
            let policy = Policy::parse(text.as_bytes(), "policy", &rules::ids())
                .unwrap_or_else(|error| panic!("{}: {error:#}", rule.id));
            assert!(policy.allowances.iter().all(|it| it.rule == rule.id), "{}", rule.id);
        }
    }
}

#[test]
fn the_page_of_the_rules_is_their_manuals() {
    let mut page = String::from(
        "# Rules\n\nA test writes this page out of the manuals in src/rules. `dataward explain RULE` prints one of them.\n\n",
    );
    for rule in rules::ALL {
        page += &format!("- [{0}](#{0}): {1}\n", rule.id, rule.summary());
    }
    for rule in rules::ALL {
        // Each heading one level down: the page has one of its own.
        let manual: String = rule
            .manual
            .lines()
            .map(
                |line| {
                    if line.starts_with('#') { format!("#{line}\n") } else { format!("{line}\n") }
                },
            )
            .collect();
        page += &format!("\n{manual}");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "docs/rules.md is old: SNAPSHOTS=overwrite cargo test --test catalogue"
    );
}

#[test]
fn a_program_has_one_name_everywhere() {
    let programs = stems("hooks", ".rs");
    let cargo = read("Cargo.toml");
    let bins: BTreeSet<String> = cargo
        .split("[[bin]]\nname = \"")
        .skip(1)
        .map(|it| it.split_once('"').unwrap().0.to_owned())
        .collect();
    assert_eq!(bins, programs, "[[bin]] in Cargo.toml and the files in hooks/");

    let (readme, cli) = (read("README.md"), read("docs/cli.md"));
    for program in &programs {
        assert!(cargo.contains(&format!("path = \"hooks/{program}.rs\"")), "{program}");
        assert!(readme.contains(&format!("\n## {program}\n")), "README has no heading {program}");
        assert!(cli.contains(&format!("\n$ {program} --help\n")), "docs/cli.md lacks {program}");
        let source = read(&format!("hooks/{program}.rs"));
        assert!(source.lines().count() <= 30, "hooks/{program}.rs is over 30 lines");
        assert!(!source.contains(" if "), "hooks/{program}.rs decides something");
    }

    let manifest = read(".pre-commit-hooks.yaml");
    let values = |key: &str| -> Vec<String> {
        let lines = manifest.lines().map(|line| line.trim_start_matches("- ").trim_start());
        lines.filter_map(|line| line.strip_prefix(key)).map(|it| it.trim().to_owned()).collect()
    };
    let (ids, entries) = (values("id:"), values("entry:"));
    assert!(!ids.is_empty());
    assert_eq!(ids, entries, "id and entry in .pre-commit-hooks.yaml");
    for id in ids {
        assert!(programs.contains(&id), "{id} in .pre-commit-hooks.yaml is no program");
    }
}

#[test]
fn the_page_of_command_lines_has_every_subcommand() {
    let cli = read("docs/cli.md");
    let help = Command::new(env!("CARGO_BIN_EXE_dataward")).arg("--help").output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    let commands = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let mut n = 0;
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        if command != "help" {
            assert!(cli.contains(&format!("\n$ dataward {command} --help\n")), "{command}");
            n += 1;
        }
    }
    assert!(n >= 6, "{help}");
}

#[test]
fn readme_begins_with_what_the_demo_says() {
    let output = Command::new(env!("CARGO_BIN_EXE_dataward")).arg("demo").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said =
        format!("$ cargo run --release -- demo\n{}", String::from_utf8(output.stdout).unwrap());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let shown = *blocks(&readme, "console").first().expect("a transcript");
    if env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") && shown != said {
        fs::write(&file, readme.replacen(shown, &said, 1)).unwrap();
        return;
    }
    assert!(
        shown == said,
        "README is old: SNAPSHOTS=overwrite cargo test --test catalogue\n{said}"
    );
}

#[test]
fn the_policy_of_readme_is_one_and_is_short() {
    let readme = read("README.md");
    let policies: Vec<&str> =
        blocks(&readme, "yaml").into_iter().filter(|it| it.contains("version: 1\n")).collect();
    let [policy] = policies[..] else { panic!("{policies:?}") };
    assert!(policy.lines().count() <= 10, "{policy}");
    let policy = Policy::parse(policy.as_bytes(), "README.md", &rules::ids());
    assert_eq!(policy.unwrap_or_else(|error| panic!("{error:#}")).allowances.len(), 1);
}

#[test]
fn every_command_of_readme_is_run_somewhere() {
    let readme = read("README.md");
    let run = format!("{}{readme}", transcripts());
    let commands = blocks(&readme, "sh").into_iter().flat_map(str::lines);
    for command in commands.filter(|it| !it.is_empty()) {
        let line = format!("\n$ {command}\n");
        assert!(
            NOT_IN_TRANSCRIPTS.contains(&command) || run.contains(&line),
            "nothing runs: {command}"
        );
    }
}

#[test]
fn the_documents_name_files_that_there_are() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"] {
        let text = read(page);
        for link in text.split("](").skip(1).map(|it| it.split_once(')').unwrap().0) {
            let file = link.split('#').next().unwrap();
            let elsewhere = link.starts_with("https://") || file.is_empty();
            assert!(elsewhere || exists(file), "{page} links {link}");
        }
        // The text between fences holds examples.
        let prose = text.split("\n```").step_by(2).collect::<String>();
        for word in prose.split('`').skip(1).step_by(2) {
            if is_path(word) {
                assert!(exists(word), "{page} names {word}");
            }
        }
    }
}

/// Whether a word in a document is a path of this repository.
fn is_path(word: &str) -> bool {
    let plain = word.bytes().all(|it| it.is_ascii_alphanumeric() || b"/._-".contains(&it));
    let roots = ["src", "hooks", "tests", "docs", "benches", "examples", "fixtures", ".ci"];
    plain && roots.iter().any(|it| word.strip_prefix(it).is_some_and(|it| it.starts_with('/')))
}

#[test]
fn no_dependency_needs_a_newer_rust_than_we_state() {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    // What only other platforms need is not on this machine.
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--offline",
            "--locked",
            "--format-version=1",
            "--filter-platform",
            host,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let needs: Vec<(&str, Vec<u64>)> = packages
        .iter()
        .filter_map(|it| Some((it["name"].as_str()?, numbers(it["rust_version"].as_str()?))))
        .collect();
    assert!(needs.len() > 50, "{needs:?}");
    let ours = &needs.iter().find(|(name, _)| *name == "dataward").unwrap().1;
    for (name, theirs) in &needs {
        assert!(theirs <= ours, "{name} needs Rust {theirs:?}, and Cargo.toml states {ours:?}");
    }
    let stated = format!("Rust {}.{}", ours[0], ours[1]);
    assert!(read("README.md").contains(&stated), "README does not say {stated}");
}

/// `1.89` as numbers, of which `1.89.0` is no more than it.
fn numbers(version: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> = version.split('.').map(|it| it.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}
