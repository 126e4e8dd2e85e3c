//! Mail addresses in bytes whose boundaries are lost. In a record texts follow each other without a separator, and what was
//! overwritten begins anywhere: an address may have a piece of its neighbour at either end, or lack one.

use bstr::ByteSlice;

use super::keys::{Keys, key, key_of};
use super::{kinds, mailbox, words};
use crate::content::people::{Class, Why};

/// Endings remembered; past these, addresses count as new.
const ENDINGS_REMEMBERED: usize = 1 << 20;

/// Bytes of a domain that an ending is remembered with: what follows them may be garbled.
const DOMAIN_START: usize = 3;

/// Bytes of a local part: fewer are found in random bytes too often.
const LEAST_LOCAL: usize = 3;

/// Bytes that two local parts have to share at their ends to be taken for the same where one is garbled.
const SHARED: usize = 4;

/// Endings of files whose names have an `@` in them, and that begin as a country does.
const FILES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "html"];

/// The ends of the local parts of known addresses, with the start of their domain, as hashes: never the values.
#[derive(Default)]
pub(super) struct Endings(Keys);

impl Endings {
    /// Remembers an address.
    pub(super) fn add(&mut self, local: &str, domain: &str) {
        for (length, ending) in endings(local.as_bytes(), domain.as_bytes()) {
            if length >= LEAST_LOCAL && self.0.len() < ENDINGS_REMEMBERED {
                self.0.insert(ending);
            }
        }
    }

    /// Whether an address that may be garbled can be a known one.
    fn knows(&self, local: &[u8], domain: &[u8]) -> bool {
        endings(local, domain).any(|(length, ending)| {
            (length >= SHARED || length == local.len()) && self.0.contains(&ending)
        })
    }
}

/// The hash of each ending of a local part, with its length (FNV-1a, backwards, so that one is made of the one before).
fn endings(local: &[u8], domain: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let mix = |hash: u64, byte: &u8| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    };
    let start = domain.iter().take(DOMAIN_START).fold(0xcbf2_9ce4_8422_2325, mix);
    let mut hash = start;
    local.iter().rev().enumerate().map(move |(n, byte)| {
        hash = mix(hash, byte);
        (n + 1, hash)
    })
}

/// Hands over the look of each address in `bytes` that is neither known nor made up.
pub(super) fn mails(bytes: &[u8], known: &mut Endings, mut each: impl FnMut(Why)) {
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|it| it.find_byte(b'@')) {
        let at = from + found;
        from = at + 1;
        let (before, after) = bytes.split_at(at);
        let local = local_before(before);
        let domain = domain_after(after.get(1..).unwrap_or_default());
        let Some((local, domain)) = local.zip(domain) else { continue };
        if known.knows(local.as_bytes(), domain.as_bytes()) {
            continue;
        }
        known.add(local, domain);
        let why = look(local, domain);
        if why.class() != Class::Synthetic {
            each(why);
        }
    }
}

/// Letters that follow each other in a text, at least: fewer are found in other bytes too often.
const LEAST_TEXT: usize = 6;

/// Bytes of a word that may be a name.
const LONGEST_WORD: usize = 40;

/// Pairs of names remembered; past these, names count as new.
const PAIRS_REMEMBERED: usize = 1 << 20;

/// Two names that follow each other, as hashes: never the values.
#[derive(Default)]
pub(super) struct Pairs(Keys);

impl Pairs {
    /// Remembers the names of somebody, each with the next.
    pub(super) fn add(&mut self, names: &str) {
        let mut before = "";
        for word in names.split(|c: char| !words::is_letter(c)).filter(|it| !it.is_empty()) {
            self.is_new(before, word);
            before = word;
        }
    }

    fn is_new(&mut self, one: &str, other: &str) -> bool {
        let pair = key_of([key(one), key(other)].iter());
        if self.0.len() < PAIRS_REMEMBERED { self.0.insert(pair) } else { !self.0.contains(&pair) }
    }
}

/// Calls `each` for each full name in `bytes` that is not a known one, and returns how many bytes are of text.
pub(super) fn names(bytes: &[u8], known: &mut Pairs, mut each: impl FnMut()) -> u64 {
    let mut text = 0;
    for chunk in bytes.utf8_chunks().map(|it| it.valid()) {
        let runs = chunk
            .split(|c: char| !words::is_letter(c) && !c.is_ascii_digit() && !" @.+-".contains(c));
        text += runs.map(str::len).filter(|it| *it >= LEAST_TEXT).sum::<usize>() as u64;
    }
    for run in bytes.utf8_chunks().map(|it| it.valid()).flat_map(|it| it.split(is_no_text)) {
        if run.len() < LEAST_TEXT {
            continue;
        }
        let mut before = "";
        for word in words_of(run) {
            if !before.is_empty() && is_full_name(before, word) && known.is_new(before, word) {
                each();
            }
            before = word;
        }
    }
    text
}

fn is_no_text(c: char) -> bool {
    !words::is_letter(c) && c != ' '
}

/// The words of a text, parted by blanks and where a capital follows a small letter: texts of a row follow each other like that.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').flat_map(|word| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let mut before_is_small = false;
            let end = rest.char_indices().find_map(|(at, c)| {
                let starts = c.is_uppercase() && before_is_small;
                before_is_small = c.is_lowercase();
                starts.then_some(at)
            });
            let (word, next) = rest.split_at(end.unwrap_or(rest.len()));
            rest = next;
            (!word.is_empty()).then_some(word)
        })
    })
}

fn is_full_name(one: &str, other: &str) -> bool {
    let can_be = |it: &str| it.len() <= LONGEST_WORD && it.starts_with(char::is_uppercase);
    let is_known = |it: &str| words::is_given_name(it) || words::is_family_name(it);
    can_be(one)
        && can_be(other)
        && is_known(one)
        && words::name_likeness(&format!("{one} {other}")).is_some_and(|it| it.is_full_name())
}

/// The local part at the end of `bytes`.
fn local_before(bytes: &[u8]) -> Option<&str> {
    let is_local = |b: &u8| b.is_ascii_alphanumeric() || b"._%+-".contains(b);
    let length = bytes.iter().rev().take(64).take_while(|it| is_local(it)).count();
    let local = std::str::from_utf8(bytes.get(bytes.len() - length..)?).ok()?;
    let local = local.trim_matches('.');
    (local.len() >= LEAST_LOCAL).then_some(local)
}

/// The domain at the start of `bytes`, cut after the last label that ends as a domain does.
fn domain_after(bytes: &[u8]) -> Option<&str> {
    let is_domain = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.' || *b == b'-';
    let length = bytes.iter().take(100).take_while(|it| is_domain(it)).count();
    let mut domain = std::str::from_utf8(bytes.get(..length)?).ok()?;
    while let Some((host, top)) = domain.rsplit_once('.') {
        // `anna@web.de+49…` is followed by digits, `anna@web.deAnna` by a capital.
        let is_lower = top.starts_with(|c: char| c.is_ascii_lowercase());
        let length = top
            .bytes()
            .take_while(|it| it.is_ascii_alphabetic() && !(is_lower && it.is_ascii_uppercase()));
        // What follows in lower case may go on: the longest that is a domain. `logo@2x.png` is a picture, and `.pn` an island.
        let length = length.count().min(24);
        let end = host.len() + 1;
        let is_file = domain.get(end..end + length).is_some_and(|it| FILES.contains(&it));
        let mut ends = (2..=length).rev().filter_map(|it| domain.get(..end + it));
        if let Some(whole) = ends.find(|it| !is_file && kinds::is_mail_domain(it)) {
            return (whole.len() > 4).then_some(whole);
        }
        domain = host;
    }
    None
}

/// What speaks for a person: anything made up in one of the shortened forms speaks against.
fn look(local: &str, domain: &str) -> Why {
    let shortened = (0..=local.len().saturating_sub(SHARED)).filter_map(|it| local.get(it..));
    // A top-level domain has two letters or more, and what follows it may be text.
    let host = domain.rsplit_once('.').map_or(0, |(host, _)| host.len());
    let placeholder = (host + 3..=domain.len())
        .filter_map(|it| domain.get(..it))
        .any(|it| words::is_placeholder_domain(it) || words::is_reserved_domain(it));
    if placeholder {
        return Why::PlaceholderDomain;
    }
    let whys = || shortened.clone().map(|it| mailbox::look(it, domain));
    let is_made_up = whys().any(|it| it == Why::TestWord);
    match (is_made_up, whys().any(|it| it == Why::RoleWord)) {
        (true, _) => Why::TestWord,
        (_, true) => Why::RoleWord,
        _ => Why::Mail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8], live: &[(&str, &str)]) -> Vec<Why> {
        let mut known = Endings::default();
        for (local, domain) in live {
            known.add(local, domain);
        }
        let mut found = Vec::new();
        mails(bytes, &mut known, |why| found.push(why));
        found
    }

    #[test]
    fn finds_addresses_that_nobody_has() {
        for (bytes, looks) in [
            (&b"\x05\x17Anna Kelleranna.keller@web.de+49 30 901820"[..], &[Why::Mail][..]),
            (b"\0\x01anna.keller@web.de\0\x01jonas@gmx.netJonas", &[Why::Mail, Why::Mail]),
            (b"anna.keller@web.de 1anna.keller@web.de", &[Why::Mail]),
            (b"xxinfo@baker.fr", &[Why::RoleWord]),
            (b"anna@mail.uni-bonn.de.2024-01-01", &[Why::Mail]),
        ] {
            assert_eq!(found(bytes, &[]), looks, "{}", bytes.as_bstr());
        }
    }

    #[test]
    fn lets_through_known_ones_garbled_and_made_up_ones() {
        let live = [("anna.keller", "web.de"), ("bo", "gmx.de"), ("user12", "gmail.com")];
        for bytes in [
            &b"anna.keller@web.de"[..],
            b"Anna Kelleranna.keller@web.de2024",
            b"1anna.keller@web.deAnna",
            b"ANNA.KELLER@WEB.DE",
            b"\xffna.keller@web.d",
            b"keller@web.de",
            b"er12@gmail.com",
            b"Test Usertest@somewhere-else.de",
            b"Anna Kelleranna@example.com2024-01-01",
            b"anna@example.orgAnna",
            b"anna@app.test",
            b"logo@2x.png @@@ a@b.c bo@gmx.de",
            b"\x01\x02@\x03 x@",
        ] {
            assert_eq!(found(bytes, &live), [], "{}", bytes.as_bstr());
        }
    }
}
