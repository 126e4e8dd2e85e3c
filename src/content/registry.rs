//! The registry of scripts that were put away: a table in Markdown that people read and review.

use std::collections::HashMap;

use bstr::{BStr, BString, ByteSlice};

use super::compare::sha256;
use super::quarantine::{self, Mention, Names};
use crate::date::Date;
use crate::text::{line, packed, unpacked};

/// The name of the registry at the top of a repository.
pub const NAME: &str = "DANGEROUS_SCRIPTS.md";

/// Bytes of the largest registry that is read.
pub const MAX_SIZE: u64 = 1 << 20;

/// The first lines of a registry.
const HEAD: &str = "\
# Dangerous scripts

Scripts that destroy data and were put away by `dataward quarantine`. `dataward registry check` holds
this table against the files.

";

/// The heads of the columns.
const COLUMNS: &str = "| file | was | operation | scope | why | safe alternative | sha256 | since |\n|---|---|---|---|---|---|---|---|\n";

/// Cells of a row.
const CELLS: usize = 8;

/// What a cell of text writes otherwise, so that it is one cell, and neither a link nor HTML.
const ENTITIES: &[(char, &str)] = &[
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('|', "&#124;"),
    ('`', "&#96;"),
    ('[', "&#91;"),
    ('\\', "&#92;"),
];

/// A registry as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    /// Its rows, in its order.
    pub rows: Vec<Row>,
    /// Lines that are wrong, from 1, with what is wrong with each. One that is no row is none of the rows.
    pub faults: Vec<(u32, &'static str)>,
    /// Where the row of a file is among the rows.
    by_file: HashMap<BString, usize>,
    names: Names,
}

/// A row: a script that was put away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line it stands on, from 1.
    pub line: u32,
    /// Where it is, from the top of the repository. Untrusted bytes.
    pub file: BString,
    /// Where it was. Untrusted bytes.
    pub was: BString,
    /// What it does.
    pub operation: String,
    /// How much is gone afterwards.
    pub scope: String,
    /// Why it was put away.
    pub why: String,
    /// What to do instead.
    pub alternative: String,
    /// The [`digest`] of its content.
    pub sha256: String,
    /// The day it was put away.
    pub since: String,
}

/// The SHA-256 of a script in hex, whichever way its lines end: git may change that between a commit and a disk.
pub fn digest(bytes: &[u8]) -> String {
    sha256(&bytes.replace(b"\r\n", b"\n"))
}

impl Registry {
    /// The registry that a text holds: the table with our columns, as people see it. All else in it is for people.
    pub fn read(text: &[u8]) -> Registry {
        let mut registry = Registry::default();
        let text = text.to_str_lossy();
        for (number, line, place) in places(&text) {
            let fault = match (place, row(line)) {
                (Place::Head, _) => None,
                (Place::Row, _) if is_ruled(line) => None,
                (Place::Row, Ok(row)) => registry.take(Row { line: number, ..row }),
                (Place::Row, Err(fault)) => Some(fault),
                (place, Ok(_)) => place.fault(),
                (_, Err(_)) => conflict(line),
            };
            registry.faults.extend(fault.map(|it| (number, it)));
        }
        registry.names = Names::of(registry.rows.iter().map(|it| it.file.as_bstr()));
        registry
    }

    /// Adds a row, or says why it is none.
    fn take(&mut self, row: Row) -> Option<&'static str> {
        if self.by_file.contains_key(&row.file) {
            return Some("the file has two rows");
        }
        self.faults.extend(row.faults().map(|it| (row.line, it)));
        self.by_file.insert(row.file.clone(), self.rows.len());
        self.rows.push(row);
        None
    }

    /// The row of a file.
    pub fn row(&self, file: &BStr) -> Option<&Row> {
        self.rows.get(*self.by_file.get(file)?)
    }

    /// Whether a pattern takes one of its scripts.
    pub fn has_one_of(&self, pattern: &Mention) -> bool {
        self.names.has_one_of(pattern)
    }
}

impl Row {
    /// What is wrong in a row that can be read.
    fn faults(&self) -> impl Iterator<Item = &'static str> {
        let was =
            (!self.is_former_path_right()).then_some("the former path is not that of the file");
        let why = self.why.trim().is_empty().then_some("it does not say why");
        let since = self
            .since
            .parse::<Date>()
            .is_err()
            .then_some("the last cell is no date such as 2026-11-25");
        [was, why, since].into_iter().flatten()
    }

    /// Whether the former path ends in the name that the file had: it may have been moved since it was put away.
    pub fn is_former_path_right(&self) -> bool {
        let before = quarantine::before(self.file.as_bstr());
        let name = |path: &BString| path.rsplit_once_str("/").map_or(&path[..], |it| it.1).to_vec();
        !leaves(&self.was) && before.is_some_and(|it| name(&it) == name(&self.was))
    }
}

/// A registry with one row more, as the last one of its table. All else stays as it is.
pub fn with_row(text: &str, row: &Row) -> String {
    let cells = [&row.operation, &row.scope, &row.why, &row.alternative].map(|it| cell(it));
    let [operation, scope, why, alternative] = cells;
    let path = |it: &BString| format!("`{}`", packed(it, b"|`"));
    let (file, was, sha256, since) = (path(&row.file), path(&row.was), &row.sha256, &row.since);
    // Lines end as those that are there.
    let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let row = format!(
        "| {file} | {was} | {operation} | {scope} | {why} | {alternative} | `{sha256}` | {since} |{end_of_line}"
    );
    let last = places(text).filter(|(.., place)| matches!(place, Place::Head | Place::Row)).last();
    let end = last.map(|(number, ..)| {
        text.split_inclusive('\n').take(number as usize).map(str::len).sum::<usize>()
    });
    let (before, after) = text.split_at(end.unwrap_or(text.len()));
    let line_end = if before.is_empty() || before.ends_with('\n') { "" } else { end_of_line };
    match (end, text.trim().is_empty()) {
        (Some(_), _) => format!("{before}{line_end}{row}{after}"),
        (None, true) => format!("{HEAD}{COLUMNS}{row}"),
        (None, false) => {
            let columns = COLUMNS.replace('\n', end_of_line);
            format!("{before}{line_end}{end_of_line}{columns}{row}")
        }
    }
}

/// Where a line of a registry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the table, where there is one.
    Above,
    /// It has the heads of our columns.
    Head,
    /// In the table.
    Row,
    /// Below the table.
    Below,
    /// In a comment, or in a block of code.
    Hidden,
}

impl Place {
    /// What is wrong with a row that stands there.
    fn fault(self) -> Option<&'static str> {
        match self {
            Place::Above => {
                Some("the row is in no table: no line above it has the heads of the columns")
            }
            Place::Below => Some(
                "the row is not in the table: take out what stands between, also a blank line, or the blanks before it",
            ),
            Place::Hidden => {
                Some("the row is in a comment or in a block of code, so that nobody sees it")
            }
            Place::Head | Place::Row => None,
        }
    }
}

/// The lines of a registry with the number of each, and where it stands. Of several tables the first counts that people see.
fn places(text: &str) -> impl Iterator<Item = (u32, &str, Place)> {
    let mut hidden: Option<Hidden> = None;
    let mut last = Place::Above;
    (1_u32..).zip(text.lines()).map(move |(number, line)| {
        if let Some(by) = hidden {
            hidden = (!by.ends(line)).then_some(by);
            return (number, line, Place::Hidden);
        }
        hidden = Hidden::begun(line);
        last = match last {
            Place::Above if is_head(line) => Place::Head,
            Place::Head | Place::Row if unindented(line).starts_with('|') => Place::Row,
            Place::Head | Place::Row => Place::Below,
            other => other,
        };
        (number, line, last)
    })
}

/// What hides the lines below it from who reads a page of Markdown.
#[derive(Debug, Clone, Copy)]
enum Hidden {
    /// A comment, up to its end.
    Comment,
    /// A block of code, up to a line of at least as many of this sign.
    Code(char, usize),
}

impl Hidden {
    /// What a line begins that does not end on it.
    fn begun(line: &str) -> Option<Hidden> {
        let line = unindented(line);
        if line.starts_with("<!--") {
            return (!Hidden::Comment.ends(line)).then_some(Hidden::Comment);
        }
        let sign = line.chars().next().filter(|it| "`~".contains(*it))?;
        let info = line.trim_start_matches(sign);
        let is_fence = line.len() - info.len() >= 3 && !(sign == '`' && info.contains(sign));
        is_fence.then_some(Hidden::Code(sign, line.len() - info.len()))
    }

    /// Whether it ends on this line.
    fn ends(self, line: &str) -> bool {
        match self {
            Hidden::Comment => line.contains("-->"),
            Hidden::Code(sign, least) => {
                let line = unindented(line).trim_end();
                line.len() >= least && line.chars().all(|it| it == sign)
            }
        }
    }
}

/// A line without the blanks before it that Markdown takes no notice of.
fn unindented(line: &str) -> &str {
    let inner = line.trim_start_matches(' ');
    if line.len() - inner.len() < 4 { inner } else { line }
}

/// Whether a line of the table only rules it, as the one below its head.
fn is_ruled(line: &str) -> bool {
    line.chars().all(|it| "|-: ".contains(it))
}

/// What is wrong with a line that git left.
fn conflict(line: &str) -> Option<&'static str> {
    let is_left = line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    is_left.then_some("the conflict of a merge is not resolved")
}

/// Whether a path is none from the top of a repository.
fn leaves(path: &BString) -> bool {
    path.split_str("/").any(|part| matches!(part, b"" | b"." | b".."))
}

fn is_head(line: &str) -> bool {
    let wanted = COLUMNS.lines().next().unwrap_or_default();
    unindented(line).starts_with('|')
        && cells(line).map(str::to_ascii_lowercase).eq(cells(wanted).map(str::to_owned))
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row).split('|').map(str::trim)
}

fn row(line: &str) -> Result<Row, &'static str> {
    let cells: Vec<&str> = cells(line).collect();
    let Ok([file, was, operation, scope, why, alternative, sha256, since]) =
        <[&str; CELLS]>::try_from(cells)
    else {
        return Err("the line has not eight cells");
    };
    let path = |cell: &str| {
        let inner = cell.strip_prefix('`')?.strip_suffix('`')?;
        unpacked(inner).map(BString::from)
    };
    let file = path(file).ok_or("the file is no path in backquotes")?;
    let is_away = quarantine::before(file.as_bstr()).is_some();
    let sha256 = sha256.trim_matches('`');
    let is_digest =
        sha256.len() == 64 && sha256.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    match () {
        () if !is_away => Err("the file has not the name of one that was put away"),
        () if leaves(&file) => Err("the file is no path from the top of the repository"),
        () if !is_digest => Err("the digest is no SHA-256 in 64 hex digits"),
        () => Ok(Row {
            line: 0,
            file,
            was: path(was).ok_or("the former path is no path in backquotes")?,
            operation: plain(operation),
            scope: plain(scope),
            why: plain(why),
            alternative: plain(alternative),
            sha256: sha256.to_owned(),
            since: since.to_owned(),
        }),
    }
}

/// Text as one cell.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in line(text.trim()).chars() {
        match ENTITIES.iter().find(|(it, _)| *it == c) {
            Some((_, entity)) => cell.push_str(entity),
            None => cell.push(c),
        }
    }
    cell
}

/// The text of a cell.
fn plain(cell: &str) -> String {
    // The ampersand last, so that what it begins is not read twice.
    let others = ENTITIES.iter().rev();
    others.fold(cell.to_owned(), |text, (c, entity)| text.replace(entity, &c.to_string()))
}

#[cfg(test)]
mod tests;
