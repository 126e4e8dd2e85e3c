//! The audit trail: what each gate decided, a record a line, each with the hash of the one before it. docs/audit.md has the format.

mod record;
mod tail;
mod trail;
mod verify;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use record::{Counts, MAX_BLOBS, Record, Torn};
pub use trail::Trail;
pub use verify::{Fault, Repair, Verified, Wrong, verify};

use crate::policy::Date;

/// Bytes of the longest line, without its line feed.
pub const MAX_LINE: usize = 64 << 10;

/// What the first record has as the hash of the one before it: 64 zeros. It is the head of an empty trail as well.
pub const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How long one who reads waits for those who write.
const PATIENCE: Duration = Duration::from_secs(10);

/// This moment as a record has it: RFC 3339, in UTC, to the second. A clock before 1970 stands at its first second.
pub fn time(now: SystemTime) -> String {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    // The year 9999 is the last that RFC 3339 can write.
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX).min(253_402_300_799);
    let of_day = seconds % 86_400;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", Date::from_unix_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_utc_to_the_second() {
        for (seconds, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (86_399, "1970-01-01T23:59:59Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (1_714_565_045, "2024-05-01T12:04:05Z"),
            (u64::from(u32::MAX) << 8, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(time(UNIX_EPOCH + Duration::from_millis(seconds * 1000 + 999)), written);
        }
        assert_eq!(time(UNIX_EPOCH - Duration::from_secs(5)), "1970-01-01T00:00:00Z");
    }
}
