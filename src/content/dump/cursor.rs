//! Goes over the bytes of a dump: blanks, comments, words, names and quotes, in a bounded number of steps.

use std::time::Instant;

use bstr::ByteSlice;

use super::encoding;
use super::head::Tool;

/// Why reading ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The bound on time was met.
    TooSlow,
    /// The bound on steps was met: what looks like quotes and comments does not end, again and again.
    Tangled,
}

/// Steps for each byte: in well-formed dumps there is one. What is not understood is passed again from a place further on,
/// and this keeps that linear.
const STEPS_PER_BYTE: u64 = 8;

/// Steps between two looks at the clock.
const STEPS_PER_LOOK: u64 = 1 << 20;

/// A place in the bytes, and what is known of how to read on from it.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Whether a backslash in a plain string escapes what follows it.
    pub(super) escapes: bool,
    pub(super) tool: Tool,
    /// What ends a statement.
    pub(super) delimiter: &'a [u8],
    /// Bytes passed, again and again where they were.
    pub(super) steps: u64,
    next_look: u64,
    deadline: Instant,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], tool: Tool, deadline: Instant) -> Cursor<'a> {
        let escapes = tool.is_mysql();
        let next_look = STEPS_PER_LOOK;
        Cursor { bytes, at: 0, escapes, tool, delimiter: b";", steps: 0, next_look, deadline }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// Adds the bytes that were passed since `from` to the steps.
    pub(super) fn spend(&mut self, from: usize) -> Result<(), Stop> {
        self.steps += self.at.saturating_sub(from) as u64 + 1;
        if self.steps > (self.bytes.len() as u64 + STEPS_PER_LOOK) * STEPS_PER_BYTE {
            return Err(Stop::Tangled);
        }
        if self.steps >= self.next_look {
            self.next_look = self.steps + STEPS_PER_LOOK;
            self.check_clock()?;
        }
        Ok(())
    }

    pub(super) fn check_clock(&self) -> Result<(), Stop> {
        if Instant::now() >= self.deadline { Err(Stop::TooSlow) } else { Ok(()) }
    }

    /// Passes the rest of the line and its end.
    pub(super) fn skip_line(&mut self) {
        self.at = self.rest().find_byte(b'\n').map_or(self.bytes.len(), |it| self.at + it + 1);
    }

    /// Passes blanks and comments. MySQL's `/*!40101 … */` is a comment only to others: its ends are blanks.
    pub(super) fn skip_blanks(&mut self) -> Result<(), Stop> {
        loop {
            match self.rest() {
                [b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0x0b, ..] => self.at += 1,
                [b'-', b'-', ..] => self.comment()?,
                [b'#', ..] if self.tool != Tool::PostgreSql => self.comment()?,
                [b'*', b'/', ..] => self.at += 2,
                [b'/', b'*', b'!', ..] | [b'/', b'*', b'M', b'!', ..] => {
                    self.at += self.rest().find_byte(b'!').unwrap_or(0) + 1;
                    self.at += self.rest().iter().take_while(|it| it.is_ascii_digit()).count();
                }
                [b'/', b'*', ..] => self.block_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self) -> Result<(), Stop> {
        let from = self.at;
        self.skip_line();
        self.spend(from)
    }

    /// Passes a comment between `/*` and `*/`; one that does not end is a line. Comments nest in PostgreSQL and SQL Server.
    fn block_comment(&mut self) -> Result<(), Stop> {
        let from = self.at;
        self.at += 2;
        let nests = matches!(self.tool, Tool::PostgreSql | Tool::Other | Tool::None);
        let (mut depth, mut first_end) = (1u64, None);
        while let Some(found) = self.rest().find_byteset(b"*/") {
            self.at += found;
            match self.rest() {
                [b'*', b'/', ..] => {
                    depth -= 1;
                    self.at += 2;
                    first_end = first_end.or(Some(self.at));
                    if depth == 0 {
                        return self.spend(from);
                    }
                }
                [b'/', b'*', ..] if nests => {
                    depth += 1;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
        self.spend(from)?;
        match first_end {
            Some(end) => self.at = end,
            None => {
                self.at = from;
                self.skip_line();
            }
        }
        Ok(())
    }

    /// Passes a quoted string from its first quote on. False where it does not end, or where what follows it shows that it
    /// ended elsewhere: SQL has nothing in which a letter stands right behind a string.
    pub(super) fn skip_string(&mut self, quote: u8, escapes: bool) -> bool {
        self.at += 1;
        loop {
            let rest = self.rest();
            let found =
                if escapes { rest.find_byteset([quote, b'\\']) } else { rest.find_byte(quote) };
            let Some(found) = found else {
                self.at = self.bytes.len();
                return false;
            };
            match rest.get(found..) {
                Some([b'\\', ..]) if escapes => self.at += found + 2,
                Some([_, next, ..]) if *next == quote => self.at += found + 2,
                _ => {
                    self.at += found + 1;
                    return !self.peek().is_some_and(is_word);
                }
            }
        }
    }

    /// Passes a dollar-quoted string, if one begins here. False, and nothing passed, if not or where it does not end.
    pub(super) fn skip_dollars(&mut self) -> Result<bool, Stop> {
        let rest = self.rest();
        let tag =
            rest.iter().skip(1).take(64).take_while(|it| is_word(**it) && **it != b'$').count();
        if self.tool.is_mysql()
            || rest.get(tag + 1) != Some(&b'$')
            || rest.get(1).is_some_and(u8::is_ascii_digit)
        {
            return Ok(false);
        }
        let (tag, inside) = rest.split_at(tag + 2);
        let from = self.at;
        let end = inside.find(tag);
        self.at += end.map_or(rest.len(), |it| it + 2 * tag.len());
        self.spend(from)?;
        if end.is_none() {
            self.at = from;
        }
        Ok(end.is_some())
    }

    /// The bare word here, which may be empty; passes it.
    pub(super) fn word(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|it| !is_word(*it)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// The word here without passing it.
    pub(super) fn peek_word(&mut self) -> &'a [u8] {
        let from = self.at;
        let word = self.word();
        self.at = from;
        word
    }

    /// The name here, quoted or bare; passes it. None, and nothing passed, where there is none.
    pub(super) fn name(&mut self) -> Option<String> {
        let close = match self.peek()? {
            b'[' => b']',
            quote @ (b'"' | b'`' | b'\'') => quote,
            _ => {
                let word = self.word();
                return (!word.is_empty()).then(|| encoding::name(word));
            }
        };
        let (from, mut name) = (self.at, Vec::new());
        self.at += 1;
        loop {
            let rest = self.rest();
            // A line ends no name: an odd quote shall not make one of half the file.
            let found = rest.iter().position(|it| *it == close || *it == b'\n');
            match found.and_then(|it| Some((rest.get(..it)?, rest.get(it..)?))) {
                Some((part, [end, after @ ..])) if *end == close => {
                    name.extend(part);
                    self.at += part.len() + 1;
                    if after.first() != Some(&close) {
                        return Some(encoding::name(&name));
                    }
                    name.push(close);
                    self.at += 1;
                }
                _ => {
                    self.at = from;
                    return None;
                }
            }
        }
    }

    /// The parts of a name with its schema; passes them.
    pub(super) fn dotted_name(&mut self) -> Result<Vec<String>, Stop> {
        let (from, mut parts) = (self.at, Vec::new());
        while parts.len() < 4 {
            let Some(part) = self.name() else { break };
            parts.push(part);
            let after = self.at;
            self.skip_blanks()?;
            if self.peek() != Some(b'.') {
                self.at = after;
                break;
            }
            self.at += 1;
            self.skip_blanks()?;
        }
        self.spend(from)?;
        Ok(parts)
    }
}

/// Whether a byte belongs to a bare word or name.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'_' | b'$' | b'@')
}

/// Whether a word is one of `words`, which are in small letters.
pub(super) fn is_one_of(word: &[u8], words: &[&str]) -> bool {
    words.iter().any(|it| word.eq_ignore_ascii_case(it.as_bytes()))
}
