//! The tables of a dump: their names and columns as statements tell them, their rows counted, some of them looked at.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::head;
use super::values::{Slot, Values};
use crate::content::database;
use crate::content::profile::{Evidence, Found, Layout, Profile, Value, shown};

/// Columns of a table that are told apart: MySQL's bound, the highest but for SQLite built with another.
pub(super) const MOST_COLUMNS: usize = 4096;

/// Schemas that a name may leave out.
const DEFAULT_SCHEMAS: &[&str] = &["public", "dbo", "main"];

/// A table as the statements so far tell it.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    places: HashMap<String, usize>,
    pub(super) rows: u64,
    /// Its rows are no data: see [`head::is_bookkeeping`].
    pub(super) is_bookkeeping: bool,
    /// It is a view: tools write a table of its name for the time being.
    pub(super) is_view: bool,
    /// Its columns are numbered, since nothing names them.
    is_unnamed: bool,
}

impl Table {
    /// The place of a column, which is added if it is new; none past the bound.
    pub(super) fn column(&mut self, name: &str) -> Option<usize> {
        let key = name.to_ascii_lowercase();
        if let Some(place) = self.places.get(&key) {
            return Some(*place);
        }
        let place = self.columns.len();
        if place >= MOST_COLUMNS {
            return None;
        }
        self.columns.push(name.to_owned());
        self.places.insert(key, place);
        Some(place)
    }

    /// Counts a row of so many values.
    fn count(&mut self, width: usize) {
        self.rows += 1;
        self.is_unnamed |= self.columns.is_empty();
        while self.is_unnamed && self.columns.len() < width.min(MOST_COLUMNS) {
            self.columns.push(format!("column {}", self.columns.len() + 1));
        }
    }
}

/// All tables, in the order in which they first occur.
pub(super) struct Tables {
    pub(super) list: Vec<Table>,
    places: HashMap<String, usize>,
    limit: usize,
    /// Hashes of the names of those past the limit.
    pub(super) left_out: HashSet<u64>,
    /// Rows of those past the limit.
    pub(super) other_rows: u64,
}

impl Tables {
    pub(super) fn new(limit: usize) -> Tables {
        let (list, places, left_out) = (Vec::new(), HashMap::new(), HashSet::new());
        Tables { list, places, limit, left_out, other_rows: 0 }
    }

    /// The place of a table by the parts of its name, which is added if it is new; none past the limit.
    pub(super) fn place(&mut self, database: &str, parts: &[String]) -> Option<usize> {
        let name = full_name(parts);
        let key = key(database, &name);
        if let Some(place) = self.places.get(&key) {
            return Some(*place);
        }
        if self.list.len() >= self.limit {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            self.left_out.insert(hasher.finish());
            return None;
        }
        let is_bookkeeping = parts.last().is_some_and(|it| head::is_bookkeeping(it));
        self.list.push(Table { name, is_bookkeeping, ..Table::default() });
        self.places.insert(key, self.list.len() - 1);
        Some(self.list.len() - 1)
    }

    /// The place of a table that is there.
    pub(super) fn find(&mut self, database: &str, parts: &[String]) -> Option<&mut Table> {
        let place = *self.places.get(&key(database, &full_name(parts)))?;
        self.list.get_mut(place)
    }

    /// Rows that are data.
    pub(super) fn rows(&self) -> u64 {
        let rows = self.list.iter().filter(|it| !it.is_bookkeeping).map(|it| it.rows);
        rows.sum::<u64>() + self.other_rows
    }

    /// Counts a row of so many values.
    pub(super) fn count(&mut self, table: Option<usize>, width: usize) {
        match table.and_then(|it| self.list.get_mut(it)) {
            Some(table) => table.count(width),
            None => self.other_rows += 1,
        }
    }
}

/// A name with its schema, unless that goes without saying.
fn full_name(parts: &[String]) -> String {
    let (name, schema) = parts.split_last().map_or(("", parts), |(name, rest)| (name, rest));
    let is_default = |it: &&String| {
        it.is_empty() || DEFAULT_SCHEMAS.iter().any(|default| it.eq_ignore_ascii_case(default))
    };
    let schema = schema.iter().filter(|it| !is_default(it)).map(String::as_str);
    schema.chain([name]).collect::<Vec<_>>().join(".")
}

/// What a table is found by: databases mind the case of its name only where it is quoted, if at all.
fn key(database: &str, name: &str) -> String {
    format!("{database}\0{name}").to_lowercase()
}

/// Which rows of a table were and are to be looked at.
#[derive(Debug, Default, Clone)]
struct Taken {
    is_wanted: bool,
    rows: u64,
    passed: u64,
    read: u64,
}

/// A further pass over the dump: the values of rows are looked at, once it is known how many there are.
pub(super) struct Look<'l> {
    layouts: &'l [Layout],
    profiles: Vec<Profile<'l>>,
    taken: Vec<Taken>,
    bound: u64,
    pub(super) evidence: Evidence,
    /// The values of one row by the places of their columns.
    slots: Vec<Slot>,
}

impl<'l> Look<'l> {
    pub(super) fn new(tables: &Tables, layouts: &'l [Layout], bound: u64) -> Look<'l> {
        let profiles = layouts.iter().map(Profile::new).collect();
        let taken =
            tables.list.iter().map(|it| Taken { rows: it.rows, ..Taken::default() }).collect();
        let evidence = Evidence::default();
        Look { layouts, profiles, taken, bound, evidence, slots: Vec::new() }
    }

    /// Wants the tables of events, or all others. False where those have no rows.
    pub(super) fn want(&mut self, events: bool) -> bool {
        for (taken, layout) in self.taken.iter_mut().zip(self.layouts) {
            taken.is_wanted = taken.rows > 0 && layout.is_of_events() == events;
        }
        self.taken.iter().any(|it| it.is_wanted)
    }

    /// Passes a row, and says whether its values are to be looked at: all within the bound, else a share of `bound` rows
    /// spread evenly over them by their number, as in a SQLite table without row ids.
    pub(super) fn is_due(&mut self, table: Option<usize>) -> bool {
        let Some(taken) = table.and_then(|it| self.taken.get_mut(it)) else { return false };
        if !taken.is_wanted {
            return false;
        }
        taken.passed += 1;
        if taken.rows <= self.bound {
            return true;
        }
        let due = u128::from(self.bound) * u128::from(taken.passed) / u128::from(taken.rows.max(1));
        // Rows that break off are passed as well, and not among those that were counted.
        due.min(u128::from(self.bound)) > u128::from(taken.read)
    }

    /// Looks at the values of a row, which belong to `columns`, or to all of them in order.
    pub(super) fn add(
        &mut self,
        table: Option<usize>,
        columns: Option<&[Option<usize>]>,
        values: &Values,
    ) {
        let Some(table) = table else { return };
        let (Some(taken), Some(profile), Some(layout)) =
            (self.taken.get_mut(table), self.profiles.get_mut(table), self.layouts.get(table))
        else {
            return;
        };
        taken.read += 1;
        self.slots.clear();
        self.slots.resize(layout.width(), Slot::Nothing);
        for (n, value) in values.slots().iter().enumerate() {
            let place = columns.map_or(Some(n), |it| it.get(n).copied().flatten());
            if let Some(slot) = place.and_then(|it| self.slots.get_mut(it)) {
                *slot = value.clone();
            }
        }
        let slots = &self.slots;
        let value = |column: usize| -> Result<Value<'_>, Infallible> {
            Ok(slots.get(column).map_or(Value::Nothing, |it| values.value(it)))
        };
        let Ok(()) = profile.add(value, &mut self.evidence);
    }

    /// The tables as they are reported, and the evidence.
    pub(super) fn finish(mut self, tables: Tables) -> (Vec<database::Table>, Evidence) {
        let mut finished = Vec::new();
        for ((table, profile), taken) in tables.list.into_iter().zip(self.profiles).zip(self.taken)
        {
            // A taken view has no rows of its own.
            if table.is_view && table.rows == 0 {
                continue;
            }
            let evidence = &mut self.evidence;
            let mut found = profile.finish(table.columns, table.rows, taken.read, evidence);
            let is_empty = found.columns.iter().all(|it| it.kinds.is_empty());
            if head::is_internal(&table.name) && is_empty {
                continue;
            }
            if table.is_bookkeeping {
                found = found.without_people();
            }
            let Found { columns, identities, reasons } = found;
            let (rows, rows_read) = (table.rows, taken.read);
            let name = shown(&table.name);
            finished.push(database::Table { name, rows, rows_read, columns, identities, reasons });
        }
        (finished, self.evidence)
    }
}
