//! Looks at a push in a process of its own: what a parser takes down, or what grows or runs without end, ends that one and not the
//! gate, which then refuses.

use std::io::{Seek, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::super::{BLOCKED, COULD_NOT_LOOK};
use crate::audit::Record;

/// How a worker is told that it is one, and where to write what it decided.
pub(in crate::run) const LOOK: &str = "look-for";

/// How often it is looked whether it has ended.
const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(10);

/// How it ended.
pub(super) enum Ended {
    /// It decided, and these are the records of that.
    Decided(Vec<Record>),
    /// It could not look, and said why.
    CouldNotLook,
    /// It did not come to an end in its time.
    TooLate,
}

/// Has this program look at what git said of a push.
///
/// # Errors
///
/// When it cannot be run, or ends in a way that it does not choose.
pub(super) fn look(told: Option<&[u8]>, left: Duration) -> Result<Ended> {
    let decided = tempfile::NamedTempFile::new().context("cannot make a temporary file")?;
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let input = told.map(|bytes| -> Result<Stdio> {
        let mut file = tempfile::tempfile().context("cannot make a temporary file")?;
        file.write_all(bytes)
            .and_then(|()| file.rewind())
            .context("cannot write a temporary file")?;
        Ok(file.into())
    });
    let mut command = Command::new(program);
    command.arg(format!("--{LOOK}")).arg(decided.path());
    command.args(std::env::args_os().skip(1));
    command.stdin(input.transpose()?.unwrap_or_else(Stdio::null));
    let child = command.spawn().context("cannot run this program again, to look at the push")?;
    let Some(status) = wait(child, left)? else { return Ok(Ended::TooLate) };
    match status.code() {
        Some(code) if code == 0 || code == i32::from(BLOCKED) => {
            let text = std::fs::read(decided.path()).context("cannot read what was decided")?;
            let records: Vec<Record> =
                serde_json::from_slice(&text).context("cannot read what was decided")?;
            let verdict = if code == 0 { PASSED } else { REFUSED };
            if records.is_empty() || records.iter().any(|it| it.verdict != verdict) {
                bail!("what was decided is not what was written down");
            }
            Ok(Ended::Decided(records))
        }
        Some(code) if code == i32::from(COULD_NOT_LOOK) => Ok(Ended::CouldNotLook),
        _ => bail!(
            "the part that looks at the push was ended ({}), by too much memory or time, or by a defect of dataward",
            status
        ),
    }
}

/// What the records of a push that may go on say, and of one that may not.
pub(super) const PASSED: &str = "passed";
pub(super) const REFUSED: &str = "refused";

/// Writes down what was decided, for the one that asked for it.
pub(super) fn tell(decided: &Path, records: &[Record]) -> Result<()> {
    let text = serde_json::to_vec(records).context("cannot write what was decided")?;
    std::fs::write(decided, text).context("cannot write what was decided")
}

/// Waits for it; none where it takes longer, and is ended for that.
fn wait(mut child: Child, left: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for what looks at the push")? {
            return Ok(Some(status));
        }
        let passed = start.elapsed();
        if passed >= left {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(None);
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
