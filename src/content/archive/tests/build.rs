//! Makes archives, also such as no tool would make.

use zlib_rs::{Deflate, DeflateFlush};

/// Deflate at its best, with a gzip header or bare.
pub(super) fn deflate(bytes: &[u8], gzip: bool) -> Vec<u8> {
    let mut state = Deflate::new(9, gzip, if gzip { 31 } else { 15 });
    let mut packed = vec![0; bytes.len() + bytes.len() / 100 + 100];
    state.compress(bytes, &mut packed, DeflateFlush::Finish).unwrap();
    packed.truncate(state.total_out() as usize);
    packed
}

/// A member of a zip file, with what its two records say.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) name: Vec<u8>,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) size: u32,
    pub(super) packed_size: u32,
    pub(super) packed: Vec<u8>,
    pub(super) is_listed: bool,
}

pub(super) fn member(name: &[u8], bytes: &[u8]) -> Member {
    let packed = deflate(bytes, false);
    Member {
        name: name.to_vec(),
        method: 8,
        flags: 0,
        size: bytes.len() as u32,
        packed_size: packed.len() as u32,
        packed,
        is_listed: true,
    }
}

pub(super) fn stored(name: &[u8], bytes: &[u8]) -> Member {
    let size = bytes.len() as u32;
    Member { method: 0, size, packed_size: size, packed: bytes.to_vec(), ..member(name, b"") }
}

/// What both records of a member have in common. The checksum is 0, which is wrong: nothing goes by it.
fn common(it: &Member) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in [20, it.flags, it.method, 0, 0, 0, 0] {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes.extend_from_slice(&it.packed_size.to_le_bytes());
    bytes.extend_from_slice(&it.size.to_le_bytes());
    bytes.extend_from_slice(&(it.name.len() as u16).to_le_bytes());
    bytes.extend_from_slice(&[0, 0]);
    bytes
}

pub(super) fn local(it: &Member) -> Vec<u8> {
    [b"PK\x03\x04".as_slice(), &common(it), &it.name, &it.packed].concat()
}

/// An entry of the directory, for a member at a place.
pub(super) fn listed(it: &Member, place: usize) -> Vec<u8> {
    let place = (place as u32).to_le_bytes();
    [b"PK\x01\x02\x14\0".as_slice(), &common(it), &[0; 10], &place, &it.name].concat()
}

pub(super) fn end(entries: usize, size: usize, start: usize) -> Vec<u8> {
    let entries = (entries as u16).to_le_bytes();
    let (size, start) = ((size as u32).to_le_bytes(), (start as u32).to_le_bytes());
    [b"PK\x05\x06\0\0\0\0".as_slice(), &entries, &entries, &size, &start, &[0, 0]].concat()
}

pub(super) fn zip(members: &[Member]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for it in members {
        if it.is_listed {
            directory.extend(listed(it, bytes.len()));
        }
        bytes.extend(local(it));
    }
    let start = bytes.len();
    let count = members.iter().filter(|it| it.is_listed).count();
    bytes.extend_from_slice(&directory);
    bytes.extend(end(count, directory.len(), start));
    bytes
}

/// A header of a tar.
pub(super) fn header(name: &[u8], kind: u8, size: usize, is_ustar: bool) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..name.len()].copy_from_slice(name);
    bytes[124..135].copy_from_slice(format!("{size:011o}").as_bytes());
    bytes[156] = kind;
    if is_ustar {
        bytes[257..265].copy_from_slice(b"ustar\x0000");
    }
    bytes[148..156].fill(b' ');
    let sum: u32 = bytes.iter().map(|it| u32::from(*it)).sum();
    bytes[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    bytes
}

/// An entry of a tar with its bytes.
pub(super) fn entry(name: &[u8], kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut entry = header(name, kind, bytes.len(), true);
    entry.extend_from_slice(bytes);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

pub(super) fn tar(entries: &[Vec<u8>]) -> Vec<u8> {
    [&entries.concat(), [0; 1024].as_slice()].concat()
}
