//! Whatever is done to a trail afterwards is found.

use std::fs;
use std::path::{Path, PathBuf};

use dataward::audit::{NOTHING, Trail, Verified, Wrong, verify};
use tempfile::TempDir;

use crate::{append, record, soon, sound};

/// A trail of six records of which the fourth repairs a tear (so that it has seven lines), and its lines.
fn trail() -> (TempDir, PathBuf, Vec<String>) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("audit.jsonl");
    let trail = Trail::at(&path);
    append(&trail, &["refs/heads/1", "refs/heads/2", "refs/heads/3"]);
    let mut text = fs::read_to_string(&path).unwrap();
    text += "{\"format\":1,\"ti";
    fs::write(&path, text).unwrap();
    append(&trail, &["refs/heads/6", "refs/heads/7"]);
    let verified = sound(&path);
    assert_eq!((verified.records, verified.repairs.len()), (6, 1));
    let lines = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    (place, path, lines)
}

fn with(path: &Path, lines: &[&str]) -> Verified {
    fs::write(path, lines.iter().map(|it| format!("{it}\n")).collect::<String>()).unwrap();
    verify(path, None).unwrap()
}

#[test]
fn each_changed_byte_is_found() {
    let (_place, path, lines) = trail();
    let whole = fs::read(&path).unwrap();
    let head = verify(&path, None).unwrap().head;
    // The hash of the last line is in no line: only who kept it can tell.
    let last = whole.len() - lines[6].len() - 1;
    for at in 0..whole.len() {
        let flip = [0x01, 0x20, 0x80][at % 3];
        let mut changed = whole.clone();
        changed[at] ^= flip;
        fs::write(&path, &changed).unwrap();
        let kept = (at >= last).then_some(head.as_str());
        assert!(!verify(&path, kept).unwrap().is_sound(), "byte {at} ^ {flip:#x}");
    }
}

#[test]
fn each_byte_that_is_missing_or_inserted_is_found() {
    let (_place, path, _) = trail();
    let whole = fs::read(&path).unwrap();
    let head = verify(&path, None).unwrap().head;
    for at in 0..whole.len() {
        let (before, after) = whole.split_at(at);
        for changed in [[before, &after[1..]].concat(), [before, b"\n", after].concat()] {
            fs::write(&path, &changed).unwrap();
            assert!(!verify(&path, Some(&head)).unwrap().is_sound(), "byte {at}");
        }
    }
}

#[test]
fn a_change_is_told_by_its_line_and_kind() {
    let (_place, path, lines) = trail();
    let l: Vec<&str> = lines.iter().map(String::as_str).collect();
    let changed = l[1].replace("refused", "applied");
    let other = "{\"format\":2}";
    for (what, now, line, wrong) in [
        ("changed", vec![l[0], &changed, l[2], l[3], l[4], l[5], l[6]], 3, Wrong::ChangedOrMissing),
        ("missing", vec![l[0], l[2], l[3], l[4], l[5], l[6]], 2, Wrong::ChangedOrMissing),
        ("without the first", vec![l[1], l[2]], 1, Wrong::ChangedOrMissing),
        ("swapped", vec![l[0], l[2], l[1]], 2, Wrong::Moved { to: 3 }),
        ("twice", vec![l[0], l[1], l[1], l[2]], 3, Wrong::Inserted { follows: 1 }),
        ("again", vec![l[0], l[1], l[2], l[0]], 4, Wrong::Inserted { follows: 0 }),
        ("no record", vec![l[0], "what", "else", l[1]], 2, Wrong::NoRecord { to: 3 }),
        ("an empty line", vec![l[0], "", l[1]], 2, Wrong::NoRecord { to: 2 }),
        ("of another format", vec![l[0], other, l[1]], 2, Wrong::Newer),
        ("without the tear", vec![l[0], l[1], l[2], l[4], l[5], l[6]], 4, Wrong::Repair),
        ("another tear", vec![l[0], l[1], l[2], "{\"format\":1,\"to", l[4]], 5, Wrong::Repair),
        ("without the repair", vec![l[0], l[1], l[2], l[3], l[5]], 4, Wrong::NoRecord { to: 4 }),
        ("not repaired", vec![l[0], l[1], l[2], l[3]], 4, Wrong::Torn),
    ] {
        let verified = with(&path, &now);
        let first = verified.faults.first().unwrap_or_else(|| panic!("{what} is not found"));
        assert_eq!((first.line, first.wrong), (line, wrong), "{what}: {verified:#?}");
        assert_eq!(verified.records as usize, now.iter().filter(|it| it.ends_with('}')).count());
    }
}

#[test]
fn a_record_that_fits_in_is_found_by_what_follows() {
    let (_place, path, lines) = trail();
    let l: Vec<&str> = lines.iter().map(String::as_str).collect();
    with(&path, &l[..2]);
    append(&Trail::at(&path), &["refs/heads/forged"]);
    let text = fs::read_to_string(&path).unwrap();
    let forged = text.lines().last().unwrap();
    let verified = with(&path, &[l[0], l[1], forged, l[2], l[3], l[4]]);
    assert_eq!(
        (verified.faults[0].line, verified.faults[0].wrong),
        (4, Wrong::Inserted { follows: 2 })
    );
    assert_eq!(verified.faults.len(), 1);
}

#[test]
fn a_tail_that_was_cut_is_found_by_the_hash_that_was_kept() {
    let (_place, path, lines) = trail();
    let l: Vec<&str> = lines.iter().map(String::as_str).collect();
    let head = verify(&path, None).unwrap().head;
    for (n, after) in [(7, Some(0)), (6, None), (3, None), (0, None)] {
        assert!(with(&path, &l[..n]).is_sound(), "the rest is a trail of its own");
        let verified = verify(&path, Some(&head)).unwrap();
        assert_eq!(verified.after, after, "{n}");
        let wrong: Vec<Wrong> = verified.faults.iter().map(|it| it.wrong).collect();
        assert_eq!(wrong, if after.is_none() { vec![Wrong::Cut] } else { vec![] }, "{n}");
    }
    with(&path, &l);
    append(&Trail::at(&path), &["refs/heads/8", "refs/heads/9"]);
    assert_eq!(verify(&path, Some(&head.to_uppercase())).unwrap().after, Some(2));
    assert_eq!(verify(&path, Some(NOTHING)).unwrap().after, Some(8));
    for no_hash in ["", "abc", &head[1..], &head.replace(|_| true, "g")] {
        assert!(verify(&path, Some(no_hash)).is_err());
    }
}

#[test]
fn a_line_without_end_is_read_in_pieces() {
    let (_place, path, lines) = trail();
    let l: Vec<&str> = lines.iter().map(String::as_str).collect();
    for length in [65_535, 65_536, 65_537, 65_538, 200_000] {
        let long = "x".repeat(length);
        let verified = with(&path, &[l[0], &long, l[1], l[2]]);
        assert_eq!(verified.faults[0].wrong, Wrong::NoRecord { to: 2 }, "{length}");
        assert_eq!((verified.records, verified.faults.len()), (3, 1), "{length}");
    }
}

#[test]
fn faults_are_counted_and_not_all_told() {
    let (_place, path, lines) = trail();
    let twice = vec![lines[0].as_str(); 500];
    let verified = with(&path, &twice);
    assert_eq!(
        (verified.records, verified.faults.len(), verified.faults_left_out),
        (500, 100, 399)
    );
    let trail = Trail::at(&path);
    assert!(trail.append([record("refs/heads/x")], soon()).is_ok(), "a broken trail goes on");
}
