//! The gates of a push: what is about to leave, and what arrives.

use std::io::{Read, stdin};

use anyhow::{Context, Result, bail};

mod host;
mod key;
mod push;
mod receive;
mod worker;

/// Bytes of what git says of the refs of one push: some 500,000 refs.
const LONGEST_INPUT: u64 = 128 << 20;

/// What git says on standard input of the refs of a push.
fn told() -> Result<Vec<u8>> {
    let mut input = Vec::new();
    stdin()
        .take(LONGEST_INPUT + 1)
        .read_to_end(&mut input)
        .context("cannot read what git says of the push")?;
    if input.len() as u64 > LONGEST_INPUT {
        bail!("git says more of the push than {LONGEST_INPUT} bytes: push fewer refs at once");
    }
    Ok(input)
}

pub use push::push;
pub(crate) use receive::Terms;
pub use receive::receive;
pub(super) use worker::LOOK;
