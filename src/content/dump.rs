//! Dumps of databases as SQL text: by pg_dump, mysqldump and others, or by hand. The text is gone over twice or three times in
//! a bounded number of steps, and never held as statements: rows are counted, then some of their values looked at.

mod cursor;
mod encoding;
mod gate;
mod head;
mod rows;
mod statements;
mod tables;
mod told;
mod values;

use std::time::{Duration, Instant};

use self::cursor::{Cursor, Stop};
use self::head::Tool;
use self::statements::{Met, Reader};
use self::tables::{Look, Tables};
use super::confidence::{Confidence, Nature};
use super::database::{Database, Remains, WriteAheadLog};
use super::format::{self, Format};
use super::people::Identities;
use super::profile::{self, Evidence, Layout};
use super::{Limits, Unreadable};

/// Rows from which a text that is mostly rows is a dump, without a tool's head. Set on some 3,000 SQL and text files of 22
/// public repositories: the largest seed by hand among them stays below, and sample databases begin at 3,000.
const MANY_ROWS: u64 = 1000;

/// Rows that stand for people, and are not made up, from which it is one however few there are.
const SOME_PEOPLE: u64 = 10;

/// The share of a text that rows take in one that is mostly rows: one of so many bytes, blanks left out.
const MOSTLY: u64 = 2;

/// Reads a dump; none for any other file, which is told fast. `bytes` are all of the file.
///
/// Text with a tool's head is a dump if it has a row of data. Other text is one if it is mostly rows, and those are many or
/// stand for people. Schemas, migrations and small seeds are none.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Option<Result<Database, Unreadable>> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let text = encoding::with_line_feeds(encoding::text(bytes)?);
    if !gate::may_hold_rows(&text) {
        return None;
    }
    let size = bytes.len() as u64;
    let found = head::tool(&text);
    if size > limits.file_size {
        return found.map(|_| Err(Unreadable::too_large(size, limits.file_size)));
    }
    let reading = Reading { text: &text, size, found, limits, deadline };
    match reading.database() {
        Ok(database) => database.map(Ok),
        Err(_) => Some(Err(Unreadable::too_slow(limits))),
    }
}

/// A text that may be a dump.
struct Reading<'a> {
    text: &'a [u8],
    size: u64,
    found: Option<(Tool, &'static Format)>,
    limits: &'a Limits,
    deadline: Instant,
}

/// The bound on time was met.
struct TooSlow;

impl Reading<'_> {
    fn database(&self) -> Result<Option<Database>, TooSlow> {
        let tables = Tables::new(self.limits.tables);
        let (reader, is_tangled) = self.pass(tables, None)?;
        let (tables, met, passed) = (reader.tables, reader.met, reader.cursor.at);
        let rows = tables.rows();
        if rows == 0 || (self.found.is_none() && !self.is_mostly_rows(&met, passed)) {
            return Ok(None);
        }
        let damage = self.damage(&met, is_tangled, &tables);
        let (tables, evidence) = self.look(tables)?;
        let mut database = Database {
            format: self.found.map_or(&format::SQL_DUMP, |(_, format)| format),
            size: self.size,
            write_ahead_log: WriteAheadLog::Off,
            remains: Remains::default(),
            tables,
            nature: Nature::Unreadable,
            test_confidence: Confidence::none(),
            damage,
        };
        let Identities { real_looking, unknown, .. } = database.identities();
        if self.found.is_none() && rows < MANY_ROWS && real_looking + unknown < SOME_PEOPLE {
            return Ok(None);
        }
        profile::settle(&mut database, &evidence);
        Ok(Some(database))
    }

    /// Goes over the text once. True where that was given up.
    fn pass<'l>(
        &self,
        tables: Tables,
        look: Option<Look<'l>>,
    ) -> Result<(Reader<'_, 'l>, bool), TooSlow> {
        if Instant::now() >= self.deadline {
            return Err(TooSlow);
        }
        let tool = self.found.map_or(Tool::None, |(tool, _)| tool);
        let cursor = Cursor::new(self.text, tool, self.deadline);
        let mut reader = Reader::new(cursor, tables, look);
        match reader.run() {
            Ok(()) => Ok((reader, false)),
            Err(Stop::Tangled) => Ok((reader, true)),
            Err(Stop::TooSlow) => Err(TooSlow),
        }
    }

    fn is_mostly_rows(&self, met: &Met, passed: usize) -> bool {
        let all = statements::unblank(self.text.get(..passed).unwrap_or(self.text));
        met.row_bytes.saturating_mul(MOSTLY) >= all
    }

    /// Looks at the values. What happened to people is looked at after the people, so that they are not counted twice: a
    /// dump has its tables in any order, and this takes a further pass over it.
    fn look(&self, mut tables: Tables) -> Result<(Vec<super::Table>, Evidence), TooSlow> {
        let layouts: Vec<_> =
            tables.list.iter().map(|it| Layout::new(&it.name, &it.columns)).collect();
        let mut look = Look::new(&tables, &layouts, self.limits.rows_per_table);
        for events in [false, true] {
            if look.want(events) {
                let (reader, _) = self.pass(tables, Some(look))?;
                tables = reader.tables;
                let Some(again) = reader.look else { return Err(TooSlow) };
                look = again;
            }
        }
        Ok(look.finish(tables))
    }

    fn damage(&self, met: &Met, is_tangled: bool, tables: &Tables) -> Option<Unreadable> {
        let corrupt = |detail: &str| Some(Unreadable::corrupt(detail));
        if is_tangled {
            corrupt("quotes and comments in it cannot be followed to its end")
        } else if met.malformed > 0 {
            corrupt(&format!("rows that are malformed: {}", met.malformed))
        } else if met.is_cut {
            corrupt("it breaks off within rows")
        } else if !tables.left_out.is_empty() {
            let n = tables.list.len() + tables.left_out.len();
            Some(Unreadable::too_many_tables(n, self.limits))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
