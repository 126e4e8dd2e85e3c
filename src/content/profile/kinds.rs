//! What a single value is, by itself and with what its column's name says: kinds of personal data and secrets.
//!
//! Most values are none of them, and are told so by one pass over their bytes. What could be one is validated: by check
//! digits, by tables of what is given out, by grammar.

use super::words::ColumnSays;
use crate::content::database::Kind;

mod address;
mod birth_date;
mod card;
mod coordinates;
mod digits;
mod entropy;
mod iban;
mod mail;
mod national_id;
mod network;
mod password;
mod phone;
mod secret;
mod shape;
#[cfg(test)]
mod tests;

use self::digits::Digits;
pub(super) use self::mail::{Mail, is_mail_domain};

use self::shape::{
    AT, Bytes, COLON, DASH, DOT, HIGH, LETTER, OTHER, PAREN, PLUS, SLASH, SPACE, Shape, UNDER,
};

/// Bytes of a value that is one thing. What is longer may hold several, and [`inside`] finds them.
pub(super) const LONG: usize = 128;

/// How much of a long text is searched.
const SEARCHED: usize = 4096;

/// What speaks for or against a person behind a value, or a door that a secret opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Made up.
    Synthetic,
    /// Something speaks for a real one.
    Real,
    /// Neither.
    Unknown,
}

/// What a value was found to be.
#[derive(Clone, Copy, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Found<'a> {
    pub(super) kind: Kind,
    pub(super) look: Look,
    /// The parts of a mail address.
    pub(super) mail: Option<Mail<'a>>,
    /// The digits of a phone number, calling code first where it is written: the same for each writing of it.
    pub(super) number: Option<u64>,
}

impl<'a> Found<'a> {
    fn new(kind: Kind, look: Look) -> Found<'a> {
        Found { kind, look, mail: None, number: None }
    }

    fn mail(mail: Mail<'a>) -> Found<'a> {
        Found { mail: Some(mail), ..Found::new(Kind::Email, mail.look()) }
    }
}

/// What a text is. Of a long text: what it is as a whole.
pub(super) fn of_text(text: &str, says: ColumnSays) -> Option<Found<'_>> {
    let value = text.trim();
    if value.is_empty() {
        return None;
    }
    if value.len() > LONG {
        return of_long(value, says);
    }
    let shape = Shape::of(value.as_bytes());
    if shape.has(AT)
        && let Some(mail) = mail::find(value.as_bytes())
    {
        return Some(Found::mail(mail));
    }
    by_column(value, says).or_else(|| by_itself(value, &shape, says))
}

/// What an integer is.
pub(super) fn of_integer(number: i64, says: ColumnSays) -> Option<Found<'static>> {
    match says {
        ColumnSays::Phone => phone::of_integer(number),
        ColumnSays::BirthDate => birth_date::of_integer(number),
        ColumnSays::Card => card::of_integer(number),
        ColumnSays::NationalId(which) => national_id::of_integer(number, which),
        ColumnSays::IpAddress => network::ip_of_integer(number),
        ColumnSays::Latitude => coordinates::of_integer(number, true),
        ColumnSays::Longitude => coordinates::of_integer(number, false),
        ColumnSays::Password => password::of_integer(number),
        ColumnSays::Health => Some(Found::new(Kind::Health, Look::Unknown)),
        ColumnSays::Religion => Some(Found::new(Kind::Religion, Look::Unknown)),
        ColumnSays::Nothing => national_id::of_integer(number, None),
        _ => None,
    }
}

/// What a floating-point number is. A column that was read out of a spreadsheet has all of its numbers as such.
pub(super) fn of_real(number: f64, says: ColumnSays) -> Option<Found<'static>> {
    match says {
        ColumnSays::BirthDate => birth_date::of_real(number),
        ColumnSays::Latitude => coordinates::of_real(number, true),
        ColumnSays::Longitude => coordinates::of_real(number, false),
        // Whole numbers up to 2^53 are exact.
        _ if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 => {
            of_integer(number as i64, says)
        }
        ColumnSays::Health | ColumnSays::Religion => of_integer(0, says),
        _ => None,
    }
}

/// Hands over what stands inside of a long text or of bytes: mail addresses within the first 64 KiB, keys and tokens within the
/// first 4 KiB.
pub(super) fn inside<'a>(bytes: &'a [u8], mut each: impl FnMut(Found<'a>)) {
    mail::all(bytes).for_each(|it| each(Found::mail(it)));
    let searched = bytes.get(..bytes.len().min(SEARCHED)).unwrap_or_default();
    secret::inside(searched, each);
}

/// Whether a text stands for no value.
fn is_nothing(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "nan",
        "undefined",
        "unknown",
        "empty",
        "-",
        "--",
        "?",
        "\\n",
        "0",
    ];
    value.len() < 10 && WORDS.iter().any(|it| value.eq_ignore_ascii_case(it))
}

/// What only the column's name tells, or tells more of.
fn by_column(value: &str, says: ColumnSays) -> Option<Found<'static>> {
    let any = |kind| (!is_nothing(value)).then(|| Found::new(kind, Look::Unknown));
    match says {
        ColumnSays::Phone => phone::of_column(value),
        ColumnSays::Password => password::of_column(value),
        ColumnSays::NationalId(which) => national_id::of_column(value, which),
        ColumnSays::BirthDate => birth_date::of_text(value),
        ColumnSays::Address => address::of_column(value),
        ColumnSays::Card => card::of_column(value),
        ColumnSays::BankAccount => iban::find(value),
        ColumnSays::IpAddress => network::ip(value),
        ColumnSays::MacAddress => network::mac(value, true),
        ColumnSays::Latitude => coordinates::of_text(value, true),
        ColumnSays::Longitude => coordinates::of_text(value, false),
        ColumnSays::Health => any(Kind::Health),
        ColumnSays::Religion => any(Kind::Religion),
        ColumnSays::Session => secret::session(value),
        ColumnSays::Token => secret::of_column(value),
        _ => None,
    }
}

/// What needs no column: first by the bytes that are in it, then by its form.
fn by_itself(value: &str, shape: &Shape, says: ColumnSays) -> Option<Found<'static>> {
    if shape.digits == 0 {
        return match value.as_bytes() {
            [b'{' | b'-', ..] => password::by_itself(value).or_else(|| secret::by_itself(value)),
            _ => None,
        };
    }
    if !shape.has(LETTER | HIGH | AT | UNDER | OTHER) {
        return of_numbers(value, shape);
    }
    let of_form = match value.len() {
        // A hash with the scheme of a system, even where the column says otherwise.
        _ if matches!(value.as_bytes(), [b'$' | b'{', ..]) => password::by_itself(value),
        12..=17 if shape.has(COLON | DASH | DOT) => network::mac(value, false),
        16 | 18 if !shape.has(OTHER | HIGH | COLON) => national_id::by_itself(value),
        21 if shape.has(SPACE) => national_id::by_itself(value),
        _ => None,
    };
    of_form
        .or_else(|| {
            let is_iban = is_iban_like(value.as_bytes()) && !shape.has(!Bytes::of_iban());
            if is_iban { iban::find(value) } else { None }
        })
        .or_else(|| {
            let may_be_6 =
                shape.has(COLON) && !shape.has(SPACE | DASH | SLASH | OTHER | PAREN | HIGH);
            if may_be_6 { network::ip_by_itself(value, shape.digits) } else { None }
        })
        .or_else(|| of_words(value, shape, says))
}

/// Two letters and two digits.
fn is_iban_like(bytes: &[u8]) -> bool {
    bytes.len() >= 15
        && matches!(bytes, [a, b, c, d, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic()
            && c.is_ascii_digit() && d.is_ascii_digit())
}

/// Digits, and what is written between them.
fn of_numbers(value: &str, shape: &Shape) -> Option<Found<'static>> {
    let has_parts = shape.has(SPACE | DASH | DOT | SLASH | PAREN);
    match shape.digits {
        4..=12 if shape.has(DOT) && !shape.has(SPACE | DASH | SLASH | PAREN | PLUS | COLON) => {
            network::ip_by_itself(value, shape.digits).or_else(|| phone::by_itself(value))
        }
        18 if !has_parts => national_id::by_itself(value),
        _ if shape.has(COLON) => network::mac(value, false)
            .or_else(|| network::ip_by_itself(value, shape.digits))
            .or_else(|| secret::by_itself(value)),
        11 | 12 | 14 | 15 if has_parts => national_id::by_itself(value)
            .or_else(|| card::by_itself(value))
            .or_else(|| phone::by_itself(value))
            .or_else(|| network::mac(value, false)),
        13..=19 if shape.has(SPACE | DASH) => {
            card::by_itself(value).or_else(|| phone::by_itself(value))
        }
        8..=17 if shape.has(PLUS) || has_parts => phone::by_itself(value),
        _ => None,
    }
}

/// Letters and digits together.
fn of_words(value: &str, shape: &Shape, says: ColumnSays) -> Option<Found<'static>> {
    // With an extension.
    if shape.digits >= 9 && matches!(value.as_bytes(), [b'+' | b'(' | b't' | b'0'..=b'9', ..]) {
        let found = phone::by_itself(value);
        if found.is_some() {
            return found;
        }
    }
    if !shape.has(SPACE) && value.len() >= 20 {
        let found = password::by_itself(value);
        if found.is_some() {
            return found;
        }
    }
    if value.len() >= 20 && shape.longest >= 16 {
        let found = secret::by_itself(value);
        if found.is_some() {
            return found;
        }
    }
    if shape.has(SPACE) && says == ColumnSays::Nothing { address::by_itself(value) } else { None }
}

/// A text that is longer than most kinds get: keys, hashes, documents.
fn of_long(value: &str, says: ColumnSays) -> Option<Found<'_>> {
    let found = match says {
        ColumnSays::Health | ColumnSays::Religion | ColumnSays::Address => by_column(value, says),
        // A session may hold a JWT, and that says more.
        ColumnSays::Session => secret_as_a_whole(value).or_else(|| secret::session(value)),
        ColumnSays::Token => secret_as_a_whole(value).or_else(|| secret::of_column(value)),
        ColumnSays::Password => password::of_column(value),
        _ => None,
    };
    found.or_else(|| secret_as_a_whole(value))
}

/// A long value that begins as a hash, a JWT or a private key does.
fn secret_as_a_whole(value: &str) -> Option<Found<'static>> {
    match value.as_bytes() {
        [b'$' | b'{' | b'p' | b's' | b'S' | b'a' | b'b', ..] => password::by_itself(value),
        [b'-', b'-', ..] | [b'e', b'y', b'J', ..] | [b'g', ..] => {
            let start = value.as_bytes().get(..value.len().min(SEARCHED)).unwrap_or_default();
            let mut first = None;
            secret::inside(start, |found| first = first.or(Some(found)));
            first
        }
        _ => None,
    }
}
