//! What a function of another file makes sure of before it goes on, by its name: `assertNotProduction`, `require_local_database`,
//! `confirm_or_exit`.

use super::names::parts;
use crate::content::script::model::GuardKind;

/// Words that say what has to hold for the program to go on.
const HOLDS: &[&str] = &[
    "ensure", "assert", "require", "requires", "must", "enforce", "check", "verify", "validate",
    "confirm",
];

/// Words that say what is refused.
const REFUSES: &[&str] =
    &["refuse", "forbid", "prevent", "deny", "disallow", "reject", "never", "guard"];

/// Words that say that the program ends; when, a word behind them says.
const ENDS: &[&str] =
    &["abort", "fail", "die", "exit", "bail", "stop", "halt", "panic", "throw", "block"];

/// Words behind which it stands when.
const WHEN: &[&str] = &["if", "in", "on", "when", "against", "from"];

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

/// What a name may speak of besides, so that it is about where the program runs and nothing else.
const PLACES: &[&str] = &[
    "env",
    "environment",
    "database",
    "db",
    "context",
    "target",
    "host",
    "cluster",
    "machine",
    "only",
    "is",
    "we",
    "are",
    "on",
    "in",
    "running",
    "run",
    "safe",
    "or",
    "exit",
    "abort",
    "fail",
    "die",
    "a",
    "the",
    "use",
    "unless",
    "if",
    "not",
];

/// What is confirmed by somebody else, and another time.
const ELSEWHERE: &[&str] =
    &["email", "mail", "order", "payment", "user", "account", "booking", "password", "sms"];

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
    let ends = has(ENDS) || has(REFUSES);
    if has(&["confirm", "confirmed", "confirmation"]) {
        // `confirm_or_exit`, `require_confirmation`; not `stop_confirmation`.
        let stops = has(&["or"]) && ends || HOLDS.contains(&first) && first != "confirm";
        return (stops && !has(ELSEWHERE)).then_some(GuardKind::Confirmation);
    }
    let denies = has(&["not", "no", "non", "isnt", "never"]);
    let excepts = has(&["unless", "outside"]);
    let is_of_place = |it: &String| {
        let known = [HOLDS, REFUSES, ENDS, REAL, OWN, PLACES];
        known.iter().any(|all| all.contains(&it.as_str()))
    };
    if has(REAL) {
        // `abort_unless_production`, `exit_if_not_production` say the contrary.
        let is_refused = has(HOLDS) && denies
            || has(REFUSES) && !excepts && (!denies || has(&["never"]))
            || has(ENDS) && has(WHEN) && !excepts && !denies;
        return is_refused.then_some(GuardKind::EnvironmentDenied);
    }
    let is_whole = words.iter().all(is_of_place);
    let is_safe = has(&["safe"]) && words.len() > 2;
    let is_held = has(HOLDS) && !denies && (has(OWN) || is_safe)
        || ends && (excepts || has(WHEN) && denies) && has(OWN)
        || has(&["only"]) && has(OWN) && !ends;
    (is_held && is_whole).then_some(GuardKind::EnvironmentAllowed)
}

/// Whether such a name says that the program ends, whoever looks at what it gives back.
pub(in crate::content::script) fn says_end(name: &str) -> bool {
    parts(name).iter().any(|it| ENDS.contains(&it.as_str()))
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
            ("never_in_production", EnvironmentDenied),
            ("fail_on_prod", EnvironmentDenied),
            ("guard_against_production", EnvironmentDenied),
            ("ensure_nonprod", EnvironmentAllowed),
            ("abort_unless_local", EnvironmentAllowed),
            ("exit_if_not_dev", EnvironmentAllowed),
            ("dev_only", EnvironmentAllowed),
            ("ensureDevEnvironment", EnvironmentAllowed),
            ("require-minikube-context", EnvironmentAllowed),
            ("assertSafeDatabase", EnvironmentAllowed),
            ("require_dangerous_confirmation", Confirmation),
            ("confirm_or_exit", Confirmation),
        ] {
            assert_eq!(refuses(name), Some(kind), "{name}");
        }
        for name in [
            "ensure_production",
            "require_live_database",
            "mustOpenProdDB",
            "requireProd",
            "abort_unless_production",
            "exit_if_not_production",
            "abort_if_local",
            "forbid_local",
            "prod_only",
            "stop_local_server",
            "stop_production_workers",
            "exit_dev_mode",
            "block_prod_traffic",
            "Stop-ProductionService",
            "stopLiveReload",
            "protect_production_backup!",
            "check_local_disk",
            "verify_dev_tools",
            "validateLocalConfig",
            "ensure_local_dir",
            "stop_local",
            "require_email_confirmation",
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
