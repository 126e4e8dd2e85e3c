//! The words of an identifier, however they are put together.

use super::fold::{folded, is_cjk};

/// Letters of an identifier that are looked at; nobody gives a column more.
const LETTERS: usize = 200;

/// Words that are known only together, at most: `ngay_thang_nam_sinh`.
const TOGETHER: usize = 4;

/// The words of an identifier, folded: those of `userName`, `user_name` and `USER NAME` are the same. Words that are
/// known together become one, and writings without blanks are cut into words that are known.
pub(super) fn words(name: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut parts = Vec::new();
    for part in split(name) {
        match part.chars().any(is_cjk) {
            true => cut(&part, &is_known, &mut parts),
            false => parts.push(part),
        }
    }
    // A mark without its letter folds to nothing.
    parts.retain(|it| !it.is_empty());
    let mut words = Vec::new();
    let mut rest = parts.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let together = (2..=TOGETHER.min(rest.len())).rev().find_map(|n| {
            let word = rest.get(..n)?.concat();
            is_known(&word).then_some((n, word))
        });
        match together {
            Some((n, word)) => {
                words.push(word);
                rest = rest.get(n..).unwrap_or_default();
            }
            None => {
                words.push(first.clone());
                rest = others;
            }
        }
    }
    words
}

/// Cuts where something other than a letter stands, where a capital follows a small letter, before the last of several
/// capitals (`IPAddress`), and between Latin letters and those of a writing without blanks.
fn split(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = name.chars().take(LETTERS).collect();
    let mut before = ' ';
    for (n, c) in letters.iter().copied().enumerate() {
        let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{200c}');
        let is_letter = c.is_alphabetic() || is_mark;
        let next_is_small = letters.get(n + 1).is_some_and(|it| it.is_lowercase());
        let starts = !(is_letter || c.is_numeric())
            || (c.is_uppercase()
                && (before.is_lowercase() || (before.is_uppercase() && next_is_small)))
            || (is_cjk(c) != is_cjk(before) && before.is_alphabetic());
        if starts {
            words.push(String::new());
        }
        before = c;
        if let (true, Some(word)) = (is_letter, words.last_mut()) {
            word.push(c);
        }
    }
    words.retain(|it| !it.is_empty());
    words.iter().map(|it| folded(it)).collect()
}

/// Cuts a word of a writing without blanks from its end, where its head stands, into the longest words that are known.
fn cut(word: &str, is_known: impl Fn(&str) -> bool, words: &mut Vec<String>) {
    let mut cut = Vec::new();
    let mut rest = word;
    let mut unknown = String::new();
    while let Some(last) = rest.chars().next_back() {
        let starts = rest.char_indices().map(|(n, _)| n);
        let known = starts.filter_map(|n| rest.split_at_checked(n)).find(|(_, it)| is_known(it));
        match known {
            Some((before, known)) => {
                if !unknown.is_empty() {
                    cut.push(std::mem::take(&mut unknown));
                }
                cut.push(known.to_owned());
                rest = before;
            }
            None => {
                unknown.insert(0, last);
                rest = rest.strip_suffix(last).unwrap_or_default();
            }
        }
    }
    if !unknown.is_empty() {
        cut.push(unknown);
    }
    words.extend(cut.into_iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut_up(name: &str) -> String {
        let known = ["firstname", "客户", "姓名", "电话", "dateofbirth"];
        words(name, |it| known.contains(&it)).join(" ")
    }

    #[test]
    fn an_identifier_has_words() {
        for (name, words) in [
            ("user_id", "user id"),
            ("userID", "user id"),
            ("IPAddress", "ip address"),
            ("customer-first-name", "customer firstname"),
            ("FIRST NAME", "firstname"),
            ("date_of_birth2", "dateofbirth"),
            ("客户姓名", "客户 姓名"),
            ("新客户电话", "新 客户 电话"),
            ("user电话", "user 电话"),
            ("Prénom", "prenom"),
            ("", ""),
            ("123", ""),
            ("\0\u{300}", ""),
        ] {
            assert_eq!(cut_up(name), words, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_words(name in ".{0,300}") {
            prop_assert!(words(&name, |it| it.len() % 2 == 0).iter().all(|it| !it.is_empty()));
        }
    }
}
