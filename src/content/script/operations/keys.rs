//! A row about clients of stores of keys that take away all keys of a pattern, in any language.

use super::chain::{Chain, name_of};
use super::{CallRow, Hit, kind};
use crate::content::script::Language::{self, Go, Java, JavaScript, Php, Python, Ruby, TypeScript};
use crate::content::script::model::Scope::Database;
use crate::content::script::model::Weight::High;
use crate::content::script::syntax::{Call, Form, Shared};
use crate::content::script::value::texts_in;
use crate::content::script::words::parts;

const LANGUAGES: &[Language] = &[Python, JavaScript, TypeScript, Go, Ruby, Php, Java];

/// Expressions that are looked at.
const LOOKED_AT: usize = 400;

pub(super) static CALLS: &[CallRow] = &[CallRow {
    kind: kind(
        "client.keys",
        "redis.delete(*redis.keys('*')), for (const it of await redis.keys('order:*')) await redis.del(it)",
        "the pattern is that of all keys, or of some that are no cache, session or lock",
        Database,
        High,
        "",
    ),
    languages: LANGUAGES,
    names: &["del", "delete", "unlink", "Del", "Unlink"],
    when: every_key,
}];

/// Calls that list keys, in small letters without underscores.
const LISTS: &[&str] = &["keys", "scan", "scaniter", "scaneach", "scaniterator", "scanstream"];

/// Words of keys whose values pass anyway.
const PASSING: &[&str] = &[
    "cache",
    "session",
    "sess",
    "lock",
    "rate",
    "limit",
    "throttle",
    "token",
    "otp",
    "nonce",
    "tmp",
    "temp",
    "test",
    "testing",
    "view",
    "fragment",
    "page",
    "response",
    "query",
    "health",
    "ping",
    "presence",
    "online",
    "debounce",
    "cached",
    "caching",
    "locked",
    "ratelimit",
    "ratelimiter",
    "limiter",
    "throttled",
    "idempotency",
    "stat",
    "metric",
];

/// Whether a pattern is that of all keys, or of those of one kind that do not pass anyway.
pub(in crate::content::script) fn is_of_data(pattern: &str) -> bool {
    let words = parts(pattern);
    let passes = |it: &String| {
        PASSING.iter().any(|that| it == that || it.strip_suffix('s').is_some_and(|it| it == *that))
    };
    // `user:123:*`: those of one that is written out.
    let is_of_one = words.iter().any(|it| it.bytes().all(|it| it.is_ascii_digit()));
    // Of Celery the results pass, and not the queues.
    let has = |word: &str| words.iter().any(|it| it == word);
    let is_result = has("celery") && (has("meta") || has("result") || has("results"));
    pattern.contains('*') && !is_result && !is_of_one && !words.iter().any(passes)
}

fn every_key(chain: &Chain) -> Hit {
    let is_own = chain.links.len() < 2 || matches!(chain.on(), "self" | "this" | "cls");
    let is_cache = || chain.links.iter().any(|it| it.name.to_lowercase().contains("cache"));
    if is_own || is_cache() {
        return Hit::Miss;
    }
    // A `Map` of JavaScript has keys as well, and a client there wants a pattern.
    let needs_pattern = chain.has_callback;
    let mut open: Vec<&Shared> = chain.arguments().iter().map(|it| &it.value).collect();
    for _ in 0..LOOKED_AT {
        let Some(it) = open.pop() else { return Hit::Miss };
        if let Form::Call(call) = &it.form
            && !(needs_pattern && call.arguments.is_empty() && name_of(&call.callee) == "keys")
            && lists_data(call)
        {
            let is_chosen = chain.arguments().iter().any(|it| chain.is_of_chosen(&it.value));
            return if is_chosen { Hit::Miss } else { Hit::Full };
        }
        open.extend(it.children());
    }
    Hit::Miss
}

/// `redis.keys('*')`, `redis.scan_iter(match='order:*')`, `client.scanStream({ match: '*' })`, `redis.keys()`.
fn lists_data(call: &Call) -> bool {
    let name = name_of(&call.callee).to_lowercase().replace('_', "");
    if !LISTS.contains(&name.as_str()) {
        return false;
    }
    let values = call.arguments.iter().flat_map(|it| match &it.value.form {
        Form::Map(pairs) => pairs.iter().map(|(_, value)| value).collect(),
        _ => vec![&it.value],
    });
    let mut patterns = values.filter(|it| texts_in(it).iter().any(|it| it.contains('*')));
    match patterns.next() {
        // One that is not known as a whole may be that of a single key.
        Some(pattern) => match &pattern.form {
            // `for (const pattern of ['order:*', 'user:*'])`.
            Form::Either(all) => {
                all.iter().any(|it| it.literal().is_some_and(|it| is_of_data(&it)))
            }
            _ => pattern.literal().is_some_and(|it| is_of_data(&it)),
        },
        // A dictionary has keys as well.
        None => {
            let of_store = !matches!(name.as_str(), "keys" | "scan")
                || Chain::of(call).links.iter().any(|it| is_store(it.name));
            let plain = |it: &Shared| {
                !matches!(it.form, Form::Join(_))
                    && it.literal().is_none_or(|it| it.parse::<f64>().is_ok())
            };
            of_store && call.arguments.iter().all(|it| plain(&it.value))
        }
    }
}

fn is_store(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.contains("redis") || matches!(lower.as_str(), "r" | "rdb" | "conn" | "client" | "jedis")
}
