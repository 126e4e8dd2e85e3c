//! What the walk through one file and everything in it may still use.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use super::super::{Cause, Limits, Unreadable};

/// How many times its own size a file may expand to. Deflate packs at most 1032 to 1; ordinary databases pack 3 to 20 to 1.
pub(super) const RATIO: u64 = 100;

/// Bytes that anything may expand to, however small it is: a small database of mostly empty pages packs over 100 to 1.
pub(super) const FLOOR: u64 = 16 << 20;

/// What the walk through one file may still use; all levels share it.
///
/// Once a bound of the whole file is met, nothing in it is read any further: each later call says so again.
pub(in crate::content) struct Budget {
    limits: Limits,
    /// Bytes that all of it may expand to by its size.
    by_ratio: u64,
    spent: Cell<u64>,
    members: Cell<u64>,
    depth: Cell<usize>,
    deadline: Instant,
    stopped: RefCell<Option<Unreadable>>,
}

impl Budget {
    /// The budget of a file of `size` bytes.
    pub(in crate::content) fn new(limits: &Limits, size: u64) -> Budget {
        let time = Duration::from_secs(limits.seconds);
        let now = Instant::now();
        Budget {
            limits: limits.clone(),
            by_ratio: allowance(size),
            spent: Cell::new(0),
            members: Cell::new(0),
            depth: Cell::new(0),
            // A century stands for never.
            deadline: now.checked_add(time).unwrap_or(now + Duration::from_secs(3_155_760_000)),
            stopped: RefCell::new(None),
        }
    }

    /// Bytes of a member that is handed over; larger ones are not.
    pub(super) fn member_size(&self) -> u64 {
        self.limits.file_size
    }

    /// The bound of the whole file that was met, if one was.
    pub(super) fn stopped(&self) -> Option<Unreadable> {
        self.stopped.borrow().clone()
    }

    /// Whether the bound of the whole file was met, and what asks is inside of another container of it.
    pub(in crate::content) fn is_inner_end(&self) -> bool {
        self.depth.get() > 0 && self.stopped.borrow().is_some()
    }

    /// Uses up bytes: those that came out of a decoder, or those that went in where they are more.
    pub(super) fn spend(&self, bytes: u64) -> Result<(), Unreadable> {
        if let Some(stopped) = self.stopped() {
            return Err(stopped);
        }
        let spent = self.spent.get().saturating_add(bytes);
        self.spent.set(spent);
        if spent > self.limits.archive_size {
            let limit = self.limits.archive_size;
            let detail = format!("expands to over {limit} bytes (setting limits.archive_size)");
            return Err(self.stop(Cause::TooLarge, detail));
        }
        if spent > self.by_ratio {
            return Err(self.stop(Cause::TooLarge, bomb()));
        }
        if Instant::now() > self.deadline {
            let seconds = self.limits.seconds;
            let detail = format!("not unpacked within {seconds} s (setting limits.seconds)");
            return Err(self.stop(Cause::TooSlow, detail));
        }
        Ok(())
    }

    /// Counts a member, or an entry that has no bytes.
    pub(super) fn member(&self) -> Result<(), Unreadable> {
        self.spend(0)?;
        let members = self.members.get().saturating_add(1);
        self.members.set(members);
        if members > self.limits.archive_members {
            return Err(self.too_many());
        }
        Ok(())
    }

    /// Refuses what says that it has more members than may be looked at.
    pub(super) fn check_members(&self, claimed: u64) -> Result<(), Unreadable> {
        if claimed > self.limits.archive_members {
            return Err(self.too_many());
        }
        Ok(())
    }

    /// Goes one level deeper.
    pub(super) fn enter(&self) -> Result<(), Unreadable> {
        self.spend(0)?;
        let limit = self.limits.archive_depth;
        if self.depth.get() >= limit {
            let detail =
                format!("archives nested over {limit} deep (setting limits.archive_depth)");
            return Err(Unreadable { cause: Cause::TooLarge, detail });
        }
        self.depth.set(self.depth.get().saturating_add(1));
        Ok(())
    }

    /// Comes back from a level.
    pub(super) fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    fn too_many(&self) -> Unreadable {
        let limit = self.limits.archive_members;
        let detail = format!("over {limit} members (setting limits.archive_members)");
        self.stop(Cause::TooLarge, detail)
    }

    fn stop(&self, cause: Cause, detail: String) -> Unreadable {
        let unreadable = Unreadable { cause, detail };
        *self.stopped.borrow_mut() = Some(unreadable.clone());
        unreadable
    }
}

/// Bytes that so many may expand to.
pub(super) fn allowance(bytes: u64) -> u64 {
    bytes.saturating_mul(RATIO).max(FLOOR)
}

/// What is said of a thing that expands beyond measure.
pub(super) fn bomb() -> String {
    format!("expands to over {RATIO} times its size")
}
