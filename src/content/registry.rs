//! The registry of scripts that were put away: a table in Markdown that people read and review.

use bstr::{BStr, BString, ByteSlice};

use super::compare::sha256;
use super::quarantine;
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
    /// The registry that a text holds: the table with our columns. All else in it is for people.
    pub fn read(text: &[u8]) -> Registry {
        let mut registry = Registry::default();
        let text = text.to_str_lossy();
        let mut end = 0;
        for (number, line) in table(&text) {
            end = number;
            match row(line) {
                _ if is_ruled(line) => {}
                Ok(row) if registry.row(row.file.as_bstr()).is_some() => {
                    registry.faults.push((number, "the file has two rows"));
                }
                Ok(row) => {
                    registry.faults.extend(row.faults().map(|it| (number, it)));
                    registry.rows.push(Row { line: number, ..row });
                }
                Err(fault) => registry.faults.push((number, fault)),
            }
        }
        registry.faults.extend(outside(&text, end));
        registry.faults.sort_by_key(|(line, _)| *line);
        registry
    }

    /// The row of a file.
    pub fn row(&self, file: &BStr) -> Option<&Row> {
        self.rows.iter().find(|it| it.file == file)
    }
}

impl Row {
    /// What is wrong in a row that can be read.
    fn faults(&self) -> impl Iterator<Item = &'static str> {
        let was =
            (!self.is_former_path_right()).then_some("the former path is not that of the file");
        let why = self.why.trim().is_empty().then_some("it does not say why");
        let since =
            (!is_date(&self.since)).then_some("the last cell is no date such as 2026-11-25");
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
    let head = text.lines().position(is_head);
    let end = head.map(|head| {
        let rows = text.lines().skip(head).take_while(|it| it.starts_with('|')).count();
        text.split_inclusive('\n').take(head + rows).map(str::len).sum::<usize>()
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

/// The lines of our table below its head, with the number of each.
fn table(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let lines = (1_u32..).zip(text.lines());
    let rows = lines.skip_while(|(_, line)| !is_head(line)).skip(1);
    rows.take_while(|(_, line)| line.starts_with('|'))
}

/// Whether a line of the table only rules it, as the one below its head.
fn is_ruled(line: &str) -> bool {
    line.chars().all(|it| "|-: ".contains(it))
}

/// What is wrong with lines outside of the table, whose last line is this one.
fn outside(text: &str, end: u32) -> impl Iterator<Item = (u32, &'static str)> {
    let lines = (1_u32..).zip(text.lines());
    lines.filter_map(move |(number, line)| match () {
        () if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") => {
            Some((number, "the conflict of a merge is not resolved"))
        }
        () if number > end && row(line.trim()).is_ok() => Some((
            number,
            "the row is not in the table: take out what stands between, also a blank line",
        )),
        () => None,
    })
}

/// Whether this is a day, as `2026-11-25`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// Whether a path is none from the top of a repository.
fn leaves(path: &BString) -> bool {
    path.split_str("/").any(|part| matches!(part, b"" | b"." | b".."))
}

fn is_head(line: &str) -> bool {
    let wanted = COLUMNS.lines().next().unwrap_or_default();
    cells(line).eq(cells(wanted))
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some(file: &str) -> Row {
        Row {
            file: quarantine::put_away(file.into()),
            was: file.into(),
            operation: "delete from users".to_owned(),
            scope: "table".to_owned(),
            why: "it deleted all customers".to_owned(),
            alternative: String::new(),
            sha256: "0".repeat(64),
            since: "2026-11-25".to_owned(),
            line: 0,
        }
    }

    #[test]
    fn a_row_is_added_at_the_end_of_the_table_and_all_else_stays() {
        let one = with_row("", &some("a.sh"));
        assert!(one.starts_with(HEAD), "{one}");
        let text = format!("{one}\nWritten by people.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
        let two = with_row(&text, &some("b.sh"));
        let registry = Registry::read(two.as_bytes());
        let was: Vec<_> = registry.rows.iter().map(|it| it.was.to_string()).collect();
        assert_eq!((was, registry.faults), (vec!["a.sh".to_owned(), "b.sh".to_owned()], vec![]));
        assert!(two.ends_with("|\n\nWritten by people.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"));
        // A page without our table keeps what it has, and a last line without an end is no part of a row.
        let page = with_row("# Ours", &some("a.sh"));
        assert!(page.starts_with("# Ours\n\n| file |"), "{page}");
        let cut = with_row(one.trim_end(), &some("b.sh"));
        assert_eq!(Registry::read(cut.as_bytes()).rows.len(), 2, "{cut}");
    }

    #[test]
    fn what_is_no_row_is_said_with_its_line() {
        let good = with_row("", &some("a.sh"));
        let last = good.lines().last().expect("a row");
        for (line, fault) in [
            ("| x |".to_owned(), "the line has not eight cells"),
            (
                last.replace("`.DANGEROUS_a.sh.disabled`", "a.sh"),
                "the file is no path in backquotes",
            ),
            (
                last.replace(".DANGEROUS_a.sh.disabled", "../.DANGEROUS_a.sh.disabled"),
                "the file is no path from the top of the repository",
            ),
            (
                last.replace(".DANGEROUS_a.sh.disabled", "a.sh"),
                "the file has not the name of one that was put away",
            ),
            (last.replace(&"0".repeat(64), "0"), "the digest is no SHA-256 in 64 hex digits"),
            (last.to_owned(), "the file has two rows"),
            (
                format!("\n{last}"),
                "the row is not in the table: take out what stands between, also a blank line",
            ),
            (">>>>>>> other".to_owned(), "the conflict of a merge is not resolved"),
        ] {
            let text = format!("{good}{line}\n");
            let registry = Registry::read(text.as_bytes());
            let number = u32::try_from(text.lines().count()).expect("few");
            assert_eq!(registry.faults, [(number, fault)], "{text}");
            assert_eq!(registry.rows.len(), 1);
        }
    }

    #[test]
    fn what_is_wrong_in_a_row_is_said_and_the_row_counts() {
        let good = with_row("", &some("scripts/a.sh"));
        assert_eq!(Registry::read(good.as_bytes()).faults, []);
        let moved = good.replace("`scripts/a.sh`", "`tools/a.sh`");
        assert_eq!(Registry::read(moved.as_bytes()).faults, []);
        let was = "the former path is not that of the file";
        let since = "the last cell is no date such as 2026-11-25";
        for (old, new, fault) in [
            ("`scripts/a.sh`", "`scripts/b.sh`", was),
            ("`scripts/a.sh`", "`../a.sh`", was),
            ("it deleted all customers", "", "it does not say why"),
            ("2026-11-25", "yesterday", since),
            ("2026-11-25", "2026-02-29", since),
            ("2026-11-25", "", since),
        ] {
            let text = good.replace(old, new);
            let registry = Registry::read(text.as_bytes());
            assert_eq!(registry.faults, [(8, fault)], "{text}");
            assert_eq!(registry.rows.len(), 1);
        }
    }

    #[test]
    fn a_row_ends_as_the_lines_do_that_are_there() {
        let one = with_row("", &some("a.sh"));
        for text in [one.clone(), format!("{one}\nBelow.\n"), "# Ours\n".to_owned()] {
            let two = with_row(&text.replace('\n', "\r\n"), &some("b.sh"));
            assert_eq!(two, with_row(&text, &some("b.sh")).replace('\n', "\r\n"));
            let registry = Registry::read(two.as_bytes());
            assert!(registry.row(b".DANGEROUS_b.sh.disabled".as_bstr()).is_some(), "{two}");
        }
    }

    #[test]
    fn line_ends_do_not_count_for_the_digest() {
        assert_eq!(digest(b"a\r\nb\r\n"), digest(b"a\nb\n"));
        assert_ne!(digest(b"a\nb"), digest(b"a\nb\n"));
    }

    proptest! {
        #[test]
        fn any_row_is_read_as_it_was_written(
            name in proptest::collection::vec(1_u8..=255, 1..20),
            texts in proptest::collection::vec("[ -~\u{e4}]{0,20}", 4),
        ) {
            let name: Vec<u8> = name.into_iter().filter(|it| *it != b'/').collect();
            prop_assume!(!name.is_empty());
            let mut texts = texts.iter().map(|it| line(it.trim()));
            let mut text = || texts.next().unwrap_or_default();
            let row = Row {
                file: quarantine::put_away(name.as_bstr()),
                was: name.into(),
                operation: text(),
                scope: text(),
                why: format!("so {}", text()).trim().to_owned(),
                alternative: text(),
                ..some("a.sh")
            };
            let written = with_row(&with_row("", &some("first.sh")), &row);
            let registry = Registry::read(written.as_bytes());
            prop_assert_eq!(&registry.faults, &[]);
            prop_assert_eq!(&registry.rows[1], &Row { line: registry.rows[1].line, ..row });
        }

        #[test]
        fn any_bytes_are_read(text in proptest::collection::vec(any::<u8>(), 0..300)) {
            let whole = [COLUMNS.as_bytes(), &text].concat();
            let _ = Registry::read(&whole);
            let _ = Registry::read(&text);
        }
    }
}
