//! Goes through the statements of a dump: which begin where, which of them tell of tables, and which of rows.

use bstr::ByteSlice;

use super::cursor::{Cursor, Stop, is_one_of, is_word};
use super::head::Tool;
use super::rows::Row;
use super::tables::{Look, Tables};
use super::values::{Field, Values};

/// Words that begin a statement. A line that begins otherwise is passed as a line, so that prose and code hide nothing.
const STATEMENTS: &[&str] = &[
    "alter",
    "analyze",
    "attach",
    "begin",
    "call",
    "comment",
    "commit",
    "copy",
    "create",
    "declare",
    "delete",
    "delimiter",
    "do",
    "drop",
    "end",
    "exec",
    "execute",
    "flush",
    "go",
    "grant",
    "if",
    "insert",
    "lock",
    "pragma",
    "print",
    "prompt",
    "rem",
    "rename",
    "replace",
    "reset",
    "revoke",
    "rollback",
    "savepoint",
    "select",
    "set",
    "start",
    "truncate",
    "unlock",
    "update",
    "upsert",
    "use",
    "vacuum",
    "with",
];

/// Words that begin a statement even where the one before has no end, as scripts for SQL Server do.
const STRONG: &[&str] = &["insert", "replace", "upsert", "copy", "create"];

/// What a statement that is passed may have in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// Nothing that looks like a statement of its own.
    Nothing,
    /// Lines that look like statements.
    Lines,
    /// Whole statements between BEGIN and END.
    Body,
}

/// Where the columns of an INSERT were last told, so that the next one that says the same needs no look.
#[derive(Debug, Default)]
pub(super) struct Told<'a> {
    pub(super) words: &'a [u8],
    pub(super) table: Option<usize>,
    pub(super) columns: Option<Vec<Option<usize>>>,
    pub(super) is_data: bool,
}

/// What was met besides tables.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Bytes in statements that put rows of data somewhere, without blanks.
    pub(super) row_bytes: u64,
    /// Rows that are not understood.
    pub(super) malformed: u64,
    /// The text breaks off within rows.
    pub(super) is_cut: bool,
}

/// One pass over a dump.
pub(super) struct Reader<'a, 'l> {
    pub(super) cursor: Cursor<'a>,
    pub(super) tables: Tables,
    pub(super) look: Option<Look<'l>>,
    pub(super) met: Met,
    pub(super) told: Told<'a>,
    /// What USE or `\connect` named last.
    pub(super) database: String,
    pub(super) fields: Vec<Field>,
    pub(super) values: Values,
}

impl<'a, 'l> Reader<'a, 'l> {
    pub(super) fn new(cursor: Cursor<'a>, tables: Tables, look: Option<Look<'l>>) -> Self {
        Reader {
            cursor,
            tables,
            look,
            met: Met::default(),
            told: Told::default(),
            database: String::new(),
            fields: Vec::new(),
            values: Values::default(),
        }
    }

    /// Goes through all statements.
    pub(super) fn run(&mut self) -> Result<(), Stop> {
        loop {
            let from = self.cursor.at;
            self.cursor.skip_blanks()?;
            if self.cursor.peek().is_none() {
                return Ok(());
            }
            self.statement()?;
            if self.cursor.at == from {
                self.cursor.skip_line();
            }
            self.cursor.spend(self.cursor.at)?;
        }
    }

    fn statement(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        if cursor.rest().starts_with(cursor.delimiter) {
            cursor.at += cursor.delimiter.len();
            return Ok(());
        }
        if cursor.peek() == Some(b';') {
            cursor.at += 1;
            return Ok(());
        }
        let word = cursor.peek_word();
        let is = |it| word.eq_ignore_ascii_case(it);
        if is(b"insert") || is(b"replace") || is(b"upsert") {
            self.insert()
        } else if is(b"copy") {
            self.copy()
        } else if is(b"create") {
            self.create()
        } else if is(b"use") || cursor.rest().starts_with(b"\\connect ") {
            self.connect()
        } else if is(b"delimiter") {
            self.delimiter();
            Ok(())
        } else if is(b"go") {
            cursor.at += word.len();
            Ok(())
        } else if is(b"rem") || is(b"prompt") || !is_one_of(word, STATEMENTS) {
            let from = cursor.at;
            cursor.skip_line();
            cursor.spend(from)
        } else {
            cursor.skip_statement(Inside::Nothing)
        }
    }

    /// USE and `\connect`: tables that follow are of another database.
    fn connect(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        cursor.at += usize::from(cursor.peek() == Some(b'\\'));
        cursor.word();
        cursor.skip_blanks()?;
        self.database = cursor.name().unwrap_or_default();
        self.told = Told::default();
        cursor.skip_line();
        Ok(())
    }

    /// `DELIMITER ;;`: what ends a statement from here on.
    fn delimiter(&mut self) {
        let cursor = &mut self.cursor;
        cursor.word();
        let from = cursor.at;
        cursor.skip_line();
        let delimiter = cursor.slice(from, cursor.at).trim_ascii();
        cursor.delimiter = if delimiter.is_empty() { b";" } else { delimiter };
    }

    /// Takes in a row whose values are in `fields` if it `is_due`.
    pub(super) fn take(
        &mut self,
        table: Option<usize>,
        columns: Option<&[Option<usize>]>,
        row: Row,
        is_due: bool,
    ) -> Result<(), Stop> {
        let Row::Whole(width) = row else { return Ok(()) };
        match &mut self.look {
            None => self.tables.count(table, width),
            Some(look) if is_due => {
                self.values.take(self.cursor.bytes, &self.fields);
                look.add(table, columns, &self.values);
                // A short row of a table with many columns takes longer than its bytes show.
                self.cursor.check_clock()?;
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Adds the bytes since `from` to those of rows.
    pub(super) fn count_bytes(&mut self, from: usize) {
        // With a head, nobody asks.
        if self.look.is_none() && self.cursor.tool == Tool::None {
            self.met.row_bytes += unblank(self.cursor.slice(from, self.cursor.at));
        }
    }
}

/// Bytes that are no blanks.
pub(super) fn unblank(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|it| !it.is_ascii_whitespace()).count() as u64
}

impl Cursor<'_> {
    /// Whether a statement begins on the line that begins here.
    pub(super) fn begins_statement(&self) -> bool {
        begins_with(self.rest(), STRONG)
    }

    /// Passes the rest of a statement and its end. Where a quote in it has no end, the statement ends with its line.
    pub(super) fn skip_statement(&mut self, inside: Inside) -> Result<(), Stop> {
        let from = self.at;
        let is_whole = self.skip_to_end(inside)?;
        self.spend(from)?;
        if !is_whole && inside == Inside::Body {
            // No END for a BEGIN: then it was none.
            self.at = from;
            return self.skip_statement(Inside::Lines);
        }
        Ok(())
    }

    /// False where the text ends within a body.
    fn skip_to_end(&mut self, inside: Inside) -> Result<bool, Stop> {
        let mut depth = 0usize;
        let has_body = inside == Inside::Body && self.delimiter == b";";
        loop {
            let is_stop = |it: &u8| {
                matches!(it, b'\'' | b'"' | b'`' | b'$' | b'-' | b'/' | b'#' | b'\n')
                    || self.delimiter.first() == Some(it)
                    || (has_body && it.is_ascii_alphabetic())
            };
            let Some(found) = self.rest().iter().position(is_stop) else {
                self.at = self.bytes.len();
                return Ok(depth == 0);
            };
            self.at += found;
            if self.rest().starts_with(self.delimiter) && depth == 0 {
                self.at += self.delimiter.len();
                return Ok(true);
            }
            match self.rest() {
                [quote @ (b'\'' | b'"' | b'`'), ..] => {
                    if !self.skip_quoted(*quote)? {
                        self.skip_line();
                        return Ok(true);
                    }
                }
                [b'$', ..] if self.skip_dollars()? => {}
                [b'\n', line @ ..] => {
                    let ends = inside == Inside::Nothing && begins_with(line, STRONG);
                    self.at += 1;
                    if ends || begins_with(line, &["go"]) {
                        return Ok(true);
                    }
                }
                [b'-', b'-', ..] | [b'/', b'*', ..] => self.skip_comment()?,
                [b'#', ..] if self.tool.is_mysql() => self.skip_comment()?,
                [byte, ..] if has_body && byte.is_ascii_alphabetic() => self.nest(&mut depth)?,
                _ => self.at += 1,
            }
        }
    }

    /// Passes comments, but not the end of the last line of them: what stands on the next is still to be looked at.
    fn skip_comment(&mut self) -> Result<(), Stop> {
        let from = self.at;
        self.skip_blanks()?;
        let line = self.slice(from, self.at).rfind_byte(b'\n');
        self.at = line.map_or(self.at, |it| from + it).max(from + 1);
        Ok(())
    }

    /// Passes what is in quotes, with backslashes as they are usual here, else otherwise. False, and nothing passed, where
    /// it has no end.
    pub(super) fn skip_quoted(&mut self, quote: u8) -> Result<bool, Stop> {
        let from = self.at;
        let is_e = self.slice(from.saturating_sub(1), from).eq_ignore_ascii_case(b"e")
            && !self.slice(from.saturating_sub(2), from).first().is_some_and(|it| is_word(*it));
        let escapes = (self.escapes || is_e) && quote != b'`';
        for escapes in [escapes, !escapes] {
            let is_whole = self.skip_string(quote, escapes);
            self.spend(from)?;
            if is_whole {
                return Ok(true);
            }
            self.at = from;
        }
        Ok(false)
    }

    /// Passes a word, and follows how deep in BEGIN and END it is.
    fn nest(&mut self, depth: &mut usize) -> Result<(), Stop> {
        let word = self.word();
        let is = |it: &[u8]| word.eq_ignore_ascii_case(it);
        if is(b"begin") || is(b"case") {
            *depth += 1;
        } else if is(b"end") {
            let from = self.at;
            self.skip_blanks()?;
            let what = self.peek_word();
            if is_one_of(what, &["if", "loop", "while", "repeat", "for"]) {
                // The end of what no BEGIN began.
                self.word();
                return Ok(());
            }
            if what.eq_ignore_ascii_case(b"case") {
                self.word();
            } else {
                self.at = from;
            }
            *depth = depth.saturating_sub(1);
        }
        Ok(())
    }
}

/// Whether the first word of a line is one of `words` and stands by itself.
fn begins_with(line: &[u8], words: &[&str]) -> bool {
    let line = line.trim_start_with(|it| it == ' ' || it == '\t');
    let end = line.iter().take(16).position(|it| !is_word(*it)).unwrap_or(line.len());
    let after = line.get(end);
    is_one_of(line.get(..end).unwrap_or_default(), words)
        && after
            .is_none_or(|it| it.is_ascii_whitespace() || matches!(it, b';' | b'[' | b'`' | b'"'))
}
