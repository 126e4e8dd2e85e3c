//! Cuts SQL into words, names, texts and signs. Never fails: what does not end goes to the end.

mod lines;

use lines::Begin;

/// A piece of SQL, and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) what: What,
    pub(super) text: &'a str,
    pub(super) at: usize,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Word,
    /// A name in quotes: without them.
    Name,
    /// A text in quotes: without them.
    Text,
    Number,
    Sign,
    /// A statement ends here.
    End,
}

/// The pieces of a text, comments left out. What stands between dollar quotes is cut as well.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let mut lexer = Lexer {
        text,
        bytes,
        at: 0,
        tokens: Vec::new(),
        begin: 0,
        depth: 0,
        body: None,
        delimiter: None,
    };
    let mut ends: Option<usize> = None;
    while lexer.at < lexer.bytes.len() {
        if ends.is_some_and(|end| lexer.at >= end) {
            lexer.end();
            ends = None;
        }
        match lexer.begins_anew() {
            Some(Begin::Statement) => lexer.end(),
            // What an `IF` or `WHILE` does stands on a line of its own.
            Some(Begin::Body) => {
                lexer.tokens.push(Token { what: What::Word, text: "THEN", at: lexer.at })
            }
            None => {}
        }
        if !lexer.bytes[lexer.at].is_ascii_whitespace() && lexer.begins() && lexer.is_of_client() {
            ends = Some(lexer.until(lexer.at, b"\n"));
            lexer.says();
        }
        // `SELECT ... \gset` ends as a semicolon does.
        if ends.is_none()
            && [&b"\\gset"[..], b"\\gexec"].iter().any(|it| lexer.rest().starts_with(it))
        {
            ends = Some(lexer.until(lexer.at, b"\n"));
        }
        lexer.step();
    }
    lexer.tokens
}

/// Bytes of a text that may be a path of Windows.
const LONGEST_PATH: usize = 300;

/// Bytes of what stands for a name.
const LONGEST_NAME: usize = 100;

/// Words behind which a name is due.
const NAMES: &[&str] = &[
    "DATABASE", "SCHEMA", "KEYSPACE", "TABLE", "USER", "EXISTS", "TRUNCATE", "FROM", "BY", "ONLY",
];

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token<'a>>,
    /// The first token of the statement at hand.
    begin: usize,
    /// The parentheses that are open in it.
    depth: usize,
    /// The dollar quotes of the block at hand.
    body: Option<&'a str>,
    /// What ends a statement beside a semicolon: `DELIMITER $$`.
    delimiter: Option<&'a str>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    fn push(&mut self, what: What, from: usize, to: usize, end: usize) {
        let text = self.text.get(from..to).unwrap_or_default();
        self.tokens.push(Token { what, text, at: from });
        self.at = end;
        match text {
            _ if what == What::End => (self.begin, self.depth) = (self.tokens.len(), 0),
            "(" if what == What::Sign => self.depth += 1,
            ")" if what == What::Sign => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends the statement at hand.
    fn end(&mut self) {
        self.push(What::End, self.at, self.at, self.at);
    }

    fn is_first_of_line(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let before = before.trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// The rest of the line.
    fn line(&self) -> &'a str {
        self.text.get(self.at..self.until(self.at, b"\n")).unwrap_or_default()
    }

    fn until(&self, from: usize, end: &[u8]) -> usize {
        let found = self
            .bytes
            .get(from..)
            .and_then(|rest| rest.windows(end.len()).position(|it| it == end));
        found.map_or(self.bytes.len(), |n| from + n)
    }

    /// Whether a statement begins here.
    fn begins(&self) -> bool {
        self.begin == self.tokens.len() && self.is_first_of_line()
    }

    fn step(&mut self) {
        let at = self.at;
        // A command of a client may have been the last line.
        let Some(&byte) = self.bytes.get(at) else { return };
        if let Some(it) = self.delimiter.filter(|it| self.rest().starts_with(it.as_bytes())) {
            return self.push(What::End, at, at + it.len(), at + it.len());
        }
        if let Some(n) = self.filled_in() {
            return self.push(What::Name, at, at + n, at + n);
        }
        match byte {
            b'-' if self.rest().starts_with(b"--") => self.at = self.until(at, b"\n"),
            b'#' if self.rest().starts_with(b"# ") => self.at = self.until(at, b"\n"),
            // Comments of Cypher and CQL; nothing else begins so on a line.
            b'/' if self.rest().starts_with(b"//") && self.is_first_of_line() => {
                self.at = self.until(at, b"\n");
            }
            // `:auto MATCH ...`, as the client of Neo4j has it.
            b':' if self.begins() && self.rest().starts_with(b":auto ") => self.at += 6,
            // `@drop_objects.sql` of SQL*Plus ends with its line.
            b'@' if self.begins() && !self.line().contains('=') => {
                let end = self.until(at, b"\n");
                self.push(What::End, at, end, end);
            }
            // The prefix of tables of Joomla.
            b'#' if matches!(self.rest(), [_, b'_', b'_', it, ..] if it.is_ascii_alphabetic()) => {
                self.run(What::Word, |it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'#'));
            }
            // What MySQL alone runs, from a version on: `/*!40000 DROP DATABASE shop */`.
            b'/' if self.rest().starts_with(b"/*!") => {
                let digits = self.rest().iter().skip(3).take_while(|it| it.is_ascii_digit());
                self.at += 3 + digits.count();
            }
            b'*' if self.rest().starts_with(b"*/") => self.at += 2,
            b'/' if self.rest().starts_with(b"/*") => {
                self.at = (self.until(at + 2, b"*/") + 2).min(self.bytes.len())
            }
            // A slash on a line of its own ends a block of Oracle.
            b'/' if self.is_alone() => self.push(What::End, at, at + 1, at + 1),
            b'\'' => self.quoted(b'\'', What::Text),
            b'"' => self.quoted(b'"', What::Name),
            b'`' => self.quoted(b'`', What::Name),
            b'[' => {
                let end = self.until(at, b"]");
                self.push(What::Name, at + 1, end, (end + 1).min(self.bytes.len()));
            }
            // A place to be filled: `{table}`.
            b'{' => {
                let n = self
                    .rest()
                    .iter()
                    .skip(1)
                    .take_while(|it| it.is_ascii_alphanumeric() || **it == b'_')
                    .count();
                match self.rest().get(n + 1) {
                    Some(b'}') => self.push(What::Name, at, at + n + 2, at + n + 2),
                    _ => self.push(What::Sign, at, at + 1, at + 1),
                }
            }
            b';' => {
                let rows = self.rows();
                self.push(What::End, at, at + 1, rows.unwrap_or(at + 1));
            }
            b'$' => self.dollars(),
            it if it.is_ascii_whitespace() => self.at += 1,
            it if it.is_ascii_digit() => {
                self.run(What::Number, |it| it.is_ascii_alphanumeric() || it == b'.')
            }
            it if it.is_ascii_alphabetic() || it == b'_' || it >= 0x80 => {
                self.run(What::Word, |it| {
                    it.is_ascii_alphanumeric() || it == b'_' || it == b'$' || it >= 0x80
                });
                self.ends_batch();
            }
            _ => self.push(What::Sign, at, at + 1, at + 1),
        }
    }

    /// The length of what a client or a template puts a name in place of, where a name is due: `:name` and `:"name"` of psql, `$(name)`
    /// of sqlcmd, `&name` and `&1.` of SQL*Plus, `${name}`, `{{ name }}`.
    fn filled_in(&self) -> Option<usize> {
        let last = self.tokens.last()?;
        let is_due =
            last.what == What::Word && NAMES.iter().any(|it| last.text.eq_ignore_ascii_case(it));
        if !is_due && last.text != "." {
            return None;
        }
        let until = |from: usize, end: &[u8]| {
            let n = self.until(self.at + from, end) + end.len() - self.at;
            (n < LONGEST_NAME && self.at + n <= self.bytes.len()).then_some(n)
        };
        let word = |from: usize| {
            let rest = self.rest().iter().skip(from);
            let n = rest.take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count();
            (n > 0).then_some(from + n)
        };
        match self.rest() {
            [b':', b'"', ..] => until(2, b"\""),
            [b':', ..] => word(1),
            [b'$', b'(', ..] => until(2, b")"),
            [b'$', b'{', ..] => until(2, b"}"),
            [b'$', ..] => word(1),
            // `%table%`, `@table@`.
            [sign @ (b'%' | b'@'), ..] => {
                let n = word(1)?;
                (self.rest().get(n) == Some(sign)).then_some(n + 1)
            }
            [b'{', b'{', ..] => until(2, b"}}"),
            [b'&', ..] => {
                let n = word(1 + usize::from(self.rest().get(1) == Some(&b'&')))?;
                // A dot ends the name of the variable.
                Some(n + usize::from(self.rest().get(n) == Some(&b'.')))
            }
            _ => None,
        }
    }

    /// Whether the sign here is all that its line has.
    fn is_alone(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let before = before.trim_end_matches([' ', '\t']);
        let behind = self.rest().get(1);
        (before.is_empty() || before.ends_with('\n'))
            && behind.is_none_or(|it| matches!(it, b'\n' | b'\r'))
    }

    fn run(&mut self, what: What, is_part: impl Fn(u8) -> bool) {
        let mut n = self.rest().iter().take_while(|it| is_part(**it)).count().max(1);
        if let Some(delimiter) = self.delimiter
            && let Some(end) = self.text.get(self.at..self.at + n).and_then(|it| it.find(delimiter))
        {
            n = end.max(1);
        }
        self.push(what, self.at, self.at + n, self.at + n);
    }

    /// `GO` on a line of its own ends what SQL Server runs at once.
    fn ends_batch(&mut self) {
        let Some(last) = self.tokens.last() else { return };
        let is_alone = last.text.eq_ignore_ascii_case("go")
            && self.text.get(..last.at).is_none_or(|it| {
                it.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) || it.is_empty()
            })
            && self
                .rest()
                .iter()
                .find(|it| !matches!(it, b' ' | b'\t'))
                .is_none_or(|it| matches!(it, b'\n' | b'\r'));
        if is_alone && let Some(last) = self.tokens.last_mut() {
            last.what = What::End;
            (self.begin, self.depth) = (self.tokens.len(), 0);
        }
    }

    /// Where the rows end that follow `COPY users FROM stdin;`.
    fn rows(&self) -> Option<usize> {
        let words = &self.tokens[self.begin..];
        let is = |at: usize, word: &str| {
            words.get(at).is_some_and(|it| it.text.eq_ignore_ascii_case(word))
        };
        let copies =
            is(0, "COPY") && (1..words.len()).any(|at| is(at, "FROM") && is(at + 1, "STDIN"));
        copies.then(|| (self.until(self.at, b"\n\\.") + 3).min(self.bytes.len()))
    }

    /// The quotes of a block, and what is in them runs; or a text in such.
    fn dollars(&mut self) {
        let at = self.at;
        let Some(n) = self.dollar() else { return self.push(What::Sign, at, at + 1, at + 1) };
        let quotes = &self.text[at..at + n];
        let words = &self.tokens[self.begin..];
        let runs = ["DO", "CREATE", "AS", "ALTER"];
        let is_run = words
            .first()
            .is_none_or(|it| runs.iter().any(|word| it.text.eq_ignore_ascii_case(word)));
        match self.body {
            Some(body) if body == quotes => self.body = None,
            None if is_run => self.body = Some(quotes),
            _ => {
                let rest = self.text.get(at + n..).unwrap_or_default();
                if let Some(end) = rest.find(quotes).map(|it| at + n + it) {
                    return self.push(What::Text, at + n, end, end + n);
                }
            }
        }
        self.at += n;
    }

    /// The length of `$$` or `$name$` here.
    fn dollar(&self) -> Option<usize> {
        let n = self
            .rest()
            .iter()
            .skip(1)
            .take_while(|it| it.is_ascii_alphanumeric() || **it == b'_')
            .count();
        let is_name = self.rest().get(1).is_none_or(|it| !it.is_ascii_digit());
        (self.rest().get(n + 1) == Some(&b'$') && is_name).then_some(n + 2)
    }

    /// Whether a backslash is the last sign of a path of Windows, or stands for itself, and takes nothing away from the quote behind it:
    /// `'D:\Backups\'`, `'\'`.
    fn ends_path(&self, from: usize, at: usize) -> bool {
        let ends = |it: &u8| it.is_ascii_whitespace() || b",);+".contains(it);
        if self.bytes.get(at + 1) != Some(&b'\'')
            || !self.bytes.get(at + 2).is_none_or(ends)
            || at - from > LONGEST_PATH
        {
            return false;
        }
        if self.closes_line(at + 1) {
            return true;
        }
        let inner = &self.bytes[from..at];
        inner.get(1..3) == Some(b":\\".as_slice()) && inner[0].is_ascii_alphabetic()
            || inner.starts_with(b"\\\\")
            || inner.iter().all(|it| matches!(it, b'%' | b'\\'))
    }

    /// Whether the line goes on as it does behind a text, and not within one: no quote of it is left alone.
    fn closes_line(&self, quote: usize) -> bool {
        let rest = self.bytes.get(quote + 1..).unwrap_or_default();
        let line = rest.iter().take(LONGEST_PATH).take_while(|it| **it != b'\n');
        let (mut n, mut quotes) = (0, 0);
        line.for_each(|it| {
            n += 1;
            quotes += usize::from(*it == b'\'');
        });
        n < LONGEST_PATH && quotes % 2 == 0
    }

    fn quoted(&mut self, quote: u8, what: What) {
        let from = self.at + 1;
        let mut end = from;
        while end < self.bytes.len() {
            match self.bytes[end] {
                b'\\' if quote == b'\'' && !self.ends_path(from, end) => end += 2,
                it if it == quote => {
                    // Two quotes stand for one.
                    if self.bytes.get(end + 1) == Some(&quote) {
                        end += 2;
                    } else {
                        break;
                    }
                }
                _ => end += 1,
            }
        }
        let end = end.min(self.bytes.len());
        self.push(what, from, end, (end + 1).min(self.bytes.len()));
    }
}
