//! The day that a value of a time column falls on, whatever it is written in.

/// Days since 1970 that count: 1995 to 2050. Earlier ones are birthdays, later ones are sentinels.
const DAYS: std::ops::Range<i32> = 9_131..29_220;

/// The day of `2024-05-17`, with any time behind it; of digits, what [`day_of_number`] says.
pub(super) fn day_of_text(text: &str) -> Option<i32> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return day_of_number(number);
    }
    let mut parts = text.get(..10)?.split(['-', '/']);
    let mut next =
        |length: usize| parts.next().filter(|it| it.len() == length)?.parse::<i32>().ok();
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let is_date =
        (1..=12).contains(&month) && (1..=31).contains(&day) && (1970..2100).contains(&year);
    is_date.then(|| days_from_civil(year, month, day)).filter(|it| DAYS.contains(it))
}

/// The day of a Unix time in seconds, milliseconds or microseconds.
pub(super) fn day_of_number(number: i64) -> Option<i32> {
    [1, 1_000, 1_000_000]
        .into_iter()
        .find_map(|unit| i32::try_from(number / unit / 86_400).ok().filter(|it| DAYS.contains(it)))
}

/// The day of a Unix time with a fraction, or of a Julian day.
pub(super) fn day_of_float(number: f64) -> Option<i32> {
    // A cast saturates, and a bound beyond all days answers none.
    let julian = (number - 2_440_587.5).floor() as i32;
    if DAYS.contains(&julian) { Some(julian) } else { day_of_number(number as i64) }
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
            assert_eq!(day_of_text(text), Some(19_860), "{text}");
        }
        assert_eq!(day_of_float(2_460_447.5), Some(19_860));
        assert_eq!(day_of_float(1_715_904_000.5), Some(19_860));
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
        ] {
            assert_eq!(day_of_text(text), None, "{text}");
        }
        for number in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert_eq!(day_of_float(number), None);
        }
    }
}
