//! The mixed report: an error, a warning, what was allowed, what could not be read, and names made to deceive.

use std::collections::BTreeMap;
use std::rc::Rc;

use bstr::{BString, ByteSlice};
use dataward::content::script;
use dataward::content::{
    Answer, Cause, Column, Confidence, Content, Database, Depth, Identities, Kind, Nature, Reason,
    Remains, Signs, Table, Unreadable, Why, WriteAheadLog,
};
use dataward::finding::{Finding, Location, Severity};
use dataward::policy::{Allowed, UnusedAllowance, UnusedLock, UnusedWaiver, Verdict};
use dataward::report::Report;
use dataward::snapshot::{Bytes, File, Mode, Origin, Pending, Place, Subject};
use dataward::text::{clean, pathspec};

/// Names that forge lines, colours, links, commands of a CI log, options and patterns.
pub(crate) const NASTY: &[&[u8]] = &[
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

pub(crate) fn text_of(name: &[u8]) -> String {
    name.to_str_lossy().into_owned()
}

pub(crate) fn people_database(table: &str) -> Database {
    let kinds = |kinds: &[(Kind, u64)]| kinds.iter().copied().collect::<BTreeMap<_, _>>();
    Database {
        format: &dataward::content::format::SQLITE,
        size: 172_032,
        write_ahead_log: WriteAheadLog::NotHere,
        remains: Remains::default(),
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
            reasons: BTreeMap::from([
                (Why::Mail, 380),
                (Why::ReservedDomain, 12),
                (Why::NameOnly, 20),
            ]),
        }],
        nature: Nature::RealData,
        test_confidence: Confidence {
            value: 0.069,
            reasons: vec![
                Reason { points: -31, text: "31 free-mail domains".to_owned() },
                Reason {
                    points: 4,
                    text: "12 of 412 mail addresses are in a reserved domain".to_owned(),
                },
            ],
            is_proven: false,
            signs: Signs { rows: 412, rows_read: 400, ..Signs::default() },
        },
        damage: Some(Unreadable {
            cause: Cause::TooLarge,
            detail: "1001 tables, limits.tables is 1000".to_owned(),
        }),
    }
}

pub(crate) fn finding(
    rule: &'static str,
    severity: Severity,
    path: &[u8],
    origins: Vec<Origin>,
) -> Finding {
    Finding {
        rule,
        severity,
        at: Location {
            path: BString::from(path),
            member: None,
            blob: Some("1".repeat(40)),
            line: None,
            sha256: None,
            origins,
        },
        anchor: String::new(),
        message: "SQLite database (tables: 9)".to_owned(),
        evidence: Vec::new(),
        database: None,
        operation: None,
        hint: Vec::new(),
        example: None,
    }
}

pub(crate) fn commit() -> Origin {
    Origin::Commit {
        id: "8a6a4b26".repeat(5),
        place: Place::Below,
        parents: 1,
        is_outdated: false,
        reference: None,
    }
}

pub(crate) fn empty() -> Report {
    Report {
        program: "check-database-files",
        source: "staged files".to_owned(),
        depth: Depth::Deep,
        date: "2026-11-21".to_owned(),
        files: 12,
        verdict: Verdict::default(),
        explain: "dataward explain".to_owned(),
        say_success: false,
    }
}

pub(crate) fn personal() -> Finding {
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

static WIPE: script::Kind = script::Kind {
    id: "py.sql",
    shape: "DELETE FROM TABLE",
    when: "",
    scope: script::Scope::Table,
    weight: script::Weight::High,
    safeguard: "",
};

/// A finding about an operation of a script, with this name in it.
pub(crate) fn in_script(line: u32, name: &str) -> Finding {
    let origins = vec![Origin::Staged(Pending::Commit)];
    let mut it = finding("unguarded-table-wipe", Severity::Error, b"scripts/wipe.py", origins);
    it.at.line = Some(line);
    it.anchor = format!("py.sql {name} {line}");
    it.message = format!("deletes all rows, and nothing asks first ({})", clean(name));
    it.evidence = vec!["read as: python > SQL".to_owned()];
    it.hint = vec!["put a guard before it, such as this one (python):".to_owned()];
    it.example = Some("if ask() != name:\n    sys.exit(1)\n".to_owned());
    let defect = Some(script::Defect::OnlyWaits);
    let (kind, strength) = (script::GuardKind::Pause, script::Strength::Strong);
    it.operation = Some(Rc::new(script::Operation {
        kind: &WIPE,
        line,
        begins: line,
        layers: vec!["python", "SQL"],
        scope: script::Scope::Table,
        target: script::Target::Environment,
        reach: script::Reach::Task,
        name: name.to_owned(),
        guards: vec![script::Guard { kind, strength, line: 3, defect }],
        prompt_off: Some(name.to_owned()),
        anchor: it.anchor.clone(),
        wording: "0123456789abcdef".to_owned(),
    }));
    it
}

/// A warning, an allowed finding, an unreadable one, errors with every nasty name, each once as path and once within text.
pub(crate) fn mixed() -> Report {
    let origins = [
        Origin::Staged(Pending::Commit),
        Origin::Staged(Pending::First),
        Origin::Index,
        Origin::Disk,
        Origin::Tree { revision: "HEAD\u{1b}[1m".to_owned(), tree: String::new() },
        Origin::Named { revision: "v1\u{1b}[1m".to_owned() },
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
        report.verdict.findings.push(in_script(12, &name));
    }
    let mut unreadable = finding("unreadable-database", Severity::Error, b"cut.db", vec![]);
    unreadable.at.blob = None;
    unreadable.message = "SQLite database that breaks off".to_owned();
    report.verdict.findings.push(unreadable);
    report.verdict.allowed.push(Allowed {
        finding: finding("database-file", Severity::Error, NASTY[0], vec![Origin::Index]),
        reason: "test data\n::warning::\u{202e}".to_owned(),
    });
    report.verdict.unused.push(UnusedAllowance {
        rule: "database-file".to_owned(),
        path: "old/\u{1b}**".to_owned(),
        line: 7,
    });
    report.verdict.unused_waivers.push(UnusedWaiver {
        path: "old/\u{1b}it's.sh".into(),
        line: 3,
        rule: "database\u{1b}\n::error::".to_owned(),
        fault: Some("names \u{202e}no rule".to_owned()),
    });
    report.verdict.unused_entries = 4;
    report.verdict.unused_locks.push(UnusedLock { path: "old/\u{1b}it's.db".to_owned(), line: 9 });
    report
}

/// Calls `say` with a file of this path and answer, as `dataward classify` looks at it.
pub(crate) fn classified<T>(
    path: &[u8],
    answer: Answer<Rc<Database>>,
    say: impl FnOnce(&Subject) -> T,
) -> T {
    let file = File {
        mode: Mode::Regular,
        path: path.into(),
        bytes: Bytes::Disk("a".into()),
        before: None,
        origins: vec![Origin::Disk],
    };
    let (layers, members) = (Vec::new(), Vec::new());
    let content = Content { format: None, layers, database: answer, members, pointer: None };
    say(&Subject { file: &file, member: None, content: &content })
}
