//! Tasks and programs of a project itself, by what they are called: those that a framework finds by name, and those that `make`, `npm`
//! and their like run.

use super::{RUN_TASKS, is_quiet, names_wipe, spares, stem};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::High;
use crate::content::script::operations::command::Words;
use crate::content::script::operations::{CommandRow, hit, kind};

pub(in crate::content::script::operations) static COMMANDS: &[CommandRow] = &[CommandRow {
    kind: kind(
        "sh.named.task",
        "artisan app:reset-database, manage.py wipe_all_data, go run ./cmd/reset-db, cargo run -- reset-db",
        "the name of a command of the project itself says that it drops, wipes, clears or resets a database",
        Database,
        High,
        "what the command asks",
    ),
    programs: &[],
    words: &[],
    when: |it| {
        let is_one = |name: &&str| names_wipe(name, false) && !spares(name);
        hit(own(it).iter().any(is_one) && !is_quiet(it))
    },
    prompt_off: &[],
}];

/// Programs of frameworks that find the commands of a project by their names.
const FRAMEWORKS: &[&str] = &[
    "artisan",
    "manage.py",
    "manage",
    "django-admin",
    "flask",
    "console",
    "rails",
    "rake",
    "thor",
    "ace",
    "spark",
    "craft",
];

/// Commands that frameworks bring along, or well-known packages of theirs: rows of their own are about these. What begins so is as well.
const BROUGHT: &[&str] = &[
    "db:drop",
    "db:reset",
    "db:setup",
    "db:schema",
    "db:purge",
    "db:migrate",
    "db:structure",
    "db:truncate",
    "db:test",
    "db:parallel",
    "db:wipe",
    "db:seed",
    "db:rollback",
    "migrate",
    "migration",
    "flush",
    "sqlflush",
    "reset_db",
    "reset_schema",
    "doctrine:",
    "cache:",
    "dbshell",
];

/// Flags of programs that run tasks with a value of their own behind them, and the word of yarn that has one.
const WITH_VALUE: &[&str] = &[
    "-C",
    "-F",
    "--directory",
    "--file",
    "--prefix",
    "--workspace",
    "--filter",
    "--dir",
    "--cwd",
    "workspace",
];

/// The names of what belongs to the project and is run here.
fn own(words: &Words) -> Vec<&str> {
    let program = words.program.as_str();
    let mut plain = words.plain().map(|it| it.text.as_str());
    // `cargo run -- reset-db`: what the program is told first.
    let behind = || {
        let mut told = words.rest.iter().map(|it| it.text.as_str()).skip_while(|it| *it != "--");
        told.nth(1)
    };
    match program {
        // `go run cmd/reset-db/main.go`, `go run ./cmd/reset-db`, `go run . reset-db`.
        "go" if plain.next() == Some("run") => {
            let path = plain.next().unwrap_or_default().trim_end_matches('/');
            let directory = path.strip_suffix("/main.go").unwrap_or(path);
            // `go run main.go -option=DropAllTables`.
            let values =
                words.rest.iter().filter_map(|it| it.text.strip_prefix('-')?.split_once('='));
            let values = values.map(|(_, it)| it);
            std::iter::once(stem(directory)).chain(plain.next()).chain(values).collect()
        }
        // `cargo run --bin reset_db`, `cargo run --bin=reset_db`, `dotnet run -- reset-database`.
        "cargo" | "dotnet" if plain.next() == Some("run") => {
            let flags = ["--bin", "--example"];
            let apart = words.value_of(&flags).map(|it| it.text.as_str());
            let joined = words.rest.iter().find_map(|it| {
                let (flag, value) = it.text.split_once('=')?;
                flags.contains(&flag).then_some(value)
            });
            apart.into_iter().chain(joined).chain(behind()).collect()
        }
        _ if FRAMEWORKS.contains(&program) || program.ends_with("-console") => {
            let Some(task) = plain.find(|it| !it.contains('=')) else { return Vec::new() };
            let is_brought = BROUGHT.iter().any(|it| task.starts_with(it)) || task.contains(":db:");
            // Those of Laravel ask in production, where they are not told to go on.
            let asks = program == "artisan" && task.starts_with("db:") && !words.has("--force");
            if is_brought || asks { Vec::new() } else { vec![task] }
        }
        _ => Vec::new(),
    }
}

/// The task that a program which runs tasks is told to run: `npm run db:drop`, `make -C backend reset-db`.
pub(super) fn task(words: &Words) -> Option<&str> {
    let verbs = ["run", "run-script", "task"];
    // `npm -w api`, and `make -f other.mk`; `pnpm -w` is about the workspace itself.
    let of_program: &[&str] = match words.program.as_str() {
        "npm" => &["-w"],
        "make" => &["-f"],
        "just" => &["-f", "-d", "--justfile", "--working-directory"],
        "task" => &["-d", "-t", "--taskfile"],
        _ => &[],
    };
    // `make -j 4`.
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let has_value = |it: &str| WITH_VALUE.contains(&it) || of_program.contains(&it);
    let is_task = |it: &&str| !it.contains('=') && !verbs.contains(it) && !is_number(it);
    let told = words.plain_but(has_value).map(|it| it.text.as_str()).find(is_task);
    told.filter(|_| RUN_TASKS.contains(&words.program.as_str()))
}
