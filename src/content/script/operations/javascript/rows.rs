//! Rows that are deleted one by one, where a query without a filter gives all of them.

use super::super::Hit;
use super::super::chain::{Chain, Narrowed, name_of};
use super::super::listed::{is_registered, leaves_all, takes_lot};
use super::asked::field;
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Call, Form, Shared, is_each};

/// A row out of a loop over all of them, by itself or by its key.
pub(super) fn each_row(chain: &Chain) -> Hit {
    let is_filter = matches!(chain.name(), "eq" | "in");
    if is_filter && !(chain.has(&["from"]) && chain.has(&["delete"])) || is_registered(chain) {
        return Hit::Miss;
    }
    let on = chain.links.last().and_then(|it| it.call).map(|it| &it.callee);
    let of = match chain.arguments() {
        [] => on,
        all => all.last().map(|it| &it.value),
    };
    let Some(of) = of else { return Hit::Miss };
    // `delete().in('id', ids)` takes all of them at once.
    let takes_many = chain.name() == "in";
    hit(is_every_row(of, takes_many) && !chain.is_of_chosen(of))
}

/// Rows whose key is none of those of all rows of another store.
pub(super) fn others_than(chain: &Chain) -> Hit {
    let filter = chain.argument(0).map(|it| field(it, "where").unwrap_or(it));
    let is_so = filter.is_some_and(|it| match &it.form {
        Form::Map(pairs) => matches!(pairs.as_slice(), [(_, by)] if
        field(by, "$nin").or_else(|| field(by, "notIn")).is_some_and(|it| {
            it.literal().is_none() && is_every_row(it, true)
        })),
        _ => false,
    });
    hit(is_so)
}

/// Whether an expression is made of one of the rows that a query without a filter gives.
pub(super) fn is_every_row(of: &Shared, takes_many: bool) -> bool {
    let mut open: Vec<&Shared> = vec![of];
    let (mut is_one, mut is_all, mut left) = (false, false, 300);
    while let Some(it) = open.pop() {
        if left == 0 {
            return false;
        }
        left -= 1;
        is_one |= is_each(it);
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            let is_function = matches!(call.callee.form, Form::Name(_));
            let is_open = match call.arguments.as_slice() {
                [] => true,
                [one] => {
                    matches!(&one.value.form, Form::Map(pairs) if pairs.iter().all(|(key, _)| matches!(key.literal().as_deref(), Some("select" | "attributes"))))
                }
                _ => false,
            };
            match name.as_str() {
                // What a query is made on chooses no rows, unless it is a query itself.
                "find" | "findMany" | "findAll" if is_open && !is_on_some(call) => {
                    is_all = true;
                    continue;
                }
                "select" if call.arguments.len() < 2 => is_all = true,
                // All keys of a store.
                "list" if call.arguments.is_empty() => is_all = true,
                // `list({ limit: 1000 })` of Vercel.
                "list" if is_function && call.arguments.iter().all(leaves_all) => is_all = true,
                "scan" | "ScanCommand" if is_whole_scan(call) => is_all = true,
                "slice" if takes_lot(call) => {}
                "promise" | "send" | "from_env" | "DocumentClient" | "DynamoDBClient" => {}
                "from" | "toArray" | "all" | "lean" | "exec" | "json" | "collection"
                | "getRepository" | "model" | "createClient" | "schema" | "db" | "PrismaClient"
                | "require" | "MongoClient" | "map" => {}
                _ => return false,
            }
        }
        open.extend(it.children());
    }
    (is_one || takes_many) && is_all
}

/// Whether a query is made on some of the rows: `User.query().where(...).find()`.
fn is_on_some(call: &Call) -> bool {
    let mut chain = Chain::of(call);
    chain.links.pop();
    chain.narrowed() != Narrowed::Nothing
}

/// Whether a scan of DynamoDB goes over a whole table.
pub(super) fn is_whole_scan(call: &Call) -> bool {
    let fields = [
        "TableName",
        "ExclusiveStartKey",
        "ProjectionExpression",
        "AttributesToGet",
        "ExpressionAttributeNames",
        "Limit",
    ];
    call.arguments.iter().all(|it| match &it.value.form {
        Form::Map(pairs) => pairs
            .iter()
            .all(|(key, _)| key.literal().is_some_and(|it| fields.contains(&it.as_str()))),
        _ => false,
    })
}
