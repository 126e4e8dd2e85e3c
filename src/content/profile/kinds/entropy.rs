//! Whether text was made by a random generator, as keys and sessions are.

/// Bytes that are looked at: a longer text has shown itself.
const LOOKED_AT: usize = 256;

/// Bytes that such a text has at least: 16 hex digits are 64 bits, the least that OWASP's "Session Management Cheat Sheet" asks for.
const LEAST: usize = 16;

/// Bytes of one kind that a random text of that length has: 16 hex digits have fewer than 8 once in 2,000 times.
const DISTINCT: u32 = 8;

/// Whether a text has no blanks and changes between letters, digits and cases as often as random ones do. In random hex every second
/// byte is of another kind than the one before it, in random base64 too; in names and words of programs one of ten is.
pub(super) fn is_random(value: &str) -> bool {
    let bytes = value.as_bytes();
    let looked_at = bytes.get(..bytes.len().min(LOOKED_AT)).unwrap_or_default();
    if bytes.len() < LEAST {
        return false;
    }
    let (mut seen, mut changes, mut before) = (0u128, 0, 0);
    for &byte in looked_at {
        let kind = match byte {
            b'0'..=b'9' => 1,
            b'a'..=b'z' => 2,
            b'A'..=b'Z' => 3,
            b'-' | b'_' | b'.' | b':' | b'=' | b'+' | b'/' | b'%' | b'~' | b'$' | b'!' => 0,
            _ => return false,
        };
        changes += usize::from(kind != before && kind != 0 && before != 0);
        before = kind;
        seen |= 1 << byte;
    }
    seen.count_ones() >= DISTINCT && changes >= 3.max(looked_at.len() / 8)
}

/// Whether what follows a key's prefix is filled in: `xxxx…`, `0000…`, `1234…`.
pub(super) fn is_filled_in(body: &[u8]) -> bool {
    let seen = body.iter().fold(0u128, |seen, byte| seen | 1 << (byte & 0x7f));
    let runs =
        body.windows(2).filter(|it| matches!(it, [a, b] if *b == a.wrapping_add(1) || a == b));
    seen.count_ones() < DISTINCT || runs.count() * 2 > body.len()
}

/// The texts are invented.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for text in [
            "9f8a6b1c2d4e7f03",
            "550e8400-e29b-41d4-a716-446655440000",
            "Zk3vQ9xR2mT7bW5nY8cL",
            "k9s8d7f6g5h4j3k2l1qpwoei",
            "eyJfcGVybWFuZW50Ijp0cnVlfQ.ZkX9_w.Q1w2E3r4T5y6",
        ] {
            assert!(is_random(text), "{text}");
        }
        assert!(is_filled_in(b"xxxxxxxxxxxxxxxxxxxx"));
        assert!(is_filled_in(b"abcdefghijklmnopqrstuvwxyz"));
    }

    #[test]
    fn lets_through() {
        for text in [
            "",
            "short1A",
            "registration-confirmation-email",
            "1234567890123456",
            "aaaaaaaaaaaaaaaa",
            "two words 1a2b3c4d5e6f",
            "django.contrib.sessions.backends",
            "日本語日本語日本語",
        ] {
            assert!(!is_random(text), "{text}");
        }
        assert!(!is_filled_in(b"9f8a6b1c2d4e7f03"));
    }
}
