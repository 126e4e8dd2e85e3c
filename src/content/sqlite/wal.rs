//! The write-ahead log: the newest pages of a database, in a file beside it.
//!
//! <https://www.sqlite.org/fileformat.html>, 4 (the write-ahead log).

use super::pages::u32_at;

/// Bytes of the header of a log.
const HEADER: usize = 32;

/// Bytes of the header of each frame.
const FRAME_HEADER: usize = 24;

/// A log whose header can be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Log {
    /// Bytes of a page.
    pub(super) page_size: usize,
    /// Checksums are of big-endian words.
    is_big_endian: bool,
    /// The header's own checksum holds.
    is_whole: bool,
}

/// A frame: a page as a transaction left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    /// The page's number, from 1.
    pub(super) page: u32,
    /// Where its bytes begin in the log.
    pub(super) at: usize,
}

/// What came of a log that was merged into its database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Merged {
    /// Frames that SQLite would take: those up to the last commit.
    pub(super) frames: u64,
    /// Those of them that did not fit within the bound.
    pub(super) left_out: u64,
}

impl Log {
    /// None without the magic bytes and a header after them.
    pub(super) fn find(log: &[u8]) -> Option<Log> {
        let is_big_endian = match u32_at(log, 0)? {
            0x377f_0682 => false,
            0x377f_0683 => true,
            _ => return None,
        };
        let page_size = usize::try_from(u32_at(log, 8)?).ok()?;
        let can_be = u32_at(log, 4)? == 3_007_000
            && (512..=65_536).contains(&page_size)
            && page_size.is_power_of_two();
        let (header, sum) = log.get(..HEADER)?.split_at(HEADER - 8);
        let mut found = Log { page_size, is_big_endian, is_whole: false };
        found.is_whole = found.checksum((0, 0), header) == (u32_at(sum, 0)?, u32_at(sum, 4)?);
        can_be.then_some(found)
    }

    /// The frames up to the last commit, as SQLite recovers them: each has the salts of the header, and a checksum over all
    /// before it.
    pub(super) fn committed(&self, log: &[u8]) -> Vec<Frame> {
        let Some(salts) = log.get(16..24).filter(|_| self.is_whole) else { return Vec::new() };
        let Some(mut sum) = u32_at(log, 24).zip(u32_at(log, 28)) else { return Vec::new() };
        let (mut frames, mut committed) = (Vec::new(), 0);
        for frame in self.frames(log) {
            let Some(header) = log.get(frame.at - FRAME_HEADER..frame.at) else { break };
            let Some(page) = log.get(frame.at..frame.at + self.page_size) else { break };
            sum = self.checksum(sum, header.get(..8).unwrap_or_default());
            sum = self.checksum(sum, page);
            let is_valid = header.get(8..16) == Some(salts)
                && u32_at(header, 16).zip(u32_at(header, 20)) == Some(sum)
                && frame.page != 0;
            if !is_valid {
                break;
            }
            frames.push(frame);
            if u32_at(header, 4) != Some(0) {
                committed = frames.len();
            }
        }
        frames.truncate(committed);
        frames
    }

    /// All frames that are there as a whole, valid or not: what a log that was begun anew has of the one before as well.
    pub(super) fn frames(&self, log: &[u8]) -> impl Iterator<Item = Frame> {
        let stride = FRAME_HEADER + self.page_size;
        let count = log.len().saturating_sub(HEADER) / stride;
        let first = HEADER + FRAME_HEADER;
        let page = |at| u32_at(log, at - FRAME_HEADER).unwrap_or_default();
        (0..count).map(move |n| first + n * stride).map(move |at| Frame { page: page(at), at })
    }

    /// Goes on with a checksum over whole pairs of words (4.2).
    fn checksum(&self, before: (u32, u32), bytes: &[u8]) -> (u32, u32) {
        let word = |it: &[u8]| {
            let it = it.first_chunk::<4>().copied().unwrap_or_default();
            if self.is_big_endian { u32::from_be_bytes(it) } else { u32::from_le_bytes(it) }
        };
        bytes.chunks_exact(8).fold(before, |(one, two), pair| {
            let one = one.wrapping_add(word(pair)).wrapping_add(two);
            let two = two.wrapping_add(word(pair.get(4..).unwrap_or_default())).wrapping_add(one);
            (one, two)
        })
    }
}

/// Puts the newest version of each page into a database of at most `bound` bytes; `frames` come oldest first. What was there
/// before is put into the log in its place, so that no second copy is needed and the older versions can still be looked at.
pub(super) fn merge(
    database: &mut Vec<u8>,
    log: &mut [u8],
    frames: &[Frame],
    page_size: usize,
    bound: u64,
) -> Merged {
    let place = |frame: &Frame| {
        let from = (frame.page as usize).checked_sub(1)?.checked_mul(page_size)?;
        let end = from.checked_add(page_size)?;
        (end as u64 <= bound).then_some(from..end)
    };
    let end = frames.iter().filter_map(place).map(|it| it.end).max().unwrap_or(0);
    let missing = end.saturating_sub(database.len());
    if database.try_reserve_exact(missing).is_ok() && missing > 0 {
        database.resize(end, 0);
    }
    let mut merged = Merged { frames: frames.len() as u64, left_out: 0 };
    // The newest ends up in the database, and each older one in the place of the next.
    for frame in frames {
        let newer = log.get_mut(frame.at..frame.at + page_size);
        let older = place(frame).and_then(|it| database.get_mut(it));
        match older.zip(newer) {
            Some((older, newer)) => older.swap_with_slice(newer),
            None => merged.left_out += 1,
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of pages of 512 bytes, each filled with a byte; a commit after each.
    fn log(frames: &[(u32, u8)]) -> Vec<u8> {
        let of = Log { page_size: 512, is_big_endian: true, is_whole: true };
        let mut log = Vec::new();
        for word in [0x377f_0683_u32, 3_007_000, 512, 0, 7, 9] {
            log.extend(word.to_be_bytes());
        }
        let mut sum = of.checksum((0, 0), &log);
        log.extend([sum.0.to_be_bytes(), sum.1.to_be_bytes()].concat());
        for (page, byte) in frames {
            let head = [page.to_be_bytes(), 9_u32.to_be_bytes()].concat();
            sum = of.checksum(of.checksum(sum, &head), &[*byte; 512]);
            for word in [*page, 9, 7, 9, sum.0, sum.1] {
                log.extend(word.to_be_bytes());
            }
            log.extend([*byte; 512]);
        }
        log
    }

    fn merged(log: &[u8]) -> (Vec<u8>, Merged) {
        let (mut database, mut log) = (vec![0; 1024], log.to_vec());
        let found = Log::find(&log).unwrap();
        let frames = found.committed(&log);
        let merged = merge(&mut database, &mut log, &frames, 512, 4096);
        (database.iter().step_by(512).copied().collect(), merged)
    }

    #[test]
    fn the_newest_version_of_each_page_wins() {
        let (pages, done) = merged(&log(&[(1, 1), (2, 2), (1, 3), (4, 4)]));
        assert_eq!((pages, done), (vec![3, 2, 0, 4], Merged { frames: 4, left_out: 0 }));
    }

    #[test]
    fn a_page_past_the_bound_is_left_out_and_takes_no_memory() {
        let (pages, done) = merged(&log(&[(1, 1), (u32::MAX, 2), (9, 2)]));
        assert_eq!((pages, done), (vec![1, 0], Merged { frames: 3, left_out: 2 }));
    }

    #[test]
    fn lets_through_what_sqlite_would_not_take() {
        let whole = log(&[(1, 1), (2, 2)]);
        let changed = |at: usize| {
            let mut log = whole.clone();
            log[at] ^= 1;
            merged(&log).1.frames
        };
        let frame = 24 + 512;
        for (at, frames) in
            [(12, 0), (20, 0), (32, 0), (60, 0), (32 + frame, 1), (40 + frame, 1), (99 + frame, 1)]
        {
            assert_eq!(changed(at), frames, "{at}");
        }
        for (length, frames) in
            [(32, 0), (40, 0), (32 + frame - 1, 0), (32 + frame, 1), (whole.len() - 1, 1)]
        {
            assert_eq!(merged(&whole[..length]).1.frames, frames, "{length}");
        }
        for at in [0, 3, 7, 11] {
            let mut log = whole.clone();
            log[at] ^= 1;
            // The other order of bytes is a log too, but its checksum does not hold.
            assert!(at == 3 || Log::find(&log).is_none(), "{at}");
        }
        assert_eq!(Log::find(&whole[..31]), None);
    }
}
