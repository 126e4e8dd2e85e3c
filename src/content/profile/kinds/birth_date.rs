//! Days on which people were born: a day of the last hundred years, in a column that says so.

use super::{Found, Look};
use crate::content::database::Kind;
use crate::date::is_day;

/// Years that count. The last is far from today, since what a file holds must not depend on the day it is looked at.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2049;

/// The same as Unix time, in seconds.
const SECONDS: std::ops::RangeInclusive<i64> = -2_208_988_800..=2_524_607_999;

/// Julian days of the same.
const JULIAN_DAYS: std::ops::Range<f64> = 2_415_020.5..2_469_807.5;

/// Days that forms and programs fill in.
const DEFAULTS: &[(i64, i64, i64)] =
    &[(1900, 1, 1), (1970, 1, 1), (1980, 1, 1), (1990, 1, 1), (2000, 1, 1)];

/// The first three letters of months in English, German, French, Spanish, Italian, Portuguese and Dutch.
const MONTHS: &[&str] = &[
    "jan gen ene",
    "feb fév fev",
    "mar mär mrz maa",
    "apr avr abr",
    "may mai mag mei",
    "jun jui giu",
    "jul lug",
    "aug aoû aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez déc dic",
];

/// Any usual writing of a day, with a time behind it or not, or a Unix time.
pub(super) fn of_text(value: &str) -> Option<Found<'static>> {
    if value.len() > 40 {
        return None;
    }
    if let Ok(number) = value.parse::<i64>() {
        return match value.len() {
            // `17051980` and `05171980`.
            8 => of_integer(number).or_else(|| {
                day(number % 10_000, number / 10_000 % 100, number / 1_000_000)
                    .or_else(|| day(number % 10_000, number / 1_000_000, number / 10_000 % 100))
            }),
            _ => of_integer(number),
        };
    }
    let mut parts = [0; 3];
    let mut lengths = [0; 3];
    let mut n = 0;
    let mut words = value
        .split(|c: char| !c.is_alphanumeric() || matches!(c, '年' | '月' | '日'))
        .filter(|it| !it.is_empty());
    while let Some(word) = words.next().filter(|_| n < 3) {
        // `1980-05-17T10:00`
        let word = word.split_once('T').map_or(word, |(day, _)| day);
        let word = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        (*parts.get_mut(n)?, *lengths.get_mut(n)?) = match word.parse::<i64>() {
            Ok(number) if word.len() <= 4 => (number, word.len()),
            _ => match month(word) {
                Some(month) => (month, 0),
                // The day of the week.
                None if n == 0 && word.chars().all(char::is_alphabetic) => continue,
                None => return None,
            },
        };
        n += 1;
    }
    let [first, second, third] = parts;
    match lengths {
        [4, _, 1 | 2] => day(first, second, third),
        [1 | 2, 0, 4] => day(third, second, first),
        [0, 1 | 2, 4] => day(third, first, second),
        [1 | 2, 1 | 2, 4] => day(third, second, first).or_else(|| day(third, first, second)),
        [1 | 2, 0 | 2, 2] | [2, 1, 2] => {
            day(1900 + third, second, first).or_else(|| day(1900 + third, first, second))
        }
        _ => None,
    }
}

/// A day as `19800517`, a year, or a Unix time in seconds, milliseconds or microseconds.
pub(super) fn of_integer(number: i64) -> Option<Found<'static>> {
    if YEARS.contains(&number) {
        return Some(Found::new(Kind::BirthDate, Look::Unknown));
    }
    if let Some(found) = day(number / 10_000, number / 100 % 100, number % 100) {
        return Some(found);
    }
    // Small numbers are ages and counts.
    let is_time = [1, 1_000, 1_000_000].into_iter().any(|unit| {
        SECONDS.contains(&(number / unit)) && (number / unit).unsigned_abs() > 1_000_000
    });
    is_time.then(|| Found::new(Kind::BirthDate, Look::Unknown))
}

/// A Julian day, as SQLite's `julianday` yields it, or any other number.
pub(super) fn of_real(number: f64) -> Option<Found<'static>> {
    if JULIAN_DAYS.contains(&number) {
        return Some(Found::new(Kind::BirthDate, Look::Unknown));
    }
    // A cast saturates, and its bounds are no times.
    of_integer(number as i64)
}

fn month(word: &str) -> Option<i64> {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let start: String = letters.by_ref().take(3).collect();
    let n = MONTHS.iter().position(|it| it.split(' ').any(|it| it == start))?;
    // `jun` and `jul` are `juin` and `juillet` in French.
    let is_july = start == "jui" && letters.next() == Some('l');
    i64::try_from(n + 1 + usize::from(is_july)).ok()
}

fn day(year: i64, month: i64, day: i64) -> Option<Found<'static>> {
    if !YEARS.contains(&year) || !is_day(year, month, day) {
        return None;
    }
    let is_default = DEFAULTS.contains(&(year, month, day));
    Some(Found::new(Kind::BirthDate, if is_default { Look::Synthetic } else { Look::Unknown }))
}

/// The days are invented.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for text in [
            "1980-05-17",
            "1980/5/17",
            "1980-05-17T00:00:00Z",
            "1980-05-17 00:00:00.000",
            "17.05.1980",
            "5/17/1980",
            "17/5/1980",
            "17-May-1980",
            "17 mai 1980",
            "May 17th, 1980",
            "Saturday, 17 May 1980",
            "12 juillet 1980",
            "17.05.80",
            "19800517",
            "17051980",
            "1980年5月17日",
            "327369600",
            "-327369600",
            "1980",
        ] {
            assert_eq!(of_text(text).map(|it| it.look), Some(Look::Unknown), "{text}");
        }
        assert_eq!(of_text("1970-01-01").map(|it| it.look), Some(Look::Synthetic));
        assert!(of_integer(327_369_600_000).is_some());
        assert!(of_real(2_444_376.5).is_some());
    }

    #[test]
    fn lets_through() {
        for text in [
            "",
            "soon",
            "1980-13-17",
            "1980-02-30",
            "1880-05-17",
            "42",
            "17",
            "1980-05",
            "a b c d",
            "0",
            "日本",
        ] {
            assert!(of_text(text).is_none(), "{text}");
        }
        for number in [0, 1, 42, i64::MAX, i64::MIN] {
            assert!(of_integer(number).is_none(), "{number}");
        }
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.5] {
            assert!(of_real(number).is_none(), "{number}");
        }
    }
}
