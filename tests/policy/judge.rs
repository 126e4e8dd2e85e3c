//! The verdict: severities, allowances and their conditions, and the rules that refine others.

use std::collections::BTreeMap;
use std::rc::Rc;

use dataward::content::{
    Cause, Confidence, Database, Identities, Nature, Remains, Signs, Table, Unreadable, Waiver,
    WriteAheadLog,
};
use dataward::finding::{Finding, Location, Severity};
use dataward::policy::{Date, Policy, UnusedAllowance, Verdict};

use Severity::{Error, Warning};

const TODAY: Date = Date { year: 2026, month: 11, day: 21 };

/// `secret` refines `special`, and `special` refines `general`.
fn refines(rule: &str) -> &'static [&'static str] {
    match rule {
        "secret" => &["special"],
        "special" => &["general"],
        _ => &[],
    }
}

fn policy(text: &str) -> Policy {
    let rules = ["general", "special", "secret", "other"];
    Policy::parse(format!("version: 1\n{text}").as_bytes(), "p", &rules).expect("a policy")
}

fn database(test_confidence: f64, real_looking: u64, rows: u64) -> Database {
    let identities = Identities { synthetic: 3, real_looking, unknown: 2 };
    let table = Table {
        name: "t".into(),
        rows,
        rows_read: rows,
        columns: Vec::new(),
        identities,
        reasons: BTreeMap::new(),
    };
    Database {
        format: &dataward::content::format::SQLITE,
        size: 4096,
        write_ahead_log: WriteAheadLog::Off,
        remains: Remains::default(),
        tables: vec![table],
        nature: Nature::Undecided,
        test_confidence: Confidence {
            value: test_confidence,
            reasons: Vec::new(),
            is_proven: false,
            signs: Signs::default(),
        },
        damage: None,
    }
}

fn found(rule: &'static str, severity: Severity, path: &str, blob: Option<&str>) -> Finding {
    Finding {
        rule,
        severity,
        at: Location {
            path: path.into(),
            member: None,
            blob: blob.map(Into::into),
            line: None,
            sha256: None,
            origins: Vec::new(),
        },
        anchor: String::new(),
        message: "found".into(),
        evidence: Vec::new(),
        database: Some(Rc::new(database(0.5, 0, 10))),
        operation: None,
        hint: Vec::new(),
        example: None,
    }
}

/// The verdict in one line: what stands with its severity, then what was allowed.
fn line(verdict: &Verdict) -> String {
    let stands = verdict.findings.iter().map(|it| format!("{} {}", it.severity.word(), it.rule));
    let allowed = verdict.allowed.iter().map(|it| format!("allowed {}", it.finding.rule));
    stands.chain(allowed).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_general_finding_is_not_said_beside_one_that_refines_it_and_blocks_or_may_pass() {
    let allow = |rule: &str| format!("allow:\n  - {{rule: {rule}, path: a.db, reason: r}}\n");
    let met = |rule: &str| {
        format!("allow:\n  - {{rule: {rule}, path: a.db, reason: r, when: {{rows: 10}}}}\n")
    };
    let unmet = |rule: &str| {
        format!("allow:\n  - {{rule: {rule}, path: a.db, reason: r, when: {{rows: 9}}}}\n")
    };
    let expired = |rule: &str| {
        format!("allow:\n  - {{rule: {rule}, path: a.db, reason: r, until: 2026-11-20}}\n")
    };
    let weigh = |rule: &str, severity: &str| format!("rules: {{{rule}: {severity}}}\n");
    let both: &[&str] = &["general", "special"];
    let lone: &[&str] = &["general"];
    for (found_rules, text, expected) in [
        (both, String::new(), "error special"),
        (&["special", "general"], String::new(), "error special"),
        (lone, String::new(), "error general"),
        (&["general", "special", "secret"], String::new(), "error secret"),
        (&["general", "secret"], String::new(), "error secret"),
        (&["general", "other"], String::new(), "error general, error other"),
        // The refining finding is only a warning, or off: the general one stands by its own severity.
        (both, weigh("special", "warning"), "error general, warning special"),
        (both, weigh("special", "off"), "error general"),
        (both, weigh("general", "warning"), "error special"),
        (both, weigh("general", "off"), "error special"),
        (both, "rules: {general: off, special: warning}\n".into(), "warning special"),
        (both, "rules: {general: off, special: off}\n".into(), ""),
        (
            both,
            "rules: {general: warning, special: warning}\n".into(),
            "warning general, warning special",
        ),
        // An allowance for the general rule says nothing of the refining one.
        (both, allow("general"), "error special"),
        (lone, allow("general"), "allowed general"),
        (both, allow("general") + &weigh("special", "warning"), "warning special, allowed general"),
        (both, allow("general") + &weigh("special", "off"), "allowed general"),
        // An allowance for the refining rule names the most that may pass.
        (both, allow("special"), "allowed special"),
        (lone, allow("special"), "allowed general"),
        (lone, allow("secret"), "allowed general"),
        (&["general", "special", "secret"], allow("special"), "error secret"),
        (&["general", "special", "secret"], allow("secret"), "allowed secret"),
        (both, met("special"), "allowed special"),
        (lone, met("special"), "allowed general"),
        (both, allow("special") + &weigh("special", "warning"), "allowed special"),
        (both, allow("special") + &weigh("special", "off"), "allowed general"),
        (both, allow("special") + &weigh("general", "off"), "allowed special"),
        // An allowance that does not hold changes nothing.
        (both, unmet("special"), "error special"),
        (lone, unmet("special"), "error general"),
        (both, expired("special"), "error special"),
        (lone, expired("special"), "error general"),
        (both, unmet("special") + &weigh("special", "warning"), "error general, warning special"),
        (both, allow("other"), "error special"),
    ] {
        let findings =
            found_rules.iter().map(|rule| found(rule, Error, "a.db", Some("b1"))).collect();
        let verdict = policy(&text).judge_with(findings, TODAY, &refines);
        assert_eq!(line(&verdict), expected, "{found_rules:?} {text}");
    }
}

#[test]
fn only_a_finding_of_the_same_path_and_blob_stands_for_the_general_one() {
    for (path, blob, expected) in [
        ("a.db", Some("b1"), "error special"),
        ("a.db", Some("b2"), "error special, error general"),
        ("a.db", None, "error special, error general"),
        ("b.db", Some("b1"), "error special, error general"),
    ] {
        let findings =
            vec![found("special", Error, "a.db", Some("b1")), found("general", Error, path, blob)];
        let verdict = Policy::default().judge_with(findings, TODAY, &refines);
        assert_eq!(line(&verdict), expected, "{path} {blob:?}");
    }
}

#[test]
fn an_allowance_comes_before_a_waiver_and_a_waiver_before_the_baseline() {
    let rule = "quarantined-script-called";
    let waiver = Waiver {
        line: 6,
        from: 7,
        to: 7,
        rule: rule.to_owned(),
        reason: "named only".to_owned(),
        until: None,
        parted_from: Some(9),
        is_misspelt: false,
    };
    let waivers = |_: &Location| vec![waiver.clone()];
    for (text, line, expected) in [
        ("", 7, "allowed: waiver on line 6: named only"),
        ("", 6, "allowed: waiver on line 6: named only"),
        ("", 8, "stands: 0"),
        ("", 9, "stands: 1"),
        ("waivers: false", 7, "stands: 1"),
        ("allow: [{rule: quarantined-script-called, path: a.sh, reason: r}]", 7, "allowed: r"),
        (
            "allow: [{rule: quarantined-script-called, path: a.sh, reason: r, until: 2026-01-01}]",
            7,
            "allowed: waiver on line 6: named only",
        ),
    ] {
        let policy = Policy::parse(format!("version: 1\n{text}\n").as_bytes(), "policy", &[rule]);
        let policy = policy.unwrap();
        let mut judge = policy.judging(TODAY).with_waivers(&waivers);
        let mut finding = found(rule, Error, "a.sh", None);
        finding.at.line = Some(line);
        judge.take(vec![finding]);
        judge.take_waivers(&"a.sh".into(), None, std::slice::from_ref(&waiver));
        let verdict = judge.verdict();
        let allowed = verdict.allowed.iter().map(|it| format!("allowed: {}", it.reason));
        let stands = verdict.findings.iter().map(|it| format!("stands: {}", it.evidence.len()));
        assert_eq!(allowed.chain(stands).collect::<Vec<_>>(), [expected], "{text} {line}");
        // What lets something through has no word of why it did not.
        assert!(verdict.allowed.iter().all(|it| it.finding.evidence.is_empty()), "{text}");
        let is_told = text != "waivers: false" && !expected.contains("waiver on");
        assert_eq!(verdict.unused_waivers.len(), usize::from(is_told), "{text} {line}");
    }
}

#[test]
fn a_severity_is_the_rules_own_unless_the_policy_gives_another() {
    for (own, text, expected) in [
        (Error, "", "error other"),
        (Warning, "", "warning other"),
        (Warning, "rules: {other: error}", "error other"),
        (Error, "rules: {other: warning}", "warning other"),
        (Error, "rules: {other: off}", ""),
        (Error, "rules: {general: off}", "error other"),
    ] {
        let verdict =
            policy(text).judge_with(vec![found("other", own, "a", None)], TODAY, &refines);
        assert_eq!(line(&verdict), expected, "{text}");
    }
}

#[test]
fn an_allowance_holds_through_its_last_day() {
    let policy = policy("allow:\n  - {rule: other, path: a, reason: r, until: 2026-11-21}\n");
    for (today, expected) in [
        ("2026-11-20", "allowed other"),
        ("2026-11-21", "allowed other"),
        ("2026-11-22", "error other"),
    ] {
        let verdict = policy.judge_with(
            vec![found("other", Error, "a", None)],
            today.parse().unwrap(),
            &refines,
        );
        assert_eq!(line(&verdict), expected, "{today}");
        if let [finding] = &verdict.findings[..] {
            assert_eq!(
                finding.evidence,
                ["the policy's allowance on line 3 expired on 2026-11-21"]
            );
        }
    }
}

#[test]
fn each_condition_that_is_not_met_says_so_with_its_figure() {
    let policy = policy(
        "allow:\n  - {rule: other, path: a, reason: r, \
         when: {test_confidence: 0.9, real_looking_identities: 2, rows: 1000}}\n",
    );
    let confidence = |found| format!("the policy allows it from test_confidence 0.9; it {found}");
    let identities =
        |found| format!("the policy allows it up to real_looking_identities 2; it {found}");
    let rows = |found| format!("the policy allows it up to rows 1000; it {found}");
    let unread = "was not read in full";
    let all_unread = vec![confidence(unread), identities(unread), rows(unread)];
    let damage = Some(Unreadable { cause: Cause::Corrupt, detail: "broken".into() });
    for (database, expected) in [
        (Some(database(0.9, 2, 1000)), vec![]),
        (Some(database(1.0, 0, 0)), vec![]),
        (Some(database(0.42, 0, 0)), vec![confidence("is 0.42")]),
        (Some(database(0.8999, 0, 0)), vec![confidence("is 0.89")]),
        (Some(database(f64::NAN, 0, 0)), vec![confidence("is NaN")]),
        (Some(database(0.95, 3, 0)), vec![identities("has 3")]),
        (Some(database(0.95, 0, 1001)), vec![rows("has 1001")]),
        (
            Some(database(0.1, 7, 5000)),
            vec![confidence("is 0.10"), identities("has 7"), rows("has 5000")],
        ),
        (Some(Database { damage, ..database(1.0, 0, 0) }), all_unread.clone()),
        (None, all_unread),
    ] {
        let mut finding = found("other", Error, "a", None);
        finding.database = database.map(Rc::new);
        let verdict = policy.judge_with(vec![finding], TODAY, &refines);
        let evidence = verdict.findings.first().map_or(&[][..], |it| &it.evidence[..]);
        assert_eq!(evidence, expected);
        assert_eq!(verdict.allowed.is_empty(), !expected.is_empty());
    }
}

#[test]
fn a_content_score_lets_nothing_go_to_production() {
    let text = |when: &str| {
        policy(&format!("allow:\n  - {{rule: other, path: a, reason: r, when: {{{when}}}}}\n"))
    };
    let leans = "the policy's allowance on line 3 leans on a content score, which lets no database go to production";
    let unmet = "the policy allows it up to real_looking_identities 0; it has 1";
    for (when, real_looking, here, there) in [
        ("test_confidence: 0.9", 0, None, Some(leans)),
        ("real_looking_identities: 2", 1, None, Some(leans)),
        ("real_looking_identities: 0", 1, Some(unmet), Some(unmet)),
        ("rows: 10, test_confidence: 0.1", 0, None, Some(leans)),
        ("rows: 10", 0, None, None),
    ] {
        let policy = text(when);
        for (name, expected) in [("ordinary", here), ("production", there)] {
            let environment = policy.environment_named(name).expect("an environment");
            let policy = policy.clone().towards(&environment);
            let mut finding = found("other", Error, "a", None);
            finding.database = Some(Rc::new(database(0.95, real_looking, 10)));
            let verdict = policy.judge_with(vec![finding], TODAY, &refines);
            let evidence = verdict.findings.first().map(|it| it.evidence.join("\n"));
            assert_eq!(evidence.as_deref(), expected, "{when} {name}");
        }
    }
}

#[test]
fn the_first_allowance_that_holds_gives_the_reason_and_the_others_are_unused() {
    let policy = policy(
        "allow:\n\
         \x20 - {rule: other, path: '*', reason: too late, until: 2020-01-01}\n\
         \x20 - {rule: other, path: '*', reason: too large, when: {rows: 1}}\n\
         \x20 - {rule: other, path: 'a*', reason: first}\n\
         \x20 - {rule: other, path: '*', reason: second}\n\
         \x20 - {rule: general, path: '**', reason: another rule}\n",
    );
    let verdict = policy.judge_with(vec![found("other", Error, "a.db", None)], TODAY, &refines);
    assert_eq!(verdict.allowed[0].reason, "first");
    assert!(verdict.allowed[0].finding.evidence.is_empty());
    let unused = |rule: &str, path: &str, line| UnusedAllowance {
        rule: rule.into(),
        path: path.into(),
        line,
    };
    let expected = [
        unused("other", "*", 3),
        unused("other", "*", 4),
        unused("other", "*", 6),
        unused("general", "**", 7),
    ];
    assert_eq!(verdict.unused, expected);
}

#[test]
fn a_finding_repeats_at_most_three_allowances_that_do_not_hold() {
    let entry = "  - {rule: other, path: a, reason: r, when: {rows: 1}}\n";
    let policy = policy(&format!("allow:\n{}", entry.repeat(100)));
    let verdict = policy.judge_with(vec![found("other", Error, "a", None)], TODAY, &refines);
    assert_eq!(verdict.findings[0].evidence.len(), 3);
}

#[test]
fn what_stands_keeps_its_order() {
    let paths = ["c", "a", "b"];
    let findings = paths.iter().map(|path| found("other", Error, path, None)).collect();
    let verdict = Policy::default().judge(findings, TODAY);
    assert_eq!(verdict.findings.iter().map(|it| it.at.path.to_string()).collect::<Vec<_>>(), paths);
}

#[test]
fn a_blob_at_very_many_paths_is_judged_at_each_and_kept_at_some() {
    let policy = policy("allow:\n  - {rule: general, path: 'ok/*', reason: r}\n");
    let many = |directory: &str| -> Vec<Finding> {
        let paths = (0..1500).map(|n| format!("{directory}/{n}"));
        paths.map(|path| found("general", Error, &path, Some("b"))).collect()
    };
    let last = found("general", Error, "bad", Some("b"));
    let verdict = policy.judge_with([many("ok"), vec![last]].concat(), TODAY, &refines);
    assert_eq!((verdict.allowed.len(), verdict.findings.len()), (1000, 1));
    assert_eq!(verdict.left_out.into_iter().collect::<Vec<_>>(), [(("general", None), 500)]);
    assert!(verdict.unused.is_empty());

    let verdict = policy.judge_with([many("ok"), many("bad")].concat(), TODAY, &refines);
    assert_eq!((verdict.allowed.len(), verdict.findings.len()), (1000, 1000));
    assert_eq!(verdict.left_out.get(&("general", Some(Error))), Some(&500));
}

#[test]
fn a_finding_settles_only_what_is_about_the_same_operation() {
    let of = |rule, anchor: &str| {
        let mut it = found(rule, Error, "a.py", Some("1"));
        it.anchor = anchor.to_owned();
        it
    };
    let findings = vec![of("special", "drop 0"), of("general", "drop 0"), of("general", "drop 1")];
    let verdict = Policy::default().judge_with(findings, TODAY, &refines);
    let standing: Vec<(&str, &str)> =
        verdict.findings.iter().map(|it| (it.rule, it.anchor.as_str())).collect();
    assert_eq!(standing, [("special", "drop 0"), ("general", "drop 1")]);
}
