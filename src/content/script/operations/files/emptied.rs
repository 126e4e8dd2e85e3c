//! Commands that leave nothing in the file of a database.

use super::databases::file_of_database;
use crate::content::script::model::Scope::Files;
use crate::content::script::model::Weight::High;
use crate::content::script::operations::command::Words;
use crate::content::script::operations::{CommandRow, Hit, hit, kind};

pub(in crate::content::script::operations) static COMMANDS: &[CommandRow] = &[CommandRow {
    kind: kind("sh.empty_db", "dd of=app.db", "the name is that of a database", Files, High, ""),
    programs: &["dd"],
    words: &[],
    when: empties,
    prompt_off: &[],
}];

fn empties(words: &Words) -> Hit {
    let from_nothing = words
        .rest
        .iter()
        .any(|it| matches!(it.text.as_str(), "if=/dev/null" | "if=/dev/zero" | "if=/dev/urandom"));
    let has_source = words.rest.iter().any(|it| it.text.starts_with("if="));
    let mut written = words.rest.iter().filter_map(|it| it.text.strip_prefix("of="));
    let is_emptied = (from_nothing || !has_source)
        && written.any(|it| file_of_database(it) && !it.contains("$("));
    hit(is_emptied)
}
