//! The decoders, each a reader over the packed bytes, with a bound on what it may allocate.

use std::io::{self, ErrorKind, Read};

use bzip2::bufread::BzDecoder;
use deflate64::Deflate64Decoder;
use lzma_rust2::{Lzma2Reader, LzmaReader, XzReader};
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use zlib_rs::{InflateFlush, Status};

use super::budget::{Budget, allowance};
use super::flow::Input;
use crate::content::format::{self, Format};

/// The largest window (dictionary) that a stream may ask for: what `xz -9` and `7z -mx=9` take. A header can claim gigabytes.
pub(super) const WINDOW: u32 = 64 << 20;

/// KiB that the LZMA decoders need next to their window: buffers and probabilities.
const BESIDE_WINDOW: u32 = 1 << 10;

/// Bytes that one block of Zstandard holds at most (RFC 8878, 3.1.1.2.4).
const ZSTD_BLOCK: u64 = 128 << 10;

/// Bytes of output that the start of a bzip2 stream stands for, by the time that its tables take. Streams of bzip2 that are
/// joined hold 100 KB or more each, and its tables 3.6 MB; those of the others may be small, and start in a microsecond.
const BZIP2_COST: u64 = 256 << 10;

/// The formats of compressed streams that stand for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) enum Stream {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
    /// The .xz file format, 1.2.1.
    Xz,
    /// By the reference implementation.
    Bzip2,
}

impl Stream {
    pub(super) const ALL: [Stream; 4] = [Stream::Gzip, Stream::Zstd, Stream::Xz, Stream::Bzip2];

    pub(super) fn name(self) -> &'static str {
        match self {
            Stream::Gzip => "gzip",
            Stream::Zstd => "zstd",
            Stream::Xz => "xz",
            Stream::Bzip2 => "bzip2",
        }
    }

    pub(super) fn format(self) -> &'static Format {
        match self {
            Stream::Gzip => &format::GZIP,
            Stream::Zstd => &format::ZSTD,
            Stream::Xz => &format::XZ,
            Stream::Bzip2 => &format::BZIP2,
        }
    }

    /// One stream.
    pub(super) fn open<'a>(self, input: &Input<'a>) -> io::Result<Box<dyn Read + 'a>> {
        let input = input.clone();
        Ok(match self {
            Stream::Gzip => Box::new(Inflate::new(input, true)),
            Stream::Zstd => Box::new(Zstd::new(input)?),
            Stream::Xz => {
                Box::new(XzReader::new_mem_limit(input, false, WINDOW / 1024 + BESIDE_WINDOW))
            }
            Stream::Bzip2 => Box::new(BzDecoder::new(input)),
        })
    }
}

/// Bytes of a skippable frame of Zstandard that begins here (RFC 8878, 3.1.2).
pub(super) fn skippable(bytes: &[u8]) -> Option<usize> {
    let (magic, rest) = bytes.split_first_chunk::<4>()?;
    let (size, _) = rest.split_first_chunk::<4>()?;
    let is_one = u32::from_le_bytes(*magic) & 0xffff_fff0 == 0x184d_2a50;
    is_one.then(|| (u32::from_le_bytes(*size) as usize).saturating_add(8))
}

/// One stream after another, as `cat` joins them, with zeros between them.
pub(super) struct Streams<'a> {
    stream: Stream,
    input: Input<'a>,
    budget: &'a Budget,
    open: Option<Box<dyn Read + 'a>>,
}

impl<'a> Streams<'a> {
    pub(super) fn new(stream: Stream, input: Input<'a>, budget: &'a Budget) -> Streams<'a> {
        Streams { stream, input, budget, open: None }
    }

    /// Goes to where the next stream begins, if one does.
    fn next(&mut self) -> bool {
        loop {
            let rest = self.input.rest();
            let padding = rest.iter().position(|byte| *byte != 0).unwrap_or(rest.len());
            let skip = match skippable(rest) {
                Some(frame) if self.stream == Stream::Zstd => frame,
                _ => padding,
            };
            if skip == 0 {
                return self.stream.format().begins(rest);
            }
            self.input.skip(skip);
        }
    }
}

impl Read for Streams<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut open = match self.open.take() {
                Some(open) => open,
                None if self.next() => self.stream.open(&self.input)?,
                None => return Ok(0),
            };
            let read = open.read(into)?;
            if read > 0 {
                self.open = Some(open);
                return Ok(read);
            }
            // A great many small streams take time, too.
            let cost = if self.stream == Stream::Bzip2 { BZIP2_COST } else { 0 };
            if self.budget.spend(cost).is_err() {
                return Err(ErrorKind::TimedOut.into());
            }
        }
    }
}

/// Deflate, bare or in gzip.
pub(super) struct Inflate<'a> {
    input: Input<'a>,
    state: zlib_rs::Inflate,
    ended: Option<Result<(), ErrorKind>>,
}

impl<'a> Inflate<'a> {
    pub(super) fn new(input: Input<'a>, gzip: bool) -> Inflate<'a> {
        // 15 bits of window, and 16 on top for the header and trailer of gzip.
        let state = zlib_rs::Inflate::new(gzip, if gzip { 31 } else { 15 });
        Inflate { input, state, ended: None }
    }
}

impl Read for Inflate<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.ended.is_none() {
            let (before_in, before_out) = (self.state.total_in(), self.state.total_out());
            let rest = self.input.rest();
            let status = self.state.decompress(rest, into, InflateFlush::NoFlush);
            let used = self.state.total_in().saturating_sub(before_in);
            let written = self.state.total_out().saturating_sub(before_out) as usize;
            self.input.skip(usize::try_from(used).unwrap_or(usize::MAX));
            match status {
                Ok(Status::StreamEnd) => self.ended = Some(Ok(())),
                Ok(_) if used == 0 && written == 0 => {
                    self.ended = Some(Err(ErrorKind::UnexpectedEof));
                }
                Ok(_) => {}
                Err(_) => self.ended = Some(Err(ErrorKind::InvalidData)),
            }
            if written > 0 {
                return Ok(written);
            }
        }
        match self.ended {
            Some(Err(kind)) => Err(kind.into()),
            _ => Ok(0),
        }
    }
}

/// One frame of Zstandard.
struct Zstd<'a> {
    input: Input<'a>,
    frame: FrameDecoder,
}

impl<'a> Zstd<'a> {
    fn new(input: Input<'a>) -> io::Result<Zstd<'a>> {
        let mut frame = FrameDecoder::new();
        frame.set_max_window_size(WINDOW.into());
        match frame.init(input.clone()) {
            Ok(()) => Ok(Zstd { input, frame }),
            Err(FrameDecoderError::WindowSizeTooBig { .. }) => Err(ErrorKind::OutOfMemory.into()),
            Err(FrameDecoderError::DictNotProvided { .. }) => Err(ErrorKind::Unsupported.into()),
            Err(_) => Err(ErrorKind::InvalidData.into()),
        }
    }
}

impl Read for Zstd<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.frame.read(into)?;
            if read > 0 || self.frame.is_finished() {
                return Ok(read);
            }
            // The decoder keeps a whole window back, and a bomb must not fill that first.
            let held = (self.frame.blocks_decoded() as u64).saturating_mul(ZSTD_BLOCK);
            if held > allowance(self.input.taken()) {
                return Err(ErrorKind::FileTooLarge.into());
            }
            let one = BlockDecodingStrategy::UptoBlocks(1);
            if self.frame.decode_blocks(&mut self.input, one).is_err() {
                let kind = if self.input.rest().is_empty() {
                    ErrorKind::UnexpectedEof
                } else {
                    ErrorKind::InvalidData
                };
                return Err(kind.into());
            }
        }
    }
}

/// Deflate64, as Windows packs zip files over 2 GiB.
pub(super) fn deflate64(input: Input<'_>) -> Box<dyn Read + '_> {
    Box::new(Deflate64Decoder::with_buffer(input))
}

/// LZMA without a header. `properties` are its byte of properties and its window; `size` is what it unpacks to, where it has
/// no mark of its end.
pub(super) fn lzma<'a>(
    input: Box<dyn Read + 'a>,
    properties: &[u8],
    size: Option<u64>,
) -> io::Result<Box<dyn Read + 'a>> {
    let (first, rest) = properties.split_first().ok_or(ErrorKind::InvalidData)?;
    let window = rest.first_chunk::<4>().ok_or(ErrorKind::InvalidData)?;
    let window = u32::from_le_bytes(*window);
    if window > WINDOW {
        return Err(ErrorKind::OutOfMemory.into());
    }
    let size = size.unwrap_or(u64::MAX);
    let mut reader = LzmaReader::new_with_props(input, size, *first, window, None)?;
    reader.set_defer_errors(true);
    Ok(Box::new(reader))
}

/// LZMA2 without a header. `properties` is the byte of its window.
pub(super) fn lzma2<'a>(
    input: Box<dyn Read + 'a>,
    properties: &[u8],
) -> io::Result<Box<dyn Read + 'a>> {
    let bits = u32::from(*properties.first().ok_or(ErrorKind::InvalidData)?);
    // 2 or 3 shifted: 0 is 4 KiB, 28 is 64 MiB, 40 is 4 GiB less one byte.
    let window = match bits {
        0..=28 => (2 | (bits & 1)) << (bits / 2 + 11),
        29..=40 => return Err(ErrorKind::OutOfMemory.into()),
        _ => return Err(ErrorKind::InvalidData.into()),
    };
    Ok(Box::new(Lzma2Reader::new(input, window, None)))
}

/// A decoder, or what fails as soon as it is read where there is none.
pub(super) fn or_failed(found: io::Result<Box<dyn Read + '_>>) -> Box<dyn Read + '_> {
    found.unwrap_or_else(|error| Box::new(Failed(error.kind())))
}

struct Failed(ErrorKind);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}
