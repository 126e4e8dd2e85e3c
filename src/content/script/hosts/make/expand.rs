//! What the variables and functions of make stand for in a text.

use std::collections::HashMap;
use std::rc::Rc;

use super::parse::{Condition, Makefile, Rule, Variable};
use crate::content::script::hosts::{answer, as_text, call, only_if, unknown};
use crate::content::script::sieve;
use crate::content::script::syntax::{
    Act, Block, Comparison, Expression, Form, Part, Shared, Statement,
};
use crate::content::script::value::Told;

/// The deepest that variables stand for each other.
const DEPTH: usize = 12;

/// Variables and functions that are looked at in one file.
const STEPS: usize = 50_000;

/// Bytes of variables that are handed over to the commands of one file.
const EXPORTED: usize = 1 << 17;

/// A variable that a command finds in its environment.
#[derive(Clone)]
pub(super) struct Exported {
    pub(super) name: String,
    pub(super) value: Shared,
    size: usize,
    pub(super) may_destroy: bool,
}

/// What the variables of a makefile stand for.
pub(super) struct Expand<'a> {
    file: &'a Makefile,
    /// Those of the target alone, and `$@` and its like.
    own: HashMap<String, Variable>,
    /// What is handed over to a text by `$(call ...)`.
    handed: Vec<Vec<String>>,
    /// What was handed over to commands before.
    handed_over: HashMap<String, Option<Exported>>,
    left_to_hand: usize,
    stops: Block,
    left: usize,
}

impl<'a> Expand<'a> {
    pub(super) fn new(file: &'a Makefile) -> Expand<'a> {
        Expand {
            file,
            own: HashMap::new(),
            handed: Vec::new(),
            handed_over: HashMap::new(),
            left_to_hand: EXPORTED,
            stops: Block::new(),
            left: STEPS,
        }
    }

    /// What follows is of this rule.
    pub(super) fn enter(&mut self, rule: &Rule) {
        let target = rule.targets.first().cloned().unwrap_or_default();
        for other in self
            .file
            .rules
            .iter()
            .filter(|it| !it.variables.is_empty() && it.targets.contains(&target))
        {
            self.own.extend(other.variables.clone());
        }
        let mut set = |name: &str, text: &str| {
            let variable = Variable { text: text.replace('$', "$$"), ..Variable::default() };
            self.own.insert(name.to_owned(), variable);
        };
        set("@", &target);
        set("<", rule.needs.first().map_or("", |it| it));
    }

    pub(super) fn leave(&mut self) {
        self.own.clear();
    }

    /// What a command finds in its environment of what it names: texts of several words, which are no names that it compares.
    pub(super) fn exported(&mut self, told: &Told) -> Vec<Exported> {
        let mut sets: Vec<Exported> = Vec::new();
        for (at, _) in told.text.match_indices('$') {
            let rest = told.text.get(at + 1..).unwrap_or_default().trim_start_matches('{');
            let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
            let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            if !self.file.exported.contains(name) || sets.iter().any(|it| it.name == name) {
                continue;
            }
            let known = self.handed_over.get(name).cloned();
            if let Some(it) = known.unwrap_or_else(|| self.hand_over(name))
                && let Some(left) = self.left_to_hand.checked_sub(it.size)
            {
                self.left_to_hand = left;
                sets.push(it);
            }
        }
        sets
    }

    fn hand_over(&mut self, name: &str) -> Option<Exported> {
        let file = self.file;
        let is_said = |it: &&Variable| {
            !it.is_default
                && it.text.len() < EXPORTED
                && it.text.trim().contains(char::is_whitespace)
        };
        let found = file.variables.get(name).filter(is_said).map(|it| {
            let mut value = Told::default();
            self.text(&it.text, it.line, &mut value, 0);
            let may_destroy = sieve::may_destroy(value.text.as_bytes());
            let size = value.text.len();
            Exported { name: name.to_owned(), value: as_text(it.line, value), size, may_destroy }
        });
        self.handed_over.insert(name.to_owned(), found.clone());
        found
    }

    /// The lines that a line of a recipe stands for, where it is a text of several.
    pub(super) fn defined(&self, text: &str, line: u32) -> Vec<(u32, String)> {
        let bare = text.trim_start_matches(['@', '-', '+']);
        let inner = bare.strip_prefix("$(").and_then(|it| it.strip_suffix(')')).unwrap_or_default();
        let inner = inner.strip_prefix("call ").unwrap_or(inner);
        let (name, handed) = inner.split_once(',').unwrap_or((inner, ""));
        match self.file.variables.get(name.trim()).filter(|it| it.is_defined) {
            Some(variable) => {
                let mut text = variable.text.replace("$(0)", name);
                for (n, it) in handed.split(',').enumerate() {
                    text = text.replace(&format!("$({})", n + 1), it.trim());
                }
                let lines = text.replace("\\\n", "\\\u{1}");
                let mut at = variable.line;
                let mut all = Vec::new();
                for it in lines.split('\n').filter(|it| it.len() < 1 << 16).take(500) {
                    let whole = it.replace('\u{1}', "\n");
                    if !whole.trim().is_empty() {
                        all.push((at, whole.trim().to_owned()));
                    }
                    at += 1 + u32::try_from(it.matches('\u{1}').count()).unwrap_or(0);
                }
                all
            }
            None => vec![(line, text.to_owned())],
        }
    }

    /// A line with its variables filled in, and what stops make while it does that.
    pub(super) fn line(&mut self, text: &str, line: u32, told: &mut Told) -> Block {
        self.text(text, line, told, 0);
        std::mem::take(&mut self.stops)
    }

    /// What a conditional asks.
    pub(super) fn condition(&mut self, it: &Condition) -> Shared {
        let empty = |text: &str| text.trim().is_empty();
        let test = match &it.right {
            None => self.truth(&it.left, it.line, 0),
            Some(right) if empty(right) => not(self.truth(&it.left, it.line, 0)),
            Some(right) if empty(&it.left) => not(self.truth(right, it.line, 0)),
            Some(right) => {
                let (left, right) =
                    (self.value_at(&it.left, it.line, 0), self.value_at(right, it.line, 0));
                Expression::new(it.line, Form::Compare(Comparison::Equal, left, right))
            }
        };
        self.stops.clear();
        test
    }

    /// Whether a text is not empty.
    fn truth(&mut self, text: &str, line: u32, depth: usize) -> Shared {
        if depth > DEPTH {
            return unknown(line);
        }
        let inner =
            text.trim().strip_prefix("$(").and_then(|it| it.strip_suffix(')')).unwrap_or_default();
        let (name, rest) = inner.split_once(' ').unwrap_or_default();
        if let ("filter" | "filter-out" | "findstring", Some(at)) = (name, comma(rest)) {
            let (one, other) =
                (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
            let words = one.split_whitespace().map(|it| self.value_at(it, line, depth)).collect();
            let other = self.value_at(other, line, depth);
            let among = Expression::new(line, Form::List(words));
            let is_in = Expression::new(line, Form::Compare(Comparison::In, other, among));
            return if name == "filter-out" { not(is_in) } else { is_in };
        }
        if name == "strip" {
            return self.truth(rest, line, depth + 1);
        }
        if name == "value" {
            let mut named = Told::default();
            self.text(rest.trim(), line, &mut named, depth + 1);
            return self.truth(&format!("$({})", named.text.trim()), line, depth + 1);
        }
        let value = self.value_at(text, line, depth);
        if let Form::Text(parts) = &value.form
            && let [Part::Hole(hole)] = parts.as_slice()
            && let Form::Environment(_, Some(default)) = &hole.form
            && default.literal().is_some_and(|it| !it.trim().is_empty())
        {
            return Expression::new(line, Form::Bool(true));
        }
        match value.literal() {
            Some(plain) => Expression::new(line, Form::Bool(!plain.trim().is_empty())),
            None => call(line, "present", vec![value]),
        }
    }

    fn text(&mut self, text: &str, line: u32, out: &mut Told, depth: usize) {
        let mut rest = text;
        let mut line = line;
        while let Some(at) = rest.find('$') {
            let plain = rest.get(..at).unwrap_or_default();
            add(out, plain, line, depth);
            if depth == 0 {
                line += u32::try_from(plain.matches('\n').count()).unwrap_or(0);
            }
            let after = rest.get(at + 1..).unwrap_or_default();
            let Some(sign) = after.chars().next() else { return };
            let behind = after.get(sign.len_utf8()..).unwrap_or_default();
            rest = behind;
            match sign {
                '$' => out.add("$", line, false),
                '(' | '{' => {
                    let close = if sign == '(' { ')' } else { '}' };
                    let Some(end) = closing(behind, sign, close) else { return };
                    self.reference(behind.get(..end).unwrap_or_default(), line, out, depth + 1);
                    if depth == 0 {
                        let inner = behind.get(..end).unwrap_or_default();
                        line += u32::try_from(inner.matches('\n').count()).unwrap_or(0);
                    }
                    rest = behind.get(end + 1..).unwrap_or_default();
                }
                other => self.variable(&other.to_string(), line, out, depth + 1),
            }
        }
        add(out, rest, line, depth);
    }

    /// What stands between `$(` and `)`.
    fn reference(&mut self, inner: &str, line: u32, out: &mut Told, depth: usize) {
        if depth > DEPTH || self.left == 0 {
            return;
        }
        self.left -= 1;
        let Some((name, rest)) = inner.split_once([' ', '\t', '\n']) else {
            let name = inner.split(':').next().unwrap_or_default();
            return self.variable(name, line, out, depth);
        };
        let parts = arguments(rest);
        let part = |n: usize| parts.get(n).copied().unwrap_or_default();
        match name {
            "shell" => out.hole(&if rest.contains("read ") { answer(line) } else { unknown(line) }),
            "error" => self.stops.push(Statement { line, act: Act::Throw(None) }),
            "if" => self.choice(&parts, line, out, depth),
            "or" if parts.last().is_some_and(|it| it.contains("$(error")) => {
                let test = self.truth(part(0), line, depth);
                self.stops.push(only_if(line, test));
                self.text(part(0), line, out, depth);
            }
            "call" => match self.file.variables.get(part(0)) {
                Some(variable) => {
                    self.handed.push(parts.iter().map(|it| it.trim().to_owned()).collect());
                    self.text(&variable.text, line, out, depth);
                    self.handed.pop();
                }
                None => out.hole(&unknown(line)),
            },
            "strip" | "abspath" | "realpath" | "sort" | "firstword" => {
                self.text(rest, line, out, depth)
            }
            "foreach" => self.text(part(2), line, out, depth),
            "info" | "warning" | "eval" => {}
            _ => out.hole(&unknown(line)),
        }
    }

    /// `$(if TEST,THEN,ELSE)`.
    fn choice(&mut self, parts: &[&str], line: u32, out: &mut Told, depth: usize) {
        let part = |n: usize| parts.get(n).copied().unwrap_or_default();
        let test = self.truth(part(0), line, depth);
        let stop = |text: &str| match text.contains("$(error") {
            true => vec![Statement { line, act: Act::Throw(None) }],
            false => Block::new(),
        };
        let (then, otherwise) = (stop(part(1)), stop(part(2)));
        if then.is_empty() && otherwise.is_empty() {
            return out.hole(&unknown(line));
        }
        self.stops.push(Statement { line, act: Act::If { test, then, otherwise } });
    }

    fn variable(&mut self, name: &str, line: u32, out: &mut Told, depth: usize) {
        if depth > DEPTH || self.left == 0 {
            return;
        }
        self.left -= 1;
        if let (Ok(n), Some(handed)) = (name.parse::<usize>(), self.handed.last()) {
            let text = handed.get(n).cloned().unwrap_or_default();
            return self.text(&text, line, out, depth + 1);
        }
        let file = self.file;
        match self.own.get(name).cloned().or_else(|| file.variables.get(name).cloned()) {
            // One word may be compared; several are a command.
            Some(it) if it.is_default && !it.text.trim().contains(' ') => {
                let default = self.value_at(&it.text, line, depth);
                out.hole(&Expression::new(line, Form::Environment(name.to_owned(), Some(default))));
            }
            Some(it) => self.text(&it.text, line, out, depth + 1),
            None => match name {
                "MAKE" => out.add("make", line, false),
                "RM" => out.add("rm -f", line, false),
                "CURDIR" | "PWD" => out.add(".", line, false),
                _ => {
                    // Another file that is taken in may set it.
                    let default = file.has_include.then(|| unknown(line));
                    out.hole(&Expression::new(line, Form::Environment(name.to_owned(), default)));
                }
            },
        }
    }

    fn value_at(&mut self, text: &str, line: u32, depth: usize) -> Shared {
        let mut told = Told::default();
        self.text(text, line, &mut told, depth + 1);
        as_text(line, told)
    }
}

fn not(test: Shared) -> Shared {
    let line = test.line;
    Expression::new(line, Form::Not(Rc::clone(&test)))
}

fn add(out: &mut Told, plain: &str, line: u32, depth: usize) {
    match depth {
        0 => out.add(plain, line, true),
        _ => out.add(&plain.replace('\n', " "), line, false),
    }
}

/// Where the bracket closes that is open at the beginning.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// The first comma that stands in no brackets.
pub(super) fn comma(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

fn arguments(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(at) = comma(rest) {
        all.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    all.push(rest);
    all
}
