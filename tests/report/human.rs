//! What people read.

use std::rc::Rc;

use dataward::content::{Answer, Cause, Database, Unreadable};
use dataward::finding::Severity;
use dataward::policy::Allowed;
use dataward::report::{self, Format, Report, Style, render};
use dataward::snapshot::{Origin, Pending};

use crate::machine::json_of;
use crate::mixed::{
    classified, commit, empty, finding, in_script, mixed, people_database, personal,
};

fn profile(path: &[u8], answer: Answer<Rc<Database>>) -> String {
    classified(path, answer, |subject| report::profile(subject, &Style::default()))
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
}

#[test]
fn origins_are_said_in_words() {
    let cases: Vec<(Vec<Origin>, &str)> = vec![
        (vec![Origin::Staged(Pending::Merge)], " --> a.db (staged)\n"),
        (vec![Origin::Index], " --> a.db (in the index)\n"),
        (vec![Origin::Disk], " --> a.db (on disk)\n"),
        (
            vec![Origin::Tree { revision: "HEAD".to_owned(), tree: String::new() }],
            " --> a.db (in the tree of HEAD)\n",
        ),
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
fn each_line_for_people_begins_with_a_word_of_ours() {
    let starts = ["error[", "warning[", "warning: ", "hint: ", "blocked: ", " --> ", "    | "];
    let text = plain(&mixed());
    // The code of an example is dataward's own text.
    let code = in_script(1, "").example.expect("an example");
    let is_code = |line: &str| code.lines().any(|it| it == line);
    for line in text.lines().filter(|line| !line.is_empty() && !is_code(line)) {
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

#[test]
fn a_profile_names_and_counts() {
    let db = Answer::Yes(Rc::new(people_database("users\u{1b}[31m")));
    let text = profile(b"a\n.db", db);
    assert_eq!(
        text,
        "\
a\\x0a.db: SQLite database (bytes: 172032, tables: 1, rows: 412, people: 412)
 --> table users\\x1b[31m: rows 412 (read: 400)
    | contact: email 412, phone 3
    | no personal data seen in id
    | people: real-looking 380, synthetic 12, unknown 20
    | by: mail address 380, a name only 20, reserved domain 12
 --> people: real-looking 380, synthetic 12, unknown 20
 --> rows looked at: 400 of 412 (97 %)
 --> by its content: real data
 --> test data confidence 0.06
    | -31 31 free-mail domains
    | +4 12 of 412 mail addresses are in a reserved domain
warning: its newest rows may be in a -wal file beside it
warning: only a part was read: too-large: 1001 tables, limits.tables is
    1000
"
    );
    let none = profile(b"a.txt", Answer::No);
    assert_eq!(none, "a.txt: no database\n");
    let cut = Unreadable { cause: Cause::Corrupt, detail: "page 3 of 9 is missing".to_owned() };
    let text = profile(b"c.db", Answer::Unreadable(cut));
    assert_eq!(text, "c.db: could not be read\nerror: corrupt: page 3 of 9 is missing\n");
}

#[test]
fn a_finding_in_a_script_has_its_line_and_code_to_copy_once() {
    let mut report = empty();
    report.verdict.findings = vec![in_script(12, "DELETE FROM"), in_script(14, "DELETE FROM")];
    assert_eq!(
        plain(&report),
        "\
error[unguarded-table-wipe]: deletes all rows, and nothing asks first (DELETE FROM)
 --> scripts/wipe.py:12 (staged)
    | read as: python > SQL
hint: put a guard before it, such as this one (python):

if ask() != name:
    sys.exit(1)

hint: dataward explain unguarded-table-wipe

error[unguarded-table-wipe]: deletes all rows, and nothing asks first (DELETE FROM)
 --> scripts/wipe.py:14 (staged)
    | read as: python > SQL
hint: put a guard before it, such as the one above (python)
hint: dataward explain unguarded-table-wipe

blocked: errors 2, warnings 0, files 12
"
    );
}

#[test]
fn of_many_findings_in_one_script_the_tenth_names_the_lines_of_the_rest() {
    let mut report = empty();
    report.verdict.findings = (1..=10).map(|line| in_script(line, "DELETE FROM")).collect();
    let text = plain(&report);
    assert_eq!(text.matches("error[").count(), 10);
    assert!(!text.contains("more in this file"), "{text}");
    report.verdict.findings = (1..=12).map(|line| in_script(line, "DELETE FROM")).collect();
    let text = plain(&report);
    assert_eq!(text.matches("error[").count(), 10);
    assert!(text.contains("wipe.py:10 (staged)\n    | read as: python > SQL\n    | 2 more in this file, on lines 11, 12\n"), "{text}");
    assert!(text.ends_with("blocked: errors 12, warnings 0, files 12\n"), "{text}");
    report.verdict.findings = (1..=99).map(|line| in_script(line, "DELETE FROM")).collect();
    assert!(plain(&report).contains("29, 30, ...\n"), "{}", plain(&report));
}
