//! The policy: what it accepts, what it says of what it refuses, and how soon.

use dataward::content::Limits;
use dataward::finding::Severity;
use dataward::policy::{Conditions, Date, Level, Policy};

mod docs;
mod environment;
mod hostile;
mod judge;
mod read;
mod starter;

const RULES: &[&str] = &["database-file", "database-with-personal-data", "unreadable-database"];

fn parse(text: impl AsRef<[u8]>) -> anyhow::Result<Policy> {
    Policy::parse(text.as_ref(), ".dataward.yaml", RULES)
}

/// What is said of a policy that is refused.
fn refusal(text: impl AsRef<[u8]>) -> String {
    let text = text.as_ref();
    match parse(text) {
        Ok(policy) => panic!("accepted: {}\n{policy:?}", String::from_utf8_lossy(text)),
        Err(error) => format!("{error:#}"),
    }
}

/// A policy with one allowance, its last lines as given.
fn allowing(path: &str, more: &str) -> String {
    format!(
        "version: 1\nallow:\n  - rule: database-file\n    path: {path}\n    reason: made up\n{more}"
    )
}

#[test]
fn every_key_is_applied() {
    let policy = parse(
        r#"
version: 1
requires: "0.1"
rules:
  database-file: warning
  unreadable-database: off
allow:
  - rule: database-with-personal-data
    path: tests/fixtures/*.sqlite3
    reason: >
      made by tests/make_fixtures.py,
      no real people
    until: 2027-01-31
    when:
      test_confidence: 0.9
      real_looking_identities: 0
      rows: 1000
  - {rule: database-file, path: "**/*.db", reason: "yes"}
limits:
  file_size: 1 GiB
  tables: 20
  rows_per_table: 300
  seconds: 4
waivers: false
baseline: true
registry: required
"#,
    )
    .unwrap();
    assert_eq!(policy.severities["database-file"], Level::Severity(Severity::Warning));
    assert_eq!(policy.severities["unreadable-database"], Level::Off);
    assert_eq!(
        policy.limits,
        Limits {
            file_size: 1 << 30,
            tables: 20,
            rows_per_table: 300,
            seconds: 4,
            ..Limits::default()
        }
    );
    assert_eq!((policy.counts_waivers, policy.counts_baseline), (Some(false), Some(true)));
    assert_eq!(policy.severities["registry-disagrees"], Level::Severity(Severity::Error));
    let [first, second] = &policy.allowances[..] else { panic!("{policy:?}") };
    assert_eq!(first.reason, "made by tests/make_fixtures.py, no real people");
    assert_eq!(first.until, Some(Date { year: 2027, month: 1, day: 31 }));
    assert_eq!(first.line, 8);
    assert_eq!(
        first.when,
        Conditions {
            test_confidence: Some(0.9),
            real_looking_identities: Some(0),
            proven: false,
            rows: Some(1000)
        }
    );
    assert_eq!((second.when.clone(), second.until), (Conditions::default(), None));
}

#[test]
fn what_is_left_out_or_left_empty_keeps_its_default() {
    for text in
        ["version: 1", "\u{feff}version: 1\r\n", "---\nversion: 1\nrules:\nallow:\nlimits:\n"]
    {
        let policy = parse(text).unwrap();
        assert_eq!(policy.limits, Limits::default());
        assert!(policy.severities.is_empty() && policy.allowances.is_empty());
        assert_eq!((policy.counts_waivers, policy.counts_baseline), (None, None));
    }
}

#[test]
fn an_error_says_where_and_what_is_wrong_and_what_would_be_right() {
    for (text, said) in [
        ("", "1:1: the policy is empty; add the line `version: 1`"),
        ("# version: 1\n", "1:1: the policy is empty"),
        ("rules: {}\n", "1:1: the policy does not say its version; add the line `version: 1`"),
        (
            "version: 2\nnew: 1\n",
            "1:10: `2` is no version of the policy's format; write `version: 1`",
        ),
        (
            "version: 1\nrequires: 0.9\nnew: 1\n",
            "2:11: this policy needs dataward 0.9 or later, and this is dataward 0.1",
        ),
        (
            "version: 1\nrequires: soon\n",
            "2:11: `soon` is not a version of dataward; write one such as \"0.1\"",
        ),
        ("version: 1\nalow: []\n", "2:1: unknown key `alow`; did you mean `allow`?"),
        (
            "version: 1\nexclude: []\n",
            "2:1: unknown key `exclude`; there are `version`, `requires`, `rules`,",
        ),
        ("version: 1\nversion: 1\n", "2:1: the key `version` is here twice"),
        (
            "version: 1\nrules:\n  database-file: off\n  database-file: off\n",
            "4:3: the key `database-file` is here twice",
        ),
        (
            "version: 1\nrules:\n  database-fil: off\n",
            "3:3: unknown rule `database-fil`; did you mean `database-file`?",
        ),
        (
            "version: 1\nrules:\n  database-file: warn\n",
            "3:18: unknown severity `warn`; there are `error`, `warning`, `off`",
        ),
        (
            "version: 1\nrules:\n  database-file: of\n",
            "3:18: unknown severity `of`; did you mean `off`?",
        ),
        ("version: 1\nrules: [a]\n", "2:8: expected keys with values"),
        ("version: 1\nallow: {}\n", "2:8: expected a list"),
        ("version: [1]\n", "1:10: expected a single value"),
        ("[]", "1:1: expected keys with values"),
        (
            "version: 1\nallow:\n  - rule: database-file\n    path: a\n",
            "3:5: this allowance has no `reason`; add the line",
        ),
        ("version: 1\nallow:\n  - path: a\n    reason: a\n", "3:5: this allowance has no `rule`"),
        (
            "version: 1\nallow:\n  - {rule: database-file, path: a, reason: ' '}\n",
            "3:44: the reason is empty",
        ),
        (
            "version: 1\nallow:\n  - {rule: no-such, path: a, reason: a}\n",
            "3:12: unknown rule `no-such`; there are",
        ),
        ("version: 1\nlimits:\n  rows: 1\n", "3:3: unknown key `rows`"),
        ("version: 1\n  x: 1\n", "2:4: not valid YAML: "),
        ("version: 'a\n", "2:1: not valid YAML: "),
        ("version: 1\n---\nversion: 1\n", "2:1: a policy is one document"),
    ] {
        let refusal = refusal(text);
        assert!(refusal.starts_with(&format!(".dataward.yaml:{said}")), "{text}\n{refusal}");
        assert!(!refusal.ends_with('.'), "{refusal}");
    }
}

#[test]
fn an_allowance_is_checked_to_the_last_value() {
    for (path, more, said) in [
        ("a", "    until: 2027-02-30\n", "6:12: `2027-02-30`: the month has no such day"),
        ("a", "    until: soon\n", "6:12: `soon`: a date is written YYYY-MM-DD"),
        ("a", "    until:\n", "6:10: there is no value here"),
        ("a", "    when:\n", "6:9: `when` has no condition"),
        ("a", "    when: {}\n", "6:11: `when` has no condition"),
        ("a", "    when: {row: 1}\n", "6:12: unknown key `row`; did you mean `rows`?"),
        ("a", "    when: {rows: -1}\n", "6:18: `-1` is not a whole number"),
        ("a", "    when: {rows: 1_000}\n", "6:18: `1_000` is not a whole number"),
        (
            "a",
            "    when: {rows: 99999999999999999999}\n",
            "6:18: `99999999999999999999` is not a whole number",
        ),
        ("a", "    when: {rows: on}\n", "6:18: `on` is not a whole number"),
        ("a", "    when: {test_confidence: 1.1}\n", "6:29: `1.1` is not a number from 0 to 1"),
        ("a", "    when: {test_confidence: -0.1}\n", "6:29: `-0.1` is not a number from 0 to 1"),
        ("a", "    when: {test_confidence: 1e400}\n", "6:29: `1e400` is not a number that can be"),
        ("a", "    when: {test_confidence: .nan}\n", "6:29: `.nan` is not a number that can be"),
        ("a", "    when: {test_confidence: .inf}\n", "6:29: `.inf` is not a number that can be"),
        ("a", "    when: {test_confidence: nan}\n", "6:29: `nan` is not a number from 0 to 1"),
        ("a", "    when: {test_confidence: yes}\n", "6:29: `yes` is not a number from 0 to 1"),
        ("\"\"", "", "4:11: the path is empty"),
        ("/a", "", "4:11: the path is relative to the top"),
        ("a/../b", "", "4:11: the path has an empty part, `.` or `..`"),
        ("./a", "", "4:11: the path has an empty part"),
        ("a//b", "", "4:11: the path has an empty part"),
        ("a/", "", "4:11: the path names a directory; for all files below it end it in `/**`"),
        ("a\\b", "", "4:11: the parts of a path are separated by `/`"),
        ("\"[!b]\"", "", "4:11: a `[...]` in a path may hold ASCII letters"),
        ("\"a[.-0]b\"", "", "4:11: a `[...]` in a path may hold ASCII letters"),
        ("\"a[0--9]b\"", "", "4:11: a `[...]` in a path may hold ASCII letters"),
        ("\"[öo]x\"", "", "4:11: a `[...]` in a path may hold ASCII letters"),
        ("\"a[/]b\"", "", "4:11: a `[...]` in a path may hold ASCII letters"),
        ("\"a[\"", "", "4:11: not a valid glob: unclosed character class"),
        ("\"a{\"", "", "4:11: not a valid glob: unclosed alternate group"),
        ("*.db", "", "4:11: a policy has no aliases; quote a text that begins with `*`"),
    ] {
        let refusal = refusal(allowing(path, more));
        assert!(refusal.starts_with(&format!(".dataward.yaml:{said}")), "{path} {more}{refusal}");
    }
}

#[test]
fn a_size_is_bytes_or_has_a_unit() {
    let limits = |size: &str| parse(format!("version: 1\nlimits:\n  file_size: {size}\n"));
    for (size, bytes) in [
        ("1", 1),
        ("\"4096\"", 4096),
        ("2 KB", 2000),
        ("2 KiB", 2048),
        ("3 MB", 3_000_000),
        ("3MiB", 3 << 20),
        ("4 GB", 4_000_000_000),
        ("16 GiB", 16 << 30),
    ] {
        assert_eq!(limits(size).unwrap().limits.file_size, bytes, "{size}");
    }
    for size in [
        "0",
        "-1",
        "1.5 GiB",
        "17 GiB",
        "18446744073709551615 GiB",
        "1 mib",
        "1 TiB",
        "MiB",
        "1 MiB x",
        "[]",
    ] {
        let error = limits(size).unwrap_err().to_string();
        assert!(error.starts_with(".dataward.yaml:3:14: "), "{size} {error}");
    }
    for limit in [
        "tables: 0",
        "tables: 1000001",
        "rows_per_table: 0",
        "seconds: 0",
        "seconds: 3601",
        "seconds: 1.5",
    ] {
        assert!(parse(format!("version: 1\nlimits: {{{limit}}}\n")).is_err(), "{limit}");
    }
}

#[test]
fn a_glob_names_paths_from_the_top_of_the_repository() {
    for (glob, path, names) in [
        ("a.db", &b"a.db"[..], true),
        ("a.db", b"x/a.db", false),
        ("*.db", b"a.db", true),
        ("*.db", b"x/a.db", false),
        ("**/*.db", b"a.db", true),
        ("**/*.db", b"x/y/a.db", true),
        ("**", b"x/y/a.db", true),
        ("x/*/a.db", b"x/y/a.db", true),
        ("x/*/a.db", b"x/y/z/a.db", false),
        ("x/**", b"x/y/z/a.db", true),
        ("x/**/a.db", b"x/a.db", true),
        ("x?a.db", b"x/a.db", false),
        ("[a-c_0-9].db", b"b.db", true),
        ("[*].db", b"*.db", true),
        ("[]].db", b"].db", true),
        ("{a,b}.db", b"b.db", true),
        ("*.DB", b"a.db", false),
        (".*", b".db", true),
        ("*.db", b".db", true),
        ("*.db", b"\xff\xfe.db", true),
        ("*.db", b"a\n.db", true),
        ("a[\\]b", b"a\\b", true),
        ("a[\\]b", b"a/b", false),
    ] {
        let policy = parse(allowing(&format!("'{glob}'"), "")).unwrap();
        assert_eq!(
            policy.allowances[0].names(path.into()),
            names,
            "{glob} {}",
            path.escape_ascii()
        );
    }
}

#[test]
fn an_error_repeats_little_of_the_policy_and_nothing_that_acts_on_a_terminal() {
    let long = "k".repeat(500);
    for text in [
        format!("version: 1\n{long}: 1\n"),
        format!("version: 1\n\"\\e[31m\\u202e\\u2028{long}\": 1\n"),
        format!("version: {long}\n"),
        format!("version: 1\nrequires: {long}\n"),
        format!("version: 1\nrules:\n  {long}: off\n"),
        format!("version: 1\nrules:\n  database-file: {long}\n"),
        format!("version: 1\n{long}: 1\n{long}: 1\n"),
        format!("version: 1\nrules: !{long} {{}}\n"),
        format!("version: *{long}\n"),
        format!("%{long}\nversion: 1\n"),
        format!("version: 1\nlimits: {{file_size: {long}}}\n"),
        allowing(&format!("\"[{long}\""), ""),
        allowing(&format!("\"{{{long}\""), ""),
        allowing("\"[\\u202eb-\\ea]\"", ""),
    ] {
        let refusal = refusal(&text);
        assert!(refusal.chars().count() < 250, "{refusal}");
        assert!(!refusal.contains(&long[..41]), "{refusal}");
        let acts = |it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{202e}');
        assert!(!refusal.contains(acts), "{refusal:?}");
    }
    assert!(
        !Policy::parse(b"", "a\x1b[31m\nb", RULES)
            .unwrap_err()
            .to_string()
            .contains(char::is_control)
    );
}

#[test]
fn a_condition_on_a_database_is_refused_for_a_rule_about_scripts() {
    let known = dataward::rules::ids();
    let policy = |rule: &str, more: &str| {
        let text = format!(
            "version: 1\nallow:\n  - rule: {rule}\n    path: a.py\n    reason: made up\n{more}"
        );
        Policy::parse(text.as_bytes(), "p", &known).map_err(|error| format!("{error:#}"))
    };
    let refused = policy("unguarded-table-wipe", "    when: {rows: 1}\n").unwrap_err();
    let words = "p:6:11: `when` looks at a database, and `unguarded-table-wipe` is about scripts; take `when` out";
    assert_eq!(refused, words);
    assert!(policy("unguarded-table-wipe", "    until: 2027-01-31\n").is_ok());
    assert!(policy("database-file", "    when: {rows: 1}\n").is_ok());
    let text = "version: 1\nrules: {unguarded-table-wipe: warning, false-guard: off}\n";
    assert_eq!(Policy::parse(text.as_bytes(), "p", &known).unwrap().severities.len(), 2);
}
