//! Tables that a file fills out of others, reads, and empties: what they hold is there for a while.

use std::collections::HashMap;

use super::kinds::{DELETE_ALL, TRUNCATE};
use super::lexer::{self, What};
use super::tables::plain;
use super::{Statement, Words};

/// Tables that are looked at in one file.
const TABLES: usize = 10_000;

/// What a file does with the rows of tables, by their plain names.
#[derive(Default)]
pub(super) struct Filled {
    /// Where rows of others were first put into one.
    fills: HashMap<String, usize>,
    /// Where one was read.
    reads: HashMap<String, Vec<usize>>,
}

impl Filled {
    pub(super) fn of(text: &str) -> Filled {
        let tokens = lexer::tokens(text);
        let statements = || tokens.split(|it| it.what == What::End).map(|it| Words { all: it });
        let mut all = Filled::default();
        for it in statements() {
            let Some(at) = it.all.first().map(|it| it.at) else { continue };
            let sources = it.sources();
            let into =
                it.is(0, &["INSERT"]).then(|| it.name(if it.is(1, &["INTO"]) { 2 } else { 1 }));
            let into = into.flatten().map(|it| plain(&it.0));
            if let Some(into) = into.filter(|into| sources.iter().any(|it| it != into)) {
                all.fills.entry(into).or_insert(at);
            }
            for it in sources {
                all.reads.entry(it).or_default().push(at);
            }
            if all.reads.len() > TABLES {
                return Filled::default();
            }
        }
        all
    }

    /// Whether a statement empties a table that was filled and read before.
    pub(super) fn is_worked_off(&self, by: &Statement) -> bool {
        let name = plain(&by.name);
        let Some(first) = self.fills.get(&name) else { return false };
        let is_emptied = by.kind.id == DELETE_ALL.id || by.kind.id == TRUNCATE.id;
        let reads = self.reads.get(&name);
        is_emptied && reads.is_some_and(|it| it.iter().any(|at| (*first..by.at).contains(at)))
    }
}

impl Words<'_> {
    /// The tables that a statement reads: `SELECT ... FROM orders JOIN users`.
    fn sources(&self) -> Vec<String> {
        let Some(from) = (0..self.all.len()).find(|at| self.is(*at, &["SELECT"])) else {
            return Vec::new();
        };
        let named = (from..self.all.len()).filter(|at| self.is(*at, &["FROM", "JOIN"]));
        let named = named.filter_map(|at| self.name(at + 1)).map(|(name, _)| plain(&name));
        named.filter(|it| it != "dual").collect()
    }
}
