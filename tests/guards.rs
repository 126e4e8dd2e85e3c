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

/// What the finding about a script shows: a file of this name that does this.
fn example(path: &str, text: &str) -> String {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_check-dangerous-scripts"));
    command.args(["--format", "json"]).arg(path).current_dir(&place);
    let git = Command::new("git").args(["init", "--quiet"]).current_dir(&place).status();
    assert!(git.unwrap().success());
    let output = command.output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let lines = findings.iter().find_map(|it| it["example"].as_array().filter(|it| !it.is_empty()));
    let lines = lines.unwrap_or_else(|| panic!("{path} shows no guard: {report}"));
    lines.iter().fold(String::new(), |text, it| format!("{text}{}\n", it.as_str().unwrap()))
}

/// What is shown in this language before a database goes.
fn of(language: &str) -> String {
    let (path, text) = match language {
        "python" => ("a.py", "import os\nos.system('dropdb shop')\n"),
        "shell" => ("a.sh", "dropdb shop\n"),
        "javascript" => ("a.mjs", "await sequelize.drop();\n"),
        "require" => ("a.js", "const { sequelize } = require('./db');\nsequelize.drop();\n"),
        "package" => ("package.json", "{\"scripts\": {\"wipe\": \"dropdb shop\"}}\n"),
        "make" => ("Makefile", "wipe:\n\tdropdb shop\n"),
        "just" => ("justfile", "wipe:\n  dropdb shop\n"),
        "docker" => ("Dockerfile", "FROM a\nCMD dropdb shop\n"),
        "compose" => ("compose.yml", "services:\n  a:\n    image: a\n    command: dropdb shop\n"),
        "ruby" => ("a.rb", "User.delete_all\n"),
        "php" => ("a.php", "<?php\n$pdo->exec('DROP TABLE users');\n"),
        "go" => ("a.go", "package main\n\nfunc main() {\n\tdb.Exec(\"DROP TABLE users\")\n}\n"),
        "powershell" => ("a.ps1", "dropdb shop\n"),
        "ansible" => ("a.yml", "- hosts: db\n  tasks:\n    - command: dropdb shop\n"),
        "terraform" => (
            "main.tf",
            "resource \"null_resource\" \"a\" {\n  provisioner \"local-exec\" {\n    command = \"dropdb shop\"\n  }\n}\n",
        ),
        "taskfile" => {
            ("Taskfile.yml", "version: '3'\ntasks:\n  wipe:\n    cmds:\n      - dropdb shop\n")
        }
        "java" => (
            "A.java",
            "class A {\nstatic void main(String[] args) {\ndb.execute(\"DROP TABLE users\");\n}\n}\n",
        ),
        "workflow" => (
            ".github/workflows/wipe.yml",
            "on: push\njobs:\n  a:\n    runs-on: a\n    steps:\n      - run: dropdb shop\n",
        ),
        "gitlab" => (".gitlab-ci.yml", "a:\n  script:\n    - dropdb shop\n"),
        "mongo" => ("a.js", "db.dropDatabase();\n"),
        "typescript" => ("a.ts", "await sequelize.drop();\n"),
        "composer" => ("composer.json", "{\"scripts\": {\"wipe\": \"dropdb shop\"}}\n"),
        "job" => ("crontab", "0 3 * * * dropdb shop\n"),
        _ => ("a.sql", "CREATE TABLE IF NOT EXISTS a (n serial);\nDELETE FROM users;\n"),
    };
    example(path, text)
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
    accepts("python3", &["-m", "py_compile"], "a.py", &of("python"));
    accepts("bash", &["-n"], "a.sh", &of("shell"));
    accepts("sh", &["-n"], "a.sh", &of("shell"));
    accepts("sh", &["-n"], "a.sh", &of("job"));
    accepts("node", &["--check"], "a.mjs", &of("javascript"));
    accepts("node", &["--check"], "a.cjs", &of("require"));
    let package = of("package");
    let (scripts, module) = package.split_once("\n\n").unwrap();
    accepts("node", &["--check"], "wipe.mjs", module);
    serde_json::from_str::<serde_json::Value>(&format!("{{{scripts}}}")).unwrap();
    let composer = of("composer");
    let (scripts, program) = composer.split_once("\n\n").unwrap();
    accepts("php", &["-l"], "wipe.php", program);
    serde_json::from_str::<serde_json::Value>(&format!("{{{scripts}}}")).unwrap();
    accepts("node", &["--check"], "mongo.cjs", &of("mongo"));
    accepts("make", &["-n", "-f"], "Makefile", &of("make"));
    let docker = of("docker");
    accepts("sh", &["-n"], "wipe.sh", docker.split_once("\n\n").unwrap().1);
    accepts("ruby", &["-c"], "a.rb", &of("ruby"));
    accepts("php", &["-l"], "a.php", &format!("<?php\n{}", of("php")));
    let go = format!("package main\n\nfunc main() {{\n{}}}\n", of("go"));
    accepts("gofmt", &["-e"], "a.go", &go);
    let java = format!(
        "class A {{\nstatic void main(String[] args) throws Exception {{\n{}}}\n}}\n",
        of("java")
    );
    accepts("javac", &[], "A.java", &java);
}

/// Scripts in which what a finding shows stands before an operation, by their paths.
fn guarded_scripts() -> Vec<(&'static str, String)> {
    let docker = of("docker");
    let (_, wipe) = docker.split_once("\n\n").unwrap();
    let (_, wipe) = wipe.split_once('\n').unwrap();
    vec![
        ("a.py", format!("from app import db\n{}db.drop_all()\n", of("python"))),
        ("a.sh", format!("{}dropdb \"$DB_NAME\"\n", of("shell"))),
        ("wipe.sh", format!("{wipe}dropdb \"$DB_NAME\"\n")),
        ("a.sql", format!("{}DELETE FROM users;\n", of("sql"))),
        ("a.mjs", format!("{}await sequelize.drop();\n", of("javascript"))),
        ("a.ts", format!("{}await sequelize.drop();\n", of("typescript"))),
        ("Makefile", format!("{}\tdropdb \"$(DB_NAME)\"\n", of("make"))),
        (
            "justfile",
            of("just").replace("# the recipe that you have, on {{ name }}", "dropdb {{ name }}"),
        ),
        (
            ".github/workflows/wipe.yml",
            format!("{}          dropdb \"$DB_NAME\"\n", of("workflow")),
        ),
        (".gitlab-ci.yml", format!("{}      dropdb \"$DB_NAME\"\n", of("gitlab"))),
        ("a.js", format!("{}db.dropDatabase();\n", of("mongo"))),
        ("compose.yml", format!("{}        dropdb \"$$DB_NAME\"\n", of("compose"))),
        ("a.rb", format!("{}User.delete_all\n", of("ruby"))),
        ("a.php", format!("<?php\n{}$pdo->exec('DROP TABLE users');\n", of("php"))),
        (
            "a.go",
            format!(
                "package main\n\nfunc main() {{\n{}\tdb.Exec(\"DROP TABLE users\")\n}}\n",
                of("go")
            ),
        ),
        ("a.ps1", format!("{}dropdb $name\n", of("powershell"))),
        (
            "wipe.yml",
            format!("{}    - postgresql_db: {{name: app, state: absent}}\n", of("ansible")),
        ),
        ("main.tf", of("terraform").replace("# the command that you have, on", "dropdb")),
        (
            "Taskfile.yml",
            format!("version: '3'\ntasks:\n{}        dropdb {{{{.NAME}}}}\n", of("taskfile")),
        ),
        (
            "A.java",
            format!(
                "class A {{\nstatic void main(String[] args) throws Exception {{\n{}db.execute(\"DROP TABLE users\");\n}}\n}}\n",
                of("java")
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

/// A run of the guard in this language, with what is typed; whether it lets on what comes after it.
#[cfg(unix)]
fn goes_on(language: &str, variables: &[(&str, &str)], typed: &str) -> bool {
    use std::io::Write as _;
    use std::os::unix::fs::PermissionsExt;

    let place = tempfile::tempdir().unwrap();
    for tool in ["psql", "pg_dump"] {
        let file = place.path().join(tool);
        fs::write(&file, "#!/bin/sh\necho 412\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let guard = of(language);
    let (program, name, text) = match language {
        "python" => ("python3", "a.py", format!("{guard}print('WIPED')\n")),
        "javascript" => ("node", "a.mjs", format!("{guard}console.log('WIPED');\n")),
        "ruby" => ("ruby", "a.rb", format!("{guard}puts 'WIPED'\n")),
        "php" => ("php", "a.php", format!("<?php\n{guard}echo 'WIPED';\n")),
        "make" => ("make", "Makefile", format!("{guard}\t@echo WIPED\n")),
        "java" => {
            let done = "System.out.println(\"WIPED\");\n}\n}\n";
            let main = "class A {\npublic static void main(String[] args) throws Exception {\n";
            ("java", "A.java", format!("{main}{guard}{done}"))
        }
        "require" => {
            let done = "console.log('WIPED');";
            ("node", "a.cjs", guard.replace("// what you have, on name alone", done))
        }
        _ => ("sh", "a.sh", format!("{guard}echo WIPED\n")),
    };
    fs::write(place.path().join(name), text).unwrap();
    let path = format!("{}:{}", place.path().display(), env::var("PATH").unwrap());
    let mut command = Command::new(program);
    match language {
        "make" => command.arg("wipe"),
        _ => command.arg(name),
    };
    command.current_dir(&place);
    for name in ["APP_ENV", "DB_NAME", "WIPE"] {
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
#[allow(clippy::print_stderr, reason = "a test that is left out is said")]
fn what_a_finding_shows_stops_whoever_did_not_mean_it() {
    let all = [("WIPE", "yes"), ("APP_ENV", "development"), ("DB_NAME", "app_dev")];
    for (language, tool) in [
        ("python", "python3"),
        ("shell", "sh"),
        ("javascript", "node"),
        ("require", "node"),
        ("ruby", "ruby"),
        ("php", "php"),
        ("make", "make"),
        ("java", "java"),
    ] {
        if Command::new(tool).arg("--version").output().is_err() {
            eprintln!("LEFT OUT: there is no {tool}");
            continue;
        }
        assert!(goes_on(language, &all, "app_dev"), "{language}");
        assert!(!goes_on(language, &all, "yes"), "{language}: another name");
        assert!(!goes_on(language, &all, ""), "{language}: no name");
        assert!(!goes_on(language, &all[1..], "app_dev"), "{language}: a dry run");
        assert!(!goes_on(language, &[all[0], all[2]], "app_dev"), "{language}: not set");
        assert!(!goes_on(language, &all[..2], ""), "{language}: no database");
        let unnamed = [all[0], all[1], ("DB_NAME", "")];
        assert!(!goes_on(language, &unnamed, ""), "{language}: an empty name");
        let live = [all[0], ("APP_ENV", "production"), all[2]];
        assert!(!goes_on(language, &live, "app_dev"), "{language}: production");
    }
    // Nobody is there to ask.
    let by_hand = [all[1], all[2], ("WIPE", "app_dev")];
    assert!(goes_on("job", &by_hand, ""));
    assert!(!goes_on("job", &all, ""), "another name");
    assert!(!goes_on("job", &by_hand[..2], ""), "a dry run");
    assert!(!goes_on("job", &by_hand[1..], ""), "not set");
}
