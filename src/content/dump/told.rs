//! The statements that tell of tables and put rows into them: CREATE TABLE, INSERT and COPY.

use bstr::{ByteSlice, Finder};

use super::cursor::{Cursor, Stop, is_one_of};
use super::rows::{Copy, Row};
use super::statements::{Inside, Reader, Told};
use super::tables::MOST_COLUMNS;

/// What may stand between INSERT and the name of a table.
const MODIFIERS: &[&str] = &[
    "insert",
    "replace",
    "upsert",
    "into",
    "or",
    "ignore",
    "abort",
    "fail",
    "rollback",
    "low_priority",
    "delayed",
    "high_priority",
    "table",
    "overwrite",
];

/// What may stand between CREATE and TABLE.
const KINDS_OF_TABLES: &[&str] = &[
    "or",
    "replace",
    "temp",
    "temporary",
    "global",
    "local",
    "unlogged",
    "foreign",
    "external",
    "column",
    "cached",
    "memory",
];

/// What begins a part of CREATE TABLE that is no column, if nothing quotes it.
const CONSTRAINTS: &[&str] = &[
    "constraint",
    "primary",
    "unique",
    "foreign",
    "check",
    "exclude",
    "fulltext",
    "spatial",
    "like",
];

impl<'a> Reader<'a, '_> {
    /// INSERT and its like, with VALUES. Rows that it selects from elsewhere are not in the text.
    pub(super) fn insert(&mut self) -> Result<(), Stop> {
        let from = self.cursor.at;
        let words = self.told.words;
        if !words.is_empty() && self.cursor.rest().starts_with(words) {
            self.cursor.at += words.len();
        } else if !self.insert_head()? {
            return Ok(());
        }
        let told = std::mem::take(&mut self.told);
        let rows = self.insert_rows(&told)?;
        if rows > 0 && told.is_data {
            self.count_bytes(from);
        }
        self.told = told;
        Ok(())
    }

    /// Passes all up to the first row. False where there is none; then the statement was passed.
    fn insert_head(&mut self) -> Result<bool, Stop> {
        let from = self.cursor.at;
        let cursor = &mut self.cursor;
        while is_one_of(cursor.peek_word(), MODIFIERS) {
            cursor.word();
            cursor.skip_blanks()?;
        }
        let name = cursor.dotted_name()?;
        if name.is_empty() {
            cursor.skip_line();
            return Ok(false);
        }
        cursor.skip_blanks()?;
        let mut names = None;
        if cursor.peek() == Some(b'(') {
            names = cursor.names()?;
        }
        // `OVERRIDING SYSTEM VALUE`, `AS alias`, `PARTITION (p)` may come first.
        for _ in 0..8 {
            cursor.skip_blanks()?;
            let word = cursor.peek_word();
            let is_values = is_one_of(word, &["values", "value"]);
            if is_one_of(word, &["select", "set", "with", "exec", "execute"]) {
                break;
            }
            cursor.word();
            cursor.skip_blanks()?;
            if is_values && (cursor.peek() == Some(b'(') || is_one_of(cursor.peek_word(), &["row"]))
            {
                self.tell(from, &name, names);
                return Ok(true);
            }
            if word.is_empty() && (cursor.peek() != Some(b'(') || cursor.names()?.is_none()) {
                break;
            }
        }
        cursor.skip_statement(Inside::Nothing)?;
        Ok(false)
    }

    /// Notes which table and columns the rows from here on are of.
    fn tell(&mut self, from: usize, name: &[String], names: Option<Vec<String>>) {
        let table = self.tables.place(&self.database, name);
        let found = table.and_then(|it| self.tables.list.get_mut(it));
        let is_data = found.as_ref().is_none_or(|it| !it.is_bookkeeping);
        let columns = found
            .zip(names)
            .map(|(table, names)| names.iter().map(|name| table.column(name)).collect());
        let words = self.cursor.slice(from, self.cursor.at);
        self.told = Told { words, table, columns, is_data };
    }

    /// Takes in the rows behind VALUES, and passes the end of the statement.
    fn insert_rows(&mut self, told: &Told<'a>) -> Result<u64, Stop> {
        let mut rows = 0;
        loop {
            self.cursor.skip_blanks()?;
            if self.cursor.peek_word().eq_ignore_ascii_case(b"row") {
                self.cursor.word();
                self.cursor.skip_blanks()?;
            }
            if self.cursor.peek() != Some(b'(') {
                self.met.is_cut |= self.cursor.peek().is_none();
                return Ok(rows);
            }
            let is_due = self.look.as_mut().is_some_and(|it| it.is_due(told.table));
            let row = self.cursor.row(is_due.then_some(&mut self.fields))?;
            self.take(told.table, told.columns.as_deref(), row, is_due)?;
            match row {
                Row::Whole(_) => rows += 1,
                Row::Pattern => {}
                Row::Malformed => {
                    self.met.malformed += 1;
                    if self.cursor.resume()? {
                        continue;
                    }
                    return Ok(rows);
                }
            }
            self.cursor.skip_blanks()?;
            match self.cursor.peek() {
                Some(b',') => self.cursor.at += 1,
                _ => {
                    self.insert_end()?;
                    return Ok(rows);
                }
            }
        }
    }

    fn insert_end(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        let is_end = cursor.peek() == Some(b';') || cursor.rest().starts_with(cursor.delimiter);
        if is_end {
            cursor.at += if cursor.rest().starts_with(cursor.delimiter) {
                cursor.delimiter.len()
            } else {
                1
            };
            return Ok(());
        }
        match is_one_of(cursor.peek_word(), &["on", "returning", "as"]) {
            true => cursor.skip_statement(Inside::Nothing),
            // The next statement, where nothing ends this one.
            false => Ok(()),
        }
    }

    /// CREATE TABLE, for the names; others for what is not a table's row in them.
    pub(super) fn create(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        cursor.word();
        loop {
            cursor.skip_blanks()?;
            let word = cursor.word();
            if is_one_of(word, KINDS_OF_TABLES) {
                continue;
            }
            // MySQL's `DEFINER=x@y`, `ALGORITHM=x`, `SQL SECURITY DEFINER`.
            if is_one_of(word, &["definer", "algorithm", "sql", "security", "invoker"]) {
                cursor.skip_blanks()?;
                if cursor.peek() == Some(b'=') {
                    let rest = cursor.rest();
                    cursor.at +=
                        rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
                }
                continue;
            }
            let inside = if is_one_of(word, &["table"]) {
                return self.create_table();
            } else if is_one_of(
                word,
                &["trigger", "procedure", "proc", "function", "event", "package"],
            ) {
                Inside::Body
            } else {
                Inside::Lines
            };
            if is_one_of(word, &["view"]) {
                cursor.skip_blanks()?;
                let name = cursor.dotted_name()?;
                // Old tools write a table in its place first.
                if let Some(table) = self.tables.find(&self.database, &name) {
                    table.is_view = true;
                }
            }
            return self.cursor.skip_statement(inside);
        }
    }

    fn create_table(&mut self) -> Result<(), Stop> {
        let cursor = &mut self.cursor;
        cursor.skip_blanks()?;
        while is_one_of(cursor.peek_word(), &["if", "not", "exists"]) {
            cursor.word();
            cursor.skip_blanks()?;
        }
        let name = cursor.dotted_name()?;
        if name.is_empty() {
            cursor.skip_line();
            return Ok(());
        }
        cursor.skip_blanks()?;
        let names = match cursor.peek() {
            Some(b'(') => cursor.columns()?,
            _ => Vec::new(),
        };
        let place = self.tables.place(&self.database, &name);
        if let Some(table) = place.and_then(|it| self.tables.list.get_mut(it)) {
            for name in &names {
                table.column(name);
            }
        }
        self.cursor.skip_statement(Inside::Nothing)
    }

    /// `COPY t (a, b) FROM stdin;` and the lines that follow it.
    pub(super) fn copy(&mut self) -> Result<(), Stop> {
        let from = self.cursor.at;
        let Some((name, names, copy)) = self.cursor.copy_head()? else {
            self.cursor.at = from;
            return self.cursor.skip_statement(Inside::Nothing);
        };
        self.tell(from, &name, names);
        let told = std::mem::take(&mut self.told);
        let start = self.cursor.at;
        // The end of the line before counts: a table may have no rows.
        let end = self.copy_end(start.saturating_sub(1));
        let mut rows = 0;
        while self.cursor.at < end {
            let at = self.cursor.at;
            let (line, next) = copy.line(self.cursor.slice(at, end));
            self.cursor.at = at + next;
            self.cursor.spend(at)?;
            if copy.has_header && at == start {
                continue;
            }
            rows += 1;
            let is_due = self.look.as_mut().is_some_and(|it| it.is_due(told.table));
            if is_due {
                copy.fields(self.cursor.bytes, (at, at + line), &mut self.fields);
            }
            let width = match (&told.columns, self.look.is_none()) {
                (None, true) => {
                    let line = self.cursor.slice(at, at + line);
                    line.iter().filter(|it| **it == copy.delimiter).count() + 1
                }
                _ => 0,
            };
            self.take(told.table, told.columns.as_deref(), Row::Whole(width), is_due)?;
        }
        if rows > 0 && told.is_data {
            self.count_bytes(from);
        }
        // Past the line that says it is over.
        self.cursor.skip_line();
        Ok(())
    }

    /// Where the lines of a COPY end: at `\.`, else with the text, which is then cut off.
    fn copy_end(&mut self, from: usize) -> usize {
        let bytes = self.cursor.bytes;
        let mut at = from;
        while let Some(found) = bytes.get(at..).and_then(|it| it.find(b"\n\\.")) {
            at += found + 1;
            if matches!(bytes.get(at + 2), None | Some(b'\r' | b'\n')) {
                return at;
            }
        }
        self.met.is_cut = true;
        bytes.len()
    }
}

impl Cursor<'_> {
    /// Passes a list of names in brackets. None, and nothing passed, where it is none.
    fn names(&mut self) -> Result<Option<Vec<String>>, Stop> {
        let (from, mut names) = (self.at, Vec::new());
        self.at += 1;
        loop {
            self.skip_blanks()?;
            let name = self.dotted_name()?.pop();
            if names.len() < MOST_COLUMNS {
                names.extend(name);
            }
            self.skip_blanks()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b')') => {
                    self.at += 1;
                    return Ok(Some(names));
                }
                _ => {
                    self.at = from;
                    return Ok(None);
                }
            }
        }
    }

    /// Passes what is in the brackets of a CREATE TABLE, and returns its columns, as far as it is understood.
    fn columns(&mut self) -> Result<Vec<String>, Stop> {
        let mut names = Vec::new();
        while matches!(self.peek(), Some(b'(' | b',')) {
            self.at += 1;
            self.skip_blanks()?;
            if !self.begins_constraint()?
                && let Some(name) = self.name()
                && names.len() < MOST_COLUMNS
            {
                names.push(name);
            }
            self.skip_part()?;
        }
        self.at += usize::from(self.peek() == Some(b')'));
        Ok(names)
    }

    /// Whether a key or a check begins here, and no column.
    fn begins_constraint(&mut self) -> Result<bool, Stop> {
        let from = self.at;
        let word = self.word();
        self.skip_blanks()?;
        let mut is_constraint = is_one_of(word, CONSTRAINTS);
        if is_one_of(word, &["key", "index", "period"]) {
            // `KEY by_name (name)` is none, `key varchar(20)` is a column.
            self.name();
            self.skip_blanks()?;
            let columns = self.rest().strip_prefix(b"(").map(<[u8]>::trim_ascii_start);
            is_constraint = columns.is_some_and(|it| !it.first().is_some_and(u8::is_ascii_digit))
                || is_one_of(self.peek_word(), &["using", "for"]);
        }
        self.at = from;
        Ok(is_constraint)
    }

    /// Passes one part of a list in brackets, up to the comma or bracket that ends it, or to what is not understood.
    fn skip_part(&mut self) -> Result<(), Stop> {
        let (from, mut depth) = (self.at, 0u64);
        loop {
            self.skip_blanks()?;
            match self.peek() {
                Some(b'(') => depth += 1,
                Some(b',' | b')') if depth == 0 => break,
                Some(b')') => depth -= 1,
                Some(quote @ (b'\'' | b'"' | b'`')) => {
                    if self.skip_quoted(quote)? {
                        continue;
                    }
                    break;
                }
                Some(b';') | None => break,
                Some(_) => {}
            }
            self.at += 1;
        }
        self.spend(from)
    }

    /// Passes a COPY that is followed by rows, with its line: the table's name, its columns, and how rows are written.
    #[allow(clippy::type_complexity)]
    fn copy_head(&mut self) -> Result<Option<(Vec<String>, Option<Vec<String>>, Copy)>, Stop> {
        self.word();
        self.skip_blanks()?;
        let name = self.dotted_name()?;
        self.skip_blanks()?;
        let names = if self.peek() == Some(b'(') { self.names()? } else { None };
        self.skip_blanks()?;
        let from = self.word();
        self.skip_blanks()?;
        let stdin = self.word();
        let is_copy =
            !name.is_empty() && is_one_of(from, &["from"]) && is_one_of(stdin, &["stdin"]);
        if !is_copy {
            return Ok(None);
        }
        let start = self.at;
        self.skip_line();
        let options = self.slice(start, self.at).to_ascii_lowercase();
        let has = |it: &str| Finder::new(it).find(&options).is_some();
        let is_csv = has("csv");
        let mut delimiter = if is_csv { b',' } else { b'\t' };
        if let Some(at) = options.find("delimiter") {
            let given = options.get(at..).and_then(|it| it.splitn(3, |it| *it == b'\'').nth(1));
            delimiter = match given {
                Some([delimiter]) => *delimiter,
                _ => delimiter,
            };
        }
        Ok(Some((name, names, Copy { delimiter, is_csv, has_header: is_csv && has("header") })))
    }
}
