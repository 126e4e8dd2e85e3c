//! Rows that a query lists, and that are taken away one after the other by their keys.

use crate::content::script::Language;
use crate::content::script::model::Kind;
use crate::content::script::operations::{is_choice, sql};
use crate::content::script::state::State;
use crate::content::script::syntax::{Call, Expression, Form, Shared, is_each};
use crate::content::script::value::{Told, texts};
use crate::content::script::walk::Walk;
use crate::content::script::walk::calls::operations_name;

/// Expressions that are looked at to tell where a key comes from.
const LOOKED_AT: usize = 300;

/// Queries of one file that are remembered.
const QUERIES: usize = 2_000;

/// Calls that give rows back.
const GIVES_ROWS: &[&str] = &[
    "fetchall",
    "fetchmany",
    "fetch_all",
    "fetch",
    "execute",
    "query",
    "all",
    "iterate",
    "stream",
    "scalars",
    "mappings",
    "raw",
    "$queryRaw",
    "$queryRawUnsafe",
    "get_results",
    "any",
    "manyOrNone",
    "many",
    "rows",
];

/// Where a key comes from.
#[derive(Default)]
struct Source {
    /// It is one of many.
    is_one: bool,
    /// The line of what gave the rows.
    given_at: Option<u32>,
    queries: Vec<String>,
}

impl Walk {
    /// Keeps the text of a query, and looks whether a statement takes away each row that one gave.
    pub(in crate::content::script::walk) fn row_by_row(
        &mut self,
        of: &Shared,
        call: &Call,
        state: &mut State,
    ) {
        let prepared = prepared(call);
        let first = prepared.or(call.arguments.first().map(|it| &it.value));
        let Some(first) = first else { return };
        for told in texts(first) {
            if is_query(&told.text) && self.queries.len() < QUERIES {
                self.queries.push((of.line, told.text.clone()));
            }
            let Some(statement) = sql::by_key(&told.text) else { continue };
            let skipped = usize::from(prepared.is_none());
            let given = call.arguments.iter().skip(skipped).map(|it| &it.value);
            let values: Vec<&Shared> = told.origin.holes.iter().chain(given).collect();
            let is_of_many =
                matches!(&call.callee.form, Form::Member(_, name) if name == "executemany");
            let is_each =
                values.iter().any(|it| self.is_every_row(it, &statement, is_of_many, state));
            if is_each {
                self.takes_rows(&told, &statement, state);
            }
        }
        let is_known = |it: &Told| !it.text.trim_matches(['\u{1}', ';', ' ']).is_empty();
        if !texts(first).iter().any(is_known)
            && let Some((kind, name)) = self.made_by_query(first, state)
        {
            self.layers.push(Language::Sql.word());
            self.destroys(kind, kind.scope, of.line, name, None, state);
            self.layers.pop();
        }
    }

    /// What a statement destroys that a query has put together: `SELECT 'DROP TABLE ' || tablename FROM pg_tables`.
    fn made_by_query(&self, value: &Shared, state: &State) -> Option<(&'static Kind, String)> {
        let from = origin(value, state)?;
        sql::made_of_rows(&self.query_of(&from)?)
    }

    fn takes_rows(&mut self, told: &Told, statement: &sql::ByKey, state: &mut State) {
        let line = told.origin.line(told.text.as_bytes(), statement.at);
        let name = operations_name(&format!("DELETE FROM {}", statement.table));
        self.layers.push(Language::Sql.word());
        self.destroys(sql::each_row(), sql::each_row().scope, line, name, None, state);
        self.layers.pop();
    }

    /// Whether a value is the key of each row of the table, one after the other, or all of them at once.
    fn is_every_row(
        &self,
        value: &Shared,
        statement: &sql::ByKey,
        is_of_many: bool,
        state: &State,
    ) -> bool {
        let Some(from) = origin(value, state) else { return false };
        if !from.is_one && !statement.takes_many && !is_of_many {
            return false;
        }
        let table = self.query_of(&from).and_then(|it| sql::all_rows_of(&it));
        table.is_some_and(|it| sql::is_about(&it, &statement.table))
    }

    /// The query that gave the rows: that of the value itself, else the last one before.
    fn query_of(&self, from: &Source) -> Option<String> {
        from.queries.last().cloned().or_else(|| {
            let before = |line: u32| line <= from.given_at.unwrap_or(0);
            self.queries.iter().rev().find(|it| before(it.0)).map(|it| it.1.clone())
        })
    }
}

/// The statement that was prepared before: `db.prepare('DELETE ...').run(id)`.
fn prepared(call: &Call) -> Option<&Shared> {
    let Form::Member(on, _) = &call.callee.form else { return None };
    let Form::Call(inner) = &on.form else { return None };
    let is_prepared = matches!(&inner.callee.form, Form::Member(_, name) if name == "prepare");
    inner.arguments.first().filter(|_| is_prepared).map(|it| &it.value)
}

fn is_query(text: &str) -> bool {
    text.trim_start().get(..6).is_some_and(|it| it.eq_ignore_ascii_case("select"))
}

/// What a value is made of; none where a condition or a filter has chosen it.
fn origin(value: &Shared, state: &State) -> Option<Source> {
    let mut open: Vec<&Shared> = vec![value];
    let mut from = Source::default();
    let mut left = LOOKED_AT;
    while let Some(it) = open.pop() {
        left = left.checked_sub(1)?;
        match &it.form {
            Form::Index(on, _) if is_each(it) => {
                let is_same = |one: &Shared| one.line == it.line && one.depth == it.depth;
                if state.chosen.iter().any(|it| is_same(&it.one)) {
                    return None;
                }
                from.is_one = true;
                // `for row in cursor`.
                if is_cursor(on) {
                    from.given_at = Some(it.line);
                }
            }
            Form::Call(call) => {
                let name = match &call.callee.form {
                    Form::Name(name) | Form::Member(_, name) => name.as_str(),
                    _ => "",
                };
                if is_choice(call) {
                    return None;
                }
                let texts = call.arguments.first().map(|it| texts(&it.value)).unwrap_or_default();
                from.queries.extend(texts.into_iter().map(|it| it.text).filter(|it| is_query(it)));
                if GIVES_ROWS.contains(&name) {
                    from.given_at = from.given_at.max(Some(it.line));
                }
            }
            _ => {}
        }
        open.extend(it.children());
    }
    (from.given_at.is_some() || !from.queries.is_empty()).then_some(from)
}

fn is_cursor(of: &Expression) -> bool {
    match &of.form {
        Form::Call(call) => matches!(&call.callee.form, Form::Member(_, name) if name == "cursor"),
        Form::Name(name) => name.starts_with("cur") || matches!(name.as_str(), "c" | "rows"),
        _ => false,
    }
}
