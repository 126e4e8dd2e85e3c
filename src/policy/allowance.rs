//! An allowance: which finding may pass, where, why, until when, and on what conditions.

use std::cell::OnceCell;

use bstr::BStr;
use globset::{Candidate, Glob, GlobBuilder, GlobSet};

use super::Date;
use crate::content::{Database, Remains};
use crate::text::line;

/// Bytes of the longest glob.
pub(super) const GLOB_LENGTH: usize = 512;

/// The most of each of `{`, `[` and `*` in a glob.
pub(super) const GLOB_PARTS: usize = 16;

/// An entry of `allow:`.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// The id of the rule whose finding may pass; the findings of more general rules may pass with it.
    pub rule: String,
    /// The glob that paths must match, relative to the top of the repository.
    pub path: String,
    /// Why it may pass: one line.
    pub reason: String,
    /// The last day it holds, in UTC; none is for ever.
    pub until: Option<Date>,
    /// What the database must hold, all of it.
    pub when: Conditions,
    /// The line of the policy on which it begins.
    pub line: u64,
    pub(super) files: Files,
}

/// The `when:` of an allowance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Conditions {
    /// The least confidence that all of it is test data.
    pub test_confidence: Option<f64>,
    /// The most identities that look real.
    pub real_looking_identities: Option<u64>,
    /// All of it must be made up by proof: each value is reserved for examples, a number, a day or a flag.
    pub proven: bool,
    /// The most rows, in all tables.
    pub rows: Option<u64>,
}

impl Allowance {
    /// Whether the path is one that it speaks of.
    pub fn names(&self, path: &BStr) -> bool {
        self.files.names(path)
    }
}

impl Conditions {
    /// Whether one of them is a score of what the database holds, which never lets one go to production.
    pub fn lean_on_a_score(&self) -> bool {
        self.test_confidence.is_some() || self.real_looking_identities.is_some()
    }

    /// The conditions that this database does not meet, a line each. One that was not read in full meets none; that rows were only
    /// counted, past `limits.rows_per_table`, is enough.
    pub fn unmet(&self, database: Option<&Database>) -> Vec<String> {
        let database = database.filter(|it| it.was_read_in_full());
        let unread = || String::from("was not read in full");
        let mut unmet = Vec::new();
        if let Some(least) = self.test_confidence {
            let found = database.map(|it| it.test_confidence.value);
            if !found.is_some_and(|found| found >= least) {
                let found =
                    found.map_or_else(unread, |found| format!("is {}", below(found, least)));
                unmet
                    .push(format!("the policy allows it from test_confidence {least}; it {found}"));
            }
        }
        if self.proven && !database.is_some_and(|it| it.test_confidence.is_proven) {
            let found = database.map_or_else(unread, unproven);
            unmet
                .push(format!("the policy allows it where it is proven to be made up; it {found}"));
        }
        let mut at_most = |name: &str, most: Option<u64>, found: Option<u64>| {
            if let Some(most) = most
                && found.is_none_or(|found| found > most)
            {
                let found = found.map_or_else(unread, |found| format!("has {found}"));
                unmet.push(format!("the policy allows it up to {name} {most}; it {found}"));
            }
        };
        at_most(
            "real_looking_identities",
            self.real_looking_identities,
            database.map(Database::real_looking),
        );
        // Deleted rows that are still in the file leave the machine with it.
        at_most("rows", self.rows, database.map(|it| it.rows() + it.remains.rows));
        unmet
    }
}

/// Why a database is not made up by proof.
fn unproven(database: &Database) -> String {
    let signs = database.test_confidence.signs;
    let people = signs.people.real_looking + signs.people.unknown;
    match (signs.unproven, people) {
        (0, 0) if database.remains != Remains::default() => {
            "has deleted rows in its pages".to_owned()
        }
        (0, 0) => "may have a log beside it".to_owned(),
        (0, people) => format!("has people whom nothing shows to be made up: {people}"),
        (n, _) => format!("has values that prove nothing: {n}"),
    }
}

/// The figure with two decimals, or with all of them where two would hide that it is below the least.
fn below(found: f64, least: f64) -> String {
    let short = (found * 100.0).floor() / 100.0;
    if short < least { format!("{short:.2}") } else { found.to_string() }
}

/// The files that a glob names. It is compiled when the first path is held against it, since most runs find nothing.
#[derive(Debug, Clone)]
pub(super) struct Files {
    glob: Glob,
    compiled: OnceCell<GlobSet>,
}

impl Files {
    /// The files that this glob names; else what is wrong with it.
    pub(super) fn of(glob: &str) -> Result<Files, String> {
        check(glob)?;
        let glob = GlobBuilder::new(glob).literal_separator(true).backslash_escape(false).build();
        let glob =
            glob.map_err(|error| format!("not a valid glob: {}", line(&error.kind().to_string())))?;
        Ok(Files { glob, compiled: OnceCell::new() })
    }

    /// Whether a path is one of them. A glob too large to be compiled names none; none is within the bounds of [`check`].
    fn names(&self, path: &BStr) -> bool {
        let set = self
            .compiled
            .get_or_init(|| GlobSet::new([&self.glob]).unwrap_or_else(|_| GlobSet::empty()));
        set.is_match_candidate(&Candidate::from_bytes(path))
    }
}

/// Refuses globs that no file can match, and those made to be slow.
fn check(glob: &str) -> Result<(), String> {
    let plain = glob.replace("[\\]", "");
    let wrong = if glob.is_empty() {
        "the path is empty; name a file or a glob, such as `tests/fixtures/*.sqlite3`"
    } else if glob.len() > GLOB_LENGTH {
        return Err(format!("the path is too long; at most {GLOB_LENGTH} bytes"));
    } else if ['{', '[', '*'].iter().any(|it| plain.matches(*it).count() > GLOB_PARTS) {
        return Err(format!("too many `{{`, `[` or `*` in the path; at most {GLOB_PARTS} of each"));
    } else if plain.contains('\\') {
        "the parts of a path are separated by `/`; a backslash itself is written `[\\]`"
    } else if glob.starts_with('/') {
        "the path is relative to the top of the repository; take the `/` at its start off"
    } else if glob.ends_with('/') {
        "the path names a directory; for all files below it end it in `/**`"
    } else if glob.split('/').any(|part| matches!(part, "" | "." | "..")) {
        "the path has an empty part, `.` or `..` in it, so that no file can match it"
    } else if !classes(glob).all(is_plain) {
        "a `[...]` in a path may hold ASCII letters, digits and ranges of them, or one other ASCII character but `/`"
    } else {
        return Ok(());
    };
    Err(wrong.into())
}

/// What stands between the `[` and `]` of a glob.
pub(super) fn classes(glob: &str) -> impl Iterator<Item = &str> {
    let mut rest = glob;
    std::iter::from_fn(move || {
        let class = rest.split_once('[')?.1;
        let first = class.chars().next()?.len_utf8();
        let end = class[first..].find(']').map_or(class.len(), |end| first + end);
        rest = &class[end..];
        Some(&class[..end])
    })
}

/// Whether a class matches no `/`, which the library's classes and ranges do otherwise.
pub(super) fn is_plain(class: &str) -> bool {
    let mut letters = class.chars().peekable();
    if class.chars().count() == 1 {
        return class != "/" && class.is_ascii();
    }
    // A path is bytes to the library: a class with a letter outside of ASCII would match none of it.
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    while let Some(from) = letters.next() {
        let to = letters.next_if_eq(&'-').map_or(Some(from), |_| letters.next());
        if !is_word(from) || !to.is_some_and(is_word) {
            return false;
        }
    }
    true
}
