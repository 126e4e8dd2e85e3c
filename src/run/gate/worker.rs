//! Looks at a push in a process of its own: what a parser takes down, or what grows or runs without end, ends that one and not the
//! gate, which then refuses.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::super::{BLOCKED, COULD_NOT_LOOK};
use crate::audit::Record;

/// How a worker is told that it is one.
pub(in crate::run) const LOOK: &str = "look";

/// Bytes of what it decided: a record names a few hundred blobs.
const LONGEST_ANSWER: u64 = 1 << 20;

/// How often it is looked whether it has ended.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(10);

/// How long is waited for the end of one that was killed: it may wait for a disk itself.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// How it ended.
pub(super) enum Ended {
    /// It decided, and this is the record of that.
    Decided(Box<Record>),
    /// It could not look, and said why.
    CouldNotLook,
    /// It did not come to an end in its time.
    TooLate,
}

/// Has this program look at what git said of a push. Both share a file without a name: it begins with that, and the worker, of which it is
/// the standard input, writes what it decided behind it.
///
/// # Errors
///
/// When it cannot be run, or ends in a way that it does not choose.
pub(super) fn look(told: Option<&[u8]>, left: Duration) -> Result<Ended> {
    let told = told.unwrap_or_default();
    let mut shared = nameless().context("cannot make a temporary file")?;
    shared
        .write_all(told)
        .and_then(|()| shared.rewind())
        .context("cannot write a temporary file")?;
    let mut command = Command::new(this_program()?);
    #[cfg(unix)]
    if let Some(name) = std::env::args_os().next() {
        std::os::unix::process::CommandExt::arg0(&mut command, name);
    }
    command.arg(format!("--{LOOK}")).args(std::env::args_os().skip(1));
    command.stdin(shared.try_clone().context("cannot share a temporary file")?);
    let child = command.spawn().context("cannot run this program again, to look at the push")?;
    let Some(status) = wait(child, left)? else { return Ok(Ended::TooLate) };
    match status.code() {
        Some(code) if code == 0 || code == i32::from(BLOCKED) => {
            let mut text = Vec::new();
            shared
                .seek(SeekFrom::Start(told.len() as u64))
                .and_then(|_| shared.take(LONGEST_ANSWER).read_to_end(&mut text))
                .context("cannot read what was decided")?;
            let record: Record =
                serde_json::from_slice(&text).context("cannot read what was decided")?;
            if record.verdict != if code == 0 { PASSED } else { REFUSED } {
                bail!("what was decided is not what was written down");
            }
            Ok(Ended::Decided(record.into()))
        }
        Some(code) if code == i32::from(COULD_NOT_LOOK) => Ok(Ended::CouldNotLook),
        _ => bail!(
            "the part that looks at the push was ended ({}), by too much memory or time, or by a defect of dataward",
            status
        ),
    }
}

/// A file without a name, which ends with who holds it.
fn nameless() -> std::io::Result<File> {
    // A server may have no directory for temporary files, or a full one.
    #[cfg(target_os = "linux")]
    if let Ok(file) = rustix::fs::memfd_create("push", rustix::fs::MemfdFlags::CLOEXEC) {
        return Ok(file.into());
    }
    tempfile::tempfile()
}

/// Where this program is.
fn this_program() -> Result<PathBuf> {
    // This one is there even when a newer version was put in its place.
    let itself = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && itself.exists() {
        return Ok(itself);
    }
    std::env::current_exe()
        .context("cannot tell where this program is, to have it look at the push")
}

/// What the records of a push that may go on say, and of one that may not.
pub(super) const PASSED: &str = "passed";
pub(super) const REFUSED: &str = "refused";

/// Writes down what was decided, for the one that asked for it.
///
/// # Errors
///
/// When standard input is no file of theirs.
pub(super) fn tell(decided: &Record) -> Result<()> {
    #[cfg(unix)]
    let input = std::os::fd::AsFd::as_fd(&std::io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let input = std::os::windows::io::AsHandle::as_handle(&std::io::stdin()).try_clone_to_owned();
    let tell = || -> Result<()> {
        let mut shared = File::from(input?);
        shared.seek(SeekFrom::End(0))?;
        Ok(shared.write_all(&serde_json::to_vec(decided)?)?)
    };
    tell().with_context(|| format!("cannot write what was decided: --{LOOK} is not for people"))
}

/// Waits for it; none where it takes longer, and is ended for that.
fn wait(mut child: Child, mut left: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    let mut is_killed = false;
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for what looks at the push")? {
            return Ok((!is_killed).then_some(status));
        }
        let passed = start.elapsed();
        if passed >= left {
            if is_killed {
                return Ok(None);
            }
            let _ = child.kill();
            (is_killed, left) = (true, passed + LAST_PATIENCE);
            continue;
        }
        // Most pushes take some hundredths of a second.
        std::thread::sleep((passed / 10).clamp(SHORTEST, LONGEST).min(left - passed));
    }
}

/// Bounds what this process may take, and has it end with the one that asked for it.
///
/// # Errors
///
/// When the system has lower bounds, or does not let them be set.
#[cfg(unix)]
pub(super) fn bound(memory: u64, time: Duration) -> Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let seconds = time.as_secs().saturating_add(2);
    // What it holds when it is ended is not to lie about as a file.
    for (resource, most) in
        [(Resource::Core, 0), (Resource::Data, memory), (Resource::Cpu, seconds)]
    {
        let Rlimit { current, maximum } = getrlimit(resource);
        let most = [current, maximum].into_iter().flatten().fold(most, u64::min);
        setrlimit(resource, Rlimit { current: Some(most), maximum })
            .context("cannot bound what the look at the push may take")?;
    }
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))
        .context("cannot tie the look at the push to its hook")?;
    Ok(())
}

/// Where there are no such bounds, the time is bounded by the one that asked for it.
#[cfg(not(unix))]
pub(super) fn bound(_: u64, _: Duration) -> Result<()> {
    Ok(())
}
