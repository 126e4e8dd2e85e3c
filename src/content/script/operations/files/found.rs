//! What `find` takes away of what lies below a directory.

use super::databases::{file_of_database, is_dumps};
use super::paths::{is_kept_apart, path_of_data};
use super::{Word, Words, is_known, spelled};
use crate::content::script::operations::{Hit, hit};
use crate::content::script::place;
use crate::content::script::value::texts;

/// Conditions that choose some of what is found by a value.
const CHOOSE: &[&str] = &[
    "-name",
    "-iname",
    "-mtime",
    "-mmin",
    "-path",
    "-regex",
    "-newer",
    "-ctime",
    "-atime",
    "-size",
    "-wholename",
];

pub(super) fn find(words: &Words) -> Hit {
    let deletes = words.has("-delete")
        || words
            .rest
            .windows(2)
            .any(|it| it[0].text.starts_with("-exec") && it[1].text.ends_with("rm"));
    let place = words.plain().next();
    let directory = place.map(spelled).unwrap_or_default();
    let of_data = places(words).any(|it| {
        path_of_data(&spelled(it))
            || is_known(it) && place::is_state(&spelled(it))
            || texts(&it.value).iter().any(|it| is_kept_apart(&it.text))
    });
    // What macOS keeps about its own look, and makes anew.
    let of_system = place.is_some_and(|it| it.text.contains("Application Support/Dock"));
    let by_age = words.rest.iter().any(|it| {
        let chooses = ["time", "min", "newer", "newermt", "size"];
        it.text.starts_with('-') && chooses.iter().any(|end| it.text.ends_with(end))
    });
    let by_name = words.value_of(&["-name", "-iname"]).filter(|_| !by_age);
    // `-name '*.sqlite3'`, whatever its age, and `-name pgdata` with all that is in it.
    let is_named = by_name.is_some_and(|it| {
        !of_system && file_of_database(&it.text)
            || is_dumps(&format!("{directory}/{}", it.text))
            || is_directory(words, it) && path_of_data(&format!("{directory}/{}", it.text))
    });
    hit(deletes && (is_named || of_data && !is_narrow(words)))
}

/// Where it looks: what stands before what it looks for.
fn places(words: &Words) -> impl Iterator<Item = &Word> {
    let is_option = |it: &Word| matches!(it.text.as_str(), "-L" | "-H" | "-P");
    let ends = |it: &Word| it.text.starts_with(['-', '!', '(', '\\']);
    words.rest.iter().skip_while(move |it| is_option(it)).take_while(move |it| !ends(it))
}

/// Whether a name is that of one directory, and not of files.
fn is_directory(words: &Words, name: &Word) -> bool {
    words.value_of(&["-type"]).is_some_and(|it| it.text == "d") && !name.text.contains(['*', '?'])
}

/// Whether a condition chooses some of what is found: not where it leaves some out, or holds for anything.
fn is_narrow(words: &Words) -> bool {
    let is_anything = |flag: &str, value: &Word| match value.text.as_str() {
        "*" | "*.*" | "+0" => true,
        ".*" => flag == "-regex",
        _ => false,
    };
    // A link is no data, wherever it leads.
    if words.value_of(&["-type", "-xtype"]).is_some_and(|it| it.text == "l") {
        return true;
    }
    words.rest.iter().enumerate().any(|(at, it)| {
        let before = at.checked_sub(1).and_then(|at| words.rest.get(at));
        let is_excluded = before.is_some_and(|it| matches!(it.text.as_str(), "-not" | "!"));
        let value = words.rest.get(at + 1);
        let flag = it.text.as_str();
        let chooses = CHOOSE.contains(&flag) && !value.is_some_and(|it| is_anything(flag, it));
        !is_excluded && (chooses || flag == "-empty")
    })
}
