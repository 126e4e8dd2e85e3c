//! When a call in Python counts.

use super::stores::of_each_table;
use crate::content::script::operations::addresses::names_index;
use crate::content::script::operations::chain::{
    Chain, Narrowed, given_nothing, name_of, narrowed_by, unfiltered,
};
use crate::content::script::operations::clients::search::matches_all;
use crate::content::script::operations::files;
use crate::content::script::operations::named::names_wipe;
use crate::content::script::operations::{Hit, hit};
use crate::content::script::syntax::{Form, Shared, has_one};

/// Queries of SQLAlchemy: `session.query(M)` with filters, or a statement that `delete(M)` begins.
pub(super) fn sqlalchemy_delete(chain: &Chain) -> Hit {
    if chain.has(&["objects"]) {
        return Hit::Miss;
    }
    match chain.links.iter().find(|it| matches!(it.name, "query")) {
        // `Model.query.delete()`, `session.query(Model).delete()`.
        Some(query) if query.call.is_none_or(|it| !it.arguments.is_empty()) => unfiltered(chain),
        _ => Hit::Miss,
    }
}

/// A statement that is made by `delete(Model)` or `table.delete()`.
pub(super) fn executed_delete(chain: &Chain) -> Hit {
    let Some(Form::Call(call)) = chain.argument(0).map(|it| &it.form) else { return Hit::Miss };
    let inner = Chain::of(call);
    if matches!(inner.name(), "DropTable" | "DropSchema") {
        return Hit::Full;
    }
    let Some(at) = inner.links.iter().position(|it| it.name == "delete" && it.call.is_some())
    else {
        return Hit::Miss;
    };
    let takes_table = inner.links[at].call.is_some_and(|it| !it.arguments.is_empty());
    // `table.delete()` of some of the tables that there are.
    if !takes_table && of_each_table(&inner) {
        return Hit::Full;
    }
    // `delete(Model)` or `sa.delete(Model)`; else `table.delete()`.
    if !takes_table && (at == 0 || inner.has(&["objects", "query"])) {
        return Hit::Miss;
    }
    unfiltered(&inner)
}

/// Managers and query sets of Django.
pub(super) fn django_delete(chain: &Chain) -> Hit {
    if chain.links.iter().any(|it| is_bucket(it.name)) {
        return Hit::Miss;
    }
    if !chain.has(&["objects", "all_objects", "_default_manager", "_base_manager"]) {
        return Hit::Miss;
    }
    if chain.has(&[
        "get",
        "first",
        "last",
        "earliest",
        "latest",
        "get_or_create",
        "create",
        "update_or_create",
    ]) {
        return Hit::Miss;
    }
    // A method of a manager of its own may narrow it down, whatever it is called: `Key.objects.expired()`.
    let mut behind = chain.links.iter().skip_while(|it| !it.name.ends_with("objects")).skip(1);
    let is_own = behind.any(|it| {
        it.call.is_some_and(|it| it.arguments.is_empty()) && !OF_DJANGO.contains(&it.name)
    });
    if is_own { Hit::Miss } else { unfiltered(chain) }
}

/// Methods of query sets that leave all rows, and those that take them away.
const OF_DJANGO: &[&str] = &[
    "all",
    "filter",
    "exclude",
    "order_by",
    "using",
    "select_related",
    "prefetch_related",
    "distinct",
    "only",
    "defer",
    "iterator",
    "reverse",
    "get_queryset",
    "non_polymorphic",
    "delete",
    "_raw_delete",
    "select_for_update",
    "all_with_deleted",
    "with_deleted",
    "include_deleted",
    "unfiltered",
];

pub(super) fn call_command(chain: &Chain) -> Hit {
    let command = chain.argument(0).and_then(|it| it.literal()).unwrap_or_default();
    let is_silent =
        chain.named("interactive").is_some_and(|it| matches!(it.form, Form::Bool(false)))
            || chain.named("no_input").is_some()
            || chain.named("noinput").is_some()
            || chain
                .arguments()
                .iter()
                .filter_map(|it| it.value.literal())
                .any(|it| it.contains("no-input") || it.contains("noinput"));
    let is_zero = chain.arguments().iter().any(|it| it.value.literal().as_deref() == Some("zero"));
    match command.as_str() {
        "flush" | "reset_db" | "reset_schema" if is_silent => Hit::Full,
        "flush" | "reset_db" | "reset_schema" => Hit::Asked,
        "migrate" if is_zero => Hit::Full,
        // One of the project itself: `call_command('delete_all_data')`.
        own => hit(names_wipe(own, false)),
    }
}

pub(super) fn peewee(chain: &Chain) -> Hit {
    match chain.name() {
        // Alembic's `op.drop_table` is a migration.
        "drop_table" | "truncate_table" if chain.on() == "op" => Hit::Miss,
        "drop_tables" | "drop_table" | "truncate_table" => Hit::Full,
        // `User.delete_table()` of PynamoDB: the class stands for the table.
        "delete_table" => {
            let is_class = chain.on().starts_with(|it: char| it.is_ascii_uppercase());
            hit(is_class && chain.argument(0).is_none())
        }
        _ => match chain.links.iter().find(|it| it.name == "delete") {
            Some(link)
                if link.call.is_some_and(|it| it.arguments.is_empty())
                    && !chain.has(&["session"]) =>
            {
                unfiltered(chain)
            }
            _ => Hit::Miss,
        },
    }
}

pub(super) fn collection_drop(chain: &Chain) -> Hit {
    match chain.name() {
        // Data frames drop columns, and tables of SQLAlchemy say what they drop from.
        "drop" => {
            let root = chain.links.first().map_or("", |it| it.name);
            let is_client = ["mongo", "motor"].iter().any(|it| chain.module.contains(it));
            let is_mongo = chain.arguments().is_empty()
                && (chain.links.len() > 2 && is_database(root)
                    || chain.links.len() > 1 && is_client
                    || chain.on().contains("collection")
                    || chain.on().contains("coll"));
            let is_table = chain.has(&["__table__"]);
            hit(is_mongo || is_table)
        }
        _ => Hit::Full,
    }
}

pub(super) fn is_database(name: &str) -> bool {
    let lower = name.to_lowercase();
    // `motor.motor_asyncio.AsyncIOMotorClient(url)`.
    let is_client =
        lower == "motor" || lower.contains("motorclient") || lower.contains("mongoclient");
    is_client
        || ["db", "database", "client", "mongo"].iter().any(|it| {
            lower == *it || lower.ends_with(&format!("_{it}")) || lower.starts_with("mongo")
        })
}

pub(super) fn delete_many(chain: &Chain) -> Hit {
    match chain.name() {
        // `db.users.remove()` of old versions.
        "remove" if chain.arguments().is_empty() => {
            let root = chain.links.first().map_or("", |it| it.name);
            let is_of_mongo = chain.module.contains("mongo") && is_database(root)
                || chain.has(&["MongoClient", "MongoKit"]);
            // `for name in db.collection_names(): db[name].remove()`.
            let is_of_each = || {
                let on = chain.links.last().and_then(|it| it.call).map(|it| &*it.callee);
                has_one(on.into_iter().collect(), 200, |it| {
                    name_of(it).ends_with("collection_names")
                })
            };
            hit(is_of_mongo && (chain.links.len() > 2 || is_indexed(chain)) || is_of_each())
        }
        "remove"
            if !chain
                .argument(0)
                .is_some_and(|it| matches!(&it.form, Form::Map(all) if all.is_empty())) =>
        {
            Hit::Miss
        }
        // `prisma.user.delete_many()` takes no filter for all.
        "delete_many" if chain.arguments().is_empty() => {
            let root = chain.links.first().map_or("", |it| it.name);
            hit(chain.links.len() > 2
                && (is_database(root) || root.to_lowercase().ends_with("prisma")))
        }
        // Options beside the filter say nothing of what goes: `delete_many({}, session=it)`.
        _ => match chain.arguments() {
            [filter, rest @ ..] if rest.iter().all(|it| it.name.is_some()) => {
                match narrowed_by(std::slice::from_ref(filter)) {
                    Narrowed::Nothing => Hit::Full,
                    Narrowed::Tenant => Hit::Tenant,
                    Narrowed::Something => Hit::Miss,
                }
            }
            _ => given_nothing(chain),
        },
    }
}

/// Whether it is called on an element: `db[name].drop()`.
pub(super) fn is_indexed(chain: &Chain) -> bool {
    let on = chain.links.last().and_then(|it| it.call).map(|it| &it.callee.form);
    matches!(on, Some(Form::Member(on, _)) if matches!(on.form, Form::Index(..)))
}

/// `db.orders.bulk_write([DeleteMany({})])`.
pub(super) fn bulk_write(chain: &Chain) -> Hit {
    let Some(Form::List(all)) = chain.argument(0).map(|it| &it.form) else { return Hit::Miss };
    hit(all.iter().any(|it| match &it.form {
        Form::Call(call) => {
            name_of(&call.callee) == "DeleteMany"
                && narrowed_by(&call.arguments) == Narrowed::Nothing
        }
        _ => false,
    }))
}

pub(super) fn elastic(chain: &Chain) -> Hit {
    // Solr.
    if chain.name() == "delete"
        && chain.named("q").is_some_and(|it| it.literal().as_deref() == Some("*:*"))
    {
        return Hit::Full;
    }
    if chain.name() == "delete_data_stream" {
        return hit(chain.has(&["indices"]));
    }
    if chain.name() == "delete" {
        let index = chain.named("index").or(chain.argument(0));
        let is_whole = chain.has(&["indices"]) && index.is_some_and(names_index);
        return hit(is_whole);
    }
    let body = chain.named("body").or(chain.named("query")).or(chain.argument(1));
    hit(body.is_some_and(matches_all))
}

pub(super) fn s3(chain: &Chain) -> Hit {
    if chain.name() == "delete_bucket" {
        return Hit::Full;
    }
    if chain.has(&["object_versions"])
        && narrowed_by(chain.arguments()) == Narrowed::Nothing
        && !chain.has(&["filter"])
    {
        return Hit::Full;
    }
    if chain.has(&["objects"])
        && chain.has(&["all"])
        && chain.links.iter().any(|it| is_bucket(it.name))
    {
        return Hit::Full;
    }
    Hit::Miss
}

pub(super) fn dynamo_table(chain: &Chain) -> Hit {
    hit(chain.on() == "Table" && chain.arguments().is_empty())
}

pub(super) fn is_bucket(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("bucket") || lower.contains("s3")
}

pub(super) fn boto(chain: &Chain) -> Hit {
    // A cluster of ECS holds no data.
    let mut clients = chain.links.iter().filter(|it| matches!(it.name, "client" | "resource"));
    let is_of_ecs = clients.any(|it| {
        let first = it.call.and_then(|it| it.arguments.first());
        first.is_some_and(|it| it.value.literal().as_deref() == Some("ecs"))
    });
    // Methods of a client, not of one's own class.
    match chain.on() {
        _ if is_of_ecs => Hit::Miss,
        "self" | "" => Hit::Miss,
        _ => Hit::Full,
    }
}

pub(super) fn tree_of_data(chain: &Chain) -> Hit {
    let Some(path) = chain.argument(0).or(chain.named("path")) else { return Hit::Miss };
    hit(files::is_data(path))
}

pub(super) fn database_file(chain: &Chain) -> Hit {
    let on = chain.links.last().and_then(|it| it.call).and_then(|it| match &it.callee.form {
        Form::Member(on, _)
            if matches!(
                on.form,
                Form::Join(_)
                    | Form::Text(_)
                    | Form::Name(_)
                    | Form::Member(..)
                    | Form::Environment(..)
            ) =>
        {
            Some(on.clone())
        }
        _ => None,
    });
    let path = match chain.argument(0) {
        Some(path) => Some(path.clone()),
        None if on.is_some() => on,
        None => chain
            .links
            .iter()
            .rev()
            .nth(1)
            .and_then(|it| it.call)
            .and_then(|it| it.arguments.first())
            .map(|it| it.value.clone()),
    };
    let is_database =
        path.is_some_and(|it| files::names_database(&it) || files::is_listed_database(&it, chain));
    hit(is_database)
}

pub(super) fn vector(chain: &Chain) -> Hit {
    match chain.name() {
        "recreate_collection" => Hit::Full,
        "reset" => hit(chain.has(&["chromadb", "chroma", "chroma_client"])),
        "delete_all" => hit(matches!(chain.on(), "schema" | "collections")),
        "delete_index" if matches!(chain.on(), "vector_store" | "vectorstore" | "vector_db") => {
            Hit::Full
        }
        "delete_index" => hit(chain.argument(0).or(chain.named("name")).is_some()
            && (chain.has(&["pinecone", "Pinecone", "pc", "meilisearch", "meili_client"])
                || chain.module.contains("pyes"))),
        "delete" if chain.named("points_selector").is_some_and(selects_all) => Hit::Full,
        _ => hit(chain.named("delete_all").is_some_and(|it| matches!(it.form, Form::Bool(true)))),
    }
}

/// `FilterSelector(filter=Filter(must=[]))`: nothing but calls and empty lists.
fn selects_all(of: &Shared) -> bool {
    match &of.form {
        Form::Call(call) => {
            matches!(name_of(&call.callee).as_str(), "FilterSelector" | "Filter")
                && call.arguments.iter().all(|it| selects_all(&it.value))
        }
        Form::List(all) => all.is_empty(),
        _ => false,
    }
}
