//! What a condition says that is made of no others.

use super::Flags;
use super::arguments::argument;
use super::buttons::asks_by_buttons;
use super::emptiness::tells_empty;
use super::held::{Held, held, inverts};
use super::kinds::{Make, answer, environment, target, variable};
use super::origins::{Origins, called, gives_answers, origins};
use crate::content::script::model::{Defect, Guard, GuardKind, Strength};
use crate::content::script::syntax::{
    Argument, Comparison, Expression, Form, Shared, find_in, has_one,
};
use crate::content::script::value::texts_in;
use crate::content::script::words;

/// Words of a question whether to go on.
const ASKS_WHETHER: &[&str] =
    &["sure", "confirm", "continue", "proceed", "really", "certain", "agree", "yes", "delete"];

pub(super) fn leaf(test: &Expression, pipe: &[Shared], truth: bool, flags: &Flags) -> Vec<Guard> {
    if tells_place(test) || gives_answers(test) {
        return Vec::new();
    }
    let truth = truth != inverts(test);
    let mut parts: Vec<&Expression> = pipe.iter().map(|it| &**it).collect();
    parts.push(test);
    let mut from = origins(&parts);
    if asks_by_buttons(test) {
        (from.asks, from.confirms) = (true, true);
    }
    let held = held(test);
    let guard = |kind, strength, defect| vec![Guard { kind, strength, line: test.line, defect }];
    if tells_empty(test, truth) {
        return guard(GuardKind::TargetChecked, Strength::Medium, None);
    }
    if held.comparison == Some(Comparison::Order) {
        return Vec::new();
    }
    if is_pattern(test) && held.words.iter().any(|it| words::takes_anything(it)) {
        let kind = match from.asks || from.confirms {
            true => GuardKind::Confirmation,
            false => GuardKind::EnvironmentAllowed,
        };
        let is_known = from.asks || from.confirms || from.environment.is_some();
        return match truth && is_known {
            true => guard(kind, Strength::Strong, Some(Defect::AlwaysTrue)),
            false => Vec::new(),
        };
    }
    if let Some(guards) = answered(test, &from, &held, truth, &guard) {
        return guards;
    }
    // That a command went well says nothing of the variables among its words.
    if matches!(test.form, Form::Command(_)) && held.comparison.is_none() {
        return Vec::new();
    }
    of_environment(test, &from, &held, truth, flags, &guard)
        .unwrap_or_else(|| compared(test, &from, &held, truth, flags, &guard))
}

/// What is certain where somebody was asked; none where nobody was.
fn answered(
    test: &Expression,
    from: &Origins,
    held: &Held,
    truth: bool,
    guard: Make,
) -> Option<Vec<Guard>> {
    let words = &held.words;
    let kind = GuardKind::Confirmation;
    let confirmed = || guard(kind, Strength::Strong, None);
    if from.chooses
        && let Some(n) = words.iter().find_map(|it| it.parse::<usize>().ok())
    {
        // Which number means yes is for the list to say, where it is written down.
        let agrees = label(test, n).map(|it| !words::is_no(&it));
        let wrong = Some(Defect::WrongWayRound);
        return Some(match agrees {
            Some(agrees) if agrees != truth => guard(kind, Strength::Strong, wrong),
            _ => confirmed(),
        });
    }
    // `[ "$answer" != "${answer#[Yy]}" ]`: it begins with what is taken off.
    if let Form::Compare(Comparison::Equal, left, right) = &test.form
        && [left, right].iter().all(|it| origins(&[&***it]).asks)
    {
        return Some(if truth { Vec::new() } else { confirmed() });
    }
    // `check_yes "$answer"`: whoever is called so judges the answer that it is given.
    if let Form::Command(command) = &test.form
        && from.asks
        && command.words.first().and_then(|it| it.literal()).is_some_and(|it| words::judges(&it))
    {
        return Some(if truth { confirmed() } else { Vec::new() });
    }
    // `if input("Sure? "):`; what `questionary.confirm("Sure?")` makes asks only where `ask()` is called on it.
    if let Form::Call(call) = &test.form
        && truth
        && (!from.confirms && words::asks(&called(call)) || is_true_unasked(&called(call)))
    {
        let is_any = Some(Defect::OnlyPresence);
        return Some(guard(GuardKind::Confirmation, Strength::Strong, is_any));
    }
    if from.asks && !from.confirms && picks_by_number(test, words) {
        return Some(Vec::new());
    }
    (from.asks || from.confirms).then(|| answer(from, held, truth, guard))
}

/// Whether a condition is where something stands in a text: that of what is not there is -1, and counts as true.
fn tells_place(test: &Expression) -> bool {
    let Form::Call(call) = &test.form else { return false };
    let Form::Member(on, name) = &call.callee.form else { return false };
    // `re.search("prod", url)` and `names.find(isProd)` give back what they find.
    let is_in_outside = || {
        let from = origins(&[&**on]);
        let is_text = call.arguments.first().is_some_and(|it| {
            it.value.literal().is_some() || matches!(it.value.form, Form::List(_))
        });
        is_text && (from.asks || from.environment.is_some() || from.argument.is_some())
    };
    match name.as_str() {
        "indexOf" | "lastIndexOf" => true,
        "find" | "rfind" | "search" => is_in_outside(),
        _ => false,
    }
}

/// Whether a condition looks for a pattern anywhere in a text, or where that begins.
fn is_pattern(test: &Expression) -> bool {
    match &test.form {
        Form::Compare(comparison, ..) => *comparison == Comparison::Fits,
        Form::Call(call) => {
            let name = called(call);
            matches!(name.rsplit('.').next(), Some("match" | "match?" | "test" | "search"))
        }
        _ => false,
    }
}

/// Whether a call of this name gives back something that is true whatever is answered.
fn is_true_unasked(name: &str) -> bool {
    matches!(name, "questionary.confirm" | "inquirer.prompt")
}

/// What is certain where a variable says which environment this is; none where none does.
fn of_environment(
    test: &Expression,
    from: &Origins,
    held: &Held,
    truth: bool,
    flags: &Flags,
    guard: Make,
) -> Option<Vec<Guard>> {
    let words = &held.words;
    let named = from.environment.as_ref().map(|(name, _)| name.as_str());
    let is_environment = named.is_some_and(words::is_environment);
    let is_debug = named.is_some_and(words::is_debug);
    // `--i-know-this-wipes-production` is a flag, and no environment.
    let mut plain = words.iter().filter(|it| !it.starts_with('-'));
    let names_environment = plain.any(|it| words::is_production(it) || words::is_development(it));
    let is_of_service = named.is_some_and(words::is_of_service);
    let is_someones = named.is_some() || from.argument.is_some();
    // `CONFIRM == "delete-production"` is what somebody writes to have it done.
    let of_consent = named.or(from.argument.as_deref()).filter(|_| !is_environment);
    if of_consent.is_some_and(words::is_opt_in) && words.iter().all(|it| words::says_to_wipe(it)) {
        return None;
    }
    if !words.is_empty()
        && (is_environment && (names_environment || is_debug)
            || is_someones && names_environment && !from.target && !is_of_service)
    {
        let default = default_of(from, flags);
        let is_variable = named.is_some();
        return Some(environment(held, truth, default.as_deref(), is_debug, is_variable, guard));
    }
    if !is_environment || !words.is_empty() || held.comparison.is_some() {
        return None;
    }
    // `settings.DEBUG`.
    let is_plain = !matches!(&test.form, Form::Call(call) if called(call) == "present");
    let wrong = |kind| guard(kind, Strength::Strong, Some(Defect::WrongWayRound));
    let is_production = named.is_some_and(words::is_production_flag);
    let (allowed, denied) = (GuardKind::EnvironmentAllowed, GuardKind::EnvironmentDenied);
    match (is_plain && is_debug, is_plain && is_production, truth) {
        (true, _, true) => {
            let is_on = default_of(from, flags).is_some_and(|it| words::is_yes(&it));
            let defect = is_on.then_some(Defect::OpenWhenUnset);
            Some(guard(allowed, Strength::Strong, defect))
        }
        (true, _, false) => Some(wrong(allowed)),
        (_, true, true) => Some(wrong(denied)),
        (_, true, false) => Some(guard(denied, Strength::Medium, None)),
        _ => None,
    }
}

/// What is certain where something else is compared or looked at: what is to be typed, the target, a variable, an argument.
fn compared(
    test: &Expression,
    from: &Origins,
    held: &Held,
    truth: bool,
    flags: &Flags,
    guard: Make,
) -> Vec<Guard> {
    let (words, comparison) = (&held.words, held.comparison);
    let where_true = |kind, strength| match truth {
        true => guard(kind, strength, None),
        false => Vec::new(),
    };
    // `args.confirm == settings.DB_NAME`: what is to be typed.
    if comparison == Some(Comparison::Equal)
        && words.is_empty()
        && has_one(
            vec![test],
            50,
            |it| matches!(&it.form, Form::Argument(name) if words::is_opt_in(name)),
        )
    {
        return where_true(GuardKind::OptIn, Strength::Strong);
    }
    // `event["RequestType"] == "Delete"`: somebody takes away the stack that the function is of.
    if comparison == Some(Comparison::Equal)
        && words.iter().any(|it| it.eq_ignore_ascii_case("delete"))
        && texts_in_way(test).iter().any(|it| it == "RequestType")
    {
        return where_true(GuardKind::OptIn, Strength::Strong);
    }
    // `bucket.startswith(f"{project}-")`: only names that begin as one that is told.
    if held.is_affix && words.is_empty() && from.argument.is_some() {
        return where_true(GuardKind::TargetChecked, Strength::Medium);
    }
    // `[ "$status" = ROLLBACK_COMPLETE ]`: there is nothing in it.
    if comparison == Some(Comparison::Equal)
        && !(held.is_part || held.is_affix || words.is_empty())
        && words.iter().all(|it| words::is_failed_start(it))
    {
        return where_true(GuardKind::TargetChecked, Strength::Medium);
    }
    // `if not os.environ.get("FIRESTORE_EMULATOR_HOST"): sys.exit()`: it goes to an emulator on this machine.
    let is_none = matches!(&test.form, Form::Compare(Comparison::Equal, _, nothing)
        if matches!(nothing.form, Form::Nothing));
    if from.environment.as_ref().is_some_and(|(it, _)| words::is_emulator(it))
        && (is_none || comparison.is_none())
    {
        return match truth != is_none {
            true => guard(GuardKind::TargetChecked, Strength::Strong, None),
            false => Vec::new(),
        };
    }
    // `RESET_DATABASE == "yes"` is about what is done, and no database.
    let is_plain = |it: &String| words::is_yes(it) || words::is_no(it);
    let is_place = from.target && (words.is_empty() || !words.iter().all(is_plain));
    if comparison.is_some() && (is_place || words.iter().any(|it| words::is_hosted(it))) {
        return target(held, truth, guard);
    }
    if let Some((name, default)) = &from.environment {
        let default = default.as_ref().map(|it| match it.as_deref() {
            Some(it) if !it.is_empty() && takes_any(test) => Some("true"),
            it => it,
        });
        return variable(name, default, held, truth, guard);
    }
    // `if (!$Reset) exit();` in a file that others read in: nothing in it says what the name stands for.
    if let Form::Name(name) = &test.form
        && name.len() > 2
        && words::is_opt_in(name)
    {
        let is_on = flags.get(name).is_some_and(|it| it.default == Some(true));
        return match is_on && truth {
            true => guard(GuardKind::OptIn, Strength::Medium, Some(Defect::OpenWhenUnset)),
            false => where_true(GuardKind::OptIn, Strength::Medium),
        };
    }
    if let Some(name) = &from.argument {
        return argument(name, from, held, truth, flags, guard);
    }
    Vec::new()
}

/// The texts in what a comparison looks at.
fn texts_in_way(test: &Expression) -> Vec<String> {
    match &test.form {
        Form::Compare(_, left, _) => texts_in(left),
        _ => Vec::new(),
    }
}

/// What stands at this place of the list that somebody chooses from: `PromptForChoice('Drop', 'Sure?', ('&Yes', '&No'), 1)`.
fn label(test: &Expression, n: usize) -> Option<String> {
    let labels = find_in(vec![test], 100, |it| match &it.form {
        Form::List(all) if all.len() > 1 && all.iter().all(|it| it.literal().is_some()) => {
            Some(all)
        }
        _ => None,
    });
    labels?.get(n)?.literal()
}

/// `bool(os.getenv("RESET", "False"))`: any text is true.
fn takes_any(test: &Expression) -> bool {
    let Form::Call(call) = &test.form else { return false };
    let is_text = |it: &Argument| matches!(it.value.form, Form::Environment(..) | Form::Any(_));
    matches!(&*called(call), "bool" | "Boolean")
        && matches!(call.arguments.as_slice(), [it] if is_text(it))
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

/// What the environment is where nobody says so: by a default beside it, or that of the flag.
fn default_of(from: &Origins, flags: &Flags) -> Option<String> {
    let text = |name: String| flags.get(&name).and_then(|it| it.text.clone());
    match (&from.environment, &from.argument) {
        (Some((_, Some(default))), _) => default.clone(),
        (None, Some(name)) => {
            from.default.clone().or_else(|| text(name.trim_start_matches('-').replace('-', "_")))
        }
        _ => None,
    }
}
