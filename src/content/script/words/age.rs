//! How what is old, and what is kept, is named.

use super::names::parts;

/// Words of names that say how old a thing is, or from when on it is kept.
const AGE: &[&str] = &[
    "age",
    "ages",
    "old",
    "older",
    "oldest",
    "cutoff",
    "mtime",
    "ctime",
    "birthtime",
    "getmtime",
    "getctime",
    "created",
    "creation",
    "modified",
    "modtime",
    "retention",
    "retain",
    "expiry",
    "expire",
    "expires",
    "expired",
    "expiration",
    "epoch",
    "timestamp",
    "ts",
    "date",
    "days",
    "stale",
    "keep",
];

/// Whether a name is about how old a thing is: `cutoff`, `snap.StartTime`, `st_mtime`.
pub(in crate::content::script) fn tells_age(name: &str) -> bool {
    let words = parts(name);
    let has = |word: &str| words.iter().any(|it| it == word);
    words.iter().any(|it| AGE.contains(&it.as_str())) || has("start") && has("time")
}
