//! Tables that a file fills out of others, works off into others, and empties: what they hold is there for a while, and kept elsewhere.

use std::collections::HashMap;

use super::kinds::{DELETE_ALL, TRUNCATE};
use super::lexer::{self, What};
use super::{Statement, Words};

/// Tables that are looked at in one file.
const TABLES: usize = 10_000;

/// What a file does with the rows of tables, by their names and schemas.
#[derive(Default)]
pub(super) struct Filled {
    all: HashMap<String, Fill>,
}

/// Where the rows of a table come from others, and where they go.
struct Fill {
    /// Where rows of others were first put into it.
    from: usize,
    /// Where rows of it were first put elsewhere after that, by another statement.
    worked_off: Option<usize>,
}

impl Filled {
    pub(super) fn of(text: &str) -> Filled {
        let tokens = lexer::tokens(text);
        let statements = || tokens.split(|it| it.what == What::End).map(|it| Words { all: it });
        let mut filled = Filled::default();
        for it in statements() {
            let Some(from) = it.all.first().map(|it| it.at) else { continue };
            let Some((into, sources)) = it.puts().map(|(into, all)| (whole(&into), all)) else {
                continue;
            };
            for source in sources.iter().filter(|it| **it != into) {
                if let Some(fill) = filled.all.get_mut(source) {
                    fill.worked_off.get_or_insert(from);
                }
            }
            if it.is(0, &["INSERT"]) && sources.iter().any(|it| *it != into) {
                filled.all.entry(into).or_insert(Fill { from, worked_off: None });
            }
            if filled.all.len() > TABLES {
                return Filled::default();
            }
        }
        filled
    }

    /// Whether a statement empties a table that was filled before, and worked off since.
    pub(super) fn is_worked_off(&self, by: &Statement) -> bool {
        let is_emptied = by.kind.id == DELETE_ALL.id || by.kind.id == TRUNCATE.id;
        let fill = self.all.get(&whole(&by.name)).filter(|_| is_emptied);
        fill.is_some_and(|it| it.worked_off.is_some_and(|at| (it.from..by.at).contains(&at)))
    }
}

/// The name of a table with its schema, without quotes; what SQL Server and PostgreSQL take where none is said is left out.
fn whole(name: &str) -> String {
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let whole: String = last.chars().filter(|it| !matches!(it, '"' | '`' | '[' | ']')).collect();
    let bare = whole.strip_prefix("dbo.").or(whole.strip_prefix("public."));
    bare.map_or(whole.clone(), str::to_owned)
}

impl Words<'_> {
    /// The table into which it puts rows of others, and those: `INSERT INTO sums SELECT ... FROM orders JOIN users`,
    /// `CREATE TABLE kept AS SELECT ... FROM orders`, `MERGE INTO sums USING orders`, `UPDATE sums SET ... FROM orders`.
    fn puts(&self) -> Option<(String, Vec<String>)> {
        let reads = || (0..self.all.len()).find(|at| self.is(*at, &["SELECT"]));
        let (into, from) = match self.word(0).as_str() {
            "INSERT" => (self.inserted()?, reads()?),
            "CREATE" => (self.created().filter(|_| self.is_derived())?, reads()?),
            "MERGE" => self.name(if self.is(1, &["INTO"]) { 2 } else { 1 })?,
            "UPDATE" => self.name(1)?,
            _ => return None,
        };
        let is_source = |at: &usize| {
            self.is(*at, &["FROM", "JOIN"]) || self.is(0, &["MERGE"]) && self.is(*at, &["USING"])
        };
        let named = (from..self.all.len()).filter(is_source);
        let named = named.filter_map(|at| self.name(at + 1)).map(|(name, _)| whole(&name));
        Some((into, named.filter(|it| it != "dual").collect()))
    }
}
