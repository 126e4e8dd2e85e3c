//! The words that a name is made of.

/// The words of a name, in lower case: `writeAuditLog` is `write`, `audit` and `log`, `DBReset` is `db` and `reset`.
pub(in crate::content::script) fn parts(name: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut letters = name.chars().peekable();
    let (mut was_lower, mut was_upper) = (false, false);
    while let Some(it) = letters.next() {
        let ends_capitals = was_upper && letters.peek().is_some_and(|it| it.is_lowercase());
        if !it.is_alphanumeric() || (it.is_uppercase() && (was_lower || ends_capitals)) {
            all.push(String::new());
        }
        if it.is_alphanumeric()
            && let Some(last) = all.last_mut()
        {
            last.extend(it.to_lowercase());
        }
        (was_lower, was_upper) = (it.is_lowercase(), it.is_uppercase());
    }
    all.retain(|it| !it.is_empty());
    all
}

/// A word of a name for one of what it may name many of: `stories` and `story`, `users` and `user`.
pub(in crate::content::script) fn singular(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(it) => format!("{it}y"),
        None => word.trim_end_matches('s').to_owned(),
    }
}

/// Whether one of these is a word of a name.
pub(super) fn has_part(name: &str, words: &[&str]) -> bool {
    parts(name).iter().any(|it| words.contains(&it.as_str()))
}

/// Whether a flag of this name is one that administrators alone have: `is_superuser`, `admin?`.
pub(in crate::content::script) fn is_of_administrators(name: &str) -> bool {
    let name = name.trim_end_matches('?').to_lowercase().replace('_', "");
    let name = name.strip_prefix("is").unwrap_or(&name);
    matches!(name, "admin" | "superuser" | "staff" | "superadmin")
}
