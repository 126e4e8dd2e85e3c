//! Archives and compressed files: what they are by their bytes, and a walk over their members within bounds.
//!
//! Nothing that a container says of itself is believed: a size is where bytes end, a directory lists what else is searched
//! for, a name is bytes.

mod budget;
mod decoder;
mod flow;
mod seven_zip;
mod tar;
mod zip;

use std::borrow::Cow;

use bstr::BStr;

use self::decoder::{Stream, Streams};
use self::flow::{Flow, Input};
use super::Unreadable;
use super::format::{self, Format};

pub(super) use self::budget::Budget;

/// A kind of container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Zip, and what is made of it: jar, docx, apkg, self-extracting programs.
    Zip,
    /// Tape archives: ustar, GNU, pax and what came before them.
    Tar,
    /// 7-Zip.
    SevenZip,
    /// A compressed stream: its one member has an empty path, unless it holds a tar.
    Stream(Stream),
}

impl Kind {
    /// The format of the same name.
    pub(super) fn format(self) -> &'static Format {
        match self {
            Kind::Zip => &format::ZIP,
            Kind::Tar => &format::TAR,
            Kind::SevenZip => &format::SEVEN_ZIP,
            Kind::Stream(stream) => stream.format(),
        }
    }
}

/// Bytes of a member's path that are handed over: PATH_MAX of Linux, longer than which it opens none. Archives can say longer ones
/// (1 MiB in a tar), and each is said again in the way to everything that is inside of the member.
const PATH: usize = 4096;

/// What stands behind a path that was cut.
const CUT: &[u8] = b"...";

/// What takes the members: the path that the archive gives, as it stands there or cut to its first [`PATH`] bytes, and the bytes, or
/// why they could not be had.
pub(super) type Each<'e> = dyn FnMut(&BStr, Result<Vec<u8>, NotHad>) + 'e;

/// What is known of a member whose bytes are not handed over.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NotHad {
    /// Why not.
    pub(super) why: Unreadable,
    /// Its bytes, in number, as far as they were counted.
    pub(super) size: u64,
    /// Its first [`PREFIX`](super::PREFIX) bytes where it is only too large; else none.
    pub(super) prefix: Vec<u8>,
}

impl From<Unreadable> for NotHad {
    fn from(why: Unreadable) -> NotHad {
        NotHad { why, size: 0, prefix: Vec::new() }
    }
}

/// What kind of container the bytes are, going by the bytes alone.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    if format::SEVEN_ZIP.begins(bytes) {
        return Some(Kind::SevenZip);
    }
    if let Some(stream) = stream(bytes) {
        return Some(Kind::Stream(stream));
    }
    if zip::is_one(bytes) {
        return Some(Kind::Zip);
    }
    tar::is_one(bytes).then_some(Kind::Tar)
}

/// The kind of stream that begins here, behind skippable frames.
fn stream(bytes: &[u8]) -> Option<Stream> {
    let mut rest = bytes;
    // pzstd and seekable files begin with one such frame; a few more do no harm.
    for _ in 0..8 {
        match decoder::skippable(rest) {
            Some(frame) => rest = rest.get(frame..)?,
            None => break,
        }
    }
    let found = Stream::ALL.into_iter().find(|it| it.format().begins(rest))?;
    (rest.len() == bytes.len() || found == Stream::Zstd).then_some(found)
}

/// Hands each member to `each`, one at a time.
///
/// A member that breaks off or is damaged is handed over as far as it could be had, and the walk then ends with an error that
/// says so. Paths are untrusted: they may be absolute, empty, of any bytes, and may occur twice. Directories and links have no
/// bytes, and are left out. `each` may walk through a member in turn, with the same budget.
pub(super) fn walk(
    kind: Kind,
    bytes: &[u8],
    budget: &Budget,
    each: &mut Each,
) -> Result<(), Unreadable> {
    budget.enter()?;
    let each: &mut Each = &mut |path, bytes| each(BStr::new(&*shortened(path)), bytes);
    let walked = match kind {
        Kind::Zip => zip::walk(bytes, budget, each),
        Kind::Tar => tar::walk(&mut Flow::stored("tar", bytes, budget), budget, each),
        Kind::SevenZip => seven_zip::walk(bytes, budget, each),
        Kind::Stream(stream) => walk_stream(stream, bytes, budget, each),
    };
    budget.leave();
    // A walk further in may have met the end of everything.
    budget.stopped().map_or(walked, Err)
}

/// A path, cut where it is too long.
fn shortened(path: &[u8]) -> Cow<'_, [u8]> {
    match path.get(..PATH) {
        Some(start) if path.len() > PATH => Cow::Owned([start, CUT].concat()),
        _ => Cow::Borrowed(path),
    }
}

fn walk_stream(
    stream: Stream,
    bytes: &[u8],
    budget: &Budget,
    each: &mut Each,
) -> Result<(), Unreadable> {
    let input = Input::new(bytes);
    let streams = Streams::new(stream, input.clone(), budget);
    let mut flow = Flow::new(stream.name(), Box::new(streams), input, budget);
    if tar::is_one(flow.peek(tar::BLOCK)) {
        tar::walk(&mut flow, budget, each)?;
        // A tar ends before its stream does where one of them was made to hide something.
        flow.skip(u64::MAX)?;
    } else {
        budget.member()?;
        let member = flow.member(None)?;
        let was_left = member.bytes.is_err();
        each(BStr::new(b""), member.bytes);
        match member.damage {
            Some(damage) if !was_left => return Err(damage),
            _ if was_left => return Ok(()),
            _ => {}
        }
    }
    // What follows the stream: tools leave it out with a warning, so that it is a place to hide in.
    let rest = flow.rest();
    if !rest.is_empty() {
        budget.member()?;
        let member = Flow::stored("trailing", rest, budget).member(None)?;
        each(BStr::new(b""), member.bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
