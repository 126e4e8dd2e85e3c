//! Profiles of rows of which nothing is known but their values.

use std::collections::BTreeMap;
use std::convert::Infallible;

use super::naming::Doubtful;
use super::words::TableSays;
use super::{Evidence, Found, Layout, Profile, Value, garbled};
use crate::content::people::{Identities, Why};

impl Layout {
    /// A table of which nothing is known, not even its columns. Where the rows are `left_over`, only people that no other
    /// table has count, as in a table of events.
    pub(in crate::content) fn unnamed(left_over: bool) -> Layout {
        let table = if left_over { TableSays::Events } else { TableSays::Nothing };
        Layout { table, columns: Vec::new(), named: None, is_own: false, is_of_state: false }
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
            self.doubtful.resize(width, Doubtful::default());
        }
        let value = |column| Ok::<_, Infallible>(value(column));
        let Ok(()) = self.add_row(width, value, evidence);
    }

    /// The columns' kinds, and the identities. Columns are named by their places, up to the last in which anything was
    /// recognised.
    pub(in crate::content) fn finish_unnamed(
        self,
        rows: u64,
        read: u64,
        evidence: &mut Evidence,
    ) -> Found {
        let all = (1..=self.columns.len()).map(|it| format!("(column {it})")).collect();
        let mut found = self.finish(all, rows, read, evidence);
        let last = found.columns.iter().rposition(|it| !it.kinds.is_empty());
        found.columns.truncate(last.map_or(0, |it| it + 1));
        found
    }
}

impl Evidence {
    /// Mail addresses that nobody has yet, in bytes whose boundaries are lost: deleted rows, free space, torn pages.
    pub(in crate::content) fn add_garbled(&mut self, bytes: &[u8], found: &mut Identities) {
        garbled::mails(bytes, &mut self.endings, |why| found.add(why, 1));
    }

    /// The same for full names, and how many bytes of text there are.
    pub(in crate::content) fn add_garbled_names(
        &mut self,
        bytes: &[u8],
        found: &mut Identities,
    ) -> u64 {
        garbled::names(bytes, &mut self.name_pairs, || found.add(Why::FullName, 1))
    }
}
