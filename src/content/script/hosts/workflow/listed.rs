//! Pipelines that are lists of commands by phases: Travis, CodeBuild and Cloud Build.

use std::rc::Rc;

use bstr::ByteSlice;

use super::Text;
use super::gitlab::together;
use super::throwaway::Place;
use crate::content::script::hosts::document::{Form, Value};
use crate::content::script::hosts::{Hosted, as_text, process, run, task};
use crate::content::script::model::Reach;
use crate::content::script::syntax::{Block, Command, Expression, Form as Shape, Shared};
use crate::content::script::value::Told;

/// The phases of Travis, in their order.
const PHASES: &[&str] = &[
    "before_install",
    "install",
    "before_script",
    "script",
    "after_success",
    "after_failure",
    "before_deploy",
    "deploy",
    "after_deploy",
    "after_script",
];

/// Commands of one file of which it is looked up whether what they take away lasts.
const COMMANDS: usize = 500;

/// Whose pipeline a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Travis,
    CodeBuild,
    CloudBuild,
}

/// Whose pipeline a file of this name is, if it is such a list; CodeBuild is told which file it is, so that has any name.
pub(super) fn service(name: &str, text: &[u8]) -> Option<Service> {
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    let starts = |it: &str| name.starts_with(it) && is_yaml;
    let has = |key: &[u8]| text.lines().any(|line| line.starts_with(key));
    match () {
        () if name == ".travis.yml" => Some(Service::Travis),
        () if starts("cloudbuild") => Some(Service::CloudBuild),
        () if starts("buildspec") || has(b"version: 0.") && has(b"phases:") => {
            Some(Service::CodeBuild)
        }
        () => None,
    }
}

/// Whether a file is such a list.
pub(in crate::content::script) fn is_one(name: &str, text: &[u8]) -> bool {
    service(name, text).is_some()
}

/// The program of such a file.
pub(super) fn read(service: Service, file: &Value, text: &Text) -> Hosted {
    let mut hosted = Hosted::default();
    let mut body = Block::new();
    let place = Place::of("", file, "", text);
    let mut left = COMMANDS;
    let mut add = |value: &Rc<Value>, ran: Option<Shared>, hosted: &mut Hosted| {
        // What stands for another piece has the lines of that. Nobody writes more by hand.
        for it in std::iter::once(value).chain(value.items()).take(left) {
            left -= 1;
            if let Some(what) = place.lasts("", "", text.of(it)) {
                hosted.spare(it.line, it.last, what);
            }
        }
        body.extend(ran.map(run));
    };
    let mut lists: Vec<Rc<Value>> = Vec::new();
    match service {
        Service::CloudBuild => {
            for step in file.get("steps").map(|it| it.items()).unwrap_or_default() {
                match step.get("script") {
                    Some(_) => lists.extend(step.get("script").map(Rc::clone)),
                    None => add(step, program(step), &mut hosted),
                }
            }
        }
        Service::CodeBuild => {
            let phases = file.get("phases").map(|it| it.pairs()).unwrap_or_default();
            let kinds = ["commands", "finally"];
            for (_, phase) in phases {
                lists.extend(kinds.iter().filter_map(|it| phase.get(it)).cloned());
            }
        }
        Service::Travis => lists = of_travis(file),
    }
    for value in lists {
        let mut told = Told::default();
        together(&value, &mut told, 0);
        let is_strict = service != Service::Travis;
        add(&value, process(value.line, &told, Vec::new(), is_strict), &mut hosted);
    }
    hosted.program.body.push(task("pipeline", file.line, Vec::new(), body, Some(Reach::Pipeline)));
    hosted
}

/// The lists of commands of Travis, in their order.
fn of_travis(file: &Value) -> Vec<Rc<Value>> {
    let jobs = ["jobs", "matrix"].iter().filter_map(|it| file.at(&[it, "include"]));
    let all: Vec<&Value> =
        std::iter::once(file).chain(jobs.flat_map(|it| it.items()).map(|it| &**it)).collect();
    let mut lists = Vec::new();
    for job in all {
        for phase in PHASES.iter().filter_map(|it| job.get(it)) {
            // Several deployments, each with a script.
            let inner = std::iter::once(phase).chain(phase.items());
            lists.extend(inner.filter_map(|it| it.get("script")).cloned());
            lists.push(Rc::clone(phase));
        }
    }
    lists
}

/// A step of Cloud Build: the program that it names, or that its image is called after, and its arguments.
fn program(step: &Value) -> Option<Shared> {
    let image = step.word("name").rsplit('/').next().unwrap_or_default();
    let image = image.split([':', '@']).next().unwrap_or_default();
    let name = match step.word("entrypoint") {
        "" if image == "cloud-sdk" => "",
        "" => image,
        entry => entry,
    };
    let mut words: Vec<Shared> = Vec::new();
    if !name.is_empty() {
        words.push(Expression::text(step.line, name));
    }
    let arguments = step.get("args")?;
    let items: Vec<&Rc<Value>> = match &arguments.form {
        Form::List(items) => items.iter().collect(),
        Form::Text(_) => vec![arguments],
        Form::Map(_) => return None,
    };
    words.extend(items.iter().filter_map(|it| Some(as_text(it.line, it.told()?.clone()))));
    Some(Expression::new(step.line, Shape::Command(Command { words, ..Command::default() })))
}
