//! Conditions that leave only a few rows where they are: `id != 1`, `{ email: { not: 'admin@example.com' } }`.

use super::{Chain, Narrowed, name_of};
use crate::content::script::operations::sql;
use crate::content::script::syntax::{
    Act, Argument, Call, Comparison, Expression, Form, Shared, Statement, each_of,
};
use crate::content::script::words::is_of_administrators;

/// Whether a condition of a query is among the last calls of a chain: `query.where(...)`, `$query->andWhere(...)`.
pub(in crate::content::script) fn is_where(of: &Expression) -> bool {
    let mut it = of;
    for _ in 0..100 {
        it = match &it.form {
            Form::Call(call) => match &call.callee.form {
                Form::Member(_, name) if says_where(name) => return true,
                _ => &call.callee,
            },
            Form::Member(on, _) | Form::Index(on, _) => on,
            _ => return false,
        };
    }
    false
}

/// Whether it is one of what a condition of a query leaves: `for it in $query->where('a.date < :limit')->getQuery()->getResult()`.
pub(in crate::content::script) fn is_each_of_some(of: &Expression) -> bool {
    let Some(all) = each_of(of) else { return false };
    let Form::Call(call) = &all.form else { return false };
    let of_all = Chain::of(call);
    // `Course.objects.filter(created__lte=past)` of Django.
    let is_filter = of_all.name() == "filter" && of_all.links.iter().any(|it| it.name == "objects");
    (is_filter || is_where(all)) && of_all.narrowed() == Narrowed::Something
}

fn says_where(name: &str) -> bool {
    // `$collection->addFieldToFilter('sku', $sku)` of Magento.
    if name.starts_with("add") && name.ends_with("Filter") {
        return true;
    }
    let rest = name.strip_prefix("where").or(name.strip_prefix("andWhere"));
    rest.is_some_and(|it| !it.starts_with(|it: char| it.is_ascii_lowercase()))
}

/// Conditions that hold for all rows but those of somebody who is named here: `{ role: { $ne: 'admin' } }`,
/// `is_superuser=False`.
pub(super) fn leaves_few(name: &str, value: &Shared) -> bool {
    if is_of_administrators(name) && is_false(value) {
        return true;
    }
    match &value.form {
        Form::Map(pairs) if name == "NOT" => {
            pairs.len() == 1
                && pairs.iter().all(|(key, value)| says_who(&spelled(key)) && is_few(value))
        }
        Form::Map(pairs) => match pairs.as_slice() {
            [(key, value)] if is_of_administrators(name) => {
                negates(&spelled(key)) && matches!(value.form, Form::Bool(true))
            }
            [(key, value)] => says_who(name) && negates(&spelled(key)) && is_few(value),
            _ => false,
        },
        // `{ id: MoreThan(0) }`.
        Form::Call(call)
            if matches!(name_of(&call.callee).as_str(), "MoreThan" | "MoreThanOrEqual") =>
        {
            is_key(name)
                && call
                    .arguments
                    .first()
                    .and_then(|it| it.value.literal())
                    .is_some_and(|it| is_low(&it))
        }
        // `{ id: Not(1) }`, `{ id: Not(IsNull()) }`.
        Form::Call(call) if matches!(name_of(&call.callee).as_str(), "Not") => {
            says_who(name) && call.arguments.first().is_some_and(|it| is_few(&it.value))
        }
        _ => false,
    }
}

fn is_false(value: &Expression) -> bool {
    matches!(value.form, Form::Bool(false)) || value.literal().as_deref() == Some("0")
}

/// `{ [Op.in]: projects.map((it) => it.id) }` of all projects.
pub(super) fn are_all_found(value: &Shared) -> bool {
    match &value.form {
        Form::Map(pairs) => match pairs.as_slice() {
            [(key, list)] => matches!(spelled(key).as_str(), "in" | "$in") && is_of_all(list),
            _ => false,
        },
        Form::Call(call) if name_of(&call.callee) == "In" => {
            call.arguments.first().is_some_and(|it| is_of_all(&it.value))
        }
        _ => false,
    }
}

/// `Order.objects.values_list('pk', flat=True)[:1000]`, `User.pluck(:id).each_slice(1000)`: all rows of a model, one lot after
/// the other.
pub(super) fn are_all_of_model(value: &Shared) -> bool {
    let mut it = value;
    for _ in 0..10 {
        it = match &it.form {
            Form::Index(on, _) => on,
            Form::Call(call) => match (&call.callee.form, call.arguments.as_slice()) {
                (Form::Name(name), [list]) if name == "list" => &list.value,
                (Form::Member(on, name), _) if TAKES_ALL.contains(&name.as_str()) => on,
                _ => return false,
            },
            Form::Member(_, name) => return name == "objects",
            Form::Name(name) => return name.starts_with(|it: char| it.is_ascii_uppercase()),
            _ => return false,
        };
    }
    false
}

/// Methods of a model that leave nothing out.
const TAKES_ALL: &[&str] =
    &["values_list", "all", "pluck", "ids", "each_slice", "in_groups_of", "find_in_batches", "map"];

/// `(it) => it.id`.
fn is_part(of: &Expression) -> bool {
    let Form::Lambda(function) = &of.form else { return false };
    let [Statement { act: Act::Return(Some(it)) | Act::Run(it), .. }] = function.body.as_slice()
    else {
        return false;
    };
    matches!(it.form, Form::Member(..) | Form::Name(_))
}

/// Whether a list has something of each of all that a query finds.
fn is_of_all(list: &Shared) -> bool {
    let mut it = list;
    for _ in 0..10 {
        let Form::Call(call) = &it.form else { return false };
        let Form::Member(on, name) = &call.callee.form else { return false };
        let is_open = |it: &Argument| match &it.value.form {
            Form::Map(pairs) => !pairs.iter().any(|(key, _)| {
                !matches!(spelled(key).as_str(), "select" | "attributes" | "include" | "orderBy")
            }),
            Form::Nothing => true,
            _ => false,
        };
        match name.as_str() {
            "findAll" | "findMany" | "find" => return call.arguments.iter().all(is_open),
            // They change what is known of each, and not which there are.
            "map" if !call.arguments.iter().all(|it| is_part(&it.value)) => return false,
            "map" | "select" | "lean" | "toArray" | "exec" | "sort" => it = on,
            _ => return false,
        }
    }
    false
}

/// What a key is called: `not`, `$ne`, `[Op.ne]`.
pub(super) fn spelled(key: &Expression) -> String {
    let name = key.literal().unwrap_or_else(|| name_of(key));
    let name = name.trim_matches(['[', ']']);
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

fn negates(sign: &str) -> bool {
    matches!(sign, "$ne" | "$nin" | "not" | "ne" | "notIn" | "nin" | "$not" | "not_equals")
}

/// One value, known or not, or several that are written down.
fn is_few(value: &Expression) -> bool {
    match &value.form {
        Form::List(all) => !all.is_empty(),
        Form::Map(pairs) => match pairs.as_slice() {
            [(key, value)] => {
                matches!(spelled(key).as_str(), "in" | "equals" | "$in" | "$eq") && is_few(value)
            }
            _ => false,
        },
        Form::Call(call) => match name_of(&call.callee).as_str() {
            "In" => call.arguments.first().is_some_and(|it| is_few(&it.value)),
            "IsNull" | "ObjectId" | "Equal" | "String" | "Number" | "toString" => true,
            _ => false,
        },
        // Whole lists are kept by what they stand for.
        Form::Name(name) | Form::Member(_, name) => !name.ends_with('s'),
        Form::Nothing => false,
        _ => value.literal().is_none_or(|it| !it.is_empty()),
    }
}

/// `User.id != 1`, `ne(users.id, 1)`, `~User.id.in_([1])`, `isNotNull(users.id)`.
pub(super) fn is_condition_on_few(of: &Expression) -> bool {
    match &of.form {
        Form::Not(inner) => match &inner.form {
            // `User.id != None`.
            Form::Compare(Comparison::Equal, left, right)
                if matches!(right.form, Form::Nothing) =>
            {
                is_key(&name_of(left))
            }
            Form::Compare(Comparison::Equal, left, right) => {
                says_who(&name_of(left)) && is_few(right)
            }
            // `~Q(username='admin')`.
            Form::Call(call) if name_of(&call.callee) == "Q" => {
                leaves_few_behind("exclude", &call.arguments)
            }
            Form::Call(call) => {
                is_among_few(&call.callee, &call.arguments, &["in_", "eq", "inArray"])
            }
            _ => false,
        },
        // `User.id > 0`.
        Form::Compare(Comparison::Order, left, right) => {
            is_key(&name_of(left)) && right.literal().is_some_and(|it| is_low(&it))
        }
        Form::Compare(Comparison::Equal, left, right) => {
            left.literal().is_some_and(|it| right.literal() == Some(it))
        }
        Form::Call(call) => is_call_on_few(call),
        Form::Either(all) if all.len() == 1 => all.iter().all(|it| is_condition_on_few(it)),
        _ => false,
    }
}

/// `true()`, `text('1=1')`, `not_(User.username == 'admin')`, `User.is_admin.is_(False)`, `User.id.isnot(None)`.
fn is_call_on_few(call: &Call) -> bool {
    let name = name_of(&call.callee);
    let first = call.arguments.first().map(|it| &it.value);
    let on = match &call.callee.form {
        Form::Member(on, _) => name_of(on),
        _ => String::new(),
    };
    match name.as_str() {
        "true" => call.arguments.is_empty(),
        "text" | "sql" => {
            first.and_then(|it| it.literal()).is_some_and(|it| sql::holds_for_all(&it))
        }
        "not_" => first.is_some_and(|it| match &it.form {
            Form::Compare(Comparison::Equal, left, right) => {
                says_who(&name_of(left)) && is_few(right)
            }
            Form::Call(call) => is_among_few(&call.callee, &call.arguments, &["in_"]),
            _ => false,
        }),
        "is_" => is_of_administrators(&on) && first.is_some_and(|it| is_false(it)),
        // `gt(users.id, 0)`.
        "gt" | "gte" => match call.arguments.as_slice() {
            [column, low] => {
                is_key(&name_of(&column.value)) && low.value.literal().is_some_and(|it| is_low(&it))
            }
            _ => false,
        },
        "isnot" | "is_not" => {
            is_key(&on) && first.is_some_and(|it| matches!(it.form, Form::Nothing))
        }
        _ => is_among_few(&call.callee, &call.arguments, &["notin_", "not_in", "ne", "notInArray"]),
    }
}

fn is_low(number: &str) -> bool {
    matches!(number.trim(), "0" | "1" | "-1" | "")
}

/// `column.in_([1, 2])` and `inArray(column, [1, 2])`, under one of these names.
fn is_among_few(callee: &Expression, arguments: &[Argument], names: &[&str]) -> bool {
    let name = name_of(callee);
    if !names.contains(&name.as_str()) {
        let is_set = matches!(name.as_str(), "isNotNull");
        return is_set && arguments.first().is_some_and(|it| is_key(&name_of(&it.value)));
    }
    match (&callee.form, arguments) {
        (Form::Name(_), [column, value]) => {
            says_who(&name_of(&column.value)) && is_few(&value.value)
        }
        (Form::Member(on, _), [value]) => says_who(&name_of(on)) && is_few(&value.value),
        _ => false,
    }
}

fn is_key(name: &str) -> bool {
    matches!(name, "id" | "_id" | "pk" | "uuid")
}

/// Filters in a chain of calls: `.exclude(username='admin')`, `.whereNot('id', 1)`, `.where('id', '<>', 1)`.
pub(super) fn leaves_few_behind(name: &str, arguments: &[Argument]) -> bool {
    let text = |at: usize| arguments.get(at).and_then(|it| it.value.literal()).unwrap_or_default();
    // `.where('id != :id', { id: 1 })`, `.whereRaw('1 = 1')`.
    if name.to_lowercase().contains("where")
        && arguments.first().is_some_and(|it| it.name.is_none())
        && sql::holds_for_all(&text(0))
    {
        return true;
    }
    let value = |at: usize| arguments.get(at).is_some_and(|it| is_few(&it.value));
    let is_nothing =
        |at: usize| arguments.get(at).is_some_and(|it| matches!(it.value.form, Form::Nothing));
    match (name, arguments.len()) {
        ("exclude", 1..) => arguments.iter().all(|it| {
            let is_scalar = is_few(&it.value) && !matches!(it.value.form, Form::Bool(_));
            let name = it.name.as_deref().unwrap_or_default();
            let is_flag = is_of_administrators(name) && !is_false(&it.value);
            says_who(name.trim_end_matches("__in").trim_end_matches("__exact")) && is_scalar
                || is_flag
        }),
        // `.whereNot({ role: 'admin' })`.
        ("whereNot" | "not", 1) => match arguments.first().map(|it| (&it.name, &it.value.form)) {
            Some((None, Form::Map(pairs))) => {
                pairs.len() == 1
                    && pairs.iter().all(|(key, value)| says_who(&spelled(key)) && is_few(value))
            }
            // `where.not(email: ADMIN)` of Rails.
            Some((Some(name), _)) => {
                let of_flag = is_of_administrators(name)
                    && arguments.iter().all(|it| matches!(it.value.form, Form::Bool(true)));
                let of_key = is_key(name)
                    && arguments.iter().all(|it| matches!(it.value.form, Form::Nothing));
                of_flag || of_key || says_who(name) && value(0)
            }
            _ => false,
        },
        ("whereNot" | "whereNotIn" | "neq", 2) => says_who(&text(0)) && value(1),
        ("whereNot", 3) => says_who(&text(0)) && text(1) == "=" && value(2),
        // `where('is_admin', false)`.
        ("where", 2) if is_of_administrators(&text(0)) => {
            arguments.get(1).is_some_and(|it| is_false(&it.value))
        }
        // `.gt('id', 0)` of Supabase.
        ("gt" | "gte", 2) => is_key(&text(0)) && is_low(&text(1)),
        // `Where("id <> ?", 1)` of gorm is told by its text above.
        ("where", 3) => {
            let sign = text(1);
            says_who(&text(0)) && matches!(sign.as_str(), "!=" | "<>") && value(2)
                || is_key(&text(0)) && matches!(sign.as_str(), ">" | ">=") && is_low(&text(2))
                || is_key(&text(0)) && sign.eq_ignore_ascii_case("is not") && is_nothing(2)
        }
        ("whereNotNull", 1) => is_key(&text(0)),
        _ => false,
    }
}

/// Whether a column or field says who somebody is.
pub(in crate::content::script) fn says_who(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "id" | "_id"
            | "pk"
            | "uid"
            | "uuid"
            | "email"
            | "username"
            | "role"
            | "user_name"
            | "login"
            | "user_id"
            | "name"
            | "slug"
            | "code"
            | "reference"
    )
}
