//! Rows about calls in Go that go to a cloud, or through all that a store lists.

use super::super::chain::{Chain, call_among, name_of};
use super::super::{CallRow, Hit, kind};
use super::{GO, hit};
use crate::content::script::model::Scope::{Cloud, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::syntax::{Call, Form, Shared};

pub(super) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "go.aws",
            "client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: name}), client.DeleteBucket(...)",
            "a table, database or bucket is named",
            Cloud,
            Critical,
            "DeletionProtection",
        ),
        languages: GO,
        names: &["DeleteTable", "DeleteBucket", "DeleteDBInstance", "DeleteDBCluster"],
        when: aws,
    },
    CallRow {
        kind: kind(
            "go.firestore",
            "client.Collection(\"users\").Documents(ctx): doc.Ref.Delete(ctx)",
            "the whole collection",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["Delete"],
        when: |chain| {
            let narrows = ["Where", "Doc", "Query"];
            let is_listed = chain.has(&["Ref"]) && chain.has(&["Documents"]);
            hit(is_listed && !chain.has(&narrows) || is_document_of_all(chain, &narrows))
        },
    },
    CallRow {
        kind: kind(
            "go.firebase.users",
            "client.DeleteUser(ctx, user.UID) of what client.Users(ctx, \"\") gave back",
            "nothing chooses among them",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["DeleteUser", "DeleteUsers"],
        when: |chain| {
            let mut given = chain.arguments().iter().filter(|it| !chain.is_of_chosen(&it.value));
            hit(chain.links.len() > 1 && given.any(|it| listing(&it.value, &["Users"]).is_some()))
        },
    },
    CallRow {
        kind: kind(
            "go.s3",
            "client.DeleteObjects(ctx, ...) of what ListObjectsV2 gave back, client.RemoveObject(ctx, bucket, it.Key, ...)",
            "no prefix",
            Cloud,
            Critical,
            "versioning, MFA delete, Object Lock",
        ),
        languages: GO,
        names: &["DeleteObject", "DeleteObjects", "RemoveObject", "RemoveObjects"],
        when: |chain| each_of(chain, OBJECTS, "Prefix"),
    },
    CallRow {
        kind: kind(
            "go.s3.iterator",
            "batcher.Delete(ctx, s3manager.NewDeleteListIterator(client, &s3.ListObjectsInput{Bucket: name}))",
            "no prefix",
            Cloud,
            Critical,
            "versioning, MFA delete, Object Lock",
        ),
        languages: GO,
        names: &["Delete"],
        when: |chain| each_of(chain, &["NewDeleteListIterator"], "Prefix"),
    },
    CallRow {
        kind: kind(
            "go.gcs",
            "bucket.Object(attrs.Name).Delete(ctx) of what bucket.Objects(ctx, nil) gave back",
            "no prefix",
            Cloud,
            Critical,
            "versioning, retention",
        ),
        languages: GO,
        names: &["Delete"],
        when: |chain| {
            let object = chain.links.iter().find(|it| it.name == "Object").and_then(|it| it.call);
            let name = object.and_then(|it| it.arguments.first()).map(|it| &it.value);
            let Some(name) = name.filter(|it| !chain.is_of_chosen(it)) else { return Hit::Miss };
            hit(listing(name, &["Objects"]).is_some_and(|it| {
                // The iterator takes no query, or an empty one.
                it.arguments.iter().filter(|it| it.name.is_none()).all(|it| match &it.value.form {
                    Form::Nothing => true,
                    Form::Map(pairs) => pairs.is_empty(),
                    _ => false,
                })
            }))
        },
    },
    CallRow {
        kind: kind(
            "go.dynamo.items",
            "client.DeleteItem(ctx, ...) of what Scan(ctx, &dynamodb.ScanInput{TableName: name}) gave back",
            "the scan is not narrowed down",
            Table,
            High,
            "",
        ),
        languages: GO,
        names: &["DeleteItem", "DeleteItemWithContext", "BatchWriteItem"],
        when: |chain| {
            each_of(
                chain,
                &["Scan", "ScanWithContext", "NewScanPaginator", "ScanPages"],
                "FilterExpression",
            )
        },
    },
];

/// Calls that list what is in a bucket.
const OBJECTS: &[&str] = &[
    "ListObjects",
    "ListObjectsV2",
    "ListObjectsWithContext",
    "ListObjectsV2WithContext",
    "ListObjectVersions",
    "NewListObjectsV2Paginator",
    "NewListObjectVersionsPaginator",
    "ListObjectsPages",
    "ListObjectsV2Pages",
    "ListObjectVersionsPages",
    "ListObjectsV2PagesWithContext",
];

/// `client.Collection("users").Doc(it.Ref.ID).Delete(ctx)` of each of what the whole collection has.
fn is_document_of_all(chain: &Chain, narrows: &[&str]) -> bool {
    let document = chain.links.iter().find(|it| it.name == "Doc").and_then(|it| it.call);
    let key = document.and_then(|it| it.arguments.first()).map(|it| &it.value);
    let listed =
        key.filter(|it| !chain.is_of_chosen(it)).and_then(|it| listing(it, &["Documents"]));
    listed.map(Chain::of).is_some_and(|it| it.has(&["Collection"]) && !it.has(narrows))
}

fn aws(chain: &Chain) -> Hit {
    let fields = ["TableName", "Bucket", "DBInstanceIdentifier", "DBClusterIdentifier"];
    hit(chain.arguments().iter().any(|it| match &it.value.form {
        Form::Map(pairs) => pairs
            .iter()
            .any(|(key, _)| key.literal().is_some_and(|it| fields.contains(&it.as_str()))),
        _ => false,
    }))
}

/// The call of one of these names that a value is made of.
fn listing<'a>(of: &'a Shared, names: &[&str]) -> Option<&'a Call> {
    call_among(vec![of], 300, names)
}

/// Each of all that one of these calls lists, where its options are written down and do not narrow it down.
fn each_of(chain: &Chain, names: &[&str], narrows: &str) -> Hit {
    let is_all = chain.arguments().iter().any(|it| {
        !chain.is_of_chosen(&it.value)
            && listing(&it.value, names).is_some_and(|list| {
                let options = list.arguments.iter().find_map(|it| match &it.value.form {
                    Form::Map(pairs) => Some(pairs),
                    _ => None,
                });
                options.is_some_and(|it| {
                    !it.iter()
                        .any(|(key, _)| key.literal().unwrap_or_else(|| name_of(key)) == narrows)
                })
            })
    });
    hit(is_all)
}
