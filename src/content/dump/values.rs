//! The values of one row: where they are in the bytes, and what they are once their quoting is undone.

use std::ops::Range;

use crate::content::profile::Value;

/// Bytes of a value that are kept, for one row at a time: what looks at them searches no further.
const KEPT: usize = 4096;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing that is a value by itself: NULL, a name, a call without text.
    Nothing,
    /// A number.
    Number,
    /// In quotes, which are doubled inside; with backslash escapes or without.
    Quoted { quote: u8, escapes: bool },
    /// As it is: between dollar signs.
    Plain,
    /// The digits of bytes.
    Hex,
    /// Bytes in quotes, as `_binary '…'` has them.
    Bytes { quote: u8, escapes: bool },
    /// A field of COPY: backslash escapes, `\N` for NULL.
    Copied,
    /// A field of COPY that may be a number, in CSV.
    Bare,
}

/// A value, by its place in the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) written: Written,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A value of the row.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    Nothing,
    Integer(i64),
    Real(f64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

/// The values of a row; one is reused for all.
#[derive(Debug, Default)]
pub(super) struct Values {
    slots: Vec<Slot>,
    kept: Vec<u8>,
}

impl Values {
    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    pub(super) fn value(&self, slot: &Slot) -> Value<'_> {
        let kept = |range: &Range<usize>| self.kept.get(range.clone()).unwrap_or_default();
        match slot {
            Slot::Nothing => Value::Nothing,
            Slot::Integer(number) => Value::Integer(*number),
            Slot::Real(number) => Value::Real(*number),
            Slot::Text(range) => Value::Text(kept(range)),
            Slot::Blob(range) => Value::Blob(kept(range)),
        }
    }

    /// Takes the values of a row.
    pub(super) fn take(&mut self, bytes: &[u8], fields: &[Field]) {
        self.slots.clear();
        self.kept.clear();
        for field in fields {
            let written = bytes.get(field.from..field.to).unwrap_or_default();
            let slot = match field.written {
                Written::Nothing => Slot::Nothing,
                Written::Number => number(written),
                Written::Quoted { quote, escapes } => self.text(written, Some(quote), escapes),
                Written::Bytes { quote, escapes } => {
                    let from = self.kept.len();
                    self.unescape(written, Some(quote), escapes);
                    Slot::Blob(from..self.kept.len())
                }
                Written::Plain => self.text(written, None, false),
                Written::Hex => self.hex(written),
                Written::Copied if written == b"\\N" => Slot::Nothing,
                Written::Copied => match integer(written) {
                    Some(number) => Slot::Integer(number),
                    None => self.text(written, None, true),
                },
                Written::Bare if written.is_empty() => Slot::Nothing,
                Written::Bare => match integer(written) {
                    Some(number) => Slot::Integer(number),
                    None => self.text(written, None, false),
                },
            };
            self.slots.push(slot);
        }
    }

    /// Keeps a text in UTF-8. Other bytes are taken for Latin-1, so that names in it are still recognised.
    fn text(&mut self, written: &[u8], quote: Option<u8>, escapes: bool) -> Slot {
        let from = self.kept.len();
        self.unescape(written, quote, escapes);
        let kept = self.kept.get(from..).unwrap_or_default();
        // PostgreSQL's bytes are text that begins so.
        if let Some(digits) = kept.strip_prefix(b"\\x")
            && !digits.is_empty()
            && digits.iter().all(u8::is_ascii_hexdigit)
        {
            let digits = digits.to_vec();
            self.kept.truncate(from);
            return self.hex(&digits);
        }
        // A character that is cut off at the end is no sign of another encoding.
        if std::str::from_utf8(kept).is_err_and(|it| it.error_len().is_some()) {
            let text: String = kept.iter().map(|&it| char::from(it)).collect();
            self.kept.truncate(from);
            self.kept.extend(text.as_bytes());
        }
        Slot::Text(from..self.kept.len())
    }

    fn hex(&mut self, digits: &[u8]) -> Slot {
        let from = self.kept.len();
        for pair in digits.chunks_exact(2).take(KEPT) {
            let byte = pair.iter().fold(0u8, |sum, it| {
                let digit = char::from(*it).to_digit(16).unwrap_or(0);
                (sum << 4) | u8::try_from(digit).unwrap_or(0)
            });
            self.kept.push(byte);
        }
        Slot::Blob(from..self.kept.len())
    }

    fn unescape(&mut self, written: &[u8], quote: Option<u8>, escapes: bool) {
        let end = self.kept.len() + KEPT;
        let mut rest = written.iter().copied();
        while let Some(byte) = rest.next()
            && self.kept.len() < end
        {
            let kept = match byte {
                b'\\' if escapes => match rest.next() {
                    Some(b'n') => b'\n',
                    Some(b't') => b'\t',
                    Some(b'r') => b'\r',
                    Some(b'0') => 0,
                    Some(b'b') => 8,
                    Some(b'f') => 12,
                    Some(b'v') => 11,
                    Some(b'Z') => 26,
                    Some(byte) => byte,
                    None => b'\\',
                },
                _ if Some(byte) == quote => {
                    // Its twin.
                    rest.next();
                    byte
                }
                _ => byte,
            };
            self.kept.push(kept);
        }
    }
}

fn number(written: &[u8]) -> Slot {
    let Ok(text) = std::str::from_utf8(written) else { return Slot::Nothing };
    match (text.parse(), text.parse()) {
        (Ok(integer), _) => Slot::Integer(integer),
        (_, Ok(real)) => Slot::Real(real),
        _ => Slot::Nothing,
    }
}

/// A whole number as databases write them; `+49…` and `030…` are text.
fn integer(written: &[u8]) -> Option<i64> {
    let digits = written.strip_prefix(b"-").unwrap_or(written);
    let is_whole = digits == b"0" || digits.first().is_some_and(|it| (b'1'..=b'9').contains(it));
    if !is_whole || digits.len() > 19 {
        return None;
    }
    std::str::from_utf8(written).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(written: Written, bytes: &str) -> String {
        let mut values = Values::default();
        values.take(bytes.as_bytes(), &[Field { written, from: 0, to: bytes.len() }]);
        format!("{:?}", values.value(&values.slots()[0]))
    }

    #[test]
    fn undoes_quoting() {
        let text = |it: &str| format!("{:?}", Value::Text(it.as_bytes()));
        let blob = |it: &[u8]| format!("{:?}", Value::Blob(it));
        let quoted = |escapes| Written::Quoted { quote: b'\'', escapes };
        for (written, bytes, expected) in [
            (quoted(false), r"it''s \n", text(r"it's \n")),
            (quoted(true), r"it\'s ''\n\\", text("it's '\n\\")),
            (quoted(true), r"\", text(r"\")),
            (Written::Plain, r"a''\n", text(r"a''\n")),
            (Written::Hex, "6162", blob(b"ab")),
            (Written::Bytes { quote: b'\'', escapes: true }, r"a\0b", blob(b"a\0b")),
            (Written::Copied, r"a\tb\\N", text("a\tb\\N")),
            (Written::Copied, r"\\x6162", blob(b"ab")),
            (Written::Copied, r"\N", format!("{:?}", Value::Nothing)),
            (Written::Copied, "-12", format!("{:?}", Value::Integer(-12))),
            (Written::Copied, "012", text("012")),
            (Written::Copied, "", text("")),
            (Written::Bare, "", format!("{:?}", Value::Nothing)),
            (Written::Bare, r"a\n", text(r"a\n")),
            (Written::Number, "-1.5e3", format!("{:?}", Value::Real(-1500.0))),
            (Written::Number, "7", format!("{:?}", Value::Integer(7))),
            (Written::Number, "1-2", format!("{:?}", Value::Nothing)),
        ] {
            assert_eq!(value(written, bytes), expected, "{written:?} {bytes}");
        }
    }

    #[test]
    fn keeps_little_of_a_long_value() {
        let long = "x".repeat(100_000);
        let mut values = Values::default();
        let field = Field { written: Written::Plain, from: 0, to: long.len() };
        values.take(long.as_bytes(), &[field, field]);
        assert_eq!(values.kept.len(), 2 * KEPT);
    }

    #[test]
    fn takes_other_bytes_for_latin_1() {
        let mut values = Values::default();
        values.take(b"J\xf6rg", &[Field { written: Written::Plain, from: 0, to: 4 }]);
        assert_eq!(values.value(&values.slots()[0]), Value::Text("Jörg".as_bytes()));
    }
}
