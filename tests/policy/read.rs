//! The policy is read from a regular file or not at all.

use std::fs;

use dataward::policy::{MAX_SIZE, NAME, Policy};

#[test]
fn a_repository_without_a_policy_has_none() {
    let directory = tempfile::tempdir().unwrap();
    assert!(Policy::read(&directory.path().join(NAME)).unwrap().is_none());
}

#[test]
fn a_regular_file_is_read_and_named_in_errors() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(NAME);
    fs::write(&path, "version: 1\nlimits: {seconds: 3}\n").unwrap();
    assert_eq!(Policy::read(&path).unwrap().unwrap().limits.seconds, 3);

    fs::write(&path, "version: 1\nlimit: {seconds: 3}\n").unwrap();
    let error = Policy::read(&path).unwrap_err().to_string();
    assert!(
        error.ends_with(".dataward.yaml:2:1: unknown key `limit`; did you mean `limits`?"),
        "{error}"
    );
}

#[test]
fn what_is_larger_than_a_policy_may_be_is_not_read_in_full() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(NAME);
    fs::File::create(&path).unwrap().set_len(1 << 31).unwrap();
    let error = Policy::read(&path).unwrap_err().to_string();
    assert!(error.contains("larger than 1 MiB"), "{error}");

    fs::write(&path, "version: 1\n".to_owned() + &"#".repeat(MAX_SIZE - 11)).unwrap();
    assert!(Policy::read(&path).unwrap().is_some());
}

#[test]
fn a_directory_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let error = Policy::read(directory.path()).unwrap_err().to_string();
    assert!(error.contains(" is a directory; a policy must be a regular file"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_refused_whether_or_not_it_leads_anywhere() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(NAME);
    fs::write(directory.path().join("other"), "version: 1\n").unwrap();
    for target in ["other", "nowhere", "/dev/zero"] {
        std::os::unix::fs::symlink(target, &path).unwrap();
        let error = Policy::read(&path).unwrap_err().to_string();
        assert!(error.contains(" is a symbolic link; a policy must be a regular file"), "{error}");
        fs::remove_file(&path).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn what_is_neither_file_nor_directory_is_refused_without_waiting_for_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(NAME);
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let error = Policy::read(&path).unwrap_err().to_string();
    assert!(error.contains(" is no regular file; a policy must be a regular file"), "{error}");
}
