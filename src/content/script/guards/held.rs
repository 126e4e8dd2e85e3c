//! What the values in a condition are held against.

use super::buttons::button;
use super::origins::called;
use crate::content::script::operations::piped::is_inverting;
use crate::content::script::syntax::{Argument, Comparison, Expression, Form, Shared};
use crate::content::script::words;

/// How a condition holds a value against words.
pub(super) struct Held {
    /// The words; none where it only asks whether the value is true or there at all.
    pub(super) words: Vec<String>,
    /// The value may only be like them.
    pub(super) comparison: Option<Comparison>,
    /// It may be any part of the one word, nothing as well: `answer in "yes"`.
    pub(super) is_part: bool,
    /// It need only begin or end so.
    pub(super) is_affix: bool,
}

impl Held {
    fn new(words: Vec<String>, comparison: Option<Comparison>) -> Held {
        Held { words, comparison, is_part: false, is_affix: false }
    }
}

/// What stands for a value that an answer has to be, where that is not known before it runs: the name of a database.
const NAMED: &str = "what is named";

/// Functions that tell how a text begins or ends.
const AFFIX: &[&str] = &[
    "startswith",
    "endswith",
    "startsWith",
    "endsWith",
    "start_with?",
    "end_with?",
    "str_starts_with",
    "str_ends_with",
    "StartsWith",
    "EndsWith",
    "HasPrefix",
    "HasSuffix",
];

pub(super) fn held(test: &Expression) -> Held {
    match &test.form {
        Form::Compare(comparison, left, right) => {
            let mut words = literals(right);
            let is_part = *comparison == Comparison::In
                && right.literal().is_some()
                && left.literal().is_none();
            // What is asked with is nothing that an answer is held against.
            if words.is_empty()
                && !(*comparison == Comparison::In && matches!(left.form, Form::Call(_)))
            {
                words = match &left.form {
                    Form::Call(call) if words::asks(&called(call)) => vec![NAMED.to_owned()],
                    _ => literals(left),
                };
            }
            let is_affix = match comparison {
                Comparison::Fits => words.iter().all(|it| it.starts_with('^')),
                _ => !is_part && words.iter().all(|it| it.len() > 2 && it.ends_with('*')),
            };
            let is_affix = is_affix && !words.is_empty();
            Held { is_part, is_affix, ..Held::new(words, Some(*comparison)) }
        }
        // `answer.startswith("y")`, `url.includes("localhost")`.
        Form::Call(call) => {
            let name = called(call);
            let name = name.rsplit('.').next().unwrap_or_default();
            let is_test = words::LIKENESS.contains(&name);
            if is_test {
                let mut words: Vec<String> =
                    call.arguments.iter().flat_map(|it| literals(&it.value)).collect();
                if let (true, Form::Member(on, _)) = (words.is_empty(), &call.callee.form) {
                    words = literals(on);
                }
                if let Form::Member(on, _) = &call.callee.form
                    && matches!(on.form, Form::List(_))
                {
                    words = literals(on);
                }
                let is_part = match &call.callee.form {
                    Form::Member(on, _) => on.literal().is_some(),
                    _ => false,
                };
                let is_affix = AFFIX.contains(&name);
                return Held { is_part, is_affix, ..Held::new(words, Some(Comparison::In)) };
            }
            Held::new(Vec::new(), None)
        }
        Form::Command(command) => {
            // `grep -q production`.
            let line: Vec<String> = command.words.iter().filter_map(|it| it.literal()).collect();
            match line.split_first() {
                Some((program, rest)) if program.contains("grep") => {
                    let value = words::looked_for(&line.join(" ")).map(|it| vec![it.1.to_owned()]);
                    let plain = || rest.iter().filter(|it| !it.starts_with('-')).cloned().collect();
                    Held::new(value.unwrap_or_else(plain), Some(Comparison::In))
                }
                _ => Held::new(Vec::new(), None),
            }
        }
        _ => Held::new(Vec::new(), None),
    }
}

pub(super) fn literals(of: &Expression) -> Vec<String> {
    match &of.form {
        // `env in ("dev", None)`: what is not set is nothing.
        Form::List(all) => {
            let nothing = |it: &Shared| match it.form {
                Form::Nothing => vec![String::new()],
                _ => literals(it),
            };
            all.iter().flat_map(nothing).collect()
        }
        Form::Either(all) => {
            let is_plain = all.iter().all(|it| !literals(it).is_empty());
            let mut words: Vec<String> = all.iter().flat_map(|it| literals(it)).collect();
            // `"${1:-}"` is what is given, and not nothing.
            words.retain(|it| is_plain || !it.trim().is_empty());
            words
        }
        Form::Map(all) => all.iter().flat_map(|(key, _)| literals(key)).collect(),
        Form::Bool(it) => vec![it.to_string()],
        Form::Call(call) => {
            // `['y', 'yes'].freeze`, `new Set(["y"])`; the number in `token_hex(2)` is no word of what it gives.
            let is_number = |it: &&Argument| matches!(it.value.form, Form::Number(_));
            let given = call.arguments.iter().filter(|it| !is_number(it));
            given.flat_map(|it| literals(&it.value)).collect()
        }
        _ if button(of).is_some() => button(of).into_iter().map(str::to_owned).collect(),
        // `JOptionPane.YES_OPTION`, `DialogResult.Yes`.
        Form::Member(_, name) if matches!(name.as_str(), "YES_OPTION" | "Yes" | "YES") => {
            vec!["yes".to_owned()]
        }
        // `Environments.PRODUCTION`.
        Form::Member(_, name) if words::names_environment(name) => vec![name.clone()],
        _ => of.literal().into_iter().collect(),
    }
}

/// `grep -qv production`: it goes well where that is not there.
pub(super) fn inverts(of: &Expression) -> bool {
    let Form::Command(command) = &of.form else { return false };
    let line: Vec<String> = command.words.iter().filter_map(|it| it.literal()).collect();
    // `grep -q -- -dev`: what stands behind the flags is looked for.
    line.split_first().is_some_and(|(it, rest)| {
        let mut flags = rest.iter().take_while(|it| it.starts_with('-') && *it != "--");
        it.ends_with("grep") && flags.any(|it| is_inverting(it))
    })
}
