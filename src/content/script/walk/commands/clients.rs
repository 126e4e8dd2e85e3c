//! Clients of databases: the statements that their words have, and those that they read.

use std::rc::Rc;

use super::connected::{is_of_nobody, is_of_tool, is_on_tests, keep_elsewhere};
use super::wrapped::all_flagged;
use crate::content::script::operations::sql::Client;
use crate::content::script::operations::{Words, sql};
use crate::content::script::state::State;
use crate::content::script::syntax::Shared;
use crate::content::script::value::{Told, texts};
use crate::content::script::walk::Walk;

/// Programs that read SQL, the flags with it, and how they are called as a layer.
const SQL_PROGRAMS: &[(&str, &[&str])] = &[
    ("psql", &["-c", "--command"]),
    ("mysql", &["-e", "--execute"]),
    ("mariadb", &["-e", "--execute"]),
    ("clickhouse", &["--query", "-q"]),
    ("edgedb", &["-c"]),
    ("gel", &["-c"]),
    ("mycli", &["-e", "--execute"]),
    ("pgcli", &["-c"]),
    ("vsql", &["-c"]),
    ("mclient", &["-s"]),
    ("presto", &["--execute"]),
    ("sqlite3", &[]),
    ("sqlcmd", &["-Q", "-q"]),
    ("clickhouse-client", &["--query", "-q"]),
    ("cqlsh", &["-e", "--execute"]),
    ("bq", &[]),
    ("influx", &["-execute"]),
    ("duckdb", &["-c"]),
    ("cypher-shell", &[]),
    ("snowsql", &["-q", "--query"]),
    ("snow", &["-q", "--query"]),
    ("turso", &["shell"]),
    ("wrangler", &["--command"]),
    ("osql", &["-Q"]),
    ("usql", &["-c"]),
    ("cockroach", &["-e", "--execute"]),
    ("hive", &["-e"]),
    ("beeline", &["-e"]),
    ("impala-shell", &["-q", "--query"]),
    ("spark-sql", &["-e"]),
    ("aws", &["--sql", "--query-string", "--statement", "--sqls"]),
    ("trino", &["--execute"]),
    ("sqlplus", &["-c"]),
    ("isql", &["-c"]),
    ("db2", &[]),
    ("Invoke-Sqlcmd", &["-Query"]),
    ("Invoke-DbaQuery", &["-Query"]),
    ("Invoke-SqliteQuery", &["-Query"]),
    ("Invoke-MySqlQuery", &["-Query"]),
];

/// Letters of the flags of psql that have no value.
const BARE: &str = "aAbeEqtxXlnsSwWzH0";

impl Walk {
    /// Runs the statements that a client is given or reads. Whether a command is a client.
    pub(super) fn runs_statements(
        &mut self,
        words: &Words,
        input: &[Shared],
        state: &mut State,
    ) -> bool {
        let is_named = |name: &str| name.eq_ignore_ascii_case(&words.program);
        let Some((name, flags)) = SQL_PROGRAMS.iter().find(|(name, _)| is_named(name)) else {
            // `echo 'DROP TABLE users' | python manage.py dbshell`.
            let is_shell = words.says(&["dbshell|dbconsole"]);
            for told in input.iter().filter(|_| is_shell).flat_map(texts) {
                self.sql_by(Client::GoesOn, &told, state);
            }
            return is_shell;
        };
        let reads = as_told(words);
        let given = given_to(words, name, flags);
        let given = given.iter().flat_map(texts).map(|it| (Client::Stops, it));
        let read = input.iter().flat_map(texts).map(|it| (reads, it));
        let mut all: Vec<(Client, Told)> = given.chain(read).collect();
        if is_of_nobody(words) || is_of_tool(words) {
            all.clear();
        }
        if is_on_tests(words) && words.in_other_cases().iter().all(is_on_tests) {
            keep_elsewhere(words, &mut all);
        }
        self.layers.push(name);
        for (client, told) in all {
            self.sql_by(client, &told, state);
        }
        self.layers.pop();
        true
    }
}

/// What of the words of a client are statements.
fn given_to(words: &Words, name: &str, flags: &[&str]) -> Vec<Shared> {
    let mut given: Vec<Shared> = flags.iter().flat_map(|flag| all_flagged(words, flag)).collect();
    given.extend(flags.iter().filter_map(|flag| among(words, flag)));
    // `Invoke-Sqlcmd 'DROP DATABASE shop'`.
    if name.contains("-Sql") {
        given.extend(words.unnamed().map(|it| Rc::clone(&it.value)));
    } else if name.contains("-Dba") {
        let mut plain = words.plain();
        let bare = plain.find(|it| sql::is_plain_wipe(&it.text.to_uppercase()));
        given.extend(bare.map(|it| Rc::clone(&it.value)));
    }
    let is_file = matches!(words.program.as_str(), "sqlite3" | "duckdb");
    if flags.is_empty() || is_file {
        given.extend(words.plain().skip(usize::from(is_file)).map(|it| Rc::clone(&it.value)));
    }
    given
}

/// What becomes of the rest of what a client reads where a statement fails. What stands behind `-c` is sent as one.
fn as_told(words: &Words) -> Client {
    let is_told = |text: &str| {
        let set = text.split_once("ON_ERROR_STOP");
        let set = set.filter(|(flag, _)| matches!(*flag, "" | "-v" | "--set=" | "--variable="));
        let letters = text.strip_prefix('-').unwrap_or_default();
        let is_one =
            letters.contains('1') && letters.chars().all(|it| it == '1' || BARE.contains(it));
        set.is_some_and(|(_, rest)| sql::is_on(rest.trim_start_matches('=')))
            || is_one
            || text == "--single-transaction"
    };
    match words.program == "psql" && !words.rest.iter().any(|it| is_told(&it.text)) {
        true => Client::GoesOn,
        false => Client::Stops,
    }
}

/// The value of a flag of one letter that stands last among others, or right behind it: `-tAc TEXT`, `-Nse TEXT`, `-eTEXT`.
fn among(words: &Words, flag: &str) -> Option<Shared> {
    let letter = flag.strip_prefix('-').filter(|it| it.len() == 1)?;
    let at = words.rest.iter().position(|it| {
        let letters = it.text.strip_prefix('-').unwrap_or_default();
        (2..6).contains(&letters.len())
            && letters.ends_with(letter)
            && letters.bytes().all(|it| it.is_ascii_alphabetic())
    })?;
    words.rest.get(at + 1).map(|it| Rc::clone(&it.value))
}
