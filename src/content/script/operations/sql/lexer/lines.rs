//! What lines tell of SQL: where a statement begins though none ended, and which are commands of a client.

use super::{Lexer, What};

/// Commands of clients that say the rest of their line, or pass it over.
const SAYS: &[&str] =
    &["PROMPT", "REM", "REMARK", "PAUSE", "\\ECHO", "\\QECHO", "\\WARN", ".PRINT", "DELIMITER"];

/// Commands of SQL*Plus, each of a line.
const OF_LINES: &[&str] = &[
    "WHENEVER",
    "SPOOL",
    "PROMPT",
    "DEFINE",
    "UNDEFINE",
    "CONNECT",
    "CONN",
    "ACCEPT",
    "EXIT",
    "QUIT",
    "PAUSE",
    "DELIMITER",
    "REM",
    "REMARK",
];

/// Settings of SQL*Plus behind `SET`.
const SETTINGS: &[&str] = &[
    "ECHO",
    "FEEDBACK",
    "HEADING",
    "SERVEROUTPUT",
    "PAGESIZE",
    "LINESIZE",
    "VERIFY",
    "TERMOUT",
    "DEFINE",
    "SQLBLANKLINES",
    "AUTOCOMMIT",
    "TRIMSPOOL",
    "TIMING",
];

/// Words that begin a statement wherever they begin a line.
const BEGIN: &[&str] = &["EXEC", "EXECUTE", "PRINT", "USE", "DECLARE", "RESTORE", "DBCC"];

/// Those that do so behind one that destroys.
const BEGIN_BEHIND_WIPE: &[&str] = &[
    "SELECT", "INSERT", "UPDATE", "CREATE", "ALTER", "COMMIT", "ROLLBACK", "WITH", "MERGE", "WHILE",
];

/// What an `IF` may do beside destroying.
const DONE_IF: &[&str] =
    &["EXEC", "EXECUTE", "PRINT", "RAISERROR", "THROW", "RETURN", "SET", "INSERT", "UPDATE"];

/// Words of an `IF` that are looked at.
const LONGEST_IF: usize = 200;

/// Words behind which a statement goes on with the next line, or one begins that belongs to it.
const GOES_ON: &[&str] = &[
    "THEN",
    "ELSE",
    "AS",
    "BEGIN",
    "DO",
    "LOOP",
    "ON",
    "OR",
    "AND",
    ",",
    "(",
    "INSTEAD",
    "ALSO",
    "FOR",
    "BEFORE",
    "AFTER",
    "OF",
    "UNION",
    "ALL",
    "EXCEPT",
    "=",
    "QUERY",
    "IMMEDIATE",
];

/// Statements that end with a word which others go on behind: `SET NOCOUNT ON`, `ALTER TABLE a NOCHECK CONSTRAINT ALL`.
const ENDS_SO: &[(&str, &[&str])] = &[
    ("SET", &["ON"]),
    ("ALTER", &["ALL", "ON", "IMMEDIATE"]),
    ("ENABLE", &["ALL"]),
    ("DISABLE", &["ALL"]),
];

/// Statements that hold another one.
const HOLDS: &[&str] = &["EXPLAIN", "PREPARE", "WITH", "MERGE", "COMMENT", "ON"];

/// What is made without statements in it.
const MADE: &[&str] = &["TABLE", "DATABASE", "SCHEMA", "INDEX", "USER", "LOGIN", "ROLE"];

/// What begins with a line though nothing ends what is before.
pub(super) enum Begin {
    Statement,
    /// What the `IF` or `WHILE` before does.
    Body,
}

impl Lexer<'_> {
    /// Whether another statement begins with this line though nothing ends the one before, as SQL Server allows:
    /// `USE shop`, `DELETE FROM orders`, each on a line of its own.
    pub(super) fn begins_anew(&self) -> Option<Begin> {
        let is_within = self.depth > 0 || self.begin == self.tokens.len();
        if is_within || !self.bytes[self.at].is_ascii_alphabetic() || !self.is_first_of_line() {
            return None;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut line =
            rest.split(|it: char| it.is_whitespace() || it == '(').filter(|it| !it.is_empty());
        let (first, second) = (line.next().unwrap_or_default(), line.next().unwrap_or_default());
        let words = &self.tokens[self.begin..];
        let is = |word: &str, all: &[&str]| all.iter().any(|it| word.eq_ignore_ascii_case(it));
        let word = |at: usize| words.get(at).map_or("", |it| it.text);
        let wipes = ["DELETE", "TRUNCATE", "DROP"];
        let is_within_if = is(word(0), &["IF", "WHILE"]);
        // `@Execute` is a variable.
        let has = |all: &[&str]| {
            words.windows(2).take(LONGEST_IF).any(|it| it[0].text != "@" && is(it[1].text, all))
        };
        let is_wipe = is(word(0), &wipes) || is_within_if && has(&wipes);
        // `IF EXISTS (...)` is about the next line.
        let is_condition = is_within_if && !has(&wipes) && !has(DONE_IF);
        let begins = match () {
            () if is(first, &["DROP"]) => is(second, &["TABLE", "DATABASE", "SCHEMA"]),
            () if is(first, &["TRUNCATE"]) => is(second, &["TABLE"]),
            () if is(first, &["DELETE"]) => is(second, &["FROM"]) || is_wipe,
            () if is(first, &["SET"]) => second.starts_with('@') || is_wipe,
            () if is(first, &["IF"]) => is_wipe && !is(second, &["EXISTS"]),
            () if is(first, &["RESTORE"]) => is(second, &["DATABASE"]),
            () => is(first, BEGIN) || is_wipe && is(first, BEGIN_BEHIND_WIPE),
        };
        let makes = is(word(0), &["CREATE", "ALTER"]) && !is(word(1), MADE);
        let last = word(words.len() - 1);
        let ends_so = ENDS_SO.iter().any(|(of, ends)| is(word(0), &[*of]) && is(last, ends))
            || is(last, &["IMMEDIATE"]) && has(&["ROLLBACK"]);
        let goes_on = is(last, GOES_ON) && !ends_so;
        let is_open = makes || is(word(0), HOLDS) || goes_on;
        match begins && !is_open {
            true if is_condition => (is(first, &wipes) && !goes_on).then_some(Begin::Body),
            true => Some(Begin::Statement),
            false => None,
        }
    }

    /// Whether the line here is a command of the client, and no statement: `.timeout 2000`, `\c shop`, `SET ECHO OFF`.
    pub(super) fn is_of_client(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let is_delimiter = line.get(..10).is_some_and(|it| it.eq_ignore_ascii_case("delimiter "));
        if line.trim_end().ends_with(';') && !is_delimiter {
            return false;
        }
        let is_letter = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphabetic());
        let mut letters = line.chars();
        match letters.next() {
            Some('.' | '\\') => is_letter(letters.next()),
            Some(it) if it.is_ascii_alphabetic() => {
                let mut words = line.split_whitespace().map(str::to_uppercase);
                let first = words.next().unwrap_or_default();
                let second = words.next().unwrap_or_default();
                OF_LINES.contains(&&*first) || first == "SET" && SETTINGS.contains(&&*second)
            }
            _ => false,
        }
    }

    /// The line of a client's command that only says something is a text.
    pub(super) fn says(&mut self) {
        let line = self.text.get(self.at..).unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        let word = line.split_whitespace().next().unwrap_or_default();
        if SAYS.iter().any(|it| word.eq_ignore_ascii_case(it)) {
            let (from, end) = (self.at + word.len(), self.at + line.len());
            if word.eq_ignore_ascii_case("DELIMITER") {
                let delimiter = line[word.len()..].trim();
                self.delimiter = (!delimiter.is_empty() && delimiter != ";").then_some(delimiter);
            }
            self.push(What::Word, self.at, from, from);
            self.push(What::Text, from, end, end);
        }
    }
}
