//! What names stand for where they are used.

use std::collections::HashMap;
use std::rc::Rc;

use super::guards::called;
use super::parts::{asked_of_environment, element, element_of_environment, field, given_back, got};
use super::syntax::{
    Act, Argument, Block, Call, Command, Expression, Form, Function, Part, Shared, Statement,
};
pub(super) use super::texts::{Told, other_ways, same_text, texts, texts_in};
use super::words;

/// What names stand for.
pub(super) type Names = HashMap<String, Shared>;

/// What calls of functions of the file gave back the last time, by where the calls are; these are kept, so that nothing else is there.
pub(super) type Returned = HashMap<*const Expression, (Shared, Shared)>;

/// Expressions that are looked at to tell what one stands for; a larger one stands for itself.
pub(super) const STEPS: usize = 2_000;

/// As many of them a call counts for that makes a list out of another, which copies the names.
const MAP: usize = 50;

/// Elements of a list of which one text is made, each behind those before.
const FOLDED: usize = 4;

/// Elements of a list of which each is looked at, and remembered.
pub(super) const LONGEST: usize = 50;

/// The deepest of these.
pub(super) const DEPTH: usize = 60;

/// The function that stands for taking apart what the caller said; what is called on it has that name.
pub(super) const ARGUMENTS: &str = "%arguments";

/// The name under which a function is given all options at once, each for the parameter that is called so.
pub(super) const OPTIONS: &str = "**";

/// What it is kept under, before its class, that an object was made of it.
pub(super) const OBJECT: &str = "%object.";

/// The method that gives back what the query before it asked.
pub(super) const FETCHES: &str = "fetchone";

/// What a variable of the environment that the program itself sets is kept under, before its name.
pub(super) const ENVIRONMENT: &str = "process.env.";

/// An expression with what its names stand for in their place.
pub(super) fn resolved(of: &Shared, names: &Names, returned: &Returned, is_shell: bool) -> Shared {
    let mut work = Resolve { names, returned, is_shell, left: STEPS };
    work.of(of, 0)
}

struct Resolve<'a> {
    names: &'a Names,
    returned: &'a Returned,
    /// What nothing in the file sets comes out of the environment.
    is_shell: bool,
    left: usize,
}

impl Resolve<'_> {
    fn of(&mut self, of: &Shared, depth: usize) -> Shared {
        if self.left == 0 || depth > DEPTH {
            return Rc::clone(of);
        }
        self.left -= 1;
        let depth = depth + 1;
        let form = match &of.form {
            Form::Name(name) => match self.names.get(name) {
                Some(value) => return Rc::clone(value),
                None if self.is_shell => Form::Environment(name.clone(), None),
                None => return Rc::clone(of),
            },
            Form::Environment(name, default) => {
                if self.is_shell
                    && let Some(value) = self.names.get(name)
                {
                    // `${answer:-y}`: whoever answers nothing says this.
                    return match default.as_ref().filter(|_| is_asked(value)) {
                        Some(default) => {
                            let ways = vec![Rc::clone(value), self.of(default, depth)];
                            Expression::new(of.line, Form::Any(ways))
                        }
                        None => Rc::clone(value),
                    };
                }
                if !self.is_shell
                    && let Some(value) = self.names.get(&format!("{ENVIRONMENT}{name}"))
                {
                    return Rc::clone(value);
                }
                Form::Environment(name.clone(), default.as_ref().map(|it| self.of(it, depth)))
            }
            Form::Argument(name) if self.is_shell => match self.names.get(&format!("${name}")) {
                Some(value) => return Rc::clone(value),
                None => return Rc::clone(of),
            },
            Form::Member(on, name) => {
                if let Some(value) = way(of).and_then(|it| self.names.get(&it)) {
                    return Rc::clone(value);
                }
                if let Some((_, value)) = self.returned.get(&Rc::as_ptr(of)) {
                    return Rc::clone(value);
                }
                let on = self.of(on, depth);
                match field(&on, name).or_else(|| self.field_of_object(&on, name)) {
                    Some(value) => return value,
                    None => Form::Member(on, name.clone()),
                }
            }
            Form::Text(parts) if matches!(parts.as_slice(), [Part::Hole(_)]) => match &parts[0] {
                Part::Hole(hole) => return self.of(hole, depth),
                Part::Plain { .. } => return Rc::clone(of),
            },
            Form::Text(parts) if parts.iter().any(|it| matches!(it, Part::Hole(_))) => Form::Text(
                parts
                    .iter()
                    .map(|part| match part {
                        Part::Hole(hole) => Part::Hole(self.of(hole, depth)),
                        Part::Plain { .. } => part.clone(),
                    })
                    .collect(),
            ),
            Form::Index(on, by) => {
                let (known, by) = (self.of(on, depth), self.of(by, depth));
                // A map that is filled as the program runs is known by its name.
                let on = match &known.form {
                    Form::Map(pairs) if pairs.is_empty() => Rc::clone(on),
                    _ => known,
                };
                match element(&on, &by) {
                    Some(value) => return value,
                    None => match element_of_environment(&on, &by) {
                        Some(form) => return self.set_here(Expression::new(of.line, form)),
                        None => Form::Index(on, by),
                    },
                }
            }
            Form::Call(call) => {
                if let Some((_, value)) = self.returned.get(&Rc::as_ptr(of)) {
                    return Rc::clone(value);
                }
                // Behind a query, where it is known what that asks.
                if let Form::Member(_, name) = &call.callee.form
                    && name == FETCHES
                    && let Some(value) = way(&call.callee).and_then(|it| self.names.get(&it))
                {
                    return Rc::clone(value);
                }
                let call = self.call(call, depth);
                if let Some(same) = given_back(&call) {
                    return Rc::clone(same);
                }
                if let Some(form) = asked_of_environment(&call) {
                    return self.set_here(Expression::new(of.line, form));
                }
                let made = got(&call).or_else(|| self.mapped(&call, of.line, depth));
                match made.or_else(|| self.folded(&call, depth)) {
                    Some(value) => return value,
                    None => Form::Call(call),
                }
            }
            Form::Command(command) => Form::Command(Command {
                words: self.all(&command.words, depth),
                input: command.input.as_ref().map(|it| self.of(it, depth)),
                file: command.file.as_ref().map(|it| self.of(it, depth)),
                ..command.clone()
            }),
            Form::Not(it) => Form::Not(self.of(it, depth)),
            Form::Compare(comparison, left, right) => {
                Form::Compare(*comparison, self.of(left, depth), self.of(right, depth))
            }
            Form::Map(pairs) => Form::Map(
                pairs
                    .iter()
                    .map(|(key, value)| (self.of(key, depth), self.of(value, depth)))
                    .collect(),
            ),
            Form::Choice(test, then, otherwise) => {
                Form::Choice(self.of(test, depth), self.of(then, depth), self.of(otherwise, depth))
            }
            Form::Set(name, value) => Form::Set(name.clone(), self.of(value, depth)),
            Form::Pipe(all) => Form::Pipe(self.all(all, depth)),
            Form::All(all) => Form::All(self.all(all, depth)),
            Form::Any(all) => Form::Any(self.all(all, depth)),
            Form::Join(all) => Form::Join(self.all(all, depth)),
            Form::List(all) => Form::List(self.all(all, depth)),
            Form::Other(all) => Form::Other(self.all(all, depth)),
            Form::Either(all) => match all.as_slice() {
                [one] => return self.of(one, depth),
                _ => Form::Either(self.all(all, depth)),
            },
            Form::Subshell(block) => match self.said_again(block, depth) {
                Some(block) => Form::Subshell(Rc::new(block)),
                None => return Rc::clone(of),
            },
            _ => return Rc::clone(of),
        };
        Expression::new(of.line, form)
    }

    /// What the environment says, or what the program itself has set there.
    fn set_here(&self, of: Shared) -> Shared {
        let set = match &of.form {
            Form::Environment(name, _) => self.names.get(&format!("{ENVIRONMENT}{name}")),
            _ => None,
        };
        set.map_or(of, Rc::clone)
    }

    /// Commands that read what others wrote before, as these are: `$(echo "$orders" | jq -r '.[].id')` where `orders=$(curl ...)`.
    fn said_again(&mut self, block: &Block, depth: usize) -> Option<Block> {
        let [Statement { line, act: Act::Run(run) }] = block.as_slice() else { return None };
        let pipe = std::slice::from_ref(run);
        let all = if let Form::Pipe(all) = &run.form { all.as_slice() } else { pipe };
        let (first, rest) = all.split_first()?;
        let Form::Command(command) = &first.form else { return None };
        let says =
            command.words.first()?.literal().is_some_and(|it| it == "echo" || it == "printf");
        let written = if says { command.words.last() } else { command.input.as_ref() };
        let value = self.of(written?, depth);
        // What those read in their turn is not looked for: a text that is said again and again would grow and grow.
        if !matches!(&value.form, Form::Subshell(block) if !reads_again(block)) {
            return None;
        }
        let mut command = command.clone();
        match says {
            true => *command.words.last_mut()? = value,
            false => command.input = Some(value),
        }
        let mut all = vec![Expression::new(first.line, Form::Command(command))];
        all.extend(rest.iter().cloned());
        let act = Act::Run(Expression::new(run.line, Form::Pipe(all)));
        Some(vec![Statement { line: *line, act }])
    }

    /// What a field of an object of a class of the file is.
    fn field_of_object(&self, on: &Expression, name: &str) -> Option<Shared> {
        let Form::Call(made) = &on.form else { return None };
        let Form::Name(class) = &made.callee.form else { return None };
        let itself = self.names.get(&format!("{OBJECT}{class}"))?.literal()?;
        self.names.get(&format!("{itself}{name}")).map(Rc::clone)
    }

    /// What a function makes of each of a list: `[a, b].map((it) => ...)`, `array_map(fn, list)`.
    fn mapped(&mut self, call: &Call, line: u32, depth: usize) -> Option<Shared> {
        let arguments: Vec<&Shared> = call.arguments.iter().map(|it| &it.value).collect();
        let (list, function) = match (&call.callee.form, arguments.as_slice(), &call.block) {
            (Form::Member(on, name), [], Some(block)) if is_map(name) => (on, block),
            (Form::Member(on, name), [one], None) if is_map(name) => match &one.form {
                Form::Lambda(function) => (on, function),
                _ => return None,
            },
            (Form::Name(name), [one, list], None) if is_map(name) => match &one.form {
                Form::Lambda(function) => (*list, function),
                _ => return None,
            },
            _ => return None,
        };
        let parameter = function.parameters.first()?;
        let (taken, value) = given_by(function)?;
        // What runs is gone through, and not looked at.
        if matches!(&value.form, Form::Call(it) if same_text(it).is_none()) {
            return None;
        }
        let each = match &list.form {
            Form::List(all) if (1..=LONGEST).contains(&all.len()) => all.clone(),
            // One for all of them, where it makes a text.
            Form::List(_) => return None,
            _ if !matches!(value.form, Form::Text(_) | Form::Join(_)) => return None,
            _ => vec![Expression::each(list)],
        };
        self.left = self.left.saturating_sub(MAP);
        let mut names = self.names.clone();
        let mut all = Vec::with_capacity(each.len());
        for one in each {
            names.insert(parameter.name.clone(), one);
            self.take_apart(taken, &mut names, depth);
            let mut inner = Resolve { names: &names, left: self.left, ..*self };
            all.push(inner.of(value, depth));
            self.left = inner.left;
        }
        Some(Expression::new(line, Form::List(all)))
    }

    /// Lets names stand for parts of what a function is given: `({ name }) => ...`.
    fn take_apart(&mut self, taken: &[Statement], names: &mut Names, depth: usize) {
        for it in taken {
            let Act::Set(name, value) = &it.act else { continue };
            let mut inner = Resolve { names, left: self.left, ..*self };
            let value = inner.of(value, depth);
            self.left = inner.left;
            names.insert(name.clone(), value);
        }
    }

    /// The text that a function makes of all of a list, of what it made of those before: `tables.reduce((all, it) => all + ..., '')`.
    fn folded(&mut self, call: &Call, depth: usize) -> Option<Shared> {
        let Form::Member(on, name) = &call.callee.form else { return None };
        let [function, start] = call.arguments.as_slice() else { return None };
        let Form::Lambda(function) = &function.value.form else { return None };
        let [whole, one, ..] = function.parameters.as_slice() else { return None };
        let (taken, value) = given_by(function)?;
        if name != "reduce"
            || start.value.literal().is_none()
            || !matches!(value.form, Form::Text(_) | Form::Join(_))
        {
            return None;
        }
        let each = match &on.form {
            Form::List(all) => all.iter().take(FOLDED).cloned().collect(),
            _ => vec![Expression::each(on)],
        };
        self.left = self.left.saturating_sub(MAP);
        let mut names = self.names.clone();
        let mut made = Rc::clone(&start.value);
        for it in each {
            names.insert(whole.name.clone(), made);
            names.insert(one.name.clone(), it);
            self.take_apart(taken, &mut names, depth);
            let mut inner = Resolve { names: &names, left: self.left, ..*self };
            made = inner.of(value, depth);
            self.left = inner.left;
        }
        Some(made)
    }

    fn all(&mut self, all: &[Shared], depth: usize) -> Vec<Shared> {
        all.iter().map(|it| self.of(it, depth)).collect()
    }

    fn call(&mut self, call: &Call, depth: usize) -> Call {
        // A name that is called is that of a function.
        let callee = match &call.callee.form {
            Form::Name(_) => Rc::clone(&call.callee),
            Form::Member(on, name) => {
                let on = self.of(on, depth);
                Expression::new(call.callee.line, Form::Member(on, name.clone()))
            }
            _ => self.of(&call.callee, depth),
        };
        let arguments = call
            .arguments
            .iter()
            .map(|it| Argument { name: it.name.clone(), value: self.of(&it.value, depth) })
            .collect();
        Call { callee, arguments, block: call.block.clone() }
    }
}

/// Whether the first of some commands says or reads what others wrote.
fn reads_again(block: &Block) -> bool {
    let [Statement { act: Act::Run(run), .. }] = block.as_slice() else { return false };
    let first = if let Form::Pipe(all) = &run.form { all.first() } else { Some(run) };
    first.is_some_and(|it| match &it.form {
        Form::Command(command) => {
            let mut read = command.words.iter().chain(&command.input);
            read.any(|it| matches!(it.form, Form::Subshell(_)))
        }
        _ => false,
    })
}

/// Whether a value is what somebody answered.
fn is_asked(value: &Expression) -> bool {
    matches!(&value.form, Form::Call(call) if words::asks(&called(call)))
}

/// What a function gives back that does nothing but that, and what it takes out of what it is given before.
fn given_by(function: &Function) -> Option<(&[Statement], &Shared)> {
    let (last, taken) = function.body.split_last()?;
    let is_taken = |it: &Statement| match &it.act {
        Act::Set(_, value) => {
            matches!(value.form, Form::Name(_) | Form::Member(..) | Form::Index(..))
        }
        _ => false,
    };
    match &last.act {
        Act::Return(Some(value)) | Act::Run(value) if taken.iter().all(is_taken) => {
            Some((taken, value))
        }
        _ => None,
    }
}

/// Whether a function of this name makes a list of what another makes of each.
fn is_map(name: &str) -> bool {
    matches!(name, "map" | "collect" | "array_map")
}

/// The way to a field, such as `self.url`; none where something is called on it.
pub(super) fn way(of: &Expression) -> Option<String> {
    match &of.form {
        Form::Name(name) => Some(name.clone()),
        Form::Member(on, name) => Some(format!("{}.{name}", way(on)?)),
        _ => None,
    }
}
