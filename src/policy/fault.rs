//! Errors in a policy: what is wrong, where, and what would be right.

use std::fmt::Write;

use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location};

use crate::text::line;

/// Characters of the policy's own text that an error repeats at most.
const SHOWN: usize = 40;

/// Characters of a message of the YAML library that an error repeats at most.
const MESSAGE: usize = 120;

/// What is wrong with a policy, and where.
#[derive(Debug)]
pub(super) struct Fault {
    /// Where it is, as far as that is known.
    pub(super) at: Option<Location>,
    /// What is wrong, and what would be right; no full stop.
    pub(super) text: String,
}

impl Fault {
    pub(super) fn at(at: Location, text: impl Into<String>) -> Fault {
        Fault { at: Some(at), text: text.into() }
    }

    pub(super) fn of_the_whole(text: impl Into<String>) -> Fault {
        Fault { at: None, text: text.into() }
    }

    /// The error that a person reads: `name:line:column: text`.
    pub(super) fn within(self, name: &str) -> anyhow::Error {
        let (line, column) = match self.at {
            Some(at) if at != Location::UNKNOWN => (at.line(), at.column()),
            _ => (1, 1),
        };
        anyhow::anyhow!("{name}:{line}:{column}: {}", self.text)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        let text = match &error {
            Error::SerdeUnknownField { field, expected, .. } => unknown("key", field, expected),
            Error::DuplicateMappingKey { key, .. } => format!(
                "the key {} is here twice; keep one",
                key.as_deref().map_or_else(|| "of this mapping".into(), shown)
            ),
            Error::Budget { breach, .. } => over_budget(breach),
            Error::MultipleDocuments { .. } => {
                "a second document begins here; a policy is one document, so take the `---` out"
                    .into()
            }
            Error::MergeKeyNotAllowed { .. } => {
                "a policy has no merge keys; write the keys out".into()
            }
            Error::UnsupportedTag { .. }
            | Error::TaggedStructFieldName { .. }
            | Error::TaggedScalarCannotDeserializeIntoString { .. } => {
                "a policy has no tags; take the word that begins with `!` out".into()
            }
            Error::NullIntoString { .. } => {
                "there is no value here; write one, or take the key out".into()
            }
            Error::NonFiniteFloat { value, .. } => {
                format!("{} is not a number that can be; quote it if it is a text", shown(value))
            }
            Error::InvalidUtf8Input => "the policy is not UTF-8".into(),
            Error::Unexpected { expected, .. } => format!("expected {}", expectation(expected)),
            Error::SerdeInvalidType { expected, .. }
            | Error::SerdeInvalidValue { expected, .. } => {
                format!("expected {}", expectation(expected))
            }
            Error::ExternalMessage { msg, .. } => {
                format!("not valid YAML: {}", cut(&line(msg), MESSAGE))
            }
            Error::Eof { .. } => "not valid YAML: it ends before it is complete".into(),
            Error::UnknownAnchor { .. } => {
                "a policy has no aliases; quote a text that begins with `*`".into()
            }
            other => format!(
                "not a valid policy: {}",
                cut(
                    &line(&other.render_with_formatter(&serde_yaml::UserMessageFormatter)),
                    MESSAGE
                )
            ),
        };
        Fault { at: error.location(), text }
    }
}

/// The library's word for what it wants, in ours.
fn expectation(expected: &str) -> &str {
    match expected {
        _ if expected.contains("struct") || expected.contains("map") => {
            "keys with values (`key: value`)"
        }
        _ if expected.contains("sequence") => "a list, each entry of which begins with `- `",
        _ if expected.contains("scalar") || expected.contains("string") => {
            "a single value, and found a list or keys with values"
        }
        _ => "something else",
    }
}

fn over_budget(breach: &BudgetBreach) -> String {
    match breach {
        BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. } => {
            "a policy has no anchors (`&`) and no aliases (`*`); write the value out, \
             and quote a text that begins with one of them"
                .into()
        }
        BudgetBreach::Depth { .. } => "nested too deep for a policy".into(),
        BudgetBreach::Documents { .. } => "a policy is one document".into(),
        _ => "too many keys and values for a policy; a path may be a glob, so that one allowance does for many files"
            .into(),
    }
}

/// Says that there is no such key or rule, and which one may be meant.
pub(super) fn unknown(what: &str, found: &str, known: &[&str]) -> String {
    let mut text = format!("unknown {what} {}", shown(found));
    if let Some(near) = nearest(found, known) {
        let _ = write!(text, "; did you mean `{near}`?");
    } else if !known.is_empty() {
        let _ = write!(text, "; there are `{}`", known.join("`, `"));
    }
    text
}

/// The known word that differs least from this one, if it is near at all: by its letters, or by its words one by one.
fn nearest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    if found.len() > 2 * SHOWN {
        return None;
    }
    let found = found.to_lowercase();
    let near = |word: &str| {
        let by_letters = strsim::damerau_levenshtein(&found, word);
        by_words(&found, word).map_or(by_letters, |it| it.min(by_letters))
    };
    known
        .iter()
        .map(|word| (near(word), *word))
        .filter(|(distance, word)| *distance <= (word.len() / 3).max(1))
        .min()
        .map(|(_, word)| word)
}

/// How many letters the words of two names differ in, where they have as many, and more than one. A word that is cut short differs in one: `db` of
/// `database`.
fn by_words(found: &str, known: &str) -> Option<usize> {
    let (found, known) = (found.split('-'), known.split('-'));
    let words = found.clone().count();
    if words < 2 || words != known.clone().count() {
        return None;
    }
    let differ = |(found, known): (&str, &str)| match is_short_for(found, known) {
        true => usize::from(found != known),
        false => strsim::damerau_levenshtein(found, known),
    };
    Some(found.zip(known).map(differ).sum())
}

/// Whether a word is another one with letters left out, but not its first.
fn is_short_for(short: &str, word: &str) -> bool {
    let mut letters = word.chars();
    short.chars().next() == word.chars().next()
        && short.chars().all(|it| letters.any(|that| that == it))
}

/// The text as an error may repeat it: short, in backquotes, and without characters that act on a terminal.
pub(super) fn shown(text: &str) -> String {
    format!("`{}`", cut(&line(&text.chars().take(SHOWN + 1).collect::<String>()), SHOWN))
}

fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some(_) => text.chars().take(length - 3).chain("...".chars()).collect(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_is_nearest_by_its_words_is_meant() {
        let known = ["unguarded-file-wipe", "unguarded-database-wipe", "unguarded-table-wipe"];
        for (found, near) in [
            ("unguarded-db-wipe", Some("unguarded-database-wipe")),
            ("unguarded-tbl-wipe", Some("unguarded-table-wipe")),
            ("unguarded-files-wipe", Some("unguarded-file-wipe")),
            ("Unguarded-Database-Wipe", Some("unguarded-database-wipe")),
            ("unguardeddatabasewipe", Some("unguarded-database-wipe")),
            ("wipe", None),
        ] {
            assert_eq!(nearest(found, &known), near, "{found}");
        }
    }
}
