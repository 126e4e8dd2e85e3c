//! What the rows of a database hold: kinds of personal data and secrets, the people they stand for, and what all that makes of it.

mod activity;
mod author;
mod crowd;
mod evidence;
mod framework;
mod garbled;
mod generator;
mod keys;
mod kinds;
mod layout;
mod mailbox;
mod naming;
mod person;
mod samples;
mod score;
mod table;
mod text;
mod time;
mod unnamed;
mod words;

pub(super) use self::evidence::Evidence;
pub(super) use self::layout::Layout;
pub use self::score::{confidence, nature};
pub(super) use self::table::{Found, Profile};

use self::naming::{Naming, naming};
use self::words::{ColumnSays, TableSays};
use super::confidence::Signs;
use super::database::{Database, Kind, Remains, WriteAheadLog};
use super::people::{Identities, Why};

/// A value of a row.
#[derive(Clone, Copy, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) enum Value<'a> {
    /// NULL.
    Nothing,
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text in UTF-8, or what claims to be.
    Text(&'a [u8]),
    /// Bytes.
    Blob(&'a [u8]),
}

/// Tables named like people from which on they are taken for people, where none has a full name.
const NAMED_TABLES: u64 = 3;

/// Settles what a database is and how sure it is that it holds test data, once its tables are there. What remains of deleted rows
/// counts as if it were live where that makes it less sure, so that neither deleting people nor adding made-up ones and deleting
/// them helps.
pub(super) fn settle(database: &mut Database, evidence: &Evidence) {
    let mut signs = Signs {
        rows: database.rows().saturating_sub(evidence.own_rows),
        rows_read: database.rows_read().saturating_sub(evidence.own_rows_read),
        people: database.identities(),
        active_days: evidence.activity.days(),
        active_span: evidence.activity.span(),
        active_hours: evidence.activity.hours(),
        is_damaged: database.damage.is_some(),
        deleted_text: database.remains.text,
        ..evidence.signs
    };
    evidence.texts.tell(&mut signs);
    let sample = sample(database, evidence, signs.people);
    if sample.is_some() {
        // Those who made its works are known to all.
        signs.people.unknown -= evidence.authors.min(signs.people.unknown);
        signs.people.synthetic += evidence.authors;
    }
    if evidence.named_tables >= NAMED_TABLES {
        signs.people.add(Why::NameOnly, evidence.named_tables);
    }
    database.test_confidence = score::confidence(signs);
    let left = database.remains.people;
    if left.real_looking + left.unknown > 0 {
        let n = left.total();
        let (rows, rows_read) = (signs.rows + n, signs.rows_read + n);
        let people = signs.people + left;
        let all = score::confidence(Signs { rows, rows_read, people, deleted_people: n, ..signs });
        if all.value < database.test_confidence.value {
            database.test_confidence = all;
        }
    }
    let is_made_up = signs.people.synthetic == signs.people.total() && signs.unproven == 0;
    let is_whole =
        database.was_read_in_full() && database.write_ahead_log != WriteAheadLog::NotHere;
    if is_whole && database.remains == Remains::default() && is_made_up {
        score::prove(&mut database.test_confidence);
    }
    database.nature = score::nature(&database.test_confidence, sample);
}

/// The sample database that this is, where its people are known ones and its tables that sample's.
fn sample(database: &Database, evidence: &Evidence, people: Identities) -> Option<&'static str> {
    let (name, _) = evidence.samples.iter().max_by_key(|(_, n)| **n)?;
    let known: u64 = evidence.samples.values().sum();
    let tables: Vec<String> = database.tables.iter().map(|it| it.name.clone()).collect();
    let authors = samples::by_tables(&tables).map_or(0, |_| evidence.authors);
    let others =
        people.real_looking + evidence.signs.loose_mails + people.unknown.saturating_sub(authors);
    (others * 10 <= known).then_some(name)
}

/// A table's or column's name as it may be shown: one that is itself somebody's name, address or number is masked.
pub(super) fn shown(name: &str) -> String {
    let is_public =
        |kind| matches!(kind, Kind::BirthDate | Kind::Coordinates | Kind::PostalAddress);
    let mut has_mail = false;
    kinds::inside(name.as_bytes(), |found| has_mail |= found.mail.is_some());
    let is_personal = has_mail
        || kinds::of_text(name, ColumnSays::Nothing).is_some_and(|it| !is_public(it.kind))
        || (words::column_says(name) == ColumnSays::Nothing
            && words::table_says(name) == TableSays::Nothing
            && naming(&name.replace(['_', '-'], " ")) == Some(Naming::Full));
    if is_personal { "<masked>".to_owned() } else { name.to_owned() }
}
