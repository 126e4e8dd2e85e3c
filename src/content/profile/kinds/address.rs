//! Postal addresses: what a column of addresses holds, and streets with a number in several languages.

use super::{Found, Look};
use crate::content::database::Kind;

/// Bytes of a value that is an address and nothing else.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=160;

/// Words for a street that follow its name and that little else is called by, in English.
const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "boulevard",
    "blvd",
    "terrace",
    "crescent",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
];

/// Those that mean other things as well: they need a town behind them.
const DOUBTFUL_STREETS: &[&str] = &[
    "drive", "dr", "way", "place", "pl", "court", "ct", "square", "sq", "close", "circle", "trail",
    "loop", "gardens",
];

/// What may follow the street's name: a flat, a direction.
const AFTER_STREET: &[&str] = &[
    "apt",
    "apartment",
    "suite",
    "ste",
    "unit",
    "floor",
    "flat",
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
];

/// Endings of a word for a street, before its number: German, Dutch, Swedish, Norwegian, Danish.
const ENDINGS: &[&str] = &[
    "straße", "strasse", "str", "gasse", "allee", "straat", "laan", "gracht", "gatan", "vägen",
    "gata", "veien", "gade", "vej",
];

/// Words for a street that stand before its name, and the number behind it: Spanish, Portuguese, Italian, Polish, Russian.
const BEFORE_NAME: &[&str] = &[
    "calle",
    "c/",
    "avenida",
    "avda",
    "av",
    "paseo",
    "plaza",
    "carrer",
    "rua",
    "travessa",
    "alameda",
    "estrada",
    "via",
    "viale",
    "piazza",
    "corso",
    "vicolo",
    "ul",
    "ulica",
    "aleja",
    "ул",
    "улица",
    "проспект",
    "пр",
];

/// French words for a street, which stand behind the number.
const FRENCH: &[&str] =
    &["rue", "boulevard", "bd", "chemin", "impasse", "allée", "allées", "quai", "avenue"];

/// What examples have instead of a street.
const MADE_UP: &[&str] = &[
    "123 main",
    "musterstr",
    "beispielstr",
    "example",
    "sample",
    "test st",
    "fake st",
    "teststr",
    "anystreet",
    "some st",
];

/// An address in a column of such: more than one word, or a word and a number.
pub(super) fn of_column(value: &str) -> Option<Found<'static>> {
    let has_letters = value.chars().any(char::is_alphabetic);
    let is_more = value.contains([' ', ',', '\n']) || value.bytes().any(|b| b.is_ascii_digit());
    let is_other = value.contains("://") || value.contains('@') || value.starts_with("0x");
    (has_letters && is_more && !is_other && value.len() >= 5 && value.len() <= 1024)
        .then(|| found(value))
}

/// A street with a number, in a column of which nothing is known.
pub(super) fn by_itself(value: &str) -> Option<Found<'static>> {
    if !LENGTHS.contains(&value.len()) {
        return None;
    }
    let mut words = [""; 10];
    for (place, word) in words.iter_mut().zip(value.split_whitespace()) {
        *place = word;
    }
    let (first, rest) = words.split_first()?;
    let is_address = if is_number(first) {
        is_english(rest) || is_french(rest)
    } else if BEFORE_NAME.contains(&bare(first).as_str()) {
        is_romance(rest)
    } else {
        is_germanic(&words)
    };
    is_address.then(|| found(value))
}

fn found(value: &str) -> Found<'static> {
    let start: String = value.chars().take(64).flat_map(char::to_lowercase).collect();
    let is_made_up = MADE_UP.iter().any(|it| start.contains(it));
    Found::new(Kind::PostalAddress, if is_made_up { Look::Synthetic } else { Look::Unknown })
}

/// `Baker Street, London`: names in capitals, then the word, then nothing, a comma or a flat.
fn is_english(words: &[&str]) -> bool {
    for (n, word) in words.iter().enumerate().take(5) {
        let street = bare(word);
        let next = words.get(n + 1).copied().unwrap_or_default();
        let ends = next.is_empty()
            || word.ends_with(',')
            || next.starts_with('#')
            || AFTER_STREET.contains(&bare(next).as_str());
        if n > 0 && ends && STREETS.contains(&street.as_str()) {
            return true;
        }
        let has_town =
            || word.ends_with(',') && words.iter().any(|it| it.len() > 3 && is_number(it));
        if n > 0 && DOUBTFUL_STREETS.contains(&street.as_str()) && has_town() {
            return true;
        }
        if word.is_empty() || word.ends_with(',') || !is_part_of_name(word) {
            return false;
        }
    }
    false
}

/// `bis, rue de la Paix`.
fn is_french(words: &[&str]) -> bool {
    let skipped = usize::from(matches!(bare(words[0]).as_str(), "bis" | "ter" | "quater"));
    match words.get(skipped..) {
        Some([street, name, ..]) => {
            let is_particle =
                matches!(bare(name).as_str(), "de" | "du" | "des" | "la" | "le" | "les")
                    || name.starts_with("d'")
                    || name.starts_with("l'");
            FRENCH.contains(&bare(street).as_str())
                && !street.ends_with(',')
                && (is_particle || name.starts_with(char::is_uppercase))
        }
        _ => false,
    }
}

/// `de Alcalá, 42`: names and little words, then the number.
fn is_romance(words: &[&str]) -> bool {
    for (n, word) in words.iter().enumerate().take(6) {
        let is_last = words.get(n + 1).is_none_or(|it| it.is_empty());
        if n > 0
            && is_number(word)
            && (is_last || word.ends_with(',') || words[n - 1].ends_with(','))
        {
            return true;
        }
        let is_particle = word.len() <= 5 && word.chars().all(char::is_lowercase);
        if word.is_empty() || !(is_part_of_name(word) || is_particle) {
            return false;
        }
    }
    false
}

/// `Hauptstraße 5`, `Lange Str. 5a`: a word that ends as a street does, then the number.
fn is_germanic(words: &[&str]) -> bool {
    let pairs = words.windows(2).take(4);
    for (n, pair) in pairs.enumerate() {
        let [word, number] = pair else { return false };
        let street = bare(word);
        let begins = words[0].starts_with(char::is_uppercase);
        let is_street = ENDINGS.iter().any(|it| {
            street
                .strip_suffix(it)
                .is_some_and(|name| name.chars().count() > 2 || (name.is_empty() && n > 0))
        });
        if begins && is_street && is_number(number) && !word.ends_with(',') {
            return true;
        }
        if !is_part_of_name(word) {
            return false;
        }
    }
    false
}

/// A word without what follows it, in lower case.
fn bare(word: &str) -> String {
    word.trim_end_matches([',', '.', ';']).chars().take(16).flat_map(char::to_lowercase).collect()
}

/// A name in capitals, `5th`, `N.`.
fn is_part_of_name(word: &str) -> bool {
    let ordinal = word.len() > 2
        && word.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|it| word.ends_with(it));
    ordinal
        || (word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | ',' | '\'' | '-' | '’')))
}

/// The number of a house: `5`, `12a`, `12-14`.
fn is_number(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word.get(digits..).unwrap_or_default();
    let is_letter = rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_alphabetic());
    let is_range = rest.strip_prefix(['-', '/']).is_some_and(|it| {
        // `1991-1997` are years.
        let most = if digits < 4 { 4 } else { 3 };
        (1..=most).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    (1..=5).contains(&digits) && (rest.is_empty() || is_letter || is_range)
}

/// The addresses are invented.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for text in [
            "42 Willow Street",
            "42 Willow St., Springfield",
            "1203 N. 5th Ave Apt 4",
            "17 Orchard Drive, Leeds 10115",
            "12 rue de la Fontaine",
            "12 bis, rue Victor Hugo, 75011 Paris",
            "Hauptstraße 5",
            "Lange Straße 12a, 10115 Berlin",
            "Kerkstraat 14",
            "Storgatan 7",
            "Calle de Alcalá, 42",
            "Rua Augusta 1200",
            "Via Garibaldi 12",
            "ул. Ленина, 5",
        ] {
            assert_eq!(by_itself(text).map(|it| it.look), Some(Look::Unknown), "{text}");
        }
        for text in ["123 Main St", "Musterstraße 1"] {
            assert_eq!(by_itself(text).map(|it| it.look), Some(Look::Synthetic), "{text}");
        }
        for text in ["Flat 3, The Old Mill", "北京市朝阳区1号", "Hof 3"] {
            assert!(of_column(text).is_some(), "{text}");
        }
    }

    #[test]
    fn lets_through() {
        for text in [
            "256 GB Drive",
            "3 Way Valve",
            "2 place settings",
            "10 best street foods",
            "The street has 5 trees",
            "Arbeitsplatz 5",
            "Version 5",
            "via email 2 times",
            "Via 5",
            "1991-1997, Ada P. Lane",
            "12 monkeys",
            "Chapter 12 Street",
            "5 rue",
        ] {
            assert!(by_itself(text).is_none(), "{text}");
        }
        for text in
            ["", "none", "anna@web.de", "https://a.de/b c", "12345", "0xabcdef0123", "Berlin"]
        {
            assert!(of_column(text).is_none(), "{text}");
        }
    }
}
