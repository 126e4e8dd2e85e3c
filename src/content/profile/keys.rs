//! Values as they are known again: by hashes, never by themselves.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

/// Hashes of values. They are hashed well already.
pub(super) type Keys = HashSet<u64, BuildHasherDefault<Hashed>>;

/// Something by such a hash.
pub(super) type Keyed<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// What a hash is hashed to: itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A text as it is known again: whatever its case.
pub(super) fn key(text: &str) -> u64 {
    let text = text.trim();
    let mut hasher = DefaultHasher::new();
    let mut room = [0; 128];
    match room.get_mut(..text.len()).filter(|_| text.is_ascii()) {
        Some(lower) => {
            lower.copy_from_slice(text.as_bytes());
            lower.make_ascii_lowercase();
            hasher.write(lower);
        }
        None => hasher.write(text.to_lowercase().as_bytes()),
    }
    hasher.finish()
}

pub(super) fn key_of(parts: impl Iterator<Item = impl Hash>) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.for_each(|it| it.hash(&mut hasher));
    hasher.finish()
}
