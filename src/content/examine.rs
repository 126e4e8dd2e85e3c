//! Looks at the bytes of one file for everything that it may be.

use std::rc::Rc;

use bstr::BStr;

use super::format::{self, Format, Reading, Sight};
use super::{Answer, Cause, Content, Database, Depth, Limits, PREFIX, Unreadable, pointer, sqlite};

/// A file to be looked at, and how its bytes are had.
pub struct Given<'a> {
    /// Its path: a hint.
    pub path: &'a BStr,
    /// Its bytes, in number.
    pub size: u64,
    /// The first [`PREFIX`] of them, or all of a shorter file.
    pub prefix: &'a [u8],
    /// Reads all of them.
    pub read: &'a dyn Fn() -> Result<Vec<u8>, Unreadable>,
    /// Reads the write-ahead log beside it; none where there is no such file.
    pub log: &'a dyn Fn() -> Option<Result<Vec<u8>, Unreadable>>,
}

/// What a file is and holds.
pub fn examine(given: &Given, depth: Depth, limits: &Limits) -> Content {
    let Given { path, size, prefix, .. } = *given;
    let format = format::recognise(&Sight { size, bytes: prefix, path });
    let pointer = pointer::find(prefix);
    if pointer.is_some() {
        return Content { pointer, ..Content::nothing(format) };
    }
    if let Some(format) = format.filter(|it| it.reading == Reading::Nothing) {
        return recognised(format, size);
    }
    if format.is_none() && depth == Depth::Quick {
        return Content::nothing(None);
    }
    let limit = limits.file_size;
    if size > limit {
        let detail = format!("{size} bytes, over the limit of {limit} (setting limits.file_size)");
        return Content::unreadable(format, Unreadable { cause: Cause::TooLarge, detail });
    }
    if prefix.len() < PREFIX && prefix.len() as u64 == size {
        return whole(path, prefix.to_vec(), given.log, limits);
    }
    match (given.read)() {
        Ok(bytes) => whole(path, bytes, given.log, limits),
        Err(why) => Content::unreadable(format, why),
    }
}

fn recognised(format: &'static Format, size: u64) -> Content {
    let database = Answer::Yes(Rc::new(Database::recognised(format, size)));
    Content { database, ..Content::nothing(Some(format)) }
}

/// What these bytes, all of a file or of a member, are and hold.
fn whole(
    path: &BStr,
    bytes: Vec<u8>,
    log: &dyn Fn() -> Option<Result<Vec<u8>, Unreadable>>,
    limits: &Limits,
) -> Content {
    let size = bytes.len() as u64;
    let format = format::recognise(&Sight { size, bytes: &bytes, path });
    let _ = log;
    let database = match format {
        Some(format) if format.is_sqlite() => sqlite::read(bytes, size, limits),
        Some(format) => return recognised(format, size),
        None => return Content::nothing(None),
    };
    let database = match database {
        Ok(database) => Answer::Yes(Rc::new(database)),
        Err(why) => Answer::Unreadable(why),
    };
    Content { database, ..Content::nothing(format) }
}
