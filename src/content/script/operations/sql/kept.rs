//! What a file of SQL only keeps for others to call: macros of dbt, and queries by name of sqlc, aiosql and their like.

use std::borrow::Cow;

/// Tags that define what is called later, each ended by its name behind `end`.
const DEFINES: &[&str] = &["macro", "materialization", "test"];

/// A text with spaces for all that something else calls: each line and offset is kept.
pub(in crate::content::script) fn without_kept(text: &str) -> Cow<'_, str> {
    let mut kept = macros(text);
    kept.extend(queries(text).map(|from| (from, text.len())));
    if kept.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (from, to) in kept {
        bytes[from..to].iter_mut().filter(|it| **it != b'\n').for_each(|it| *it = b' ');
    }
    Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()))
}

/// Where macros begin and end: `{% macro drop_table(relation) %} ... {% endmacro %}`.
fn macros(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    for (at, _) in text.match_indices("{%") {
        let tag = text[at + 2..].trim_start_matches(['-', '+']).trim_start();
        let word = tag.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or_default();
        match open {
            Some((from, name)) if word.strip_prefix("end") == Some(name) => {
                found.push((from, at));
                open = None;
            }
            None if DEFINES.contains(&word) => open = Some((at, word)),
            _ => {}
        }
    }
    found
}

/// Where queries begin that a program calls by their names: `-- name: DeleteUsers :exec`, `-- name: delete_users!`.
fn queries(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut named = text.split_inclusive('\n').filter_map(|line| {
        let from = at;
        at += line.len();
        says_kind(line).map(|is_kind| (from, is_kind))
    });
    let (from, is_kind) = named.next()?;
    (is_kind || named.next().is_some()).then_some(from)
}

/// Whether a comment that names a query says as well what is done with it; none of any other line.
fn says_kind(line: &str) -> Option<bool> {
    let said = line.trim().strip_prefix("--")?.trim_start().strip_prefix("name:")?.trim();
    let (name, kind) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let bare = name.trim_end_matches(['!', '$', '^', '#', '*', '<']);
    let is_name =
        !bare.is_empty() && bare.chars().all(|it| it.is_alphanumeric() || "_-.".contains(it));
    let kind = kind.trim();
    let is_kind = kind.starts_with(':') || kind.is_empty() && bare.len() < name.len();
    (is_name && (is_kind || kind.is_empty())).then_some(is_kind)
}
