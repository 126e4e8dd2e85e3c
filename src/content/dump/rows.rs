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

    fn token(&mut self, field: Option<Field>) {
        if self.tokens == 0 {
            self.field = field;
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
        let from = self.at;
        let (mut depth, mut width, mut is_pattern) = (0usize, 1usize, false);
        let mut making = Making::default();
        if let Some(fields) = &mut fields {
            fields.clear();
        }
        let row = loop {
            let Some(byte) = self.peek() else { break Row::Malformed };
            match byte {
                b'(' => {
                    depth += 1;
                    self.at += 1;
                    making.tokens += usize::from(depth > 1);
                }
                b')' | b',' => {
                    self.at += 1;
                    let ends = byte == b')' && depth == 1;
                    if depth == 1
                        && let Some(fields) = &mut fields
                        && fields.len() < MOST_COLUMNS
                    {
                        fields.push(std::mem::take(&mut making).finish());
                    } else if depth == 1 {
                        making = Making::default();
                    }
                    width += usize::from(byte == b',' && depth == 1);
                    depth -= usize::from(byte == b')');
                    if ends {
                        break if is_pattern { Row::Pattern } else { Row::Whole(width) };
                    }
                }
                b';' | b'\\' | 0 => break Row::Malformed,
                b'?' | b'%' | b'{' => {
                    is_pattern = true;
                    self.at += 1;
                }
                _ => match self.token(&mut making)? {
                    Token::Read => {}
                    Token::Place => is_pattern = true,
                    Token::Malformed => break Row::Malformed,
                },
            }
        };
        self.spend(from)?;
        Ok(row)
    }

    /// Passes one token of a value.
    fn token(&mut self, making: &mut Making) -> Result<Token, Stop> {
        let from = self.at;
        match self.rest() {
            [b' ' | b'\t' | b'\n' | b'\r', ..] => self.at += 1,
            [b'-', b'-', ..] | [b'/', b'*', ..] | [b'*', b'/', ..] | [b'#', ..] => {
                self.skip_blanks()?;
                // PostgreSQL's operator.
                self.at += usize::from(self.at == from);
            }
            [quote @ (b'\'' | b'"'), ..] => {
                let escapes = self.escapes;
                return Ok(self.quoted(*quote, Some(escapes), making, &[]));
            }
            [b'`', ..] => {
                if self.name().is_none() {
                    return Ok(Token::Malformed);
                }
                making.token(None);
            }
            [b'0', b'x' | b'X', digits @ ..] => {
                let length = digits.iter().take_while(|it| it.is_ascii_hexdigit()).count();
                self.at += 2 + length;
                making.token(Some(Field { written: Written::Hex, from: from + 2, to: self.at }));
            }
            [b'0'..=b'9', ..] | [b'-' | b'+' | b'.', b'0'..=b'9' | b'.', ..] => self.number(making),
            [b'$', ..] => return self.dollars(making),
            [b':', b':', ..] => {
                // What is cast stays what it is.
                self.at += 2;
                self.word();
            }
            [b':', after, ..] if is_word(*after) => {
                self.at += 1;
                return Ok(Token::Place);
            }
            [byte, ..] if is_word(*byte) => {
                let word = self.word();
                if let Some(quote @ (b'\'' | b'"')) = self.peek() {
                    return Ok(self.quoted(quote, None, making, word));
                }
                making.token(None);
            }
            _ => {
                self.at += 1;
                making.tokens += 1;
            }
        }
        Ok(Token::Read)
    }

    fn number(&mut self, making: &mut Making) {
        let from = self.at;
        self.at += 1;
        loop {
            let is_part = match self.rest() {
                [byte, ..] if byte.is_ascii_alphanumeric() => true,
                [b'.' | b'_', ..] => true,
                [b'-' | b'+', b'0'..=b'9', ..] => {
                    matches!(self.slice(self.at - 1, self.at), b"e" | b"E")
                }
                _ => false,
            };
            if !is_part {
                break;
            }
            self.at += 1;
        }
        making.token(Some(Field { written: Written::Number, from, to: self.at }));
    }

    /// Passes a text between dollar signs; a single one is a place for a value: `$1`.
    fn dollars(&mut self, making: &mut Making) -> Result<Token, Stop> {
        let from = self.at;
        if !self.skip_dollars()? {
            self.at += 1;
            return Ok(Token::Place);
        }
        let tag = self.slice(from + 1, self.at).find_byte(b'$').map_or(0, |it| it + 2);
        let (from, to) = (from + tag, self.at - tag);
        making.text(Field { written: Written::Plain, from, to });
        Ok(Token::Read)
    }

    /// Passes a string with the word that stands right before it, as in `N'…'`.
    fn quoted(
        &mut self,
        quote: u8,
        escapes: Option<bool>,
        making: &mut Making,
        word: &[u8],
    ) -> Token {
        let from = self.at + 1;
        let is = |it: &[u8]| word.eq_ignore_ascii_case(it);
        let escapes = escapes.unwrap_or(self.escapes && !is(b"x") || is(b"e"));
        if !self.skip_string(quote, escapes) {
            return Token::Malformed;
        }
        let to = self.at - 1;
        let written = if is(b"x") {
            Written::Hex
        } else if making.tokens > 0 && self.is_binary(from) {
            Written::Bytes { quote, escapes }
        } else {
            Written::Quoted { quote, escapes }
        };
        making.text(Field { written, from, to });
        if written == Written::Hex {
            // Not an expression: the digits are all there is.
            making.tokens = 1;
        }
        Token::Read
    }

    /// Whether `_binary` stands before the string that begins at a place.
    fn is_binary(&self, at: usize) -> bool {
        let before = self.slice(at.saturating_sub(10), at.saturating_sub(1)).trim_ascii_end();
        before.to_ascii_lowercase().ends_with(b"_binary")
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
