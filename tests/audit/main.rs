//! The audit trail: written by many at once, killed, cut, changed, and verified. With real files, processes and git.
#![allow(clippy::unwrap_used)]

mod append;
mod command;
mod crash;
mod tamper;

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dataward::audit::{Record, Trail, Verified, verify};

/// A record of one push.
fn record(reference: &str) -> Record {
    Record {
        time: "2024-05-01T12:00:00Z".into(),
        gate: "pre-receive".into(),
        host: "ssh".into(),
        repository: "notes".into(),
        reference: reference.into(),
        old: "0".repeat(40),
        new: "1".repeat(40),
        pusher: "ada".into(),
        verdict: "refused".into(),
        rules: vec!["database-file".into()],
        blobs: vec!["b".repeat(40)],
        version: "0.1.0".into(),
        ..Record::default()
    }
}

/// Long enough for every writer of a test.
fn soon() -> Instant {
    Instant::now() + Duration::from_secs(120)
}

/// Appends a record for each of these references.
#[track_caller]
fn append(trail: &Trail, references: &[&str]) -> String {
    let records: Vec<Record> = references.iter().map(|it| record(it)).collect();
    trail.append(records, soon()).unwrap_or_else(|error| panic!("{error:#}"))
}

/// The trail, which must be sound.
#[track_caller]
fn sound(path: &Path) -> Verified {
    let verified = verify(path, None).unwrap_or_else(|error| panic!("{error:#}"));
    assert!(verified.is_sound(), "{verified:#?}\n{}", shown(path));
    verified
}

/// The references of the records, in their order.
fn references(path: &Path) -> Vec<String> {
    let text = fs::read(path).unwrap();
    let lines = text.split(|it| *it == b'\n');
    let json = lines.filter_map(|it| serde_json::from_slice::<serde_json::Value>(it).ok());
    json.filter_map(|it| Some(it["ref"].as_str()?.to_owned())).collect()
}

fn shown(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}
