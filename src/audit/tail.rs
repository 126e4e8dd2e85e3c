//! The end of a trail: its last whole record, and what a write that was cut off left behind it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use anyhow::{Context, Result, bail};

use super::record::{Line, may_be_torn};
use super::{MAX_LINE, NOTHING, Torn};
use crate::content::sha256;

/// Bytes of the end that are read at first. Most trails end in a whole record.
const FIRST_LOOK: u64 = MAX_LINE as u64 + 1;

/// Bytes of the end that are read at most: what one write leaves behind is less.
const MOST: u64 = 16 << 20;

/// How a trail ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tail {
    /// The hash of the last whole record, [`NOTHING`] where there is none.
    pub(super) previous: String,
    /// The last line has no line feed.
    pub(super) is_open: bool,
    /// What stands behind the last whole record, where that is not just a line feed.
    pub(super) torn: Option<Torn>,
}

impl Tail {
    /// That of a file of this length. Of a long one only the end is read.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is no trail, or one in a newer format.
    pub(super) fn of(file: &mut File, length: u64) -> Result<Tail> {
        let mut look = FIRST_LOOK.min(length);
        loop {
            let mut end = Vec::new();
            file.seek(SeekFrom::Start(length - look))?;
            file.by_ref().take(look).read_to_end(&mut end)?;
            if end.len() as u64 != look {
                bail!("it became shorter while it was read");
            }
            if let Some(tail) = within(&end, look == length)? {
                return Ok(tail);
            }
            if look == MOST.min(length) {
                bail!("its last 16 MiB hold no record: move it away, so that a new one begins");
            }
            look = (look * 16).min(MOST).min(length);
        }
    }
}

/// The tail as these last bytes of a file show it; none where more of them are needed. `is_all` says that they are all.
fn within(end: &[u8], is_all: bool) -> Result<Option<Tail>> {
    let is_open = !end.is_empty() && !end.ends_with(b"\n");
    let body = end.strip_suffix(b"\n").unwrap_or(end);
    let mut line_end = body.len();
    loop {
        let before = body[..line_end].iter().rposition(|it| *it == b'\n');
        let (start, is_whole) = before.map_or((0, is_all), |it| (it + 1, true));
        if !is_whole {
            return Ok(None);
        }
        let line = &body[start..line_end];
        match Line::of(line) {
            Line::Record(_) => {
                let rest = body.get(line_end + 1..);
                let torn = rest.or(is_open.then_some(b"")).map(torn);
                return Ok(Some(Tail { previous: sha256(line), is_open, torn }));
            }
            Line::Newer => bail!(
                "a newer dataward wrote it, in a format that this one does not know: run the newer one"
            ),
            Line::Other => {}
        }
        if start == 0 {
            break;
        }
        line_end = start - 1;
    }
    if end.is_empty() {
        return Ok(Some(Tail { previous: NOTHING.to_owned(), is_open, torn: None }));
    }
    if !may_be_torn(body) {
        bail!("it is no trail of dataward: name another file (git config dataward.audit FILE)");
    }
    Ok(Some(Tail { previous: NOTHING.to_owned(), is_open, torn: Some(torn(body)) }))
}

fn torn(bytes: &[u8]) -> Torn {
    Torn { bytes: bytes.len() as u64, sha256: sha256(bytes) }
}

/// The tail of an open trail, whose length is asked for.
pub(super) fn tail(file: &mut File) -> Result<(Tail, u64)> {
    let length = file.metadata().context("cannot tell its length")?.len();
    Ok((Tail::of(file, length)?, length))
}
