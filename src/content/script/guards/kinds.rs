//! What each kind of condition is worth.

use super::held::Held;
use super::origins::Origins;
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::syntax::Comparison;
use crate::content::script::words;

pub(super) type Make<'a> = &'a dyn Fn(GuardKind, Strength, Option<Defect>) -> Vec<Guard>;

/// An answer that was asked for.
pub(super) fn answer(from: &Origins, held: &Held, truth: bool, guard: Make) -> Vec<Guard> {
    let kind = GuardKind::Confirmation;
    let words = &held.words;
    // Whatever is answered but one thing, or nothing at all, goes on.
    let is_loose = from.is_yes_unasked
        || held.is_part
        || truth && words.len() > 1 && words.iter().any(|it| it.is_empty());
    let confirmed = |is_loose: bool| {
        guard(kind, if is_loose { Strength::Medium } else { Strength::Strong }, None)
    };
    let wrong = || guard(kind, Strength::Strong, Some(Defect::WrongWayRound));
    // What is looked for in a text may stand in brackets there: `[reset]`.
    let is_plain = |it: &str| {
        held.comparison == Some(Comparison::In) && it.starts_with('[') && it.ends_with(']')
    };
    // `^[0-9]+$` is about what an answer looks like, and agrees to nothing.
    let is_form = words.iter().any(|it| words::is_form(it) && !is_plain(it));
    if picks(held) || is_form || from.picks && !from.confirms && are_things(words) {
        return Vec::new();
    }
    // Asked whether something stays, a no agrees that it goes.
    let declines = |it: &String| if from.keeps { words::is_yes(it) } else { words::is_no(it) };
    if words.is_empty() {
        return match (from.confirms, held.comparison.is_some(), truth != from.keeps) {
            (true, _, true) => confirmed(is_loose),
            (true, _, false) => wrong(),
            // It is held against something that is not plain, such as a name to be typed.
            (false, true, true) => confirmed(is_loose),
            _ => Vec::new(),
        };
    }
    if words.iter().all(|it| it.trim().is_empty()) {
        return guard(kind, Strength::Strong, Some(Defect::OnlyPresence));
    }
    match (words.iter().all(declines), truth) {
        (false, true) => confirmed(is_loose),
        (true, false) if from.goes_on => guard(kind, Strength::Strong, Some(Defect::OnlyWaits)),
        // Any other key goes on, but where a function only says yes or no.
        (true, false) => confirmed(is_loose || !from.confirms),
        _ => wrong(),
    }
}

/// Whether an answer only picks what goes, or may be yes as well as no: `if table in tables`, `if answer in ('y', 'n')`.
fn picks(held: &Held) -> bool {
    let words: Vec<String> = match held.comparison {
        Some(Comparison::In) => held.words.clone(),
        _ => held.words.iter().flat_map(|it| words::taken(it)).collect(),
    };
    let (yes, no) = (
        words.iter().any(|it| words::is_yes(it)),
        // `o` is yes in French.
        words.iter().any(|it| words::is_no(it) && !matches!(it.as_str(), "" | "o" | "O")),
    );
    if yes || no {
        return yes && no;
    }
    let is_list = match held.comparison {
        Some(Comparison::In) => words.len() != 1,
        Some(Comparison::Fits) => words.len() > 1,
        _ => false,
    };
    // One of those for development is none of production.
    let is_near = !words.is_empty() && words.iter().all(|it| words::is_development(it));
    is_list && are_names(&words) && !is_near
}

/// Whether words are names of things, and none says where they are, yes or no.
fn are_things(words: &[String]) -> bool {
    let is_other = |it: &String| {
        words::is_production(it)
            || words::is_development(it)
            || words::is_yes(it)
            || words::is_no(it)
    };
    !words.is_empty() && are_names(words) && !words.iter().any(is_other)
}

/// Whether words are names, and none says what is done.
fn are_names(words: &[String]) -> bool {
    let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "-_".contains(it);
    let is_name = |it: &String| it.len() > 1 && it.chars().all(is_letter) && !words::speaks(it);
    words.iter().all(is_name)
}

/// The name of an environment that is compared, or whether it is one for development.
pub(super) fn environment(
    held: &Held,
    truth: bool,
    default: Option<&str>,
    is_debug: bool,
    is_variable: bool,
    guard: Make,
) -> Vec<Guard> {
    let words = &held.words;
    let kind = match words.iter().any(|it| words::is_production(it)) {
        true => GuardKind::EnvironmentDenied,
        false => GuardKind::EnvironmentAllowed,
    };
    if held.comparison == Some(Comparison::EqualNumbers)
        && words.iter().any(|it| it.parse::<i64>().is_err())
    {
        return guard(kind, Strength::Strong, Some(Defect::ComparesNumbers));
    }
    let is_open = |it: &str| words.iter().any(|word| word == it);
    match (kind, truth) {
        (GuardKind::EnvironmentDenied, false) => match default {
            Some(it) if words::is_production(it) => guard(kind, Strength::Strong, None),
            // Nothing but production is refused, and a variable that is not set is called development. An argument says of itself where
            // it is to be done.
            Some(it) if is_variable && words::is_development(it) => {
                guard(kind, Strength::Medium, Some(Defect::OpenWhenUnset))
            }
            _ => guard(kind, Strength::Medium, None),
        },
        (GuardKind::EnvironmentDenied, true) => {
            guard(kind, Strength::Medium, Some(Defect::WrongWayRound))
        }
        // `DEBUG == "true"`.
        _ if is_debug && words.iter().all(|it| words::is_yes(it)) => match truth {
            true if default.is_some_and(words::is_yes) => {
                guard(kind, Strength::Strong, Some(Defect::OpenWhenUnset))
            }
            true => guard(kind, Strength::Strong, None),
            false => Vec::new(),
        },
        _ if is_debug && words.iter().all(|it| words::is_no(it)) => match truth {
            true => Vec::new(),
            false => guard(kind, Strength::Medium, None),
        },
        (_, true) => {
            // A part of a word is nothing as well.
            let is_unset = is_open("") || held.is_part && default.is_some_and(str::is_empty);
            if is_unset || default.is_some_and(is_open) {
                guard(kind, Strength::Strong, Some(Defect::OpenWhenUnset))
            } else if !words.iter().any(|it| words::is_development(it)) {
                Vec::new()
            } else if held.is_part {
                guard(kind, Strength::Medium, None)
            } else {
                guard(kind, Strength::Strong, None)
            }
        }
        (_, false) => Vec::new(),
    }
}

/// The name of a host, a database or a connection that is compared.
pub(super) fn target(held: &Held, truth: bool, guard: Make) -> Vec<Guard> {
    let kind = GuardKind::TargetChecked;
    let words = &held.words;
    // The kind of database says nothing of whose it is.
    if words.is_empty() || words.iter().all(|it| words::is_kind_of_database(it)) {
        return Vec::new();
    }
    let is_live = words.iter().any(|it| words::is_production(it));
    let is_allowed = words.iter().any(|it| words::is_development(it))
        || held.is_affix && words.iter().all(|it| words::is_prefix(it));
    match (is_live, truth) {
        (true, false) => guard(kind, Strength::Strong, None),
        (false, true) if is_allowed => guard(kind, Strength::Strong, None),
        (true, true) => guard(kind, Strength::Strong, Some(Defect::WrongWayRound)),
        // The account of a cloud that a script is written for.
        (false, true)
            if held.comparison == Some(Comparison::Equal)
                && words.iter().all(|it| is_account(it)) =>
        {
            guard(kind, Strength::Medium, None)
        }
        // Which one it is says nothing of whether it may be destroyed.
        _ => Vec::new(),
    }
}

/// Whether a word is the number of an account of AWS.
fn is_account(word: &str) -> bool {
    word.len() == 12 && word.bytes().all(|it| it.is_ascii_digit())
}

/// A variable of the environment that names no environment: asked for on purpose, or only there.
pub(super) fn variable(
    name: &str,
    default: Option<Option<&str>>,
    held: &Held,
    truth: bool,
    guard: Make,
) -> Vec<Guard> {
    let (words, comparison) = (&held.words, held.comparison);
    // `${DRY_RUN:-false}`: it destroys unless somebody says otherwise.
    let has_default = default.is_some_and(|it| !it.is_some_and(words::is_no));
    if words::is_dry_run(name) {
        // Only a plain no makes it run: `DRY_RUN !== 'false'`. As a number, what is not set is 0.
        let is_off = words.iter().all(|it| words::is_no(it)) && !words.is_empty();
        let is_closed = has_default || is_off && comparison != Some(Comparison::EqualNumbers);
        let strength = if is_closed { Strength::Strong } else { Strength::Supporting };
        return if is_off == truth { guard(GuardKind::DryRun, strength, None) } else { Vec::new() };
    }
    if comparison.is_some() && !words.is_empty() {
        let is_no = words.iter().all(|it| words::is_no(it));
        if words.iter().all(|it| it.is_empty()) {
            return guard(GuardKind::Presence, Strength::Medium, Some(Defect::OnlyPresence));
        }
        let asked_for = words::is_opt_in(name) || words.iter().all(|it| words::is_yes(it));
        if asked_for && truth && is_among(default.flatten(), words) {
            return guard(GuardKind::OptIn, Strength::Strong, Some(Defect::OpenWhenUnset));
        }
        let is_number = comparison == Some(Comparison::EqualNumbers);
        return match (asked_for, is_no, truth) {
            // `(( FORCE == 0 )) && exit`.
            (true, true, false) if is_number => guard(GuardKind::OptIn, Strength::Strong, None),
            (true, false, true) => guard(GuardKind::OptIn, Strength::Strong, None),
            _ => Vec::new(),
        };
    }
    let is_on = default.flatten().is_some_and(words::is_yes);
    match (words::is_opt_in(name), truth) {
        (true, true) if is_on => {
            guard(GuardKind::OptIn, Strength::Strong, Some(Defect::OpenWhenUnset))
        }
        (true, true) => guard(GuardKind::OptIn, Strength::Strong, None),
        (_, true) if words::is_emulator(name) => {
            guard(GuardKind::TargetChecked, Strength::Strong, None)
        }
        (false, true) => guard(GuardKind::Presence, Strength::Medium, Some(Defect::OnlyPresence)),
        _ => Vec::new(),
    }
}

/// Whether what it is by default is one of the words that it is held against.
pub(super) fn is_among(default: Option<&str>, held: &[String]) -> bool {
    default.is_some_and(|it| held.iter().any(|word| word.eq_ignore_ascii_case(it)))
}
