//! What is staged: the index against the tree of HEAD.

use std::ops::Range;

use anyhow::{Context, Result, anyhow, bail};
use bstr::{BStr, BString, ByteSlice};
use gix::ObjectId;
use gix::index::entry::{Flags, Mode, Stage};
use gix::index::{Entry, extension};
use gix::objs::tree::EntryMode;
use gix::objs::{Kind, TreeRefIter};

use super::repository::Repository;
use crate::snapshot::{Bytes, File, Origin};

/// Trees within trees that are followed: git's own bound, `core.maxTreeDepth`.
const MAX_DEPTH: usize = 2048;

/// The files that differ between the index and the tree of HEAD.
pub(super) fn files(repository: &Repository, index: &gix::index::File) -> Result<Vec<File>> {
    let head = repository.head_tree()?;
    let origin = Origin::Staged(repository.pending(head.as_ref()));
    let mut comparison = Comparison { repository, index, origin, files: Vec::new() };
    comparison.directory(0..index.entries().len(), b"".as_bstr(), head, index.tree(), 0)?;
    Ok(comparison.files)
}

/// The blob at a path of a tree; none where there is none.
pub(super) fn blob_at(
    repository: &Repository,
    tree: Option<ObjectId>,
    path: &BStr,
) -> Result<Option<ObjectId>> {
    let Some(mut tree) = tree else { return Ok(None) };
    let mut parts = path.split_str(b"/").peekable();
    while let Some(name) = parts.next() {
        let entries = read_tree(repository, tree)?;
        let Some(found) = find(&entries, name.as_bstr()) else { return Ok(None) };
        match (parts.peek().is_some(), found.mode.is_tree()) {
            (true, true) => tree = found.id,
            (false, _) => return Ok(found.mode.is_blob_or_symlink().then_some(found.id)),
            _ => return Ok(None),
        }
    }
    Ok(None)
}

struct Comparison<'a> {
    repository: &'a Repository,
    index: &'a gix::index::File,
    origin: Origin,
    files: Vec<File>,
}

/// An entry of a tree of HEAD.
struct TreeEntry {
    name: BString,
    mode: EntryMode,
    id: ObjectId,
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
        let before =
            tree.map(|tree| read_tree(self.repository, tree)).transpose()?.unwrap_or_default();
        let mut position = range.start;
        while position < range.end {
            let entry = &self.index.entries()[position];
            let path = entry.path(self.index);
            let name = &path[prefix.len()..];
            let Some(slash) = name.find_byte(b'/') else {
                self.file(entry, path, find(&before, name.as_bstr()));
                position += 1;
                continue;
            };
            let below = &path[..=prefix.len() + slash];
            let name = name[..slash].as_bstr();
            let end = position
                + self.index.entries()[position..range.end]
                    .partition_point(|entry| entry.path(self.index).starts_with(below));
            let old =
                find(&before, name).filter(|entry| entry.mode.is_tree()).map(|entry| entry.id);
            if entry.mode == Mode::DIR && path.len() == below.len() {
                self.sparse(entry.id, below.as_bstr(), old, depth + 1)?;
                position += 1;
            } else {
                let child = cached
                    .and_then(|tree| tree.children.iter().find(|it| it.name.as_slice() == name));
                self.directory(position..end, below.as_bstr(), old, child, depth + 1)?;
                position = end;
            }
        }
        Ok(())
    }

    /// A file of the index.
    fn file(&mut self, entry: &Entry, path: &BStr, old: Option<&TreeEntry>) {
        let unmerged = entry.stage() != Stage::Unconflicted;
        let unchanged = |old: &&TreeEntry| {
            !unmerged && old.id == entry.id && u32::from(old.mode.value()) == entry.mode.bits()
        };
        if !holds_blob(entry) || old.filter(unchanged).is_some() {
            return;
        }
        let before = old.filter(|old| old.mode.is_blob_or_symlink()).map(|old| old.id.to_string());
        self.files.push(File {
            path: path.to_owned(),
            bytes: Bytes::Blob(entry.id.to_string()),
            before,
            origins: vec![self.origin.clone()],
        });
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
        let before =
            old.map(|old| read_tree(self.repository, old)).transpose()?.unwrap_or_default();
        for entry in read_tree(self.repository, new)? {
            let mut path = prefix.to_owned();
            path.extend_from_slice(&entry.name);
            let old = find(&before, entry.name.as_bstr());
            if entry.mode.is_tree() {
                path.push(b'/');
                let old = old.filter(|old| old.mode.is_tree()).map(|old| old.id);
                self.sparse(entry.id, path.as_bstr(), old, depth + 1)?;
            } else if entry.mode.is_blob_or_symlink()
                && old.is_none_or(|old| old.id != entry.id || old.mode != entry.mode)
            {
                let before =
                    old.filter(|old| old.mode.is_blob_or_symlink()).map(|old| old.id.to_string());
                let bytes = Bytes::Blob(entry.id.to_string());
                self.files.push(File { path, bytes, before, origins: vec![self.origin.clone()] });
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

/// The entries of a tree, sorted by name.
fn read_tree(repository: &Repository, id: ObjectId) -> Result<Vec<TreeEntry>> {
    let (kind, bytes) = repository.objects()?.find(&id)?.with_context(|| {
        format!("tree {id} is not in this clone: fetch it first (is this a partial clone?)")
    })?;
    if kind != Kind::Tree {
        bail!("object {id} is a {kind}, not a tree: see git fsck");
    }
    let mut entries = Vec::new();
    for entry in TreeRefIter::from_bytes(&bytes, id.kind()) {
        let entry = entry.map_err(|_| anyhow!("tree {id} is broken: see git fsck"))?;
        entries.push(TreeEntry {
            name: entry.filename.to_owned(),
            mode: entry.mode,
            id: entry.oid.to_owned(),
        });
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

fn find<'a>(entries: &'a [TreeEntry], name: &BStr) -> Option<&'a TreeEntry> {
    let position = entries.binary_search_by(|entry| entry.name.as_bstr().cmp(name)).ok()?;
    entries.get(position)
}
