//! Playbooks and roles of Ansible: what their tasks run and take away, and what is asked before.

mod conditions;
mod modules;
mod tasks;

use std::collections::HashSet;
use std::rc::Rc;

use super::document::{self, Form, Value};
use super::{Hosted, Lasting, answer, only_if, outcome, task, unknown};
use crate::content::script::model::{Guard, GuardKind, Reach, Strength};
use crate::content::script::syntax::{
    Act, Block, Expression, Form as Shape, Loop, Shared, Statement,
};
use crate::content::script::words;
pub(in crate::content::script) use tasks::holds_tasks;

/// The deepest that blocks are followed.
const DEPTH: usize = 20;

/// What says what a task runs for, one after the other.
const LOOPS: &[&str] =
    &["loop", "with_items", "with_list", "with_dict", "with_flattened", "with_fileglob"];

/// The variable that stands for each of them.
const ITEM: &str = "item";

/// A playbook as it is read.
#[derive(Default)]
struct Playbook {
    /// Variables that stand for something by now.
    known: HashSet<String>,
    /// Those of which the playbook itself says what they are.
    said: HashSet<String>,
    /// Those that somebody answers.
    asked: HashSet<String>,
}

/// The program that a playbook is: its plays, one after the other; or the tasks of a role, which some play runs. Other files are not
/// followed.
pub(super) fn read(path: &str, text: &str) -> Option<Hosted> {
    let file = document::yaml(text)?;
    let plays: Vec<&Rc<Value>> =
        file.items().iter().filter(|it| it.get("hosts").is_some()).collect();
    let mut playbook = Playbook::default();
    let (name, body): (_, Block) = match plays.is_empty() {
        false => ("playbook", plays.into_iter().flat_map(|it| playbook.play(it)).collect()),
        true if tasks::are_tasks(&file) => ("tasks", playbook.tasks(Some(&file), 0)),
        true => return None,
    };
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    if tasks::are_taken_in(path) {
        // That a file is absent is what whoever takes them in asks for.
        hosted.spare(1, u32::MAX, Lasting::Files);
    }
    hosted.program.body.push(task(name, file.line, Vec::new(), body, Some(Reach::Task)));
    Some(hosted)
}

impl Playbook {
    fn play(&mut self, play: &Value) -> Block {
        let mut body = Block::new();
        for it in play.get("vars_prompt").map(|it| it.items()).unwrap_or_default() {
            // What is on unless somebody says otherwise is no question.
            let is_open = words::is_yes(it.word("default"));
            let value = if is_open { unknown(it.line) } else { answer(it.line) };
            if !is_open {
                self.asked.insert(it.word("name").to_owned());
            }
            self.set(it.word("name"), value, &mut body);
        }
        self.variables(play.get("vars"), &mut body);
        body.extend(never(play));
        for kind in ["pre_tasks", "tasks", "post_tasks", "handlers"] {
            body.extend(self.tasks(play.get(kind), 0));
        }
        body
    }

    fn set(&mut self, name: &str, value: Shared, body: &mut Block) {
        self.said.insert(name.to_owned());
        self.stand(name, value, body);
    }

    /// A variable stands for something from here on, whoever says so.
    fn stand(&mut self, name: &str, value: Shared, body: &mut Block) {
        self.known.insert(name.to_owned());
        body.push(Statement { line: value.line, act: Act::Set(name.to_owned(), value) });
    }

    /// What variables are. Whoever runs it may turn on what is off.
    fn variables(&mut self, of: Option<&Rc<Value>>, body: &mut Block) {
        for (name, value) in of.map(|it| it.pairs()).unwrap_or_default() {
            let text = value.text().unwrap_or_default();
            let line = value.line;
            let shared = match text.to_lowercase().as_str() {
                "" | "false" | "no" | "off" => continue,
                "true" | "yes" | "on" => Expression::new(line, Shape::Bool(true)),
                _ if text.contains("{{") => unknown(line),
                _ => Expression::text(line, text),
            };
            self.set(name, shared, body);
        }
    }

    fn tasks(&mut self, of: Option<&Rc<Value>>, depth: usize) -> Block {
        let all = of.map(|it| it.items()).unwrap_or_default();
        if depth > DEPTH {
            return Block::new();
        }
        all.iter().flat_map(|it| self.task(it, depth)).collect()
    }

    fn task(&mut self, task: &Value, depth: usize) -> Block {
        let line = task.line;
        let mut inner = Block::new();
        self.variables(task.get("vars"), &mut inner);
        inner.extend(never(task));
        if task.get("block").is_some() {
            let body = self.tasks(task.get("block"), depth + 1);
            let handlers = match task.get("rescue") {
                Some(it) => vec![self.tasks(Some(it), depth + 1)],
                None => Vec::new(),
            };
            let finally = self.tasks(task.get("always"), depth + 1);
            let act = Act::Try { body, handlers, otherwise: Block::new(), finally };
            inner.push(Statement { line, act });
        } else {
            inner.extend(self.module(task));
        }
        let mut all = self.repeated(task, inner);
        if let Some(when) = task.get("when") {
            // Of a list that stands here nobody else says what is in it.
            let is_written = |it: &&str| task.get(it).is_some_and(|it| !it.items().is_empty());
            match LOOPS.iter().any(is_written) {
                true => self.said.insert(ITEM.to_owned()),
                false => self.said.remove(ITEM),
            };
            let mut before = Block::new();
            let test = self.condition(when, &mut before);
            before.push(Statement {
                line,
                act: Act::If { test, then: all, otherwise: Block::new() },
            });
            all = before;
        }
        all.extend(self.registered(task));
        all
    }

    /// A task that runs for one thing after the other.
    fn repeated(&mut self, task: &Value, body: Block) -> Block {
        let line = task.line;
        let over = LOOPS.iter().find_map(|it| task.get(it));
        let Some(over) = over else { return body };
        let over = match &over.form {
            Form::List(items) => {
                let texts =
                    items.iter().filter_map(|it| Some(Expression::text(it.line, it.text()?)));
                Expression::new(over.line, Shape::List(texts.collect()))
            }
            _ => unknown(over.line),
        };
        let variable = Some(ITEM.to_owned());
        let it = Loop { variable, over: Some(over), test: None, body, runs_first: false };
        vec![Statement { line, act: Act::Loop(it) }]
    }

    /// What is known of what a task says: where it asks, that is the answer.
    fn registered(&mut self, task: &Value) -> Block {
        let name = task.word("register").to_owned();
        let mut body = Block::new();
        if name.is_empty() {
            return body;
        }
        let asks = task
            .pairs()
            .iter()
            .any(|(key, it)| modules::bare(key) == "pause" && it.get("prompt").is_some());
        let value = if asks { answer(task.line) } else { unknown(task.line) };
        if asks {
            self.asked.insert(name.clone());
        }
        self.set(&name, value, &mut body);
        body
    }
}

/// What runs only where somebody names its tag.
fn never(of: &Value) -> Option<Statement> {
    let tags = of.get("tags")?;
    if !tags.words().iter().any(|it| it == "never") {
        return None;
    }
    let (kind, strength) = (GuardKind::OptIn, Strength::Strong);
    let guard = Guard { kind, strength, line: tags.line, defect: None };
    Some(only_if(tags.line, outcome(tags.line, vec![guard], Vec::new())))
}
