//! What a mail address by itself says of the person behind it.

use super::words;
use crate::content::people::Why;

/// Whether a word is a frequent name.
pub(super) fn is_name(word: &str) -> bool {
    words::is_given_name(word) || words::is_family_name(word)
}

/// Letters of a name within a word: shorter ones are in many words.
pub(super) const SHORTEST: usize = 4;

/// Whether a word of a local part is a name, or begins or ends with one: `ksmith`, `smithjohn`.
fn has_name(word: &str) -> bool {
    let mut ends = (SHORTEST..word.len()).flat_map(|n| [word.get(..n), word.get(word.len() - n..)]);
    is_name(word) || ends.any(|it| it.is_some_and(is_name))
}

/// Whether a handle is of the person whose name stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    Agrees,
    /// It has a name in it, of somebody else.
    NamesAnother,
    Unclear,
}

/// Whether a local part or a login has one of these names in it, or somebody else's.
pub(super) fn agreement(names: &str, handle: &str) -> Agreement {
    let of_row = names.split(|c: char| !words::is_letter(c));
    let parts = || of_row.clone().filter(|it| it.chars().nth(1).is_some());
    if parts().any(|it| words::sounds_like(it, handle)) {
        return Agreement::Agrees;
    }
    let mut words_of = handle.split(|c: char| !words::is_letter(c)).filter(|it| it.len() > 2);
    // Names in a script that is not compared with Latin letters neither agree nor disagree.
    let is_comparable = |part: &str| words::latin(part).is_ascii();
    match words_of.any(has_name) && parts().all(is_comparable) {
        true => Agreement::NamesAnother,
        false => Agreement::Unclear,
    }
}

/// What a mail address by itself says of the person behind it.
pub(super) fn look(local: &str, domain: &str) -> Why {
    if words::is_reserved_domain(domain) {
        Why::ReservedDomain
    } else if !is_given_out(local, domain) {
        Why::ImpossibleMail
    } else if words::is_placeholder_domain(domain) {
        Why::PlaceholderDomain
    } else if words::is_test_identity(local) {
        Why::TestWord
    } else if words::is_role(local) {
        Why::RoleWord
    } else if words::keyboard_mash(local) {
        Why::KeyboardMash
    } else if words::is_freemail(domain)
        && (words::is_given_name(local) || words::is_family_name(local))
    {
        Why::BareName
    } else {
        Why::Mail
    }
}

/// Whether its provider gives out such an address. Google's have 6 to 30 letters, digits and dots, dots do not count
/// (<https://support.google.com/mail/answer/9211434>); Yahoo's begin with a letter and have 4 to 32 letters, digits, dots and
/// underscores (<https://help.yahoo.com/kb/SLN2057.html>). What stands behind a plus sign is the user's.
fn is_given_out(local: &str, domain: &str) -> bool {
    let local = local.split_once('+').map_or(local, |(it, _)| it);
    let is_of =
        |others: &[u8]| local.bytes().all(|it| it.is_ascii_alphanumeric() || others.contains(&it));
    let count = local.bytes().filter(|it| *it != b'.').count();
    if domain.eq_ignore_ascii_case("gmail.com") || domain.eq_ignore_ascii_case("googlemail.com") {
        is_of(b".") && (6..=30).contains(&count)
    } else if domain.eq_ignore_ascii_case("yahoo.com") {
        // A hyphen is a disposable address of a base name.
        is_of(b"._-")
            && (4..=64).contains(&local.len())
            && local.starts_with(|c: char| c.is_ascii_alphabetic())
    } else {
        true
    }
}

/// How much an address says for a real person.
pub(super) fn weight(why: Why) -> u8 {
    match why {
        Why::Mail => 2,
        Why::RoleWord | Why::BareName => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(address: &str) -> Why {
        let (local, domain) = address.split_once('@').unwrap();
        look(local, domain)
    }

    #[test]
    fn finds_made_up_addresses() {
        for (address, why) in [
            ("anna@example.com", Why::ReservedDomain),
            ("anna@shop.test", Why::ReservedDomain),
            ("anna@test.com", Why::PlaceholderDomain),
            ("anna@mailinator.com", Why::PlaceholderDomain),
            ("bob@gmail.com", Why::ImpossibleMail),
            ("anna_keller@gmail.com", Why::ImpossibleMail),
            ("4you@yahoo.com", Why::ImpossibleMail),
            ("test.user@keller.de", Why::TestWord),
            ("asdfasdf@keller.de", Why::KeyboardMash),
            ("info@keller.de", Why::RoleWord),
            ("jonathan@gmail.com", Why::BareName),
        ] {
            assert_eq!(mail(address), why, "{address}");
        }
    }

    #[test]
    fn tells_whose_a_handle_is() {
        for (names, handle, expected) in [
            ("Anna Keller", "a.keller", Agreement::Agrees),
            ("Сергей Орлов", "sergey.orlov", Agreement::Agrees),
            ("Anna Keller", "jonas.brandt", Agreement::NamesAnother),
            ("Anna Keller", "ksmith", Agreement::NamesAnother),
            ("Anna Keller", "qxz7", Agreement::Unclear),
            ("山田花子", "jonas.brandt", Agreement::Unclear),
        ] {
            assert_eq!(agreement(names, handle), expected, "{names} {handle}");
        }
    }

    #[test]
    fn lets_through_addresses_of_people() {
        for address in [
            "anna.keller@gmail.com",
            "annakeller84+shop@gmail.com",
            "anna_keller@web.de",
            "a.keller@uni-bonn.de",
            "4you@keller.de",
        ] {
            assert_eq!(mail(address), Why::Mail, "{address}");
        }
    }
}
