//! What all tables of a database together say, next to their people.

use std::collections::BTreeMap;

use super::activity::Activity;
use super::crowd::Together;
use super::garbled::{Endings, Pairs};
use super::keys::Keys;
use super::layout::Layout;
use super::text::Texts;
use super::words::TableSays;
use crate::content::confidence::Signs;

/// People remembered so that a log does not count them again; past this many they are counted anew.
const PEOPLE_REMEMBERED: usize = 1 << 20;

/// Rows kept until their table ends, to be held against each other, in all tables that are read at one time; further ones are
/// judged by themselves.
pub(super) const ROWS_KEPT: usize = 1 << 20;

/// Rows of a framework's own table, at most: a larger one is somebody's, whatever its name.
const OWN_ROWS: u64 = 2000;

/// What all tables together say, next to the identities: what the score goes by.
#[derive(Default)]
pub(in crate::content) struct Evidence {
    /// Contacts met so far, as hashes: never the values.
    pub(super) people: Keys,
    /// Mail addresses in longer texts, in the same way.
    loose: Keys,
    /// The endings of their mail addresses, to know them again where they are garbled.
    pub(super) endings: Endings,
    /// The names of people, to know them again in the same way.
    pub(super) name_pairs: Pairs,
    pub(super) activity: Activity,
    pub(super) texts: Texts,
    pub(super) rows_kept: usize,
    /// Tables named like somebody, by a given name or surname alone.
    pub(super) named_tables: u64,
    /// Rows of tables that are a framework's own.
    pub(super) own_rows: u64,
    pub(super) own_rows_read: u64,
    /// People of tables of things, of whom nothing but a name is known.
    pub(super) authors: u64,
    /// People of known sample databases.
    pub(super) samples: BTreeMap<&'static str, u64>,
    pub(super) signs: Signs,
}

impl Evidence {
    /// Whether none of `keys` was met before; remembers them.
    pub(super) fn is_new(&mut self, keys: &[u64]) -> bool {
        let is_new = keys.iter().all(|it| !self.people.contains(it));
        if self.people.len() < PEOPLE_REMEMBERED {
            self.people.extend(keys);
        }
        is_new
    }

    /// Whether an address in a longer text is of nobody met before.
    pub(super) fn is_new_loose(&mut self, key: u64) -> bool {
        let is_new = !self.people.contains(&key) && !self.loose.contains(&key);
        if self.loose.len() < PEOPLE_REMEMBERED {
            self.loose.insert(key);
        }
        is_new
    }

    /// Takes in a table with its rows and those of them that were looked at; a plain one has nothing of anybody in it.
    pub(super) fn add_table(&mut self, layout: &Layout, (rows, read): (u64, u64), is_plain: bool) {
        if layout.is_own && is_plain && rows <= OWN_ROWS {
            self.own_rows += rows;
            self.own_rows_read += read;
        } else if layout.is_of_state {
            self.signs.state_tables += u64::from(rows > 0);
        } else if layout.table == TableSays::Things {
            self.signs.thing_tables += u64::from(rows > 0);
        }
    }

    pub(super) fn add_together(&mut self, together: Together) {
        let signs = &mut self.signs;
        signs.salted_hashes += together.salted_hashes;
        signs.repeated_hashes += together.repeated_hashes;
        signs.sign_ups += together.sign_ups;
        signs.sign_ups_at_once += together.sign_ups_at_once;
        signs.listed_people += together.listed;
        signs.lettered_people += together.lettered;
    }
}
