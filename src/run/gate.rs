//! The gates of a push: what is about to leave, and what arrives.

mod push;

pub use push::push;
