//! Rows of a table or a model that calls in PHP delete, and what narrows them down.

use super::super::Hit;
use super::super::chain::{Chain, Link, is_tenant, says_who, unfiltered};
use super::{hit, is_class};
use crate::content::script::syntax::{Argument, Form, Shared};

/// Names between a model and what is called that leave it whole.
const WHOLE: &[&str] = &[
    "all",
    "query",
    "newQuery",
    "get",
    "cursor",
    "lazy",
    "withTrashed",
    "withoutGlobalScopes",
    "withoutGlobalScope",
    "onWriteConnection",
    "where",
    "orderBy",
    "latest",
    "with",
    "each",
    "on",
    "chunk",
    "chunkById",
    "onlyTrashed",
    "limit",
];

/// What a table is asked of.
const CONNECTIONS: &[&str] = &[
    "DB",
    "Db",
    "connection",
    "db",
    "conn",
    "capsule",
    "Capsule",
    "database",
    "Database",
    "db_connect",
];

/// Classes that are no models.
const NO_MODELS: &[&str] = &[
    "Storage", "File", "Cache", "Session", "Redis", "Str", "Cookie", "Http", "Auth", "Log", "Route",
];

/// A query of a table or a model that nothing but known names narrow down.
pub(super) fn rows(chain: &Chain) -> Hit {
    if chain.name() == "destroy" {
        return of_all(chain);
    }
    // `truncate(false)`, and `delete(true)` of ThinkPHP, which deletes nothing without a condition else.
    let says_only = |it: &Argument| matches!(it.value.form, Form::Bool(_));
    let is_all = chain.name() == "truncate" || chain.has(&["Db"]);
    if !chain.arguments().iter().all(|it| is_all && says_only(it)) || chain.is_on_chosen() {
        return Hit::Miss;
    }
    let n = chain.links.len().saturating_sub(1);
    if is_of_framework(chain) {
        return Hit::Full;
    }
    let between = |from: usize| {
        chain
            .links
            .iter()
            .take(n)
            .skip(from)
            .all(|it| WHOLE.contains(&it.name) || leaves_all(chain, it))
    };
    let is_think = chain.links.first().is_some_and(|it| it.name == "Db");
    let names_table = |it: &Link| it.name == "table" || it.name == "name" && is_think;
    let table = chain.links.iter().take(n).position(|it| names_table(it) && it.call.is_some());
    if let Some(at) = table
        && chain.has(CONNECTIONS)
    {
        // `Db::name('user')->delete()` refuses.
        let refuses = n == at + 1 && chain.on() == "name" && chain.arguments().is_empty();
        if refuses && chain.name() == "delete" {
            return Hit::Miss;
        }
        return if between(at + 1) { left(chain) } else { Hit::Miss };
    }
    let first = chain.links.first().map_or("", |it| it.name);
    // `(new User)->truncate()`.
    let is_made =
        chain.links.first().and_then(|it| it.call).is_some_and(|it| it.arguments.is_empty());
    if !is_class(first)
        || chain.links.first().is_some_and(|it| it.call.is_some()) && !(is_made && matches!(chain.name(), "truncate"))
        || NO_MODELS.contains(&first)
        || !between(1)
        // A method of the class itself.
        || (n == 1 && chain.name() != "truncate")
    {
        return Hit::Miss;
    }
    left(chain)
}

/// `$this->table('users')->truncate()` of Phinx, `model('UserModel')->truncate()` of CodeIgniter.
fn is_of_framework(chain: &Chain) -> bool {
    let [first, rest @ ..] = chain.links.as_slice() else { return false };
    let told = |it: &Link| it.call.is_some_and(|it| it.arguments.len() == 1);
    let is_table = match rest {
        [_] => first.name == "model" && told(first),
        [table, _] => first.name == "this" && table.name == "table" && told(table),
        _ => false,
    };
    is_table && chain.name() == "truncate"
}

/// Whether a condition that is written down holds for every row: `1=1`, `['1 = 1']`, `['User.id >' => 0]`.
pub(super) fn holds_always(condition: &Shared) -> bool {
    let is_true = |it: &Shared| {
        matches!(it.form, Form::Nothing | Form::Bool(true))
            || it
                .literal()
                .is_some_and(|it| matches!(it.replace(' ', "").as_str(), "1=1" | "1" | ""))
    };
    match &condition.form {
        Form::List(all) => all.iter().all(is_true),
        Form::Map(pairs) => pairs.iter().all(|(column, value)| {
            let column = column.literal().unwrap_or_default().to_lowercase();
            let column = column.rsplit('.').next().unwrap_or_default();
            match column.split_once(' ') {
                Some((name, ">" | ">=" | "!=" | "<>" | "is not")) => {
                    name == "id"
                        && (matches!(value.form, Form::Nothing)
                            || value.literal().is_some_and(|it| matches!(it.as_str(), "0" | "")))
                }
                _ => matches!(column, "1") && is_true(value),
            }
        }),
        _ => is_true(condition),
    }
}

/// What is left of all rows.
fn left(chain: &Chain) -> Hit {
    // What was put away for good or for bad goes for good.
    if chain.has(&["onlyTrashed"]) && chain.name() != "forceDelete" {
        return Hit::Miss;
    }
    let n = chain.links.len().saturating_sub(1);
    let mut filters =
        chain.links.iter().take(n).filter(|it| it.name.starts_with("where")).peekable();
    if filters.peek().is_none() {
        return unfiltered(chain);
    }
    let of_tenant = |it: &&Link| {
        let given = it.call.map_or(&[][..], |it| &it.arguments);
        let [column, value] = given else { return false };
        it.name == "where"
            && column.value.literal().is_some_and(|it| is_tenant(&it))
            && value.value.literal().is_some()
    };
    match (filters.clone().all(|it| leaves_all(chain, it)), filters.any(|it| of_tenant(&it))) {
        (true, _) => Hit::Full,
        (false, true) => Hit::Tenant,
        _ => unfiltered(chain),
    }
}

/// Whether a filter leaves all rows, or all but a few that are named: `where('id', '>', 0)`, `where('role', '!=', 'admin')`.
fn leaves_all(chain: &Chain, filter: &Link) -> bool {
    let given = filter.call.map_or(&[][..], |it| &it.arguments);
    let told = |n: usize| given.get(n).and_then(|it| it.value.literal()).unwrap_or_default();
    let column = told(0).to_lowercase();
    match filter.name {
        "where" if given.len() == 1 => matches!(column.replace(' ', "").as_str(), "1=1" | "1"),
        "where" => match told(1).as_str() {
            ">" | ">=" => column == "id" && told(2) == "0",
            "!=" | "<>" => says_who(&column) && !told(2).is_empty(),
            _ => false,
        },
        "whereNotNull" => column == "id" || column == "deleted_at" && chain.name() == "forceDelete",
        "whereRaw" => column.replace(' ', "") == "1=1",
        "whereIn" => given.get(1).is_some_and(|it| lists_all(&it.value)),
        _ => false,
    }
}

/// `User::pluck('id')`, `User::all()`.
fn lists_all(of: &Shared) -> bool {
    let Form::Call(call) = &of.form else { return false };
    let chain = Chain::of(call);
    chain.links.first().is_some_and(|it| is_class(it.name))
        && matches!(chain.name(), "pluck" | "all" | "modelKeys")
        && chain.links.iter().skip(1).all(|it| WHOLE.contains(&it.name) || it.name == chain.name())
}

/// `User::destroy(User::pluck('id'))`.
fn of_all(chain: &Chain) -> Hit {
    hit(chain.argument(0).is_some_and(lists_all))
}
