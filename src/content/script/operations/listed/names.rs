//! What names of calls that list or delete say that they are about.

use crate::content::script::operations::chain::name_of;
use crate::content::script::syntax::Call;
use crate::content::script::words::singular;

/// Names of calls that give back all there is.
const LISTS: &[&str] = &[
    "findmany",
    "findall",
    "getfulllist",
    "getfull",
    "readallitems",
    "listall",
    "getcollections",
    "getentries",
    "getassets",
    "getfiles",
    "alldocs",
    "readitems",
];

/// The words of a name: `deleteTopic`, `delete_topic`.
pub(super) fn words(name: &str) -> Vec<String> {
    let name = name.strip_suffix("Command").unwrap_or(name);
    let mut all: Vec<String> = vec![String::new()];
    let mut was_lower = false;
    for letter in name.chars() {
        if letter == '_' || letter.is_uppercase() && was_lower {
            all.push(String::new());
        }
        was_lower = letter.is_lowercase() || letter.is_ascii_digit();
        if let (true, Some(last)) = (letter != '_', all.last_mut()) {
            last.extend(letter.to_lowercase());
        }
    }
    // `files_delete_v2`.
    let is_version = |it: &str| it.strip_prefix('v').is_some_and(|it| it.parse::<u8>().is_ok());
    all.retain(|it| !it.is_empty() && !is_version(it));
    all
}

/// The words behind the verb, in the singular.
pub(super) fn things(name: &str, verbs: &[&str]) -> Option<Vec<String>> {
    let all = words(name);
    let at = all.iter().take(2).position(|it| verbs.contains(&it.as_str()))?;
    Some(all.iter().skip(at + 1).map(|it| singular(it)).collect())
}

/// Words before a verb that say how it is done, and not to what: `batchDelete`, `hard_delete`.
const MANNERS: &[&str] = &[
    "batch",
    "bulk",
    "multi",
    "many",
    "all",
    "force",
    "hard",
    "soft",
    "permanent",
    "permanently",
    "async",
    "do",
    "safe",
    "try",
    "admin",
];

/// The words before the verb, where it stands last: `virtual_machine_delete`, `virtual_machines_list`.
pub(super) fn things_before(name: &str, verbs: &[&str]) -> Option<Vec<String>> {
    let all = words(name);
    let (last, before) = all.split_last()?;
    let is_plain =
        before.iter().all(|it| !MANNERS.contains(&it.as_str()) && !verbs.contains(&it.as_str()));
    (verbs.contains(&last.as_str()) && !before.is_empty() && is_plain)
        .then(|| before.iter().map(|it| singular(it)).collect())
}

/// The name of what lists: that of a paginator is told to it.
pub(super) fn listing(call: &Call) -> String {
    let name = name_of(&call.callee);
    match name.as_str() {
        "get_paginator" => {
            call.arguments.first().and_then(|it| it.value.literal()).unwrap_or_default()
        }
        _ => name,
    }
}

pub(super) fn lists(name: &str) -> Option<Vec<String>> {
    if LISTS.contains(&name.to_lowercase().replace('_', "").as_str()) {
        return Some(Vec::new());
    }
    let all = words(name);
    // `frame.to_list()` only gives back what there is in another form.
    if all.first().is_some_and(|it| matches!(it.as_str(), "to" | "as")) {
        return None;
    }
    if let [first, between @ .., last] = all.as_slice()
        && first == "get"
        && matches!(last.as_str(), "list" | "all")
    {
        return Some(between.iter().map(|it| singular(it)).collect());
    }
    let is_plural = |it: &str| it.ends_with('s') && !it.ends_with("ss") && !it.ends_with("status");
    let many = all.iter().rev().nth(1).is_some_and(|it| it.len() > 2 && is_plural(it));
    things_before(name, &["list"])
        .filter(|_| many)
        .or_else(|| things(name, &["list", "describe"]))
        // `get_repos`, `getBoards`.
        .or_else(|| things(name, &["get"]).filter(|it| is_plural(name) && !it.is_empty()))
}
