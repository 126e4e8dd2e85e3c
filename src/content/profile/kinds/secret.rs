//! Keys and tokens that open something: by the prefixes that their makers gave them, by their form, or by their column.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Found, Look, entropy};
use crate::content::database::Kind;

mod forms;

use self::forms::FORMS;

/// What a token is made of behind its prefix.
#[derive(Clone, Copy)]
enum Of {
    /// Letters and digits.
    Letters,
    /// And `_`, `-`.
    Words,
    /// And `.`.
    Parts,
    /// Hex digits.
    Hex,
    /// Capitals and digits.
    Capitals,
}

impl Of {
    fn has(self, byte: u8) -> bool {
        match self {
            Of::Letters => byte.is_ascii_alphanumeric(),
            Of::Words => is_word(byte),
            Of::Parts => is_word(byte) || byte == b'.',
            Of::Hex => byte.is_ascii_hexdigit(),
            Of::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        }
    }
}

/// How a JWT and a PEM key begin. A JWT's header is JSON, and `{"` is `eyJ` in base64.
const JWT: &str = "eyJ";
const PEM: &str = "-----BEGIN ";

/// All beginnings, in the order of [`FORMS`], then those two.
static BEGINNINGS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let all = FORMS.iter().map(|it| it.prefix).chain([JWT, PEM]);
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(all).ok()
});

/// Hands over each key and token in bytes.
pub(super) fn inside<'a>(bytes: &[u8], mut each: impl FnMut(Found<'a>)) {
    let Some(beginnings) = BEGINNINGS.as_ref() else { return };
    for hit in beginnings.find_iter(bytes) {
        // In the middle of other letters it is by accident.
        let is_start = hit
            .start()
            .checked_sub(1)
            .and_then(|it| bytes.get(it))
            .is_none_or(|it| !it.is_ascii_alphanumeric());
        let Some(rest) = bytes.get(hit.start()..).filter(|_| is_start) else { continue };
        let found = match FORMS.get(hit.pattern().as_usize()) {
            Some(form) => form.of(rest),
            None if rest.starts_with(PEM.as_bytes()) => private_key(rest),
            None => jwt(rest),
        };
        if let Some(found) = found {
            each(found);
        }
    }
}

/// A value that is a token as a whole: one that begins as they do, a Telegram bot's, a Discord bot's, one of Twilio.
pub(super) fn by_itself(value: &str) -> Option<Found<'static>> {
    let bytes = value.as_bytes();
    let is_token = match bytes {
        // Twilio, "Account SID and API keys".
        [b'S', b'K', hex @ ..] | [b'A', b'C', hex @ ..] if hex.len() == 32 => {
            hex.iter().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
        }
        [b'0'..=b'9', ..] => is_telegram(value),
        // The id of a user, in base64: it begins with a digit.
        [b'M' | b'N' | b'O', ..] => is_discord(value),
        _ => false,
    };
    if is_token {
        return Some(token(bytes));
    }
    let mut first = None;
    inside(bytes, |found| first = first.or(Some(found)));
    first
}

/// Telegram, "Bots: authorization": the bot's number, a colon, 35 characters.
fn is_telegram(value: &str) -> bool {
    value.split_once(':').is_some_and(|(id, key)| {
        (8..=10).contains(&id.len())
            && id.bytes().all(|it| it.is_ascii_digit())
            && key.len() == 35
            && key.bytes().all(is_word)
            && entropy::is_random(key)
    })
}

/// Discord, "Bot tokens": the bot's number, a time and a signature in base64.
fn is_discord(value: &str) -> bool {
    let mut parts = value.split('.');
    let mut next = |lengths: std::ops::RangeInclusive<usize>| {
        parts.next().is_some_and(|it| lengths.contains(&it.len()) && it.bytes().all(is_word))
    };
    next(24..=28)
        && next(6..=6)
        && next(27..=40)
        && next(0..=0) == value.ends_with('.')
        && entropy::is_random(value)
}

/// What a column of sessions holds: long random text.
pub(super) fn session(value: &str) -> Option<Found<'static>> {
    entropy::is_random(value).then(|| Found::new(Kind::SessionKey, Look::Unknown))
}

/// What a column of tokens or keys holds.
pub(super) fn of_column(value: &str) -> Option<Found<'static>> {
    let is_secret = entropy::is_random(value);
    by_itself(value).or_else(|| is_secret.then(|| Found::new(Kind::ApiToken, Look::Unknown)))
}

/// A token of a form that says whose it is. What stands in documents has `EXAMPLE` in it, or is filled in.
fn token(bytes: &[u8]) -> Found<'static> {
    let is_example = entropy::is_filled_in(bytes)
        || bytes.windows(7).any(|it| it.eq_ignore_ascii_case(b"example"));
    Found::new(Kind::ApiToken, if is_example { Look::Synthetic } else { Look::Real })
}

/// RFC 7468 and OpenSSH's `PROTOCOL.key`: `-----BEGIN`, what kind, `PRIVATE KEY`.
fn private_key(rest: &[u8]) -> Option<Found<'static>> {
    let line = rest.get(PEM.len()..rest.len().min(PEM.len() + 40))?;
    let end = line.windows(11).position(|it| it == b"PRIVATE KEY")?;
    let is_kind = line.iter().take(end).all(|it| it.is_ascii_uppercase() || *it == b' ');
    is_kind.then(|| Found::new(Kind::PrivateKey, Look::Real))
}

/// RFC 7519: three parts in base64url, the first of which is JSON that names an algorithm.
fn jwt(rest: &[u8]) -> Option<Found<'static>> {
    let length = |bytes: &[u8]| bytes.iter().take_while(|it| is_word(**it)).count();
    let header = rest.get(..length(rest))?;
    let payload = rest.get(header.len()..)?.strip_prefix(b".")?;
    let after = payload.get(length(payload)..)?;
    // The end may lie behind what is searched.
    let has_signature = after.starts_with(b".") || (after.is_empty() && rest.len() > 1024);
    if !has_signature || payload.first() == Some(&b'.') || header.len() > 1024 {
        return None;
    }
    let json = base64_url(header);
    if !json.starts_with(b"{") || !json.windows(5).any(|it| it == b"\"alg\"") {
        return None;
    }
    // The example of jwt.io: `{"sub":"1234567890","name":"John Doe"`.
    let is_example = payload.starts_with(b"eyJzdWIiOiIxMjM0NTY3ODkwIi");
    Some(Found::new(Kind::Jwt, if is_example { Look::Synthetic } else { Look::Real }))
}

/// Bytes of base64url without padding (RFC 4648, 5).
fn base64_url(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut n) = (0u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        n += 6;
        if n >= 8 {
            n -= 8;
            bytes.push((bits >> n) as u8);
        }
    }
    bytes
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The tokens are invented: their prefixes stand apart from what follows, so that nobody takes them for a leak.
#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "Zk3vQ9xR2mT7bW5nY8cL4pD6fG1hJ0sAqEuViObCdXwKrMzN2y7T5gH8jP1kL3m";

    fn made(prefix: &str, length: usize) -> String {
        prefix.to_owned() + BODY.get(..length).unwrap()
    }

    #[test]
    fn finds_tokens() {
        for (prefix, length) in [
            ("ghp_", 36),
            ("glpat-", 20),
            ("AIza", 35),
            ("sk_live_", 24),
            ("sk-ant-api03-", 60),
            ("sk-proj-", 48),
            ("npm_", 36),
            ("xoxb-", 40),
            ("hf_", 34),
        ] {
            let text = made(prefix, length);
            let found = by_itself(&text).map(|it| (it.kind, it.look));
            assert_eq!(found, Some((Kind::ApiToken, Look::Real)), "{text}");
            let mut n = 0;
            inside(format!("{{\"key\": \"{text}\"}}").as_bytes(), |_| n += 1);
            assert_eq!(n, 1, "{text}");
        }
        for text in [
            format!("SG.{}.{}", &BODY[..22], &BODY[..43]),
            format!("123456789:{}", &BODY[..35]),
            format!("MT{}.{}.{}", &BODY[..22], &BODY[..6], &BODY[..38]),
            format!("SK{}", "0123456789abcdef9c8b7a6d5e4f3021"),
            "AKIAQ3ZT7XW2LM5NPR6V".to_owned(),
        ] {
            assert_eq!(by_itself(&text).map(|it| it.look), Some(Look::Real), "{text}");
        }
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            &made("sk_test_", 24),
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ] {
            assert_eq!(by_itself(text).map(|it| it.look), Some(Look::Synthetic), "{text}");
        }
    }

    #[test]
    fn finds_what_is_signed_and_what_signs() {
        let head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
        for (text, kind, is) in [
            (format!("{head}.eyJzdWIiOiI0MiJ9.{BODY}"), Kind::Jwt, Look::Real),
            (
                format!("{head}.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6Ikp9.{BODY}"),
                Kind::Jwt,
                Look::Synthetic,
            ),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE".to_owned(), Kind::PrivateKey, Look::Real),
            ("-----BEGIN PRIVATE KEY-----\nMIIE".to_owned(), Kind::PrivateKey, Look::Real),
        ] {
            let found = by_itself(&text).map(|it| (it.kind, it.look));
            assert_eq!(found, Some((kind, is)), "{text}");
        }
    }

    #[test]
    fn finds_by_column() {
        assert_eq!(session("k9s8d7f6g5h4j3k2l1qpwoei").map(|it| it.kind), Some(Kind::SessionKey));
        assert_eq!(of_column("9f8a6b1c2d4e7f03").map(|it| it.kind), Some(Kind::ApiToken));
    }

    #[test]
    fn lets_through() {
        for text in [
            "",
            "ghp_short",
            "AKIA",
            "eyJ.eyJ.x",
            "eyJub3QiOiJ0aGlzIn0.eyJzdWIiOiI0MiJ9.c2ln",
            "-----BEGIN CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----",
            "sk-learn and sk-image",
            "risk-ant-farm",
            "SK is a country",
            "12:34",
            "npm_config_registry",
        ] {
            assert!(by_itself(text).is_none(), "{text}");
        }
        for text in ["", "csrf", "two words", "registration-token-expired"] {
            assert!(session(text).is_none() && of_column(text).is_none(), "{text}");
        }
    }
}
