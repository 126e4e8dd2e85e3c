//! What a function of another file makes sure of before it goes on, by its name: `assertNotProduction`, `require_local_database`,
//! `confirm_or_exit`.

use super::names::parts;
use crate::content::script::model::GuardKind;

/// Words that say that the program ends where it is otherwise.
const ENDS: &[&str] = &[
    "ensure", "assert", "require", "requires", "guard", "abort", "refuse", "forbid", "prevent",
    "deny", "block", "disallow", "reject", "fail", "die", "exit", "bail", "stop", "must",
    "enforce", "only", "never", "halt", "protect", "panic",
];

/// Words that say so where they are about what must not be: `check_not_production`.
const LOOKS: &[&str] = &["check", "verify", "validate", "confirm"];

const REAL: &[&str] = &["prod", "production", "live", "prd"];

const OWN: &[&str] = &[
    "dev",
    "development",
    "local",
    "localhost",
    "sandbox",
    "minikube",
    "nonprod",
    "nonproduction",
];

/// What a function or file of this name refuses to go on without; none where it only answers, or says nothing of it.
pub(in crate::content::script) fn refuses(name: &str) -> Option<GuardKind> {
    let last = name.rsplit(['/', '.', ':']).next().unwrap_or_default();
    let words = parts(last);
    let has = |all: &[&str]| words.iter().any(|it| all.contains(&it.as_str()));
    let first = words.first().map_or("", |it| it.as_str());
    let answers = matches!(
        first,
        "is" | "has" | "get" | "should" | "can" | "allow" | "allows" | "log" | "warn" | "test"
    );
    if answers || words.len() < 2 || words.len() > 6 {
        return None;
    }
    let denies = has(&["not", "no", "non", "isnt", "never"]);
    let looks = has(LOOKS) && (denies && has(REAL) || has(OWN));
    if has(ENDS) && has(&["confirm", "confirmed", "confirmation"]) {
        return Some(GuardKind::Confirmation);
    }
    let is_safe =
        has(&["safe"]) && has(&["env", "environment", "database", "db", "target", "context"]);
    match has(ENDS) || looks {
        true if has(REAL) => Some(GuardKind::EnvironmentDenied),
        true if has(OWN) || is_safe => Some(GuardKind::EnvironmentAllowed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says() {
        use GuardKind::{Confirmation, EnvironmentAllowed, EnvironmentDenied};
        for (name, kind) in [
            ("assertNotProduction", EnvironmentDenied),
            ("ensure_not_production", EnvironmentDenied),
            ("abort_if_production!", EnvironmentDenied),
            ("guards.forbidInProd", EnvironmentDenied),
            ("check_not_production", EnvironmentDenied),
            ("require_local_database", EnvironmentAllowed),
            ("ensureDevEnvironment", EnvironmentAllowed),
            ("require-minikube-context", EnvironmentAllowed),
            ("assertSafeDatabase", EnvironmentAllowed),
            ("require_dangerous_confirmation", Confirmation),
            ("confirm_or_exit", Confirmation),
        ] {
            assert_eq!(refuses(name), Some(kind), "{name}");
        }
        for name in [
            "is_production",
            "isNotProduction",
            "check_env",
            "checkProduction",
            "require",
            "ensure_database",
            "exit_code",
            "production",
            "log_production_only",
            "requireAuth",
            "fail_fast",
            "assert_equal",
            "allow_only_local",
        ] {
            assert_eq!(refuses(name), None, "{name}");
        }
    }
}
