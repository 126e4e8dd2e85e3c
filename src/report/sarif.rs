//! SARIF 2.1.0, as GitHub code scanning and other readers take it.

use bstr::{BStr, ByteSlice};
use serde_json::{Value, json};

use super::{Report, fingerprint_of, json, origin, rule_ids};
use crate::finding::{Finding, Severity};
use crate::rules::{self, Rule};
use crate::text::line;

/// GitHub refuses a run with more results.
const RESULTS: usize = 25_000;

pub(super) fn render(report: &Report) -> String {
    json::pretty(&document(report, RESULTS))
}

fn document(report: &Report, most: usize) -> Value {
    let ids = rule_ids(report);
    let index = |finding: &Finding| ids.keys().position(|id| *id == finding.rule);
    let standing = report.sorted().into_iter().map(|it| result(it, index(it)));
    let allowed = report.verdict.allowed.iter().map(|it| {
        let mut value = result(&it.finding, index(&it.finding));
        value["suppressions"] =
            json!([{"kind": "external", "status": "accepted", "justification": it.reason}]);
        value
    });
    let results: Vec<Value> = standing.chain(allowed).take(most).collect();
    let rules: Vec<Value> =
        ids.iter().map(|(id, severity)| rule(id, *severity, rules::named(id))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "dataward",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "automationDetails": {"id": format!("{}/", report.program)},
            "invocations": [invocation(report, results.len())],
            "originalUriBaseIds": {"%SRCROOT%": {
                "description": {"text": "The top of the repository."},
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

fn invocation(report: &Report, said: usize) -> Value {
    let all = report.verdict.findings.len() + report.verdict.allowed.len();
    let mut notes: Vec<String> = report
        .verdict
        .unused
        .iter()
        .map(|it| format!("the allowance of {} for {} let nothing through", it.rule, it.path))
        .collect();
    let locks = report.verdict.unused_locks.iter();
    notes.extend(locks.map(|it| format!("the locked fixture {} is not there", it.path)));
    let waivers = report.verdict.unused_waivers.iter();
    notes.extend(waivers.map(|it| {
        let fault = it.fault.as_deref().unwrap_or("let nothing through");
        format!("the waiver of {} in {} (line {}) {fault}", it.rule, it.path, it.line)
    }));
    let entries = report.verdict.unused_entries;
    if entries > 0 {
        notes.push(format!("entries of the baseline that let nothing through: {entries}"));
    }
    if all > said {
        notes.push(format!("results left out: {} of {all}; the JSON report has all", all - said));
    }
    let notes =
        notes.iter().map(|it| json!({"level": "warning", "message": {"text": message(it)}}));
    json!({
        "executionSuccessful": true,
        "toolExecutionNotifications": notes.collect::<Vec<Value>>(),
    })
}

fn rule(id: &str, severity: Severity, rule: Option<&Rule>) -> Value {
    let summary = rule.map(Rule::summary).filter(|it| !it.is_empty()).unwrap_or(id);
    let manual = rule.map(|it| it.manual).filter(|it| !it.is_empty()).unwrap_or(id);
    let level = rule.map_or(severity, |it| it.severity);
    json!({
        "id": id,
        "shortDescription": {"text": message(summary)},
        "fullDescription": {"text": message(summary)},
        "help": {"text": manual, "markdown": manual},
        "defaultConfiguration": {"level": level.word()},
        "properties": {
            "tags": ["security", "privacy", "database"],
            "precision": "high",
            "problem.severity": level.word(),
            "security-severity": security_severity(level),
        },
    })
}

/// GitHub reads this as a CVSS score: over 7 is high, over 4 is medium.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "8.0",
        Severity::Warning => "5.0",
    }
}

fn result(finding: &Finding, index: Option<usize>) -> Value {
    let fingerprint = fingerprint_of(finding);
    let mut text = vec![finding.message.clone()];
    text.extend(finding.at.origins.first().map(|it| format!("Found: {}", origin::words(it))));
    text.extend(finding.evidence.iter().cloned());
    let text: Vec<String> = text.iter().map(|it| message(it)).collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.word(),
        "message": {"text": text.join("\n")},
        "locations": [{"physicalLocation": {
            "artifactLocation": artifact(finding.at.path.as_ref()),
            "region": {"startLine": finding.at.line.unwrap_or(1)},
        }}],
        "partialFingerprints": {
            "dataward/v1": fingerprint,
            // The one that GitHub follows an alert by; it would else hash the file's first lines, which are binary and move.
            "primaryLocationLineHash": format!("{fingerprint}:1"),
        },
    })
}

/// A message in which names cannot make a link or a placeholder: SARIF reads `[text](target)` and `{0}`.
fn message(text: &str) -> String {
    let mut escaped = String::new();
    for c in line(text).chars() {
        match c {
            '[' | ']' | '\\' => escaped.extend(['\\', c]),
            '{' | '}' => escaped.extend([c, c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// A path within the repository is relative to its top; one outside of it is a URI of its own.
fn artifact(path: &BStr) -> Value {
    let uri = percent_encoded(path);
    if path.starts_with(b"/") {
        json!({"uri": format!("file://{uri}")})
    } else {
        json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
    }
}

fn percent_encoded(path: &BStr) -> String {
    let one = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    path.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;
    use crate::policy::Verdict;

    static RULE: Rule = Rule {
        id: "database-file",
        severity: Severity::Warning,
        is_off: false,
        refines: &[],
        manual: "# database-file\n\nA [database] is about to enter git.\n\n## What it finds\n\nAny.\n",
        find: crate::rules::Find::Each(|_, _| None),
    };

    #[test]
    fn a_rule_brings_its_manual_and_its_own_level() {
        let value = rule(RULE.id, Severity::Error, Some(&RULE));
        assert_eq!(value["shortDescription"]["text"], "A \\[database\\] is about to enter git.");
        assert_eq!(value["help"]["markdown"], RULE.manual);
        assert_eq!(value["defaultConfiguration"]["level"], "warning");
        assert_eq!(value["properties"]["security-severity"], "5.0");
    }

    #[test]
    fn a_path_is_a_relative_uri_unless_it_is_absolute() {
        let cases: &[(&str, &str, bool)] = &[
            ("instance/app.db", "instance/app.db", true),
            ("a b%c#d?e", "a%20b%25c%23d%3Fe", true),
            ("c:x\\y", "c%3Ax%5Cy", true),
            ("d\u{e4}ta.db", "d%C3%A4ta.db", true),
            ("/tmp/x y", "file:///tmp/x%20y", false),
        ];
        for (path, uri, relative) in cases {
            let value = artifact(path.as_bytes().as_bstr());
            assert_eq!(value["uri"], *uri);
            assert_eq!(value.get("uriBaseId").is_some(), *relative, "{path}");
        }
        assert_eq!(percent_encoded(b"\xff\n".as_bstr()), "%FF%0A");
    }

    #[test]
    fn results_beyond_the_most_are_left_out_and_said_so() {
        let finding = |severity| Finding {
            rule: "database-file",
            severity,
            at: Location {
                path: "a.db".into(),
                member: None,
                blob: None,
                line: None,
                sha256: None,
                origins: Vec::new(),
            },
            anchor: String::new(),
            message: "SQLite database".to_owned(),
            evidence: Vec::new(),
            database: None,
            operation: None,
            hint: Vec::new(),
            example: None,
        };
        let report = Report {
            program: "check-database-files",
            source: "staged files".to_owned(),
            depth: crate::content::Depth::Deep,
            date: "2026-11-21".to_owned(),
            files: 3,
            verdict: Verdict {
                findings: vec![finding(Severity::Warning), finding(Severity::Error)],
                ..Verdict::default()
            },
            explain: "dataward explain".to_owned(),
            say_success: false,
        };
        let run = &document(&report, 1)["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), 1);
        assert_eq!(run["results"][0]["level"], "error");
        let note = &run["invocations"][0]["toolExecutionNotifications"][0];
        assert_eq!(note["message"]["text"], "results left out: 1 of 2; the JSON report has all");
        let whole = &document(&report, 2)["runs"][0];
        assert_eq!(whole["invocations"][0]["toolExecutionNotifications"], json!([]));
    }

    #[test]
    fn a_message_makes_no_link_and_no_placeholder() {
        assert_eq!(message("[a](http://x) {0} \u{1b}"), "\\[a\\](http://x) {{0}} \\\\x1b");
    }
}
