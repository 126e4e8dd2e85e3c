//! Each guard put into a file as its hint says, with an operation behind it: dataward lets that through, and finds no other.

use super::*;
use crate::content::script::GuardKind;

/// A guard in a file.
struct Pasted {
    path: &'static str,
    language: Language,
    manner: Option<Manner>,
    /// What is left of an example, with the operation where it says.
    text: fn(&str) -> String,
}

const fn pasted(
    path: &'static str,
    language: Language,
    manner: Option<Manner>,
    text: fn(&str) -> String,
) -> Pasted {
    Pasted { path, language, manner, text }
}

/// The script in an example, behind the line that says where it is called.
fn second(guard: &str) -> &str {
    guard.split_once("\n\n").expect("two files").1
}

fn in_place_of(guard: &str, marks: &[&str], operation: &str) -> String {
    let mark = marks.iter().find(|it| guard.contains(**it)).expect("a place for the operation");
    guard.replace(mark, operation)
}

fn in_wipe_sh(guard: &str) -> String {
    format!("{guard}dropdb \"$X\"\n")
}

const FILES: &[Pasted] = &[
    pasted("a.sh", Language::Shell, None, in_wipe_sh),
    pasted("a.py", Language::Python, None, |it| format!("from app import db\n{it}db.drop_all()\n")),
    pasted("a.mjs", Language::JavaScript, None, |it| format!("{it}await sequelize.drop();\n")),
    pasted("a.ts", Language::TypeScript, None, |it| format!("{it}await sequelize.drop();\n")),
    pasted("b.ts", Language::TypeScript, None, |it| {
        format!("async function wipe() {{\n{it}await sequelize.drop();\n}}\nwipe();\n")
    }),
    pasted("a.cjs", Language::JavaScript, Some(Manner::CommonJs), in_require),
    pasted("a.cts", Language::TypeScript, Some(Manner::CommonJs), in_require),
    pasted("a.js", Language::JavaScript, Some(Manner::MongoShell), |it| {
        format!("{it}db.dropDatabase();\n")
    }),
    pasted("a.rb", Language::Ruby, None, |it| format!("{it}User.delete_all\n")),
    pasted("a.php", Language::Php, None, |it| {
        format!("<?php\n{it}$pdo->exec('DROP TABLE users');\n")
    }),
    pasted("a.ps1", Language::PowerShell, None, |it| format!("{it}dropdb $name\n")),
    pasted("a.go", Language::Go, None, |it| {
        format!("package main\n\nfunc main() {{\n{it}db.Exec(\"DROP TABLE users\")\n}}\n")
    }),
    pasted("A.java", Language::Java, None, |it| {
        let main = "class A {\npublic static void main(String[] args) throws Exception {\n";
        format!("{main}{it}db.execute(\"DROP TABLE users\");\n}}\n}}\n")
    }),
    pasted("Makefile", Language::Make, None, |it| format!("{it}\tdropdb \"$(X)\"\n")),
    pasted("justfile", Language::Just, None, |it| {
        in_place_of(it, &["# the recipe that you have, on {{ name }}"], "dropdb {{ name }}")
    }),
    pasted("scripts/wipe.mjs", Language::Package, None, |it| {
        let program = "execFileSync(\"dropdb\", [name]);";
        in_place_of(second(it), &["// execFileSync(PROGRAM, [WORDS, name]);"], program)
    }),
    pasted("scripts/wipe.php", Language::Package, Some(Manner::Composer), |it| {
        let command = "passthru(\"dropdb $name\", $code); exit($code);";
        in_place_of(second(it), &["// passthru(COMMAND, $code); exit($code);"], command)
    }),
    pasted(
        ".github/workflows/a.yml",
        Language::Workflow,
        Some(Manner::Pipeline(Pipeline::GitHub)),
        |it| format!("{it}          dropdb \"$X\"\n"),
    ),
    pasted(".gitlab-ci.yml", Language::Workflow, Some(Manner::Pipeline(Pipeline::GitLab)), |it| {
        format!("{it}      dropdb \"$X\"\n")
    }),
    pasted("a.sh", Language::Workflow, Some(Manner::Pipeline(Pipeline::Other)), in_wipe_sh),
    pasted("wipe.sh", Language::Docker, None, |it| {
        in_wipe_sh(second(it).split_once('\n').expect("a script").1)
    }),
    pasted("compose.yml", Language::Compose, None, |it| format!("{it}        dropdb \"$$X\"\n")),
    pasted("a.sh", Language::Crontab, None, in_wipe_sh),
    pasted("a.sh", Language::Kubernetes, None, in_wipe_sh),
    pasted("a.sh", Language::Systemd, None, in_wipe_sh),
    pasted("a.sh", Language::Settings, None, in_wipe_sh),
    pasted("wipe.yml", Language::Ansible, None, |it| {
        format!("{it}    - postgresql_db: {{name: app, state: absent}}\n")
    }),
    pasted("main.tf", Language::Terraform, None, |it| {
        let (before, _) = it.split_once("# the command that you have").expect("a place");
        format!("{before}dropdb \"$X\"\n    EOT\n  }}\n}}\n")
    }),
    pasted("Taskfile.yml", Language::Taskfile, None, |it| {
        format!("version: '3'\ntasks:\n{it}        dropdb {{{{.NAME}}}}\n")
    }),
];

fn in_require(guard: &str) -> String {
    let marks = ["// what you have, on name alone", "// what you have, by tenantId"];
    let wrapped = in_place_of(guard, &marks, "await sequelize.drop();");
    format!("const {{ sequelize }} = require('./db');\n{wrapped}")
}

#[test]
fn each_language_and_manner_is_pasted() {
    for language in ALL.iter().filter(|it| **it != Language::Sql) {
        for manner in MANNERS.iter().filter(|it| is_of(*language, **it)) {
            let is_one = |it: &Pasted| it.language == *language && it.manner == *manner;
            assert!(FILES.iter().any(is_one), "{} {manner:?}", language.word());
        }
    }
}

/// What is wrong with a guard in a file.
fn fault(path: &str, text: &str) -> Option<String> {
    let Answer::Yes(script) = script::read(path.into(), text.as_bytes()) else {
        return Some("nothing runs".to_owned());
    };
    let [operation] = script.operations.as_slice() else {
        return Some(format!("{:?}", script.operations));
    };
    let has = |kind| operation.guards.iter().any(|it| it.kind == kind);
    let is_good = operation.is_guarded() && has(GuardKind::EnvironmentAllowed);
    (!is_good).then(|| format!("{:?}", operation.guards))
}

#[test]
fn whatever_it_is_about_an_example_is_a_guard_to_dataward_and_destroys_nothing() {
    let mut faults = Vec::new();
    for file in FILES {
        let mut seen = std::collections::HashSet::new();
        'file: for scope in SCOPES {
            for name in NAMES {
                let guard = shown(file.language, file.manner, *scope, name);
                let (path, text) = (file.path, (file.text)(&guard));
                if !seen.insert(text.clone()) {
                    continue;
                }
                if let Some(why) = fault(path, &text) {
                    let language = file.language.word();
                    faults.push(format!("{path} {language} {scope} {name}: {why}\n{text}"));
                    break 'file;
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_calls_the_script_that_asks_is_found_no_more() {
    for (path, manner) in [("package.json", None), ("composer.json", Some(Manner::Composer))] {
        let guard = shown(Language::Package, manner, Scope::Database, "dropdb");
        let (line, _) = guard.split_once("\n\n").expect("two files");
        let text = format!("{{\"scripts\": {{{line}}}}}\n");
        assert!(matches!(script::read(path.into(), text.as_bytes()), Answer::No), "{text}");
    }
}
