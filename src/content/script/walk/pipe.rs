//! Commands of which each reads what the one before writes, and commands that others make.

mod said;
mod written;

use std::rc::Rc;

use super::Walk;
use super::branches::{hold_as_none, left_inside};
use super::commands::{ANSWERED, XARGS};
use crate::content::script::operations::{keys, piped};
use crate::content::script::state::State;
use crate::content::script::syntax::{Command, Expression, Form, PIPED, Part, Shared};
use crate::content::script::value::{texts, texts_in};
use crate::content::script::words;
pub(super) use written::written_by;
use written::{Written, after, read_from};

/// What is known of the commands before one.
struct Listing<'a> {
    /// They list branches.
    branches: bool,
    before: &'a [Shared],
}

impl Walk {
    /// Commands of which each reads what the one before writes.
    pub(super) fn pipe(&mut self, parts: &[Shared], state: &mut State) {
        let mut written = Written::default();
        let mut before: Vec<Shared> = Vec::new();
        // What is dumped into another database is a copy, and no backup.
        let loads = parts.iter().any(loads);
        let branches =
            piped::lists_branches(&parts.iter().flat_map(piped::commands).collect::<Vec<_>>());
        let late = self.late.len();
        let outer = Rc::clone(&state.guards);
        for (n, part) in parts.iter().enumerate() {
            let mut inside = state.clone();
            if let Form::Command(command) = &part.form {
                let words = self.spread(command, state);
                let asked = parts.get(n + 1).map(|it| self.resolve(it, state));
                if answers(&words) || says(&words) && asked.is_some_and(|it| asks_for_phrase(&it)) {
                    inside.set(ANSWERED, Expression::text(part.line, "y"));
                    state.set(ANSWERED, Expression::text(part.line, "y"));
                }
                // What is written is read by the next, where that runs what it reads.
                let listing = Listing { branches, before: &before };
                match fed(command, &words, &written, &listing) {
                    Some(fed) => self.command(part, &fed, &mut inside),
                    None => self.evaluate(part, &mut inside),
                }
                let said = self.said_by_function(&words, &inside);
                written = after(command, words, written);
                written.text = written.text.or(said);
            } else {
                if n > 0 && self.is_shell() {
                    let before = Expression::new(part.line, Form::Pipe(parts[..n].to_vec()));
                    inside.set(PIPED, self.resolve(&before, state));
                    if keeps_newest(&parts[..n]) {
                        inside.aged = Some((part.line, true));
                    }
                }
                self.evaluate(part, &mut inside);
                if self.is_shell() && !state.is_strict {
                    hold_as_none(left_inside(state, &inside), state);
                }
                // `$sql | psql` of PowerShell.
                let said = match &part.form {
                    Form::Subshell(block) | Form::Group(block) => self.said_by(block, state),
                    _ => Some(self.resolve(part, state)).filter(|it| !texts(it).is_empty()),
                };
                let file = read_from(&self.resolve(part, state));
                let by = said.iter().chain(&file).map(Rc::clone).collect();
                written = Written { text: said, file, by };
            }
            before.push(self.resolve(part, state));
            state.supported_by(&inside);
            if loads {
                self.late.truncate(late);
                state.guards = Rc::clone(&outer);
            }
        }
        Rc::make_mut(&mut state.names).remove(ANSWERED);
    }
}

/// Whether a command writes nothing but a yes.
fn answers(words: &[Shared]) -> bool {
    let name = plain(words, 0);
    let last = words.last().and_then(|it| it.literal()).unwrap_or_default();
    name == "yes"
        || matches!(name.as_str(), "echo" | "printf")
            && words::is_yes(last.trim().trim_end_matches("\\n"))
}

/// Whether a command writes a text down.
fn says(words: &[Shared]) -> bool {
    matches!(plain(words, 0).as_str(), "echo" | "printf") && words.len() > 1
}

/// Whether a command is one of a tool that has the name typed of what is to go.
fn asks_for_phrase(of: &Expression) -> bool {
    let asks = ["aws-nuke", "cloud-nuke", "eb", "heroku", "gh", "supabase", "pscale"];
    let Form::Command(command) = &of.form else { return false };
    asks.contains(&plain(&command.words, 0).rsplit('/').next().unwrap_or_default())
}

fn plain(words: &[Shared], at: usize) -> String {
    words.get(at).and_then(|it| it.literal()).unwrap_or_default()
}

/// A command with what it reads from the one before; none where that is nothing that is known.
fn fed(
    command: &Command,
    words: &[Shared],
    written: &Written,
    listing: &Listing,
) -> Option<Command> {
    if written.by.is_empty() {
        return None;
    }
    let with = |words: &[Shared], input: Option<Shared>, file: Option<Shared>| Command {
        words: words.to_vec(),
        input,
        file,
        ..command.clone()
    };
    // `ls -t | tail -n +8 | xargs rm`: the newest are kept.
    if plain(words, 0) == "xargs" && keeps_newest(listing.before) {
        let nothing = Expression::text(words[0].line, "true");
        return Some(with(&[nothing], None, None));
    }
    if plain(words, 0) == "xargs" {
        let words = listed(words, &written.by, listing);
        return Some(with(&words, None, None));
    }
    if command.input.is_some() {
        return None;
    }
    let made = || {
        let reads = |names: &[&str]| {
            words
                .iter()
                .filter_map(|it| it.literal())
                .any(|it| names.contains(&it.rsplit('/').next().unwrap_or_default()))
        };
        if reads(&["psql", "mysql", "mariadb", "sqlite3", "sqlplus", "clickhouse-client"]) {
            statement_of(&written.by)
        } else if reads(&["sh", "bash", "zsh", "dash"]) {
            command_of(&written.by)
        } else {
            None
        }
    };
    let input = written.text.clone().or_else(made);
    let file = written.file.clone().or_else(|| command.file.clone());
    (input.is_some() || file.is_some()).then(|| with(words, input, file))
}

/// The words of a command that `xargs` makes, with what is listed before it at its end: files that `find` finds, objects of a
/// cluster, all keys of a store, or what is not known.
fn listed(words: &[Shared], by: &[Shared], listing: &Listing) -> Vec<Shared> {
    let line = words.first().map_or(0, |it| it.line);
    let said =
        |all: &[Shared], it: &str| all.iter().any(|word| word.literal().as_deref() == Some(it));
    let program = plain(by, 0);
    if program == "find" && ["rm", "unlink", "shred"].iter().any(|it| said(words, it)) {
        let mut all = by.to_vec();
        all.push(Expression::text(line, "-delete"));
        return all;
    }
    let one = match program.as_str() {
        _ if listing.branches && said(words, "git") => {
            Some(Expression::text(line, piped::BRANCHES))
        }
        "kubectl" | "oc" => by
            .iter()
            .skip_while(|it| it.literal().as_deref() != Some("get"))
            .nth(1)
            .and_then(|it| it.literal())
            .map(|kind| Expression::text(line, format!("{kind}/"))),
        "redis-cli" => {
            let said = by.iter().skip(1).filter_map(|it| it.literal());
            let mut patterns = said.filter(|it| it.contains('*'));
            let is_all = patterns.next().is_none_or(|it| keys::is_of_data(&it));
            is_all.then(|| Expression::text(line, "*"))
        }
        _ => None,
    };
    // What is not known: it is what the commands before it write.
    let one = one.unwrap_or_else(|| {
        let pipe = Expression::new(line, Form::Pipe(listing.before.to_vec()));
        Expression::new(line, Form::Other(vec![pipe]))
    });
    let Some((mark, from)) = mark_of(words) else { return [words, &[one]].concat() };
    let with_one = |(at, word): (usize, &Shared)| match () {
        () if at < from => Rc::clone(word),
        () if word.literal().as_deref() == Some(&mark) => Rc::clone(&one),
        () => put_in(word, &mark, &one).unwrap_or_else(|| Rc::clone(word)),
    };
    words.iter().enumerate().map(with_one).collect()
}

/// The mark that stands for one of what is listed among the words of `xargs`, as its options tell it, and where the words begin in
/// which it is looked for: `-I {}`, `-I key`, `-Ikey`, `--replace=key`.
fn mark_of(words: &[Shared]) -> Option<(String, usize)> {
    let mut at = 1;
    loop {
        let option = words.get(at)?.literal().filter(|it| it.starts_with('-'))?;
        let told = ["-I", "-J", "--replace=", "-i"].iter().find_map(|it| option.strip_prefix(it));
        let (mark, from) = match (option.as_str(), told) {
            ("-I" | "-J", _) => (plain(words, at + 1), at + 2),
            ("--replace", _) | (_, Some("")) => ("{}".to_owned(), at + 1),
            (_, Some(mark)) => (mark.to_owned(), at + 1),
            (option, None) => {
                at += 1 + usize::from(XARGS.contains(&option));
                continue;
            }
        };
        return (!mark.is_empty()).then_some((mark, from));
    }
}

/// A word with one of what is listed in the place of a mark such as `{}`: `--key '{"id": {"S": "{}"}}'`, `"$API/orders/{}"`.
fn put_in(word: &Shared, mark: &str, one: &Shared) -> Option<Shared> {
    let line = word.line;
    if let Some(text) = word.literal() {
        let (before, behind) = text.split_once(mark)?;
        let text = |it: &str| Expression::text(line, it);
        let parts = vec![text(before), Rc::clone(one), text(behind)];
        return Some(Expression::new(line, Form::Join(parts)));
    }
    let (Form::Text(_) | Form::Join(_)) = &word.form else { return None };
    // The mark stands in the plain text between or behind variables, which the grammar takes apart at its braces.
    let mut pieces: Vec<Shared> = Vec::new();
    let all: Vec<Shared> = match &word.form {
        Form::Text(parts) => parts.iter().map(as_piece).collect(),
        _ => word.children().into_iter().cloned().collect(),
    };
    for it in all {
        let before = pieces.last().and_then(|it| it.literal());
        match before.zip(it.literal()) {
            Some((before, text)) => {
                pieces.pop();
                pieces.push(Expression::text(line, before + &text));
            }
            None => pieces.push(it),
        }
    }
    let is_marked = |it: &Shared| it.literal().is_some_and(|it| it.contains(mark));
    let at = pieces.iter().position(is_marked)?;
    pieces[at] = put_in(&pieces[at], mark, one)?;
    Some(Expression::new(line, Form::Join(pieces)))
}

/// A piece of a text by itself.
fn as_piece(part: &Part) -> Shared {
    match part {
        Part::Plain { text, line, .. } => Expression::text(*line, text.as_str()),
        Part::Hole(hole) => Rc::clone(hole),
    }
}

/// The statement that a command writes once for each line: `grep ^DROP`, `awk '{print "DROP TABLE " $1}'`.
fn statement_of(by: &[Shared]) -> Option<Shared> {
    let line = by.first().map_or(0, |it| it.line);
    let name = plain(by, 0);
    let texts: Vec<String> = by.iter().skip(1).filter_map(|it| it.literal()).collect();
    if name.contains("grep") {
        let is_drop = texts.iter().any(|it| it.trim_start_matches('^').starts_with("DROP"));
        let inverts = texts.iter().any(|it| it.starts_with("-v") || it == "--invert-match");
        return (is_drop && !inverts).then(|| with_name(line, "DROP TABLE "));
    }
    let texts: Vec<String> = match name.as_str() {
        "sed" => texts.iter().filter_map(|it| replacement(it)).collect(),
        "awk" | "gawk" | "mawk" | "perl" | "xargs" => texts,
        // A query that puts statements together.
        _ => by
            .iter()
            .skip(1)
            .map(|it| texts_in(it).join("name"))
            .filter(|it| it.to_lowercase().contains("select"))
            .collect(),
    };
    texts.iter().find_map(|text| {
        let upper = text.to_uppercase();
        [
            "DROP TABLE ",
            "DROP DATABASE ",
            "DROP SCHEMA ",
            "TRUNCATE TABLE ",
            "TRUNCATE ",
            "DELETE FROM ",
        ]
        .iter()
        .find(|it| upper.contains(**it))
        .map(|it| with_name(line, it))
    })
}

/// A statement about something whose name is not known before it runs.
fn with_name(line: u32, statement: &str) -> Shared {
    let name = Expression::new(line, Form::Other(Vec::new()));
    Expression::new(line, Form::Join(vec![Expression::text(line, statement), name]))
}

/// The command that another writes once for each line.
fn command_of(by: &[Shared]) -> Option<Shared> {
    let line = by.first().map_or(0, |it| it.line);
    let texts: Vec<String> = by.iter().skip(1).filter_map(|it| it.literal()).collect();
    match plain(by, 0).as_str() {
        "sed" => texts.iter().find_map(|it| replacement(it)).map(|it| Expression::text(line, it)),
        "awk" | "gawk" | "mawk" => {
            let mut parts = Vec::new();
            for text in &texts {
                let pieces: Vec<&str> = text.split('"').collect();
                for piece in pieces.iter().skip(1).step_by(2) {
                    parts.push(Expression::text(line, *piece));
                    parts.push(Expression::new(line, Form::Other(Vec::new())));
                }
            }
            (!parts.is_empty()).then(|| Expression::new(line, Form::Join(parts)))
        }
        _ => None,
    }
}

/// What `s/PATTERN/REPLACEMENT/` puts in the place of what it meets.
fn replacement(script: &str) -> Option<String> {
    let mut letters = script.strip_prefix('s')?.chars();
    let sign = letters.next().filter(|it| !it.is_alphanumeric() && !it.is_whitespace())?;
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for letter in letters {
        if letter == sign && !is_escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut()
            && letter != '\\'
        {
            part.push(letter);
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    parts.into_iter().nth(1)
}

/// Whether commands list only what is kept no longer: they put it in order, and leave the first of it out, and not only a heading, as
/// `ls -t | tail -n +8` and `sort | head -n -7` do.
pub(super) fn keeps_newest(parts: &[Shared]) -> bool {
    let plain = |it: &Shared| texts(it).into_iter().next().map(|it| it.text).unwrap_or_default();
    let mut is_in_order = false;
    for part in parts {
        let Form::Command(command) = &part.form else { continue };
        let words: Vec<String> = command.words.iter().map(plain).collect();
        let behind = |sign: char| {
            let number = words.iter().skip(1).find_map(|it| {
                it.trim_start_matches("-n").trim_start_matches("--lines=").strip_prefix(sign)
            });
            number.is_some_and(|it| it.parse::<u32>().map_or(!it.is_empty(), |it| it > 2))
        };
        let by_time =
            |it: &String| it.starts_with('-') && !it.starts_with("--") && it.contains('t');
        let keeps = match words.first().map(|it| it.rsplit('/').next().unwrap_or_default()) {
            // What is empty has nothing to lose: `list_empty_namespaces | while read -r it`.
            Some(name) if words::parts(name).iter().any(|it| it == "empty") => return true,
            Some("tail") => behind('+'),
            Some("head") => words.iter().any(|it| it.starts_with("-n")) && behind('-'),
            Some("sort") => {
                is_in_order = true;
                false
            }
            _ => false,
        };
        if keeps && is_in_order {
            return true;
        }
        let sorts = |it: &String| it.contains("sort_by") || it.starts_with("--sort");
        is_in_order |= words.first().is_some_and(|it| it == "ls") && words.iter().any(by_time)
            || words.iter().any(sorts);
    }
    false
}

/// Whether a command writes what it reads into a database.
fn loads(of: &Shared) -> bool {
    let Form::Command(command) = &of.form else { return false };
    let names = ["psql", "mysql", "mariadb", "pg_restore", "mongorestore", "sqlite3"];
    command.words.iter().filter_map(|it| it.literal()).any(|it| names.contains(&it.as_str()))
        && !command
            .words
            .iter()
            .any(|it| it.literal().is_some_and(|it| it.to_lowercase().contains("select")))
}
