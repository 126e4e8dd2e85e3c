//! What machines read: each document is as its schema or standard says.

use std::rc::Rc;

use bstr::ByteSlice;
use dataward::content::{Answer, Cause, Unreadable};
use dataward::report::{self, Format, Report, Style, render};
use dataward::snapshot::Origin;
use serde_json::{Value, json};

use crate::mixed::in_script;
use crate::mixed::{NASTY, classified, empty, mixed, people_database, personal, text_of};

pub(crate) fn json_of(report: &Report) -> Value {
    serde_json::from_str(&render(report, Format::Json, &Style::default())).expect("JSON")
}

fn schema(definition: &str) -> jsonschema::Validator {
    let mut schema: Value =
        serde_json::from_str(include_str!("../../docs/report.schema.json")).expect("JSON");
    schema["$ref"] = json!(format!("#/$defs/{definition}"));
    jsonschema::draft202012::new(&schema).expect("a JSON Schema")
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = schema("report");
    for report in [empty(), mixed()] {
        let document = json_of(&report);
        let errors: Vec<String> = schema.iter_errors(&document).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_a_broken_document() {
    let schema = schema("report");
    let good = json_of(&mixed());
    let mutations: &[(&str, Value)] = &[
        ("/version", json!(2)),
        ("/schema", json!("other")),
        ("/counts/errors", json!(-1)),
        ("/findings/0/severity", json!("fatal")),
        ("/findings/0/fingerprint", json!("xyz")),
        ("/findings/0/origins/0", json!({"kind": "commit"})),
        ("/findings/0/database/test_confidence/value", json!(1.5)),
        ("/findings/0/database/tables/0/identities", json!({"synthetic": 1})),
        ("/findings/0/database/damage", json!({"cause": "boredom", "detail": ""})),
    ];
    for (pointer, value) in mutations {
        let mut broken = good.clone();
        *broken.pointer_mut(pointer).unwrap() = value.clone();
        assert!(!schema.is_valid(&broken), "{pointer}");
    }
    for object in ["", "/counts", "/findings/0", "/findings/0/database", "/allowed/0"] {
        let mut broken = good.clone();
        broken.pointer_mut(object).unwrap()["surplus"] = json!(1);
        assert!(!schema.is_valid(&broken), "surplus in {object:?}");
        let mut broken = good.clone();
        let fields = broken.pointer_mut(object).unwrap().as_object_mut().unwrap();
        fields.retain(|name, _| {
            name != "findings"
                && name != "errors"
                && name != "rule"
                && name != "rows"
                && name != "reason"
        });
        assert!(!schema.is_valid(&broken), "field missing in {object:?}");
    }
}

#[test]
fn json_keeps_names_as_they_are_and_bytes_that_are_no_text() {
    let report = mixed();
    let document = json_of(&report);
    let paths: Vec<&Value> = document["findings"].as_array().unwrap().iter().collect();
    for name in NASTY {
        let same = |it: &&&Value| it["path"] == text_of(name).as_str();
        let it = paths.iter().find(same).unwrap();
        assert_eq!(it.get("path_bytes").is_some(), name.to_str().is_err());
    }
    let bytes = paths.iter().find_map(|it| it.get("path_bytes")).unwrap();
    assert_eq!(bytes, "fffe80206c6174696ee92e6462");
    assert_eq!(document["blocked"], true);
    assert_eq!(document["counts"]["warnings"], 5);
    assert_eq!(document["unused_waivers"][0]["path"], "old/\u{1b}it's.sh");
    assert_eq!(document["unused_baseline_entries"], 4);
    assert_eq!(document["unused_locks"][0]["path"], "old/\u{1b}it's.db");
    assert_eq!(document["findings"][0]["severity"], "error");
}

#[test]
fn sarif_has_what_code_scanning_asks_for() {
    let report = mixed();
    let text = render(&report, Format::Sarif, &Style::default());
    let sarif: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["semanticVersion"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), report.verdict.findings.len() + 1);
    for result in results {
        let rule =
            &driver["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(
            uri.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~/%".contains(&it)),
            "{uri}"
        );
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let is_script = result["ruleId"] == "unguarded-table-wipe";
        assert_eq!(place["region"]["startLine"], if is_script { 12 } else { 1 });
        assert_eq!(result["partialFingerprints"]["dataward/v1"].as_str().unwrap().len(), 32);
        assert!(!result["message"]["text"].as_str().unwrap().contains("[click]("));
    }
    let suppressed: Vec<&Value> = results.iter().filter_map(|it| it.get("suppressions")).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0][0]["kind"], "external");
    assert!(suppressed[0][0]["justification"].as_str().unwrap().starts_with("test data"));
}

#[test]
fn a_fingerprint_moves_with_rule_and_path_only() {
    let print =
        |rule, path: &str, anchor| report::fingerprint(rule, path.as_bytes().as_bstr(), anchor);
    let first = print("database-file", "a.db", "");
    assert_eq!(first, "8e05655fe0f7ea9d506d9363068263c5");
    for other in [
        ("database-file", "b.db", ""),
        ("database-fil", "ea.db", ""),
        ("database-file", "a.db", "x"),
    ] {
        assert_ne!(first, print(other.0, other.1, other.2), "{other:?}");
    }
    let mut report = empty();
    let mut moved = personal();
    moved.at.blob = None;
    moved.at.origins = vec![Origin::Disk];
    moved.message = "other".to_owned();
    moved.evidence.clear();
    report.verdict.findings.extend([personal(), moved]);
    let document = json_of(&report);
    assert_eq!(document["findings"][0]["fingerprint"], document["findings"][1]["fingerprint"]);
}

#[test]
fn a_profile_in_json_is_one_line_as_its_schema_says() {
    let schema = schema("profile");
    let cut = Unreadable { cause: Cause::Corrupt, detail: "page 3 of 9 is missing".to_owned() };
    for answer in
        [Answer::Yes(Rc::new(people_database("a\u{202e}\nb"))), Answer::No, Answer::Unreadable(cut)]
    {
        let text = classified(b"a\n\xff", answer, report::profile_json);
        assert_eq!(text.matches('\n').count(), 1);
        let document: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = schema.iter_errors(&document).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(document["path_bytes"], "610aff");
    }
    assert!(!schema.is_valid(&json_of(&mixed())));
}

#[test]
fn the_page_describes_every_field_of_the_schema() {
    fn fields(schema: &Value, names: &mut Vec<String>) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            names.extend(properties.keys().cloned());
        }
        match schema {
            Value::Object(map) => map.values().for_each(|it| fields(it, names)),
            Value::Array(list) => list.iter().for_each(|it| fields(it, names)),
            _ => {}
        }
    }
    let page = include_str!("../../docs/report.md");
    let schema = serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap();
    let mut names = Vec::new();
    fields(&schema, &mut names);
    assert!(names.len() > 50);
    names.retain(|name| !page.contains(&format!("`{name}`")));
    assert_eq!(names, Vec::<String>::new());
}

#[test]
fn an_operation_is_in_json_and_its_line_in_sarif() {
    let mut report = empty();
    report.verdict.findings = vec![in_script(12, "DELETE FROM"), in_script(14, "DELETE FROM")];
    let document = json_of(&report);
    let finding = &document["findings"][0];
    assert_eq!(finding["line"], 12);
    assert_eq!(finding["example"], json!(["if ask() != name:", "    sys.exit(1)"]));
    assert_eq!(
        finding["operation"],
        json!({
            "kind": "py.sql", "name": "DELETE FROM", "line": 12, "scope": "table",
            "target": "named by the environment", "reach": "as a command or task",
            "layers": ["python", "SQL"], "prompt_off": "DELETE FROM",
            "guards": [{
                "kind": "pause", "strength": "strong", "line": 3,
                "defect": "it only waits, and goes on by itself",
            }],
        })
    );
    assert_ne!(finding["fingerprint"], document["findings"][1]["fingerprint"]);

    let text = render(&report, Format::Sarif, &Style::default());
    let sarif: Value = serde_json::from_str(&text).unwrap();
    let results = &sarif["runs"][0]["results"];
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 12);
    let prints = |at: usize| results[at]["partialFingerprints"]["dataward/v1"].clone();
    assert_eq!(prints(0), finding["fingerprint"]);
    assert_ne!(prints(0), prints(1));
}
