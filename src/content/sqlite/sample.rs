//! Looks at the rows of one table: all of them within the bound, else a share spread evenly over them by their number, since
//! row ids may be anywhere.

use std::time::Instant;

use super::memory::{Failure, Memory, Rows, VALUE_SIZE};
use super::{Opened, quote};
use crate::content::profile::Value;

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
        if counted <= self.bound {
            return self.run("0", "", 0, self.bound, &mut look).map(drop);
        }
        let Some(rowid) = self.rowid() else { return self.step(counted, &mut look) };
        let runs = self.bound.clamp(1, RUNS);
        let (unread, mut from) = (counted - self.bound, String::new());
        for n in 0..runs {
            // What is passed over lies between the runs. SQLite passes over rows without reading their values.
            let passed = |n: u64| share(unread, n, (runs - 1).max(1));
            let skip = passed(n) - passed(n.saturating_sub(1));
            let bound = share(self.bound, n + 1, runs) - share(self.bound, n, runs);
            match self.run(rowid, &from, skip, bound, &mut look)? {
                Some(last) => from = format!(" WHERE {rowid} > {last}"),
                None => break,
            }
        }
        Ok(())
    }

    /// Looks at rows spread evenly over a table that has no row ids to go on from: all are passed in one go.
    fn step(
        &mut self,
        counted: u64,
        look: &mut impl FnMut(&Rows) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut passed = 0;
        loop {
            match self.steps(counted, &mut passed, look) {
                Err(Failure::TooBig) if !self.guarded => self.guarded = true,
                result => return result,
            }
        }
    }

    fn steps(
        &mut self,
        counted: u64,
        passed: &mut u64,
        look: &mut impl FnMut(&Rows) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let tail = format!(" LIMIT -1 OFFSET {passed}");
        let mut rows = self.memory.query(&self.select("0", &tail))?;
        while self.read < self.bound && rows.next()? {
            let due = share(self.bound, *passed + 1, counted);
            *passed += 1;
            if due > self.read {
                look(&rows)?;
                self.read += 1;
            }
            if passed.is_multiple_of(ROWS) && Instant::now() >= self.deadline {
                return Err(Failure::Interrupted);
            }
        }
        Ok(())
    }

    /// Passes over `skip` rows, looks at up to `bound` rows, and returns the last row's id.
    fn run(
        &mut self,
        rowid: &str,
        from: &str,
        skip: u64,
        bound: u64,
        look: &mut impl FnMut(&Rows) -> Result<(), Failure>,
    ) -> Result<Option<i64>, Failure> {
        let (before, mut last) = (self.read, None);
        loop {
            let done = self.read - before;
            let (bound, skip) = (bound.saturating_sub(done), skip.saturating_add(done));
            let tail = format!("{from} LIMIT {bound} OFFSET {skip}");
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
    pub(super) fn select(&self, rowid: &str, tail: &str) -> Vec<u8> {
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

    /// A name for the row id that no column has taken; none without row ids.
    pub(super) fn rowid(&self) -> Option<&'static str> {
        let is_free =
            |it: &&str| !self.opened.columns.iter().any(|column| column.eq_ignore_ascii_case(it));
        let rowid = ["rowid", "_rowid_", "oid"].into_iter().find(is_free)?;
        let head = format!("SELECT {rowid} FROM ");
        let sql = [head.as_bytes(), &self.opened.quoted, b" NOT INDEXED LIMIT 1"].concat();
        // A column that is not read may have the name.
        let is_there = !self.opened.has_hidden && number(self.memory, &sql).is_ok();
        is_there.then_some(rowid)
    }
}

/// `n` of `parts` even parts of `whole`, rounded down.
fn share(whole: u64, n: u64, parts: u64) -> u64 {
    let share = u128::from(whole) * u128::from(n) / u128::from(parts.max(1));
    u64::try_from(share).unwrap_or(u64::MAX)
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
