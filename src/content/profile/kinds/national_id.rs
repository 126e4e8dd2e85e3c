//! Numbers that a state gives to a person, or Brazil to a company, told by their check digits.

use super::{Digits, Found, Look};
use crate::content::database::{Kind, NationalId};

mod checks;

/// Numbers that stand in documents, laws and advertisements, or that are known for having been anyone's.
const EXAMPLES: &[(NationalId, &[&str])] = &[
    // Social Security Administration, "Social Security Cards Issued by Woolworth"; 20 CFR 422.109 (ads); LifeLock's.
    (NationalId::UsSsn, &["078051120", "219099999", "457555462"]),
    (NationalId::Cpf, &["12345678909", "11144477735", "52998224725"]),
    // The last is Receita Federal's, for numbers with letters.
    (NationalId::Cnpj, &["11222333000181", "11444777000161", "12ABC34501DE35"]),
    // UIDAI, "Auth API test data".
    (
        NationalId::Aadhaar,
        &["999941057058", "999971658847", "999933119405", "999955183433", "999990501894"],
    ),
    // The specimen of the carte Vitale.
    (NationalId::Nir, &["269054958815780", "255081416802538"]),
    (
        NationalId::Dni,
        &[
            "12345678Z",
            "00000000T",
            "00000001R",
            "X0000000T",
            "X1234567L",
            "Y1234567X",
            "Z1234567R",
        ],
    ),
    (NationalId::Pesel, &["44051401359", "44051401458", "02070803628"]),
    (NationalId::CodiceFiscale, &["RSSMRA85T10A562S", "RSSMRA80A01H501U", "MRTMTT25D09F205Z"]),
    (NationalId::Bsn, &["111222333", "123456782"]),
    // GB 11643-1999.
    (NationalId::ChineseId, &["11010519491231002X", "440524188001010014"]),
];

/// Those whose writing and check say enough: CPF and CNPJ with their points, NIR and Aadhaar with their blanks, a codice fiscale, a
/// Chinese number.
pub(super) fn by_itself(value: &str) -> Option<Found<'static>> {
    let id = match value.len() {
        14 if is_like(value, "999.999.999-99") => NationalId::Cpf,
        18 if is_like(value, "XX.XXX.XXX/XXXX-99") => NationalId::Cnpj,
        14 if is_like(value, "9999 9999 9999") => NationalId::Aadhaar,
        21 if is_like(value, "9 99 99 9X 999 999 99") => NationalId::Nir,
        16 if is_like(value, "AAAAAAXXAXXAXXXA") => NationalId::CodiceFiscale,
        18 if is_like(value, "99999999999999999X") => NationalId::ChineseId,
        _ => return None,
    };
    of(value, id)
}

/// Any that the column's name allows.
pub(super) fn of_column(value: &str, which: Option<NationalId>) -> Option<Found<'static>> {
    by_itself(value).or_else(|| match which {
        Some(id) => of(value, id),
        // The writings of those with a check digit; of a social security number only that with dashes.
        None if is_like(value, "999-99-9999") => of(value, NationalId::UsSsn),
        None => [
            NationalId::Cpf,
            NationalId::Cnpj,
            NationalId::Aadhaar,
            NationalId::Nir,
            NationalId::Dni,
            NationalId::Pesel,
            NationalId::Bsn,
        ]
        .into_iter()
        .find_map(|id| of(value, id)),
    })
}

/// One that is an integer, which has lost its first zeros.
pub(super) fn of_integer(number: i64, which: Option<NationalId>) -> Option<Found<'static>> {
    // A Chinese number is the only one of 18 digits.
    let has_18 = (100_000_000_000_000_000..1_000_000_000_000_000_000).contains(&number);
    if which.is_none() && !has_18 {
        return None;
    }
    let length = match which {
        Some(NationalId::UsSsn | NationalId::Bsn) => 9,
        Some(NationalId::Cpf | NationalId::Pesel) => 11,
        Some(NationalId::Cnpj) => 14,
        _ => 0,
    };
    let digits = Digits::of_integer(number, length)?;
    let text: String = digits.as_slice().iter().map(|it| char::from(b'0' + it)).collect();
    match which {
        Some(_) => of_column(&text, which),
        None => of(&text, NationalId::ChineseId),
    }
}

/// Whether a value is this number, in any writing of it.
fn of(value: &str, id: NationalId) -> Option<Found<'static>> {
    let mut number = [0u8; 18];
    let mut length = 0;
    for byte in value.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                *number.get_mut(length)? = byte.to_ascii_uppercase();
                length += 1;
            }
            b' ' | b'-' | b'.' | b'/' if length > 0 => {}
            _ => return None,
        }
    }
    let number = number.get(..length)?;
    let example = EXAMPLES
        .iter()
        .filter(|(of, _)| *of == id)
        .any(|(_, examples)| examples.iter().any(|it| it.as_bytes() == number));
    // One digit over and over passes some checks; 987-65-4320 to -4329 were set aside for advertisements.
    let is_flat = number.windows(2).all(|it| it.first() == it.last());
    let is_run = number.windows(2).all(|it| matches!(it, [a, b] if *b == a + 1));
    let is_ad = id == NationalId::UsSsn && length == 9 && number.starts_with(b"98765432");
    if !example && !is_ad && !is_valid(number, id) {
        return None;
    }
    let is_made_up = example || is_flat || is_run || is_ad;
    let look = if is_made_up { Look::Synthetic } else { Look::Real };
    Some(Found::new(Kind::NationalId(id), look))
}

fn is_valid(number: &[u8], id: NationalId) -> bool {
    match id {
        NationalId::UsSsn => checks::us_ssn(number),
        NationalId::Cpf => checks::cpf(number),
        NationalId::Cnpj => checks::cnpj(number),
        NationalId::Aadhaar => checks::aadhaar(number),
        NationalId::Nir => checks::nir(number),
        NationalId::Dni => checks::dni(number),
        NationalId::Pesel => checks::pesel(number),
        NationalId::CodiceFiscale => checks::codice_fiscale(number),
        NationalId::Bsn => checks::bsn(number),
        NationalId::ChineseId => checks::chinese_id(number),
    }
}

/// Whether a value has this picture: `9` is a digit, `A` a letter, `X` either, and all else is itself.
fn is_like(value: &str, picture: &str) -> bool {
    value.len() == picture.len()
        && value.bytes().zip(picture.bytes()).all(|(byte, like)| match like {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_alphabetic(),
            b'X' => byte.is_ascii_alphanumeric(),
            like => byte == like,
        })
}

/// The numbers are examples, or are invented with check digits that fit.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, id, is) in [
            ("390.533.447-05", NationalId::Cpf, Look::Real),
            ("111.444.777-35", NationalId::Cpf, Look::Synthetic),
            ("111.111.111-11", NationalId::Cpf, Look::Synthetic),
            ("45.723.174/0001-10", NationalId::Cnpj, Look::Real),
            ("12.ABC.345/01DE-35", NationalId::Cnpj, Look::Synthetic),
            ("9999 4105 7058", NationalId::Aadhaar, Look::Synthetic),
            ("2 55 08 14 168 025 38", NationalId::Nir, Look::Synthetic),
            ("2 69 05 49 588 157 80", NationalId::Nir, Look::Synthetic),
            ("rssmra85t10a562s", NationalId::CodiceFiscale, Look::Synthetic),
            ("11010519491231002X", NationalId::ChineseId, Look::Synthetic),
        ] {
            let found = by_itself(text).map(|it| (it.kind, it.look));
            assert_eq!(found, Some((Kind::NationalId(id), is)), "{text}");
        }
        for (text, which, id, is) in [
            ("536-22-8726", None, NationalId::UsSsn, Look::Real),
            ("536228726", Some(NationalId::UsSsn), NationalId::UsSsn, Look::Real),
            ("078-05-1120", None, NationalId::UsSsn, Look::Synthetic),
            ("987-65-4329", None, NationalId::UsSsn, Look::Synthetic),
            ("123-45-6789", None, NationalId::UsSsn, Look::Synthetic),
            ("39053344705", None, NationalId::Cpf, Look::Real),
            ("45723174000110", None, NationalId::Cnpj, Look::Real),
            ("999941057058", None, NationalId::Aadhaar, Look::Synthetic),
            ("12345678Z", None, NationalId::Dni, Look::Synthetic),
            ("87654321X", None, NationalId::Dni, Look::Real),
            ("X1234567L", Some(NationalId::Dni), NationalId::Dni, Look::Synthetic),
            ("44051401359", Some(NationalId::Pesel), NationalId::Pesel, Look::Synthetic),
            ("111222333", None, NationalId::Bsn, Look::Synthetic),
        ] {
            let found = of_column(text, which).map(|it| (it.kind, it.look));
            assert_eq!(found, Some((Kind::NationalId(id), is)), "{text}");
        }
        assert!(of_integer(39053344705, Some(NationalId::Cpf)).is_some());
        assert!(of_integer(536228726, Some(NationalId::UsSsn)).is_some());
    }

    #[test]
    fn all_examples_are_found_and_have_check_digits_that_fit() {
        for (id, examples) in EXAMPLES {
            for text in *examples {
                let look = of_column(text, Some(*id)).map(|it| it.look);
                assert_eq!(look, Some(Look::Synthetic), "{text}");
                // The Chinese standard's is of 1880; the one with a wrong date is to show just that.
                assert!(is_valid(text.as_bytes(), *id) || text.starts_with("440524"), "{text}");
            }
        }
    }

    #[test]
    fn lets_through() {
        for text in [
            "390.533.447-06",
            "390-533-447-05",
            "45.723.174/0001-11",
            "9999 4105 7059",
            "2 55 08 14 168 025 39",
            "RSSMRA85T10A562T",
            "110105194912310021",
            "110105194913310020",
            "39053344705",
            "255081416802538",
            "",
        ] {
            assert!(by_itself(text).is_none(), "{text}");
        }
        for text in [
            "000-22-8726",
            "666-22-8726",
            "900-22-8726",
            "536-00-8726",
            "536-22-0000",
            "536228726",
            "12345678A",
            "39053344706",
            "hello",
        ] {
            assert!(of_column(text, None).is_none(), "{text}");
        }
        for number in [0, -1, 42, i64::MAX, i64::MIN] {
            assert!(of_integer(number, None).is_none(), "{number}");
        }
    }
}
