//! Every signature on bytes that are made here, and what is nearly one.

use dataward::content::Format;
use dataward::content::format::{self, GEOPACKAGE, MBTILES, SQLITE, Sight, Signature};

use crate::samples::{SAMPLES, Sample, lay};
use crate::{name, recognised};

/// Bytes that fit this signature, with the name and the size of their file.
fn make(format: &Format, n: usize) -> (&'static str, Vec<u8>) {
    let sample = SAMPLES.iter().find(|it| it.format == format.name && it.signature == n);
    let size = sample.map_or(4096, |it| it.size);
    let mut bytes = vec![0; size];
    match &format.signatures[n] {
        Signature::Bytes(marks, _) => {
            for mark in *marks {
                lay(&mut bytes, mark.at, mark.bytes);
            }
        }
        Signature::Lines(lines) => bytes = format!("{} and so on\n", lines.join("\n")).into(),
    }
    for (at, piece) in sample.map_or(&[][..], |it| it.pieces) {
        lay(&mut bytes, *at, piece);
    }
    (sample.map_or("some/file", |it| it.path), bytes)
}

/// Whether a signature other than this one has its marks there.
fn has_another(format: &Format, n: usize, bytes: &[u8]) -> bool {
    format.signatures.iter().enumerate().any(|(other, it)| match it {
        Signature::Bytes(marks, _) => {
            other != n
                && !marks.is_empty()
                && marks.iter().all(|mark| {
                    let from = if mark.at < 0 { bytes.len() as i64 } else { 0 } + mark.at;
                    bytes[usize::try_from(from).unwrap()..].starts_with(mark.bytes)
                })
        }
        Signature::Lines(lines) => {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
            other != n && lines.iter().zip(text.lines()).all(|(it, line)| line.starts_with(it))
        }
    })
}

/// Which bytes a signature asks for.
fn marked(signature: &Signature, length: usize) -> Vec<usize> {
    match signature {
        Signature::Bytes(marks, _) => marks
            .iter()
            .flat_map(|mark| {
                let from = if mark.at < 0 { length as i64 } else { 0 } + mark.at;
                (0..mark.bytes.len()).map(move |it| usize::try_from(from).unwrap() + it)
            })
            .collect(),
        Signature::Lines(lines) => (0..lines.join("\n").len()).collect(),
    }
}

#[test]
fn finds_each_signature() {
    for format in format::all() {
        for n in 0..format.signatures.len() {
            let (path, bytes) = make(format, n);
            assert_eq!(name(recognised(path, bytes.len(), &bytes)), format.name, "{n}");
        }
    }
}

#[test]
fn a_changed_byte_makes_it_something_else() {
    for format in format::all() {
        for (n, signature) in format.signatures.iter().enumerate() {
            let (path, mut bytes) = make(format, n);
            for at in marked(signature, bytes.len()) {
                let right = bytes[at];
                for value in (0..=255).filter(|it| *it != right) {
                    bytes[at] = value;
                    if !has_another(format, n, &bytes) {
                        let seen = recognised(path, bytes.len(), &bytes);
                        assert_ne!(name(seen), format.name, "{n}: {value:02x} at {at}");
                    }
                }
                bytes[at] = right;
            }
        }
    }
}

#[test]
fn lets_through_what_is_nearly_one() {
    for Sample { format, signature, misses, .. } in SAMPLES {
        let format = crate::named(format);
        for (at, piece) in *misses {
            let (path, mut bytes) = make(format, *signature);
            lay(&mut bytes, *at, piece);
            let seen = recognised(path, bytes.len(), &bytes);
            assert_ne!(name(seen), format.name, "{signature}: {piece:02x?} at {at}");
        }
    }
}

#[test]
fn every_sample_is_of_a_signature() {
    for it in SAMPLES {
        assert!(it.signature < crate::named(it.format).signatures.len(), "{}", it.format);
    }
}

#[test]
fn names_and_sizes_count_where_they_are_asked_for() {
    for Sample { format, signature, path, size, .. } in SAMPLES {
        let (_, bytes) = make(crate::named(format), *signature);
        if *path != "a" {
            assert_ne!(name(recognised("a", bytes.len(), &bytes)), *format, "without its name");
        }
        if size % 512 == 0 && *size > 4096 {
            let shorter = &bytes[..bytes.len() - 1000];
            assert_ne!(name(recognised(path, shorter.len(), shorter)), *format, "too short");
        }
    }
}

#[test]
fn the_end_counts_only_where_it_is_seen() {
    let is_at_end = |it: &Signature| matches!(it, Signature::Bytes(marks, _) if marks.iter().any(|it| it.at < 0));
    let mut n = 0;
    for format in format::all() {
        for (signature, _) in format.signatures.iter().enumerate().filter(|(_, it)| is_at_end(it)) {
            let (path, bytes) = make(format, signature);
            assert_eq!(name(recognised(path, bytes.len() + 1, &bytes)), "nothing", "{format:?}");
            n += 1;
        }
    }
    assert!(n >= 5);
}

#[test]
fn the_more_specific_one_is_named() {
    for (id, format) in [
        (b"GPKG", &GEOPACKAGE),
        (b"GP11", &GEOPACKAGE),
        (b"MPBX", &MBTILES),
        (b"\0\0\0\0", &SQLITE),
    ] {
        let mut bytes = vec![0; 512];
        lay(&mut bytes, 0, b"SQLite format 3\0");
        lay(&mut bytes, 68, id);
        let seen = recognised("a", 512, &bytes).unwrap();
        assert!(seen == format && seen.is_sqlite());
    }
    // A header that breaks off is still a SQLite database.
    assert_eq!(recognised("a", 16, b"SQLite format 3\0"), Some(&SQLITE));
    assert!(!crate::named("SQLite write-ahead log").is_sqlite());
}

#[test]
fn a_dump_may_begin_with_other_lines() {
    let finds = [
        ("\u{feff}-- MySQL dump 10.13\n", "MySQL dump"),
        ("\r\n\n-- MariaDB dump 10.19\r\n", "MariaDB dump"),
        ("mysqldump: [Warning] a word\n-- MySQL dump 10.13\n", "MySQL dump"),
        ("\\restrict abc\n--\n-- PostgreSQL database dump\n--\n", "PostgreSQL dump"),
        ("SET a = b;\r\nSET c = d;\r\n--\r\n-- PostgreSQL database dump\r\n", "PostgreSQL dump"),
        ("--\n-- PostgreSQL database cluster dump\n", "PostgreSQL cluster dump"),
        (
            "-- -------------------------------------------------------- \n-- Host: a\n",
            "HeidiSQL dump",
        ),
        ("PRAGMA foreign_keys=OFF;\r\nBEGIN TRANSACTION;\r\n", "SQLite dump"),
    ];
    for (text, format) in finds {
        assert_eq!(name(recognised("a", text.len(), text.as_bytes())), format, "{text}");
    }
    let lets_through = [
        "# How to read a -- MySQL dump 10.13\n",
        "x\n-- MySQL dump 10.13\n",
        "--\n--\n-- PostgreSQL database dump\n",
        "-- PostgreSQL database dump\n",
        "-- --------------------------------------------------------\n-- A heading\n",
        "PRAGMA foreign_keys=OFF;\nCREATE TABLE a (b);\n",
        &format!("{}-- MySQL dump 10.13\n", "SET a = b;\n".repeat(17)),
        "-- MySQL dum",
        "",
    ];
    for text in lets_through {
        assert_eq!(recognised("a.sql", text.len(), text.as_bytes()), None, "{text}");
    }
}

#[test]
fn lets_through_other_files() {
    let ole2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    for path in ["a", "Thumbs.db", "a.sqlite", "a.mdb", "a.frm", "a.bson", "a.nsf"] {
        for bytes in
            [&ole2[..], b"", b"\0", &[0; 8192], &[0xff; 4096], b"#!/bin/sh\n", b"%PDF-1.7\n"]
        {
            assert_eq!(recognised(path, bytes.len(), bytes), None, "{path} {bytes:02x?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        n in 0..SAMPLES.len(),
        noise in proptest::collection::vec((0_usize..200, 0_u8..), 0..20),
        length in 0_usize..600,
        size in 0_u64..,
    ) {
        let sample = &SAMPLES[n];
        let (path, mut bytes) = make(crate::named(sample.format), sample.signature);
        for (at, value) in noise {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(length);
        for size in [size, length as u64, bytes.len() as u64] {
            format::recognise(&Sight { size, bytes: &bytes, path: path.into() });
        }
    }
}
