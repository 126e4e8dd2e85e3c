//! Which of what a loop goes through a condition chooses.

use std::rc::Rc;

use super::only_exists;
use crate::content::script::guards::called;
use crate::content::script::syntax::{
    Call, Command, Comparison, Expression, Form, Shared, has_one, is_each, is_listed,
};
use crate::content::script::words;

/// Those of what loops go through that a condition chooses: not where it leaves a few out, asks whether one is there, or counts.
pub(in crate::content::script::walk) fn chosen_by(value: &Shared, truth: bool) -> Vec<Shared> {
    let is_open = match &value.form {
        Form::Compare(Comparison::Equal | Comparison::In, one, other) => {
            let is_plain = |it: &Shared| match &it.form {
                Form::List(all) => all.iter().all(|it| it.literal().is_some()),
                // `it.username` of Ruby.
                Form::Call(call) => {
                    call.arguments.is_empty() && matches!(call.callee.form, Form::Member(..))
                }
                _ => true,
            };
            asks_for_field(one, other)
                || !truth && (is_plain(one) && is_plain(other) || says_kept(other))
        }
        // What has no key is one of a few: `if (!it.name)`.
        Form::Call(call) if truth => is_key(call),
        Form::Call(call) => leaves_out(call),
        Form::Compare(..) => false,
        Form::Member(_, name) => {
            let lower = name.to_lowercase();
            match truth {
                true => ["id", "key", "name", "length"].iter().any(|it| lower.ends_with(it)),
                false => words::is_of_administrators(name) || lower.ends_with("length"),
            }
        }
        _ => true,
    };
    let mut open: Vec<&Shared> = vec![value];
    let mut found = Vec::new();
    let mut left = 100;
    while let Some(it) = open.pop().filter(|_| !is_open && left > 0) {
        left -= 1;
        match &it.form {
            Form::Index(..) if is_each(it) => found.push(Rc::clone(it)),
            _ if is_listed(it) => found.push(Rc::clone(it)),
            Form::Member(_, name) if matches!(name.as_str(), "length" | "size" | "Contents") => {}
            Form::Call(call) if called(call).ends_with("len") => {}
            // Whether there is such a file, or what sort of one.
            Form::Call(call) if only_exists(&called(call)) => {}
            // Whether there is one at all: `[ -n "$key" ]`.
            Form::Call(call) if called(call) == "present" => {}
            // Whether a command went well that is about it.
            Form::Command(command) if !looks_for(command) => {}
            _ => open.extend(it.children()),
        }
    }
    found
}

/// Whether a command looks for something in what it reads.
fn looks_for(command: &Command) -> bool {
    let program = command.words.first().and_then(|it| it.literal()).unwrap_or_default();
    matches!(program.as_str(), "grep" | "egrep" | "jq" | "test" | "[" | "echo" | "printf")
}

/// Whether a condition holds for what is named as one of tests or for a while: `[[ $stack == *-tmp-* ]]`.
pub(in crate::content::script::walk) fn chooses_for_a_while(value: &Expression) -> bool {
    let Form::Compare(Comparison::Equal | Comparison::Fits, one, name) = &value.form else {
        return false;
    };
    let is_such = |it: String| words::is_for_a_while(&it) || words::is_of_tests(&it);
    has_one(vec![&**one], 100, |it| is_each(it) || is_listed(it))
        && name.literal().is_some_and(is_such)
}

/// Fields of an answer that have what a store lists; they are missing where there is nothing.
const LISTED: &[&str] = &[
    "Contents",
    "Versions",
    "DeleteMarkers",
    "CommonPrefixes",
    "Items",
    "Objects",
    "items",
    "files",
    "results",
    "records",
    "data",
];

/// `"Contents" in page`: whether one of several answers has anything at all.
fn asks_for_field(one: &Expression, other: &Shared) -> bool {
    is_each(other) && one.literal().is_some_and(|it| LISTED.contains(&it.as_str()))
}

/// Whether a list is called after what is kept.
fn says_kept(list: &Expression) -> bool {
    let name = match &list.form {
        Form::Name(name) | Form::Member(_, name) | Form::Environment(name, _) => name,
        _ => return false,
    };
    let kept = [
        "keep",
        "kept",
        "skip",
        "skipped",
        "exclude",
        "excluded",
        "protected",
        "ignore",
        "ignored",
        "preserve",
        "preserved",
        "reserved",
        "system",
        "whitelist",
    ];
    words::parts(name).iter().any(|it| kept.contains(&it.as_str()))
}

/// Whether a call that answers yes is about a few which are left out: one of a list that is written down, one whose name begins so, an
/// administrator.
fn leaves_out(call: &Call) -> bool {
    let Form::Member(on, name) = &call.callee.form else { return false };
    let is_written = |it: &Shared| match &it.form {
        Form::List(all) => all.iter().all(|it| it.literal().is_some()),
        // `new Set(['users'])`.
        Form::Call(made) => match made.arguments.as_slice() {
            [one] => {
                matches!(&one.value.form, Form::List(all) if all.iter().all(|it| it.literal().is_some()))
            }
            _ => false,
        },
        _ => says_kept(it),
    };
    match name.trim_end_matches('?').to_lowercase().replace('_', "").as_str() {
        "has" | "includes" | "include" | "contains" | "indexof" => is_written(on),
        "startswith" | "startwith" | "beginswith" | "hasprefix" => {
            call.arguments.iter().any(|it| it.value.literal().is_some())
        }
        _ => words::is_of_administrators(name),
    }
}

/// Whether a call gives back the key of a thing, which all of them have: `it.get("id")`, `str(it.get("id", ""))`.
fn is_key(call: &Call) -> bool {
    let first = call.arguments.first().map(|it| &it.value);
    match (&call.callee.form, first.map(|it| &it.form)) {
        (Form::Name(name), Some(Form::Call(inner))) if name == "str" => is_key(inner),
        (Form::Member(on, name), Some(_)) if name == "get" && is_each(on) => {
            let key = first.and_then(|it| it.literal()).unwrap_or_default().to_lowercase();
            ["id", "key", "name"].iter().any(|it| key.ends_with(it))
        }
        _ => false,
    }
}
