//! The policy that `dataward init` writes is one, whatever the repository holds.

use dataward::policy::{Date, FoundDatabase, Policy, starter};

use crate::parse;

const TODAY: Date = Date { year: 2026, month: 11, day: 21 };

fn found(path: impl AsRef<[u8]>, rows: u64, people: u64, test_confidence: f64) -> FoundDatabase {
    let real_looking_identities = if test_confidence < 0.5 { people } else { 0 };
    FoundDatabase {
        path: path.as_ref().into(),
        rows,
        people,
        test_confidence,
        real_looking_identities,
        is_read_in_full: true,
    }
}

#[test]
fn what_was_not_read_in_full_is_not_allowed() {
    let part =
        FoundDatabase { is_read_in_full: false, ..found("tests/fixtures/a.db", 20_000, 2, 0.95) };
    let text = starter(&[part], TODAY);
    assert!(parse(&text).expect("a policy").allowances.is_empty(), "{text}");
}

/// The policy without its explanation.
fn entries(text: &str) -> &str {
    text.split_once("\nallow:\n").expect("there is an `allow:`").1
}

#[test]
fn the_starter_of_an_empty_repository_allows_nothing_and_explains_every_key() {
    let text = starter(&[], TODAY);
    let policy = parse(&text).unwrap();
    assert!(policy.allowances.is_empty() && policy.severities.is_empty());
    assert_eq!(policy.limits, Policy::default().limits);
    let keys = [
        "version: 1",
        "requires: \"",
        "# rules:",
        "# limits:",
        "file_size:",
        "tables:",
        "rows_per_table:",
        "seconds:",
        "archive_depth:",
        "archive_members:",
        "archive_size:",
        "waivers:",
        "baseline:",
        "registry:",
        "allow:",
        "- rule:",
        "path:",
        "reason:",
        "until:",
        "when:",
        "test_confidence:",
        "real_looking_identities:",
        "rows:",
    ];
    for key in keys {
        assert!(text.contains(key), "{key}");
    }
    assert!(text.lines().all(|line| line.len() <= 90), "{text}");
}

#[test]
fn what_it_explains_is_valid_once_the_comment_sign_is_taken_off() {
    let text = starter(&[], TODAY);
    let (head, example) = text.split_once("# What may be in git all the same").unwrap();
    let head = head
        .replace("# rules:", "rules:")
        .replace("# limits:", "limits:")
        .replace("# waivers:", "waivers:")
        .replace("# baseline:", "baseline:")
        .replace("# registry:", "registry:")
        .replace("\n#   ", "\n  ");
    let example =
        example.split_once('\n').unwrap().1.replace("allow:\n", "").replace("\n#   ", "\n  ");
    let example = example.strip_prefix("# ").unwrap_or(&example);
    let policy = parse(format!("{head}allow:\n{}", example.trim_start_matches('#'))).unwrap();
    // `registry: required` is a severity of its rule.
    assert_eq!((policy.allowances.len(), policy.severities.len()), (1, 2));
    assert_eq!((policy.counts_waivers, policy.counts_baseline), (Some(true), Some(true)));
}

#[test]
fn fixtures_are_allowed_by_directory_and_the_rest_is_proposed_with_its_figures() {
    let text = starter(
        &[
            found("tests/fixtures/a.sqlite3", 120, 40, 0.97),
            found("tests/fixtures/b.sqlite3", 7, 0, 1.0),
            found("spec/small.db", 3, 0, 0.9),
            found("spec/named", 3, 0, 0.9),
            found("instance/app.db", 9000, 412, 0.06),
            found("tests/prod.db", 9000, 412, 0.06),
            found("latest/a.db", 5, 0, 0.95),
            found("test.db", 5, 0, 0.95),
        ],
        TODAY,
    );
    assert_eq!(
        entries(&text),
        r#"  - rule: database-file
    path: "spec/*.db"
    reason: "fixture found by dataward init on 2026-11-21: confirm"
    when:
      test_confidence: 0.9
      real_looking_identities: 0
      rows: 100
  - rule: database-file
    path: "spec/named"
    reason: "fixture found by dataward init on 2026-11-21: confirm"
    when:
      test_confidence: 0.9
      real_looking_identities: 0
      rows: 100
  - rule: database-with-personal-data
    path: "tests/fixtures/*.sqlite3"
    reason: "fixture found by dataward init on 2026-11-21: confirm"
    when:
      test_confidence: 0.9
      real_looking_identities: 0
      rows: 1000
  # These are in git already. Take each out, or give its reason and take the `# ` off:
  # - rule: database-with-personal-data
  #   path: "instance/app.db"    # people: 412, rows: 9000, test_confidence 0.06, real-looking identities: 412
  #   reason: ""
  # - rule: database-file
  #   path: "latest/a.db"    # people: 0, rows: 5, test_confidence 0.95, real-looking identities: 0
  #   reason: ""
  # - rule: database-file
  #   path: "test.db"    # people: 0, rows: 5, test_confidence 0.95, real-looking identities: 0
  #   reason: ""
  # - rule: database-with-personal-data
  #   path: "tests/prod.db"    # people: 412, rows: 9000, test_confidence 0.06, real-looking identities: 412
  #   reason: ""
"#
    );
    assert_eq!(parse(&text).unwrap().allowances.len(), 3);
    let uncommented =
        text.replace("  # - ", "  - ").replace("  #   ", "    ").replace("\"\"", "because");
    assert_eq!(parse(uncommented).unwrap().allowances.len(), 7);
}

#[test]
fn a_hostile_name_stays_a_name() {
    for name in [
        "a\nallow: []\n.db",
        "a\" # x.db",
        "a'b: {c}.db",
        "a\\b.db",
        "*.db",
        "[a]{b,c}?.db",
        "\u{202e}gpj.db",
        "\u{feff}\u{85}\u{2028}\u{7f}\u{1b}[31m.db",
        "\u{fffe}\u{10ffff}\u{e000}.db",
        "\u{fc}\u{444}\u{1f600}.db",
        "!x &y *z.db",
        "- a.db",
        "a.*",
        "%.db",
    ] {
        let path = format!("tests/{name}");
        let text = starter(&[found(&path, 1, 0, 1.0), found(name, 1, 0, 0.1)], TODAY);
        let policy = parse(&text).unwrap_or_else(|error| panic!("{error:#}\n{text}"));
        let [allowance] = &policy.allowances[..] else { panic!("{text}") };
        assert!(allowance.names(path.as_str().into()), "{text}");
        assert!(!allowance.names("tests/other.sqlite3".into()), "{text}");
        assert!(!text.contains(|it: char| it.is_control() && it != '\n'), "{text:?}");

        let uncommented =
            text.replace("  # - ", "  - ").replace("  #   ", "    ").replace("\"\"", "because");
        let policy = parse(&uncommented).unwrap_or_else(|error| panic!("{error:#}\n{uncommented}"));
        assert!(
            policy.allowances[1].names(name.into())
                && !policy.allowances[1].names("other.db".into())
        );
    }
}

#[test]
fn names_that_no_allowance_can_hold_are_counted() {
    let long = format!("tests/{}.db", "a".repeat(600));
    let text = starter(&[found(b"tests/\xff.db", 1, 0, 1.0), found(&long, 1, 0, 1.0)], TODAY);
    assert!(entries(&text).contains("Left out") && entries(&text).contains(": 2\n"), "{text}");
    assert!(parse(&text).unwrap().allowances.is_empty());
}

#[test]
fn ten_thousand_databases_make_a_policy_that_a_person_can_read() {
    let many = |under: &str| {
        (0..5000).map(|it| found(format!("{under}/{it}/a.db"), 1, 0, 1.0)).collect::<Vec<_>>()
    };
    let text = starter(&[many("tests"), many("data")].concat(), TODAY);
    assert!(text.lines().count() < 600);
    assert!(text.contains(": 9900\n"), "{text}");
    assert_eq!(parse(&text).unwrap().allowances.len(), 50);
}
