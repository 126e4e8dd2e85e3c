//! The bytes of a snapshot's files, and their neighbours: from the object store, the index, the disk.

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::io::Read;
use std::path::PathBuf;
use std::rc::Rc;

use bstr::{BStr, BString, ByteSlice};

use super::git::Git;
use super::given::lacking;
use super::objects::Objects;
use super::repository::native;
use crate::content::{Cause, Pointer, Unreadable};
use crate::snapshot::{Bytes, File, Origin};

/// Reads for a snapshot.
pub(crate) struct Reader {
    /// Where blobs are; none outside of a repository.
    pub(super) objects: Option<Rc<Objects>>,
    /// The index that the snapshot was taken from, where it was.
    pub(super) index: Option<gix::index::File>,
    /// Where Git LFS keeps objects; none outside of a repository.
    pub(super) lfs: Option<PathBuf>,
    /// The top of the work tree; none where there is none.
    pub(super) top: Option<PathBuf>,
    /// Where git finds the repository; none outside of one.
    pub(super) place: Option<PathBuf>,
    /// The git program there, once something was asked of it; none where it cannot be.
    pub(super) git: OnceCell<Option<Git>>,
}

impl Reader {
    /// The size of a file and its first `want` bytes; all of it where that has no more than `whole`, or than `want`.
    pub(crate) fn start(
        &self,
        bytes: &Bytes,
        want: usize,
        whole: u64,
    ) -> Result<(u64, Vec<u8>), Unreadable> {
        match bytes {
            Bytes::Blob(id) => self.object(|objects| objects.start(id, want, whole)),
            Bytes::Disk(path) => {
                let opened = std::fs::File::open(path).map_err(inaccessible)?;
                let size = opened.metadata().map_err(inaccessible)?.len();
                let want = if size <= whole { whole } else { want as u64 };
                let mut start = Vec::new();
                opened.take(want).read_to_end(&mut start).map_err(inaccessible)?;
                // It may have grown meanwhile.
                Ok((size.max(start.len() as u64), start))
            }
            Bytes::Lacking(unreadable) => Err(unreadable.clone()),
        }
    }

    /// All bytes of a file of no more than `bound`.
    pub(crate) fn read(&self, bytes: &Bytes, bound: u64) -> Result<Vec<u8>, Unreadable> {
        match bytes {
            Bytes::Blob(id) => {
                // An object is read whole or not at all, and a few bytes of zeros in git may be gigabytes.
                let size = self.object(|objects| objects.size_of(id))?;
                within(bound, size)?;
                self.object(|objects| objects.read(id))
            }
            Bytes::Disk(path) => {
                let opened = std::fs::File::open(path).map_err(inaccessible)?;
                within(bound, opened.metadata().map_err(inaccessible)?.len())?;
                let mut whole = Vec::new();
                let mut opened = opened.take(bound.saturating_add(1));
                opened.read_to_end(&mut whole).map_err(inaccessible)?;
                // It may have grown meanwhile.
                within(bound, whole.len() as u64)?;
                Ok(whole)
            }
            Bytes::Lacking(unreadable) => Err(unreadable.clone()),
        }
    }

    /// The file beside this one whose name is its own and this ending, where the same commit, tree, index or disk has one.
    pub(crate) fn beside(&self, file: &File, ending: &str) -> Option<Bytes> {
        let path = BString::from([file.path.as_bytes(), ending.as_bytes()].concat());
        if let Bytes::Disk(disk) = &file.bytes {
            let mut disk = disk.clone().into_os_string();
            disk.push(ending);
            return on_disk(disk.into());
        }
        self.in_git(file, path.as_bstr())
    }

    /// The file at a path from the top of the repository, where the same commit, tree, index or work tree has one.
    pub(crate) fn neighbour(&self, file: &File, path: &BStr) -> Option<Bytes> {
        match file.origins.first()? {
            Origin::Tracked | Origin::Untracked => {
                let path = self.top.as_ref()?.join(native(path));
                let is_link = path.is_symlink();
                on_disk(path).or(is_link.then(|| lacking("it is a symbolic link")))
            }
            _ => self.in_git(file, path),
        }
    }

    /// Whether git ignores what is at a path of the work tree, so that it would not be added.
    pub(crate) fn is_ignored(&self, path: &BStr) -> bool {
        let git = self.git.get_or_init(|| Git::at(self.place.as_ref()?).ok());
        let (Some(git), Some(top)) = (git, &self.top) else { return false };
        let path = top.join(native(path));
        let arguments = ["check-ignore", "--quiet", "--"].map(OsStr::new);
        let answer = git.output(arguments.into_iter().chain([path.as_os_str()]));
        answer.is_ok_and(|it| it.status.success())
    }

    fn in_git(&self, file: &File, path: &BStr) -> Option<Bytes> {
        let objects = self.objects.as_deref()?;
        let id = match file.origins.first()? {
            Origin::Staged(_) | Origin::Index => {
                let index = self.index.as_ref()?;
                match index.entry_by_path(path) {
                    Some(entry) => entry.id.to_string(),
                    None => in_sparse(index, objects, path)?,
                }
            }
            Origin::Commit { id, .. } | Origin::Arriving { commit: id, .. } => {
                objects.blob_at(id, path)?
            }
            Origin::Tree { tree, .. } => objects.blob_at(tree, path)?,
            Origin::Tracked | Origin::Untracked | Origin::Disk | Origin::Named { .. } => {
                return None;
            }
        };
        Some(Bytes::Blob(id))
    }

    /// The content that a pointer stands for, where it is on this machine.
    pub(crate) fn held(&self, pointer: &Pointer) -> Option<Bytes> {
        // https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, "Local storage": objects/OID[0:2]/OID[2:4]/OID.
        let (store, id) = (self.lfs.as_ref()?, pointer.id.as_deref()?);
        let path = store.join("objects").join(id.get(..2)?).join(id.get(2..4)?).join(id);
        on_disk(path)
    }

    /// What the attributes of a path say that changes its content on its way into git: `filter=lfs`.
    pub(crate) fn filters(&self, path: &BStr) -> Vec<String> {
        let path = path.to_os_str_lossy();
        let arguments = ["check-attr", "-z", "filter", "working-tree-encoding", "--"];
        let arguments = arguments.into_iter().map(OsStr::new).chain([path.as_ref()]);
        // It is said beside a finding, and is no reason to have none.
        let git = self.git.get_or_init(|| Git::at(self.place.as_ref()?).ok());
        let Some(Ok(answer)) = git.as_ref().map(|it| it.bytes(arguments)) else {
            return Vec::new();
        };
        let fields: Vec<&[u8]> = answer.split_str(b"\0").collect();
        let (answers, _) = fields.as_chunks::<3>();
        let told = answers
            .iter()
            .filter(|[_, _, value]| !matches!(*value, b"unspecified" | b"unset" | b"set"));
        told.map(|[_, name, value]| format!("{}={}", name.to_str_lossy(), value.to_str_lossy()))
            .collect()
    }

    fn object<T>(
        &self,
        read: impl FnOnce(&Objects) -> anyhow::Result<Option<T>>,
    ) -> Result<T, Unreadable> {
        let detail = match self.objects.as_deref().map_or(Ok(None), read) {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => {
                "its object is not in this clone (a partial clone?): fetch it first".to_owned()
            }
            Err(error) => format!("its object cannot be read ({error:#}): see git fsck"),
        };
        Err(Unreadable { cause: Cause::Inaccessible, detail })
    }
}

/// The blob at a path of a directory that a sparse index has in one entry.
fn in_sparse(index: &gix::index::File, objects: &Objects, path: &BStr) -> Option<String> {
    path.find_iter(b"/").find_map(|slash| {
        let (directory, rest) = path.split_at(slash + 1);
        let entry = index.entry_by_path(directory.as_bstr())?;
        let is_directory = entry.mode == gix::index::entry::Mode::DIR;
        is_directory.then(|| objects.blob_at(&entry.id.to_string(), rest.as_bstr()))?
    })
}

/// A regular file on disk.
fn on_disk(path: PathBuf) -> Option<Bytes> {
    path.symlink_metadata().is_ok_and(|it| it.is_file()).then_some(Bytes::Disk(path))
}

/// Refuses what is larger than may be read.
fn within(bound: u64, size: u64) -> Result<(), Unreadable> {
    if size <= bound {
        return Ok(());
    }
    Err(Unreadable::too_large(size, bound))
}

fn inaccessible(error: std::io::Error) -> Unreadable {
    Unreadable {
        cause: Cause::Inaccessible,
        detail: format!("it cannot be read ({})", error.kind()),
    }
}
