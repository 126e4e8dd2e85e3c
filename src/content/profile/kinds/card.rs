//! Numbers of payment cards, told by their issuer, their length and the check digit of Luhn (ISO/IEC 7812-1).

use super::{Digits, Found, Look};
use crate::content::database::Kind;

/// Ranges of issuer numbers by their first four digits, with the lengths that they have: Wikipedia, "Payment card number",
/// of the card schemes' own publications.
const ISSUERS: &[(std::ops::RangeInclusive<u16>, &[usize])] = &[
    // Visa.
    (4000..=4999, &[13, 16, 19]),
    // Mastercard.
    (5100..=5599, &[16]),
    (2221..=2720, &[16]),
    // American Express.
    (3400..=3499, &[15]),
    (3700..=3799, &[15]),
    // Diners Club.
    (3000..=3059, &[14, 16]),
    (3600..=3699, &[14]),
    (3800..=3999, &[14, 16]),
    // JCB.
    (3528..=3589, &[16, 17, 18, 19]),
    // Discover.
    (6011..=6011, &[16, 17, 18, 19]),
    (6440..=6599, &[16, 17, 18, 19]),
    // UnionPay.
    (6200..=6299, &[16, 17, 18, 19]),
    // Maestro.
    (5018..=5018, &[12, 13, 14, 15, 16, 17, 18, 19]),
    (5020..=5020, &[12, 13, 14, 15, 16, 17, 18, 19]),
    (5038..=5038, &[12, 13, 14, 15, 16, 17, 18, 19]),
    (5893..=5893, &[12, 13, 14, 15, 16, 17, 18, 19]),
    (6304..=6304, &[12, 13, 14, 15, 16, 17, 18, 19]),
    (6759..=6771, &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Mir, Troy, RuPay.
    (2200..=2204, &[16, 17, 18, 19]),
    (9792..=9792, &[16]),
    (8172..=8172, &[16]),
];

/// Numbers that payment services publish for tests: Stripe, Adyen, Braintree, PayPal and the card schemes.
const TEST_NUMBERS: &[u64] = &[
    4111111111111111,
    4242424242424242,
    4012888888881881,
    4000056655665556,
    4222222222222,
    4005519200000004,
    4009348888881881,
    4012000033330026,
    4012000077777777,
    4217651111111119,
    4500600000000061,
    4444333322221111,
    4988438843884305,
    4166676667666746,
    4646464646464644,
    4000000000000002,
    4000000000000069,
    4000000000000077,
    4000000000000119,
    4000000000000127,
    4000000000003220,
    4000000000009995,
    4000002500003155,
    4917610000000000,
    5555555555554444,
    5105105105105100,
    5200828282828210,
    5454545454545454,
    5555341244441115,
    5577000055770004,
    5424000000000015,
    5425233430109903,
    2222420000001113,
    2223003122003222,
    2223000048400011,
    2222400070000005,
    378282246310005,
    371449635398431,
    378734493671000,
    370000000000002,
    374251018720018,
    341111111111111,
    6011111111111117,
    6011000990139424,
    6011981111111113,
    6011601160116611,
    6445644564456445,
    30569309025904,
    38520000023237,
    36227206271667,
    36006666333344,
    3056930009020004,
    3530111333300000,
    3566002020360505,
    3569990010095841,
    6200000000000005,
    6205500000000000004,
    6243030000000001,
    6304000000000000,
    6759649826438453,
    6771798021000008,
];

/// A number in the groups that are on cards: fours, or 4-6-5 and 4-6-4.
pub(super) fn by_itself(value: &str) -> Option<Found<'static>> {
    let separator = *value.as_bytes().get(4).filter(|it| matches!(it, b' ' | b'-'))?;
    let mut groups = [0; 5];
    for (n, group) in value.split(char::from(separator)).enumerate() {
        *groups.get_mut(n)? = group.len();
    }
    let is_grouped =
        matches!(groups, [4, 4, 4, 4, 0..=3] | [4, 4, 4, 1, 0] | [4, 6, 5, 0, 0] | [4, 6, 4, 0, 0]);
    if is_grouped { of_column(value) } else { None }
}

/// A number in a column of cards, with groups or without.
pub(super) fn of_column(value: &str) -> Option<Found<'static>> {
    of_digits(&Digits::of(value, b" -")?)
}

/// A number that is an integer in a column of cards.
pub(super) fn of_integer(number: i64) -> Option<Found<'static>> {
    of_digits(&Digits::of_integer(number, 0)?)
}

fn of_digits(digits: &Digits) -> Option<Found<'static>> {
    let digits = digits.as_slice();
    let number = |digits: &[u8]| digits.iter().fold(0, |sum: u64, &it| sum * 10 + u64::from(it));
    let first = number(digits.get(..4)?);
    let is_issued = ISSUERS.iter().any(|(range, lengths)| {
        (u64::from(*range.start())..=u64::from(*range.end())).contains(&first)
            && lengths.contains(&digits.len())
    });
    if !is_issued || !luhn(digits) {
        return None;
    }
    // What is left behind the issuer is one digit over and over.
    let is_flat = digits.get(6..digits.len() - 1)?.windows(2).all(|it| it.first() == it.last());
    let is_made_up = is_flat || TEST_NUMBERS.contains(&number(digits));
    Some(Found::new(Kind::PaymentCard, if is_made_up { Look::Synthetic } else { Look::Real }))
}

/// The check of ISO/IEC 7812-1, annex B: every second digit from the right is doubled and its digits added.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(n, &digit)| match (n % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The numbers are those for tests, or are invented with a check digit that fits.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, is) in [
            ("4539 5787 6362 1486", Look::Real),
            ("4539-5787-6362-1486", Look::Real),
            ("4111 1111 1111 1111", Look::Synthetic),
            ("3782 822463 10005", Look::Synthetic),
        ] {
            assert_eq!(by_itself(text).map(|it| it.look), Some(is), "{text}");
        }
        for (text, is) in [
            ("4539578763621486", Look::Real),
            ("4242424242424242", Look::Synthetic),
            ("5555 5555 5555 4444", Look::Synthetic),
        ] {
            assert_eq!(of_column(text).map(|it| it.look), Some(is), "{text}");
        }
        assert_eq!(of_integer(4539578763621486).map(|it| it.look), Some(Look::Real));
    }

    #[test]
    fn all_test_numbers_are_found() {
        for number in TEST_NUMBERS {
            if let Ok(number) = i64::try_from(*number) {
                let look = of_integer(number).map(|it| it.look);
                assert_eq!(look, Some(Look::Synthetic), "{number}");
            }
        }
    }

    #[test]
    fn lets_through() {
        for text in
            ["4539578763621486", "4539 5787 6362 1487", "4539 578763 621486", "2024-01-02 1000", ""]
        {
            assert!(by_itself(text).is_none(), "{text}");
        }
        for text in [
            "4539578763621487",
            "1234567890123456",
            "0000000000000000",
            "4539x5787",
            "1111 2222 3333 4444",
        ] {
            assert!(of_column(text).is_none(), "{text}");
        }
        for number in [0, -4539578763621486, i64::MAX, i64::MIN] {
            assert!(of_integer(number).is_none(), "{number}");
        }
    }
}
