//! Paths that have the time in them.

use crate::content::script::operations::chain::name_of;
use crate::content::script::operations::piped;
use crate::content::script::syntax::{Expression, Form, Shared, has_one};
use crate::content::script::tree::pieces;
use crate::content::script::value::Told;

/// Whether the last part of a path has the time in it: the script made that itself, `backups/shop-$(date +%s)`.
pub(super) fn is_stamped(path: &Told) -> bool {
    let last = path.text.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_clock = |it: &Expression| {
        let Form::Call(call) = &it.form else { return false };
        let clocks = ["Get-Date", "strftime", "now", "utcnow", "isoformat"];
        clocks.contains(&name_of(&call.callee).as_str())
    };
    let runs_clock = |it: &Shared| {
        let all = piped::commands(it);
        all.iter().any(|it| it.first().is_some_and(|it| it == "date" || it == "Get-Date"))
    };
    let is_time = |n: usize| {
        let hole = path.origin.holes.get(n);
        hole.is_some_and(|it| runs_clock(it) || has_one(vec![&**it], 100, is_clock))
    };
    pieces(last).into_iter().any(|it| it.is_err_and(is_time))
}
