//! TOML as values that know their lines, as far as commands stand in it.

use std::rc::Rc;

use super::document::{Form, Value};
use crate::content::script::languages::unescaped;
use crate::content::script::value::Told;

/// The deepest that lists and tables stand within each other.
const DEPTH: usize = 20;

/// Keys that are read in one file.
const KEYS: usize = 20_000;

/// A table while it is read.
#[derive(Default)]
struct Table {
    line: u32,
    pairs: Vec<(String, Entry)>,
}

enum Entry {
    Value(Rc<Value>),
    Table(Table),
}

/// Reads TOML. Tables of which there are several under one name are left out.
pub(super) fn read(text: &str) -> Rc<Value> {
    let mut top = Table { line: 1, ..Table::default() };
    let mut at: Option<Vec<String>> = Some(Vec::new());
    let mut read = Read { rest: text, line: 1 };
    for _ in 0..KEYS {
        read.blank();
        let line = read.line;
        if read.rest.is_empty() {
            break;
        }
        if read.takes("[[") {
            at = None;
            read.skip_line();
        } else if read.takes("[") {
            at = read.key();
            read.skip_line();
        } else if let Some(key) = read.key().filter(|_| read.takes("=")) {
            let Some(value) = read.value(0) else {
                read.skip_line();
                continue;
            };
            if let Some(at) = &at {
                let way: Vec<String> = at.iter().chain(&key).cloned().collect();
                top.put(&way, value, line);
            }
            read.skip_line();
        } else {
            read.skip_line();
        }
    }
    top.done()
}

impl Table {
    fn put(&mut self, way: &[String], value: Rc<Value>, line: u32) {
        let Some((first, rest)) = way.split_first() else { return };
        if rest.is_empty() {
            self.pairs.push((first.clone(), Entry::Value(value)));
            return;
        }
        if way.len() > DEPTH {
            return;
        }
        let known = self.pairs.iter().position(|(it, _)| it == first);
        let n = known.unwrap_or_else(|| {
            let table = Table { line, ..Table::default() };
            self.pairs.push((first.clone(), Entry::Table(table)));
            self.pairs.len() - 1
        });
        if let Some((_, Entry::Table(table))) = self.pairs.get_mut(n) {
            table.put(rest, value, line);
        }
    }

    fn done(self) -> Rc<Value> {
        let pairs = self.pairs.into_iter().map(|(key, it)| match it {
            Entry::Value(value) => (key, value),
            Entry::Table(table) => (key, table.done()),
        });
        let pairs: Vec<(String, Rc<Value>)> = pairs.collect();
        let last = pairs.iter().map(|(_, it)| it.last).max().unwrap_or(self.line);
        Rc::new(Value { line: self.line, last, form: Form::Map(pairs) })
    }
}

struct Read<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Read<'a> {
    fn go(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += u32::try_from(taken.matches('\n').count()).unwrap_or(0);
        self.rest = rest;
        taken
    }

    /// Goes over blanks, line feeds and comments.
    fn blank(&mut self) {
        loop {
            let bare = self.rest.trim_start();
            self.go(self.rest.len() - bare.len());
            if !self.rest.starts_with('#') {
                return;
            }
            self.skip_line();
        }
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn skip_line(&mut self) {
        let end = self.rest.find('\n').map_or(self.rest.len(), |it| it + 1);
        self.go(end);
    }

    fn takes(&mut self, sign: &str) -> bool {
        self.spaces();
        let is_it = self.rest.starts_with(sign);
        if is_it {
            self.go(sign.len());
        }
        is_it
    }

    /// `a.b."c d"`.
    fn key(&mut self) -> Option<Vec<String>> {
        let mut all = Vec::new();
        loop {
            self.spaces();
            let quote = self.rest.chars().next()?;
            if matches!(quote, '"' | '\'') {
                let inner = self.rest.get(1..)?;
                let end = inner.find([quote, '\n'])?;
                all.push(inner.get(..end)?.to_owned());
                self.go(end + 2);
            } else {
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '/');
                let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
                if end == 0 {
                    return None;
                }
                all.push(self.go(end).to_owned());
            }
            if !self.takes(".") {
                return Some(all);
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Rc<Value>> {
        self.spaces();
        let line = self.line;
        if depth > DEPTH {
            return None;
        }
        let form = match self.rest.chars().next()? {
            '"' | '\'' => Form::Text(self.text()?),
            '[' => {
                self.go(1);
                let mut items = Vec::new();
                while !self.ends(']')? {
                    items.push(self.value(depth + 1)?);
                }
                Form::List(items)
            }
            '{' => {
                self.go(1);
                let mut pairs = Vec::new();
                while !self.ends('}')? {
                    let key = self.key()?.join(".");
                    if !self.takes("=") {
                        return None;
                    }
                    pairs.push((key, self.value(depth + 1)?));
                }
                Form::Map(pairs)
            }
            _ => {
                let end = self.rest.find([',', ']', '}', '\n', '#']).unwrap_or(self.rest.len());
                let mut told = Told::default();
                told.add(self.go(end).trim(), line, false);
                Form::Text(told)
            }
        };
        Some(Rc::new(Value { line, last: self.line, form }))
    }

    /// Whether a list or table is at its end; goes over what stands between its parts.
    fn ends(&mut self, sign: char) -> Option<bool> {
        self.blank();
        while self.rest.starts_with(',') {
            self.go(1);
            self.blank();
        }
        let is_end = self.rest.chars().next()? == sign;
        if is_end {
            self.go(1);
        }
        Some(is_end)
    }

    fn text(&mut self) -> Option<Told> {
        let quote = self.rest.chars().next()?;
        let whole = [quote; 3].iter().collect::<String>();
        let mut told = Told::default();
        let is_long = self.rest.starts_with(&whole);
        let sign = if is_long { whole } else { quote.to_string() };
        self.go(sign.len());
        let mut end = self.rest.find(&sign)?;
        // `\"` ends nothing.
        while quote == '"' && self.rest.get(..end)?.ends_with('\\') {
            end += 1 + self.rest.get(end + 1..)?.find(&sign)?;
        }
        if is_long && self.rest.starts_with('\n') {
            self.go(1);
            end -= 1;
        }
        for (line, it) in (self.line..).zip(self.go(end).split_inclusive('\n')) {
            let plain = if quote == '"' && !is_long { unescaped(it) } else { it.to_owned() };
            told.add(&plain, line, false);
        }
        self.go(sign.len());
        Some(told)
    }
}
