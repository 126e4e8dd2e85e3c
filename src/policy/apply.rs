//! From the policy as written to the policy as applied: every value is read and checked here.

use std::ops::RangeInclusive;

use serde_yaml::{Location, Spanned};

use super::config::{self, Config, Preamble, Severities, Text};
use super::fault::{Fault, shown, unknown};
use super::{Allowance, Conditions, Level, MAX_SIZE, Policy, allowance, environment};
use crate::content::Limits;
use crate::finding::Severity;
use crate::rules::{self, Find};

/// The most entries of `allow:`.
const MAX_ALLOWANCES: usize = 500;

/// The most characters of a reason.
const MAX_REASON: usize = 1000;

/// Reads and checks a whole policy.
pub(super) fn policy(text: &[u8], known: &[&str]) -> Result<Policy, Fault> {
    let text = utf8(text)?;
    preamble(text)?;
    let config: Config = config::read(text)?;
    let mut policy =
        Policy { limits: limits(config.limits.unwrap_or_default())?, ..Policy::default() };
    for (rule, word) in config.rules.unwrap_or(Severities(Vec::new())).0 {
        let (rule, level) = (known_rule(&rule, known)?, level(&word)?);
        policy.severities.insert(rule, level);
    }
    let written = config.allow.unwrap_or_default();
    if let Some(surplus) = written.get(MAX_ALLOWANCES) {
        let text = format!(
            "more than {MAX_ALLOWANCES} allowances; a path may be a glob, so that one does for many files"
        );
        return Err(Fault::at(surplus.referenced, text));
    }
    policy.allowances =
        written.into_iter().map(|it| allowance_of(it, known)).collect::<Result<_, _>>()?;
    if let Some(locks) = config.fixtures.and_then(|it| it.locks) {
        policy.ignores_locks = !truth(&locks)?;
    }
    policy.counts_baseline = config.baseline.as_ref().map(truth).transpose()?;
    if config.registry.as_ref().map(is_required).transpose()? == Some(true) {
        let level = Level::Severity(Severity::Error);
        policy.severities.entry("registry-disagrees".to_owned()).or_insert(level);
    }
    policy.environments = environment::declared(config.environments.unwrap_or_default(), known)?;
    policy.counts_waivers = config.waivers.as_ref().map(truth).transpose()?;
    if policy.counts_waivers == Some(false) {
        policy.severities.insert("expired-waiver".to_owned(), Level::Off);
    }
    Ok(policy)
}

fn utf8(text: &[u8]) -> Result<&str, Fault> {
    if text.len() > MAX_SIZE {
        return Err(Fault::of_the_whole(
            "the policy is larger than 1 MiB; nobody can review that, so make it smaller",
        ));
    }
    let text = str::from_utf8(text).map_err(|error| {
        let line = text[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count() + 1;
        Fault::of_the_whole(format!("the policy is not UTF-8 (line {line}); save it as UTF-8"))
    })?;
    match text.find('\0') {
        Some(_) => {
            Err(Fault::of_the_whole("the policy has a NUL byte in it; save it as UTF-8 text"))
        }
        None => Ok(text),
    }
}

/// Checks first whether this program may apply the policy, so that a policy for a later one does not fail by its keys.
fn preamble(text: &str) -> Result<(), Fault> {
    const ADD: &str = "add the line `version: 1` at its top";
    let Some(preamble) = config::read::<Option<Preamble>>(text)? else {
        return Err(Fault::of_the_whole(format!(
            "the policy is empty; {ADD}, or take the file away"
        )));
    };
    if let Some(requires) = &preamble.requires {
        let this = env!("CARGO_PKG_VERSION");
        let needed = release(&requires.value).ok_or_else(|| {
            Fault::at(
                requires.referenced,
                format!(
                    "{} is not a version of dataward; write one such as \"0.1\"",
                    shown(&requires.value)
                ),
            )
        })?;
        if release(this).is_none_or(|it| it < needed) {
            let text = format!(
                "this policy needs dataward {} or later, and this is dataward {this}; install a later one",
                requires.value
            );
            return Err(Fault::at(requires.referenced, text));
        }
    }
    match preamble.version {
        Some(version) if version.value == "1" => Ok(()),
        Some(version) => Err(Fault::at(
            version.referenced,
            format!(
                "{} is no version of the policy's format; write `version: 1`",
                shown(&version.value)
            ),
        )),
        None => Err(Fault::of_the_whole(format!("the policy does not say its version; {ADD}"))),
    }
}

/// The numbers of a version, as far as they are ordered.
fn release(text: &str) -> Option<[u32; 3]> {
    let mut release = [0; 3];
    let mut parts = text.split('.');
    for number in &mut release {
        match parts.next() {
            Some(part) if part.bytes().all(|it| it.is_ascii_digit()) => {
                *number = part.parse().ok()?
            }
            Some(_) => return None,
            None => break,
        }
    }
    parts.next().is_none().then_some(release)
}

pub(super) fn known_rule(rule: &Text, known: &[&str]) -> Result<String, Fault> {
    match known.contains(&rule.value.as_str()) {
        true => Ok(rule.value.clone()),
        false => Err(Fault::at(rule.referenced, unknown("rule", &rule.value, known))),
    }
}

pub(super) fn level(word: &Text) -> Result<Level, Fault> {
    match word.value.as_str() {
        "error" => Ok(Level::Severity(Severity::Error)),
        "warning" => Ok(Level::Severity(Severity::Warning)),
        "off" => Ok(Level::Off),
        other => Err(Fault::at(
            word.referenced,
            unknown("severity", other, &["error", "warning", "off"]),
        )),
    }
}

fn allowance_of(written: Spanned<config::Allowance>, known: &[&str]) -> Result<Allowance, Fault> {
    let at = written.referenced;
    let written = written.value;
    let missing = |key: &str, what: &str| {
        Fault::at(at, format!("this allowance has no `{key}`; add the line `{key}: {what}`"))
    };
    let rule = written.rule.ok_or_else(|| missing("rule", "ID of the rule it lets through"))?;
    let path = written.path.ok_or_else(|| missing("path", "GLOB of the files"))?;
    let reason =
        written.reason.ok_or_else(|| missing("reason", "why these files may be in git"))?;
    let line: Vec<&str> = reason.value.split_whitespace().collect();
    if line.is_empty() {
        return Err(Fault::at(
            reason.referenced,
            "the reason is empty; say why these files may be in git",
        ));
    }
    if reason.value.len() > MAX_REASON {
        return Err(Fault::at(
            reason.referenced,
            format!("the reason is longer than {MAX_REASON} bytes; say it shorter"),
        ));
    }
    if let Some(when) = written.when.as_ref().filter(|_| is_about_scripts(&rule.value)) {
        let text = format!(
            "`when` looks at a database, and {} is about scripts; take `when` out",
            shown(&rule.value)
        );
        return Err(Fault::at(when.referenced, text));
    }
    let until = written.until.map(|until| {
        until.value.parse().map_err(|error| {
            Fault::at(until.referenced, format!("{}: {error}", shown(&until.value)))
        })
    });
    Ok(Allowance {
        rule: known_rule(&rule, known)?,
        files: allowance::Files::of(&path.value)
            .map_err(|text| Fault::at(path.referenced, text))?,
        path: path.value,
        reason: line.join(" "),
        until: until.transpose()?,
        when: written.when.map(conditions).transpose()?.unwrap_or_default(),
        line: at.line(),
    })
}

fn is_about_scripts(rule: &str) -> bool {
    rules::named(rule).is_some_and(|it| matches!(it.find, Find::Script(_)))
}

fn conditions(written: Spanned<Option<config::Conditions>>) -> Result<Conditions, Fault> {
    let at = written.referenced;
    let empty = || Fault::at(at, "`when` has no condition; add one, or take `when` out");
    let written = written.value.ok_or_else(empty)?;
    let most = 0..=u64::MAX;
    let conditions = Conditions {
        test_confidence: written.test_confidence.as_ref().map(share).transpose()?,
        real_looking_identities: whole(written.real_looking_identities.as_ref(), most.clone())?,
        proven: written.proven.as_ref().map(truth).transpose()?.unwrap_or(false),
        rows: whole(written.rows.as_ref(), most)?,
    };
    if conditions == Conditions::default() { Err(empty()) } else { Ok(conditions) }
}

fn limits(written: config::Limits) -> Result<Limits, Fault> {
    let usual = Limits::default();
    let size = |text: &Option<Text>, usual| text.as_ref().map_or(Ok(usual), bytes);
    let depth =
        whole(written.archive_depth.as_ref(), 1..=100)?.and_then(|it| usize::try_from(it).ok());
    let tables =
        whole(written.tables.as_ref(), 1..=1_000_000)?.and_then(|it| usize::try_from(it).ok());
    Ok(Limits {
        file_size: size(&written.file_size, usual.file_size)?,
        tables: tables.unwrap_or(usual.tables),
        rows_per_table: whole(written.rows_per_table.as_ref(), 1..=1_000_000_000)?
            .unwrap_or(usual.rows_per_table),
        seconds: whole(written.seconds.as_ref(), 1..=3600)?.unwrap_or(usual.seconds),
        archive_depth: depth.unwrap_or(usual.archive_depth),
        archive_members: whole(written.archive_members.as_ref(), 1..=1_000_000_000)?
            .unwrap_or(usual.archive_members),
        archive_size: size(&written.archive_size, usual.archive_size)?,
    })
}

/// A whole number in decimal digits.
pub(super) fn digits(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|it| it.is_ascii_digit()))
}

fn whole(text: Option<&Text>, range: RangeInclusive<u64>) -> Result<Option<u64>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let fault = |wanted: String| {
        Fault::at(text.referenced, format!("{} is not {wanted}", shown(&text.value)))
    };
    let number = digits(&text.value).ok_or_else(|| fault("a whole number such as 1000".into()))?;
    if range.contains(&number) {
        return Ok(Some(number));
    }
    Err(fault(format!("from {} to {}", range.start(), range.end())))
}

/// `true` or `false`.
pub(super) fn truth(text: &Text) -> Result<bool, Fault> {
    text.value.parse().map_err(|_| {
        Fault::at(text.referenced, format!("{} is not true or false", shown(&text.value)))
    })
}

/// `required` or `optional`.
fn is_required(text: &Text) -> Result<bool, Fault> {
    match text.value.as_str() {
        "required" => Ok(true),
        "optional" => Ok(false),
        other => Err(Fault::at(text.referenced, unknown("word", other, &["required", "optional"]))),
    }
}

/// A number from 0 to 1.
fn share(text: &Text) -> Result<f64, Fault> {
    let plain = text.value.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    match text.value.parse() {
        Ok(share) if plain && (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err(Fault::at(
            text.referenced,
            format!("{} is not a number from 0 to 1, such as 0.9", shown(&text.value)),
        )),
    }
}

/// A number of bytes, with or without a unit.
fn bytes(text: &Text) -> Result<u64, Fault> {
    const MOST: u64 = 16 << 30;
    let at: Location = text.referenced;
    let number = text.value.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let unit = match &text.value[number.len()..] {
        "" => Some(1),
        "KB" => Some(1000),
        "MB" => Some(1_000_000),
        "GB" => Some(1_000_000_000),
        "KiB" => Some(1 << 10),
        "MiB" => Some(1 << 20),
        "GiB" => Some(1 << 30),
        _ => None,
    };
    let wrong = |wanted: &str| Fault::at(at, format!("{} is not {wanted}", shown(&text.value)));
    let (Some(number), Some(unit)) = (digits(number.trim_end_matches(' ')), unit) else {
        return Err(wrong(
            "a size; write bytes or a whole number with KB, MB, GB, KiB, MiB or GiB, such as 256 MiB",
        ));
    };
    match number.checked_mul(unit) {
        Some(bytes @ 1..=MOST) => Ok(bytes),
        _ => Err(wrong("from 1 byte to 16 GiB")),
    }
}
