//! Tables that a file fills out of others, works off into others, and empties: what they hold is there for a while, and kept elsewhere.

use std::collections::HashMap;

use super::kinds::{DELETE_ALL, TRUNCATE};
use super::lexer::{self, Token, What};
use super::{Statement, Words};

/// Tables that are looked at in one file.
const TABLES: usize = 10_000;

/// Words of a statement that are looked at for what it takes out of a table.
const LONGEST: usize = 200;

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
        let named = (from..self.all.len()).filter(is_source).filter(|at| !self.only_counts(*at));
        let named = named.filter_map(|at| self.name(at + 1)).map(|(name, _)| whole(&name));
        Some((into, named.filter(|it| it != "dual").collect()))
    }

    /// Whether a `SELECT` takes no more out of what this `FROM` names than how many rows it has: `SELECT 'users', count(*) FROM users`.
    fn only_counts(&self, from: usize) -> bool {
        let is = |it: &str, words: &[&str]| words.iter().any(|word| it.eq_ignore_ascii_case(word));
        let before = || within(self.all.iter().take(from).rev(), ")", "(");
        let mut selected = before().take_while(|it| !is(it, &["SELECT"]));
        let mut behind = within(self.all.iter().skip(from), "(", ")");
        selected.any(|it| is(it, &["COUNT"]))
            && before().any(|it| is(it, &["SELECT"]))
            && !before()
                .take_while(|it| !is(it, &["SELECT"]))
                .any(|it| is(it, &["SUM", "MIN", "MAX", "AVG"]))
            && !behind.any(|it| is(it, &["GROUP"]))
    }
}

/// The words of a part of a statement up to where the parentheses end in which it stands, without what stands in others.
fn within<'a>(
    tokens: impl Iterator<Item = &'a Token<'a>>,
    opens: &'static str,
    closes: &'static str,
) -> impl Iterator<Item = &'a str> {
    let mut depth = 0usize;
    let word = move |it: &'a Token<'a>| {
        match it.text {
            text if it.what == What::Sign && text == opens => depth += 1,
            text if it.what == What::Sign && text == closes => depth = depth.checked_sub(1)?,
            _ => {}
        }
        Some((it.what == What::Word && depth == 0).then_some(it.text))
    };
    tokens.take(LONGEST).map_while(word).flatten()
}
