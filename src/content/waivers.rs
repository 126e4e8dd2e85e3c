//! Waivers in the text of a file: comments that say why a finding on a line may stand.

mod until;

use std::collections::HashMap;

use bstr::{ByteSlice, ByteVec};

/// What a waiver begins with.
const WORD: &[u8] = b"dataward:";

/// What follows it, before the rule.
const ALLOW: &[u8] = b"allow(";

/// The name in it, whatever its first letter, as people write it.
const NAMES: &[&[u8]] = &[b"ataward", b"ATAWARD"];

/// The marks that begin a comment in one language or another, and what ends it where that is not the end of the line.
const MARKS: &[(&[u8], &[u8])] = &[
    (b"<#", b"#>"),
    (b"#", b""),
    (b"//", b""),
    (b"<!--", b"-->"),
    (b"--", b""),
    (b";", b""),
    (b"/*", b"*/"),
    (b"/**", b"*/"),
    (b"%", b""),
    (b"REM", b""),
];

/// What begins a comment over several lines, each of which may begin with the last of its signs; and what ends it.
const BLOCK: (&[u8], &[u8]) = (b"/*", b"*/");

/// What ends a comment on its own line, whatever began it.
const ENDS: &[&str] = &["*/", "-->", "#>"];

/// The most waivers of one file. Further ones count for nothing.
const MOST: usize = 1000;

/// Bytes of a line in which a waiver is looked for: one in a longer line would be read by nobody.
const LONGEST_LINE: usize = 4096;

/// Places of one line that are looked at: a person writes one, and may quote another before it.
const TRIED: usize = 8;

/// Lines that one comment, or one statement, goes over at most.
const LINES: usize = 100;

/// A waiver as written. What it is worth is for the policy to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Waiver {
    /// The line it stands on, from 1.
    pub line: u32,
    /// The first line that it speaks of beside its own: where it has its lines to itself, the next one that is no waiver.
    pub from: u32,
    /// The last one: lines that end in a blank and a backslash go on in the next one.
    pub to: u32,
    /// The rule between its brackets, as written. Untrusted text.
    pub rule: String,
    /// Why the finding may stand; empty where it does not say. Untrusted text.
    pub reason: String,
    /// What follows the word `until`: the last day it holds, or else no day at all. None is for ever. Untrusted text.
    pub until: Option<String>,
    /// The first line below that is neither blank nor a comment, where such stand between: it does not speak of that line, as people may
    /// think who go on with its reason on a second line.
    pub parted_from: Option<u32>,
    /// It only looks like one: it is written in another way.
    pub is_misspelt: bool,
}

impl Waiver {
    /// Whether it speaks of this line.
    pub fn speaks_of(&self, line: u32) -> bool {
        line == self.line || (self.from..=self.to).contains(&line)
    }

    /// Whether it stands above what begins on this line.
    pub fn is_above(&self, line: u32) -> bool {
        self.line < self.from && (self.from..=self.to).contains(&line)
    }
}

/// The waivers in this text, in the order of its lines.
///
/// A waiver is `dataward: allow(RULE): REASON`, with `until YYYY-MM-DD` in its reason or without. Before it on its line stand the mark of
/// a comment, and nothing else that is part of that comment. A mark counts at the start of the line and after a blank, where no
/// quote is open.
pub fn waivers(text: &[u8]) -> Vec<Waiver> {
    if NAMES.iter().all(|it| text.find(it).is_none()) {
        return Vec::new();
    }
    let lines: Vec<&[u8]> = text.lines().collect();
    let mut found = Vec::new();
    for at in 0..lines.len() {
        if let Some(comment) = comment(&lines, at) {
            found.push((comment.next, read(&comment, at)));
            if found.len() == MOST {
                break;
            }
        }
    }
    // From the last one up, since a line of waivers speaks of what the one below it speaks of.
    let mut below = HashMap::new();
    for (next, waiver) in found.iter_mut().rev() {
        let at = waiver.line as usize - 1;
        let first = match next {
            Some(next) => below.get(next).copied().unwrap_or(*next),
            None => first_of(&lines, at),
        };
        if next.is_some() {
            below.insert(at, first);
        }
        (waiver.from, waiver.to) = (number(first), number(last_of(&lines, first)));
        waiver.parted_from = next.and_then(|_| behind_comments(&lines, first)).map(number);
    }
    found.into_iter().map(|(_, waiver)| waiver).collect()
}

/// The number of a line, from 1.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1)
}

/// Whether a line of a shell, or what is written as such, goes on in the next one.
fn goes_on(line: &[u8]) -> bool {
    matches!(line.trim_end_with(|it| it == '\r'), [.., b' ' | b'\t', b'\\'] | b"\\")
}

/// The line on which the one begins that goes on over this one.
fn first_of(lines: &[&[u8]], at: usize) -> usize {
    let before = lines[..at].iter().rev().take(LINES).take_while(|it| goes_on(it));
    at - before.count()
}

/// The line on which this one ends.
fn last_of(lines: &[&[u8]], at: usize) -> usize {
    let rest = lines.get(at..).unwrap_or_default();
    let on = rest.iter().take(LINES).take_while(|it| goes_on(it)).count();
    (at + on).min(lines.len().max(at + 1) - 1)
}

/// The first line of several that is neither blank nor a comment, where there are such before it.
fn behind_comments(lines: &[&[u8]], first: usize) -> Option<usize> {
    let begins = |line: &[u8], mark: &[u8]| {
        line.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark))
    };
    let is_comment = |line: &[u8]| MARKS.iter().any(|(mark, _)| begins(line, mark));
    let rest = lines.get(first..).unwrap_or_default().iter().take(LINES).map(|it| it.trim_start());
    let n = rest.take_while(|it| it.is_empty() || is_comment(it)).count();
    (n > 0 && first + n < lines.len()).then_some(first + n)
}

/// A comment that is a waiver, or looks like one.
struct Comment<'a> {
    /// What follows its opening bracket.
    said: &'a [u8],
    /// The line below it, counted from 0, where it has its lines to itself.
    next: Option<usize>,
    is_misspelt: bool,
}

/// The waiver on a line.
fn comment<'a>(lines: &[&'a [u8]], at: usize) -> Option<Comment<'a>> {
    let line = lines[at];
    if line.len() > LONGEST_LINE {
        return None;
    }
    let named = NAMES.iter().flat_map(|it| line.find_iter(it));
    named.take(TRIED).filter_map(|it| it.checked_sub(1)).find_map(|start| {
        let (said, is_misspelt) = written(&line[start..])?;
        let before = line[..start].trim_end();
        let (before, end) = marked(before).or_else(|| {
            let is_alone = before.trim_start().iter().all(|it| *it == b'*') && !before.is_empty();
            (is_alone && is_in_block(lines, at)).then_some((&b""[..], BLOCK.1))
        })?;
        let mut is_alone = before.trim().is_empty();
        let is_parted = before.last().is_some_and(u8::is_ascii_whitespace);
        if !is_alone && (!is_parted || is_quoted(before)) {
            return None;
        }
        let mut said = said;
        let mut next = at + 1;
        if !end.is_empty() {
            match said.find(end) {
                Some(ends) => {
                    is_alone &= said[ends + end.len()..].trim().is_empty();
                    said = &said[..ends];
                }
                None if is_alone => next = behind(lines, at, end)?,
                None => {}
            }
        }
        Some(Comment { said, next: is_alone.then_some(next), is_misspelt })
    })
}

/// What stands before the mark that a text ends with, and what ends that comment.
fn marked(text: &[u8]) -> Option<(&[u8], &'static [u8])> {
    let (mark, end) = MARKS.iter().find(|(mark, _)| ends_in(text, mark))?;
    // `##` and `///` are marks as well.
    let last = &mark[mark.len() - 1..];
    let before = text[..text.len() - mark.len()].trim_end_with(|it| {
        mark.iter().all(|same| same == &last[0]) && u8::try_from(it) == Ok(last[0])
    });
    Some((before, end))
}

/// Whether a line that begins with an asterisk is in a comment over several lines, all of which do.
fn is_in_block(lines: &[&[u8]], at: usize) -> bool {
    let before = lines[..at].iter().rev().take(LINES).map(|it| it.trim());
    let mut before = before.skip_while(|it| it.starts_with(b"*") && it.find(BLOCK.1).is_none());
    before.next().is_some_and(|it| it.starts_with(BLOCK.0) && it.find(BLOCK.1).is_none())
}

/// The line below a comment that goes on over several; the last one of it where something follows it there. None where it does not end.
fn behind(lines: &[&[u8]], at: usize, end: &[u8]) -> Option<usize> {
    let rest = lines.iter().enumerate().skip(at + 1).take(LINES);
    let (last, ends) = rest.filter_map(|(n, it)| Some((n, it.find(end)? + end.len()))).next()?;
    Some(if lines[last][ends..].trim().is_empty() { last + 1 } else { last })
}

/// What follows `dataward: allow(`, and whether it is written in another way.
fn written(text: &[u8]) -> Option<(&[u8], bool)> {
    let exact = text.strip_prefix(WORD).and_then(|it| it.trim_start().strip_prefix(ALLOW));
    if let Some(said) = exact {
        return Some((said, false));
    }
    let is_sign = |it: char| it.is_ascii_whitespace() || ":(=[".contains(it);
    let said = after(text, &WORD[..WORD.len() - 1])?.trim_start_with(is_sign);
    let said = after(said, &ALLOW[..ALLOW.len() - 1])?;
    let rule = said.trim_start_with(is_sign);
    let of_id = |it: &&u8| it.is_ascii_alphabetic() || **it == b'-';
    let id = &rule[..rule.iter().take_while(of_id).count()];
    // What is not of the form of an id is a sentence.
    (rule.len() < said.len() && id.contains(&b'-')).then_some((rule, true))
}

/// What follows this word, in whatever case.
fn after<'a>(text: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

fn ends_in(text: &[u8], mark: &[u8]) -> bool {
    let start = text.len().checked_sub(mark.len());
    start.is_some_and(|start| text[start..].eq_ignore_ascii_case(mark))
}

/// Whether a quote is open at the end of this text.
fn is_quoted(text: &[u8]) -> bool {
    let mut open = None;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match (open, byte) {
            (_, b'\\') => {
                bytes.next();
            }
            (None, b'"' | b'\'' | b'`') => open = Some(byte),
            (Some(quote), byte) if quote == byte => open = None,
            _ => {}
        }
    }
    open.is_some()
}

/// Reads a waiver; which lines it speaks of is said later.
fn read(comment: &Comment, at: usize) -> Waiver {
    let said = Vec::from(comment.said).into_string_lossy();
    let mut said = said.trim();
    for end in ENDS {
        said = said.strip_suffix(end).unwrap_or(said).trim_end();
    }
    let is_misspelt = comment.is_misspelt;
    let (rule, rest) = match is_misspelt {
        true => (said.split([' ', ')', ':', ']']).next().unwrap_or_default(), ""),
        false => said.split_once(')').unwrap_or((said, "")),
    };
    // Without a colon nothing is a reason: what follows may be anything.
    let reason = rest.trim_start().strip_prefix(':').unwrap_or_default();
    let (reason, until) = until::told(reason);
    let (line, rule) = (number(at), rule.trim().to_owned());
    Waiver { line, from: line, to: line, rule, reason, until, parted_from: None, is_misspelt }
}

#[cfg(test)]
mod tests;
