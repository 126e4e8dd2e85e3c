//! Bytes on their way out of a decoder, metered: what every container is read through.

use std::cell::Cell;
use std::io::{self, BufRead, ErrorKind, Read};
use std::rc::Rc;

use super::super::{Cause, PREFIX, Unreadable};
use super::NotHad;
use super::budget::{Budget, allowance, bomb};
use super::decoder::WINDOW;

/// Bytes read at once, at most.
const STEP: usize = 64 << 10;

/// Bytes read at once at first: most members are small.
const FIRST_STEP: usize = 4 << 10;

/// How many bytes of output a byte of input stands for, where hardly anything comes out: measured, by CPU time.
const IDLE: u64 = 4;

/// What is left of the packed bytes. Clones share it, so that its owner sees how far a decoder came.
#[derive(Clone)]
pub(super) struct Input<'a> {
    rest: Rc<Cell<&'a [u8]>>,
    taken: Rc<Cell<u64>>,
}

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Input<'a> {
        Input { rest: Rc::new(Cell::new(bytes)), taken: Rc::default() }
    }

    /// Another piece of the same archive: what is taken of either is counted together.
    pub(super) fn beside(&self, bytes: &'a [u8]) -> Input<'a> {
        Input { rest: Rc::new(Cell::new(bytes)), taken: Rc::clone(&self.taken) }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest.get()
    }

    /// Bytes taken so far.
    pub(super) fn taken(&self) -> u64 {
        self.taken.get()
    }

    /// Goes on by so many bytes, or to the end.
    pub(super) fn skip(&self, bytes: usize) {
        let bytes = bytes.min(self.rest().len());
        self.rest.set(self.rest().get(bytes..).unwrap_or_default());
        self.taken.set(self.taken.get().saturating_add(bytes as u64));
    }
}

impl Read for Input<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.rest().read(into)?;
        self.skip(read);
        Ok(read)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.rest())
    }

    fn consume(&mut self, amount: usize) {
        self.skip(amount);
    }
}

/// What came of a member.
pub(super) struct Member {
    /// Its bytes, or those that could be had of it.
    pub(super) bytes: Result<Vec<u8>, NotHad>,
    /// Why the flow ended before the member did: nothing more comes out of it.
    pub(super) damage: Option<Unreadable>,
}

/// Bytes that come out of a decoder.
pub(super) struct Flow<'a> {
    decoder: Box<dyn Read + 'a>,
    input: Input<'a>,
    budget: &'a Budget,
    /// What is unpacked, such as `gzip`.
    what: &'static str,
    out: u64,
    /// Bytes of the input that were accounted for.
    accounted: u64,
    /// Bytes that were looked at and not yet taken.
    ahead: Vec<u8>,
    failed: Option<Unreadable>,
}

impl<'a> Flow<'a> {
    pub(super) fn new(
        what: &'static str,
        decoder: Box<dyn Read + 'a>,
        input: Input<'a>,
        budget: &'a Budget,
    ) -> Flow<'a> {
        let accounted = input.taken();
        Flow { decoder, input, budget, what, out: 0, accounted, ahead: Vec::new(), failed: None }
    }

    /// Bytes as they stand.
    pub(super) fn stored(what: &'static str, bytes: &'a [u8], budget: &'a Budget) -> Flow<'a> {
        let input = Input::new(bytes);
        Flow::new(what, Box::new(input.clone()), input, budget)
    }

    /// The packed bytes behind what was read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.input.rest()
    }

    /// The next bytes, without taking them: fewer where the flow ends.
    pub(super) fn peek(&mut self, bytes: usize) -> &[u8] {
        while self.ahead.len() < bytes && self.failed.is_none() {
            let had = self.ahead.len();
            let mut ahead = std::mem::take(&mut self.ahead);
            ahead.resize(bytes, 0);
            let read = self.pull(ahead.get_mut(had..).unwrap_or_default());
            ahead.truncate(had.saturating_add(*read.as_ref().unwrap_or(&0)));
            self.ahead = ahead;
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(failure) => self.failed = Some(failure),
            }
        }
        &self.ahead
    }

    /// Takes bytes; none at the end.
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Unreadable> {
        if !self.ahead.is_empty() {
            let read = self.ahead.len().min(into.len());
            for (to, from) in into.iter_mut().zip(self.ahead.drain(..read)) {
                *to = from;
            }
            return Ok(read);
        }
        match &self.failed {
            Some(failed) => Err(failed.clone()),
            None => self.pull(into),
        }
    }

    fn pull(&mut self, into: &mut [u8]) -> Result<usize, Unreadable> {
        let read = self.decoder.read(into);
        let bytes = *read.as_ref().unwrap_or(&0) as u64;
        let taken = self.input.taken();
        let used = taken.saturating_sub(self.accounted);
        self.accounted = taken;
        self.out = self.out.saturating_add(bytes);
        // Input that yields nothing takes more time than any other: empty blocks of deflate are five bytes each.
        let idle = if self.out < taken / 2 { IDLE } else { 1 };
        self.budget.spend(bytes.max(used.saturating_mul(idle)))?;
        let read = read.map_err(|error| self.unreadable(&error))?;
        if self.out > allowance(taken) {
            return Err(Unreadable { cause: Cause::TooLarge, detail: bomb() });
        }
        Ok(read)
    }

    /// What a decoder's error stands for. Its text is not repeated: it may quote what was unpacked.
    fn unreadable(&self, error: &io::Error) -> Unreadable {
        let what = self.what;
        match error.kind() {
            ErrorKind::OutOfMemory => {
                let detail = format!("needs a {what} window over {} MiB", WINDOW >> 20);
                Unreadable { cause: Cause::TooLarge, detail }
            }
            ErrorKind::FileTooLarge => Unreadable { cause: Cause::TooLarge, detail: bomb() },
            ErrorKind::UnexpectedEof => Unreadable::corrupt(format!("its {what} data breaks off")),
            ErrorKind::Unsupported => {
                Unreadable::corrupt(format!("its {what} data needs what dataward does not know"))
            }
            _ => Unreadable::corrupt(format!("its {what} data is damaged")),
        }
    }

    /// Takes a member of so many bytes, or all that is left. One over the limit is gone past where its size is known, and
    /// left where it is not. An error is a bound of the whole file.
    pub(super) fn member(&mut self, size: Option<u64>) -> Result<Member, Unreadable> {
        let limit = self.budget.member_size();
        let mut bytes = Vec::new();
        let mut had = 0_u64;
        let mut too_large = size.is_some_and(|size| size > limit);
        let (mut damage, mut prefix) = (None, Vec::new());
        while size.is_none_or(|size| had < size) {
            let left = size.map_or(u64::MAX, |size| size.saturating_sub(had));
            let start = bytes.len();
            let step = if too_large { STEP } else { start.clamp(FIRST_STEP, STEP) };
            let step = step.min(usize::try_from(left).unwrap_or(STEP));
            bytes.resize(start.saturating_add(step), 0);
            let read = self.read(bytes.get_mut(start..).unwrap_or_default());
            bytes.truncate(start.saturating_add(*read.as_ref().unwrap_or(&0)));
            match read {
                Ok(0) if size.is_none() => break,
                Ok(0) => {
                    let detail = format!("its {} data breaks off", self.what);
                    damage = Some(Unreadable::corrupt(detail));
                    break;
                }
                Ok(read) => had = had.saturating_add(read as u64),
                Err(failure) => {
                    if let Some(stopped) = self.budget.stopped() {
                        return Err(stopped);
                    }
                    damage = Some(failure);
                    break;
                }
            }
            too_large |= had > limit;
            if too_large {
                let lacking = PREFIX.saturating_sub(prefix.len());
                prefix.extend(bytes.iter().take(lacking));
                bytes.clear();
                bytes.shrink_to(STEP);
                if size.is_none() && prefix.len() == PREFIX {
                    break;
                }
            }
        }
        let bytes = match &damage {
            _ if too_large => {
                let (why, size) = (too_large_member(limit), size.unwrap_or(had));
                Err(NotHad { why, size, prefix })
            }
            Some(damage) if bytes.is_empty() || damage.cause != Cause::Corrupt => {
                Err(damage.clone().into())
            }
            _ => Ok(bytes),
        };
        Ok(Member { bytes, damage })
    }

    /// Goes past so many bytes, or to the end.
    pub(super) fn skip(&mut self, bytes: u64) -> Result<(), Unreadable> {
        let mut left = bytes;
        let mut into = vec![0; STEP.min(usize::try_from(bytes).unwrap_or(STEP))];
        while left > 0 {
            let step = into.len().min(usize::try_from(left).unwrap_or(STEP));
            match self.read(into.get_mut(..step).unwrap_or_default())? {
                0 => break,
                read => left = left.saturating_sub(read as u64),
            }
        }
        Ok(())
    }
}

/// What is said of a member that is not handed over for its size.
pub(super) fn too_large_member(limit: u64) -> Unreadable {
    let detail = format!("over the limit of {limit} bytes (setting limits.file_size)");
    Unreadable { cause: Cause::TooLarge, detail }
}
