//! A trail on a disk: opened, locked, written at its end.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::park_timeout;
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, anyhow, bail};

use super::record::Record;
use super::tail::{Tail, tail};
use super::{MAX_LINE, PATIENCE};
use crate::content::sha256;
use crate::text::line;

/// Bytes that are written in one go: a push of some thousand references is one write.
const ONE_WRITE: usize = 8 << 20;

/// How long is waited at first before a lock is tried again, and at most.
const FIRST_WAIT: Duration = Duration::from_millis(1);
const LONGEST_WAIT: Duration = Duration::from_millis(16);

/// What is to be done about a trail that cannot be written.
const WAY_OUT: &str =
    "let the user that git runs as write it, or name another file (git config dataward.audit FILE)";

/// The same where it fails half-way.
const ROOM: &str = "see that the disk has room and can be written";

/// An audit trail: a file that only grows, in which each record names the one before it.
///
/// The trail itself is locked, and no file beside it: a lock of its own would outlive a trail that is moved away, and would have to be
/// made, guarded and moved as well. Who got the lock looks whether the path still names this file, and begins anew where it was rotated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    path: PathBuf,
}

impl Trail {
    /// The trail in this file, which need not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Trail {
        Trail { path: path.into() }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes these records at the end, in their order, and has the disk keep them; the hash of the last one. Only then are they told of:
    /// whatever kills the process, a record whose hash was given back is in the trail. What an earlier write left that was cut off is
    /// closed by a line feed and a record that says so. Waits for other writers until `deadline`.
    ///
    /// # Errors
    ///
    /// When the trail cannot be written; nothing is kept of the records then, as far as the disk lets it be taken back.
    pub fn append(
        &self,
        records: impl IntoIterator<Item = Record>,
        deadline: Instant,
    ) -> Result<String> {
        self.write(records.into_iter(), deadline).with_context(|| {
            format!("cannot write the audit trail {}", line(&self.path.display().to_string()))
        })
    }

    /// The hash of the last record, [`super::NOTHING`] where there is none. Only the end is read, and nothing verified.
    ///
    /// # Errors
    ///
    /// When there is no trail, or it cannot be read, or ends in something that is no record.
    pub fn head(&self) -> Result<String> {
        let head = || {
            let (mut file, _) = self.at_rest()?;
            let (Tail { previous, torn, .. }, _) = tail(&mut file)?;
            match torn {
                None => Ok(previous),
                Some(_) => bail!("its end is torn: the next record that is written repairs it"),
            }
        };
        head().with_context(|| self.unreadable())
    }

    /// What an error about reading begins with.
    pub(super) fn unreadable(&self) -> String {
        format!("cannot read the audit trail {}", line(&self.path.display().to_string()))
    }

    /// The file open for reading, with its length at a moment at which nobody wrote.
    pub(super) fn at_rest(&self) -> Result<(File, u64)> {
        match self.kind()? {
            Some(()) => {}
            None => bail!("there is no such file"),
        }
        let file = File::open(&self.path)?;
        wait(|| file.try_lock_shared(), Instant::now() + PATIENCE)?;
        let length = file.metadata()?.len();
        file.unlock()?;
        Ok((file, length))
    }

    fn write(&self, records: impl Iterator<Item = Record>, deadline: Instant) -> Result<String> {
        let mut file = self.locked(deadline)?;
        let (tail, length) = tail(&mut file)?;
        let written = self.write_behind(&mut file, tail, records);
        if written.is_err() {
            // What nobody was told of is taken back. Where even that fails, the next one repairs it.
            let _ = file.set_len(length);
        }
        let head = written?;
        if length == 0 {
            self.keep_name()?;
        }
        Ok(head)
    }

    fn write_behind(
        &self,
        file: &mut File,
        tail: Tail,
        records: impl Iterator<Item = Record>,
    ) -> Result<String> {
        let mut records = records.peekable();
        let Some(first) = records.peek() else { return Ok(tail.previous) };
        let mut previous = tail.previous;
        let mut text = if tail.is_open { "\n".to_owned() } else { String::new() };
        let repair = tail.torn.map(|torn| Record {
            time: first.time.clone(),
            gate: "repair".to_owned(),
            torn: Some(torn),
            version: first.version.clone(),
            ..Record::default()
        });
        for record in repair.into_iter().chain(records) {
            let line = Record { previous, ..record }.line()?;
            previous = sha256(line.as_bytes());
            text += &line;
            text += "\n";
            if text.len() > ONE_WRITE - MAX_LINE {
                file.write_all(text.as_bytes()).map_err(ended(ROOM))?;
                text.clear();
            }
        }
        file.write_all(text.as_bytes()).map_err(ended(ROOM))?;
        file.sync_data().map_err(ended(ROOM))?;
        Ok(previous)
    }

    /// The file that the path names, locked by this process alone until it is closed.
    fn locked(&self, deadline: Instant) -> Result<File> {
        loop {
            let file = self.open()?;
            wait(|| file.try_lock(), deadline)?;
            if self.still_names(&file)? {
                return Ok(file);
            }
            if Instant::now() >= deadline {
                bail!("it is moved away again and again: try again");
            }
        }
    }

    /// Opens it, or makes it: for its owner only.
    fn open(&self) -> Result<File> {
        loop {
            let mut options = OpenOptions::new();
            options.read(true).append(true);
            let is_there = self.kind()?.is_some();
            if !is_there {
                self.make_directory()?;
                options.create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            }
            // Another process made it, or moved it away, in the meantime.
            let other = if is_there { ErrorKind::NotFound } else { ErrorKind::AlreadyExists };
            match options.open(&self.path) {
                Err(error) if error.kind() == other => {}
                opened => return opened.map_err(ended(WAY_OUT)),
            }
        }
    }

    /// Whether there is a file; an error where something else has its name.
    fn kind(&self) -> Result<Option<()>> {
        let kind = match self.path.symlink_metadata() {
            Ok(it) => it.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let found = match () {
            () if kind.is_file() => return Ok(Some(())),
            () if kind.is_symlink() => "a symbolic link",
            () if kind.is_dir() => "a directory",
            () => "no regular file",
        };
        bail!(
            "it is {found}, and a trail must be a regular file: name one (git config dataward.audit FILE)"
        )
    }

    /// Makes the directory that it is in, where only that one is lacking.
    fn make_directory(&self) -> Result<()> {
        let Some(directory) = self.directory() else { return Ok(()) };
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(directory) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(ended(WAY_OUT)(error).context("cannot make its directory"))
            }
            _ => Ok(()),
        }
    }

    fn directory(&self) -> Option<&Path> {
        self.path.parent().filter(|it| !it.as_os_str().is_empty())
    }

    /// Has the disk keep the name of a trail that is new.
    fn keep_name(&self) -> Result<()> {
        if cfg!(unix) {
            let directory = self.directory().unwrap_or(Path::new("."));
            File::open(directory)?.sync_all().context("cannot have the disk keep its name")?;
        }
        Ok(())
    }

    /// Whether the path names this file, and no other one or none: a trail may be rotated while its lock is waited for.
    #[cfg(unix)]
    fn still_names(&self, file: &File) -> Result<bool> {
        use std::os::unix::fs::MetadataExt;
        let opened = file.metadata()?;
        match self.path.symlink_metadata() {
            Ok(it) => Ok((it.dev(), it.ino()) == (opened.dev(), opened.ino())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(unix))]
    fn still_names(&self, _file: &File) -> Result<bool> {
        Ok(true)
    }
}

/// An error that ends in what is to be done.
fn ended(way_out: &str) -> impl Fn(std::io::Error) -> Error {
    move |error| anyhow!("{error}: {way_out}")
}

/// Tries until the lock is had, or the deadline is past.
fn wait(mut attempt: impl FnMut() -> Result<(), TryLockError>, deadline: Instant) -> Result<()> {
    let mut pause = FIRST_WAIT;
    loop {
        match attempt() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error).context("cannot lock it"),
            Err(TryLockError::WouldBlock) => {}
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            bail!("another process has it locked, and the time to wait is over: try again");
        }
        park_timeout(pause.min(left));
        pause = (pause * 2).min(LONGEST_WAIT);
    }
}
