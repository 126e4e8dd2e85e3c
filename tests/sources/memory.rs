//! What is no database is not read beyond its first bytes, however large it is: the program has less memory than that would take.

use crate::support::{Repo, Run, database};

const SIZE: u64 = 300 << 20;

/// Runs with no more address space than this many KiB.
fn bounded(repo: &Repo, kib: u32, arguments: &[&str]) -> Run {
    let mut command = repo.command("sh");
    command.args(["-c", &format!("ulimit -v {kib}; exec \"$@\""), "sh"]);
    command.arg(crate::support::CHECK.expect("built")).args(arguments);
    crate::support::finish(&mut command)
}

fn large(repo: &Repo) {
    let file = std::fs::File::create(repo.path("large")).expect("a file");
    file.set_len(SIZE).expect("its size");
}

const BOUND: u32 = 150 << 10;

#[test]
fn a_large_file_that_is_no_database_is_not_read_beyond_its_first_bytes() {
    let repo = Repo::with_commit();
    large(&repo);
    bounded(&repo, BOUND, &["large"]).passes();
    // Hardly any work to deflate, and streamed into a pack: what counts is its size.
    repo.git(&["-c", "core.compression=1", "add", "large"]);
    bounded(&repo, BOUND, &["--staged"]).passes();
    bounded(&repo, BOUND, &["large"]).passes();
    let id = repo.git(&["rev-parse", ":large"]);
    let loose = repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    assert!(loose.exists(), "it is not loose");
    let options = ["-c", "core.bigFileThreshold=1m", "-c", "core.compression=1"];
    repo.git(&[&options[..], &["repack", "-adq"]].concat());
    repo.git(&["prune-packed"]);
    assert!(!loose.exists(), "it is not packed");
    bounded(&repo, BOUND, &["--staged"]).passes();
    repo.add("app.db", database());
    bounded(&repo, BOUND, &["--staged"]).finds_database("app.db");
}

#[test]
fn the_bound_of_this_test_would_be_met() {
    let repo = Repo::with_commit();
    large(&repo);
    let bytes = std::fs::read(repo.path("large")).expect("read");
    assert_eq!(bytes.len() as u64, SIZE);
    let file = std::fs::OpenOptions::new().write(true).open(repo.path("large")).expect("opened");
    std::os::unix::fs::FileExt::write_all_at(&file, &database()[..4096], 0).expect("written");
    repo.write(".dataward.yaml", b"version: 1\nlimits: {file_size: 400 MiB}\n");
    // A database of this size is read in full, so there the memory does not suffice.
    let run = bounded(&repo, BOUND, &["large"]);
    assert_ne!(run.code, 0, "{run:?}");
    assert!(!run.has("database-file", "large"), "{run:?}");
}
