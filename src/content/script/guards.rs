//! What a condition says about whoever runs the script: whether somebody was asked, and which way is which.

mod arguments;
mod buttons;
mod compared;
mod dry;
mod emptiness;
mod held;
mod kinds;
mod leaf;
mod lists;
mod origins;

use std::collections::HashMap;
use std::rc::Rc;

use super::model::{Defect, Guard, Strength};
use super::syntax::{Argument, Call, Comparison, Expression, Form, Shared};
use super::words;
use compared::{agreeing, alternatives, as_number, chosen, difference};
pub(super) use compared::{as_list, may_be_list};
pub(super) use dry::tells_dry;
pub(super) use emptiness::{asked_of, may_be_about};
use held::{Held, held};
use leaf::leaf;
pub(super) use lists::by_list;
pub(super) use origins::called;

/// A flag or option that the script declares.
#[derive(Debug, Clone, Default)]
pub(super) struct Flag {
    /// It is there or not, and has no value.
    pub(super) is_switch: bool,
    /// What it is where it is not given.
    pub(super) default: Option<bool>,
    /// Any text that is given counts as true.
    pub(super) any_text_is_true: bool,
    /// The text that it is where nobody says otherwise.
    pub(super) text: Option<String>,
    /// The program stops where it is not given.
    pub(super) is_required: bool,
}

/// What the letters of flags are an argument of: `getopts`.
pub(super) const LETTERS: &str = "getopts";

/// The flags of a script by their names, with `_` for `-`.
pub(super) type Flags = HashMap<String, Flag>;

/// The conditions of which one holds, without those that only tell the kind of database beside one that says where it is:
/// `url.startsWith('file:') || url.includes('localhost')`.
pub(super) fn without_kinds(parts: &[Shared]) -> impl Iterator<Item = &Shared> {
    let says = |it: &Shared, all: fn(&str) -> bool| {
        let Held { words, comparison, .. } = held(it);
        comparison.is_some() && !words.is_empty() && words.iter().all(|it| all(it))
    };
    let is_near = |it: &str| words::is_development(it) && !words::is_kind_of_database(it);
    let has_place = parts.iter().any(|it| says(it, is_near));
    parts.iter().filter(move |it| !(has_place && says(it, words::is_kind_of_database)))
}

/// What is certain where this condition holds (`truth`), or where it does not: guards, and what looks like one.
pub(super) fn certain(test: &Expression, truth: bool, flags: &Flags) -> Vec<Guard> {
    if let Some(ways) = alternatives(test) {
        let either = Expression::new(test.line, Form::Either(ways));
        return certain(&either, truth, flags);
    }
    if let Some(list) = as_list(test) {
        return certain(&list, truth, flags);
    }
    match &test.form {
        Form::Not(inner) => certain(inner, !truth, flags),
        Form::All(parts) if truth => parts.iter().flat_map(|it| certain(it, true, flags)).collect(),
        Form::Any(parts) if !truth => {
            parts.iter().flat_map(|it| certain(it, false, flags)).collect()
        }
        Form::All(parts) | Form::Any(parts) => {
            let ways = without_kinds(parts).map(|it| certain(it, truth, flags));
            ways.reduce(|one, other| on_every_way(&one, &other)).unwrap_or_default()
        }
        Form::Either(parts) => {
            let ways = parts.iter().filter(|it| is_true(it) != Some(!truth));
            let ways = ways.map(|it| certain(it, truth, flags));
            ways.reduce(|one, other| on_every_way(&one, &other)).unwrap_or_default()
        }
        // `$force = $this->option('force') ? true : false`.
        Form::Choice(test, then, otherwise)
            if is_true(then) == Some(true) && is_true(otherwise) == Some(false) =>
        {
            certain(test, truth, flags)
        }
        Form::Choice(_, then, otherwise) => {
            on_every_way(&certain(then, truth, flags), &certain(otherwise, truth, flags))
        }
        // `strcasecmp($answer, 'yes') === 0`.
        Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right)
            if difference(left).is_some() && spelled(right).as_deref() == Some("0") =>
        {
            difference(left).map(|it| certain(&it, truth, flags)).unwrap_or_default()
        }
        Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right)
            if as_number(left, right).is_some() =>
        {
            let held = as_number(left, right);
            held.map(|(it, way)| certain(it, way == truth, flags)).unwrap_or_default()
        }
        // `answer=$?`, and then `[ $answer -eq 0 ]`.
        Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right)
            if chosen(left, right).is_some() =>
        {
            match chosen(left, right) {
                Some((test, way)) => certain(test, way == truth, flags),
                None => Vec::new(),
            }
        }
        // `err == nil`.
        Form::Compare(Comparison::Equal, value, nothing)
            if is_outcome(value) && matches!(nothing.form, Form::Nothing) =>
        {
            certain(value, !truth, flags)
        }
        // `System.getenv("APP_ENV") == "prod"` of Java: it never is.
        Form::Compare(Comparison::Same, left, right) => {
            let form = Form::Compare(Comparison::Equal, Rc::clone(left), Rc::clone(right));
            let mut all = certain(&Expression::new(test.line, form), truth, flags);
            let is_read = spelled(left).is_none() || spelled(right).is_none();
            for it in all.iter_mut().filter(|_| is_read && !truth) {
                it.defect.get_or_insert(Defect::ComparesPlaces);
            }
            all
        }
        // What a function of PowerShell writes beside what it gives back makes a list of both.
        Form::List(all) if all.len() > 1 => Vec::new(),
        Form::Outcome { if_true, if_false, .. } => {
            if truth {
                if_true.clone()
            } else {
                if_false.clone()
            }
        }
        Form::Set(_, value) => certain(value, truth, flags),
        // `bool(re.match("^y", answer))`.
        Form::Call(call) if judged(call).is_some() => {
            judged(call).map(|it| certain(it, truth, flags)).unwrap_or_default()
        }
        // `[ -n "$force" ]`, that was set behind a guard.
        Form::Call(call) if called(call) == "present" => match present(call) {
            Some(Form::Either(all)) => {
                let ways = all.iter().map(|it| asked_present(test.line, it)).collect();
                certain(&Expression::new(test.line, Form::Either(ways)), truth, flags)
            }
            Some(Form::Outcome { value, if_true, .. })
                if value.literal().is_some_and(|it| !it.is_empty()) =>
            {
                if truth {
                    if_true.clone()
                } else {
                    Vec::new()
                }
            }
            _ => leaf(test, &[], truth, flags),
        },
        // `{"yes": True, "no": False}[answer]`.
        Form::Index(on, by) if agreeing(on).is_some() => {
            let words = Expression::new(test.line, Form::List(agreeing(on).unwrap_or_default()));
            let form = Form::Compare(Comparison::In, Rc::clone(by), words);
            certain(&Expression::new(test.line, form), truth, flags)
        }
        // `grep -q localhost <<< "$URL"`.
        Form::Command(command) if let Some(read) = &command.input => {
            leaf(test, std::slice::from_ref(read), truth, flags)
        }
        Form::Pipe(parts) => {
            parts.last().map(|it| leaf(it, parts, truth, flags)).unwrap_or_default()
        }
        _ => leaf(test, &[], truth, flags),
    }
}

/// The condition of which a call only says whether it holds.
fn judged(call: &Call) -> Option<&Expression> {
    let [only] = call.arguments.as_slice() else { return None };
    let is_test = match &only.value.form {
        Form::Compare(..) | Form::Not(_) => true,
        Form::Call(it) => {
            called(it).rsplit('.').next().is_some_and(|it| words::LIKENESS.contains(&it))
        }
        _ => false,
    };
    (is_test && matches!(&*called(call), "bool" | "Boolean")).then_some(&*only.value)
}

/// What `present` is asked of.
fn present(call: &Call) -> Option<&Form> {
    call.arguments.first().map(|it| &it.value.form)
}

/// `[ -n "$value" ]`.
fn asked_present(line: u32, value: &Shared) -> Shared {
    let callee = Expression::new(line, Form::Name("present".to_owned()));
    let arguments = vec![Argument { name: None, value: Rc::clone(value) }];
    Expression::new(line, Form::Call(Call { callee, arguments, block: None }))
}

fn is_outcome(of: &Expression) -> bool {
    matches!(of.form, Form::Outcome { .. })
}

/// What is certain where two ways meet. Two different guards make one: the weaker.
pub(super) fn on_every_way(one: &[Guard], other: &[Guard]) -> Vec<Guard> {
    let mut both: Vec<Guard> = Vec::new();
    let is_same = |that: &Guard, it: &Guard| {
        that.line == it.line && that.kind == it.kind && that.defect == it.defect
    };
    let is_in = |all: &[Guard], it: &Guard| all.iter().any(|that| is_same(that, it));
    let strongest = |all: &[Guard], but: &[Guard]| {
        let only = all.iter().filter(|it| it.defect.is_none() && !is_in(but, it));
        let only = only.filter(|it| it.strength > Strength::Supporting);
        only.max_by_key(|it| it.strength).cloned()
    };
    for it in one {
        let that = other.iter().find(|that| is_same(that, it));
        both.extend(that.map(|that| if that.strength < it.strength { that } else { it }).cloned());
    }
    // What looks like a guard and is none is worth saying on any way.
    let seen = one.iter().chain(other).filter(|it| it.defect.is_some());
    for it in seen {
        if !is_in(&both, it) {
            both.push(it.clone());
        }
    }
    // A backup on either way is a backup, and stands for nothing else.
    let supporting = |it: &&Guard| it.defect.is_none() && it.strength == Strength::Supporting;
    for it in one.iter().filter(supporting).filter(|it| !is_in(other, it)) {
        if other.iter().filter(supporting).any(|that| that.kind == it.kind) {
            both.push(it.clone());
        }
    }
    match (strongest(one, other), strongest(other, one)) {
        (Some(one), Some(other)) => {
            both.push(if one.strength <= other.strength { one } else { other })
        }
        (Some(lost), None) | (None, Some(lost)) if lost.strength == Strength::Strong => {
            let lost = Guard { defect: Some(Defect::NotOnEveryWay), ..lost };
            if !is_in(&both, &lost) {
                both.push(lost);
            }
        }
        _ => {}
    }
    both
}

/// What all of these are, where they agree.
fn agreed(all: &[Shared]) -> Option<bool> {
    let (first, rest) = all.split_first()?;
    let known = is_true(first)?;
    rest.iter().all(|it| is_true(it) == Some(known)).then_some(known)
}

/// Whether an expression is true or false whatever happens.
pub(super) fn is_true(of: &Expression) -> Option<bool> {
    match &of.form {
        // Of several values that one side may be.
        Form::Compare(_, left, _) if matches!(&left.form, Form::Either(all) if all.len() < 9) => {
            agreed(&alternatives(of)?)
        }
        Form::Bool(it) => Some(*it),
        Form::Nothing => Some(false),
        Form::List(all) if all.len() > 1 => Some(true),
        Form::Number(it) => Some(!it.trim_start_matches('0').is_empty()),
        Form::Not(inner) => is_true(inner).map(|it| !it),
        Form::All(parts) => {
            let known: Vec<Option<bool>> = parts.iter().map(|it| is_true(it)).collect();
            if known.contains(&Some(false)) {
                return Some(false);
            }
            known.iter().all(|it| *it == Some(true)).then_some(true)
        }
        Form::Any(parts) => {
            let known: Vec<Option<bool>> = parts.iter().map(|it| is_true(it)).collect();
            if known.contains(&Some(true)) {
                return Some(true);
            }
            known.iter().all(|it| *it == Some(false)).then_some(false)
        }
        Form::Compare(
            Comparison::Equal | Comparison::EqualNumbers | Comparison::Same,
            left,
            right,
        ) => Some(spelled(left)? == spelled(right)?),
        Form::Compare(Comparison::In, left, right) => match &right.form {
            Form::List(all) => {
                let all: Option<Vec<String>> = all.iter().map(|it| spelled(it)).collect();
                Some(all?.contains(&spelled(left)?))
            }
            _ => None,
        },
        Form::Outcome { value, .. } => is_true(value),
        Form::Call(call) if called(call) == "present" => {
            let it = call.arguments.first()?;
            it.value.literal().map(|it| !it.is_empty())
        }
        Form::Index(on, by) => {
            let (agrees, key) = (agreeing(on)?, by.literal()?);
            Some(agrees.iter().any(|it| it.literal().is_some_and(|it| it == key)))
        }
        _ => None,
    }
}

/// Whether the test of a loop holds when it is made for the first time, where what it looks at is nothing yet: `answer = None` before
/// `while answer not in ("y", "n")`. Later on nothing may be many a thing.
pub(super) fn holds_at_first(of: &Expression) -> bool {
    let is_nothing = |it: &Shared| matches!(it.form, Form::Nothing);
    match &of.form {
        Form::Not(inner) => match &inner.form {
            Form::Compare(Comparison::Equal | Comparison::In, left, right) => {
                is_nothing(left) && !literals_of(right).is_empty()
            }
            // `!["y", "n"].includes(answer)`.
            Form::Call(call) => match (&call.callee.form, call.arguments.as_slice()) {
                (Form::Member(list, _), [one]) => {
                    is_nothing(&one.value) && !literals_of(list).is_empty()
                }
                _ => false,
            },
            _ => false,
        },
        Form::All(parts) => parts.iter().all(|it| holds_at_first(it)),
        _ => false,
    }
}

fn literals_of(of: &Expression) -> Vec<String> {
    match &of.form {
        Form::List(all) => all.iter().filter_map(|it| it.literal()).collect(),
        _ => of.literal().into_iter().collect(),
    }
}

/// A constant as text.
fn spelled(of: &Expression) -> Option<String> {
    match &of.form {
        Form::Bool(it) => Some(it.to_string()),
        Form::Outcome { value, .. } => spelled(value),
        _ => of.literal(),
    }
}
