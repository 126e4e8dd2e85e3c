//! Names of people, going by their letters alone.

use super::Look;
use crate::content::profile::words;

/// How much a value speaks for the name of a person; none where it is no name at all.
pub(in crate::content::profile) fn person_name(value: &str) -> Option<Look> {
    let value = value.trim();
    if value.len() < 2 || value.len() > 80 {
        return None;
    }
    if words::is_test_identity(value) {
        return Some(Look::Synthetic);
    }
    let letters = value
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.' | ',' | '·' | '・'));
    let parts = value.split([' ', ',']).filter(|it| !it.is_empty());
    let (n, known) =
        parts.fold((0, false), |(n, known), it| (n + 1, known || words::is_given_name(it)));
    if !letters || n == 0 || n > 6 {
        return None;
    }
    Some(if known { Look::Real } else { Look::Unknown })
}

/// All names are invented.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, look) in [
            ("Anna Petersen", Look::Real),
            ("O'Neill, Mary-Ann", Look::Unknown),
            ("Сергей Иванов", Look::Real),
            ("王小明", Look::Unknown),
            ("Test User", Look::Synthetic),
        ] {
            assert_eq!(person_name(text), Some(look), "{text}");
        }
    }

    #[test]
    fn lets_through() {
        for text in ["", "x", "Widget 3000", "a/b", "one two three four five six seven", "42"] {
            assert_eq!(person_name(text), None, "{text}");
        }
    }
}
