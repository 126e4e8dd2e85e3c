//! Conditions that hold only where a table has no rows, so that nothing is lost: `User::query()->doesntExist()`, `User.count() == 0`.

use super::origins::called;
use crate::content::script::operations::name_of;
use crate::content::script::syntax::{
    Argument, Call, Comparison, Expression, Form, Shared, find_in,
};
use crate::content::script::words::singular;

/// Methods that tell whether a query gives any row at all.
const ANY: &[&str] = &["exists", "exists?", "any?", "isNotEmpty"];

/// Methods that tell whether it gives none.
const NONE: &[&str] = &["doesntExist", "none?"];

/// Methods that tell how many it gives.
const COUNTS: &[&str] = &["count", "countDocuments", "count_documents", "estimatedDocumentCount"];

/// What stands between a model and what is asked of all its rows: `Order.objects.all().count()`.
const QUERIES: &[&str] = &["objects", "query", "newQuery", "all", "createQueryBuilder"];

/// Calls that are given a table or model: `DB::table('orders')`, `session.query(Order)`.
const GIVEN: &[&str] =
    &["table", "query", "collection", "createQueryBuilder", "getRepository", "from", "knex"];

/// Names of clients, on which a table is a field: `prisma.order.count()`.
const CLIENTS: &[&str] = &["prisma", "db", "database"];

/// Classes of files, and what no table is called.
const NO_MODELS: &[&str] = &["Path", "File", "Storage", "Dir", "Schema", "Object", "Array"];

/// Names of what is no table: clients, and what holds models.
const HOLDERS: &[&str] = &[
    "db",
    "database",
    "prisma",
    "knex",
    "session",
    "conn",
    "connection",
    "client",
    "cursor",
    "repo",
    "repository",
    "model",
    "models",
    "collection",
    "table",
    "manager",
    "em",
    "query",
    "qb",
    "self",
    "this",
    "objects",
    "ctx",
    "app",
];

/// Calls within each other that are looked at.
const LOOKED_AT: usize = 50;

/// Whether a table has no rows where this holds (`truth`), or where it does not.
pub(super) fn tells_empty(test: &Expression, truth: bool) -> bool {
    match &test.form {
        Form::Call(call) if is_of_rows(call) => {
            let name = called(call);
            let last = name.rsplit('.').next().unwrap_or_default();
            match truth {
                true => NONE.contains(&last),
                false => ANY.contains(&last) || COUNTS.contains(&last),
            }
        }
        // `count > 0`; nothing is less than none.
        Form::Compare(Comparison::Order, left, right) => {
            !truth && (counts(left) && is_zero(right) || is_zero(left) && counts(right))
        }
        Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right) => {
            truth && (counts(left) && is_zero(right) || is_zero(left) && counts(right))
        }
        _ => false,
    }
}

fn is_zero(of: &Shared) -> bool {
    of.literal().as_deref() == Some("0")
}

/// Whether a value is the number of rows of a query.
fn counts(of: &Shared) -> bool {
    match &of.form {
        Form::Call(call) => {
            let name = called(call);
            COUNTS.contains(&name.rsplit('.').next().unwrap_or_default()) && is_of_rows(call)
        }
        _ => false,
    }
}

/// Whether a call asks all rows of a table: nothing chooses among them, and it is no list or file of the program.
fn is_of_rows(call: &Call) -> bool {
    table_of(call).is_some()
}

/// The table or model all of whose rows a call asks for; none where something chooses among them.
fn table_of(call: &Call) -> Option<String> {
    let Form::Member(on, _) = &call.callee.form else { return None };
    let is_open = |it: &Argument| matches!(&it.value.form, Form::Map(pairs) if pairs.is_empty());
    let is_plain = call.block.is_none() && call.arguments.iter().all(is_open);
    all_of(on).filter(|_| is_plain)
}

/// The table or model whose rows a query gives, all of them.
fn all_of(query: &Shared) -> Option<String> {
    let is_class =
        |it: &str| it.starts_with(|it: char| it.is_ascii_uppercase()) && !NO_MODELS.contains(&it);
    let mut it = query;
    for _ in 0..LOOKED_AT {
        it = match &it.form {
            Form::Outcome { value, .. } => value,
            Form::Name(name) => return is_class(name).then(|| name.clone()),
            Form::Member(on, name) if QUERIES.contains(&name.as_str()) => on,
            Form::Member(on, name) => {
                let is_field = CLIENTS.contains(&name_of(on).as_str());
                return (is_field || is_class(name)).then(|| name.clone());
            }
            Form::Call(call) => {
                let name = name_of(&call.callee);
                match (&call.callee.form, call.arguments.as_slice()) {
                    (_, [one]) if GIVEN.contains(&name.as_str()) => {
                        return one.value.literal().or_else(|| Some(name_of(&one.value)));
                    }
                    (Form::Member(on, _), []) if QUERIES.contains(&name.as_str()) => on,
                    _ => return None,
                }
            }
            _ => return None,
        };
    }
    None
}

/// The tables of which a condition asks whether they have any row, each with the line on which that stands.
pub(in crate::content::script) fn asked_of(test: &Expression) -> Vec<(u32, String)> {
    let mut found = Vec::new();
    let mut open = vec![test];
    for _ in 0..LOOKED_AT {
        let Some(it) = open.pop() else { break };
        if [true, false].into_iter().any(|truth| tells_empty(it, truth)) {
            let table = find_in(vec![it], LOOKED_AT, |it| match &it.form {
                Form::Call(call) => table_of(call),
                _ => None,
            });
            found.extend(table.map(|table| (it.line, table)));
            continue;
        }
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    found
}

/// Whether an operation of this name, `User.query().delete`, `DELETE FROM users`, may be about a table: it is called so, or what it
/// is about is not told by its name, `DB.table().truncate`.
pub(in crate::content::script) fn may_be_about(operation: &str, table: &str) -> bool {
    let alike = |name: &str| {
        let lower = name.to_lowercase().replace('_', "");
        let bare = ["repository", "model"].iter().find_map(|it| lower.strip_suffix(it));
        let bare = bare.filter(|it| !it.is_empty()).unwrap_or(&lower);
        singular(bare)
    };
    let table = alike(table.rsplit('.').next().unwrap_or_default());
    // The last word of a statement, and what a call is made on.
    if let Some((_, name)) = operation.rsplit_once(' ') {
        return alike(name.rsplit('.').next().unwrap_or_default()) == table;
    }
    let is_told = |it: &&str| !it.ends_with("()") && !HOLDERS.contains(&&*it.to_lowercase());
    let on = operation.rsplit_once('.').map_or("", |(on, _)| on);
    let mut told = on.split('.').filter(|it| !it.is_empty()).filter(is_told).peekable();
    told.peek().is_none() || told.any(|it| alike(it) == table)
}
