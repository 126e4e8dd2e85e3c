//! Rows about calls of libraries of Python that are told by the module that they come from, or by a class of it.

use super::stores::PYTHON;
use super::when::is_indexed;
use crate::content::script::model::Scope::{Cloud, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::chain::{Chain, name_of};
use crate::content::script::operations::{CallRow, Hit, files, hit, kind};
use crate::content::script::syntax::{Act, Form, Parameter, Shared, Statement};
use crate::content::script::words::{is_for_a_while, is_of_tests, parts};

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "py.dataset",
            "dataset.connect(url)['users'].delete(), sqlite_utils.Database('shop.db')['users'].drop()",
            "all rows of a table, or the table",
            Table,
            High,
            "",
        ),
        languages: PYTHON,
        names: &["drop", "delete", "delete_where"],
        when: of_dataset,
    },
    CallRow {
        kind: kind("py.pony", "delete(it for it in Order)", "no condition", Table, High, ""),
        languages: PYTHON,
        names: &["delete"],
        when: of_pony,
    },
    CallRow {
        kind: kind("py.piccolo", "Order.delete(force=True).run_sync()", "", Table, High, ""),
        languages: PYTHON,
        names: &["delete"],
        when: |chain| {
            let runs = chain.behind.iter().any(|it| matches!(*it, "run" | "run_sync"));
            let is_bare = chain.arguments().len() == 1 && chain.links.len() == 2;
            hit(is_bare && runs && is_true(chain.named("force")) && !chain.is_narrowed_behind())
        },
    },
    CallRow {
        kind: kind(
            "py.file_systems",
            "s3fs.S3FileSystem().rm('shop', recursive=True), wr.s3.delete_objects('s3://shop/')",
            "a whole bucket, or a directory of data in one",
            Files,
            High,
            "versioning",
        ),
        languages: PYTHON,
        names: &["rm", "delete", "delete_objects"],
        when: of_file_system,
    },
    CallRow {
        kind: kind(
            "py.airflow",
            "S3DeleteBucketOperator(..., force_delete=True), BigQueryDeleteDatasetOperator(..., delete_contents=True)",
            "a bucket or a data set with all that is in it, or a table that is named",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: PYTHON,
        names: &[
            "S3DeleteBucketOperator",
            "GCSDeleteBucketOperator",
            "BigQueryDeleteDatasetOperator",
            "BigQueryDeleteTableOperator",
            "S3DeleteObjectsOperator",
            "GCSDeleteObjectsOperator",
        ],
        when: of_airflow,
    },
];

fn is_true(of: Option<&Shared>) -> bool {
    of.is_some_and(|it| matches!(it.form, Form::Bool(true)))
}

/// A table by its name: `db['users'].drop()`.
fn of_dataset(chain: &Chain) -> Hit {
    let Some(root) = chain.links.first() else { return Hit::Miss };
    let is_of = |module: &str| root.name == module || chain.module.contains(module);
    let opens = |it: &str| matches!(it, "connect" | "Database");
    let is_opened = chain.links.iter().any(|it| opens(it.name) && it.call.is_some());
    let in_memory = chain
        .links
        .iter()
        .filter_map(|it| it.call)
        .any(|it| it.arguments.iter().any(|it| it.name.as_deref() == Some("memory")));
    let is_whole = is_indexed(chain) && chain.arguments().is_empty() && !in_memory;
    hit(is_whole && is_opened && (is_of("dataset") || is_of("sqlite_utils")))
}

/// `delete(it for it in Order)` and no condition behind that.
fn of_pony(chain: &Chain) -> Hit {
    let [only] = chain.arguments() else { return Hit::Miss };
    let Form::Call(call) = &only.value.form else { return Hit::Miss };
    let Form::Member(on, map) = &call.callee.form else { return Hit::Miss };
    let is_plain = matches!(call.arguments.as_slice(), [it] if gives_itself(&it.value));
    let is_entity = name_of(on).starts_with(|it: char| it.is_ascii_uppercase());
    hit(chain.links.len() == 1 && is_plain && map == "map" && is_entity)
}

/// `it for it in Order`: each of them, as it is.
fn gives_itself(of: &Shared) -> bool {
    let Form::Lambda(function) = &of.form else { return false };
    let [Statement { act: Act::Return(Some(value)), .. }] = function.body.as_slice() else {
        return false;
    };
    let is_one = |it: &Parameter| matches!(&value.form, Form::Name(name) if *name == it.name);
    matches!(function.parameters.as_slice(), [only] if is_one(only))
}

/// Modules of file systems that lie in a cloud.
const FILE_SYSTEMS: &[&str] = &["s3fs", "gcsfs", "adlfs", "fsspec", "hdfs"];

/// A whole bucket, or what is data by its path, with all below it.
fn of_file_system(chain: &Chain) -> Hit {
    let root = chain.links.first().map_or("", |it| it.name);
    let is_of = |module: &str| root == module || chain.module.contains(module);
    let is_wrangler = chain.name() == "delete_objects"
        && chain.on() == "s3"
        && (is_of("awswrangler") || root == "wr")
        && !chain
            .arguments()
            .iter()
            .any(|it| it.name.as_deref().is_some_and(|it| it.starts_with("last_modified")));
    let is_file_system = chain.name() != "delete_objects"
        && FILE_SYSTEMS.iter().any(|it| is_of(it))
        && is_true(chain.named("recursive").or(chain.argument(1)))
        && !is_local(chain);
    let path = chain.named("path").or(chain.argument(0));
    hit((is_wrangler || is_file_system) && path.is_some_and(holds_data))
}

/// `fsspec.filesystem("file")`: the files of this machine, or none.
fn is_local(chain: &Chain) -> bool {
    let made = chain.links.iter().filter_map(|it| it.call).filter_map(|it| it.arguments.first());
    let mut kinds = made.filter_map(|it| it.value.literal());
    kinds.any(|it| matches!(it.as_str(), "file" | "local" | "memory"))
}

/// Whether a place in a cloud that stands in the script is none for a while, and none of what a program makes.
fn holds_data(path: &Shared) -> bool {
    path.literal().is_some_and(|it| it.len() > 1 && !passes(&it))
}

/// Words of names of what is there for a while, or is made anew.
const OF_WORK: &[&str] = &[
    "staging",
    "stage",
    "stg",
    "cache",
    "checkpoint",
    "checkpoints",
    "scratch",
    "output",
    "outputs",
    "out",
    "logs",
    "log",
    "build",
    "dist",
    "artifacts",
    "results",
    "work",
    "workdir",
];

/// Whether a name is that of what is there for a while, or is made anew.
fn passes(name: &str) -> bool {
    is_for_a_while(name)
        || is_of_tests(name)
        || parts(name).iter().any(|it| OF_WORK.contains(&it.as_str()))
}

/// An operator of Airflow that takes away all that a bucket or a data set holds, or a table whose name stands in the file.
fn of_airflow(chain: &Chain) -> Hit {
    let text = |name: &str| chain.named(name).and_then(|it| it.literal());
    let lasts = |name: &str| text(name).is_none_or(|it| !passes(&it));
    match chain.name() {
        "S3DeleteBucketOperator" => {
            hit(is_true(chain.named("force_delete")) && lasts("bucket_name"))
        }
        "GCSDeleteBucketOperator" => hit(lasts("bucket_name")),
        "BigQueryDeleteDatasetOperator" => {
            hit(is_true(chain.named("delete_contents")) && lasts("dataset_id"))
        }
        "S3DeleteObjectsOperator" | "GCSDeleteObjectsOperator" => {
            let is_wide =
                |it: &Shared| it.literal().is_some_and(|it| it.is_empty()) || files::is_data(it);
            let bucket = if chain.named("bucket").is_some() { "bucket" } else { "bucket_name" };
            hit(chain.named("prefix").is_some_and(is_wide) && lasts(bucket))
        }
        // `orders_{{ ds }}` is that of one day.
        _ => {
            hit(text("deletion_dataset_table").is_some_and(|it| !it.contains('{') && !passes(&it)))
        }
    }
}
