//! `dataward install`: native git hooks that run dataward first, and the hook that was there before after it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use bstr::ByteSlice;
use clap::Args;

use crate::run::{self, Place};
use crate::source::slashed;
use crate::text;

/// The hooks that git runs before a commit comes into being: an ordinary one, a merge, a patch of `git am`.
const HOOKS: &[&str] = &["pre-commit", "pre-merge-commit", "pre-applypatch"];

/// The second line of a hook of ours: by it and the rest of the text it is known again.
const MARK: &str = "# Written by `dataward install`. To take it out: dataward install --uninstall";

/// What a hook that was there before is called from then on: the name of the hook and this.
const BEFORE: &str = ".before-dataward";

/// Install the native git hooks, or take them out again
#[derive(Debug, Args)]
pub(super) struct Install {
    /// Take the hooks out again, and put back what was there before
    #[arg(long)]
    uninstall: bool,
    /// Also write into a hooks directory outside of this repository (core.hooksPath), which other repositories share
    #[arg(long)]
    global: bool,
}

impl Install {
    pub(super) fn run(&self) -> Result<bool> {
        let place = Place::here()?;
        let repository = place.repository()?;
        if repository.top().is_none() {
            bail!(
                "{} is a bare repository: no commits are made in it",
                repository.directory().display()
            );
        }
        let (directory, is_own) = repository.hooks()?;
        if !is_own && !self.global {
            bail!(
                "core.hooksPath names {}, which is outside of this repository and may serve others: add --global to write there",
                text::clean(slashed(&directory))
            );
        }
        let said = match self.uninstall {
            true => uninstall(&directory)?,
            false => install(&directory, &program()?)?,
        };
        run::tell(&said)?;
        Ok(true)
    }
}

/// The command of a hook: `check-database-files --staged` from beside this program, or what does the same where it stands alone.
pub(super) fn program() -> Result<String> {
    let dataward = std::env::current_exe().context("cannot tell where dataward itself is")?;
    let check =
        dataward.with_file_name(format!("check-database-files{}", std::env::consts::EXE_SUFFIX));
    let word = |path: &Path| text::quoted(slashed(path).as_bstr());
    Ok(match check.is_file() {
        true => format!("{} --staged", word(&check)),
        false => format!("{} scan --staged", word(&dataward)),
    })
}

/// The text of a hook that runs this command. The empty input keeps what git says to the hook for the one that was there before.
fn script(name: &str, command: &str) -> String {
    let program = command
        .rsplit_once(" scan")
        .or(command.rsplit_once(" --"))
        .map_or(command, |(program, _)| program);
    format!(
        "#!/bin/sh\n\
         {MARK}\n\
         if ! [ -x {program} ]; then\n\
         \techo \"error: this hook runs a dataward that is gone, so it blocks\" >&2\n\
         \techo \"hint: install dataward again, or take the hook out: dataward install --uninstall\" >&2\n\
         \texit 2\n\
         fi\n\
         {command} </dev/null || exit $?\n\
         before=$(dirname \"$0\")/{name}{BEFORE}\n\
         if [ -x \"$before\" ]; then exec \"$before\" \"$@\"; fi\n"
    )
}

/// What is at the place of a hook.
enum Found {
    Nothing,
    /// A hook of ours, and the command that it runs.
    Ours(String),
    /// One that dataward did not write, and that can run under another name.
    Other,
    /// One that must not be touched, and why.
    Unknown(&'static str),
}

fn look(directory: &Path, name: &str) -> Result<Found> {
    let path = directory.join(name);
    let Ok(metadata) = path.symlink_metadata() else { return Ok(Found::Nothing) };
    if !metadata.is_file() && !metadata.is_symlink() {
        return Ok(Found::Unknown("it is no file"));
    }
    let Ok(bytes) = fs::read(&path) else { return Ok(Found::Unknown("it cannot be read")) };
    let text = bytes.to_str_lossy();
    if text.lines().nth(1) == Some(MARK) {
        let command = text.lines().find_map(|line| line.strip_suffix(" </dev/null || exit $?"));
        return Ok(match command.filter(|command| script(name, command) == text) {
            Some(command) => Found::Ours(command.to_owned()),
            None => Found::Unknown("dataward wrote it, and it was changed by hand"),
        });
    }
    if text.contains(MARK) {
        return Ok(Found::Unknown("it holds a part that dataward wrote"));
    }
    // Such a hook asks for the name that it is called by, so it would do something else under another one.
    if slashed(directory).ends_with(b".husky/_") || text.contains("basename") {
        return Ok(Found::Unknown(
            "it depends on its own name; call `check-database-files --staged` from it",
        ));
    }
    if directory.join(format!("{name}{BEFORE}")).symlink_metadata().is_ok() {
        return Ok(Found::Unknown("a hook from before dataward is kept beside it already"));
    }
    Ok(Found::Other)
}

/// Looks at all hooks before it changes one, so that a refusal leaves everything as it is.
fn survey(directory: &Path) -> Result<Vec<(&'static str, Found)>> {
    let found: Vec<_> =
        HOOKS.iter().map(|name| Ok((*name, look(directory, name)?))).collect::<Result<_>>()?;
    for (name, found) in &found {
        if let Found::Unknown(why) = found {
            bail!("{} is left alone, and nothing was changed: {why}", shown(&directory.join(name)));
        }
    }
    Ok(found)
}

pub(super) fn install(directory: &Path, command: &str) -> Result<String> {
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", shown(directory)))?;
    let mut said = String::new();
    for (name, found) in survey(directory)? {
        let path = directory.join(name);
        let text = script(name, command);
        let how = match &found {
            Found::Ours(known) if known == command => "was installed already",
            Found::Ours(_) => "is brought up to date",
            Found::Other => "runs dataward first, then the hook that was there",
            Found::Nothing | Found::Unknown(_) => "runs dataward",
        };
        if !matches!(&found, Found::Ours(known) if known == command) {
            put(&path, &text, matches!(found, Found::Other))?;
        }
        let _ = writeln!(said, "success: {} {how}", shown(&path));
    }
    said += "hint: cherry-pick, rebase and revert run none of these hooks; a check in CI sees their commits\n";
    Ok(said)
}

/// Writes a hook in one step, after the one that is there has got another name.
fn put(path: &Path, text: &str, is_taken: bool) -> Result<()> {
    let new = beside(path, ".dataward-new");
    let failed = || format!("cannot write {}", shown(path));
    fs::write(&new, text).with_context(failed)?;
    make_executable(&new).with_context(failed)?;
    if is_taken {
        fs::rename(path, beside(path, BEFORE)).with_context(failed)?;
    }
    fs::rename(&new, path).with_context(failed)
}

fn uninstall(directory: &Path) -> Result<String> {
    let mut said = String::new();
    for (name, found) in survey_ours(directory)? {
        let path = directory.join(name);
        let before = beside(&path, BEFORE);
        let failed = || format!("cannot take out {}", shown(&path));
        let how = match found {
            Found::Ours(_) if before.symlink_metadata().is_ok() => {
                fs::rename(&before, &path).with_context(failed)?;
                "is the hook again that was there before dataward"
            }
            Found::Ours(_) => {
                fs::remove_file(&path).with_context(failed)?;
                "is taken out"
            }
            Found::Nothing => "was not installed",
            Found::Other | Found::Unknown(_) => "is left alone: dataward did not write it",
        };
        let _ = writeln!(said, "success: {} {how}", shown(&path));
    }
    Ok(said)
}

/// As [`survey`], but hooks of others do not stand in the way: they are left alone.
fn survey_ours(directory: &Path) -> Result<Vec<(&'static str, Found)>> {
    let found: Vec<_> =
        HOOKS.iter().map(|name| Ok((*name, look(directory, name)?))).collect::<Result<_>>()?;
    for (name, found) in &found {
        let path = directory.join(name);
        if let Found::Unknown(why) = found
            && fs::read(&path).is_ok_and(|bytes| bytes.contains_str(MARK))
        {
            bail!(
                "{} is left alone, and nothing was changed: {why}; take it out by hand",
                shown(&path)
            );
        }
    }
    Ok(found)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

fn shown(path: &Path) -> String {
    text::clean(slashed(path))
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}
