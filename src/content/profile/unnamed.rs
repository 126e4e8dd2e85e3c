//! Profiles of rows of which nothing is known but their values.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::words::TableSays;
use super::{Evidence, Layout, Profile, Value, garbled};
use crate::content::database::{Column, Identities};

impl Layout {
    /// A table of which nothing is known, not even its columns. Where the rows are `left_over`, only people that no other
    /// table has count, as in a table of events.
    pub(in crate::content) fn unnamed(left_over: bool) -> Layout {
        let table = if left_over { TableSays::Events } else { TableSays::Nothing };
        Layout { table, columns: Vec::new() }
    }
}

impl Profile<'_> {
    /// Takes in one row of `width` values of a layout that knows no columns.
    pub(in crate::content) fn add_unnamed<'v>(
        &mut self,
        width: usize,
        value: impl Fn(usize) -> Value<'v>,
        evidence: &mut Evidence,
    ) {
        if self.columns.len() < width {
            self.columns.resize_with(width, BTreeMap::new);
            self.doubtful_names.resize(width, (0, 0));
        }
        let value = |column| Ok::<_, Infallible>(value(column));
        let Ok(()) = self.add_row(width, value, evidence);
    }

    /// The columns' kinds, and the identities. Columns are named by their places, up to the last in which anything was
    /// recognised.
    pub(in crate::content) fn finish_unnamed(
        mut self,
        rows: u64,
        read: u64,
    ) -> (Vec<Column>, Identities) {
        let last = self.columns.iter().rposition(|it| !it.is_empty());
        self.columns.truncate(last.map_or(0, |it| it + 1));
        let names = (1..=self.columns.len()).map(|it| format!("(column {it})")).collect();
        self.finish(names, rows, read)
    }
}

impl Evidence {
    /// Mail addresses that nobody has yet, in bytes whose boundaries are lost: deleted rows, free space, torn pages.
    pub(in crate::content) fn add_garbled(&mut self, bytes: &[u8], found: &mut Identities) {
        garbled::mails(bytes, &mut self.endings, |look| found.add(look));
    }
}
