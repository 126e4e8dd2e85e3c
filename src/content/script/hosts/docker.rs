//! Dockerfiles: what an image runs at each start, and what is run to make it.

use super::{Hosted, Lasting, handed_to, process, run, task, unknown};
use crate::content::script::model::Reach;
use crate::content::script::syntax::{Act, Block, Command, Expression, Form, Shared, Statement};
use crate::content::script::value::Told;
use crate::content::script::{Language, languages};

/// Names of the environment that are kept of one image, and things it runs at its start.
const MOST: usize = 200;

/// An instruction with the lines it goes over.
struct Instruction {
    word: String,
    rest: Told,
    line: u32,
    last: u32,
    /// A here-document that it hands over.
    heredoc: Option<Told>,
}

/// The program that a Dockerfile is.
pub(super) fn read(text: &str) -> Hosted {
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let mut environment = Block::new();
    let mut starts = 0;
    let mut files: Vec<(String, Told)> = Vec::new();
    for it in instructions(text) {
        files.extend(written(&it).filter(|_| files.len() < MOST));
        match it.word.as_str() {
            // Another image begins, with an environment of its own.
            "FROM" => hosted.program.body.extend(environment.drain(..).filter_map(forgotten)),
            "ENV" if environment.len() < MOST => {
                let sets = set(&it);
                hosted.program.body.extend(sets.clone());
                environment.extend(sets);
            }
            "RUN" => {
                // It destroys in a layer of the image, unless it reaches out.
                hosted.spare(it.line, it.last, Lasting::Databases);
                hosted.program.body.extend(ran(&it));
            }
            "CMD" | "ENTRYPOINT" | "HEALTHCHECK" if starts < MOST => {
                let mut body = environment.clone();
                body.extend(ran(&it));
                // A script that is written here as well.
                let named = files.iter().filter(|(path, _)| it.rest.text.contains(path.as_str()));
                let at_start = |text: &Told| {
                    // What makes the image destroys nothing; this does, where it is started.
                    let is_spared = hosted.spares(text.origin.line(text.text.as_bytes(), 0));
                    let mut moved = Told::default();
                    moved.add(&text.text, it.line, false);
                    process(it.line, if is_spared { &moved } else { text }, Vec::new(), false)
                };
                body.extend(named.take(3).filter_map(|(_, text)| at_start(text)).map(run));
                let name = format!("{} {starts}", it.word);
                let task = task(&name, it.line, Vec::new(), body, Some(Reach::Start));
                hosted.program.body.push(task);
                starts += 1;
            }
            _ => {}
        }
    }
    hosted
}

/// A file that an instruction writes: `COPY <<EOF /start.sh`, `RUN cat > /start.sh <<EOF`, `RUN echo '...' > /start.sh`.
fn written(it: &Instruction) -> Option<(String, Told)> {
    let text = it.rest.text.as_str();
    let (before, after) = text.split_once("> ").unwrap_or((text, ""));
    let target = after.split_whitespace().next().unwrap_or_default();
    let path = match (it.word.as_str(), &it.heredoc) {
        ("COPY" | "ADD", Some(_)) => text.split_whitespace().last().unwrap_or_default(),
        ("RUN", _) => target,
        _ => return None,
    };
    if path.len() < 4 || !path.contains('.') && !path.contains('/') {
        return None;
    }
    if let Some(heredoc) = &it.heredoc {
        return Some((path.to_owned(), heredoc.clone()));
    }
    let command = before.trim_start();
    if !command.starts_with("echo ") && !command.starts_with("printf ") {
        return None;
    }
    let open = command.find(['\'', '"'])?;
    let quote = command.get(open..)?.chars().next()?;
    let inner = command.get(open + 1..)?;
    let inner = inner.get(..inner.rfind(quote)?)?;
    let mut told = Told::default();
    told.add(&inner.replace("\\n", "\n").replace("\\\"", "\""), it.line, false);
    Some((path.to_owned(), told))
}

/// What the environment is in what comes after: `ENV NAME=value`, `ENV NAME value`.
fn set(it: &Instruction) -> Block {
    let text = it.rest.text.trim();
    if text.contains("$(") || text.contains('`') {
        // It would be a command to the shell, whose quoting is the same otherwise.
        return Block::new();
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    if !first.contains('=') {
        let (name, value) = text.split_once([' ', '\t']).unwrap_or_default();
        let value = Expression::text(it.line, value.trim());
        return vec![Statement { line: it.line, act: Act::Set(name.to_owned(), value) }];
    }
    let program = languages::program(Language::Shell, &it.rest.text, &it.rest.origin);
    let body = program.map(|it| it.body).unwrap_or_default();
    body.into_iter().filter(|it| matches!(it.act, Act::Set(..))).collect()
}

/// A name that was set, and is not known any more.
fn forgotten(set: Statement) -> Option<Statement> {
    let Act::Set(name, _) = set.act else { return None };
    Some(Statement { line: set.line, act: Act::Set(name, unknown(set.line)) })
}

/// What an instruction runs: a list of words, a text for the shell, or a here-document.
fn ran(it: &Instruction) -> Block {
    let text = it.rest.text.trim();
    let after_flags =
        text.split_whitespace().find(|word| !word.starts_with("--")).unwrap_or_default();
    if let Some(heredoc) = &it.heredoc {
        // `RUN <<EOF` runs it by the shell, `RUN python3 <<EOF` by another.
        let program = after_flags.split("<<").next().unwrap_or_default();
        return match program {
            "" | "sh" | "bash" => {
                process(it.line, heredoc, Vec::new(), true).map(run).into_iter().collect()
            }
            other => vec![run(handed_to(it.line, other, "-c", heredoc.clone()))],
        };
    }
    let start = text.find(after_flags).unwrap_or(0);
    let command = text.get(start..).unwrap_or_default();
    let command = match it.word.as_str() {
        "HEALTHCHECK" => command.strip_prefix("CMD").unwrap_or_default().trim_start(),
        _ => command,
    };
    if let Some(words) = exec_form(command) {
        let words: Vec<Shared> =
            words.into_iter().map(|word| Expression::text(it.line, word)).collect();
        return vec![run(Expression::new(
            it.line,
            Form::Command(Command { words, ..Command::default() }),
        ))];
    }
    let from = it.rest.text.len() - it.rest.text.trim_start().len() + (text.len() - command.len());
    let mut told = Told::default();
    super::copy(&mut told, &it.rest, from, it.rest.text.len());
    process(it.line, &told, Vec::new(), false).map(run).into_iter().collect()
}

/// `["program", "word"]`.
fn exec_form(text: &str) -> Option<Vec<String>> {
    let text = text.trim().replace("\\\n", " ");
    if !text.starts_with('[') || !text.ends_with(']') {
        return None;
    }
    super::document::json(&text).map(|it| it.words()).filter(|it| !it.is_empty())
}

fn instructions(text: &str) -> Vec<Instruction> {
    let mut all = Vec::new();
    let mut lines = text.split('\n').map(|it| it.trim_end_matches('\r')).zip(1u32..).peekable();
    while let Some((first, line)) = lines.next() {
        let plain = first.trim();
        if plain.is_empty() || plain.starts_with('#') {
            continue;
        }
        let mut plain = plain;
        if plain.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("ONBUILD ")) {
            plain = plain.get(8..).unwrap_or_default().trim_start();
        }
        let (word, mut rest) = plain.split_once([' ', '\t']).unwrap_or((plain, ""));
        let mut told = Told::default();
        let mut last = line;
        let mut at = line;
        loop {
            told.add(rest.trim_end_matches('`'), at, false);
            if !rest.ends_with('\\') {
                break;
            }
            told.add("\n", at, false);
            // Comments and blank lines within an instruction are none of it.
            let Some((next, n)) = lines
                .by_ref()
                .find(|(it, _)| !it.trim_start().starts_with('#') && !it.trim().is_empty())
            else {
                break;
            };
            (rest, at, last) = (next.trim(), n, n);
        }
        let word = word.to_uppercase();
        let mut heredoc = None;
        if let Some(end) =
            heredoc_end(&told.text).filter(|_| matches!(word.as_str(), "RUN" | "COPY" | "ADD"))
        {
            let mut body = Told::default();
            for (next, n) in lines.by_ref() {
                last = n;
                if next.trim() == end {
                    break;
                }
                body.add(&format!("{next}\n"), n, false);
            }
            heredoc = Some(body);
        }
        all.push(Instruction { word, rest: told, line, last, heredoc });
    }
    all
}

/// The word that ends a here-document: `<<EOF`, `<<-"EOF"`.
fn heredoc_end(text: &str) -> Option<String> {
    let (_, after) = text.split_once("<<")?;
    let word = after.trim_start_matches('-').split_whitespace().next()?.trim_matches(['"', '\'']);
    let is_word = !word.is_empty() && word.chars().all(|it| it.is_alphanumeric() || it == '_');
    is_word.then(|| word.to_owned())
}
