//! Taskfiles: tasks with those that they need first, preconditions, `prompt`, and commands as a shell's.

use std::collections::HashMap;

use super::document::{self, Form, Value};
use super::{
    Filling, Hosted, Lasting, call, filled, is_for_tests, only_if, process, run, run_task,
    runs_as_test, task, unknown, whatever,
};
use crate::content::script::model::Reach;
use crate::content::script::syntax::{
    Act, Block, Comparison, Expression, Form as Shape, Shared, Statement,
};
use crate::content::script::value::Told;
use crate::content::script::words;

/// Commands of one task that run when it ends; more of them run like others.
const DEFERRED: usize = 20;

/// What variables are, as texts. None where a command says it.
type Variables = HashMap<String, Option<String>>;

/// The program that a Taskfile is.
pub(super) fn read(text: &str) -> Option<Hosted> {
    let file = document::yaml(text)?;
    let tasks = file.get("tasks")?;
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let mut global = Variables::new();
    variables(file.get("vars"), &mut global);
    hosted.program.body.extend(environment(file.get("env"), &global));
    for (name, value) in tasks.pairs() {
        let mut own = global.clone();
        variables(value.get("vars"), &mut own);
        let body = Task { value, variables: &own }.body();
        let is_own = value.word("internal") == "true";
        let reach = (!is_own).then_some(Reach::Task);
        hosted.program.body.push(task(name, value.line, Vec::new(), body, reach));
        if is_for_tests(name) || commands(value).iter().any(|it| runs_as_test(it)) {
            hosted.spare(value.line, value.last, Lasting::Nothing);
        }
    }
    Some(hosted)
}

/// What is said of variables here.
fn variables(of: Option<&std::rc::Rc<Value>>, to: &mut Variables) {
    for (name, value) in of.map(|it| it.pairs()).unwrap_or_default() {
        let text = value.text().filter(|it| !it.contains("{{"));
        to.insert(name.clone(), text.map(str::to_owned));
    }
}

/// `env:` as what the environment says.
fn environment(of: Option<&std::rc::Rc<Value>>, variables: &Variables) -> Block {
    let pairs = of.map(|it| it.pairs()).unwrap_or_default();
    pairs
        .iter()
        .map(|(name, value)| {
            let told = value.told().map(|it| with_holes(it, variables));
            let value =
                told.map_or_else(|| unknown(value.line), |it| super::as_text(value.line, it));
            Statement { line: value.line, act: Act::Set(name.clone(), value) }
        })
        .collect()
}

/// The plain texts of the commands of a task.
fn commands(of: &Value) -> Vec<String> {
    let text = |it: &Value| it.text().unwrap_or(it.word("cmd")).to_owned();
    match &of.form {
        Form::Map(_) => of.get("cmds").map(|it| it.items()).unwrap_or_default(),
        _ => of.items(),
    }
    .iter()
    .map(|it| text(it))
    .collect()
}

struct Task<'a> {
    value: &'a Value,
    variables: &'a Variables,
}

impl Task<'_> {
    /// In the order of Task itself: what is required, those that it needs, preconditions, and then the question.
    fn body(&self) -> Block {
        let value = self.value;
        let mut body = Block::new();
        match &value.form {
            Form::Text(_) => return self.commands(&[value]),
            Form::List(items) => {
                return self.commands(&items.iter().map(|it| &**it).collect::<Vec<_>>());
            }
            Form::Map(_) => {}
        }
        let all = |key: &str| value.get(key).map(|it| it.items()).unwrap_or_default();
        let required = value.at(&["requires", "vars"]).map(|it| it.items()).unwrap_or_default();
        body.extend(required.iter().filter_map(|it| one_of(it)));
        body.extend(environment(value.get("env"), self.variables));
        body.extend(self.test(value).map(|test| only_if(value.line, test)));
        for it in all("deps") {
            let name = it.text().unwrap_or(it.word("task"));
            body.push(run_task(name, it.line));
        }
        for it in all("preconditions") {
            let told = it.told().or_else(|| it.get("sh")?.told());
            body.extend(told.and_then(|told| self.process(it.line, told)).map(run));
        }
        if let Some(it) = value.get("prompt").filter(|it| !it.words().concat().is_empty()) {
            body.push(only_if(it.line, call(it.line, "confirm", Vec::new())));
        }
        let commands: Vec<&Value> = match (value.get("cmds"), value.get("cmd")) {
            (Some(it), _) if it.told().is_none() => it.items().iter().map(|it| &**it).collect(),
            (Some(it), _) | (None, Some(it)) => vec![it],
            (None, None) => Vec::new(),
        };
        body.extend(self.commands(&commands));
        body
    }

    /// Commands, one after the other. What is deferred runs in the end, however that comes.
    fn commands(&self, all: &[&Value]) -> Block {
        // From the last to the first, and so kept.
        let mut body = Block::new();
        let mut left = DEFERRED;
        for it in all.iter().rev() {
            match it.get("defer") {
                Some(deferred) if left > 0 => {
                    left -= 1;
                    body.reverse();
                    let finally = self.commands_of(deferred);
                    let (handlers, otherwise) = (Vec::new(), Block::new());
                    let act = Act::Try { body, handlers, otherwise, finally };
                    body = vec![Statement { line: it.line, act }];
                }
                Some(deferred) => body.extend(self.commands_of(deferred)),
                None => {
                    let mut one = self.commands_of(it);
                    one.reverse();
                    body.extend(one);
                }
            }
        }
        body.reverse();
        body
    }

    /// One command: a text, `{cmd: ...}`, or `{task: ...}`.
    fn commands_of(&self, it: &Value) -> Block {
        let ignores = |of: &Value| of.word("ignore_error") == "true";
        let name = it.word("task");
        let ran = if name.is_empty() {
            let told = it.told().or_else(|| it.get("cmd")?.told());
            told.and_then(|told| self.process(it.line, told))
        } else {
            Some(super::command(it.line, &[&format!("{}{name}", super::TASK)]))
        };
        let goes_on = ignores(it) || ignores(self.value);
        let ran = ran.map(|it| if goes_on { whatever(it) } else { it });
        let then: Block = ran.map(run).into_iter().collect();
        match self.test(it) {
            Some(test) => {
                let act = Act::If { test, then, otherwise: Block::new() };
                vec![Statement { line: it.line, act }]
            }
            None => then,
        }
    }

    /// `if: COMMAND`: what follows runs only where that ends well.
    fn test(&self, of: &Value) -> Option<Shared> {
        let asked = of.get("if")?;
        self.process(asked.line, asked.told()?)
    }

    fn process(&self, line: u32, told: &Told) -> Option<Shared> {
        process(line, &with_holes(told, self.variables), Vec::new(), false)
    }
}

/// `{name: ENV, enum: [dev, test]}`: it is one of them, or the task does not run.
fn one_of(of: &Value) -> Option<Statement> {
    let all = of.get("enum")?.items();
    let variable = Expression::new(of.line, Shape::Environment(of.word("name").to_owned(), None));
    let tests: Vec<Shared> = all
        .iter()
        .filter_map(|it| {
            let value = Expression::text(of.line, it.text()?);
            let form = Shape::Compare(Comparison::Equal, std::rc::Rc::clone(&variable), value);
            Some(Expression::new(of.line, form))
        })
        .collect();
    (!tests.is_empty()).then(|| only_if(of.line, Expression::new(of.line, Shape::Any(tests))))
}

/// A text with its `{{ ... }}` as what they stand for.
fn with_holes(told: &Told, variables: &Variables) -> Told {
    filled(told, "{{", "}}", &|inner, line| {
        let inner = inner.trim_matches('-').trim();
        let Some(name) = inner.strip_prefix('.') else {
            let first = inner.split_whitespace().next().unwrap_or_default();
            // On which way it goes is not followed: the texts on all of them remain.
            let is_way = matches!(first, "if" | "else" | "end" | "range" | "with");
            return match is_way {
                true => Filling::Text(String::new()),
                false => Filling::Value(unknown(line)),
            };
        };
        let (name, rest) = name.split_once('|').map_or((name, ""), |(one, rest)| (one, rest));
        let name = name.trim();
        let default = rest.trim().strip_prefix("default").map(|it| it.trim().trim_matches('"'));
        let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        match (variables.get(name), default) {
            _ if !is_plain => Filling::Value(unknown(line)),
            _ if matches!(name, "TASKFILE_DIR" | "ROOT_DIR" | "USER_WORKING_DIR" | "TASK_DIR") => {
                Filling::Text(".".to_owned())
            }
            _ if name == "CLI_ARGS" => {
                Filling::Value(Expression::new(line, Shape::Argument(name.to_owned())))
            }
            (Some(Some(text)), _) if !words::is_environment(name) => Filling::Text(text.clone()),
            (Some(Some(text)), _) => Filling::Value(environment_or(name, Some(text), line)),
            (Some(None), _) => Filling::Value(unknown(line)),
            (None, default) => Filling::Value(environment_or(name, default, line)),
        }
    })
}

/// What whoever runs the task says, or else the environment, or this.
fn environment_or(name: &str, default: Option<&str>, line: u32) -> Shared {
    let default = default.map(|it| Expression::text(line, it));
    Expression::new(line, Shape::Environment(name.to_owned(), default))
}
