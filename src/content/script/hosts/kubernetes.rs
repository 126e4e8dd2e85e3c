//! Kubernetes: what containers run, and the scripts that lie in its maps of configuration.

use std::borrow::Cow;
use std::rc::Rc;

use bstr::BStr;

use super::compose::{started, together};
use super::document::{self, Value};
use super::{
    Filling, Hosted, filled, handed_to, is_for_tests, only_if, outcome, process, run, task, unknown,
};
use crate::content::script::model::{Guard, GuardKind, Reach, Strength};
use crate::content::script::syntax::{Act, Block, Expression, Form, Shared, Statement};
use crate::content::script::value::Told;
use crate::content::script::{Language, place};

/// Kinds of objects that are read, where what they run is said, and what makes it run.
const KINDS: &[(&str, &[&str], Reach)] = &[
    ("Job", &["spec", "template", "spec"], Reach::Task),
    ("CronJob", &["spec", "jobTemplate", "spec", "template", "spec"], Reach::Task),
    ("Pod", &["spec"], Reach::Task),
    ("Deployment", &["spec", "template", "spec"], Reach::Start),
    ("StatefulSet", &["spec", "template", "spec"], Reach::Start),
    ("DaemonSet", &["spec", "template", "spec"], Reach::Start),
    ("ConfigMap", &["data"], Reach::Task),
    ("Secret", &["stringData"], Reach::Task),
];

/// Whether a line says that what follows is read here.
pub(in crate::content::script) fn is_kind(line: &[u8]) -> bool {
    let kind = line.strip_prefix(b"kind:").map(<[u8]>::trim_ascii);
    kind.is_some_and(|kind| kind == b"List" || KINDS.iter().any(|(it, _, _)| it.as_bytes() == kind))
}

/// The program that such a file is: one task for each object. Of a template of Helm all lines are read, and what it has under a
/// condition is said by its values: whoever installs it opts in.
pub(super) fn read(text: &str) -> Option<Hosted> {
    let is_template = text.lines().any(is_of_template);
    let plain = if is_template { Cow::Owned(without_actions(text)) } else { Cow::Borrowed(text) };
    let asked = if is_template { under_conditions(text) } else { Vec::new() };
    let text = plain.as_ref();
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let files = document::documents(text);
    let listed = files.iter().filter(|it| it.word("kind") == "List");
    let listed = listed.filter_map(|it| it.get("items")).flat_map(|it| it.items());
    for file in files.iter().chain(listed) {
        let kind = file.word("kind");
        let Some((_, keys, reach)) = KINDS.iter().find(|(it, _, _)| *it == kind) else { continue };
        let name = file.at(&["metadata", "name"]).and_then(|it| it.text()).unwrap_or_default();
        let Some(inner) = file.at(keys).filter(|_| !is_for_tests(name)) else { continue };
        if matches!(kind, "ConfigMap" | "Secret") {
            scripts(name, inner, &mut hosted);
            continue;
        }
        let mut body = Block::new();
        if asked.iter().any(|(from, to)| (*from..*to).contains(&inner.line)) {
            body.push(opts_in(file.line, Strength::Medium));
        }
        if let Some(it) = file.at(&["spec", "suspend"]).filter(|it| it.text() == Some("true")) {
            // It runs only where somebody starts it.
            body.push(opts_in(it.line, Strength::Strong));
        }
        for kind in ["initContainers", "containers"] {
            let all = inner.get(kind).map(|it| it.items()).unwrap_or_default();
            all.iter().for_each(|it| body.extend(told_by_environment(it, container(it))));
        }
        let name = format!("{name} {}", file.line);
        hosted.program.body.push(task(&name, file.line, Vec::new(), body, Some(*reach)));
    }
    Some(hosted)
}

/// Whether a line is one of a template of Helm: an action begins it, or what stands behind its key without quotes.
fn is_of_template(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ").trim_start();
    let value = line.split_once(": ").map_or("", |(_, it)| it.trim_start());
    line.starts_with("{{") || value.starts_with("{{")
}

fn opts_in(line: u32, strength: Strength) -> Statement {
    let guard = Guard { kind: GuardKind::OptIn, strength, line, defect: None };
    only_if(line, outcome(line, vec![guard], Vec::new()))
}

/// The lines of a template of Helm that stand under a condition: from which one to which.
fn under_conditions(text: &str) -> Vec<(u32, u32)> {
    let mut open: Vec<(u32, bool)> = Vec::new();
    let mut found = Vec::new();
    for (line, text) in (1_u32..).zip(text.lines()) {
        for action in text.split("{{").skip(1) {
            let word = action.trim_start_matches('-').split_whitespace().next();
            match word.unwrap_or_default().trim_end_matches(['-', '}']) {
                "if" => open.push((line, true)),
                "with" | "range" | "define" | "block" => open.push((line, false)),
                "end" => {
                    let closed = open.pop().filter(|(_, is_if)| *is_if);
                    found.extend(closed.map(|(from, _)| (from, line)));
                }
                _ => {}
            }
        }
    }
    let rest = open.into_iter().filter(|(_, is_if)| *is_if).map(|(from, _)| (from, u32::MAX));
    found.extend(rest);
    found
}

/// A template of Helm without its actions: blanks where a line has nothing else or one goes over lines, `_` within a line. Places
/// stay the same.
fn without_actions(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{")
        && let Some(end) = behind.find("}}")
    {
        let action = behind.get(..end).unwrap_or_default();
        let after = behind.get(end + 2..).unwrap_or_default();
        let is_alone = before.rsplit('\n').next().unwrap_or_default().trim().is_empty()
            && after.split('\n').next().unwrap_or_default().trim().is_empty();
        let sign = if is_alone || action.contains('\n') { ' ' } else { '_' };
        plain.push_str(before);
        plain.extend([sign; 2]);
        plain.extend(action.bytes().map(|it| if it == b'\n' { '\n' } else { sign }));
        plain.extend([sign; 2]);
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// What runs where a container is told this by its environment, which no other one knows.
fn told_by_environment(of: &Value, body: Block) -> Block {
    let all = of.get("env").map(|it| it.items()).unwrap_or_default();
    let set = |it: &Rc<Value>| {
        let (name, value) = (it.word("name"), it.get("value")?.text()?);
        // What another file says is not known, nor what stood there for a template to fill in.
        let is_plain = !name.is_empty() && !["$", "{{", "____"].iter().any(|it| value.contains(it));
        let act = || Act::Set(name.to_owned(), Expression::text(it.line, value));
        is_plain.then(|| Statement { line: it.line, act: act() })
    };
    let sets: Block = all.iter().filter_map(set).collect();
    if sets.is_empty() || body.is_empty() {
        return body;
    }
    let ran = Form::Subshell(Rc::new([sets, body].concat()));
    vec![run(Expression::new(of.line, ran))]
}

/// What a container runs.
fn container(of: &Value) -> Block {
    let command = of.get("command").filter(|it| !it.items().is_empty());
    let arguments = of.get("args").filter(|it| !it.items().is_empty());
    let mut body = match (command, arguments) {
        (Some(command), Some(arguments)) => together(command, arguments),
        (Some(one), None) | (None, Some(one)) => started(one).map(run).into_iter().collect(),
        (None, None) => Block::new(),
    };
    for step in ["postStart", "preStop"] {
        let more = of.at(&["lifecycle", step, "exec", "command"]);
        body.extend(more.and_then(|it| started(it)).map(run));
    }
    body
}

/// The texts of a map that are scripts by their names or first lines, each as a task of its own.
fn scripts(map: &str, of: &Value, hosted: &mut Hosted) {
    for (name, value) in of.pairs() {
        let Some(told) = value.told() else { continue };
        let (path, bytes) = (BStr::new(name), told.text.as_bytes());
        let language = Language::of(path, bytes);
        // An image of a database runs these where there is none yet.
        let is_first = language == Some(Language::Sql) && (is_to_begin(map) || is_to_begin(name));
        if is_first || place::is_harmless(path, bytes) {
            continue;
        }
        let told = filled(told, "{{", "}}", &|_, line| Filling::Value(unknown(line)));
        let ran = language.and_then(|it| script(it, value.line, told));
        let body: Block = ran.map(run).into_iter().collect();
        let reach = Some(Reach::Task);
        hosted.program.body.push(task(name, value.line, Vec::new(), body, reach));
    }
}

/// Whether a name says that what is called so is done in the beginning: `db-init`, `postgres-initdb`, `schema.sql`.
fn is_to_begin(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower
        .split(|c: char| !c.is_alphabetic())
        .any(|it| it.starts_with("init") || matches!(it, "schema" | "bootstrap" | "setup"))
}

/// A script as what a program runs.
fn script(language: Language, line: u32, told: Told) -> Option<Shared> {
    let (program, flag) = match language {
        Language::Shell => return process(line, &told, Vec::new(), false),
        Language::Sql => ("psql", "-c"),
        Language::Python => ("python", "-c"),
        Language::JavaScript => ("node", "-e"),
        Language::Ruby => ("ruby", "-e"),
        Language::Php => ("php", "-r"),
        Language::PowerShell => ("pwsh", "-Command"),
        _ => return None,
    };
    Some(handed_to(line, program, flag, told))
}
