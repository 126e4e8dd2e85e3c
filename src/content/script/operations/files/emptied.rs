//! Commands that leave nothing in the file of a database.

use super::paths::file_of_database;
use crate::content::script::model::Scope::Files;
use crate::content::script::model::Weight::High;
use crate::content::script::operations::command::Words;
use crate::content::script::operations::{CommandRow, Hit, kind};

pub(in crate::content::script::operations) static COMMANDS: &[CommandRow] = &[CommandRow {
    kind: kind(
        "sh.empty_db",
        "cp /dev/null app.db, dd of=app.db",
        "the name is that of a database",
        Files,
        High,
        "",
    ),
    programs: &["cp", "dd"],
    words: &[],
    when: empties,
    prompt_off: &[],
}];

fn empties(words: &Words) -> Hit {
    let is_database = |it: &str| file_of_database(it) && !it.contains("$(");
    let last = words.plain().last().map(|it| it.text.as_str()).unwrap_or_default();
    let is_emptied = match words.program.as_str() {
        "cp" => words.plain().next().is_some_and(|it| it.text == "/dev/null") && is_database(last),
        _ => {
            let from_nothing = words.rest.iter().any(|it| {
                matches!(it.text.as_str(), "if=/dev/null" | "if=/dev/zero" | "if=/dev/urandom")
            });
            let has_source = words.rest.iter().any(|it| it.text.starts_with("if="));
            let mut written = words.rest.iter().filter_map(|it| it.text.strip_prefix("of="));
            (from_nothing || !has_source) && written.any(is_database)
        }
    };
    if is_emptied { Hit::Full } else { Hit::Miss }
}
