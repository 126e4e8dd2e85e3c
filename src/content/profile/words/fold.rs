//! Letters without their accents and in one alphabet, so that a name is known however it is written.

use std::borrow::Cow;

/// Bytes of a text that is folded without memory of its own; longer ones are no names.
const ROOM: usize = 96;

/// A short text in lower case and without accents.
pub(super) struct Folded {
    bytes: [u8; ROOM],
    length: usize,
}

impl Folded {
    /// Folds a text; none if it is too long for any word.
    pub(super) fn new(text: &str) -> Option<Folded> {
        let mut folded = Folded::empty();
        if text.is_ascii() && !text.contains(NONE) {
            let bytes = folded.bytes.get_mut(..text.len())?;
            bytes.copy_from_slice(text.as_bytes());
            bytes.make_ascii_lowercase();
            folded.length = text.len();
            return Some(folded);
        }
        for c in text.chars() {
            folded.push(c)?;
        }
        Some(folded)
    }

    pub(super) fn empty() -> Folded {
        Folded { bytes: [0; ROOM], length: 0 }
    }

    /// Adds a letter, folded.
    pub(super) fn push(&mut self, c: char) -> Option<()> {
        if c.is_ascii() && c != NONE {
            return self.push_byte(c.to_ascii_lowercase() as u8);
        }
        let mut encoded = [0; 4];
        for c in base(c).into_iter().filter(|it| *it != NONE) {
            for byte in c.encode_utf8(&mut encoded).bytes() {
                self.push_byte(byte)?;
            }
        }
        Some(())
    }

    /// Adds what is folded already and is ASCII.
    fn push_byte(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Folds a text of any length.
pub(super) fn folded(text: &str) -> String {
    text.chars().flat_map(base).filter(|it| *it != NONE).collect()
}

/// Whether a character belongs to a word: a letter, or a mark that is written with letters.
pub(in super::super) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (!c.is_ascii()
            // The usual letters first: the whole table is slow to ask.
            && (matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
                || c.is_alphabetic()
                || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
                    | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{dff}' | '\u{200c}' | '\u{200d}')))
}

/// Whether a character is of a writing without blanks between words: Han, kana, hangul.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

const NONE: char = '\0';

/// A letter in lower case and without accents: one or two letters, or none where it is but a mark. Kana become
/// hiragana, and letters that Arabic and Persian write differently become one.
fn base(c: char) -> [char; 2] {
    if c.is_ascii() {
        return [c.to_ascii_lowercase(), NONE];
    }
    let one = match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'Ạ'..='ặ' | 'Ə' | 'ə' | 'ά' | 'Ά' => {
            if matches!(c, 'ά' | 'Ά') {
                'α'
            } else {
                'a'
            }
        }
        'Æ' | 'æ' => return ['a', 'e'],
        'Ç' | 'ç' | 'Ć'..='č' => 'c',
        'Ð' | 'ð' | 'Ď'..='đ' | 'Ḍ' | 'ḍ' => 'd',
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ẹ'..='ệ' => 'e',
        'Ĝ'..='ģ' | 'Ǧ' | 'ǧ' => 'g',
        'Ĥ'..='ħ' | 'Ḥ' | 'ḥ' => 'h',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ǐ' | 'ǐ' | 'Ỉ'..='ị' => 'i',
        'Ĳ' | 'ĳ' => return ['i', 'j'],
        'Ĵ' | 'ĵ' => 'j',
        'Ķ'..='ĸ' => 'k',
        'Ĺ'..='ł' => 'l',
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => 'n',
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ǒ' | 'ǒ' | 'Ọ'..='ợ' => {
            'o'
        }
        'Œ' | 'œ' => return ['o', 'e'],
        'Ŕ'..='ř' => 'r',
        'Ś'..='š' | 'Ș' | 'ș' | 'ſ' | 'Ṣ' | 'ṣ' => 's',
        'ß' | 'ẞ' => return ['s', 's'],
        'Ţ'..='ŧ' | 'Ț' | 'ț' | 'Ṭ' | 'ṭ' => 't',
        'Þ' | 'þ' => return ['t', 'h'],
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ǔ'..='ǜ' | 'Ụ'..='ự' => 'u',
        'Ŵ' | 'ŵ' => 'w',
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => 'y',
        'Ź'..='ž' | 'Ẓ' | 'ẓ' => 'z',
        // Marks that are written over or between letters.
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | 'ـ'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{93c}'
        | '\u{200b}'..='\u{200f}' => NONE,
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        'ς' => 'σ',
        'ё' | 'Ё' => 'е',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ة' | 'ۀ' | 'ە' => 'ه',
        'ک' => 'ك',
        'ؤ' => 'و',
        'ァ'..='ヶ' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
            let less = if matches!(c, 'ァ'..='ヶ') { 0x60 } else { 0xfee0 };
            char::from_u32(u32::from(c) - less).map_or(c, |it| it.to_ascii_lowercase())
        }
        _ => {
            let mut lower = c.to_lowercase();
            return [lower.next().unwrap_or(c), lower.next().unwrap_or(NONE)];
        }
    };
    [one, NONE]
}

/// How a letter of Cyrillic or Greek, folded, is mostly written in Latin ones.
fn romanised(c: char, before: char) -> Option<&'static str> {
    Some(match c {
        'υ' if before == 'ο' => "u",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'ђ' => "dj",
        'е' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' | 'ѕ' => "z",
        'и' | 'і' => "i",
        'й' | 'ы' => "y",
        'ї' => "yi",
        'ј' => "j",
        'к' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "c",
        'у' => "u",
        'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'џ' => "dz",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'υ' => "y",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' => "s",
        'τ' => "t",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => return None,
    })
}

/// A text folded, with Cyrillic and Greek in Latin letters. Other writings stay.
pub(in super::super) fn latin(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|it| it.is_ascii() && !it.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let mut latin = String::with_capacity(text.len());
    let mut before = NONE;
    for c in text.chars().flat_map(base).filter(|it| *it != NONE) {
        match romanised(c, before) {
            Some(letters) => latin.push_str(letters),
            None => latin.push(c),
        }
        before = c;
    }
    Cow::Owned(latin)
}

/// Whether a part of a name can be heard in the local part of a mail address, or in a login: `Сергей` in `sergey.i`,
/// `Müller` in `tmueller`, `Hadjiev` in `hadzhiev`.
pub(in super::super) fn sounds_like(part: &str, local: &str) -> bool {
    [false, true].into_iter().any(|is_soft| {
        let (Some(part), Some(local)) = (Sound::new(part, is_soft), Sound::new(local, is_soft))
        else {
            return false;
        };
        let (part, local) = (part.text.as_bytes(), local.text.as_bytes());
        let mut words = local.split(|it| *it == b' ');
        match part.len() {
            0 | 1 => false,
            2 => words.any(|it| it == part),
            3 => words.any(|it| it.starts_with(part) || it.ends_with(part)),
            n => local.windows(n).any(|it| it == part),
        }
    })
}

/// How a word sounds, roughly: what the usual romanisations of one name have in common.
struct Sound {
    text: Folded,
}

impl Sound {
    /// `c` is heard as `s` where it is soft, as `k` where not: nothing in a word says which.
    fn new(text: &str, is_soft: bool) -> Option<Sound> {
        let mut letters = Folded::empty();
        let mut before = NONE;
        for c in text.chars().take(ROOM).flat_map(base).filter(|it| *it != NONE) {
            match romanised(c, before) {
                Some(it) => it.bytes().try_for_each(|it| letters.push_byte(it).ok_or(())).ok()?,
                None if c.is_ascii_alphabetic() => letters.push_byte(c as u8)?,
                None if c.is_ascii() => letters.push_byte(b' ')?,
                None => letters.push(c)?,
            }
            before = c;
        }
        let mut sound = Sound { text: Folded::empty() };
        let mut rest = letters.as_bytes();
        let mut is_first = true;
        while let Some(first) = rest.first() {
            let (taken, heard) = heard(rest, is_first, is_soft);
            is_first = *first == b' ';
            for byte in heard.as_bytes() {
                sound.push(*byte)?;
            }
            if heard.is_empty() {
                sound.push(*first)?;
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
        Some(sound)
    }

    /// Adds a sound, once where it is doubled.
    fn push(&mut self, byte: u8) -> Option<()> {
        let last = self.text.as_bytes().last();
        if last == Some(&byte) { Some(()) } else { self.text.push_byte(byte) }
    }
}

/// How many letters at the start of `rest` make one sound, and which; none where the letter stands for itself.
fn heard(rest: &[u8], is_first: bool, is_soft: bool) -> (usize, &'static str) {
    let c = if is_soft { "s" } else { "k" };
    match rest {
        [b's', b'h', b'c', b'h', ..] => (4, "s"),
        [b't', b's', b'c', b'h', ..] => (4, c),
        [b't', b'c', b'h', ..] => (3, c),
        [b'd', b'z', b'h', ..] => (3, "di"),
        [b's', b'c', b'h', ..] => (3, "s"),
        [b's', b'h', ..] | [b's', b'z', ..] | [b't', b's', ..] | [b't', b'z', ..] => (2, "s"),
        [b'z', b'h', ..] => (2, "s"),
        [b'c', b'h' | b'z' | b'k', ..] => (2, c),
        [b'k', b'h', ..] => (2, "h"),
        [b'g', b'h', ..] => (2, "g"),
        [b'g', b'u', b'e' | b'i', ..] => (2, "g"),
        [b'g', b'i' | b'y', b'a' | b'o' | b'e' | b'u', ..] if is_first => (2, "i"),
        [b'p', b'h', ..] => (2, "f"),
        [b't', b'h', ..] => (2, "t"),
        [b'y' | b'i' | b'j', b'e', ..] if is_first => (2, "e"),
        [b'a', b'e', ..] => (2, "a"),
        [b'o', b'e', ..] => (2, "o"),
        [b'u', b'e', ..] => (2, "u"),
        [b'o', b'u' | b'o', ..] => (2, "u"),
        [b'e', b'e', ..] => (2, "i"),
        [b'c' | b'q', ..] => (1, c),
        [b'z', ..] => (1, "s"),
        [b'x', ..] => (1, "ks"),
        [b'w', ..] => (1, "v"),
        [b'y' | b'j', ..] => (1, "i"),
        _ => (1, ""),
    }
}

#[cfg(test)]
mod tests;
