//! Rows about calls of Go to what builds statements, or makes tables by itself.

use super::super::chain::Chain;
use super::super::{CallRow, Hit, kind};
use super::{GO, hit};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Expression, Form, has_one, is_each};

/// Expressions that are looked at.
const LOOKED_AT: usize = 300;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "go.orm.tables",
            "orm.RunSyncdb(\"default\", true, true), dbmap.DropTablesIfExists()",
            "all tables go, or are made anew by force",
            Database,
            Critical,
            "",
        ),
        languages: GO,
        names: &["RunSyncdb", "DropTablesIfExists"],
        when: |chain| {
            let is_forced = chain.argument(1).is_some_and(|it| matches!(it.form, Form::Bool(true)));
            hit(chain.name() != "RunSyncdb" || is_forced)
        },
    },
    CallRow {
        kind: kind(
            "go.builder",
            "squirrel.Delete(\"users\").RunWith(db).Exec(), models.Users().DeleteAll(ctx, db)",
            "nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["Exec", "ExecContext", "DeleteAll", "DeleteAllP", "DeleteAllG"],
        when: built,
    },
    CallRow {
        kind: kind(
            "go.firestore.batch",
            "batch.Delete(doc.Ref) of what client.Collection(\"users\").Documents(ctx) gave back",
            "the whole collection",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["Delete"],
        when: |chain| {
            let lower = chain.on().to_lowercase();
            let is_batch = ["batch", "bulk", "bw", "writer"].iter().any(|it| lower.contains(it));
            let of = chain.argument(0).filter(|it| is_batch && !chain.is_of_chosen(it));
            hit(of.is_some_and(|it| {
                let has = |is_one: &dyn Fn(&str) -> bool| {
                    has_one(vec![&**it], LOOKED_AT, |it| is_named(it, is_one))
                };
                // Without a loop over what is there something else may choose.
                has_one(vec![&**it], LOOKED_AT, is_each)
                    && has(&|it| it == "Ref")
                    && has(&|it| it == "Documents")
                    && !has(&|it| {
                        it.starts_with("Where")
                            || it == "Doc"
                            || it == "Limit"
                            || it.starts_with("End")
                    })
            }))
        },
    },
];

fn is_named(of: &Expression, is_one: &dyn Fn(&str) -> bool) -> bool {
    matches!(&of.form, Form::Member(_, name) if is_one(name))
}

/// A statement that is made of calls, and that takes all rows of a table.
fn built(chain: &Chain) -> Hit {
    if chain.name().starts_with("DeleteAll") {
        // `models.Users(qm.Where(...))` is about some of them.
        let of = chain.links.iter().rev().nth(1);
        let is_all = of.is_some_and(|it| {
            it.name.ends_with('s') && it.call.is_some_and(|it| it.arguments.is_empty())
        });
        return hit(is_all && chain.links.len() == 3);
    }
    let begins = chain.links.iter().find(|it| it.name == "Delete").and_then(|it| it.call);
    let table = begins.and_then(|it| match it.arguments.as_slice() {
        [one] => one.value.literal(),
        _ => None,
    });
    let narrows = |it: &str| it.starts_with("Where") || matches!(it, "Limit" | "Suffix" | "Using");
    let is_open = !chain.links.iter().any(|it| narrows(it.name));
    hit(chain.has(&["RunWith"]) && table.is_some() && is_open)
}
