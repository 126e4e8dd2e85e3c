//! The guards that findings show, read by the tools of their languages; the page of dangerous scripts against the model;
//! and which program links a grammar. `SNAPSHOTS=overwrite cargo test --test guards` writes the tables of the page.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use bstr::ByteSlice;
use dataward::content::Answer;
use dataward::content::script::{self, Defect, GuardKind, Weight};

const PAGE: &str = "docs/dangerous-scripts.md";

/// The library of the grammars, and what only a program with them has in it: names of nodes in the tables of Python and shell.
/// Without the bytes around them they are in the debug information of every program.
const LIBRARY: &str = "tree-sitter";
const OF_A_GRAMMAR: &[&str] = &["\0concatenated_string\0", "\0heredoc_redirect\0"];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn uses_grammars() -> bool {
    fs::read_to_string(top().join("Cargo.toml")).unwrap().contains(LIBRARY)
}

/// The page with this between the marks of that name.
fn with_part(page: &str, name: &str, part: &str) -> String {
    let start = page.find(&format!("<!-- {name}: ")).expect(name);
    let start = start + page[start..].find('\n').unwrap() + 1;
    let end = start + page[start..].find("<!-- end -->").expect("an end");
    format!("{}\n{part}\n{}", &page[..start], &page[end..])
}

fn guards() -> String {
    let mut table = "| guard | what it is |\n|---|---|\n".to_owned();
    for kind in GuardKind::ALL {
        writeln!(table, "| {} | {} |", kind.word(), kind.about()).unwrap();
    }
    table
}

fn defects() -> String {
    Defect::ALL.iter().fold(String::new(), |list, it| format!("{list}- {}\n", it.clause()))
}

fn operations() -> String {
    let mut table = "| operation | call, command or statement | when it counts | what goes | weight | safeguard of the tool |\n|---|---|---|---|---|---|\n".to_owned();
    for kind in script::kinds() {
        let weight = match kind.weight {
            Weight::Medium => "medium",
            Weight::High => "high",
            Weight::Critical => "critical",
        };
        let cells = [kind.shape, kind.when, kind.safeguard].map(|it| it.replace('|', "\\|"));
        let [shape, when, safeguard] = cells;
        writeln!(
            table,
            "| {} | `{shape}` | {when} | {} | {weight} | {safeguard} |",
            kind.id, kind.scope
        )
        .unwrap();
    }
    table.replace("|  |", "| |")
}

#[test]
fn the_page_of_dangerous_scripts_is_as_the_model_says() {
    let file = top().join(PAGE);
    let written = fs::read_to_string(&file).unwrap();
    let page = with_part(&written, "guards", &guards());
    let page = with_part(&page, "defects", &defects());
    let page = with_part(&page, "operations", &operations());
    if env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite") {
        fs::write(&file, page).unwrap();
        return;
    }
    assert!(written == page, "{PAGE} is old: SNAPSHOTS=overwrite cargo test --test guards");
}

#[test]
fn the_table_of_operations_has_each_once() {
    let ids: Vec<&str> = script::kinds().map(|it| it.id).collect();
    for (at, id) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(id), "{id} is there twice");
    }
    for kind in script::kinds() {
        assert!(!kind.shape.is_empty() && !kind.when.ends_with('.'), "{}", kind.id);
    }
}

#[test]
fn a_program_without_rules_about_scripts_links_no_grammar() {
    let has = |program: &str, word: &str| {
        let bytes = fs::read(program).unwrap();
        bytes.contains_str(word)
    };
    for word in OF_A_GRAMMAR {
        assert!(!has(env!("CARGO_BIN_EXE_check-database-files"), word), "{word:?}");
        for program in
            [env!("CARGO_BIN_EXE_dataward"), env!("CARGO_BIN_EXE_check-dangerous-scripts")]
        {
            // Else this test would look for what is nowhere.
            assert_eq!(has(program, word), uses_grammars(), "{word:?} in {program}");
        }
    }
}

/// What a finding shows in this language.
fn example(language: &str) -> String {
    fs::read_to_string(top().join(format!("src/rules/guards/{language}.txt"))).unwrap()
}

/// Has a tool look at a file of this name and text; it is left out where there is no such tool.
#[allow(clippy::print_stderr, reason = "a test that is left out is said")]
fn accepts(tool: &str, arguments: &[&str], name: &str, text: &str) {
    let place = tempfile::tempdir().unwrap();
    let file: PathBuf = place.path().join(name);
    fs::write(&file, text).unwrap();
    let mut command = Command::new(tool);
    command.args(arguments).arg(&file).current_dir(&place).stdin(Stdio::null());
    match command.output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{tool}: {said}\n{text}");
        }
        Err(error) => eprintln!("LEFT OUT: there is no {tool} ({error})"),
    }
}

#[test]
fn what_a_finding_shows_is_read_by_the_tool_of_its_language() {
    accepts("python3", &["-m", "py_compile"], "a.py", &example("python"));
    accepts("bash", &["-n"], "a.sh", &example("shell"));
    accepts("sh", &["-n"], "a.sh", &example("shell"));
    accepts("node", &["--check"], "a.mjs", &example("javascript"));
    let package = example("package");
    let (scripts, module) = package.split_once("\n\n").unwrap();
    accepts("node", &["--check"], "sure.mjs", module);
    serde_json::from_str::<serde_json::Value>(&format!("{{{scripts}}}")).unwrap();
    accepts("make", &["-n", "-f"], "Makefile", &example("make"));
    let docker = example("docker");
    accepts("sh", &["-n"], "wipe.sh", docker.split_once("\n\n").unwrap().1);
    accepts("ruby", &["-c"], "a.rb", &example("ruby"));
    accepts("php", &["-l"], "a.php", &format!("<?php\n{}", example("php")));
    let go = format!("package main\n\nfunc main() {{\n{}}}\n", example("go"));
    accepts("gofmt", &["-e"], "a.go", &go);
}

/// Scripts in which what a finding shows stands before an operation, by their paths.
fn guarded_scripts() -> Vec<(&'static str, String)> {
    let steps = "    runs-on: ubuntu-latest\n    steps:\n      - run: dropdb app\n";
    let docker = example("docker");
    let (_, wipe) = docker.split_once("\n\n").unwrap();
    let (_, wipe) = wipe.split_once('\n').unwrap();
    vec![
        ("a.py", format!("from app import db\n{}db.drop_all()\n", example("python"))),
        ("a.sh", format!("{}dropdb \"$DB_NAME\"\n", example("shell"))),
        ("wipe.sh", format!("{wipe}dropdb \"$DB_NAME\"\n")),
        ("a.sql", format!("{}DELETE FROM users;\n", example("sql"))),
        ("a.mjs", format!("{}await sequelize.drop();\n", example("javascript"))),
        ("a.ts", format!("{}await sequelize.drop();\n", example("javascript"))),
        ("Makefile", format!("{}\tdropdb \"$(DB_NAME)\"\n", example("make"))),
        ("justfile", example("just").replace("# the recipe that you have", "dropdb {{ name }}")),
        (".github/workflows/wipe.yml", format!("{}{steps}", example("workflow"))),
        ("compose.yml", format!("{}        dropdb \"$$DB_NAME\"\n", example("compose"))),
        ("a.rb", format!("{}User.delete_all\n", example("ruby"))),
        ("a.php", format!("<?php\n{}$pdo->exec('DROP TABLE users');\n", example("php"))),
        (
            "a.go",
            format!(
                "package main\n\nfunc main() {{\n{}\tdb.Exec(\"DROP TABLE users\")\n}}\n",
                example("go")
            ),
        ),
        ("a.ps1", format!("{}dropdb $name\n", example("powershell"))),
        (
            "wipe.yml",
            format!("{}    - postgresql_db: {{name: app, state: absent}}\n", example("ansible")),
        ),
        ("main.tf", example("terraform").replace("# the command that you have", "dropdb app")),
        (
            "Taskfile.yml",
            format!("version: '3'\ntasks:\n{}      - dropdb {{{{.NAME}}}}\n", example("taskfile")),
        ),
        (
            "A.java",
            format!(
                "class A {{\nstatic void main(String[] args) {{\n{}db.execute(\"DROP TABLE users\");\n}}\n}}\n",
                example("java")
            ),
        ),
    ]
}

#[test]
fn what_a_finding_shows_is_a_guard_to_dataward() {
    let mut read = Vec::new();
    for (path, text) in guarded_scripts() {
        match script::read(path.into(), text.as_bytes()) {
            Answer::Yes(script) => {
                read.push(path);
                for operation in &script.operations {
                    assert!(operation.is_guarded(), "{path}: {operation:?}\n{text}");
                }
            }
            // A language that is not read.
            Answer::No => {}
            Answer::Unreadable(why) => panic!("{path}: {why:?}"),
        }
    }
    for path in ["a.py", "a.sh", "a.sql", "wipe.sh"] {
        assert_eq!(read.contains(&path), uses_grammars(), "{path}: {read:?}");
    }
}

/// A run of the guard for the shell or Python, with what is typed; whether it lets on what comes after it.
#[cfg(unix)]
fn goes_on(language: &str, variables: &[(&str, &str)], flag: Option<&str>, typed: &str) -> bool {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt;

    let place = tempfile::tempdir().unwrap();
    for tool in ["psql", "pg_dump"] {
        let file = place.path().join(tool);
        fs::write(&file, "#!/bin/sh\necho 412\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let (program, text) = match language {
        "python" => ("python3", format!("count_rows = len\n{}print('WIPED')\n", example("python"))),
        _ => ("sh", format!("{}echo WIPED\n", example(language))),
    };
    fs::write(place.path().join("script"), text).unwrap();
    let path = format!("{}:{}", place.path().display(), env::var("PATH").unwrap());
    let mut command = Command::new(program);
    command.arg("script").args(flag).current_dir(&place);
    for name in ["APP_ENV", "DB_NAME"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).env("PATH", path);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may have refused before it reads.
    let _ = child.stdin.take().unwrap().write_all(format!("{typed}\n").as_bytes());
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout).contains("WIPED")
}

#[cfg(unix)]
#[test]
fn what_a_finding_shows_stops_whoever_did_not_mean_it() {
    let both = [("APP_ENV", "development"), ("DB_NAME", "app_dev")];
    for language in ["python", "shell"] {
        let wipe = Some("--wipe");
        assert!(goes_on(language, &both, wipe, "app_dev"), "{language}");
        assert!(!goes_on(language, &both, wipe, "yes"), "{language}: another name");
        assert!(!goes_on(language, &both, wipe, ""), "{language}: no name");
        assert!(!goes_on(language, &both, None, "app_dev"), "{language}: a dry run");
        assert!(!goes_on(language, &both[1..], wipe, "app_dev"), "{language}: not set");
        assert!(!goes_on(language, &both[..1], wipe, ""), "{language}: no database");
        let live = [("APP_ENV", "production"), both[1]];
        assert!(!goes_on(language, &live, wipe, "app_dev"), "{language}: production");
    }
}
