//! Looks at the rows of one table: all of them within the bound, else runs of neighbours spread evenly over it.

use std::time::Instant;

use super::memory::{Failure, Memory, Rows, VALUE_SIZE, Value};
use super::sqlite::{Opened, quote};

/// Runs of neighbouring rows that a sample is made of.
const RUNS: u64 = 50;

/// Rows between two looks at the clock.
const ROWS: u64 = 256;

/// The rows of a table that are looked at.
pub(super) struct Sample<'a> {
    memory: &'a Memory,
    opened: &'a Opened,
    bound: u64,
    deadline: Instant,
    /// The rows looked at so far.
    pub(super) read: u64,
    /// A value was over SQLite's limit: from there on such values are left out.
    pub(super) guarded: bool,
}

impl<'a> Sample<'a> {
    pub(super) fn new(
        memory: &'a Memory,
        opened: &'a Opened,
        bound: u64,
        deadline: Instant,
    ) -> Sample<'a> {
        Sample { memory, opened, bound, deadline, read: 0, guarded: false }
    }

    /// Hands over each row; its first value is the row id, or 0 where that does not matter. The table has `counted` rows.
    pub(super) fn take(
        &mut self,
        counted: u64,
        mut look: impl FnMut(&Rows) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let span = if counted > self.bound { self.span() } else { None };
        let Some((rowid, first, last)) = span else {
            return self.run("0", "", self.bound, &mut look).map(drop);
        };
        let mut next = first;
        for n in 0..RUNS {
            let offset = (i128::from(last) - i128::from(first)) * i128::from(n) / i128::from(RUNS);
            let start = i64::try_from(i128::from(first) + offset).unwrap_or(last).max(next);
            let bound = self.bound / RUNS + u64::from(n < self.bound % RUNS);
            let from = format!(" WHERE {rowid} >= {start}");
            match self.run(rowid, &from, bound, &mut look)?.map(|id| id.checked_add(1)) {
                Some(Some(id)) => next = id,
                // The row with the largest id there can be was the last.
                Some(None) => break,
                None => {}
            }
        }
        Ok(())
    }

    /// Looks at up to `bound` rows, and returns the last row's id.
    fn run(
        &mut self,
        rowid: &str,
        from: &str,
        bound: u64,
        look: &mut impl FnMut(&Rows) -> Result<(), Failure>,
    ) -> Result<Option<i64>, Failure> {
        let (before, mut last) = (self.read, None);
        loop {
            let done = self.read - before;
            let tail = format!("{from} LIMIT {} OFFSET {done}", bound.saturating_sub(done));
            match self.rows(rowid, &tail, &mut last, look) {
                Err(Failure::TooBig) if !self.guarded => self.guarded = true,
                result => return result.map(|()| last),
            }
        }
    }

    fn rows(
        &mut self,
        rowid: &str,
        tail: &str,
        last: &mut Option<i64>,
        look: &mut impl FnMut(&Rows) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut rows = self.memory.query(&self.select(rowid, tail))?;
        while rows.next()? {
            if let Value::Integer(id) = rows.value(0)? {
                *last = Some(id);
            }
            look(&rows)?;
            self.read += 1;
            if self.read.is_multiple_of(ROWS) && Instant::now() >= self.deadline {
                return Err(Failure::Interrupted);
            }
        }
        Ok(())
    }

    /// Guarded, a value over the limit is NULL: its length is told without reading it.
    fn select(&self, rowid: &str, tail: &str) -> Vec<u8> {
        let mut sql = format!("SELECT {rowid}").into_bytes();
        for column in &self.opened.columns {
            let column = quote(column.as_bytes());
            if self.guarded {
                sql.extend(b",CASE WHEN octet_length(");
                sql.extend(&column);
                sql.extend(format!(")<{} THEN ", VALUE_SIZE / 2).as_bytes());
                sql.extend(&column);
                sql.extend(b" END");
            } else {
                sql.push(b',');
                sql.extend(&column);
            }
        }
        sql.extend(b" FROM ");
        sql.extend(&self.opened.quoted);
        sql.extend(b" NOT INDEXED");
        sql.extend(tail.as_bytes());
        sql
    }

    /// A name for the row id that no column has taken, with the smallest and the largest; none without row ids.
    fn span(&self) -> Option<(&'static str, i64, i64)> {
        let is_free =
            |it: &&str| !self.opened.columns.iter().any(|column| column.eq_ignore_ascii_case(it));
        let rowid = ["rowid", "_rowid_", "oid"].into_iter().find(is_free)?;
        let end = |function: &str| {
            let head = format!("SELECT {function}({rowid}) FROM ");
            number(self.memory, &[head.as_bytes(), &self.opened.quoted, b" NOT INDEXED"].concat())
                .ok()?
        };
        Some((rowid, end("min")?, end("max")?))
    }
}

/// The number that a statement yields.
pub(super) fn number(memory: &Memory, sql: &[u8]) -> Result<Option<i64>, Failure> {
    let mut rows = memory.query(sql)?;
    Ok(match rows.next()? {
        true => match rows.value(0)? {
            Value::Integer(number) => Some(number),
            _ => None,
        },
        false => None,
    })
}
