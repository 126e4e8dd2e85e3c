//! What is known of an audit trail, as JSON: docs/audit.md has its fields.

use bstr::{BStr, ByteSlice};
use serde::Serialize;

use crate::audit::{Fault, Verified};
use crate::text;

#[derive(Serialize)]
struct TrailJson<'a> {
    schema: &'static str,
    version: u32,
    program_version: &'static str,
    file: &'a str,
    sound: bool,
    records: u64,
    head: &'a str,
    after: Option<u64>,
    repairs: Vec<RepairJson>,
    faults: Vec<FaultJson>,
    faults_left_out: u64,
}

#[derive(Serialize)]
struct RepairJson {
    line: u64,
    bytes: u64,
}

#[derive(Serialize)]
struct FaultJson {
    line: u64,
    wrong: &'static str,
    message: String,
}

/// One document about a trail, and a line feed.
pub(crate) fn trail_json(verified: &Verified, file: &BStr) -> String {
    let fault = |it: &Fault| FaultJson {
        line: it.line,
        wrong: it.wrong.word(),
        message: it.wrong.to_string(),
    };
    let document = TrailJson {
        schema: "dataward-audit",
        version: 1,
        program_version: env!("CARGO_PKG_VERSION"),
        file: &file.to_str_lossy(),
        sound: verified.is_sound(),
        records: verified.records,
        head: &verified.head,
        after: verified.after,
        repairs: (verified.repairs.iter())
            .map(|it| RepairJson { line: it.line, bytes: it.bytes })
            .collect(),
        faults: verified.faults.iter().map(fault).collect(),
        faults_left_out: verified.faults_left_out,
    };
    let json = serde_json::to_string_pretty(&document);
    text::json(&json.expect("strings, numbers and lists are always JSON")) + "\n"
}
