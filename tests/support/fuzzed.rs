//! What must hold of any input: checked by the fuzz targets and by tests/regressions.rs.

#![allow(dead_code, unreachable_pub, reason = "each target uses its own part")]

use bstr::{BStr, ByteSlice};
use dataward::content::{
    self, Answer, Cause, Content, Database, Depth, Given, Likeness, Limits, Unreadable,
};

/// The names of the scripts of tests/support/scripts.rs, in their order.
pub const SCRIPTS: &[&str] = &[
    "a.py",
    "a.sh",
    "a.sql",
    "a.js",
    "a.ts",
    "Makefile",
    "justfile",
    "package.json",
    ".github/workflows/a.yml",
    "Dockerfile",
    "docker-compose.yml",
    "a.rake",
    "a.php",
    "cmd/a.go",
    "a.ps1",
    "src/Wipe.java",
    "crontab",
    "k8s/job.yaml",
    "playbook.yml",
    "main.tf",
    "a.service",
    "Taskfile.yml",
];

/// A value in the rows of the seeds, in lower case. It is never a name.
pub const CANARY: &str = "qxzvwqkj";

/// Bytes of a log's header, and of that of each of its frames.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A SQLite database.
pub fn database(data: &[u8]) {
    checked("a.db", data, None);
    compared(data);
}

/// What is said of it beside another one.
fn compared(data: &[u8]) {
    let other = content::made_from("create table a(b); insert into a values(1);").expect("SQL");
    for (in_git, made) in [(data, &other[..]), (&other, data)] {
        let said = match content::compare(in_git, made, &limits()) {
            Ok(Likeness::Other(lines)) => lines.join("\n"),
            Ok(_) => continue,
            Err(why) => why.detail,
        };
        let is_shown = said.to_lowercase().contains(CANARY);
        assert!(!is_shown || may_be_a_name(data), "a value is shown: {said}");
    }
}

/// A write-ahead log and its database: a byte of choices, the length of the database as two bytes, both files.
pub fn log(data: &[u8]) {
    let Some(([choices, high, low], rest)) = data.split_first_chunk::<3>() else { return };
    let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
    let (database, log) = rest.split_at(length);
    let mut log = log.to_vec();
    // Few changes keep a checksum.
    if choices & 1 != 0 {
        mend_log(&mut log);
    }
    if choices & 2 != 0 {
        checked("a.db-wal", &log, None);
    } else {
        checked("a.db", database, Some(&log));
    }
}

/// A dump as SQL text.
pub fn dump(data: &[u8]) {
    checked("a.sql", data, None);
}

/// A container. The checksums of a tar are mended: few changes keep them.
pub fn archive(data: &[u8]) {
    let mut data = data.to_vec();
    for header in data.chunks_exact_mut(512).filter(|it| it[257..].starts_with(b"ustar")) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|it| u32::from(*it)).sum();
        header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    }
    checked("a.zip", &data, None);
}

/// Any file: its first byte chooses a name.
pub fn file(data: &[u8]) {
    let Some((choice, data)) = data.split_first() else { return };
    let names = ["a.db", "a.txt", "a.json", "a", "a.bin", "a.db-journal", "a.py", "a.sql.gz"];
    checked(names[usize::from(*choice) % names.len()], data, None);
}

/// A script: its first byte chooses a name, unless the environment names one.
pub fn script(data: &[u8]) {
    let Some((choice, data)) = data.split_first() else { return };
    let named = std::env::var("SCRIPT").ok();
    let named = SCRIPTS.iter().find(|name| named.as_deref() == Some(**name));
    let name = named.unwrap_or(&SCRIPTS[usize::from(*choice) % SCRIPTS.len()]);
    let path: &BStr = (*name).into();
    let answer = content::script::read(path, data);
    let Answer::Yes(script) = &answer else { return };
    // What is escaped in a line may be read as lines of another language.
    let lines = String::from_utf8_lossy(data).lines().count() as u32 + 1;
    for operation in &script.operations {
        assert!((1..=lines).contains(&operation.line), "line {} of {lines}", operation.line);
        assert!(!operation.layers.is_empty() && !operation.anchor.is_empty(), "{operation:?}");
        for guard in &operation.guards {
            assert!((1..=lines).contains(&guard.line), "a guard on line {} of {lines}", guard.line);
        }
    }
    if is_read_twice(data) {
        assert_eq!(answer, content::script::read(path, data), "not the same twice");
    }
}

/// Gives the header the version of all logs, all frames its salts, and everything its checksums.
fn mend_log(log: &mut [u8]) {
    let Some(header) = log.get(..LOG_HEADER) else { return };
    let word = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let (is_big_endian, page) = (word(0) & 1 == 1, word(8) as usize);
    log[4..8].copy_from_slice(&3_007_000_u32.to_be_bytes());
    let mut sum = checksum((0, 0), &log[..24], is_big_endian);
    log[24..28].copy_from_slice(&sum.0.to_be_bytes());
    log[28..32].copy_from_slice(&sum.1.to_be_bytes());
    let (header, frames) = log.split_at_mut(LOG_HEADER);
    if !(512..=65_536).contains(&page) {
        return;
    }
    for frame in frames.chunks_exact_mut(FRAME_HEADER + page) {
        frame[8..16].copy_from_slice(&header[16..24]);
        sum = checksum(sum, &frame[..8], is_big_endian);
        sum = checksum(sum, &frame[FRAME_HEADER..], is_big_endian);
        frame[16..20].copy_from_slice(&sum.0.to_be_bytes());
        frame[20..24].copy_from_slice(&sum.1.to_be_bytes());
    }
}

/// <https://www.sqlite.org/fileformat.html>, 4.2.
fn checksum(before: (u32, u32), bytes: &[u8], is_big_endian: bool) -> (u32, u32) {
    let word = |it: &[u8]| {
        let it = [it[0], it[1], it[2], it[3]];
        if is_big_endian { u32::from_be_bytes(it) } else { u32::from_le_bytes(it) }
    };
    bytes.chunks_exact(8).fold(before, |(one, two), pair| {
        let one = one.wrapping_add(word(&pair[..4])).wrapping_add(two);
        (one, two.wrapping_add(word(&pair[4..])).wrapping_add(one))
    })
}

/// Small bounds, so that what goes past them shows at once.
fn limits() -> Limits {
    Limits {
        file_size: 1 << 20,
        tables: 50,
        rows_per_table: 100,
        seconds: 2,
        archive_depth: 4,
        archive_members: 1000,
        archive_size: 8 << 20,
    }
}

/// What a file is and holds, once it was checked.
pub fn checked(name: &str, data: &[u8], log: Option<&[u8]>) -> Content {
    let content = examined(name, data, log);
    let text = said(&content).to_lowercase();
    check(&content);
    if text.contains(CANARY) {
        assert!(may_be_a_name(data) || log.is_some_and(may_be_a_name), "a value is shown: {text}");
    }
    // What met the bound on time may meet it elsewhere the next time.
    if is_read_twice(data) && !text.contains("tooslow") {
        assert_eq!(content, examined(name, data, log), "not the same twice");
    }
    content
}

/// Whether this input, one in 64, is read once more.
fn is_read_twice(data: &[u8]) -> bool {
    let number =
        data.iter().fold(1_u32, |sum, it| sum.wrapping_mul(31).wrapping_add(u32::from(*it)));
    number % 64 == 0
}

/// All that is said of it but the paths of members: a change of its length makes what follows a part of a name.
fn said(content: &Content) -> String {
    let Content { layers, database, pointer, .. } = content;
    let members: String = content.members.iter().map(|it| said(&it.content)).collect();
    format!("{layers:?} {database:?} {pointer:?} {members}")
}

fn examined(name: &str, data: &[u8], log: Option<&[u8]>) -> Content {
    let prefix = &data[..data.len().min(content::PREFIX)];
    let read = || Ok(data.to_vec());
    let log = || log.map(|it| Ok(it.to_vec()));
    let size = data.len() as u64;
    let given = Given { path: BStr::new(name), size, prefix, read: &read, log: &log };
    content::examine(&given, Depth::Deep, &limits())
}

/// Whether a change may have made the canary a name: it stands in a statement, or somewhere that packs or encodes.
fn may_be_a_name(data: &[u8]) -> bool {
    let data: Vec<u8> = data.iter().filter(|it| **it != 0).map(u8::to_ascii_lowercase).collect();
    let is_in_statement = |at: usize| {
        let before = &data[at.saturating_sub(600)..at];
        ["create", "insert", "copy", "into"].iter().any(|it| before.contains_str(it))
    };
    let mut places = data.find_iter(&CANARY[..4]).peekable();
    places.peek().is_none() || places.any(is_in_statement)
}

fn check(content: &Content) {
    assert!(content.layers.len() <= 16, "{:?}", content.layers);
    assert!(content.members.len() as u64 <= limits().archive_members + 16);
    match &content.database {
        Answer::Yes(database) => check_database(database),
        Answer::Unreadable(why) => check_reason(why),
        Answer::No => {}
    }
    for member in &content.members {
        check(&member.content);
    }
}

fn check_database(database: &Database) {
    let confidence = &database.test_confidence;
    assert!((0.0..=1.0).contains(&confidence.value), "{confidence:?}");
    assert!(database.tables.len() <= limits().tables, "{} tables", database.tables.len());
    for table in &database.tables {
        assert!(table.rows_read <= table.rows.min(limits().rows_per_table), "{table:?}");
        assert!(table.identities.total() <= table.rows, "{table:?}");
        for column in &table.columns {
            assert!(column.kinds.values().all(|it| *it <= table.rows), "{table:?}");
        }
    }
    database.damage.iter().for_each(check_reason);
    // Each adds up its numbers.
    let _ = (database.rows(), database.people(), database.was_read_in_full(), database.called());
}

fn check_reason(why: &Unreadable) {
    assert!(
        !why.detail.is_empty() && why.detail.len() < 400 && !why.detail.ends_with('.'),
        "{why:?}"
    );
    assert!(!why.detail.chars().any(char::is_control), "{why:?}");
    assert!(why.cause != Cause::Inaccessible, "{why:?}");
}
