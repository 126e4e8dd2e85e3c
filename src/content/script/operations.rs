//! The table of operations: every call, command and statement that is known to destroy data, one row each.

mod addresses;
mod ansible;
mod chain;
mod clients;
mod cloud;
mod command;
mod copies;
mod database;
pub(super) mod dumps;
pub(super) mod files;
mod frameworks;
mod go;
mod java;
mod javascript;
pub(super) mod keys;
mod listed;
mod machines;
mod named;
mod php;
pub(super) mod piped;
mod platforms;
mod powershell;
mod providers;
mod python;
mod queues;
mod ruby;
pub(super) mod sql;
mod stores;
mod tables;
mod terraform;

use std::collections::HashSet;
use std::sync::OnceLock;

use super::Language;
use super::model::{Kind, Scope, Weight};

pub(super) use addresses::is_known_by_name as is_store_by_name;
pub(super) use ansible::takes_away;
pub(super) use chain::{Chain, call_among, is_argument, is_narrow, is_of_found, is_where, name_of};
pub(super) use cloud::TERRAFORM;
pub(super) use command::{Word, Words};
pub(super) use files::with_names_of;
pub(super) use listed::is_choice;
#[cfg(test)]
pub(super) use named::every_verb;
pub(super) use named::{
    NAME, calls_alike, empties_file, empties_many, is_asked_to_wipe, is_on_store,
    names_wipe_of_sql, removes_each, runs_alike, runs_destruction, runs_wipe, says_emptied,
    says_loss, says_reset, says_some, says_wipe,
};

/// Whether a call or command is an operation, and how much it destroys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    Miss,
    /// What its row says.
    Full,
    /// What its row says, but of one tenant that the script names.
    Tenant,
    /// What its row says, and before that the framework asks or refuses by itself.
    Asked,
}

/// All that a row says where this holds, and else nothing.
fn hit(is_hit: bool) -> Hit {
    if is_hit { Hit::Full } else { Hit::Miss }
}

/// A row about calls of functions and methods.
pub(super) struct CallRow {
    pub(super) kind: Kind,
    pub(super) languages: &'static [Language],
    /// The last name of what is called; empty for any.
    pub(super) names: &'static [&'static str],
    pub(super) when: fn(&Chain) -> Hit,
}

/// A row about commands.
pub(super) struct CommandRow {
    pub(super) kind: Kind,
    /// Names of programs; empty for any.
    pub(super) programs: &'static [&'static str],
    /// Words that must follow in this order, flags between them left out; each may name several with `|`.
    pub(super) words: &'static [&'static str],
    pub(super) when: fn(&Words) -> Hit,
    /// The flags without which the tool asks by itself: one of them must be there. Empty where it never asks.
    pub(super) prompt_off: &'static [&'static str],
}

/// A kind of operation.
pub(super) const fn kind(
    id: &'static str,
    shape: &'static str,
    when: &'static str,
    scope: Scope,
    weight: Weight,
    safeguard: &'static str,
) -> Kind {
    Kind { id, shape, when, scope, weight, safeguard }
}

/// All rows about calls.
pub(super) fn calls() -> impl Iterator<Item = &'static CallRow> {
    [
        python::CALLS,
        python::stores::CALLS,
        python::cloud::CALLS,
        python::libraries::CALLS,
        javascript::CALLS,
        javascript::elsewhere::CALLS,
        javascript::cloud::CALLS,
        javascript::disk::CALLS,
        javascript::embedded::CALLS,
        php::CALLS,
        php::EACH,
        php::STORES,
        php::SITES,
        ruby::CALLS,
        powershell::CALLS,
        go::CALLS,
        go::CLOUD,
        go::more::CALLS,
        addresses::CALLS,
        named::CALLS,
        java::CALLS,
        java::stores::CALLS,
        java::each::CALLS,
        named::QUERIES,
        keys::CALLS,
        listed::CALLS,
        listed::GIVEN,
        tables::CALLS,
        ruby::stores::CALLS,
        ruby::elsewhere::CALLS,
        clients::CALLS,
    ]
    .into_iter()
    .flatten()
}

/// Whether calls of this name have a row of their own in this language.
pub(super) fn has_row(language: Language, name: &str) -> bool {
    calls().any(|it| it.languages.contains(&language) && it.names.contains(&name))
}

/// All rows about commands.
pub(super) fn commands() -> impl Iterator<Item = &'static CommandRow> {
    [
        database::COMMANDS,
        frameworks::COMMANDS,
        stores::COMMANDS,
        files::COMMANDS,
        files::EMPTIED,
        files::VOLUMES,
        providers::COMMANDS,
        cloud::COMMANDS,
        platforms::COMMANDS,
        machines::COMMANDS,
        copies::COMMANDS,
        dumps::COMMANDS,
        powershell::COMMANDS,
        powershell::each::COMMANDS,
        named::COMMANDS,
        named::TASKS,
        piped::COMMANDS,
        addresses::COMMANDS,
        queues::COMMANDS,
        ansible::COMMANDS,
    ]
    .into_iter()
    .flatten()
}

/// Whether a program of this name has a row, or runs what stands behind it.
pub(super) fn is_program(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
    let around = [
        "sudo", "ssh", "bash", "sh", "npx", "cd", "python", "python3", "php", "node", "npm",
        "yarn", "pnpm", "bundle", "console",
    ];
    let names = NAMES
        .get_or_init(|| commands().flat_map(|it| it.programs).copied().chain(around).collect());
    names.contains(name)
}

/// Every kind of operation, in the order of the table.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    let calls = calls().map(|it| &it.kind);
    let commands = commands().map(|it| &it.kind).chain([&terraform::SETTING]);
    calls.chain(commands).chain(sql::KINDS.iter().copied())
}

/// Whether a kind is about containers and their volumes: in a directory for development these are made to be thrown away.
pub(super) fn is_of_containers(kind: &Kind) -> bool {
    kind.id.starts_with("sh.docker") || kind.id == "sh.kubectl"
}
