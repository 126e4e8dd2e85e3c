//! Units of systemd: what a service runs when it starts, reloads and stops. Words are split as systemd does, by no shell.

use super::{Hosted, SHELLS, as_text, is_for_tests, only_if, process, run, task, whatever};
use crate::content::script::model::Reach;
use crate::content::script::syntax::{
    Act, Block, Command, Comparison, Expression, Form, Shared, Statement,
};
use crate::content::script::value::Told;

/// Settings that name commands, those of one start after each other.
const AT_START: &[&str] = &["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"];

/// Those that run when somebody or something reloads or stops it.
const LATER: &[&str] = &["ExecReload", "ExecStop", "ExecStopPost"];

/// Commands of one file, at most.
const MOST: usize = 500;

/// Directories that specifiers stand for (systemd.unit, "Specifiers").
const DIRECTORIES: &[(char, &str)] = &[
    ('t', "/run"),
    ('S', "/var/lib"),
    ('C', "/var/cache"),
    ('L', "/var/log"),
    ('E', "/etc"),
    ('T', "/tmp"),
    ('V', "/var/tmp"),
    ('h', "~"),
    ('%', "%"),
];

/// A letter of a setting, and the line it is on.
type Letter = (char, u32);

/// A setting, with its section.
struct Setting {
    section: String,
    name: String,
    value: Vec<Letter>,
    line: u32,
}

/// The program that a unit is; none where it has no service.
pub(super) fn read(path: &str, text: &str) -> Option<Hosted> {
    let file = path.rsplit('/').next().unwrap_or_default();
    let settings = settings(text);
    if !settings.iter().any(|it| it.section == "Service") || is_for_tests(file) {
        return None;
    }
    let mut hosted = Hosted::default();
    hosted.program.stops_on_failure = true;
    let names = names(&settings);
    let mut start: Block = settings.iter().filter_map(condition).collect();
    start.extend(names.clone());
    for kind in AT_START {
        start.extend(commands(&settings, kind));
    }
    let line = |of: &Block| of.first().map_or(1, |it| it.line);
    let at = line(&start);
    hosted.program.body.push(task("start", at, Vec::new(), start, Some(Reach::Start)));
    for kind in LATER {
        let inner = commands(&settings, kind);
        if !inner.is_empty() {
            let at = line(&inner);
            let body = names.iter().cloned().chain(inner).collect();
            hosted.program.body.push(task(kind, at, Vec::new(), body, Some(Reach::Task)));
        }
    }
    Some(hosted)
}

/// The settings of a unit, those that go over several lines put together.
fn settings(text: &str) -> Vec<Setting> {
    let mut all: Vec<Setting> = Vec::new();
    let mut section = String::new();
    let mut goes_on = false;
    for (line, whole) in (1_u32..).zip(text.lines()) {
        let bare = whole.trim();
        if bare.starts_with(['#', ';']) {
            continue;
        }
        let (plain, more) = match whole.strip_suffix('\\') {
            Some(plain) => (plain, true),
            None => (whole, false),
        };
        let letters = |of: &str| of.chars().map(|c| (c, line)).collect::<Vec<Letter>>();
        if goes_on {
            if let Some(last) = all.last_mut() {
                last.value.push((' ', line));
                last.value.extend(letters(plain));
            }
        } else if let Some(name) = bare.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((name, value)) = plain.split_once('=') {
            let (name, value) = (name.trim().to_owned(), letters(value.trim()));
            all.push(Setting { section: section.clone(), name, value, line });
        } else {
            continue;
        }
        goes_on = more;
    }
    all
}

/// `ConditionEnvironment=APP_ENV=development`: else the unit is passed over.
fn condition(of: &Setting) -> Option<Statement> {
    let text: String = of.value.iter().map(|(c, _)| *c).collect();
    let (name, value) = text.split_once('=')?;
    if of.section != "Unit" || !matches!(&*of.name, "ConditionEnvironment" | "AssertEnvironment") {
        return None;
    }
    let (name, is_not) = name.strip_prefix('!').map_or((name, false), |it| (it, true));
    let variable = Expression::new(of.line, Form::Environment(name.to_owned(), None));
    let value = Expression::text(of.line, value);
    let equal = Expression::new(of.line, Form::Compare(Comparison::Equal, variable, value));
    Some(only_if(of.line, if is_not { Expression::new(of.line, Form::Not(equal)) } else { equal }))
}

/// `Environment="NAME=value" OTHER=value`.
fn names(settings: &[Setting]) -> Block {
    let of_service = settings.iter().filter(|it| it.section == "Service");
    let mut all = Block::new();
    for it in of_service.filter(|it| it.name == "Environment") {
        for word in words(&it.value).into_iter().take(MOST) {
            if let Some((name, value)) = word.text.split_once('=')
                && word.origin.holes.is_empty()
            {
                let value = Expression::text(it.line, value);
                all.push(Statement { line: it.line, act: Act::Set(name.to_owned(), value) });
            }
        }
    }
    all
}

/// The commands of all settings of this name. One without a value takes back those before it.
fn commands(settings: &[Setting], kind: &str) -> Block {
    let mut all: Vec<Shared> = Vec::new();
    for it in settings.iter().filter(|it| it.section == "Service" && it.name == kind) {
        if it.value.iter().all(|(c, _)| c.is_whitespace()) {
            all.clear();
        }
        let words = words(&it.value);
        for one in words.split(|it| it.text == ";") {
            if all.len() < MOST {
                all.extend(command(one));
            }
        }
    }
    all.into_iter().map(run).collect()
}

/// One command. What stands before its name says how it is run, not what.
fn command(words: &[Told]) -> Option<Shared> {
    let (first, rest) = words.split_first()?;
    let line = first.origin.line(first.text.as_bytes(), 0);
    let program = first.text.trim_start_matches(['-', '@', ':', '+', '!', '|']);
    let marks = first.text.get(..first.text.len() - program.len()).unwrap_or_default();
    // The second word is what the program is called for itself.
    let rest = rest.get(usize::from(marks.contains('@'))..).unwrap_or_default();
    let mut name = Told::default();
    super::copy(&mut name, first, marks.len(), first.text.len());
    let ran = if marks.contains('|') {
        let mut told = name;
        for it in rest {
            told.add(" ", line, false);
            super::join(&mut told, it);
        }
        process(line, &told, Vec::new(), false)?
    } else if let Some((told, is_strict)) = for_shell(program, rest) {
        process(line, told, Vec::new(), is_strict)?
    } else {
        let words = std::iter::once(&name).chain(rest).map(unescaped);
        let words = words.map(|it| as_text(it.origin.line(it.text.as_bytes(), 0), it)).collect();
        Expression::new(line, Form::Command(Command { words, ..Command::default() }))
    };
    Some(if marks.contains('-') { whatever(ran) } else { ran })
}

/// What `sh -c TEXT` hands to a shell, and whether that ends where something fails.
fn for_shell<'a>(program: &str, rest: &'a [Told]) -> Option<(&'a Told, bool)> {
    let name = program.rsplit('/').next().unwrap_or_default();
    let (flags, rest) = rest.split_first().filter(|_| SHELLS.contains(&name))?;
    let is_text = flags.text.starts_with('-') && flags.text.ends_with('c');
    Some((rest.first().filter(|_| is_text)?, flags.text.contains('e')))
}

/// `\;` is a word that separates nothing.
fn unescaped(word: &Told) -> Told {
    if word.text == "\\;" {
        let mut plain = Told::default();
        plain.add(";", word.origin.line(word.text.as_bytes(), 0), false);
        return plain;
    }
    word.clone()
}

/// The words of a command line, with what the environment says as holes.
fn words(value: &[Letter]) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    let mut open: Option<Told> = None;
    let mut quote: Option<char> = None;
    let mut at = 0;
    while let Some(&(c, line)) = value.get(at) {
        at += 1;
        match c {
            _ if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => {
                quote = Some(c);
                open.get_or_insert_default();
            }
            _ if c.is_whitespace() && quote.is_none() => all.extend(open.take()),
            '\\' => {
                at +=
                    escaped(value.get(at..).unwrap_or_default(), line, open.get_or_insert_default())
            }
            '$' => {
                let rest = value.get(at..).unwrap_or_default();
                let is_first = open.is_none();
                at += variable(rest, line, is_first, open.get_or_insert_default());
            }
            '%' => {
                let word = open.get_or_insert_default();
                let known = value.get(at).map(|(c, _)| *c);
                let known = DIRECTORIES.iter().find(|(it, _)| Some(*it) == known);
                word.add(known.map_or("%", |(_, text)| text), line, false);
                at += usize::from(known.is_some());
            }
            _ => {
                let rest = value.get(at..).unwrap_or_default();
                let is_plain = |it: &&Letter| {
                    let is_end = it.0.is_whitespace() && quote.is_none();
                    it.1 == line && !is_end && !"\"'\\$%".contains(it.0)
                };
                let plain =
                    std::iter::once(c).chain(rest.iter().take_while(is_plain).map(|it| it.0));
                let plain: String = plain.collect();
                at += plain.chars().count() - 1;
                open.get_or_insert_default().add(&plain, line, false);
            }
        }
    }
    all.extend(open);
    all
}

/// Adds what follows a backslash. How many letters that are.
fn escaped(rest: &[Letter], line: u32, to: &mut Told) -> usize {
    let Some((c, _)) = rest.first() else { return 0 };
    let text = match c {
        'n' => "\n",
        't' => "\t",
        's' => " ",
        '\\' => "\\",
        '"' => "\"",
        '\'' => "'",
        // Anything else is for the program, or for the shell that is started.
        _ => {
            to.add("\\", line, false);
            return 0;
        }
    };
    to.add(text, line, false);
    1
}

/// Adds what a `$` is: `$$` a plain one, `${NAME}` and a word `$NAME` what the environment says. How many letters that are.
fn variable(rest: &[Letter], line: u32, is_first: bool, to: &mut Told) -> usize {
    let is_of_name = |it: &Letter| it.0.is_ascii_alphanumeric() || it.0 == '_';
    let brace = usize::from(rest.first().is_some_and(|it| it.0 == '{'));
    if rest.first().is_some_and(|it| it.0 == '$') {
        to.add("$", line, false);
        return 1;
    }
    let after = rest.get(brace..).unwrap_or_default();
    let name: String = after.iter().take_while(|it| is_of_name(it)).map(|it| it.0).collect();
    let behind = after.get(name.len()).map(|it| it.0);
    let is_whole = match brace {
        0 => is_first && behind.is_none_or(char::is_whitespace),
        _ => behind == Some('}'),
    };
    if name.is_empty() || !is_whole {
        to.add("$", line, false);
        return 0;
    }
    let length = name.len() + 2 * brace;
    to.hole(&Expression::new(line, Form::Environment(name, None)));
    length
}
