//! What each kind of condition is worth.

use super::{Flags, Origins};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::syntax::Comparison;
use crate::content::script::words;

pub(super) type Make<'a> = &'a dyn Fn(GuardKind, Strength, Option<Defect>) -> Vec<Guard>;

/// An answer that was asked for.
pub(super) fn answer(
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
pub(super) fn environment(
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
pub(super) fn target(held: &[String], truth: bool, guard: Make) -> Vec<Guard> {
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
pub(super) fn variable(
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
pub(super) fn argument(
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
