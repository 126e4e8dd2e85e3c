//! Shows untrusted text on a screen, and quotes paths for commands that people paste.

use bstr::{BStr, ByteSlice};

/// Characters that a terminal obeys, hides, reorders or shows as a blank, as ranges.
///
/// From the Unicode character database 17.0: the general categories Cc, Cf, Zl, Zp, Co and Zs (but the space), the property
/// Default_Ignorable_Code_Point, the blank Braille pattern and the object replacement character. Noncharacters are added
/// by [`hidden`].
const HIDDEN: &[(u32, u32)] = &[
    (0x00, 0x1f),
    (0x7f, 0xa0),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x115f, 0x1160),
    (0x1680, 0x1680),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x2000, 0x200f),
    (0x2028, 0x202f),
    (0x205f, 0x206f),
    (0x2800, 0x2800),
    (0x3000, 0x3000),
    (0x3164, 0x3164),
    (0xe000, 0xf8ff),
    (0xfdd0, 0xfdef),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffc),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0x10ffff),
];

/// Whether a character must not reach a screen as it is.
pub fn hidden(c: char) -> bool {
    let n = u32::from(c);
    let listed = || HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&n));
    !matches!(c, ' '..='~') && (n & 0xfffe == 0xfffe || listed())
}

/// A name for a screen: what is hidden, or no UTF-8, is escaped (`\x1b`, `\u{202e}`, `\xff`), as is a blank at either end,
/// and a backslash is doubled, so that different names never look the same.
pub fn clean(name: impl AsRef<[u8]>) -> String {
    let name = name.as_ref();
    let inner = name.trim_start_with(|c| c == ' ');
    let front = name.len() - inner.len();
    let inner = inner.trim_end_with(|c| c == ' ');
    let back = name.len() - inner.len() - front;
    let blanks = |n| "\\x20".repeat(n);
    format!("{}{}{}", blanks(front), show(inner, true), blanks(back))
}

/// A sentence or command for a screen: as [`clean`], but a backslash stays, so that a cleaned name or a quoted path in it
/// does as well.
pub fn line(text: &str) -> String {
    show(text.as_bytes(), false)
}

/// A name within a sentence: cleaned, and cut in the middle when longer than 40 characters.
pub fn name(name: impl AsRef<[u8]>) -> String {
    short(&clean(name), 40)
}

fn show(bytes: &[u8], double: bool) -> String {
    let mut shown = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' if double => shown.push_str("\\\\"),
                // A log that holds `##vso[` or `##[` anywhere commands the CI that shows it.
                '#' if shown.ends_with('#') => shown.push_str("\\x23"),
                _ if !hidden(c) => shown.push(c),
                _ if c.is_ascii() => shown.push_str(&format!("\\x{:02x}", u32::from(c))),
                _ => shown.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            }
        }
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
    }
    shown
}

/// JSON with those characters in its strings escaped that a terminal would obey or hide, and what a CI log would take for a command.
/// Line feeds between its parts stay.
pub(crate) fn json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if (hidden(c) && c != '\n') || (c == '#' && safe.ends_with('#')) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Cuts text in the middle to at most `max` characters.
pub(crate) fn short(text: &str, max: usize) -> String {
    let n = text.chars().count();
    if n <= max {
        return text.to_owned();
    }
    let keep = max.saturating_sub(3);
    let head: String = text.chars().take(keep - keep / 2).collect();
    let tail: String = text.chars().skip(n - keep / 2).collect();
    format!("{head}...{tail}")
}

/// Bytes as hex digits in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A path as one word of a POSIX shell: plain where that is safe, else in single quotes. One that would not survive a
/// screen is written for bash and zsh as `$'...'`, in ASCII. A path that reads like an option gets `./` in front.
pub fn quoted(path: &BStr) -> String {
    let front: &[u8] = if path.starts_with(b"-") { b"./" } else { b"" };
    let path = [front, path.as_bytes()].concat();
    if path.is_empty() {
        return "''".to_owned();
    }
    if path.iter().all(|byte| is_plain(*byte)) && path[0] != b'=' {
        return path.to_str_lossy().into_owned();
    }
    match path.to_str() {
        Ok(text) if line(text) == text => format!("'{}'", text.replace('\'', r"'\''")),
        _ => format!("$'{}'", path.iter().map(|byte| escaped(*byte)).collect::<String>()),
    }
}

/// A path as one word of a shell, for a git command that takes patterns: one with a wildcard or a leading colon is said to
/// be literal, since `git rm '*'` would take every file.
pub fn pathspec(path: &BStr) -> String {
    let special = path.starts_with(b":") || path.find_byteset(b"*?[\\").is_some();
    if special { quoted([b":(literal)", path.as_bytes()].concat().as_bstr()) } else { quoted(path) }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_./,:=@%+-".contains(&byte)
}

/// A byte within `$'...'`. Octal digits are the one escape that every shell with this quoting reads alike.
fn escaped(byte: u8) -> String {
    match byte {
        b'\n' => "\\n".to_owned(),
        b'\t' => "\\t".to_owned(),
        b'\r' => "\\r".to_owned(),
        b'\'' => "\\'".to_owned(),
        b'\\' => "\\\\".to_owned(),
        b' '..=b'~' if byte != b'!' && byte != b'#' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    }
}

/// Breaks text at blanks into lines of at most `width` characters; a longer word stays whole. The first line begins with
/// `first`, the others with `next`.
pub(crate) fn wrapped(text: &str, first: &str, next: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut begin = first;
    let mut line = String::new();
    for word in text.split_whitespace() {
        let full = begin.len() + line.chars().count() + 1 + word.chars().count() > width;
        if full && !line.is_empty() {
            lines.push(format!("{begin}{line}"));
            begin = next;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(format!("{begin}{line}"));
    lines
}

/// Bytes as text that stands for just these bytes: what is hidden, no UTF-8 or one of `also` is written `\xff` byte by byte, as is a
/// blank at either end, and a backslash is doubled.
pub(crate) fn packed(bytes: &[u8], also: &[u8]) -> String {
    let mut packed = String::with_capacity(bytes.len());
    let hex = |bytes: &[u8]| bytes.iter().map(|it| format!("\\x{it:02x}")).collect::<String>();
    let last = bytes.len().saturating_sub(1);
    for (start, end, c) in bytes.char_indices() {
        let is_whole = c != '\u{fffd}' || &bytes[start..end] == "\u{fffd}".as_bytes();
        let is_at_end = c == ' ' && (start == 0 || start == last);
        match c {
            '\\' => packed.push_str("\\\\"),
            _ if !is_whole || is_at_end || hidden(c) || also.contains(&bytes[start]) => {
                packed.push_str(&hex(&bytes[start..end]));
            }
            _ => packed.push(c),
        }
    }
    packed
}

/// The bytes that [`packed`] made this text of; none where it did not.
pub(crate) fn unpacked(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            bytes.push(*first);
            continue;
        }
        let (second, after) = rest.split_first()?;
        rest = match second {
            b'\\' => {
                bytes.push(b'\\');
                after
            }
            b'x' => {
                let (digits, after) = after.split_at_checked(2)?;
                let is_hex = |it: &u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
                let digits = digits.iter().all(is_hex).then_some(digits)?;
                bytes.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
                after
            }
            _ => return None,
        };
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_is_packed_so_that_people_can_read_it() {
        for (path, expected) in [
            (&b"scripts/clean all.sh"[..], "scripts/clean all.sh"),
            (b" a\\b\n ", r"\x20a\\b\x0a\x20"),
            (b"\xff\xc3\xa4|", r"\xffä\x7c"),
            ("\u{202e}\u{fffd}".as_bytes(), "\\xe2\\x80\\xae\u{fffd}"),
        ] {
            assert_eq!(packed(path, b"|"), expected);
        }
        for text in ["\\", "\\y", "\\x", "\\xf", "\\xFF", "\\xgg", "\\x+1"] {
            assert_eq!(unpacked(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_packed_is_one_line_and_is_unpacked(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let text = packed(&bytes, b"|`");
            prop_assert!(!text.contains(['\n', '\r', '|', '`']) && text.trim() == text);
            prop_assert_eq!(unpacked(&text), Some(bytes));
        }
    }
}
