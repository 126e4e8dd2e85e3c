//! What says of a function of Python that a program, a scheduler or a cloud calls it, and none of the file.

use std::collections::HashSet;

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

/// Methods by which a command is run.
const COMMAND: &[&str] = &["handle", "handle_noargs", "run", "execute"];

/// Classes of a framework of which each method of a name is run: with the file, unless it says where the class is from.
const RUN: &[(&str, &str, &[&str])] = &[
    ("Command", "", COMMAND),
    ("Task", "luigi", &["run"]),
    ("AppConfig", "", &["ready"]),
    ("Seeder", "", &["run"]),
];

/// Bytes of a file that are looked at for an import.
const HEAD: usize = 4_000;

/// Bytes of the arguments of an object that are looked at.
const ARGUMENTS: usize = 200;

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
/// A command is run where the file itself calls it on an object that it makes; one that is handed on is run by others.
pub(super) fn runs_method(reader: &Reader, class: &str, bases: &[String], method: &str) -> bool {
    let head = imports_of(reader);
    let is_of = |(base, module, methods): &(&str, &str, &[&str])| {
        methods.contains(&method)
            && bases.iter().any(|it| {
                let (of, last) = it.rsplit_once('.').unwrap_or(("", it));
                let is_from = module.is_empty()
                    || of == *module
                    || of.is_empty() && head.contains(&format!("from {module}"));
                last.ends_with(base) && is_from
            })
            && !(*base == "Command"
                && reader.called.get_or_init(|| kept(reader.source.text)).contains(class))
    };
    let is_shell = bases.iter().any(|it| matches!(it.as_str(), "cmd.Cmd" | "Cmd" | "cmd2.Cmd"));
    RUN.iter().any(is_of) || is_shell && method.starts_with("do_")
}

/// The beginning of a file, where imports stand.
pub(super) fn imports_of<'a>(reader: &Reader<'a>) -> &'a str {
    let text = reader.source.text;
    let end = HEAD.min(text.len());
    (0..4).find_map(|back| text.get(..end.saturating_sub(back))).unwrap_or_default()
}

/// Classes of which a file makes an object and keeps it to itself, or runs it: `it = Wipe()`, `exit(Wipe().run())`, and not
/// `application.add(Wipe())`. Other names that stand before a parenthesis are among them.
fn kept(text: &str) -> HashSet<String> {
    let before_each = |sign| text.match_indices(sign).filter_map(|(at, _)| text.get(..at));
    let (mut run, mut bound, mut kept) = (HashSet::new(), Vec::new(), HashSet::new());
    for before in before_each('(') {
        let (rest, name) = last_word(before);
        let rest = rest.trim_end();
        if name.is_empty() || rest.ends_with("class") {
            continue;
        }
        if let Some(on) = rest.strip_suffix('.').filter(|_| COMMAND.contains(&name)) {
            run.insert(last_word(on).1);
        } else if let Some(of) = rest.strip_suffix('=') {
            bound.push((name, last_word(of.trim_end()).1));
        } else if !rest.ends_with(['(', ',', '[']) || is_run(&text[before.len()..]) {
            kept.insert(name.to_owned());
        }
    }
    let name_given = |before| {
        let (rest, name) = last_word(before);
        rest.ends_with(['(', ' ']).then_some(name)
    };
    let given: HashSet<&str> = before_each(')').filter_map(name_given).collect();
    let is_kept = |it: &&(&str, &str)| run.contains(it.1) || !given.contains(it.1);
    kept.extend(bound.iter().filter(is_kept).map(|it| it.0.to_owned()));
    kept
}

/// A text without the word at its end, and that word.
fn last_word(text: &str) -> (&str, &str) {
    let rest = text.trim_end_matches(|it: char| it.is_alphanumeric() || it == '_');
    text.split_at(rest.len())
}

/// Whether what is made by what stands in these parentheses is run at once: `().handle()`.
fn is_run(text: &str) -> bool {
    let end = text.bytes().take(ARGUMENTS).position(|it| it == b')');
    let method = end.and_then(|at| text.get(at + 1..)?.strip_prefix('.'));
    let is =
        |it: &str| method.and_then(|of| of.strip_prefix(it)).is_some_and(|it| it.starts_with('('));
    COMMAND.iter().any(|it| is(it))
}
