//! Rows about a dump that goes straight from one database into another, where it takes the tables away before it makes them anew.

use super::command::{Word, Words};
use super::copies::is_into_other;
use super::files::with_names_of;
use super::{CommandRow, hit, kind};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::High;
use crate::content::script::syntax::{Command, Form, Shared};
use crate::content::script::words::{is_for_a_while, is_of_tests, parts};

pub(super) static COMMANDS: &[CommandRow] = &[CommandRow {
    kind: kind(
        "sh.restore.dump",
        "mysqldump -h staging app | mysql -h prod app, pg_dump --clean dev | psql shop",
        "the dump drops what is there first: one of mysqldump by itself, one of pg_dump where it is told to",
        Database,
        High,
        "a new database to restore into",
    ),
    programs: &["psql", "mysql", "mariadb"],
    words: &[],
    when: |it| {
        let is_dump = it.reads.as_ref().is_some_and(|it| drops_first(&it.value));
        hit(is_dump && !is_into_other(it) && !is_into_copy(it))
    },
    prompt_off: &[],
}];

/// Programs that write a dump, and whether it drops each table without being told to.
const DUMPERS: &[(&str, bool)] =
    &[("pg_dump", false), ("pg_dumpall", false), ("mysqldump", true), ("mariadb-dump", true)];

/// Words by which a database or a host is said to be another one than the one that people use.
const COPIES: &[&str] = &[
    "copy",
    "clone",
    "backup",
    "bak",
    "dev",
    "local",
    "development",
    "archive",
    "sandbox",
    "preview",
    "shadow",
    "replica",
    "qa",
    "staging",
];

/// How addresses name this machine.
const HERE: &[&str] = &["127.0.0.1", "localhost", "::1", "host.docker.internal"];

/// Flags behind which it is said as whom, or at which port.
const OF_USER: &[&str] = &["-u", "-U", "-p", "-P", "--user", "--username", "--port"];

/// Letters of flags of these programs behind which a value stands, in the same word: `-Fc`, `-uroot`.
const WITH_VALUE: &str = "dDeEFfhjlLnNpPrsSTuUwWZ";

/// What a command is called that writes a dump, and the words behind that, whatever program it is told to: `ssh prod "mysqldump app"`,
/// `docker compose exec db pg_dump shop`.
fn dumper(words: &[Shared]) -> Option<(&'static str, bool, Vec<String>)> {
    let texts: Vec<String> = words
        .iter()
        .flat_map(|it| Word::of(it).text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    texts.iter().enumerate().find_map(|(at, it)| {
        let name = it.rsplit('/').next()?;
        let (name, drops) = DUMPERS.iter().find(|(dumper, _)| *dumper == name)?;
        Some((*name, *drops, texts[at + 1..].to_vec()))
    })
}

/// Whether a command writes a dump.
pub(in crate::content::script) fn is_dumper(words: &[Shared]) -> bool {
    dumper(words).is_some()
}

/// Whether a value is what a command writes that dumps a database.
pub(in crate::content::script) fn is_dump(of: &Shared) -> bool {
    matches!(&of.form, Form::Command(command) if is_dumper(&command.words))
}

/// The file that a dump is written to, as a word of its command says.
pub(in crate::content::script) fn file_of(command: &Command) -> Option<&Shared> {
    let flags = ["-f", "--file", "-r", "--result-file"];
    let at =
        command.words.iter().position(|it| it.literal().is_some_and(|it| flags.contains(&&*it)));
    command.words.get(at? + 1)
}

/// Whether a dump drops what is there before it makes that anew.
fn drops_first(of: &Shared) -> bool {
    let Form::Command(command) = &of.form else { return false };
    let Some((_, drops, words)) = dumper(&command.words) else { return false };
    let letter = |word: &String, sought: char| {
        let letters = word.strip_prefix('-').filter(|it| !it.starts_with('-')).unwrap_or_default();
        letters.chars().take_while(|it| !WITH_VALUE.contains(*it)).any(|it| it == sought)
    };
    let says = |all: &[&str], short: char| {
        words.iter().any(|it| all.contains(&it.as_str()) || letter(it, short))
    };
    match drops {
        true => {
            let off = ["--skip-add-drop-table", "--skip-opt", "--compact", "--no-create-info"];
            !says(&off, 't')
        }
        false => says(&["--clean"], 'c'),
    }
}

/// Whether the database that is written over is itself a copy of another, one of development or tests, or on this machine, as it is called.
fn is_into_copy(words: &Words) -> bool {
    let is_copy = |name: &str| {
        let is_other = || parts(name).iter().any(|it| COPIES.contains(&it.as_str()));
        is_of_tests(name) || is_for_a_while(name) || is_other()
    };
    let is_here = |text: &str| HERE.iter().any(|it| text.contains(it));
    words.rest.iter().enumerate().any(|(at, it)| {
        let before = at.checked_sub(1).map_or("", |at| words.rest[at].text.as_str());
        let host = ["--host=", "-h"].iter().find_map(|flag| it.text.strip_prefix(flag));
        let host = host.or(matches!(before, "-h" | "--host").then_some(it.text.as_str()));
        match host {
            // `pg.prod.svc.cluster.local` is not this machine.
            Some(host) => is_here(host) || is_copy(host.split('.').next().unwrap_or_default()),
            None if it.text.starts_with('-') || OF_USER.contains(&before) => false,
            None => is_here(&it.text) || is_copy(&with_names_of(&it.value)),
        }
    })
}
