//! Settings of platforms and tools in which commands stand: each row of a table says where, and what makes them run.

mod rows;

use std::rc::Rc;

use super::compose::started;
use super::document::{self, Form, Value};
use super::workflow::lines;
use super::{Hosted, Lasting, process, run, task};
use crate::content::script::model::Reach;
use crate::content::script::operations::NAME;
use crate::content::script::syntax::{Act, Block, Expression, Statement};
use crate::content::script::value::Told;
pub(in crate::content::script) use rows::is_one;
use rows::{Format, Row};

/// The deepest that a task is said in other words: `{cmd: ...}`.
const DEPTH: usize = 4;

/// The program that such a file is.
pub(super) fn read(path: &str, text: &str) -> Option<Hosted> {
    let row = rows::of(path)?;
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let file = match row.format {
        Format::Lines => {
            line_by_line(text, &mut hosted);
            return Some(hosted);
        }
        Format::Yaml => document::yaml(text)?,
        Format::Json => document::json(text)?,
    };
    for way in row.ways {
        let mut found = Vec::new();
        along(&file, way, "", &mut found);
        for (name, value) in found {
            one(row, &name, &value, &mut hosted);
        }
    }
    Some(hosted)
}

/// What stands at the end of a way, and the last name on it that the file chose.
fn along(of: &Rc<Value>, way: &[&str], name: &str, found: &mut Vec<(String, Rc<Value>)>) {
    let Some((first, rest)) = way.split_first() else {
        return found.push((name.to_owned(), Rc::clone(of)));
    };
    if *first != "*" {
        if let Some(inner) = of.get(first) {
            let name = if name.is_empty() { first } else { name };
            along(inner, rest, name, found);
        }
        return;
    }
    of.pairs().iter().for_each(|(key, it)| along(it, rest, key, found));
    of.items().iter().for_each(|it| {
        let own = Some(it.word("name")).filter(|it| !it.is_empty());
        along(it, rest, own.unwrap_or(name), found);
    });
}

/// One entry as a task.
fn one(row: &Row, name: &str, value: &Value, hosted: &mut Hosted) {
    let named = Expression::text(value.line, name);
    let mut body = vec![Statement { line: value.line, act: Act::Set(NAME.to_owned(), named) }];
    body.extend(commands(row, value, 0));
    hosted.program.body.push(task(name, value.line, Vec::new(), body, Some(Reach::Start)));
    if row.lasts_shortly {
        hosted.spare(value.line, value.last, Lasting::Databases);
    }
}

/// What is run: a text, a list, or what a map calls its command.
fn commands(row: &Row, value: &Value, depth: usize) -> Block {
    match &value.form {
        _ if depth > DEPTH => Block::new(),
        Form::Text(told) => {
            process(value.line, told, Vec::new(), true).map(run).into_iter().collect()
        }
        Form::List(_) if row.lists_words => started(value).map(run).into_iter().collect(),
        Form::List(items) if items.iter().all(|it| it.told().is_some()) => {
            let mut told = Told::default();
            lines(value, &mut told, 0);
            process(value.line, &told, Vec::new(), true).map(run).into_iter().collect()
        }
        Form::List(items) => items.iter().flat_map(|it| commands(row, it, depth + 1)).collect(),
        Form::Map(pairs) if row.lists_words => {
            pairs.iter().flat_map(|(_, it)| commands(row, it, depth + 1)).collect()
        }
        Form::Map(_) => {
            value.get("command").map(|it| commands(row, it, depth + 1)).unwrap_or_default()
        }
    }
}

/// `release: COMMAND`, line by line.
fn line_by_line(text: &str, hosted: &mut Hosted) {
    for (line, it) in (1_u32..).zip(text.lines()) {
        let Some((name, command)) = it.split_once(':').filter(|_| !it.starts_with('#')) else {
            continue;
        };
        let mut told = Told::default();
        told.add(command.trim(), line, false);
        let body = process(line, &told, Vec::new(), true).map(run).into_iter().collect();
        hosted.program.body.push(task(name.trim(), line, Vec::new(), body, Some(Reach::Start)));
    }
}
