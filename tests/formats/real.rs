//! Files that real tools made.

use std::collections::BTreeSet;
use std::{env, fs};

use dataward::content::format::{self, Reading};
use dataward::content::{Answer, Family, Limits};

use crate::{examined, name, named, recognised, repository};

/// Bytes of the quick look.
const QUICK: usize = 4096;

/// A row of the index: format, path, tool.
struct Made {
    format: String,
    path: String,
    tool: String,
    bytes: Vec<u8>,
}

/// The files, if they are there. Where they are not, this is said aloud, but fails in CI.
#[allow(clippy::print_stderr, reason = "a test that was skipped has to be seen")]
fn files() -> Option<Vec<Made>> {
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let place = target.with_file_name("formats").join("files");
    let Ok(index) = fs::read_to_string(place.join("index.tsv")) else {
        assert!(env::var_os("CI").is_none(), "no files of real tools: run .ci/formats");
        eprintln!(
            "SKIPPED: no files of real tools, so nothing was tested on them: run .ci/formats"
        );
        return None;
    };
    let made = |line: &str| {
        let [format, path, tool] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let bytes = fs::read(place.join(path)).unwrap();
        Made { format: format.into(), path: path.into(), tool: tool.into(), bytes }
    };
    Some(index.lines().map(made).collect())
}

#[test]
fn what_real_tools_made_is_recognised() {
    for it in files().unwrap_or_default() {
        let format = named(&it.format);
        let expected = if format.signatures.is_empty() { "nothing" } else { format.name };
        let whole = recognised(&it.path, it.bytes.len(), &it.bytes);
        let first = it.bytes.get(..48).unwrap_or(&it.bytes);
        assert_eq!(name(whole), expected, "{} of {}: {first:02x?}", it.path, it.tool);
    }
}

#[test]
fn a_quick_look_is_enough_unless_a_signature_is_at_the_end() {
    for it in files().unwrap_or_default().into_iter().filter(|it| it.bytes.len() > QUICK) {
        let format = named(&it.format);
        let at_end = format.recognised_by.contains("at both ends")
            || format.recognised_by.contains("the last");
        let seen = recognised(&it.path, it.bytes.len(), &it.bytes[..QUICK]);
        let expected = if at_end || format.signatures.is_empty() { "nothing" } else { format.name };
        assert_eq!(name(seen), expected, "{} of {}", it.path, it.tool);
    }
}

#[test]
fn no_part_of_a_real_file_makes_it_panic() {
    for it in files().unwrap_or_default() {
        let most = it.bytes.len().min(300);
        for length in 0..most {
            recognised(&it.path, it.bytes.len(), &it.bytes[..length]);
            recognised(&it.path, length, &it.bytes[..length]);
            recognised(&it.path, it.bytes.len() - length, &it.bytes[length..]);
        }
    }
}

/// tests/formats/verified.tsv, which is written anew where that is asked for and the files are there.
pub(crate) fn verified() -> String {
    let file = repository("tests/formats/verified.tsv");
    if env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite")
        && let Some(files) = files()
    {
        fs::write(&file, list(&files)).unwrap();
    }
    fs::read_to_string(&file).unwrap_or_default()
}

/// Which format was verified on a file of which tool.
fn list(files: &[Made]) -> String {
    let line = |it: &Made| format!("{}\t{}\n", it.format, it.tool);
    files.iter().map(line).collect::<BTreeSet<String>>().into_iter().collect()
}

#[test]
fn the_list_of_what_was_verified_is_that_of_the_files() {
    let Some(files) = files() else { return };
    assert_eq!(
        verified(),
        list(&files),
        "tests/formats/verified.tsv is old: SNAPSHOTS=overwrite cargo test --test formats"
    );
}

/// Three invented people are in each table that the tools were given (`PEOPLE` in shelf.py).
#[test]
fn what_real_tools_made_holds_the_rows_that_were_put_in() {
    let mut read = BTreeSet::new();
    for it in files().unwrap_or_default() {
        let content = examined::content(&it.path, &it.bytes, &Limits::default());
        let format = named(&it.format);
        // A dump of a schema; a vault without its password; a log or journal, which has what the last transactions touched.
        let is_without = it.path.ends_with("schema.sql") || format == &format::ENCRYPTED_SQLITE;
        match format.reading {
            Reading::Everything if format.family == Family::Database && !is_without => {
                let Answer::Yes(database) = content.database else { panic!("{}", it.path) };
                // rpm's own has a package or none, and nobody in it.
                let is_people = database.tables.iter().any(|it| it.name == "people");
                assert!(!is_people || database.people() == 3, "{} of {}", it.path, it.tool);
                read.insert(it.format);
            }
            Reading::Rows if is_without => assert_eq!(content.database, Answer::No, "{}", it.path),
            Reading::Rows => {
                let Answer::Yes(database) = content.database else { panic!("{}", it.path) };
                let rows: Vec<_> = database.tables.iter().map(|it| it.rows).collect();
                assert!(rows.iter().all(|it| *it == 3), "{} of {}: {rows:?}", it.path, it.tool);
                // The same people are in each of its tables, and count once.
                assert_eq!(database.people(), 3, "{} of {}", it.path, it.tool);
                read.insert(it.format);
            }
            Reading::Members => {
                let inside = content.members.iter().map(|it| &it.content.database);
                let found = inside.chain([&content.database]).find_map(|it| match it {
                    Answer::Yes(database) => Some(database.people()),
                    Answer::No | Answer::Unreadable(_) => None,
                });
                assert_eq!(found, Some(3), "{} of {}", it.path, it.tool);
                read.insert(it.format);
            }
            Reading::Everything | Reading::Nothing => {}
        }
    }
    assert!(read.is_empty() || read.len() >= 10, "{read:?}");
}
