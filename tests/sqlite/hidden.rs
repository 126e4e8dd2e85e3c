//! Databases that do not begin as one.

use dataward::content::{Answer, Cause, Limits};
use proptest::prelude::*;

use crate::{Dice, answer, bytes, examined, opened};

fn people(encoding: &str, page_size: u32) -> Vec<u8> {
    bytes(&format!(
        "PRAGMA encoding = '{encoding}'; PRAGMA page_size = {page_size}; {}",
        crate::people::sql(500)
    ))
}

fn random(length: usize) -> Vec<u8> {
    let mut dice = Dice::new(3);
    (0..length).map(|_| dice.below(256) as u8).collect()
}

#[test]
fn after_other_bytes_it_is_read_in_full() {
    let database = people("UTF-8", 4096);
    let whole = opened(answer(&database));
    for prefix in
        [&b"x"[..], b"#!/bin/sh\n", &random(100_000), b"SQLite format 3\0", b"\x89PNG\r\n\x1a\n"]
    {
        let found = opened(answer(&[prefix, &database].concat()));
        if prefix.starts_with(b"SQLite") {
            assert!(found.people() >= 490);
        } else {
            assert_eq!((found.tables, found.damage), (whole.tables.clone(), None));
        }
    }
    for more in [&b"x"[..], &random(5000)] {
        assert_eq!(opened(answer(&[&database, more].concat())).tables, whole.tables);
    }
    assert!(opened(answer(&database[..database.len() - 1])).people() > 450);
}

#[test]
fn without_a_header_it_is_read_in_full() {
    for encoding in ["UTF-8", "UTF-16le", "UTF-16be"] {
        for page_size in [512, 1024, 4096, 65_536] {
            let database = people(encoding, page_size);
            let whole = opened(answer(&database));
            for change in [0..100, 0..1, 5..16, 16..18, 0..16, 18..24] {
                let mut changed = database.clone();
                changed[change.clone()].fill(0);
                let found = opened(answer(&changed));
                assert_eq!(found.tables, whole.tables, "{encoding} {page_size} {change:?}");
                assert!(found.damage.is_some());
            }
        }
    }
}

#[test]
fn without_a_first_page_its_rows_are_counted() {
    for encoding in ["UTF-8", "UTF-16le", "UTF-16be"] {
        for page_size in [512, 4096, 16_384] {
            let mut database = people(encoding, page_size);
            database[..page_size as usize].fill(0);
            let found = opened(answer(&database));
            assert_eq!(found.format.name, "SQLite pages");
            assert!(found.people() >= 499, "{encoding} {page_size} {}", found.people());
            assert!(found.test_confidence.value < 0.3 && !format!("{found:?}").contains('@'));
        }
    }
}

#[test]
fn each_part_of_it_is_a_finding() {
    for (page_size, part) in [(4096, 30_000), (1024, 10_001), (512, 5_000)] {
        let database = people("UTF-8", page_size);
        let mut people = 0;
        for part in database.chunks(part) {
            match answer(part) {
                Answer::Yes(it) => people += it.people() + it.remains.people.total(),
                // Events and indices.
                Answer::No | Answer::Unreadable(_) => {}
            }
        }
        assert!(people >= 400, "{page_size}: {people}");
    }
}

#[test]
fn lets_through_other_files() {
    let crlf = "id,name,\r\n1,lamp,\r\n".repeat(10_000).into_bytes();
    let mut words = Vec::new();
    for n in 0..50_000_u32 {
        words.extend((n % 300).to_be_bytes());
    }
    let mut tail = b"x".repeat(1000);
    tail.extend(b"SQLite format 3\0 is what the header of a database says. ".repeat(9));
    for file in [
        &random(1 << 20)[..],
        &[13; 300_000],
        &[10; 300_000],
        &crlf,
        &words,
        &tail,
        &[0; 70_000],
        b"",
        b"\r",
    ] {
        let answer = answer(file);
        assert_eq!(answer, Answer::No, "{}", file.len());
    }
}

#[test]
fn a_file_made_to_be_slow_ends() {
    // Headers of leaf pages at every eighth byte, each with many cells that almost hold.
    let mut file = Vec::new();
    while file.len() < 2 << 20 {
        file.extend([13, 0, 0, 9, 0, 0x40, 0, 0]);
    }
    let start = std::time::Instant::now();
    let _ = answer(&file);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_file_of_magic_bytes_ends() {
    let file = [b"x", b"SQLite format 3\0".repeat(1 << 18).as_slice()].concat();
    let start = std::time::Instant::now();
    assert_eq!(answer(&file), Answer::No);
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn random_pages_look_encrypted_and_a_database_does_not() {
    let is_encrypted = |name: &str, bytes: &[u8]| {
        let content = examined::content(name, bytes, &Limits::default());
        matches!(content.database, Answer::Unreadable(it) if it.cause == Cause::Encrypted)
    };
    assert!(is_encrypted("app.db", &random(64 << 10)));
    assert!(!is_encrypted("app.bin", &random(64 << 10)));
    assert!(!is_encrypted("app.db", &people("UTF-8", 4096)));
    assert!(!is_encrypted("app.db", &random((64 << 10) + 1)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    /// Pages without a header, changed anywhere, are read or not, and it ends.
    #[test]
    fn mutated_pages_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..60), cut in 1_usize..900) {
        let mut file = bytes("PRAGMA page_size = 512; CREATE TABLE t(x, y); CREATE INDEX i ON t(x);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
            INSERT INTO t SELECT 'anna' || i || '@web.de', zeroblob(i * 20) FROM n;");
        file.drain(..cut);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = answer(&file);
    }
}
