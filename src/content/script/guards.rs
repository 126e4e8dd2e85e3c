//! What a condition says about whoever runs the script: whether somebody was asked, and which way is which.

mod compared;
mod dry;
mod kinds;
mod lists;
mod origins;

use std::collections::HashMap;
use std::rc::Rc;

use super::model::{Defect, Guard, GuardKind, Strength};
use super::syntax::{Argument, Call, Comparison, Expression, Form, Shared};
use super::value::texts_in;
use super::words;
use compared::{agreeing, alternatives, as_number, chosen, difference};
pub(super) use dry::tells_dry;
use kinds::{answer, argument, environment, target, variable};
pub(super) use lists::by_list;
pub(super) use origins::called;
use origins::{Held, Origins, held, inverts, origins};

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
        Form::Outcome { if_true, if_false, .. } => {
            if truth {
                if_true.clone()
            } else {
                if_false.clone()
            }
        }
        Form::Set(_, value) => certain(value, truth, flags),
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
        Form::Pipe(parts) => {
            parts.last().map(|it| leaf(it, parts, truth, flags)).unwrap_or_default()
        }
        _ => leaf(test, &[], truth, flags),
    }
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
    let is_in = |all: &[Guard], it: &Guard| {
        all.iter()
            .any(|that| that.line == it.line && that.kind == it.kind && that.defect == it.defect)
    };
    let strongest = |all: &[Guard], but: &[Guard]| {
        let only = all.iter().filter(|it| it.defect.is_none() && !is_in(but, it));
        let only = only.filter(|it| it.strength > Strength::Supporting);
        only.max_by_key(|it| it.strength).cloned()
    };
    both.extend(one.iter().filter(|it| is_in(other, it)).cloned());
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
        Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right) => {
            Some(spelled(left)? == spelled(right)?)
        }
        Form::Compare(Comparison::In, left, right) => match &right.form {
            Form::List(all) => {
                let (one, all) = (spelled(left)?, all.iter().map(|it| spelled(it)));
                Some(all.collect::<Option<Vec<String>>>()?.contains(&one))
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

/// A constant as text.
fn spelled(of: &Expression) -> Option<String> {
    match &of.form {
        Form::Bool(it) => Some(it.to_string()),
        Form::Outcome { value, .. } => spelled(value),
        _ => of.literal(),
    }
}

/// Whether an answer is the number of what is to be done, as of a menu: nothing was asked about what that destroys.
fn picks_by_number(test: &Expression, words: &[String]) -> bool {
    let is_number = |it: &String| it.len() < 3 && it.parse::<u32>().is_ok();
    let Form::Compare(Comparison::Equal | Comparison::EqualNumbers, left, right) = &test.form
    else {
        return false;
    };
    let mut said = texts_in(left).into_iter().chain(texts_in(right)).map(|it| it.to_lowercase());
    !words.is_empty()
        && words.iter().all(is_number)
        && !said.any(|it| ASKS_WHETHER.iter().any(|word| it.contains(word)))
}

/// Words of a question whether to go on.
const ASKS_WHETHER: &[&str] =
    &["sure", "confirm", "continue", "proceed", "really", "certain", "agree", "yes", "delete"];

/// What the environment is where nobody says so: by a default beside it, or that of the flag.
fn default_of(from: &Origins, flags: &Flags) -> Option<String> {
    let text = |name: String| flags.get(&name).and_then(|it| it.text.clone());
    match (&from.environment, &from.argument) {
        (Some((_, Some(default))), _) => default.clone(),
        (None, Some(name)) => text(name.trim_start_matches('-').replace('-', "_")),
        _ => None,
    }
}

fn leaf(test: &Expression, pipe: &[Shared], truth: bool, flags: &Flags) -> Vec<Guard> {
    let truth = truth != inverts(test);
    let mut parts: Vec<&Expression> = pipe.iter().map(|it| &**it).collect();
    parts.push(test);
    let from = origins(&parts);
    let held = held(test);
    let (words, comparison) = (&held.words, held.comparison);
    let guard = |kind, strength, defect| vec![Guard { kind, strength, line: test.line, defect }];
    let strong = |kind| guard(kind, Strength::Strong, None);
    if comparison == Some(Comparison::Order) {
        return Vec::new();
    }
    if from.chooses && words.iter().any(|it| it.parse::<u32>().is_ok()) {
        // Which number means yes is for the list to say.
        return strong(GuardKind::Confirmation);
    }
    // `[ "$answer" != "${answer#[Yy]}" ]`: it begins with what is taken off.
    if let Form::Compare(Comparison::Equal, left, right) = &test.form
        && [left, right].iter().all(|it| origins(&[&***it]).asks)
    {
        return if truth { Vec::new() } else { strong(GuardKind::Confirmation) };
    }
    // `check_yes "$answer"`: whoever is called so judges the answer that it is given.
    if let Form::Command(command) = &test.form
        && from.asks
        && command.words.first().and_then(|it| it.literal()).is_some_and(|it| words::judges(&it))
    {
        return if truth { strong(GuardKind::Confirmation) } else { Vec::new() };
    }
    // `if input("Sure? "):`.
    if let Form::Call(call) = &test.form
        && truth
        && !from.confirms
        && words::asks(&called(call))
    {
        return guard(GuardKind::Confirmation, Strength::Strong, Some(Defect::OnlyPresence));
    }
    if from.asks && !from.confirms && picks_by_number(test, words) {
        return Vec::new();
    }
    if from.asks || from.confirms {
        return answer(&from, &held, truth, &guard);
    }
    // That a command went well says nothing of the variables among its words.
    if matches!(test.form, Form::Command(_)) && comparison.is_none() {
        return Vec::new();
    }
    let named = from.environment.as_ref().map(|(name, _)| name.as_str());
    let is_environment = named.is_some_and(words::is_environment);
    let is_debug = named.is_some_and(words::is_debug);
    // `--i-know-this-wipes-production` is a flag, and no environment.
    let mut plain = words.iter().filter(|it| !it.starts_with('-'));
    let names_environment = plain.any(|it| words::is_production(it) || words::is_development(it));
    let is_someones = named.is_some() || from.argument.is_some();
    if !words.is_empty()
        && (is_environment && (names_environment || is_debug)
            || is_someones && names_environment && !from.target)
    {
        let default = default_of(&from, flags);
        return environment(&held, truth, default.as_deref(), is_debug, &guard);
    }
    if is_environment && words.is_empty() && comparison.is_none() {
        // `settings.DEBUG`.
        let is_plain = !matches!(&test.form, Form::Call(call) if called(call) == "present");
        let wrong = |kind| guard(kind, Strength::Strong, Some(Defect::WrongWayRound));
        let is_production = named.is_some_and(words::is_production_flag);
        let (allowed, denied) = (GuardKind::EnvironmentAllowed, GuardKind::EnvironmentDenied);
        match (is_plain && is_debug, is_plain && is_production, truth) {
            (true, _, true) => return strong(allowed),
            (true, _, false) => return wrong(allowed),
            (_, true, true) => return wrong(denied),
            (_, true, false) => return guard(denied, Strength::Medium, None),
            _ => {}
        }
    }
    // `args.confirm == settings.DB_NAME`: what is to be typed.
    if comparison == Some(Comparison::Equal)
        && words.is_empty()
        && from.argument.as_ref().is_some_and(|it| words::is_opt_in(it))
    {
        return if truth { strong(GuardKind::OptIn) } else { Vec::new() };
    }
    // `bucket.startswith(f"{project}-")`: only names that begin as one that is told.
    if held.is_affix && words.is_empty() && from.argument.is_some() {
        let begins = || guard(GuardKind::TargetChecked, Strength::Medium, None);
        return if truth { begins() } else { Vec::new() };
    }
    // `RESET_DATABASE == "yes"` is about what is done, and no database.
    let is_plain = |it: &String| words::is_yes(it) || words::is_no(it);
    let is_place = from.target && (words.is_empty() || !words.iter().all(is_plain));
    if comparison.is_some() && (is_place || words.iter().any(|it| words::is_hosted(it))) {
        return target(&held, truth, &guard);
    }
    if let Some((name, default)) = &from.environment {
        let default = default.as_ref().map(|it| it.as_deref());
        return variable(name, default, words, comparison, truth, &guard);
    }
    // `if (!$Reset) exit();` in a file that others read in: nothing in it says what the name stands for.
    if let Form::Name(name) = &test.form
        && name.len() > 2
        && words::is_opt_in(name)
    {
        let guards = || guard(GuardKind::OptIn, Strength::Medium, None);
        return if truth { guards() } else { Vec::new() };
    }
    if let Some(name) = &from.argument {
        return argument(name, words, comparison, truth, flags, &guard);
    }
    Vec::new()
}
