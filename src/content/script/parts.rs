//! Parts of values that are written down: a field of a map, an element of a list.

use std::rc::Rc;

use super::syntax::{Call, Expression, Form, Shared};
use super::value::{ARGUMENTS, way};

/// Ways that are looked at for a part of each.
const WAYS: usize = 8;

/// What a field of a value is: of a map that is written down, or of what the caller said.
pub(super) fn field(of: &Expression, name: &str) -> Option<Shared> {
    match &of.form {
        Form::Map(pairs) => {
            let found = pairs.iter().rev().find(|(key, _)| key.literal().as_deref() == Some(name));
            found.map(|(_, value)| Rc::clone(value))
        }
        Form::Outcome { value, .. } => field(value, name),
        Form::Argument(_) => Some(Expression::new(of.line, Form::Argument(name.to_owned()))),
        Form::Call(call) if matches!(&call.callee.form, Form::Name(it) if it == ARGUMENTS) => {
            Some(Expression::new(of.line, Form::Argument(name.to_owned())))
        }
        // The value of one of an enumeration, which is a text itself.
        Form::Text(parts) if name == "value" => {
            Some(Expression::new(of.line, Form::Text(parts.clone())))
        }
        Form::Either(all) => each(of, all, &|it| field(it, name)),
        _ => None,
    }
}

/// What stands at this place of a value: of a list or a map that is written down.
pub(super) fn element(of: &Expression, by: &Expression) -> Option<Shared> {
    match &of.form {
        Form::Outcome { value, .. } => element(value, by),
        Form::Either(all) => each(of, all, &|it| element(it, by)),
        Form::Map(_) => field(of, &by.literal()?),
        // `options, arguments = parser.parse_args()`, `docopt(text)['--force']`.
        Form::Call(call) if matches!(&call.callee.form, Form::Name(it) if it == ARGUMENTS) => {
            match &by.form {
                Form::Number(n) if n == "0" => {
                    let callee = Rc::clone(&call.callee);
                    let same = Call { callee, arguments: Vec::new(), block: None };
                    Some(Expression::new(of.line, Form::Call(same)))
                }
                _ => field(of, by.literal()?.trim_start_matches('-')),
            }
        }
        Form::List(all) => {
            let Form::Number(n) = &by.form else { return None };
            let n: usize = n.parse().ok()?;
            let is_plain = |it: &Shared| !matches!(it.form, Form::Other(_));
            all.get(..=n).filter(|it| it.iter().all(is_plain))?.last().map(Rc::clone)
        }
        // One that is picked as the program runs: `label, action = OPTIONS[choice]`.
        _ => {
            let all: Vec<Shared> = picked(of)?.iter().map(|(_, it)| Rc::clone(it)).collect();
            each(of, &all, &|it| element(it, by))
        }
    }
}

/// The part of each of the ways that has one.
fn each(
    of: &Expression,
    all: &[Shared],
    part: &dyn Fn(&Expression) -> Option<Shared>,
) -> Option<Shared> {
    let found: Vec<Shared> = all.iter().take(WAYS).filter_map(|it| part(it)).collect();
    match found.as_slice() {
        [] => None,
        [one] => Some(Rc::clone(one)),
        _ => Some(Expression::new(of.line, Form::Either(found))),
    }
}

/// Functions that give back what they are given.
pub(super) fn given_back(call: &Call) -> Option<&Shared> {
    let name = match &call.callee.form {
        Form::Name(name) => name.as_str(),
        Form::Member(on, name) if matches!(&on.form, Form::Name(it) if it == "Object" || it == "contextlib") => {
            name.as_str()
        }
        // `await request.json().catch(() => ({}))` has what was sent.
        Form::Member(on, name)
            if name == "json" && call.arguments.is_empty() || name == "catch" =>
        {
            return Some(on).filter(|it| matches!(it.form, Form::Argument(_)));
        }
        _ => return None,
    };
    // `list(users.stream())` has what that gives.
    let is_same = matches!(
        name,
        "freeze" | "closing" | "nullcontext" | "deepFreeze" | "list" | "tuple" | "sorted" | "iter"
    );
    // `list({ limit: 100 })` of a client lists something else.
    let is_options = |it: &Shared| name == "list" && matches!(it.form, Form::Map(_));
    call.arguments.first().filter(|_| is_same).map(|it| &it.value).filter(|it| !is_options(it))
}

/// `QUERIES.get("wipe")`: what is kept there in a map that is written down; `queue.pop()`: one of those of a list.
pub(super) fn got(call: &Call) -> Option<Shared> {
    let Form::Member(on, name) = &call.callee.form else { return None };
    if matches!(name.as_str(), "pop" | "popleft" | "shift")
        && let Form::List(all) = &on.form
        && !all.is_empty()
    {
        let some = all.iter().take(WAYS).map(Rc::clone).collect();
        return Some(Expression::new(on.line, Form::Either(some)));
    }
    let first = call.arguments.first().filter(|_| name == "get")?;
    element(on, &first.value).filter(|_| matches!(on.form, Form::Map(_)))
}

/// Functions that say what the environment has under a name.
const ASKED_OF_ENVIRONMENT: &[&str] = &[
    "os.environ.get",
    "environ.get",
    "os.getenv",
    "getenv",
    "os.Getenv",
    "os.LookupEnv",
    "System.getenv",
    "ENV.fetch",
    "Deno.env.get",
    "Bun.env.get",
];

/// What holds the variables of the environment by their names.
const ENVIRONMENTS: &[&str] = &["os.environ", "environ", "process.env", "ENV", "$_ENV"];

/// `os.environ.get(FLAG)`: what the environment says under a name that stands elsewhere in the file.
pub(super) fn asked_of_environment(call: &Call) -> Option<Form> {
    let of = way(&call.callee).filter(|it| ASKED_OF_ENVIRONMENT.contains(&it.as_str()))?;
    let name = call.arguments.first()?.value.literal()?;
    let has_default = of != "os.Getenv" && of != "os.LookupEnv";
    let default = call.arguments.get(1).filter(|_| has_default).map(|it| Rc::clone(&it.value));
    Some(Form::Environment(name, default))
}

/// The same of `os.environ[FLAG]`.
pub(super) fn element_of_environment(on: &Expression, by: &Expression) -> Option<Form> {
    way(on).filter(|it| ENVIRONMENTS.contains(&it.as_str()))?;
    Some(Form::Environment(by.literal()?, None))
}

/// The values of a map that is written down, one of which is picked as the program runs: `QUERIES[name]`, `QUERIES.get(name)`.
pub(super) fn picked(of: &Expression) -> Option<&[(Shared, Shared)]> {
    let (on, by) = match &of.form {
        Form::Index(on, by) => (on, by),
        Form::Call(call) => match (&call.callee.form, call.arguments.first()) {
            (Form::Member(on, name), Some(first)) if name == "get" => (on, &first.value),
            _ => return None,
        },
        _ => return None,
    };
    match &on.form {
        Form::Map(pairs) if by.literal().is_none() => Some(pairs),
        _ => None,
    }
}

/// `queries.values()`, `Object.entries(queries)`, `enumerate(steps)`: one after the other of what is written down, with their keys or
/// numbers where these are asked for.
pub(super) fn all_of(call: &Call) -> Vec<Shared> {
    let first = call.arguments.first().map(|it| &it.value);
    let (of, name) = match (&call.callee.form, first) {
        (Form::Member(on, name), Some(first)) if matches!(&on.form, Form::Name(it) if it == "Object") => {
            (first, name)
        }
        (Form::Member(on, name), None) => (on, name),
        (Form::Name(name), Some(first)) => (first, name),
        _ => return Vec::new(),
    };
    let pair = |key: &Shared, value: &Shared| {
        Expression::new(value.line, Form::List(vec![Rc::clone(key), Rc::clone(value)]))
    };
    match (&of.form, name.as_str()) {
        (Form::Map(pairs), "values") => {
            pairs.iter().take(WAYS).map(|(_, value)| Rc::clone(value)).collect()
        }
        (Form::Map(pairs), "items" | "entries") => {
            pairs.iter().take(WAYS).map(|(key, value)| pair(key, value)).collect()
        }
        (Form::List(all), "entries" | "enumerate") => {
            let number =
                |n: usize, it: &Shared| Expression::new(it.line, Form::Number(n.to_string()));
            all.iter().take(WAYS).enumerate().map(|(n, it)| pair(&number(n, it), it)).collect()
        }
        _ => Vec::new(),
    }
}
