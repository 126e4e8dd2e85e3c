//! The fast no: whether a text can hold rows at all. It runs on every text that is looked at, so it only searches.

use bstr::ByteSlice;

/// How far before VALUES its INSERT may stand: room for the names of many columns.
const HEAD: usize = 16 << 10;

/// Places that are looked at closely before the reader has to decide: it takes linear time, and many such places do not.
const PLACES: usize = 64;

/// Whether there is something like `INSERT … VALUES (` or `COPY … FROM stdin` where a statement may begin.
pub(super) fn may_hold_rows(bytes: &[u8]) -> bool {
    has_inserts(bytes) || has_copies(bytes)
}

fn has_inserts(bytes: &[u8]) -> bool {
    let (mut from, mut places) = (0, 0);
    while let Some(found) = bytes.get(from..).and_then(|it| it.find_byteset(b"vV")) {
        let at = from + found;
        from = at + 1;
        if !is_values(bytes, at) {
            continue;
        }
        let head = bytes.get(at.saturating_sub(HEAD)..at).unwrap_or_default();
        places += 1;
        if places > PLACES || begins_insert(head, at <= HEAD) {
            return true;
        }
    }
    false
}

/// Whether the word at a place is VALUES, or VALUE as MySQL has it too, with a row behind it.
fn is_values(bytes: &[u8], at: usize) -> bool {
    let is = |place: usize, word: &[u8]| {
        bytes.get(place..place + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    // `.values(` is a call in many languages.
    let before = at.checked_sub(1).and_then(|it| bytes.get(it));
    if !is(at, b"value")
        || before.is_some_and(|it| it.is_ascii_alphanumeric() || b"._$".contains(it))
    {
        return false;
    }
    let end = at + if is(at + 5, b"s") { 6 } else { 5 };
    let rest = bytes.get(end..).unwrap_or_default().trim_ascii_start();
    // A comment may stand between, or MySQL's ROW.
    matches!(rest.first(), Some(b'(' | b'-' | b'/' | b'#' | b'r' | b'R'))
}

/// Whether a statement that puts rows somewhere begins in `head`; `from_start` where that is the start of the text.
fn begins_insert(head: &[u8], from_start: bool) -> bool {
    let mut from = 0;
    while let Some(found) = head.get(from..).and_then(|it| it.find_byteset(b"iIrRuU")) {
        let at = from + found;
        from = at + 1;
        let rest = head.get(at..).unwrap_or_default();
        let is = |word: &[u8]| {
            rest.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
                && rest
                    .get(word.len())
                    .is_some_and(|it| it.is_ascii_whitespace() || b"[/\"`".contains(it))
        };
        if !(is(b"insert") || is(b"replace") || is(b"upsert")) {
            continue;
        }
        let before = head.get(..at).unwrap_or_default();
        let before = before.trim_end_with(|it| it == ' ' || it == '\t');
        match before.last() {
            None => return from_start || !before.is_empty(),
            // The ends of a line, of a statement, of a comment, of a byte order mark, of `/*!40000`.
            Some(b'\n' | b'\r' | b';' | b'/' | 0xbf | b'0'..=b'9') => return true,
            Some(_) => {}
        }
    }
    false
}

fn has_copies(bytes: &[u8]) -> bool {
    let has = |stdin: &[u8]| {
        bytes.find_iter(stdin).enumerate().any(|(n, at)| n >= PLACES || begins_copy(bytes, at))
    };
    has(b"stdin") || has(b"STDIN")
}

/// Whether the line up to a place is `COPY … FROM`.
fn begins_copy(bytes: &[u8], at: usize) -> bool {
    let line = bytes.get(at.saturating_sub(HEAD)..at).unwrap_or_default();
    let from = line.rfind_byteset(b"\r\n;").map_or(0, |it| it + 1);
    let line = line.get(from..).unwrap_or_default().trim_ascii();
    let is =
        |word: Option<&[u8]>, other: &[u8]| word.is_some_and(|it| it.eq_ignore_ascii_case(other));
    is(line.get(..4), b"copy") && is(line.get(line.len().saturating_sub(4)..), b"from")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_rows() {
        for text in [
            "INSERT INTO t VALUES (1);",
            "\u{feff}insert into t (a,\n b)\nvalues\n\n  (1)",
            "x\nINSERT [dbo].[t] ([a]) VALUES (N'x')",
            "x;Insert into T (A) values (1);",
            "/*!40000 REPLACE INTO `t` VALUES(1)*/",
            "  INSERT IGNORE INTO t VALUE (1)",
            "/* people */ insert into t values -- all\n(1)",
            "SET x = 1;\nCOPY public.t (a, b) FROM stdin;\n",
            "copy t FROM STDIN WITH CSV",
        ] {
            assert!(may_hold_rows(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn lets_through_what_has_none() {
        for text in [
            "",
            "CREATE TABLE t (v, values_ int);",
            "for it in all.values(): insert(it)",
            "db.execute('INSERT INTO t VALUES (1)')",
            "INSERT INTO t SELECT 1;",
            "the values (of people) are\n",
            "read(STDIN); copy to stdin",
            "COPY t TO stdin",
            "\ninserted into t values (1)",
        ] {
            assert!(!may_hold_rows(text.as_bytes()), "{text}");
        }
    }
}
