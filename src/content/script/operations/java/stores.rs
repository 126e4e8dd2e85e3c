//! Rows about calls in Java that empty stores one key, document or topic after the other, or as a whole.

use super::super::addresses::passes;
use super::super::chain::name_of;
use super::super::{CallRow, kind};
use super::{JAVA, hit, is_on};
use crate::content::script::model::Scope::{Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Act, Expression, Form, Shared};
use crate::content::script::value::texts_in;

/// Expressions that are looked at.
const LOOKED_AT: usize = 200;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "java.es",
            "client.indices().delete(new DeleteIndexRequest(\"products\"), options)",
            "an index, and none of tests",
            Database,
            Critical,
            "action.destructive_requires_name",
        ),
        languages: JAVA,
        names: &["delete"],
        when: |chain| {
            let said = chain.argument(0).filter(|it| !matches!(it.form, Form::Lambda(_)));
            let said = said.map(|it| texts_in(it).join(" "));
            // `indices().delete(d -> d.index("orders"))`.
            let by_function = chain.argument(0).is_some_and(|it| {
                calls(it, |name, first| name == "index" && first.is_some_and(|it| !passes(it)))
            });
            if by_function && chain.on() == "indices" {
                return hit(true);
            }
            let is_old = said.is_none_or(|it| passes(&it));
            hit(chain.on() == "indices" && !is_old)
        },
    },
    CallRow {
        kind: kind(
            "java.es.query",
            "client.deleteByQuery(d -> d.index(\"orders\").query(q -> q.matchAll(m -> m)))",
            "all documents",
            Database,
            Critical,
            "",
        ),
        languages: JAVA,
        names: &["deleteByQuery"],
        when: |chain| {
            let all = chain.argument(0).is_some_and(|it| {
                calls(it, |name, _| {
                    matches!(name, "matchAll" | "matchAllQuery" | "MatchAllQueryBuilder")
                })
            });
            let said = chain.argument(0).and_then(|it| it.literal());
            hit(all || matches!(said.as_deref(), Some("*:*" | "*")))
        },
    },
    CallRow {
        kind: kind("java.kafka", "admin.deleteTopics(topics)", "", Database, High, ""),
        languages: JAVA,
        names: &["deleteTopics", "deleteRecords"],
        when: |chain| hit(chain.links.len() > 1 && !chain.arguments().is_empty()),
    },
    CallRow {
        kind: kind(
            "java.amqp",
            "channel.queuePurge(\"orders\"), channel.queueDelete(\"orders\")",
            "",
            Database,
            High,
            "",
        ),
        languages: JAVA,
        names: &["queuePurge", "purgeQueue"],
        when: |chain| hit(!is_on(chain, &["test"]) && !chain.arguments().is_empty()),
    },
    CallRow {
        kind: kind(
            "java.jpa.criteria",
            "criteriaBuilder.createCriteriaDelete(Order.class), and no where behind it",
            "nothing narrows it down",
            Table,
            High,
            "",
        ),
        languages: JAVA,
        names: &["createQuery", "createMutationQuery"],
        when: |chain| {
            let deletes = chain
                .argument(0)
                .is_some_and(|it| calls(it, |name, _| name == "createCriteriaDelete"));
            let narrows = chain.argument(0).is_some_and(|it| calls(it, |name, _| name == "where"));
            hit(deletes && !narrows && !chain.has(&["where"]))
        },
    },
];

/// Whether a call of this name, and with this first text, stands within an expression, in functions that are handed over as well.
fn calls(of: &Shared, is_one: impl Fn(&str, Option<&str>) -> bool) -> bool {
    let mut open: Vec<&Expression> = vec![of];
    for _ in 0..LOOKED_AT {
        let Some(it) = open.pop() else { return false };
        match &it.form {
            Form::Call(call) => {
                let first = call.arguments.first().and_then(|it| it.value.literal());
                if is_one(&name_of(&call.callee), first.as_deref()) {
                    return true;
                }
                if let Form::Member(on, _) = &call.callee.form {
                    open.push(on);
                }
                open.extend(call.arguments.iter().map(|it| &*it.value));
            }
            Form::Lambda(function) => {
                for statement in &function.body {
                    if let Act::Run(it) | Act::Return(Some(it)) = &statement.act {
                        open.push(it);
                    }
                }
            }
            _ => open.extend(it.children().into_iter().map(|it| &**it)),
        }
    }
    false
}
