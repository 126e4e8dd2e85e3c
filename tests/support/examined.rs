//! What the content stage says of bytes in memory, without a repository around them.

#![allow(dead_code, unreachable_pub, reason = "each test target uses its own part")]

use bstr::BStr;
use dataward::content::{self, Answer, Content, Database, Depth, Given, Limits, Unreadable};

/// What a file with these bytes and this name is and holds.
pub fn content(name: &str, bytes: &[u8], limits: &Limits) -> Content {
    examined(name, bytes.len() as u64, bytes, &|| Ok(bytes.to_vec()), limits)
}

/// The same of a file that claims a size, and is read by `read` past its first bytes.
pub fn examined(
    name: &str,
    size: u64,
    bytes: &[u8],
    read: &dyn Fn() -> Result<Vec<u8>, Unreadable>,
    limits: &Limits,
) -> Content {
    let prefix = &bytes[..bytes.len().min(content::PREFIX)];
    let given = Given { path: BStr::new(name), size, prefix, read, log: &|| None };
    content::examine(&given, Depth::Deep, limits)
}

/// What a file with these bytes, and this write-ahead log beside it, is and holds.
pub fn with_log(
    name: &str,
    bytes: &[u8],
    log: &dyn Fn() -> Option<Result<Vec<u8>, Unreadable>>,
    limits: &Limits,
) -> Content {
    let prefix = &bytes[..bytes.len().min(content::PREFIX)];
    let read = || Ok(bytes.to_vec());
    let given = Given { path: BStr::new(name), size: bytes.len() as u64, prefix, read: &read, log };
    content::examine(&given, Depth::Deep, limits)
}

/// Whether bytes without a name are a database, and what it holds.
pub fn answer(bytes: &[u8], limits: &Limits) -> Answer<Database> {
    content("", bytes, limits).database.map(|it| (*it).clone())
}
