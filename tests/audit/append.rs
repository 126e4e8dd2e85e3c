//! Records are written at the end of a trail, or refused with a word on what to do.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use dataward::audit::{MAX_BLOBS, NOTHING, Record, Trail};
use dataward::source::Repository;

use crate::support::{self, Repo};
use crate::{append, record, references, sound};

#[test]
fn a_record_names_the_one_before_it_by_the_sha256_of_its_line() {
    let place = tempfile::tempdir().unwrap();
    let trail = Trail::at(place.path().join("made/audit.jsonl"));
    let first = append(&trail, &["refs/heads/one"]);
    let third = append(&trail, &["refs/heads/two", "refs/heads/three"]);
    let text = fs::read_to_string(trail.path()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    let mut previous = NOTHING.to_owned();
    for line in &lines {
        assert!(line.ends_with(&format!("\"previous\":\"{previous}\"}}")), "{line}");
        previous = dataward::content::sha256(line.as_bytes());
    }
    assert_eq!(previous, third);
    assert_eq!(dataward::content::sha256(lines[0].as_bytes()), first);
    let verified = sound(trail.path());
    assert_eq!((verified.records, verified.head.as_str()), (3, third.as_str()));
    assert_eq!(trail.head().unwrap(), third);
}

#[test]
fn no_records_write_nothing() {
    let place = tempfile::tempdir().unwrap();
    let trail = Trail::at(place.path().join("audit.jsonl"));
    assert_eq!(append(&trail, &[]), NOTHING);
    let head = append(&trail, &["refs/heads/one"]);
    assert_eq!(append(&trail, &[]), head);
    assert_eq!(sound(trail.path()).records, 1);
}

#[test]
fn a_push_of_very_many_references_and_blobs_is_written() {
    let place = tempfile::tempdir().unwrap();
    let trail = Trail::at(place.path().join("audit.jsonl"));
    let blobs: Vec<String> = (0..1000).map(|it| format!("{it:040x}")).collect();
    let many = Record { blobs, ..record("refs/heads/many") };
    let records = vec![many; 2000];
    let head = trail.append(records, crate::soon()).unwrap();
    let verified = sound(trail.path());
    assert_eq!((verified.records, &verified.head), (2000, &head));
    let text = fs::read_to_string(trail.path()).unwrap();
    assert!(text.len() > 16 << 20, "more than one write");
    let left_out = format!("\"blobs_left_out\":{}", 1000 - MAX_BLOBS);
    assert!(text.lines().all(|it| it.contains(&left_out)));
}

#[cfg(unix)]
#[test]
fn a_new_trail_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    let trail = Trail::at(place.path().join("made/audit.jsonl"));
    append(&trail, &["refs/heads/one"]);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(trail.path()), 0o600);
    assert_eq!(mode(trail.path().parent().unwrap()), 0o700);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_refused_and_left_as_it_is() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    fs::write(at("real"), "").unwrap();
    std::os::unix::fs::symlink(at("real"), at("link")).unwrap();
    std::os::unix::fs::symlink(at("new"), at("dangling")).unwrap();
    fs::create_dir(at("directory")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    for (name, found) in [
        ("link", "a symbolic link"),
        ("dangling", "a symbolic link"),
        ("directory", "a directory"),
        ("pipe", "no regular file"),
    ] {
        let trail = Trail::at(at(name));
        let error = trail.append([record("refs/heads/one")], crate::soon()).unwrap_err();
        let said = format!("{error:#}");
        assert!(said.starts_with("cannot write the audit trail /"), "{said}");
        assert!(said.contains(found) && said.contains("git config dataward.audit"), "{said}");
        assert!(trail.head().is_err() && dataward::audit::verify(&at(name), None).is_err());
    }
    assert!(fs::read(at("real")).unwrap().is_empty() && !at("new").exists());
}

#[test]
fn a_trail_that_cannot_be_made_is_an_error_with_its_name() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("file"), "").unwrap();
    for (name, why) in [("no/such/audit.jsonl", "cannot make its directory"), ("file/a", "")] {
        let trail = Trail::at(place.path().join(name));
        let error = trail.append([record("refs/heads/one")], crate::soon()).unwrap_err();
        let said = format!("{error:#}");
        assert!(said.contains(name) && said.contains(why), "{said}");
    }
}

#[test]
fn another_file_that_is_named_by_mistake_is_not_written_into() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("passwd");
    for text in [
        "root:x:0:0\n",
        "root",
        "{\"format\": 1}\n",
        "{\"format\":1}\n",
        "{\n  \"a\": 1\n}\n",
        "\n",
    ] {
        fs::write(&path, text).unwrap();
        let error = Trail::at(&path).append([record("refs/heads/one")], crate::soon());
        let said = format!("{:#}", error.unwrap_err());
        assert!(said.contains("it is no trail of dataward"), "{said}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    let newer = "{\"format\":2,\"more\":true}\n";
    fs::write(&path, newer).unwrap();
    let error = Trail::at(&path).append([record("refs/heads/one")], crate::soon());
    assert!(format!("{:#}", error.unwrap_err()).contains("a newer dataward wrote it"));
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);
}

#[test]
fn a_lock_is_waited_for_until_the_deadline() {
    let place = tempfile::tempdir().unwrap();
    let trail = Trail::at(place.path().join("audit.jsonl"));
    append(&trail, &["refs/heads/one"]);
    let held = File::open(trail.path()).unwrap();
    held.lock().unwrap();
    let start = Instant::now();
    let patience = Duration::from_millis(60);
    let error = trail.append([record("refs/heads/two")], start + patience).unwrap_err();
    assert!(start.elapsed() >= patience);
    assert!(format!("{error:#}").contains("another process has it locked"), "{error:#}");
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| append(&trail, &["refs/heads/two"]));
        std::thread::park_timeout(patience);
        held.unlock().unwrap();
        writer.join().unwrap();
    });
    assert_eq!(references(trail.path()), ["refs/heads/one", "refs/heads/two"]);
}

#[test]
fn a_trail_that_is_moved_away_while_its_lock_is_waited_for_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let trail = Trail::at(place.path().join("audit.jsonl"));
    let head = append(&trail, &["refs/heads/one"]);
    let held = File::open(trail.path()).unwrap();
    held.lock().unwrap();
    let moved = place.path().join("audit.1.jsonl");
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| append(&trail, &["refs/heads/two"]));
        // It may be waiting by now; where it is not, it finds no file.
        std::thread::park_timeout(Duration::from_millis(60));
        fs::rename(trail.path(), &moved).unwrap();
        held.unlock().unwrap();
        writer.join().unwrap();
    });
    assert_eq!(references(&moved), ["refs/heads/one"]);
    assert_eq!(references(trail.path()), ["refs/heads/two"]);
    assert_eq!(sound(&moved).head, head);
    sound(trail.path());
}

#[test]
fn the_trail_of_a_repository_is_where_git_config_says() {
    support::in_clean_process(
        "append::the_trail_of_a_repository_is_where_git_config_says",
        trail_of_a_repository,
    );
}

fn trail_of_a_repository() {
    let repo = Repo::with_commit();
    let trail = |repo: &Repo| Repository::find(&repo.top).unwrap().unwrap().audit_trail();
    let git = repo.top.join(".git");
    assert_eq!(trail(&repo).unwrap(), git.join("dataward/audit.jsonl"));
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "--quiet", "../linked"]);
    let same = |path: std::path::PathBuf| {
        let known = path.ancestors().find(|it| it.exists()).unwrap().to_owned();
        let rest = path.strip_prefix(&known).unwrap().to_owned();
        known.canonicalize().unwrap().join(rest)
    };
    assert_eq!(same(trail(&linked).unwrap()), git.join("dataward/audit.jsonl"));
    repo.git(&["config", "dataward.audit", "other.jsonl"]);
    assert_eq!(trail(&repo).unwrap(), git.join("other.jsonl"));
    assert_eq!(same(trail(&linked).unwrap()), git.join("other.jsonl"));
    repo.git(&["config", "dataward.audit", "/var/log/audit.jsonl"]);
    assert_eq!(trail(&repo).unwrap(), std::path::Path::new("/var/log/audit.jsonl"));
    repo.git(&["config", "dataward.audit", ""]);
    assert!(format!("{:#}", trail(&repo).unwrap_err()).contains("names no file"));
    let bare = repo.beside("bare.git");
    repo.git(&["init", "--quiet", "--bare", "../bare.git"]);
    assert_eq!(trail(&bare).unwrap(), bare.top.join("dataward/audit.jsonl"));
}
