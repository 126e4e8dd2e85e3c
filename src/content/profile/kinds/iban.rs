//! International bank account numbers, told by the length of their country and by ISO 7064 mod 97-10 (ISO 13616-1).

use super::{Found, Look};
use crate::content::database::Kind;

/// Countries and the lengths of their numbers: SWIFT, IBAN Registry (ISO 13616).
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 \
    EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 \
    KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 \
    PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 \
    VG24 XK20 YE30";

/// Examples that stand in the registry, in textbooks and in the documents of banks and payment services.
const EXAMPLES: &str = "AD1200012030200359100100 AE070331234567890123456 AT611904300234573201 BE68539007547034 \
    BG80BNBG96611020345678 BR1800360305000010009795493C1 CH9300762011623852957 CY17002001280000001200527600 \
    CZ6508000000192000145399 DE89370400440532013000 DE75512108001245126199 DE12500105170648489890 \
    DE27100777770209299700 DE91100000000123456789 DK5000400440116243 EE382200221020145685 ES9121000418450200051332 \
    FI2112345600000785 FR1420041010050500013M02606 FR7630006000011234567890189 GB29NWBK60161331926819 \
    GB82WEST12345698765432 GI75NWBK000000007099453 GR1601101250000000012300695 HR1210010051863000160 \
    HU42117730161111101800000000 IE29AIBK93115212345678 IL620108000000099999999 IS140159260076545510730339 \
    IT60X0542811101000000123456 KZ86125KZT5004100100 LI21088100002324013AA LT121000011101001000 \
    LU280019400644750000 LV80BANK0000435195001 MC5811222000010123456789030 MT84MALT011000012345MTLCAST001S \
    NL91ABNA0417164300 NO9386011117947 PK36SCBL0000001123456702 PL61109010140000071219812874 \
    PT50000201231234567890154 QA58DOHB00001234567890ABCDEFG RO49AAAA1B31007593840000 RS35260005601001611379 \
    SA0380000000608010167519 SE4550000000058398257466 SI56191000000123438 SK3112000000198742637541 \
    TR330006100519786457841326 UA213223130000026007233566001";

/// An account number, with or without blanks between its groups.
pub(super) fn find(value: &str) -> Option<Found<'static>> {
    let mut number = [0u8; 34];
    let mut length = 0;
    for byte in value.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                *number.get_mut(length)? = byte.to_ascii_uppercase();
                length += 1;
            }
            // Groups of four.
            b' ' if length % 4 == 0 && length > 0 => {}
            _ => return None,
        }
    }
    let number = number.get(..length)?;
    if expected(number.get(..2)?)? != length || !mod_97(number) {
        return None;
    }
    let text = std::str::from_utf8(number).ok()?;
    let is_example = EXAMPLES.split_whitespace().any(|it| it == text);
    // An account of one digit over and over.
    let is_flat =
        number.get(length.saturating_sub(10)..)?.windows(2).all(|it| it.first() == it.last());
    let look = if is_example || is_flat { Look::Synthetic } else { Look::Real };
    Some(Found::new(Kind::Iban, look))
}

fn expected(country: &[u8]) -> Option<usize> {
    let row = LENGTHS.split(' ').find(|it| it.as_bytes().starts_with(country))?;
    row.get(2..)?.parse().ok()
}

/// ISO 7064 mod 97-10: the first four characters go to the end, letters count from 10, and 1 is left.
fn mod_97(number: &[u8]) -> bool {
    let (front, rest) = number.split_at(number.len().min(4));
    let left = rest.iter().chain(front).try_fold(0u32, |sum, &byte| match byte {
        b'0'..=b'9' => Some((sum * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((sum * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    left == Some(1)
}

/// The numbers are examples, or are invented with check digits that fit.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, is) in [
            ("DE02120300000000202051", Look::Real),
            ("DE02 1203 0000 0000 2020 51", Look::Real),
            ("nl02abna0123456789", Look::Real),
            ("DE89 3704 0044 0532 0130 00", Look::Synthetic),
        ] {
            assert_eq!(find(text).map(|it| it.look), Some(is), "{text}");
        }
    }

    #[test]
    fn all_examples_are_found() {
        for text in EXAMPLES.split_whitespace() {
            assert_eq!(find(text).map(|it| it.look), Some(Look::Synthetic), "{text}");
        }
    }

    #[test]
    fn lets_through() {
        for text in [
            "DE02120300000000202052",
            "DE0212030000000020205",
            "ZZ02120300000000202051",
            "DE02-1203-0000-0000-2020-51",
            "DE",
            "",
            "HTTP2000",
            "DE02 12 0300000000202051",
        ] {
            assert!(find(text).is_none(), "{text}");
        }
    }
}
