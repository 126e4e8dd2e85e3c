//! What agrees, what declines, and what is only of some form.

use super::{lower, parts};

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

/// Words by which a phrase says what is going to happen.
const SPEAKS: &[&str] = &[
    "delete", "drop", "wipe", "reset", "destroy", "nuke", "purge", "remove", "erase", "clear",
    "confirm",
];

/// Whether a word says what is going to happen: `DELETE`, `drop all of it`.
pub(in crate::content::script) fn speaks(word: &str) -> bool {
    let lower = lower(word);
    SPEAKS.iter().any(|it| lower.contains(it))
}

/// What somebody may keep, by how these words begin.
const KEPT: &[&str] = &[
    "data",
    "volume",
    "file",
    "table",
    "record",
    "row",
    "schema",
    "index",
    "bucket",
    "backup",
    "upload",
    "collection",
    "content",
    "existing",
    "them",
    "these",
    "those",
];

/// Whether a question is whether something stays, and none whether something goes: `Keep the database? [Y/n]`. `Keep going?` asks for
/// the opposite.
pub(in crate::content::script) fn speaks_of_keeping(question: &str) -> bool {
    let said = parts(question);
    let keeps = said.iter().position(|it| matches!(it.as_str(), "keep" | "preserve" | "retain"));
    let Some(kept) = keeps.and_then(|at| said.get(at + 1..)) else { return false };
    let is_data = |it: &String| {
        matches!(it.as_str(), "it" | "db" | "dbs") || KEPT.iter().any(|begin| it.starts_with(begin))
    };
    let goes_on = |it: &String| matches!(it.as_str(), "going" | "continue" | "proceed" | "mind");
    kept.iter().any(is_data) && !kept.iter().any(goes_on) && !speaks(question)
}

/// What stands for any text of some form in an alternative of a pattern.
const ANY: char = '*';

/// The words that a pattern or a word takes: `^([Yy]|yes)$` takes `y` and `yes`, `[yn]` takes `y` and `n`. What may be
/// any of many letters is a `*`.
pub(in crate::content::script) fn taken(pattern: &str) -> Vec<String> {
    let mut all = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            '\\' => match rest.next() {
                Some('d' | 'D' | 'w' | 'W' | 's' | 'S' | 'p') => all.push(ANY),
                Some(it) if !it.is_alphanumeric() => all.push(it),
                _ => {}
            },
            '[' => {
                let mut inner = String::new();
                while let Some(it) = rest.next_if(|it| *it != ']' || inner.ends_with(":")) {
                    inner.push(it);
                }
                rest.next();
                all.push_str(&of_class(&inner));
            }
            '{' => {
                while rest.next_if(|it| *it != '}').is_some() {}
                rest.next();
            }
            '.' if rest.peek().is_some_and(|it| "*+?{".contains(*it)) => all.push(ANY),
            '*' if !all.ends_with(ANY) => all.push(ANY),
            '^' | '$' | '(' | ')' | '?' | '+' | '*' => {}
            it => all.push(it),
        }
    }
    all.split('|').map(str::to_owned).filter(|it| !it.trim().is_empty()).collect()
}

/// What a class of letters takes: one letter whether large or small, each of some, or any of many.
fn of_class(inner: &str) -> String {
    let is_wide = inner.starts_with('^') || inner.contains(['-', '\\', ':']);
    let mut letters: Vec<String> = inner.chars().map(|it| it.to_lowercase().to_string()).collect();
    letters.sort();
    letters.dedup();
    if is_wide { ANY.to_string() } else { letters.join("|") }
}

/// Whether an answer need only be of some form, whatever it says: a number, the name of a file, an address.
pub(in crate::content::script) fn is_form(pattern: &str) -> bool {
    let says = |it: &str| {
        is_yes(it)
            || is_no(it)
            || speaks(it)
            || !it.is_ascii()
            || matches!(it, "o" | "s" | "j" | "d")
    };
    let is_open = |it: &String| {
        let mut parts = it.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        let is_sign = !it.contains(char::is_alphanumeric) && !it.trim().is_empty();
        is_sign || it.contains(ANY) && !parts.any(says)
    };
    taken(pattern).iter().any(is_open)
}

/// Whether a pattern is only of some form, and looks for no word: `^\d+$`, `^[^@]+@[^@]+$`.
pub(in crate::content::script) fn has_no_word(pattern: &str) -> bool {
    let mut words = taken(pattern).into_iter().flat_map(|it| parts(&it));
    is_form(pattern) && words.all(|it| it.len() < 3)
}

/// Whether a pattern is found in any text, as all that it looks for may be left out: `y*`, `(dev|test)?`.
pub(in crate::content::script) fn takes_anything(pattern: &str) -> bool {
    let mut rest = pattern.trim_start_matches('^').chars().peekable();
    let mut parts = 0;
    while let Some(it) = rest.next() {
        let ends = match it {
            '[' => Some(']'),
            '(' => Some(')'),
            '$' | '|' | ')' | ']' => return false,
            _ => None,
        };
        match ends {
            // What is within others is not looked into.
            Some(end) => while rest.next().is_some_and(|it| it != end && !"[(".contains(it)) {},
            None if it == '\\' => {
                rest.next();
            }
            None => {}
        }
        if rest.next_if(|it| "*?".contains(*it)).is_none() {
            return false;
        }
        parts += 1;
    }
    parts > 0
}

#[cfg(test)]
mod tests {
    use super::takes_anything;

    #[test]
    fn tells_what_takes_anything() {
        for it in ["y*", "^y*", "[yY]?", "(dev|test)?", "y?e?s?", "\\w*"] {
            assert!(takes_anything(it), "{it}");
        }
        for it in ["", "y", "^y?$", "[yY]", "(y|yes)", "ye?s", "y*|n", "(a(b)?)", "yes*"] {
            assert!(!takes_anything(it), "{it}");
        }
    }
}
