//! What a command reads from, and what it writes to.

use std::rc::Rc;

use tree_sitter::Node;

use super::words::{add_word, word};
use super::{Reader, expression};
use crate::content::script::syntax::{
    Act, Command, Expression, Form, PIPED, Part, STDIN, STDIN_FILE, Shared, Statement, Written,
};
use crate::content::script::tree::{children, field, fields, has};

pub(super) fn redirect(reader: &Reader, node: Node, command: &mut Command) {
    match node.kind() {
        "herestring_redirect" => {
            command.input = children(node).first().map(|it| word(reader, *it));
        }
        "heredoc_redirect" => {
            let part = |kind: &str| children(node).into_iter().find(|it| it.kind() == kind);
            let quotes = ['\'', '"', '\\'];
            // `<<E"O"F` is raw as well.
            let is_raw = part("heredoc_start").is_some_and(|it| reader.text(it).contains(quotes));
            // Where the first line begins with a backslash, as commands of psql do, the grammar takes it for more words.
            let row = part("heredoc_start").map(|it| it.start_position().row);
            let is_behind = |it: &Node| row.is_none_or(|row| it.start_position().row == row);
            let all = fields(node, "argument");
            let first = all.iter().find(|it| !is_behind(it)).copied();
            let input = |it| {
                let text = heredoc(reader, it, first.unwrap_or(it), is_raw);
                reader.expression(it, Form::Text(text))
            };
            command.input = part("heredoc_body").map(input);
            let more = all.into_iter().filter(is_behind).map(|it| word(reader, it));
            command.words.extend(more);
            // `cat <<SQL > wipe.sql`.
            for further in children(node).into_iter().filter(|it| it.kind() == "file_redirect") {
                redirect(reader, further, command);
            }
        }
        _ if has(node, "<") => {
            command.file = destinations(reader, node).into_iter().next();
        }
        "file_redirect" if has(node, ">") || has(node, ">>") => {
            // `aws >/dev/null s3 rb s3://shop`: the grammar takes what follows for more files.
            let mut all = destinations(reader, node).into_iter();
            let is_error = field(node, "descriptor").is_some_and(|it| reader.text(it) != "1");
            let to = all.next().filter(|_| !is_error);
            command.words.extend(all);
            let to = to.map(|file| Written { file, appends: has(node, ">>") });
            command.to = to.or(command.to.take());
        }
        _ => {}
    }
}

/// The words behind the sign of a redirect.
fn destinations(reader: &Reader, node: Node) -> Vec<Shared> {
    let (mut all, mut end) = (Vec::new(), None);
    for it in fields(node, "destination") {
        add_word(reader, it, &mut all, &mut end);
    }
    all
}

/// What stands in a document, from the line on that another node is in.
fn heredoc(reader: &Reader, node: Node, first: Node, is_raw: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let begins = first.start_position();
    let indent = if first == node { 0 } else { begins.column };
    let (mut at, mut row) = (first.start_byte() - indent, begins.row);
    let text = |from: usize, to: usize| {
        let text = reader.source.text.get(from..to).unwrap_or_default();
        // ``DROP TABLE \`users\` ``.
        if is_raw { text.to_owned() } else { unescaped(text) }
    };
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

/// What the shell writes where a backslash takes the meaning of a sign, or stands for itself: `\\$NAME` stays `\$NAME`.
fn unescaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_taken = sign == '\\' && matches!(signs.peek(), Some('`' | '$' | '\\'));
        written.extend(if is_taken { signs.next() } else { Some(sign) });
    }
    written
}

pub(super) fn redirected(reader: &Reader, node: Node) -> Form {
    // A here-string behind a loop has no field of its own.
    let all = children(node).into_iter();
    let redirects: Vec<Node> = all.filter(|it| it.kind().ends_with("_redirect")).collect();
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
        None => Form::Either(vec![with_input(reader, body, &redirects)]),
    }
}

/// `: > FILE`, `cat /dev/null > FILE`: what writes nothing leaves an empty file, as `truncate` does.
fn emptied(reader: &Reader, redirect: Node, body: Option<&Expression>) -> Option<Command> {
    let is_over = redirect.kind() == "file_redirect"
        && !["<", ">>", ">&", "&>>", "<&"].iter().any(|it| has(redirect, it));
    let to = destinations(reader, redirect).into_iter().next().filter(|_| is_over)?;
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
    says_nothing
        .then(|| Command { words: words.into_iter().chain([to]).collect(), ..Command::default() })
}

fn with_redirects(reader: &Reader, body: Shared, redirects: &[Node]) -> Shared {
    let line = body.line;
    match &body.form {
        Form::Command(command) => {
            let mut changed = command.clone();
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

/// A group or a loop with what all in it reads from: `while read one; do ...; done < <(list)`, `{ psql; } <<SQL`.
fn with_input(reader: &Reader, body: Shared, redirects: &[Node]) -> Shared {
    if !matches!(body.form, Form::Group(_)) {
        return body;
    }
    let mut given = Command::default();
    for it in redirects {
        redirect(reader, *it, &mut given);
    }
    let line = body.line;
    let set = |name: &str, value: Shared| Statement { line, act: Act::Set(name.to_owned(), value) };
    // What a command writes is gone through line by line.
    let listed = given.input.as_ref().or(given.file.as_ref()).and_then(listed);
    let (name, value) = match (listed, given.input, given.file) {
        (Some(list), _, _) => (PIPED, list),
        (None, Some(text), _) => (STDIN, text),
        (None, None, Some(file)) => (STDIN_FILE, file),
        (None, None, None) => return body,
    };
    let within = Statement { line, act: Act::Run(body) };
    let block = vec![set(name, value), within, set(name, Expression::new(line, Form::Nothing))];
    Expression::new(line, Form::Group(Rc::new(block)))
}

/// The commands that write a text: `<(list)`, `"$(list)"`.
fn listed(of: &Shared) -> Option<Shared> {
    match &of.form {
        Form::Subshell(_) => Some(Rc::clone(of)),
        Form::Text(parts) => parts.iter().find_map(|it| match it {
            Part::Hole(hole) => listed(hole),
            Part::Plain { .. } => None,
        }),
        _ => None,
    }
}
