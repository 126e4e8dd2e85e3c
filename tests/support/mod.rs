//! Real git repositories in throw-away directories, and our programs run in them. Nothing of the caller's environment gets in.

#![allow(dead_code, unreachable_pub, reason = "each test target uses its own part")]

mod dice;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;
use std::sync::OnceLock;

use tempfile::TempDir;

#[allow(unused_imports, reason = "each test target uses its own part")]
pub use dice::Dice;

/// The program that looks at files.
pub const CHECK: Option<&str> = option_env!("CARGO_BIN_EXE_check-database-files");

/// The program for people.
pub const DATAWARD: Option<&str> = option_env!("CARGO_BIN_EXE_dataward");

/// Variables that would change what a test sees begin with one of these.
const SCRUBBED: &[&str] =
    &["GIT_", "GITHEAD_", "PRE_COMMIT", "CI", "NO_COLOR", "CLICOLOR", "GITHUB_", "GITLAB_"];

fn scrubbed() -> impl Iterator<Item = std::ffi::OsString> {
    std::env::vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.as_encoded_bytes();
        SCRUBBED.iter().any(|start| match *start {
            "CI" => name == b"CI",
            start => name.starts_with(start.as_bytes()),
        })
    })
}

/// A command with a scrubbed environment, git's own configuration only, and a fixed author and date.
pub fn command(program: impl AsRef<OsStr>, directory: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    scrubbed().for_each(|name| {
        command.env_remove(name);
    });
    command
        .current_dir(directory)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_EDITOR", "true")
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .stdin(Stdio::null());
    for role in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{role}_NAME"), "A Tester")
            .env(format!("GIT_{role}_EMAIL"), "tester@example.com")
            .env(format!("GIT_{role}_DATE"), "2026-01-01T00:00:00Z");
    }
    command
}

/// Runs a test that opens repositories in its own process: where a variable there would redirect it, in a process without.
pub fn in_clean_process(test: &str, body: impl FnOnce()) {
    let redirects = |name: &std::ffi::OsString| {
        let name = name.as_encoded_bytes();
        name.starts_with(b"GIT_") && !name.starts_with(b"GIT_SSL_")
    };
    let names: Vec<_> = scrubbed().filter(redirects).collect();
    if names.is_empty() {
        return body();
    }
    let program = std::env::current_exe().expect("this program");
    let mut again = Command::new(program);
    for name in &names {
        again.env_remove(name);
    }
    let status = again.args(["--exact", test, "--nocapture"]).status().expect("this program runs");
    assert!(status.success(), "{test} failed in a process of its own");
}

/// Whether a tool is there. Where it is not, the test is left out with a loud line; in CI it fails.
pub fn has_tool(program: &str, arguments: &[&str]) -> bool {
    let found = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|output| output.status.success());
    if !found {
        lacking(&format!("{program} {}", arguments.join(" ")));
    }
    found
}

/// Says that a test is left out; in CI it fails.
#[allow(clippy::print_stderr, reason = "a test that is left out is said")]
pub fn lacking(what: &str) {
    assert!(std::env::var_os("CI").is_none(), "not available in CI: {what}");
    eprintln!("\n*** LEFT OUT, not available here: {what} ***\n");
}

/// The bytes of a small SQLite database of invented people.
pub fn database() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        dataward_made_from(
            "create table users(id integer primary key, name text, email text);
             insert into users values(1, 'Ada Example', 'ada@example.com');",
        )
    })
}

/// A database unlike the others.
pub fn database_of(number: u32) -> Vec<u8> {
    dataward_made_from(&format!("create table t{number}(id); insert into t{number} values(1);"))
}

fn dataward_made_from(sql: &str) -> Vec<u8> {
    let mut connection = rusqlite::Connection::open_in_memory().expect("a database");
    connection.execute_batch(sql).expect("valid SQL");
    connection.serialize(rusqlite::MAIN_DB).expect("its bytes").to_vec()
}

/// What a program said and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn of(output: &Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Nothing was found.
    #[track_caller]
    pub fn passes(&self) {
        assert_eq!(self.code, 0, "should pass: {self:#?}");
    }

    /// A finding of this rule at this path blocks.
    #[track_caller]
    pub fn finds(&self, rule: &str, path: &str) {
        assert_eq!(self.code, 1, "should find {rule} in {path}: {self:#?}");
        assert!(self.has(rule, path), "should find {rule} in {path}: {}", self.err);
    }

    /// Whether a finding of this rule at this path is said.
    pub fn has(&self, rule: &str, path: &str) -> bool {
        let lines: Vec<&str> = self.err.lines().collect();
        lines.windows(2).any(|pair| {
            let place = pair[1].strip_prefix(" --> ").unwrap_or_default();
            pair[0].starts_with(&format!("error[{rule}]"))
                && (place == path || place.starts_with(&format!("{path} (")))
        })
    }

    /// A database is found at this path, whatever it holds.
    #[track_caller]
    pub fn finds_database(&self, path: &str) {
        let rules = ["database-file", "database-with-personal-data"];
        assert!(
            self.code == 1 && rules.iter().any(|rule| self.has(rule, path)),
            "should find a database in {path}: {self:#?}"
        );
    }

    /// It could not look, and names the cause.
    #[track_caller]
    pub fn cannot_look(&self, cause: &str) {
        assert_eq!(self.code, 2, "should not be able to look: {self:#?}");
        assert!(self.err.contains(cause), "should name {cause:?}: {}", self.err);
        assert!(!self.err.contains("internal error"), "a panic: {}", self.err);
    }
}

/// A repository in a throw-away directory.
#[derive(Debug, Clone)]
pub struct Repo {
    pub home: Rc<TempDir>,
    pub top: PathBuf,
}

impl Repo {
    /// An empty one.
    pub fn new() -> Repo {
        Repo::init(&[])
    }

    /// An empty one made with these options of `git init`.
    pub fn init(options: &[&str]) -> Repo {
        let home =
            tempfile::Builder::new().prefix("dataward-test-").tempdir().expect("a directory");
        let home = Rc::new(home);
        let top = home.path().canonicalize().expect("a path").join("repo");
        std::fs::create_dir(&top).expect("a directory");
        let repo = Repo { home, top };
        repo.git(&[&["init", "--quiet", "--initial-branch=main"], options].concat());
        repo
    }

    /// One with a first commit.
    pub fn with_commit() -> Repo {
        let repo = Repo::new();
        repo.commit("README", b"one\n");
        repo
    }

    /// The repository (to be) in another directory beside this one, or below it.
    pub fn beside(&self, name: &str) -> Repo {
        let top = self.top.parent().expect("a parent").join(name);
        Repo { home: Rc::clone(&self.home), top }
    }

    pub fn below(&self, name: &str) -> Repo {
        Repo { home: Rc::clone(&self.home), top: self.top.join(name) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.top.join(name)
    }

    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        command(program, &self.top, self.home.path())
    }

    /// Runs git, whatever comes of it.
    pub fn try_git<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        Run::of(&self.command("git").args(arguments).output().expect("git runs"))
    }

    /// Runs git, which must succeed; what it printed without the line feed at its end.
    #[track_caller]
    pub fn git<S: AsRef<OsStr> + std::fmt::Debug>(&self, arguments: &[S]) -> String {
        let run = self.try_git(arguments);
        assert_eq!(run.code, 0, "git {arguments:?}: {}{}", run.out, run.err);
        run.out.trim_end_matches('\n').to_owned()
    }

    /// Runs git on this input, which must succeed; the bytes that it printed.
    #[track_caller]
    pub fn feed(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let mut command = self.command("git");
        command.args(arguments);
        let output = fed(&mut command, input);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {said}");
        output.stdout
    }

    /// Writes a blob into the object store; its id.
    #[track_caller]
    pub fn blob(&self, bytes: &[u8]) -> String {
        let id = self.feed(&["hash-object", "-w", "--stdin"], bytes);
        String::from_utf8(id).expect("an id").trim().to_owned()
    }

    /// Puts a blob into the index, whatever is on disk.
    #[track_caller]
    pub fn stage(&self, mode: &str, id: &str, path: &[u8]) {
        let line = [format!("{mode} {id}\t").as_bytes(), path, b"\0"].concat();
        self.feed(&["update-index", "-z", "--index-info"], &line);
    }

    /// Writes a file on disk, with its directories.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.top.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        std::fs::write(&path, bytes).expect("a file is written");
    }

    /// Writes and stages a file.
    #[track_caller]
    pub fn add(&self, path: &str, bytes: &[u8]) {
        self.write(path, bytes);
        self.git(&["add", "-f", "--", path]);
    }

    /// Writes, stages and commits a file without hooks; the id of the commit.
    #[track_caller]
    pub fn commit(&self, path: &str, bytes: &[u8]) -> String {
        self.add(path, bytes);
        self.git(&["commit", "--quiet", "--no-verify", "--allow-empty", "-m", path]);
        self.head()
    }

    pub fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs `check-database-files` at the top.
    pub fn check<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        Run::of(&self.checking().args(arguments).output().expect("it runs"))
    }

    /// The command `check-database-files` at the top, to be changed before it is run.
    pub fn checking(&self) -> Command {
        self.command(CHECK.expect("the programs are built for integration tests"))
    }

    /// Runs `dataward` at the top.
    pub fn dataward<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        let program = DATAWARD.expect("the programs are built for integration tests");
        Run::of(&self.command(program).args(arguments).output().expect("it runs"))
    }

    /// Installs our native hooks.
    #[track_caller]
    pub fn install(&self) {
        self.dataward(&["install"]).passes();
    }
}

/// Runs a command on this input.
pub fn fed(command: &mut Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("its input");
    std::thread::scope(|scope| {
        // It may stop reading before the end.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().expect("its output")
    })
}

/// Runs a command that was changed.
pub fn finish(command: &mut Command) -> Run {
    Run::of(&command.output().expect("it runs"))
}
