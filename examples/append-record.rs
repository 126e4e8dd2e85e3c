//! Appends a record to an audit trail, at a time that is the same in every run: `append-record FILE REF VERDICT`.

use std::time::{Duration, Instant};

use dataward::audit::{Record, Trail};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, reference, verdict] = &arguments[..] else {
        anyhow::bail!("usage: append-record FILE REF VERDICT");
    };
    let record = Record {
        time: "2024-05-01T12:00:00Z".to_owned(),
        gate: "pre-receive".to_owned(),
        host: "ssh".to_owned(),
        repository: "notes".to_owned(),
        reference: reference.clone(),
        old: "0".repeat(40),
        new: "1".repeat(40),
        pusher: "ada".to_owned(),
        verdict: verdict.clone(),
        version: "0.1.0".to_owned(),
        ..Record::default()
    };
    Trail::at(file).append([record], Instant::now() + Duration::from_secs(10))?;
    Ok(())
}
