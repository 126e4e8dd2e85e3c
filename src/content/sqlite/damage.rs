//! What of a database could not be read, and how that is said.

use super::memory::{Failure, VALUE_SIZE};
use crate::content::{Cause, Limits, Unreadable};

/// What could not be read, by number of tables.
#[derive(Default)]
pub(super) struct Damage {
    /// Entries of the schema that are none of its kinds.
    pub(super) entries: usize,
    pub(super) malformed: usize,
    pub(super) refused: usize,
    pub(super) long_values: usize,
    pub(super) no_memory: usize,
    pub(super) left_out: usize,
}

impl Damage {
    pub(super) fn add(&mut self, failure: Failure) {
        *match failure {
            Failure::Corrupt | Failure::NotADatabase => &mut self.malformed,
            Failure::TooBig => &mut self.long_values,
            Failure::NoMemory => &mut self.no_memory,
            Failure::Interrupted | Failure::Refused => &mut self.refused,
        } += 1;
    }

    pub(super) fn unreadable(&self, tables: usize, limits: &Limits) -> Option<Unreadable> {
        let (cause, detail) = if self.entries > 0 {
            (Cause::Corrupt, format!("malformed entries in the schema: {}", self.entries))
        } else if self.malformed > 0 {
            (Cause::Corrupt, format!("malformed pages in {} of {tables} tables", self.malformed))
        } else if self.refused > 0 {
            (Cause::Corrupt, format!("SQLite cannot read {} of {tables} tables", self.refused))
        } else if self.left_out > 0 {
            return Some(Unreadable::too_many_tables(tables, limits));
        } else if self.long_values > 0 {
            let mib = VALUE_SIZE >> 20;
            (
                Cause::TooLarge,
                format!("values over {mib} MiB in {} of {tables} tables", self.long_values),
            )
        } else if self.no_memory > 0 {
            (
                Cause::TooLarge,
                format!("not enough memory for {} of {tables} tables", self.no_memory),
            )
        } else {
            return None;
        };
        Some(Unreadable { cause, detail })
    }
}
