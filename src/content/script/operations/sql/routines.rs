//! Functions, procedures and triggers that a text makes: what is in one runs where it is called, and not where it is made. Where the end
//! of one is in doubt, the sooner one counts: what follows it is looked at.

use std::collections::{HashMap, HashSet};

use super::lexer::{Token, What};

const KINDS: &[&str] = &["FUNCTION", "PROCEDURE", "PROC", "TRIGGER", "EVENT", "PACKAGE"];

/// Words behind which a name is not called: it is made, taken away or spoken of.
const SPEAKS_OF: &[&str] = &[
    "FUNCTION",
    "PROCEDURE",
    "PROC",
    "ROUTINE",
    "TRIGGER",
    "EVENT",
    "PACKAGE",
    "BODY",
    "EXISTS",
    "INTO",
    "TABLE",
    "INDEX",
    "VIEW",
    "REFERENCES",
    "ON",
];

/// Tokens of a type that a function gives back.
const LONGEST_TYPE: usize = 8;

/// A function, procedure or trigger.
#[derive(Debug)]
pub(super) struct Routine {
    /// In small letters; none of what the database itself calls, as rows change or time goes by.
    name: Option<String>,
    from: usize,
    to: usize,
}

impl Routine {
    /// Whether a place in the text lies in it.
    pub(super) fn holds(&self, at: usize) -> bool {
        (self.from..self.to).contains(&at)
    }

    /// The place behind it.
    pub(super) fn to(&self) -> usize {
        self.to
    }
}

/// The routines of a text that nothing calls but what is in routines that nothing calls either.
pub(super) fn uncalled_routines(text: &str, tokens: &[Token]) -> Vec<Routine> {
    let mut all = routines(text, tokens);
    let mut named: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, routine) in all.iter().enumerate() {
        if let Some(name) = &routine.name {
            named.entry(name.clone()).or_default().push(n);
        }
    }
    if named.is_empty() {
        return all;
    }
    // Which names are called from the text itself, and which from which routine. Several may bear one name, and each of them call it:
    // what is kept is the name.
    let mut is_called = vec![false; all.len()];
    let mut open: Vec<&Vec<usize>> = Vec::new();
    let mut calls_of: HashMap<usize, HashMap<String, &Vec<usize>>> = HashMap::new();
    let mut known: HashSet<String> = HashSet::new();
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(token.what, What::Word | What::Name) {
            continue;
        }
        let name = token.text.to_lowercase();
        let Some(these) = named.get(&name).filter(|_| calls(tokens, at)) else { continue };
        match around(&all, token.at) {
            Some(from) => drop(calls_of.entry(from).or_default().insert(name, these)),
            None if known.insert(name) => open.push(these),
            None => {}
        }
    }
    while let Some(these) = open.pop() {
        for from in these {
            is_called[*from] = true;
            let calls = calls_of.remove(from).unwrap_or_default();
            open.extend(calls.into_iter().filter(|it| known.insert(it.0.clone())).map(|it| it.1));
        }
    }
    let mut is_called = is_called.into_iter();
    all.retain(|_| is_called.next() == Some(false));
    all
}

/// Which of the routines of a text, by their order, a place in it lies in.
fn around(all: &[Routine], at: usize) -> Option<usize> {
    let n = all.partition_point(|it| it.from <= at).checked_sub(1)?;
    all[n].holds(at).then_some(n)
}

/// Whether a place lies in one of these routines, which stand in their order.
pub(super) fn is_in(all: &[Routine], at: usize) -> bool {
    around(all, at).is_some()
}

/// Whether the name at this place is that of something that is called.
fn calls(tokens: &[Token], at: usize) -> bool {
    let mut first = at;
    // `dbo.wipe`.
    while first > 1 && tokens[first - 1].text == "." {
        first -= 2;
    }
    let before = first.checked_sub(1).and_then(|it| tokens.get(it));
    let is_before = |all: &[&str]| {
        before.is_some_and(|it| all.iter().any(|word| it.text.eq_ignore_ascii_case(word)))
    };
    if is_before(SPEAKS_OF) {
        return false;
    }
    let behind = tokens.get(at + 1);
    let begins = before.is_none_or(|it| it.what == What::End)
        || is_before(&["BEGIN", "THEN", "ELSE", "LOOP"]);
    is_before(&["CALL", "EXEC", "EXECUTE", "PERFORM"])
        || behind.is_some_and(|it| matches!(it.text, "(" | "."))
        || begins && behind.is_none_or(|it| it.what == What::End)
}

/// Where routines begin and end.
fn routines(text: &str, tokens: &[Token]) -> Vec<Routine> {
    let delimiters = delimiters(text);
    let body = Body { text, quotes: dollar_quotes(text), batches: batches(tokens) };
    let mut all: Vec<Routine> = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        let before = text.get(..tokens[n].at).unwrap_or_default();
        let is_first_of_line = before.trim_end_matches([' ', '\t']).ends_with('\n');
        let begins = n == 0 || is_first_of_line || tokens[n - 1].what == What::End;
        let Some((kind, name)) = begins.then(|| made(&tokens[n..])).flatten() else {
            n += 1;
            continue;
        };
        let from = tokens[n].at;
        let delimiter = delimiters.iter().rev().find(|it| it.0 <= from).and_then(|it| it.1);
        let to = match delimiter {
            Some(delimiter) => behind(text, from, delimiter).unwrap_or(text.len()),
            None => body.end(kind, &tokens[n..]),
        };
        let is_called_so = matches!(kind, "TRIGGER" | "EVENT");
        let name = name.filter(|_| !is_called_so).map(|it| it.text.to_lowercase());
        all.push(Routine { name, from, to });
        n += 1 + tokens[n + 1..].iter().take_while(|it| it.at < to).count();
    }
    all
}

/// What a statement makes, where that is a routine, and its name.
fn made<'t>(statement: &'t [Token<'t>]) -> Option<(&'static str, Option<&'t Token<'t>>)> {
    let is = |it: &Token, all: &[&str]| all.iter().any(|word| it.text.eq_ignore_ascii_case(word));
    if !statement.first().is_some_and(|it| is(it, &["CREATE", "ALTER"])) {
        return None;
    }
    let head = || statement.iter().take(20).take_while(|it| it.what != What::End);
    // `CREATE DEFINER=root@localhost PROCEDURE`.
    let at = head().position(|it| is(it, KINDS))?;
    let made = ["TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "USER", "ROLE", "AS", "("];
    if head().take(at).any(|it| is(it, &made)) {
        return None;
    }
    let kind = *KINDS.iter().find(|it| statement[at].text.eq_ignore_ascii_case(it))?;
    let mut names = head().skip(at + 1).skip_while(|it| is(it, &["IF", "NOT", "EXISTS", "BODY"]));
    let mut name = names.next();
    while let Some(dot) = names.next()
        && dot.text == "."
    {
        name = names.next();
    }
    Some((kind, name))
}

/// What tells where the bodies of routines end.
struct Body<'a> {
    text: &'a str,
    /// `$$` and `$body$`, and where they stand.
    quotes: Vec<(usize, &'a str)>,
    /// Where what SQL Server runs at once ends.
    batches: Vec<usize>,
}

impl Body<'_> {
    /// The end of a routine of this kind that begins with these tokens.
    fn end(&self, kind: &str, tokens: &[Token]) -> usize {
        let from = tokens.first().map_or(0, |it| it.at);
        let first = self.quotes.partition_point(|it| it.0 < from);
        let mut quote = self.quotes.get(first).copied();
        let word = |n: usize| tokens.get(n).map(|it| it.text.to_uppercase()).unwrap_or_default();
        // What is open, and whether that is a block.
        let mut stack: Vec<bool> = Vec::new();
        let (mut passed, mut depth) = (from, 0_usize);
        // The body has begun; a semicolon does not end it.
        let (mut is_begun, mut is_free) = (false, false);
        for (n, token) in tokens.iter().enumerate().skip(1) {
            if token.at < passed {
                continue;
            }
            if let Some((at, tag)) = quote.filter(|it| it.0 < token.at && stack.is_empty()) {
                passed = behind(self.text, at + tag.len(), tag).unwrap_or(self.text.len());
                (quote, is_begun) = (None, true);
                if token.at < passed {
                    continue;
                }
            }
            let is_end = token.what == What::End;
            match word(n).as_str() {
                _ if matches!(token.what, What::Text | What::Name) => {}
                "GO" | "/" if is_end => return token.at,
                _ if is_end => {
                    // It may end with its line as well, and that says nothing here.
                    let is_written = self.text.as_bytes().get(token.at) == Some(&b';');
                    if is_written && stack.is_empty() && !is_free {
                        return token.at + 1;
                    }
                }
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                // What a function of Oracle gives back is said before its body.
                "RETURN"
                    if (n + 1..n + LONGEST_TYPE)
                        .any(|at| matches!(word(at).as_str(), "AS" | "IS")) => {}
                "RETURN" | "DO" | "SET" | "SELECT" => is_begun = true,
                "AS" | "IS" if kind == "PACKAGE" && stack.is_empty() => stack.push(true),
                "AS" | "IS" if depth == 0 && !is_begun && word(n - 1) != "EXECUTE" => {
                    is_begun = true;
                    let next = tokens.get(n + 1);
                    let is_quoted = next.is_some_and(|it| {
                        it.what == What::Text || quote.is_some_and(|(at, _)| at < it.at)
                    });
                    // In SQL Server and Oracle more than one statement may follow.
                    if !is_quoted && word(n + 1) != "BEGIN" {
                        if let Some(batch) = self.batches.iter().find(|it| **it > token.at) {
                            return *batch;
                        }
                        is_free = true;
                    }
                }
                "BEGIN" if !matches!(word(n + 1).as_str(), "TRAN" | "TRANSACTION" | "WORK") => {
                    stack.push(true);
                }
                "CASE" => stack.push(false),
                "END" if matches!(word(n + 1).as_str(), "IF" | "LOOP" | "WHILE" | "REPEAT") => {}
                "END" => {
                    let is_block = stack.pop().unwrap_or(false);
                    if is_block && stack.is_empty() {
                        return self.end_of_block(token.at, &tokens[n..]);
                    }
                }
                _ => {}
            }
        }
        self.text.len()
    }

    /// Where the statement ends whose last block ends here: `END;`, `END wipe;`, `END` and the end of the line.
    fn end_of_block(&self, at: usize, rest: &[Token]) -> usize {
        let line = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n);
        let end = rest.iter().find(|it| it.what == What::End).map_or(line, |it| it.at + 1);
        end.min(line)
    }
}

/// The places from which on statements end with something else than a semicolon: `DELIMITER $$`.
fn delimiters(text: &str) -> Vec<(usize, Option<&str>)> {
    let mut all = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let mut words = line.split_whitespace();
        if words.next().is_some_and(|it| it.eq_ignore_ascii_case("delimiter"))
            && let Some(delimiter) = words.next()
        {
            all.push((at, (delimiter != ";").then_some(delimiter)));
        }
    }
    all
}

/// The place behind the first of these signs.
fn behind(text: &str, from: usize, sign: &str) -> Option<usize> {
    text.get(from..)?.find(sign).map(|n| from + n + sign.len())
}

/// The places of lines that say `GO`.
fn batches(tokens: &[Token]) -> Vec<usize> {
    let is_go = |it: &&Token| it.what == What::End && it.text.eq_ignore_ascii_case("go");
    tokens.iter().filter(is_go).map(|it| it.at).collect()
}

/// All `$$` and `$body$`, and where they stand.
pub(super) fn dollar_quotes(text: &str) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(open) = behind(text, at, "$") {
        let rest = text.get(open..).unwrap_or_default();
        let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let n = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        at = open + n;
        if rest.as_bytes().get(n) == Some(&b'$')
            && let Some(tag) = text.get(open - 1..=at)
        {
            all.push((open - 1, tag));
            at += 1;
        }
    }
    all
}
