//! Objects by id: the size and first bytes of a blob without the rest, or all of it.

mod pack;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use bstr::{BStr, ByteSlice};
use gix::objs::tree::{EntryMode, EntryRef};
use gix::odb::loose;
use gix::zlib::{Inflate, Status};
use gix::{ObjectId, objs};

use self::pack::{Object, Packs};

/// Bytes of a loose object's own header at most: its type, a blank, its size in digits, a NUL.
const LOOSE_HEADER: usize = 32;

/// Bytes of a tree: those of the largest repositories known have a few MiB.
pub(super) const MAX_TREE: usize = 256 << 20;

/// Trees that are kept to be looked into again, in number and (but for the last one) in bytes: those on the way to a file.
const MAX_DIRECTORIES: usize = 256;
const MAX_KEPT: usize = 8 << 20;

/// A repository's objects. Replace refs are ignored, and nothing is fetched.
pub(crate) struct Objects {
    hash: gix::hash::Kind,
    /// Those that the environment names, then those of the repository. Git sets the former while what is pushed waits to be let in, and most of
    /// what is then read is there.
    stores: Vec<gix::odb::Handle>,
    loose: Vec<loose::Store>,
    packs: OnceCell<Packs>,
    /// Trees that were asked for, by their id or that of their commit.
    directories: RefCell<HashMap<ObjectId, Rc<Vec<u8>>>>,
}

impl Objects {
    /// Those of a repository, and in further object directories.
    pub(super) fn of(repository: &gix::Repository, others: &[PathBuf]) -> Result<Objects> {
        let hash = repository.object_hash();
        let mut stores: Vec<gix::odb::Handle> = others
            .iter()
            .map(|directory| gix::odb::at(directory, hash))
            .collect::<Result<_, _>>()
            .context("cannot open an object directory that the environment names")?;
        // Nothing is added to what git set apart for this push; in a repository there may be a new pack.
        stores.iter_mut().for_each(|it| it.refresh_never());
        stores.push(repository.objects.clone().into_inner());
        let mut directories = Vec::new();
        for store in stores.iter().map(|it| it.store_ref()) {
            directories.push(store.path().to_owned());
            directories
                .extend(store.alternate_db_paths().map_err(|error| anyhow!("{error}")).context(
                "cannot read the list of alternate object directories (objects/info/alternates)",
            )?);
        }
        let loose =
            directories.into_iter().map(|directory| loose::Store::at(directory, hash)).collect();
        Ok(Objects { hash, stores, loose, packs: OnceCell::new(), directories: RefCell::default() })
    }

    /// The kind and the bytes of an object, or none where this clone lacks it.
    pub(super) fn find(&self, id: &ObjectId) -> Result<Option<Object>> {
        if let Some(found) = self.packs().find(id) {
            return Ok(Some(found));
        }
        for store in &self.stores {
            let mut bytes = Vec::new();
            let found = objs::Find::try_find(store, id, &mut bytes);
            if let Some(kind) = found.map_err(|error| anyhow!("{error}"))?.map(|data| data.kind) {
                return Ok(Some((kind, Rc::new(bytes))));
            }
        }
        Ok(None)
    }

    /// The size of a blob, or none where this clone lacks it. It is not read for that.
    pub(crate) fn size_of(&self, id: &str) -> Result<Option<u64>> {
        self.size(&parse(id)?)
    }

    fn size(&self, id: &ObjectId) -> Result<Option<u64>> {
        for store in &self.stores {
            match gix::odb::Header::try_header(store, id).map_err(|it| anyhow!("{it}"))? {
                Some(header) if header.kind() == objs::Kind::Blob => {
                    return Ok(Some(header.size()));
                }
                Some(header) => bail!("object {id} is a {}, not a blob", header.kind()),
                None => {}
            }
        }
        Ok(None)
    }

    /// The blob at a path of a commit or tree; none where there is none, or where this clone cannot tell.
    pub(crate) fn blob_at(&self, id: &str, path: &BStr) -> Option<String> {
        let (mode, id) = entry_at(parse(id).ok()?, path, |id| self.directory(id)).ok()??;
        mode.is_blob().then(|| id.to_string())
    }

    /// The bytes of a tree, or of that of a commit. The same few are asked for again and again: they are kept.
    ///
    /// # Errors
    ///
    /// When it is not here, cannot be read, or is no tree.
    pub(super) fn directory(&self, id: ObjectId) -> Result<Rc<Vec<u8>>> {
        if let Some(known) = self.directories.borrow().get(&id) {
            return Ok(Rc::clone(known));
        }
        let bytes = match self.part_of_commit(id)? {
            (objs::Kind::Commit, bytes) => {
                let tree = objs::CommitRefIter::from_bytes(&bytes, id.kind()).tree_id();
                let tree = tree.map_err(|_| anyhow!("commit {id} is broken: see git fsck"))?;
                self.part_of_commit(tree)?
            }
            found => found,
        };
        let (objs::Kind::Tree, bytes) = bytes else { bail!("object {id} is no tree") };
        let mut directories = self.directories.borrow_mut();
        let kept: usize = directories.values().map(|it: &Rc<Vec<u8>>| it.len()).sum();
        if directories.len() >= MAX_DIRECTORIES || kept >= MAX_KEPT {
            directories.clear();
        }
        directories.insert(id, Rc::clone(&bytes));
        Ok(bytes)
    }

    /// A commit, or a tree. One in no pack, or that is large there, is asked for its size first.
    fn part_of_commit(&self, id: ObjectId) -> Result<Object> {
        if let Some(found) = self.packs().find(&id) {
            return Ok(found);
        }
        let find = || {
            for store in &self.stores {
                let header =
                    gix::odb::Header::try_header(store, &id).map_err(|it| anyhow!("{it}"))?;
                if header.is_some_and(|it| it.size() > MAX_TREE as u64) {
                    bail!("object {id} has over {} MiB", MAX_TREE >> 20);
                }
            }
            self.find(&id)
        };
        let lacking = "is this a partial clone without trees?";
        find()
            .with_context(|| format!("tree {id} cannot be read"))?
            .with_context(|| format!("tree {id} cannot be read: it is not here ({lacking})"))
    }

    /// All bytes of a blob, or none where this clone lacks it.
    pub(crate) fn read(&self, id: &str) -> Result<Option<Vec<u8>>> {
        self.whole(&parse(id)?)
    }

    fn whole(&self, id: &ObjectId) -> Result<Option<Vec<u8>>> {
        match self.find(id)? {
            Some((objs::Kind::Blob, bytes)) => Ok(Some(Rc::unwrap_or_clone(bytes))),
            Some((kind, _)) => bail!("object {id} is a {kind}, not a blob"),
            None => Ok(None),
        }
    }

    /// The size of a blob and its first `want` bytes, or all of it where that has no more than `whole`; none where this clone lacks it.
    pub(crate) fn start(
        &self,
        id: &str,
        want: usize,
        whole: u64,
    ) -> Result<Option<(u64, Vec<u8>)>> {
        if whole > 0 && self.size_of(id)?.is_some_and(|size| size <= whole) {
            return Ok(self.read(id)?.map(|bytes| (bytes.len() as u64, bytes)));
        }
        self.prefix(id, want)
    }

    /// The size of a blob and its first `want` bytes (fewer where it is shorter), or none where this clone lacks it.
    ///
    /// Only so much is inflated as these bytes need: of a packed delta the instructions that yield them, and as much of its base
    /// as those copy from.
    pub(crate) fn prefix(&self, id: &str, want: usize) -> Result<Option<(u64, Vec<u8>)>> {
        let id = &parse(id)?;
        for store in &self.loose {
            if let Some(found) = loose_prefix(&store.object_path(id), want) {
                return Ok(Some(found));
            }
        }
        if let Some(bytes) = self.packs().prefix(id, want)
            && let Some(size) = self.size(id)?
        {
            return Ok(Some((size, bytes)));
        }
        // What the quick ways do not understand is read whole: slower, never wrong.
        Ok(self.whole(id)?.map(|mut bytes| {
            let size = bytes.len() as u64;
            bytes.truncate(want);
            (size, bytes)
        }))
    }

    fn packs(&self) -> &Packs {
        self.packs
            .get_or_init(|| Packs::of(self.loose.iter().map(|it| it.path().to_owned()), self.hash))
    }
}

/// The entries of a tree.
pub(super) fn entries(bytes: &[u8], id: ObjectId) -> Result<Vec<EntryRef<'_>>> {
    objs::TreeRefIter::from_bytes(bytes, id.kind())
        .collect::<Result<_, _>>()
        .map_err(|_| anyhow!("tree {id} is broken: see git fsck"))
}

/// The entry at a path below a tree, of which `read` yields the bytes; none where there is none.
pub(super) fn entry_at(
    mut tree: ObjectId,
    path: &BStr,
    read: impl Fn(ObjectId) -> Result<Rc<Vec<u8>>>,
) -> Result<Option<(EntryMode, ObjectId)>> {
    let mut parts = path.split_str(b"/").peekable();
    while let Some(name) = parts.next() {
        let bytes = read(tree)?;
        let found = entries(&bytes, tree)?.into_iter().find(|it| it.filename == name);
        match found.map(|it| (it.mode, it.oid.to_owned())) {
            Some((mode, id)) if parts.peek().is_some() && mode.is_tree() => tree = id,
            Some(found) if parts.peek().is_none() => return Ok(Some(found)),
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// An id from its hexadecimal digits.
pub(super) fn parse(id: &str) -> Result<ObjectId> {
    ObjectId::from_hex(id.as_bytes()).map_err(|error| anyhow!("{error}"))
}

/// The size and first bytes of a loose blob; none where there is no such file or it is not understood.
fn loose_prefix(path: &std::path::Path, want: usize) -> Option<(u64, Vec<u8>)> {
    // Deflated bytes are hardly longer than what they inflate to: 5 bytes in 64 KiB and a few for the header.
    let mut deflated = Vec::with_capacity(want + 4 * LOOSE_HEADER);
    std::fs::File::open(path)
        .ok()?
        .take(deflated.capacity() as u64)
        .read_to_end(&mut deflated)
        .ok()?;
    let mut bytes = vec![0; want + LOOSE_HEADER];
    let (status, _, length) = Inflate::default().prefix(&deflated, &mut bytes).ok()?;
    bytes.truncate(length);
    let (kind, size, header) = objs::decode::loose_header(&bytes).ok()?;
    bytes.drain(..header);
    let expected = want.min(usize::try_from(size).unwrap_or(usize::MAX));
    let whole = bytes.len() >= expected || status == Status::StreamEnd;
    bytes.truncate(want);
    (kind == objs::Kind::Blob && whole && bytes.len() == expected).then_some((size, bytes))
}

#[cfg(test)]
mod tests;
