//! Names of what nobody misses: things of tests, and things for a while.

use super::names::parts;

/// Ordinary words that end as `shoptest` does.
const ORDINARY_ENDS: &[&str] = &[
    "attest",
    "backtest",
    "brightest",
    "contest",
    "cutest",
    "detest",
    "fastest",
    "fittest",
    "greatest",
    "hottest",
    "latest",
    "loadtest",
    "pentest",
    "lightest",
    "protest",
    "shortest",
    "smartest",
    "speedtest",
    "stresstest",
    "sweetest",
];

/// What a word may be written together with: `shoptestdb`.
const THINGS: &[&str] = &["database", "data", "db"];

/// Ordinary words that begin as `test` and `temp` do.
const ORDINARY: &[&str] = &[
    "testament",
    "testif",
    "testimon",
    "testator",
    "testosteron",
    "temperat",
    "temperament",
    "tempest",
    "template",
    "temple",
    "temporal",
    "temptation",
];

/// What people have of a test or a temperature: `test_results`, `temp_readings`.
const OF_PEOPLE: &[&str] = &[
    "answers",
    "appointments",
    "attempts",
    "bookings",
    "cases",
    "drives",
    "kits",
    "measurements",
    "plans",
    "questions",
    "readings",
    "requests",
    "results",
    "scores",
    "sensors",
    "submissions",
    "suites",
    "takers",
];

/// Whether a name says that what it names is for tests: `test_shop`, `shopTest`, `testdb2`.
pub(in crate::content::script) fn is_of_tests(name: &str) -> bool {
    says(name, |it| {
        let bare = THINGS.iter().find_map(|of| it.strip_suffix(of)).unwrap_or(it);
        let bare = bare.strip_suffix('s').unwrap_or(bare);
        begins(it, &["test"])
            || bare.ends_with("test") && !ORDINARY_ENDS.iter().any(|it| bare.ends_with(it))
    })
}

/// Whether a name says that what it names only shows something: `demo`, `demo-data`.
pub(in crate::content::script) fn is_for_show(name: &str) -> bool {
    says(name, |it| matches!(it, "demo" | "demos" | "demodata" | "demodb" | "demoapp"))
}

/// Whether a name says that what it names is there for a while: `tmp_users`, `tempdb`, `users_temp1`.
pub(in crate::content::script) fn is_for_a_while(name: &str) -> bool {
    says(name, |it| begins(it, &["tmp", "temp"]) && !matches!(it, "tempo" | "tempos"))
}

/// Whether a word of a name is such a one, and what the name ends in is nothing of people's.
fn says(name: &str, is_such: impl Fn(&str) -> bool) -> bool {
    let words = parts(name);
    words.iter().any(|it| is_such(it.trim_end_matches(|it: char| it.is_ascii_digit())))
        && !words.last().is_some_and(|it| OF_PEOPLE.contains(&it.as_str()))
}

fn begins(word: &str, with: &[&str]) -> bool {
    with.iter().any(|it| word.starts_with(it)) && !ORDINARY.iter().any(|it| word.starts_with(it))
}
