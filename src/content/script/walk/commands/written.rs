//! Files that a script writes and then runs: `cat > wipe.sql <<SQL ... SQL`, `psql -f wipe.sql`.

use std::rc::Rc;

use crate::content::script::operations::{Words, dumps, with_names_of};
use crate::content::script::state::State;
use crate::content::script::syntax::{Command, Expression, Form, Shared, Written};
use crate::content::script::value::texts;
use crate::content::script::walk::{Walk, pipe};

/// What stands before the name of a file whose text is known.
const FILE: &str = "|file ";

/// Parts of one file that are put together, at most.
const PARTS: usize = 400;

impl Walk {
    /// Keeps the text that a command writes to a file.
    pub(super) fn writes(&mut self, command: &Command, words: &[Shared], state: &mut State) {
        let told = || dumps::file_of(command).filter(|_| dumps::is_dumper(words));
        let to = command
            .to
            .clone()
            .or_else(|| told().map(|it| Written { file: Rc::clone(it), appends: false }));
        let Some(to) = to else { return };
        let Some(text) = pipe::written_by(command, words.to_vec()) else { return };
        let text = self.resolve(&text, state);
        let key = self.key(&to.file, state);
        let before = state.names.get(&key).filter(|_| to.appends).cloned();
        let text = match before {
            Some(before) => {
                let line = text.line;
                let mut parts = match &before.form {
                    Form::Join(parts) => parts.clone(),
                    _ => vec![before],
                };
                // A text that grows again and again is not followed for ever.
                if parts.len() < PARTS {
                    parts.extend([Expression::text(line, "\n"), text]);
                }
                Expression::new(line, Form::Join(parts))
            }
            None => text,
        };
        state.set(&key, text);
        self.writes_files = true;
    }

    /// The texts of files among the words of a command, and of the one that it reads, where the script has written them.
    pub(super) fn written(&self, command: &Command, state: &State) -> Vec<Shared> {
        if !self.writes_files {
            return Vec::new();
        }
        let files = command.words.iter().chain(&command.file);
        files.filter_map(|it| state.names.get(&self.key(it, state)).cloned()).collect()
    }

    /// The file that a command reads, or the dump in it where the script has written that there.
    pub(super) fn read_by(&self, command: &Command, state: &State) -> Option<Shared> {
        let dump = self.written(command, state).into_iter().find(dumps::is_dump);
        dump.or_else(|| command.file.as_ref().map(|it| self.resolve(it, state)))
    }

    /// Goes through a text that is read in: one that the script has written, or that is handed over.
    pub(super) fn sources(&mut self, command: &Command, state: &mut State) -> bool {
        let mut all = self.written(command, state);
        all.extend(command.input.as_ref().map(|it| self.resolve(it, state)));
        for told in all.iter().flat_map(texts) {
            self.shell(&told, state);
        }
        !all.is_empty()
    }

    /// `printf -v sql 'DROP TABLE %s;' "$table"`: a variable stands for what would be written. Whether it is such a command.
    pub(super) fn prints_into(&self, words: &Words, state: &mut State) -> bool {
        let [flag, name, format, ..] = words.rest.as_slice() else { return false };
        if flag.text != "-v" || name.text.is_empty() {
            return false;
        }
        let said = Expression::text(format.value.line, words.program.as_str());
        let all = std::iter::once(said).chain(words.values(2)).collect();
        match pipe::written_by(&Command::default(), all) {
            Some(text) => state.set(&name.text, text),
            None => state.forget(&name.text),
        }
        true
    }

    /// What a file is known by: its path, else what the variable in it is called.
    fn key(&self, file: &Shared, state: &State) -> String {
        let told = texts(&self.resolve(file, state)).into_iter().next();
        let plain = told.map(|it| it.text).filter(|it| !it.is_empty() && !it.contains('\u{1}'));
        let path = plain.unwrap_or_else(|| format!("${}", with_names_of(file)));
        format!("{FILE}{}", path.trim_start_matches("./"))
    }
}

/// The words of a list that `set --` leaves, or `shift`, as far as they are known.
pub(super) fn shifted(state: &State, by: usize) -> Option<Vec<Shared>> {
    match &state.names.get("$@")?.form {
        Form::List(all) => Some(all.iter().skip(by).map(Rc::clone).collect()),
        _ => None,
    }
}
