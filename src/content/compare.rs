//! Whether two files hold the same: the bytes, or else, for SQLite, the schema and the rows.

use sha2::{Digest, Sha256};

use super::format::SQLITE_MAGIC;
use super::profile::shown;
use super::sqlite::{self, Logical};
use super::{Cause, Limits, Unreadable, format};
use crate::text::hex;

/// Tables that are named where they differ.
const NAMED: usize = 10;

/// How a file in git is to one that was made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// The same, byte for byte.
    SameBytes,
    /// Other bytes, and the same schema with the same rows. The digest of these, in hex.
    SameRows(String),
    /// Another content: what differs, a line each. Names and counts, never a value.
    Other(Vec<String>),
}

/// The SHA-256 of bytes, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The digest of the logical content of a SQLite database, in hex; none where these bytes are none.
///
/// # Errors
///
/// When it cannot be read in full, or not in time.
pub fn logical_digest(bytes: &[u8], limits: &Limits) -> Result<Option<String>, Unreadable> {
    match is_sqlite(bytes) {
        true => Ok(Some(hex(&sqlite::logical(bytes.to_vec(), limits)?.digest()))),
        false => Ok(None),
    }
}

/// Compares a file `in git` with the same one as it was made again.
///
/// # Errors
///
/// When a bound is met before that is known.
pub fn compare(in_git: &[u8], made: &[u8], limits: &Limits) -> Result<Likeness, Unreadable> {
    if in_git == made {
        return Ok(Likeness::SameBytes);
    }
    if !is_sqlite(in_git) || !is_sqlite(made) {
        let sizes = format!("its bytes differ: {} in git, {} made", in_git.len(), made.len());
        return Ok(Likeness::Other(vec![sizes]));
    }
    let read = |bytes: &[u8], which: &str| match sqlite::logical(bytes.to_vec(), limits) {
        Ok(logical) => Ok(Ok(logical)),
        Err(why) if is_bound(why.cause) => Err(why),
        Err(why) => Ok(Err(format!("the one {which} cannot be read: {}", why.detail))),
    };
    let (kept, anew) = match (read(in_git, "in git")?, read(made, "made")?) {
        (Ok(kept), Ok(anew)) => (kept, anew),
        (kept, anew) => {
            return Ok(Likeness::Other([kept.err(), anew.err()].into_iter().flatten().collect()));
        }
    };
    let mut other = differences(&kept, &anew);
    other.extend(hidden(in_git, limits)?);
    Ok(match other.is_empty() {
        true => Likeness::SameRows(hex(&kept.digest())),
        false => Likeness::Other(other),
    })
}

fn is_sqlite(bytes: &[u8]) -> bool {
    bytes.starts_with(SQLITE_MAGIC)
}

fn is_bound(cause: Cause) -> bool {
    matches!(cause, Cause::TooSlow | Cause::TooLarge)
}

/// What the file in git has beside its rows. Only bytes that are the same prove nothing of these.
fn hidden(in_git: &[u8], limits: &Limits) -> Result<Vec<String>, Unreadable> {
    let read = sqlite::read(&format::SQLITE, in_git.to_vec(), || None, limits);
    let database = match read {
        Err(why) if is_bound(why.cause) => return Err(why),
        Err(why) => return Ok(vec![format!("the one in git cannot be read: {}", why.detail)]),
        Ok(database) => database,
    };
    let mut hidden = Vec::new();
    if let Some(damage) = &database.damage {
        hidden.push(format!("the one in git cannot be read in full: {}", damage.detail));
    }
    let remains = database.remains;
    if remains.pages > 0 || remains.rows > 0 || remains.mails > 0 {
        let rows = remains.rows + remains.mails;
        hidden.push(format!(
            "the one in git has deleted rows in its pages ({rows}), which VACUUM takes out"
        ));
    }
    Ok(hidden)
}

/// What differs between two databases that could be read.
fn differences(kept: &Logical, anew: &Logical) -> Vec<String> {
    let mut lines = Vec::new();
    if kept.schema != anew.schema {
        lines.push("the schema differs".to_owned());
    }
    let name = |name: &[u8]| shown(&String::from_utf8_lossy(name));
    let mut tables = Vec::new();
    for table in &kept.tables {
        let shown = name(&table.name);
        match anew.table(&table.name) {
            None => tables.push(format!("table {shown}: {} rows in git, not made", table.rows)),
            Some(it) if it.rows != table.rows => {
                tables.push(format!("table {shown}: {} rows in git, {} made", table.rows, it.rows));
            }
            Some(it) if it.digest != table.digest => {
                tables.push(format!("table {shown}: {} rows, with other values", table.rows));
            }
            Some(_) => {}
        }
    }
    for table in &anew.tables {
        if kept.table(&table.name).is_none() {
            tables.push(format!(
                "table {}: {} rows made, not in git",
                name(&table.name),
                table.rows
            ));
        }
    }
    let more = tables.len().saturating_sub(NAMED);
    tables.truncate(NAMED);
    lines.append(&mut tables);
    if more > 0 {
        lines.push(format!("tables that differ as well: {more}"));
    }
    lines
}

#[cfg(test)]
mod tests;
