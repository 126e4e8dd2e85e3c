//! Pipelines of Jenkins: what the steps of a Jenkinsfile run, what is typed or approved before, and what stops.

mod text;

use std::collections::HashSet;

use super::expression::{Context, Inputs};
use super::throwaway::Place;
use super::{Text, held};
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::hosts::{Hosted, handed_to, process, run, run_task, task, whatever};
use crate::content::script::model::{GuardKind, Reach, Strength};
use crate::content::script::syntax::{Act, Block, Shared, Statement};
use crate::content::script::value::Told;
use text::{Given, Read};

/// The deepest that blocks stand within each other.
const DEPTH: usize = 40;

/// Blocks that run nothing.
const SETTINGS: &[&str] = &[
    "agent",
    "options",
    "triggers",
    "tools",
    "libraries",
    "parameters",
    "properties",
    "environment",
    "matrix",
    "axes",
];

/// Letters in which a parameter says all of itself.
const NEAR: usize = 2_000;

/// The program that a Jenkinsfile is.
pub(in crate::content::script::hosts) fn read(text: &str) -> Hosted {
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let file = Value {
        line: 1,
        last: u32::try_from(text.lines().count()).unwrap_or(u32::MAX),
        form: Form::Text(Told::default()),
    };
    let all = Text::new(text);
    let place = Place::of("", &file, "", &all);
    let mut work = Work {
        read: Read::new(text),
        context: Context { inputs: inputs(text), ..Context::default() },
        names: text
            .split("def ")
            .skip(1)
            .filter_map(|it| it.split_once('('))
            .map(|(name, _)| name)
            .filter(|it| it.chars().all(|c| c.is_alphanumeric() || c == '_'))
            .collect(),
        functions: Vec::new(),
        place: &place,
        text: &all,
        hosted: &mut hosted,
    };
    let mut body = Block::new();
    while !work.read.is_done() {
        body.extend(work.block(0));
    }
    let functions = std::mem::take(&mut work.functions);
    for (name, line, inner) in functions {
        hosted.program.body.push(task(&format!(" {name}"), line, Vec::new(), inner, None));
    }
    hosted.program.body.push(task("pipeline", 1, Vec::new(), body, Some(Reach::Pipeline)));
    hosted
}

/// What is typed or picked before a run, each with what it is where nobody touches it.
fn inputs(text: &str) -> Inputs {
    let mut all = Inputs::new();
    for kind in ["booleanParam", "string", "choice", "text", "password"] {
        for (at, _) in text.match_indices(kind).take(200) {
            let rest = text.get(at + kind.len()..).unwrap_or_default();
            let end = rest.char_indices().nth(NEAR).map_or(rest.len(), |(at, _)| at);
            let mut read = Read::new(rest.get(..end).unwrap_or_default());
            let given = read.given();
            let Some(name) = given.named("name") else { continue };
            let default = match (kind, given.named("defaultValue")) {
                ("choice", _) => given.texts.iter().find(|it| it.0 == "choices").map(|it| &it.1),
                (_, default) => default,
            };
            let default = default.map_or(String::new(), |it| it.text.clone());
            let first = default.lines().next().unwrap_or_default().trim().to_owned();
            let default = if kind == "booleanParam" && given.says("defaultValue", "true") {
                "true".to_owned()
            } else if kind == "booleanParam" {
                "false".to_owned()
            } else {
                first
            };
            all.insert(name.text.clone(), default);
        }
    }
    all
}

struct Work<'a> {
    read: Read<'a>,
    context: Context,
    /// What the file calls its functions.
    names: HashSet<&'a str>,
    functions: Vec<(String, u32, Block)>,
    place: &'a Place<'a>,
    text: &'a Text<'a>,
    hosted: &'a mut Hosted,
}

impl Work<'_> {
    /// Statements up to the end of a block.
    fn block(&mut self, depth: usize) -> Block {
        let mut body = Block::new();
        let mut when = None;
        while let Some(word) = self.read.word() {
            let line = self.read.line;
            match word.as_str() {
                "}" => break,
                "{" => body.extend(self.inner(depth)),
                "when" if self.read.opens_block() => when = self.when(line),
                "post" if self.read.opens_block() => {
                    let finally = self.inner(depth);
                    let (handlers, otherwise) = (Vec::new(), Block::new());
                    let before = std::mem::take(&mut body);
                    let act = Act::Try { body: before, handlers, otherwise, finally };
                    body.push(Statement { line, act });
                }
                "input" if !self.read.is_set() => {
                    if self.read.opens_block() {
                        self.read.skip_block();
                    } else {
                        self.read.given();
                    }
                    body.push(held(GuardKind::Confirmation, Strength::Strong, line));
                }
                "if" => body.push(self.choice(line, depth)),
                "try" if self.read.opens_block() => body.push(self.tried(line, depth)),
                "catchError" | "warnError" => {
                    self.read.given();
                    let inner = if self.read.opens_block() { self.inner(depth) } else { continue };
                    body.push(go_on(line, inner));
                }
                "error" => {
                    self.read.given();
                    body.push(Statement { line, act: Act::Throw(None) });
                }
                "return" => body.push(Statement { line, act: Act::Return(None) }),
                "def" => self.function(depth),
                name if SETTINGS.contains(&name) && self.read.opens_block() => {
                    self.read.skip_block();
                }
                "sh" | "powershell" | "pwsh" => body.extend(self.step(&word, line)),
                name if self.read.calls(name) && self.knows(name) => {
                    self.read.given();
                    body.push(run_task(&format!(" {name}"), line));
                }
                _ => {}
            }
        }
        match when {
            Some(test) => {
                let act = Act::If { test, then: body, otherwise: Block::new() };
                vec![Statement { line: self.read.line, act }]
            }
            None => body,
        }
    }

    fn knows(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What stands in a block that is open.
    fn inner(&mut self, depth: usize) -> Block {
        if depth > DEPTH {
            self.read.skip_block();
            return Block::new();
        }
        self.block(depth + 1)
    }

    /// `when { expression { params.WIPE } }`.
    fn when(&mut self, line: u32) -> Option<Shared> {
        let text = self.read.block_text();
        let (_, rest) = text.split_once("expression")?;
        if text.contains("anyOf") || text.contains("not {") {
            return None;
        }
        let (_, inner) = rest.split_once('{')?;
        let inner = inner.split(['}', ';']).next()?.trim();
        Some(self.condition(inner.trim_start_matches("return").trim(), line))
    }

    fn condition(&self, text: &str, line: u32) -> Shared {
        let mut text = text.replace("params.", "inputs.").replace(".toBoolean()", "");
        for (method, sign) in [(".equals(", "=="), (".equalsIgnoreCase(", "==")] {
            if let Some((left, rest)) = text.clone().split_once(method)
                && let Some((value, rest)) = rest.split_once(')')
            {
                text = format!("{left} {sign} {value}{rest}");
            }
        }
        self.context.condition(&text, line)
    }

    fn choice(&mut self, line: u32, depth: usize) -> Statement {
        let test = self.read.brackets();
        let test = self.condition(&test, line);
        let then = self.branch(depth);
        let otherwise = if self.read.takes_word("else") {
            match self.read.takes_word("if") && depth < DEPTH {
                true => vec![self.choice(self.read.line, depth + 1)],
                false => self.branch(depth),
            }
        } else {
            Block::new()
        };
        Statement { line, act: Act::If { test, then, otherwise } }
    }

    /// A block, or the one step that stands for it.
    fn branch(&mut self, depth: usize) -> Block {
        if self.read.opens_block() {
            return self.inner(depth);
        }
        let line = self.read.line;
        match self.read.word().as_deref() {
            Some("error") => {
                self.read.given();
                vec![Statement { line, act: Act::Throw(None) }]
            }
            Some("return") => vec![Statement { line, act: Act::Return(None) }],
            Some(word @ ("sh" | "powershell" | "pwsh")) => {
                self.step(word, line).into_iter().collect()
            }
            _ => Block::new(),
        }
    }

    fn tried(&mut self, line: u32, depth: usize) -> Statement {
        let body = self.inner(depth);
        let mut handlers = Vec::new();
        while self.read.takes_word("catch") {
            self.read.brackets();
            handlers.push(self.branch(depth));
        }
        let finally =
            if self.read.takes_word("finally") { self.branch(depth) } else { Block::new() };
        Statement { line, act: Act::Try { body, handlers, otherwise: Block::new(), finally } }
    }

    /// `def wipe() { ... }`; a variable is nothing.
    fn function(&mut self, depth: usize) {
        let line = self.read.line;
        let Some(name) = self.read.word() else { return };
        if !self.read.calls(&name) {
            return;
        }
        self.read.brackets();
        if self.read.opens_block() {
            let body = self.inner(depth);
            self.functions.push((name, line, body));
        }
    }

    /// `sh '...'`, `sh(script: '...', returnStatus: true)`.
    fn step(&mut self, kind: &str, line: u32) -> Option<Statement> {
        let given: Given = self.read.given();
        let told = given.named("script").or_else(|| given.named(""))?;
        let last = self.read.line;
        let value = Value { line, last, form: Form::Text(Told::default()) };
        if let Some(what) = self.place.lasts("", "", self.text.of(&value)) {
            self.hosted.spare(line, last, what);
        }
        let ran = match kind {
            "sh" => process(line, told, Vec::new(), true)?,
            _ => handed_to(line, "pwsh", "-Command", told.clone()),
        };
        let is_let_pass = given.says("returnStatus", "true");
        Some(run(if is_let_pass { whatever(ran) } else { ran }))
    }
}

/// What follows runs whether this fails or not.
fn go_on(line: u32, body: Block) -> Statement {
    let (handlers, otherwise, finally) = (vec![Block::new()], Block::new(), Block::new());
    Statement { line, act: Act::Try { body, handlers, otherwise, finally } }
}
