//! What a script of SQL does that destroys nothing that anybody keeps: ways back of migrations, tables for a while, databases of tests.

use crate::content::script::words::{is_for_a_while, is_of_tests};

/// Lines by which tools for migrations part the way back from the way forth.
const DOWN: &[&str] =
    &["+goose down", "+migrate down", "migrate:down", "@undo", "!downs", "--rollback"];
const UP: &[&str] = &["+goose up", "+migrate up", "migrate:up", "@do", "!ups"];

/// The parts of a text that lead back from a migration.
pub(super) fn ways_back(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim().to_lowercase();
        if lower.starts_with("--") {
            let is = |marks: &[&str]| marks.iter().any(|it| lower.contains(it));
            if is(DOWN) {
                open.get_or_insert(at);
            } else if is(UP)
                && let Some(from) = open.take()
            {
                parts.push((from, at));
            }
        }
        at += line.len();
    }
    parts.extend(open.map(|from| (from, text.len())));
    parts
}

/// Whether a table is made for a while only.
pub(super) fn is_passing(name: &str) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.trim_matches(['"', '`', '[', ']']);
    // `lab_tests` are those of patients.
    let are_tests = lower.ends_with("_tests");
    // `#__content` of Joomla is a table with its prefix.
    lower.starts_with('#') && !lower.starts_with("#__")
        || is_for_a_while(name)
        || lower.contains("staging_")
        || is_of_tests(name) && !are_tests
}
