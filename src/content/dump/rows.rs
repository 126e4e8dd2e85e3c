//! Rows as they are written: `(1, 'x', NULL)` behind VALUES, and the lines of COPY.

use bstr::ByteSlice;

use super::cursor::{Cursor, Stop, is_word};
use super::tables::MOST_COLUMNS;
use super::values::{Field, Written};

/// What a list in brackets turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// A row of so many values.
    Whole(usize),
    /// The pattern of one, with places for values: `(?, :name, %s)`. Programs have such.
    Pattern,
    /// It does not end, or not where its quotes say.
    Malformed,
}

/// Bytes in a row that mean something outside of a string. All others are passed in one go: dumps are megabytes of these.
static SPECIAL: [bool; 256] = {
    let (mut special, mut n) = ([false; 256], 0);
    let bytes = b"'\"`(),;\\?%{$:#-/*\0";
    while n < bytes.len() {
        special[bytes[n] as usize] = true;
        n += 1;
    }
    special
};

/// One value in the making: what of its tokens tells it.
#[derive(Default)]
struct Making {
    /// The first text in it, else its only token.
    field: Option<Field>,
    tokens: usize,
}

impl Making {
    fn text(&mut self, field: Field) {
        if !self.field.is_some_and(|it| is_text(it.written)) {
            self.field = Some(field);
        }
        self.tokens += 1;
    }

    /// What stands between two places and is no text: a number, a word, an operator.
    fn other(&mut self, bytes: &[u8], from: usize, to: usize) {
        let all = bytes.get(from..to).unwrap_or_default();
        let from = from + all.len() - all.trim_ascii_start().len();
        // A cast does not change what is cast.
        let token = all.trim_ascii().split(|it| *it == b':').next().unwrap_or_default();
        if all.trim_ascii().is_empty() {
            return;
        }
        let to = from + token.len();
        if self.tokens == 0 {
            self.field = match token {
                [b'0', b'x' | b'X', ..] => {
                    Some(Field { written: Written::Hex, from: from + 2, to })
                }
                [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => {
                    Some(Field { written: Written::Number, from, to })
                }
                _ => None,
            };
        }
        self.tokens += 1;
    }

    /// Of an expression only its text is taken: `CAST('x' AS char)` is x, and 1 + 2 is nothing.
    fn finish(self) -> Field {
        match self.field {
            Some(field) if self.tokens == 1 || is_text(field.written) => field,
            _ => Field { written: Written::Nothing, from: 0, to: 0 },
        }
    }
}

fn is_text(written: Written) -> bool {
    !matches!(written, Written::Nothing | Written::Number | Written::Hex)
}

impl Cursor<'_> {
    /// Passes a row from its bracket on, and keeps the places of its values in `fields` if there. Where it is malformed, a
    /// backslash is tried in its other meaning, and kept in that if it helps.
    pub(super) fn row(&mut self, mut fields: Option<&mut Vec<Field>>) -> Result<Row, Stop> {
        let from = self.at;
        let row = self.row_once(fields.as_deref_mut())?;
        if row != Row::Malformed {
            return Ok(row);
        }
        self.at = from;
        self.escapes = !self.escapes;
        let row = self.row_once(fields)?;
        if row == Row::Malformed {
            self.at = from;
            self.escapes = !self.escapes;
        }
        Ok(row)
    }

    fn row_once(&mut self, mut fields: Option<&mut Vec<Field>>) -> Result<Row, Stop> {
        let start = self.at;
        let (mut depth, mut width, mut is_pattern) = (0usize, 1usize, false);
        let mut making = Making::default();
        // Where what is neither text nor bracket began.
        let mut from = start;
        if let Some(fields) = &mut fields {
            fields.clear();
        }
        let row = loop {
            let rest = self.rest();
            let found = rest.iter().position(|it| SPECIAL[usize::from(*it)]);
            let Some((found, byte)) = found.and_then(|it| Some((it, *rest.get(it)?))) else {
                break Row::Malformed;
            };
            self.at += found;
            let at = self.at;
            match byte {
                b'(' | b')' | b',' => {
                    self.at += 1;
                    if fields.is_some() {
                        making.other(self.bytes, from, at);
                    }
                    from = self.at;
                    if byte == b'(' {
                        making.tokens += usize::from(depth > 0);
                        depth += 1;
                        continue;
                    }
                    if depth == 1 {
                        let field = std::mem::take(&mut making).finish();
                        if let Some(fields) = fields.as_mut().filter(|it| it.len() < MOST_COLUMNS) {
                            fields.push(field);
                        }
                        width += usize::from(byte == b',');
                    }
                    depth -= usize::from(byte == b')');
                    if depth == 0 {
                        break if is_pattern { Row::Pattern } else { Row::Whole(width) };
                    }
                }
                b'?' | b'%' | b'{' => {
                    is_pattern = true;
                    self.at += 1;
                }
                b':' | b'-' | b'/' | b'*' | b'#' => match rest.get(found + 1) {
                    Some(b':') if byte == b':' => self.at += 2,
                    Some(after) if byte == b':' => {
                        is_pattern |= is_word(*after);
                        self.at += 1;
                    }
                    _ => {
                        self.skip_blanks()?;
                        if self.at > at {
                            making.other(self.bytes, from, at);
                            from = self.at;
                        }
                        // An operator.
                        self.at += usize::from(self.at == at);
                    }
                },
                b'\'' | b'"' | b'`' | b'$' => match self.text(byte, from, &mut making)? {
                    Token::Read => from = self.at,
                    Token::Word => {}
                    Token::Place => is_pattern = true,
                    Token::Malformed => break Row::Malformed,
                },
                _ => break Row::Malformed,
            }
        };
        self.spend(start)?;
        Ok(row)
    }

    /// Passes a text or name in quotes or between dollar signs; `from` is where began what stands before it.
    fn text(&mut self, quote: u8, from: usize, making: &mut Making) -> Result<Token, Stop> {
        let at = self.at;
        let before = self.slice(from, at);
        let word = before.iter().rev().take_while(|it| is_word(**it)).count();
        let word = self.slice(at - word, at);
        if quote == b'$' {
            // `a$b` is a word, and `$1` a place for a value.
            let is_whole = word.is_empty() && self.skip_dollars()?;
            if !is_whole {
                self.at += 1;
                return Ok(if word.is_empty() { Token::Place } else { Token::Word });
            }
            let tag = self.slice(at + 1, self.at).find_byte(b'$').map_or(0, |it| it + 2);
            making.text(Field { written: Written::Plain, from: at + tag, to: self.at - tag });
            return Ok(Token::Read);
        }
        making.other(self.bytes, from, at - word.len());
        if quote == b'`' {
            making.tokens += 1;
            return Ok(if self.name().is_some() { Token::Read } else { Token::Malformed });
        }
        let is = |it: &[u8]| word.eq_ignore_ascii_case(it);
        let escapes = (self.escapes && !is(b"x")) || is(b"e");
        if !self.skip_string(quote, escapes) {
            return Ok(Token::Malformed);
        }
        let written = if is(b"x") {
            Written::Hex
        } else if before.trim_ascii().eq_ignore_ascii_case(b"_binary") {
            Written::Bytes { quote, escapes }
        } else {
            Written::Quoted { quote, escapes }
        };
        making.text(Field { written, from: at + 1, to: self.at - 1 });
        Ok(Token::Read)
    }

    /// Goes on behind a malformed row that begins here: at the next row, if one seems to begin in the same statement
    /// (true), else at the next line on which a statement begins.
    pub(super) fn resume(&mut self) -> Result<bool, Stop> {
        let from = self.at;
        self.at += 1;
        let found = loop {
            let Some(found) = self.rest().find_byteset(b")\n") else {
                self.at = self.bytes.len();
                break false;
            };
            self.at += found + 1;
            if self.slice(self.at - 1, self.at) == b")" {
                let after = self.rest().trim_ascii_start();
                let row = after.strip_prefix(b",").map(<[u8]>::trim_ascii_start);
                if let Some(row) = row.filter(|it| it.first() == Some(&b'(')) {
                    self.at = self.bytes.len() - row.len();
                    break true;
                }
            } else if self.begins_statement() {
                break false;
            }
        };
        self.spend(from)?;
        Ok(found)
    }
}

enum Token {
    Read,
    /// No token of its own, but part of a word.
    Word,
    /// A place for a value.
    Place,
    Malformed,
}

/// How the lines of a COPY are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Copy {
    /// What stands between two values: a tab, or a comma in CSV.
    pub(super) delimiter: u8,
    pub(super) is_csv: bool,
    /// The first line has the names of the columns.
    pub(super) has_header: bool,
}

impl Copy {
    /// The end of the line of `bytes` in which a row begins, without and with its line feed. In CSV a value may have
    /// lines in it.
    pub(super) fn line(self, bytes: &[u8]) -> (usize, usize) {
        let (mut from, mut quotes) = (0, 0);
        let end = loop {
            let rest = bytes.get(from..).unwrap_or_default();
            let Some(found) = rest.find_byte(b'\n') else { break bytes.len() };
            if self.is_csv {
                let line = rest.get(..found).unwrap_or_default();
                quotes += line.iter().filter(|it| **it == b'"').count();
            }
            if quotes % 2 == 0 {
                break from + found;
            }
            from += found + 1;
        };
        let line = bytes.get(..end).unwrap_or_default();
        (line.strip_suffix(b"\r").map_or(end, <[u8]>::len), (end + 1).min(bytes.len()))
    }

    /// The places of the values in a line.
    pub(super) fn fields(self, bytes: &[u8], line: (usize, usize), fields: &mut Vec<Field>) {
        fields.clear();
        let (mut from, end) = line;
        while fields.len() < MOST_COLUMNS {
            let rest = bytes.get(from..end).unwrap_or_default();
            let quoted = self.is_csv && rest.first() == Some(&b'"');
            let closing = if quoted { closing_quote(rest) } else { 0 };
            let length = rest.get(closing..).and_then(|it| it.find_byte(self.delimiter));
            let to = length.map_or(end, |it| from + closing + it);
            let written = match (self.is_csv, quoted) {
                (false, _) => Written::Copied,
                (true, false) => Written::Bare,
                (true, true) => Written::Quoted { quote: b'"', escapes: false },
            };
            let (inner_from, inner_to) =
                if quoted { (from + 1, from + closing) } else { (from, to) };
            fields.push(Field { written, from: inner_from, to: inner_to });
            if length.is_none() {
                return;
            }
            from = to + 1;
        }
    }
}

/// The place of the quote that ends the value that begins with one.
fn closing_quote(value: &[u8]) -> usize {
    let mut at = 1;
    while let Some(found) = value.get(at..).and_then(|it| it.find_byte(b'"')) {
        at += found;
        if value.get(at + 1) != Some(&b'"') {
            return at;
        }
        at += 2;
    }
    value.len()
}
