//! What is staged: the index against the tree of HEAD.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use anyhow::{Result, bail};
use bstr::{BStr, ByteSlice};
use gix::ObjectId;
use gix::index::entry::{Flags, Mode, Stage};
use gix::index::{Entry, extension};
use gix::objs::Kind;
use gix::objs::tree::EntryRef;

use super::objects::{self, entry_at};
use super::repository::Repository;
use super::room::Room;
use crate::snapshot::{Bytes, File, Mode as FileMode, Origin};

/// Trees within trees that are followed: git's own bound, `core.maxTreeDepth`.
const MAX_DEPTH: usize = 2048;

/// The files that differ between the index and the tree of HEAD.
pub(super) fn files(repository: &Repository, index: &gix::index::File) -> Result<Vec<File>> {
    let head = repository.head_tree()?;
    let origin = Origin::Staged(repository.pending(head.as_ref()));
    let mut comparison =
        Comparison { repository, index, origin, files: Vec::new(), room: Room::new() };
    comparison.directory(0..index.entries().len(), b"".as_bstr(), head, index.tree(), 0)?;
    Ok(comparison.files)
}

/// The blob at a path of a tree, with its mode; none where there is none.
pub(super) fn blob_at(
    repository: &Repository,
    tree: ObjectId,
    path: &BStr,
) -> Result<Option<(FileMode, ObjectId)>> {
    let found = entry_at(tree, path, |id| read_tree(repository, id))?;
    let found = found.filter(|(mode, _)| mode.is_blob_or_symlink());
    Ok(found.map(|(mode, id)| (mode_of(mode.value().into()), id)))
}

/// What is said of an index that git did not write.
const OUT_OF_ORDER: &str = "the index is out of order: make it anew with git read-tree";

struct Comparison<'a> {
    repository: &'a Repository,
    index: &'a gix::index::File,
    origin: Origin,
    files: Vec<File>,
    room: Room,
}

/// The entries of a tree of HEAD, gone through once in the order of git: the one in which an index has its files too.
#[derive(Default)]
struct Entries<'a> {
    all: Vec<EntryRef<'a>>,
    next: usize,
}

impl<'a> Entries<'a> {
    fn of(data: &'a [u8], id: ObjectId) -> Result<Entries<'a>> {
        Ok(Entries { all: objects::entries(data, id)?, next: 0 })
    }

    /// The directory or file of this name, which comes after all that were asked for before.
    fn find(&mut self, name: &BStr, is_tree: bool) -> Option<&EntryRef<'a>> {
        while let Some(entry) = self.all.get(self.next) {
            // The usual case first: the index has what the tree has.
            if entry.filename == name && entry.mode.is_tree() == is_tree {
                return self.all.get(self.next);
            }
            match order(entry.filename, entry.mode.is_tree(), name, is_tree) {
                Ordering::Less => self.next += 1,
                Ordering::Equal | Ordering::Greater => return None,
            }
        }
        None
    }
}

/// How git orders two names: that of a directory as if it ended in a slash.
fn order(one: &BStr, one_is_tree: bool, other: &BStr, other_is_tree: bool) -> Ordering {
    let common = one.len().min(other.len());
    let after = |name: &BStr, is_tree: bool| name.get(common).copied().or(is_tree.then_some(b'/'));
    one[..common]
        .cmp(&other[..common])
        .then_with(|| after(one, one_is_tree).cmp(&after(other, other_is_tree)))
        .then_with(|| one.len().cmp(&other.len()))
}

impl Comparison<'_> {
    /// Compares the index entries of this range, which all lie below `prefix`, with a tree.
    ///
    /// `cached` is what the index remembers of the tree they make: where that is the same tree, nothing below differs.
    fn directory(
        &mut self,
        range: Range<usize>,
        prefix: &BStr,
        tree: Option<ObjectId>,
        cached: Option<&extension::Tree>,
        depth: usize,
    ) -> Result<()> {
        let same =
            |cached: &extension::Tree| cached.num_entries.is_some() && Some(cached.id) == tree;
        if cached.is_some_and(same) {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            bail!("directories in the index are nested deeper than {MAX_DEPTH}");
        }
        let data = tree.map(|tree| read_tree(self.repository, tree)).transpose()?;
        let mut before = entries(data.as_deref(), tree)?;
        let children = cached.map(|tree| tree.children.as_slice()).unwrap_or_default();
        let children: HashMap<&[u8], &extension::Tree> =
            children.iter().map(|child| (child.name.as_slice(), child)).collect();
        let mut position = range.start;
        while position < range.end {
            let entry = &self.index.entries()[position];
            let path = entry.path(self.index);
            let Some(name) = path.strip_prefix(prefix.as_bytes()) else { bail!(OUT_OF_ORDER) };
            let Some(slash) = name.find_byte(b'/') else {
                self.file(entry, path, before.find(name.as_bstr(), false))?;
                position += 1;
                continue;
            };
            let below = &path[..=prefix.len() + slash];
            let name = name[..slash].as_bstr();
            let end = position
                + self.index.entries()[position..range.end]
                    .partition_point(|entry| entry.path(self.index).starts_with(below));
            if end == position {
                bail!(OUT_OF_ORDER);
            }
            let old = before.find(name, true).map(|entry| entry.oid.to_owned());
            if entry.mode == Mode::DIR && path.len() == below.len() {
                self.sparse(entry.id, below.as_bstr(), old, depth + 1)?;
                position += 1;
            } else {
                let child = children.get(name.as_bytes()).copied();
                self.directory(position..end, below.as_bstr(), old, child, depth + 1)?;
                position = end;
            }
        }
        Ok(())
    }

    /// A file of the index.
    fn file(&mut self, entry: &Entry, path: &BStr, old: Option<&EntryRef<'_>>) -> Result<()> {
        let unmerged = entry.stage() != Stage::Unconflicted;
        let unchanged = |old: &&EntryRef<'_>| {
            !unmerged && *old.oid == *entry.id && u32::from(old.mode.value()) == entry.mode.bits()
        };
        if !holds_blob(entry) || old.filter(unchanged).is_some() {
            return Ok(());
        }
        self.room.take(path)?;
        let before = old.filter(|old| old.mode.is_blob_or_symlink()).map(|old| old.oid.to_string());
        self.files.push(File {
            path: path.to_owned(),
            bytes: Bytes::Blob(entry.id.to_string()),
            mode: mode_of(entry.mode.bits()),
            before,
            origins: vec![self.origin.clone()],
        });
        Ok(())
    }

    /// A directory that a sparse index holds as one entry: its tree is compared with that of HEAD.
    fn sparse(
        &mut self,
        new: ObjectId,
        prefix: &BStr,
        old: Option<ObjectId>,
        depth: usize,
    ) -> Result<()> {
        if old == Some(new) {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            bail!("directories in the index are nested deeper than {MAX_DEPTH}");
        }
        let data = old.map(|old| read_tree(self.repository, old)).transpose()?;
        let mut before = entries(data.as_deref(), old)?;
        let data = read_tree(self.repository, new)?;
        for entry in Entries::of(&data, new)?.all {
            let mut path = prefix.to_owned();
            path.extend_from_slice(entry.filename);
            let old = before.find(entry.filename, entry.mode.is_tree());
            if entry.mode.is_tree() {
                path.push(b'/');
                let old = old.map(|old| old.oid.to_owned());
                self.sparse(entry.oid.to_owned(), path.as_bstr(), old, depth + 1)?;
            } else if entry.mode.is_blob_or_symlink()
                && old.is_none_or(|old| old.oid != entry.oid || old.mode != entry.mode)
            {
                let before =
                    old.filter(|old| old.mode.is_blob_or_symlink()).map(|old| old.oid.to_string());
                let bytes = Bytes::Blob(entry.oid.to_string());
                self.room.take(path.as_bstr())?;
                let mode = mode_of(entry.mode.value().into());
                let origins = vec![self.origin.clone()];
                self.files.push(File { path, bytes, mode, before, origins });
            }
        }
        Ok(())
    }
}

/// Whether an index entry has bytes that are about to be committed: a submodule has none here, and what is only
/// intended to be added has none yet.
pub(super) fn holds_blob(entry: &Entry) -> bool {
    entry.mode != Mode::COMMIT
        && entry.mode != Mode::DIR
        && !entry.flags.contains(Flags::INTENT_TO_ADD)
}

/// The mode that git has as a number.
pub(super) fn mode_of(bits: u32) -> FileMode {
    FileMode::of_octal(format!("{bits:06o}").as_bytes())
}

/// The bytes of a tree.
fn read_tree(repository: &Repository, id: ObjectId) -> Result<Rc<Vec<u8>>> {
    match repository.objects()?.find(&id)? {
        Some((Kind::Tree, bytes)) => Ok(bytes),
        Some((kind, _)) => bail!("object {id} is a {kind}, not a tree: see git fsck"),
        None => bail!("tree {id} is not in this clone: fetch it first (is this a partial clone?)"),
    }
}

/// The entries of a tree; none where there is no tree.
fn entries(data: Option<&Vec<u8>>, id: Option<ObjectId>) -> Result<Entries<'_>> {
    data.zip(id).map_or_else(|| Ok(Entries::default()), |(data, id)| Entries::of(data, id))
}
