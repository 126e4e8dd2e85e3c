//! What an entry of the schema is, going by its statement and its root page as SQLite does.

use crate::content::profile::Value;

/// What an entry of the schema is.
#[derive(Debug, PartialEq)]
pub(super) enum Entry<'a> {
    /// A table of this name.
    Table(&'a [u8]),
    /// An index, a view, a trigger or a virtual table: what rows it shows are those of tables.
    WithoutRows,
    /// Nothing that SQLite writes.
    Malformed,
}

/// Tells an entry by its statement and its root page, as SQLite does. Page 1 is the schema's own.
pub(super) fn entry<'a>(
    name: Option<&'a [u8]>,
    sql: Option<&[u8]>,
    root: Option<i64>,
) -> Entry<'a> {
    let Some(name) = name else { return Entry::Malformed };
    let sql = sql.unwrap_or_default();
    if sql.is_empty() {
        const AUTOMATIC: &[u8] = b"sqlite_autoindex_";
        let is_index =
            name.get(..AUTOMATIC.len()).is_some_and(|it| it.eq_ignore_ascii_case(AUTOMATIC));
        return if is_index { Entry::WithoutRows } else { Entry::Malformed };
    }
    let (create, rest) = word(sql);
    let (kind, rest) = word(rest);
    let is = |word: &[u8], other: &[u8]| word.eq_ignore_ascii_case(other);
    let is_index = is(kind, b"index") || (is(kind, b"unique") && is(word(rest).0, b"index"));
    let has_no_page = [&b"view"[..], b"trigger", b"virtual"].iter().any(|it| is(kind, it));
    match root {
        _ if !is(create, b"create") => Entry::Malformed,
        Some(2..) if is(kind, b"table") => Entry::Table(name),
        Some(2..) if is_index => Entry::WithoutRows,
        Some(0) if has_no_page => Entry::WithoutRows,
        _ => Entry::Malformed,
    }
}

/// The next word of a statement, past blanks and comments, and what follows it.
fn word(sql: &[u8]) -> (&[u8], &[u8]) {
    let mut rest = sql.trim_ascii_start();
    loop {
        let end = match rest {
            [b'-', b'-', ..] => rest.iter().position(|it| *it == b'\n'),
            [b'/', b'*', inside @ ..] => {
                inside.windows(2).position(|it| it == b"*/").map(|it| it + 4)
            }
            _ => break,
        };
        rest = end.and_then(|it| rest.get(it..)).unwrap_or_default().trim_ascii_start();
    }
    rest.split_at(rest.iter().position(|it| !it.is_ascii_alphabetic()).unwrap_or(rest.len()))
}

/// The bytes of a text or of a blob, which SQLite takes for a text in its schema.
pub(super) fn bytes<'a>(value: &Value<'a>) -> Option<&'a [u8]> {
    match value {
        Value::Text(bytes) | Value::Blob(bytes) => Some(bytes),
        Value::Nothing | Value::Integer(_) | Value::Real(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_entries_by_statement_and_page() {
        for (sql, root, expected) in [
            ("CREATE TABLE t(x)", 2, Entry::Table(b"t")),
            ("create/*table*/table--x\n\"t\"(x)", 9, Entry::Table(b"t")),
            ("create--\ntable[t](x)", 9, Entry::Table(b"t")),
            ("CREATE INDEX t ON u(x)", 2, Entry::WithoutRows),
            ("CREATE UNIQUE/*/ */INDEX t ON u(x)", 2, Entry::WithoutRows),
            ("CREATE VIEW t AS SELECT 1", 0, Entry::WithoutRows),
            ("CREATE VIRTUAL TABLE t USING fts5(x)", 0, Entry::WithoutRows),
            ("CREATE VIRTUAL TABLE t USING fts5(x)", 2, Entry::Malformed),
            ("CREATE VIEW t AS SELECT 1", 2, Entry::Malformed),
            ("CREATE TABLE t(x)", 0, Entry::Malformed),
            ("CREATE TABLE t(x)", 1, Entry::Malformed),
            ("CREATE TABLE t(x)", -2, Entry::Malformed),
            ("CREATE /* TABLE t(x)", 2, Entry::Malformed),
            ("CREATE TABLES t(x)", 2, Entry::Malformed),
            ("CREATE", 2, Entry::Malformed),
            ("", 2, Entry::Malformed),
        ] {
            assert_eq!(entry(Some(b"t"), Some(sql.as_bytes()), Some(root)), expected, "{sql}");
        }
        assert_eq!(entry(Some(b"SQLITE_autoindex_t_1"), None, Some(3)), Entry::WithoutRows);
        assert_eq!(entry(None, Some(b"CREATE TABLE t(x)"), Some(2)), Entry::Malformed);
    }
}
