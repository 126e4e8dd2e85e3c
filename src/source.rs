//! Which files are looked at: git's index, a list of files, a commit range, a tree, the disk. Nothing is judged here.

mod advertised;
mod away;
mod changes;
mod commits;
mod copy;
mod git;
mod given;
mod objects;
mod range;
mod reader;
mod refs;
mod remote;
mod repository;
mod room;
mod settings;
mod ssh;
mod staged;
mod tree;

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result};

pub(crate) use copy::Tracked;
pub(crate) use git::Git;
pub(crate) use reader::Reader;
pub use refs::{Known, Pushed, Update};
pub use repository::Repository;
pub(crate) use repository::slashed;
use room::Room;

use crate::content::{Depth, Limits};
use crate::snapshot::{File, Snapshot};

/// Where the files come from that a run looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The index against HEAD: what the next commit changes.
    Staged,
    /// Files named one by one: a tracked one is read from the index, an untracked one from disk.
    Files(Vec<OsString>),
    /// Every commit that `to` has and `from` has not.
    Range {
        /// A commit, or zeros for none.
        from: String,
        /// A commit, or zeros for none.
        to: String,
        /// Files named beside it, as pre-commit does.
        files: Vec<OsString>,
    },
    /// What a push brings.
    Push(Pushed),
    /// The tree of a revision.
    Tree(String),
    /// The files on disk that git tracks or would add.
    Worktree,
}

impl Source {
    /// What is looked at, in words.
    pub fn words(&self) -> String {
        match self {
            Source::Staged => "staged files".to_owned(),
            Source::Files(_) => "given files".to_owned(),
            Source::Range { from, to, .. } => format!("commits {from}..{to}"),
            Source::Push(Pushed { known: Known::Here, .. }) => "push received here".to_owned(),
            Source::Push(Pushed { known: Known::Remote { name, .. }, .. }) => match name {
                Some(name) => format!("push to {name}"),
                None => "push to a URL".to_owned(),
            },
            Source::Tree(revision) => format!("tree of {revision}"),
            Source::Worktree => "work tree".to_owned(),
        }
    }

    /// The files as they are now.
    ///
    /// # Errors
    ///
    /// When the repository, its index or the range cannot be read: then nothing can be said of it. A single file that cannot be read is
    /// part of the snapshot instead.
    pub fn take(
        &self,
        repository: Option<&Repository>,
        directory: &Path,
        depth: Depth,
        limits: Limits,
    ) -> Result<Snapshot> {
        let existing = || repository.context(NO_REPOSITORY);
        let index = match self {
            Source::Staged => {
                existing()?.needs_index()?;
                Some(existing()?.index()?)
            }
            Source::Files(files) | Source::Range { files, .. } if !files.is_empty() => {
                let repository = repository.filter(|repository| repository.top().is_some());
                repository.map(Repository::index).transpose()?
            }
            _ => None,
        };
        let here = repository.zip(index.as_ref());
        let given = |arguments: &[OsString]| given::files(here, directory, arguments);
        let (mut removed, mut refs, mut tips) = (Vec::new(), Vec::new(), Vec::new());
        let files = match self {
            Source::Staged => match here {
                Some((repository, index)) => staged::files(repository, index)?,
                None => Vec::new(),
            },
            Source::Files(arguments) => given(arguments)?,
            Source::Range { from, to, files } => {
                let mut found;
                (found, tips) = range::files(existing()?, from, to)?;
                let mut beside = given(files)?;
                if !beside.is_empty() {
                    let known: HashSet<_> = found.iter().map(|it| (&it.path, &it.bytes)).collect();
                    beside.retain(|it| !known.contains(&(&it.path, &it.bytes)));
                    found.append(&mut beside);
                }
                found
            }
            Source::Push(pushed) => {
                let brought = refs::brought(existing()?, pushed)?;
                removed = brought.removed;
                refs = brought.refs;
                tips = brought.tips;
                brought.files
            }
            Source::Tree(revision) => tree::files(existing()?, revision, &mut Room::new())?,
            Source::Worktree => tree::on_disk(existing()?)?,
        };
        let mut snapshot = snapshot(repository, index, files, depth, limits)?;
        (snapshot.removed, snapshot.refs, snapshot.tips) = (removed, refs, tips);
        Ok(snapshot)
    }
}

/// A snapshot of these files, with what reads them.
fn snapshot(
    repository: Option<&Repository>,
    index: Option<gix::index::File>,
    mut files: Vec<File>,
    depth: Depth,
    limits: Limits,
) -> Result<Snapshot> {
    let objects = repository.map(Repository::objects).transpose()?;
    let prefix = repository
        .filter(|repository| repository.top().is_some())
        .map(|repository| repository.prefix().to_owned());
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let lfs = repository.map(Repository::lfs);
    let place = repository.map(|it| it.place().to_owned());
    let top = repository.and_then(|it| it.top().map(Path::to_owned));
    let reader = Reader { objects, index, lfs, top, place, git: OnceCell::new() };
    Ok(Snapshot::new(files, depth, limits, prefix, reader))
}

const NO_REPOSITORY: &str =
    "there is no git repository here or above: change into one, or name the files to look at";
