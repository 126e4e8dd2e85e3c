//! A file to be looked at, and how it came to be.

use std::path::PathBuf;

use bstr::BString;

use super::Mode;
use crate::content::Unreadable;

/// The id of a git object, in lower-case hex (40 digits, or 64 in a SHA-256 repository).
pub type BlobId = String;

/// A file to be looked at. Its path is bytes that anyone may have chosen: a hint, never proof.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the top of the repository with `/` between its parts; as given for a file outside of one.
    pub path: BString,
    /// Where its bytes are. Those of a symbolic link are the path that it points to.
    pub bytes: Bytes,
    /// What git keeps of its permissions, or the disk has.
    pub mode: Mode,
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

/// A file that is there where a push goes, and that it takes away.
#[derive(Debug, Clone)]
pub struct Removed {
    /// The file as it is there.
    pub file: File,
    /// What is to be in its place, where that is a file.
    pub replaced_by: Option<Bytes>,
}

/// A policy that a push brings, as far as it lets more through than the one before.
#[derive(Debug, Clone)]
pub struct Loosened {
    /// Its path.
    pub path: BString,
    /// Where it is to be: on the branch that a server reads it from.
    pub origin: Origin,
    /// What of it, a sentence each.
    pub how: Vec<String>,
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
        /// How many parents it has: none for the first of a branch, several for a merge.
        parents: usize,
        /// It is pushed, and no tip of the push has this file at its path any more.
        is_outdated: bool,
        /// The ref that brings it, where it is pushed: its name at the other side. Untrusted bytes.
        reference: Option<BString>,
    },
    /// In the tree that arrives where a push goes, whichever commit brought it.
    Arriving {
        /// The ref that is pushed: its name at the other side. Untrusted bytes.
        reference: BString,
        /// The id of its commit.
        commit: String,
    },
    /// In the tree of a revision.
    Tree {
        /// The revision as it was asked for, such as `HEAD`.
        revision: String,
        /// The id of its tree.
        tree: String,
    },
    /// A blob that a name stands for, as that of a tag may: it has no path.
    Named {
        /// The name as it was asked for.
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
    /// HEAD leads to it.
    Below,
    /// It is not on the branch that is checked out, or nothing is.
    Elsewhere,
}
