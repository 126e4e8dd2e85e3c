//! How many files and directories a run may have, in all its refs. A few objects can make a tree of any number of paths: each directory names
//! the next one many times.

use anyhow::{Error, Result, anyhow};
use bstr::BStr;

/// Files of one run, a file once for each commit that brings it: several times those of the largest repositories known. A path in a
/// list costs some 400 bytes, so this many stay under 1 GiB.
const MAX_FILES: usize = 2_000_000;

/// Bytes of all their paths together: 128 for each, where the longest usual ones have half of that.
const MAX_PATHS: usize = 256 << 20;

/// Directories that are gone through, one for each commit that changes it and each parent beside it, and more where there are many parents.
/// They are not kept, so this bounds time: a small one takes a few microseconds.
pub(super) const MAX_DIRECTORIES: usize = 10_000_000;

/// What is left of the bounds.
#[derive(Debug)]
pub(super) struct Room {
    files: usize,
    paths: usize,
    directories: usize,
}

impl Room {
    pub(super) fn new() -> Room {
        Room { files: MAX_FILES, paths: MAX_PATHS, directories: MAX_DIRECTORIES }
    }

    /// Takes the room of one file.
    ///
    /// # Errors
    ///
    /// When there is none left: a part of a source must not be taken for all of it.
    pub(super) fn take(&mut self, path: &BStr) -> Result<()> {
        let files = self.files.checked_sub(1);
        let (Some(files), Some(paths)) = (files, self.paths.checked_sub(path.len())) else {
            return Err(Room::lacking());
        };
        (self.files, self.paths) = (files, paths);
        Ok(())
    }

    /// Takes the room of so many directories.
    ///
    /// # Errors
    ///
    /// When there is none left.
    pub(super) fn enter(&mut self, directories: usize) -> Result<()> {
        self.directories = self.directories.checked_sub(directories).ok_or_else(|| {
            anyhow!(
                "there are more directories than {MAX_DIRECTORIES}: few objects can make that many (see git ls-tree); a range can be looked at in parts"
            )
        })?;
        Ok(())
    }

    fn lacking() -> Error {
        anyhow!(
            "there are more files than {MAX_FILES}, or paths longer than {} MiB in all: few objects can make that many (see git ls-tree); a range can be looked at in parts",
            MAX_PATHS >> 20
        )
    }
}

#[cfg(test)]
mod tests {
    use bstr::ByteSlice;

    use super::*;

    #[test]
    fn there_is_room_for_so_many_files_and_no_more() {
        let mut room = Room::new();
        assert!((0..MAX_FILES).all(|_| room.take(b"a.txt".as_bstr()).is_ok()));
        assert!(room.take(b"a.txt".as_bstr()).is_err());
    }

    #[test]
    fn directories_take_room_of_their_own() {
        let mut room = Room::new();
        assert!(room.enter(MAX_DIRECTORIES).is_ok());
        assert!(room.take(b"a.txt".as_bstr()).is_ok());
        assert!(room.enter(1).is_err());
    }

    #[test]
    fn long_paths_take_their_room() {
        let mut room = Room::new();
        let path = vec![b'a'; MAX_PATHS / 2];
        assert!(room.take(path.as_bstr()).is_ok());
        assert!(room.take(path.as_bstr()).is_ok());
        assert!(room.take(b"a".as_bstr()).is_err());
    }
}
