//! What a single value is by itself: a mail address, a phone number, a person's name, a password hash.

use super::words;

/// How much of a text is searched for a mail address.
const SEARCHED: usize = 4096;

/// A mail address found in a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Mail<'a> {
    /// What stands before the `@`.
    pub(super) local: &'a str,
    /// What stands after it.
    pub(super) domain: &'a str,
    /// The value is this address, or little more: `Name <address>`.
    pub(super) alone: bool,
}

/// What speaks for or against a person behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Made up.
    Synthetic,
    /// Something speaks for a real person.
    Real,
    /// Neither.
    Unknown,
}

impl Mail<'_> {
    /// Whether the address is made up.
    pub(super) fn look(&self) -> Look {
        if words::is_placeholder_domain(self.domain) || words::is_test_identity(self.local) {
            Look::Synthetic
        } else if words::is_role(self.local) {
            Look::Unknown
        } else {
            Look::Real
        }
    }
}

/// Finds the first mail address in a text.
pub(super) fn mail(value: &[u8]) -> Option<Mail<'_>> {
    let searched = value.get(..value.len().min(SEARCHED))?;
    let mut from = 0;
    while let Some(found) = searched.get(from..)?.iter().position(|&b| b == b'@') {
        let at = from + found;
        if let Some(mail) = mail_at(value, searched, at) {
            return Some(mail);
        }
        from = at + 1;
    }
    None
}

fn mail_at<'a>(value: &[u8], searched: &'a [u8], at: usize) -> Option<Mail<'a>> {
    let (before, after) = (searched.get(..at)?, searched.get(at + 1..)?);
    let local_length = before.iter().rev().take(65).take_while(|&&b| is_local(b)).count();
    let domain_length = after.iter().take(254).take_while(|&&b| is_domain(b)).count();
    let local = std::str::from_utf8(before.get(at - local_length..)?).ok()?.trim_matches('.');
    let domain =
        std::str::from_utf8(after.get(..domain_length)?).ok()?.trim_end_matches(['.', '-']);
    let rest = value.len().saturating_sub(local.len() + domain.len() + 1);
    // Random bytes hold an `@` now and then: an address inside of other bytes has to be longer.
    if local.is_empty() || local.len() > 64 || (rest > 64 && (local.len() < 3 || domain.len() < 6))
    {
        return None;
    }
    is_mail_domain(domain).then_some(Mail { local, domain, alone: rest <= 64 })
}

fn is_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80 || b"._%+-'".contains(&b)
}

fn is_domain(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80 || b == b'.' || b == b'-'
}

pub(super) fn is_mail_domain(domain: &str) -> bool {
    if domain.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let Some((host, top)) = domain.rsplit_once('.') else { return false };
    let labels_are_whole =
        host.split('.').all(|it| !it.is_empty() && it.len() <= 63 && !it.starts_with('-'));
    let top_is_letters = top.chars().count() >= 2
        && top.len() <= 24
        && (top.starts_with("xn--") || top.chars().all(char::is_alphabetic));
    // `logo@2x.png` is a picture.
    let is_file = matches!(
        top.to_ascii_lowercase().as_str(),
        "png"
            | "jpg"
            | "jpeg"
            | "gif"
            | "svg"
            | "webp"
            | "pdf"
            | "js"
            | "css"
            | "json"
            | "html"
            | "ico"
            | "mp"
            | "tgz"
    );
    labels_are_whole && top_is_letters && !is_file
}

/// Recognises a phone number. In a column of phone numbers any writing counts; elsewhere only one that nothing else has:
/// `+49 …` or `(212) 555-0187`.
pub(super) fn phone(value: &str, column_says_phone: bool) -> Option<Look> {
    let value = value.trim();
    if value.len() > 40 {
        return None;
    }
    let number = value.split_once(['x', 'X']).map_or(value, |(number, _)| number).trim_end();
    let is_written_so = number.chars().enumerate().all(|(n, c)| match c {
        '+' => n == 0,
        '0'..='9' | ' ' | '-' | '.' | '/' | '(' | ')' => true,
        _ => false,
    });
    let digits: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    if !is_written_so || !(7..=15).contains(&digits.len()) {
        return None;
    }
    let is_international = number.starts_with('+') && digits.len() >= 9;
    if !column_says_phone && !is_international && !is_american(number) {
        return None;
    }
    Some(if is_fake_number(&digits) { Look::Synthetic } else { Look::Real })
}

/// Three, three and four digits with something between them.
fn is_american(number: &str) -> bool {
    let mut groups = number.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    let mut next = || groups.next().map_or(0, str::len);
    (next(), next(), next(), next()) == (3, 3, 4, 0)
}

/// Numbers nobody has: the 555 exchange, one digit over and over, a run up or down.
fn is_fake_number(digits: &[u8]) -> bool {
    let last = digits.get(digits.len().saturating_sub(7)..).unwrap_or_default();
    let ten = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
    let runs = |step: i16| {
        last.windows(2).all(|pair| match pair {
            [a, b] => (i16::from(*b) - i16::from(*a)).rem_euclid(10) == step,
            _ => false,
        })
    };
    let is_555 = last.starts_with(&[5, 5, 5]) || (ten.len() == 10 && ten.starts_with(&[5, 5, 5]));
    is_555 || runs(0) || runs(1) || runs(9)
}

/// A name of a person, going by its letters alone. How much it speaks for one.
pub(super) fn person_name(value: &str) -> Option<Look> {
    let value = value.trim();
    if value.len() < 2 || value.len() > 80 {
        return None;
    }
    if words::is_test_identity(value) {
        return Some(Look::Synthetic);
    }
    let letters = value
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.' | ',' | '·' | '・'));
    let parts = value.split([' ', ',']).filter(|it| !it.is_empty());
    let (n, known) =
        parts.fold((0, false), |(n, known), it| (n + 1, known || words::is_given_name(it)));
    if !letters || n == 0 || n > 6 {
        return None;
    }
    Some(if known { Look::Real } else { Look::Unknown })
}

/// Whether a value is the hash of a password. Without a scheme of its own a hash counts only where the column says so.
pub(super) fn is_password_hash(value: &str, column_says_password: bool) -> bool {
    let value = value.trim();
    if !(13..=1024).contains(&value.len()) || value.contains(char::is_whitespace) {
        return false;
    }
    if let Some(rest) = value.strip_prefix("$2") {
        let fields: Vec<&str> = rest.split('$').collect();
        return matches!(fields.as_slice(), [minor, cost, hash]
            if minor.len() <= 1 && cost.len() == 2 && is_number(cost) && hash.len() == 53);
    }
    if SCHEMES.iter().any(|it| value.starts_with(it)) {
        return true;
    }
    let django_or_werkzeug =
        ["pbkdf2_sha", "pbkdf2:sha", "scrypt$", "scrypt:", "bcrypt_sha256$", "bcrypt$", "argon2$"];
    if django_or_werkzeug.iter().any(|it| value.starts_with(it)) {
        return value.matches('$').count() >= 2;
    }
    if (value.starts_with("$P$") || value.starts_with("$H$")) && value.len() == 34 {
        return true;
    }
    column_says_password
        && ((matches!(value.len(), 32 | 40 | 56 | 64 | 96 | 128)
            && value.bytes().all(|b| b.is_ascii_hexdigit()))
            || ((value.starts_with("md5$") || value.starts_with("sha1$"))
                && value.matches('$').count() == 2))
}

/// Prefixes that only hashes of passwords have.
const SCHEMES: &[&str] = &[
    "$argon2id$",
    "$argon2i$",
    "$argon2d$",
    "$scrypt$",
    "$pbkdf2$",
    "$pbkdf2-sha",
    "$1$",
    "$5$",
    "$6$",
    "$y$",
    "$gy$",
    "$apr1$",
    "{SSHA}",
    "{SHA}",
    "{SMD5}",
    "{MD5}",
    "{SSHA256}",
    "{SSHA512}",
    "{CRYPT}",
    "{PBKDF2",
    "SCRAM-SHA-",
];

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BCRYPT: &str = "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234";

    #[test]
    fn finds_mail_addresses() {
        for (text, look) in [
            ("anna@web.de", Look::Real),
            (" anna.k+news@mail.uni-bonn.de ", Look::Real),
            ("Anna <anna@gmail.com>", Look::Real),
            ("jörg@bücher.de", Look::Real),
            ("info@bakery.fr", Look::Unknown),
            ("anna@example.com", Look::Synthetic),
            ("user12@gmail.com", Look::Synthetic),
            ("root@localhost", Look::Synthetic),
        ] {
            assert_eq!(
                mail(text.as_bytes()).map(|it| (it.look(), it.alone)),
                Some((look, true)),
                "{text}"
            );
        }
        let long = format!("{{\"a\":\"{}\",\"mail\":\"anna@web.de\"}}", "x".repeat(100));
        assert!(mail(long.as_bytes()).is_some_and(|it| !it.alone && it.local == "anna"));
    }

    #[test]
    fn lets_through_what_only_looks_like_mail() {
        for text in [
            "logo@2x.png",
            "@anna",
            "anna@",
            "a@b",
            "a@.de",
            "a b@ c.de",
            "1@2.3",
            "x@-a.de",
            "@@@@",
            "a@b.c",
        ] {
            assert!(mail(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn finds_phone_numbers() {
        for (text, column, look) in [
            ("+49 30 901820", false, Look::Real),
            ("(212) 736-5000", false, Look::Real),
            ("212-555-0187", false, Look::Synthetic),
            ("030/901820", true, Look::Real),
            ("5551234567", true, Look::Synthetic),
            ("0000000000", true, Look::Synthetic),
            ("1234567890", true, Look::Synthetic),
            ("212-736-5000x12", true, Look::Real),
        ] {
            assert_eq!(phone(text, column), Some(look), "{text}");
        }
    }

    #[test]
    fn lets_through_what_only_looks_like_a_phone_number() {
        for (text, column) in [
            ("2024-01-02", false),
            ("192.168.100.200", false),
            ("123-45-6789", false),
            ("0309018200", false),
            ("12.50", true),
            ("none", true),
            ("1234567890123456", true),
        ] {
            assert_eq!(phone(text, column), None, "{text}");
        }
    }

    #[test]
    fn finds_names_of_people() {
        for (text, look) in [
            ("Anna Petersen", Look::Real),
            ("O'Neill, Mary-Ann", Look::Unknown),
            ("Сергей Иванов", Look::Real),
            ("王小明", Look::Unknown),
            ("Test User", Look::Synthetic),
        ] {
            assert_eq!(person_name(text), Some(look), "{text}");
        }
    }

    #[test]
    fn lets_through_what_only_looks_like_a_name() {
        for text in ["", "x", "Widget 3000", "a/b", "one two three four five six seven", "42"] {
            assert_eq!(person_name(text), None, "{text}");
        }
    }

    #[test]
    fn finds_password_hashes() {
        let hex = "5f4dcc3b5aa765d61d8327deb882cf99";
        for (text, column) in [
            (BCRYPT, false),
            ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", false),
            ("pbkdf2_sha256$870000$salt$aGFzaGhhc2g=", false),
            ("pbkdf2:sha256:260000$salt$0123456789abcdef", false),
            ("scrypt:32768:8:1$salt$0123456789abcdef", false),
            ("$6$salt$0123456789abcdef", false),
            ("$P$B123456789012345678901234567890", false),
            ("{SSHA}0123456789abcdef", false),
            (hex, true),
        ] {
            assert!(is_password_hash(text, column), "{text}");
        }
    }

    #[test]
    fn lets_through_what_is_no_password_hash() {
        for (text, column) in [
            ("5f4dcc3b5aa765d61d8327deb882cf99", false),
            ("$2b$12$short", false),
            ("hunter2hunter2", true),
            ("scrypt$", false),
            ("$1 a day keeps", false),
        ] {
            assert!(!is_password_hash(text, column), "{text}");
        }
    }
}
