//! Files that are named one by one, as pre-commit passes them: a tracked one is read from the index, an untracked one from disk.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Component, Path};

use anyhow::Result;
use bstr::{BStr, BString, ByteSlice};
use gix::ObjectId;
use gix::index::entry::{Mode, Stage};

use super::repository::{self, Repository};
use super::staged;
use crate::content::{Cause, Unreadable};
use crate::snapshot::{Bytes, File, Origin};

/// The files that these arguments name.
pub(super) fn files(
    repository: Option<(&Repository, &gix::index::File)>,
    directory: &Path,
    arguments: &[OsString],
) -> Result<Vec<File>> {
    let head = repository.map(|(repository, _)| repository.head_tree()).transpose()?.flatten();
    let mut files = Vec::new();
    for argument in arguments {
        let given = repository::slashed(Path::new(argument));
        let inside = repository.and_then(|(repository, index)| {
            let path = within(repository, directory, Path::new(argument))?;
            Some((repository, index, path))
        });
        if let Some((repository, index, path)) = &inside {
            let tracked = tracked(repository, index, path.as_bstr(), head)?;
            if !tracked.is_empty() {
                files.extend(tracked);
                continue;
            }
            // A submodule: its files are in a repository of its own.
            if index.entry_by_path(path.as_bstr()).is_some_and(|entry| entry.mode == Mode::COMMIT) {
                continue;
            }
        }
        let (path, origin) = match inside {
            Some((_, _, path)) => (path, Origin::Untracked),
            None => (given, Origin::Disk),
        };
        files.push(on_disk(path, &directory.join(argument), origin));
    }
    Ok(files)
}

/// The path of an argument relative to the top of the work tree; none where it lies outside, or in the repository's own directory.
fn within(repository: &Repository, directory: &Path, argument: &Path) -> Option<BString> {
    let plain = argument.components().all(|part| matches!(part, Component::Normal(_)));
    if plain && repository.top().is_some() {
        let mut path = repository.below.clone();
        path.extend_from_slice(&repository::slashed(argument));
        return Some(path);
    }
    let top = repository.top()?.canonicalize().ok()?;
    let parent = directory.join(argument.parent()?).canonicalize().ok()?;
    let path = parent.strip_prefix(top).ok()?.join(argument.file_name()?);
    Some(repository::slashed(&path))
}

/// What the index holds at this path: one file, or each side of a merge that is not resolved.
fn tracked(
    repository: &Repository,
    index: &gix::index::File,
    path: &BStr,
    head: Option<ObjectId>,
) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for stage in [Stage::Unconflicted, Stage::Base, Stage::Ours, Stage::Theirs] {
        let Some(entry) = index.entry_by_path_and_stage(path, stage) else { continue };
        if !staged::holds_blob(entry) {
            continue;
        }
        let before = staged::blob_at(repository, head, path)?;
        let origin = match before == Some(entry.id) {
            true => Origin::Index,
            false => Origin::Staged(repository.pending(head.as_ref())),
        };
        files.push(File {
            path: path.to_owned(),
            bytes: Bytes::Blob(entry.id.to_string()),
            before: before.map(|id| id.to_string()),
            origins: vec![origin],
        });
    }
    Ok(files)
}

/// A file that is read from disk: only a regular one is.
pub(super) fn on_disk(path: BString, place: &Path, origin: Origin) -> File {
    let bytes = match place.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => Bytes::Disk(place.to_owned()),
        Ok(metadata) if metadata.is_dir() => lacking("it is a directory: name the files in it"),
        Ok(metadata) if metadata.is_symlink() => {
            lacking("it is a symbolic link that is not tracked")
        }
        Ok(_) => lacking("it is a pipe, a socket or a device"),
        Err(error) if error.kind() == ErrorKind::NotFound => lacking("there is no such file"),
        Err(error) => lacking(&format!("it cannot be looked at ({})", error.kind())),
    };
    File { path, bytes, before: None, origins: vec![origin] }
}

fn lacking(detail: &str) -> Bytes {
    Bytes::Lacking(Unreadable { cause: Cause::Inaccessible, detail: detail.to_owned() })
}
