//! Paths that are all there is: the root of the system, a home.

use super::Word;
use super::paths::is_of_somebody;
use crate::content::script::syntax::Form;

/// `/`, `~`, `$HOME`, `/var`.
pub(super) fn is_all(word: &Word) -> bool {
    let text = word.text.trim_end_matches('*');
    let bare = text.trim_end_matches('/');
    let is_home = match &word.value.form {
        Form::Environment(name, _) | Form::Name(name) => name == "HOME",
        _ => false,
    };
    is_home
        || is_of_somebody(bare)
        || matches!(
            bare,
            "~" | "/etc" | "/var" | "/home" | "/usr" | "/root" | "/opt" | "/srv" | "/var/lib"
        )
        || (bare.is_empty() && text.starts_with('/'))
}

/// `"$DIR/"*`, where a variable that is not set leaves `/*`.
pub(super) fn may_be_root(word: &Word) -> bool {
    let text = word.text.trim_end_matches('*');
    if text != "\u{1}/" || !word.text.ends_with('*') {
        return false;
    }
    let mut open = vec![&word.value];
    while let Some(it) = open.pop() {
        match &it.form {
            // Nothing in the file sets it, and nothing stands for it.
            Form::Environment(name, None) => {
                return !matches!(
                    name.as_str(),
                    "HOME" | "PWD" | "TMPDIR" | "GITHUB_WORKSPACE" | "RUNNER_TEMP"
                );
            }
            Form::Call(_) => return false,
            _ => open.extend(it.children()),
        }
    }
    false
}
