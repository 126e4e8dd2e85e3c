//! Settings that switch off what keeps the data of a resource: by themselves they destroy nothing.

use super::document::Block;
use crate::content::script::model::SwitchedOff;

/// Types of resources, a setting, and the value that takes the safeguard away. The provider has it on by itself: what only says
/// what is so in any case, such as `prevent_destroy = false`, switches nothing off.
const SETTINGS: &[(&[&str], &str, &str)] = &[
    (
        &[
            "aws_db_instance",
            "aws_rds_cluster",
            "aws_docdb_cluster",
            "aws_neptune_cluster",
            "aws_redshift_cluster",
        ],
        "skip_final_snapshot",
        "true",
    ),
    (
        &[
            "aws_s3_bucket",
            "aws_backup_vault",
            "google_storage_bucket",
            "oci_objectstorage_bucket",
            "scaleway_object_bucket",
            "digitalocean_spaces_bucket",
        ],
        "force_destroy",
        "true",
    ),
    (
        &["google_sql_database_instance", "google_spanner_database", "google_bigtable_instance"],
        "deletion_protection",
        "false",
    ),
    (&["google_bigquery_dataset"], "delete_contents_on_destroy", "true"),
];

/// Arguments of a database that holds what another one has as well.
const COPIES: &[&str] =
    &["replicate_source_db", "replication_source_identifier", "master_instance_name"];

/// Words in the name of a resource whose data is made for a while.
const FOR_A_WHILE: &[&str] = &[
    "test",
    "tests",
    "testing",
    "dev",
    "development",
    "sandbox",
    "demo",
    "example",
    "preview",
    "ephemeral",
    "tmp",
    "temp",
    "scratch",
    "staging",
    "replica",
    "cache",
];

/// The names of these settings.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SETTINGS.iter().map(|(_, name, _)| *name)
}

/// What resources that hold data switch off.
pub(super) fn switched_off(blocks: &[Block]) -> Vec<SwitchedOff> {
    let mut all = Vec::new();
    for block in blocks.iter().filter(|it| it.kind == "resource") {
        let of = block.label(0);
        let known = SETTINGS.iter().filter(|(types, _, _)| types.contains(&of));
        for (_, setting, value) in known {
            let Some(set) = block.get(setting).filter(|it| it.code() == *value) else { continue };
            if COPIES.iter().any(|it| block.get(it).is_some())
                || is_for_a_while(block)
                || is_filled_here(block, blocks)
            {
                continue;
            }
            all.push(SwitchedOff {
                line: set.line,
                setting: format!("{setting} = {value}"),
                of: of.to_owned(),
                anchor: format!("tf.config {of}.{} {setting}", block.label(1)),
            });
        }
    }
    all
}

/// Whether its name, or what it is called by, says that its data is made for a while.
fn is_for_a_while(block: &Block) -> bool {
    let names = ["identifier", "cluster_identifier", "bucket", "name", "dataset_id"];
    let given = names.iter().filter_map(|it| block.get(it)?.told()).map(|it| it.text.as_str());
    given.chain([block.label(1)]).any(|name| {
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        words.any(|it| FOR_A_WHILE.contains(&it.to_lowercase().as_str()))
    })
}

/// Whether the file itself fills a bucket: then the next run does so again.
fn is_filled_here(bucket: &Block, blocks: &[Block]) -> bool {
    let name = format!("{}.{}", bucket.label(0), bucket.label(1));
    blocks.iter().filter(|it| it.kind == "resource" && it.label(0).contains("object")).any(|it| {
        it.get("bucket").is_some_and(|it| {
            let rest = it.code().strip_prefix(&name);
            rest.is_some_and(|it| it.is_empty() || it.starts_with(['.', '[']))
        })
    })
}
