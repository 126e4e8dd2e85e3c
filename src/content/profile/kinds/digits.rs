//! The digits of a number, without what is written between them.

/// Up to 20 digits: a payment card has 19.
#[derive(Debug, Default)]
pub(super) struct Digits {
    digits: [u8; 20],
    length: usize,
}

impl Digits {
    /// Those of a text that has nothing else but, between two of them, one byte of `between`.
    pub(super) fn of(text: &str, between: &[u8]) -> Option<Digits> {
        let mut digits = Digits::default();
        let mut before_is_digit = false;
        for byte in text.bytes() {
            if byte.is_ascii_digit() {
                *digits.digits.get_mut(digits.length)? = byte - b'0';
                digits.length += 1;
            } else if !before_is_digit || !between.contains(&byte) {
                return None;
            }
            before_is_digit = byte.is_ascii_digit();
        }
        before_is_digit.then_some(digits)
    }

    /// Those of a number that is not negative, with zeros before them up to a length.
    pub(super) fn of_integer(number: i64, least: usize) -> Option<Digits> {
        let mut left = u64::try_from(number).ok()?;
        let mut digits = Digits::default();
        while left > 0 || digits.length < least.max(1) {
            *digits.digits.get_mut(digits.length)? = (left % 10) as u8;
            digits.length += 1;
            left /= 10;
        }
        digits.digits.get_mut(..digits.length)?.reverse();
        Some(digits)
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_what_is_left_without_separators() {
        assert_eq!(Digits::of("12-3 4", b" -").unwrap().as_slice(), [1, 2, 3, 4]);
        assert_eq!(Digits::of_integer(1203, 6).unwrap().as_slice(), [0, 0, 1, 2, 0, 3]);
        assert_eq!(Digits::of_integer(0, 0).unwrap().as_slice(), [0]);
        for text in ["", "-1", "1-", "1--2", "1.2", "1a", "123456789012345678901"] {
            assert!(Digits::of(text, b" -").is_none(), "{text}");
        }
        assert!(Digits::of_integer(-1, 0).is_none());
    }
}
