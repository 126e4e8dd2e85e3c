//! Rows about calls in Ruby that go by keys of all rows, and about older or rarer clients of stores.

use super::super::chain::{Chain, name_of};
use super::super::{CallRow, Hit, kind};
use super::{RUBY, is_constant};
use crate::content::script::model::Scope::{Cloud, Database, Table};
use crate::content::script::model::Weight::{Critical, High};
use crate::content::script::operations::hit;
use crate::content::script::syntax::{Call, Form, Shared, each_of};

pub(in crate::content::script::operations) static CALLS: &[CallRow] = &[
    CallRow {
        kind: kind(
            "rb.ar.keys",
            "User.destroy(User.pluck(:id)), User.delete(User.ids)",
            "the keys are those of all rows",
            Table,
            High,
            "raise unless Rails.env...",
        ),
        languages: RUBY,
        names: &["destroy", "delete"],
        when: |chain| {
            let is_model = chain.links.len() == 2 && is_constant(chain.on());
            hit(is_model && chain.argument(0).is_some_and(lists_all))
        },
    },
    CallRow {
        kind: kind(
            "rb.mongo.old",
            "Mongoid.truncate!, Mongo::Connection.new.db('shop').collection('users').remove",
            "no filter",
            Database,
            High,
            "",
        ),
        languages: RUBY,
        names: &["truncate!", "remove"],
        when: |chain| {
            hit(chain.arguments().is_empty()
                && match chain.name() {
                    "truncate!" => chain.on() == "Mongoid",
                    _ => is_collection(chain) && !chain.is_on_chosen(),
                })
        },
    },
    CallRow {
        kind: kind(
            "rb.search",
            "Sunspot.remove_all!, Product.clear_index!, Product.searchkick_index.delete, UsersIndex.purge!",
            "all of an index",
            Database,
            High,
            "",
        ),
        languages: RUBY,
        names: &["remove_all!", "remove_all", "clear_index!", "delete", "purge!"],
        when: |chain| {
            let on = chain.on();
            hit(match chain.name() {
                "remove_all!" | "remove_all" => on == "Sunspot",
                "clear_index!" => is_constant(on),
                "purge!" => is_constant(on) && on.ends_with("Index") && on != "Index",
                _ => {
                    chain.arguments().is_empty()
                        && (on == "searchkick_index" || on == "index" && chain.has(&["Tire"]))
                }
            })
        },
    },
    CallRow {
        kind: kind(
            "rb.aws.old",
            "AWS::S3.new.buckets['uploads'].clear!, AWS::S3::Bucket.delete('uploads', force: true)",
            "a bucket as a whole",
            Cloud,
            Critical,
            "versioning",
        ),
        languages: RUBY,
        names: &["clear!", "delete!", "delete_all", "delete"],
        when: |chain| {
            let on = chain.on();
            let is_forced =
                || chain.named("force").is_some_and(|it| matches!(it.form, Form::Bool(true)));
            hit(match chain.name() {
                "clear!" => on == "buckets",
                "delete!" => {
                    on == "buckets" || on == "new" && chain.has(&["S3"]) && chain.has(&["Bucket"])
                }
                "delete_all" => on == "objects" && chain.has(&["buckets", "bucket"]),
                _ => on == "Bucket" && chain.has(&["S3"]) && is_forced(),
            })
        },
    },
    CallRow {
        kind: kind(
            "rb.machines",
            "Aws::EC2::Resource.new.instances.each(&:terminate), compute.servers.each(&:destroy)",
            "all of them",
            Cloud,
            Critical,
            "deletion protection",
        ),
        languages: RUBY,
        names: &["each", "map", "destroy", "terminate"],
        when: machines,
    },
];

/// What clients of clouds list.
const MACHINES: &[&str] =
    &["instances", "servers", "volumes", "snapshots", "droplets", "directories"];

/// Names of such clients, and of their modules.
const CLOUDS: &[&str] =
    &["Fog", "Aws", "AWS", "DropletKit", "compute", "connection", "client", "ec2", "cloud"];

/// Each of the machines or disks that a client lists.
fn machines(chain: &Chain) -> Hit {
    let is_by_one = !matches!(chain.name(), "each" | "map");
    let given = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
    let list = chain.links.iter().rev().nth(1);
    let is_whole = list.is_some_and(|it| it.call.is_none_or(|it| it.arguments.is_empty()));
    let is_each = || {
        let call = chain.links.last().and_then(|it| it.call);
        call.is_some_and(|it| it.callee.children().into_iter().any(|it| each_of(it).is_some()))
            && chain.arguments().is_empty()
            && !chain.is_on_chosen()
    };
    let takes_all = match is_by_one {
        true => is_each(),
        false => matches!(given.as_str(), "terminate" | "destroy" | "delete"),
    };
    hit(is_whole && MACHINES.contains(&chain.on()) && chain.has(CLOUDS) && takes_all)
}

/// `User.pluck(:id)`, `User.ids`, `User.all`.
fn lists_all(of: &Shared) -> bool {
    let call: &Call = match &of.form {
        Form::Call(call) => call,
        _ => return false,
    };
    let chain = Chain::of(call);
    let between = chain.links.iter().skip(1).rev().skip(1);
    chain.links.first().is_some_and(|it| is_constant(it.name))
        && matches!(chain.name(), "pluck" | "ids" | "all")
        && between.into_iter().all(|it| {
            is_constant(it.name) || matches!(it.name, "all" | "unscoped" | "order" | "with_deleted")
        })
}

/// Whether it is called on a collection of the older clients of MongoDB, or on each of them.
fn is_collection(chain: &Chain) -> bool {
    let is_client = chain.links.first().is_some_and(|it| {
        matches!(it.name, "Mongo" | "MongoMapper" | "Mongoid" | "MongoClient" | "Moped")
    });
    let on = chain.links.last().and_then(|it| it.call).and_then(|it| match &it.callee.form {
        Form::Member(on, _) => Some(on),
        _ => None,
    });
    let is_each_of = |it: &Shared| match &it.form {
        Form::Call(call) => name_of(&call.callee) == "collections",
        Form::Member(_, name) => name == "collections",
        _ => false,
    };
    is_client
        && (chain.on() == "collection" || on.and_then(|it| each_of(it)).is_some_and(is_each_of))
}
