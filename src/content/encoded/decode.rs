//! How bytes are read that are written as text.

pub(super) const ALPHABET: &[u8; 64] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What may stand between two parts of one writing: blanks, line ends as such and as `\n`, and what joins two strings of a program.
fn gap(text: &[u8]) -> usize {
    let mut at = 0;
    let mut is_quoted = false;
    while let Some(&byte) = text.get(at) {
        match (byte, text.get(at + 1)) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => at += 1,
            (b'\\', Some(b'n' | b'r' | b'\r' | b'\n')) => at += 2,
            (b'"' | b'\'' | b'`', _) => {
                is_quoted = !is_quoted;
                at += 1;
            }
            // Between two strings only: these are letters of base64, or stand between bytes.
            (b'+' | b'.' | b'&' | b',' | b'\\', _) if is_quoted => at += 1,
            _ => break,
        }
    }
    at
}

/// Base64 whose first character has bits of a byte before: of none, one or two bytes that are not wanted.
pub(super) fn base64(text: &[u8], before: usize, most: usize) -> Vec<u8> {
    // The first character still has bits of the byte before.
    let skipped = [0, 2, 4].get(before).copied().unwrap_or_default();
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    let (mut at, mut is_first) = (0, true);
    while bytes.len() < most {
        let Some(&letter) = text.get(at) else { break };
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => match gap(text.get(at..).unwrap_or_default()) {
                0 => break,
                _ if is_first => break,
                gap => {
                    at += gap;
                    continue;
                }
            },
        };
        at += 1;
        bits = (bits << 6 | u32::from(digit)) & 0x3fff;
        held += if is_first { 6 - skipped } else { 6 };
        is_first = false;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}

/// Digits, with `0x`, `\x`, blanks, commas, colons or dashes between bytes; and the lines of xxd and hexdump, which begin with
/// the place and end with the text.
pub(super) fn hex(text: &[u8], start: usize, most: usize) -> Vec<u8> {
    let line = text.get(start.saturating_sub(PLACE)..start).unwrap_or_default();
    // Digits in the middle of a long line are no place.
    let begins = line.iter().rposition(|it| *it == b'\n').map(|it| it + 1);
    let begins = begins.or((start <= PLACE).then_some(0));
    let is_dump = begins.and_then(|it| line.get(it..)).is_some_and(is_place);
    let rest = text.get(start..).unwrap_or_default();
    if !is_dump {
        let mut bytes = Vec::new();
        hex_run(rest, most, true, &mut bytes);
        return bytes;
    }
    let mut bytes = Vec::new();
    for (n, line) in rest.split(|it| *it == b'\n').enumerate() {
        let place = line.iter().position(|it| matches!(it, b':' | b' ')).map_or(0, |it| it + 1);
        let (head, digits) = line.split_at(if n == 0 { 0 } else { place });
        if (n > 0 && !is_place(head)) || bytes.len() >= most {
            break;
        }
        hex_run(digits.trim_ascii_start(), (bytes.len() + 16).min(most), false, &mut bytes);
    }
    bytes
}

/// Bytes before the first digits of a line in which its place may stand.
const PLACE: usize = 32;

/// Whether a line begins like one of xxd or hexdump: `00000010: `.
fn is_place(head: &[u8]) -> bool {
    let head = head.trim_ascii_end();
    let head = head.strip_suffix(b":").unwrap_or(head);
    head.len() >= 6 && head.iter().all(u8::is_ascii_hexdigit)
}

/// What may stand before the two digits of a byte.
const HEX_PREFIXES: &[&[u8]] = &[b"0x", b"0X", b"\\x", b"\\X", b"\\\\x"];

fn hex_run(text: &[u8], most: usize, is_joined: bool, bytes: &mut Vec<u8>) {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    let (mut at, first) = (0, bytes.len());
    while bytes.len() < most {
        if let (Some(high), Some(low)) = (digit(at), digit(at + 1))
            && !(low == 0 && high == 0 && matches!(text.get(at + 1), Some(b'x' | b'X')))
        {
            bytes.push((high << 4 | low) as u8);
            at += 2;
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let prefix = HEX_PREFIXES.iter().find(|it| rest.starts_with(it));
        at += match (prefix, rest.first()) {
            (Some(prefix), _) => prefix.len(),
            (None, Some(b' ' | b',' | b':' | b'-' | b';' | b'\t')) if bytes.len() > first => 1,
            (None, Some(_)) if bytes.len() > first && is_joined => match gap(rest) {
                0 => return,
                gap => gap,
            },
            _ => return,
        };
    }
}

/// Numbers with commas between them, up to what is none.
pub(super) fn decimal(text: &[u8], most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for number in text.split(|it| *it == b',').take(most) {
        let digits = number.trim_ascii();
        let digits = digits.split(|it| !it.is_ascii_digit()).next().unwrap_or_default();
        let value = std::str::from_utf8(digits).ok().and_then(|it| it.parse().ok());
        let Some(byte) = value.filter(|_| digits.len() <= 3) else { break };
        bytes.push(byte);
        if digits.len() < number.trim_ascii().len() {
            break;
        }
    }
    bytes
}

/// The units of UTF-16 that characters have, as bytes.
pub(super) fn utf16(text: &[u8], is_little: bool, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A unit is three bytes of UTF-8 at most, a pair of units four.
    let text = text.get(..most.saturating_mul(2).min(text.len())).unwrap_or_default();
    for chunk in text.utf8_chunks().take(1) {
        for unit in chunk.valid().encode_utf16() {
            if bytes.len() >= most {
                break;
            }
            bytes.extend(if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        }
    }
    bytes
}
