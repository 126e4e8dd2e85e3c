//! How an operation is worded and what it is aimed at, as a hash: another one stands there where that changes, even if it is called
//! the same.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::model::Operation;
use super::{Language, hosts};
use crate::text::hex;

/// Lines that belong to one statement, at most.
const LINES: u32 = 20;

/// Says of each operation how it is worded: the line that it stands on and those it goes on over, whatever their blanks and comments,
/// with what was noted of its aim. Those that are alike in all of it are numbered, so that no other one is known by their number.
pub(super) fn tell(language: Language, text: &str, met: &mut [Operation]) {
    let lines: Vec<&str> = text.lines().collect();
    let mut told: Option<(u32, String)> = None;
    let mut alike: HashMap<String, usize> = HashMap::new();
    let is_sql = language == Language::Sql;
    let goes = (0..lines.len()).filter(|at| is_sql && goes_elsewhere(lines[*at]));
    let goes: Vec<usize> = goes.collect();
    for it in met {
        it.begins = begins(language, &lines, it);
        let worded = match told.take().filter(|(line, _)| *line == it.line) {
            Some((_, worded)) => worded,
            None => worded(language, &lines, it.line),
        };
        let mut hash = Sha256::new();
        let gone = goes.partition_point(|at| *at < index(it.line)).checked_sub(1);
        let gone = gone.map_or("", |at| lines[goes[at]].trim());
        let parts = [gone, it.wording.as_str(), worded.as_str()];
        for part in it.layers.iter().copied().chain(parts) {
            hash.update(part);
            hash.update([0]);
        }
        told = Some((it.line, worded));
        let known = hex(&hash.finalize()[..8]);
        let n = alike.entry(format!("{} {} {known}", it.kind.id, it.name)).or_default();
        it.wording = format!("{known} {n}");
        *n += 1;
    }
}

/// Whether a line of SQL has those below it go to another database or schema.
fn goes_elsewhere(line: &str) -> bool {
    let line = line.trim_start().to_ascii_lowercase();
    ["use ", "\\c ", "\\connect ", "connect ", "set search_path", "set schema", "attach "]
        .iter()
        .any(|it| line.starts_with(it))
}

/// Bytes of the longest statement that is known by its words; a longer one is known by their hash.
const LONGEST: usize = 10_000;

/// The words of a statement from this line on.
fn worded(language: Language, lines: &[&str], line: u32) -> String {
    let mut words: Vec<&str> = Vec::new();
    for line in lines.iter().skip(index(line)).take(LINES as usize) {
        let line = without_comment(language, line).trim_end();
        words.extend(line.split_whitespace());
        if !goes_on(line) {
            break;
        }
    }
    let words = words.join(" ");
    if words.len() <= LONGEST { words } else { hex(&Sha256::digest(words)) }
}

fn index(line: u32) -> usize {
    (line as usize).saturating_sub(1)
}

/// Whether a statement does not end with this line.
fn goes_on(line: &str) -> bool {
    line.ends_with(['\\', '`', '(', '[', '{', ',', '|'])
}

/// The line on which the statement begins that an operation is part of, as far as people see that: what a shell reads below
/// `psql <<SQL` has comments of its own.
fn begins(language: Language, lines: &[&str], it: &Operation) -> u32 {
    let is_hosted = hosts::holds(language);
    let mut before = lines.iter().take(index(it.line)).skip(index(it.begins));
    let reads = (is_hosted || language == Language::Shell) && before.any(|it| it.contains("<<"));
    let begins = if reads || it.line - it.begins > LINES { it.line } else { it.begins };
    match is_hosted && !matches!(language, Language::Make | Language::Just | Language::Docker) {
        true => begins_in_yaml(lines, it.line, begins),
        false => begins,
    }
}

/// The same in YAML, where the text of a command may begin below its dash or key: `- >-`, `run: |`. What is known of the statement
/// counts only within that text.
fn begins_in_yaml(lines: &[&str], line: u32, begins: u32) -> u32 {
    let deep = |it: &str| it.len() - it.trim_start().len();
    let own = lines.get(index(line)).copied().unwrap_or_default();
    let before = lines.iter().enumerate().take(index(line)).rev().take(LINES as usize);
    let is_head = |it: &(usize, &&str)| !it.1.trim().is_empty() && deep(it.1) < deep(own);
    let Some((at, head)) = before.into_iter().find(is_head).filter(|_| !is_entry(own)) else {
        return line;
    };
    if !is_entry(head) {
        return line;
    }
    let head_line = line - (index(line) - at) as u32;
    let sign = head.trim_end_matches(|it: char| it.is_ascii_digit() || "+- ".contains(it));
    let first = match sign.ends_with('|') {
        _ if begins > head_line => begins,
        true => line,
        false => head_line,
    };
    if first == head_line + 1 { head_line } else { first }
}

/// Whether a line begins an element of a list, or is one with a key.
fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.split_once(':').map_or("", |(key, _)| key);
    line.starts_with("- ") || !key.is_empty() && !key.contains(char::is_whitespace)
}

/// A line without the comment at its end. What may be something else stays.
fn without_comment(language: Language, line: &str) -> &str {
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
