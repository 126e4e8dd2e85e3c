//! The files that a run looks at: paths, modes, bytes and neighbours, with how each came to be looked at.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use bstr::BString;

use crate::content::{Answer, Database, Limits};

/// The id of a git object, in lower-case hex (40 digits, or 64 in a SHA-256 repository).
pub type BlobId = String;

/// A file to be looked at. Its path is bytes that anyone may have chosen: a hint, never proof.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the top of the repository with `/` between its parts; as given for a file outside of one.
    pub path: BString,
    /// What git will check it out as.
    pub mode: Mode,
    /// The blob that holds its bytes; none for a file on disk.
    pub blob: Option<BlobId>,
    /// The blob that was at this path before, where there was one.
    pub before: Option<BlobId>,
    /// How it came to be looked at, at least one.
    pub origins: Vec<Origin>,
}

/// What git checks a file out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A regular file.
    Regular,
    /// A regular file that may be run.
    Executable,
    /// A symbolic link; its bytes are the path it points to.
    Symlink,
}

/// How a file came to be looked at, as far as it matters for mending it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In the index, and about to be committed.
    Staged(Pending),
    /// In the index, whether or not the next commit changes it.
    Index,
    /// On disk, and not tracked.
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
    /// Any other.
    Older,
}

/// The files of a run, and how to read them. Each blob is read once, however many files have it.
pub struct Snapshot {
    /// The files, sorted by path.
    pub files: Vec<File>,
    /// The bounds on reading.
    pub limits: Limits,
    databases: RefCell<HashMap<BlobId, Rc<Answer<Database>>>>,
}

impl Snapshot {
    /// Whether this file is a database, and what it holds.
    pub fn database(&self, file: &File) -> Rc<Answer<Database>> {
        let _ = (file, &self.databases);
        Rc::new(Answer::No)
    }
}
