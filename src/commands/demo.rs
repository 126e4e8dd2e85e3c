//! `dataward demo`: the first incident again, in a throw-away repository and with real git, up to where it is stopped.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::install;
use crate::content;
use crate::run;
use crate::source::Git;

/// A small learning tracker with two test users, as SQL text.
const TRACKER: &str = include_str!("../../fixtures/learning-tracker.sql");

/// Show a commit being refused, in a throw-away repository
#[derive(Debug, Args)]
pub(super) struct Demo {}

impl Demo {
    pub(super) fn run(&self) -> Result<bool> {
        let home = tempfile::Builder::new()
            .prefix("dataward-demo-")
            .tempdir()
            .context("cannot make a directory")?;
        let transcript = replay(home.path());
        home.close().context("cannot remove the throw-away repository")?;
        run::print(&transcript?)?;
        Ok(true)
    }
}

/// Plays the incident in this empty directory, and returns what a person would have seen.
fn replay(home: &Path) -> Result<String> {
    let top = home.join("learning-tracker");
    std::fs::create_dir(&top).context("cannot make a directory")?;
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(top.join(name), bytes).with_context(|| format!("cannot write {name}"))
    };
    let mut play = Play { git: Git::alone(&top)?, said: String::new() };

    play.note("A small learning tracker. Its database is ignored, as it should be.");
    play.quietly(&["init", "--quiet", "--initial-branch=main"])?;
    write(".gitignore", b"*.db\n")?;
    write("app.py", b"DATABASE = \"app.db\"\n")?;
    write("app.db", &content::made_from(TRACKER)?)?;
    play.quietly(&["add", "--all"])?;
    play.quietly(&["commit", "--quiet", "--message", "Start the learning tracker"])?;
    install::install(&top.join(".git/hooks"), &install::programs()?)?;
    play.shown("dataward install", "");

    play.note("\nA developer forces the database into a commit, to see test users on the server.");
    play.git(&["add", "-f", "app.db"], true)?;
    play.git(&["commit", "-m", "Add test users"], false)?;

    play.note(
        "\nRefused: no commit, so nothing to push over the real users. The way out that it names:",
    );
    play.git(&["restore", "--staged", "--", "app.db"], true)?;
    play.git(&["log", "--oneline", "--format=%s"], true)?;
    if !top.join("app.db").is_file() {
        bail!("the demo lost its database: this is a defect of dataward, please report it");
    }
    play.note("The database is still on disk, and not in git.");
    Ok(play.said)
}

struct Play {
    git: Git,
    said: String,
}

impl Play {
    fn note(&mut self, text: &str) {
        let _ = writeln!(self.said, "{text}");
    }

    fn shown(&mut self, command: &str, printed: &str) {
        let _ = write!(self.said, "$ {command}\n{printed}");
    }

    fn quietly(&mut self, arguments: &[&str]) -> Result<()> {
        self.git.bytes(arguments).map(drop)
    }

    /// Runs git, shows the command and what it printed, and fails where it does not end as it should.
    fn git(&mut self, arguments: &[&str], succeeds: bool) -> Result<()> {
        let output = self.git.output(arguments)?;
        let printed = [output.stdout, output.stderr].concat();
        let word =
            |word: &&str| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() };
        let words: Vec<String> = arguments.iter().map(word).collect();
        self.shown(&format!("git {}", words.join(" ")), &String::from_utf8_lossy(&printed));
        if output.status.success() != succeeds {
            bail!("{}git did not end as it should in the demo", self.said);
        }
        Ok(())
    }
}
