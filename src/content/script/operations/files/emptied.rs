//! Commands that leave nothing in the file of a database, or in a directory.

use super::databases::file_of_database;
use crate::content::script::model::Scope::Files;
use crate::content::script::model::Weight::High;
use crate::content::script::operations::command::Words;
use crate::content::script::operations::{CommandRow, Hit, hit, kind};
use crate::content::script::words::parts;

pub(in crate::content::script::operations) static COMMANDS: &[CommandRow] = &[
    CommandRow {
        kind: kind(
            "sh.empty_db",
            "dd of=app.db",
            "the name is that of a database",
            Files,
            High,
            "",
        ),
        programs: &["dd"],
        words: &[],
        when: empties,
        prompt_off: &[],
    },
    CommandRow {
        kind: kind(
            "cmd.robocopy",
            "robocopy EMPTY PATH /MIR",
            "what is copied is called empty, and the path holds data",
            Files,
            High,
            "/L",
        ),
        programs: &["robocopy"],
        words: &[],
        when: mirrors_nothing,
        prompt_off: &[],
    },
];

/// Whether a directory becomes what one is in which nothing lies: `robocopy C:\empty D:\Data /MIR`.
fn mirrors_nothing(words: &Words) -> Hit {
    let says = |it: &str| words.rest.iter().any(|word| word.text.eq_ignore_ascii_case(it));
    let mut paths = words.rest.iter().filter(|it| !it.text.starts_with('/'));
    let (from, to) = (paths.next(), paths.next());
    let is_empty = from.is_some_and(|it| parts(&it.text).iter().any(|it| it == "empty"));
    let is_data = to.is_some_and(|it| super::is_data(&it.value));
    hit((says("/mir") || says("/purge")) && !says("/l") && is_empty && is_data)
}

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
