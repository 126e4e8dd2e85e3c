//! `read`: what somebody answers, what a command before it writes, or what stands in a file.

use std::rc::Rc;

use super::functions::given;
use crate::content::script::operations::Words;
use crate::content::script::state::State;
use crate::content::script::syntax::{
    Argument, Call, Command, Expression, Form, PIPED, Shared, has_one,
};
use crate::content::script::walk::Walk;

impl Walk {
    /// Sets what `read` reads.
    pub(super) fn reads(&mut self, line: u32, words: &Words, command: &Command, state: &mut State) {
        let has_flag =
            |of: char| words.rest.iter().any(|it| it.text.starts_with('-') && it.text.contains(of));
        let told = command.input.as_ref().map(|it| self.resolve(it, state));
        // `list | while read one`.
        let is_said = told.is_none() && !words.any(&["-p"]) && command.file.is_none();
        let piped = given(state, PIPED).filter(|_| is_said);
        // `read -r version < VERSION`: nobody is asked.
        let file = command.file.as_ref().map(|it| self.resolve(it, state));
        let file = file.filter(|it| !has_flag('p') && !is_terminal(it));
        let told = told.or(piped).or(file.map(|it| read_from(&it)));
        if told.is_none() {
            self.asked.insert(line);
        }
        let is_timed = words.rest.iter().any(|it| it.text.starts_with("-t"));
        let by = if is_timed { "read -t" } else { "read" };
        let value = told.unwrap_or_else(|| ask_by(line, by, question(words)));
        for name in names_read(words) {
            state.set(&name, Rc::clone(&value));
        }
    }
}

/// Whether a file is what somebody types at, as its name says: `/dev/tty`, `$TTY`.
fn is_terminal(file: &Expression) -> bool {
    has_one(vec![file], 20, |it| {
        let name = match &it.form {
            Form::Environment(name, _) | Form::Name(name) => Some(name.clone()),
            _ => it.literal(),
        };
        name.is_some_and(|it| {
            let lower = it.to_lowercase();
            ["tty", "stdin", "/fd/"].iter().any(|it| lower.contains(it))
        })
    })
}

/// What a file says, of which nothing is known, or what commands write.
fn read_from(file: &Shared) -> Shared {
    match &file.form {
        Form::Subshell(_) => Rc::clone(file),
        _ => Expression::new(file.line, Form::Other(vec![Rc::clone(file)])),
    }
}

/// The names that `read` sets.
fn names_read(words: &Words) -> Vec<String> {
    let mut names = Vec::new();
    let mut skip = false;
    for word in &words.rest {
        let text = word.text.as_str();
        if skip {
            skip = false;
        } else if text.starts_with('-') {
            // `-p PROMPT`, `-n 1`, `-rp PROMPT`: the last letter takes a value.
            skip = text.len() > 1
                && text.ends_with(['p', 'n', 't', 'd', 'N', 'u', 'i', 'a', 'q'])
                && !text.ends_with('a');
        } else if text.chars().all(|it| it.is_alphanumeric() || it == '_') && !text.is_empty() {
            names.push(text.to_owned());
        } else if let Some((name, _)) = text.split_once('?') {
            // `read "answer?Are you sure? "` of zsh.
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        names.push("REPLY".to_owned());
    }
    names
}

/// The question that `read -p QUESTION` asks.
fn question(words: &Words) -> Option<Shared> {
    let is_flag = |text: &str| {
        text.starts_with('-') && !text.starts_with("--") && text.len() > 1 && text.ends_with('p')
    };
    let at = words.rest.iter().position(|it| is_flag(&it.text))?;
    words.rest.get(at + 1).map(|it| Rc::clone(&it.value))
}

/// An answer that is asked for.
pub(super) fn ask(line: u32, by: &str) -> Shared {
    ask_by(line, by, None)
}

/// The same, with the question.
fn ask_by(line: u32, by: &str, question: Option<Shared>) -> Shared {
    let callee = Expression::new(line, Form::Name(by.to_owned()));
    let arguments = question.into_iter().map(|value| Argument { name: None, value }).collect();
    Expression::new(line, Form::Call(Call { callee, arguments, block: None }))
}
