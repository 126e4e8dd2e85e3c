//! Objects by id: the size and first bytes of a blob without the rest, or all of it.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};
use bstr::{BStr, ByteSlice};
use gix::objs::tree::{EntryMode, EntryRef};
use gix::odb::loose;
use gix::odb::pack::{data, index};
use gix::zlib::{Inflate, Status};
use gix::{ObjectId, objs};

/// Bytes of a loose object's own header at most: its type, a blank, its size in digits, a NUL.
const LOOSE_HEADER: usize = 32;

/// Deltas in a row that a prefix is followed through; git packs at most 50 by default.
const MAX_DEPTH: usize = 1000;

/// Bytes of one delta base that are inflated for a prefix; past it the whole object is read.
const MAX_BASE: usize = 1 << 20;

/// Trees that are kept to be looked into again, in number and (but for the last one) in bytes: those on the way to a file.
const MAX_DIRECTORIES: usize = 256;
const MAX_KEPT: usize = 16 << 20;

/// A repository's objects. Replace refs are ignored, and nothing is fetched.
pub(crate) struct Objects {
    repository: gix::Repository,
    /// Those that the environment names: git sets them while what is pushed waits to be let in.
    others: Vec<gix::odb::Handle>,
    loose: Vec<loose::Store>,
    packs: OnceCell<Vec<Pack>>,
    /// Trees that were asked for, by their id or that of their commit.
    directories: RefCell<HashMap<ObjectId, Rc<[u8]>>>,
}

/// A pack whose data is mapped once something in it is asked for.
struct Pack {
    index: index::File,
    path: PathBuf,
    data: OnceCell<data::File>,
}

impl Objects {
    /// Those of a repository, and in further object directories.
    pub(super) fn of(repository: &gix::Repository, others: &[PathBuf]) -> Result<Objects> {
        let hash = repository.object_hash();
        let others: Vec<gix::odb::Handle> = others
            .iter()
            .map(|directory| gix::odb::at(directory, hash))
            .collect::<Result<_, _>>()
            .context("cannot open an object directory that the environment names")?;
        let mut directories = Vec::new();
        let stores = others.iter().map(|other| other.store_ref());
        for store in std::iter::once(repository.objects.store_ref()).chain(stores) {
            directories.push(store.path().to_owned());
            directories
                .extend(store.alternate_db_paths().map_err(|error| anyhow!("{error}")).context(
                "cannot read the list of alternate object directories (objects/info/alternates)",
            )?);
        }
        let loose =
            directories.into_iter().map(|directory| loose::Store::at(directory, hash)).collect();
        Ok(Objects {
            repository: repository.clone(),
            others,
            loose,
            packs: OnceCell::new(),
            directories: RefCell::default(),
        })
    }

    /// The kind and the bytes of an object, or none where this clone lacks it.
    pub(super) fn find(&self, id: &ObjectId) -> Result<Option<(objs::Kind, Vec<u8>)>> {
        let object = self.repository.try_find_object(*id).map_err(|error| anyhow!("{error}"))?;
        if let Some(object) = object.map(gix::Object::detach) {
            return Ok(Some((object.kind, object.data)));
        }
        for other in &self.others {
            let mut bytes = Vec::new();
            let found = objs::Find::try_find(other, id, &mut bytes);
            if let Some(kind) = found.map_err(|error| anyhow!("{error}"))?.map(|data| data.kind) {
                return Ok(Some((kind, bytes)));
            }
        }
        Ok(None)
    }

    /// The size of a blob, or none where this clone lacks it. It is not read for that.
    pub(crate) fn size_of(&self, id: &str) -> Result<Option<u64>> {
        self.size(&parse(id)?)
    }

    fn size(&self, id: &ObjectId) -> Result<Option<u64>> {
        let mut header =
            self.repository.try_find_header(*id).map_err(|error| anyhow!("{error}"))?;
        for other in &self.others {
            if header.is_none() {
                header = gix::odb::Header::try_header(other, id).map_err(|it| anyhow!("{it}"))?;
            }
        }
        match header {
            Some(header) if header.kind() == objs::Kind::Blob => Ok(Some(header.size())),
            Some(header) => bail!("object {id} is a {}, not a blob", header.kind()),
            None => Ok(None),
        }
    }

    /// The blob at a path of a commit or tree; none where there is none, or where this clone cannot tell.
    pub(crate) fn blob_at(&self, id: &str, path: &BStr) -> Option<String> {
        let read = |id| self.directory(id).context("there is no such tree");
        let (mode, id) = entry_at(parse(id).ok()?, path, read).ok()??;
        mode.is_blob().then(|| id.to_string())
    }

    /// The bytes of a tree, or of that of a commit. The same few are asked for again and again: they are kept.
    pub(super) fn directory(&self, id: ObjectId) -> Option<Rc<[u8]>> {
        if let Some(known) = self.directories.borrow().get(&id) {
            return Some(Rc::clone(known));
        }
        let (kind, bytes) = self.find(&id).ok()??;
        let bytes = match kind {
            objs::Kind::Tree => Rc::from(bytes),
            objs::Kind::Commit => {
                let commit = objs::CommitRefIter::from_bytes(&bytes, id.kind()).tree_id();
                let (kind, bytes) = self.find(&commit.ok()?).ok()??;
                (kind == objs::Kind::Tree).then(|| Rc::from(bytes))?
            }
            objs::Kind::Blob | objs::Kind::Tag => return None,
        };
        let mut directories = self.directories.borrow_mut();
        let kept: usize = directories.values().map(|it: &Rc<[u8]>| it.len()).sum();
        if directories.len() >= MAX_DIRECTORIES || kept >= MAX_KEPT {
            directories.clear();
        }
        directories.insert(id, Rc::clone(&bytes));
        Some(bytes)
    }

    /// All bytes of a blob, or none where this clone lacks it.
    pub(crate) fn read(&self, id: &str) -> Result<Option<Vec<u8>>> {
        self.whole(&parse(id)?)
    }

    fn whole(&self, id: &ObjectId) -> Result<Option<Vec<u8>>> {
        match self.find(id)? {
            Some((objs::Kind::Blob, bytes)) => Ok(Some(bytes)),
            Some((kind, _)) => bail!("object {id} is a {kind}, not a blob"),
            None => Ok(None),
        }
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
        for pack in self.packs() {
            let Some(position) = pack.index.lookup(id) else { continue };
            let offset = pack.index.pack_offset_at_index(position);
            if let Some(bytes) =
                pack.data().and_then(|data| packed_prefix(&pack.index, data, offset, want, 0))
                && let Some(size) = self.size(id)?
            {
                return Ok(Some((size, bytes)));
            }
        }
        // What the quick ways do not understand is read whole: slower, never wrong.
        Ok(self.whole(id)?.map(|mut bytes| {
            let size = bytes.len() as u64;
            bytes.truncate(want);
            (size, bytes)
        }))
    }

    fn packs(&self) -> &[Pack] {
        self.packs.get_or_init(|| {
            let hash = self.repository.object_hash();
            let directories =
                self.loose.iter().filter_map(|store| store.path().join("pack").read_dir().ok());
            let mut paths: Vec<PathBuf> = directories
                .flatten()
                .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                .collect();
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "idx"));
            paths.sort();
            let packs = paths.into_iter().filter_map(|path| {
                let index = index::File::at(&path, hash).ok()?;
                Some(Pack { index, path: path.with_extension("pack"), data: OnceCell::new() })
            });
            packs.collect()
        })
    }
}

/// The entries of a tree.
pub(super) fn entries(bytes: &[u8], id: ObjectId) -> Result<Vec<EntryRef<'_>>> {
    objs::TreeRefIter::from_bytes(bytes, id.kind())
        .collect::<Result<_, _>>()
        .map_err(|_| anyhow!("tree {id} is broken: see git fsck"))
}

/// The entry at a path below a tree, of which `read` yields the bytes; none where there is none.
pub(super) fn entry_at<B: AsRef<[u8]>>(
    mut tree: ObjectId,
    path: &BStr,
    read: impl Fn(ObjectId) -> Result<B>,
) -> Result<Option<(EntryMode, ObjectId)>> {
    let mut parts = path.split_str(b"/").peekable();
    while let Some(name) = parts.next() {
        let bytes = read(tree)?;
        let found = entries(bytes.as_ref(), tree)?.into_iter().find(|it| it.filename == name);
        match found.map(|it| (it.mode, it.oid.to_owned())) {
            Some((mode, id)) if parts.peek().is_some() && mode.is_tree() => tree = id,
            Some(found) if parts.peek().is_none() => return Ok(Some(found)),
            _ => return Ok(None),
        }
    }
    Ok(None)
}

fn parse(id: &str) -> Result<ObjectId> {
    ObjectId::from_hex(id.as_bytes()).map_err(|error| anyhow!("{error}"))
}

impl Pack {
    fn data(&self) -> Option<&data::File> {
        if self.data.get().is_none() {
            let data = data::File::at(&self.path, self.index.object_hash()).ok()?;
            let _ = self.data.set(data);
        }
        self.data.get()
    }
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

/// The first bytes of the object at this offset of a pack; none where the pack is not understood or a bound is met.
fn packed_prefix(
    index: &index::File,
    pack: &data::File,
    offset: u64,
    want: usize,
    depth: usize,
) -> Option<Vec<u8>> {
    use data::entry::Header;
    if depth > MAX_DEPTH || want > MAX_BASE {
        return None;
    }
    let entry = pack.entry(offset).ok()?;
    let deflated = pack.entry_slice(entry.data_offset..pack.pack_end() as u64)?;
    let base = match entry.header {
        Header::Blob => {
            let expected = want.min(usize::try_from(entry.decompressed_size).ok()?);
            let bytes = inflate(deflated, want)?;
            return (bytes.len() == expected).then_some(bytes);
        }
        Header::OfsDelta { base_distance } => offset.checked_sub(base_distance)?,
        Header::RefDelta { base_id } => index.pack_offset_at_index(index.lookup(base_id)?),
        Header::Tree | Header::Commit | Header::Tag => return None,
    };
    let size = usize::try_from(entry.decompressed_size).ok()?;
    let mut length = want + 96;
    loop {
        let instructions = inflate(deflated, length.min(size))?;
        match Plan::of(&instructions, want) {
            Some(plan) => {
                return plan.apply(&packed_prefix(index, pack, base, plan.need, depth + 1)?);
            }
            None if length >= size || length > MAX_BASE => return None,
            None => length *= 4,
        }
    }
}

fn inflate(deflated: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    let (_, _, written) = Inflate::default().prefix(deflated, &mut bytes).ok()?;
    bytes.truncate(written);
    Some(bytes)
}

/// The instructions of a delta that yield the first bytes of its result (gitformat-pack(5), "Deltified representation").
struct Plan<'a> {
    parts: Vec<Part<'a>>,
    /// Bytes of the base that they copy from.
    need: usize,
    /// Bytes that they yield.
    length: usize,
}

enum Part<'a> {
    Copy(std::ops::Range<usize>),
    Insert(&'a [u8]),
}

impl<'a> Plan<'a> {
    /// The plan for `want` bytes, or for all where the result is shorter; none where the instructions break off before.
    fn of(instructions: &'a [u8], want: usize) -> Option<Plan<'a>> {
        let mut rest = instructions;
        varint(&mut rest)?;
        let length = want.min(varint(&mut rest)?);
        let mut plan = Plan { parts: Vec::new(), need: 0, length };
        let mut covered = 0;
        while covered < length {
            let (&operation, after) = rest.split_first()?;
            rest = after;
            if operation & 0x80 != 0 {
                let start = scattered(&mut rest, operation, 4)?;
                let size = scattered(&mut rest, operation >> 4, 3)?;
                let size = if size == 0 { 0x10000 } else { size }.min(length - covered);
                plan.need = plan.need.max(start + size);
                plan.parts.push(Part::Copy(start..start + size));
                covered += size;
            } else {
                // A zero is reserved; a literal that breaks off still serves as far as it goes.
                let size = usize::from(operation).min(length - covered);
                if size == 0 || rest.len() < size {
                    return None;
                }
                let (literal, after) = rest.split_at(size);
                plan.parts.push(Part::Insert(literal));
                rest = after;
                covered += size;
            }
        }
        Some(plan)
    }

    fn apply(&self, base: &[u8]) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.length);
        for part in &self.parts {
            match part {
                Part::Copy(range) => bytes.extend_from_slice(base.get(range.clone())?),
                Part::Insert(literal) => bytes.extend_from_slice(literal),
            }
        }
        Some(bytes)
    }
}

/// A little-endian number of 7 bits a byte.
fn varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0usize;
    for shift in (0..63).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// A little-endian number of which only the bytes are stored whose bit in `present` is set.
fn scattered(bytes: &mut &[u8], present: u8, count: u32) -> Option<usize> {
    let mut number = 0;
    for position in (0..count).filter(|position| present & (1 << position) != 0) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte) << (8 * position);
    }
    Some(number)
}

#[cfg(test)]
mod tests;
