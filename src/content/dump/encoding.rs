//! The text of a file: UTF-8 or another encoding that has ASCII in it as it is, UTF-16 and UTF-32 turned into UTF-8.

use std::borrow::Cow;

use bstr::ByteSlice;

/// How much of a file is looked at for bytes that no text has.
const SEEN: usize = 1024;

/// Bytes of zero among them that a text may have.
const FEW_NULS: usize = 4;

/// The text that bytes hold; none for what is no text. Takes at most one and a half times the bytes: three for two of UTF-16.
pub(super) fn text(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let text = match bytes {
        [0xff, 0xfe, 0, 0, rest @ ..] => Cow::Owned(utf_32(rest, u32::from_le_bytes)),
        [0, 0, 0xfe, 0xff, rest @ ..] => Cow::Owned(utf_32(rest, u32::from_be_bytes)),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf_16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf_16(rest, u16::from_be_bytes)),
        _ => {
            let seen = bytes.get(..bytes.len().min(SEEN))?;
            // A NUL or two are in texts that a program wrote badly; what is binary has many.
            if seen.iter().filter(|it| **it == 0).count() <= FEW_NULS {
                Cow::Borrowed(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            } else if is_utf_16(seen, 1) {
                Cow::Owned(utf_16(bytes, u16::from_le_bytes))
            } else if is_utf_16(seen, 0) {
                Cow::Owned(utf_16(bytes, u16::from_be_bytes))
            } else {
                return None;
            }
        }
    };
    Some(text)
}

/// With carriage returns alone for ends of lines, as old Macs wrote them: such a text has no line feed at all.
pub(super) fn with_line_feeds(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if text.contains(&b'\n') || !text.contains(&b'\r') {
        return text;
    }
    let mut text = text.into_owned();
    text.iter_mut().filter(|it| **it == b'\r').for_each(|it| *it = b'\n');
    Cow::Owned(text)
}

/// Whether ASCII is there in two bytes each: most of those at `zeros` (0 or 1) are NUL, and none of the others.
fn is_utf_16(seen: &[u8], zeros: usize) -> bool {
    let (mut pairs, mut ascii) = (0, 0);
    for pair in seen.chunks_exact(2) {
        pairs += 1;
        let (high, low) = (pair.get(zeros), pair.get(1 - zeros));
        if low == Some(&0) && high == Some(&0) {
            return false;
        }
        ascii += usize::from(high == Some(&0));
    }
    pairs >= 2 && ascii * 10 >= pairs * 9
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes.chunks_exact(2).filter_map(|it| it.try_into().ok()).map(unit);
    let mut text = String::with_capacity(bytes.len() / 2);
    text.extend(char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text.into_bytes()
}

fn utf_32(bytes: &[u8], unit: fn([u8; 4]) -> u32) -> Vec<u8> {
    let units = bytes.chunks_exact(4).filter_map(|it| it.try_into().ok()).map(unit);
    let mut text = String::with_capacity(bytes.len() / 4);
    text.extend(units.map(|it| char::from_u32(it).unwrap_or(char::REPLACEMENT_CHARACTER)));
    text.into_bytes()
}

/// A name as text: where it is not UTF-8, each byte is taken for a character of Latin-1, which no byte can fail.
pub(super) fn name(bytes: &[u8]) -> String {
    match bytes.to_str() {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&it| char::from(it)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_encoding() {
        let words = "INSERT INTO größe VALUES (1); -- 😀";
        let wide =
            |order: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(order).collect::<Vec<_>>();
        let long = |order: fn(u32) -> [u8; 4]| {
            words.chars().flat_map(|it| order(it.into())).collect::<Vec<_>>()
        };
        for bytes in [
            words.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", words.as_bytes()].concat(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
            [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat(),
            [b"\xfe\xff".to_vec(), wide(u16::to_be_bytes)].concat(),
            [b"\xff\xfe\0\0".to_vec(), long(u32::to_le_bytes)].concat(),
            [b"\0\0\xfe\xff".to_vec(), long(u32::to_be_bytes)].concat(),
        ] {
            assert_eq!(text(&bytes).as_deref(), Some(words.as_bytes()), "{bytes:?}");
        }
        assert_eq!(text(b"gr\xf6\xdfe").as_deref(), Some(&b"gr\xf6\xdfe"[..]));
        assert_eq!(with_line_feeds(Cow::Borrowed(b"a\rb\r")).as_ref(), b"a\nb\n");
        assert_eq!(with_line_feeds(Cow::Borrowed(b"a\r\nb\r")).as_ref(), b"a\r\nb\r");
        assert_eq!(name(b"gr\xf6\xdfe"), "größe");
    }

    #[test]
    fn lets_through_what_is_no_text() {
        for bytes in [&b"\x7fELF\x02\x01\x01\0\0\0"[..], b"SQLite format 3\0", b"a\0b", b"\0\0\0\0"]
        {
            assert_eq!(text(bytes), None, "{bytes:?}");
        }
    }
}
