//! Commands of PowerShell: cmdlets, functions of the file, and programs.

use std::rc::Rc;

use tree_sitter::Node;

use super::listings::{self, handed_on};
use super::made::{made, runs_named_block};
use super::{File, Taken};
use crate::content::script::syntax::{
    Argument, Call, Command, Expression, Form, Function, Part, Shared,
};
use crate::content::script::tree::{children, field};

/// Other names of commands, and what the common form calls those that the shell has as well.
const ALIASES: &[(&str, &str)] = &[
    ("rm", "Remove-Item"),
    ("ri", "Remove-Item"),
    ("rd", "Remove-Item"),
    ("rmdir", "Remove-Item"),
    ("del", "Remove-Item"),
    ("erase", "Remove-Item"),
    ("remove-item", "Remove-Item"),
    ("clc", "Clear-Content"),
    ("iex", "Invoke-Expression"),
    ("saps", "Start-Process"),
    ("start", "Start-Process"),
    ("pause", "Read-Host"),
    ("read-host", "Read-Host"),
    ("start-process", "Start-Process"),
    ("invoke-expression", "Invoke-Expression"),
    ("write-host", "printf"),
    ("write-output", "echo"),
    ("write-warning", "printf"),
    ("write", "echo"),
    ("echo", "echo"),
    ("start-sleep", "sleep"),
];

/// Parameters of cmdlets that the table of operations asks for. Any beginning of the name will do.
const PARAMETERS: &[&str] = &[
    "-Force",
    "-Recurse",
    "-Confirm",
    "-WhatIf",
    "-Query",
    "-Path",
    "-LiteralPath",
    "-Filter",
    "-Include",
    "-Exclude",
    "-DeleteBucketContent",
    "-Identity",
    "-ArgumentList",
    "-FilePath",
    "-Command",
];

impl File<'_, '_> {
    pub(super) fn command(&self, node: Node) -> Form {
        let line = self.reader.line(node);
        let Some(named) = field(node, "command_name") else { return Form::Nothing };
        let program = self.program(named);
        let name = program.literal().unwrap_or_default();
        let elements = field(node, "command_elements");
        let is_cmdlet = is_cmdlet(&name);
        let words = elements.map(|it| self.words(it, is_cmdlet)).unwrap_or_default();
        let lower = name.to_lowercase();
        if let Some(taken) = self.functions.get(&lower) {
            return called(line, &lower, arguments(line, words, taken));
        }
        if let Form::Lambda(_) = &program.form {
            return Form::Call(Call { callee: program, arguments: Vec::new(), block: None });
        }
        // Tests of Pester clean up after themselves.
        if matches!(
            lower.as_str(),
            "describe" | "context" | "it" | "beforeall" | "afterall" | "beforeeach" | "aftereach"
        ) {
            return Form::Nothing;
        }
        let hands_over = words.iter().any(|it| matches!(it.form, Form::Lambda(_)));
        if hands_over || name == "Read-Host" {
            let arguments = words.into_iter().map(|value| Argument { name: None, value }).collect();
            return called(line, &name, arguments);
        }
        let known = listings::path_of(&lower, &words, line)
            .or_else(|| self.made(&lower, &words, elements, line));
        if let Some(form) = known.or_else(|| runs_named_block(&lower, &words, line)) {
            return form;
        }
        if name == "Start-Process" {
            return Form::Command(Command { words: started(words), ..Command::default() });
        }
        let (unless, words): (Vec<Shared>, Vec<Shared>) =
            words.into_iter().partition(|it| shown_where(it).is_some());
        let words = [vec![program], words].concat();
        let command = Form::Command(Command { words, ..Command::default() });
        match unless.first().and_then(shown_where) {
            Some(test) => {
                let is_done = Expression::new(line, Form::Not(test));
                Form::All(vec![is_done, Expression::new(line, command)])
            }
            None => command,
        }
    }

    /// What `New-Object` makes, where that stands for more than itself: `New-Object SqlCommand("DELETE FROM Users", $connection)`.
    fn made(
        &self,
        name: &str,
        words: &[Shared],
        elements: Option<Node>,
        line: u32,
    ) -> Option<Form> {
        if name != "new-object" {
            return None;
        }
        let list = elements.and_then(|it| {
            let inner = children(it).into_iter().find(|it| it.kind() == "argument_list")?;
            field(inner, "argument_expression_list")
        });
        let given = list.map(|it| self.all(it)).unwrap_or_default();
        made(&[words, &given].concat(), line)
    }

    /// The name of what is run, in its usual form.
    fn program(&self, node: Node) -> Shared {
        let node = match node.kind() {
            "command_name_expr" => children(node).first().copied().unwrap_or(node),
            _ => node,
        };
        let line = self.reader.line(node);
        let value = match node.kind() {
            "command_name" => Expression::text(line, self.text(node)),
            "path_command_name" => match children(node).as_slice() {
                [one] if one.kind() == "variable" => self.expression(*one),
                [one] => Expression::text(line, self.text(*one)),
                all => {
                    let parts = all.iter().map(|it| match it.kind() {
                        "variable" => self.expression(*it),
                        _ => Expression::text(line, self.text(*it)),
                    });
                    Expression::new(line, Form::Join(parts.collect()))
                }
            },
            _ => self.expression(node),
        };
        let Some(name) = value.literal() else { return value };
        let lower = name.to_lowercase();
        let lower = lower.strip_suffix(".exe").or(lower.strip_suffix(".cmd")).unwrap_or(&lower);
        match ALIASES.iter().find(|(alias, _)| *alias == lower) {
            Some((_, name)) => Expression::text(line, *name),
            None if is_cmdlet(&name) => Expression::text(line, name),
            None => Expression::text(line, lower),
        }
    }

    /// The words behind the name of a command. What has no blank between it is one word.
    fn words(&self, node: Node, is_cmdlet: bool) -> Vec<Shared> {
        let mut words: Vec<Vec<Shared>> = Vec::new();
        let mut is_open = false;
        let mut is_value = false;
        for it in children(node) {
            let line = self.reader.line(it);
            match it.kind() {
                "command_argument_sep" => {
                    is_value = self.text(it) == ":";
                    is_open = is_value;
                    if is_value && let Some(word) = words.last_mut() {
                        word.push(Expression::text(line, ":"));
                    }
                    continue;
                }
                "redirection" | "stop_parsing" | "argument_list" => continue,
                "command_parameter" => {
                    let text = self.text(it);
                    let text = if is_cmdlet { parameter(text) } else { text.to_owned() };
                    words.push(vec![Expression::text(line, text)]);
                }
                _ => {
                    let value = self.expression(it);
                    match words.last_mut().filter(|_| is_open) {
                        Some(word) => word.push(value),
                        None => words.push(vec![value]),
                    }
                }
            }
            is_open = !is_value;
        }
        words.into_iter().filter_map(word).collect()
    }

    /// Commands of which each takes what the one before gives.
    pub(super) fn chain(&self, node: Node) -> Shared {
        let line = self.reader.line(node);
        let parts = children(node)
            .into_iter()
            .filter(|it| !matches!(it.kind(), "redirections" | "verbatim_command_argument"));
        let mut parts: Vec<Shared> = parts.map(|it| self.expression(it)).collect();
        if parts.len() == 1
            && let Some(one) = parts.pop()
        {
            return one;
        }
        // What is written at the beginning is read as what `echo` writes.
        if let Some(first) = parts.first_mut()
            && matches!(first.form, Form::Text(_))
        {
            let words = vec![Expression::text(line, "echo"), Rc::clone(first)];
            *first = Expression::new(line, Form::Command(Command { words, ..Command::default() }));
        }
        handed_on(&mut parts);
        Expression::new(line, Form::Pipe(parts))
    }

    /// A block that is handed over.
    pub(super) fn lambda(&self, node: Node) -> Form {
        Form::Lambda(Rc::new(Function {
            line: self.reader.line(node),
            body: self.inside(node),
            yields_last: true,
            ..Function::default()
        }))
    }
}

/// `Remove-Item`, but no program such as `docker-compose`.
fn is_cmdlet(name: &str) -> bool {
    name.split_once('-').is_some_and(|(verb, noun)| {
        verb.starts_with(|c: char| c.is_ascii_alphabetic())
            && verb.chars().all(|it| it.is_ascii_alphabetic())
            && noun.starts_with(|c: char| c.is_ascii_alphabetic())
            && !matches!(verb, "docker" | "redis" | "pg" | "apt" | "clickhouse" | "mongo")
    })
}

/// The usual form of the name of a parameter.
fn parameter(text: &str) -> String {
    let lower = text.to_lowercase();
    let known =
        PARAMETERS.iter().find(|it| lower.len() > 1 && it.to_lowercase().starts_with(&lower));
    known.map_or_else(|| text.to_owned(), |it| (*it).to_owned())
}

/// One word of its parts; none for a switch that is off.
fn word(parts: Vec<Shared>) -> Option<Shared> {
    let first = parts.first()?;
    let line = first.line;
    match parts.as_slice() {
        [one] => Some(Rc::clone(one)),
        [name, colon, value] if colon.literal().as_deref() == Some(":") => {
            match (name.literal(), &value.form) {
                (Some(name), Form::Bool(true)) => Some(Expression::text(line, name)),
                (Some(name), Form::Bool(false) | Form::Nothing)
                    if name == "-Confirm" || name == "-WhatIf" =>
                {
                    Some(Expression::text(line, format!("{name}:$false")))
                }
                (_, Form::Bool(false)) => None,
                _ => Some(Expression::new(line, Form::Join(parts))),
            }
        }
        _ => Some(Expression::new(line, Form::Join(parts))),
    }
}

/// What decides whether a cmdlet only shows what it would do: `-WhatIf:(-not $Execute)`.
fn shown_where(word: &Shared) -> Option<Shared> {
    match &word.form {
        Form::Join(parts) => match parts.as_slice() {
            [name, colon, value] => {
                let is_it = name.literal().as_deref() == Some("-WhatIf")
                    && colon.literal().as_deref() == Some(":");
                is_it.then(|| Rc::clone(value))
            }
            _ => None,
        },
        _ => None,
    }
}

/// The arguments of a function of the file.
fn arguments(line: u32, words: Vec<Shared>, taken: &Taken) -> Vec<Argument> {
    let mut named = Vec::new();
    let mut others = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let flag = match &word.form {
            Form::Text(parts) => match parts.as_slice() {
                [Part::Plain { text, .. }] => text.strip_prefix('-').map(str::to_lowercase),
                _ => None,
            },
            _ => None,
        };
        let known = flag.and_then(|flag| taken.parameters.iter().find(|(name, _)| *name == flag));
        let Some((name, is_switch)) = known else {
            others.push(word);
            continue;
        };
        let value = match is_switch {
            true => Expression::new(word.line, Form::Bool(true)),
            false => words.next().unwrap_or(word),
        };
        named.push(Argument { name: Some(name.clone()), value });
    }
    let is_named = |of: &str| named.iter().any(|it| it.name.as_deref() == Some(of));
    let is_free =
        |of: &&(String, bool)| !of.1 && taken.rest.as_ref() != Some(&of.0) && !is_named(&of.0);
    let free: Vec<String> =
        taken.parameters.iter().filter(is_free).map(|it| it.0.clone()).collect();
    let mut others = others.into_iter();
    // Each word goes to the next parameter that was not named.
    for (name, value) in free.into_iter().zip(&mut others) {
        named.push(Argument { name: Some(name), value });
    }
    let left: Vec<Shared> = others.collect();
    match &taken.rest {
        Some(rest) => {
            let value = Expression::new(line, Form::List(left));
            named.push(Argument { name: Some(rest.clone()), value });
        }
        None => named.extend(left.into_iter().map(|value| Argument { name: None, value })),
    }
    named
}

/// The words of the program that `Start-Process` starts.
fn started(words: Vec<Shared>) -> Vec<Shared> {
    let mut all = Vec::new();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.literal().as_deref() {
            Some("-FilePath" | "-ArgumentList") | None => {}
            // The other parameters say how it is started.
            Some(text) if text.starts_with('-') => continue,
            Some(_) => {
                all.extend(split(&word));
                continue;
            }
        }
        let value = if word.literal().is_some() { words.next() } else { Some(word) };
        let Some(value) = value else { break };
        match &value.form {
            Form::List(inner) => all.extend(inner.iter().map(Rc::clone)),
            _ => all.extend(split(&value)),
        }
    }
    all
}

/// The words of a plain text.
fn split(of: &Shared) -> Vec<Shared> {
    match of.literal() {
        Some(text) => text
            .split_whitespace()
            .map(|it| Expression::text(of.line, it.trim_matches('"')))
            .collect(),
        None => vec![Rc::clone(of)],
    }
}

pub(super) fn called(line: u32, name: &str, arguments: Vec<Argument>) -> Form {
    let callee = Expression::new(line, Form::Name(name.to_owned()));
    Form::Call(Call { callee, arguments, block: None })
}
