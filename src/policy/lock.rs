//! The lock of fixtures: files in git that a command makes from what git tracks, with the bytes that it was proved to make.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Component, Path};

use anyhow::{Result, bail};
use bstr::{BStr, BString, ByteSlice};
use serde_yaml::{Error, Location, Spanned};

use super::config::{self, LockedFixture, Text};
use super::fault::{Fault, shown};
use super::starter::quoted;
use super::{MAX_SIZE, UnusedLock, apply, regular};
use crate::content::{Database, WriteAheadLog};
use crate::finding::Finding;
use crate::text::{self, hidden, line, short};

/// Rules whose findings a lock and a baseline let through by the bytes of a file: those that say that it is a database or the like. Those
/// that say that it could not be read, or is elsewhere, are about something that the bytes alone do not settle.
pub(super) const LETS_THROUGH: &[&str] = &[
    "data-file",
    "database-dump",
    "database-file",
    "database-journal",
    "database-with-personal-data",
    "encoded-database",
];

/// The most fixtures.
const MAX_FIXTURES: usize = 500;

/// Bytes of the longest path, command and reason.
const MAX_PATH: usize = 1000;
const MAX_COMMAND: usize = 2000;
const MAX_REASON: usize = 1000;

/// Characters of a command that a reason shows.
const SHOWN: usize = 200;

/// The first lines of the file.
const HEAD: &str = "\
# Written by `dataward fixture lock`: each of these files is made by its command from what git tracks.
# `dataward fixture verify` makes them again and compares. Change this file by these commands only.
version: 1
";

/// The locked fixtures, by their path from the top of the repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locks {
    /// Each with its path.
    pub fixtures: BTreeMap<String, Fixture>,
}

/// A locked fixture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixture {
    /// The command that makes it. Untrusted text: whoever shows it cleans it.
    pub made_by: String,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its bytes, in number.
    pub size: u64,
    /// The digest of its schema and rows, in hex, where it is a SQLite database.
    pub content: Option<String>,
    /// Why the people in it are nobody, though they look real: who locked it answers for that.
    pub people: Option<String>,
    /// The line of the lock on which it begins.
    pub line: u64,
}

impl Locks {
    /// Reads the lock in this file; an empty one where there is no such file.
    pub fn read(path: &Path) -> Result<Locks> {
        let name = line(&path.display().to_string());
        match regular(path, &name, "lock")? {
            Some(text) => Locks::parse(&text, &name),
            None => Ok(Locks::default()),
        }
    }

    /// The lock that this text states; `name` is what errors call it.
    pub fn parse(text: &[u8], name: &str) -> Result<Locks> {
        locks(text).map_err(|fault| fault.within(&line(name)))
    }

    /// The text of the lock, which [`Locks::parse`] reads.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        text += if self.fixtures.is_empty() { "fixtures: []\n" } else { "fixtures:\n" };
        for (path, fixture) in &self.fixtures {
            let Fixture { made_by, sha256, size, .. } = fixture;
            let _ = writeln!(text, "  - path: {}", quoted(path));
            let _ = writeln!(text, "    made_by: {}", quoted(made_by));
            let _ = writeln!(text, "    sha256: \"{sha256}\"\n    size: {size}");
            if let Some(content) = &fixture.content {
                let _ = writeln!(text, "    content: \"{content}\"");
            }
            if let Some(people) = &fixture.people {
                let _ = writeln!(text, "    people: {}", quoted(people));
            }
        }
        text
    }

    /// Takes in a fixture, as it will be read again.
    ///
    /// # Errors
    ///
    /// When its path, its command or its reason has no place in a lock, or there are too many.
    pub fn add(&mut self, path: &BStr, fixture: Fixture) -> Result<()> {
        let path = lockable(path)?;
        if let Some(wrong) = wrong_with_command(&fixture.made_by) {
            bail!("the command {wrong}");
        }
        if let Some(wrong) = fixture.people.as_deref().and_then(wrong_with_reason) {
            bail!("the reason {wrong}");
        }
        self.fixtures.insert(path, fixture);
        if self.fixtures.len() > MAX_FIXTURES || self.text().len() > MAX_SIZE {
            bail!("there are more than {MAX_FIXTURES} locked fixtures, or 1 MiB of them");
        }
        Ok(())
    }

    /// The fixture at a path.
    pub fn at(&self, path: &BStr) -> Option<&Fixture> {
        self.fixtures.get(path.to_str().ok()?)
    }

    /// The paths of all.
    pub fn paths(&self) -> impl Iterator<Item = &BStr> {
        self.fixtures.keys().map(|it| it.as_str().into())
    }

    /// The fixtures that are none of these files.
    pub fn unused<'a>(&self, files: impl Iterator<Item = &'a BString>) -> Vec<UnusedLock> {
        let mut unused = self.fixtures.clone();
        for file in files.filter_map(|it| it.to_str().ok()) {
            unused.remove(file);
        }
        unused.into_iter().map(|(path, it)| UnusedLock { path, line: it.line }).collect()
    }

    /// What to do about a file that is locked with another hash: most likely its command makes it otherwise now.
    pub(super) fn way_out(&self, finding: &Finding) -> Option<String> {
        let fixture = self.at(finding.at.path.as_bstr())?;
        let is_other = finding.at.sha256.as_ref().is_some_and(|it| *it != fixture.sha256);
        let path = text::quoted(finding.at.path.as_bstr());
        is_other.then(|| {
            format!("if its command makes it so now, lock it again: dataward fixture lock {path}")
        })
    }

    /// Whether a lock lets this finding through: the reason, or else why not. None where no lock speaks of the file or the rule.
    pub(super) fn judge(&self, finding: &Finding) -> Option<Result<String, String>> {
        let fixture = self.at(finding.at.path.as_bstr())?;
        LETS_THROUGH.contains(&finding.rule).then(|| fixture.judge(finding))
    }
}

impl Fixture {
    fn judge(&self, finding: &Finding) -> Result<String, String> {
        match &finding.at.sha256 {
            Some(found) if *found == self.sha256 => {}
            Some(_) => {
                return Err("the lock has another hash of this file".into());
            }
            None => return Err("the lock names this file, and its bytes could not be had".into()),
        }
        let database = finding.database.as_deref();
        if database.is_some_and(|it| matches!(it.write_ahead_log, WriteAheadLog::Merged { .. })) {
            return Err(
                "the lock speaks of this file alone, and a write-ahead log is beside it".into()
            );
        }
        let made = format!("locked fixture, made by: {}", short(&line(&self.made_by), SHOWN));
        match (&self.people, Fixture::people_in_doubt(database)) {
            (Some(reason), _) => Ok(format!("{made}; its people are made up: {}", line(reason))),
            (None, None) => Ok(made),
            (None, Some(doubt)) => Err(format!(
                "the lock does not say that its people are made up, and {doubt} (dataward fixture lock --people-are-made-up)"
            )),
        }
    }

    /// Why a database may hold people who are not made up; none where nobody in it looks real.
    pub fn people_in_doubt(database: Option<&Database>) -> Option<String> {
        let Some(database) = database else { return Some("it was not read".to_owned()) };
        match database.real_looking() {
            0 if database.was_read_in_full() => None,
            0 => Some("not all of it was read".to_owned()),
            people => Some(format!("people in it who look real: {people}")),
        }
    }
}

/// The path as a lock may name it.
///
/// # Errors
///
/// When it may not.
pub(crate) fn lockable(path: &BStr) -> Result<String> {
    let Ok(text) = path.to_str() else {
        bail!("its path is not UTF-8, so it has no place in a lock: rename it");
    };
    match wrong_with_path(text) {
        None => Ok(text.to_owned()),
        Some(wrong) => bail!("its path {wrong}, so it has no place in a lock"),
    }
}

fn locks(text: &[u8]) -> Result<Locks, Fault> {
    if text.len() > MAX_SIZE {
        return Err(Fault::of_the_whole("the lock is larger than 1 MiB"));
    }
    let Some(text) = str::from_utf8(text).ok().filter(|it| !it.contains('\0')) else {
        return Err(Fault::of_the_whole("the lock is not UTF-8 text"));
    };
    let written = config::parse::<Option<config::Lock>>(text).map_err(not_as_written)?;
    let Some(written) = written else {
        return Err(Fault::of_the_whole("the lock is empty; take the file away"));
    };
    match written.version {
        Some(it) if it.value == "1" => {}
        Some(it) => {
            let text = format!(
                "{} is no version of the lock's format that this dataward knows",
                shown(&it.value)
            );
            return Err(Fault::at(it.referenced, text));
        }
        None => {
            return Err(Fault::of_the_whole("the lock does not say its version (`version: 1`)"));
        }
    }
    let mut locks = Locks::default();
    for fixture in written.fixtures.unwrap_or_default() {
        let at = fixture.referenced;
        let (path, fixture) = fixture_of(fixture)?;
        if locks.fixtures.len() == MAX_FIXTURES {
            return Err(Fault::at(at, format!("more than {MAX_FIXTURES} fixtures")));
        }
        if let Some(first) = locks.fixtures.insert(path.clone(), fixture) {
            let text = format!(
                "{} is locked twice, on line {} as well; keep one",
                shown(&path),
                first.line
            );
            return Err(Fault::at(at, text));
        }
    }
    Ok(locks)
}

fn fixture_of(written: Spanned<LockedFixture>) -> Result<(String, Fixture), Fault> {
    let line = written.referenced.line();
    let LockedFixture { path, made_by, sha256, size, content, people } = written.value;
    let refused = |at: Location, what: &str, wrong: Option<&str>| match wrong {
        Some(wrong) => Err(Fault::at(at, format!("{what} {wrong}"))),
        None => Ok(()),
    };
    refused(path.referenced, "the path", wrong_with_path(&path.value))?;
    refused(made_by.referenced, "the command", wrong_with_command(&made_by.value))?;
    if let Some(people) = &people {
        refused(people.referenced, "the reason", wrong_with_reason(&people.value))?;
    }
    let size = apply::digits(&size.value).ok_or_else(|| {
        Fault::at(size.referenced, format!("{} is not a number of bytes", shown(&size.value)))
    })?;
    let fixture = Fixture {
        made_by: made_by.value,
        sha256: digest(sha256)?,
        size,
        content: content.map(digest).transpose()?,
        people: people.map(|it| it.value),
        line,
    };
    Ok((path.value, fixture))
}

fn digest(text: Text) -> Result<String, Fault> {
    let is_hex = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
    match text.value.len() == 64 && text.value.bytes().all(is_hex) {
        true => Ok(text.value),
        false => Err(Fault::at(text.referenced, "not a SHA-256 in 64 hex digits")),
    }
}

/// What is wrong with a lock that is no YAML, or not that of a lock.
fn not_as_written(error: Error) -> Fault {
    if matches!(error, Error::SerdeUnknownField { .. } | Error::DuplicateMappingKey { .. }) {
        return error.into();
    }
    let text = "not a lock as dataward writes it; was a merge not resolved? Take the file from git again, or lock the fixtures anew";
    Fault { at: error.location(), text: text.to_owned() }
}

fn wrong_with_path(path: &str) -> Option<&'static str> {
    let is_inside = |it| matches!(it, Component::Normal(_));
    let is_git = |part: &str| part.eq_ignore_ascii_case(".git");
    match path {
        "" => Some("is empty"),
        _ if path.len() > MAX_PATH => Some("is longer than 1000 bytes"),
        _ if path.chars().any(|it| it.is_control() || hidden(it)) => {
            Some("has a character that no screen shows")
        }
        _ if path.split('/').any(|part| matches!(part, "" | "." | "..") || is_git(part)) => Some(
            "is not one from the top of the repository: a part of it is empty, `.`, `..` or `.git`",
        ),
        _ if !Path::new(path).components().all(is_inside) => Some("leaves the repository"),
        _ => None,
    }
}

fn wrong_with_command(command: &str) -> Option<&'static str> {
    match command {
        _ if command.trim().is_empty() => Some("is empty; write the one that makes the file"),
        _ if command.len() > MAX_COMMAND => {
            Some("is longer than 2000 bytes; put it into a script that git tracks")
        }
        _ if command.contains('\0') => Some("has a NUL in it"),
        _ => None,
    }
}

fn wrong_with_reason(reason: &str) -> Option<&'static str> {
    match reason {
        _ if reason.trim().is_empty() => Some("is empty; say how the people are made up"),
        _ if reason.len() > MAX_REASON => Some("is longer than 1000 bytes; say it shorter"),
        _ => None,
    }
}
