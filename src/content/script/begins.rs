//! Where people see the statement begin that an operation is part of: a comment above it speaks of all of it.

use super::model::Operation;
use super::{Language, hosts};

/// Lines that belong to one statement, at most.
const LINES: u32 = 20;

/// Says of each operation where its statement begins.
pub(super) fn tell(language: Language, text: &str, met: &mut [Operation]) {
    let lines: Vec<&str> = text.lines().collect();
    for it in met {
        it.begins = begins(language, &lines, it);
    }
}

fn index(line: u32) -> usize {
    (line as usize).saturating_sub(1)
}

/// The line on which the statement begins that an operation is part of, as far as people see that: what a shell reads below
/// `psql <<SQL` has comments of its own.
fn begins(language: Language, lines: &[&str], it: &Operation) -> u32 {
    let is_hosted = hosts::holds(language);
    let is_far = it.line.saturating_sub(it.begins) > LINES;
    let mut before = lines.iter().take(index(it.line)).skip(index(it.begins));
    let reads = is_hosted || language == Language::Shell;
    let begins = match is_far || reads && before.any(|it| it.contains("<<")) {
        true => it.line,
        false => it.begins,
    };
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

#[cfg(test)]
mod tests;
