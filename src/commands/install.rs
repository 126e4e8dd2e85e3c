//! `dataward install`: native git hooks that run dataward first, and the hook that was there before after it.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use bstr::{BString, ByteSlice};
use clap::Args;
use sha2::{Digest, Sha256};

use crate::run::{self, Place};
use crate::source::slashed;
use crate::text;

/// The hooks that git runs before a commit comes into being: an ordinary one, a merge, a patch of `git am`.
const HOOKS: &[&str] = &["pre-commit", "pre-merge-commit", "pre-applypatch"];

/// The programs that such a hook runs.
const CHECKS: &[&str] = &["check-database-files", "check-dangerous-scripts"];

/// What to do where one of them is gone.
const GONE: &str = "hint: run dataward install again, or: dataward install --uninstall";

/// The second line of a hook of ours. The third holds a digest of the rest, which tells whether it was changed by hand.
const MARK: &str = "# Written by `dataward install`. To take it out: dataward install --uninstall";

/// What a hook that was there before is called from then on: the name of the hook and this.
const BEFORE: &str = ".before-dataward";

/// What `pre-commit install` and `prek install` call the hook that they find, which theirs runs first.
const LEGACY: &str = ".legacy";

/// Hooks that do something else under another name, or that are written anew at any time: words in them, and what to do.
const MANAGED: &[(&str, &str)] = &[
    (
        "call_lefthook",
        "lefthook writes it anew; add `check-database-files --staged` and `check-dangerous-scripts --staged` to lefthook.yml",
    ),
    (
        "OVERCOMMIT_",
        "overcommit goes by its name; add `check-database-files --staged` and `check-dangerous-scripts --staged` to .overcommit.yml",
    ),
];

/// How a hook says that it asks for its own name: both words in one line.
const OWN_NAME: &[(&str, &str)] =
    &[("basename", "$0"), ("basename", "argv"), ("basename", "BASH_SOURCE"), ("${0##", "/}")];

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
        let top = repository.work_tree("no commits are made in it")?;
        let (directory, is_own) = repository.hooks()?;
        if !is_own && !self.global {
            bail!(
                "core.hooksPath names {}, which is outside of this repository and may serve others: add --global to write there",
                shown(&directory)
            );
        }
        let mut said = match self.uninstall {
            true => uninstall(&directory)?,
            false => install(&directory, &programs()?)?,
        };
        if !self.uninstall
            && directory.starts_with(top)
            && !directory.starts_with(repository.directory())
        {
            said +=
                "hint: these hooks name a program of this machine, so leave them out of commits\n";
        }
        run::tell(&said)?;
        Ok(true)
    }
}

/// What a hook runs: every program, with the same arguments.
pub(super) struct Programs {
    files: Vec<PathBuf>,
    arguments: &'static str,
}

/// The hooks from beside this program, or what does the same where one of them is missing.
pub(super) fn programs() -> Result<Programs> {
    let dataward = std::env::current_exe().context("cannot tell where dataward itself is")?;
    let beside = |name| dataward.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let files: Vec<PathBuf> = CHECKS.iter().map(beside).collect();
    Ok(match files.iter().all(|file| file.is_file()) {
        true => Programs { files, arguments: "--staged" },
        false => Programs { files: vec![dataward], arguments: "scan --staged" },
    })
}

/// The bytes of a hook. The empty input keeps what git says to the hook for the one that was there before.
fn script(name: &str, programs: &Programs) -> Vec<u8> {
    let mut body = BString::from(format!(
        "# A program, and what is said where it is gone.\n\
         check() {{\n\
         \tcode=0\n\
         \tif [ -x \"$1\" ]; then\n\
         \t\t\"$1\" {} </dev/null || code=$?\n\
         \telse\n\
         \t\tprintf '%s\\n' \"$2\" '{GONE}' >&2\n\
         \t\tcode=2\n\
         \tfi\n\
         \t[ \"$code\" -le \"$worst\" ] || worst=$code\n\
         }}\n\
         # All of them run, so that one sees everything at once.\n\
         checks() {{\n\
         \tworst=0\n",
        programs.arguments
    ));
    for file in &programs.files {
        body.extend_from_slice(b"\tcheck ");
        body.extend(word(&slashed(file)));
        body.push(b' ');
        let gone = format!("error: {} is gone, so this hook blocks", shown(file));
        body.extend(word(gone.as_bytes()));
        body.push(b'\n');
    }
    body.extend_from_slice(
        format!(
            "\t[ \"$worst\" -eq 0 ] || exit \"$worst\"\n\
             }}\n\
             checks\n\
             case $0 in\n\
             */*) before=${{0%/*}}/{name}{BEFORE} ;;\n\
             *) before=./{name}{BEFORE} ;;\n\
             esac\n\
             if [ -x \"$before\" ]; then\n\
             \t\"$before\" \"$@\" || exit $?\n\
             \t# It may have staged more.\n\
             \tchecks\n\
             fi\n"
        )
        .as_bytes(),
    );
    sealed(&body)
}

/// Any bytes as one word of every POSIX shell.
fn word(bytes: &[u8]) -> Vec<u8> {
    [b"'".as_slice(), &bytes.replace("'", r"'\''"), b"'"].concat()
}

/// A hook of ours with this body.
fn sealed(body: &[u8]) -> Vec<u8> {
    let digest: String =
        Sha256::digest(body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    [format!("#!/bin/sh\n{MARK}\n# Digest of the rest: {digest}\n").as_bytes(), body].concat()
}

/// A hook of git: its name, where it is, and what is there.
struct Hook {
    name: &'static str,
    /// The place that git runs, or the one to which pre-commit or prek moved ours.
    path: PathBuf,
    /// Where the hook is kept that was there before.
    before: PathBuf,
    is_kept: bool,
    found: Found,
}

/// What is at the place of a hook.
enum Found {
    Nothing,
    /// A hook of ours, byte for byte as some dataward wrote it.
    Ours(Vec<u8>),
    /// One that dataward did not write, and that can run under another name.
    Other,
    /// One that dataward did not write and cannot run, and why.
    Foreign(&'static str),
    /// One that dataward wrote in part.
    Changed,
}

/// Looks at all hooks before one is changed, so that a refusal leaves everything as it is.
fn survey(directory: &Path) -> Result<Vec<Hook>> {
    let hook = |name: &&'static str| {
        let (path, before) = (directory.join(name), directory.join(format!("{name}{BEFORE}")));
        let legacy = directory.join(format!("{name}{LEGACY}"));
        let is_kept = is_there(&before)?;
        let hook = |path, found| Hook { name, path, before, is_kept, found };
        Ok(match (look(&path)?, look(&legacy)?) {
            (Found::Other, found @ (Found::Ours(_) | Found::Changed)) => hook(legacy, found),
            (Found::Other, _) if is_kept => hook(
                path,
                Found::Foreign(
                    "a hook from before dataward is kept beside it already; move one of the two away",
                ),
            ),
            (found, _) => hook(path, found),
        })
    };
    HOOKS.iter().map(hook).collect()
}

fn look(path: &Path) -> Result<Found> {
    if !is_there(path)? {
        return Ok(Found::Nothing);
    }
    // What a symbolic link leads to is what git would run.
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return Ok(Found::Foreign("it is no regular file; move it away")),
        Err(_) => return Ok(Found::Foreign("it is a symbolic link that leads nowhere; remove it")),
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(1 << 20).read_to_end(&mut bytes));
    if read.is_err() {
        return Ok(Found::Foreign("it cannot be read"));
    }
    if bytes.contains_str(MARK) {
        let body = bytes.splitn_str(4, "\n").nth(3);
        let is_whole = body.is_some_and(|body| sealed(body) == bytes);
        let is_link = path.is_symlink();
        return Ok(if is_whole && !is_link { Found::Ours(bytes) } else { Found::Changed });
    }
    if let Some((_, why)) = MANAGED.iter().find(|(word, _)| bytes.contains_str(word)) {
        return Ok(Found::Foreign(why));
    }
    let asks = |line: &[u8]| {
        OWN_NAME.iter().any(|(one, other)| line.contains_str(one) && line.contains_str(other))
    };
    if bytes.lines().any(asks) {
        return Ok(Found::Foreign(
            "it goes by its own name; call `check-database-files --staged` and `check-dangerous-scripts --staged` from it",
        ));
    }
    Ok(Found::Other)
}

/// Whether there is anything at this path; an error where that cannot be told.
fn is_there(path: &Path) -> Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", shown(path))),
    }
}

pub(super) fn install(directory: &Path, programs: &Programs) -> Result<String> {
    if slashed(directory).ends_with(b"/.husky/_") {
        bail!(
            "husky writes {} anew: add `check-database-files --staged` and `check-dangerous-scripts --staged` to .husky/pre-commit instead",
            shown(directory)
        );
    }
    if directory.exists() && !directory.is_dir() {
        bail!(
            "{} is no directory, so git runs no hooks: see git config --show-origin core.hooksPath",
            shown(directory)
        );
    }
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", shown(directory)))?;
    let hooks = survey(directory)?;
    for Hook { path, found, .. } in &hooks {
        if let Found::Foreign(why) = found {
            bail!("{} is left alone, and nothing was changed: {why}", shown(path));
        }
        refuse_changed(path, found)?;
    }
    let mut said = String::new();
    for hook in hooks {
        let bytes = script(hook.name, programs);
        let how = match &hook.found {
            Found::Ours(known) if *known == bytes => "was installed already",
            Found::Ours(_) => "is brought up to date",
            Found::Other => "runs dataward first, then the hook that was there",
            _ if hook.is_kept => "runs dataward first, then the hook that was kept",
            _ => "runs dataward",
        };
        if !matches!(&hook.found, Found::Ours(known) if *known == bytes) {
            put(&hook, &bytes).with_context(|| format!("cannot write {}", shown(&hook.path)))?;
        }
        let _ = writeln!(said, "success: {} {how}", shown(&hook.path));
    }
    said += "hint: cherry-pick, rebase and revert run none of these hooks; a check in CI sees their commits\n";
    Ok(said)
}

/// Writes a hook in one step, after the one that is there has got another name.
fn put(hook: &Hook, bytes: &[u8]) -> std::io::Result<()> {
    let directory = hook.path.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".dataward-").tempfile_in(directory)?;
    new.write_all(bytes)?;
    make_executable(new.as_file())?;
    let is_taken = matches!(hook.found, Found::Other);
    if is_taken {
        fs::rename(&hook.path, &hook.before)?;
    }
    match new.persist(&hook.path) {
        Ok(_) => Ok(()),
        Err(error) => {
            if is_taken {
                fs::rename(&hook.before, &hook.path)?;
            }
            Err(error.error)
        }
    }
}

fn uninstall(directory: &Path) -> Result<String> {
    let hooks = survey(directory)?;
    for Hook { path, found, .. } in &hooks {
        refuse_changed(path, found)?;
    }
    let mut said = String::new();
    for Hook { path, before, is_kept, found, .. } in hooks {
        let failed = || format!("cannot take out {}", shown(&path));
        let how = match found {
            Found::Ours(_) | Found::Nothing if is_kept => {
                fs::rename(&before, &path).with_context(failed)?;
                "is the hook again that was there before dataward"
            }
            Found::Ours(_) => {
                fs::remove_file(&path).with_context(failed)?;
                "is taken out"
            }
            Found::Nothing => "was not installed",
            _ => "is left alone: dataward did not write it",
        };
        let _ = writeln!(said, "success: {} {how}", shown(&path));
    }
    Ok(said)
}

fn refuse_changed(path: &Path, found: &Found) -> Result<()> {
    if matches!(found, Found::Changed) {
        bail!(
            "{} is left alone, and nothing was changed: dataward wrote a part of it, and somebody else the rest; take that part out by hand",
            shown(path)
        );
    }
    Ok(())
}

fn shown(path: &Path) -> String {
    text::clean(slashed(path))
}

#[cfg(unix)]
fn make_executable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
