//! Phone numbers, told by the plans of numbers of all countries.
//!
//! The plans are those of libphonenumber (<https://github.com/google/libphonenumber>, Apache-2.0): `.ci/phone-plans` makes
//! them into one automaton over the digits of a whole international number. A number is valid here where libphonenumber says
//! so for any region. The ports of that library that were measured double the time to build this program, or need 84 ms for
//! the first number.

use super::{Found, Look};
use crate::content::database::Kind;

mod made_up;

use self::made_up::{is_555, is_made_up};

/// The automaton: a line that says where it is from, then states as `.ci/phone-plans` describes them.
const PLANS: &[u8] = include_bytes!("phone_plans.txt");

/// Bytes of a state, and states of a line.
const STATE: usize = 21;
const A_LINE: usize = 16;

/// Where the first state is.
const START: usize = {
    let mut at = 0;
    while PLANS[at] != b'\n' {
        at += 1;
    }
    at + 1
};

/// Digits of a number: no country has numbers of fewer than 7 that a stranger could call, and none of more than 15 (ITU-T E.164,
/// 6.2.1). `00` may stand before those.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// Bytes that a number with an extension may have.
const LONGEST: usize = 40;

/// Countries whose national numbers begin with a 0 that is left out (but in Italy) in international writing, where nothing says which
/// country it is. More of them would let anything through.
const WITH_ZERO: &[&[u8]] = &[
    b"49", b"33", b"44", b"39", b"31", b"32", b"41", b"43", b"46", b"353", b"90", b"91", b"81",
    b"82", b"61", b"86", b"27", b"234", b"380", b"40",
];

/// All codes of countries whose national prefix is 0 in libphonenumber's metadata.
const TRUNK_ZEROS: &str = "20 211 212 213 218 231 232 233 234 243 249 250 251 252 254 255 256 260 261 262 263 264 265 27 291 31 32 33 353 \
    355 358 359 370 373 374 377 380 381 382 383 385 386 387 389 40 41 421 423 43 44 46 49 508 51 53 54 55 57 58 \
    590 591 593 594 595 596 598 60 61 62 63 64 66 686 81 82 84 850 855 856 86 880 886 90 91 92 93 94 95 961 962 \
    963 964 966 967 970 971 972 976 977 98 994 995 996";

/// Countries in which a national number has no such 0: the digits it has there, its first digits, the code.
const WITHOUT_ZERO: &[(usize, &[u8], &[u8])] = &[
    (10, b"23456789", b"1"),
    (10, b"6789", b"91"),
    (10, b"9", b"7"),
    (11, b"1", b"86"),
    (11, b"123456789", b"55"),
    (9, b"6789", b"34"),
    (9, b"4567", b"48"),
    (9, b"29", b"351"),
    (9, b"67", b"420"),
];

/// A number as it is written.
#[derive(Default)]
struct Written {
    digits: [u8; 17],
    length: usize,
    is_international: bool,
    /// Digits between what is not a digit.
    groups: [usize; 6],
}

impl Written {
    fn digits(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

/// A number that needs nothing beside it: in international writing, or as `(212) 555-0187`.
pub(super) fn by_itself(value: &str) -> Option<Found<'static>> {
    let written = written(value)?;
    let digits = written.digits();
    if written.is_international {
        let is_known = is_valid(digits) || is_made_up(digits);
        return if is_known { found(digits, true) } else { with_trunk_zero(digits) };
    }
    let national = match written.groups {
        [3, 3, 4, 0, ..] => digits,
        [1, 3, 3, 4, 0, ..] if digits.first() == Some(&1) => digits.get(1..)?,
        _ => return None,
    };
    let is_valid = is_valid_in(b"1", national);
    if is_valid || is_made_up(national) || is_555(national) { found(national, true) } else { None }
}

/// Any number of a plausible length in a column of phone numbers.
pub(super) fn of_column(value: &str) -> Option<Found<'static>> {
    let written = written(value)?;
    let digits = written.digits();
    // A day.
    if matches!(written.groups, [4, 2, 2, 0, ..]) && matches!(digits, [1, 9, ..] | [2, 0, ..]) {
        return None;
    }
    if written.is_international {
        return with_trunk_zero(digits).or_else(|| found(digits, is_valid(digits)));
    }
    if let Some(whole) = digits.strip_prefix(&[0, 0]).or(digits.strip_prefix(&[0, 1, 1]))
        && is_valid(whole)
    {
        return found(whole, true);
    }
    let is_known = is_national(digits) || (digits.len() >= 10 && is_valid(digits));
    found(digits, is_known)
}

/// A number that a column of phone numbers has as a number, which has lost its first zeros.
pub(super) fn of_integer(number: i64) -> Option<Found<'static>> {
    let mut written = Written::default();
    let mut left = u64::try_from(number).ok()?;
    let mut reverse = [0; 17];
    while left > 0 {
        *reverse.get_mut(written.length)? = (left % 10) as u8;
        written.length += 1;
        left /= 10;
    }
    for (to, from) in written.digits.iter_mut().zip(reverse.iter().take(written.length).rev()) {
        *to = *from;
    }
    let digits = written.digits();
    if !DIGITS.contains(&digits.len()) {
        return None;
    }
    let with_zero = || WITH_ZERO.iter().any(|code| is_valid_in(code, digits)) && digits.len() >= 9;
    found(digits, is_national(digits) || is_valid(digits) || with_zero())
}

fn found(digits: &[u8], is_known: bool) -> Option<Found<'static>> {
    let look = if is_made_up(digits) || is_555(digits) {
        Look::Synthetic
    } else if is_known {
        Look::Real
    } else {
        Look::Unknown
    };
    let number =
        digits.iter().fold(0, |sum: u64, &it| sum.wrapping_mul(10).wrapping_add(it.into()));
    Some(Found { number: Some(number), ..Found::new(Kind::Phone, look) })
}

/// Takes a value apart; none where it is not written as a number is.
fn written(value: &str) -> Option<Written> {
    let value = value.strip_prefix("tel:").unwrap_or(value);
    if value.len() > LONGEST {
        return None;
    }
    let mut written = Written::default();
    let mut group = 0;
    let mut is_in_group = false;
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match c {
            '0'..='9' => {
                *written.digits.get_mut(written.length)? = c as u8 - b'0';
                written.length += 1;
                *written.groups.get_mut(group)? += 1;
                is_in_group = true;
                continue;
            }
            '+' | '＋' if written.length == 0 && !written.is_international => {
                written.is_international = true;
            }
            // `+49 (0) 30`: the zero is for those in the country.
            '(' if written.is_international && rest.as_str().starts_with("0)") => {
                rest.next();
            }
            ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2011}' | '\u{2013}' => {}
            'x' | 'X' | 'e' | 'E' | '#' | ';' if is_extension(c, rest.as_str()) => break,
            _ => return None,
        }
        group += usize::from(is_in_group);
        is_in_group = false;
    }
    let most = DIGITS.end() + if written.digits.starts_with(&[0, 0]) { 2 } else { 0 };
    (*DIGITS.start()..=most).contains(&written.length).then_some(written)
}

/// Whether this is the number of an extension: `x12`, `ext. 12`, `#12`, `;ext=12`.
fn is_extension(first: char, rest: &str) -> bool {
    let rest = match first {
        'e' | 'E' => rest.strip_prefix("xt"),
        ';' => rest.strip_prefix("ext"),
        _ => Some(rest),
    };
    rest.is_some_and(|it| {
        let number = it.trim_start_matches(['.', ' ', '=', ':']);
        (1..=6).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether the plans have a number with these digits, calling code first.
fn is_valid(digits: &[u8]) -> bool {
    walk(Some(0), digits).is_some_and(|state| at(state, 20) == Some(b'+'))
}

/// A number such as `+49 030 901820`, in which the zero for those in the country was not left out.
fn with_trunk_zero(digits: &[u8]) -> Option<Found<'static>> {
    let is_of = |code: &&str| {
        code.len() < digits.len() && code.bytes().zip(digits).all(|(a, b)| a - b'0' == *b)
    };
    // No code is the beginning of another.
    let (code, national) = digits.split_at_checked(TRUNK_ZEROS.split(' ').find(is_of)?.len())?;
    let mut whole = [0; 17];
    let mut length = 0;
    for digit in code.iter().chain(national.strip_prefix(&[0])?) {
        *whole.get_mut(length)? = *digit;
        length += 1;
    }
    let whole = whole.get(..length)?;
    if is_valid(whole) && !is_valid(digits) { found(whole, true) } else { None }
}

fn is_valid_in(code: &[u8], national: &[u8]) -> bool {
    let mut state = Some(0);
    for digit in code {
        state = state.and_then(|it| next(it, usize::from(digit - b'0')));
    }
    walk(state, national).is_some_and(|state| at(state, 20) == Some(b'+'))
}

fn walk(start: Option<usize>, digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(start?, |state, &digit| next(state, usize::from(digit)))
}

/// The state that follows: two digits to the base 92, which begin with `#`.
fn next(state: usize, digit: usize) -> Option<usize> {
    let high = usize::from(at(state, digit * 2)?.checked_sub(b'#')?);
    let low = usize::from(at(state, digit * 2 + 1)?.checked_sub(b'#')?);
    Some(high * 92 + low)
}

fn at(state: usize, place: usize) -> Option<u8> {
    PLANS.get(START + state * STATE + state / A_LINE + place).copied()
}

/// Whether a national number is one in any of the countries that are likely.
fn is_national(digits: &[u8]) -> bool {
    if let [0, rest @ ..] = digits
        && digits.len() >= 9
    {
        // Italy keeps its zero.
        return WITH_ZERO
            .iter()
            .any(|code| is_valid_in(code, if *code == b"39" { digits } else { rest }));
    }
    let digits = match digits {
        // A long-distance call in America, and in Russia.
        [1, rest @ ..] if rest.len() == 10 && is_valid_in(b"1", rest) => return true,
        [8, rest @ ..] if rest.len() == 10 && is_valid_in(b"7", rest) => return true,
        _ => digits,
    };
    WITHOUT_ZERO.iter().any(|(length, first, code)| {
        digits.len() == *length
            && digits.first().is_some_and(|it| first.contains(&(it + b'0')))
            && is_valid_in(code, digits)
    })
}

/// Numbers are invented: real plans, and ends that were made up.
#[cfg(test)]
mod tests {
    use super::*;

    fn look(found: Option<Found>) -> Option<Look> {
        found.map(|it| it.look)
    }

    #[test]
    fn finds_by_itself() {
        for (text, is) in [
            ("+49 30 901820", Look::Real),
            ("+49 (0)30 901820", Look::Real),
            ("+49 030 901820", Look::Real),
            ("+44 7911 123457", Look::Real),
            ("(212) 736-5000", Look::Real),
            ("+33 6 12 34 57 78", Look::Real),
            ("+81-3-3224-9999", Look::Real),
            ("+55 11 98765-1234", Look::Real),
            ("+86 138 0013 9000", Look::Real),
            ("1-212-736-5000 ext. 12", Look::Real),
            ("tel:+12127365000", Look::Real),
            ("212-555-0187", Look::Synthetic),
            ("+1 555 123 4567", Look::Synthetic),
            ("+44 20 7946 0123", Look::Synthetic),
            ("+61 491 570 156", Look::Synthetic),
            ("+33 1 99 00 12 34", Look::Synthetic),
            ("+49 30 23125 123", Look::Synthetic),
            ("+1 000 000 0000", Look::Synthetic),
        ] {
            assert_eq!(look(by_itself(text)), Some(is), "{text}");
        }
    }

    #[test]
    fn finds_in_a_column() {
        for (text, is) in [
            ("030/901820", Look::Real),
            ("06 12 34 57 78", Look::Real),
            ("0049 30 901820", Look::Real),
            ("4930901820", Look::Real),
            ("0171-1234568", Look::Real),
            ("9876512340", Look::Real),
            ("13800139000", Look::Real),
            ("11987651234", Look::Real),
            ("8 (912) 345-67-80", Look::Real),
            ("212-736-5000x12", Look::Real),
            ("5551234567", Look::Synthetic),
            ("555-0187", Look::Synthetic),
            ("0000000000", Look::Synthetic),
            ("1234567890", Look::Synthetic),
            ("01632 960123", Look::Synthetic),
            ("0491 570 156", Look::Synthetic),
            ("+999 123 45 68", Look::Unknown),
            ("9018203", Look::Unknown),
            ("0695-34 67 21", Look::Real),
        ] {
            assert_eq!(look(of_column(text)), Some(is), "{text}");
        }
        assert_eq!(look(of_integer(491711234568)), Some(Look::Real));
        assert_eq!(look(of_integer(30901820)), Some(Look::Unknown));
        assert_eq!(look(of_integer(612345778)), Some(Look::Real));
    }

    #[test]
    fn lets_through() {
        for text in [
            "2024-01-02",
            "192.168.100.200",
            "123-45-6789",
            "0309018200",
            "+999 123 45 68",
            "+49",
            "+12 34",
            "123-456-7890 12",
            "1 000 000 000",
        ] {
            assert_eq!(look(by_itself(text)), None, "{text}");
        }
        for text in
            ["12.50", "none", "1234567890123456", "2024-01-02 10:00", "2024-01-02", "extra 12"]
        {
            assert_eq!(look(of_column(text)), None, "{text}");
        }
        for number in [0, -491711234567, 42, i64::MAX, i64::MIN] {
            assert_eq!(look(of_integer(number)), None, "{number}");
        }
    }

    #[test]
    fn one_number_is_the_same_in_every_writing() {
        let number = |text| of_column(text).and_then(|it| it.number);
        assert_eq!(number("+49 30 901820"), number("0049 (30) 901820"));
        assert_eq!(number("+49 (0)30 901820"), number("4930901820"));
        assert_eq!(number("+49 030 901820"), number("4930901820"));
        assert_eq!(number("+1 212 736 5000"), number("12127365000"));
    }
}
