//! When calls in Ruby take away all that a store of keys, an index or a bucket holds.

use super::super::Hit;
use super::super::addresses::names_index;
use super::super::chain::{Chain, name_of};
use crate::content::script::syntax::{Form, Shared};

/// `redis.flushdb`, `Sidekiq.redis(&:flushdb)`.
pub(super) fn redis(chain: &Chain) -> Hit {
    let given = chain.named("&").and_then(|it| it.literal()).unwrap_or_default();
    let is_given = matches!(given.as_str(), "flushall" | "flushdb");
    if matches!(chain.name(), "del" | "unlink") {
        let is_all = chain.argument(0).is_some_and(lists_keys);
        return if is_all && !chain.is_on_chosen() { Hit::Full } else { Hit::Miss };
    }
    if chain.name() != "redis" || is_given { Hit::Full } else { Hit::Miss }
}

/// `redis.keys`, `redis.keys('*')`, or each of them.
fn lists_keys(of: &Shared) -> bool {
    match &of.form {
        Form::Index(on, by) if matches!(by.form, Form::Nothing) => lists_keys(on),
        Form::Call(call) => {
            name_of(&call.callee) == "keys"
                && Chain::of(call)
                    .links
                    .first()
                    .is_some_and(|it| it.name.to_lowercase().contains("redis"))
                && call.arguments.iter().all(|it| it.value.literal().as_deref() == Some("*"))
        }
        _ => false,
    }
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
    if is_all { Hit::Full } else { Hit::Miss }
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
    if is_bucket && !narrows { Hit::Full } else { Hit::Miss }
}
