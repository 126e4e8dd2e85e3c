//! Asks a program of ours for its version: the one that a hook names, which git would run as well.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How long a program may take to say its version.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of what it says that are read.
const LONGEST: u64 = 200;

/// The version that a program says it has; none where it says none in time.
pub(super) fn of(program: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let stdout = child.stdout.take()?;
    let (sender, answer) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut said = String::new();
        let read = stdout.take(LONGEST).read_to_string(&mut said);
        // Nobody may be waiting any more.
        let _ = sender.send(read.map(|_| said));
    });
    let said = answer.recv_timeout(PATIENCE);
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
    let said = said.ok()?.ok()?;
    let name = program.file_stem()?.to_str()?;
    said.trim_end().strip_prefix(name)?.strip_prefix(' ').map(str::to_owned)
}
