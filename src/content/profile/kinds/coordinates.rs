//! Where somebody is: degrees of latitude and longitude, in columns that say so.

use super::{Found, Look};
use crate::content::database::Kind;

/// Degrees to either side of the equator and of Greenwich.
const LATITUDE: f64 = 90.0;
const LONGITUDE: f64 = 180.0;

/// Decimals of a degree that a place needs: 4 of them tell one house from the next (11 m), 3 only one village.
const DECIMALS: usize = 4;

/// Degrees in a text.
pub(super) fn of_text(value: &str, is_latitude: bool) -> Option<Found<'static>> {
    let value = value.trim_end_matches(['°', 'N', 'S', 'E', 'W', ' ']);
    let (_, decimals) = value.split_once(['.', ','])?;
    if value.len() > 24 || decimals.len() < DECIMALS {
        return None;
    }
    found(value.replace(',', ".").parse().ok()?, is_latitude)
}

/// Degrees as a number with decimals.
pub(super) fn of_real(degrees: f64, is_latitude: bool) -> Option<Found<'static>> {
    // What three decimals cannot say.
    let rest = (degrees * 1_000.0).fract().abs();
    let has_decimals = rest > 1e-6 && rest < 1.0 - 1e-6;
    if has_decimals { found(degrees, is_latitude) } else { None }
}

/// Millionths or ten-millionths of a degree, as Android and Google's exports have them (`latitudeE7`).
pub(super) fn of_integer(number: i64, is_latitude: bool) -> Option<Found<'static>> {
    let degrees = number as f64 / 1e7;
    // Less is no scaled degree but one in full, or an id.
    if number.unsigned_abs() < 100_000 { None } else { found(degrees, is_latitude) }
}

fn found(degrees: f64, is_latitude: bool) -> Option<Found<'static>> {
    let most = if is_latitude { LATITUDE } else { LONGITUDE };
    (degrees != 0.0 && degrees.abs() <= most).then(|| Found::new(Kind::Coordinates, Look::Unknown))
}

/// The places are invented.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, is_latitude) in
            [("52.5170", true), ("-33.86882", true), ("151,20929", false), ("52.5170° N", true)]
        {
            assert!(of_text(text, is_latitude).is_some(), "{text}");
        }
        assert!(of_real(52.51704, true).is_some());
        assert!(of_real(-151.2093, false).is_some());
        assert!(of_integer(525_170_400, true).is_some());
    }

    #[test]
    fn lets_through() {
        for text in ["52", "52.51", "152.51704", "0.0000", "", "x.yzab", "52.5170.1", "NaN.0000"] {
            assert!(of_text(text, true).is_none(), "{text}");
        }
        for number in [52.0, 52.5, 52.517, 152.51704, f64::NAN, f64::INFINITY, 0.0] {
            assert!(of_real(number, true).is_none(), "{number}");
        }
        for number in [0, 52, i64::MAX, i64::MIN] {
            assert!(of_integer(number, true).is_none(), "{number}");
        }
    }
}
