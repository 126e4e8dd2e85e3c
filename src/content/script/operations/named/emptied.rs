//! Files of data that are written anew with nothing in them: `fs.writeFileSync('data.json', JSON.stringify({ orders: [] }))`.

use super::alike::says_loss;
use super::helper_kind;
use crate::content::script::model::Kind;
use crate::content::script::operations::chain::Chain;
use crate::content::script::operations::files::is_passing;
use crate::content::script::syntax::{Expression, Form, Shared};
use crate::content::script::value::texts_in;
use crate::content::script::words::{is_for_a_while, is_of_tests, parts};

/// Calls that write a file, the path before what is written.
const WRITES: &[&str] = &[
    "writeFileSync",
    "writeFile",
    "writeJsonSync",
    "writeJSONSync",
    "writeJson",
    "writeJSON",
    "outputJsonSync",
    "outputJson",
    "writeTextFile",
    "writeTextFileSync",
    "file_put_contents",
];

/// Files that one writes again at any time, by words of their names.
const MADE: &[&str] = &[
    "package", "config", "settings", "manifest", "index", "schema", "log", "logs", "cache",
    "cached", "lock", "state", "report", "reports", "results", "output", "out", "dist", "build",
    "public", "tsconfig", "status", "progress",
];

/// The kind of a call that leaves nothing in a file of data, where the file of the script is called after wiping.
pub(in crate::content::script) fn empties_file(own: &str, chain: &Chain) -> Option<&'static Kind> {
    if !says_loss(own) {
        return None;
    }
    let (path, what) = match chain.arguments() {
        [path, what, ..] if WRITES.contains(&chain.name()) => (&path.value, &what.value),
        // `json.dump([], open('users.json', 'w'))`.
        [what, file, ..] if chain.name() == "dump" && chain.on() == "json" => {
            (&file.value, &what.value)
        }
        // `Path('users.json').write_text('[]')`.
        [what] if chain.name() == "write_text" => (&chain.links.last()?.call?.callee, &what.value),
        _ => return None,
    };
    helper_kind().filter(|_| is_empty(what, 0) && is_file_of_data(path) && !is_passing(path))
}

/// Whether a path is that of a file in which a program keeps its data.
fn is_file_of_data(path: &Shared) -> bool {
    let ends = [".json", ".jsonl", ".ndjson", ".csv"];
    texts_in(path).iter().any(|it| {
        let lower = it.to_lowercase();
        let passes = is_of_tests(it) || is_for_a_while(it);
        let is_made = parts(it).iter().any(|it| MADE.contains(&it.as_str()));
        ends.iter().any(|end| lower.ends_with(end)) && !passes && !is_made
    })
}

/// Whether a value is an empty list, or one with nothing but such in it: `{ orders: [], next: 1 }`.
fn is_empty(of: &Expression, depth: u8) -> bool {
    let inner = |it: &Shared| depth < 4 && is_empty(it, depth + 1);
    match &of.form {
        Form::List(all) => all.is_empty(),
        Form::Map(pairs) => {
            let is_number = |it: &Shared| matches!(it.form, Form::Number(_));
            pairs.is_empty()
                || pairs.iter().any(|(_, it)| inner(it))
                    && pairs.iter().all(|(_, it)| is_number(it) || inner(it))
        }
        // `JSON.stringify({ orders: [] }, null, 2)`, `json_encode([])`.
        Form::Call(call) => {
            let name = match &call.callee.form {
                Form::Name(name) | Form::Member(_, name) => name.as_str(),
                _ => "",
            };
            matches!(name, "stringify" | "dumps" | "json_encode")
                && call.arguments.first().is_some_and(|it| inner(&it.value))
        }
        _ => of.literal().is_some_and(|it| matches!(it.trim(), "" | "[]" | "{}")),
    }
}
