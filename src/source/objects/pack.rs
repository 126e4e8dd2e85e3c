//! Packs: the first bytes of an object without the rest, or all of it from the versions that were read before
//! (gitformat-pack(5)).

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;

use gix::ObjectId;
use gix::objs::Kind;
use gix::odb::pack::data::entry::Header;
use gix::odb::pack::{data, index};
use gix::zlib::{Inflate, Status};

/// Deltas in a row that are followed; git packs at most 50 by default.
const MAX_DEPTH: usize = 1000;

/// Bytes of one delta base that are inflated for a prefix; past it the whole object is read.
const MAX_BASE: usize = 1 << 20;

/// Bytes of an object, and of the instructions of a delta, that are read here; larger ones are left to gix.
const MAX_OBJECT: usize = 32 << 20;

/// Bytes of objects that are kept to be the bases of others: versions of one file follow each other.
const MAX_KEPT: usize = 12 << 20;

/// The packs of a repository.
pub(super) struct Packs {
    packs: Vec<Pack>,
    bases: RefCell<Bases>,
    /// State for inflating that is used again, and room for the instructions of a delta.
    inflating: RefCell<(Inflate, Vec<u8>)>,
}

/// A pack whose data is mapped once something in it is asked for.
struct Pack {
    index: index::File,
    path: PathBuf,
    data: OnceCell<data::File>,
}

/// An object: what it is, and its bytes.
pub(super) type Object = (Kind, Rc<Vec<u8>>);

/// Where an object is: the number of a pack, and the offset in it.
type Place = (usize, u64);

impl Packs {
    /// Those in these directories of objects. What is not understood is left out.
    pub(super) fn of(directories: impl Iterator<Item = PathBuf>, hash: gix::hash::Kind) -> Packs {
        // The order of the directories stays: what a push brings is in the first.
        let paths = directories.flat_map(|directory| {
            let found = directory.join("pack").read_dir().into_iter().flatten();
            let mut paths: Vec<PathBuf> =
                found.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "idx"));
            paths.sort();
            paths
        });
        let packs = paths.filter_map(|path| {
            let index = index::File::at(&path, hash).ok()?;
            Some(Pack { index, path: path.with_extension("pack"), data: OnceCell::new() })
        });
        Packs { packs: packs.collect(), bases: RefCell::default(), inflating: RefCell::default() }
    }

    /// An object; none where no pack has it, or where it is not understood or over a bound.
    pub(super) fn find(&self, id: &ObjectId) -> Option<Object> {
        self.places(id).find_map(|place| self.read(place))
    }

    /// The first `want` bytes of a blob; none where no pack has it, or where it is not understood or over a bound.
    pub(super) fn prefix(&self, id: &ObjectId, want: usize) -> Option<Vec<u8>> {
        self.places(id)
            .find_map(|(pack, offset)| packed_prefix(self.packs.get(pack)?, offset, want, 0))
    }

    fn places(&self, id: &ObjectId) -> impl Iterator<Item = Place> {
        self.packs.iter().enumerate().filter_map(move |(number, pack)| {
            let position = pack.index.lookup(id)?;
            Some((number, pack.index.pack_offset_at_index(position)))
        })
    }

    /// Follows the deltas down to what is known or has no base, and applies them one by one. Each result may be the base of what is
    /// asked for next.
    fn read(&self, place: Place) -> Option<Object> {
        let (number, mut offset) = place;
        let pack = self.packs.get(number)?;
        let data = pack.data()?;
        let mut deltas = Vec::new();
        let (kind, mut bytes) = loop {
            if let Some(known) = self.bases.borrow_mut().get((number, offset)) {
                break known;
            }
            let entry = data.entry(offset).ok()?;
            let size =
                usize::try_from(entry.decompressed_size).ok().filter(|it| *it <= MAX_OBJECT)?;
            let deflated = data.entry_slice(entry.data_offset..data.pack_end() as u64)?;
            if let Some(kind) = entry.header.as_kind() {
                let mut bytes = vec![0; size];
                self.inflate(deflated, &mut bytes)?;
                break self.keep((number, offset), kind, bytes);
            }
            if deltas.len() == MAX_DEPTH {
                return None;
            }
            deltas.push((offset, deflated, size));
            offset = pack.base(offset, &entry.header)?;
        };
        for (offset, deflated, size) in deltas.into_iter().rev() {
            let mut instructions = std::mem::take(&mut self.inflating.borrow_mut().1);
            instructions.clear();
            instructions.resize(size, 0);
            self.inflate(deflated, &mut instructions)?;
            let result = applied(&instructions, &bytes)?;
            self.inflating.borrow_mut().1 = instructions;
            (_, bytes) = self.keep((number, offset), kind, result);
        }
        Some((kind, bytes))
    }

    /// Inflates a whole stream of just so many bytes.
    fn inflate(&self, deflated: &[u8], to: &mut [u8]) -> Option<()> {
        let (inflate, _) = &mut *self.inflating.borrow_mut();
        inflate.reset();
        let (status, _, written) = inflate.once(deflated, to).ok()?;
        (status == Status::StreamEnd && written == to.len()).then_some(())
    }

    fn keep(&self, place: Place, kind: Kind, bytes: Vec<u8>) -> Object {
        let object = (kind, Rc::new(bytes));
        self.bases.borrow_mut().put(place, object.clone());
        object
    }
}

impl Pack {
    fn data(&self) -> Option<&data::File> {
        if self.data.get().is_none() {
            let data = data::File::at(&self.path, self.index.object_hash()).ok()?;
            let _ = self.data.set(data);
        }
        self.data.get()
    }

    /// Where the base of a delta is; none for what is no delta, or whose base is not in this pack.
    fn base(&self, offset: u64, header: &Header) -> Option<u64> {
        match header {
            Header::OfsDelta { base_distance } => offset.checked_sub(*base_distance),
            Header::RefDelta { base_id } => {
                Some(self.index.pack_offset_at_index(self.index.lookup(base_id)?))
            }
            Header::Blob | Header::Tree | Header::Commit | Header::Tag => None,
        }
    }
}

/// What was read last, in two halves: once the young one is full, it becomes the old one, and what was in that and not asked for since
/// is forgotten.
#[derive(Default)]
struct Bases {
    young: HashMap<Place, Object>,
    old: HashMap<Place, Object>,
    /// Bytes in the young half.
    size: usize,
}

impl Bases {
    fn get(&mut self, place: Place) -> Option<Object> {
        if let Some(known) = self.young.get(&place) {
            return Some(known.clone());
        }
        let known = self.old.remove(&place)?;
        self.put(place, known.clone());
        Some(known)
    }

    fn put(&mut self, place: Place, object: Object) {
        let size = object.1.len();
        if self.size.saturating_add(size) > MAX_KEPT / 2 {
            self.old = std::mem::take(&mut self.young);
            self.size = 0;
        }
        // One that would fill both halves is read again.
        if size <= MAX_KEPT / 2 {
            self.size += size;
            self.young.insert(place, object);
        }
    }
}

/// The result of a delta; none where its instructions are broken, do not fit the base or do not yield what they say.
fn applied(instructions: &[u8], base: &[u8]) -> Option<Vec<u8>> {
    let mut rest = instructions;
    let (from, to) = (varint(&mut rest)?, varint(&mut rest)?);
    if from != base.len() || to > MAX_OBJECT {
        return None;
    }
    let mut bytes = Vec::with_capacity(to);
    while let Some(part) = Part::next(&mut rest)? {
        bytes.extend_from_slice(part.of(base)?);
        if bytes.len() > to {
            return None;
        }
    }
    (bytes.len() == to).then_some(bytes)
}
/// The first bytes of the blob at this offset of a pack; none where the pack is not understood or a bound is met.
fn packed_prefix(pack: &Pack, offset: u64, want: usize, depth: usize) -> Option<Vec<u8>> {
    if depth > MAX_DEPTH || want > MAX_BASE {
        return None;
    }
    let data = pack.data()?;
    let entry = data.entry(offset).ok()?;
    let deflated = data.entry_slice(entry.data_offset..data.pack_end() as u64)?;
    let size = usize::try_from(entry.decompressed_size).ok()?;
    if entry.header == Header::Blob {
        let bytes = inflate(deflated, want)?;
        return (bytes.len() == want.min(size)).then_some(bytes);
    }
    let base = pack.base(offset, &entry.header)?;
    let mut length = want + 96;
    loop {
        let instructions = inflate(deflated, length.min(size))?;
        match Plan::of(&instructions, want) {
            Some(plan) => {
                let base = packed_prefix(pack, base, plan.need, depth + 1)?;
                return plan.apply(&base);
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

/// The instructions of a delta that yield the first bytes of its result.
struct Plan<'a> {
    parts: Vec<Part<'a>>,
    /// Bytes of the base that they copy from.
    need: usize,
    /// Bytes that they yield.
    length: usize,
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
            let part = Part::next(&mut rest)??.clipped(length - covered);
            covered += part.length();
            if let Part::Copy(range) = &part {
                plan.need = plan.need.max(range.end);
            }
            plan.parts.push(part);
        }
        Some(plan)
    }

    fn apply(self, base: &[u8]) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.length);
        for part in self.parts {
            bytes.extend_from_slice(part.of(base)?);
        }
        Some(bytes)
    }
}

/// One instruction of a delta ("Deltified representation"): bytes of the base, or of its own.
enum Part<'a> {
    Copy(std::ops::Range<usize>),
    Insert(&'a [u8]),
}

impl<'a> Part<'a> {
    /// Takes the next one. None where it is broken or breaks off, none inside at the end.
    fn next(rest: &mut &'a [u8]) -> Option<Option<Part<'a>>> {
        let Some((&operation, after)) = rest.split_first() else { return Some(None) };
        *rest = after;
        if operation & 0x80 == 0 {
            let (literal, after) = rest.split_at_checked(usize::from(operation))?;
            *rest = after;
            // A zero is reserved.
            return (operation > 0).then_some(Some(Part::Insert(literal)));
        }
        let start = scattered(rest, operation, 4)?;
        let size = scattered(rest, operation >> 4, 3)?;
        let size = if size == 0 { 0x10000 } else { size };
        Some(Some(Part::Copy(start..start.checked_add(size)?)))
    }

    fn clipped(self, most: usize) -> Part<'a> {
        match self {
            Part::Copy(range) => Part::Copy(range.start..range.end.min(range.start + most)),
            Part::Insert(literal) => Part::Insert(&literal[..literal.len().min(most)]),
        }
    }

    fn length(&self) -> usize {
        match self {
            Part::Copy(range) => range.len(),
            Part::Insert(literal) => literal.len(),
        }
    }

    fn of<'b>(&self, base: &'b [u8]) -> Option<&'b [u8]>
    where
        'a: 'b,
    {
        match self {
            Part::Copy(range) => base.get(range.clone()),
            Part::Insert(literal) => Some(literal),
        }
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
