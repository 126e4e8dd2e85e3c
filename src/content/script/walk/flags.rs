//! What a script says of its flags beside declaring them: what they are where nobody says otherwise.

use super::Walk;
use super::survey::names_of_flag;
use crate::content::script::Language;
use crate::content::script::guards::{Flag, Flags, called, is_true};
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::parts::field;
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form, Shared, has_one};
use crate::content::script::words;

impl Walk {
    /// Behind the call that takes what was said apart, all switches that must be given were.
    pub(super) fn takes_flags(&mut self, line: u32, call: &Call, state: &mut State) {
        if !is_parse(&call.callee) {
            return;
        }
        let is_asked_for = self.flags.iter().any(|(name, it)| {
            it.is_required && it.is_switch && it.default != Some(true) && words::is_opt_in(name)
        });
        if is_asked_for {
            let (kind, strength) = (GuardKind::OptIn, Strength::Strong);
            state.hold(vec![Guard { kind, strength, line, defect: None }]);
        }
    }
}

/// What is called so takes apart what the caller said, where nothing else is known of it.
const PARSERS: &[&str] = &["p", "ap", "program"];

/// Words of what makes such a parser: `argparse.ArgumentParser()`, `build_parser()`, `require('commander')`.
const MAKES_PARSERS: &[&str] =
    &["pars", "command", "program", "yargs", "option", "opts", "usage", "cli"];

/// Whether a call ends the program as one that was called wrongly: `parser.error("--force is missing")`. It is given as it is written,
/// by its name, and with what its names stand for.
pub(super) fn refuses(name: &str, known: &Call, language: Language) -> bool {
    match name {
        "ctx.fail" => return language == Language::Python,
        "this.fail" => return language == Language::Php,
        _ => {}
    }
    let Form::Member(on, method) = &known.callee.form else { return false };
    if !matches!(method.as_str(), "error" | "exit" | "help") {
        return false;
    }
    let of = name.strip_suffix(method.as_str()).unwrap_or_default().trim_end_matches('.');
    let is_called_so = (of.ends_with("parser") && method != "help")
        || PARSERS.contains(&of) && (method != "help" || of == "program");
    match &on.form {
        // `args.parser.error(...)`, for what `set_defaults(parser=parser)` keeps.
        Form::Argument(of) => language == Language::Python && of.ends_with("parser"),
        Form::Name(_) | Form::Member(..) => is_called_so,
        // What it is was seen: no logger, whatever it is called.
        _ => is_called_so && makes_parser(on),
    }
}

/// Whether what is called, on the way to a value, says that it makes a parser.
fn makes_parser(of: &Shared) -> bool {
    has_one(vec![of], 100, |it| {
        let Form::Call(call) = &it.form else { return false };
        let name = called(call);
        let module = call.arguments.first().filter(|_| name == "require");
        let module = module.and_then(|it| it.value.literal());
        [Some(name), module].into_iter().flatten().any(|it| {
            let lower = it.to_lowercase();
            MAKES_PARSERS.iter().any(|it| lower.contains(it))
        })
    })
}

/// Keeps what a call sets: `parser.set_defaults(force=True)`, `parser.parse_args(["--force"])`.
pub(super) fn set_by(call: &Call, flags: &mut Flags) {
    let name = called(call);
    let last = name.rsplit('.').next().unwrap_or_default();
    match (last, call.arguments.as_slice()) {
        ("set_defaults" | "with_defaults", all) => {
            for it in all {
                if let Some(name) = &it.name {
                    sets(flags.entry(name.clone()).or_default(), &it.value);
                }
            }
        }
        // `yargs.default('force', true)`, `new Option('--env <env>').default('dev')`.
        ("default", [name, value]) => {
            let names = name.value.literal().map(|it| names_of_flag(&it)).into_iter().flatten();
            names.for_each(|it| sets(flags.entry(it).or_default(), &value.value));
        }
        ("default", [value]) => {
            let Form::Member(on, _) = &call.callee.form else { return };
            let Form::Call(option) = &on.form else { return };
            let first = option.arguments.first().filter(|_| called(option).ends_with("Option"));
            let names = first.and_then(|it| it.value.literal()).map(|it| names_of_flag(&it));
            let names = names.into_iter().flatten();
            names.for_each(|it| sets(flags.entry(it).or_default(), &value.value));
        }
        // What is given here is given by the script itself.
        (_, [Argument { name: None, value }]) if is_parse(&call.callee) => {
            let Form::List(all) = &value.form else { return };
            for it in all.iter().filter_map(|it| it.literal()) {
                if let Some(name) = it.strip_prefix("--") {
                    flags.entry(name.replace('-', "_")).or_default().default = Some(true);
                }
            }
        }
        (_, all) => all.iter().for_each(|it| in_map(&it.value, last == "options", flags)),
    }
}

/// Sets what a flag is where nobody gives it.
fn sets(flag: &mut Flag, value: &Expression) {
    flag.default = is_true(value).or(flag.default);
    flag.text = value.literal().or_else(|| flag.text.take());
}

/// `{ default: { yes: true } }`, `{ options: { env: { type: 'string', default: 'dev' } } }`.
fn in_map(map: &Expression, is_of_options: bool, flags: &mut Flags) {
    let mut set = |name: &Shared, value: &Shared| {
        let names = name.literal().map(|it| names_of_flag(&it)).into_iter().flatten();
        names.for_each(|it| sets(flags.entry(it).or_default(), value));
    };
    if let Some(defaults) = field(map, "default")
        && let Form::Map(pairs) = &defaults.form
    {
        pairs.iter().for_each(|(name, value)| set(name, value));
    }
    let options = field(map, "options").or_else(|| field(map, "flags"));
    let each = |all: &Expression, set: &mut dyn FnMut(&Shared, &Shared)| {
        let Form::Map(pairs) = &all.form else { return };
        for (name, told) in pairs {
            let default = field(told, "default").filter(|_| matches!(told.form, Form::Map(_)));
            default.iter().for_each(|it| set(name, it));
        }
    };
    match options {
        Some(options) => each(&options, &mut set),
        None if is_of_options => each(map, &mut set),
        None => {}
    }
}

/// Keeps the options that a command of Laravel says it has: `protected $signature = 'wipe {--env=local}'`.
pub(super) fn in_signature(name: &str, value: &Expression, flags: &mut Flags) {
    let text = value.literal().filter(|_| name.rsplit('.').next() == Some("signature"));
    for option in text.iter().flat_map(|it| it.split('{').skip(1)) {
        let option = option.split('}').next().unwrap_or_default();
        let option = option.split(" : ").next().unwrap_or_default().trim();
        let (name, default) = option.split_once('=').unwrap_or((option, ""));
        if default.is_empty() || default == "*" {
            continue;
        }
        for name in names_of_flag(name) {
            let flag = flags.entry(name).or_default();
            flag.default = Some(default != "0");
            flag.text = Some(default.to_owned());
        }
    }
}

fn is_parse(callee: &Expression) -> bool {
    match &callee.form {
        Form::Name(name) => {
            name == crate::content::script::value::ARGUMENTS || name == "parse_args"
        }
        // `program.requiredOption('--yes').parse()`.
        Form::Member(on, name) if matches!(name.as_str(), "parse" | "parseAsync") => {
            has_one(vec![on], 100, |it| matches!(&it.form, Form::Name(it) if it == "program"))
        }
        Form::Member(_, name) => name == "parse_args",
        _ => false,
    }
}
