//! The versioned JSON documents of docs/report.md, and JSON that is safe on a screen for every machine format.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bstr::{BStr, ByteSlice};
use serde::Serialize;

use super::operation::OperationJson;
use super::origin::OriginJson;
use super::{Report, cause_word, fingerprint_of};
use crate::content::{Answer, Database, Identities, Nature, Table, Unreadable, WriteAheadLog};
use crate::finding::Finding;
use crate::snapshot::Subject;
use crate::text::hex;

/// The version of both documents. It goes up when a reader of the one before could be misled, which a further field does not.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct ReportJson<'a> {
    schema: &'static str,
    version: u32,
    program: &'a str,
    program_version: &'static str,
    source: &'a str,
    depth: &'static str,
    date: &'a str,
    files: usize,
    blocked: bool,
    counts: CountsJson,
    findings: Vec<FindingJson<'a>>,
    allowed: Vec<AllowedJson<'a>>,
    unused_allowances: Vec<UnusedJson<'a>>,
    unused_locks: Vec<UnusedLockJson<'a>>,
    unused_waivers: Vec<UnusedWaiverJson<'a>>,
    unused_baseline_entries: usize,
}

#[derive(Serialize)]
struct UnusedWaiverJson<'a> {
    #[serde(flatten)]
    path: PathJson<'a>,
    line: u32,
    rule: &'a str,
    fault: Option<&'a str>,
}

#[derive(Serialize)]
struct UnusedLockJson<'a> {
    path: &'a str,
    line: u64,
}

#[derive(Serialize)]
struct CountsJson {
    errors: usize,
    warnings: usize,
    allowed: usize,
    left_out: usize,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    path: PathJson<'a>,
    member: Option<MemberJson<'a>>,
    line: Option<u32>,
    blob: Option<&'a str>,
    origins: Vec<OriginJson<'a>>,
    evidence: &'a [String],
    hints: &'a [String],
    example: Vec<&'a str>,
    fingerprint: String,
    database: Option<DatabaseJson<'a>>,
    operation: Option<OperationJson<'a>>,
}

/// A path as text; where it is no UTF-8 also as its bytes in hex, since the text is then only like it.
#[derive(Serialize)]
struct PathJson<'a> {
    path: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
}

/// The way to a member of a container, like a path.
#[derive(Serialize)]
struct MemberJson<'a> {
    #[serde(flatten)]
    path: PathJson<'a>,
}

#[derive(Serialize)]
struct AllowedJson<'a> {
    reason: &'a str,
    finding: FindingJson<'a>,
}

#[derive(Serialize)]
struct UnusedJson<'a> {
    rule: &'a str,
    path: &'a str,
    line: u64,
}

#[derive(Serialize)]
struct ProfileJson<'a> {
    schema: &'static str,
    version: u32,
    program_version: &'static str,
    #[serde(flatten)]
    path: PathJson<'a>,
    member: Option<MemberJson<'a>>,
    layers: Vec<String>,
    answer: &'static str,
    database: Option<DatabaseJson<'a>>,
    unreadable: Option<UnreadableJson<'a>>,
}

#[derive(Serialize)]
struct DatabaseJson<'a> {
    format: &'a str,
    family: &'static str,
    size: u64,
    rows: u64,
    rows_read: u64,
    people: u64,
    identities: IdentitiesJson,
    nature: &'static str,
    sample: Option<&'static str>,
    test_confidence: ConfidenceJson<'a>,
    tables: Vec<TableJson<'a>>,
    remains: RemainsJson,
    write_ahead_log: bool,
    write_ahead_log_pages: u64,
    damage: Option<UnreadableJson<'a>>,
}

#[derive(Serialize)]
struct RemainsJson {
    pages: u64,
    rows: u64,
    mails: u64,
    names: u64,
    text: u64,
    identities: IdentitiesJson,
}

#[derive(Serialize)]
struct IdentitiesJson {
    synthetic: u64,
    real_looking: u64,
    unknown: u64,
}

#[derive(Serialize)]
struct ConfidenceJson<'a> {
    value: f64,
    reasons: Vec<ReasonJson<'a>>,
    proven: bool,
    signs: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct ReasonJson<'a> {
    points: i32,
    text: &'a str,
}

#[derive(Serialize)]
struct TableJson<'a> {
    name: &'a str,
    rows: u64,
    rows_read: u64,
    columns: Vec<ColumnJson<'a>>,
    identities: IdentitiesJson,
    reasons: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    name: &'a str,
    kinds: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
struct UnreadableJson<'a> {
    cause: &'static str,
    detail: &'a str,
}

pub(super) fn render(report: &Report) -> String {
    let counts = report.counts();
    let allowed = report.verdict.allowed.iter();
    let unused = report.verdict.unused.iter();
    pretty(&ReportJson {
        schema: "dataward-report",
        version: VERSION,
        program: report.program,
        program_version: env!("CARGO_PKG_VERSION"),
        source: &report.source,
        depth: report.depth.word(),
        date: &report.date,
        files: report.files,
        blocked: report.blocked(),
        counts: CountsJson {
            errors: counts.errors,
            warnings: counts.warnings,
            allowed: counts.allowed,
            left_out: counts.left_out,
        },
        findings: report.sorted().into_iter().map(finding).collect(),
        allowed: allowed
            .map(|it| AllowedJson { reason: &it.reason, finding: finding(&it.finding) })
            .collect(),
        unused_allowances: unused
            .map(|it| UnusedJson { rule: &it.rule, path: &it.path, line: it.line })
            .collect(),
        unused_locks: (report.verdict.unused_locks.iter())
            .map(|it| UnusedLockJson { path: &it.path, line: it.line })
            .collect(),
        unused_waivers: (report.verdict.unused_waivers.iter())
            .map(|it| UnusedWaiverJson {
                path: path(it.path.as_ref()),
                line: it.line,
                rule: &it.rule,
                fault: it.fault.as_deref(),
            })
            .collect(),
        unused_baseline_entries: report.verdict.unused_entries,
    })
}

pub(super) fn profile(subject: &Subject) -> String {
    let content = subject.content;
    let (word, db, why) = match &content.database {
        Answer::Yes(db) => ("database", Some(db), None),
        Answer::No => ("no-database", None, None),
        Answer::Unreadable(why) => ("unreadable", None, Some(why)),
    };
    let document = ProfileJson {
        schema: "dataward-profile",
        version: VERSION,
        program_version: env!("CARGO_PKG_VERSION"),
        path: path(subject.file.path.as_ref()),
        member: subject.member.as_ref().map(|it| member(it.as_ref())),
        layers: content.layers.iter().map(ToString::to_string).collect(),
        answer: word,
        database: db.map(|db| database(db)),
        unreadable: why.map(unreadable),
    };
    text(serde_json::to_string(&document))
}

/// Any document as indented JSON with a newline at its end.
pub(super) fn pretty(document: &impl Serialize) -> String {
    text(serde_json::to_string_pretty(document))
}

fn text(json: serde_json::Result<String>) -> String {
    let json = json.expect("strings, numbers and lists are always JSON");
    crate::text::json(&json) + "\n"
}

fn finding(finding: &Finding) -> FindingJson<'_> {
    FindingJson {
        rule: finding.rule,
        severity: finding.severity.word(),
        message: &finding.message,
        path: path(finding.at.path.as_ref()),
        member: finding.at.member.as_ref().map(|it| member(it.as_ref())),
        line: finding.at.line,
        blob: finding.at.blob.as_deref(),
        origins: finding.at.origins.iter().map(OriginJson::of).collect(),
        evidence: &finding.evidence,
        hints: &finding.hint,
        example: finding.example.as_deref().map(|it| it.lines().collect()).unwrap_or_default(),
        fingerprint: fingerprint_of(finding),
        database: finding.database.as_deref().map(database),
        operation: finding.operation.as_deref().map(OperationJson::of),
    }
}

fn path(path: &BStr) -> PathJson<'_> {
    let exact = path.to_str().is_ok();
    PathJson { path: path.to_str_lossy(), path_bytes: (!exact).then(|| hex(path)) }
}

fn member(way: &BStr) -> MemberJson<'_> {
    MemberJson { path: path(way) }
}

fn database(db: &Database) -> DatabaseJson<'_> {
    let Database { test_confidence: confidence, .. } = db;
    DatabaseJson {
        format: db.format.name,
        family: db.format.family.word(),
        size: db.size,
        rows: db.rows(),
        rows_read: db.rows_read(),
        people: db.people(),
        identities: identities(db.identities()),
        nature: db.nature.word(),
        sample: match db.nature {
            Nature::SampleDatabase(name) => Some(name),
            _ => None,
        },
        test_confidence: ConfidenceJson {
            // JSON has no word for what is not a number.
            value: if confidence.value.is_finite() { confidence.value } else { 0.0 },
            reasons: confidence
                .reasons
                .iter()
                .map(|it| ReasonJson { points: it.points, text: &it.text })
                .collect(),
            proven: confidence.is_proven,
            signs: confidence.signs.named().collect(),
        },
        tables: db.tables.iter().map(table).collect(),
        remains: RemainsJson {
            pages: db.remains.pages,
            rows: db.remains.rows,
            mails: db.remains.mails,
            names: db.remains.names,
            text: db.remains.text,
            identities: identities(db.remains.people),
        },
        write_ahead_log: db.write_ahead_log == WriteAheadLog::NotHere,
        write_ahead_log_pages: match db.write_ahead_log {
            WriteAheadLog::Merged { frames } => frames,
            _ => 0,
        },
        damage: db.damage.as_ref().map(unreadable),
    }
}

fn table(table: &Table) -> TableJson<'_> {
    let columns = table.columns.iter().map(|it| ColumnJson {
        name: &it.name,
        kinds: it.kinds.iter().map(|(kind, n)| (kind.word(), *n)).collect(),
    });
    TableJson {
        name: &table.name,
        rows: table.rows,
        rows_read: table.rows_read,
        columns: columns.collect(),
        identities: identities(table.identities),
        reasons: table.reasons.iter().map(|(why, n)| (why.word(), *n)).collect(),
    }
}

fn identities(of: Identities) -> IdentitiesJson {
    IdentitiesJson { synthetic: of.synthetic, real_looking: of.real_looking, unknown: of.unknown }
}

fn unreadable(why: &Unreadable) -> UnreadableJson<'_> {
    UnreadableJson { cause: cause_word(why.cause), detail: &why.detail }
}
