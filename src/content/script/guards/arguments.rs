//! What a condition on a flag, an option or an argument is worth.

use super::held::Held;
use super::kinds::{Make, is_among};
use super::origins::Origins;
use super::{Flag, Flags, LETTERS};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::words;

/// A flag, an option or an argument.
pub(super) fn argument(
    name: &str,
    from: &Origins,
    held: &Held,
    truth: bool,
    flags: &Flags,
    guard: Make,
) -> Vec<Guard> {
    // One that is kept in a variable is only known by its number.
    let name = if name.starts_with('$') { "1" } else { name };
    let plain = name.trim_start_matches('-').replace('-', "_");
    let flag = flags.get(&plain).cloned().unwrap_or_default();
    let default = from.default.as_deref().or(flag.text.as_deref());
    let defect = flag.any_text_is_true.then_some(Defect::AnyTextIsTrue);
    let is_dry = words::is_dry_run(&plain) || dashed(held).is_some_and(words::is_dry_run);
    if is_dry {
        return dry_run(&flag, held, truth, guard, defect);
    }
    if is_number_of_arguments(name, held) {
        return Vec::new();
    }
    if held.comparison.is_some() && !held.words.is_empty() {
        // `body.confirmToken !== 'DELETE_ALL'`.
        let is_opt_in = words::is_opt_in(&plain) || words::says_confirm(&plain);
        return match name == LETTERS {
            true => letter(held, truth, guard),
            false => {
                // `[ "$1" = -d ]` with a value behind it. A letter alone may stand for many a thing.
                let next = name.parse::<u8>().ok().and_then(|it| it.checked_add(1));
                let has_value = next.is_some_and(|it| flags.contains_key(&it.to_string()));
                let is_option = dashed(held).is_some_and(|it| {
                    words::takes_target(it) && (has_value || it.trim_matches('-').len() > 1)
                });
                match is_option {
                    true => Vec::new(),
                    false => compared(held, default, &flag, is_opt_in, truth, guard),
                }
            }
        };
    }
    let is_asked_for = flag.is_switch && !words::only_tells(&plain) || words::is_opt_in(&plain);
    match (is_asked_for, truth) {
        // `--noinput`, that switches the question off.
        (_, false) if words::keeps_asking(&plain) && flag.default == Some(true) => {
            guard(GuardKind::OptIn, Strength::Strong, None)
        }
        (true, true) if flag.default == Some(true) => Vec::new(),
        (true, true) if default.is_some_and(words::is_yes) => {
            guard(GuardKind::OptIn, Strength::Strong, Some(Defect::OpenWhenUnset))
        }
        (true, true) => guard(GuardKind::OptIn, Strength::Strong, defect),
        (false, true) => guard(GuardKind::Presence, Strength::Medium, Some(Defect::OnlyPresence)),
        _ => Vec::new(),
    }
}

/// The flag that is looked for among all arguments: `[[ " $* " == *" --force "* ]]`. Of several that mean the same, such as `-d` and
/// `--delete`, the word says more than the letter.
fn dashed(held: &Held) -> Option<&str> {
    let bare = || held.words.iter().map(|it| it.trim_matches(['*', ' ']));
    // `--` alone ends the flags, and is none.
    let mut flags = bare().filter(|it| words::is_flag(it));
    let is_word = |it: &&str| it.trim_start_matches('-').len() > 1;
    flags.clone().find(is_word).or_else(|| flags.next())
}

/// Whether it only asks how many arguments there are, which says nothing of what they are: `len(sys.argv) == 1`.
fn is_number_of_arguments(name: &str, held: &Held) -> bool {
    name.eq_ignore_ascii_case("argv")
        && !held.words.is_empty()
        && held.words.iter().all(|it| it.parse::<u8>().is_ok())
}

fn dry_run(
    flag: &Flag,
    held: &Held,
    truth: bool,
    guard: Make,
    defect: Option<Defect>,
) -> Vec<Guard> {
    // `dryRun !== false`: only a plain no makes it run.
    let is_off = held.comparison.is_some()
        && !held.words.is_empty()
        && dashed(held).is_none()
        && held.words.iter().all(|it| words::is_no(it));
    let strength = match flag.default {
        Some(true) => Strength::Strong,
        _ if is_off => Strength::Strong,
        _ => Strength::Supporting,
    };
    if truth == is_off { guard(GuardKind::DryRun, strength, defect) } else { Vec::new() }
}

/// Whether the letter of a flag says only how much is told, or that nothing is done.
fn tells(letter: &str) -> bool {
    matches!(letter, "n" | "v" | "vv" | "q" | "h" | "V")
}

/// A letter of `getopts` that is compared.
fn letter(held: &Held, truth: bool, guard: Make) -> Vec<Guard> {
    match truth && !held.words.iter().any(|it| tells(it)) {
        true => guard(GuardKind::OptIn, Strength::Strong, None),
        false => Vec::new(),
    }
}

/// An argument that is held against words.
fn compared(
    held: &Held,
    default: Option<&str>,
    flag: &Flag,
    is_opt_in: bool,
    truth: bool,
    guard: Make,
) -> Vec<Guard> {
    let words = &held.words;
    let dashed = dashed(held);
    let is_on = flag.default.filter(|it| *it).map(|_| "true");
    if truth && dashed.is_none() && is_among(default.or(is_on), words) {
        return guard(GuardKind::OptIn, Strength::Strong, Some(Defect::OpenWhenUnset));
    }
    let is_asked_for = match dashed {
        Some(it) => !words::only_tells(it) && !tells(it.trim_start_matches('-')),
        None => {
            words.iter().all(|it| words::is_yes(it) || is_phrase(it))
                || is_opt_in && !words.iter().all(|it| words::is_no(it))
        }
    };
    // `if args.wipe is False: sys.exit()`, of a switch that is off unless it is given.
    let is_on = flag.is_switch
        && flag.default == Some(false)
        && is_opt_in
        && words.iter().all(|it| it == "false");
    match truth && is_asked_for || !truth && is_on {
        true => guard(GuardKind::OptIn, Strength::Strong, None),
        false => Vec::new(),
    }
}

/// A phrase that nobody types by the way: `yes, drop all of it`.
fn is_phrase(text: &str) -> bool {
    text.split_whitespace().count() > 2
}
