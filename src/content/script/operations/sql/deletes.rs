//! `DELETE` in its forms, and what its conditions leave.

use super::Words;
use super::aside::is_passing;
use super::kinds::{DELETE_ALL, DELETE_LITERAL, DELETE_ORPHANS, DROP_TABLE};
use crate::content::script::model::Kind;
use crate::content::script::operations::chain::LOT;

impl Words<'_> {
    pub(super) fn delete(&self, at: usize) -> Option<(&'static Kind, String)> {
        // `DELETE TOP (1000) FROM orders`.
        let at = match self.is(at + 1, &["TOP"]) {
            true => (at..self.all.len()).find(|at| self.is(at + 1, &["FROM"]))?,
            false => at,
        };
        // `DELETE u FROM users u`, `DELETE u.* FROM users u`.
        let is_from = |it: &usize| self.is(*it, &["FROM"]);
        let from = [at + 1, at + 2, at + 4].into_iter().find(is_from);
        let Some(from) = from.filter(|it| *it < at + 4 || self.all[it - 1].text == "*") else {
            return self.delete_of_several(at).or_else(|| self.delete_short(at));
        };
        let (name, end) = self.name(from + 1)?;
        if is_passing(&name) {
            return None;
        }
        let from = (end..self.all.len()).find(|at| self.is(*at, &["WHERE"]));
        let spoken = format!("DELETE FROM {name}");
        // Which tables there are.
        if ["sqlite_master", "sqlite_schema"].iter().any(|it| name.eq_ignore_ascii_case(it)) {
            return Some((&DROP_TABLE, spoken));
        }
        let Some(from) = from else {
            // More may follow, or rows of another table narrow it down.
            let is_open = self.all.len() > end && self.ends_open();
            let is_lot = self.is(end, &["LIMIT"])
                && self
                    .all
                    .get(end + 1)
                    .is_some_and(|it| it.text.parse().is_ok_and(|it: u64| it >= LOT));
            let narrows =
                !is_lot && (end..self.all.len()).any(|at| self.is(at, &["USING", "JOIN", "LIMIT"]));
            return (!is_open && !narrows).then_some((&DELETE_ALL, spoken));
        };
        self.deleted_where(from, &name)
    }

    /// `DELETE orders, items FROM orders JOIN items ON items.order_id = orders.id`, where no condition stands behind.
    fn delete_of_several(&self, at: usize) -> Option<(&'static Kind, String)> {
        let (name, end) = self.name(at + 1)?;
        let is_list = self.all.get(end).is_some_and(|it| it.text == ",");
        let from = (end..self.all.len()).find(|at| self.is(*at, &["FROM"]))?;
        let narrows = (from..self.all.len()).any(|at| self.is(at, &["WHERE", "LIMIT", "USING"]));
        let is_whole = is_list && !narrows && !self.ends_open() && !is_passing(&name);
        is_whole.then(|| (&DELETE_ALL, format!("DELETE FROM {name}")))
    }

    /// What goes within `WITH gone AS (DELETE FROM orders RETURNING id) SELECT ...`, where the rows are not put elsewhere.
    pub(super) fn deleted_within(&self) -> Option<(&'static Kind, usize, String)> {
        if !self.is(0, &["WITH"]) || (0..self.all.len()).any(|at| self.is(at, &["INSERT"])) {
            return None;
        }
        let begins = |at: &usize| {
            self.all[at - 1].text == "("
                && self.is(*at, &["DELETE"])
                && self.is(at - 2, &["AS", "MATERIALIZED"])
        };
        let at = (2..self.all.len()).find(begins)?;
        let mut depth = 1;
        let end = (at..self.all.len()).find(|at| {
            match self.all[*at].text {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        let returns = (at..end).find(|at| self.is(*at, &["RETURNING"])).unwrap_or(end);
        let inner = Words { all: &self.all[at..returns] };
        inner.delete(0).map(|(kind, name)| (kind, self.all[at].at, name))
    }

    /// What a condition leaves of the rows of a table.
    pub(super) fn deleted_where(
        &self,
        from: usize,
        table: &str,
    ) -> Option<(&'static Kind, String)> {
        let spoken = format!("DELETE FROM {table}");
        let condition = Words { all: &self.all[from + 1..] };
        if condition.always_holds() || condition.is_among_all_of(table) {
            return Some((&DELETE_ALL, spoken));
        }
        if condition.leaves_others() {
            return Some((&DELETE_ORPHANS, spoken));
        }
        condition.names_tenant().then_some((&DELETE_LITERAL, spoken))
    }

    /// `DELETE orders;` of SQL Server and Oracle, where that is all, or what a condition leaves of it.
    fn delete_short(&self, at: usize) -> Option<(&'static Kind, String)> {
        let (name, end) = self.name(at + 1)?;
        let is_table = name.contains(['.', '_']) || name.ends_with('s') || self.all.len() == 2;
        let is_whole = at == 0 && is_table && !is_passing(&name);
        if is_whole && self.is(end, &["WHERE"]) {
            return self.deleted_where(end, &name);
        }
        let ends = end == self.all.len() || self.is(end, &["DELETE"]);
        (is_whole && ends).then(|| (&DELETE_ALL, format!("DELETE FROM {name}")))
    }
}
