//! What is known at one place of a program: what names stand for, and which guards hold.

use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use super::guards::on_every_way;
use super::model::{Defect, Guard, GuardKind, Strength};
use super::parts::field;
use super::syntax::{Expression, Form, Shared};
use super::value::Names;

/// Values that one name may stand for, at most.
const VALUES: usize = 6;

/// Guards at one place beyond which the oldest of those that stop nothing are left out.
const GUARDS: usize = 100;

/// Things that a program has made, by their number, each with whether it is certain: on some ways alone it is not.
pub(super) type Made = BTreeMap<usize, bool>;

/// What a condition has chosen among what a loop goes through.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) one: Shared,
    /// Whether the condition held.
    pub(super) truth: bool,
    /// It chose by a name that is one of a database in a file.
    pub(super) is_database: bool,
}

/// What is known at one place.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) names: Rc<Names>,
    /// What stands between the start of the program and here.
    pub(super) guards: Rc<Vec<Guard>>,
    /// What stands there as well, unless this is a run that destroys nothing.
    pub(super) unless_dry: Rc<Vec<Guard>>,
    /// This is certain to be such a run.
    pub(super) is_dry: bool,
    /// The program may come here at all.
    pub(super) is_live: bool,
    /// The operations that it has passed, by their number.
    pub(super) passed: Rc<Vec<usize>>,
    pub(super) made: Rc<Made>,
    /// Those of what a loop goes through that a condition has chosen.
    pub(super) chosen: Rc<Vec<Chosen>>,
    /// A condition has chosen by how old each thing is: its line, and whether it held.
    pub(super) aged: Option<(u32, bool)>,
    /// A command that fails ends the program.
    pub(super) is_strict: bool,
}

/// The names of a program of the shell as programs of other languages within it know them. Variables in small letters are no names of
/// these, which may call something else so, such as `db`.
#[derive(Default)]
pub(super) struct Seen {
    /// The names that were asked for last, which very many programs may stand in, and what is seen of them.
    last: Weak<Names>,
    seen: Rc<Names>,
}

impl Seen {
    fn of(&mut self, names: &Rc<Names>) -> Rc<Names> {
        let is_own = |name: &str| {
            name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
        };
        let asked = Rc::downgrade(names);
        if !Weak::ptr_eq(&self.last, &asked) {
            let seen = names.iter().filter(|(name, _)| !is_own(name));
            let seen = seen.map(|(name, value)| (name.clone(), Rc::clone(value)));
            *self = Seen { last: asked, seen: Rc::new(seen.collect()) };
        }
        Rc::clone(&self.seen)
    }
}

impl State {
    pub(super) fn new(is_strict: bool) -> State {
        State {
            names: Rc::default(),
            guards: Rc::default(),
            unless_dry: Rc::default(),
            is_dry: false,
            is_live: true,
            passed: Rc::default(),
            made: Rc::default(),
            chosen: Rc::default(),
            aged: None,
            is_strict,
        }
    }

    /// A place where the program never comes.
    pub(super) fn dead(&self) -> State {
        State { is_live: false, ..self.clone() }
    }

    pub(super) fn set(&mut self, name: &str, value: Shared) {
        Rc::make_mut(&mut self.names).insert(name.to_owned(), value);
    }

    /// Nothing is known of a name but what it is called.
    pub(super) fn forget(&mut self, name: &str) {
        if self.names.contains_key(name) {
            Rc::make_mut(&mut self.names).remove(name);
        }
    }

    /// The same of a name that was off until here.
    pub(super) fn forget_off(&mut self, name: &str) {
        if self.names.get(name).is_some_and(is_off) {
            self.forget(name);
        }
    }

    /// Adds guards, each once.
    pub(super) fn hold(&mut self, guards: Vec<Guard>) {
        for guard in guards {
            if !self.guards.contains(&guard) {
                Rc::make_mut(&mut self.guards).push(guard);
            }
        }
    }

    /// What stands before here, in some run.
    pub(super) fn all_guards(&self) -> Vec<Guard> {
        [self.guards.to_vec(), self.unless_dry.to_vec()].concat()
    }

    /// Adds guards that stand here unless this is a run that destroys nothing.
    pub(super) fn hold_unless_dry(&mut self, guards: &[Guard]) {
        for guard in guards.iter().filter(|it| !self.guards.contains(it)) {
            if !self.unless_dry.contains(guard) {
                Rc::make_mut(&mut self.unless_dry).push(guard.clone());
            }
        }
    }

    /// It is known now whether this is a run that destroys nothing.
    pub(super) fn is_told_dry(&mut self, is_dry: bool) {
        self.is_dry |= is_dry;
        if !is_dry && !self.unless_dry.is_empty() {
            let held = self.unless_dry.to_vec();
            self.unless_dry = Rc::default();
            self.hold(held);
        }
    }

    /// What is known in a program of another language within one of the shell.
    pub(super) fn seen_within(&self, seen: &mut Seen) -> State {
        State { names: seen.of(&self.names), ..self.clone() }
    }

    /// A condition has chosen these among what loops go through.
    pub(super) fn choose(&mut self, these: Vec<Shared>, truth: bool, is_database: bool) {
        if !these.is_empty() && self.chosen.len() < VALUES {
            let all = these.into_iter().map(|one| Chosen { one, truth, is_database });
            Rc::make_mut(&mut self.chosen).extend(all);
        }
    }

    /// What was chosen since then was chosen by a condition that held, or did not, as a whole.
    pub(super) fn chose_by(&mut self, before: &State, truth: bool) {
        if self.chosen.len() > before.chosen.len() {
            let all = Rc::make_mut(&mut self.chosen);
            all.iter_mut().skip(before.chosen.len()).for_each(|it| it.truth = truth);
        }
    }

    /// Takes over what only supports, such as a backup, from a process of its own.
    pub(super) fn supported_by(&mut self, inside: &State) {
        let supports = |it: &&Guard| it.defect.is_none() && it.strength == Strength::Supporting;
        self.hold(inside.guards.iter().filter(supports).cloned().collect());
    }

    /// Ends the transaction, but not one that was open `before`.
    pub(super) fn commit(&mut self, before: &[Guard]) {
        let ends = |it: &Guard| it.kind == GuardKind::Transaction && !before.contains(it);
        if self.guards.iter().any(ends) {
            Rc::make_mut(&mut self.guards).retain(|it| !ends(it));
        }
    }

    /// What is known where the program comes from either place.
    pub(super) fn join(&self, other: &State) -> State {
        if !self.is_live {
            return other.clone();
        }
        if !other.is_live {
            return self.clone();
        }
        let is_same = Rc::ptr_eq(&self.guards, &other.guards);
        let mut guards = match is_same {
            true => Rc::clone(&self.guards),
            false => Rc::new(bounded(on_every_way(&self.guards, &other.guards))),
        };
        let unless_dry = match (self.is_dry, other.is_dry) {
            (true, false) => other.not_in(&guards, None),
            (false, true) => self.not_in(&guards, None),
            _ => self.not_in(&guards, Some(other)),
        };
        if self.is_dry != other.is_dry && !is_same {
            // What is lost on a way that destroys nothing is not lost.
            let known = |it: &Guard| self.guards.contains(it) || other.guards.contains(it);
            let is_lost = |it: &Guard| it.defect == Some(Defect::NotOnEveryWay) && !known(it);
            Rc::make_mut(&mut guards).retain(|it| !is_lost(it));
        }
        let names = match Rc::ptr_eq(&self.names, &other.names) {
            true => Rc::clone(&self.names),
            false => Rc::new(both(&self.names, &other.names)),
        };
        let passed = joined(&self.passed, &other.passed);
        State {
            names,
            guards,
            unless_dry,
            is_dry: self.is_dry && other.is_dry,
            is_live: true,
            passed,
            made: both_made(&self.made, &other.made),
            chosen: match Rc::ptr_eq(&self.chosen, &other.chosen) {
                true => Rc::clone(&self.chosen),
                false => {
                    let both = |it: &&Chosen| {
                        let mut those = other.chosen.iter();
                        those.any(|that| Rc::ptr_eq(&it.one, &that.one) && it.truth == that.truth)
                    };
                    Rc::new(self.chosen.iter().filter(both).cloned().collect())
                }
            },
            aged: self.aged.filter(|_| self.aged == other.aged),
            is_strict: self.is_strict && other.is_strict,
        }
    }

    /// Settings are read from a file: each variable may be another one from here on.
    pub(super) fn reads_settings(&mut self) {
        for (name, value) in Rc::make_mut(&mut self.names).iter_mut() {
            if let Some(it) = where_unset(name, value) {
                *value = it;
            }
        }
    }

    /// What holds behind this place or the other, where nothing is to be taken down on a way on which it was not made: at the end,
    /// or behind a loop that goes through what another one goes through as well.
    pub(super) fn join_as_made(&self, other: &State) -> State {
        let mut both = self.join(other);
        let is_doubted =
            |n: &usize| [&self.made, &other.made].iter().any(|it| it.get(n) == Some(&false));
        for (n, is_certain) in Rc::make_mut(&mut both.made).iter_mut() {
            *is_certain = !is_doubted(n);
        }
        both
    }

    /// What holds here in a run that destroys something, and in another place as well where one is given, beyond these guards.
    fn not_in(&self, guards: &[Guard], other: Option<&State>) -> Rc<Vec<Guard>> {
        let is_empty = |it: &State| it.unless_dry.is_empty();
        if other.is_some_and(|it| is_empty(it) && is_empty(self)) {
            return Rc::default();
        }
        let mut held = match other {
            Some(other) => on_every_way(&self.all_guards(), &other.all_guards()),
            None => self.all_guards(),
        };
        held.retain(|it| it.defect.is_none() && !guards.contains(it));
        Rc::new(held)
    }
}

/// Guards without the oldest of those that stop nothing, where there are very many.
fn bounded(mut guards: Vec<Guard>) -> Vec<Guard> {
    let mut more = guards.len().saturating_sub(GUARDS);
    if more > 0 {
        guards.sort_by_key(|it| it.line);
        guards.retain(|it| {
            let is_kept = more == 0 || it.defect.is_none();
            more -= usize::from(!is_kept);
            is_kept
        });
    }
    guards
}

/// The operations that were passed on either way. Mostly both ways passed the same ones first.
fn joined(one: &Rc<Vec<usize>>, other: &Rc<Vec<usize>>) -> Rc<Vec<usize>> {
    if Rc::ptr_eq(one, other) {
        return Rc::clone(one);
    }
    let same = one.iter().zip(other.iter()).take_while(|(one, other)| one == other).count();
    let rest = |of: &Rc<Vec<usize>>| of.iter().skip(same).copied().collect::<Vec<usize>>();
    match (rest(one), rest(other)) {
        (_, more) if more.is_empty() => Rc::clone(one),
        (more, _) if more.is_empty() => Rc::clone(other),
        (known, more) => {
            let mut passed = one.to_vec();
            passed.extend(more.into_iter().filter(|it| !known.contains(it)));
            Rc::new(passed)
        }
    }
}

/// What was made on either way: for certain only where it was on both.
fn both_made(one: &Rc<Made>, other: &Rc<Made>) -> Rc<Made> {
    if Rc::ptr_eq(one, other) {
        return Rc::clone(one);
    }
    let is_certain = |n: &usize| [one, other].iter().all(|it| it.get(n) == Some(&true));
    Rc::new(one.keys().chain(other.keys()).map(|n| (*n, is_certain(n))).collect())
}

/// The value of a variable of the environment as what it is where nobody else sets it.
fn where_unset(name: &str, value: &Shared) -> Option<Shared> {
    (is_of_environment(name) && matches!(value.form, Form::Text(_))).then(|| {
        let form = Form::Environment(name.to_owned(), Some(Rc::clone(value)));
        Expression::new(value.line, form)
    })
}

/// Whether a variable is named as those of the environment are.
fn is_of_environment(name: &str) -> bool {
    name.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_')
}

/// What is set on one of two ways alone may be unset behind them: a flag, or what says on which way it was set; a variable of the
/// environment may be set by others. Whatever else is set is known by that.
fn set_or_not(name: &str, value: &Shared) -> Shared {
    if is_of_environment(name) && matches!(value.form, Form::Text(_)) {
        let other = Expression::new(value.line, Form::Environment(name.to_owned(), None));
        return Expression::new(value.line, Form::Either(vec![Rc::clone(value), other]));
    }
    let is_flag = match &value.form {
        Form::Bool(true) | Form::Outcome { .. } => true,
        Form::Text(_) => value.literal().is_some_and(|it| {
            matches!(&*it, "true" | "yes" | "y" | "1" | "on" | "test" | "testing")
        }),
        _ => false,
    };
    if !is_flag {
        return Rc::clone(value);
    }
    let unset = Expression::text(value.line, "");
    Expression::new(value.line, Form::Either(vec![Rc::clone(value), unset]))
}

/// What a field is where an object is still what it was written down as: `force` of `const options = { force: false }`, or nothing.
fn field_as_written(name: &str, names: &Names) -> Option<Shared> {
    let (on, last) = name.rsplit_once('.')?;
    let on = names.get(on)?;
    let nothing =
        || matches!(on.form, Form::Map(_)).then(|| Expression::new(on.line, Form::Nothing));
    field(on, last).or_else(nothing)
}

/// Whether a value is that of what is off, or is not there.
fn is_off(value: &Shared) -> bool {
    matches!(value.form, Form::Bool(false) | Form::Nothing)
}

/// One of two values, each of them one of several as well.
fn either(one: &Shared, other: &Shared) -> Shared {
    let mut values: Vec<Shared> = Vec::new();
    for it in [one, other] {
        match &it.form {
            Form::Either(inner) => values.extend(inner.iter().map(Rc::clone)),
            _ => values.push(Rc::clone(it)),
        }
    }
    values.dedup_by(|one, other| Rc::ptr_eq(one, other));
    values.truncate(VALUES);
    Expression::new(one.line, Form::Either(values))
}

/// What names stand for where the program comes from either place. Of what is off on one of them nothing is known where the other
/// does not say what it is, as of a name that an import brings.
fn both(one: &Names, other: &Names) -> Names {
    let mut all = one.clone();
    all.retain(|name, value| other.contains_key(name) || !is_off(value));
    for (name, value) in all.iter_mut().filter(|(name, _)| !other.contains_key(*name)) {
        *value = match field_as_written(name, other) {
            Some(it) => either(value, &it),
            None => set_or_not(name, value),
        };
    }
    for (name, value) in other {
        match all.get(name) {
            None if is_off(value) => {}
            None => {
                let it = match field_as_written(name, one) {
                    Some(it) => either(&it, value),
                    None => set_or_not(name, value),
                };
                all.insert(name.clone(), it);
            }
            Some(known) if Rc::ptr_eq(known, value) => {}
            Some(known) => {
                let it = either(known, value);
                all.insert(name.clone(), it);
            }
        }
    }
    all
}
