//! Reads a trail from its beginning, and says where the chain of its records is broken.

use std::collections::VecDeque;
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::record::{Line, Record, is_digit};
use super::{MAX_LINE, NOTHING, Torn, Trail};
use crate::content::sha256;
use crate::text;

/// The most faults, and the most repairs, that are told one by one.
const MOST_TOLD: usize = 100;

/// How many records back is looked for the one that a record follows, to tell what was done to the trail.
const MEMORY: usize = 10_000;

/// What is known of a trail that was read to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many whole records it has.
    pub records: u64,
    /// The hash of the last one; [`NOTHING`] where there is none.
    pub head: String,
    /// How many records came after the one with the hash that was asked for, where there is one.
    pub after: Option<u64>,
    /// Writes that were cut off and closed by the next one: no fault. At most 100.
    pub repairs: Vec<Repair>,
    /// What is wrong. At most 100.
    pub faults: Vec<Fault>,
    /// How many further faults there are.
    pub faults_left_out: u64,
}

/// A write that was cut off, and the record that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// The line of that record.
    pub line: u64,
    /// How many bytes are left of the write.
    pub bytes: u64,
}

/// Something that is wrong in a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// What may be wrong. The lines in it are numbers of lines, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The line before this one was changed, or records before it are missing.
    ChangedOrMissing,
    /// This record follows one that stands further up: what is between them was inserted, or moved there.
    Inserted {
        /// The line of the record that it follows; 0 for the beginning.
        follows: u64,
    },
    /// The record that this one follows stands further down.
    Moved {
        /// Its line.
        to: u64,
    },
    /// These lines are no records: they were changed, or inserted.
    NoRecord {
        /// The last of them.
        to: u64,
    },
    /// This record says that something was repaired before it, which is not as it says.
    Repair,
    /// A newer dataward wrote this record.
    Newer,
    /// The last line is not whole.
    Torn,
    /// No record has the hash that was asked for.
    Cut,
}

impl Wrong {
    /// One word for it, for machines.
    pub fn word(&self) -> &'static str {
        match self {
            Wrong::ChangedOrMissing => "changed-or-missing",
            Wrong::Inserted { .. } => "inserted",
            Wrong::Moved { .. } => "moved",
            Wrong::NoRecord { .. } => "no-record",
            Wrong::Repair => "repair",
            Wrong::Newer => "newer",
            Wrong::Torn => "torn",
            Wrong::Cut => "cut",
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::ChangedOrMissing => f.write_str(
                "this record does not follow the one before it: that one was changed, or records between them are missing",
            ),
            Wrong::Inserted { follows: 0 } => f.write_str(
                "this record is the first of a trail: what stands before it was inserted, or moved there",
            ),
            Wrong::Inserted { follows } => write!(
                f,
                "this record follows that on line {follows}: what stands between them was inserted, or moved there"
            ),
            Wrong::Moved { to } => {
                write!(f, "this record follows that on line {to}: records were put in another order")
            }
            Wrong::NoRecord { to } => {
                write!(f, "no record up to line {to}: what stood here was changed, or this was inserted")
            }
            Wrong::Repair => f.write_str(
                "this record says that a write before it was cut off, and what stands there is not what it says",
            ),
            Wrong::Newer => f.write_str(
                "a newer dataward wrote this record, in a format that this one does not know: verify it with that one",
            ),
            Wrong::Torn => f.write_str(
                "the last record is not whole, as when its writer was killed: the next record that is written repairs it",
            ),
            Wrong::Cut => f.write_str(
                "no record has the hash that was given: the end of the trail was cut off, or it is another trail",
            ),
        }
    }
}

impl Verified {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Reads the trail in this file from its beginning, as it is at this moment. `head` is the hash of a record that must be in it,
/// such as one that was kept elsewhere.
///
/// # Errors
///
/// When it cannot be read, or `head` is no hash.
pub fn verify(path: &Path, head: Option<&str>) -> Result<Verified> {
    let head = head.map(|it| it.trim().to_ascii_lowercase());
    if head.as_ref().is_some_and(|it| it.len() != 64 || !it.bytes().all(is_digit)) {
        bail!("the head of a trail is a SHA-256 in 64 hex digits (dataward audit head)");
    }
    let trail = Trail::at(path);
    let read = || {
        let (file, length) = trail.at_rest()?;
        Reading::new(head).all(file, length)
    };
    read().with_context(|| trail.unreadable())
}

/// A trail as far as it was read.
struct Reading {
    verified: Verified,
    /// The number of the line that is read.
    line: u64,
    /// The hash that is asked for.
    asked: Option<String>,
    /// The hashes of the last records, with their lines.
    seen: VecDeque<(String, u64)>,
    /// What records follow that was not seen yet, with the place of that fault.
    wanted: Vec<(String, usize)>,
    /// The lines behind the last record that are none.
    between: Option<Between>,
}

/// Lines between two records.
struct Between {
    first: u64,
    hash: Sha256,
    bytes: u64,
    /// A line feed that counts once something follows it.
    has_line_feed: bool,
}

impl Reading {
    fn new(asked: Option<String>) -> Reading {
        let nothing = NOTHING.to_owned();
        let after = asked.as_ref().filter(|it| **it == nothing).map(|_| 0);
        Reading {
            verified: Verified { head: nothing.clone(), after, ..Verified::default() },
            line: 0,
            asked,
            seen: VecDeque::from([(nothing, 0)]),
            wanted: Vec::new(),
            between: None,
        }
    }

    fn all(mut self, file: File, length: u64) -> Result<Verified> {
        let mut from = BufReader::with_capacity(1 << 18, file.take(length));
        let (mut piece, mut is_open) = (Vec::new(), false);
        // One byte more than a record and its line feed have: what is longer is read in pieces.
        let most = MAX_LINE as u64 + 1;
        while (&mut from).take(most).read_until(b'\n', &mut piece)? > 0 {
            self.line += u64::from(!is_open);
            let is_rest = is_open;
            is_open = piece.last() != Some(&b'\n');
            let bytes = piece.strip_suffix(b"\n").unwrap_or(&piece);
            let is_cut = piece.len() as u64 == most && is_open;
            match Line::of(bytes) {
                Line::Record(record) if !is_rest && !is_cut => self.record(&record, bytes),
                Line::Newer if !is_rest && !is_cut => self.newer(bytes),
                _ => self.other(bytes, !is_rest, !is_open),
            }
            piece.clear();
        }
        Ok(self.end(is_open))
    }

    fn record(&mut self, record: &Record, bytes: &[u8]) {
        let between = self.between.take();
        let is_next = record.previous == self.verified.head;
        let found = between.map(|it| (it.first, it.torn()));
        let is_told = match (&record.torn, found) {
            (Some(torn), found) => {
                let nothing = || Torn { bytes: 0, sha256: sha256(b"") };
                let found = found.map_or_else(nothing, |(_, found)| found);
                let is_so = found == *torn && is_next;
                if !is_so {
                    self.fault(self.line, Wrong::Repair);
                } else if self.verified.repairs.len() < MOST_TOLD {
                    self.verified.repairs.push(Repair { line: self.line, bytes: torn.bytes });
                }
                !is_so
            }
            (None, Some((first, _))) => {
                self.fault(first, Wrong::NoRecord { to: self.line - 1 });
                true
            }
            (None, None) => false,
        };
        if !is_next && !is_told {
            self.broken(&record.previous);
        }
        self.accept(sha256(bytes));
    }

    /// A record follows another one than that before it.
    fn broken(&mut self, previous: &str) {
        let seen = self.seen.iter().rev().find(|(hash, _)| hash == previous);
        let wrong = match seen {
            Some((_, follows)) => Wrong::Inserted { follows: *follows },
            None => Wrong::ChangedOrMissing,
        };
        if seen.is_none() && self.verified.faults.len() < MOST_TOLD {
            self.wanted.push((previous.to_owned(), self.verified.faults.len()));
        }
        self.fault(self.line, wrong);
    }

    fn accept(&mut self, hash: String) {
        if let Some(at) = self.wanted.iter().position(|(wanted, _)| *wanted == hash) {
            let (_, fault) = self.wanted.swap_remove(at);
            if let Some(fault) = self.verified.faults.get_mut(fault) {
                fault.wrong = Wrong::Moved { to: self.line };
            }
        }
        self.verified.records += 1;
        self.verified.after = self.verified.after.map(|it| it + 1);
        if self.asked.as_ref() == Some(&hash) {
            self.verified.after = Some(0);
        }
        if self.seen.len() == MEMORY {
            self.seen.pop_front();
        }
        self.seen.push_back((hash.clone(), self.line));
        self.verified.head = hash;
    }

    fn newer(&mut self, bytes: &[u8]) {
        if let Some(between) = self.between.take() {
            self.fault(between.first, Wrong::NoRecord { to: self.line - 1 });
        }
        self.fault(self.line, Wrong::Newer);
        self.accept(sha256(bytes));
    }

    /// A line, or a piece of one, that is no record.
    fn other(&mut self, bytes: &[u8], begins: bool, ends: bool) {
        let between = self.between.get_or_insert_with(|| Between {
            first: self.line,
            hash: Sha256::new(),
            bytes: 0,
            has_line_feed: false,
        });
        if begins && between.has_line_feed {
            between.add(b"\n");
        }
        between.add(bytes);
        between.has_line_feed = ends;
    }

    fn end(mut self, is_open: bool) -> Verified {
        if let Some(between) = self.between.take() {
            self.fault(between.first, Wrong::Torn);
        } else if is_open {
            self.fault(self.line, Wrong::Torn);
        }
        if self.asked.is_some() && self.verified.after.is_none() {
            self.fault(self.line, Wrong::Cut);
        }
        self.verified
    }

    fn fault(&mut self, line: u64, wrong: Wrong) {
        match self.verified.faults.len() < MOST_TOLD {
            true => self.verified.faults.push(Fault { line, wrong }),
            false => self.verified.faults_left_out += 1,
        }
    }
}

impl Between {
    fn add(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    fn torn(self) -> Torn {
        Torn { bytes: self.bytes, sha256: text::hex(&self.hash.finalize()) }
    }
}
