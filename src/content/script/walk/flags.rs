//! What a script says of its flags beside declaring them: what they are where nobody says otherwise.

use super::Walk;
use crate::content::script::guards::{Flags, called, is_true};
use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::state::State;
use crate::content::script::syntax::{Argument, Call, Expression, Form};
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

/// Keeps what a call sets: `parser.set_defaults(force=True)`, `parser.parse_args(["--force"])`.
pub(super) fn set_by(call: &Call, flags: &mut Flags) {
    let name = called(call);
    let last = name.rsplit('.').next().unwrap_or_default();
    match (last, call.arguments.as_slice()) {
        ("set_defaults", all) => {
            for it in all {
                if let Some(name) = &it.name {
                    let flag = flags.entry(name.clone()).or_default();
                    flag.default = is_true(&it.value).or(flag.default);
                    flag.text = it.value.literal().or_else(|| flag.text.take());
                }
            }
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
        _ => {}
    }
}

fn is_parse(callee: &Expression) -> bool {
    match &callee.form {
        Form::Name(name) => {
            name == crate::content::script::value::ARGUMENTS || name == "parse_args"
        }
        Form::Member(_, name) => name == "parse_args",
        _ => false,
    }
}
