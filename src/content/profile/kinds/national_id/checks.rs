//! The check digits of national numbers. Each takes the number as upper-case letters and digits, without what is between them.

use crate::date::is_day;

/// The digits of a number of this length; none where there is anything else in it.
fn digits<const N: usize>(number: &[u8]) -> Option<[u32; N]> {
    let number: &[u8; N] = number.try_into().ok()?;
    let all = number.iter().all(u8::is_ascii_digit);
    all.then(|| number.map(|it| u32::from(it - b'0')))
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u64::from(*digit))
}

fn day(year: u64, month: u64, day: u64) -> bool {
    let [year, month, day] = [year, month, day].map(|it| i64::try_from(it).unwrap_or(0));
    is_day(year, month, day)
}

/// Social Security Administration, RM 10201.035: never given out are areas 000, 666 and from 900, group 00 and serial 0000. There is no
/// check digit.
pub(super) fn us_ssn(it: &[u8]) -> bool {
    let Some(it) = digits::<9>(it) else { return false };
    let (area, group, serial) = (number(&it[..3]), number(&it[3..5]), number(&it[5..]));
    (1..900).contains(&area) && area != 666 && group != 0 && serial != 0
}

/// Receita Federal: two digits, each mod 11 over those before it.
pub(super) fn cpf(it: &[u8]) -> bool {
    let Some(it) = digits::<11>(it) else { return false };
    let check = |n: usize, weights: &[u32]| weighted(&it[..n], weights) * 10 % 11 % 10 == it[n];
    check(9, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) && check(10, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
}

/// Receita Federal, Instrução Normativa 2.229/2024: as CPF; a letter counts as its byte less 48. Letters come in July 2026.
pub(super) fn cnpj(it: &[u8]) -> bool {
    let Ok(it) = <[u8; 14]>::try_from(it) else { return false };
    if !it[12..].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let it = it.map(|it| u32::from(it.saturating_sub(b'0')));
    let weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |n: usize, weights: &[u32]| match weighted(&it[..n], weights) % 11 {
        0 | 1 => it[n] == 0,
        rest => it[n] == 11 - rest,
    };
    check(12, &weights[1..]) && check(13, &weights)
}

/// UIDAI: 12 digits, of which the first is neither 0 nor 1, by J. Verhoeff, "Error Detecting Decimal Codes" (1969).
pub(super) fn aadhaar(it: &[u8]) -> bool {
    let Some(it) = digits::<12>(it) else { return false };
    it[0] > 1 && verhoeff(&it)
}

/// The group of the symmetries of a pentagon, and a permutation that goes on from digit to digit.
fn verhoeff(digits: &[u32]) -> bool {
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let permuted = |digit: u32, times: usize| {
        (0..times).fold(digit, |it, _| match it {
            0 => 1,
            1 => 5,
            2 => 7,
            3 => 6,
            4 => 2,
            5 => 8,
            6 => 3,
            7 => 0,
            8 => 9,
            _ => 4,
        })
    };
    let places = digits.iter().rev().enumerate();
    places.fold(0, |sum, (n, digit)| product(sum, permuted(*digit, n % 8))) == 0
}

/// INSEE: sex, year, month (20 and more where it is not known), department, place, order, and 97 less the rest by 97. Corsica's
/// departments 2A and 2B count as 19 and 18.
pub(super) fn nir(it: &[u8]) -> bool {
    let Ok(mut it) = <[u8; 15]>::try_from(it) else { return false };
    match it[6] {
        b'A' if it[5] == b'2' => it[5..7].copy_from_slice(b"19"),
        b'B' if it[5] == b'2' => it[5..7].copy_from_slice(b"18"),
        _ => {}
    }
    let Some(it) = digits::<15>(&it) else { return false };
    let (sex, month) = (it[0], number(&it[3..5]));
    matches!(sex, 1..=4 | 7 | 8)
        && matches!(month, 1..=12 | 20..=42 | 50..=99)
        && 97 - number(&it[..13]) % 97 == number(&it[13..])
}

/// Ministerio del Interior: a letter by the rest by 23. A foreigner's begins with X, Y or Z, which count as 0, 1 and 2.
pub(super) fn dni(it: &[u8]) -> bool {
    let Ok(mut it) = <[u8; 9]>::try_from(it) else { return false };
    if let b'X'..=b'Z' = it[0] {
        it[0] = it[0] - b'X' + b'0';
    }
    let letters = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let Some(digits) = digits::<8>(&it[..8]) else { return false };
    usize::try_from(number(&digits) % 23).is_ok_and(|rest| letters.get(rest) == it.get(8))
}

/// Ministerstwo Cyfryzacji: day of birth, with the century in the month, order, and a weighted digit.
pub(super) fn pesel(it: &[u8]) -> bool {
    let Some(it) = digits::<11>(it) else { return false };
    let century = match it[2] / 2 {
        4 => 1800,
        n => 1900 + u64::from(n) * 100,
    };
    let (year, month) = (century + number(&it[..2]), number(&it[2..4]) % 20);
    day(year, month, number(&it[4..6]))
        && (weighted(&it[..10], &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) + it[10]).is_multiple_of(10)
}

/// Decreto Ministeriale 23 dicembre 1976: letters of the name, year, month as a letter, day (40 more for women), place, and a letter
/// for the sum by 26. Where two people would have the same, digits become letters.
pub(super) fn codice_fiscale(it: &[u8]) -> bool {
    let Ok(it) = <[u8; 16]>::try_from(it) else { return false };
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let value =
        |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte.saturating_sub(b'A') };
    // The digits that a letter stands for: L is 0, and V is 9; O is left out.
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(u64::from(byte - b'0')),
        _ => b"LMNPQRSTUV".iter().position(|it| *it == byte).map(|it| it as u64),
    };
    let places = [6, 7, 9, 10, 12, 13, 14];
    let Some(digits) = places.iter().map(|n| digit(it[*n])).collect::<Option<Vec<u64>>>() else {
        return false;
    };
    let day = digits[2] * 10 + digits[3];
    let letters = it[..6].iter().chain([&it[8], &it[11], &it[15]]).all(u8::is_ascii_uppercase);
    let sum: u32 = it[..15]
        .iter()
        .enumerate()
        .map(|(n, byte)| match n % 2 {
            0 => ODD.get(usize::from(value(*byte))).copied().unwrap_or(0),
            _ => u32::from(value(*byte)),
        })
        .sum();
    letters
        && b"ABCDEHLMPRST".contains(&it[8])
        && matches!(day, 1..=31 | 41..=71)
        && sum % 26 == u32::from(it[15] - b'A')
}

/// Rijksdienst voor Identiteitsgegevens: the weighted digits, the last of them less, are a multiple of 11.
pub(super) fn bsn(it: &[u8]) -> bool {
    let Some(it) = digits::<9>(it) else { return false };
    let sum = weighted(&it[..8], &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum > 0 && sum % 11 == it[8]
}

/// GB 11643-1999: place, day of birth, order, and ISO 7064 mod 11-2.
pub(super) fn chinese_id(it: &[u8]) -> bool {
    let Some((check, digits)) =
        it.split_last().and_then(|(check, it)| Some((*check, digits::<17>(it)?)))
    else {
        return false;
    };
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let expected = b"10X98765432".get(weighted(&digits, &weights) as usize % 11);
    let place = number(&digits[..2]);
    let year = number(&digits[6..10]);
    matches!(place, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
        && (1900..2050).contains(&year)
        && day(year, number(&digits[10..12]), number(&digits[12..14]))
        && expected == Some(&check)
}
