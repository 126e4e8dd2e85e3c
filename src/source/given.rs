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
        let argument = Path::new(argument);
        let mut path = None;
        if let Some((repository, index)) = repository {
            path = as_written(repository, argument);
            let found = match &path {
                Some(path) => tracked(repository, index, path.as_bstr(), head)?,
                None => Tracked::No,
            };
            let resolved = match found {
                Tracked::No => resolved(repository, directory, argument),
                Tracked::Files(found) => {
                    files.extend(found);
                    continue;
                }
            };
            if let Some(resolved) = resolved.filter(|resolved| Some(resolved) != path.as_ref()) {
                if let Tracked::Files(found) = tracked(repository, index, resolved.as_bstr(), head)?
                {
                    files.extend(found);
                    continue;
                }
                path = Some(resolved);
            }
        }
        let (path, origin) = match path {
            Some(path) => (path, Origin::Untracked),
            None => (repository::slashed(argument), Origin::Disk),
        };
        files.push(on_disk(path, &directory.join(argument), origin));
    }
    Ok(files)
}

/// The path of an argument relative to the top of the work tree, as git reads it: no link is followed. None where it goes up.
fn as_written(repository: &Repository, argument: &Path) -> Option<BString> {
    repository.top()?;
    let mut parts = Vec::new();
    for part in argument.components() {
        match part {
            Component::Normal(part) => parts.push(repository::slashed(Path::new(part))),
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some([repository.below.clone(), bstr::join("/", parts).into()].concat().into())
}

/// The same with every link but the last part followed; none where it lies outside of the work tree.
fn resolved(repository: &Repository, directory: &Path, argument: &Path) -> Option<BString> {
    let top = repository.top()?.canonicalize().ok()?;
    let parent = directory.join(argument.parent()?).canonicalize().ok()?;
    let path = parent.strip_prefix(top).ok()?.join(argument.file_name()?);
    Some(repository::slashed(&path))
}

/// What the index knows of a path.
enum Tracked {
    /// One file, or each side of a merge that is not resolved; none of a submodule, whose files are in a repository of its own.
    Files(Vec<File>),
    No,
}

fn tracked(
    repository: &Repository,
    index: &gix::index::File,
    path: &BStr,
    head: Option<ObjectId>,
) -> Result<Tracked> {
    let stages = [Stage::Unconflicted, Stage::Base, Stage::Ours, Stage::Theirs];
    let entries = stages.iter().filter_map(|stage| index.entry_by_path_and_stage(path, *stage));
    let mut blobs = Vec::new();
    let mut is_submodule = false;
    for entry in entries {
        is_submodule |= entry.mode == Mode::COMMIT;
        blobs.extend(staged::holds_blob(entry).then_some(entry.id));
    }
    if blobs.is_empty() && index.is_sparse() {
        blobs.extend(in_sparse_directory(repository, index, path)?);
    }
    if blobs.is_empty() && !is_submodule {
        return Ok(Tracked::No);
    }
    let before = staged::blob_at(repository, head, path)?;
    let file = |blob: ObjectId| File {
        path: path.to_owned(),
        bytes: Bytes::Blob(blob.to_string()),
        before: before.map(|id| id.to_string()),
        origins: vec![match before == Some(blob) {
            true => Origin::Index,
            false => Origin::Staged(repository.pending(head.as_ref())),
        }],
    };
    Ok(Tracked::Files(blobs.into_iter().map(file).collect()))
}

/// The blob at a path below a directory that a sparse index holds as one entry.
fn in_sparse_directory(
    repository: &Repository,
    index: &gix::index::File,
    path: &BStr,
) -> Result<Option<ObjectId>> {
    for slash in path.find_iter(b"/") {
        let (directory, name) = path.split_at(slash + 1);
        let entry = index.entry_by_path(directory.as_bstr());
        if let Some(entry) = entry.filter(|entry| entry.mode == Mode::DIR) {
            return staged::blob_at(repository, Some(entry.id), name.as_bstr());
        }
    }
    Ok(None)
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
