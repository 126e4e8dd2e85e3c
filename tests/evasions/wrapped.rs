//! Databases in text, in parts, in archives and beside their logs.

use std::process::Command;

use super::support::{Repo, Run, database, fed};
use super::{finds, finds_database, finds_words, looked_at, pages};

/// What a tool makes of these bytes.
fn through(program: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let output = fed(Command::new(program).args(arguments), input);
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn base64_in_a_text_is_found_at_every_alignment() {
    for before in ["", "a", "ab"] {
        let repo = Repo::with_commit();
        let bytes = [before.as_bytes(), database()].concat();
        let text = through("base64", &[], &bytes);
        repo.add("page.html", &[b"<img src=\"data:;base64,\n", &text[..], b"\">\n"].concat());
        finds_words(&repo, "page.html", "SQLite database in base64 at byte");
    }
}

#[test]
fn hex_in_a_text_is_found() {
    let hex: String = database().iter().map(|byte| format!("{byte:02x}")).collect();
    for text in [format!("x = \"{hex}\"\n"), format!("x = '0{hex}'\n"), hex.to_uppercase()] {
        let repo = Repo::with_commit();
        repo.add("data.py", text.as_bytes());
        finds_words(&repo, "data.py", "SQLite database in hex at byte");
    }
}

#[test]
fn every_part_of_a_database_is_found() {
    // So that each part has a whole page.
    for size in ["4096", "8192", "10001", "12287"] {
        let repo = Repo::with_commit();
        repo.write("app.db", &pages());
        let split = repo.command("split").args(["-b", size, "app.db", "part-"]).output();
        assert!(Run::of(&split.expect("split runs")).code == 0);
        let parts: Vec<String> = std::fs::read_dir(&repo.top)
            .expect("a directory")
            .map(|it| it.expect("an entry").file_name().into_string().expect("a name"))
            .filter(|name| name.starts_with("part-"))
            .collect();
        assert!(parts.len() > 3, "{parts:?}");
        repo.git(&["add", "part-*"]);
        let runs = looked_at(&repo);
        // A page of pointers to others alone holds nobody.
        let is_row = |part: &&String| {
            let bytes = std::fs::read(repo.path(part)).expect("a part");
            bytes.windows(11).any(|it| it == b"Ada Example")
        };
        let parts: Vec<&String> = parts.iter().filter(is_row).collect();
        for (run, part) in runs.iter().flat_map(|run| parts.iter().map(move |it| (run, it))) {
            let rules = ["database-file", "database-with-personal-data", "unreadable-database"];
            let said = rules.iter().any(|rule| run.has(rule, part));
            assert!(run.code == 1 && said, "{part} of {size} bytes: {}", run.err);
        }
    }
}

#[test]
fn a_log_is_found_with_its_database_and_without() {
    let repo = Repo::with_commit();
    let live = rusqlite::Connection::open(repo.path("app.db")).expect("a database");
    live.execute_batch(
        "pragma journal_mode = wal; pragma wal_autocheckpoint = 0;
         create table users(id integer primary key, name text, email text);
         insert into users values(1, 'Ada Example', 'ada@example.com');",
    )
    .expect("valid SQL");
    repo.git(&["add", "app.db-wal"]);
    let run = repo.check(&["--staged"]);
    run.finds_database("app.db-wal");
    assert!(run.err.contains("SQLite write-ahead log"), "{}", run.err);
    repo.git(&["add", "app.db"]);
    let runs = looked_at(&repo);
    drop(live);
    for run in &runs {
        run.finds_database("app.db");
        assert!(run.err.contains("read together with its write-ahead log"), "{}", run.err);
        run.finds_database("app.db-wal");
    }
}

/// A zip of one stored member.
fn zip(name: &str, bytes: &[u8], flags: u16) -> Vec<u8> {
    packed(&[(name, bytes)], flags)
}

/// A zip of these members, stored.
pub(super) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    packed(members, 0)
}

fn packed(members: &[(&str, &[u8])], flags: u16) -> Vec<u8> {
    let number = |it: usize| u32::try_from(it).expect("few bytes").to_le_bytes();
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let about = [
            &[20, 0][..],
            &flags.to_le_bytes(),
            &[0; 6],
            &crc(bytes).to_le_bytes(),
            &number(bytes.len()),
            &number(bytes.len()),
            &number(name.len())[..2],
            &[0; 2],
        ]
        .concat();
        let at = number(zip.len());
        zip.extend([b"PK\x03\x04", &about[..], name.as_bytes(), bytes].concat());
        let listed = [b"PK\x01\x02\x14\0", &about[..], &[0; 10], &at, name.as_bytes()].concat();
        directory.extend(listed);
    }
    let (count, size, at) = (number(members.len()), number(directory.len()), number(zip.len()));
    let end = [b"PK\x05\x06\0\0\0\0", &count[..2], &count[..2], &size, &at, &[0; 2]].concat();
    [zip, directory, end].concat()
}

/// CRC-32 as zip has it (APPNOTE 4.4.7).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xedb8_8320 * (crc & 1)))
    })
}

/// A tar of one member (POSIX ustar).
fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
    header[148..156].fill(b' ');
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let padding = vec![0; bytes.len().next_multiple_of(512) - bytes.len() + 1024];
    [header, bytes.to_vec(), padding].concat()
}

#[test]
fn a_member_that_climbs_out_is_found_and_written_nowhere() {
    for name in ["../../x", "/etc/x", "a/../x"] {
        let repo = Repo::with_commit();
        repo.add("backup.zip", &zip(name, database(), 0));
        finds_database(&repo, &format!("backup.zip!/{name}"));
        assert!(!repo.home.path().join("x").exists());
        assert!(!repo.path("x").exists());
    }
}

#[test]
fn an_encrypted_member_blocks() {
    let repo = Repo::with_commit();
    repo.add("photos.zip", &zip("app.db", &database()[..500], 1));
    finds(&repo, "encrypted-archive", "photos.zip");
}

#[test]
fn a_dump_in_three_wrappings_is_found() {
    let rows: String = (0..50).map(|n| format!("{n}\tplace {n}\n")).collect();
    let dump = format!(
        "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE places (id integer, name text);\n\n\
         COPY places (id, name) FROM stdin;\n{rows}\\.\n"
    );
    let dump = through("gzip", &["-n"], dump.as_bytes());
    let repo = Repo::with_commit();
    repo.add("site.bak", &zip("files.tar", &tar("sub/data.bin", &dump), 0));
    finds(&repo, "database-dump", "site.bak!/files.tar!/sub/data.bin");
}
