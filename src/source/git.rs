//! The git program: the only file that runs it.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Error, Result, anyhow, bail};
use bstr::{ByteSlice, ByteVec};

/// The oldest git that is run: `--end-of-options` is understood by all commands used here since 2.30.
const OLDEST: (u32, u32) = (2, 30);

/// Bytes of one path, with what stands before it in a list: more than any system opens (4096 on Linux, 32,767 on Windows).
const LONGEST_PIECE: u64 = 1 << 20;

/// Variables that change what git prints or runs, or that write files, and are no part of where the repository is.
const SCRUBBED: &[&str] = &[
    "GIT_ALLOW_PROTOCOL",
    "GIT_ATTR_SOURCE",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DIFF_OPTS",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_PAGER",
    "GIT_REDIRECT_STDERR",
    "GIT_REDIRECT_STDOUT",
    "GIT_REPLACE_REF_BASE",
    "GIT_SSH_COMMAND",
    "GIT_TRACE",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_TRACE2_PERF",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_SETUP",
];

/// The git program, run in one directory. What tells where the repository is (`GIT_DIR`, `GIT_INDEX_FILE`, …) is passed on;
/// replace refs and grafts are ignored, objects that a partial clone lacks are not fetched, and no lock is taken.
#[derive(Debug, Clone)]
pub(crate) struct Git {
    directory: PathBuf,
    /// For a repository that is made for one purpose: what the environment and the user's configuration say does not count.
    is_alone: bool,
}

impl Git {
    /// Git in this directory, once its version is known to be new enough.
    pub(crate) fn at(directory: &Path) -> Result<Git> {
        Git { directory: directory.to_owned(), is_alone: false }.checked()
    }

    /// Git in this directory, whatever repository a hook or a person is working in, with a configuration and an author of its own.
    pub(crate) fn alone(directory: &Path) -> Result<Git> {
        Git { directory: directory.to_owned(), is_alone: true }.checked()
    }

    fn checked(self) -> Result<Git> {
        let git = self;
        let version = git.text(["version"])?;
        let mut numbers = version
            .trim_start_matches("git version ")
            .split(['.', ' '])
            .map(|number| number.parse::<u32>().unwrap_or(0));
        let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        if found < OLDEST {
            bail!("{version} is too old: dataward needs git {}.{} or newer", OLDEST.0, OLDEST.1);
        }
        Ok(git)
    }

    fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        self.prepared(&["-c", "protocol.allow=never"], arguments)
    }

    fn prepared<S: AsRef<OsStr>>(
        &self,
        configuration: &[&str],
        arguments: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = Command::new("git");
        command
            .current_dir(&self.directory)
            .args(["-c", "advice.graftFileDeprecated=false"])
            .args(configuration)
            .args(arguments);
        if self.is_alone {
            let variables = std::env::vars_os().map(|(name, _)| name);
            for variable in variables.filter(|name| name.as_encoded_bytes().starts_with(b"GIT_")) {
                command.env_remove(variable);
            }
            command
                .env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" })
                .env("GIT_CONFIG_NOSYSTEM", "1");
            // Its hooks find the programs beside this one, as they do where dataward is installed.
            let beside =
                std::env::current_exe().ok().and_then(|it| it.parent().map(Path::to_owned));
            let path = std::env::var_os("PATH").unwrap_or_default();
            let directories = beside.into_iter().chain(std::env::split_paths(&path));
            if let Ok(path) = std::env::join_paths(directories) {
                command.env("PATH", path);
            }
            for role in ["AUTHOR", "COMMITTER"] {
                command.env(format!("GIT_{role}_NAME"), "dataward demo");
                command.env(format!("GIT_{role}_EMAIL"), "demo@example.com");
            }
        }
        for variable in SCRUBBED {
            command.env_remove(variable);
        }
        command
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_GRAFT_FILE", if cfg!(windows) { "NUL" } else { "/dev/null" })
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    /// Runs git to its end, whatever it answers.
    pub(crate) fn output<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<Output> {
        self.command(arguments).output().context("cannot run git: is it installed and on the PATH?")
    }

    /// What git prints; an error with git's own words where it fails.
    pub(crate) fn bytes<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<Vec<u8>> {
        Ok(succeeded(self.output(arguments)?)?.stdout)
    }

    /// The same as text without the line feed at its end.
    pub(crate) fn text<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<String> {
        let bytes = self.bytes(arguments)?;
        Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned())
    }

    /// The path that git prints, made absolute.
    pub(crate) fn path<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<PathBuf> {
        let mut printed = self.bytes(arguments)?;
        printed.truncate(printed.trim_end_with(|c| c == '\n' || c == '\r').len());
        Ok(self.directory.join(printed.into_path_buf_lossy()))
    }

    /// The id of the tree of a revision.
    pub(crate) fn tree(&self, revision: &str) -> Result<String> {
        match self.id(&format!("{revision}^{{tree}}"))? {
            Some(id) => Ok(id),
            None => Err(self.why_no_tree(revision)),
        }
    }

    /// Why a revision has no tree here, and what to do.
    pub(crate) fn why_no_tree(&self, revision: &str) -> Error {
        let why = || -> Result<&str> {
            // Of a full id rev-parse does not ask whether it is there.
            let is_here = self.output(["cat-file", "-e", "--end-of-options", revision])?;
            match is_here.status.success() {
                true => Ok("its tree is not in this clone (a partial clone?): fetch it first"),
                false => self.why_lacking(),
            }
        };
        match why() {
            Ok(why) => anyhow!("there is no revision {revision:?} in this repository: {why}"),
            Err(error) => error,
        }
    }

    /// The id of the one object that this names, as far as git knows one.
    pub(crate) fn id(&self, name: &str) -> Result<Option<String>> {
        let output = self.output(["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
        if !output.status.success() {
            // Where git refuses the whole repository, that is the cause.
            self.bytes(["rev-parse", "--git-dir"])?;
            return Ok(None);
        }
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        // Of `^name`, which would take commits out of a walk, git prints the id with a `^`.
        let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        Ok(is_id.then_some(id))
    }

    /// Why there may be no such commit, and what to do.
    pub(crate) fn why_lacking(&self) -> Result<&'static str> {
        Ok(match self.text(["rev-parse", "--is-shallow-repository"])? == "true" {
            true => {
                "this clone is shallow: fetch more of it (git fetch --unshallow; in CI: fetch-depth: 0)"
            }
            false => "fetch it first, or check its spelling",
        })
    }

    /// The bytes of a file that git names, relative to where it is run.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>> {
        Ok(std::fs::read(self.directory.join(path))?)
    }

    /// What the repository at a URL says of its refs: lines of an id, a tab and a name. None where it does not answer in time, refuses,
    /// or says more than `longest` bytes. git and ssh ask nobody for a password; helpers that keep them are asked, as by the push itself.
    pub(crate) fn remote_refs(
        &self,
        url: &str,
        patience: Duration,
        longest: u64,
    ) -> Result<Option<Vec<u8>>> {
        let mut command = self.prepared(&[], ["ls-remote", "--quiet", "--end-of-options", url]);
        command.env("GIT_ASKPASS", "true").env("SSH_ASKPASS", "true");
        // By the way that git itself is about to go.
        match std::env::var_os("GIT_SSH_COMMAND") {
            Some(own) => command.env("GIT_SSH_COMMAND", own),
            None if std::env::var_os("GIT_SSH").is_none()
                && self.config("core.sshCommand")?.is_none() =>
            {
                command.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
            }
            None => &mut command,
        };
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run git: is it installed and on the PATH?")?;
        let stdout = child.stdout.take().context("git has no standard output")?;
        let (sender, answer) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.take(longest + 1).read_to_end(&mut bytes);
            // Nobody may be waiting any more.
            let _ = sender.send(read.map(|_| bytes));
        });
        let bytes = answer.recv_timeout(patience).ok().and_then(Result::ok);
        let bytes = bytes.filter(|it| it.len() as u64 <= longest);
        if bytes.is_none() {
            // It may have ended by itself.
            let _ = child.kill();
        }
        let status = child.wait().context("cannot wait for git")?;
        Ok(bytes.filter(|_| status.success()))
    }

    /// The value of a variable of git's configuration; none where it is not set.
    pub(crate) fn config(&self, variable: &str) -> Result<Option<String>> {
        let output = self.output(["config", "--get", variable])?;
        match output.status.code() {
            Some(0) => {
                let value = String::from_utf8_lossy(&output.stdout);
                Ok(Some(value.trim_end_matches(['\r', '\n']).to_owned()))
            }
            Some(1) => Ok(None),
            _ => succeeded(output).map(|_| None),
        }
    }

    /// Hands over what git prints, piece by piece up to each NUL, while it reads `input`; what it wrote to standard error. As soon as
    /// a piece is refused git is stopped, so that nothing is kept of what it would go on to print.
    pub(crate) fn each<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: Vec<u8>,
        take: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<String> {
        self.parted(0, arguments, input, take)
    }

    /// The same line by line.
    pub(crate) fn lines<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: Vec<u8>,
        take: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<String> {
        self.parted(b'\n', arguments, input, take)
    }

    fn parted<S: AsRef<OsStr>>(
        &self,
        end: u8,
        arguments: impl IntoIterator<Item = S>,
        input: Vec<u8>,
        mut take: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<String> {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run git: is it installed and on the PATH?")?;
        let mut stdin = child.stdin.take().context("git has no standard input")?;
        let stdout = child.stdout.take().context("git has no standard output")?;
        let mut stderr = child.stderr.take().context("git has no standard error")?;
        // Threads of their own: git may fill one output before it has read its input, or written the other one.
        let writer = std::thread::spawn(move || stdin.write_all(&input));
        let listener = std::thread::spawn(move || {
            let mut said = Vec::new();
            stderr.read_to_end(&mut said).map(|_| said)
        });
        let taken = pieces(BufReader::new(stdout), end, &mut take);
        if taken.is_err() {
            // It may have ended by itself.
            let _ = child.kill();
        }
        let status = child.wait().context("cannot wait for git")?;
        let (written, said) = (writer.join(), listener.join());
        taken?;
        let stderr = said.ok().and_then(Result::ok).context("cannot read what git says")?;
        let output = succeeded(Output { status, stdout: Vec::new(), stderr })?;
        match written {
            Ok(Ok(())) => Ok(String::from_utf8_lossy(&output.stderr).into_owned()),
            _ => bail!("git stopped reading its input"),
        }
    }
}

/// Hands over what is read, piece by piece up to each `end`.
fn pieces(
    mut from: impl BufRead,
    end: u8,
    take: &mut impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut piece = Vec::new();
    loop {
        let read = (&mut from).take(LONGEST_PIECE).read_until(end, &mut piece);
        if read.context("cannot read what git prints")? == 0 {
            return Ok(());
        }
        if piece.last() == Some(&end) {
            piece.pop();
        } else if piece.len() as u64 == LONGEST_PIECE {
            bail!("git lists a path of more than {LONGEST_PIECE} bytes");
        }
        if !piece.is_empty() {
            take(&piece)?;
        }
        piece.clear();
    }
}

/// The output of a git that succeeded, or an error with the last line it wrote to standard error.
fn succeeded(output: Output) -> Result<Output> {
    if output.status.success() {
        return Ok(output);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let said = stderr
        .lines()
        .rev()
        .find(|line| line.starts_with("fatal: ") || line.starts_with("error: "));
    bail!("git says: {}", said.or(stderr.lines().last()).unwrap_or("nothing, but failed").trim());
}
