//! Buttons of dialogs, against which an answer is held: `QMessageBox.Yes`, `wx.ID_NO`.

use super::called;
use crate::content::script::syntax::{Expression, Form};
use crate::content::script::value::way;

/// What the buttons of a dialog are fields of.
const OWNERS: &[&str] = &["QMessageBox", "StandardButton", "wx", "ResponseType"];

/// Buttons that agree.
const AGREE: &[&str] = &["Yes", "YES", "Ok", "OK", "YesToAll", "ID_YES", "ID_OK"];

/// Buttons that decline.
const DECLINE: &[&str] = &["No", "NO", "NoToAll", "ID_NO"];

/// The word that a button stands for: `yes` of `QMessageBox.StandardButton.Yes`.
pub(super) fn button(of: &Expression) -> Option<&'static str> {
    let Form::Member(on, name) = &of.form else { return None };
    let owner = way(on)?;
    if !owner.rsplit('.').next().is_some_and(|it| OWNERS.contains(&it)) {
        return None;
    }
    match name.as_str() {
        it if AGREE.contains(&it) => Some("yes"),
        it if DECLINE.contains(&it) => Some("no"),
        _ => None,
    }
}

/// Whether a condition holds what somebody answered against buttons, whatever showed the dialog: `box.exec() == QMessageBox.Yes`.
pub(super) fn asks_by_buttons(test: &Expression) -> bool {
    let Form::Compare(_, left, right) = &test.form else { return false };
    let Form::Call(call) = &left.form else { return false };
    let shown =
        ["question", "warning", "critical", "exec", "exec_", "ShowModal", "MessageBox", "run"];
    if !shown.contains(&called(call).rsplit('.').next().unwrap_or_default()) {
        return false;
    }
    match &right.form {
        Form::List(all) => !all.is_empty() && all.iter().all(|it| button(it).is_some()),
        _ => button(right).is_some(),
    }
}
