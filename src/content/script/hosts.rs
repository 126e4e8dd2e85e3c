//! Files that hold commands of a shell: makefiles, workflows, Dockerfiles and the like. Each becomes a program whose tasks and
//! steps are read as the shell's, and lead to their lines.

mod ansible;
mod around;
mod compose;
mod crontab;
mod docker;
mod document;
mod just;
mod kubernetes;
mod make;
mod package;
mod settings;
mod systemd;
mod taskfile;
mod terraform;
#[cfg(test)]
mod tests;
mod workflow;

use std::rc::Rc;

use super::Language;
use super::languages;
use super::model::Operation;
use super::model::{Guard, Reach, Scope, SwitchedOff};
use super::syntax::{
    Act, Argument, Block, Call, Command, Expression, Form, Function, Parameter, Part, Program,
    Shared, Statement,
};
use super::tree::places;
use super::value::Told;
pub(super) use ansible::holds_tasks;
pub(super) use around::Around;
pub(super) use kubernetes::is_kind;
pub(super) use settings::is_one as is_settings;
pub(super) use workflow::{is_listed, is_of_gitlab};

/// What stands before the name of a task where it is a function: no command is called so.
pub(super) const TASK: &str = "task:";

/// Programs that run commands of the shell.
const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ash", "ksh"];

/// A program, and where in its file something lasts only as long as a run does.
#[derive(Debug, Default)]
pub(super) struct Hosted {
    pub(super) program: Program,
    /// Safeguards of tools that it switches off.
    pub(super) off: Vec<SwitchedOff>,
    spared: Vec<Spared>,
}

/// Lines, the first to the last, on which some operations destroy nothing that anybody keeps.
#[derive(Debug)]
struct Spared {
    first: u32,
    last: u32,
    what: Lasting,
}

/// What does not last there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lasting {
    /// The files of a runner or an image.
    Files,
    /// And the databases that run beside it.
    Databases,
    /// All of it: a place that is made for one test.
    Nothing,
}

/// Spared pieces before a line that may reach to it: they hardly overlap.
const NEAR: usize = 50;

impl Hosted {
    /// Whether an operation destroys something that lasts.
    pub(super) fn counts(&self, met: &Operation) -> bool {
        let behind = self.spared.partition_point(|it| it.first <= met.line);
        let near = self.spared.get(behind.saturating_sub(NEAR)..behind).unwrap_or_default();
        let whole = self.spared.first().filter(|it| it.last == u32::MAX);
        !near.iter().chain(whole).any(|it| met.line <= it.last && it.what.covers(met))
    }

    /// Whether a line is such a one.
    fn spares(&self, line: u32) -> bool {
        self.spared.iter().any(|it| (it.first..=it.last).contains(&line))
    }

    fn spare(&mut self, first: u32, last: u32, what: Lasting) {
        self.spared.push(Spared { first, last, what });
    }
}

impl Lasting {
    fn covers(self, met: &Operation) -> bool {
        let is_file = met.scope == Scope::Files && met.kind.id != "sh.rsync_delete";
        let is_data = matches!(met.scope, Scope::Database | Scope::Table | Scope::Tenant);
        match self {
            Lasting::Files => is_file,
            Lasting::Databases => is_file || is_data,
            Lasting::Nothing => true,
        }
    }
}

/// The program that such a file is; none where it is no file of commands, or is not understood.
pub(super) fn read(language: Language, path: &str, text: &str) -> Option<Hosted> {
    let mut hosted = match language {
        Language::Make => make::read(text),
        Language::Just => just::read(text),
        Language::Package => package::read(text)?,
        Language::Workflow => workflow::read(path, text)?,
        Language::Docker => docker::read(text),
        Language::Compose => compose::read(path, text)?,
        Language::Crontab => crontab::read(path, text),
        Language::Kubernetes => kubernetes::read(text)?,
        Language::Ansible => ansible::read(path, text)?,
        Language::Terraform => terraform::read(text)?,
        Language::Systemd => systemd::read(path, text)?,
        Language::Taskfile => taskfile::read(text)?,
        Language::Settings => settings::read(path, text)?,
        _ => return None,
    };
    hosted.spared.sort_by_key(|it| it.first);
    Some(hosted)
}

/// Whether files in this language are read here.
pub(super) fn holds(language: Language) -> bool {
    matches!(
        language,
        Language::Make
            | Language::Just
            | Language::Package
            | Language::Workflow
            | Language::Docker
            | Language::Compose
            | Language::Crontab
            | Language::Kubernetes
            | Language::Ansible
            | Language::Terraform
            | Language::Systemd
            | Language::Taskfile
            | Language::Settings
    )
}

fn run(it: Shared) -> Statement {
    Statement { line: it.line, act: Act::Run(it) }
}

fn command(line: u32, words: &[&str]) -> Shared {
    let words = words.iter().map(|it| Expression::text(line, *it)).collect();
    Expression::new(line, Form::Command(Command { words, ..Command::default() }))
}

fn call(line: u32, name: &str, values: Vec<Shared>) -> Shared {
    let callee = Expression::new(line, Form::Name(name.to_owned()));
    let arguments = values.into_iter().map(|value| Argument { name: None, value }).collect();
    Expression::new(line, Form::Call(Call { callee, arguments, block: None }))
}

/// What somebody types or picks who has it run.
fn answer(line: u32) -> Shared {
    call(line, "input", Vec::new())
}

/// What is not known, and is nobody's answer.
fn unknown(line: u32) -> Shared {
    Expression::new(line, Form::Other(Vec::new()))
}

/// Goes on only where this holds.
fn only_if(line: u32, test: Shared) -> Statement {
    let stop = Statement { line, act: Act::Throw(None) };
    Statement { line, act: Act::If { test, then: Vec::new(), otherwise: vec![stop] } }
}

/// A value that is true only where these guards hold.
fn outcome(line: u32, if_true: Vec<Guard>, if_false: Vec<Guard>) -> Shared {
    let (value, unless_dry) = (unknown(line), Vec::new());
    Expression::new(line, Form::Outcome { value, if_true, if_false, unless_dry })
}

/// A text that a shell of its own runs: it fails as its last command does, or where one of them fails (`is_strict`).
fn process(line: u32, told: &Told, sets: Vec<(String, Shared)>, is_strict: bool) -> Option<Shared> {
    let program = languages::program(Language::Shell, &told.text, &told.origin)?;
    let mut block: Block = vec![run(command(line, &["set", if is_strict { "-e" } else { "+e" }]))];
    block.push(Statement { line, act: Act::Worded(program.worded) });
    block.extend(
        sets.into_iter().map(|(name, value)| Statement { line, act: Act::Set(name, value) }),
    );
    block.extend(program.body);
    Some(Expression::new(line, Form::Subshell(Rc::new(block))))
}

/// A text that another program runs: `python -c TEXT`.
fn handed_to(line: u32, program: &str, flag: &str, told: Told) -> Shared {
    let text = as_text(line, told);
    let words = vec![Expression::text(line, program), Expression::text(line, flag), text];
    Expression::new(line, Form::Command(Command { words, ..Command::default() }))
}

/// A text with its holes as an expression.
fn as_text(line: u32, told: Told) -> Shared {
    let mut parts = Vec::new();
    for (start, end, hole) in places(&told.text) {
        match hole {
            Some(n) => parts.extend(told.origin.holes.get(n).map(|it| Part::Hole(Rc::clone(it)))),
            None => parts.extend(told.origin.runs(&told.text, start, end).into_iter().map(
                |(from, to, line, is_spread)| Part::Plain {
                    text: told.text.get(from..to).unwrap_or_default().to_owned(),
                    line,
                    is_spread,
                },
            )),
        }
    }
    Expression::new(line, Form::Text(parts))
}

/// What follows goes on whether this fails or not.
fn whatever(it: Shared) -> Shared {
    let line = it.line;
    Expression::new(line, Form::Any(vec![it, command(line, &["true"])]))
}

/// A task of this name, as a function.
fn task(
    name: &str,
    line: u32,
    parameters: Vec<Parameter>,
    body: Block,
    reach: Option<Reach>,
) -> Statement {
    let function = Function {
        name: format!("{TASK}{name}"),
        line,
        parameters,
        body,
        called_by: reach,
        ..Function::default()
    };
    Statement { line, act: Act::Define(Rc::new(function)) }
}

/// The same task, which others of another file come before.
fn needing(task: Statement, others: impl Iterator<Item = String>) -> Statement {
    match task.act {
        Act::Define(function) => {
            let function = Function { needs: others.collect(), ..(*function).clone() };
            Statement { act: Act::Define(Rc::new(function)), ..task }
        }
        act => Statement { act, ..task },
    }
}

/// Runs a task of the same file.
fn run_task(name: &str, line: u32) -> Statement {
    run(command(line, &[&format!("{TASK}{name}")]))
}

/// Runs a job that comes before another one, which goes on without it as well where that `is_lenient`.
fn needed(name: &str, line: u32, is_lenient: bool) -> Statement {
    let ran = command(line, &[&format!("{TASK} {name}")]);
    run(if is_lenient { whatever(ran) } else { ran })
}

/// A text in which each piece between these marks is a hole; `fill` says what stands there.
fn filled(told: &Told, open: &str, close: &str, fill: &dyn Fn(&str, u32) -> Filling) -> Told {
    let mut new = Told::default();
    let text = told.text.as_str();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|it| it.find(open)).map(|it| it + at) {
        let inner = start + open.len();
        let Some(end) = text.get(inner..).and_then(|it| it.find(close)).map(|it| it + inner) else {
            break;
        };
        copy(&mut new, told, at, start);
        let line = told.origin.line(text.as_bytes(), start);
        match fill(text.get(inner..end).unwrap_or_default().trim(), line) {
            Filling::Text(plain) => new.add(&plain, line, false),
            Filling::Value(value) => new.hole(&value),
        }
        at = end + close.len();
    }
    copy(&mut new, told, at, text.len());
    new
}

/// What stands in a hole.
enum Filling {
    Text(String),
    Value(Shared),
}

/// Adds a piece of one text to another.
fn copy(to: &mut Told, from: &Told, start: usize, end: usize) {
    for (at, until, line, is_spread) in from.origin.runs(&from.text, start, end) {
        to.add(from.text.get(at..until).unwrap_or_default(), line, is_spread);
    }
}

/// Adds one text with its holes to another.
fn join(to: &mut Told, from: &Told) {
    for piece in places(&from.text) {
        match piece {
            (start, end, None) => copy(to, from, start, end),
            (_, _, Some(n)) => {
                if let Some(hole) = from.origin.holes.get(n) {
                    to.hole(hole);
                }
            }
        }
    }
}

/// A text with other things in its holes.
fn filled_holes(told: &Told, fill: &dyn Fn(&Shared) -> Filling) -> Told {
    let mut new = Told::default();
    for piece in places(&told.text) {
        match piece {
            (start, end, None) => copy(&mut new, told, start, end),
            (_, _, Some(n)) => match told.origin.holes.get(n).map(|it| (it.line, fill(it))) {
                Some((line, Filling::Text(plain))) => new.add(&plain, line, false),
                Some((_, Filling::Value(value))) => new.hole(&value),
                None => {}
            },
        }
    }
    new
}

/// Whether a name is that of something which is made for a test, and gone after it.
fn is_for_tests(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|it| {
        matches!(
            it,
            "test"
                | "tests"
                | "testing"
                | "pretest"
                | "posttest"
                | "e2e"
                | "ci"
                | "spec"
                | "pr"
                | "preview"
                | "previews"
                | "review"
                | "ephemeral"
                | "integration"
                | "acceptance"
                | "smoke"
                | "cypress"
                | "playwright"
                | "kind"
                | "minikube"
        )
    })
}

/// Whether a text says that it is run in the environment of tests.
fn runs_as_test(text: &str) -> bool {
    [
        "NODE_ENV=test",
        "RAILS_ENV=test",
        "APP_ENV=test",
        "RACK_ENV=test",
        "MIX_ENV=test",
        ".env.test",
        "ENVIRONMENT=test",
        "--env=test",
    ]
    .iter()
    .any(|it| text.contains(it))
}
