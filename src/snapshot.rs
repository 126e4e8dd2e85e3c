//! The files that a run looks at: paths, modes, bytes and neighbours, with how each came to be looked at.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use bstr::{BStr, BString, ByteSlice};

use crate::content::{self, Answer, Database, Limits, Unreadable};
use crate::source::Reader;

/// The id of a git object, in lower-case hex (40 digits, or 64 in a SHA-256 repository).
pub type BlobId = String;

/// A file to be looked at. Its path is bytes that anyone may have chosen: a hint, never proof.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the top of the repository with `/` between its parts; as given for a file outside of one.
    pub path: BString,
    /// Where its bytes are. Those of a symbolic link are the path that it points to.
    pub bytes: Bytes,
    /// The blob that was at this path before, where there was one.
    pub before: Option<BlobId>,
    /// How it came to be looked at, at least one; the first is the one to mend.
    pub origins: Vec<Origin>,
}

impl File {
    /// Its blob; none for a file on disk.
    pub fn blob(&self) -> Option<&BlobId> {
        match &self.bytes {
            Bytes::Blob(id) => Some(id),
            Bytes::Disk(_) | Bytes::Lacking(_) => None,
        }
    }
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bytes {
    /// In a git object.
    Blob(BlobId),
    /// In a regular file on disk.
    Disk(PathBuf),
    /// Nowhere that they can be read from.
    Lacking(Unreadable),
}

/// How a file came to be looked at, as far as it matters for mending it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In the index, and about to be committed.
    Staged(Pending),
    /// In the index, whether or not the next commit changes it.
    Index,
    /// On disk, at a path that git tracks.
    Tracked,
    /// In the work tree of a repository, and not tracked.
    Untracked,
    /// On disk, outside of any work tree.
    Disk,
    /// Added or changed by a commit.
    Commit {
        /// Its full id.
        id: String,
        /// Where it stands.
        place: Place,
    },
    /// In the tree of a revision.
    Tree {
        /// The revision as it was asked for, such as `HEAD`.
        revision: String,
    },
}

/// What is under way as a commit is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pending {
    /// An ordinary commit.
    Commit,
    /// The first commit of a branch: there is no HEAD yet.
    First,
    /// A merge that will be committed.
    Merge,
    /// A patch of `git am`.
    Patch,
}

/// Where a commit stands in relation to what is checked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is HEAD.
    Head,
    /// It has no parent.
    Root,
    /// It is a merge, and not HEAD.
    Merge,
    /// It is not on the branch that is checked out.
    Elsewhere,
    /// Any other.
    Older,
}

/// The files of a run, and how to read them. Each blob is read once, however many files have it.
pub struct Snapshot {
    /// The files, sorted by path.
    pub files: Vec<File>,
    /// The bounds on reading.
    pub limits: Limits,
    /// Where a person stands below the top of the work tree, with a `/` at its end; empty at the top. None where there is no work tree.
    pub prefix: Option<BString>,
    reader: Reader,
    databases: RefCell<HashMap<Bytes, Answer<Rc<Database>>>>,
}

impl Snapshot {
    pub(crate) fn new(
        files: Vec<File>,
        limits: Limits,
        prefix: Option<BString>,
        reader: Reader,
    ) -> Snapshot {
        Snapshot { files, limits, prefix, reader, databases: RefCell::default() }
    }

    /// Whether this file is a database, and what it holds.
    pub fn database(&self, file: &File) -> Answer<Rc<Database>> {
        if let Some(known) = self.databases.borrow().get(&file.bytes) {
            return known.clone();
        }
        let bound = self.limits.database_size;
        let answer = match self.reader.prefix(&file.bytes, content::PREFIX) {
            Ok((size, prefix)) => content::database(
                size,
                &prefix,
                || self.reader.read(&file.bytes, bound),
                &self.limits,
            )
            .map(Rc::new),
            Err(unreadable) => Answer::Unreadable(unreadable),
        };
        self.databases.borrow_mut().insert(file.bytes.clone(), answer.clone());
        answer
    }

    /// Whether the snapshot, or the index that it was taken from, has a file at this path.
    pub fn has(&self, path: &BStr) -> bool {
        let listed = || self.files.binary_search_by(|file| file.path.as_bstr().cmp(path)).is_ok();
        self.reader.tracks(path) || listed()
    }
}
