//! The text of a Jenkinsfile as words, texts and blocks.

use crate::content::script::value::Told;

/// What a step is given: texts by their names, and all else as it is written.
#[derive(Default)]
pub(super) struct Given {
    pub(super) texts: Vec<(String, Told)>,
    plain: String,
}

impl Given {
    /// The text of this name; one without a name has an empty one.
    pub(super) fn named(&self, name: &str) -> Option<&Told> {
        self.texts.iter().find(|(it, _)| it == name).map(|(_, it)| it)
    }

    /// Whether something is said that is no text: `returnStatus: true`.
    pub(super) fn says(&self, name: &str, value: &str) -> bool {
        let plain: String = self.plain.split_whitespace().collect();
        plain.contains(&format!("{name}:{value}"))
    }
}

/// A text that is gone through once.
pub(super) struct Read<'a> {
    rest: &'a str,
    pub(super) line: u32,
    /// The last word was one that something is assigned to or taken from.
    is_set: bool,
}

impl<'a> Read<'a> {
    pub(super) fn new(text: &'a str) -> Read<'a> {
        Read { rest: text, line: 1, is_set: false }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    fn go(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += u32::try_from(taken.matches('\n').count()).unwrap_or(0);
        self.rest = rest;
        taken
    }

    /// Goes over blanks and comments.
    fn blank(&mut self) {
        loop {
            let bare = self.rest.trim_start();
            self.go(self.rest.len() - bare.len());
            let end = match self.rest {
                it if it.starts_with("//") || it.starts_with("#!") => it.find('\n'),
                it if it.starts_with("/*") => it.find("*/").map(|at| at + 2),
                _ => return,
            };
            self.go(end.unwrap_or(self.rest.len()));
        }
    }

    /// The next word or bracket of a block; texts and signs are gone over.
    pub(super) fn word(&mut self) -> Option<String> {
        loop {
            self.blank();
            let first = self.rest.chars().next()?;
            if matches!(first, '{' | '}') {
                self.go(1);
                return Some(first.to_string());
            }
            if matches!(first, '\'' | '"') {
                self.text();
                continue;
            }
            let is_member = first == '.';
            self.go(usize::from(is_member));
            let end = self.rest.find(|c: char| !is_of_word(c)).unwrap_or(self.rest.len());
            // Of another object only its shell is followed: `steps.sh '...'`.
            if is_member && self.rest.get(..end) != Some("sh") {
                self.go(end);
                continue;
            }
            if end > 0 {
                let word = self.go(end);
                let after = self.rest.trim_start_matches([' ', '\t']);
                self.is_set = after.starts_with(['=', '.', ':', ',']) && !after.starts_with("==");
                return Some(word.to_owned());
            }
            self.go(first.len_utf8());
        }
    }

    /// Whether the last word is a name that is set, or one of an argument.
    pub(super) fn is_set(&self) -> bool {
        self.is_set
    }

    pub(super) fn takes_word(&mut self, word: &str) -> bool {
        self.blank();
        let is_it = self.rest.strip_prefix(word).is_some_and(|it| !it.starts_with(is_of_word));
        if is_it {
            self.go(word.len());
        }
        is_it
    }

    /// Whether a block begins here; goes into it.
    pub(super) fn opens_block(&mut self) -> bool {
        self.blank();
        let opens = self.rest.starts_with('{');
        if opens {
            self.go(1);
        }
        opens
    }

    /// Whether a bracket follows a name.
    pub(super) fn calls(&self, name: &str) -> bool {
        name.len() > 2 && self.rest.starts_with('(')
    }

    pub(super) fn skip_block(&mut self) {
        self.block_text();
    }

    /// All that stands in a block that is open.
    pub(super) fn block_text(&mut self) -> &'a str {
        self.until('{', '}')
    }

    /// What stands in the round brackets that follow.
    pub(super) fn brackets(&mut self) -> String {
        self.blank();
        if !self.rest.starts_with('(') {
            return String::new();
        }
        self.go(1);
        self.until('(', ')').to_owned()
    }

    fn until(&mut self, open: char, close: char) -> &'a str {
        let start = self.rest;
        let mut depth = 0usize;
        loop {
            self.blank();
            let taken = start.len() - self.rest.len();
            let Some(first) = self.rest.chars().next() else { return start };
            if matches!(first, '\'' | '"') {
                self.text();
                continue;
            }
            self.go(first.len_utf8());
            if first == open {
                depth += 1;
            } else if first == close {
                if depth == 0 {
                    return start.get(..taken).unwrap_or_default();
                }
                depth -= 1;
            }
        }
    }

    /// What a step is given: in brackets, or on the rest of its line and those that a comma leads to.
    pub(super) fn given(&mut self) -> Given {
        let mut given = Given::default();
        self.rest = self.rest.trim_start_matches([' ', '\t']);
        let is_in_brackets = self.rest.starts_with('(');
        if is_in_brackets {
            self.go(1);
        }
        let mut depth = 0usize;
        let mut name = String::new();
        while let Some(first) = self.rest.chars().next() {
            match first {
                '\'' | '"' => {
                    let Some(told) = self.text() else { break };
                    given.texts.push((std::mem::take(&mut name), told));
                    continue;
                }
                '{' | '}' if depth == 0 => break,
                '\n' | ';' if !is_in_brackets && !given.plain.trim_end().ends_with(',') => break,
                ')' if depth == 0 => {
                    self.go(1);
                    break;
                }
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if is_of_word(first) {
                let end = self.rest.find(|c: char| !is_of_word(c)).unwrap_or(self.rest.len());
                let word = self.go(end);
                given.plain.push_str(word);
                if self.rest.trim_start().starts_with(':') {
                    word.clone_into(&mut name);
                }
                continue;
            }
            given.plain.push_str(self.go(first.len_utf8()));
        }
        given
    }

    /// A text in quotes. What Groovy fills in is left as the shell would have it: `${params.DB}` is `${DB}`.
    fn text(&mut self) -> Option<Told> {
        let quote = self.rest.chars().next()?;
        let long = [quote; 3].iter().collect::<String>();
        let sign = if self.rest.starts_with(&long) { long } else { quote.to_string() };
        self.go(sign.len());
        let mut end = 0;
        loop {
            let next = self.rest.get(end..)?;
            let at = next.find(&sign);
            let Some(at) = at.filter(|at| {
                sign.len() == 3 || !next.get(..*at).is_some_and(|it| it.contains('\n'))
            }) else {
                let line_end = next.find('\n').unwrap_or(next.len());
                self.go(end + line_end);
                return None;
            };
            end += at;
            let slashes = self.rest.get(..end)?.bytes().rev().take_while(|it| *it == b'\\').count();
            if slashes % 2 == 0 {
                break;
            }
            end += 1;
        }
        let mut told = Told::default();
        for (line, it) in (self.line..).zip(self.go(end).split_inclusive('\n')) {
            told.add(&plain(it, quote == '"'), line, false);
        }
        self.go(sign.len());
        Some(told)
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A line of a text without what only Groovy reads.
fn plain(line: &str, is_filled: bool) -> String {
    let mut all = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('\n')) => all.push(c),
            ('\\', Some('n')) => {
                chars.next();
                all.push('\n');
            }
            ('\\', Some(_)) => all.extend(chars.next()),
            _ => all.push(c),
        }
    }
    if is_filled {
        all = all.replace("${params.", "${").replace("${env.", "${");
    }
    all
}
