//! Mail addresses, told by their grammar and by the public suffix list.

use super::Look;
use crate::content::profile::words;

/// How much of a text is searched for a mail address.
const SEARCHED: usize = 64 << 10;

/// A mail address found in a value.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(in crate::content::profile) struct Mail<'a> {
    /// What stands before the `@`.
    pub(in crate::content::profile) local: &'a str,
    /// What stands after it.
    pub(in crate::content::profile) domain: &'a str,
    /// The part of the domain that somebody registered: `uni-bonn.de` of `mail.uni-bonn.de`.
    pub(in crate::content::profile) registrable: &'a str,
    /// The value is this address, or little more: `Name <address>`.
    pub(in crate::content::profile) alone: bool,
}

impl Mail<'_> {
    /// Whether the address is made up.
    pub(in crate::content::profile) fn look(&self) -> Look {
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
pub(super) fn find(value: &[u8]) -> Option<Mail<'_>> {
    all(value).next()
}

/// The mail addresses in a text, within its first 64 KiB.
pub(super) fn all(value: &[u8]) -> impl Iterator<Item = Mail<'_>> {
    let searched = value.get(..value.len().min(SEARCHED)).unwrap_or_default();
    let ats = bstr::ByteSlice::find_iter(searched, b"@");
    ats.filter_map(move |at| mail_at(value, searched, at))
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
    // `postgres://app:secret@db.web.de/app` names a user of a server.
    if is_of_url(before.get(..at - local_length)?) {
        return None;
    }
    let registrable = registrable(domain)?;
    Some(Mail { local, domain, registrable, alone: rest <= 64 })
}

/// Whether a text ends with `://` or with that and `user:`.
fn is_of_url(before: &[u8]) -> bool {
    let user = before.strip_suffix(b":").unwrap_or_default();
    let length = user.iter().rev().take(65).take_while(|&&b| is_local(b)).count();
    before.ends_with(b"://")
        || user.get(..user.len() - length).is_some_and(|it| it.ends_with(b"://"))
}

fn is_local(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80 || b"._%+-'".contains(&b)
}

fn is_domain(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b >= 0x80 || b == b'.' || b == b'-'
}

/// Whether mail can be sent to a domain, or it is reserved for what looks so.
pub(in crate::content::profile) fn is_mail_domain(domain: &str) -> bool {
    registrable(domain).is_some()
}

/// Top-level domains that no list has, since they are reserved: RFC 2606 and RFC 6761 (the first four), RFC 6762
/// (`.local`), ICANN's resolution of 2024-07-29 (`.internal`), and what routers and systems use in spite of all.
const RESERVED: &[&str] =
    &["test", "invalid", "localhost", "example", "local", "internal", "localdomain", "lan"];

/// The part of a mail domain that somebody registered; none where the end of it is not on the public suffix list
/// (<https://publicsuffix.org>) and is not reserved. A name that the list has for its customers, such as `blogspot.com`,
/// may itself have mailboxes; `co.uk` has none.
fn registrable(domain: &str) -> Option<&str> {
    if domain.eq_ignore_ascii_case("localhost") {
        return Some(domain);
    }
    let (host, top) = domain.rsplit_once('.')?;
    let labels_are_whole =
        host.split('.').all(|it| !it.is_empty() && it.len() <= 63 && !it.starts_with('-'));
    // `scan@2x.mp4` is a film where a name is cut at its digits.
    if !labels_are_whole || top.eq_ignore_ascii_case("mp") {
        return None;
    }
    if RESERVED.iter().any(|it| top.eq_ignore_ascii_case(it)) {
        let start = host.rfind('.').map_or(0, |it| it + 1);
        return domain.get(start..);
    }
    let lower;
    let name = match domain.bytes().any(|b| b.is_ascii_uppercase() || b >= 0x80) {
        true => {
            lower = domain.to_lowercase();
            lower.as_str()
        }
        false => domain,
    };
    let suffix = psl::suffix(name.as_bytes()).filter(psl::Suffix::is_known)?;
    if suffix.as_bytes().len() == name.len() {
        return (suffix.typ() == Some(psl::Type::Private)).then_some(domain);
    }
    // Lower case may be of another length than what it is of: the labels are the same.
    let labels = suffix.as_bytes().iter().filter(|&&b| b == b'.').count() + 2;
    let start = domain.rmatch_indices('.').nth(labels - 1).map_or(0, |(at, _)| at + 1);
    domain.get(start..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, look) in [
            ("anna@web.de", Look::Real),
            (" anna.k+news@mail.uni-bonn.de ", Look::Real),
            ("Anna <anna@gmail.com>", Look::Real),
            ("jörg@bücher.de", Look::Real),
            ("ANNA@WEB.DE", Look::Real),
            ("info@bakery.fr", Look::Unknown),
            ("mailto:anna@web.de", Look::Real),
            ("anna@example.com", Look::Synthetic),
            ("user12@gmail.com", Look::Synthetic),
            ("root@localhost", Look::Synthetic),
            ("anna@printer.local", Look::Synthetic),
        ] {
            assert_eq!(
                find(text.as_bytes()).map(|it| (it.look(), it.alone)),
                Some((look, true)),
                "{text}"
            );
        }
        let long = format!("{{\"a\":\"{}\",\"mail\":\"anna@web.de\"}}", "x".repeat(100));
        assert!(find(long.as_bytes()).is_some_and(|it| !it.alone && it.local == "anna"));
    }

    #[test]
    fn lets_through() {
        for text in [
            "logo@2x.png",
            "clip@2x.mp4",
            "@anna",
            "anna@",
            "a@b",
            "a@.de",
            "a b@ c.de",
            "1@2.3",
            "x@-a.de",
            "@@@@",
            "a@b.c",
            "anna@nowhere.nosuchtop",
            "anna@co.uk",
            "pool@thread.worker",
            "postgres://app:secret@db.web.de/app",
            "ssh://git@github.com/a/b",
        ] {
            assert!(find(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn a_domain_is_registered_where_the_list_says() {
        for (domain, of) in [
            ("web.de", "web.de"),
            ("mail.uni-bonn.de", "uni-bonn.de"),
            ("a.b.shop.co.uk", "shop.co.uk"),
            ("A.B.Shop.CO.UK", "Shop.CO.UK"),
            ("mail.bücher.de", "bücher.de"),
            ("anna.github.io", "anna.github.io"),
            ("github.io", "github.io"),
            ("x.y.test", "y.test"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(registrable(domain), Some(of), "{domain}");
        }
    }
}
