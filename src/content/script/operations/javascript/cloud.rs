//! Rows about calls in JavaScript and TypeScript that go to a cloud.

use super::super::chain::{Chain, always, name_of};
use super::super::listed::takes_lot;
use super::super::{CallRow, Hit, kind};
use super::BOTH;
use super::asked::field;
use super::elsewhere::comes_from;
use super::embedded::given_back;
use crate::content::script::model::Scope::{Backup, Cloud, Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::{files, hit};
use crate::content::script::syntax::{Form, Shared};

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "js.aws",
            "new DeleteTableCommand(...), DeleteDBInstanceCommand, TerminateInstancesCommand, DeleteBucketCommand",
            "",
            Cloud,
            Critical,
            "DeletionProtection",
        ),
        languages: BOTH,
        names: &[
            "DeleteTableCommand",
            "DeleteDBInstanceCommand",
            "DeleteDBClusterCommand",
            "DeleteBucketCommand",
            "TerminateInstancesCommand",
            "DeleteStackCommand",
            "DeleteUserPoolCommand",
            "DeleteFileSystemCommand",
            "DeleteVolumeCommand",
            "deleteTable",
            "deleteDBInstance",
            "deleteBucket",
            "emptyBucket",
        ],
        when: aws,
    },
    CallRow {
        kind: kind(
            "js.aws.snapshot",
            "new DeleteSnapshotCommand(...), DeleteDBSnapshotCommand, DeleteBackupCommand",
            "",
            Backup,
            Critical,
            "a vault lock",
        ),
        languages: BOTH,
        names: &[
            "DeleteSnapshotCommand",
            "DeleteDBSnapshotCommand",
            "DeleteBackupCommand",
            "DeleteRecoveryPointCommand",
            "DeleteDBClusterSnapshotCommand",
        ],
        when: always,
    },
    CallRow {
        kind: kind(
            "js.cloud.files",
            "new DeleteObjectsCommand(...) of all that ListObjectsV2Command gives, bucket.deleteFiles(), cloudinary.api.delete_all_resources()",
            "no prefix, or one of data",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: BOTH,
        names: &[
            "DeleteObjectsCommand",
            "deleteObjects",
            "DeleteObjectCommand",
            "deleteObject",
            "deleteFiles",
            "delete_all_resources",
            "delete_resources",
            "remove",
            "delete",
        ],
        when: stored,
    },
    CallRow {
        kind: kind(
            "js.couch",
            "nano.db.destroy('shop'), new PouchDB('http://...').destroy()",
            "a database of a server",
            Database,
            Critical,
            "",
        ),
        languages: BOTH,
        names: &["destroy"],
        when: |chain| {
            let is_named =
                chain.on() == "db" && chain.links.len() == 3 && chain.argument(0).is_some();
            let made = chain.links.iter().find(|it| it.name == "PouchDB").and_then(|it| it.call);
            let is_away = made
                .and_then(|it| it.arguments.first())
                .is_some_and(|it| it.value.literal().is_some_and(|it| it.starts_with("http")));
            hit(is_named || is_away)
        },
    },
    CallRow {
        kind: kind(
            "js.aws.items",
            "new BatchWriteCommand({ RequestItems: { orders: items.map((it) => ({ DeleteRequest: ... })) } })",
            "of all that a scan gives",
            Table,
            High,
            "",
        ),
        languages: BOTH,
        names: &["BatchWriteCommand", "BatchWriteItemCommand", "batchWrite", "batchWriteItem"],
        when: |chain| {
            let items = chain.argument(0).and_then(|it| field(it, "RequestItems"));
            hit(items.is_some_and(takes_scanned))
        },
    },
    CallRow {
        kind: kind("js.amqp", "channel.purgeQueue('jobs')", "", Database, High, ""),
        languages: BOTH,
        names: &["purgeQueue"],
        when: |chain| hit(chain.links.len() > 1),
    },
];

fn aws(chain: &Chain) -> Hit {
    let first = chain.argument(0);
    let has = |name: &str| first.is_some_and(|it| field(it, name).is_some());
    let is_so = match chain.name() {
        "deleteTable" => has("TableName"),
        "deleteDBInstance" => has("DBInstanceIdentifier"),
        "deleteBucket" => has("Bucket"),
        "emptyBucket" => chain.has(&["storage"]),
        _ => true,
    };
    hit(is_so)
}

/// Calls that list what is in a bucket.
const LISTS: &[&str] = &[
    "ListObjectsV2Command",
    "ListObjectsCommand",
    "ListObjectVersionsCommand",
    "listObjectsV2",
    "listObjects",
    "listObjectVersions",
    "paginateListObjectsV2",
];

fn stored(chain: &Chain) -> Hit {
    let first = chain.argument(0);
    let is_all = match chain.name() {
        "delete_all_resources" => true,
        // `cloudinary.api.delete_resources(resources.map((it) => it.public_id))`.
        "delete_resources" => {
            first.is_some_and(|it| comes_from(it, &["resources"], &["filter", "slice", "find"]))
        }
        // `new Storage().bucket('assets').delete()`.
        "delete" => chain.on() == "bucket" && first.is_none() && chain.has(&["Storage", "storage"]),
        // `storage.from('avatars').remove(files.map((it) => it.name))`.
        "remove" => {
            let is_storage = chain.has(&["storage"]) && chain.has(&["from"]);
            first.is_some_and(|it| {
                is_storage && comes_from(it, &["list"], &["filter", "slice", "find"])
            })
        }
        "deleteFiles" => {
            let is_all = |it: &Shared| field(it, "prefix").is_none_or(files::is_data);
            chain.has(&["bucket"]) && first.is_none_or(is_all)
        }
        "deleteObjects" | "DeleteObjectsCommand" => {
            first.and_then(|it| field(field(it, "Delete")?, "Objects")).is_some_and(lists_all)
        }
        _ => first.and_then(|it| field(it, "Key")).is_some_and(lists_all),
    };
    hit(is_all)
}

/// Whether a value is made of a list of all that a bucket holds.
fn lists_all(of: &Shared) -> bool {
    let mut open: Vec<&Shared> = vec![of];
    let (mut is_all, mut left) = (false, 300);
    while let Some(it) = open.pop().filter(|_| left > 0) {
        left -= 1;
        if let Form::Call(call) = &it.form {
            let name = name_of(&call.callee);
            if matches!(name.as_str(), "filter" | "find" | "slice") && !takes_lot(call) {
                return false;
            }
            if LISTS.contains(&name.as_str()) {
                let options = call.arguments.last().map(|it| &it.value);
                // What is not written down may have a prefix; `uploads/` is one of data.
                let is_whole = |it: &Shared| it.literal().is_some() && files::is_data(it);
                let is_open = options.is_some_and(|it| {
                    matches!(it.form, Form::Map(_)) && field(it, "Prefix").is_none_or(is_whole)
                });
                if !is_open {
                    return false;
                }
                is_all = true;
            }
        }
        open.extend(it.children());
    }
    is_all
}

/// Whether requests delete what a scan of a table gives, and nothing chooses among it.
fn takes_scanned(requests: &Shared) -> bool {
    let mut open: Vec<&Shared> = vec![requests];
    let (mut deletes, mut is_all, mut left) = (false, false, 300);
    while let Some(it) = open.pop().filter(|_| left > 0) {
        left -= 1;
        match &it.form {
            Form::Map(pairs) => {
                deletes |=
                    pairs.iter().any(|(key, _)| key.literal().as_deref() == Some("DeleteRequest"));
            }
            Form::Lambda(function) => open.extend(given_back(function)),
            Form::Call(call) => match name_of(&call.callee).as_str() {
                "filter" | "find" => return false,
                "scan" | "ScanCommand" => {
                    let options = call.arguments.first().map(|it| &it.value);
                    is_all |= options.is_some_and(|it| field(it, "FilterExpression").is_none());
                }
                _ => {}
            },
            _ => {}
        }
        open.extend(it.children());
    }
    deletes && is_all
}
