//! The ssh program, asked where a host name of its configuration leads. It connects to nothing.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How long ssh may take to read its configuration.
const TIME: Duration = Duration::from_secs(5);

/// Bytes of its answer that are read.
const ANSWER: u64 = 64 << 10;

/// Bytes of the longest user and host that it is asked about: a host name has at most 253.
const LONGEST: usize = 512;

/// The command by which git reaches a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ssh {
    /// A line for the shell, as in `GIT_SSH_COMMAND` and `core.sshCommand`.
    Line(String),
    /// A program, as in `GIT_SSH`.
    Program(std::ffi::OsString),
    /// One that is said to take other options than OpenSSH.
    Other,
}

/// Where ssh says that a name leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) user: Option<String>,
    pub(super) host: String,
}

impl Ssh {
    /// The command that git would take, with `core.sshCommand` and `ssh.variant` of its configuration.
    pub(super) fn of_git(configured: Option<&str>, variant: Option<&str>) -> Ssh {
        let named = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty());
        let variant = named("GIT_SSH_VARIANT").or_else(|| variant.map(Into::into));
        if variant.is_some_and(|it| it != "ssh" && it != "auto") {
            return Ssh::Other;
        }
        if let Some(line) = named("GIT_SSH_COMMAND") {
            return Ssh::Line(line.to_string_lossy().into_owned());
        }
        if let Some(line) = configured.filter(|it| !it.is_empty()) {
            return Ssh::Line(line.to_owned());
        }
        Ssh::Program(named("GIT_SSH").unwrap_or_else(|| "ssh".into()))
    }

    /// Asks where a name leads.
    ///
    /// # Errors
    ///
    /// Why there is no answer, as a clause.
    pub(super) fn ask(
        &self,
        user: Option<&str>,
        host: &str,
        port: Option<u16>,
        directory: &Path,
    ) -> Result<Answer, &'static str> {
        let place = user.map_or_else(|| host.to_owned(), |user| format!("{user}@{host}"));
        // What begins so would be an option; git refuses it as well.
        if place.starts_with('-') || host.starts_with('-') {
            return Err("its name begins with `-`");
        }
        if host.is_empty() || place.len() > LONGEST || place.contains(char::is_control) {
            return Err("it is no name of a host");
        }
        const NO_OPEN_SSH: &str = "git reaches it by another program than OpenSSH";
        if !self.is_open_ssh() {
            return Err(NO_OPEN_SSH);
        }
        let mut command = match self {
            Ssh::Other => return Err(NO_OPEN_SSH),
            // As git runs it.
            Ssh::Line(line) => {
                let mut shell = Command::new("sh");
                shell.arg("-c").arg(format!("{line} \"$@\"")).arg("ssh");
                shell
            }
            Ssh::Program(program) => Command::new(program),
        };
        command.arg("-G");
        if let Some(port) = port {
            command.arg("-p").arg(port.to_string());
        }
        command.arg(place).current_dir(directory).env("LC_ALL", "C");
        answer(&printed(&mut command)?).ok_or("ssh does not say where it leads")
    }

    /// Whether it takes the options of OpenSSH, as far as its name tells. git looks at the name, too.
    fn is_open_ssh(&self) -> bool {
        let text = match self {
            Ssh::Other => return false,
            Ssh::Line(line) => line.split_whitespace().next().unwrap_or_default().to_lowercase(),
            Ssh::Program(program) => program.to_string_lossy().to_lowercase(),
        };
        let name = text.trim_matches(['"', '\'']).rsplit(['/', '\\']).next().unwrap_or_default();
        !["plink", "tortoiseplink", "putty"].contains(&name.trim_end_matches(".exe"))
    }
}

/// What a command prints within the bounds, if it succeeds.
fn printed(command: &mut Command) -> Result<Vec<u8>, &'static str> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|_| "ssh cannot be run")?;
    let Some(output) = child.stdout.take() else { return Err("ssh cannot be read") };
    let (sender, receiver) = mpsc::channel();
    // It ends with the command, whose output it reads.
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output.take(ANSWER).read_to_end(&mut bytes).map(|_| bytes);
        // Nobody listens where it came too late.
        let _ = sender.send(read);
    });
    let said = receiver.recv_timeout(TIME);
    if said.is_err() {
        end(&mut child);
        return Err("ssh does not answer in time");
    }
    // One that closed its output may go on, and one that says more than is read may wait to be heard.
    let status = ended(&mut child);
    match (said, status) {
        (Ok(Ok(bytes)), Some(true)) => Ok(bytes),
        _ => Err("ssh cannot tell"),
    }
}

/// Whether a command that has closed its output succeeded; none where it had to be ended.
fn ended(child: &mut Child) -> Option<bool> {
    const PERIOD: Duration = Duration::from_millis(5);
    let begun = std::time::Instant::now();
    while begun.elapsed() < TIME {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) => std::thread::park_timeout(PERIOD),
            Err(_) => break,
        }
    }
    end(child);
    None
}

/// Ends a command and all that it started.
fn end(child: &mut Child) {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        let mut kill = Command::new("sh");
        kill.args(["-c", "kill -s KILL -- \"$1\"", "sh", &group]);
        kill.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // Where there is no shell, the command alone must do.
        let _ = kill.status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// The host and the user in what `ssh -G` prints: a line each, the name of an option and its value.
fn answer(printed: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(printed);
    let of = |option: &str| {
        let mut pairs = text.lines().filter_map(|it| it.split_once(' '));
        pairs
            .find(|(name, value)| *name == option && !value.is_empty())
            .map(|(_, it)| it.to_owned())
    };
    Some(Answer { user: of("user"), host: of("hostname")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(line: &str, host: &str) -> Result<Answer, &'static str> {
        Ssh::Line(line.to_owned()).ask(Some("git"), host, Some(22), Path::new("/"))
    }

    #[cfg(unix)]
    #[test]
    fn the_answer_is_read_from_whatever_git_would_run() {
        let answer = ask("printf 'user %s\\nhostname example.com\\nport 22\\n' me; true", "h");
        assert_eq!(answer, Ok(Answer { user: Some("me".into()), host: "example.com".into() }));
        let arguments = ask("f() { echo \"hostname $*\"; }; f", "h").unwrap();
        assert_eq!(arguments.host, "-G -p 22 git@h");
    }

    #[cfg(unix)]
    #[test]
    fn what_does_not_answer_is_told() {
        for (line, why) in [
            ("exit 1;", "ssh cannot tell"),
            ("echo hello; true", "ssh does not say where it leads"),
            ("/no/such/program", "ssh cannot tell"),
            ("plink -batch", "git reaches it by another program than OpenSSH"),
            ("'C:/Program/TortoisePlink.exe'", "git reaches it by another program than OpenSSH"),
        ] {
            assert_eq!(ask(line, "h"), Err(why), "{line}");
        }
        let missing = Ssh::Program("/no/such/program".into());
        assert_eq!(missing.ask(None, "h", None, Path::new("/")), Err("ssh cannot be run"));
    }

    #[test]
    fn nothing_is_run_for_what_would_be_an_option() {
        for host in ["-oProxyCommand=x", "", "a\nb"] {
            assert!(ask("exit 0;", host).is_err(), "{host}");
        }
        let ssh = Ssh::Program("ssh".into());
        assert!(ssh.ask(Some("-oProxyCommand=x"), "h", None, Path::new("/")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn an_answer_without_end_and_one_that_never_comes_are_bounded() {
        let begun = std::time::Instant::now();
        assert_eq!(ask("yes 'user x';", "h"), Err("ssh cannot tell"));
        assert_eq!(ask("sleep 60; #", "h"), Err("ssh does not answer in time"));
        assert!(begun.elapsed() < 4 * TIME);
    }
}
