//! Records that a program finds by what is written down in it: `findFirst({ where: { email: 'ann@shop.com' } })`. What goes by the
//! id of one goes as if that id were written down.

use super::few::spelled;
use super::{Chain, is_tenant, name_of};
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared};
use crate::content::script::words::{is_for_a_while, is_for_show, is_of_tests, parts};

/// Calls that give back one record.
const FINDS: &[&str] = &[
    "findFirst",
    "findFirstOrThrow",
    "findUnique",
    "findUniqueOrThrow",
    "findOne",
    "findOneBy",
    "findOneOrFail",
    "findOneByOrFail",
    "single",
    "maybeSingle",
    "first",
    "firstOrFail",
    "executeTakeFirst",
    "executeTakeFirstOrThrow",
];

/// Calls that choose among rows by a column and a value, or by some.
const CHOOSES: &[&str] = &["eq", "match", "where", "andWhere"];

/// Words of a name or an address that nobody's data is kept under.
const OF_NOBODY: &[&str] = &[
    "example",
    "seed",
    "seeded",
    "seeder",
    "dummy",
    "fake",
    "sample",
    "mock",
    "e2e",
    "qa",
    "local",
    "localhost",
    "invalid",
    "foo",
    "bar",
    "acme",
    "staging",
    "dev",
];

/// How far below a value the call is that finds it.
const DEEPEST: usize = 8;

/// Whether a value is the id of a record that is found by what is written down, or a filter by one.
pub(super) fn is_of_found(value: &Expression) -> bool {
    let mut it = value;
    for _ in 0..DEEPEST {
        it = match &it.form {
            Form::Map(pairs) => {
                let is_filter = |(key, value): &(Shared, Shared)| {
                    !spelled(key).starts_with(['$', 'n']) && is_of_found(value)
                };
                return !pairs.is_empty() && pairs.iter().all(is_filter);
            }
            Form::Member(on, field) => return is_id(field) && is_found(on, DEEPEST),
            Form::Outcome { value, .. } => value,
            Form::Call(call) => match (&call.callee.form, call.arguments.as_slice()) {
                (Form::Member(on, name), []) if name == "toString" => on,
                (Form::Name(name) | Form::Member(_, name), [one])
                    if matches!(name.as_str(), "String" | "Number" | "ObjectId") =>
                {
                    &one.value
                }
                _ => return false,
            },
            Form::Either(all) => match one_known(all) {
                Some(one) => one,
                None => return false,
            },
            _ => return false,
        };
    }
    false
}

fn is_id(field: &str) -> bool {
    matches!(field, "id" | "_id" | "uid" | "uuid") || is_tenant(field)
}

/// The one of several values that is known, where the others are none.
fn one_known(all: &[Shared]) -> Option<&Shared> {
    let mut known = all.iter().filter(|it| !matches!(it.form, Form::Nothing));
    known.next().filter(|_| known.next().is_none())
}

/// Whether a record is found by what is written down.
fn is_found(record: &Expression, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return false };
    match &record.form {
        Form::Outcome { value, .. } => is_found(value, left),
        Form::Either(all) => one_known(all).is_some_and(|it| is_found(it, left)),
        // What Supabase answers, and the tenant that comes with a user.
        Form::Member(on, name) if name == "data" || is_tenant(name) => is_found(on, left),
        // `const [user] = await db.select().from(users).where(eq(users.email, 'ann@shop.com'))`.
        Form::Index(on, by) if by.literal().as_deref() == Some("0") => match &on.form {
            Form::Call(call) => finds(call, true),
            Form::Member(..) => is_found(on, left),
            _ => false,
        },
        Form::Call(call) => finds(call, false),
        _ => false,
    }
}

/// Whether a chain of calls gives back one record by conditions that are written down, and no others.
fn finds(call: &Call, takes_first: bool) -> bool {
    let chain = Chain::of(call);
    let gives_one = |name: &str| FINDS.contains(&name);
    if !takes_first && !chain.links.iter().any(|it| it.call.is_some() && gives_one(it.name)) {
        return false;
    }
    let mut asked = Vec::new();
    for link in &chain.links {
        let Some(call) = link.call else { continue };
        let all = &call.arguments;
        let is_known = match link.name {
            // `first('id')` of knex says what is taken.
            "first" | "single" => true,
            name if gives_one(name) || CHOOSES.contains(&name) => conditions(all, &mut asked),
            _ => true,
        };
        if !is_known {
            return false;
        }
    }
    let is_of_tenants = chain.links.iter().any(|it| is_tenant(it.name.trim_end_matches('s')));
    let says_whose = asked.iter().any(|(name, _)| is_tenant(name)) || is_of_tenants;
    says_whose && !asked.is_empty() && !asked.iter().any(|(_, value)| is_of_nobody(value))
}

/// Adds what arguments ask for, by column; whether all of it is written down.
fn conditions(arguments: &[Argument], asked: &mut Vec<(String, String)>) -> bool {
    match arguments {
        [column, value] | [column, Argument { .. }, value] if column.value.literal().is_some() => {
            asks_for(&column.value.literal().unwrap_or_default(), &value.value, asked)
        }
        all => all.iter().all(|it| condition(&it.value, asked)),
    }
}

fn asks_for(column: &str, value: &Expression, asked: &mut Vec<(String, String)>) -> bool {
    let text = match &value.form {
        Form::Bool(_) | Form::Nothing => return true,
        // `{ equals: 'ann@shop.com', mode: 'insensitive' }`.
        Form::Map(pairs) => pairs.iter().find(|(key, _)| spelled(key) == "equals"),
        _ => None,
    };
    let text = text.map_or_else(|| value.literal(), |(_, value)| value.literal());
    let is_known = text.is_some();
    asked.extend(text.map(|it| (column.to_owned(), it)));
    is_known
}

/// `{ where: { email: 'ann@shop.com' } }`, `{ email: 'ann@shop.com' }`, `eq(users.email, 'ann@shop.com')`.
fn condition(of: &Expression, asked: &mut Vec<(String, String)>) -> bool {
    match &of.form {
        Form::Map(pairs) => match pairs.iter().find(|(key, _)| spelled(key) == "where") {
            Some((_, inner)) => condition(inner, asked),
            None => pairs.iter().all(|(key, value)| asks_for(&spelled(key), value, asked)),
        },
        Form::Call(call) => match (name_of(&call.callee).as_str(), call.arguments.as_slice()) {
            ("eq", [column, value]) => asks_for(&name_of(&column.value), &value.value, asked),
            ("and", all) => all.iter().all(|it| condition(&it.value, asked)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a name or an address is one for tests, or only shows something.
fn is_of_nobody(value: &str) -> bool {
    let is_word = |it: &String| OF_NOBODY.contains(&it.as_str());
    is_of_tests(value)
        || is_for_show(value)
        || is_for_a_while(value)
        || parts(value).iter().any(is_word)
}
