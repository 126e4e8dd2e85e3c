//! Walks a zip file: the members that its directory lists, then those that it does not.

mod records;

use std::io::{self, ErrorKind, Read};

use bstr::{BStr, ByteSlice};

use self::records::{DESCRIPTOR, Directory, ENCRYPTED_DIRECTORY, Entry, LISTED, LOCAL};
use super::super::{Cause, Unreadable};
use super::Each;
use super::budget::Budget;
use super::decoder::{self, Inflate, Stream, Streams};
use super::flow::{Flow, Input};

/// Whether these are the bytes of a zip: it begins as one, or a directory at its end shows that one stands behind something.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    begins(bytes) || records::directory(bytes, false).is_some()
}

/// By its first bytes; a marker of pieces (APPNOTE 8.5.4) may stand before the first member.
fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL)
        || [DESCRIPTOR, b"PK00"]
            .iter()
            .any(|it| bytes.strip_prefix(*it).is_some_and(|rest| rest.starts_with(LOCAL)))
}

struct Walk<'a, 'e, 'f> {
    bytes: &'a [u8],
    budget: &'a Budget,
    each: &'e mut Each<'f>,
    /// From where to where the bytes are those of a record or of a member.
    known: Vec<(usize, usize)>,
    /// The first thing that was wrong.
    damage: Option<Unreadable>,
}

/// Hands over each member, listed or not.
pub(super) fn walk(bytes: &[u8], budget: &Budget, each: &mut Each) -> Result<(), Unreadable> {
    let mut walk = Walk { bytes, budget, each, known: Vec::new(), damage: None };
    match records::directory(bytes, begins(bytes)) {
        Some(directory) => {
            budget.check_members(directory.claimed)?;
            walk.listed(directory)?;
        }
        None if bytes.contains_str(ENCRYPTED_DIRECTORY) => {
            let detail = "the directory of the zip file is encrypted".to_owned();
            walk.damaged(Unreadable { cause: Cause::Encrypted, detail });
        }
        None => walk.damaged(Unreadable::corrupt("the zip file breaks off before its directory")),
    }
    walk.unlisted()?;
    walk.damage.map_or(Ok(()), Err)
}

impl<'a> Walk<'a, '_, '_> {
    /// Takes the members that the directory lists. How many it says to have is not believed: they end where records do.
    fn listed(&mut self, directory: Directory) -> Result<(), Unreadable> {
        let mut at = directory.start;
        let mut listed = 0_u64;
        while let Some(entry) = records::listed(self.bytes, at) {
            self.budget.member()?;
            listed = listed.saturating_add(1);
            at = entry.end;
            let shifted = entry.at.checked_add(directory.shift);
            let places = [shifted, Some(entry.at)].into_iter().flatten();
            let mut locals = places
                .filter_map(|it| usize::try_from(it).ok())
                .filter_map(|it| Some((it, records::local(self.bytes, it)?)));
            let Some((start, local)) = locals.next() else {
                let detail = "the zip directory lists it where no member is";
                (self.each)(BStr::new(entry.name), Err(Unreadable::corrupt(detail).into()));
                continue;
            };
            if local.method != entry.method || local.is_encrypted() != entry.is_encrypted() {
                let detail = "the directory of the zip file and its members contradict each other";
                self.damaged(Unreadable::corrupt(detail));
            }
            let end = self.member(&Entry { at: local.at, ..entry }, Some(local.flags))?;
            self.known.push((start, end));
        }
        self.known.push((directory.start, at));
        if listed < directory.claimed && at < directory.end {
            self.damaged(Unreadable::corrupt("the directory of the zip file is damaged"));
        }
        Ok(())
    }

    /// Takes the members that no directory lists: a tool may have deleted them there only, or somebody may have hidden them.
    fn unlisted(&mut self) -> Result<(), Unreadable> {
        let mut known = std::mem::take(&mut self.known);
        known.sort_unstable();
        known.push((self.bytes.len(), self.bytes.len()));
        let mut at = 0_usize;
        for (start, end) in known {
            while at < start {
                let gap = self.bytes.get(at..start).unwrap_or_default();
                let Some(found) = gap.find(LOCAL) else { break };
                at = at.saturating_add(found);
                let entry = records::local(self.bytes, at).filter(is_plausible);
                at = at.saturating_add(LOCAL.len());
                if let Some(entry) = entry {
                    self.budget.member()?;
                    at = at.max(self.member(&entry, None)?);
                }
            }
            at = at.max(end);
        }
        Ok(())
    }

    /// Hands over a member. Where its bytes end, going by the bytes where they say so themselves.
    fn member(&mut self, entry: &Entry<'a>, local: Option<u16>) -> Result<usize, Unreadable> {
        let start = usize::try_from(entry.at).unwrap_or(usize::MAX).min(self.bytes.len());
        let rest = self.bytes.get(start..).unwrap_or_default();
        let packed = self.packed(entry, local.is_some(), rest);
        let stated_end = start.saturating_add(packed.len());
        let is_encrypted = entry.is_encrypted() || local.is_some_and(|flags| flags & 0x41 != 0);
        if entry.name.ends_with(b"/") && entry.packed == 0 && entry.size == 0 && entry.method == 0 {
            return Ok(start);
        }
        if is_encrypted {
            let detail = "a member of a zip file that needs a password".to_owned();
            let unreadable = Unreadable { cause: Cause::Encrypted, detail };
            (self.each)(BStr::new(entry.name), Err(unreadable.into()));
            return Ok(stated_end);
        }
        // Deflate says itself where it ends, and then no size has to be believed.
        let ends_itself = matches!(entry.method, 8 | 9);
        let input = Input::new(if ends_itself { rest } else { packed });
        let (what, decoder) = match decoder(entry, &input, self.budget) {
            Ok(found) => found,
            Err(unreadable) => {
                (self.each)(BStr::new(entry.name), Err(unreadable.into()));
                return Ok(stated_end);
            }
        };
        let mut flow = Flow::new(what, decoder, input, self.budget);
        let member = flow.member(None)?;
        let end = self.bytes.len().saturating_sub(flow.rest().len());
        let is_whole = member.damage.is_none() && member.bytes.is_ok();
        if let (Ok(_), Some(damage)) = (&member.bytes, member.damage) {
            self.damaged(damage);
        }
        let is_short = !ends_itself && entry.packed > packed.len() as u64;
        if is_short && member.bytes.is_ok() {
            self.damaged(Unreadable::corrupt("a member of the zip file breaks off"));
        }
        let is_folder =
            entry.name.ends_with(b"/") && member.bytes.as_ref().is_ok_and(Vec::is_empty);
        if !is_folder {
            (self.each)(BStr::new(entry.name), member.bytes);
        }
        Ok(if ends_itself && is_whole { end } else { stated_end })
    }

    /// The packed bytes of a member, going by its sizes, or by the next record where it has none.
    fn packed(&self, entry: &Entry<'a>, is_listed: bool, rest: &'a [u8]) -> &'a [u8] {
        let stated = match entry.method {
            0 => entry.packed.max(entry.size),
            _ => entry.packed,
        };
        let known = if is_listed || stated > 0 || !entry.has_descriptor() {
            usize::try_from(stated).unwrap_or(usize::MAX)
        } else {
            let ends = [DESCRIPTOR, LOCAL, LISTED];
            ends.iter().filter_map(|it| rest.find(it)).min().unwrap_or(rest.len())
        };
        rest.get(..known.min(rest.len())).unwrap_or_default()
    }

    fn damaged(&mut self, damage: Unreadable) {
        self.damage.get_or_insert(damage);
    }
}

/// Whether four bytes that look like a local header begin one: a version and a method that exist, a name.
fn is_plausible(entry: &Entry) -> bool {
    let is_known = matches!(entry.method, 0..=20 | 93..=99);
    is_known && !entry.name.is_empty()
}

/// What unpacks a member (4.4.5), and what that is called.
fn decoder<'a>(
    entry: &Entry,
    input: &Input<'a>,
    budget: &'a Budget,
) -> Result<(&'static str, Box<dyn Read + 'a>), Unreadable> {
    let streams = |stream| Box::new(Streams::new(stream, input.clone(), budget));
    let unsupported = |method: u16| {
        Unreadable::corrupt(format!("compression method {method} of zip files is not supported"))
    };
    Ok(match entry.method {
        0 => ("stored", Box::new(input.clone())),
        8 => ("deflate", Box::new(Inflate::new(input.clone(), false))),
        9 => ("deflate64", decoder::deflate64(input.clone())),
        12 => ("bzip2", streams(Stream::Bzip2)),
        14 => ("LZMA", decoder::or_failed(lzma(entry, input))),
        20 | 93 => ("zstd", streams(Stream::Zstd)),
        95 => ("xz", streams(Stream::Xz)),
        method => return Err(unsupported(method)),
    })
}

/// LZMA with the header that zip files have (5.8.8): a version, the number of bytes of properties, those.
fn lzma<'a>(entry: &Entry, input: &Input<'a>) -> io::Result<Box<dyn Read + 'a>> {
    let header = input.rest().get(..9).ok_or(ErrorKind::UnexpectedEof)?;
    let properties = header.get(4..).unwrap_or_default();
    input.skip(9);
    // Flag 1: there is a mark of the end.
    let size = (entry.flags & 2 == 0).then_some(entry.size);
    decoder::lzma(Box::new(input.clone()), properties, size)
}
