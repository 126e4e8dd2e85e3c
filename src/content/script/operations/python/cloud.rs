//! Rows about calls in Python that go through all that a cloud holds.

use super::stores::{PYTHON, call_in, comes_from};
use crate::content::script::model::Scope::{Cloud, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::chain::{Chain, Narrowed, name_of};
use crate::content::script::operations::{CallRow, Hit, files, hit, kind};
use crate::content::script::syntax::{Call, Form};
use crate::content::script::value::texts_in;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "py.boto3.items",
            "for it in table.scan()['Items']: batch.delete_item(Key=...)",
            "the scan is not narrowed down",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete_item"],
        when: scanned,
    },
    CallRow {
        kind: kind(
            "py.queue",
            "channel.queue_purge('jobs'), for q in sqs.queues.all(): q.purge()",
            "a queue is named, or it is each of them",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["queue_purge", "purge"],
        when: |chain| {
            let is_each = chain.has(&["queues"]) && chain.has(&["all"]);
            hit(chain.name() == "queue_purge" && chain.links.len() > 1 || is_each)
        },
    },
    CallRow {
        kind: kind(
            "py.boto3.instances",
            "for it in ec2.instances.all(): it.terminate(), for it in ec2.images.all(): it.deregister()",
            "all of them, or all of a tag or state",
            Cloud,
            Critical,
            "termination protection",
        ),
        languages: PYTHON,
        names: &["terminate", "deregister"],
        when: |chain| {
            let is_all = (chain.has(&["all"]) || matches!(chain.on(), "instances" | "images"))
                && chain.narrowed() == Narrowed::Nothing;
            let is_wide = || is_all || is_of_project(chain) || is_by_numbers_of_all(chain);
            hit(chain.has(&["instances", "images"]) && is_wide())
        },
    },
    CallRow {
        kind: kind(
            "py.boto3.objects",
            "s3.delete_objects(...) of what list_objects_v2(...) gave back",
            "no prefix, or one of data",
            Cloud,
            Critical,
            "versioning, MFA delete, Object Lock",
        ),
        languages: PYTHON,
        names: &["delete_objects", "delete_object"],
        when: listed_objects,
    },
    CallRow {
        kind: kind(
            "py.cloud",
            "dynamodb.delete_table(TableName=...), bigquery.delete_dataset(..., delete_contents=True)",
            "",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: PYTHON,
        names: &["delete_table", "delete_dataset", "begin_delete"],
        when: cloud,
    },
    CallRow {
        kind: kind(
            "py.supabase.each",
            "for it in client.table('orders').select('id').execute().data: client.table('orders').delete().eq('id', it['id'])",
            "the query is not narrowed down",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["eq", "in_"],
        when: selected,
    },
    CallRow {
        kind: kind("py.arango", "db.collection('users').truncate()", "", Table, High, ""),
        languages: PYTHON,
        names: &["truncate"],
        when: |chain| hit(chain.has(&["collection", "collections"]) && chain.arguments().is_empty()),
    },
    CallRow {
        kind: kind(
            "py.influx",
            "client.delete_api().delete('1970-01-01T00:00:00Z', ...)",
            "from the beginning on",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete"],
        when: |chain| {
            let from = chain.argument(0).or(chain.named("start")).and_then(|it| it.literal());
            let is_api = chain.on().contains("delete_api");
            hit(is_api && from.is_some_and(|it| it.starts_with("1970") || it == "0"))
        },
    },
    CallRow {
        kind: kind(
            "py.imap",
            "box.store('1:*', '+FLAGS', '\\Deleted')",
            "all mails of the box",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["store", "uid"],
        when: marks_all,
    },
    CallRow {
        kind: kind(
            "py.frappe",
            "for it in frappe.get_all('Invoice'): frappe.delete_doc('Invoice', it.name)",
            "no filter",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["delete_doc"],
        when: of_frappe,
    },
    CallRow {
        kind: kind(
            "py.gcs",
            "for blob in bucket.list_blobs(): blob.delete()",
            "no prefix",
            Cloud,
            Critical,
            "versioning, retention",
        ),
        languages: PYTHON,
        names: &["delete", "delete_blobs", "delete_blob"],
        when: blobs,
    },
];

/// Whether instances are chosen by a tag, which all machines of a project have, or by the state that they are in.
fn is_of_project(chain: &Chain) -> bool {
    let filter = chain.links.iter().find(|it| it.name == "filter").and_then(|it| it.call);
    let told = filter.into_iter().flat_map(|it| &it.arguments).flat_map(|it| texts_in(&it.value));
    told.into_iter().any(|it| it.starts_with("tag:") || it == "instance-state-name")
}

/// `ec2.instances.filter(InstanceIds=[it.id for it in ec2.instances.all()])`.
fn is_by_numbers_of_all(chain: &Chain) -> bool {
    let filter = chain.links.iter().find(|it| it.name == "filter").and_then(|it| it.call);
    let mut told = filter.into_iter().flat_map(|it| &it.arguments);
    let numbers = told.find(|it| it.name.as_deref() == Some("InstanceIds")).map(|it| &it.value);
    let listed =
        numbers.filter(|it| !chain.is_of_chosen(it)).and_then(|it| call_in(it, &["all", "filter"]));
    let is_all = |it: &Chain| it.on() == "instances" && it.narrowed() == Narrowed::Nothing;
    listed.is_some_and(|it| it.arguments.is_empty() && is_all(&Chain::of(it)))
}

/// All mails of a box are marked as deleted: `box.store('1:*', '+FLAGS', '\\Deleted')`, or each of what `search(None, 'ALL')` gives.
fn marks_all(chain: &Chain) -> Hit {
    let mut told = chain.arguments().iter().filter_map(|it| it.value.literal());
    let is_marked = told.any(|it| it.to_lowercase().contains("deleted"));
    let of = chain.argument(if chain.name() == "uid" { 1 } else { 0 });
    let Some(of) = of.filter(|it| is_marked && !chain.is_of_chosen(it)) else { return Hit::Miss };
    let asks_all = |call: &Call| {
        let last = call.arguments.last().and_then(|it| it.value.literal());
        last.is_some_and(|it| it.eq_ignore_ascii_case("all"))
    };
    hit(of.literal().as_deref() == Some("1:*")
        || call_in(of, &["search", "uid"]).is_some_and(asks_all))
}

/// Each document of a kind of Frappe, without a filter.
fn of_frappe(chain: &Chain) -> Hit {
    let Some(list) = comes_from(chain, &["get_all", "get_list"]) else { return Hit::Miss };
    let narrows = |it: &str| it.contains("filter") || it == "limit";
    let is_narrow = list.arguments.iter().any(|it| it.name.as_deref().is_some_and(narrows));
    let is_chosen = chain.arguments().iter().any(|it| chain.is_of_chosen(&it.value));
    let is_of_frappe = Chain::of(list).links.first().is_some_and(|it| it.name == "frappe");
    hit(is_of_frappe && !is_narrow && !is_chosen && list.arguments.len() < 3)
}

/// An item out of a scan of a whole table of DynamoDB.
fn scanned(chain: &Chain) -> Hit {
    let Some(call) = comes_from(chain, &["scan", "paginate"]) else { return Hit::Miss };
    let says_scan = |call: &Call| {
        call.arguments.first().is_some_and(|it| it.value.literal().as_deref() == Some("scan"))
    };
    // `client.get_paginator('scan').paginate(TableName=...)`.
    let is_scan = name_of(&call.callee) == "scan"
        || Chain::of(call).links.iter().any(|it| it.call.is_some_and(says_scan));
    hit(is_scan && !call.arguments.iter().any(|it| it.name.as_deref() == Some("FilterExpression")))
}

/// A row of all that PostgREST gives of a table.
fn selected(chain: &Chain) -> Hit {
    let value =
        chain.argument(1).filter(|_| chain.has(&["delete"]) && chain.has(&["table", "from_"]));
    let Some(value) = value.filter(|it| !chain.is_of_chosen(it)) else { return Hit::Miss };
    let mut open = vec![value];
    let (mut is_all, mut left) = (false, 300);
    while let Some(it) = open.pop().filter(|_| left > 0) {
        left -= 1;
        if let Form::Call(call) = &it.form {
            match name_of(&call.callee).as_str() {
                "select" => is_all = true,
                "table" | "from_" | "execute" | "create_client" | "get" | "order" | "range"
                | "getenv" | "Client" => {}
                _ => return Hit::Miss,
            }
        }
        open.extend(it.children());
    }
    hit(is_all)
}

fn listed_objects(chain: &Chain) -> Hit {
    // `bucket.delete_objects(Delete={"Objects": [... for it in bucket.objects.all()]})`.
    let of_resource = comes_from(chain, &["all"]).map(Chain::of);
    if of_resource.is_some_and(|it| it.on() == "objects" && it.narrowed() == Narrowed::Nothing) {
        return Hit::Full;
    }
    let lists = ["list_objects", "list_objects_v2", "list_object_versions", "paginate"];
    let Some(call) = comes_from(chain, &lists) else { return Hit::Miss };
    let names_bucket = call.arguments.iter().any(|it| it.name.as_deref() == Some("Bucket"));
    let prefix = call.arguments.iter().find(|it| it.name.as_deref() == Some("Prefix"));
    hit(names_bucket && prefix.is_none_or(|it| files::is_data(&it.value)))
}

fn cloud(chain: &Chain) -> Hit {
    match chain.name() {
        "delete_table" => hit(chain.named("TableName").is_some()),
        "delete_dataset" => hit(chain
            .named("delete_contents")
            .is_some_and(|it| matches!(it.form, Form::Bool(true)))),
        _ => hit(chain.has(&["resource_groups"])),
    }
}

fn blobs(chain: &Chain) -> Hit {
    // `bucket.delete(force=True)`: with all that is in it.
    let forced = chain.named("force").is_some_and(|it| matches!(it.form, Form::Bool(true)));
    if forced && chain.links.iter().any(|it| it.name.to_lowercase().ends_with("bucket")) {
        return Hit::Full;
    }
    let lists = ["list_blobs"];
    let on = chain.links.iter().find(|it| lists.contains(&it.name)).and_then(|it| it.call);
    let Some(call) = on.or_else(|| comes_from(chain, &lists)) else { return Hit::Miss };
    let is_narrow = |it: &str| it.contains("prefix") || it.starts_with("name_starts");
    hit(!call.arguments.iter().any(|it| it.name.as_deref().is_some_and(is_narrow)))
}
