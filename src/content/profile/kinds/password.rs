//! Passwords and their hashes, by the schemes of systems, languages and frameworks.

use super::{Found, Look, entropy};
use crate::content::database::Kind;

/// Bytes of a hash with its scheme and its salt.
const LENGTHS: std::ops::RangeInclusive<usize> = 13..=1024;

/// Schemes of crypt(5) and passlib: what a hash begins with, and the length of its last field. Zero is any length.
const CRYPT: &[(&str, usize)] = &[
    ("$1$", 22),
    ("$apr1$", 22),
    ("$5$", 43),
    ("$6$", 86),
    ("$y$", 43),
    ("$gy$", 43),
    ("$7$", 43),
    ("$sha1$", 28),
    ("$argon2id$", 0),
    ("$argon2i$", 0),
    ("$argon2d$", 0),
    ("$scrypt$", 0),
    ("$pbkdf2$", 0),
    ("$pbkdf2-sha", 0),
    ("$bcrypt-sha256$", 0),
];

/// Hashes with names before them: Django's hashers (`django.contrib.auth.hashers`) and Werkzeug's, and how many `$` follow.
const NAMED: &[(&str, usize)] = &[
    ("pbkdf2_sha256$", 3),
    ("pbkdf2_sha1$", 3),
    ("pbkdf2_sha512$", 3),
    ("argon2$argon2", 4),
    ("bcrypt_sha256$", 4),
    ("bcrypt$", 4),
    ("scrypt$", 4),
    ("pbkdf2:sha", 2),
    ("scrypt:", 2),
];

/// RFC 2307 and what OpenLDAP, Dovecot and Spring add to it, in lower case.
const LDAP: &[&str] = &[
    "{ssha}",
    "{sha}",
    "{smd5}",
    "{md5}",
    "{ssha256}",
    "{sha256}",
    "{ssha384}",
    "{ssha512}",
    "{sha512}",
    "{crypt}",
    "{pbkdf2",
    "{argon2",
    "{bcrypt}",
    "{scrypt}",
    "{blf-crypt}",
    "{sha512-crypt}",
    "{sha256-crypt}",
    "{md5-crypt}",
];

/// MD5, SHA-1 and SHA-256 of `password`, `admin`, `test`, `123456` and nothing.
const OF_TESTS: &[&str] = &[
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "21232f297a57a5a743894a0e4a801fc3",
    "098f6bcd4621d373cade4e832627b4f6",
    "e10adc3949ba59abbe56e057f20f883e",
    "d41d8cd98f00b204e9800998ecf8427e",
    "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
    "d033e22ae348aeb5660fc2140aec35850c4da997",
    "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
    "7c4a8d09ca3762af61e59520943dc26494f8941b",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
    "8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
];

/// What stands where there is no password, and settings about passwords.
const NO_PASSWORD: &str = "! !! x * - *lk* true false yes no on off unset disabled locked required optional enabled default \
    plain md5 sha1 sha256 bcrypt argon2 scram-sha-256 [filtered] redacted hidden masked unusable \
    external ldap oauth sso";

/// Passwords of tests and first logins.
const TEST_PASSWORDS: &str = "password passwort password1 password123 pass secret admin admin123 test test123 test1234 testpass \
    1234 12345 123456 12345678 123456789 changeme qwerty letmein demo guest hunter2 foo bar foobar \
    geheim dummy example";

/// What a password column holds: a hash, or else a password itself.
pub(super) fn of_column(value: &str) -> Option<Found<'static>> {
    if let Some(found) = by_itself(value) {
        return Some(found);
    }
    if is_hash_in_column(value) {
        let look = if OF_TESTS.iter().any(|it| value.eq_ignore_ascii_case(it)) {
            Look::Synthetic
        } else {
            Look::Unknown
        };
        return Some(Found::new(Kind::PasswordHash, look));
    }
    plain(value)
}

/// A PIN that is an integer. What is shorter is a setting, what is longer a time.
pub(super) fn of_integer(number: i64) -> Option<Found<'static>> {
    (1_000..100_000_000).contains(&number).then(|| plain(&number.to_string())).flatten()
}

/// A hash of a scheme that nothing else looks like.
pub(super) fn by_itself(value: &str) -> Option<Found<'static>> {
    let may_begin = value.starts_with(['$', '{', 'p', 's', 'a', 'b', 'S', 'A', 'U', 'u', 'm']);
    if !may_begin || !LENGTHS.contains(&value.len()) || value.contains(char::is_whitespace) {
        return None;
    }
    let is_hash = is_bcrypt(value)
        || is_crypt(value)
        || is_phpass(value)
        || is_ldap(value)
        || NAMED
            .iter()
            .any(|(name, n)| value.starts_with(name) && value.matches('$').count() >= *n)
        || is_salted_digest(value)
        || is_scram(value)
        || (value.len() == 84 && value.starts_with("AQAAAA") && value.bytes().all(is_base64));
    is_hash.then(|| Found::new(Kind::PasswordHash, Look::Unknown))
}

/// `$2b$12$` and 22 characters of salt with 31 of hash.
fn is_bcrypt(value: &str) -> bool {
    let Some((minor, rest)) = value.strip_prefix("$2").and_then(|it| it.split_once('$')) else {
        return false;
    };
    let Some((cost, hash)) = rest.split_once('$') else { return false };
    minor.len() <= 1
        && cost.len() == 2
        && is_number(cost)
        && hash.len() == 53
        && hash.bytes().all(is_crypt_64)
}

fn is_crypt(value: &str) -> bool {
    let Some((_, length)) = CRYPT.iter().find(|(scheme, _)| value.starts_with(scheme)) else {
        return false;
    };
    let last = value.rsplit('$').next().unwrap_or_default();
    match length {
        0 => value.matches('$').count() >= 4 && last.len() >= 4,
        length => {
            last.len() == *length
                && last.bytes().all(is_crypt_64)
                && value.matches('$').count() >= 3
        }
    }
}

/// Openwall's phpass (WordPress, phpBB) and Drupal 7's SHA-512 of it.
fn is_phpass(value: &str) -> bool {
    let value = value.strip_prefix('U').unwrap_or(value);
    ["$P$", "$H$", "$S$"].iter().any(|it| value.starts_with(it))
        && value.len() == if value.starts_with("$S$") { 55 } else { 34 }
        && value.bytes().skip(3).all(is_crypt_64)
}

fn is_ldap(value: &str) -> bool {
    let is_scheme =
        |it: &&&str| value.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it));
    let Some(scheme) = LDAP.iter().find(is_scheme) else { return false };
    value.get(scheme.len()..).is_some_and(|rest| rest.len() >= 16)
}

/// `sha1$salt$…` and `md5$salt$…` of Django, `sha256$salt$…` of Werkzeug.
fn is_salted_digest(value: &str) -> bool {
    let mut fields = value.split('$');
    let length = match fields.next() {
        Some("md5" | "unsalted_md5") => 32,
        Some("sha1" | "unsalted_sha1") => 40,
        Some("sha224") => 56,
        Some("sha256") => 64,
        Some("sha512") => 128,
        _ => return false,
    };
    let last = fields.nth(1).filter(|_| fields.next().is_none()).unwrap_or_default();
    last.len() == length && is_hex(last)
}

/// RFC 5803, as PostgreSQL keeps it: `SCRAM-SHA-256$4096:salt$stored:server`.
fn is_scram(value: &str) -> bool {
    value.starts_with("SCRAM-SHA-") && value.contains('$') && value.contains(':')
}

/// Hashes without a scheme, and what begins as a scheme does and is cut.
fn is_hash_in_column(value: &str) -> bool {
    if !LENGTHS.contains(&value.len()) || value.contains(char::is_whitespace) {
        return false;
    }
    let digest = |it: &str| matches!(it.len(), 32 | 40 | 56 | 64 | 96 | 128) && is_hex(it);
    // MySQL 4.1: `*` and SHA-1 of SHA-1.
    let is_mysql = value.strip_prefix('*').is_some_and(|it| it.len() == 40 && is_hex(it));
    // With a salt beside it, as Joomla and Node's examples of scrypt keep it.
    let with_salt = || {
        value.split_once([':', '.', '$']).is_some_and(|(one, other)| {
            (digest(one) && other.len() >= 8) || (digest(other) && one.len() >= 8)
        })
    };
    let is_cut = || {
        CRYPT.iter().chain(NAMED).any(|(scheme, _)| value.starts_with(scheme))
            && value.matches('$').count() >= 2
    };
    // MD5, SHA-1, SHA-256 and SHA-512 in base64, and Identity 2's salt with hash: a zero byte, 16 and 32 bytes.
    let in_base64 = || {
        matches!(value.len(), 24 | 28 | 44 | 88)
            && value.ends_with('=')
            && value.trim_end_matches('=').bytes().all(is_base64)
            || (value.len() == 68 && value.starts_with('A') && value.bytes().all(is_base64))
    };
    digest(value)
        || is_mysql
        || with_salt()
        || is_cut()
        || (in_base64() && entropy::is_random(value))
}

/// A password itself: whatever stands in its column that is no hash, no sentence, and no setting.
fn plain(value: &str) -> Option<Found<'static>> {
    let lower = value.to_lowercase();
    let is_flat = value.chars().all(|it| value.starts_with(it)) && value.len() != 4;
    let is_setting = NO_PASSWORD.split(' ').any(|it| it == lower)
        // What Django writes where a password is unusable.
        || value.starts_with('!')
        || (value.len() < 4 && is_number(value))
        || super::is_nothing(value);
    // `1980-05-17 10:00`, a sentence, the address of a page.
    let is_other = value.len() > 128
        || value.split_whitespace().nth(3).is_some()
        || value.contains("://")
        || (value.starts_with(|c: char| c.is_ascii_digit())
            && value.get(4..5) == Some("-")
            && value.get(7..8) == Some("-"));
    if is_flat || is_setting || is_other {
        return None;
    }
    let lower = lower.strip_prefix("{noop}").unwrap_or(&lower);
    let is_test = TEST_PASSWORDS.split(' ').any(|it| it == lower);
    Some(Found::new(Kind::Password, if is_test { Look::Synthetic } else { Look::Unknown }))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_crypt_64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/')
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// The hashes are of no password, or of those that everybody knows.
#[cfg(test)]
mod tests {
    use super::*;

    const BCRYPT: &str = "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234";

    #[test]
    fn finds_hashes() {
        let hex = "5f4dcc3b5aa765d61d8327deb882cf98";
        for text in [
            BCRYPT,
            "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA",
            "pbkdf2_sha256$870000$salt$aGFzaGhhc2g=",
            "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA",
            "bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
            "scrypt$16384$salt$8$1$aGFzaGhhc2g=",
            "pbkdf2:sha256:260000$salt$0123456789abcdef",
            "scrypt:32768:8:1$salt$0123456789abcdef",
            &format!("md5$salt${hex}"),
            &format!("$6$salt${}", "0123456789".repeat(9).get(..86).unwrap()),
            "$1$salt$0123456789abcdefghijkl",
            "$P$B123456789012345678901234567890",
            &format!("$S$D{}", "x".repeat(51)),
            "{SSHA}0123456789abcdef",
            "{bcrypt}$2a$10$abcdefghijklmnop",
            "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy",
            &format!("AQAAAAEAACcQAAAAE{}", "a1B2".repeat(17).get(..67).unwrap()),
        ] {
            assert_eq!(by_itself(text).map(|it| it.kind), Some(Kind::PasswordHash), "{text}");
        }
        for text in [
            hex,
            &format!("*{}", "0123456789ABCDEF0123456789ABCDEF01234567"),
            &format!("{hex}:0123456789abcdef"),
            "$6$salt$0123456789abcdef",
            "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=",
        ] {
            assert_eq!(of_column(text).map(|it| it.kind), Some(Kind::PasswordHash), "{text}");
        }
        assert_eq!(of_column(OF_TESTS[0]).map(|it| it.look), Some(Look::Synthetic));
    }

    #[test]
    fn finds_passwords() {
        for (text, is) in [
            ("Sommer!Regen42", Look::Unknown),
            ("correct horse battery", Look::Unknown),
            ("{noop}secret", Look::Synthetic),
            ("admin123", Look::Synthetic),
            ("123456", Look::Synthetic),
        ] {
            let found = of_column(text).map(|it| (it.kind, it.look));
            assert_eq!(found, Some((Kind::Password, is)), "{text}");
        }
        assert_eq!(of_integer(482_913).map(|it| it.kind), Some(Kind::Password));
    }

    #[test]
    fn lets_through() {
        for text in [
            "5f4dcc3b5aa765d61d8327deb882cf98",
            "$2b$12$short",
            "scrypt$",
            "$1 a day keeps",
            "pbkdf2_sha256",
            "{SSHA}",
            "sha1$a$b",
            "AQAAAA",
            "bcrypt$cost",
        ] {
            assert!(by_itself(text).is_none(), "{text}");
        }
        for text in [
            "",
            "!",
            "x",
            "*",
            "NULL",
            "none",
            "true",
            "8",
            "1",
            "********",
            "!abcdefg",
            "2024-05-17 10:00",
            "Must have a digit",
            "https://a.de/reset",
        ] {
            assert!(of_column(text).is_none(), "{text}");
        }
        for number in [0, 1, 8, -5, 1_700_000_000, i64::MAX, i64::MIN] {
            assert!(of_integer(number).is_none(), "{number}");
        }
    }
}
