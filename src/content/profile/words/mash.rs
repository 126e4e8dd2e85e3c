//! Text that hands made and no language: keys beside each other, one piece over and over, and names with a number.

/// The rows of keyboards, each with what lies beside what. Cyrillic ones as well.
const ROWS: [&str; 8] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "qwertz",
];

/// Three keys beside each other, or three letters, that are nobody's name.
const THREE: [&str; 22] = [
    "asd", "qwe", "zxc", "sdf", "dfg", "fgh", "ghj", "hjk", "jkl", "wer", "ert", "rty", "xcv",
    "cvb", "vbn", "bnm", "dsa", "ewq", "фыв", "йцу", "ячс", "abc",
];

/// Letters that a text is looked at for; nobody mashes longer names.
const ROOM: usize = 64;

/// Where the key of a letter lies: its row, and its place in it. None for what is on no key.
fn key(c: char) -> Option<(usize, usize)> {
    /// The same for ASCII, made once: row and place in a byte, 255 for none.
    const ASCII: [u8; 128] = {
        let mut keys = [255_u8; 128];
        let mut row = 0;
        while row < 4 {
            let letters = ROWS[row].as_bytes();
            let mut n = 0;
            while n < letters.len() {
                keys[letters[n] as usize] = (row * 16 + n) as u8;
                n += 1;
            }
            row += 1;
        }
        keys
    };
    if c.is_ascii() {
        let place = ASCII.get(c as usize).copied().filter(|it| *it != 255)?;
        return Some((usize::from(place >> 4), usize::from(place & 15)));
    }
    let mut rows = ROWS.iter().enumerate().skip(4).take(3);
    rows.find_map(|(row, letters)| letters.chars().position(|it| it == c).map(|n| (row, n)))
}

/// How far one key is from another in its row; none if it is in another row.
fn step(a: char, b: char) -> Option<isize> {
    let ((row, n), (other, m)) = (key(a)?, key(b)?);
    (row == other).then(|| m.cast_signed() - n.cast_signed())
}

fn is_vowel(c: char) -> bool {
    !c.is_ascii_lowercase() && c.is_alphabetic()
        || matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w')
}

/// Whether a text is what hands do on a keyboard that have no name to write: `asdf`, `qwerty123`, `sdfsdf`, `aaaa`, `1234`. All
/// of its words have to be.
pub(in super::super) fn keyboard_mash(text: &str) -> bool {
    let mut letters = ['\0'; ROOM];
    let (mut length, mut found) = (0, false);
    // One more character ends the last word.
    for c in text.chars().chain([' ']) {
        if c.is_alphanumeric() {
            let Some(letter) = letters.get_mut(length) else { return false };
            *letter = if c.is_ascii() {
                c.to_ascii_lowercase()
            } else {
                c.to_lowercase().next().unwrap_or(c)
            };
            length += 1;
        } else if length > 0 {
            if !is_mash(letters.get(..length).unwrap_or_default()) {
                return false;
            }
            (length, found) = (0, true);
        }
    }
    found
}

/// Whether one word is mash: digits at its end do not matter, unless it has nothing else.
fn is_mash(word: &[char]) -> bool {
    let digits = word.iter().rev().take_while(|it| it.is_ascii_digit()).count();
    let stem = word.get(..word.len() - digits).unwrap_or_default();
    let word = if stem.is_empty() { word } else { stem };
    let n = word.len();
    n >= 3
        && (is_one_letter(word)
            || is_run(word)
            || is_repeated(word)
            || (stem.len() == n && (is_home_row(word) || is_of_neighbours(word))))
}

/// `aaaa`, `xxx`; `iii` is a third of that name.
fn is_one_letter(word: &[char]) -> bool {
    word.first().is_some_and(|first| *first != 'i' && word.iter().all(|it| it == first))
}

/// Keys or letters one after the other: `qwert`, `4321`, `abcd`.
fn is_run(word: &[char]) -> bool {
    if word.len() == 3 {
        let is = |it: &&str| it.chars().eq(word.iter().copied());
        return THREE.iter().any(is)
            || (is_run_by(word, step) && word.iter().all(char::is_ascii_digit));
    }
    is_run_by(word, step) || is_run_by(word, letters_apart) || is_word(word, &["qwertz", "azerty"])
}

fn is_word(word: &[char], words: &[&str]) -> bool {
    words.iter().any(|it| it.chars().eq(word.iter().copied()))
}

fn letters_apart(a: char, b: char) -> Option<isize> {
    (a.is_ascii_lowercase() && b.is_ascii_lowercase()).then(|| b as isize - a as isize)
}

fn is_run_by(word: &[char], apart: impl Fn(char, char) -> Option<isize>) -> bool {
    [1, -1].into_iter().any(|step| {
        word.windows(2).all(|pair| matches!(pair, [a, b] if apart(*a, *b) == Some(step)))
    })
}

/// A piece of two or three keys over and over: `sdfsdf`, `abcabc`, `hjhj`. Real names double a syllable: `Mimi`, `Lulu`, so one with
/// a vowel has to come three times.
fn is_repeated(word: &[char]) -> bool {
    (2..=4).any(|n| {
        let Some(piece) = word.get(..n).filter(|_| word.len() >= 2 * n) else { return false };
        let is_over_and_over = word.iter().zip(piece.iter().cycle()).all(|(a, b)| a == b);
        let is_spoken = piece.iter().any(|it| is_vowel(*it));
        is_over_and_over
            && (!is_spoken
                || (word.len() >= 3 * n && n < 4)
                || (n > 2 && is_run(piece))
                || piece.iter().all(char::is_ascii_digit))
    })
}

/// Nothing but the middle row, as no language spells: `sdfg`, `kjhkj`, `asdsad`, `dsfsdf`.
fn is_home_row(word: &[char]) -> bool {
    let is_consonant = |it: &char| matches!(it, 's' | 'd' | 'f' | 'g' | 'h' | 'j' | 'k' | 'l');
    if word.len() >= 4 && word.iter().all(is_consonant) {
        return true;
    }
    let is_middle = word.iter().all(|it| is_consonant(it) || *it == 'a');
    word.len() >= 5 && is_middle && neighbours(word) * 5 >= (word.len() - 1) * 3
}

/// Six letters or more of which nearly each is beside the one before it, or without any vowel at all.
fn is_of_neighbours(word: &[char]) -> bool {
    let has_no_vowel = !word.iter().any(|it| is_vowel(*it) || matches!(it, 'r' | 'l' | 'n' | 'm'));
    (word.len() >= 6 && (neighbours(word) * 5 >= (word.len() - 1) * 4 || has_no_vowel))
        || (word.len() >= 8 && !word.iter().any(|it| is_vowel(*it)))
}

/// Pairs of letters that are beside each other on a keyboard.
fn neighbours(word: &[char]) -> usize {
    word.windows(2)
        .filter(|pair| matches!(pair, [a, b] if step(*a, *b).is_some_and(|it| it.abs() == 1)))
        .count()
}

/// Splits what counts its people: `user12`, `test-03`, `Customer 7`, `u00042@…`. What stands before the number, and the number; of
/// an address the local part is taken.
pub(in super::super) fn numbered_run(text: &str) -> Option<(&str, u64)> {
    let text = text.trim();
    let local = text.split_once('@').map_or(text, |(local, _)| local);
    let stem = local.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = local.get(stem.len()..).filter(|it| (1..=12).contains(&it.len()))?;
    let stem = stem.trim_end_matches(|c: char| c.is_whitespace() || "_-.+#:".contains(c));
    if stem.len() > 64 || !stem.chars().any(char::is_alphabetic) {
        return None;
    }
    Some((stem, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_mash() {
        for text in [
            "asdf",
            "ASDF",
            "asd",
            "asdasd",
            "asdf asdf",
            "qwerty",
            "qwe",
            "qwerty123",
            "qwertz",
            "azerty",
            "sdfsdf",
            "dfgdfg",
            "aaaa",
            "xxx",
            "abcabc",
            "hjkhjk",
            "hjkl",
            "1234",
            "123456",
            "4321",
            "111",
            "123123",
            "zxcv",
            "zxcvbn",
            "jkljkl",
            "lkjh",
            "sdfg",
            "fdsa",
            "dsfsdf",
            "fghj",
            "asdfasdf",
            "asdasdasd",
            "lalala",
            "dadada",
            "abcd",
            "йцукен",
            "фыва",
            "фывфыв",
            "ываыва",
            "asdsad",
            "sadasd",
            "dfgdfgdfg",
            "kjhkjh",
            "asd asd",
            "asdf123",
            "qweqwe",
            "werwer",
            "aaa bbb",
            "bcdfgh",
            "gfhfgh",
            "ghghgh",
            "12341234",
        ] {
            assert!(keyboard_mash(text), "{text}");
        }
    }

    #[test]
    fn lets_through_names() {
        for text in [
            "Anna",
            "Llwyd",
            "Gwyn",
            "Bryn",
            "Ng",
            "Nguyen",
            "Krč",
            "Vlk",
            "Smrž",
            "Brzęczyszczykiewicz",
            "Szczepański",
            "Hrvoje",
            "Mimi",
            "Lulu",
            "Nana",
            "Toto",
            "J. R. R.",
            "JFK",
            "Dallas",
            "Salas",
            "Haas",
            "Shah",
            "Jaffa",
            "Safa",
            "Louis III",
            "Tingting",
            "Li",
            "Wu",
            "O",
            "Hashaash",
            "Grzyb",
            "Ann",
            "Fred",
            "Schwartz",
            "Schmidt",
            "Assad",
            "Kaja",
            "Ада",
            "Ольга",
            "王芳",
            "佐藤",
            "김",
            "12",
            "",
            "Anna asdf",
            "2024-01-02",
            "Azer",
            "Abdallah",
            "Asad",
            "Sasa",
            "Prchal",
            "Strč",
            "Power",
            "Were",
            "Tyui Anna",
            "Fadl",
        ] {
            assert!(!keyboard_mash(text), "{text}");
        }
    }

    #[test]
    fn a_number_at_the_end_is_split_off() {
        for (text, stem, number) in [
            ("user12", "user", 12),
            ("test-03", "test", 3),
            ("Customer 7", "Customer", 7),
            ("u00042@example.com", "u", 42),
            ("member_9", "member", 9),
            ("test+12@gmail.com", "test", 12),
            ("用户3", "用户", 3),
            ("First User #4", "First User", 4),
        ] {
            assert_eq!(numbered_run(text), Some((stem, number)), "{text}");
        }
        for text in ["", "12", "anna", "@12", "-3", "a1234567890123", "12@x1.de", "anna@x12"] {
            assert_eq!(numbered_run(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".{0,120}") {
            let _ = (keyboard_mash(&text), numbered_run(&text));
        }
    }
}
