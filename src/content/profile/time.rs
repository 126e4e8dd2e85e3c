//! The moment that a value stands for, whatever it is written in.

/// Days since 1970 that count: 1995 to 2050. Earlier ones are birthdays, later ones are sentinels.
const DAYS: std::ops::Range<i32> = 9_131..29_220;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// The day, by its number since 1970.
    pub(super) day: i32,
    /// Seconds since midnight, where it says.
    pub(super) second: Option<u32>,
}

impl Moment {
    /// Seconds since 1970; none where it is only a day.
    pub(super) fn seconds(self) -> Option<i64> {
        Some(i64::from(self.day) * DAY + i64::from(self.second?))
    }

    /// The hour of the day, in whatever zone it was written.
    pub(super) fn hour(self) -> Option<usize> {
        usize::try_from(self.second? / 3600).ok()
    }
}

/// The moment of `2024-05-17` with or without a time behind it; of digits, what [`of_number`] says.
pub(super) fn of_text(text: &str) -> Option<Moment> {
    let text = text.trim();
    of_date(text).or_else(|| text.parse().ok().and_then(of_number))
}

/// Bytes of a date with a time, a fraction and a zone: `2024-05-17T10:00:00.123456789+02:00`.
const LONGEST: usize = 35;

/// The moment of a text that is a date and nothing else, whatever its column is called.
pub(super) fn of_date(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let is_time = |it: &u8| it.is_ascii_digit() || b":.+-TZ ".contains(it);
    let two = |at: usize| {
        let (a, b) = (bytes.get(at)?.wrapping_sub(b'0'), bytes.get(at + 1)?.wrapping_sub(b'0'));
        (a < 10 && b < 10).then_some(i32::from(a) * 10 + i32::from(b))
    };
    let separator = bytes.get(4).filter(|it| matches!(it, b'-' | b'/'))?;
    let is_whole = matches!(bytes.get(10), None | Some(b' ' | b'T'))
        && bytes.len() <= LONGEST
        && bytes.iter().skip(10).all(is_time);
    if bytes.get(7) != Some(separator) || !is_whole {
        return None;
    }
    let (year, month, day) = (two(0)? * 100 + two(2)?, two(5)?, two(8)?);
    let is_date =
        (1..=12).contains(&month) && (1..=31).contains(&day) && (1970..2100).contains(&year);
    let day = is_date.then(|| days_from_civil(year, month, day)).filter(|it| DAYS.contains(it))?;
    let time = || {
        let seconds = two(17).filter(|_| bytes.get(16) == Some(&b':')).unwrap_or(0);
        let minutes = two(14).filter(|_| bytes.get(13) == Some(&b':'))?;
        let seconds = two(11)? * 3600 + minutes * 60 + seconds;
        u32::try_from(seconds).ok().filter(|it| i64::from(*it) < DAY)
    };
    // Midnight is what a day without a time becomes.
    Some(Moment { day, second: time().filter(|it| *it != 0) })
}

/// The moment of a Unix time in seconds, milliseconds or microseconds.
pub(super) fn of_number(number: i64) -> Option<Moment> {
    [1, 1_000, 1_000_000].into_iter().find_map(|unit| {
        let seconds = number / unit;
        let day = i32::try_from(seconds / DAY).ok().filter(|it| DAYS.contains(it))?;
        Some(Moment { day, second: u32::try_from(seconds % DAY).ok().filter(|it| *it != 0) })
    })
}

/// The moment of a Unix time with a fraction, or the day of a Julian day.
pub(super) fn of_float(number: f64) -> Option<Moment> {
    // A cast saturates, and a bound beyond all days answers none.
    let julian = (number - 2_440_587.5).floor() as i32;
    match DAYS.contains(&julian) {
        true => Some(Moment { day: julian, second: None }),
        false => of_number(number as i64),
    }
}

/// Days from 1970-01-01, by Howard Hinnant's `days_from_civil`.
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_day_of_every_writing() {
        for text in [
            "2024-05-17",
            "2024-05-17 10:00:00.123",
            "2024/05/17T01:02",
            "1715904000",
            "1715904000000",
        ] {
            assert_eq!(of_text(text).map(|it| it.day), Some(19_860), "{text}");
        }
        assert_eq!(of_float(2_460_447.5).map(|it| it.day), Some(19_860));
        assert_eq!(of_float(1_715_904_000.5).map(|it| it.day), Some(19_860));
    }

    #[test]
    fn lets_through_what_is_no_day() {
        for text in [
            "",
            "soon",
            "2024-13-01",
            "1970-01-01",
            "12",
            "99999999999999999999",
            "2024-05",
            "日本語日本語日本語",
            "2024-05-17 09:00:01 login anna.keller@web.de",
            "2024-05-17 Anna Keller",
            "2024-05-17 +49 151 2013579 +49 151 2013579",
        ] {
            assert_eq!(of_text(text), None, "{text}");
        }
        for number in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert_eq!(of_float(number), None);
        }
    }
}
