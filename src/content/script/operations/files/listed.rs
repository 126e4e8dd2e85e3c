//! Files that a program lists, and which of them it chooses.

use super::databases::{DATABASES, file_of_database};
use crate::content::script::operations::chain::{Chain, name_of};
use crate::content::script::syntax::{
    Act, Comparison, Expression, Form, Function, Shared, is_each,
};
use crate::content::script::value::texts_in;

/// Expressions that are looked at.
const LOOKED_AT: usize = 200;

/// Calls that list what is in a directory.
const LISTS: &[&str] = &[
    "listdir",
    "scandir",
    "iterdir",
    "walk",
    "readdir",
    "readdirSync",
    "glob",
    "rglob",
    "iglob",
    "globSync",
    "sync",
];

/// Whether all texts in a condition are ends of names of databases: `name.endswith('.db')`, `path.suffix == '.db'`.
pub(in crate::content::script) fn ends_as_databases(condition: &Shared) -> bool {
    let ends: Vec<String> = match &condition.form {
        Form::Call(call) if matches!(name_of(&call.callee).as_str(), "endswith" | "endsWith") => {
            call.arguments.iter().flat_map(|it| texts_in(&it.value)).collect()
        }
        Form::Compare(Comparison::Equal | Comparison::In, _, right) => texts_in(right),
        Form::Any(all) => return all.iter().any(ends_as_databases),
        _ => return false,
    };
    let is_end = |it: &String| {
        let it = it.trim_end_matches("-wal").trim_end_matches("-shm").trim_end_matches("-journal");
        DATABASES.contains(&it)
    };
    !ends.is_empty() && ends.iter().all(is_end)
}

/// Whether a path is one of those that are listed, and chosen as databases by a condition, a filter or a pattern.
pub(in crate::content::script::operations) fn is_listed_database(
    path: &Shared,
    chain: &Chain,
) -> bool {
    let mut open: Vec<&Shared> = vec![path];
    let (mut is_one, mut is_chosen, mut is_listed) = (false, false, false);
    for _ in 0..LOOKED_AT {
        let Some(it) = open.pop() else { break };
        if is_each(it) {
            is_one = true;
            is_chosen |=
                chain.databases.iter().any(|one| one.line == it.line && one.depth == it.depth);
        }
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            let first = call.arguments.first().map(|it| &it.value);
            is_listed |= LISTS.contains(&name.as_str());
            is_chosen |= match first.map(|it| &it.form) {
                Some(Form::Lambda(function)) if name == "filter" => {
                    given_back(function).is_some_and(ends_as_databases)
                }
                Some(_) if name.contains("glob") => {
                    first.and_then(|it| it.literal()).is_some_and(|it| file_of_database(&it))
                }
                _ => false,
            };
        }
        open.extend(it.children());
    }
    is_one && is_chosen && is_listed
}

/// Whether a filter leaves only a few out: `(name) => name !== '.gitkeep'`.
pub(in crate::content::script::operations) fn only_leaves_out(filter: &Expression) -> bool {
    let Form::Lambda(function) = &filter.form else { return false };
    let leaves_out = |it: &Shared| match &it.form {
        Form::Not(inner) => matches!(inner.form, Form::Compare(..) | Form::Call(_)),
        _ => false,
    };
    given_back(function).is_some_and(|it| match &it.form {
        Form::All(all) => all.iter().all(leaves_out),
        _ => leaves_out(it),
    })
}

/// What a short function gives back.
fn given_back(function: &Function) -> Option<&Shared> {
    match function.body.as_slice() {
        [only] => match &only.act {
            Act::Return(value) => value.as_ref(),
            Act::Run(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}
