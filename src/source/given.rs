//! Files that are named one by one, as pre-commit passes them: a tracked one is read from the index, an untracked one from disk.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Component, Path};

use anyhow::Result;
use bstr::{BStr, BString, ByteSlice};
use gix::ObjectId;
use gix::index::entry::Mode;

use super::repository::{self, Repository};
use super::staged;
use crate::content::{Cause, Unreadable};
use crate::snapshot::{Bytes, File, Mode as FileMode, Origin};

/// The files that these arguments name.
pub(super) fn files(
    repository: Option<(&Repository, &gix::index::File)>,
    directory: &Path,
    arguments: &[OsString],
) -> Result<Vec<File>> {
    let index = repository.map(|(repository, index)| Tracked::of(repository, index)).transpose()?;
    let mut files = Vec::new();
    for argument in arguments {
        let argument = Path::new(argument);
        let mut path = None;
        if let (Some((repository, _)), Some(index)) = (repository, &index) {
            path = as_written(repository, argument);
            if let Some(found) =
                path.as_ref().map(|path| index.at(path.as_bstr())).transpose()?.flatten()
            {
                files.extend(found);
                continue;
            }
            let resolved = resolved(repository, directory, argument);
            if let Some(resolved) = resolved.filter(|resolved| Some(resolved) != path.as_ref()) {
                if let Some(found) = index.at(resolved.as_bstr())? {
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

/// An index, and what in it is staged.
struct Tracked<'a> {
    repository: &'a Repository,
    index: &'a gix::index::File,
    staged: HashMap<BString, Vec<File>>,
}

impl<'a> Tracked<'a> {
    fn of(repository: &'a Repository, index: &'a gix::index::File) -> Result<Tracked<'a>> {
        let mut staged: HashMap<BString, Vec<File>> = HashMap::new();
        for file in staged::files(repository, index)? {
            staged.entry(file.path.clone()).or_default().push(file);
        }
        Ok(Tracked { repository, index, staged })
    }

    /// What is at a path: one file, or each side of a merge that is not resolved; nothing of a submodule, whose files are in a
    /// repository of its own. None where the path is not tracked.
    fn at(&self, path: &BStr) -> Result<Option<Vec<File>>> {
        if let Some(files) = self.staged.get(path) {
            return Ok(Some(files.clone()));
        }
        let blob = match self.index.entry_by_path(path) {
            Some(entry) if entry.mode == Mode::COMMIT => return Ok(Some(Vec::new())),
            Some(entry) => {
                staged::holds_blob(entry).then(|| (staged::mode_of(entry.mode.bits()), entry.id))
            }
            None => self.in_sparse_directory(path)?,
        };
        Ok(blob.map(|(mode, blob)| {
            vec![File {
                path: path.to_owned(),
                bytes: Bytes::Blob(blob.to_string()),
                mode,
                before: Some(blob.to_string()),
                origins: vec![Origin::Index],
            }]
        }))
    }

    /// The blob at a path below a directory that a sparse index holds as one entry.
    fn in_sparse_directory(&self, path: &BStr) -> Result<Option<(FileMode, ObjectId)>> {
        for slash in path.find_iter(b"/").filter(|_| self.index.is_sparse()) {
            let (directory, name) = path.split_at(slash + 1);
            let entry = self.index.entry_by_path(directory.as_bstr());
            if let Some(entry) = entry.filter(|entry| entry.mode == Mode::DIR) {
                return staged::blob_at(self.repository, entry.id, name.as_bstr());
            }
        }
        Ok(None)
    }
}

/// A file that is read from disk: only a regular one is.
pub(super) fn on_disk(path: BString, place: &Path, origin: Origin) -> File {
    let found = place.symlink_metadata();
    let mode = found.as_ref().map_or(FileMode::Unknown, mode_on_disk);
    let bytes = match found {
        Ok(metadata) if metadata.is_file() => Bytes::Disk(place.to_owned()),
        Ok(metadata) if metadata.is_dir() => lacking("it is a directory: name the files in it"),
        Ok(metadata) if metadata.is_symlink() => {
            lacking("it is a symbolic link that is not tracked")
        }
        Ok(_) => lacking("it is a pipe, a socket or a device"),
        Err(error) if error.kind() == ErrorKind::NotFound => lacking("there is no such file"),
        Err(error) => lacking(&format!("it cannot be looked at ({})", error.kind())),
    };
    File { path, bytes, mode, before: None, origins: vec![origin] }
}

/// What a disk has of the permissions of a file.
#[cfg(unix)]
fn mode_on_disk(found: &std::fs::Metadata) -> FileMode {
    use std::os::unix::fs::PermissionsExt;
    match found.permissions().mode() & 0o111 {
        _ if found.is_symlink() => FileMode::Link,
        0 => FileMode::Regular,
        _ => FileMode::Executable,
    }
}

/// Windows has none, and git there takes it from the index.
#[cfg(not(unix))]
fn mode_on_disk(_: &std::fs::Metadata) -> FileMode {
    FileMode::Unknown
}

pub(super) fn lacking(detail: &str) -> Bytes {
    Bytes::Lacking(Unreadable { cause: Cause::Inaccessible, detail: detail.to_owned() })
}
