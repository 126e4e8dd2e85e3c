//! By what an operation is known again: how its statement is worded and what it is aimed at, as a hash. Another one stands there where
//! that changes, even if it is called the same.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use super::model::{Operation, Strength};
use super::tree::worded::{Known, Worded, Words, ended, part};
use super::{Language, hosts};
use crate::text::hex;

/// Different things that are noted of one operation, as where a function is called again and again. Further ones count alike.
const NOTES: usize = 100;

/// What an operation is told by where it stands.
pub(super) type Place = (u32, &'static str, String);

/// What is noted of operations as they are met.
#[derive(Debug, Default)]
pub(super) struct Noted {
    of: HashMap<Place, Note>,
    /// The statements of the texts that were read, those of the file first.
    texts: Vec<Rc<Worded>>,
    known: HashSet<Known>,
}

/// What is noted of one operation.
#[derive(Debug, Default)]
struct Note {
    aims: BTreeSet<Known>,
    /// The statements of SQL that it is.
    statements: BTreeSet<Known>,
    /// The lines on which the statements stand that run it, or hold it.
    lines: BTreeSet<u32>,
}

impl Noted {
    /// Keeps how the statements of a text are worded.
    pub(super) fn reads(&mut self, worded: &Rc<Worded>) {
        if self.known.insert(worded.known()) {
            self.texts.push(Rc::clone(worded));
        }
    }

    /// Notes what an operation is aimed at, and where it stands.
    pub(super) fn note(
        &mut self,
        met: &Operation,
        aim: Known,
        statement: Option<Known>,
        lines: impl Iterator<Item = u32>,
    ) {
        let note = self.of.entry((met.line, met.kind.id, met.name.clone())).or_default();
        for it in lines {
            add(&mut note.lines, it);
        }
        add(&mut note.aims, aim);
        statement.into_iter().for_each(|it| add(&mut note.statements, it));
    }
}

fn add<T: Ord>(to: &mut BTreeSet<T>, it: T) {
    if to.len() < NOTES {
        to.insert(it);
    }
}

/// Says of each operation how it is worded and what it is aimed at. Those that are alike in all of it are numbered, so that no other one
/// is known by their number.
pub(super) fn tell(language: Language, text: &str, met: &mut [Operation], noted: &Noted) {
    let lines: Vec<&str> = text.lines().collect();
    let around = hosts::Around::of(language, text);
    let mut alike: HashMap<String, usize> = HashMap::new();
    let words_on = words_on(noted);
    let mut on: HashMap<u32, OnLine> = HashMap::new();
    let mut chosen = Sha256::new();
    let all: BTreeSet<&Known> = noted.texts.iter().flat_map(|it| &it.chosen).collect();
    all.iter().for_each(|it| chosen.update(it));
    let chosen = ended(chosen);
    for it in met {
        let mut hash = Sha256::new();
        it.layers.iter().for_each(|it| part(&mut hash, it.as_bytes()));
        part(&mut hash, it.reach.word().as_bytes());
        part(&mut hash, it.strength().map_or("", Strength::word).as_bytes());
        hash.update(chosen);
        hash.update(around.at(it.line));
        // When it runs, and as whom.
        if language == Language::Crontab {
            hash.update(plain_words(language, &lines, it.line));
        }
        if let Some(note) = noted.of.get(&(it.line, it.kind.id, it.name.clone())) {
            let is_own = note.statements.is_empty();
            note.aims.iter().chain(&note.statements).for_each(|it| hash.update(it));
            // A statement counts once, on however many lines it stands.
            let mut frames = BTreeSet::new();
            let mut statements: BTreeMap<Words, bool> = BTreeMap::new();
            for line in &note.lines {
                let found = on.entry(*line).or_insert_with(|| {
                    let found = words_on.get(line).and_then(|it| statement_on(it));
                    found.unwrap_or_else(|| (plain_words(language, &lines, *line), None))
                });
                frames.insert(found.0);
                if let Some(words) = found.1 {
                    *statements.entry(words).or_default() |= is_own && *line == it.line;
                }
            }
            let known =
                |(it, is_whole): (&Words, &bool)| if *is_whole { it.whole } else { it.frame };
            let statements: BTreeSet<Known> = statements.iter().map(known).collect();
            frames.iter().chain(&statements).for_each(|it| hash.update(it));
        }
        let known = hex(&ended(hash));
        let n = alike.entry(format!("{} {} {known}", it.kind.id, it.name)).or_default();
        it.wording = format!("{known} {n}");
        *n += 1;
    }
}

/// The words of the statements on each line that was noted, of each text that has it.
fn words_on(noted: &Noted) -> HashMap<u32, Vec<Words>> {
    let mut all: HashMap<u32, Vec<Words>> =
        noted.of.values().flat_map(|it| &it.lines).map(|it| (*it, Vec::new())).collect();
    for (line, words) in noted.texts.iter().flat_map(|it| it.lines()) {
        if let Some(known) = all.get_mut(&line) {
            known.push(words);
        }
    }
    all
}

/// What is known of a line: the statements around that of the innermost text, as one, and that statement itself; or else its words.
type OnLine = (Known, Option<Words>);

/// The same by the words of each text that has the line.
fn statement_on(all: &[Words]) -> Option<OnLine> {
    let (last, outer) = all.split_last()?;
    let mut hash = Sha256::new();
    let frames: BTreeSet<Known> = outer.iter().map(|it| it.frame).collect();
    frames.iter().for_each(|it| hash.update(it));
    Some((ended(hash), Some(*last)))
}

/// The words of a line that is part of no text that was read.
fn plain_words(language: Language, lines: &[&str], line: u32) -> Known {
    let line = lines.get((line as usize).saturating_sub(1)).copied().unwrap_or_default();
    let mut hash = Sha256::new();
    let words = without_comment(language, line).split_whitespace();
    words.for_each(|it| part(&mut hash, it.as_bytes()));
    ended(hash)
}

/// A line without the comment at its end. What may be something else stays.
pub(super) fn without_comment(language: Language, line: &str) -> &str {
    let signs = signs(language);
    let bytes = line.as_bytes();
    let mut open = None;
    let mut at = 0;
    while at < bytes.len() {
        let is_parted = at == 0 || bytes[at - 1].is_ascii_whitespace();
        match (open, bytes[at]) {
            (_, b'\\') => at += 1,
            (None, b'"' | b'\'' | b'`') => open = Some(bytes[at]),
            (Some(quote), it) if quote == it => open = None,
            (None, _)
                if is_parted && signs.iter().any(|it| bytes[at..].starts_with(it.as_bytes())) =>
            {
                return &line[..at];
            }
            _ => {}
        }
        at += 1;
    }
    line
}

/// What begins a comment at the end of a line.
fn signs(language: Language) -> &'static [&'static str] {
    match language {
        Language::Sql => &["--"],
        Language::JavaScript | Language::TypeScript | Language::Go | Language::Java => &["//"],
        Language::Php => &["//", "#"],
        Language::Package | Language::Systemd => &[],
        _ => &["#"],
    }
}

#[cfg(test)]
mod tests;
