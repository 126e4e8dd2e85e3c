//! What a table is by its names alone: its own and those of its columns.

use super::framework;
use super::naming::{Naming, naming};
use super::words::{self, ColumnSays, TableSays};

/// A table by its names alone.
pub(in crate::content) struct Layout {
    pub(super) table: TableSays,
    pub(super) columns: Vec<ColumnSays>,
    /// How the name of the table reads as that of a person: some keep a table for each.
    pub(super) named: Option<Naming>,
    /// The table is a framework's own.
    pub(super) is_own: bool,
    pub(super) is_of_state: bool,
}

impl Layout {
    pub(in crate::content) fn new(table: &str, columns: &[String]) -> Layout {
        let columns: Vec<_> = columns.iter().map(|it| words::column_says(it)).collect();
        let says = words::table_says(table);
        let named = naming(&table.replace(['_', '-'], " ")).filter(|_| says == TableSays::Nothing);
        let (is_own, is_of_state) = (framework::is_own(table), framework::is_of_state(table));
        Layout { table: says, columns, named, is_own, is_of_state }
    }

    /// Whether the rows are what happened to people rather than people: then only people that no other table has count,
    /// and such tables are read last.
    pub(in crate::content) fn is_of_events(&self) -> bool {
        match self.table {
            TableSays::People => false,
            TableSays::Events => true,
            TableSays::Things | TableSays::Nothing => self.has(ColumnSays::PersonId),
        }
    }

    /// How many columns there are.
    pub(in crate::content) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn has(&self, says: ColumnSays) -> bool {
        self.columns.contains(&says)
    }

    /// Whether a column `name` holds people, going by the names around it; none where they do not say.
    pub(super) fn name_is_of_people(&self) -> Option<bool> {
        match self.table {
            TableSays::People => Some(true),
            // `roles(user_id, name)`: the name is the role's.
            TableSays::Events if self.has(ColumnSays::PersonId) => Some(false),
            _ if self.columns.iter().any(|it| it.is_only_of_people()) => Some(true),
            _ => None,
        }
    }
}
