//! What asks before it does something, and is kept from asking by the script itself.

/// Whether a script sets that nothing asks: `$ConfirmPreference = 'None'`.
pub(super) fn is_nothing_asked(text: &str) -> bool {
    if !["onfirmPreference", "onfirmpreference"].iter().any(|it| text.contains(it)) {
        return false;
    }
    // Further in, somebody may have said so: `if ($Force) { ... }`.
    text.lines().filter(|it| it.starts_with('$')).any(|it| {
        let plain: String = it.chars().filter(|it| !it.is_whitespace()).collect();
        let plain = plain.to_lowercase().replace('"', "'");
        let set = plain.strip_prefix('$').and_then(|it| it.split_once('='));
        set.is_some_and(|(name, value)| {
            name.rsplit(':').next() == Some("confirmpreference") && value.starts_with("'none'")
        })
    })
}

/// Calls with `-Confirm:` that are looked at.
const CALLS: usize = 100;

/// The line of a text around a place in it.
fn line_at(text: &str, at: usize) -> &str {
    let from = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let to = text[at..].find('\n').map_or(text.len(), |it| at + it);
    &text[from..to]
}

/// Whether a script calls a function of its own, whose name is in lower case, so that it does not ask: `Remove-It -Confirm:$false`.
pub(super) fn is_called_unasked(text: &str, function: &str) -> bool {
    let lines = text.match_indices("onfirm:").take(CALLS).map(|(at, _)| line_at(text, at));
    lines.filter(|it| !it.trim_start().starts_with('#')).any(|it| {
        let line = it.to_lowercase();
        let mut words =
            line.split_whitespace().map(|it| it.trim_matches(['(', ')', '{', '}', ';']));
        words.any(|it| it == function)
            && words.any(|it| matches!(it, "-confirm:$false" | "-confirm:0"))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_called_unasked, is_nothing_asked};

    #[test]
    fn tells_what_is_not_asked() {
        assert!(is_nothing_asked("$ConfirmPreference = 'None'\n"));
        assert!(is_nothing_asked("$global:confirmpreference=\"none\"\n"));
        assert!(!is_nothing_asked("if ($Force) {\n  $ConfirmPreference = 'None'\n}\n"));
        assert!(!is_nothing_asked("$ConfirmPreference = 'High'\n# $ConfirmPreference = 'None'\n"));
        assert!(is_called_unasked("Remove-It -Name a -Confirm:$false\n", "remove-it"));
        assert!(!is_called_unasked(
            "Remove-It -Name a\nRemove-Item a -Confirm:$false\n",
            "remove-it"
        ));
        assert!(!is_called_unasked("# Remove-It -Confirm:$false\n", "remove-it"));
    }
}
