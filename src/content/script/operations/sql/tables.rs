//! Tables that a text makes, and what else is asked of a text as a whole.

use std::collections::HashSet;

use super::Words;
use super::kinds::{ALTER_DROP, DELETE_ALL, DELETE_ORPHANS, DROP_TABLE, TRUNCATE, UPDATE_ALL};
use super::lexer::{self, What};
use crate::content::script::model::Kind;

/// A table that a text makes or fills.
pub(in crate::content::script) struct Made {
    pub(in crate::content::script) name: String,
    /// Where that statement begins.
    pub(in crate::content::script) at: usize,
    pub(in crate::content::script) how: How,
}

/// How a table comes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content::script) enum How {
    New,
    /// It is made where there is none, of others or not.
    Missing {
        is_derived: bool,
    },
    /// It is made of others that are there: by a query, or by a new name.
    Derived,
    /// Rows are put into it.
    Filled,
}

impl Words<'_> {
    /// The first statement of a block, without what begins that: `IF is_new THEN CREATE TEMP TABLE ...`.
    fn first_of_block(self) -> Self {
        let begins = |at: &usize| {
            self.is(*at, &["BEGIN", "THEN", "ELSE", "LOOP"])
                && self.is(at + 1, &["CREATE", "INSERT", "COPY", "ALTER"])
        };
        let from = (0..self.all.len()).find(begins).map_or(0, |at| at + 1);
        Words { all: self.all.get(from..).unwrap_or_default() }
    }

    /// The table that it makes, by whatever way, or fills.
    pub(super) fn made(self) -> Option<Made> {
        let it = self.first_of_block();
        let at = it.all.first()?.at;
        if it.is(0, &["INSERT", "COPY"]) {
            return Some(Made { name: it.inserted()?, at, how: How::Filled });
        }
        let name = it.created()?;
        let how = match (it.is_where_missing(), it.is_derived()) {
            (true, is_derived) => How::Missing { is_derived },
            (false, true) => How::Derived,
            (false, false) => How::New,
        };
        Some(Made { name, at, how })
    }

    /// The table into which it puts rows: `INSERT INTO orders`, `COPY orders`.
    pub(super) fn inserted(&self) -> Option<String> {
        let at = if self.is(1, &["INTO", "OVERWRITE"]) { 2 } else { 1 };
        self.name(at).map(|(name, _)| name)
    }

    /// Whether it makes something of others that are there: by a query, or by a new name.
    pub(super) fn is_derived(&self) -> bool {
        let is_query =
            (2..9).any(|at| self.is(at, &["AS"]) && self.is(at + 1, &["SELECT", "WITH"]));
        self.is(0, &["ALTER"]) || is_query && self.reads_another()
    }

    /// Whether rows of another table are read: no part of a date, nothing that only the grammar asks for, and not only the columns.
    fn reads_another(&self) -> bool {
        let own = self.created().map(|it| table_of(&it)).unwrap_or_default();
        let is_another = |at: usize| {
            let is_call = self.all.get(at + 1).is_some_and(|it| it.text == "(");
            let name = self.name(at).map(|(name, _)| table_of(&name));
            name.is_some_and(|it| !is_call && it != own && it != "dual")
        };
        let is_empty = (4..self.all.len()).any(|at| {
            let next = self.all.get(at + 1..at + 4).unwrap_or_default();
            let next: Vec<&str> = next.iter().map(|it| it.text).collect();
            self.is(at, &["WHERE"]) && matches!(next.as_slice(), ["1", "=", "0" | "2"])
        });
        let mut from = (4..self.all.len()).filter(|at| self.is(*at, &["FROM"])).map(|at| at + 1);
        !is_empty && from.any(|at| self.is_open(at) || is_another(at))
    }

    fn is_open(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|it| it.text == "(")
    }
}

/// Lines at the beginning of a file on which a tool says that it wrote a dump.
const HEAD: usize = 30;

/// How such lines begin, behind the sign of a comment.
const DUMPS: &[&str] = &[
    "MySQL dump",
    "Dump created by MySQL pump",
    "PostgreSQL database cluster dump",
    "MariaDB dump",
    "PostgreSQL database dump",
    "Dumped by pg_dump",
    "Dumped from database",
    "phpMyAdmin SQL Dump",
    "Adminer ",
    "HeidiSQL",
    "SQLite dump",
    "Sequel Pro SQL dump",
    "Sequel Ace SQL dump",
    "Dump of table",
];

/// Conditional comments of MySQL, `/*!40101 SET ... */`, as a dump without other comments has them.
const CONDITIONAL: usize = 3;

/// Whether a file is a dump, as the tool that wrote it says: mysqldump, pg_dump, phpMyAdmin and their like.
pub(super) fn is_dump(text: &str) -> bool {
    let head = || text.lines().take(HEAD).map(str::trim);
    let says = |line: &str| {
        let bare = line.trim_start_matches(['-', '/', '*', '#', ' ']);
        // `Navicat Premium Data Transfer`.
        let is_navicat = bare.starts_with("Navicat ") && bare.contains("Data Transfer");
        is_navicat || bare.len() < line.len() && DUMPS.iter().any(|it| bare.starts_with(it))
    };
    head().any(says) || head().filter(|it| it.starts_with("/*!")).count() >= CONDITIONAL
}

/// Whether a file is one of SQL Server, as what only that has says: `GO`, or its views. What stands in a comment says nothing.
pub(super) fn is_of_sql_server(text: &str) -> bool {
    let views = ["schemas", "objects", "tables"];
    let tokens = lexer::tokens(text);
    let is = |at: usize, word: &str| {
        tokens.get(at).is_some_and(|it| it.what == What::Word && it.text.eq_ignore_ascii_case(word))
    };
    tokens.iter().enumerate().any(|(at, it)| match it.what {
        What::End => it.text.eq_ignore_ascii_case("go"),
        What::Word if is(at, "OBJECT_ID") => tokens.get(at + 1).is_some_and(|it| it.text == "("),
        What::Word => is(at, "sys") && views.iter().any(|it| is(at + 2, it)),
        _ => false,
    })
}

/// Letters of a statement that drops something which are looked at for what it goes on to.
const LONGEST: usize = 2_000;

/// Whether the statement at this place goes on to what depends on what it drops, which SQL Server knows nothing of: `CASCADE`.
pub(super) fn cascades(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
    let statement = rest[..end].split(';').next().unwrap_or_default();
    let lines = statement.lines().take_while(|it| !it.trim().eq_ignore_ascii_case("go"));
    lines.flat_map(str::split_whitespace).any(|it| it.eq_ignore_ascii_case("cascade"))
}

/// The schemas that a text makes for routines: it makes some, no table at all, and reads no other file. Such a schema held no rows
/// before either. `public` is that of all.
pub(super) fn schemas_of_routines(text: &str) -> HashSet<String> {
    let tokens = lexer::tokens(text);
    let (mut schemas, mut routines) = (HashSet::new(), 0);
    for statement in tokens.split(|it| it.what == What::End).map(|it| Words { all: it }) {
        if !statement.is(0, &["CREATE"]) {
            continue;
        }
        if statement.is(1, &["SCHEMA"]) {
            schemas.extend(statement.set_up().map(|it| table_of(&it)));
        }
        routines += usize::from(statement.makes_routine());
        if (1..5).any(|at| statement.is(at, &["TABLE"])) {
            return HashSet::new();
        }
    }
    let reads_more = ["\\i", "\\ir", ".read", "@@", "@", "source", "SOURCE", ":r"];
    let reads = |it: &str| it.split_whitespace().next().is_some_and(|it| reads_more.contains(&it));
    let is_for_routines = routines > 0 && !text.lines().any(reads);
    schemas.retain(|it: &String| it != "public" && is_for_routines);
    schemas
}

/// Whether a kind is about one table, and not a database.
pub(in crate::content::script) fn is_of_table(kind: &Kind) -> bool {
    [&DROP_TABLE, &TRUNCATE, &DELETE_ALL, &DELETE_ORPHANS, &UPDATE_ALL, &ALTER_DROP]
        .iter()
        .any(|it| it.id == kind.id)
}

/// Whether a statement is about the table of this name.
pub(in crate::content::script) fn is_about(statement: &str, table: &str) -> bool {
    !table.is_empty() && table_of(statement) == table_of(table)
}

/// The name of a table, or of the one that a statement is about, without its schema and quotes.
pub(in crate::content::script) fn table_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let last = lower.rsplit(['.', ' ']).next().unwrap_or_default();
    last.trim_matches(['"', '`', '[', ']']).to_owned()
}

/// Whether a text is beyond doubt a statement that wipes something: nobody else writes so.
pub(in crate::content::script) fn is_plain_wipe(text: &str) -> bool {
    let begins = [
        "DROP DATABASE ",
        "DROP SCHEMA ",
        "DROP TABLE ",
        "DROP KEYSPACE ",
        "TRUNCATE TABLE ",
        "TRUNCATE ",
        "DELETE FROM ",
    ];
    let text = text.trim_start();
    let ends = text.contains(';') || text.split_whitespace().count() < 7;
    // SQL Server puts it over the database that is there.
    if text.starts_with("RESTORE DATABASE ") && text.contains("REPLACE") {
        return true;
    }
    begins.iter().any(|it| text.starts_with(it)) && (ends || text.contains(" WHERE "))
}
