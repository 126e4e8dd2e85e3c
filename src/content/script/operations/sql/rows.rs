//! Statements that take one row away by its key, and those that list all rows: together they empty a table.

use super::kinds::DELETE_EACH;
use super::lexer::{self, What};
use super::{Words, is_passing};
use crate::content::script::model::Kind;

/// A statement that takes rows away by what is filled in.
pub(in crate::content::script) struct ByKey {
    pub(in crate::content::script) table: String,
    /// Where it begins.
    pub(in crate::content::script) at: usize,
    /// It takes several at once: `WHERE id IN (...)`.
    pub(in crate::content::script) takes_many: bool,
}

/// `DELETE FROM orders WHERE id = ?`, and nothing else.
pub(in crate::content::script) fn by_key(text: &str) -> Option<ByKey> {
    let tokens = lexer::tokens(text);
    let mut statements = tokens.split(|it| it.what == What::End).filter(|it| !it.is_empty());
    let words = Words { all: statements.next()? };
    let from = if words.is(1, &["FROM"]) { 1 } else { 2 };
    if statements.next().is_some() || !words.is(0, &["DELETE"]) || !words.is(from, &["FROM"]) {
        return None;
    }
    let (table, end) = words.name(from + 1)?;
    let rest = words.all.get(end + 1..)?;
    let condition = Words { all: rest };
    let joins = (0..rest.len()).any(|at| condition.is(at, &["AND", "OR", "NOT", "SELECT", "LIKE"]));
    let compares = rest.iter().any(|it| matches!(it.text, "<" | ">" | "!"));
    let is_so = words.is(end, &["WHERE"]) && !joins && !compares && !is_passing(&table);
    let takes_many = (0..rest.len()).any(|at| condition.is(at, &["IN", "ANY"]));
    let at = words.all.first().map_or(0, |it| it.at);
    is_so.then_some(ByKey { table, at, takes_many })
}

/// The table of which a query gives back all rows: `SELECT id FROM orders ORDER BY id`.
pub(in crate::content::script) fn all_rows_of(text: &str) -> Option<String> {
    let tokens = lexer::tokens(text);
    let statement = tokens.split(|it| it.what == What::End).find(|it| !it.is_empty())?;
    let words = Words { all: statement };
    let from = (1..statement.len()).find(|at| words.is(*at, &["FROM"]))?;
    let is_plain = statement[..from].iter().all(|it| it.text != "(");
    let (table, end) = words.name(from + 1)?;
    let is_whole = end == statement.len() || words.is(end, &["ORDER"]);
    let is_limited = (end..statement.len()).any(|at| words.is(at, &["LIMIT", "FETCH", "OFFSET"]));
    (words.is(0, &["SELECT"]) && is_plain && is_whole && !is_limited).then_some(table)
}

/// The kind of what such a statement and such a query do together.
pub(in crate::content::script) fn each_row() -> &'static Kind {
    &DELETE_EACH
}
