//! The gates of a push: what is about to leave, and what arrives.

mod host;
mod push;
mod receive;

/// Bytes of what git says of the refs of one push: some 500,000 refs.
const LONGEST_INPUT: u64 = 128 << 20;

pub use push::push;
pub use receive::receive;
pub(crate) use receive::terms;
