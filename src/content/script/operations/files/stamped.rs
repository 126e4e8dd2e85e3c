//! Paths that have the time in them.

use crate::content::script::operations::chain::name_of;
use crate::content::script::operations::piped;
use crate::content::script::syntax::{Call, Expression, Form, Shared};
use crate::content::script::tree::pieces;
use crate::content::script::value::Told;

/// Calls that give back the time as it is.
const CLOCKS: &[&str] = &["now", "utcnow", "today", "Get-Date"];

/// Calls that make a text of it.
const SPELLS: &[&str] = &["strftime", "isoformat", "format", "toISOString", "Format"];

/// What tells one day or less, in a format.
const FINE: &[&str] = &["d", "e", "j", "D", "F", "s", "H", "I", "M", "S", "T", "N", "x", "c", "u"];

/// Whether the last part of a path is the time of now, to the day at least: the script made that itself, `backups/shop-$(date +%s)`.
/// Where a pattern stands beside it, it is all of a day.
pub(super) fn is_stamped(path: &Told) -> bool {
    let path_of = path.text.trim_end_matches(['/', '\\']);
    let last = path_of.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_time = |n: usize| {
        let hole = path.origin.holes.get(n);
        hole.is_some_and(|it| runs_clock(it) || is_clock(it))
    };
    !last.contains(['*', '?']) && pieces(last).into_iter().any(|it| it.is_err_and(is_time))
}

/// `$(date +%Y%m%d)`.
fn runs_clock(of: &Shared) -> bool {
    let all = piped::commands(of);
    let is_date = |it: &Vec<String>| {
        let program = it.first().map(String::as_str);
        let format = it.iter().find_map(|it| it.strip_prefix('+'));
        program == Some("Get-Date") || program == Some("date") && format.is_none_or(is_fine)
    };
    matches!(all.as_slice(), [only] if is_date(only))
}

/// `datetime.now().strftime('%Y%m%d')`, `time.strftime(...)`, `Date.now()`.
fn is_clock(of: &Shared) -> bool {
    let Form::Call(call) = &of.form else { return false };
    let name = name_of(&call.callee);
    CLOCKS.contains(&name.as_str())
        || SPELLS.contains(&name.as_str()) && is_of_now(&call.callee) && tells_day(call)
}

/// Whether a method is that of a clock, or of what one gave back.
fn is_of_now(callee: &Expression) -> bool {
    match &callee.form {
        Form::Name(name) => name == "strftime",
        Form::Member(on, _) => match &on.form {
            Form::Name(name) => name == "time",
            Form::Call(call) => CLOCKS.contains(&name_of(&call.callee).as_str()),
            _ => false,
        },
        _ => false,
    }
}

fn tells_day(call: &Call) -> bool {
    let format = call.arguments.first().and_then(|it| it.value.literal());
    format.is_none_or(|it| is_fine(&it))
}

/// Whether a format of the time tells one day from another.
fn is_fine(format: &str) -> bool {
    !format.contains('%') || FINE.iter().any(|it| format.contains(&format!("%{it}")))
}
