//! SQLite databases that are written as text: in base64, hex, or lists of numbers, at any place of a file.
//!
//! What is searched for are the parts of `SQLite format 3` and a zero byte that come out alike whatever stands before it. What is
//! found is decoded and has to begin with a header that SQLite takes, so that a text about databases is none.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::sqlite;

const MAGIC: &[u8] = b"SQLite format 3\0";

/// Characters before a hit in which the beginning is searched for: the magic bytes in the widest writing (`0x53, `) and a line end.
const BEFORE: usize = 160;

/// Places in one file that are decoded to see whether they are one: a file with more hits is made to be slow.
const TRIES: usize = 10_000;

/// A database that is written as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoded {
    /// The encoding.
    pub(super) by: &'static str,
    /// Bytes before it.
    pub(super) at: usize,
    /// The bytes of the database, as many as follow.
    pub(super) bytes: Vec<u8>,
    /// There are more in the same file.
    pub(super) has_more: bool,
}

/// A way to write bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// Base64 (RFC 4648) with this many bytes before the database in a group of three.
    Base64(usize),
    /// Two digits a byte, with anything usual between them.
    Hex,
    /// Numbers in decimal with commas between them.
    Decimal,
    /// Pairs of bytes taken for UTF-16 and written as UTF-8, as `working-tree-encoding` does (gitattributes(5)).
    Utf16 {
        /// The first byte of a pair is the low one.
        is_little: bool,
    },
}

impl Writing {
    fn name(self) -> &'static str {
        match self {
            Writing::Base64(_) => "base64",
            Writing::Hex => "hex",
            Writing::Decimal => "decimal numbers",
            Writing::Utf16 { .. } => "text made of UTF-16",
        }
    }

    /// Whether the database's first byte, an `S`, may be written so.
    fn may_begin(self, letter: u8) -> bool {
        let digit = ALPHABET.iter().position(|it| *it == letter);
        match self {
            Writing::Base64(0) => letter == b'U',
            Writing::Base64(1) => digit.is_some_and(|it| it & 0xf == 0x5),
            Writing::Base64(_) => digit.is_some_and(|it| it & 0x3 == 0x1),
            Writing::Hex => letter == b'5',
            Writing::Decimal => letter == b'8',
            Writing::Utf16 { .. } => !letter.is_ascii(),
        }
    }

    /// The bytes that are written from `start` on, up to `most`.
    fn decode(self, text: &[u8], start: usize, most: usize) -> Vec<u8> {
        let rest = text.get(start..).unwrap_or_default();
        match self {
            Writing::Base64(before) => base64(rest, before, most),
            Writing::Hex => hex(text, start, most),
            Writing::Decimal => decimal(rest, most),
            Writing::Utf16 { is_little } => utf16(rest, is_little, most),
        }
    }
}

/// What is searched for, and how it is then written.
static PATTERNS: LazyLock<(AhoCorasick, Vec<Writing>)> = LazyLock::new(|| {
    let mut patterns: Vec<(Vec<u8>, Writing)> = Vec::new();
    for before in 0..3 {
        let whole = written_base64(before);
        // Two halves: a line that ends within one leaves the other whole.
        let (one, other) = whole.split_at(whole.len() / 2);
        for half in [one, other] {
            patterns.push((half.to_vec(), Writing::Base64(before)));
        }
    }
    // `ite f` and `at 3` with the zero: their digits are no letters, so there is no upper and lower case.
    for hex in [
        "6974652066",
        "6174203300",
        "69 74 65 20 66",
        "61 74 20 33 00",
        "69:74:65:20:66",
        "69-74-65-20-66",
        "7465 2066",
        "\\x69\\x74\\x65\\x20\\x66",
        "0x69, 0x74, 0x65, 0x20, 0x66",
        "0x69,0x74,0x65,0x20,0x66",
    ] {
        patterns.push((hex.into(), Writing::Hex));
    }
    for decimal in ["105,116,101,32,102", "105, 116, 101, 32, 102"] {
        patterns.push((decimal.into(), Writing::Decimal));
    }
    for is_little in [true, false] {
        let unit = |pair: &[u8]| {
            let pair = <[u8; 2]>::try_from(pair).unwrap_or_default();
            if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        };
        let text = String::from_utf16_lossy(&MAGIC.chunks(2).map(unit).collect::<Vec<u16>>());
        patterns.push((text.into_bytes(), Writing::Utf16 { is_little }));
    }
    let (texts, writings): (Vec<Vec<u8>>, Vec<Writing>) = patterns.into_iter().unzip();
    (AhoCorasick::new(texts).unwrap_or_else(|_| unreachable!("few short patterns")), writings)
});

/// The characters of base64 that do not depend on what stands around the magic bytes, with `before` bytes in front of it.
fn written_base64(before: usize) -> Vec<u8> {
    let bytes = [&[0; 2][..before.min(2)], MAGIC].concat();
    let first = (before * 8).div_ceil(6);
    let last = bytes.len() * 8 / 6;
    let digit = |at: usize| {
        let bits = (0..6).fold(0_u8, |bits, n| {
            let bit = at * 6 + n;
            let byte = bytes.get(bit / 8).copied().unwrap_or_default();
            bits << 1 | (byte >> (7 - bit % 8) & 1)
        });
        ALPHABET.get(usize::from(bits)).copied().unwrap_or_default()
    };
    (first..last).map(digit).collect()
}

/// The first database that is written in this text.
pub(super) fn find(text: &[u8], most: usize) -> Option<Encoded> {
    let (searcher, writings) = &*PATTERNS;
    let mut found: Option<Encoded> = None;
    let mut end = 0;
    for hit in searcher.find_iter(text).take(TRIES) {
        if hit.start() < end {
            continue;
        }
        let writing = *writings.get(hit.pattern().as_usize())?;
        let Some(at) = beginning(writing, text, hit.start()) else { continue };
        match &mut found {
            Some(found) => {
                found.has_more = true;
                break;
            }
            None => {
                let bytes = writing.decode(text, at, most);
                // At least half a character of text stands for a byte in every writing.
                end = at.saturating_add(bytes.len() / 2);
                found = Some(Encoded { by: writing.name(), at, bytes, has_more: false });
            }
        }
    }
    found
}

/// Where the writing begins that a hit is in: decoded from there it has the header of a database.
fn beginning(writing: Writing, text: &[u8], hit: usize) -> Option<usize> {
    (hit.saturating_sub(BEFORE)..=hit).rev().find(|start| {
        text.get(*start).is_some_and(|it| writing.may_begin(*it))
            && writing.decode(text, *start, MAGIC.len()) == MAGIC
            && sqlite::is_header(&writing.decode(text, *start, sqlite::HEADER_SIZE))
    })
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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

fn base64(text: &[u8], before: usize, most: usize) -> Vec<u8> {
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
fn hex(text: &[u8], start: usize, most: usize) -> Vec<u8> {
    let line = text.get(start.saturating_sub(PLACE)..start).unwrap_or_default();
    let line = line.rsplit(|it| *it == b'\n').next().unwrap_or_default();
    let is_dump = is_place(line);
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

fn decimal(text: &[u8], most: usize) -> Vec<u8> {
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

fn utf16(text: &[u8], is_little: bool, most: usize) -> Vec<u8> {
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::content::made_from;

    fn database() -> Vec<u8> {
        made_from("PRAGMA page_size = 512; CREATE TABLE t (a); INSERT INTO t VALUES ('made up')")
            .expect("SQL that SQLite understands")
    }

    /// Base64 as RFC 4648 has it, with a line end after so many characters.
    fn to_base64(bytes: &[u8], width: usize) -> String {
        let mut text = String::new();
        for (n, group) in bytes.chunks(3).enumerate() {
            let bits = (0..3).fold(0_u32, |bits, at| {
                bits << 8 | u32::from(group.get(at).copied().unwrap_or_default())
            });
            for at in 0..=group.len() {
                text.push(char::from(ALPHABET[(bits >> (18 - 6 * at) & 63) as usize]));
            }
            text.push_str(&"="[..usize::from(group.len() < 3)]);
            text.push_str(&"="[..usize::from(group.len() < 2)]);
            if width > 0 && (n + 1) * 4 % width == 0 {
                text.push('\n');
            }
        }
        text
    }

    #[track_caller]
    fn finds(text: &str, by: &str, bytes: &[u8]) {
        let found = find(text.as_bytes(), 1 << 20).expect("a database");
        assert_eq!(found.by, by);
        assert!(found.bytes.starts_with(bytes), "{} of {} bytes", found.bytes.len(), bytes.len());
        assert!(found.bytes.len() <= bytes.len() + 2);
    }

    #[test]
    fn base64_at_every_alignment_and_width() {
        let bytes = database();
        for before in 0..7 {
            for width in [0, 4, 8, 12, 16, 20, 64, 76] {
                let whole = [&b"PREFIX:"[..before], &bytes].concat();
                let text = format!("blob = '''\n{}'''\n", to_base64(&whole, width));
                // Lines shorter than half of the magic bytes leave nothing to search for.
                if width == 0 || width >= 64 {
                    finds(&text, "base64", &bytes);
                } else {
                    find(text.as_bytes(), 1 << 20);
                }
            }
        }
    }

    #[test]
    fn base64_in_a_program_and_in_an_address() {
        let bytes = database();
        let text = to_base64(&bytes, 0);
        let (one, other) = text.split_at(100);
        finds(&format!("x = \"{one}\" +\n    \"{other}\";"), "base64", &bytes);
        finds(&format!("x = ('{one}'\n     '{other}')"), "base64", &bytes);
        finds(&format!("{{\"x\": \"{one}\\n{other}\"}}"), "base64", &bytes);
        let safe = text.replace('+', "-").replace('/', "_");
        finds(&format!("data:application/x-sqlite3;base64,{safe}"), "base64", &bytes);
    }

    #[test]
    fn hex_in_every_usual_writing() {
        let bytes = database();
        for (head, between) in
            [("", ""), ("", " "), ("", ":"), ("", "-"), ("\\x", ""), ("0x", ", "), ("0x", ",")]
        {
            for is_upper in [false, true] {
                let mut text = String::from("a = {");
                for byte in &bytes {
                    let digits =
                        if is_upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
                    write!(text, "{head}{digits}{between}").expect("text takes text");
                }
                finds(&(text + "}"), "hex", &bytes);
            }
        }
    }

    #[test]
    fn hex_as_tools_print_it() {
        let bytes = database();
        let (mut xxd, mut hexdump) = (String::new(), String::new());
        for (n, line) in bytes.chunks(16).enumerate() {
            let pairs: Vec<String> = line
                .chunks(2)
                .map(|it| it.iter().map(|it| format!("{it:02x}")).collect())
                .collect();
            writeln!(xxd, "{:08x}: {}  ................", n * 16, pairs.join(" ")).expect("text");
            let digits: Vec<String> = line.iter().map(|it| format!("{it:02x}")).collect();
            let halves = [digits[..8].join(" "), digits[8..].join(" ")];
            writeln!(hexdump, "{:08x}  {}  |................|", n * 16, halves.join("  "))
                .expect("text");
        }
        finds(&xxd, "hex", &bytes);
        finds(&hexdump, "hex", &bytes);
    }

    #[test]
    fn numbers_and_text_made_of_utf16() {
        let bytes = database();
        for between in [",", ", ", ",\n  "] {
            let numbers: Vec<String> = bytes.iter().map(ToString::to_string).collect();
            let text = format!("{{\"data\":[{}]}}", numbers.join(between));
            if between != ",\n  " {
                finds(&text, "decimal numbers", &bytes);
            }
        }
        // As much of it as is text: git refuses to store what is none.
        for is_little in [true, false] {
            let mut header = bytes[..100].to_vec();
            header.resize(512, b'A');
            let pairs = header.chunks(2).map(|it| [it[0], it[1]]);
            let units: Vec<u16> = pairs
                .map(|it| if is_little { u16::from_le_bytes(it) } else { u16::from_be_bytes(it) })
                .collect();
            finds(&String::from_utf16_lossy(&units), "text made of UTF-16", &header);
        }
    }

    #[test]
    fn more_than_one_is_noticed() {
        let text = format!("{0}\n--\n{0}", to_base64(&database(), 76));
        assert!(find(text.as_bytes(), 1 << 20).is_some_and(|it| it.has_more));
        let text = to_base64(&database(), 76);
        assert!(find(text.as_bytes(), 1 << 20).is_some_and(|it| !it.has_more));
    }

    #[test]
    fn lets_through() {
        let magic = to_base64(MAGIC, 0);
        for text in [
            "SQLite format 3",
            magic.as_str(),
            "53514c69746520666f726d6174203300",
            "53 51 4c 69 74 65 20 66 6f 72 6d 61 74 20 33 00",
            "\\x53\\x51\\x4c\\x69\\x74\\x65\\x20\\x66\\x6f\\x72\\x6d\\x61\\x74\\x20\\x33\\x00",
            "83,81,76,105,116,101,32,102,111,114,109,97,116,32,51,0",
            "",
        ] {
            assert_eq!(find(text.as_bytes(), 1 << 20), None, "{text}");
        }
    }

    #[test]
    fn what_is_made_to_be_slow_ends() {
        let text = "6974652066 ".repeat(200_000);
        assert_eq!(find(text.as_bytes(), 1 << 20), None);
        let text = written_base64(0).repeat(100_000);
        assert_eq!(find(&text, 1 << 20), None);
    }
}
