//! What says of a function of Python that a program, a scheduler or a cloud calls it, and none of the file.

use std::collections::HashSet;

use bstr::ByteSlice;
use tree_sitter::Node;

use super::routes::named;
use crate::content::script::Reach;
use crate::content::script::languages::Reader;
use crate::content::script::tree::{children, field};

/// Decorators of functions that a program or a scheduler calls by name.
const TASKS: &[&str] = &[
    "task",
    "shared_task",
    "command",
    "group",
    "cli",
    "job",
    "scheduled_job",
    "periodic_task",
    "flow",
    "app.callback",
    "app.default",
    "on_event",
    "main",
    "argh.arg",
    "manager.option",
    "before_first_request",
    // Dagster, dramatiq, and what runs again and again.
    "op",
    "asset",
    "multi_asset",
    "dramatiq.actor",
    "tasks.loop",
    "background",
    "on_after_configure.connect",
    "on_after_finalize.connect",
    // Functions of clouds.
    "cloud_event",
    "on_schedule",
    "timer_trigger",
    "app.schedule",
];

/// Decorators of functions of clouds that answer requests.
const REQUESTS: &[&str] = &["functions_framework.http", "https_fn.on_request"];

/// Functions that make a web application: its server calls them as it starts.
const FACTORIES: &[&str] = &["create_app", "make_app", "app_factory"];

/// Classes of a framework of which each method of a name is run: with the file, unless it says where the class is from.
const RUN: &[(&str, &str, &[&str])] = &[
    ("Command", "", &["handle", "handle_noargs", "run", "execute"]),
    ("Task", "luigi", &["run"]),
    ("AppConfig", "", &["ready"]),
    ("Seeder", "", &["run"]),
];

/// Bytes of a file that are looked at for an import.
const HEAD: usize = 4_000;

/// Who calls a function of this name that has these decorators.
pub(super) fn called_by(reader: &Reader, node: Node, name: &str, marks: &[&str]) -> Option<Reach> {
    let is_marked = |all: &[&str]| {
        marks.iter().any(|mark| {
            let mark = named(mark);
            let is_one = |it: &&str| {
                mark.strip_suffix(*it).is_some_and(|it| it.is_empty() || it.ends_with('.'))
            };
            all.iter().any(is_one)
        })
    };
    let is_task = is_marked(TASKS)
        || is_of_cloud(reader, node, name)
        || FACTORIES.contains(&name) && is_alone(reader, node, name);
    match is_task {
        true => Some(Reach::Task),
        false => is_marked(REQUESTS).then_some(Reach::Request),
    }
}

/// What AWS calls, `def wipe(event, context)`, or Azure by the clock, `def main(timer: func.TimerRequest)`.
fn is_of_cloud(reader: &Reader, node: Node, name: &str) -> bool {
    let all: Vec<&str> = field(node, "parameters")
        .into_iter()
        .flat_map(children)
        .map(|it| reader.text(it))
        .collect();
    let is = |text: &str, name: &str| {
        text.split([':', '=']).next().unwrap_or_default().trim().trim_start_matches('_') == name
    };
    let outer = node.parent().filter(|it| it.kind() == "decorated_definition");
    let is_top = outer.unwrap_or(node).parent().is_some_and(|it| it.kind() == "module");
    match all.as_slice() {
        [event, context] => {
            name == "lambda_handler" || is_top && is(event, "event") && is(context, "context")
        }
        _ => all.iter().any(|it| it.contains("TimerRequest")),
    }
}

/// Whether a function stands at the top of a file in which nothing calls it.
fn is_alone(reader: &Reader, node: Node, name: &str) -> bool {
    let is_top = node.parent().is_some_and(|it| it.kind() == "module");
    is_top && reader.source.text.matches(&format!("{name}(")).nth(1).is_none()
}

/// Whether a method of a class with these bases is run by what knows the class: `run` of a task of Luigi, `do_wipe` of a shell.
/// A command of which the file itself makes an object is run where that is called.
pub(super) fn runs_method(reader: &Reader, class: &str, bases: &[String], method: &str) -> bool {
    // Where imports stand.
    let text = reader.source.text.as_bytes();
    let head = text.get(..HEAD).unwrap_or(text);
    let is_of = |(base, module, methods): &(&str, &str, &[&str])| {
        methods.contains(&method)
            && bases.iter().any(|it| {
                let (of, last) = it.rsplit_once('.').unwrap_or(("", it));
                let is_from = module.is_empty()
                    || of == *module
                    || of.is_empty() && head.contains_str(format!("from {module}"));
                last.ends_with(base) && is_from
            })
            && !(*base == "Command" && makes_one(reader, class))
    };
    let is_shell = bases.iter().any(|it| matches!(it.as_str(), "cmd.Cmd" | "Cmd" | "cmd2.Cmd"));
    RUN.iter().any(is_of) || is_shell && method.starts_with("do_")
}

/// Whether a file makes an object of this class.
fn makes_one(reader: &Reader, class: &str) -> bool {
    reader.called.get_or_init(|| called(reader.source.text)).contains(class)
}

/// The names before a parenthesis, but those that a class is called by.
fn called(text: &str) -> HashSet<String> {
    let name_of = |(at, _): (usize, &str)| {
        let before = &text[..at];
        let rest = before.trim_end_matches(|it: char| it.is_alphanumeric() || it == '_');
        let is_defined = rest.trim_end().ends_with("class");
        before.get(rest.len()..).filter(|it| !it.is_empty() && !is_defined).map(str::to_owned)
    };
    text.match_indices('(').filter_map(name_of).collect()
}
