//! The files that a commit brings: those of its tree that none of its parents has as they are.

use std::cmp::Ordering;
use std::rc::Rc;

use anyhow::{Result, bail};
use bstr::{BString, ByteSlice};
use gix::ObjectId;
use gix::objs::TreeRefIter;
use gix::objs::tree::{EntryKind, EntryRef};

use super::objects::{MAX_TREE, Objects};
use super::room::Room;
use crate::snapshot::Mode;

/// Trees within trees that are followed: git's own bound, `core.maxTreeDepth`.
const MAX_DEPTH: usize = 2048;

/// Bytes of the trees that are gone through at once, each in the one before.
const MAX_HELD: usize = 2 * MAX_TREE;

/// Parents of the usual merge, and bytes of some dozen entries: what more parents there are counts once more for each so many bytes of the tree
/// that they stand beside.
const USUAL_PARENTS: usize = 2;
const FEW_ENTRIES: usize = 512;

/// A file that a commit adds or changes: its content, its mode, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Where it is, from the top.
    pub(super) path: BString,
    /// What git keeps of its permissions.
    pub(super) mode: Mode,
    /// The blob.
    pub(super) blob: ObjectId,
    /// The blob at this path in the first parent.
    pub(super) before: Option<ObjectId>,
}

/// Hands over what a commit brings, in the order of its tree: as `git diff-tree -r -c --root --no-renames` lists it, without what is deleted,
/// and without submodules. What is gone through takes room of the whole run.
///
/// # Errors
///
/// When a tree is not here or is broken, when there are more files or directories than there is room for, and when `take` fails.
pub(super) fn of_commit(
    objects: &Objects,
    commit: ObjectId,
    parents: &[ObjectId],
    room: &mut Room,
    take: &mut dyn FnMut(Change) -> Result<()>,
) -> Result<()> {
    let (path, levels) = (BString::default(), Vec::new());
    let mut comparison = Comparison { objects, room, path, levels, held: 0 };
    comparison.enter(commit, parents.iter().copied().map(Some).collect(), 0)?;
    while let Some(change) = comparison.next()? {
        take(change)?;
    }
    Ok(())
}

/// A walk through the trees of a commit, beside those of its parents.
struct Comparison<'a> {
    objects: &'a Objects,
    room: &'a mut Room,
    /// The directory that is gone through, with a `/` at its end.
    path: BString,
    /// It and the directories that it is in, the innermost last.
    levels: Vec<Level>,
    /// Bytes of their trees.
    held: usize,
}

/// A directory that is gone through.
struct Level {
    tree: Tree,
    /// Those in the same place of the parents: of the first, empty where it has none, and of the others that have one.
    others: Vec<Tree>,
    /// Bytes of the path of the directory that it is in.
    outer: usize,
}

impl Level {
    fn size(&self) -> usize {
        self.others.iter().chain([&self.tree]).map(Tree::size).sum()
    }
}

impl Comparison<'_> {
    /// Begins with a tree and those in the same place of the parents, none where a parent has no tree there. `outer` is the length of the
    /// path of the directory that it is in.
    fn enter(&mut self, id: ObjectId, parents: Vec<Option<ObjectId>>, outer: usize) -> Result<()> {
        if self.levels.len() > MAX_DEPTH {
            bail!("tree {id} stands more than {MAX_DEPTH} directories deep");
        }
        let first = parents.first().is_some_and(Option::is_none).then(Tree::default);
        let parents: Vec<ObjectId> = parents.into_iter().flatten().collect();
        let mut level = Level { tree: self.tree(id)?, others: Vec::from_iter(first), outer };
        self.hold(level.size())?;
        // Each entry is looked for in the trees of all parents.
        let beside = parents.len().saturating_sub(USUAL_PARENTS);
        let again = beside.saturating_mul(level.tree.bytes.len() / FEW_ENTRIES);
        self.room.enter((1 + parents.len()).saturating_add(again))?;
        for parent in parents {
            let other = self.tree(parent)?;
            self.hold(other.size())?;
            level.others.push(other);
        }
        self.levels.push(level);
        Ok(())
    }

    fn hold(&mut self, bytes: usize) -> Result<()> {
        self.held += bytes;
        if self.held > MAX_HELD {
            bail!("directories of over {} MiB are in each other in one commit", MAX_HELD >> 20);
        }
        Ok(())
    }

    fn tree(&self, id: ObjectId) -> Result<Tree> {
        Ok(Tree { bytes: self.objects.directory(id)?, at: 0, hash: id.kind() })
    }

    /// The next file that is in no parent as it is.
    fn next(&mut self) -> Result<Option<Change>> {
        while let Some(level) = self.levels.last_mut() {
            let Level { tree, others, outer } = level;
            // Nearly all entries are as they were. Each tree passes the entry, not only the first that has it.
            while let Some(raw) = tree.raw()
                && others.iter_mut().filter_map(|it| it.skip(raw)).count() > 0
            {
                tree.at += raw.len();
            }
            let Some(entry) = tree.next()? else {
                self.path.truncate(*outer);
                self.held -= self.levels.pop().map_or(0, |it| it.size());
                continue;
            };
            let befores =
                others.iter_mut().map(|it| it.find(&entry)).collect::<Result<Vec<_>>>()?;
            let kind = entry.mode.kind();
            if befores.iter().flatten().any(|it| it.kind == kind && it.id == entry.oid) {
                continue;
            }
            let (length, id) = (self.path.len(), entry.oid.to_owned());
            self.path.extend_from_slice(entry.filename);
            if kind == EntryKind::Tree {
                let trees = befores.iter().map(|it| it.filter(|it| it.kind == EntryKind::Tree));
                let trees = trees.map(|it| it.map(|it| it.id)).collect();
                self.path.push(b'/');
                self.enter(id, trees, length)?;
                continue;
            }
            let path = self.path.clone();
            self.path.truncate(length);
            // A submodule is no file, and takes time all the same.
            self.room.take(path.as_bstr())?;
            if let Some(mode) = mode_of(kind) {
                let before =
                    befores.first().copied().flatten().filter(|it| mode_of(it.kind).is_some());
                let before = before.map(|it| it.id);
                return Ok(Some(Change { path, mode, blob: id, before }));
            }
        }
        Ok(None)
    }
}

/// What git keeps of the permissions of a file; none for what is none.
fn mode_of(kind: EntryKind) -> Option<Mode> {
    match kind {
        EntryKind::Blob => Some(Mode::Regular),
        EntryKind::BlobExecutable => Some(Mode::Executable),
        EntryKind::Link => Some(Mode::Link),
        EntryKind::Tree | EntryKind::Commit => None,
    }
}

/// What a parent has under a name.
#[derive(Clone, Copy)]
struct Before {
    kind: EntryKind,
    id: ObjectId,
}

/// A tree that is gone through, in the order of git. Where that of a parent is not in it, more counts as changed.
struct Tree {
    bytes: Rc<Vec<u8>>,
    /// Where the next entry begins.
    at: usize,
    hash: gix::hash::Kind,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree { bytes: Rc::default(), at: 0, hash: gix::hash::Kind::Sha1 }
    }
}

impl Tree {
    /// Bytes that it takes.
    fn size(&self) -> usize {
        self.bytes.len() + size_of::<Tree>()
    }

    /// The bytes of the next entry: its mode and name up to a zero byte, then its id. None where they are cut.
    fn raw(&self) -> Option<&[u8]> {
        let rest = self.bytes.get(self.at..)?;
        rest.get(..rest.find_byte(0)? + 1 + self.hash.len_in_bytes())
    }

    /// The next entry.
    fn next(&mut self) -> Result<Option<EntryRef<'_>>> {
        let rest = &self.bytes[self.at..];
        let mut entries = TreeRefIter::from_bytes(rest, self.hash);
        let Some(entry) = entries.next() else { return Ok(None) };
        let Ok(entry) = entry else { bail!("a tree is broken: see git fsck") };
        let length = entries.offset_to_next_entry(rest);
        self.at += length;
        Ok(Some(entry))
    }

    /// Passes the next entry if it is this one, byte for byte.
    fn skip(&mut self, raw: &[u8]) -> Option<()> {
        self.bytes[self.at..].starts_with(raw).then(|| self.at += raw.len())
    }

    /// What there is under the name of this entry. Names before it are passed.
    fn find(&mut self, entry: &EntryRef) -> Result<Option<Before>> {
        loop {
            let at = self.at;
            let Some(next) = self.next()? else { return Ok(None) };
            match next.cmp(entry) {
                Ordering::Less => {}
                Ordering::Equal if next.filename == entry.filename => {
                    return Ok(Some(Before { kind: next.mode.kind(), id: next.oid.to_owned() }));
                }
                Ordering::Equal => {}
                Ordering::Greater => {
                    self.at = at;
                    return Ok(None);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
