//! What agrees and what declines.

use super::lower;

/// Whether a word, or each of those in a pattern, declines.
pub(in crate::content::script) fn is_no(word: &str) -> bool {
    let lower = lower(word);
    let mut parts =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).peekable();
    if parts.peek().is_none() {
        return word.trim().is_empty();
    }
    parts.all(|it| {
        let of_letters = it.len() <= 3
            && it.starts_with(['n', 'o'])
            && it.bytes().all(|it| matches!(it, b'n' | b'o'));
        of_letters
            || matches!(
                it,
                "non"
                    | "nein"
                    | "false"
                    | "0"
                    | "cancel"
                    | "abort"
                    | "q"
                    | "quit"
                    | "exit"
                    | "stop"
                    | "never"
                    | "nope"
                    | "nay"
                    | "c"
                    | "a"
            )
    })
}

/// Whether a word agrees.
pub(in crate::content::script) fn is_yes(word: &str) -> bool {
    let lower = lower(word);
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        lower,
        "y" | "yes" | "true" | "1" | "on" | "ja" | "oui" | "si" | "sim" | "ok" | "force" | "really"
    ) || lower.starts_with("yes")
        || ["confirm", "sure", "understand"].iter().any(|it| lower.contains(it))
}

/// Whether a function of this name makes yes or no of a text: `strtobool(input())`.
pub(in crate::content::script) fn tells_yes(name: &str) -> bool {
    let last = lower(name.rsplit('.').next().unwrap_or_default()).replace('_', "");
    matches!(last.as_str(), "strtobool" | "str2bool" | "parsebool" | "stringtobool" | "isyes")
}

/// Whether a command of this name judges an answer that it is given: `check_yes`, `require_answer`.
pub(in crate::content::script) fn judges(name: &str) -> bool {
    let lower = lower(name);
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let is = |all: &[&str]| words.iter().any(|it| all.contains(it));
    is(&["check", "require", "assert", "verify", "validate", "ensure", "is"])
        && is(&["yes", "answer", "reply", "response", "confirmation", "confirmed"])
}
