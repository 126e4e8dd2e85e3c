//! The gates of a server: what arrives, before its refs move.
