//! What is read, and how often, of files in git and on disk. All people are invented.

use std::ffi::OsString;

use bstr::BStr;

use crate::support::{Repo, database, in_clean_process};

use super::*;
use crate::content::registry::{self, Row};
use crate::content::script::Language;
use crate::content::script::Taken;
use crate::content::{Answer, Cause};
use crate::source::{Repository, Source};

/// Bytes that a file may have here.
const LIMIT: u64 = 1 << 20;

fn limits() -> Limits {
    Limits { file_size: LIMIT, ..Limits::default() }
}

fn on_disk(repo: &Repo, names: &[&str]) -> Snapshot {
    let files = names.iter().map(|it| OsString::from(repo.path(it))).collect();
    let taken = Source::Files(files).take(None, &repo.top, Depth::Deep, limits());
    taken.expect("files on disk")
}

fn staged(repo: &Repo) -> Snapshot {
    let found = Repository::find(&repo.top).expect("it opens");
    let taken = Source::Staged.take(found.as_ref(), &repo.top, Depth::Deep, limits());
    taken.expect("staged files")
}

/// What is said of the file whose path ends so.
fn content(snapshot: &Snapshot, name: &str) -> Rc<Content> {
    let file = snapshot.files.iter().find(|it| it.path.ends_with(name.as_bytes()));
    snapshot.content(file.expect("it is there"))
}

#[track_caller]
fn lacks_its_log(snapshot: &Snapshot) {
    let content = content(snapshot, "app.db");
    let Answer::Yes(database) = &content.database else { panic!("{content:?}") };
    let damage = database.damage.as_ref().expect("it is said");
    assert_eq!(damage.cause, Cause::TooLarge);
    let words =
        "its write-ahead log: 1048577 bytes, over the limit of 1048576 (setting limits.file_size)";
    assert_eq!(damage.detail, words);
}

#[test]
fn a_log_over_the_limit_is_not_read_and_that_is_said() {
    in_clean_process("snapshot::tests::a_log_over_the_limit_is_not_read_and_that_is_said", || {
        let repo = Repo::with_commit();
        repo.add("app.db", database());
        repo.add("app.db-wal", &vec![0; 1 + usize::try_from(LIMIT).expect("small")]);
        lacks_its_log(&staged(&repo));
        lacks_its_log(&on_disk(&repo, &["app.db"]));
        repo.git(&["commit", "--quiet", "--no-verify", "-m", "packed"]);
        repo.git(&["gc", "--quiet"]);
        repo.git(&["update-ref", "-d", "HEAD"]);
        lacks_its_log(&staged(&repo));
    });
}

#[test]
fn nothing_over_the_bound_is_read() {
    in_clean_process("snapshot::tests::nothing_over_the_bound_is_read", || {
        let repo = Repo::with_commit();
        repo.add("ten", b"ten bytes.");
        let (staged, disk) = (staged(&repo), on_disk(&repo, &["ten"]));
        for snapshot in [&staged, &disk] {
            let bytes = &snapshot.files[0].bytes;
            assert_eq!(snapshot.reader.read(bytes, 10).as_deref(), Ok(&b"ten bytes."[..]));
            let refused = snapshot.reader.read(bytes, 9).expect_err("over the bound");
            assert_eq!(refused.cause, Cause::TooLarge);
        }
    });
}

#[test]
fn a_database_is_read_once_with_its_log() {
    let repo = Repo::new();
    let live = rusqlite::Connection::open(repo.path("app.db")).expect("a database");
    live.execute_batch(
        "pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table t(id);",
    )
    .expect("valid SQL");
    std::fs::copy(repo.path("app.db"), repo.path("alone.db")).expect("copied");
    let snapshot = on_disk(&repo, &["app.db", "alone.db"]);
    for (name, tables, kept) in [("app.db", 1, 1), ("app.db", 1, 1), ("alone.db", 0, 2)] {
        let content = content(&snapshot, name);
        let Answer::Yes(database) = &content.database else { panic!("{content:?}") };
        assert_eq!(database.tables.len(), tables, "{name}");
        assert_eq!(snapshot.contents.borrow().len(), kept, "{name}");
    }
    drop(live);
}

#[test]
fn no_log_is_looked_for_beside_what_is_no_database_itself() {
    let repo = Repo::new();
    let bytes = gzip(database());
    for (name, bytes) in [("app.db.gz", &bytes[..]), ("notes.db", b"some notes")] {
        repo.write(name, bytes);
        repo.write(&format!("{name}-wal"), b"anything");
        let snapshot = on_disk(&repo, &[name]);
        content(&snapshot, name);
        let contents = snapshot.contents.borrow();
        let logs: Vec<_> = contents.keys().map(|(_, log, _)| log).collect();
        assert_eq!(logs, [&None], "{name}");
    }
}

#[test]
fn a_blob_at_many_paths_is_looked_at_once() {
    in_clean_process("snapshot::tests::a_blob_at_many_paths_is_looked_at_once", || {
        let repo = Repo::with_commit();
        for directory in ["a", "b", "c"] {
            repo.add(&format!("{directory}/app.db"), database());
            repo.add(&format!("{directory}/notes.txt"), b"some notes");
        }
        let mut snapshot = staged(&repo);
        for file in &snapshot.files {
            snapshot.content(file);
        }
        assert_eq!(snapshot.contents.borrow().len(), 2);
        // Nothing more is read: without the objects it would be said that there are none.
        snapshot.reader = on_disk(&repo, &[]).reader;
        for file in &snapshot.files {
            let content = snapshot.content(file);
            assert_eq!(content.format.is_some(), file.path.ends_with(b".db"), "{}", file.path);
        }
    });
}

#[test]
fn the_ways_to_members_are_bounded() {
    let repo = Repo::new();
    let lines: Vec<String> = (0..50).map(|n| format!("{n}.db")).collect();
    let many: Vec<(&[u8], &[u8])> = lines.iter().map(|it| (it.as_bytes(), database())).collect();
    let name = vec![b'n'; 60_000];
    repo.write("backup.zip", &zip(&[(&name, &zip(&many))]));
    let snapshot = on_disk(&repo, &["backup.zip"]);
    let content = content(&snapshot, "backup.zip");
    let all = Subject::all(&snapshot.files[0], &content);
    assert_eq!(all.len(), 52);
    let longest = all.iter().filter_map(|it| it.member.as_ref().map(|it| it.len())).max();
    assert_eq!(longest, Some(4096 + "...!/49.db".len()));
}

/// A zip of stored members without a directory.
fn zip(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, member) in members {
        let size = u32::try_from(member.len()).expect("small").to_le_bytes();
        let length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let start = [&b"PK\x03\x04"[..], &[20], &[0; 13], &size, &size, &length, &[0; 2]];
        bytes.extend(start.concat());
        bytes.extend_from_slice(name);
        bytes.extend_from_slice(member);
    }
    bytes
}

/// Bytes as gzip stores them, with the checksum left out.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let size = u16::try_from(bytes.len()).expect("small");
    let start = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1];
    [&start[..], &size.to_le_bytes(), &(!size).to_le_bytes(), bytes].concat()
}

#[test]
fn a_member_over_the_limit_is_known_by_its_first_bytes() {
    let repo = Repo::new();
    let mut large = rusqlite::Connection::open_in_memory().expect("a database");
    large
        .execute_batch("create table t(x); insert into t values(zeroblob(2000000));")
        .expect("valid SQL");
    let bytes = large.serialize(rusqlite::MAIN_DB).expect("its bytes").to_vec();
    repo.commit("large", &bytes);
    repo.commit("zeros", &vec![0; bytes.len()]);
    repo.git(&["archive", "--format=zip", "--output=../backup.zip", "HEAD"]);
    let snapshot = on_disk(&repo, &["../backup.zip"]);
    let content = content(&snapshot, "backup.zip");
    let found: Vec<_> = content.members.iter().map(|it| (&it.path, it.content.format)).collect();
    assert_eq!(found, [(&BString::from("large"), Some(&format::SQLITE))]);
    // Of the other nothing is known: that it was not read is said of the archive.
    for answer in [&content.members[0].content.database, &content.database] {
        let Answer::Unreadable(why) = answer else { panic!("{answer:?}") };
        assert_eq!(why.cause, Cause::TooLarge);
    }
}

#[cfg(unix)]
#[test]
fn each_source_tells_what_can_be_run() {
    in_clean_process("snapshot::tests::each_source_tells_what_can_be_run", || {
        use std::os::unix::fs::PermissionsExt;
        let repo = Repo::with_commit();
        for (name, mode) in [("can", 0o755), ("cannot", 0o644), ("dir/can", 0o700)] {
            repo.write(name, name.as_bytes());
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(repo.path(name), permissions).expect("it is ours");
        }
        std::os::unix::fs::symlink("can", repo.path("link")).expect("a link");
        let modes = |source: &Source| -> Vec<(String, Mode)> {
            let found = Repository::find(&repo.top).expect("it opens");
            let taken = source.take(found.as_ref(), &repo.top, Depth::Deep, limits());
            let files = taken.expect("files").files.into_iter();
            let files = files.filter(|it| it.path != "README");
            files.map(|it| (it.path.to_string(), it.mode)).collect()
        };
        let on_disk =
            [("can", Mode::Executable), ("cannot", Mode::Regular), ("dir/can", Mode::Executable)]
                .map(|(path, mode)| (path.to_owned(), mode))
                .to_vec();
        let mut in_git = on_disk.clone();
        in_git.push(("link".to_owned(), Mode::Link));
        let named = Source::Files(["can", "cannot", "dir/can"].map(OsString::from).to_vec());
        assert_eq!(modes(&Source::Worktree), on_disk);
        assert_eq!(modes(&named), on_disk);
        repo.git(&["add", "."]);
        assert_eq!(modes(&Source::Staged), in_git);
        repo.git(&["commit", "--quiet", "-m", "all"]);
        assert_eq!(modes(&named), on_disk);
        assert_eq!(modes(&Source::Tree("HEAD".to_owned())), in_git);
        let range = |from: &str| Source::Range {
            from: from.to_owned(),
            to: "HEAD".to_owned(),
            files: Vec::new(),
        };
        assert_eq!(modes(&range("HEAD~1")), in_git);
        // A commit that changes nothing but the mode, and one that takes it back.
        let before = repo.head();
        repo.git(&["update-index", "--chmod=+x", "cannot"]);
        repo.git(&["commit", "--quiet", "-m", "on"]);
        repo.git(&["update-index", "--chmod=-x", "cannot"]);
        repo.git(&["commit", "--quiet", "-m", "off"]);
        assert_eq!(modes(&range(&before)), [("cannot".to_owned(), Mode::Executable)]);
    });
}

/// Reads any file as a script of the language that its name is of.
fn language(path: &BStr, bytes: &[u8]) -> Answer<Rc<Script>> {
    let script = |language| Script {
        language,
        manner: None,
        database: None,
        operations: Vec::new(),
        databases_taken_along: Vec::new(),
        cut: None,
        safeguards_off: Vec::new(),
    };
    Language::of(path, bytes).map_or(Answer::No, |it| Answer::Yes(Rc::new(script(it))))
}

#[test]
fn a_script_that_was_put_away_does_nothing_and_any_other_is_read_by_its_own_name() {
    const NAME: &str = "snapshot::tests::a_script_that_was_put_away_does_nothing_and_any_other_is_read_by_its_own_name";
    in_clean_process(NAME, || {
        let repo = Repo::with_commit();
        let away = ".DANGEROUS_clean.py.disabled";
        let row = |digest: String| {
            let row = Row {
                file: away.into(),
                was: "clean.py".into(),
                sha256: digest,
                since: "2026-11-25".to_owned(),
                ..Row::default()
            };
            registry::with_row("", &row)
        };
        let answer = || {
            let snapshot = staged(&repo);
            let file = snapshot.files.iter().find(|it| it.path == away).expect("it is there");
            snapshot.script(file, language)
        };
        let is_read = |answer: Answer<Rc<Script>>| match answer {
            Answer::Yes(script) => script.language == Language::Python,
            _ => false,
        };
        repo.add(away, b"x\r\n");
        assert!(is_read(answer()), "no registry");
        repo.add(registry::NAME, row(registry::digest(b"y\n")).as_bytes());
        assert!(is_read(answer()), "a row of another content");
        repo.add(registry::NAME, row(registry::digest(b"x\n")).as_bytes());
        assert_eq!(answer(), Answer::No);
        // The registry of the index counts, not that on disk.
        repo.write(registry::NAME, b"");
        assert_eq!(answer(), Answer::No);
        repo.git(&["update-index", "--chmod=+x", away]);
        assert!(is_read(answer()), "it can be run");
        repo.git(&["update-index", "--chmod=-x", away]);
        repo.add(
            registry::NAME,
            &vec![b'x'; usize::try_from(registry::MAX_SIZE).expect("small") + 1],
        );
        assert!(is_read(answer()), "a registry that is too large");
    });
}

/// Says that it read a script, and what in it.
#[allow(clippy::unnecessary_wraps, reason = "it stands for what reads scripts")]
fn parrot(_: &BStr, bytes: &[u8]) -> Answer<Rc<Script>> {
    let file = String::from_utf8_lossy(bytes).into_owned();
    let taken = Taken { line: 1, by: "parrot", file, anchor: String::new() };
    let databases_taken_along = vec![taken];
    let operations = Vec::new();
    let (language, safeguards_off) = (Language::Shell, Vec::new());
    Answer::Yes(Rc::new(Script {
        language,
        manner: None,
        database: None,
        operations,
        databases_taken_along,
        safeguards_off,
        cut: None,
    }))
}

fn text_of(answer: &Answer<Rc<Script>>) -> Option<&str> {
    let Answer::Yes(script) = answer else { return None };
    script.databases_taken_along.first().map(|it| it.file.as_str())
}

#[test]
fn a_script_is_read_as_it_is_and_as_it_was() {
    in_clean_process("snapshot::tests::a_script_is_read_as_it_is_and_as_it_was", || {
        let repo = Repo::with_commit();
        repo.add("changed.sh", b"before\n");
        repo.git(&["commit", "--quiet", "--no-verify", "-m", "before"]);
        repo.add("changed.sh", b"after\n");
        repo.add("long.sh", "a line\n".repeat(1000).as_bytes());
        repo.add("picture.png", b"no script\n");
        let snapshot = staged(&repo);
        let files: Vec<String> = snapshot.files.iter().map(|it| it.path.to_string()).collect();
        assert_eq!(files, ["changed.sh", "long.sh", "picture.png"]);
        let now = snapshot.files.iter().map(|it| snapshot.script(it, parrot));
        let now: Vec<_> = now.collect();
        let before = snapshot.files.iter().map(|it| snapshot.script_before(it, parrot));
        let before: Vec<_> = before.collect();
        assert_eq!(text_of(&now[0]), Some("after\n"));
        assert_eq!(text_of(&before[0]), Some("before\n"));
        assert_eq!(text_of(&now[1]).map(str::len), Some(7000));
        for answer in [&now[2], &before[1], &before[2]] {
            assert_eq!(*answer, Answer::No);
        }
    });
}

#[test]
fn a_script_that_cannot_be_read_is_no_answer_of_no() {
    let repo = Repo::new();
    let long = "a line\n".repeat(1 << 18);
    std::fs::write(repo.path("long.sh"), &long).expect("written");
    std::fs::write(repo.path("long.txt"), &long).expect("written");
    let snapshot = on_disk(&repo, &["gone.sh", "long.sh", "long.txt"]);
    let answers = snapshot.files.iter().map(|it| snapshot.script(it, parrot));
    let [gone, script, text] = &answers.collect::<Vec<_>>()[..] else { panic!("three files") };
    assert!(matches!(gone, Answer::Unreadable(why) if why.cause == Cause::Inaccessible));
    assert!(matches!(script, Answer::Unreadable(why) if why.cause == Cause::TooLarge));
    assert_eq!(*text, Answer::No);
}
