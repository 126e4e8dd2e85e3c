//! What a command reads and where it writes: files, texts that stand behind it.

use tree_sitter::Node;

use super::expression;
use super::words::word;
use crate::content::script::languages::Reader;
use crate::content::script::syntax::{Command, Expression, Form, Part, Shared};
use crate::content::script::tree::{children, field, fields, has};

pub(super) fn redirect(reader: &Reader, node: Node, command: &mut Command) {
    match node.kind() {
        "herestring_redirect" => {
            command.input = children(node).first().map(|it| word(reader, *it));
        }
        "heredoc_redirect" => {
            let body = children(node).into_iter().find(|it| it.kind() == "heredoc_body");
            command.input = body.map(|it| reader.expression(it, Form::Text(heredoc(reader, it))));
            let more = fields(node, "argument").into_iter().map(|it| word(reader, it));
            command.words.extend(more);
        }
        _ if has(node, "<") => {
            command.file = field(node, "destination").map(|it| word(reader, it));
        }
        _ => {}
    }
}

fn heredoc(reader: &Reader, node: Node) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut at, mut row) = (node.start_byte(), node.start_position().row);
    let text =
        |from: usize, to: usize| reader.source.text.get(from..to).unwrap_or_default().to_owned();
    let plain = |parts: &mut Vec<Part>, from: usize, row: usize, to: usize| {
        let line = reader.source.line_at(from, row);
        parts.push(Part::Plain { text: text(from, to), line, is_spread: true });
    };
    for it in children(node) {
        if matches!(it.kind(), "heredoc_content") {
            continue;
        }
        plain(&mut parts, at, row, it.start_byte());
        parts.push(Part::Hole(word(reader, it)));
        (at, row) = (it.end_byte(), it.end_position().row);
    }
    plain(&mut parts, at, row, node.end_byte());
    parts
}

pub(super) fn redirected(reader: &Reader, node: Node) -> Form {
    let redirects = fields(node, "redirect");
    let body = field(node, "body").map(|it| expression(reader, it));
    let further = redirects
        .iter()
        .flat_map(|it| children(*it))
        .find(|it| matches!(it.kind(), "pipeline" | "list" | "command"));
    let emptied = redirects.iter().find_map(|it| emptied(reader, *it, body.as_deref()));
    if let Some(command) = emptied {
        return Form::Command(command);
    }
    let Some(body) = body else { return Form::Nothing };
    // The command that the redirects are for is the last of a list or pipeline.
    let body = with_redirects(reader, body, &redirects);
    match further.map(|it| (it.kind(), expression(reader, it))) {
        Some(("pipeline", next)) => match &next.form {
            Form::Pipe(rest) => Form::Pipe([vec![body], rest.clone()].concat()),
            _ => Form::Pipe(vec![body, next]),
        },
        Some((_, next)) => {
            let is_or = redirects.iter().any(|it| has(*it, "||"));
            if is_or { Form::Any(vec![body, next]) } else { Form::All(vec![body, next]) }
        }
        None => Form::Either(vec![body]),
    }
}

/// `: > FILE`, `cat /dev/null > FILE`: what writes nothing leaves an empty file, as `truncate` does.
fn emptied(reader: &Reader, redirect: Node, body: Option<&Expression>) -> Option<Command> {
    let is_over = redirect.kind() == "file_redirect"
        && !["<", ">>", ">&", "&>>", "<&"].iter().any(|it| has(redirect, it));
    let to = field(redirect, "destination").filter(|_| is_over)?;
    let line = reader.line(redirect);
    let said: Vec<String> = match body.map(|it| &it.form) {
        None => Vec::new(),
        Some(Form::Command(command)) => {
            command.words.iter().map(|it| it.literal()).collect::<Option<_>>()?
        }
        Some(_) => return None,
    };
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let says_nothing =
        matches!(said.as_slice(), [] | [":" | "true"] | ["cat", "/dev/null"] | ["echo", "-n"]);
    let words = ["truncate", "-s", "0"].map(|it| Expression::text(line, it));
    says_nothing.then(|| Command {
        words: words.into_iter().chain([word(reader, to)]).collect(),
        ..Command::default()
    })
}

fn with_redirects(reader: &Reader, body: Shared, redirects: &[Node]) -> Shared {
    let line = body.line;
    match &body.form {
        Form::Command(command) => {
            let mut changed = Command {
                words: command.words.clone(),
                input: command.input.clone(),
                file: command.file.clone(),
                sets: command.sets.clone(),
            };
            for it in redirects {
                redirect(reader, *it, &mut changed);
            }
            Expression::new(line, Form::Command(changed))
        }
        Form::Pipe(all) | Form::All(all) | Form::Any(all) => {
            let mut all = all.clone();
            if let Some(last) = all.pop() {
                all.push(with_redirects(reader, last, redirects));
            }
            Expression::new(
                line,
                match &body.form {
                    Form::Pipe(_) => Form::Pipe(all),
                    Form::All(_) => Form::All(all),
                    _ => Form::Any(all),
                },
            )
        }
        _ => body,
    }
}
