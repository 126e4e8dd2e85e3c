//! Programs of the system that a test starts, on a port of their own, and that end with it.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to answer on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that serves until this is dropped, whether or not the test fails.
pub(crate) struct Daemon {
    child: Child,
}

impl Daemon {
    /// Starts a program, and waits until it is ready. What it says goes into a file.
    pub(crate) fn start(mut command: Command, log: &Path, is_ready: impl Fn() -> bool) -> Daemon {
        let said = File::create(log).unwrap();
        command.stdin(Stdio::null()).stdout(said.try_clone().unwrap()).stderr(said);
        let mut daemon = Daemon { child: command.process_group(0).spawn().unwrap() };
        let start = Instant::now();
        while !is_ready() {
            let said = || std::fs::read_to_string(log).unwrap();
            let ended = daemon.child.try_wait().unwrap();
            assert!(ended.is_none(), "{command:?} ended: {}", said());
            assert!(start.elapsed() < PATIENCE, "{command:?} does not answer: {}", said());
            // There is nothing to wait on but the port itself.
            std::thread::park_timeout(Duration::from_millis(10));
        }
        daemon
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // With what it started.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-s", "KILL", "--", &group]).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens at.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

pub(crate) fn answers(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// Where these programs are, in this order. Where one is missing the test is skipped aloud, but fails in CI.
#[allow(clippy::print_stderr, reason = "a test that was skipped has to be seen")]
pub(crate) fn tools<const COUNT: usize>(names: [&str; COUNT]) -> Option<[PathBuf; COUNT]> {
    let missing = names.into_iter().find(|it| find(it).is_none());
    if let Some(name) = missing {
        assert!(std::env::var_os("CI").is_none(), "{name} is missing: run .ci/servers as root");
        eprintln!(
            "SKIPPED: {name} is missing, so no push went to that server: run .ci/servers as root"
        );
        return None;
    }
    Some(names.map(|it| find(it).unwrap()))
}

fn find(name: &str) -> Option<PathBuf> {
    let mut places: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    places.extend(["/usr/sbin", "/sbin", "/usr/local/sbin", "/run"].map(PathBuf::from));
    let git = Command::new("git").arg("--exec-path").output().unwrap().stdout;
    places.push(String::from_utf8(git).unwrap().trim_end().into());
    places.into_iter().map(|it| it.join(name)).find(|it| it.exists())
}
