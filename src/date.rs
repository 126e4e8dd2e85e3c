//! A calendar date in UTC.

use std::fmt;
use std::str::FromStr;

/// A calendar date of the Gregorian calendar, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year; 0 is 1 BC.
    pub year: i64,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The date at these seconds since 1970-01-01 00:00:00 UTC.
    ///
    /// This is `civil_from_days` of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>: it counts in eras of 400 years that begin
    /// on 1 March, so that the leap day is the last of its year.
    pub fn from_unix_seconds(seconds: i64) -> Date {
        let days = seconds.div_euclid(86_400) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date { year, month: month as u8, day: day as u8 }
    }
}

/// Whether the calendar has this day.
pub(crate) fn is_day(year: i64, month: i64, day: i64) -> bool {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=last).contains(&day)
}

impl FromStr for Date {
    type Err = &'static str;

    /// Reads `2027-01-31`, and refuses a date that no calendar has.
    fn from_str(text: &str) -> Result<Date, &'static str> {
        const SHAPE: &str = "a date is written YYYY-MM-DD, such as 2027-01-31";
        let bytes = text.as_bytes();
        let right_shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !right_shape {
            return Err(SHAPE);
        }
        let date = Date {
            year: text[..4].parse().map_err(|_| SHAPE)?,
            month: text[5..7].parse().map_err(|_| SHAPE)?,
            day: text[8..].parse().map_err(|_| SHAPE)?,
        };
        if !(1..=12).contains(&date.month) {
            return Err("there is no such month");
        }
        if !is_day(date.year, date.month.into(), date.day.into()) {
            return Err("the month has no such day");
        }
        Ok(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_the_date_in_utc() {
        for (seconds, date) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (86_400, "1970-01-02"),
            (951_782_400, "2000-02-29"),
            (1_709_251_199, "2024-02-29"),
            (1_709_251_200, "2024-03-01"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Date::from_unix_seconds(seconds).to_string(), date, "{seconds}");
        }
        assert_eq!(Date::from_unix_seconds(-1), Date { year: 1969, month: 12, day: 31 });
        Date::from_unix_seconds(i64::MAX);
        Date::from_unix_seconds(i64::MIN);
    }

    #[test]
    fn every_day_of_four_centuries_is_read_as_it_is_written_and_follows_the_day_before() {
        let mut before = Date::from_unix_seconds(-86_400);
        for day in 0..146_097 {
            let date = Date::from_unix_seconds(day * 86_400);
            assert_eq!(date.to_string().parse(), Ok(date));
            assert!(before < date, "{before} {date}");
            before = date;
        }
    }

    #[test]
    fn only_dates_that_exist_are_read() {
        for text in [
            "",
            "2027",
            "2027-1-31",
            "2027-02-30",
            "2027-02-29",
            "2100-02-29",
            "2027-00-10",
            "2027-13-01",
            "2027-04-31",
            "2027-04-00",
            "2027/04/01",
            "+027-04-01",
            "2027-01-31 ",
            "2027-01-31T00:00:00Z",
            "\u{662}027-01-3",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!("2028-02-29".parse::<Date>().is_ok());
        assert!("2000-02-29".parse::<Date>().is_ok());
    }
}
