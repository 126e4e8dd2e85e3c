//! Databases written as text, each way that people and tools write bytes.

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
    let found = find(text.as_bytes(), 1 << 20).expect("few tries").expect("a database");
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
                let _ = find(text.as_bytes(), 1 << 20);
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
                let digits = if is_upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
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
        let pairs: Vec<String> =
            line.chunks(2).map(|it| it.iter().map(|it| format!("{it:02x}")).collect()).collect();
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
    assert!(find(text.as_bytes(), 1 << 20).is_ok_and(|it| it.is_some_and(|it| it.has_more)));
    let text = to_base64(&database(), 76);
    assert!(find(text.as_bytes(), 1 << 20).is_ok_and(|it| it.is_some_and(|it| !it.has_more)));
}

#[test]
fn lets_through() {
    let magic = to_base64(SQLITE_MAGIC, 0);
    for text in [
        "SQLite format 3",
        magic.as_str(),
        "53514c69746520666f726d6174203300",
        "53 51 4c 69 74 65 20 66 6f 72 6d 61 74 20 33 00",
        "\\x53\\x51\\x4c\\x69\\x74\\x65\\x20\\x66\\x6f\\x72\\x6d\\x61\\x74\\x20\\x33\\x00",
        "83,81,76,105,116,101,32,102,111,114,109,97,116,32,51,0",
        "",
    ] {
        assert_eq!(find(text.as_bytes(), 1 << 20), Ok(None), "{text}");
    }
}

#[test]
fn what_is_made_to_be_slow_ends() {
    let text = "6974652066 ".repeat(200_000);
    assert!(find(text.as_bytes(), 1 << 20).is_err());
    let text = written_base64(0).repeat(100_000);
    assert!(find(&text, 1 << 20).is_err());
}

/// Each place before a hit is tried, and trying one once went through the rest of the text.
#[test]
fn digits_made_to_be_slow_take_no_time() {
    let start = std::time::Instant::now();
    for text in ["5555556974652066", "5555556174203300", "8,8,105,116,101,32,102"] {
        assert_eq!(
            find(text.repeat((1 << 17) / text.len()).as_bytes(), 1 << 20).ok().flatten(),
            None
        );
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
