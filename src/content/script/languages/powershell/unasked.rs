//! What asks before it does something, and is kept from asking by the script itself.

use std::collections::HashSet;

/// What a script keeps from asking; looked for once in a file.
pub(super) struct Unasked {
    /// Nothing asks: `$ConfirmPreference = 'None'`.
    pub(super) is_all: bool,
    /// Words, in lower case, of calls that are told not to ask: `Remove-It -Confirm:$false`.
    pub(super) called: HashSet<String>,
}

impl Unasked {
    pub(super) fn of(text: &str) -> Unasked {
        let mut found = Unasked { is_all: false, called: HashSet::new() };
        for line in text.lines() {
            // Further in, somebody may have said so: `if ($Force) { ... }`.
            found.is_all |= line.starts_with('$') && sets_nothing_asked(line);
            if !line.trim_start().starts_with('#') {
                found.calls(&line.to_lowercase());
            }
        }
        found
    }

    /// Keeps the words of a line that stand before the flag.
    fn calls(&mut self, line: &str) {
        if !line.contains("-confirm:") {
            return;
        }
        let mark = |it: char| matches!(it, '(' | ')' | '{' | '}' | ';');
        let words: Vec<&str> = line.split_whitespace().map(|it| it.trim_matches(mark)).collect();
        let is_flag = |it: &&str| matches!(*it, "-confirm:$false" | "-confirm:0");
        if let Some(last) = words.iter().rposition(is_flag) {
            self.called.extend(words[..last].iter().map(|it| (*it).to_owned()));
        }
    }
}

fn sets_nothing_asked(line: &str) -> bool {
    let plain: String = line.chars().filter(|it| !it.is_whitespace()).collect();
    let plain = plain.to_lowercase().replace('"', "'");
    let set = plain.strip_prefix('$').and_then(|it| it.split_once('='));
    set.is_some_and(|(name, value)| {
        name.rsplit(':').next() == Some("confirmpreference") && value.starts_with("'none'")
    })
}

#[cfg(test)]
mod tests {
    use super::Unasked;

    fn is_nothing_asked(text: &str) -> bool {
        Unasked::of(text).is_all
    }

    fn is_called_unasked(text: &str, function: &str) -> bool {
        Unasked::of(text).called.contains(function)
    }

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
