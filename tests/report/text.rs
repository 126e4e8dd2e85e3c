//! Untrusted text on a screen, and paths in commands that people paste.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use bstr::ByteSlice;
use dataward::text::{self, clean, hidden, pathspec, quoted};
use proptest::prelude::*;

use crate::mixed::NASTY;

#[test]
fn names_are_cleaned_for_the_screen() {
    let cases: &[(&[u8], &str)] = &[
        (b"plain name.db", "plain name.db"),
        ("\u{e4}\u{65e5}e\u{301}".as_bytes(), "\u{e4}\u{65e5}e\u{301}"),
        (b"\x1b[31m\r\n\t\0", "\\x1b[31m\\x0d\\x0a\\x09\\x00"),
        (b"\xff\xc3", "\\xff\\xc3"),
        ("\u{202e}\u{2066}\u{200b}\u{9b}".as_bytes(), "\\u{202e}\\u{2066}\\u{200b}\\u{9b}"),
        ("\u{3164}\u{fe0f}\u{e0041}\u{a0}".as_bytes(), "\\u{3164}\\u{fe0f}\\u{e0041}\\u{a0}"),
        (b"\\x1b", "\\\\x1b"),
        (b"###", "#\\x23#"),
        (b" a b ", "\\x20a b\\x20"),
        (b" ", "\\x20"),
    ];
    for (name, shown) in cases {
        assert_eq!(clean(name), *shown);
    }
    assert_eq!(text::name("x".repeat(100)), format!("{}...{}", "x".repeat(19), "x".repeat(18)));
}

/// What a shell makes of words, each as it was quoted.
fn read_back(shell: &str, words: &[String]) -> Vec<Vec<u8>> {
    let script = format!("printf '%s\\0' {}", words.join(" "));
    let mut command = Command::new(shell);
    let output = command.arg("-c").arg(script).env("LC_ALL", "C").output().expect("a shell");
    assert!(output.status.success(), "{}", output.stderr.to_str_lossy());
    output
        .stdout
        .strip_suffix(b"\0")
        .expect("a word")
        .split_str(b"\0")
        .map(<[u8]>::to_vec)
        .collect()
}

/// What a quoted path stands for: the path itself, below `./` when it reads like an option.
fn meant(path: &[u8]) -> Vec<u8> {
    let front: &[u8] = if path.starts_with(b"-") { b"./" } else { b"" };
    [front, path].concat()
}

#[test]
fn a_shell_gives_back_the_bytes_of_a_quoted_path() {
    let words: Vec<String> = NASTY.iter().map(|path| quoted(path.as_bstr())).collect();
    let wanted: Vec<Vec<u8>> = NASTY.iter().map(|path| meant(path)).collect();
    assert_eq!(read_back("bash", &words), wanted);
    let (words, wanted): (Vec<String>, Vec<Vec<u8>>) =
        words.into_iter().zip(wanted).filter(|(word, _)| !word.starts_with('$')).unzip();
    assert!(words.len() > 8);
    assert_eq!(read_back("sh", &words), wanted);
}

/// git in this directory, with the user's settings and the repository around the test left out.
fn git(dir: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_"))
    {
        command.env_remove(name);
    }
    command.current_dir(dir).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

#[test]
fn git_takes_a_pathspec_for_that_one_file() {
    let dir = tempfile::tempdir().unwrap();
    assert!(git(dir.path(), "git").args(["init", "-q"]).status().unwrap().success());
    let listed = || {
        let output = git(dir.path(), "git").args(["ls-files", "-z"]).output().unwrap();
        output
            .stdout
            .split_str(b"\0")
            .filter(|it| !it.is_empty())
            .map(<[u8]>::to_vec)
            .collect::<Vec<_>>()
    };
    let mut add = git(dir.path(), "git");
    add.args(["update-index", "-z", "--index-info"]).stdin(Stdio::piped());
    let mut add = add.spawn().unwrap();
    let mut stdin = add.stdin.take().unwrap();
    for path in NASTY {
        let entry = [b"100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\t", *path, b"\0"].concat();
        stdin.write_all(&entry).unwrap();
    }
    drop(stdin);
    assert!(add.wait().unwrap().success());
    for (i, path) in NASTY.iter().enumerate() {
        let script = format!("git rm -q --cached -- {}", pathspec(path.as_bstr()));
        assert!(
            git(dir.path(), "bash").args(["-c", &script]).status().unwrap().success(),
            "{script}"
        );
        let left = listed();
        assert!(!left.contains(&path.to_vec()) && left.len() == NASTY.len() - i - 1, "{script}");
    }
}

#[test]
fn a_path_is_quoted_only_where_it_must_be() {
    let cases: &[(&[u8], &str)] = &[
        (b"instance/app.db", "instance/app.db"),
        (b"", "''"),
        (b"a b", "'a b'"),
        (b"it's", r"'it'\''s'"),
        (b"-rf", "./-rf"),
        (b"a\nb!\xff'", r"$'a\nb\041\377\''"),
    ];
    for (path, word) in cases {
        assert_eq!(quoted(path.as_bstr()), *word);
    }
    assert_eq!(pathspec(b"a*.db".as_bstr()), "':(literal)a*.db'");
    assert_eq!(pathspec(b":x".as_bstr()), "':(literal):x'");
    assert_eq!(pathspec(b"a.db".as_bstr()), "a.db");
}

proptest! {
    #[test]
    fn cleaned_text_holds_nothing_hidden_and_tells_names_apart(a: Vec<u8>, b: Vec<u8>) {
        prop_assert!(!clean(&a).chars().any(hidden));
        prop_assert_eq!(a == b, clean(&a) == clean(&b));
    }

    #[test]
    fn cleaned_unicode_holds_nothing_hidden(text in proptest::collection::vec(any::<char>(), 0..20)) {
        let text: String = text.into_iter().collect();
        let shown = clean(&text);
        let unsafe_for_a_screen = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
        prop_assert!(!shown.chars().any(unsafe_for_a_screen));
        prop_assert_eq!(text::line(&shown), shown);
    }

    #[test]
    fn a_quoted_path_is_one_word_that_a_screen_shows(path in proptest::collection::vec(1u8.., 0..12)) {
        let word = quoted(path.as_bstr());
        prop_assert!(!word.chars().any(hidden));
        prop_assert_eq!(text::line(&word), word.clone());
        prop_assert_eq!(read_back("bash", &[word]), vec![meant(&path)]);
    }
}
