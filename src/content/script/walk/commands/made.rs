//! What commands of a script make, and what they take away again: that is the script's own, where both name the same thing.

use std::rc::Rc;

use crate::content::script::operations::{Word, Words};
use crate::content::script::state::State;
use crate::content::script::syntax::{Form, Shared};
use crate::content::script::tree::pieces;
use crate::content::script::value::texts;
use crate::content::script::walk::Walk;
use crate::content::script::walk::passing::{comes_from, is_of_one_machine};

/// Things that are kept of one file.
const THINGS: usize = 1_000;

/// Flags that say where a thing is, or how the answer looks, and not which one it is.
const ASIDE: &[&str] = &[
    "--region",
    "--zone",
    "--location",
    "-l",
    "--profile",
    "--output",
    "-o",
    "--query",
    "--format",
    "--timeout",
];

/// What a command made.
pub(in crate::content::script::walk) struct Thing {
    program: String,
    /// What sort of thing it is: `rds db-instance`.
    sort: String,
    names: Vec<String>,
}

/// What a command does, to what sort of thing, and the words that name it.
struct Deed<'a> {
    verb: &'a str,
    sort: String,
    names: Vec<&'a Word>,
}

const MAKES: &[&str] = &["create", "run", "mb"];
const TAKES: &[&str] = &["delete", "destroy", "remove", "rm", "terminate", "rb", "purge"];

impl Walk {
    /// Keeps what a command makes.
    pub(in crate::content::script::walk) fn keeps_made(
        &mut self,
        words: &Words,
        state: &mut State,
    ) {
        let thing = match words.program.as_str() {
            "createdb" => Some(("dropdb", String::new(), named(words, 0))),
            program => deed(words)
                .filter(|it| MAKES.contains(&it.verb))
                .map(|it| (program, it.sort, it.names)),
        };
        let Some((program, sort, names)) = thing else { return };
        let names: Vec<String> = names.into_iter().filter_map(spelled).collect();
        if names.is_empty() || self.things.len() > THINGS {
            return;
        }
        Rc::make_mut(&mut state.made).insert(self.things.len(), true);
        self.things.push(Thing { program: program.to_owned(), sort, names });
    }

    /// Whether all that a command takes away was made on the way to it, by the same program and under the same name, or is named
    /// by what made it.
    pub(in crate::content::script::walk) fn has_made(&self, words: &Words, state: &State) -> bool {
        let (sort, names) = match words.program.as_str() {
            "cp" | "mv" => {
                let from = words.plain().next().map(|it| it.text.clone()).unwrap_or_default();
                return self.commands_made.contains(&(words.program.clone(), from));
            }
            "dropdb" => (String::new(), named(words, 0)),
            "psql" | "mysql" | "mariadb" => return self.is_on_made(words, state),
            _ => match deed(words).filter(|it| TAKES.contains(&it.verb)) {
                Some(it) => (it.sort, it.names),
                None => return false,
            },
        };
        let is_own = |word: &&Word| {
            self.is_made(&words.program, &sort, word, state)
                || word.has_holes() && comes_from(&word.value, &is_made_by)
        };
        !names.is_empty() && names.iter().all(is_own)
    }

    /// Whether a thing was made on the way here that is taken away by a program under this name.
    fn is_made(&self, by: &str, sort: &str, word: &Word, state: &State) -> bool {
        let Some(name) = spelled(word) else { return false };
        let certain = state.made.iter().filter(|(_, is_certain)| **is_certain);
        let mut before = certain.filter_map(|(n, _)| self.things.get(*n));
        before.any(|it| it.program == by && it.sort == sort && it.names.contains(&name))
    }

    /// Whether a client of a database is told to go to one that the script made.
    fn is_on_made(&self, words: &Words, state: &State) -> bool {
        words.plain().any(|it| self.is_made("dropdb", "", it, state))
    }
}

/// What is known where a command failed: what it makes elsewhere it did not make.
pub(super) fn without_made(before: &State, mut failed: State) -> State {
    if !Rc::ptr_eq(&before.made, &failed.made) {
        let is_new = |n: &usize| !before.made.contains_key(n);
        for (_, is_certain) in Rc::make_mut(&mut failed.made).iter_mut().filter(|it| is_new(it.0)) {
            *is_certain = false;
        }
    }
    failed
}

/// Whether a word of a command says that it gives back the name of what it made.
fn is_made_by(word: &str) -> bool {
    is_of_one_machine(word) || word == "create" || word.starts_with("create-")
}

/// The words behind the first ones that name something: values of flags as well.
fn named(words: &Words, behind: usize) -> Vec<&Word> {
    let mut names = Vec::new();
    let mut is_aside = false;
    for word in words.rest.iter().skip(behind) {
        let is_flag = word.text.starts_with('-');
        if !is_flag && !is_aside && !word.text.is_empty() {
            names.push(word);
        }
        is_aside = is_flag && ASIDE.contains(&word.text.as_str());
    }
    names
}

/// Flags that have no value, beside those of one letter that stand together: `-rf`.
const BARE: &[&str] = &["--force", "--recursive", "--yes", "--quiet", "--if-exists", "--verbose"];

/// The words that name what a command is about, and not how or where it is done: the value of a flag only where it is made of what
/// others write, as in `--bucket "$it"`.
pub(super) fn named_by<'a>(words: &'a Words) -> Vec<&'a Word> {
    // `cf delete NAME`: no sort stands before the name.
    let all = deed(words).map(|it| it.names).filter(|it| !it.is_empty());
    let behind = || words.rest.iter().position(|it| TAKES.contains(&it.text.as_str()));
    let all = all.unwrap_or_else(|| named(words, behind().map_or(0, |it| it + 1)));
    let mut named = all.into_iter().peekable();
    let mut before: Option<&Word> = None;
    let mut of_names = |it: &'a Word| {
        let before = before.replace(it);
        let name = named.next_if(|name| std::ptr::eq(*name, it))?;
        let is_value = !name.has_holes() && before.is_some_and(has_value);
        (!is_value).then_some(name)
    };
    words.rest.iter().filter_map(&mut of_names).collect()
}

/// Whether a word is a flag whose value may be the next one.
fn has_value(flag: &Word) -> bool {
    let letters = flag.text.trim_start_matches('-');
    let is_switch = letters.bytes().all(|it| b"rRfvqyi".contains(&it));
    flag.text.starts_with('-') && !is_switch && !BARE.contains(&flag.text.as_str())
}

fn deed(words: &Words) -> Option<Deed<'_>> {
    let mut before = Vec::new();
    let mut plain = words.plain().take(4);
    let (verb, of) = loop {
        let word = plain.next()?;
        let (verb, of) = word.text.split_once('-').unwrap_or((word.text.as_str(), ""));
        if MAKES.contains(&verb) || TAKES.contains(&verb) {
            break (verb, of);
        }
        before.push(word.text.as_str());
    };
    // `kubectl create namespace shop`.
    let mut sort = before.clone();
    let mut behind = before.len() + 1;
    if before.is_empty() && of.is_empty() {
        sort.push(plain.next()?.text.as_str());
        behind += 1;
    } else {
        sort.push(of);
    }
    // Where flags stand before these words, they are no names either.
    let mut left = behind;
    let at = words.rest.iter().position(|it| {
        left -= usize::from(!it.text.starts_with('-') && left > 0);
        left == 0
    })?;
    Some(Deed { verb, sort: sort.join(" "), names: named(words, at + 1) })
}

/// A name as it is spelled, with what variables are called; none where it may be one of many. What nobody has named is known by
/// the line on which it is made: that of `DB="ci_$(uuidgen)"`.
fn spelled(word: &Word) -> Option<String> {
    if !word.has_holes() {
        return Some(word.text.clone());
    }
    let all = texts(&word.value);
    let told = match all.as_slice() {
        [] => return Some(named_or_placed(&word.value)),
        [told] => told,
        _ => return None,
    };
    let hole = |n: usize| told.origin.holes.get(n).map(named_or_placed).unwrap_or_default();
    Some(pieces(&told.text).into_iter().map(|it| it.map_or_else(hole, str::to_owned)).collect())
}

/// Variables of a shell that are another thing each time.
const EACH_TIME: &[&str] = &["RANDOM", "SRANDOM", "SECONDS", "EPOCHSECONDS", "LINENO"];

fn named_or_placed(of: &Shared) -> String {
    match &of.form {
        Form::Name(name) | Form::Environment(name, _) | Form::Argument(name)
            if !EACH_TIME.contains(&name.as_str()) =>
        {
            format!("${name}")
        }
        _ => format!("@{}", of.line),
    }
}
