//! A record of the trail, and the one line that it is.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::MAX_LINE;
use crate::text::{self, short};

/// The number of the format. It goes up when a reader of the one before could be misled.
const FORMAT: u32 = 1;

/// How each line begins: `{"format":1,`.
const BEGIN: &str = "{\"format\":";

/// The most blobs that a record names.
pub const MAX_BLOBS: usize = 200;

/// The most rules that a record names: more than there are.
const MAX_RULES: usize = 100;

/// Characters of the longest repository, reference and pusher; a longer one is cut in the middle.
const MAX_TEXT: usize = 1000;

/// Characters of the longest other text.
const MAX_WORD: usize = 100;

/// What one gate decided about one reference.
///
/// All text may be untrusted: a line has those characters escaped that a screen obeys or hides. The fields are in the order of the keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// When it was decided, as [`super::time`] writes it.
    pub time: String,
    /// What decided: `pre-receive`, `update`, `post-receive`, `pre-push` or `pre-commit`; `repair` where a trail was repaired.
    pub gate: String,
    /// The adapter of the host, such as `gitolite`.
    pub host: String,
    /// The repository as the host calls it.
    pub repository: String,
    /// The full name of the reference.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The id that it had; zeros for none.
    pub old: String,
    /// The id that it was to have; zeros for none.
    pub new: String,
    /// Who pushed, as the host says; empty where it says nothing.
    pub pusher: String,
    /// `passed`, `refused` or `applied`.
    pub verdict: String,
    /// The ids of the rules that had findings. A line has them sorted, each once.
    pub rules: Vec<String>,
    /// The ids of the blobs with findings. A line has them sorted, each once, and at most [`MAX_BLOBS`].
    pub blobs: Vec<String>,
    /// How many further blobs had findings.
    pub blobs_left_out: u64,
    /// How much there was.
    pub counts: Counts,
    /// The SHA-256 of the bytes of the policy, in hex; empty where there was none.
    pub policy: String,
    /// What was repaired, where the gate is `repair`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub torn: Option<Torn>,
    /// The version of dataward.
    pub version: String,
    /// The hash of the record before it. [`super::Trail::append`] sets it, whatever it was.
    pub previous: String,
}

/// How much a decision is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Findings that block.
    pub errors: u64,
    /// Findings that do not.
    pub warnings: u64,
    /// Findings that were let through for a stated reason.
    pub allowed: u64,
    /// Files that were looked at.
    pub files: u64,
}

/// Bytes between two records that are none: what is left of a write that was cut off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Torn {
    /// How many, without the last line feed.
    pub bytes: u64,
    /// Their SHA-256, in hex.
    pub sha256: String,
}

/// What a line of a trail is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A record, just as it is written here.
    Record(Box<Record>),
    /// A record in a format that only a newer dataward knows.
    Newer,
    /// Neither.
    Other,
}

impl Record {
    /// Its line, without the line feed.
    ///
    /// # Errors
    ///
    /// When it is longer than [`MAX_LINE`], which takes more than what a host says.
    pub(super) fn line(&self) -> Result<String> {
        let json = serde_json::to_string(&self.bounded()).context("a record is no JSON")?;
        let rest = json.strip_prefix('{').context("a record is no object")?;
        let line = text::json(&format!("{BEGIN}{FORMAT},{rest}"));
        if line.len() > MAX_LINE {
            bail!("a record is longer than 64 KiB");
        }
        Ok(line)
    }

    /// The same within the bounds of a line.
    fn bounded(&self) -> Record {
        let word = |text: &str| short(text, MAX_WORD);
        let text = |text: &str| short(text, MAX_TEXT);
        let (rules, _) = sorted(&self.rules, MAX_RULES);
        let (blobs, left_out) = sorted(&self.blobs, MAX_BLOBS);
        Record {
            time: word(&self.time),
            gate: word(&self.gate),
            host: word(&self.host),
            repository: text(&self.repository),
            reference: text(&self.reference),
            old: word(&self.old),
            new: word(&self.new),
            pusher: text(&self.pusher),
            verdict: word(&self.verdict),
            rules,
            blobs,
            blobs_left_out: self.blobs_left_out.saturating_add(left_out),
            counts: self.counts,
            policy: word(&self.policy),
            torn: self.torn.clone(),
            version: word(&self.version),
            previous: self.previous.clone(),
        }
    }
}

impl Line {
    /// What these bytes are, which are a line without its line feed.
    pub(super) fn of(bytes: &[u8]) -> Line {
        let Some(rest) = bytes.strip_prefix(BEGIN.as_bytes()) else { return Line::Other };
        if bytes.len() > MAX_LINE || !bytes.ends_with(b"}") {
            return Line::Other;
        }
        let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
        let format = str::from_utf8(&rest[..digits]).ok().and_then(|it| it.parse().ok());
        match format {
            Some(FORMAT) => Line::record(bytes).map_or(Line::Other, |it| Line::Record(it.into())),
            Some(2u32..) if serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() => {
                Line::Newer
            }
            _ => Line::Other,
        }
    }

    fn record(bytes: &[u8]) -> Option<Record> {
        let begin = format!("{BEGIN}{FORMAT},");
        let rest = bytes.strip_prefix(begin.as_bytes())?;
        let record: Record = serde_json::from_slice(&[b"{", rest].concat()).ok()?;
        let is_hash = |it: &str| it.len() == 64 && it.bytes().all(is_digit);
        let hashes =
            is_hash(&record.previous) && record.torn.as_ref().is_none_or(|it| is_hash(&it.sha256));
        // Blanks, other escapes or another order are not ours: somebody changed the line.
        (hashes && record.line().ok()?.as_bytes() == bytes).then_some(record)
    }
}

/// Whether these bytes, in which no record is whole, may be left of writes that were cut off: each line begins as a record does, as far
/// as it goes. A disk that lost its power may have zeros from there on.
pub(super) fn may_be_torn(bytes: &[u8]) -> bool {
    let begin = format!("{BEGIN}{FORMAT},").into_bytes();
    bytes.split(|it| *it == b'\n').all(|line| {
        let kept = line.iter().position(|it| *it == 0).unwrap_or(line.len());
        let shared = kept.min(begin.len());
        !line.is_empty() && line[..shared] == begin[..shared]
    })
}

/// Whether this is a digit of a hash: hex, in lower case.
pub(super) fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

/// The first of these ids in their order, each once, and how many more there are.
fn sorted(ids: &[String], most: usize) -> (Vec<String>, u64) {
    let mut sorted: Vec<String> = ids.iter().map(|it| short(it, MAX_WORD)).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let more = sorted.len().saturating_sub(most);
    sorted.truncate(most);
    (sorted, more as u64)
}

#[cfg(test)]
mod tests;
