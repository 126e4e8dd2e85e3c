//! What is asked of calls in JavaScript and TypeScript that go to relational and document databases.

use super::super::Hit;
use super::super::chain::{Chain, Narrowed, is_tenant, name_of, narrowed_by, says_who, unfiltered};
use crate::content::script::guards::is_true;
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Argument, Expression, Form, Shared};

/// The value of a field of a map that is written down.
pub(super) fn field<'a>(of: &'a Expression, name: &str) -> Option<&'a Shared> {
    match &of.form {
        Form::Map(pairs) => pairs
            .iter()
            .rev()
            .find(|(key, _)| key.literal().as_deref() == Some(name))
            .map(|(_, value)| value),
        _ => None,
    }
}

pub(super) fn is_empty_map(of: &Expression) -> bool {
    matches!(&of.form, Form::Map(pairs) if pairs.is_empty())
}

pub(super) fn has_true(of: Option<&Shared>, name: &str) -> bool {
    of.and_then(|it| field(it, name)).is_some_and(|it| is_true(it) == Some(true))
}

/// What a filter narrows down to; `where` in it is the filter.
pub(super) fn narrowed(filter: &Shared) -> Narrowed {
    let filter = field(filter, "where").unwrap_or(filter);
    match &filter.form {
        Form::Either(all) => all.iter().map(narrowed).min().unwrap_or(Narrowed::Something),
        Form::Choice(_, one, other) => narrowed(one).min(narrowed(other)),
        Form::Map(_) | Form::Nothing => {
            narrowed_by(&[Argument { name: None, value: filter.clone() }])
        }
        _ => Narrowed::Something,
    }
}

fn hit_by(narrowed: Narrowed) -> Hit {
    match narrowed {
        Narrowed::Nothing => Hit::Full,
        Narrowed::Tenant => Hit::Tenant,
        Narrowed::Something => Hit::Miss,
    }
}

/// Whether this is the name of a class, as models have them.
pub(super) fn is_class(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase)
}

/// Whether this is what a program calls its database.
pub(super) fn is_database(name: &str) -> bool {
    let lower = name.to_lowercase();
    [
        "db",
        "database",
        "knex",
        "sequelize",
        "trx",
        "tx",
        "prisma",
        "mongo",
        "mongoose",
        "conn",
        "connection",
        "orm",
        "client",
        "pool",
        "drizzle",
        "kysely",
    ]
    .contains(&lower.as_str())
        || lower.ends_with("db")
        || lower.ends_with("database")
        || lower.starts_with("mongo")
        || lower.ends_with("prisma")
}

pub(super) fn delete_many(chain: &Chain) -> Hit {
    if chain.is_narrowed_behind() || chain.links.len() < 2 {
        return Hit::Miss;
    }
    match chain.argument(0) {
        None => unfiltered(chain),
        Some(filter) => hit_by(narrowed(filter)),
    }
}

pub(super) fn delete_one(chain: &Chain) -> Hit {
    let Some(filter) = chain.argument(0).and_then(|it| field(it, "where")) else {
        return Hit::Miss;
    };
    if narrowed(filter) == Narrowed::Tenant {
        return Hit::Tenant;
    }
    let by_key =
        ["id", "_id"].iter().any(|it| field(filter, it).is_some_and(|it| it.literal().is_some()));
    if by_key && is_tenant(chain.on()) { Hit::Tenant } else { Hit::Miss }
}

pub(super) fn sync(chain: &Chain) -> Hit {
    match chain.name() {
        "sync" if !has_true(chain.argument(0), "force") => Hit::Miss,
        _ => Hit::Full,
    }
}

pub(super) fn destroy(chain: &Chain) -> Hit {
    if chain.name() == "destroyAll" {
        let is_all = chain.arguments().is_empty() && is_class(chain.on());
        return hit(is_all);
    }
    let Some(options) = chain.argument(0) else {
        // `User.where('id', '!=', 0).destroy()` of Bookshelf.
        let root = chain.links.first().map_or("", |it| it.name);
        return hit(is_class(root)
            && chain.on() == "where"
            && chain.narrowed() == Narrowed::Nothing);
    };
    // Sequelize refuses it, Waterline does not.
    if is_empty_map(options) && is_class(chain.on()) && chain.links.len() == 2 {
        return Hit::Full;
    }
    if has_true(Some(options), "truncate") {
        return Hit::Full;
    }
    match field(options, "where") {
        Some(filter) => hit_by(narrowed(filter)),
        None => Hit::Miss,
    }
}

pub(super) fn synchronize(chain: &Chain) -> Hit {
    let is_so = match chain.name() {
        "synchronize" => chain.argument(0).is_some_and(|it| is_true(it) == Some(true)),
        "dropSchema" => chain.links.len() > 1 && !chain.has(&["schema"]),
        "refreshDatabase" => chain.links.len() > 1,
        // `orm.schema.refresh()` of MikroORM.
        "refresh" => chain.on() == "schema" && chain.has(&["orm", "MikroORM"]),
        // A helper of typeorm-seeding.
        "useRefreshDatabase" => chain.links.len() == 1,
        _ => has_true(chain.argument(0), "dropSchema"),
    };
    hit(is_so)
}

pub(super) fn repository(chain: &Chain) -> Hit {
    let on = chain.on().to_lowercase();
    let is_repository = on.ends_with("repository")
        || on.ends_with("repo")
        || chain.has(&["getRepository", "getMongoRepository"]);
    let is_manager =
        on == "manager" || on.ends_with("entitymanager") || on == "em" || on == "getmanager";
    // `{}`, or `{ id: Not(IsNull()) }`.
    let is_all = |n| {
        let filter = chain.argument(n).filter(|it| matches!(it.form, Form::Map(_)));
        filter.is_some_and(|it| {
            is_empty_map(it) || is_repository && narrowed(it) == Narrowed::Nothing
        })
    };
    // `repository.delete({ userId: user.id })`, `manager.delete(Order, { user: { id: user.id } })`.
    let of_one = |n: usize| {
        let filter = chain.argument(n).filter(|it| matches!(it.form, Form::Map(_)));
        chain.name() == "delete" && filter.is_some_and(|it| narrowed(it) == Narrowed::Tenant)
    };
    if is_repository && of_one(0) || is_manager && of_one(1) {
        return Hit::Tenant;
    }
    let is_so = match chain.name() {
        "clear" => {
            (is_repository && chain.arguments().is_empty())
                || (is_manager && chain.argument(0).is_some())
        }
        "deleteAll" => is_repository && chain.arguments().is_empty(),
        "delete" => (is_all(0) && !on.contains("cache")) || (is_manager && is_all(1)),
        _ => is_all(1) || chain.arguments().len() == 1,
    };
    hit(is_so)
}

pub(super) fn query_builder(chain: &Chain) -> Hit {
    match chain.has(&["createQueryBuilder"]) && chain.has(&["delete", "softDelete"]) {
        true => unfiltered(chain),
        false => Hit::Miss,
    }
}

pub(super) fn collection(chain: &Chain) -> Hit {
    let first = chain.argument(0);
    let (root, on) = (chain.links.first().map_or("", |it| it.name), chain.on());
    let lower = on.to_lowercase();
    let is_collection = lower.contains("collection")
        || lower == "coll"
        || chain.has(&["collection", "collections", "getCollection", "model", "models"])
        || is_database(on)
        || is_class(on)
        || is_database(root);
    let is_so = match chain.name() {
        "dropCollection" => true,
        "remove" | "removeAsync" if has_true(chain.argument(1), "multi") => {
            first.is_some_and(|it| is_empty_map(it))
        }
        // `db.users.remove({})` of MongoDB, NeDB and Meteor.
        "remove" | "removeAsync" => {
            let is_all = is_collection && first.is_some_and(|it| is_empty_map(it));
            (is_all || first.is_none() && removes_found(chain)) && !chain.is_narrowed_behind()
        }
        _ => is_collection && first.is_none_or(|it| matches!(it.form, Form::Map(_))),
    };
    hit(is_so && chain.links.len() > 1)
}

/// `User.remove(callback)`, `User.find({}).remove().exec()` of Mongoose.
fn removes_found(chain: &Chain) -> bool {
    // What is called when it is done says nothing of what is removed.
    let found = chain.links.iter().rev().nth(1).and_then(|it| it.call);
    let of_all = found.is_some_and(|it| it.arguments.iter().all(|it| is_empty_map(&it.value)));
    let root = chain.links.first().map_or("", |it| it.name);
    let is_of_model = chain.links.len() == 2 && is_class(root) && found.is_none();
    let is_found = chain.on() == "find" && of_all && is_class(root);
    let is_collection = chain.on() == "collection" && is_class(root)
        || chain
            .links
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|it| it.name == "collections" && it.call.is_none());
    is_of_model && (is_run_behind(chain) || chain.module.to_lowercase().contains("model"))
        || is_found
        || is_collection
}

/// Whether what it gives back is waited for, or it is told what to call when it is done.
fn is_run_behind(chain: &Chain) -> bool {
    let says_error = |it: &Argument| match &it.value.form {
        Form::Lambda(function) => (function.parameters.first())
            .is_some_and(|it| matches!(it.name.as_str(), "err" | "error" | "e" | "er")),
        _ => false,
    };
    let call = chain.links.last().and_then(|it| it.call);
    let is_called_back = call.is_some_and(|it| it.arguments.iter().any(says_error));
    is_called_back || chain.behind.iter().any(|it| matches!(*it, "exec" | "then"))
}

pub(super) fn drop_table(chain: &Chain) -> Hit {
    let is_so = match chain.name() {
        "bulkDelete" => {
            chain.argument(1).is_none_or(|it| matches!(it.form, Form::Nothing) || is_empty_map(it))
        }
        _ => {
            let is_model = chain.on().starts_with(|it: char| it.is_ascii_uppercase());
            is_model
                || is_database(chain.on())
                || chain.has(&[
                    "schema",
                    "queryInterface",
                    "getQueryInterface",
                    "queryRunner",
                    "createQueryRunner",
                ])
        }
    };
    hit(is_so)
}

/// Migrations that are all taken back.
pub(super) fn undone(chain: &Chain) -> Hit {
    let is_all = match chain.name() {
        // `runner({ direction: 'down', count: Infinity })` of node-pg-migrate.
        "runner" => {
            let said = |name| chain.argument(0).and_then(|it| field(it, name));
            said("direction").is_some_and(|it| it.literal().as_deref() == Some("down"))
                && said("count").is_some_and(|it| name_of(it) == "Infinity")
        }
        "rollback" => {
            chain.on() == "migrate" && chain.argument(1).is_some_and(|it| is_true(it) == Some(true))
        }
        _ => chain
            .argument(0)
            .and_then(|it| field(it, "to"))
            .is_some_and(|it| it.literal().as_deref() == Some("0")),
    };
    hit(is_all)
}

/// Rows of a collection of Payload.
pub(super) fn payload(chain: &Chain) -> Hit {
    let Some(options) = chain.argument(0) else { return Hit::Miss };
    let filter = field(options, "where").filter(|_| field(options, "collection").is_some());
    filter.map_or(Hit::Miss, |it| hit_by(narrowed(it)))
}

/// Whether an expression is called as tables are: in the plural.
pub(super) fn names_table(of: &Expression) -> bool {
    match &of.form {
        Form::Either(all) => all.iter().any(|it| names_table(it)),
        Form::Member(on, name) => {
            matches!(name_of(on).as_str(), "schema" | "tables" | "t") || is_plural(name)
        }
        Form::Name(name) => is_plural(name),
        // One of `Object.values(schema)`.
        Form::Index(on, by) if matches!(by.form, Form::Nothing) => match &on.form {
            Form::Call(call) => {
                let is_all = matches!(name_of(&call.callee).as_str(), "values" | "entries");
                is_all && call.arguments.first().is_some_and(|it| names_table(&it.value))
            }
            Form::List(all) => all.iter().any(|it| names_table(it)),
            _ => false,
        },
        _ => false,
    }
}

pub(super) fn is_plural(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("table")
        || lower.ends_with("schema")
        || (lower.ends_with('s')
            && !lower.ends_with("ids")
            && !lower.ends_with("keys")
            && !lower.ends_with("address"))
}

/// Filters of PostgREST behind `delete()`: all of them hold for every row.
pub(super) fn supabase(chain: &Chain) -> Hit {
    let Some(at) = chain.links.iter().position(|it| it.name == "delete" && it.call.is_some())
    else {
        return Hit::Miss;
    };
    if !chain.has(&["from"]) || chain.is_narrowed_behind() {
        return Hit::Miss;
    }
    let always_holds = chain.links.iter().skip(at + 1).all(|link| {
        let values: Vec<&Shared> = link
            .call
            .map(|it| it.arguments.iter().map(|it| &it.value).collect())
            .unwrap_or_default();
        let [column, rest @ ..] = values.as_slice() else { return link.name == "select" };
        let (Some(column), Some(value)) = (column.literal(), rest.last()) else { return false };
        let is_key = column.to_lowercase().ends_with("id") || column.to_lowercase() == "key";
        let is_time = column.ends_with("_at") || column.ends_with("At") || column.contains("date");
        let is_null = matches!(value.form, Form::Nothing);
        let text = value.literal();
        let is_low = is_null || text.as_deref().is_some_and(is_lowest);
        match link.name {
            "neq" => is_low || ((is_key || says_who(&column)) && text.is_some()),
            "gt" | "gte" => is_low && (is_key || is_time || text.is_some()),
            "lt" | "lte" => {
                is_time
                    && text.is_some_and(|it| {
                        it.starts_with("2099") || it.starts_with('3') || it.starts_with('9')
                    })
            }
            "not" => is_null || rest.len() == 2 && is_low,
            "like" | "ilike" => text.is_some_and(|it| it.chars().all(|it| it == '%')),
            "filter" => {
                rest.first().and_then(|it| it.literal()).is_some_and(|it| it == "neq")
                    && (is_low || is_key)
            }
            "select" => true,
            _ => false,
        }
    });
    hit(always_holds)
}

/// `''`, `0`, `-1`, `00000000-0000-0000-0000-000000000000`, `1970-01-01`.
pub(super) fn is_lowest(text: &str) -> bool {
    let is_zero = text.chars().all(|it| matches!(it, '0' | '-' | '1' | ' ')) && text.len() != 1;
    is_zero
        || matches!(text, "" | "0" | "null" | "impossible" | "none")
        || text.starts_with("19")
        || text.starts_with("0001")
        || text.contains("impossible")
        || text.starts_with("non")
        || text.contains("never")
}
