//! Tables that a text makes, and what else is asked of a text as a whole.

use bstr::ByteSlice;

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

impl Made {
    /// A table of this name that something other than a statement fills.
    pub(in crate::content::script) fn filled(name: String) -> Made {
        Made { name, at: 0, how: How::Filled }
    }
}

/// How a table comes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content::script) enum How {
    New,
    /// It is made where there is none.
    Missing,
    /// It is made of others that are there: by a query, or by a new name.
    Derived,
    /// Rows are put into it.
    Filled,
}

/// The tables that a text makes, by whatever way, and those that it fills.
pub(in crate::content::script) fn made(text: &str) -> Vec<Made> {
    let tokens = lexer::tokens(text);
    let statements = tokens.split(|it| it.what == What::End).map(|it| Words { all: it });
    statements
        .filter_map(|it| {
            let at = it.all.first().map_or(0, |it| it.at);
            if it.is(0, &["INSERT", "COPY"]) {
                let from = if it.is(1, &["INTO", "OVERWRITE"]) { 2 } else { 1 };
                return Some(Made { name: it.name(from)?.0, at, how: How::Filled });
            }
            let how = match (it.is_where_missing(), it.is_derived()) {
                (true, _) => How::Missing,
                (false, true) => How::Derived,
                (false, false) => How::New,
            };
            Some(Made { name: it.created()?, at, how })
        })
        .collect()
}

/// Bytes at the beginning of a file in which a tool says that it wrote a dump.
const HEAD: usize = 2_000;

/// Whether a file is a dump, as the tool that wrote it says: mysqldump, pg_dump, phpMyAdmin and their like.
pub(super) fn is_dump(text: &str) -> bool {
    let head = text.as_bytes().get(..HEAD.min(text.len())).unwrap_or_default();
    let signs = ["/*!40", "/*M!", "dump", "Dump", "Navicat", "HeidiSQL", "Adminer"];
    signs.iter().any(|it| head.contains_str(it))
}

/// Whether a kind is about one table, and not a database.
pub(in crate::content::script) fn is_of_table(kind: &Kind) -> bool {
    [&DROP_TABLE, &TRUNCATE, &DELETE_ALL, &DELETE_ORPHANS, &UPDATE_ALL, &ALTER_DROP]
        .iter()
        .any(|it| it.id == kind.id)
}

/// Whether a statement is about the table of this name.
pub(in crate::content::script) fn is_about(statement: &str, table: &str) -> bool {
    let plain = |it: &str| {
        it.to_lowercase()
            .rsplit(['.', ' '])
            .next()
            .unwrap_or_default()
            .trim_matches(['"', '`', '[', ']'])
            .to_owned()
    };
    !table.is_empty() && plain(statement) == plain(table)
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
    begins.iter().any(|it| text.starts_with(it)) && (ends || text.contains(" WHERE "))
}
