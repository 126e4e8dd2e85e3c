//! The words of a command as the shell hands them over: lists and variables may stand for several.

use std::rc::Rc;

use crate::content::script::Language;
use crate::content::script::state::State;
use crate::content::script::syntax::{Call, Command, Expression, Form, Function, Part, Shared};
use crate::content::script::tree::places;
use crate::content::script::value::texts;
use crate::content::script::walk::Walk;

/// Lists of words that a command may begin with which are looked at.
const WAYS: usize = 8;

impl Walk {
    /// The words of a command, with those of lists one by one.
    pub(in crate::content::script::walk) fn spread(
        &self,
        command: &Command,
        state: &State,
    ) -> Vec<Shared> {
        let mut all = Vec::new();
        for word in &command.words {
            // No other language takes a variable apart.
            let is_bare =
                self.is_shell() && matches!(word.form, Form::Name(_) | Form::Environment(..));
            let line = word.line;
            let inner = self.inner(word, state);
            match &inner.form {
                Form::List(words) => flat(words, &mut all, 0),
                // `@parameters` of PowerShell.
                Form::Map(pairs) if self.language == Language::PowerShell => {
                    all.extend(pairs.iter().flat_map(|(key, value)| parameter(key, value)));
                }
                _ if is_bare && all.is_empty() && is_nothing(&inner) => {}
                _ if is_bare => all.extend(split(&inner, line).unwrap_or_else(|| vec![inner])),
                _ => match self.is_shell().then(|| in_braces(&inner)).flatten() {
                    Some(several) => all.extend(several),
                    None => all.push(inner),
                },
            }
        }
        all
    }

    /// What a word stands for, also where it is in quotes.
    fn inner(&self, word: &Shared, state: &State) -> Shared {
        let word = self.resolve(word, state);
        match &word.form {
            Form::Text(parts) => match parts.as_slice() {
                [Part::Hole(hole)] => Rc::clone(hole),
                _ => word,
            },
            _ => word,
        }
    }

    /// The lists of words that a command may begin with: `if old; then run=(compose_old); else run=(compose --profile x); fi`.
    pub(in crate::content::script::walk) fn beginnings(
        &self,
        command: &Command,
        state: &State,
    ) -> Option<Vec<Command>> {
        let (first, rest) = command.words.split_first()?;
        let inner = self.inner(first, state);
        let Form::Either(ways) = &inner.form else { return None };
        let with = |way: &Shared| Command {
            words: [std::slice::from_ref(way), rest].concat(),
            ..command.clone()
        };
        let is_so = ways.len() <= WAYS && ways.iter().all(is_list);
        is_so.then(|| ways.iter().map(with).collect())
    }

    /// `"$@"` as a command: any function of the file may be what the caller names.
    pub(in crate::content::script::walk) fn dispatches(
        &mut self,
        words: &[Shared],
        state: &mut State,
    ) {
        let is_said = words.first().is_some_and(is_said);
        let begins = words.first().and_then(begins_as);
        // Within a function it is that of the script where it was handed on: `main "$@"`.
        let is_of_script = self.stack.is_empty() || state.names.contains_key("$@");
        if !(is_said || begins.is_some()) || !is_of_script {
            return;
        }
        let begins = begins.unwrap_or_default();
        let mut all: Vec<Rc<Function>> =
            self.functions.all().filter(|it| it.name.starts_with(&begins)).map(Rc::clone).collect();
        all.sort_by_key(|it| it.line);
        for function in all {
            let of = Expression::new(function.line, Form::Nothing);
            let callee = Expression::new(function.line, Form::Name(function.name.clone()));
            let call = Call { callee, arguments: Vec::new(), block: None };
            self.inline(&function, &of, &call, &mut state.clone());
        }
    }
}

fn is_list(of: &Shared) -> bool {
    matches!(of.form, Form::List(_))
}

/// Words that a shell makes of one with braces in it: `app.db{,-wal,-shm}`.
fn in_braces(word: &Shared) -> Option<Vec<Shared>> {
    let text = word.literal()?;
    let (before, rest) = text.split_once('{')?;
    let (inner, behind) = rest.split_once('}')?;
    let is_plain = !text
        .contains(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | ':' | '$' | '\\'));
    let is_one = !before.contains(['{', '}']) && !behind.contains(['{', '}']);
    let several =
        inner.split(',').map(|it| Expression::text(word.line, format!("{before}{it}{behind}")));
    (is_plain && is_one && inner.contains(',')).then(|| several.collect())
}

/// The words of a list, and of lists in it.
fn flat(words: &[Shared], all: &mut Vec<Shared>, depth: usize) {
    for word in words {
        match &word.form {
            Form::List(inner) if depth < 20 => flat(inner, all, depth + 1),
            _ => all.push(Rc::clone(word)),
        }
    }
}

/// Whether a word is the first one that the caller says: `"$1"`, `"${1:-help}"`, `"$@"`, what a variable keeps of it.
fn is_said(of: &Shared) -> bool {
    match &of.form {
        Form::Argument(name) => {
            let is_number = name.bytes().all(|it| it.is_ascii_digit());
            !is_number || name == "1"
        }
        Form::Either(ways) => ways.iter().any(is_said),
        Form::Text(parts) => matches!(parts.as_slice(), [Part::Hole(hole)] if is_said(hole)),
        _ => false,
    }
}

/// How the name of a function begins whose rest the caller says: `"do_$1"`.
fn begins_as(of: &Shared) -> Option<String> {
    let (begin, rest) = match &of.form {
        Form::Text(parts) => match parts.as_slice() {
            [Part::Plain { text, .. }, Part::Hole(hole)] => (text.clone(), hole),
            _ => return None,
        },
        Form::Join(parts) => match parts.as_slice() {
            [begin, rest] => (begin.literal()?, rest),
            _ => return None,
        },
        _ => return None,
    };
    let is_argument = matches!(rest.form, Form::Argument(_)) || is_said(rest);
    (begin.len() > 1 && is_argument).then_some(begin)
}

/// A parameter of a cmdlet and its value, as one of a table that is handed over whole.
fn parameter(key: &Shared, value: &Shared) -> Vec<Shared> {
    let name = match &key.form {
        Form::Name(name) => name.clone(),
        _ => key.literal().unwrap_or_default(),
    };
    let flag = |text: String| vec![Expression::text(key.line, text)];
    match &value.form {
        _ if name.is_empty() => Vec::new(),
        Form::Bool(true) => flag(format!("-{name}")),
        Form::Bool(false) if name.eq_ignore_ascii_case("confirm") => {
            flag("-Confirm:$false".to_owned())
        }
        Form::Bool(false) => Vec::new(),
        _ => [flag(format!("-{name}")), vec![Rc::clone(value)]].concat(),
    }
}

/// Programs that run the words behind them, or only say them.
const AROUND: &[&str] = &["sudo", "doas", "echo", "time", "nice", "nohup", "exec", "printf", ":"];

/// Whether a variable is no word where a program is named: `$SUDO rm`, `$DRY_RUN rm`. What it is where no condition has set it
/// stands last.
fn is_nothing(of: &Shared) -> bool {
    let is_empty = |it: &Shared| it.literal().is_some_and(|it| it.trim().is_empty());
    let is_around = |it: &Shared| {
        let text = it.literal().unwrap_or_default();
        text.split_whitespace().next().is_none_or(|it| AROUND.contains(&it))
    };
    match &of.form {
        Form::Outcome { value, .. } => is_nothing(value),
        Form::Either(ways) => ways.last().is_some_and(is_empty) && ways.iter().all(is_around),
        _ => is_empty(of),
    }
}

/// What a variable without quotes stands for: a word for each piece between blanks. None where it is one.
fn split(of: &Shared, line: u32) -> Option<Vec<Shared>> {
    let of = match &of.form {
        Form::Outcome { value, .. } => value,
        _ => of,
    };
    let told = texts(of).into_iter().next()?;
    if !told.text.trim().contains([' ', '\t', '\n']) {
        return None;
    }
    let mut words = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut end_word = |parts: &mut Vec<Part>| {
        if !parts.is_empty() {
            words.push(Expression::new(line, Form::Text(std::mem::take(parts))));
        }
    };
    for (start, end, hole) in places(&told.text) {
        match hole {
            Some(n) => parts.extend(told.origin.holes.get(n).map(|it| Part::Hole(Rc::clone(it)))),
            None => {
                let text = told.text.get(start..end).unwrap_or_default();
                for (n, piece) in text.split(char::is_whitespace).enumerate() {
                    if n > 0 {
                        end_word(&mut parts);
                    }
                    if !piece.is_empty() {
                        let text = piece.trim_matches(['"', '\'']).to_owned();
                        parts.push(Part::Plain { text, line, is_spread: false });
                    }
                }
            }
        }
    }
    end_word(&mut parts);
    Some(words)
}
