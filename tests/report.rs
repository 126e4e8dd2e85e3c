//! One mixed report goes through every renderer, and what people paste comes back from a real shell.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Command;
use std::rc::Rc;

use bstr::{BString, ByteSlice};
use dataward::content::{
    Answer, Cause, Column, Confidence, Database, Identities, Kind, Reason, Table, Unreadable,
};
use dataward::finding::{Finding, Location, Severity};
use dataward::policy::{Allowed, Verdict};
use dataward::report::{
    self, Depth, Format, Report, Style, Unused, clean, hidden, pathspec, quoted, render,
};
use dataward::snapshot::{Origin, Pending, Place};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Names that forge lines, colours, links, commands of a CI log, options and patterns.
const NASTY: &[&[u8]] = &[
    b"a\n::error::pwned\x1b[31m.db",
    b"\r\nhint: all is well",
    b"it's \"quoted\" and $(id) `id` \\ !!.db",
    b"-rf",
    b"--",
    b"~root/x",
    b"=ls",
    b":(top)x",
    b"*?[a].db",
    "evil\u{202e}txt.db".as_bytes(),
    "zero\u{200b}width\u{feff}\u{e0041}.db".as_bytes(),
    "c1\u{9b}31m\u{2028}\u{7f}.db".as_bytes(),
    b"\xff\xfe\x80 latin\xe9.db",
    b"##vso[task.complete result=Succeeded]",
    b"[click](mailto:a@example.com) {0}.db",
    "Datenb\u{e4}nke/\u{65e5}\u{672c}.db".as_bytes(),
    b"tab\there\\n'$'",
    b"plain/path-1_2.db",
    b" ",
];

fn text_of(name: &[u8]) -> String {
    name.to_str_lossy().into_owned()
}

fn people_database(table: &str) -> Database {
    let kinds = |kinds: &[(Kind, u64)]| kinds.iter().copied().collect::<BTreeMap<_, _>>();
    Database {
        format: "SQLite",
        size: 172_032,
        write_ahead_log: true,
        tables: vec![Table {
            name: table.to_owned(),
            rows: 412,
            rows_read: 400,
            columns: vec![
                Column { name: "id".to_owned(), kinds: BTreeMap::new() },
                Column {
                    name: "contact".to_owned(),
                    kinds: kinds(&[(Kind::Email, 412), (Kind::Phone, 3)]),
                },
            ],
            identities: Identities { synthetic: 12, real_looking: 380, unknown: 20 },
        }],
        test_confidence: Confidence {
            value: 0.069,
            reasons: vec![
                Reason { points: -31, text: "31 free-mail domains".to_owned() },
                Reason {
                    points: 4,
                    text: "12 of 412 mail addresses are in a reserved domain".to_owned(),
                },
            ],
        },
        damage: Some(Unreadable {
            cause: Cause::TooLarge,
            detail: "1001 tables, limits.tables is 1000".to_owned(),
        }),
    }
}

fn finding(rule: &'static str, severity: Severity, path: &[u8], origins: Vec<Origin>) -> Finding {
    Finding {
        rule,
        severity,
        at: Location { path: BString::from(path), blob: Some("1".repeat(40)), origins },
        message: "SQLite database (tables: 9)".to_owned(),
        evidence: Vec::new(),
        database: None,
        hint: Vec::new(),
    }
}

fn commit() -> Origin {
    Origin::Commit { id: "8a6a4b26".repeat(5), place: Place::Older }
}

fn empty() -> Report {
    Report {
        program: "check-database-files",
        source: "staged files".to_owned(),
        depth: Depth::Deep,
        date: "2026-11-21".to_owned(),
        files: 12,
        verdict: Verdict::default(),
        unused: Vec::new(),
        explain: "dataward explain".to_owned(),
        say_success: false,
    }
}

fn personal() -> Finding {
    let origins = vec![commit()];
    let mut it =
        finding("database-with-personal-data", Severity::Error, b"instance/app.db", origins);
    it.message = "SQLite database with personal data (people: 412, tables: 9)".to_owned();
    it.evidence = vec![
        "table users: 412 rows; email 412, phone 380, password hash 412".to_owned(),
        "test data confidence 0.06: activity over 211 days, 31 free-mail domains".to_owned(),
    ];
    it.hint = vec!["take it out of the commit that added it: git rebase -i 8a6a4b26~1".to_owned()];
    it.database = Some(Rc::new(people_database("users")));
    it
}

/// A warning, an allowed finding, an unreadable one, errors with every nasty name, each once as path and once within text.
fn mixed() -> Report {
    let origins = [
        Origin::Staged(Pending::Commit),
        Origin::Staged(Pending::First),
        Origin::Index,
        Origin::Disk,
        Origin::Tree { revision: "HEAD\u{1b}[1m".to_owned() },
        commit(),
    ];
    let mut report = empty();
    let warning = finding("database-file", Severity::Warning, b"tests/a.db", origins.to_vec());
    report.verdict.findings.push(warning);
    report.verdict.findings.push(personal());
    for (i, path) in NASTY.iter().enumerate() {
        let at = vec![origins[i % origins.len()].clone()];
        let mut it = finding("database-file", Severity::Error, path, at);
        let name = text_of(path);
        it.message = format!("SQLite database with the table {name}");
        it.evidence = vec![format!("table {name}: 3 rows"), name.repeat(40)];
        it.hint = vec![format!("unstage it: git rm --cached -- {}", pathspec(path.as_bstr()))];
        it.database = Some(Rc::new(people_database(&name)));
        report.verdict.findings.push(it);
    }
    let mut unreadable = finding("unreadable-database", Severity::Error, b"cut.db", vec![]);
    unreadable.at.blob = None;
    unreadable.message = "SQLite database that breaks off".to_owned();
    report.verdict.findings.push(unreadable);
    report.verdict.allowed.push(Allowed {
        finding: finding("database-file", Severity::Error, NASTY[0], vec![Origin::Index]),
        reason: "test data\n::warning::\u{202e}".to_owned(),
    });
    report.unused.push(Unused {
        rule: "database-file".to_owned(),
        path: "old/\u{1b}**".to_owned(),
        reason: "for the tests".to_owned(),
    });
    report
}

fn plain(report: &Report) -> String {
    render(report, Format::Human, &Style::default())
}

#[test]
fn a_refusal_has_the_shape_of_the_contract() {
    let mut report = empty();
    report.verdict.findings.push(personal());
    assert_eq!(
        plain(&report),
        "\
error[database-with-personal-data]: SQLite database with personal data (people: 412, tables: 9)
 --> instance/app.db (commit 8a6a4b26)
    | table users: 412 rows; email 412, phone 380, password hash 412
    | test data confidence 0.06: activity over 211 days, 31 free-mail
    |   domains
hint: take it out of the commit that added it: git rebase -i 8a6a4b26~1
hint: dataward explain database-with-personal-data

blocked: errors 1, warnings 0, files 12
"
    );
}

#[test]
fn the_last_line_says_what_it_comes_to() {
    let warning = || finding("database-file", Severity::Warning, b"a.db", vec![Origin::Index]);
    let mut report = empty();
    assert_eq!(plain(&report), "");
    report.say_success = true;
    assert_eq!(plain(&report), "success: no findings in 12 files\n");
    report.files = 1;
    assert_eq!(plain(&report), "success: no findings in 1 file\n");
    for _ in 0..2 {
        report.verdict.allowed.push(Allowed { finding: warning(), reason: "fixture".to_owned() });
    }
    assert_eq!(plain(&report), "success: no findings in 1 file, allowed 2\n");
    report.say_success = false;
    assert_eq!(plain(&report), "");
    report.verdict.findings.push(warning());
    assert!(plain(&report).ends_with("\n\npassed: errors 0, warnings 1, allowed 2, files 1\n"));
    report.depth = Depth::Quick;
    assert!(plain(&report).ends_with(", files 1, depth quick\n"));
}

#[test]
fn origins_are_said_in_words() {
    let cases: Vec<(Vec<Origin>, &str)> = vec![
        (vec![Origin::Staged(Pending::Merge)], " --> a.db (staged)\n"),
        (vec![Origin::Index], " --> a.db (in the index)\n"),
        (vec![Origin::Disk], " --> a.db (on disk)\n"),
        (vec![Origin::Tree { revision: "HEAD".to_owned() }], " --> a.db (in the tree of HEAD)\n"),
        (vec![commit(), commit(), Origin::Index], " --> a.db (commit 8a6a4b26 and 2 more)\n"),
        (vec![], " --> a.db\n"),
    ];
    for (origins, wanted) in cases {
        let mut report = empty();
        report.verdict.findings.push(finding("database-file", Severity::Error, b"a.db", origins));
        assert!(plain(&report).contains(wanted), "{wanted}");
    }
}

#[test]
fn a_long_list_of_one_rule_is_cut_and_says_so() {
    let mut report = empty();
    for i in 0..120 {
        let severity = if i % 2 == 0 { Severity::Warning } else { Severity::Error };
        let path = format!("{i}.db");
        report.verdict.findings.push(finding("database-file", severity, path.as_bytes(), vec![]));
    }
    let text = plain(&report);
    assert_eq!(text.matches(" --> ").count(), 100);
    assert!(text.contains("error[database-file]: 10 more; all of them: --format json\n"));
    assert!(text.contains("warning[database-file]: 10 more; all of them: --format json\n"));
    assert!(text.rfind("error[").unwrap() > text.find("warning[").unwrap());
    assert!(text.find("--> 119.db").is_none() && text.find("--> 1.db").is_some());
    assert_eq!(json_of(&report)["findings"].as_array().unwrap().len(), 120);
}

#[test]
fn our_own_words_end_at_72_columns_and_commands_stay_whole() {
    let mut report = empty();
    let mut it = personal();
    let command = format!("copy the live file first: cp -- {} backup.db", "x/".repeat(60));
    let sentence = "it leaves every checkout that pulls, and perhaps the deploy target ".repeat(4);
    it.hint = vec![command.clone(), sentence.clone(), format!("git rm --cached {sentence}")];
    it.evidence.push("word ".repeat(60));
    report.verdict.findings.push(it);
    for width in [0, 1, 6, 10, 20, 71, 72, 73, 80, 1000] {
        let text = render(&report, Format::Human, &Style { color: false, width });
        assert!(text.contains(&format!("hint: {command}\n")), "{width}");
        assert!(text.contains(&format!("hint: git rm --cached {sentence}\n")), "{width}");
        let long = |line: &&str| line.starts_with("    ") && line.len() > width.clamp(40, 72);
        assert_eq!(text.lines().find(long), None, "{width}");
    }
}

#[test]
fn every_renderer_keeps_hostile_names_from_the_screen() {
    let report = mixed();
    for format in Format::ALL {
        let text = render(&report, *format, &Style::default());
        assert_eq!(text, render(&report, *format, &Style::default()), "not deterministic");
        assert_eq!(text.chars().find(|c| hidden(*c) && *c != '\n'), None, "{format:?}");
        for line in text.lines().map(str::trim_start) {
            assert!(!line.starts_with("::"), "{line}");
            assert!(!line.contains("##"), "{line}");
        }
    }
}

#[test]
fn each_line_for_people_begins_with_a_word_of_ours() {
    let starts = ["error[", "warning[", "warning: ", "hint: ", "blocked: ", " --> ", "    | "];
    let text = plain(&mixed());
    for line in text.lines().filter(|line| !line.is_empty()) {
        assert!(starts.iter().any(|start| line.starts_with(start)), "{line}");
    }
    assert!(text.contains("--> a\\x0a::error::pwned\\x1b[31m.db ("));
    assert!(text.contains("--> \\xff\\xfe\\x80 latin\\xe9.db ("));
}

#[test]
fn colour_is_added_and_nothing_else_changes() {
    let coloured = render(&mixed(), Format::Human, &Style { color: true, width: 72 });
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        bare.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    bare.push_str(rest);
    assert_eq!(bare, plain(&mixed()));
    assert!(coloured.contains("\u{1b}[31;1m"), "{}", &coloured[..80]);
}

fn json_of(report: &Report) -> Value {
    serde_json::from_str(&render(report, Format::Json, &Style::default())).expect("JSON")
}

fn schema(definition: &str) -> jsonschema::Validator {
    let mut schema: Value =
        serde_json::from_str(include_str!("../docs/report.schema.json")).expect("JSON");
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
    assert_eq!(document["counts"]["warnings"], 2);
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
        assert_eq!(place["region"]["startLine"], 1);
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
fn a_profile_names_and_counts() {
    let db = Answer::Yes(people_database("users\u{1b}[31m"));
    let text = report::profile(b"a\n.db".as_bstr(), &db, &Style::default());
    assert_eq!(
        text,
        "\
a\\x0a.db: SQLite database (bytes: 172032, tables: 1, rows: 412, people: 412)
 --> table users\\x1b[31m: rows 412 (read: 400)
    | contact: email 412, phone 3
    | no personal data seen in id
    | people: real-looking 380, synthetic 12, unknown 20
 --> people: real-looking 380, synthetic 12, unknown 20
 --> test data confidence 0.06
    | -31 31 free-mail domains
    | +4 12 of 412 mail addresses are in a reserved domain
warning: its newest rows may be in a -wal file beside it
warning: only a part was read: too-large: 1001 tables, limits.tables is
    1000
"
    );
    let none = report::profile(b"a.txt".as_bstr(), &Answer::No, &Style::default());
    assert_eq!(none, "a.txt: no database\n");
    let cut = Unreadable { cause: Cause::Corrupt, detail: "page 3 of 9 is missing".to_owned() };
    let text = report::profile(b"c.db".as_bstr(), &Answer::Unreadable(cut), &Style::default());
    assert_eq!(text, "c.db: could not be read\nerror: corrupt: page 3 of 9 is missing\n");
}

#[test]
fn a_profile_in_json_is_one_line_as_its_schema_says() {
    let schema = schema("profile");
    let cut = Unreadable { cause: Cause::Corrupt, detail: "page 3 of 9 is missing".to_owned() };
    for answer in
        [Answer::Yes(people_database("a\u{202e}\nb")), Answer::No, Answer::Unreadable(cut)]
    {
        let text = report::profile_json(b"a\n\xff".as_bstr(), &answer);
        assert_eq!(text.matches('\n').count(), 1);
        let document: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = schema.iter_errors(&document).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(document["path_bytes"], "610aff");
    }
    assert!(!schema.is_valid(&json_of(&mixed())));
}

#[test]
fn every_format_has_a_name_that_is_read_back() {
    assert_eq!(Format::ALL.iter().map(|it| it.name()).collect::<Vec<_>>(), Format::NAMES);
    for format in Format::ALL {
        assert_eq!(format.name().parse::<Format>(), Ok(*format));
    }
    assert_eq!("xml".parse::<Format>(), Err("use one of human, json, sarif".to_owned()));
}

#[test]
fn names_are_cleaned_for_the_screen() {
    let cases: &[(&[u8], &str)] = &[
        (b"plain name.db", "plain name.db"),
        ("\u{e4}\u{65e5}e\u{301}".as_bytes(), "\u{e4}\u{65e5}e\u{301}"),
        (b"\x1b[31m\r\n\t\0", "\\x1b[31m\\x0d\\x0a\\x09\\x00"),
        (b"\xff\xc3", "\\xff\\xc3"),
        ("\u{202e}\u{2066}\u{200b}\u{9b}".as_bytes(), "\\u{202e}\\u{2066}\\u{200b}\\u{9b}"),
        ("\u{3164}\u{fe0f}\u{e0041}\u{a0}".as_bytes(), "\\u{3164}\\u{fe0f}\\u{e0041}\\u{a0}"),
        (b"\\x1b", "\\\\x1b"),
        (b"###", "#\\x23#"),
        (b" a b ", "\\x20a b\\x20"),
        (b" ", "\\x20"),
    ];
    for (name, shown) in cases {
        assert_eq!(clean(name), *shown);
    }
    assert_eq!(report::name("x".repeat(100)), format!("{}...{}", "x".repeat(19), "x".repeat(18)));
}

/// What a shell makes of words, each as it was quoted.
fn read_back(shell: &str, words: &[String]) -> Vec<Vec<u8>> {
    let script = format!("printf '%s\\0' {}", words.join(" "));
    let mut command = Command::new(shell);
    let output = command.arg("-c").arg(script).env("LC_ALL", "C").output().expect("a shell");
    assert!(output.status.success(), "{}", output.stderr.to_str_lossy());
    output
        .stdout
        .strip_suffix(b"\0")
        .expect("a word")
        .split_str(b"\0")
        .map(<[u8]>::to_vec)
        .collect()
}

/// What a quoted path stands for: the path itself, below `./` when it reads like an option.
fn meant(path: &[u8]) -> Vec<u8> {
    let front: &[u8] = if path.starts_with(b"-") { b"./" } else { b"" };
    [front, path].concat()
}

#[test]
fn a_shell_gives_back_the_bytes_of_a_quoted_path() {
    let words: Vec<String> = NASTY.iter().map(|path| quoted(path.as_bstr())).collect();
    let wanted: Vec<Vec<u8>> = NASTY.iter().map(|path| meant(path)).collect();
    assert_eq!(read_back("bash", &words), wanted);
    let (words, wanted): (Vec<String>, Vec<Vec<u8>>) =
        words.into_iter().zip(wanted).filter(|(word, _)| !word.starts_with('$')).unzip();
    assert!(words.len() > 8);
    assert_eq!(read_back("sh", &words), wanted);
}

/// git in this directory, with the user's settings and the repository around the test left out.
fn git(dir: &std::path::Path, program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_"))
    {
        command.env_remove(name);
    }
    command.current_dir(dir).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

#[test]
fn git_takes_a_pathspec_for_that_one_file() {
    let dir = tempfile::tempdir().unwrap();
    assert!(git(dir.path(), "git").args(["init", "-q"]).status().unwrap().success());
    let listed = || {
        let output = git(dir.path(), "git").args(["ls-files", "-z"]).output().unwrap();
        output
            .stdout
            .split_str(b"\0")
            .filter(|it| !it.is_empty())
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>()
    };
    let mut add = git(dir.path(), "git");
    add.args(["update-index", "-z", "--index-info"]).stdin(std::process::Stdio::piped());
    let mut add = add.spawn().unwrap();
    let mut stdin = add.stdin.take().unwrap();
    for path in NASTY {
        let entry = [b"100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\t", *path, b"\0"].concat();
        stdin.write_all(&entry).unwrap();
    }
    drop(stdin);
    assert!(add.wait().unwrap().success());
    for (i, path) in NASTY.iter().enumerate() {
        let script = format!("git rm -q --cached -- {}", pathspec(path.as_bstr()));
        assert!(
            git(dir.path(), "bash").args(["-c", &script]).status().unwrap().success(),
            "{script}"
        );
        let left = listed();
        assert!(!left.contains(&path.to_vec()) && left.len() == NASTY.len() - i - 1, "{script}");
    }
}

#[test]
fn a_path_is_quoted_only_where_it_must_be() {
    let cases: &[(&[u8], &str)] = &[
        (b"instance/app.db", "instance/app.db"),
        (b"", "''"),
        (b"a b", "'a b'"),
        (b"it's", r"'it'\''s'"),
        (b"-rf", "./-rf"),
        (b"a\nb!\xff'", r"$'a\nb\041\377\''"),
    ];
    for (path, word) in cases {
        assert_eq!(quoted(path.as_bstr()), *word);
    }
    assert_eq!(pathspec(b"a*.db".as_bstr()), "':(literal)a*.db'");
    assert_eq!(pathspec(b":x".as_bstr()), "':(literal):x'");
    assert_eq!(pathspec(b"a.db".as_bstr()), "a.db");
}

proptest! {
    #[test]
    fn cleaned_text_holds_nothing_hidden_and_tells_names_apart(a: Vec<u8>, b: Vec<u8>) {
        prop_assert!(!clean(&a).chars().any(hidden));
        prop_assert_eq!(a == b, clean(&a) == clean(&b));
    }

    #[test]
    fn cleaned_unicode_holds_nothing_hidden(text in proptest::collection::vec(any::<char>(), 0..20)) {
        let text: String = text.into_iter().collect();
        let shown = clean(&text);
        let unsafe_for_a_screen = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
        prop_assert!(!shown.chars().any(unsafe_for_a_screen));
        prop_assert_eq!(report::line(&shown), shown);
    }

    #[test]
    fn a_quoted_path_is_one_word_that_a_screen_shows(path in proptest::collection::vec(1u8.., 0..12)) {
        let word = quoted(path.as_bstr());
        prop_assert!(!word.chars().any(hidden));
        prop_assert_eq!(report::line(&word), word.clone());
        prop_assert_eq!(read_back("bash", &[word]), vec![meant(&path)]);
    }
}
