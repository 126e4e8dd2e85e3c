//! A chain of calls, such as `Model.objects.filter(client_id=7).delete()`, and what conditions ask of it.

mod always;
mod few;
mod found;

use crate::content::script::syntax::{
    Argument, Call, Expression, Form, Shared, find_in, is_each, is_same_one,
};
use crate::content::script::value::texts_in;

use super::Hit;
use always::is_always;
pub(in crate::content::script) use few::{is_each_of_some, is_where, says_who};
pub(in crate::content::script) use found::{is_of_found, picks_one};

/// One name of a chain, and how it is called.
pub(in crate::content::script) struct Link<'a> {
    pub(in crate::content::script) name: &'a str,
    pub(in crate::content::script) call: Option<&'a Call>,
}

/// A chain of names and calls; the last one is what is looked at.
pub(in crate::content::script) struct Chain<'a> {
    pub(in crate::content::script) links: Vec<Link<'a>>,
    /// Methods that are called on what it gives back.
    pub(in crate::content::script) behind: Vec<&'a str>,
    /// Those of what a loop goes through that a condition has chosen.
    pub(in crate::content::script) chosen: Vec<Shared>,
    /// Those of them whose names are those of databases in files.
    pub(in crate::content::script) databases: Vec<Shared>,
    /// A function as its last argument is called when it is done, and says nothing of what is done: in JavaScript.
    pub(in crate::content::script) has_callback: bool,
    /// The module that its first name is of, where the file says so; else all modules of the file, where that name stands for
    /// nothing that is known.
    pub(in crate::content::script) module: String,
}

/// Methods that narrow down what a call is about.
const FILTERS: &[&str] = &[
    "filter",
    "filter_by",
    "where",
    "exclude",
    "get",
    "find",
    "find_by",
    "eq",
    "in",
    "in_",
    "match",
    "whereIn",
    "whereHas",
    "andWhere",
    "orWhere",
    "limit",
    "having",
    "whereEqualTo",
    "whereNull",
    "whereNotNull",
    "whereDate",
    "whereNotIn",
    "whereBetween",
    "Where",
    "getOrCreate",
    "first",
    "lt",
    "lte",
    "contains",
    "query_by",
    "is",
    "or",
    "not",
    "outdated",
    "expired",
    "older_than",
];

impl<'a> Chain<'a> {
    /// The chain that a call is the end of.
    pub(in crate::content::script) fn of(call: &'a Call) -> Chain<'a> {
        let mut links = Vec::new();
        let mut callee: &'a Expression = &call.callee;
        let mut called = Some(call);
        for _ in 0..100 {
            match &callee.form {
                Form::Member(on, name) => {
                    links.push(Link { name, call: called.take() });
                    callee = on;
                }
                Form::Name(name) => {
                    links.push(Link { name, call: called.take() });
                    break;
                }
                Form::Call(inner) => {
                    called = Some(inner);
                    callee = &inner.callee;
                }
                Form::Index(on, _) => {
                    called = None;
                    callee = on;
                }
                Form::Either(all) => match widest(all) {
                    Some(one) => callee = one,
                    None => break,
                },
                Form::Choice(_, one, other) => callee = if is_narrow(one) { other } else { one },
                Form::Outcome { value, .. } => callee = value,
                // `ApplicationRecord.descendants - [Role]`: all but a few.
                Form::Other(both) if is_all_but(both) => callee = &both[0],
                // `cached || connect()`: what it is made of stands last.
                Form::Any(all) => match all.last() {
                    Some(last) => callee = last,
                    None => break,
                },
                _ => break,
            }
        }
        links.reverse();
        let (behind, chosen, databases) = (Vec::new(), Vec::new(), Vec::new());
        Chain { links, behind, chosen, databases, has_callback: false, module: String::new() }
    }

    /// Whether a condition has chosen this one among all that a loop goes through.
    pub(in crate::content::script) fn is_chosen(&self, one: &Shared) -> bool {
        self.chosen.iter().any(|it| is_same_one(it, one))
    }

    /// Whether it is called on what a condition has chosen.
    pub(in crate::content::script) fn is_on_chosen(&self) -> bool {
        let call = self.links.last().and_then(|it| it.call);
        call.is_some_and(|it| self.is_of_chosen(&it.callee))
    }

    /// Whether a value is made of what a condition has chosen.
    pub(in crate::content::script) fn is_of_chosen(&self, of: &Shared) -> bool {
        let mut open: Vec<&Shared> = vec![of];
        for _ in 0..200 {
            let Some(it) = open.pop().filter(|_| !self.chosen.is_empty()) else { return false };
            let is_one = is_each(it);
            if is_one && self.is_chosen(it) {
                return true;
            }
            open.extend(it.children());
        }
        false
    }

    /// The last name.
    pub(in crate::content::script) fn name(&self) -> &str {
        self.links.last().map_or("", |it| it.name)
    }

    /// The arguments of the last call.
    pub(in crate::content::script) fn arguments(&self) -> &[Argument] {
        let all = self.links.last().and_then(|it| it.call).map_or(&[][..], |it| &it.arguments);
        match all.split_last() {
            Some((last, rest))
                if self.has_callback && matches!(last.value.form, Form::Lambda(_)) =>
            {
                rest
            }
            _ => all,
        }
    }

    /// The argument at this place.
    pub(in crate::content::script) fn argument(&self, at: usize) -> Option<&Shared> {
        self.arguments().iter().filter(|it| it.name.is_none()).nth(at).map(|it| &it.value)
    }

    /// The argument of this name.
    pub(in crate::content::script) fn named(&self, name: &str) -> Option<&Shared> {
        self.arguments().iter().find(|it| it.name.as_deref() == Some(name)).map(|it| &it.value)
    }

    /// Whether one of the names before the last is one of these.
    pub(in crate::content::script) fn has(&self, names: &[&str]) -> bool {
        let n = self.links.len().saturating_sub(1);
        self.links[..n].iter().any(|it| names.contains(&it.name))
    }

    /// The name before the last.
    pub(in crate::content::script) fn on(&self) -> &str {
        self.links.len().checked_sub(2).map_or("", |n| self.links[n].name)
    }

    /// The name of it in a message: no argument of it.
    pub(in crate::content::script) fn spoken(&self) -> String {
        let mut all: Vec<String> = self
            .links
            .iter()
            .map(|it| if it.call.is_some() { format!("{}()", it.name) } else { it.name.to_owned() })
            .collect();
        if let Some(last) = all.last_mut() {
            *last = last.trim_end_matches("()").to_owned();
        }
        let skip = all.len().saturating_sub(4);
        all[skip..].join(".")
    }

    /// Whether something narrows it down later: `knex('users').del().where(...)`.
    pub(in crate::content::script) fn is_narrowed_behind(&self) -> bool {
        self.behind.iter().any(|it| FILTERS.contains(it) || it.starts_with("where"))
    }

    /// `limit(1000)`, in no order: one lot of all, after which the next one goes.
    fn is_lot(&self, link: &Link) -> bool {
        let first = link.call.and_then(|it| it.arguments.first());
        let many = first.and_then(|it| it.value.literal()?.replace('_', "").parse().ok());
        link.name == "limit"
            && many.is_some_and(|it: u64| it >= LOT)
            && !self.links.iter().any(|it| it.name.starts_with("order") && it.call.is_some())
    }

    /// What the chain is narrowed down to: nothing, one tenant that is named here, or something else.
    pub(in crate::content::script) fn narrowed(&self) -> Narrowed {
        let n = self.links.len().saturating_sub(1);
        let mut found = Narrowed::Nothing;
        // The last may be a filter of its own: `session.query(Model).filter(...)` as a whole.
        let n =
            if self.links.last().is_some_and(|it| FILTERS.contains(&it.name) || it.name == "where")
            {
                n + 1
            } else {
                n
            };
        for link in &self.links[..n] {
            let Some(call) = link.call else { continue };
            if few::leaves_few_behind(link.name, &call.arguments) || self.is_lot(link) {
                continue;
            }
            if !FILTERS.contains(&link.name)
                && !link.name.starts_with("where")
                && !link.name.starts_with("find_by")
            {
                continue;
            }
            found = found.max(narrowed_by(&call.arguments));
        }
        found
    }
}

/// Whether a list is taken from another one that is written down, `models - [Role]`.
fn is_all_but(both: &[Shared]) -> bool {
    let is_named = |it: &Shared| it.literal().is_some() || matches!(it.form, Form::Name(_));
    let is_few = |it: &Shared| matches!(&it.form, Form::List(all) if !all.is_empty() && all.iter().all(is_named));
    matches!(both, [_, few] if is_few(few))
}

/// Rows from which on a number of them is one lot of all.
pub(super) const LOT: u64 = 1_000;

/// The one of several values that nothing narrows down, else the first that is known.
fn widest(all: &[Shared]) -> Option<&Shared> {
    let mut known = all.iter().filter(|it| !matches!(it.form, Form::Nothing));
    let first = known.clone().next();
    known.find(|it| !is_narrow(it)).or(first).or(all.first())
}

/// Whether a filter is among the last calls of a chain.
pub(in crate::content::script) fn is_narrow(of: &Expression) -> bool {
    let mut it = of;
    for _ in 0..100 {
        it = match &it.form {
            Form::Call(call) => match &call.callee.form {
                Form::Member(_, name) if FILTERS.contains(&name.as_str()) => return true,
                _ => &call.callee,
            },
            Form::Member(on, _) | Form::Index(on, _) => on,
            _ => return false,
        };
    }
    false
}

/// What is left of all rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::content::script) enum Narrowed {
    /// All of them.
    Nothing,
    /// Those of one tenant, client or user, by an id in the script.
    Tenant,
    /// Some of them.
    Something,
}

/// What arguments narrow down to.
pub(in crate::content::script) fn narrowed_by(arguments: &[Argument]) -> Narrowed {
    let mut found = Narrowed::Nothing;
    for argument in arguments {
        found = found.max(of_argument(argument));
    }
    found
}

fn of_argument(argument: &Argument) -> Narrowed {
    if let Some(name) = &argument.name {
        return narrowed_to(name, &argument.value);
    }
    match &argument.value.form {
        Form::Nothing | Form::Bool(true) => Narrowed::Nothing,
        Form::Call(call) if name_of(&call.callee) == "dict" && call.arguments.is_empty() => {
            Narrowed::Nothing
        }
        _ if few::is_condition_on_few(&argument.value) => Narrowed::Nothing,
        Form::Map(pairs) => pairs
            .iter()
            .map(|(key, value)| narrowed_to(&key.literal().unwrap_or_else(|| name_of(key)), value))
            .max()
            .unwrap_or(Narrowed::Nothing),
        // `Model.client_id == 7`.
        Form::Compare(_, left, right) => narrowed_to(&name_of(left), right),
        Form::List(all) if all.is_empty() => Narrowed::Nothing,
        _ if may_be_empty(&argument.value) => Narrowed::Nothing,
        _ => Narrowed::Something,
    }
}

/// `{ tenant } if tenant else {}`: it is empty at times.
fn may_be_empty(of: &Shared) -> bool {
    let is_empty = |it: &Shared| matches!(&it.form, Form::Map(pairs) if pairs.is_empty());
    match &of.form {
        Form::Choice(_, one, other) => is_empty(one) || is_empty(other),
        Form::Either(all) => all.len() > 1 && all.iter().any(is_empty),
        _ => false,
    }
}

/// The last name of a way to a field.
pub(in crate::content::script) fn name_of(of: &Expression) -> String {
    match &of.form {
        Form::Name(name) | Form::Member(_, name) => name.clone(),
        _ => String::new(),
    }
}

/// The first call of one of these names, among these values and so many expressions below them.
pub(in crate::content::script) fn call_among<'a>(
    values: Vec<&'a Expression>,
    most: usize,
    names: &[&str],
) -> Option<&'a Call> {
    find_in(values, most, |it| match &it.form {
        Form::Call(call) if names.contains(&name_of(&call.callee).as_str()) => Some(call),
        _ => None,
    })
}

/// What a column and the value that it is to have narrow down to.
pub(in crate::content::script) fn narrowed_to(name: &str, value: &Shared) -> Narrowed {
    if is_always(name, value) {
        return Narrowed::Nothing;
    }
    let is_fixed = value.literal().is_some()
        || matches!(&value.form, Form::Call(_))
            && !texts_in(value).is_empty()
            && value.children().len() == 2;
    let is_said = is_fixed || is_argument(value) || found::is_by_default(value);
    match found::is_one_here(value) || is_of_found(value) || is_said && is_tenant(name) {
        true => Narrowed::Tenant,
        false => Narrowed::Something,
    }
}

/// Whether a value is what whoever runs the program says: `args.user_id`, `int(sys.argv[1])`.
pub(in crate::content::script) fn is_argument(value: &Expression) -> bool {
    match &value.form {
        Form::Argument(_) => true,
        Form::Outcome { value, .. } => is_argument(value),
        Form::Either(all) => all.len() == 1 && is_argument(&all[0]),
        Form::Index(on, _) => {
            matches!(&on.form, Form::Name(name) | Form::Member(_, name) if name == "argv")
        }
        Form::Call(call) => match call.arguments.as_slice() {
            [one] => {
                let plain =
                    ["int", "str", "UUID", "ObjectId", "parseInt", "Number", "String", "uuid"];
                plain.contains(&name_of(&call.callee).as_str()) && is_argument(&one.value)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a column or field says whose a row is.
pub(in crate::content::script) fn is_tenant(name: &str) -> bool {
    let lower = name.to_lowercase();
    let lower = lower.trim_end_matches("__in").trim_end_matches("__exact");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    [
        "tenant",
        "client",
        "customer",
        "company",
        "org",
        "organization",
        "organisation",
        "account",
        "workspace",
        "shop",
        "merchant",
        "user",
        "owner",
        "school",
        "store",
        "business",
        "clinic",
        "team",
        "project",
        "email",
        "username",
        "domain",
        "slug",
    ]
    .iter()
    .any(|it| words.contains(it) || lower.strip_suffix("id") == Some(it))
}

/// Every call.
pub(in crate::content::script) fn always(_: &Chain) -> Hit {
    Hit::Full
}

/// What it is called on is not narrowed down, or to one tenant.
pub(in crate::content::script) fn unfiltered(chain: &Chain) -> Hit {
    match chain.narrowed() {
        Narrowed::Nothing => Hit::Full,
        Narrowed::Tenant => Hit::Tenant,
        Narrowed::Something => Hit::Miss,
    }
}

/// Its own arguments do not narrow it down, or to one tenant.
pub(in crate::content::script) fn given_nothing(chain: &Chain) -> Hit {
    match narrowed_by(chain.arguments()) {
        Narrowed::Nothing => Hit::Full,
        Narrowed::Tenant => Hit::Tenant,
        Narrowed::Something => Hit::Miss,
    }
}
