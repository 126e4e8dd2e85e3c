//! A throw-away repository with real git, whose programs see nothing of the environment that the tests run in.

use std::ffi::OsStr;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The hook program under test.
pub(crate) const CHECK: &str = env!("CARGO_BIN_EXE_check-database-files");

/// A home directory, and a repository in it.
pub(crate) struct Repo {
    pub(crate) home: tempfile::TempDir,
    pub(crate) top: PathBuf,
    /// Further variables for every program that is run.
    pub(crate) variables: Vec<(&'static str, String)>,
}

/// How a program ended, and what it printed on both streams.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) text: String,
}

impl Ended {
    pub(crate) fn of(output: Output) -> Ended {
        let text = [output.stdout, output.stderr].concat();
        Ended { code: output.status.code(), text: String::from_utf8_lossy(&text).into_owned() }
    }

    #[track_caller]
    pub(crate) fn ok(self) -> String {
        self.ends(0)
    }

    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}", self.text);
        self.text
    }

    /// Ended with this code, and printed these words.
    #[track_caller]
    pub(crate) fn says(self, code: i32, words: &[&str]) -> String {
        let text = self.ends(code);
        for word in words {
            assert!(text.contains(word), "no {word:?} in: {text}");
        }
        text
    }
}

impl Repo {
    pub(crate) fn new() -> Repo {
        Repo::named("repository")
    }

    /// A repository with one commit, in a directory of this name.
    pub(crate) fn named(name: impl AsRef<OsStr>) -> Repo {
        let home = tempfile::tempdir().unwrap();
        let top = home.path().join(name.as_ref());
        fs::write(
            home.path().join(".gitconfig"),
            "[user]\n\tname = A\n\temail = a@example.com\n[init]\n\tdefaultBranch = main\n\
             [protocol \"file\"]\n\tallow = always\n[advice]\n\tdetachedHead = false\n",
        )
        .unwrap();
        fs::create_dir(&top).unwrap();
        let repo = Repo { home, top, variables: Vec::new() };
        repo.git(["init", "--quiet"]).ok();
        repo.write("readme.txt", "A readme.\n");
        repo.git(["add", "readme.txt"]).ok();
        repo.git(["commit", "--quiet", "--message", "first"]).ok();
        repo
    }

    /// A program run at the top of the repository, in an environment of its own.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        for name in ["PATH", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command
            .envs(self.variables.iter().map(|(name, value)| (*name, value.as_str())))
            .env("HOME", self.home.path())
            .env("GIT_CONFIG_GLOBAL", self.home.path().join(".gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_EDITOR", "true")
            .env("LC_ALL", "C.UTF-8")
            .current_dir(&self.top)
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(
        &self,
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = S>,
    ) -> Ended {
        let mut command = self.command(program);
        command.args(arguments);
        // A program that was just written is open in a child of another test until that runs its own program.
        let ended = std::iter::repeat_with(|| command.output())
            .find(|it| !matches!(it, Err(it) if it.kind() == ErrorKind::ExecutableFileBusy));
        Ended::of(ended.unwrap().unwrap())
    }

    /// The same with something to read on standard input.
    pub(crate) fn fed(&self, program: impl AsRef<OsStr>, arguments: &[&str], input: &str) -> Ended {
        let mut command = self.command(program);
        command.args(arguments).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ended::of(child.wait_with_output().unwrap())
    }

    pub(crate) fn git<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ended {
        self.run("git", arguments)
    }

    /// What git prints, without the line feed at its end.
    #[track_caller]
    pub(crate) fn asked(&self, arguments: &[&str]) -> String {
        self.git(arguments).ok().trim_end().to_owned()
    }

    pub(crate) fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Makes a SQLite database with a person in it.
    pub(crate) fn database(&self, path: impl AsRef<Path>) {
        let path = self.top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&path);
        let database = rusqlite::Connection::open(&path).unwrap();
        database.execute_batch(include_str!("../../fixtures/learning-tracker.sql")).unwrap();
    }

    /// Makes a database and stages it.
    pub(crate) fn stage_database(&self, path: &str) {
        self.database(path);
        self.git(["add", "--force", "--", path]).ok();
    }

    /// Writes a text file and stages it.
    pub(crate) fn stage(&self, path: &str, text: &str) {
        self.write(path, text);
        self.git(["add", "--", path]).ok();
    }

    pub(crate) fn commit(&self, message: &str) -> Ended {
        self.git(["commit", "--message", message])
    }

    /// Commits whatever the hooks say.
    pub(crate) fn force(&self, message: &str) {
        self.git(["commit", "--quiet", "--no-verify", "--message", message]).ok();
    }

    pub(crate) fn script(&self, path: impl AsRef<Path>, text: &str) {
        self.write(&path, text);
        make_executable(&self.top.join(path), 0o755);
    }
}

#[cfg(unix)]
pub(crate) fn make_executable(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
