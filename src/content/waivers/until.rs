//! The last day of a waiver, told from its reason.

use crate::date::Date;

/// Words that a day follows.
const WORDS: &[&str] = &["until", "till"];

/// Such words of one reason that are looked at.
const MOST: usize = 20;

/// Bytes of what follows such a word that are kept.
const LONGEST: usize = 40;

/// A reason without the day until which it holds, and that day, as written: of several the first, but one that is no day before
/// all others. Where the word is and no day follows, it is what follows.
pub(super) fn told(reason: &str) -> (String, Option<String>) {
    let mut reason = reason.to_owned();
    let mut days = Vec::new();
    let mut other = None;
    let mut from = 0;
    for _ in 0..MOST {
        let Some((start, end)) = word(&reason, from) else { break };
        let rest = &reason[end..];
        let day = rest.trim_start_matches(|it: char| !it.is_alphanumeric());
        let begin = end + (rest.len() - day.len());
        let length = day.find(char::is_whitespace).unwrap_or(day.len());
        let day = day[..length].trim_end_matches(|it: char| !it.is_alphanumeric());
        if day.starts_with(|it: char| it.is_ascii_digit()) {
            days.push(shortened(day));
            reason.replace_range(start..begin + day.len(), "");
            from = start;
        } else {
            other.get_or_insert_with(|| shortened(day));
            from = end;
        }
    }
    // In doubt the one that is no day: it does not count.
    days.sort_by_key(|it| (it.parse::<Date>().is_ok(), it.clone()));
    let reason = plain(&reason, days.is_empty());
    (reason, days.into_iter().next().or(other))
}

/// A reason in words that are one blank apart, without what stood around its day.
fn plain(reason: &str, is_whole: bool) -> String {
    let is_word = |it: &&str| is_whole || it.chars().any(char::is_alphanumeric);
    let words: Vec<&str> = reason.split_whitespace().filter(is_word).collect();
    let reason = words.join(" ");
    match reason.chars().any(char::is_alphanumeric) {
        true => reason,
        false => String::new(),
    }
}

fn shortened(day: &str) -> String {
    let end = day.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST);
    day[..end.unwrap_or(day.len())].to_owned()
}

/// Where the next of the words begins and ends, from a place on, whatever its case.
fn word(text: &str, from: usize) -> Option<(usize, usize)> {
    let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == '-';
    let lower = text.to_ascii_lowercase();
    let found = WORDS.iter().filter_map(|word| {
        let starts = lower[from..].match_indices(word).map(|(at, _)| from + at);
        let is_word = |at: &usize| {
            !lower[..*at].ends_with(is_part) && !lower[at + word.len()..].starts_with(is_part)
        };
        let at = starts.into_iter().find(is_word)?;
        Some((at, at + word.len()))
    });
    found.min()
}
