//! When calls in Ruby take away all that a store of keys, an index or a bucket holds.

use super::super::addresses::names_index;
use super::super::chain::{Chain, name_of};
use super::super::{CallRow, Hit, kind};
use super::RUBY;
use crate::content::script::model::Scope::{Cloud, Database, Files, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Form, Shared, each_of};
use crate::content::script::value::texts_in;

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "rb.aws",
            "Aws::DynamoDB::Client.new.delete_table(...), rds.delete_db_instance(...)",
            "it is a client of AWS",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: RUBY,
        names: &[
            "delete_table",
            "delete_db_instance",
            "delete_db_cluster",
            "delete_stack",
            "terminate_instances",
            "delete_bucket",
            "delete_file_system",
            "delete_user_pool",
            "delete_db_snapshot",
            "delete_snapshot",
            "delete_volume",
        ],
        when: |chain| {
            let is_aws = chain.links.iter().any(|it| {
                it.name.starts_with("Aws")
                    || matches!(
                        it.name,
                        "dynamodb" | "ddb" | "rds" | "ec2" | "cloudformation" | "cfn" | "s3"
                    )
            });
            hit(is_aws && !chain.arguments().is_empty())
        },
    },
    CallRow {
        kind: kind(
            "rb.aws.each",
            "client.list_objects_v2(bucket: 'b').contents.each { |it| client.delete_object(...) }",
            "the list has no prefix",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: RUBY,
        names: &["delete_object", "delete_objects", "delete_item", "delete_message"],
        when: |chain| {
            let lists = ["list_objects", "list_objects_v2", "list_object_versions", "scan"];
            let of_all = |it: &Shared| made_of(it, &lists, &["prefix", "filter_expression"]);
            let chosen = chain.arguments().iter().any(|it| chain.is_of_chosen(&it.value));
            hit(chain.arguments().iter().any(|it| of_all(&it.value)) && !chosen)
        },
    },
    CallRow {
        kind: kind(
            "rb.each",
            "client.collections.each(&:drop), client.collections.each { |it| it.drop }",
            "all collections",
            Database,
            Critical,
            "",
        ),
        languages: RUBY,
        names: &["each", "drop"],
        when: each,
    },
    CallRow {
        kind: kind(
            "rb.es.query",
            "client.delete_by_query(index: 'orders', body: { query: { match_all: {} } })",
            "all documents",
            Database,
            Critical,
            "",
        ),
        languages: RUBY,
        names: &["delete_by_query"],
        when: |chain| {
            let said = chain.named("body").map(all_texts).unwrap_or_default();
            hit(said.iter().any(|it| it == "match_all"))
        },
    },
    CallRow {
        kind: kind(
            "rb.jobs",
            "Sidekiq::Queue.new.clear, Sidekiq::RetrySet.new.clear, Resque.remove_queue('mail'), Delayed::Job.delete_all",
            "",
            Table,
            High,
            "",
        ),
        languages: RUBY,
        names: &["clear", "each", "remove_queue"],
        when: |chain| {
            let each = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
            let name = |at: usize| chain.links.get(at).map_or("", |it| it.name);
            let is_set = name(0) == "Sidekiq"
                && matches!(name(1), "Queue" | "RetrySet" | "ScheduledSet" | "DeadSet" | "JobSet");
            hit(match chain.name() {
                "remove_queue" => name(0) == "Resque",
                "each" => is_set && chain.on() == "all" && each == "clear",
                _ => is_set,
            })
        },
    },
    CallRow {
        kind: kind(
            "rb.fs.each",
            "Dir['public/system/**/*'].each { |it| File.delete(it) }",
            "each file of a directory that holds data",
            Files,
            High,
            "",
        ),
        languages: RUBY,
        names: &["delete", "unlink", "rm", "rm_f", "rm_rf"],
        when: |chain| {
            let is_file = matches!(chain.on(), "File" | "FileUtils");
            let one = chain.argument(0).filter(|it| !chain.is_of_chosen(it));
            // `FileUtils.rm(Dir.glob('uploads/*'))` takes them all at once.
            let are_all = |it: &Shared| {
                let path = super::listed(it);
                !std::ptr::eq(&*path, &**it) && super::super::files::is_data(&path)
            };
            hit(is_file && one.is_some_and(|it| is_listed_data(it) || are_all(it)))
        },
    },
];

/// All texts and names of fields in a value.
fn all_texts(of: &Shared) -> Vec<String> {
    let mut all = texts_in(of);
    let mut open = vec![of];
    for _ in 0..100 {
        let Some(it) = open.pop() else { break };
        if let Form::Map(pairs) = &it.form {
            all.extend(pairs.iter().map(|(key, _)| name_of(key)));
        }
        open.extend(it.children());
    }
    all
}

/// Whether a value is made of what one of these calls lists, where none of these narrows it down.
fn made_of(of: &Shared, lists: &[&str], narrow: &[&str]) -> bool {
    let mut open = vec![of];
    for _ in 0..200 {
        let Some(it) = open.pop() else { return false };
        if let Form::Call(call) = &it.form
            && lists.contains(&name_of(&call.callee).as_str())
        {
            let is_narrow = call.arguments.iter().any(|it| {
                it.name.as_deref().is_some_and(|it| narrow.contains(&it))
                    || all_texts(&it.value).iter().any(|it| narrow.contains(&it.as_str()))
            });
            return !is_narrow;
        }
        open.extend(it.children());
    }
    false
}

/// Each collection of a database.
fn each(chain: &Chain) -> Hit {
    let given = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
    match chain.name() {
        "each" => hit(chain.on() == "collections" && given == "drop"),
        "drop" => {
            let call = chain.links.last().and_then(|it| it.call);
            let of_all =
                |it: &Shared| made_of(it, &["collections", "list_collections"], &["filter"]);
            let on = chain.links.iter().rev().nth(1).map_or("", |it| it.name);
            hit(on == "collections" && !chain.is_on_chosen()
                || call.is_some_and(|it| of_all(&it.callee)))
        }
        _ => Hit::Miss,
    }
}

/// One of the files that `Dir['uploads/*']` or `Dir.glob` lists, or `Dir.children`, whose names stand behind the directory's.
fn is_listed_data(of: &Shared) -> bool {
    if let Form::Join(parts) = &of.form
        && let [directory, between @ .., one] = parts.as_slice()
    {
        return !between.is_empty()
            && each_of(one).is_some_and(|all| !std::ptr::eq(&*super::listed(all), &**all))
            && super::super::files::is_data(directory);
    }
    let Some(all) = each_of(of) else { return false };
    let path = super::listed(all);
    let said = path.literal().map(|it| it.replace("/**", ""));
    !std::ptr::eq(&*path, &**all)
        && match said {
            Some(it) => super::super::files::path_of_data(&it),
            None => super::super::files::is_data(&path),
        }
}

/// `redis.flushdb`, `Sidekiq.redis(&:flushdb)`.
pub(super) fn redis(chain: &Chain) -> Hit {
    let given = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
    let is_given = matches!(given.as_str(), "flushall" | "flushdb");
    hit(chain.name() != "redis" || is_given)
}

pub(super) fn search(chain: &Chain) -> Hit {
    let is = |of: Option<&Shared>, words: &[&str]| {
        of.and_then(|it| it.literal()).is_some_and(|it| words.contains(&it.as_str()))
    };
    let is_all = match chain.name() {
        "delete_index!" => chain.has(&["__elasticsearch__"]),
        "delete" => chain.on() == "indices" && chain.named("index").is_some_and(names_index),
        _ => is(chain.argument(0), &["*:*"]),
    };
    hit(is_all)
}

/// A bucket of S3 as a whole.
pub(super) fn bucket(chain: &Chain) -> Hit {
    let narrows = chain
        .links
        .iter()
        .any(|it| it.name == "objects" && it.call.is_some_and(|it| !it.arguments.is_empty()));
    // `bucket.objects.each(&:delete)`, or a loop over them.
    let each = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
    let is_bucket = match chain.name() {
        "each" => chain.on() == "objects" && each == "delete",
        "delete" => {
            chain.on() == "objects"
                && chain.arguments().is_empty()
                && chain.has(&["bucket", "bucket()"])
                && !chain.is_on_chosen()
        }
        "batch_delete!" if chain.on() == "objects" => true,
        _ => chain.on().ends_with("bucket"),
    };
    hit(is_bucket && !narrows)
}
