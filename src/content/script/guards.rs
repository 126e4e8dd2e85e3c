//! What a condition says about whoever runs the script: whether somebody was asked, and which way is which.

use std::collections::HashMap;
use std::rc::Rc;

use super::model::{Defect, Guard, GuardKind, Strength};
use super::syntax::{Call, Command, Comparison, Expression, Form, Shared};
use super::words;

/// A flag or option that the script declares.
#[derive(Debug, Clone, Default)]
pub(super) struct Flag {
    /// It is there or not, and has no value.
    pub(super) is_switch: bool,
    /// What it is where it is not given.
    pub(super) default: Option<bool>,
    /// Any text that is given counts as true.
    pub(super) any_text_is_true: bool,
}

/// The flags of a script by their names, with `_` for `-`.
pub(super) type Flags = HashMap<String, Flag>;

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
            let ways = parts.iter().map(|it| certain(it, truth, flags));
            ways.reduce(|one, other| on_every_way(&one, &other)).unwrap_or_default()
        }
        Form::Either(parts) => {
            let ways = parts.iter().filter(|it| is_true(it) != Some(!truth));
            let ways = ways.map(|it| certain(it, truth, flags));
            ways.reduce(|one, other| on_every_way(&one, &other)).unwrap_or_default()
        }
        Form::Choice(_, then, otherwise) => {
            on_every_way(&certain(then, truth, flags), &certain(otherwise, truth, flags))
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
        Form::Pipe(parts) => {
            parts.last().map(|it| leaf(it, parts, truth, flags)).unwrap_or_default()
        }
        _ => leaf(test, &[], truth, flags),
    }
}

/// The comparisons that one comparison is, where a side of it may be one of several values, or was set behind guards.
fn alternatives(test: &Expression) -> Option<Vec<Shared>> {
    let Form::Compare(comparison, left, right) = &test.form else { return None };
    let compare = |left: &Shared, right: &Shared| {
        let form = Form::Compare(*comparison, Rc::clone(left), Rc::clone(right));
        Expression::new(test.line, form)
    };
    match &left.form {
        Form::Either(all) => Some(all.iter().map(|it| compare(it, right)).collect()),
        // A constant that was set behind a guard: where it is this one, the guard was passed.
        Form::Outcome { value, if_true, .. }
            if value.literal().is_some() || is_true(value).is_some() =>
        {
            let inner = compare(value, right);
            let form =
                Form::Outcome { value: inner, if_true: if_true.clone(), if_false: if_true.clone() };
            Some(vec![Expression::new(test.line, form)])
        }
        _ => None,
    }
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

/// Whether an expression is true or false whatever happens.
pub(super) fn is_true(of: &Expression) -> Option<bool> {
    match &of.form {
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
        Form::Outcome { value, .. } => is_true(value),
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

/// Where the values in a condition come from.
#[derive(Debug, Default)]
struct Origins {
    asks: bool,
    /// A function that gives back yes or no.
    confirms: bool,
    /// It gives back which one of a list is chosen.
    chooses: bool,
    environment: Option<(String, Option<Option<String>>)>,
    argument: Option<String>,
    /// Words that name a host, a database or a connection.
    target: bool,
}

fn origins(parts: &[&Expression]) -> Origins {
    let mut found = Origins::default();
    let mut open: Vec<&Expression> = parts.to_vec();
    let mut left = 500;
    while let Some(it) = open.pop() {
        if left == 0 {
            break;
        }
        left -= 1;
        match &it.form {
            Form::Call(call) => {
                let name = called(call);
                found.asks |= words::asks(&name);
                found.confirms |= words::confirms(&name) || asks_yes_or_no(call, &name);
                found.chooses |= name.ends_with("PromptForChoice");
                found.target |= words::is_target(&name);
                // `config.get("env", "production")`.
                let first = call.arguments.first().and_then(|it| it.value.literal());
                if let Some(setting) =
                    first.filter(|it| name.ends_with("get") && words::is_environment(it))
                {
                    let default = call.arguments.get(1).map(|it| it.value.literal());
                    found.environment.get_or_insert((setting, default));
                }
                open.extend(call.arguments.iter().map(|it| &*it.value));
                open.push(&call.callee);
                continue;
            }
            Form::Command(command) => {
                let line = spoken(command);
                found.confirms |= words::command_confirms(&line);
                found.target |= words::command_tells_target(&line);
            }
            Form::Environment(name, default) => {
                if found.environment.is_none() || words::is_environment(name) {
                    let default = default.as_ref().map(|it| it.literal());
                    found.environment = Some((name.clone(), default));
                }
                found.target |= words::is_target(name);
            }
            Form::Argument(name) => {
                found.argument.get_or_insert_with(|| name.clone());
                found.target |= words::is_target(name);
            }
            Form::Name(name) | Form::Member(_, name) => {
                found.target |= words::is_target(name);
                if words::is_environment(name) && found.environment.is_none() {
                    found.environment = Some((name.clone(), None));
                }
            }
            _ => {}
        }
        open.extend(it.children().into_iter().map(|it| &**it));
    }
    found
}

/// `prompt({ type: 'confirm', name: 'sure' })`: what it gives back is yes or no.
fn asks_yes_or_no(call: &Call, name: &str) -> bool {
    fn is_confirm(of: &Expression) -> bool {
        match &of.form {
            Form::Map(pairs) => pairs.iter().any(|(key, value)| {
                key.literal().as_deref() == Some("type")
                    && matches!(value.literal().as_deref(), Some("confirm" | "toggle"))
            }),
            Form::List(all) => all.iter().any(|it| is_confirm(it)),
            _ => false,
        }
    }
    words::asks(name) && call.arguments.iter().any(|it| is_confirm(&it.value))
}

/// The name of what is called, with what it is called on where that is a name: `click.confirm`.
pub(super) fn called(call: &Call) -> String {
    match &call.callee.form {
        Form::Name(name) => name.clone(),
        Form::Member(on, name) => match &on.form {
            Form::Name(on) | Form::Member(_, on) => format!("{on}.{name}"),
            _ => name.clone(),
        },
        _ => String::new(),
    }
}

/// The words of a command as far as they are plain, with blanks between them.
pub(super) fn spoken(command: &Command) -> String {
    let words = command.words.iter().map(|it| it.literal().unwrap_or_else(|| "?".to_owned()));
    words.collect::<Vec<String>>().join(" ")
}

/// How a condition holds a value against words.
struct Held {
    /// The words; none where it only asks whether the value is true or there at all.
    words: Vec<String>,
    /// The value may only be like them.
    comparison: Option<Comparison>,
}

fn held(test: &Expression) -> Held {
    match &test.form {
        Form::Compare(comparison, left, right) => {
            let mut words = literals(right);
            if words.is_empty() {
                words = literals(left);
            }
            Held { words, comparison: Some(*comparison) }
        }
        // `answer.startswith("y")`, `url.includes("localhost")`.
        Form::Call(call) => {
            let name = called(call);
            let name = name.rsplit('.').next().unwrap_or_default();
            let is_test = words::LIKENESS.contains(&name);
            if is_test {
                let mut words: Vec<String> =
                    call.arguments.iter().flat_map(|it| literals(&it.value)).collect();
                if let (true, Form::Member(on, _)) = (words.is_empty(), &call.callee.form) {
                    words = literals(on);
                }
                if let Form::Member(on, _) = &call.callee.form
                    && matches!(on.form, Form::List(_))
                {
                    words = literals(on);
                }
                return Held { words, comparison: Some(Comparison::In) };
            }
            Held { words: Vec::new(), comparison: None }
        }
        Form::Command(command) => {
            // `grep -q production`.
            let line: Vec<String> = command.words.iter().filter_map(|it| it.literal()).collect();
            match line.split_first() {
                Some((program, rest)) if program.contains("grep") => {
                    let words = rest.iter().filter(|it| !it.starts_with('-')).cloned().collect();
                    Held { words, comparison: Some(Comparison::In) }
                }
                _ => Held { words: Vec::new(), comparison: None },
            }
        }
        _ => Held { words: Vec::new(), comparison: None },
    }
}

fn literals(of: &Expression) -> Vec<String> {
    match &of.form {
        Form::List(all) | Form::Either(all) => all.iter().flat_map(|it| literals(it)).collect(),
        Form::Map(all) => all.iter().flat_map(|(key, _)| literals(key)).collect(),
        Form::Bool(it) => vec![it.to_string()],
        Form::Call(call) => {
            // `['y', 'yes'].freeze`, `new Set(["y"])`.
            call.arguments.iter().flat_map(|it| literals(&it.value)).collect()
        }
        _ => of.literal().into_iter().collect(),
    }
}

fn leaf(test: &Expression, pipe: &[Shared], truth: bool, flags: &Flags) -> Vec<Guard> {
    let mut parts: Vec<&Expression> = pipe.iter().map(|it| &**it).collect();
    parts.push(test);
    let from = origins(&parts);
    let Held { words, comparison } = held(test);
    let guard = |kind, strength, defect| vec![Guard { kind, strength, line: test.line, defect }];
    let strong = |kind| guard(kind, Strength::Strong, None);
    if comparison == Some(Comparison::Order) {
        return Vec::new();
    }
    if from.chooses && words.iter().any(|it| it.parse::<u32>().is_ok()) {
        // Which number means yes is for the list to say.
        return strong(GuardKind::Confirmation);
    }
    if from.asks || from.confirms {
        return answer(&from, &words, comparison, truth, &guard);
    }
    // That a command went well says nothing of the variables among its words.
    if matches!(test.form, Form::Command(_)) && comparison.is_none() {
        return Vec::new();
    }
    let is_environment =
        from.environment.as_ref().is_some_and(|(name, _)| words::is_environment(name));
    let names_environment =
        words.iter().any(|it| words::is_production(it) || words::is_development(it));
    let is_someones = from.environment.is_some() || from.argument.is_some();
    if !words.is_empty() && (is_environment || (is_someones && names_environment && !from.target)) {
        let default = from.environment.and_then(|(_, default)| default).flatten();
        return environment(&words, comparison, truth, default.as_deref(), &guard);
    }
    if is_environment && words.is_empty() && comparison.is_none() {
        // `settings.DEBUG`.
        let is_plain = !matches!(&test.form, Form::Call(call) if called(call) == "present");
        let is_debug =
            is_plain && from.environment.as_ref().is_some_and(|(name, _)| words::is_debug(name));
        if is_debug {
            return match truth {
                true => strong(GuardKind::EnvironmentAllowed),
                false => guard(
                    GuardKind::EnvironmentAllowed,
                    Strength::Strong,
                    Some(Defect::WrongWayRound),
                ),
            };
        }
    }
    if comparison.is_some() && (from.target || words.iter().any(|it| words::is_hosted(it))) {
        return target(&words, truth, &guard);
    }
    if let Some((name, default)) = &from.environment {
        return variable(name, default.is_some(), &words, comparison, truth, &guard);
    }
    if let Some(name) = &from.argument {
        return argument(name, &words, comparison, truth, flags, &guard);
    }
    Vec::new()
}

type Make<'a> = &'a dyn Fn(GuardKind, Strength, Option<Defect>) -> Vec<Guard>;

/// An answer that was asked for.
fn answer(
    from: &Origins,
    held: &[String],
    comparison: Option<Comparison>,
    truth: bool,
    guard: Make,
) -> Vec<Guard> {
    let confirmed = || guard(GuardKind::Confirmation, Strength::Strong, None);
    let wrong = || guard(GuardKind::Confirmation, Strength::Strong, Some(Defect::WrongWayRound));
    if held.is_empty() {
        return match (from.confirms, comparison.is_some(), truth) {
            (true, _, true) => confirmed(),
            (true, _, false) => wrong(),
            // It is held against something that is not plain, such as a name to be typed.
            (false, true, true) => confirmed(),
            _ => Vec::new(),
        };
    }
    let is_no = held.iter().all(|it| words::is_no(it));
    if held.iter().all(|it| it.trim().is_empty()) {
        return guard(GuardKind::Confirmation, Strength::Strong, Some(Defect::OnlyPresence));
    }
    match (is_no, truth) {
        (false, true) | (true, false) => confirmed(),
        _ => wrong(),
    }
}

/// The name of an environment that is compared.
fn environment(
    held: &[String],
    comparison: Option<Comparison>,
    truth: bool,
    default: Option<&str>,
    guard: Make,
) -> Vec<Guard> {
    let kind = match held.iter().any(|it| words::is_production(it)) {
        true => GuardKind::EnvironmentDenied,
        false => GuardKind::EnvironmentAllowed,
    };
    if comparison == Some(Comparison::EqualNumbers)
        && held.iter().any(|it| it.parse::<i64>().is_err())
    {
        return guard(kind, Strength::Strong, Some(Defect::ComparesNumbers));
    }
    match (kind, truth) {
        (GuardKind::EnvironmentDenied, false) => match default.is_some_and(words::is_production) {
            true => guard(kind, Strength::Strong, None),
            false => guard(kind, Strength::Medium, None),
        },
        (GuardKind::EnvironmentDenied, true) => {
            guard(kind, Strength::Medium, Some(Defect::WrongWayRound))
        }
        (_, true) => match default.is_some_and(|it| held.iter().any(|word| word == it)) {
            true => guard(kind, Strength::Strong, Some(Defect::OpenWhenUnset)),
            false => guard(kind, Strength::Strong, None),
        },
        (_, false) => Vec::new(),
    }
}

/// The name of a host, a database or a connection that is compared.
fn target(held: &[String], truth: bool, guard: Make) -> Vec<Guard> {
    let kind = GuardKind::TargetChecked;
    // The kind of database says nothing of whose it is.
    if !held.is_empty() && held.iter().all(|it| words::is_kind_of_database(it)) {
        return Vec::new();
    }
    let is_live = held.iter().any(|it| words::is_production(it));
    match (is_live, held.is_empty(), truth) {
        (true, _, false) | (false, false, true) => guard(kind, Strength::Strong, None),
        (true, _, true) => guard(kind, Strength::Strong, Some(Defect::WrongWayRound)),
        _ => Vec::new(),
    }
}

/// A variable of the environment that names no environment: asked for on purpose, or only there.
fn variable(
    name: &str,
    has_default: bool,
    held: &[String],
    comparison: Option<Comparison>,
    truth: bool,
    guard: Make,
) -> Vec<Guard> {
    if words::is_dry_run(name) {
        // Only a plain no makes it run: `DRY_RUN !== 'false'`.
        let is_off = held.iter().all(|it| words::is_no(it)) && !held.is_empty();
        let strength = if has_default || is_off { Strength::Strong } else { Strength::Supporting };
        return if is_off == truth { guard(GuardKind::DryRun, strength, None) } else { Vec::new() };
    }
    if comparison.is_some() && !held.is_empty() {
        let is_no = held.iter().all(|it| words::is_no(it));
        if held.iter().all(|it| it.is_empty()) {
            return guard(GuardKind::Presence, Strength::Medium, Some(Defect::OnlyPresence));
        }
        let asked_for = words::is_opt_in(name) || held.iter().all(|it| words::is_yes(it));
        return match (asked_for, is_no, truth) {
            (true, false, true) => guard(GuardKind::OptIn, Strength::Strong, None),
            _ => Vec::new(),
        };
    }
    match (words::is_opt_in(name), truth) {
        (true, true) => guard(GuardKind::OptIn, Strength::Strong, None),
        (false, true) => guard(GuardKind::Presence, Strength::Medium, Some(Defect::OnlyPresence)),
        _ => Vec::new(),
    }
}

/// A flag, an option or an argument.
fn argument(
    name: &str,
    held: &[String],
    comparison: Option<Comparison>,
    truth: bool,
    flags: &Flags,
    guard: Make,
) -> Vec<Guard> {
    let plain = name.trim_start_matches('-').replace('-', "_");
    let flag = flags.get(&plain).cloned().unwrap_or_default();
    let defect = flag.any_text_is_true.then_some(Defect::AnyTextIsTrue);
    let dashed = held.iter().find(|it| it.starts_with('-') && it.len() > 1);
    if words::is_dry_run(&plain) || dashed.is_some_and(|it| words::is_dry_run(it)) {
        // `dryRun !== false`: only a plain no makes it run.
        let is_off = comparison.is_some()
            && !held.is_empty()
            && dashed.is_none()
            && held.iter().all(|it| words::is_no(it));
        let strength = match flag.default {
            Some(true) => Strength::Strong,
            _ if is_off => Strength::Strong,
            _ => Strength::Supporting,
        };
        return if truth != is_off {
            Vec::new()
        } else {
            guard(GuardKind::DryRun, strength, defect)
        };
    }
    if comparison.is_some() && !held.is_empty() {
        return match (dashed, truth) {
            (Some(_), true) => guard(GuardKind::OptIn, Strength::Strong, None),
            _ if truth && held.iter().all(|it| words::is_yes(it)) => {
                guard(GuardKind::OptIn, Strength::Strong, None)
            }
            _ if truth && words::is_opt_in(&plain) && !held.iter().all(|it| words::is_no(it)) => {
                guard(GuardKind::OptIn, Strength::Strong, None)
            }
            _ => Vec::new(),
        };
    }
    let is_asked_for = flag.is_switch || words::is_opt_in(&plain);
    match (is_asked_for, truth) {
        (true, true) if flag.default == Some(true) => Vec::new(),
        (true, true) => guard(GuardKind::OptIn, Strength::Strong, defect),
        (false, true) => guard(GuardKind::Presence, Strength::Medium, Some(Defect::OnlyPresence)),
        _ => Vec::new(),
    }
}
