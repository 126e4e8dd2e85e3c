//! Rows about commands that run a file or a task whose name alone says what it destroys.

mod alike;
mod called;
mod emptied;
mod queries;
mod tasks;

use super::command::{Word, Words};
use super::piped::commands;
use super::{CommandRow, Hit, hit, kind};
use crate::content::script::model::Kind;
use crate::content::script::model::Scope::{Cloud, Database};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::Shared;
use crate::content::script::words::is_of_tests;
#[cfg(test)]
pub(in crate::content::script) use alike::every_verb;
use alike::spares;
pub(in crate::content::script) use alike::{
    calls_alike, empties_many, is_asked_to_wipe, is_on_store, removes_each, runs_alike,
    says_emptied, says_loss, says_reset, says_some, says_wipe,
};
pub(super) use called::CALLS;
pub(in crate::content::script) use called::names_wipe_of_sql;
pub(in crate::content::script) use emptied::empties_file;
pub(super) use queries::CALLS as QUERIES;
pub(super) use tasks::COMMANDS as TASKS;
use tasks::task;

pub(super) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.sql_file",
            "psql -f drop_all.sql, mysql shop < truncate.sql, psql -c \"$(cat wipe.sql)\"",
            "the name of the file says that it drops, wipes, truncates or purges, or resets a database",
            Database,
            High,
            "",
        ),
        programs: &[
            "psql",
            "mysql",
            "mariadb",
            "sqlite3",
            "sqlcmd",
            "sqlplus",
            "mongosh",
            "mongo",
            "wrangler",
            "turso",
            "duckdb",
            "clickhouse-client",
            "cqlsh",
            "cypher-shell",
            "csql",
            "Invoke-Sqlcmd",
            "typeorm",
        ],
        words: &[],
        when: sql_file,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.named.destroy",
            "./destroy-prod.sh, ./teardown.sh --yes, ./nuke.sh --force",
            "the name of the file says that it destroys, and what is production or a whole environment; or it is told not to ask",
            Cloud,
            High,
            "what the other file asks",
        ),
        programs: &[],
        words: &[],
        when: destroys,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.named",
            "npm run db:drop, python scripts/wipe_database.py, ./drop_db.sh",
            "the name says that it drops, wipes, clears or resets a database, or the same as that of this file; the file is another one",
            Database,
            High,
            "what the other file asks",
        ),
        programs: &[],
        words: &[],
        when: named,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.forced",
            "weka s3 bucket destroy NAME -f, clusterctl wipe --yes",
            "the words of a program that no other row is about say that something is destroyed, and it is told not to ask",
            Cloud,
            High,
            "the prompt without -f",
        ),
        programs: &[],
        words: &[],
        when: |it| hit(is_forced(it)),
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "sh.db_drop",
            "sqd db drop, orm database:reset",
            "the first words of a program that no other row is about say that the database goes",
            Database,
            Critical,
            "",
        ),
        programs: &[],
        words: &[],
        when: database_goes,
        prompt_off: &[],
    },
];

/// What stands for the name of the task that commands belong to.
pub(in crate::content::script) const NAME: &str = "|task";

/// The kind of a command that runs a file of a task whose name says what it destroys: `"db:drop": "node src/drop.js"`.
pub(in crate::content::script) fn runs_wipe(task: &str, words: &Words) -> Option<&'static Kind> {
    let file = words.plain().find(|it| it.text.contains(['/', '.']) && !it.has_holes())?;
    let is_own = RUN_FILES.contains(&words.program.as_str())
        && !file.text.split('/').any(|it| it == "dev" || is_of_tests(it));
    let verbs = [
        "drop", "wipe", "nuke", "truncate", "purge", "destroy", "reset", "clear", "clean", "delete",
    ];
    let does = parts_of(stem(&file.text)).iter().any(|it| verbs.contains(&it.as_str()));
    // `"truncate": "tsx prisma/truncate.ts"`.
    let is_of_store =
        file.text.split('/').any(|it| matches!(it, "prisma" | "db" | "database" | "drizzle"));
    let says_so = names_wipe(task, false) || is_of_store && names_wipe(task, true);
    (is_own && does && says_so && !is_quiet(words)).then_some(of_named()?)
}

/// The kind of a command whose file or task says by its name what goes.
fn of_named() -> Option<&'static Kind> {
    COMMANDS.iter().map(|it| &it.kind).find(|it| it.id == "sh.named")
}

/// That of a helper of another file.
fn helper_kind() -> Option<&'static Kind> {
    CALLS.first().map(|it| &it.kind)
}

/// Programs that run the file behind them.
const RUN_FILES: &[&str] = &[
    "node",
    "bun",
    "ts-node",
    "tsx",
    "deno",
    "python",
    "python3",
    "ruby",
    "php",
    "bash",
    "sh",
    "zsh",
    "babel-node",
    "vite-node",
    "go",
    "source",
    ".",
    "pwsh",
    "powershell",
];

/// Flags of programs that run files with what is loaded before: `tsx --require dotenv/config`.
const LOADS: &[&str] =
    &["--require", "-r", "--import", "--loader", "--env-file", "-P", "--project", "--tsconfig"];

/// Programs that run the task behind them.
const RUN_TASKS: &[&str] =
    &["npm", "yarn", "pnpm", "bun", "make", "just", "task", "composer", "turbo", "nx"];

/// Whether a program looks at a file, or puts it elsewhere, and runs nothing of it: `Test-Path wipe.sql`, `cp wipe.sql /tmp`.
fn only_handles(program: &str) -> bool {
    let verbs = "add copy get join move new out remove rename resolve select set split test write";
    let programs =
        "[ [[ test ls stat wc head less diff git cp mv rm chmod scp rsync touch echo printf grep";
    let verb = program.split_once('-').map_or("", |(verb, _)| verb).to_lowercase();
    programs.split(' ').any(|it| it == program) || verbs.split(' ').any(|it| it == verb)
}

fn is_quiet(words: &Words) -> bool {
    words.any(&["--help", "--dry-run", "--dryrun", "--check"])
}

fn sql_file(words: &Words) -> Hit {
    let flags = ["-f", "--file", "-i", "-InputFile"];
    let behind = words.value_of(&flags).filter(|_| words.program != "mysql");
    let joined = words.rest.iter().map(|it| it.text.as_str()).filter_map(|it| {
        it.strip_prefix("--file=")
            .or_else(|| it.strip_prefix('@'))
            // `sqlite3 app.db ".read wipe.sql"`.
            .or_else(|| it.strip_prefix(".read "))
            .or_else(|| it.strip_prefix("-f"))
    });
    let script = words.plain().map(|it| it.text.as_str()).filter(|it| it.ends_with(".js"));
    // `psql -c "$(cat wipe.sql)"`.
    let handed =
        words.rest.iter().any(|it| files_read(&it.value).iter().any(|it| says_by_name(it)));
    let named = behind
        .into_iter()
        .chain(&words.reads)
        .map(|it| it.text.as_str())
        .chain(joined)
        .chain(script)
        .any(says_by_name);
    hit((named || handed) && !is_quiet(words))
}

/// Programs that write a file as it is.
const READERS: &[&str] = &["cat", "Get-Content", "gc", "type"];

/// The files of SQL whose text a value is.
fn files_read(of: &Shared) -> Vec<String> {
    let is_reader = |it: &Vec<String>| it.first().is_some_and(|it| READERS.contains(&it.as_str()));
    let all = commands(of).into_iter().filter(is_reader).flatten();
    all.filter(|it| it.ends_with(".sql")).collect()
}

/// Whether the name of a file of SQL says what it destroys.
fn says_by_name(file: &str) -> bool {
    names_wipe(place(file), true)
        || matches!(
            stem(file),
            "reset" | "clear" | "clean" | "teardown" | "tear_down" | "tear-down"
        )
}

fn named(words: &Words) -> Hit {
    let program = words.program.as_str();
    // `bash "$DIR/wipe-database.sh"`.
    let is_file = |it: &&Word| {
        it.text.contains(['/', '.'])
            && !it.text.contains(char::is_whitespace)
            && !it.text.rsplit('/').next().unwrap_or_default().contains('\u{1}')
    };
    let ends = [".sh", ".py", ".js", ".ts", ".mjs", ".rb", ".php", ".ps1"];
    let name = if RUN_TASKS.contains(&program) && words.plain().count() < 5 {
        task(words).unwrap_or_default()
    } else if RUN_FILES.contains(&program) {
        let mut plain = words.plain_but(|it| LOADS.contains(&it));
        plain.find(is_file).map(|it| place(&it.text)).unwrap_or_default()
    } else if ends.iter().any(|end| program.ends_with(end)) {
        stem(program)
    } else {
        // `yarn db:drop`, a function of a file that is read in; `db_purge` and its like are of debconf.
        if program.starts_with("db_") { "" } else { program }
    };
    hit(names_wipe(name, false) && !is_quiet(words))
}

/// A file that is called after what it destroys, where that is more than a machine of a developer.
fn destroys(words: &Words) -> Hit {
    let program = words.program.as_str();
    let ends = [".sh", ".py", ".js", ".ts", ".mjs", ".rb", ".php", ".ps1"];
    let is_file = |it: &str| ends.iter().any(|end| it.ends_with(end));
    let read = words.reads.as_ref().map(|it| it.text.as_str());
    let shells = ["bash", "sh", "zsh"];
    // `bin/destroy --force`.
    let is_called_so = matches!(program, "destroy" | "teardown" | "nuke" | "wipe");
    let file = if is_file(program) || is_called_so {
        Some(program)
    } else if RUN_FILES.contains(&program) {
        let read = read.filter(|_| shells.contains(&program));
        words.plain().map(|it| it.text.as_str()).chain(read).find(|it| is_file(it))
    } else {
        None
    };
    let plays = program == "ansible-playbook";
    let play = words
        .plain()
        .map(|it| it.text.as_str())
        .find(|it| plays && (it.ends_with(".yml") || it.ends_with(".yaml")));
    let Some(name) = file.or(play).map(stem).or_else(|| task(words)) else { return Hit::Miss };
    let parts = parts_of(name);
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&it.as_str()));
    let does = has(&["destroy", "teardown", "nuke", "wipe", "purge"]);
    let is_whole = has(&[
        "prod",
        "production",
        "infra",
        "infrastructure",
        "stack",
        "environment",
        "terraform",
    ]);
    let unasked = plays
        || words.any(&[
            "--yes",
            "-y",
            "--no-dry-run",
            "--force",
            "--auto-approve",
            "--no-confirm",
            "--no-prompt",
            "-NoPrompt",
            "--non-interactive",
            "-Force",
            "--assume-yes",
        ]);
    // `-f` may have a value: `./recreate-db.sh -f dev.sql`.
    let unasked = unasked || words.rest.last().is_some_and(|it| it.text == "-f");
    // `./rebuild-database.sh --force`.
    let again = has(&["rebuild", "recreate", "reset"]) && has(&["db", "database"]);
    let is_hit = (does && (is_whole || unasked)
        || again && unasked
        || has(&["reset"]) && has(&["prod", "production"]))
        && !has(PASSES)
        && !is_quiet(words);
    hit(is_hit)
}

/// The kind of a task that is called after destroying what is there, where nobody can be asked: `make destroy`, `npm run infra:destroy`.
pub(in crate::content::script) fn runs_destruction(words: &Words) -> Option<&'static Kind> {
    // `yarn destroy` runs what is called so.
    let is_called = matches!(words.program.as_str(), "destroy" | "teardown" | "nuke");
    let is_runner = RUN_TASKS.contains(&words.program.as_str());
    let parts = parts_of(if is_called { words.program.as_str() } else { task(words)? });
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&it.as_str()));
    let does = has(&["destroy", "nuke", "teardown"]) && !has(PASSES) && !has(&["plan"]);
    let kind = &COMMANDS.iter().find(|it| it.kind.id == "sh.named.destroy")?.kind;
    ((is_runner || is_called) && does && !is_quiet(words)).then_some(kind)
}

/// Words of a name that say that it is about what passes anyway.
const PASSES: &[&str] = &[
    "test", "tests", "e2e", "ci", "preview", "local", "dev", "kind", "minikube", "demo", "cache",
    "sandbox",
];

/// Programs whose words are those of tasks, of what only starts others, or of this machine; or that look at the environment themselves.
const OTHERS: &[&str] = &[
    "rails", "rake", "artisan", "echo", "printf", "git", "docker", "kubectl", "psql", "supabase",
    "prisma", "man", "cd", "ls", "grep", "cat", "mix", "ecto", "railway", "heroku", "crio",
    "crictl",
];

/// `destroy`, `wipe` or `nuke` among the first words, and a flag by which nobody is asked.
fn is_forced(words: &Words) -> bool {
    let does = |it: &Word| matches!(it.text.as_str(), "destroy" | "wipe" | "nuke");
    let flags = ["-f", "--force", "-y", "--yes", "--auto-approve", "--no-confirm"];
    let unasked = flags.iter().any(|flag| words.rest.iter().any(|it| it.text == *flag));
    words.plain().take(4).any(does) && unasked && !is_quiet(words) && !is_other(&words.program)
}

/// Whether other rows are about a program.
fn is_other(program: &str) -> bool {
    RUN_TASKS.contains(&program)
        || RUN_FILES.contains(&program)
        || OTHERS.contains(&program)
        || super::commands().any(|it| it.programs.contains(&program))
}

/// `db drop`, `db:wipe` or `database reset` as the first words.
fn database_goes(words: &Words) -> Hit {
    let mut first = words.rest.iter().map(|it| it.text.as_str());
    let mut parts = first.next().into_iter().flat_map(|it| it.split(':')).chain(first);
    let is_database = parts.next().is_some_and(|it| matches!(it, "db" | "database"));
    let goes = parts
        .next()
        .is_some_and(|it| matches!(it, "drop" | "reset" | "wipe" | "nuke" | "destroy" | "purge"));
    hit(is_database && goes && !is_other(&words.program) && !is_quiet(words))
}

/// The name of a file, with its directory where that is one of a database: `db/drop`.
fn place(path: &str) -> &str {
    let before = path.rsplit_once('/').map_or("", |(it, _)| it);
    let directory = before.rsplit('/').next().unwrap_or_default();
    if !matches!(directory, "db" | "database") {
        return stem(path);
    }
    let from = before.len() - directory.len();
    let end = from + directory.len() + 1 + stem(path).len();
    path.get(from..end).unwrap_or_default()
}

/// The name of a file without its directory and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.split('.').next().unwrap_or_default()
}

/// Whether a name says that a database goes, or all that is in it. That of a file of SQL is one of a database anyway.
pub(super) fn names_wipe(name: &str, is_sql: bool) -> bool {
    let parts = parts_of(name);
    let has = |all: &[&str]| parts.iter().any(|it| all.contains(&it.as_str()));
    if has(&["test", "tests", "e2e", "ci", "cache", "migration", "migrations", "sample", "mock"]) {
        return false;
    }
    let grave = has(&["drop", "wipe", "nuke", "truncate", "purge", "destroy"]);
    // `list_empty_databases` is about those that are.
    let mild = has(&["reset", "clear", "clean", "delete", "remove", "flush", "teardown"])
        || parts.first().is_some_and(|it| it == "empty");
    let products =
        ["mongo", "mongodb", "postgres", "mysql", "sqlite", "d1", "collections", "keyspace"];
    let of_store = has(alike::DATABASES) || has(&products);
    let all = ["all", "everything", "data", "users", "prod", "production"];
    if is_sql {
        return grave || mild && (of_store || has(&all));
    }
    // `clear_all_data`
    let is_whole = has(&["all", "everything"]) && has(&["data", "records", "users", "documents"]);
    grave && (of_store || has(&all)) || mild && (of_store || is_whole)
}

/// The words of a name, those that only a capital parts as well.
fn parts_of(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_small = false;
    for letter in name.chars() {
        let parts_here = !letter.is_alphanumeric() || (was_small && letter.is_uppercase());
        if parts_here {
            parts.push(String::new());
        }
        was_small = letter.is_lowercase();
        if letter.is_alphanumeric()
            && let Some(part) = parts.last_mut()
        {
            part.extend(letter.to_lowercase());
        }
    }
    alike::in_english(parts)
}
