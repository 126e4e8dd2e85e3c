//! What a value is made of, in one pass over its bytes.

use std::ops::{BitOr, Not};

/// Kinds of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes(u16);

pub(super) const DIGIT: Bytes = Bytes(1);
pub(super) const LETTER: Bytes = Bytes(1 << 1);
pub(super) const SPACE: Bytes = Bytes(1 << 2);
pub(super) const AT: Bytes = Bytes(1 << 3);
pub(super) const DOT: Bytes = Bytes(1 << 4);
pub(super) const DASH: Bytes = Bytes(1 << 5);
pub(super) const COLON: Bytes = Bytes(1 << 6);
pub(super) const SLASH: Bytes = Bytes(1 << 7);
pub(super) const PLUS: Bytes = Bytes(1 << 8);
pub(super) const PAREN: Bytes = Bytes(1 << 9);
pub(super) const UNDER: Bytes = Bytes(1 << 10);
pub(super) const OTHER: Bytes = Bytes(1 << 11);
/// Of characters beyond ASCII.
pub(super) const HIGH: Bytes = Bytes(1 << 12);

impl BitOr for Bytes {
    type Output = Bytes;

    fn bitor(self, other: Bytes) -> Bytes {
        Bytes(self.0 | other.0)
    }
}

impl Not for Bytes {
    type Output = Bytes;

    fn not(self) -> Bytes {
        Bytes(!self.0)
    }
}

impl Bytes {
    /// What an account number is written with.
    pub(super) fn of_iban() -> Bytes {
        DIGIT | LETTER | SPACE
    }

    const fn of(byte: u8) -> Bytes {
        match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b' ' => SPACE,
            b'@' => AT,
            b'.' => DOT,
            b'-' => DASH,
            b':' => COLON,
            b'/' => SLASH,
            b'+' => PLUS,
            b'(' | b')' => PAREN,
            b'_' => UNDER,
            0x80.. => HIGH,
            _ => OTHER,
        }
    }
}

/// The kind of each byte.
static KINDS: [u16; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = Bytes::of(byte as u8).0;
        byte += 1;
    }
    kinds
};

/// What a value is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    has: u16,
    /// How many digits there are.
    pub(super) digits: usize,
    /// The longest run of letters, digits, `_` and `-`.
    pub(super) longest: usize,
}

impl Shape {
    pub(super) fn of(bytes: &[u8]) -> Shape {
        const WORD: u16 = DIGIT.0 | LETTER.0 | UNDER.0 | DASH.0;
        let (mut has, mut digits, mut run, mut longest) = (0, 0, 0, 0);
        for byte in bytes {
            let kind = KINDS[usize::from(*byte)];
            has |= kind;
            digits += usize::from(kind & DIGIT.0);
            run = if kind & WORD == 0 { 0 } else { run + 1 };
            longest = longest.max(run);
        }
        Shape { has, digits, longest }
    }

    /// Whether any of these bytes is in it.
    pub(super) fn has(&self, any: Bytes) -> bool {
        self.has & any.0 != 0
    }
}
