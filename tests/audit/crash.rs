//! Writers are killed, writes are cut off at every byte: nothing that was told of is lost, and the trail stays sound.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use dataward::audit::{Trail, verify};

use crate::support::Dice;
use crate::{append, record, references, soon, sound};

/// Says to this program that it is a writer: the trail, its name, and how many records it writes.
const WRITER: &str = "DATAWARD_TEST_WRITER";

/// Writes record after record, and says each name once it is written. As a test of its own it does nothing.
#[test]
fn a_writer() {
    let Ok(job) = std::env::var(WRITER) else { return };
    let mut job = job.split('|');
    let trail = Trail::at(job.next().unwrap());
    let name = job.next().unwrap();
    let records: usize = job.next().unwrap().parse().unwrap();
    let mut out = std::io::stdout().lock();
    for n in 0..records {
        let names = [format!("{name}/{n}/a"), format!("{name}/{n}/b")];
        let both: Vec<_> = names.iter().map(|it| record(it)).collect();
        trail.append(both, soon()).unwrap();
        writeln!(out, "written {} {}", names[0], names[1]).unwrap();
        out.flush().unwrap();
    }
}

fn writer(trail: &Path, name: &str, records: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "crash::a_writer", "--nocapture", "--test-threads=1"])
        .env(WRITER, format!("{}|{name}|{records}", trail.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Runs a writer until it ends, or has said so much and a moment is over; what it said to have written.
fn run(mut command: Command, mut dice: Dice, is_killed: bool) -> Vec<String> {
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut written = Vec::new();
    let mut take = |line: std::io::Result<String>| {
        let line = line.unwrap();
        // The harness of tests may have begun the line.
        let Some((_, names)) = line.split_once("written ") else { return };
        written.extend(names.split(' ').map(str::to_owned));
    };
    if is_killed {
        // What the harness says comes first.
        (&mut lines).take(3 + dice.below(12)).for_each(&mut take);
        std::thread::park_timeout(Duration::from_micros(dice.number() % 4000));
        // It may have ended by itself.
        let _ = child.kill();
    }
    lines.for_each(&mut take);
    let status = child.wait().unwrap();
    assert!(is_killed || status.success());
    written
}

#[test]
fn many_writers_of_whom_some_are_killed_lose_and_break_nothing() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("audit.jsonl");
    let mut dice = Dice::new(41);
    let mut told = BTreeSet::new();
    for round in 0..2 {
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..10)
                .map(|n| {
                    let is_killed = dice.below(2) == 0;
                    let records = if is_killed { 1000 } else { 8 };
                    let command = writer(&path, &format!("{round}/{n}"), records);
                    let dice = Dice::new(dice.number());
                    scope.spawn(move || run(command, dice, is_killed))
                })
                .collect();
            for writer in writers {
                told.extend(writer.join().unwrap());
            }
        });
        // Where the last one was killed in the middle of a write, the next one repairs it.
        told.extend(run(writer(&path, &format!("{round}/last"), 1), dice.clone(), false));
        sound(&path);
    }
    let written: Vec<String> = references(&path);
    let kept: BTreeSet<String> = written.iter().cloned().collect();
    assert!(told.len() > 100, "{}", told.len());
    assert!(told.is_subset(&kept), "lost: {:?}", told.difference(&kept).collect::<Vec<_>>());
    // Both records of a push stand side by side, unless they were cut.
    for pair in written.windows(2).filter(|it| it[0].ends_with("/a")) {
        let is_pair = pair[0].trim_end_matches('a') == pair[1].trim_end_matches('b');
        assert!(is_pair || !told.contains(&pair[0]), "{pair:?}");
    }
}

#[test]
fn a_write_that_is_cut_off_at_any_byte_is_repaired_and_told() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("audit.jsonl");
    let trail = Trail::at(&path);
    for first in [&["refs/heads/one"][..], &[]] {
        let _ = fs::remove_file(&path);
        append(&trail, first);
        let kept = fs::metadata(&path).unwrap().len() as usize;
        let head = trail.head().unwrap();
        append(&trail, &["refs/heads/two", "refs/heads/three"]);
        let whole = fs::read(&path).unwrap();
        for cut in (kept..=whole.len()).filter(|it| it % 3 == 0 || whole.len() - it < 9) {
            fs::write(&path, &whole[..cut]).unwrap();
            let before = verify(&path, Some(&head)).unwrap();
            let is_whole = cut == kept || whole[cut - 1] == b'\n';
            assert_eq!(before.is_sound(), is_whole, "{cut}: {before:?}");
            assert_eq!(before.after, Some(before.records - first.len() as u64));

            append(&trail, &["refs/heads/four"]);
            let after = sound(&path);
            assert_eq!(after.repairs.len(), usize::from(!is_whole), "{cut}");
            let references = references(&path);
            assert!(
                references
                    .starts_with(&first.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
            );
            assert_eq!(references.last().unwrap(), "refs/heads/four");
            assert_eq!(fs::read(&path).unwrap()[..cut], whole[..cut], "nothing is taken away");
        }
    }
}

#[test]
fn a_repair_that_is_cut_off_is_repaired_again() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("audit.jsonl");
    let trail = Trail::at(&path);
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let _ = fs::remove_file(&path);
        let mut expected = Vec::new();
        for n in 0..6 {
            // Killed at any byte of a write, or of the repair before it, any number of times.
            for _ in 0..dice.below(4) {
                let before = fs::metadata(&path).map_or(0, |it| it.len());
                append(&trail, &["refs/heads/cut"]);
                let length = fs::metadata(&path).unwrap().len();
                let cut = before + dice.number() % (length - before);
                let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
                file.set_len(cut).unwrap();
                if dice.below(8) == 0 {
                    // A disk without power may have zeros where it did not write.
                    file.set_len(cut + dice.number() % 5000).unwrap();
                }
            }
            let name = format!("refs/heads/{n}");
            append(&trail, &[&name]);
            expected.push(name);
            sound(&path);
        }
        let mut found = references(&path);
        found.retain(|it| it != "refs/heads/cut" && !it.is_empty());
        assert_eq!(found, expected, "{seed}");
    }
}

#[test]
fn a_tear_that_is_longer_than_any_write_is_no_trail() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("audit.jsonl");
    let trail = Trail::at(&path);
    append(&trail, &["refs/heads/one"]);
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len();
    file.set_len(length + (15 << 20)).unwrap();
    append(&trail, &["refs/heads/two"]);
    assert_eq!(sound(&path).repairs[0].bytes, 15 << 20);
    file.set_len(file.metadata().unwrap().len() + (17 << 20)).unwrap();
    let error = trail.append([record("refs/heads/three")], soon()).unwrap_err();
    assert!(format!("{error:#}").contains("its last 16 MiB hold no record"), "{error:#}");
}

/// Where the disk is full in the middle of a write, the trail is as it was before.
#[cfg(unix)]
#[test]
fn a_write_that_fails_half_way_is_taken_back() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("audit.jsonl");
    let head = append(&Trail::at(&path), &["refs/heads/one"]);
    let before = fs::read(&path).unwrap();
    // Of 512 or 1024 bytes: a record and a half, or three.
    let writer = writer(&path, "w", 20);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$@\"", "sh"]);
    shell.arg(writer.get_program()).args(writer.get_args());
    shell.env(WRITER, format!("{}|w|20", path.display()));
    let output = shell.stdin(Stdio::null()).output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stdout).matches("written w/").count() * 2;
    let verified = sound(&path);
    assert_eq!(verified.records, 1 + told as u64);
    assert!(verified.repairs.is_empty() && fs::read(&path).unwrap().starts_with(&before));
    assert!(verify(&path, Some(&head)).unwrap().is_sound());
}
