//! What fuzzing found, and a short run of it: thousands of changes to small files of every kind, the same ones each time.
//! fuzz/README.md says how to run it for longer. All people in here are invented.
#![allow(clippy::unwrap_used)]

#[path = "support/dice.rs"]
mod dice;
#[path = "support/fuzzed.rs"]
mod fuzzed;
#[path = "support/seeds.rs"]
mod seeds;

use std::panic::catch_unwind;
use std::time::Instant;

use dataward::content::{Answer, Content, WriteAheadLog, script};
use dice::Dice;

/// Whether there is something to say about it.
fn finds(content: &Content) -> bool {
    content.pointer.is_some()
        || !matches!(content.database, Answer::No)
        || content.members.iter().any(|it| finds(&it.content))
}

/// What changes start from has to lead into the readers.
#[test]
fn the_seeds_are_read() {
    for (target, name) in [("database", "a.db"), ("dump", "a.sql"), ("file", "a.db")] {
        for (n, seed) in seeds::of(target).iter().enumerate() {
            let seed = if target == "file" { &seed[1..] } else { seed };
            assert!(finds(&fuzzed::checked(name, seed, None)), "{target} {n}");
        }
    }
    let archives = seeds::archives();
    let found = archives.iter().filter(|it| finds(&fuzzed::checked("a.zip", it, None))).count();
    // Eight hold nothing but text.
    assert!(found >= archives.len() - 9, "{found} of {}", archives.len());
    let merges = |seed: &&Vec<u8>| {
        let (database, log) =
            seed[3..].split_at(usize::from(u16::from_be_bytes([seed[1], seed[2]])));
        let content = fuzzed::checked("a.db", database, Some(log));
        let log = content.database.map(|it| it.write_ahead_log);
        matches!(log, Answer::Yes(WriteAheadLog::Merged { frames: 2.. }))
    };
    assert_eq!(seeds::logs().iter().filter(|it| it[0] & 2 == 0).filter(merges).count(), 8);
}

/// Numbers at which sizes, counts and places are made to go wrong.
const NUMBERS: &[u64] =
    &[0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 1 << 63, u64::MAX];

/// Changes a file in a few places: bytes, numbers, pieces that are gone, doubled, or from elsewhere.
fn change(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len().max(1));
        let length = dice.below(40).min(bytes.len() - at);
        match dice.below(7) {
            0 => bytes[at..(at + 1).min(at + length)].fill(dice.below(256) as u8),
            1 => bytes[at..at + length.min(1)].iter_mut().for_each(|it| *it ^= 1 << dice.below(8)),
            2 => {
                let number = NUMBERS[dice.below(NUMBERS.len())];
                let number = if dice.below(2) == 0 {
                    number.to_le_bytes()
                } else {
                    number.swap_bytes().to_le_bytes()
                };
                let width = [1, 2, 4, 8][dice.below(4)].min(length);
                bytes[at..at + width].copy_from_slice(&number[..width]);
            }
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                let to = dice.below(bytes.len().max(1));
                bytes.splice(to..to, piece);
            }
            5 => {
                let from = dice.below(other.len().max(1));
                let piece = &other[from..other.len().min(from + length)];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ if dice.below(8) == 0 => bytes.truncate(at),
            _ => {}
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}

/// Checks so many changes of the seeds.
fn changed(seeds: &[Vec<u8>], mutants: usize, check: fn(&[u8])) {
    let mut dice = Dice::new(11);
    for seed in seeds {
        check(seed);
    }
    for n in 0..mutants {
        let mut bytes = seeds[dice.below(seeds.len())].clone();
        let other = &seeds[dice.below(seeds.len())];
        change(&mut bytes, other, &mut dice);
        assert!(catch_unwind(|| check(&bytes)).is_ok(), "change {n}: {}", hexadecimal(&bytes));
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

#[test]
fn a_changed_database_is_read_or_refused() {
    changed(&seeds::databases(), 1500, fuzzed::database);
}

#[test]
fn a_changed_log_is_read_or_refused() {
    changed(&seeds::logs(), 1500, fuzzed::log);
}

#[test]
fn a_changed_dump_is_read_or_refused() {
    changed(&seeds::dumps(), 3000, fuzzed::dump);
}

#[test]
fn a_changed_archive_is_read_or_refused() {
    changed(&seeds::archives(), 1500, fuzzed::archive);
}

#[test]
fn a_changed_script_is_read_or_refused() {
    let names: Vec<&str> = seeds::scripts::SCRIPTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(fuzzed::SCRIPTS, names);
    changed(&seeds::of("script"), 300, fuzzed::script);
}

#[test]
fn a_script_that_the_grammar_would_mend_without_end_is_cut() {
    let text = "wer(a=& !*foFatal(Bool(\"force\"y) JORr e=! || str(a= \"y\" && !*forcer e=! || str(a= \"y\" && !*fnln(&a)\n\ti:= f();\ndb.dropDatabase()\n";
    let path = bstr::BStr::new("a.js");
    assert!(matches!(script::read(path, text.as_bytes()), Answer::Unreadable(_)));
}

#[test]
fn any_changed_file_is_read_or_refused() {
    changed(&seeds::files(), 1500, fuzzed::file);
}

/// A 7z archive whose header is this, and which has nothing else. Checksums are 0: nothing goes by them.
fn seven_zip(header: &[u8]) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [b"7z\xbc\xaf\x27\x1c\0\x04\0\0\0\0\0\0\0\0\0\0\0\0", &length[..], &[0; 4], header].concat()
}

/// Found by reading: 64 KiB of header took 17 s, and longer ones longer, past any bound on time.
#[test]
fn lists_of_files_that_are_claimed_again_and_again_end() {
    // 1000 files, no part about them.
    let claims = b"\x05\x83\xe8\0".repeat(16_000);
    let start = Instant::now();
    fuzzed::archive(&seven_zip(&[b"\x01", &claims[..], b"\0"].concat()));
    assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
}

/// Found by reading: 62 KB of header took 1.2 GiB of memory.
#[test]
fn lists_of_sizes_that_come_again_and_again_take_no_memory() {
    // 1000 folders with one coder each, that unpack to one byte each.
    let folders =
        [b"\x07\x0b\x83\xe8\0", &b"\x01\0".repeat(1000)[..], b"\x0c", &[1; 1000], b"\0"].concat();
    let header = [b"\x01\x04", &folders[..], &b"\x08\0".repeat(20_000), b"\0\0"].concat();
    let start = Instant::now();
    let content = fuzzed::checked("a.7z", &seven_zip(&header), None);
    assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
    let why = "the header of the 7z archive is damaged";
    assert!(matches!(content.database, Answer::Unreadable(it) if it.detail == why));
}

/// Found by a seed that was not read: two gzip streams, a dump without rows and a database.
#[test]
fn a_mark_before_a_database_hides_nothing() {
    let database = seeds::databases().swap_remove(0);
    for mark in [
        &b"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"[..],
        b"--\n-- PostgreSQL database dump\n--\n\n",
        b"-- MySQL dump 10.13  Distrib 8.0.36\n",
        b"PK\x05\x06",
    ] {
        let content = fuzzed::checked("a.txt", &[mark, &database].concat(), None);
        let Answer::Yes(found) = content.database else { panic!("{mark:?}") };
        assert_eq!((found.people(), found.damage.as_ref()), (2, None), "{mark:?}");
        let alone = fuzzed::checked("a.txt", mark, None);
        assert_eq!(alone.database, Answer::No);
    }
}

/// Found in a dump in gzip: rows that break off were passed and not counted, so that more were due than may be read.
#[test]
fn rows_that_break_off_do_not_make_others_due() {
    let rows = "INSERT INTO users VALUES(1,'a@keller.de');\nINSERT INTO users VALUES(2,x users(id, email);\n\n";
    let text = format!("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n{}", rows.repeat(150));
    let Answer::Yes(found) = fuzzed::checked("a.sql", text.as_bytes(), None).database else {
        panic!()
    };
    assert_eq!((found.tables[0].rows, found.tables[0].rows_read), (150, 100));
}

#[test]
fn an_archive_before_a_database_hides_nothing() {
    let database = seeds::databases().swap_remove(0);
    for archive in seeds::of_text() {
        let content = fuzzed::checked("a.bin", &[&archive[..], &database].concat(), None);
        let people = |it: &Content| match &it.database {
            Answer::Yes(it) => it.people(),
            _ => 0,
        };
        let all =
            people(&content) + content.members.iter().map(|it| people(&it.content)).sum::<u64>();
        assert_eq!(all, 2, "{:02x?}", &archive[..8]);
        assert!(!finds(&fuzzed::checked("a.bin", &archive, None)));
    }
}

/// A part of a file cannot make a value a name, so that none may be shown whatever is missing.
#[test]
fn no_part_of_a_file_shows_a_value() {
    let mut dice = Dice::new(5);
    for (target, seeds) in seeds::all() {
        let name = match target {
            "database" => "a.db",
            "dump" => "a.sql",
            "archive" => "a.zip",
            _ => continue,
        };
        for seed in seeds {
            for _ in 0..20 {
                let at = dice.below(seed.len().max(1));
                for part in [&seed[..at], &seed[at..]] {
                    let text = format!("{:?}", fuzzed::checked(name, part, None)).to_lowercase();
                    assert!(!text.contains(fuzzed::CANARY), "{target}, cut at {at}: {text}");
                }
            }
        }
    }
}
