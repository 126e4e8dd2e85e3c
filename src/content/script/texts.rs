//! The texts that an expression may be.

use std::rc::Rc;

use super::assembled::lists;
use super::languages::text::percents;
use super::parts::picked;
use super::syntax::{Act, Call, Expression, Form, Part, Shared, Statement, is_each};
use super::tree::{Origin, mark};
use super::value::{DEPTH, STEPS};
use super::words;

/// Texts that one expression may be, at most.
const TEXTS: usize = 6;

/// Pieces of the longest text.
const PIECES: usize = 50_000;

/// Bytes of the longest text: those of the largest file.
const LONGEST: usize = super::MAX_SIZE;

/// The function that stands for making one word of the shell of what it is given.
pub(super) const WORD: &str = "%word";

/// A text that an expression may be, with marks for what is not known of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub(super) text: String,
    /// More belongs to it than is kept.
    pub(super) is_cut: bool,
    pub(super) origin: Origin,
}

impl Told {
    pub(super) fn add(&mut self, text: &str, line: u32, is_spread: bool) {
        if self.text.len() + text.len() > LONGEST {
            self.is_cut = true;
            return;
        }
        self.origin.lines.push((self.text.len(), line, is_spread));
        self.text.push_str(text);
    }

    pub(super) fn hole(&mut self, of: &Shared) {
        let text = mark(self.origin.holes.len());
        self.origin.holes.push(Rc::clone(of));
        self.add(&text, of.line, false);
    }
}

/// The texts that an expression may be; none where it has no plain text in it at all.
pub(super) fn texts(of: &Shared) -> Vec<Told> {
    ways(of).iter().filter_map(|way| told(way)).collect()
}

/// What an expression may be, one of several, each of known and unknown pieces.
fn ways(of: &Shared) -> Vec<Vec<Shared>> {
    let mut ways: Vec<Vec<Shared>> = vec![Vec::new()];
    spell(of, &mut ways, 0);
    ways
}

/// What an expression may be but for the first text that it may be: in another branch, or where somebody sets a variable.
pub(super) fn other_ways(of: &Shared) -> Vec<Shared> {
    let mut ways = ways(of);
    if ways.len() < 2 {
        return Vec::new();
    }
    let first = ways.iter().position(|way| told(way).is_some()).unwrap_or(0);
    ways.remove(first);
    let whole = |way: Vec<Shared>| match way.as_slice() {
        [it] => Rc::clone(it),
        _ => Expression::new(of.line, Form::Join(way)),
    };
    ways.into_iter().map(whole).collect()
}

/// The text of these pieces; none where no text is known.
fn told(way: &[Shared]) -> Option<Told> {
    let mut told = Told { is_cut: way.len() >= PIECES, ..Told::default() };
    let mut is_told = false;
    for piece in way {
        match &piece.form {
            Form::Text(parts) => {
                for part in parts {
                    if let Part::Plain { text, line, is_spread } = part {
                        told.add(text, *line, *is_spread);
                        is_told = true;
                    }
                }
            }
            Form::Number(text) => told.add(text, piece.line, false),
            _ => told.hole(piece),
        }
    }
    is_told.then_some(told)
}

/// Functions that give back the text that they are given, or one like it.
const SAME_TEXT: &[&str] = &[
    "text",
    "sql",
    "SQL",
    "raw",
    "RawSQL",
    "dedent",
    "strip",
    "lstrip",
    "rstrip",
    "trim",
    "encode",
    "decode",
    "join",
    "implode",
    "str",
    "String",
    "format",
    "lower",
    "upper",
    "squish",
    "strip_heredoc",
    "split",
    "literal_column",
    "TextClause",
    "DDL",
    "quote",
    "replace",
    "replaceAll",
    "gsub",
    "substitute",
    "safe_substitute",
    "Template",
    "downcase",
    "upcase",
    "toLowerCase",
    "toUpperCase",
    "TrimSpace",
    "Split",
    "ReplaceAll",
    "StringBuilder",
    "StringBuffer",
    "Sprintf",
    "sprintf",
    "literal",
    "Literal",
    "concat",
    "valueOf",
    "toString",
    "unprepared",
    "to_s",
    "freeze",
    // Of paths.
    "Path",
    "resolve",
    "absolute",
    "abspath",
    "expanduser",
    "normpath",
    "realpath",
    "normalize",
];

/// What a function is given that gives back the same text, or one like it.
pub(super) fn same_text(call: &Call) -> Option<&Shared> {
    let (on, name) = match &call.callee.form {
        Form::Name(name) => (None, name.as_str()),
        Form::Member(on, name) => (Some(on), name.as_str()),
        _ => return None,
    };
    let given = call.arguments.first().map(|it| &it.value).or(on);
    given.filter(|_| SAME_TEXT.contains(&name))
}

/// The text that a process writes as it stands: `$(cat <<EOF ... EOF)`.
fn written(block: &[Statement]) -> Option<&Shared> {
    let [Statement { act: Act::Run(it), .. }] = block else { return None };
    let it = match &it.form {
        Form::Either(all) if all.len() == 1 => &all[0],
        _ => it,
    };
    let Form::Command(command) = &it.form else { return None };
    let is_cat =
        matches!(command.words.as_slice(), [cat] if cat.literal().as_deref() == Some("cat"));
    command.input.as_ref().filter(|_| is_cat)
}

fn push(ways: &mut [Vec<Shared>], it: &Shared) {
    for way in ways {
        way.push(Rc::clone(it));
    }
}

fn spell(of: &Shared, ways: &mut Vec<Vec<Shared>>, depth: usize) {
    if depth > DEPTH {
        return push(ways, of);
    }
    // The same piece may stand in a text any number of times.
    if ways.iter().any(|it| it.len() >= PIECES) {
        return;
    }
    let depth = depth + 1;
    match &of.form {
        Form::Text(parts) if parts.iter().any(|it| matches!(it, Part::Hole(_))) => {
            for part in parts {
                match part {
                    Part::Hole(hole) => spell(hole, ways, depth),
                    plain => push(ways, &Expression::new(of.line, Form::Text(vec![plain.clone()]))),
                }
            }
        }
        Form::Join(all) => all.iter().for_each(|it| spell(it, ways, depth)),
        // What is certain where it was set says nothing of what it is.
        Form::Outcome { value, .. } => spell(value, ways, depth),
        Form::Either(all) => {
            let before = std::mem::take(ways);
            for it in all {
                let mut branch = before.clone();
                spell(it, &mut branch, depth);
                ways.extend(branch);
                if ways.len() >= TEXTS {
                    break;
                }
            }
            ways.truncate(TEXTS);
        }
        Form::Choice(_, then, otherwise) => {
            let either = Form::Either(vec![Rc::clone(then), Rc::clone(otherwise)]);
            spell(&Expression::new(of.line, either), ways, depth);
        }
        // `given or "..."`.
        Form::Any(all) => spell(&Expression::new(of.line, Form::Either(all.clone())), ways, depth),
        Form::Environment(name, Some(default))
            if default.literal().is_some_and(|it| !it.is_empty()) =>
        {
            if is_only_default(name, default) {
                let bare = Expression::new(of.line, Form::Environment(name.clone(), None));
                let either = Form::Either(vec![Rc::clone(default), bare]);
                return spell(&Expression::new(of.line, either), ways, depth);
            }
            spell(default, ways, depth);
        }
        // One of the pieces of a text: `for statement in SQL.split(";")`.
        Form::Index(on, _)
            if is_each(of)
                && matches!(&on.form, Form::Call(call)
                    if matches!(&call.callee.form, Form::Member(_, name) if matches!(name.as_str(), "split" | "Split"))) =>
        {
            spell(on, ways, depth);
        }
        Form::Index(..) | Form::Call(_) if picked(of).is_some() => {
            let all = picked(of).into_iter().flatten().map(|(_, value)| Rc::clone(value));
            spell(&Expression::new(of.line, Form::Either(all.collect())), ways, depth);
        }
        Form::Subshell(block) => match written(block) {
            Some(text) => spell(text, ways, depth),
            None => push(ways, of),
        },
        Form::Call(call) => spell_call(of, call, ways, depth),
        _ => push(ways, of),
    }
}

/// Whether a variable is harmless only where nobody sets it: `${DB_NAME:-app_test}`, `${DATA_DIR:-/tmp/data}`.
fn is_only_default(name: &str, default: &Expression) -> bool {
    let default = default.literal().unwrap_or_default();
    (words::is_development(&default) || words::is_for_a_while(&default))
        && !words::is_development(name)
}

fn spell_call(of: &Shared, call: &Call, ways: &mut Vec<Vec<Shared>>, depth: usize) {
    let name = match &call.callee.form {
        Form::Name(name) | Form::Member(_, name) => name.as_str(),
        _ => "",
    };
    let first = call.arguments.first().map(|it| &it.value);
    // `${DIR:?}` is what it stands for.
    if let (Form::Name(_), "required", Some(first)) = (&call.callee.form, name, first)
        && !texts_in(first).is_empty()
    {
        return spell(first, ways, depth);
    }
    // One word for the shell, whatever is in it.
    if let ("escapeshellarg", Some(word)) = (name, first.and_then(|it| it.literal())) {
        return push(ways, &Expression::text(of.line, format!("'{word}'")));
    }
    if let (WORD, Some(word)) = (name, first) {
        let quote = Expression::text(of.line, "'");
        let has_blanks = texts(word).iter().any(|it| it.text.contains(' '));
        for it in if has_blanks { vec![&quote, word, &quote] } else { vec![word] } {
            spell(it, ways, depth);
        }
        return;
    }
    // `new StringBuilder("DROP ").append("TABLE users")`.
    if let (Form::Member(on, _), "append", Some(first)) = (&call.callee.form, name, first)
        && !texts_in(on).is_empty()
    {
        spell(on, ways, depth);
        return spell(first, ways, depth);
    }
    if SAME_TEXT.contains(&name) {
        // `", ".join(all)`, `all.join(", ")`.
        if let (Form::Member(on, _), "join", Some(first)) = (&call.callee.form, name, first) {
            let list = if matches!(first.form, Form::List(_)) { first } else { on };
            // `"; ".join(f"TRUNCATE {t}" for t in tables)`.
            if let Form::Other(parts) = &first.form
                && let [_, body] = parts.as_slice()
                && !texts_in(body).is_empty()
            {
                return spell(body, ways, depth);
            }
            let between = if Rc::ptr_eq(list, first) { on } else { first };
            return spell_joined(of, list, between, ways, depth);
        }
        // `implode(' ', $all)` of PHP.
        if let (Form::Name(_), "implode", [between, list]) =
            (&call.callee.form, name, call.arguments.as_slice())
        {
            return spell_joined(of, &list.value, &between.value, ways, depth);
        }
        // What is joined is not known: `names.join(", ")`, `", ".join(names)`.
        let is_between = |it: &Expression| {
            it.literal().is_some_and(|it| !it.contains(|c: char| c.is_alphanumeric()))
        };
        if let (Form::Member(on, _), "join", Some(first)) = (&call.callee.form, name, first)
            && (is_between(on)
                || is_between(first)
                    && !matches!(&on.form, Form::Name(it) | Form::Member(_, it) if it == "path"))
        {
            return push(ways, of);
        }
        // `fmt.Sprintf("TRUNCATE TABLE %s", name)`.
        if let Some((first, rest)) = call.arguments.split_first()
            && matches!(name, "Sprintf" | "sprintf" | "format")
            && first.value.literal().is_some_and(|it| it.contains('%'))
        {
            let rest: Vec<Shared> = rest.iter().map(|it| Rc::clone(&it.value)).collect();
            let parts = Form::Text(percents(&first.value, &rest));
            return spell(&Expression::new(of.line, parts), ways, depth);
        }
        // `"DROP DATABASE {}".format(name)`: the text is what it is called on.
        if let Form::Member(on, _) = &call.callee.form
            && !matches!(name, "concat" | "join")
            && !texts_in(on).is_empty()
        {
            return spell(on, ways, depth);
        }
        if let Some(first) = first
            && !texts_in(first).is_empty()
        {
            return spell(first, ways, depth);
        }
        if let Form::Member(on, _) = &call.callee.form {
            return spell(on, ways, depth);
        }
    }
    push(ways, of);
}

/// What is made of a list with a text between its elements, whichever of several it is.
fn spell_joined(
    of: &Shared,
    list: &Shared,
    between: &Shared,
    ways: &mut Vec<Vec<Shared>>,
    depth: usize,
) {
    let all = match &list.form {
        Form::List(_) => vec![Rc::clone(list)],
        _ => lists(list).unwrap_or_default(),
    };
    let is_told = |it: &Shared| matches!(&it.form, Form::List(all) if all.iter().any(|it| !texts_in(it).is_empty()));
    let before = std::mem::take(ways);
    for one in all.iter().filter(|it| Rc::ptr_eq(it, list) || is_told(it)) {
        let Form::List(elements) = &one.form else { continue };
        let between = between.literal().unwrap_or_default();
        let mut branch = before.clone();
        for it in elements {
            spell(it, &mut branch, depth);
            let between = Expression::text(of.line, format!("{between} "));
            spell(&between, &mut branch, depth);
        }
        ways.extend(branch);
    }
    if ways.is_empty() {
        *ways = before;
        push(ways, of);
    }
    ways.truncate(TEXTS);
}

/// The plain texts somewhere in an expression.
pub(super) fn texts_in(of: &Shared) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![Rc::clone(of)];
    let mut left = STEPS;
    while let Some(it) = open.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        if let Form::Text(parts) = &it.form {
            found.extend(parts.iter().filter_map(|part| match part {
                Part::Plain { text, .. } => Some(text.clone()),
                Part::Hole(_) => None,
            }));
        }
        open.extend(it.children().into_iter().map(Rc::clone));
    }
    found
}
