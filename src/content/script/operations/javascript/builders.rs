//! What is asked of calls in JavaScript and TypeScript that go to builders of queries: knex, Objection, Lucid, Kysely and Drizzle.

use super::super::Hit;
use super::super::chain::{Chain, Link, Narrowed, name_of, narrowed_by, narrowed_to, unfiltered};
use super::asked::{is_class, is_database, names_table};
use crate::content::script::operations::hit;
use crate::content::script::syntax::Form;

/// Queries of knex, Objection and Lucid, and models of Sequelize that are emptied.
pub(super) fn knex(chain: &Chain) -> Hit {
    let n = chain.links.len();
    if n < 2 || chain.is_narrowed_behind() {
        return Hit::Miss;
    }
    // `User.query().delete().where('id', '>', 0)`: what comes behind may hold for every row.
    let is_behind = matches!(chain.name(), "where" | "whereNotNull");
    if is_behind && !chain.has(&["del", "delete"]) {
        return Hit::Miss;
    }
    let options = chain.argument(0).is_none_or(|it| matches!(it.form, Form::Map(_)));
    if chain.name() == "truncate" {
        let is_model = is_class(chain.on()) || chain.has(&["models", "model"]);
        // `User.truncate(true)` of Lucid.
        let cascades = chain.argument(0).is_some_and(|it| matches!(it.form, Form::Bool(_)));
        if (is_model || chain.on() == "sequelize") && (options || cascades) {
            return Hit::Full;
        }
        // `Database.truncate('users')` of Adonis.
        let is_of_adonis = chain.on() == "Database" || chain.module.contains("lucid");
        if is_of_adonis && !options {
            return Hit::Full;
        }
    }
    if !chain.arguments().is_empty() && !is_behind {
        return Hit::Miss;
    }
    // `knex('users')`, `db<User>('users')`: the first name is called with that of a table.
    // `bookshelf.knex('users')`.
    let is_begin = |n: usize, name: &str| n == 0 || name == "knex";
    let mut begins = chain.links.iter().take(2).enumerate();
    let begins = begins.find(|(n, it)| it.call.is_some() && is_begin(*n, it.name));
    let begins = begins.is_some_and(|(_, it)| {
        let named = it.call.and_then(|it| it.arguments.first()).is_some_and(|it| {
            !matches!(it.value.form, Form::Map(_) | Form::Lambda(_) | Form::Number(_))
        });
        named && is_database(it.name)
    });
    let root = chain.links.first().map_or("", |it| it.name);
    let asks = chain
        .links
        .iter()
        .any(|it| it.name == "query" && it.call.is_some_and(|it| it.arguments.len() < 2))
        || (is_database(root)
            && chain.has(&["table", "from", "into"])
            && !chain.has(&["storage"])
            && !root.to_lowercase().contains("supabase")
            && root != "client");
    match begins || asks {
        true if chain.links.iter().any(of_one) => hit_of_one(chain),
        true => unfiltered(chain),
        false => Hit::Miss,
    }
}

/// Whether a filter is about one tenant that is named here: `where('client_id', 7)`, `where('user_id', '=', user.id)`. What says
/// `not` or `or` is about others.
fn of_one(link: &Link) -> bool {
    if !matches!(link.name, "where" | "andWhere") {
        return false;
    }
    let (column, value) = match link.call.map(|it| it.arguments.as_slice()) {
        Some([column, value]) => (column, value),
        Some([column, sign, value]) if sign.value.literal().as_deref() == Some("=") => {
            (column, value)
        }
        _ => return false,
    };
    let column = column.value.literal().unwrap_or_default();
    narrowed_to(&column, &value.value) == Narrowed::Tenant
}

/// Rows of one tenant, where nothing but that narrows them down.
fn hit_of_one(chain: &Chain) -> Hit {
    let filters =
        chain.links.iter().filter(|it| it.call.is_some_and(|it| !it.arguments.is_empty()));
    let mut filters =
        filters.filter(|it| !matches!(it.name, "from" | "table" | "into") && !is_database(it.name));
    match filters.all(|it| of_one(it)) {
        true => Hit::Tenant,
        false => Hit::Miss,
    }
}

/// `db.deleteFrom('users').execute()`, `db.deleteFrom('users').where('id', 'is not', null).execute()`.
pub(super) fn kysely(chain: &Chain) -> Hit {
    let is_run = chain.behind.iter().any(|it| it.starts_with("execute"));
    if chain.is_narrowed_behind() || !is_run {
        return Hit::Miss;
    }
    match chain.name() {
        "where" if chain.has(&["deleteFrom"]) => match chain.links.as_slice() {
            [_, _, one] if of_one(one) => Hit::Tenant,
            _ => unfiltered(chain),
        },
        "where" => Hit::Miss,
        _ => Hit::Full,
    }
}

pub(super) fn drizzle(chain: &Chain) -> Hit {
    if chain.name() == "where" {
        return drizzle_where(chain);
    }
    let [table] = chain.arguments() else { return Hit::Miss };
    // `ctx.db.delete(users)`.
    let is_short = chain.links.len() == 2 || chain.links.len() == 3 && chain.has(&["ctx", "this"]);
    let is_so = is_short
        && is_database(chain.on())
        && !chain.is_narrowed_behind()
        && names_table(&table.value);
    hit(is_so)
}

/// `db.delete(users).where(ne(users.id, 1))`.
fn drizzle_where(chain: &Chain) -> Hit {
    let [database, delete, _] = chain.links.as_slice() else { return Hit::Miss };
    let table = delete.call.filter(|_| delete.name == "delete").map(|it| it.arguments.as_slice());
    let is_so = is_database(database.name)
        && matches!(table, Some([table]) if names_table(&table.value))
        && chain.argument(0).is_some();
    match chain.argument(0).filter(|_| is_so).map(|it| &it.form) {
        // `eq(orders.clientId, 7)`.
        Some(Form::Call(call)) if name_of(&call.callee) == "eq" => {
            let is_of_one = matches!(call.arguments.as_slice(), [column, value]
                if narrowed_to(&name_of(&column.value), &value.value) == Narrowed::Tenant);
            if is_of_one { Hit::Tenant } else { Hit::Miss }
        }
        Some(_) => hit(narrowed_by(chain.arguments()) == Narrowed::Nothing),
        None => Hit::Miss,
    }
}

pub(super) fn drizzle_reset(chain: &Chain) -> Hit {
    let [database, schema] = chain.arguments() else { return Hit::Miss };
    if chain.module.contains("drizzle-seed") && chain.links.len() == 1 {
        return Hit::Full;
    }
    let is_made_here =
        matches!(&database.value.form, Form::Call(it) if name_of(&it.callee) == "drizzle");
    let is_so = chain.links.len() == 1
        && (is_made_here || is_database(&name_of(&database.value)))
        && names_table(&schema.value);
    hit(is_so)
}
