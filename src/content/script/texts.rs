//! The texts that an expression may be.

mod same;

use std::cell::Cell;
use std::rc::Rc;

pub(super) use same::same_text;

use super::assembled::lists;
use super::languages::text::percents;
use super::parts::picked;
use super::syntax::{Act, Call, Expression, Form, Part, Shared, Statement, has_one, is_each};
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
    let ways = Ways::whole(of);
    ways.all.iter().filter_map(|way| ways.told(way)).collect()
}

/// What an expression may be but for the first text that it may be: in another branch, or where somebody sets a variable.
pub(super) fn other_ways(of: &Shared) -> Vec<Shared> {
    let mut ways = Ways::whole(of);
    if ways.all.len() < 2 {
        return Vec::new();
    }
    let first = ways.all.iter().position(|way| ways.told(way).is_some()).unwrap_or(0);
    ways.all.remove(first);
    let whole = |way: Vec<Shared>| match way.as_slice() {
        [it] => Rc::clone(it),
        _ => Expression::new(of.line, Form::Join(way)),
    };
    ways.all.into_iter().map(whole).collect()
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

/// Pieces that are looked at and copied for the texts of one expression, at most.
const WORK: usize = 200_000;

/// The same for all expressions of one file.
const WORK_OF_FILE: usize = 10_000_000;

thread_local! {
    /// What is left of [`WORK_OF_FILE`] for the file that this thread reads.
    static LEFT: Cell<usize> = const { Cell::new(WORK_OF_FILE) };
}

/// Begins another file.
pub(super) fn begin() {
    LEFT.set(WORK_OF_FILE);
}

/// Whether texts of the file are so many, and so long, that further ones were not spelled.
pub(super) fn is_spent() -> bool {
    LEFT.get() == 0
}

/// What an expression may be, one of several, each of known and unknown pieces.
struct Ways {
    all: Vec<Vec<Shared>>,
    /// Pieces that may still be looked at and copied; without any, what was spelled is not whole.
    left: usize,
}

impl Ways {
    /// Those of an expression, within what the file may still take.
    fn whole(of: &Shared) -> Ways {
        let may = LEFT.get().min(WORK);
        let ways = Ways::of(of, may, 0);
        LEFT.set(LEFT.get() - (may - ways.left));
        ways
    }

    fn of(of: &Shared, left: usize, depth: usize) -> Ways {
        let mut ways = Ways { all: vec![Vec::new()], left };
        ways.spell(of, depth);
        ways
    }

    /// The text of these pieces; none where no text is known.
    fn told(&self, way: &[Shared]) -> Option<Told> {
        let mut told = Told { is_cut: self.left == 0 || way.len() >= PIECES, ..Told::default() };
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

    fn push(&mut self, it: &Shared) {
        self.all.iter_mut().for_each(|way| way.push(Rc::clone(it)));
    }

    /// Goes on behind these once more.
    fn begin(&mut self, before: &[Vec<Shared>]) {
        self.left = self.left.saturating_sub(before.iter().map(Vec::len).sum());
        self.all = before.to_vec();
    }

    /// Whether there is plain text somewhere in an expression.
    fn has_text(&mut self, of: &Shared) -> bool {
        let looked_at = Cell::new(0);
        let found = has_one(vec![of], STEPS, |it| {
            looked_at.set(looked_at.get() + 1);
            plain(it).next().is_some()
        });
        self.left = self.left.saturating_sub(looked_at.get());
        found
    }

    fn spell(&mut self, of: &Shared, depth: usize) {
        if depth > DEPTH {
            return self.push(of);
        }
        // The same piece may stand in a text any number of times.
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || self.all.iter().any(|it| it.len() >= PIECES) {
            return;
        }
        let depth = depth + 1;
        match &of.form {
            Form::Text(parts) if parts.iter().any(|it| matches!(it, Part::Hole(_))) => {
                for part in parts {
                    match part {
                        Part::Hole(hole) => self.spell(hole, depth),
                        plain => {
                            self.push(&Expression::new(of.line, Form::Text(vec![plain.clone()])))
                        }
                    }
                }
            }
            Form::Join(all) => all.iter().for_each(|it| self.spell(it, depth)),
            // What is certain where it was set says nothing of what it is.
            Form::Outcome { value, .. } => self.spell(value, depth),
            Form::Either(all) => {
                let before = std::mem::take(&mut self.all);
                let mut found = Vec::new();
                for it in all {
                    self.begin(&before);
                    self.spell(it, depth);
                    found.append(&mut self.all);
                    if found.len() >= TEXTS {
                        break;
                    }
                }
                found.truncate(TEXTS);
                self.all = found;
            }
            Form::Choice(_, then, otherwise) => {
                let either = Form::Either(vec![Rc::clone(then), Rc::clone(otherwise)]);
                self.spell(&Expression::new(of.line, either), depth);
            }
            // `given or "..."`.
            Form::Any(all) => {
                self.spell(&Expression::new(of.line, Form::Either(all.clone())), depth)
            }
            Form::Environment(name, Some(default))
                if default.literal().is_some_and(|it| !it.is_empty()) =>
            {
                if is_only_default(name, default) {
                    let bare = Expression::new(of.line, Form::Environment(name.clone(), None));
                    let either = Form::Either(vec![Rc::clone(default), bare]);
                    return self.spell(&Expression::new(of.line, either), depth);
                }
                self.spell(default, depth);
            }
            // One of the pieces of a text: `for statement in SQL.split(";")`.
            Form::Index(on, _)
                if is_each(of)
                    && matches!(&on.form, Form::Call(call)
                    if matches!(&call.callee.form, Form::Member(_, name) if matches!(name.as_str(), "split" | "Split"))) =>
            {
                self.spell(on, depth);
            }
            Form::Index(..) | Form::Call(_) if picked(of).is_some() => {
                let all = picked(of).into_iter().flatten().map(|(_, value)| Rc::clone(value));
                self.spell(&Expression::new(of.line, Form::Either(all.collect())), depth);
            }
            Form::Subshell(block) => match written(block) {
                Some(text) => self.spell(text, depth),
                None => self.push(of),
            },
            Form::Call(call) => self.spell_call(of, call, depth),
            _ => self.push(of),
        }
    }

    fn spell_call(&mut self, of: &Shared, call: &Call, depth: usize) {
        let name = match &call.callee.form {
            Form::Name(name) | Form::Member(_, name) => name.as_str(),
            _ => "",
        };
        let first = call.arguments.first().map(|it| &it.value);
        // `${DIR:?}` is what it stands for.
        if let (Form::Name(_), "required", Some(first)) = (&call.callee.form, name, first)
            && self.has_text(first)
        {
            return self.spell(first, depth);
        }
        // One word for the shell, whatever is in it.
        if let ("escapeshellarg", Some(word)) = (name, first.and_then(|it| it.literal())) {
            return self.push(&Expression::text(of.line, format!("'{word}'")));
        }
        if let (WORD, Some(word)) = (name, first) {
            let quote = Expression::text(of.line, "'");
            let inner = Ways::of(word, self.left, depth);
            self.left = inner.left;
            let has_blanks =
                inner.all.iter().flatten().any(|it| plain(it).any(|it| it.contains(' ')));
            for it in if has_blanks { vec![&quote, word, &quote] } else { vec![word] } {
                self.spell(it, depth);
            }
            return;
        }
        // `new StringBuilder("DROP ").append("TABLE users")`.
        if let (Form::Member(on, _), "append", Some(first)) = (&call.callee.form, name, first)
            && self.has_text(on)
        {
            self.spell(on, depth);
            return self.spell(first, depth);
        }
        if same::gives_back(name) {
            // `", ".join(all)`, `all.join(", ")`.
            if let (Form::Member(on, _), "join", Some(first)) = (&call.callee.form, name, first) {
                let list = if matches!(first.form, Form::List(_)) { first } else { on };
                // `"; ".join(f"TRUNCATE {t}" for t in tables)`.
                if let Form::Other(parts) = &first.form
                    && let [_, body] = parts.as_slice()
                    && self.has_text(body)
                {
                    return self.spell(body, depth);
                }
                let between = if Rc::ptr_eq(list, first) { on } else { first };
                return self.spell_joined(of, list, between, depth);
            }
            // `implode(' ', $all)` of PHP.
            if let (Form::Name(_), "implode", [between, list]) =
                (&call.callee.form, name, call.arguments.as_slice())
            {
                return self.spell_joined(of, &list.value, &between.value, depth);
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
                return self.push(of);
            }
            // `fmt.Sprintf("TRUNCATE TABLE %s", name)`.
            if let Some((first, rest)) = call.arguments.split_first()
                && matches!(name, "Sprintf" | "sprintf" | "format")
                && first.value.literal().is_some_and(|it| it.contains('%'))
            {
                let rest: Vec<Shared> = rest.iter().map(|it| Rc::clone(&it.value)).collect();
                let parts = Form::Text(percents(&first.value, &rest));
                return self.spell(&Expression::new(of.line, parts), depth);
            }
            // `"DROP DATABASE {}".format(name)`: the text is what it is called on.
            if let Form::Member(on, _) = &call.callee.form
                && !matches!(name, "concat" | "join")
                && self.has_text(on)
            {
                return self.spell(on, depth);
            }
            if let Some(first) = first
                && self.has_text(first)
            {
                return self.spell(first, depth);
            }
            if let Form::Member(on, _) = &call.callee.form {
                return self.spell(on, depth);
            }
        }
        self.push(of);
    }

    /// What is made of a list with a text between its elements, whichever of several it is.
    fn spell_joined(&mut self, of: &Shared, list: &Shared, between: &Shared, depth: usize) {
        let mut all = match &list.form {
            Form::List(_) => vec![Rc::clone(list)],
            _ => lists(list).unwrap_or_default(),
        };
        all.retain(|it| match &it.form {
            _ if Rc::ptr_eq(it, list) => true,
            Form::List(all) => all.iter().any(|it| self.has_text(it)),
            _ => false,
        });
        let before = std::mem::take(&mut self.all);
        let mut found = Vec::new();
        for one in all {
            let Form::List(elements) = &one.form else { continue };
            let between = between.literal().unwrap_or_default();
            self.begin(&before);
            for it in elements {
                self.spell(it, depth);
                self.push(&Expression::text(of.line, format!("{between} ")));
            }
            found.append(&mut self.all);
        }
        self.all = found;
        if self.all.is_empty() {
            self.all = before;
            self.push(of);
        }
        self.all.truncate(TEXTS);
    }
}

/// The plain texts that an expression is made of, but for what is known of its holes.
fn plain(of: &Expression) -> impl Iterator<Item = &str> {
    let parts = match &of.form {
        Form::Text(parts) => parts.as_slice(),
        _ => &[],
    };
    parts.iter().filter_map(|part| match part {
        Part::Plain { text, .. } => Some(text.as_str()),
        Part::Hole(_) => None,
    })
}

/// Whether a variable is harmless only where nobody sets it: `${DB_NAME:-app_test}`, `${DATA_DIR:-/tmp/data}`.
fn is_only_default(name: &str, default: &Expression) -> bool {
    let default = default.literal().unwrap_or_default();
    (words::is_development(&default) || words::is_for_a_while(&default))
        && !words::is_development(name)
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
        found.extend(plain(&it).map(str::to_owned));
        open.extend(it.children().into_iter().map(Rc::clone));
    }
    found
}
