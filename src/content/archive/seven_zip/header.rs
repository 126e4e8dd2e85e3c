//! The header of a 7z archive, by 7zFormat.txt of the LZMA SDK 23.01: what is packed where, how, and under which names.

use super::super::super::Unreadable;
use super::super::budget::Budget;

/// A chain of coders and what comes out of it: the bytes of many files, one after the other.
#[derive(Debug, Default)]
pub(super) struct Folder {
    pub(super) coders: Vec<Coder>,
    /// Which input takes which output, by their numbers over all coders.
    pub(super) bonds: Vec<(usize, usize)>,
    /// The inputs that take packed streams, in the order of those.
    pub(super) packed: Vec<usize>,
    /// What each output unpacks to.
    pub(super) sizes: Vec<u64>,
    /// There is a checksum of all that comes out.
    has_checksum: bool,
    /// Bytes of each file in it.
    pub(super) files: Vec<u64>,
}

impl Folder {
    /// The output that no coder takes.
    pub(super) fn main_output(&self) -> Option<usize> {
        (0..self.coders.len()).find(|it| self.bonds.iter().all(|(_, output)| output != it))
    }
}

/// One coder. What has more than one output does not occur.
#[derive(Debug)]
pub(super) struct Coder {
    pub(super) id: Vec<u8>,
    pub(super) inputs: usize,
    pub(super) properties: Vec<u8>,
}

/// The packed streams, and how they unpack.
#[derive(Debug, Default)]
pub(super) struct Streams {
    /// Where the first one begins, from the end of the signature header.
    pub(super) start: u64,
    /// Bytes of each packed stream.
    pub(super) sizes: Vec<u64>,
    pub(super) folders: Vec<Folder>,
}

/// A header.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) streams: Streams,
    /// For each file, its name in UTF-16, little-endian, and whether it has bytes.
    pub(super) files: Vec<(Vec<u8>, bool)>,
}

/// Coders of one folder; 7-Zip itself takes 32 and writes at most 4 or 5.
const CODERS: usize = 32;

/// Reads the parts of a header.
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
    /// Bounds the number of files, folders and streams.
    pub(super) budget: &'a Budget,
}

type Read<T> = Result<T, Unreadable>;

pub(super) fn damaged() -> Unreadable {
    Unreadable::corrupt("the header of the 7z archive is damaged")
}

impl<'a> Reader<'a> {
    pub(super) fn byte(&mut self) -> Read<u8> {
        let (first, rest) = self.rest.split_first().ok_or_else(damaged)?;
        self.rest = rest;
        Ok(*first)
    }

    fn bytes(&mut self, count: u64) -> Read<&'a [u8]> {
        let count = usize::try_from(count).map_err(|_| damaged())?;
        let (taken, rest) = self.rest.split_at_checked(count).ok_or_else(damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    /// A number: the leading ones of its first byte say how many bytes follow, its other bits stand above those.
    fn number(&mut self) -> Read<u64> {
        let first = self.byte()?;
        let count = first.leading_ones();
        let mut value = [0; 8];
        for (to, from) in value.iter_mut().zip(self.bytes(count.into())?) {
            *to = *from;
        }
        let high = match count {
            0..=6 => u64::from(first & (0x7f >> count)) << (8 * count),
            _ => 0,
        };
        Ok(u64::from_le_bytes(value) | high)
    }

    /// A number of things that are about to be listed.
    fn count(&mut self) -> Read<u64> {
        let count = self.number()?;
        self.budget.check_members(count)?;
        Ok(count)
    }

    /// A bit for each of so many things.
    fn bits(&mut self, count: u64) -> Read<Vec<bool>> {
        let bytes = self.bytes(count.div_ceil(8))?;
        let bits = bytes.iter().flat_map(|byte| (0..8).map(move |at| byte & (0x80 >> at) != 0));
        Ok(bits.take(usize::try_from(count).unwrap_or_default()).collect())
    }

    /// Goes past the checksums of so many things. Which of them have one.
    fn digests(&mut self, count: u64) -> Read<Vec<bool>> {
        let defined = match self.byte()? {
            0 => self.bits(count)?,
            _ => vec![true; usize::try_from(count).unwrap_or_default()],
        };
        let checksums = defined.iter().filter(|it| **it).count() as u64;
        self.bytes(checksums.saturating_mul(4))?;
        Ok(defined)
    }

    /// What follows the mark of a header.
    pub(super) fn header(&mut self) -> Read<Header> {
        let mut header = Header::default();
        loop {
            match self.byte()? {
                0 => return Ok(header),
                2 => self.archive_properties()?,
                // Streams that other things are stored in: nothing writes them.
                3 => drop(self.streams()?),
                4 => header.streams = self.streams()?,
                // A second list costs five bytes to claim, and time to make.
                5 if header.files.is_empty() => header.files = self.files()?,
                _ => return Err(damaged()),
            }
        }
    }

    fn archive_properties(&mut self) -> Read<()> {
        while self.byte()? != 0 {
            let size = self.number()?;
            self.bytes(size)?;
        }
        Ok(())
    }

    /// Which streams there are, and how they unpack.
    pub(super) fn streams(&mut self) -> Read<Streams> {
        let mut streams = Streams::default();
        let mut has_list = false;
        loop {
            match self.byte()? {
                0 => break,
                6 => self.packed(&mut streams)?,
                7 => self.folders(&mut streams)?,
                // Each list adds to the files of every folder.
                8 if !has_list => {
                    self.substreams(&mut streams)?;
                    has_list = true;
                }
                _ => return Err(damaged()),
            }
        }
        for folder in &mut streams.folders {
            // Without a list, each folder holds one file.
            if !has_list {
                let main = folder.main_output().and_then(|it| folder.sizes.get(it).copied());
                folder.files = vec![main.ok_or_else(damaged)?];
            }
        }
        Ok(streams)
    }

    fn packed(&mut self, streams: &mut Streams) -> Read<()> {
        streams.start = self.number()?;
        let count = self.count()?;
        loop {
            match self.byte()? {
                0 => return Ok(()),
                9 => {
                    for _ in 0..count {
                        streams.sizes.push(self.number()?);
                    }
                }
                10 => drop(self.digests(count)?),
                _ => return Err(damaged()),
            }
        }
    }

    fn folders(&mut self, streams: &mut Streams) -> Read<()> {
        if self.byte()? != 11 {
            return Err(damaged());
        }
        let count = self.count()?;
        // Folders in another stream: nothing writes them.
        if self.byte()? != 0 {
            return Err(damaged());
        }
        for _ in 0..count {
            streams.folders.push(self.folder()?);
        }
        loop {
            match self.byte()? {
                0 => return Ok(()),
                12 => {
                    for folder in &mut streams.folders {
                        for _ in 0..folder.coders.len() {
                            folder.sizes.push(self.number()?);
                        }
                    }
                }
                10 => {
                    for (folder, has) in streams.folders.iter_mut().zip(self.digests(count)?) {
                        folder.has_checksum = has;
                    }
                }
                _ => return Err(damaged()),
            }
        }
    }

    fn folder(&mut self) -> Read<Folder> {
        let mut folder = Folder::default();
        let coders = self.number()?;
        if coders == 0 || coders > CODERS as u64 {
            return Err(damaged());
        }
        let mut inputs = 0_usize;
        for _ in 0..coders {
            let coder = self.coder()?;
            inputs = inputs.saturating_add(coder.inputs);
            folder.coders.push(coder);
        }
        if inputs > CODERS {
            return Err(damaged());
        }
        let bonds = folder.coders.len().saturating_sub(1);
        for _ in 0..bonds {
            let (input, output) = (self.number()?, self.number()?);
            let small = |it| usize::try_from(it).map_err(|_| damaged());
            folder.bonds.push((small(input)?, small(output)?));
        }
        match inputs.checked_sub(bonds).ok_or_else(damaged)? {
            0 => return Err(damaged()),
            1 => {
                let is_bound = |it: &usize| folder.bonds.iter().any(|(input, _)| input == it);
                let free = (0..inputs).find(|it| !is_bound(it)).ok_or_else(damaged)?;
                folder.packed.push(free);
            }
            packed => {
                for _ in 0..packed {
                    let input = usize::try_from(self.number()?).map_err(|_| damaged())?;
                    folder.packed.push(input);
                }
            }
        }
        Ok(folder)
    }

    fn coder(&mut self) -> Read<Coder> {
        // Four bits of the length of the id, one for its inputs and outputs, one for its properties.
        let flags = self.byte()?;
        let id = self.bytes((flags & 15).into())?.to_vec();
        let (inputs, outputs) =
            if flags & 0x10 == 0 { (1, 1) } else { (self.number()?, self.number()?) };
        let properties = if flags & 0x20 == 0 { 0 } else { self.number()? };
        let properties = self.bytes(properties)?.to_vec();
        if outputs != 1 || inputs == 0 || inputs > CODERS as u64 || flags & 0xc0 != 0 {
            return Err(damaged());
        }
        let inputs = usize::try_from(inputs).map_err(|_| damaged())?;
        Ok(Coder { id, inputs, properties })
    }

    /// How many files each folder holds, and their sizes: the last one's is what the others leave.
    fn substreams(&mut self, streams: &mut Streams) -> Read<()> {
        let mut counts = vec![1; streams.folders.len()];
        let mut id = self.byte()?;
        if id == 13 {
            for count in &mut counts {
                *count = self.count()?;
            }
            id = self.byte()?;
        }
        let has_sizes = id == 9;
        let mut files = 0_u64;
        for (folder, count) in streams.folders.iter_mut().zip(&counts) {
            let main = folder.main_output().and_then(|it| folder.sizes.get(it).copied());
            let mut left = main.ok_or_else(damaged)?;
            for _ in 1..*count {
                let size = if has_sizes { self.number()? } else { return Err(damaged()) };
                left = left.checked_sub(size).ok_or_else(damaged)?;
                folder.files.push(size);
            }
            if *count > 0 {
                folder.files.push(left);
            }
            files = files.saturating_add(*count);
            self.budget.check_members(files)?;
        }
        if has_sizes {
            id = self.byte()?;
        }
        let covered = |it: &&Folder| it.has_checksum && it.files.len() == 1;
        let unsure = files.saturating_sub(streams.folders.iter().filter(covered).count() as u64);
        while id != 0 {
            if id != 10 {
                return Err(damaged());
            }
            self.digests(unsure)?;
            id = self.byte()?;
        }
        Ok(())
    }

    /// The names of files, and which have no bytes.
    fn files(&mut self) -> Read<Vec<(Vec<u8>, bool)>> {
        let count = self.count()?;
        let mut names = Vec::new();
        let mut is_empty = Vec::new();
        loop {
            let id = self.byte()?;
            if id == 0 {
                break;
            }
            let size = self.number()?;
            let mut part = Reader { rest: self.bytes(size)?, budget: self.budget };
            match id {
                14 => is_empty = part.bits(count)?,
                17 => {
                    // Names in another stream: nothing writes them.
                    if part.byte()? != 0 {
                        return Err(damaged());
                    }
                    for _ in 0..count {
                        names.push(part.name()?);
                    }
                }
                // Times, attributes, padding.
                _ => {}
            }
        }
        let mut files = Vec::new();
        for at in 0..usize::try_from(count).unwrap_or_default() {
            let name = names.get_mut(at).map(std::mem::take).unwrap_or_default();
            files.push((name, !is_empty.get(at).copied().unwrap_or(false)));
        }
        Ok(files)
    }

    fn name(&mut self) -> Read<Vec<u8>> {
        let units = self.rest.chunks_exact(2).position(|it| it == [0, 0]).ok_or_else(damaged)?;
        let name = self.bytes((units as u64).saturating_mul(2))?.to_vec();
        self.bytes(2)?;
        Ok(name)
    }
}
