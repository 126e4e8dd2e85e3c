//! Macros that dbt keeps in files of SQL: they do nothing until something calls them.

use std::borrow::Cow;

/// Tags that define what is called later, each ended by its name behind `end`.
const DEFINES: &[&str] = &["macro", "materialization", "test"];

/// A text with spaces for all that stands in a macro, `{% macro drop_table(relation) %} ... {% endmacro %}`: each line and
/// offset is kept.
pub(in crate::content::script) fn without_macros(text: &str) -> Cow<'_, str> {
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
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (from, to) in found {
        bytes[from..to].iter_mut().filter(|it| **it != b'\n').for_each(|it| *it = b' ');
    }
    Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()))
}
