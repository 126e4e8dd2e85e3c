//! Text for people, and for git clients that colour lines by their first word. The only file that makes colour.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use bstr::BString;
use owo_colors::OwoColorize;
pub(super) use owo_colors::Style as Ink;

use super::{Counts, Report, Style, origin};
use crate::finding::{Finding, Location, Severity};
use crate::policy::{self, UnusedAllowance, UnusedLock, UnusedWaiver};
use crate::text::{clean, line, quoted, short, wrapped};

/// Our own words end here: `remote: ` takes the other 8 of 80 columns.
const COLUMNS: usize = 72;

/// Findings of one rule and severity that are said one by one.
const SAID: usize = 50;

/// Findings of one rule and severity about lines of one file that are said one by one.
const SAID_OF_A_FILE: usize = 10;

/// Lines that are named of those that are not.
const NAMED_LINES: usize = 20;

/// Characters of a word, and of a message or line of evidence, before its middle is left out.
const LONG_WORD: usize = 64;
const LONG_LINE: usize = 240;

/// Programs that a hint may name at its start: a hint that begins so is a command.
const COMMANDS: &[&str] = &["git", "dataward", "cp", "mv", "rm", "sqlite3", "pre-commit", "prek"];

pub(super) fn render(report: &Report, style: Style) -> String {
    let counts = report.counts();
    if counts.errors + counts.warnings == 0 {
        return if report.say_success { success(report, counts, style) } else { String::new() };
    }
    let mut lines = Vec::new();
    let mut said: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
    let (findings, mut known) = (report.sorted(), Known::default());
    let more = more_of_a_file(&findings);
    for (finding, more) in findings.into_iter().zip(more) {
        let More::Said(more) = more else { continue };
        let n = said.entry((Reverse(finding.severity), finding.rule)).or_default();
        *n += 1;
        if *n <= SAID {
            lines.extend(of_finding(finding, more, &mut known, report, style));
        }
    }
    for ((rule, severity), n) in &report.verdict.left_out {
        if let Some(severity) = severity {
            let message = format!("{n} more paths of blobs that are at very many; only counted");
            lines.extend([heading(*severity, rule, &message, style), String::new()]);
        }
    }
    for ((Reverse(severity), rule), n) in said.into_iter().filter(|&(_, n)| n > SAID) {
        let message = format!("{} more; all of them: --format json", n - SAID);
        lines.extend([heading(severity, rule, &message, style), String::new()]);
    }
    for unused in &report.verdict.unused {
        lines.extend(of_unused(unused, style));
    }
    for unused in &report.verdict.unused_locks {
        lines.extend(of_unused_lock(unused, style));
    }
    for unused in &report.verdict.unused_waivers {
        lines.extend(of_unused_waiver(unused, style));
    }
    lines.extend(of_unused_entries(report.verdict.unused_entries, style));
    lines.push(last_line(report, counts, style));
    lines.join("\n") + "\n"
}

/// Whether a finding is said, and what stands for those of its rule and file that are not.
#[derive(Clone)]
enum More {
    Said(Option<String>),
    Left,
}

/// For each finding, whether it is said: of many in one file the last that is said names the lines of the others.
fn more_of_a_file(findings: &[&Finding]) -> Vec<More> {
    let mut of_a_file: BTreeMap<_, Vec<(usize, u32)>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(line) = finding.at.line {
            let file = (finding.rule, finding.severity, &finding.at.path, &finding.at.blob);
            of_a_file.entry(file).or_default().push((at, line));
        }
    }
    let mut more = vec![More::Said(None); findings.len()];
    for lines in of_a_file.into_values().filter(|it| it.len() > SAID_OF_A_FILE) {
        let (said, left) = lines.split_at(SAID_OF_A_FILE);
        let named: Vec<String> =
            left.iter().take(NAMED_LINES).map(|(_, line)| line.to_string()).collect();
        let end = if left.len() > NAMED_LINES { ", ..." } else { "" };
        let text = format!("{} more in this file, on lines {}{end}", left.len(), named.join(", "));
        if let Some((at, _)) = said.last() {
            more[*at] = More::Said(Some(text));
        }
        for (at, _) in left {
            more[*at] = More::Left;
        }
    }
    more
}

/// What was said already: code to copy, and hints about the lines of a file.
#[derive(Default)]
struct Known<'a> {
    examples: BTreeSet<&'a str>,
    hints: BTreeSet<(&'a BString, &'a str)>,
}

fn of_finding<'a>(
    finding: &'a Finding,
    more: Option<String>,
    known: &mut Known<'a>,
    report: &Report,
    style: Style,
) -> Vec<String> {
    let mut lines = vec![
        heading(finding.severity, finding.rule, &sentence(&finding.message), style),
        location(&finding.at, style),
    ];
    let (first, next) = ("    | ", "    |   ");
    for evidence in finding.evidence.iter().chain(&more) {
        lines.extend(wrapped(&sentence(evidence), first, next, columns(style)));
    }
    let mut hints = finding.hint.iter();
    if let Some(code) = finding.example.as_deref() {
        let hint = hints.next().map_or("", String::as_str);
        lines.extend(of_example(hint, code, known.examples.insert(code), style));
    }
    for hint in hints {
        // A file with many operations has one way to be staged again.
        if finding.at.line.is_none() || known.hints.insert((&finding.at.path, hint)) {
            lines.extend(of_hint(hint, style));
        }
    }
    if !report.explain.is_empty() {
        let explain = format!("{} {}", report.explain, finding.rule);
        lines.push(format!("{} {}", ink(style, "hint:", HINT), line(&explain)));
    }
    lines.push(String::new());
    lines
}

/// A hint with code to copy, which is said once a report.
fn of_example(hint: &str, code: &str, is_first: bool, style: Style) -> Vec<String> {
    if !is_first {
        let hint = hint.trim_end_matches(':').replacen("this one", "the one above", 1);
        return of_hint(&hint, style);
    }
    let mut lines = of_hint(hint, style);
    lines.push(String::new());
    // At the start of the line, so that it can be copied: it is dataward's own text.
    lines.extend(code.lines().map(str::to_owned));
    lines.push(String::new());
    lines
}

fn heading(severity: Severity, rule: &str, message: &str, style: Style) -> String {
    let look = match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let word = ink(style, &format!("{}[{rule}]", severity.word()), look);
    format!("{word}: {}", ink(style, message, BOLD))
}

fn location(at: &Location, style: Style) -> String {
    let mut words = at.origins.first().map(origin::words).unwrap_or_default();
    if at.origins.len() > 1 {
        words.push_str(&format!(" and {} more", at.origins.len() - 1));
    }
    let origin = if words.is_empty() { words } else { format!(" ({})", line(&words)) };
    let place = at.line.map(|it| format!(":{it}")).unwrap_or_default();
    format!(" {} {}{place}{origin}", ink(style, "-->", ARROW), clean(at.full_path()))
}

/// A hint: a sentence is wrapped; one that holds a command, a path in quotes or a URL stays on its line, to be pasted.
fn of_hint(hint: &str, style: Style) -> Vec<String> {
    let hint = line(hint);
    let program = hint.split(' ').next().unwrap_or_default();
    let whole =
        COMMANDS.contains(&program) || [": ", "'", "://"].iter().any(|mark| hint.contains(mark));
    let mut lines = if whole {
        vec![format!("hint: {hint}")]
    } else {
        wrapped(&hint, "hint: ", "      ", columns(style))
    };
    lines[0].replace_range(.."hint:".len(), &ink(style, "hint:", HINT));
    lines
}

fn of_unused(unused: &UnusedAllowance, style: Style) -> Vec<String> {
    let (rule, path) = (clean(&unused.rule), clean(&unused.path));
    let mut lines = vec![format!(
        "{}: the allowance of {rule} for {path} (line {} of the policy) let nothing through",
        ink(style, "warning", WARNING),
        unused.line
    )];
    lines.extend(of_hint("take it out of the policy, or mend its path", style));
    lines.push(String::new());
    lines
}

fn of_unused_lock(unused: &UnusedLock, style: Style) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: the locked fixture {} (line {} of {}) is not there",
        ink(style, "warning", WARNING),
        clean(&unused.path),
        unused.line,
        policy::LOCK
    )];
    let path = quoted(unused.path.as_str().into());
    lines.extend(of_hint(
        &format!("take it out, at the top of the repository: dataward fixture unlock {path}"),
        style,
    ));
    lines.push(String::new());
    lines
}

fn of_unused_waiver(unused: &UnusedWaiver, style: Style) -> Vec<String> {
    let fault = unused.fault.as_deref().unwrap_or("let nothing through");
    let mut lines = vec![format!(
        "{}: the waiver of {} in {} (line {}) {}",
        ink(style, "warning", WARNING),
        short(&clean(&unused.rule), LONG_WORD),
        clean(&unused.path),
        unused.line,
        sentence(fault)
    )];
    lines.extend(of_hint("take the comment out, or mend it", style));
    lines.push(String::new());
    lines
}

fn of_unused_entries(entries: usize, style: Style) -> Vec<String> {
    if entries == 0 {
        return Vec::new();
    }
    let word = ink(style, "warning", WARNING);
    let said = format!("{word}: entries of the baseline that let nothing through: {entries}");
    let hint = of_hint("take them out: dataward baseline", style);
    [vec![said], hint, vec![String::new()]].concat()
}

fn last_line(report: &Report, counts: Counts, style: Style) -> String {
    let word = match report.blocked() {
        true => ink(style, "blocked", ERROR),
        false => ink(style, "passed", SUCCESS),
    };
    let Counts { errors, warnings, .. } = counts;
    let allowed = allowed(counts);
    format!("{word}: errors {errors}, warnings {warnings}{allowed}, files {}", report.files)
}

fn success(report: &Report, counts: Counts, style: Style) -> String {
    let word = ink(style, "success", SUCCESS);
    let files = if report.files == 1 { "file" } else { "files" };
    format!("{word}: no findings in {} {files}{}\n", report.files, allowed(counts))
}

/// What is said only where something was allowed.
fn allowed(counts: Counts) -> String {
    match counts.allowed {
        0 => String::new(),
        n => format!(", allowed {n}"),
    }
}

/// A message or a line of evidence: cleaned, with the middle of long names left out.
fn sentence(text: &str) -> String {
    let words: Vec<String> = line(text).split(' ').map(|word| short(word, LONG_WORD)).collect();
    short(&words.join(" "), LONG_LINE)
}

pub(super) fn columns(style: Style) -> usize {
    style.width.min(COLUMNS)
}

pub(super) const ERROR: Ink = Ink::new().red().bold();
pub(super) const WARNING: Ink = Ink::new().yellow().bold();
pub(super) const SUCCESS: Ink = Ink::new().green().bold();
pub(super) const HINT: Ink = Ink::new().yellow();
pub(super) const ARROW: Ink = Ink::new().blue().bold();
pub(super) const BOLD: Ink = Ink::new().bold();

/// Text in this look, where the style has colour.
pub(super) fn ink(style: Style, text: &str, look: Ink) -> String {
    if style.color { text.style(look).to_string() } else { text.to_owned() }
}
