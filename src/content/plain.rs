//! Text as it is read: in UTF-8, in lines, without the mark that tools of Windows begin a file with.

use std::borrow::Cow;

use bstr::ByteSlice;

/// The mark of UTF-8 before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A text as people see it in an editor.
pub(crate) fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    match in_utf8(bytes) {
        Some(text) => Cow::Owned(
            with_line_feeds(without_mark(&text)).unwrap_or_else(|| without_mark(&text).to_vec()),
        ),
        None => {
            let bare = without_mark(bytes);
            with_line_feeds(bare).map_or(Cow::Borrowed(bare), Cow::Owned)
        }
    }
}

/// A text without the mark of UTF-8.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// Whether a text begins with the mark of UTF-16.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

/// A text in UTF-16, as Windows writes it with a mark at its beginning, in UTF-8.
fn in_utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let pairs = bytes.get(2..).unwrap_or_default().chunks_exact(2);
    let units: Vec<u16> = match bytes {
        [0xff, 0xfe, ..] => pairs.map(|it| u16::from_le_bytes([it[0], it[1]])).collect(),
        [0xfe, 0xff, ..] => pairs.map(|it| u16::from_be_bytes([it[0], it[1]])).collect(),
        _ => return None,
    };
    Some(String::from_utf16_lossy(&units).into_bytes())
}

/// A text whose lines end with carriage returns alone, as the Macs of old wrote them, with line feeds in their place.
fn with_line_feeds(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_such = !bytes.contains(&b'\n') && bytes.contains(&b'\r') && !bytes.contains(&0);
    is_such.then(|| bytes.replace(b"\r", b"\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_however_its_editor_wrote_it() {
        let utf_16 =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        for bytes in [
            b"a\nb\n".to_vec(),
            b"\xef\xbb\xbfa\nb\n".to_vec(),
            b"a\rb\r".to_vec(),
            utf_16("\u{feff}a\nb\n"),
        ] {
            assert_eq!(plain(&bytes).as_ref(), b"a\nb\n", "{bytes:?}");
        }
    }
}
