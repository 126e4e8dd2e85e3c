//! Records that a program finds by what is written down in it: `findFirst({ where: { email: 'ann@shop.com' } })`. What goes by the
//! id of one goes as if that id were written down.

use super::few::spelled;
use super::{Chain, is_argument, is_tenant, name_of};
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
pub(in crate::content::script) fn is_of_found(value: &Expression) -> bool {
    let mut it = value;
    for _ in 0..DEEPEST {
        it = match &it.form {
            Form::Map(pairs) => {
                let is_filter = |(key, value): &(Shared, Shared)| {
                    !spelled(key).starts_with(['$', 'n']) && is_of_found(value)
                };
                return !pairs.is_empty() && pairs.iter().all(is_filter);
            }
            Form::Member(on, field) => return is_id(field) && is_found(on, false, DEEPEST),
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

/// Whether a value is written down for whoever says nothing else: `process.argv[2] || 'shop'`, `process.env.TENANT ?? 'shop'`.
pub(super) fn is_by_default(value: &Expression) -> bool {
    let is_written =
        |it: &Shared| it.literal().is_some_and(|it| !it.is_empty() && !is_of_nobody(&it));
    match &value.form {
        Form::Environment(_, Some(default)) => is_written(default),
        Form::Any(ways) => match ways.split_last() {
            Some((default, said)) => {
                let is_said =
                    |it: &Shared| is_argument(it) || matches!(it.form, Form::Environment(_, None));
                is_written(default) && said.iter().all(is_said)
            }
            None => false,
        },
        _ => false,
    }
}

fn is_id(field: &str) -> bool {
    matches!(field, "id" | "_id" | "uid" | "uuid") || is_tenant(field)
}

/// The one of several values that is known, where the others are none.
fn one_known(all: &[Shared]) -> Option<&Shared> {
    let mut known = all.iter().filter(|it| !matches!(it.form, Form::Nothing));
    known.next().filter(|_| known.next().is_none())
}

/// Whether a record is found by what is written down; the first of those that a query gives where `is_first`.
fn is_found(record: &Expression, is_first: bool, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return false };
    match &record.form {
        Form::Outcome { value, .. } => is_found(value, is_first, left),
        Form::Either(all) => one_known(all).is_some_and(|it| is_found(it, is_first, left)),
        // What Supabase and PostgreSQL answer, and the tenant that comes with a user.
        Form::Member(on, name) if matches!(name.as_str(), "data" | "rows") || is_tenant(name) => {
            is_found(on, is_first, left)
        }
        // `const [user] = await db.select().from(users).where(eq(users.email, 'ann@shop.com'))`.
        Form::Index(on, by) if by.literal().as_deref() == Some("0") => is_found(on, true, left),
        Form::Call(call) => finds(call, is_first) || is_query(call, is_first),
        _ => false,
    }
}

/// Whether a call is a query in SQL for one record by what is written down: `pool.query('SELECT id FROM users WHERE email = $1',
/// ['ann@shop.com'])`, `db.prepare('SELECT ...').get('ann@shop.com')`.
fn is_query(call: &Call, is_first: bool) -> bool {
    let chain = Chain::of(call);
    let prepared = chain.links.iter().rev().nth(1).and_then(|it| it.call);
    let (query, given) = match (chain.name(), prepared, call.arguments.as_slice()) {
        ("get", Some(prepared), given) => (prepared.arguments.first(), given),
        (_, _, [query, given @ ..]) if is_first => (Some(query), given),
        _ => return false,
    };
    let Some(query) = query.and_then(|it| it.value.literal()) else { return false };
    let query = query.replace(['"', '`', '\n'], " ");
    // Each letter keeps its place.
    let lower = query.to_ascii_lowercase();
    let Some(at) = lower.find(" where ").filter(|_| lower.trim_start().starts_with("select "))
    else {
        return false;
    };
    let table = lower.split_once(" from ").map_or("", |(_, it)| it.trim_start());
    let table = table.split(' ').next().unwrap_or_default();
    let condition = &query[at + 7..];
    let column = condition.split('=').next().unwrap_or_default().trim();
    let column = column.rsplit('.').next().unwrap_or_default().trim();
    let says_whose = is_tenant(column) || is_tenant(table.trim_end_matches('s'));
    let values: Option<Vec<String>> = match given {
        [Argument { value, .. }] => match &value.form {
            Form::List(all) => all.iter().map(|it| it.literal()).collect(),
            _ => value.literal().map(|it| vec![it]),
        },
        all => all.iter().map(|it| it.value.literal()).collect(),
    };
    let spoken = condition.split('\'').skip(1).step_by(2).map(str::to_owned);
    let values: Vec<String> = values.into_iter().flatten().chain(spoken).collect();
    says_whose
        && !column.contains(' ')
        && !values.is_empty()
        && !values.iter().any(|it| is_of_nobody(it))
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

/// `Company.first`, `Company.find(7)`, `Company.find_by(name: 'Acme')`: one whom the script says.
pub(super) fn is_one_here(value: &Shared) -> bool {
    let Form::Call(call) = &value.form else { return false };
    let Form::Member(on, name) = &call.callee.form else { return false };
    let is_class = name_of(on).starts_with(|c: char| c.is_ascii_uppercase());
    let is_said = call.arguments.iter().all(|it| it.value.literal().is_some());
    is_class && picks_one(name) && is_said
}

/// Whether a method of a model of Rails gives back one row.
pub(in crate::content::script) fn picks_one(name: &str) -> bool {
    matches!(name, "first" | "first!" | "last" | "find" | "find_by" | "find_by!")
}
