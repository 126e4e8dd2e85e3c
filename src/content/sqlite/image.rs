//! The bytes of a database with what its log adds, and the reading of them by SQLite.

use std::time::Instant;

use super::damage::Damage;
use super::header::{self, Header};
use super::memory::{Failure, Memory};
use super::pages::Encoding;
use super::remains::Bytes;
use super::wal::{self, Log};
use super::{Reader, hidden};
use crate::content::confidence::{Confidence, Nature};
use crate::content::database::{Database, WriteAheadLog};
use crate::content::profile::{self, Evidence};
use crate::content::{Cause, Format, Limits, Unreadable};

/// The bytes of a database, and what else is known of its pages.
pub(super) struct Image {
    pub(super) bytes: Vec<u8>,
    pub(super) write_ahead_log: WriteAheadLog,
    /// Older versions of its pages: what they are in, how long they are and where they begin.
    pub(super) spare: Vec<u8>,
    pub(super) spare_size: usize,
    pub(super) spare_pages: Vec<usize>,
    /// What is missing.
    pub(super) damage: Option<Unreadable>,
}

impl Image {
    pub(super) fn new(bytes: Vec<u8>) -> Image {
        Image {
            bytes,
            write_ahead_log: WriteAheadLog::Off,
            spare: Vec::new(),
            spare_size: 0,
            spare_pages: Vec::new(),
            damage: None,
        }
    }

    /// A database with the newest pages of its log. An empty log is none.
    pub(super) fn with_log(
        bytes: Vec<u8>,
        log: Vec<u8>,
        limits: &Limits,
    ) -> Result<Image, Unreadable> {
        let mut image = Image::new(bytes);
        let Some(header) = Header::find(&image.bytes) else { return Ok(image) };
        let header = header?;
        image.write_ahead_log = match (header.write_ahead_log, log.is_empty()) {
            (false, true) => WriteAheadLog::Off,
            (true, true) => WriteAheadLog::NotHere,
            (_, false) => WriteAheadLog::Unused,
        };
        image.spare = log;
        let Some(found) = Log::find(&image.spare) else { return Ok(image) };
        image.spare_size = found.page_size;
        image.spare_pages = found.frames(&image.spare).map(|it| it.at).collect();
        let frames = found.committed(&image.spare);
        // SQLite refuses a log whose pages are of another size.
        if frames.is_empty() || found.page_size != header.page_size {
            return Ok(image);
        }
        let grown = (image.bytes.len() + image.spare.len()) as u64;
        let bound = limits.file_size.min(header::padded(grown)).max(image.bytes.len() as u64);
        let (bytes, size) = (&mut image.bytes, header.page_size);
        let merged = wal::merge(bytes, &mut image.spare, &frames, size, bound);
        image.write_ahead_log = WriteAheadLog::Merged { frames: merged.frames };
        if merged.left_out > 0 {
            let detail =
                format!("pages of its write-ahead log past {bound} bytes: {}", merged.left_out);
            image.damage = Some(Unreadable { cause: Cause::TooLarge, detail });
        }
        Ok(image)
    }

    /// Reads it as a database of which the header was found.
    pub(super) fn read(
        mut self,
        format: &'static Format,
        size: u64,
        limits: &Limits,
        deadline: Instant,
    ) -> Result<Database, Unreadable> {
        let header = match Header::find(&self.bytes) {
            Some(found) => found?,
            None => return Err(Unreadable::corrupt("the first page in its log is malformed")),
        };
        let another = followed(&self.bytes, header);
        let mended = header::mend(&mut self.bytes, header, limits.file_size)?;
        let missing = self.damage.or(mended).or(another);
        // SQLite keeps the bytes, so what to say about them is settled first.
        let unopened = header::unopened(&self.bytes, header.page_size);
        let memory = Memory::open(self.bytes, deadline).map_err(|_| unopened.clone())?;
        let damage = Damage::default();
        let mut reader = Reader { memory, limits, deadline, damage, roots: Vec::new() };
        let listed = reader.schema().map_err(|failure| match (failure, &missing) {
            (Failure::Interrupted, _) => reader.too_slow(),
            (Failure::TooBig | Failure::NoMemory, _) => {
                let detail = "its schema is over SQLite's limits".to_owned();
                Unreadable { cause: Cause::TooLarge, detail }
            }
            (_, Some(missing)) => missing.clone(),
            _ => unopened,
        })?;
        let mut evidence = Evidence::default();
        let tables = reader.tables(&listed, &mut evidence)?;
        let spare = self.spare_pages.iter();
        let spare: Vec<&[u8]> =
            spare.filter_map(|it| self.spare.get(*it..)?.get(..self.spare_size)).collect();
        let bytes = reader.memory.bytes();
        let (page_size, encoding) = (header.page_size, Encoding::of(bytes));
        let bytes = Bytes { bytes, page_size, encoding, rows: limits.rows_per_table, deadline };
        let remains = bytes.remains(&reader.roots, &spare, &mut evidence);
        let mut database = Database {
            format,
            size,
            write_ahead_log: self.write_ahead_log,
            tables,
            remains: remains.map_err(|_| reader.too_slow())?,
            nature: Nature::Unreadable,
            test_confidence: Confidence::none(),
            damage: missing.or_else(|| reader.damage.unreadable(listed.len(), limits)),
        };
        profile::settle(&mut database, &evidence);
        Ok(database)
    }
}

/// That another database follows in the same bytes, behind the last page of this one: only one of them is read.
fn followed(bytes: &[u8], header: Header) -> Option<Unreadable> {
    let end = (header.pages as usize).checked_mul(header.page_size)?.checked_sub(1)?;
    hidden::find_embedded(bytes.get(end..)?)?;
    Some(Unreadable::corrupt("another database follows it in the same file, and was not read"))
}
