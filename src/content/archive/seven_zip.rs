//! Walks a 7z archive: its header, then each of its folders as one stream of files.

mod header;

use std::io::{self, ErrorKind, Read};

use bstr::BStr;
use lzma_rust2::filter::bcj::BcjReader;
use lzma_rust2::filter::bcj2::Bcj2Reader;
use lzma_rust2::filter::delta::DeltaReader;

use self::header::{Folder, Header, Reader, Streams, damaged};
use super::super::{Cause, Unreadable};
use super::Each;
use super::budget::Budget;
use super::decoder::{self, Inflate, Stream};
use super::flow::{Flow, Input};
use crate::text;

/// Bytes of the header that says where the header is; places count from behind it.
const SIGNATURE_HEADER: usize = 32;

/// How often a header may be packed in another; 7-Zip does it once.
const WRAPPED: usize = 4;

/// The id of AES-256 with SHA-256.
const AES: &[u8] = &[6, 0xf1, 7, 1];

/// Hands over each member.
pub(super) fn walk(bytes: &[u8], budget: &Budget, each: &mut Each) -> Result<(), Unreadable> {
    let header = header(bytes, budget)?;
    let mut files = header.files.iter();
    let mut packed = Vec::new();
    let mut start = header.streams.start;
    for size in &header.streams.sizes {
        packed.push(piece(bytes, start, *size));
        start = start.saturating_add(*size);
    }
    let mut packed = packed.into_iter();
    let mut damage = None;
    for folder in &header.streams.folders {
        let pieces: Vec<&[u8]> = packed.by_ref().take(folder.packed.len()).collect();
        let mut flow = folder_flow(folder, &pieces, budget);
        for size in &folder.files {
            budget.member()?;
            // Those without bytes are in no folder. A file that the header forgets has no name.
            let name = files.find(|(_, has_bytes)| *has_bytes).map(|(name, _)| utf8(name));
            let name = name.unwrap_or_default();
            let member = match &mut flow {
                Ok(flow) => flow.member(Some(*size))?,
                Err(unreadable) => {
                    each(BStr::new(&name), Err(unreadable.clone().into()));
                    continue;
                }
            };
            if let (Ok(_), Some(damaged)) = (&member.bytes, &member.damage) {
                damage.get_or_insert(damaged.clone());
            }
            each(BStr::new(&name), member.bytes);
            if let Some(damaged) = member.damage {
                flow = Err(damaged);
            }
        }
    }
    damage.map_or(Ok(()), Err)
}

/// Reads the header, however often it is packed.
fn header(bytes: &[u8], budget: &Budget) -> Result<Header, Unreadable> {
    let number = |at: usize| bytes.get(at..)?.first_chunk().map(|it| u64::from_le_bytes(*it));
    let (Some(start), Some(size)) = (number(12), number(20)) else { return Err(damaged()) };
    if size == 0 {
        return Ok(Header::default());
    }
    let found = piece(bytes, start, size);
    if (found.len() as u64) < size {
        return Err(Unreadable::corrupt("the 7z archive breaks off before its header"));
    }
    let mut unpacked = Vec::new();
    for wrapped in 0..WRAPPED {
        let rest = if wrapped == 0 { found } else { &unpacked };
        let mut reader = Reader { rest, budget };
        match reader.byte()? {
            1 => return reader.header(),
            0x17 => {
                let streams = reader.streams()?;
                unpacked = unpacked_header(bytes, &streams, budget)?;
            }
            _ => return Err(damaged()),
        }
    }
    Err(damaged())
}

fn unpacked_header(
    bytes: &[u8],
    streams: &Streams,
    budget: &Budget,
) -> Result<Vec<u8>, Unreadable> {
    let (Some(folder), Some(size)) = (streams.folders.first(), streams.sizes.first()) else {
        return Err(damaged());
    };
    let packed = piece(bytes, streams.start, *size);
    let mut flow =
        folder_flow(folder, &[packed], budget).map_err(|unreadable| match unreadable.cause {
            Cause::Encrypted => {
                let detail = "the header of the 7z archive is encrypted".to_owned();
                Unreadable { cause: Cause::Encrypted, detail }
            }
            _ => unreadable,
        })?;
    let member = flow.member(folder.files.first().copied())?;
    member.damage.map_or(member.bytes.map_err(|it| it.why), Err)
}

/// The bytes of a packed stream, as far as there are any.
fn piece(bytes: &[u8], start: u64, size: u64) -> &[u8] {
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    let start = place(start.saturating_add(SIGNATURE_HEADER as u64));
    let end = place((start as u64).saturating_add(size));
    bytes.get(start..end).unwrap_or_default()
}

/// What comes out of a folder.
fn folder_flow<'a>(
    folder: &Folder,
    pieces: &[&'a [u8]],
    budget: &'a Budget,
) -> Result<Flow<'a>, Unreadable> {
    if folder.coders.iter().any(|it| it.id == AES) {
        let detail = "a member of a 7z archive that needs a password".to_owned();
        return Err(Unreadable { cause: Cause::Encrypted, detail });
    }
    if let Some(unknown) = folder.coders.iter().find(|it| !is_known(&it.id)) {
        let id = text::hex(&unknown.id);
        let detail = format!("compression method {id} of 7z archives is not supported");
        return Err(Unreadable::corrupt(detail));
    }
    let input = Input::new(&[]);
    let main = folder.main_output().ok_or_else(damaged)?;
    let decoder = decoder::or_failed(output(folder, main, pieces, &input, folder.coders.len()));
    Ok(Flow::new("7z", decoder, input, budget))
}

/// Ids of what unpacks, and of the filters before it (Methods.txt of the LZMA SDK).
fn is_known(id: &[u8]) -> bool {
    matches!(
        id,
        [0 | 3..=11 | 0x21]
            | [3, 1, 1]
            | [3, 3, 1, 3 | 0x1b]
            | [3, 3, 2, 5]
            | [3, 3, 4 | 5 | 7, 1]
            | [3, 3, 8, 5]
            | [4, 1, 8 | 9]
            | [4, 2, 2]
            | [4, 0xf7, 0x11, 1]
    )
}

/// The decoder behind an output. `depth` bounds chains that bite their own tail.
fn output<'a>(
    folder: &Folder,
    output_number: usize,
    pieces: &[&'a [u8]],
    all: &Input<'a>,
    depth: usize,
) -> io::Result<Box<dyn Read + 'a>> {
    let broken = || io::Error::from(ErrorKind::InvalidData);
    let depth = depth.checked_sub(1).ok_or_else(broken)?;
    let coder = folder.coders.get(output_number).ok_or_else(broken)?;
    let first: usize = folder.coders.iter().take(output_number).map(|it| it.inputs).sum();
    let size = folder.sizes.get(output_number).copied().unwrap_or(u64::MAX);
    // A packed stream as it stands, which some decoders need for what lies behind their end.
    let packed = |number: usize| {
        let at = folder.packed.iter().position(|it| *it == number)?;
        Some(all.beside(pieces.get(at)?))
    };
    let input = |number: usize| -> io::Result<Box<dyn Read + 'a>> {
        if let Some(input) = packed(number) {
            return Ok(Box::new(input));
        }
        let bond = folder.bonds.iter().find(|(input, _)| *input == number).ok_or_else(broken)?;
        output(folder, bond.1, pieces, all, depth)
    };
    let properties = &coder.properties;
    if coder.id == [3, 3, 1, 0x1b] {
        let inputs = (0..coder.inputs).map(|it| input(first.saturating_add(it)));
        let inputs = inputs.collect::<io::Result<Vec<_>>>()?;
        return match inputs.len() {
            4 => Ok(Box::new(Bcj2Reader::new(inputs, size))),
            _ => Err(broken()),
        };
    }
    if coder.inputs != 1 {
        return Err(broken());
    }
    let unsupported = || io::Error::from(ErrorKind::Unsupported);
    let start = properties.first_chunk().map_or(0, |it| u32::from_le_bytes(*it)) as usize;
    Ok(match coder.id.as_slice() {
        [0] => input(first)?,
        [3] => {
            let distance = usize::from(*properties.first().ok_or_else(broken)?);
            Box::new(DeltaReader::new(input(first)?, distance.saturating_add(1)))
        }
        [4] | [3, 3, 1, 3] => Box::new(BcjReader::new_x86(input(first)?, start)),
        [5] | [3, 3, 2, 5] => Box::new(BcjReader::new_ppc(input(first)?, start)),
        [6] | [3, 3, 4, 1] => Box::new(BcjReader::new_ia64(input(first)?, start)),
        [7] | [3, 3, 5, 1] => Box::new(BcjReader::new_arm(input(first)?, start)),
        [8] | [3, 3, 7, 1] => Box::new(BcjReader::new_arm_thumb(input(first)?, start)),
        [9] | [3, 3, 8, 5] => Box::new(BcjReader::new_sparc(input(first)?, start)),
        [10] => Box::new(BcjReader::new_arm64(input(first)?, start)),
        [11] => Box::new(BcjReader::new_riscv(input(first)?, start)),
        [0x21] => decoder::lzma2(input(first)?, properties)?,
        [3, 1, 1] => decoder::lzma(input(first)?, properties, Some(size))?,
        [4, 1, 8] => Box::new(Inflate::new(packed(first).ok_or_else(unsupported)?, false)),
        [4, 1, 9] => decoder::deflate64(packed(first).ok_or_else(unsupported)?),
        [4, 2, 2] => Stream::Bzip2.open(&packed(first).ok_or_else(unsupported)?)?,
        [4, 0xf7, 0x11, 1] => Stream::Zstd.open(&packed(first).ok_or_else(unsupported)?)?,
        _ => return Err(unsupported()),
    })
}

/// A name in UTF-16 as UTF-8; what is none of that becomes U+FFFD.
fn utf8(name: &[u8]) -> Vec<u8> {
    let units = name.chunks_exact(2).filter_map(|it| it.first_chunk().copied());
    let units = units.map(u16::from_le_bytes);
    let text: String =
        char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.into_bytes()
}
