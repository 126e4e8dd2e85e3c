//! A repository at which a person sits: commands are run by a shell, and what they print is read.

use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::tools;

/// A repository in a directory of its own, which is removed at the end.
pub(crate) struct Desk {
    home: TempDir,
    top: PathBuf,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let home = TempDir::new().expect("a directory");
        let top = home.path().join("project");
        std::fs::create_dir(&top).expect("a directory");
        let desk = Desk { home, top };
        desk.git("init -q --initial-branch=main");
        desk
    }

    pub(crate) fn with_a_commit() -> Desk {
        let desk = Desk::new();
        desk.commit("README", b"a project\n");
        desk
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        std::fs::write(path, bytes).expect("a file that can be written");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.top.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Writes a file and commits it with all that is there.
    pub(crate) fn commit(&self, name: &str, bytes: &[u8]) {
        self.write(name, bytes);
        self.git("add -A");
        self.git(&format!("commit -qm \"Add {}\"", name.replace('$', "")));
    }

    /// Runs git, which must succeed, and returns what it printed without the last line feed.
    pub(crate) fn git(&self, arguments: &str) -> String {
        self.passes(&format!("git {arguments}"))
    }

    pub(crate) fn install(&self) {
        self.passes("dataward install");
    }

    pub(crate) fn passes(&self, command: &str) -> String {
        self.succeed("", command)
    }

    /// The hints of a command that is refused.
    pub(crate) fn refused(&self, command: &str) -> Vec<String> {
        self.refused_in("", command)
    }

    pub(crate) fn refused_in(&self, directory: &str, command: &str) -> Vec<String> {
        let output = self.shell(directory, command, &[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{command} is not refused: {said}");
        let rule = if command.contains("dangerous") { "error[" } else { "error[database-file]" };
        assert!(said.contains(rule), "{command}: {said}");
        said.lines().filter_map(|line| line.strip_prefix("hint: ")).map(str::to_owned).collect()
    }

    /// Runs the command of the hint that begins with these words.
    pub(crate) fn run(&self, hints: &[String], words: &str) -> String {
        self.run_in("", hints, words)
    }

    pub(crate) fn run_in(&self, directory: &str, hints: &[String], words: &str) -> String {
        self.succeed(directory, command(hints, words))
    }

    /// The same where git asks for a list of things to do: it is edited by this script of sed.
    pub(crate) fn run_with_todo(&self, hints: &[String], words: &str, script: &str) {
        let editor = format!("sed -i -e '{script}'");
        let output = self.shell("", command(hints, words), &[("GIT_SEQUENCE_EDITOR", &editor)]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The command of the hint that begins with these words.
    pub(crate) fn command(&self, hints: &[String], words: &str) -> String {
        command(hints, words).to_owned()
    }

    /// Whether a command succeeds.
    pub(crate) fn succeeds(&self, command: &str) -> bool {
        self.shell("", command, &[]).status.success()
    }

    fn succeed(&self, directory: &str, command: &str) -> String {
        let output = self.shell(directory, command, &[]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {said}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    fn shell(&self, directory: &str, command: &str, variables: &[(&str, &str)]) -> Output {
        let programs = PathBuf::from(env!("CARGO_BIN_EXE_dataward"));
        let programs = programs.parent().expect("a directory").display();
        let path = std::env::var("PATH").expect("a PATH");
        let tools = tools::directory();
        let mut shell = Command::new("bash");
        shell.args(["-c", command]).current_dir(self.top.join(directory));
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if ["GIT_", "PRE_COMMIT", "CLICOLOR", "NO_COLOR"].iter().any(|it| name.starts_with(it))
            {
                shell.env_remove(name);
            }
        }
        shell
            .env("PATH", format!("{programs}:{}:{path}", tools.display()))
            .env("HOME", self.home.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .env("GIT_AUTHOR_NAME", "A Person")
            .env("GIT_AUTHOR_EMAIL", "person@example.com")
            .env("GIT_COMMITTER_NAME", "A Person")
            .env("GIT_COMMITTER_EMAIL", "person@example.com")
            .envs(variables.iter().copied());
        shell.output().expect("bash")
    }
}

/// The command of the hint that begins with these words: what follows the first colon.
fn command<'a>(hints: &'a [String], words: &str) -> &'a str {
    let found = hints.iter().find(|hint| hint.starts_with(words));
    let hint = found.unwrap_or_else(|| panic!("no hint {words:?} among {hints:#?}"));
    hint.split_once(": ").unwrap_or_else(|| panic!("no command in {hint:?}")).1
}
