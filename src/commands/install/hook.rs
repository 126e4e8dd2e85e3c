//! Hooks as files: what is at their place, how one is written in one step, and how it is taken out again.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use bstr::ByteSlice;

use super::script::{self, BEFORE, LEGACY};
use super::shown;

/// Bytes of a hook that are looked at.
const LONGEST: u64 = 1 << 20;

/// Programs that look after hooks themselves: a word in theirs, what they do, and where to name ours instead.
const MANAGED: &[(&str, &str, &str)] = &[
    ("call_lefthook", "lefthook writes it anew", "lefthook.yml"),
    ("OVERCOMMIT_", "overcommit goes by its name", ".overcommit.yml"),
];

/// How a hook says that it asks for its own name: both words in one line.
const OWN_NAME: &[(&str, &str)] =
    &[("basename", "$0"), ("basename", "argv"), ("basename", "BASH_SOURCE"), ("${0##", "/}")];

/// A hook that may be written.
pub(in crate::commands) struct Wanted {
    /// The name of its file.
    pub(in crate::commands) name: &'static str,
    /// What one calls from a hook of one's own to the same end.
    pub(in crate::commands) calls: &'static str,
    /// Whether a hook that is there already runs after it. It does not where each file of a directory runs.
    pub(in crate::commands) is_chained: bool,
    /// None where it can only be taken out.
    pub(in crate::commands) bytes: Option<Vec<u8>>,
}

/// A hook of git: where it is, and what is there.
struct Hook<'a> {
    wanted: &'a Wanted,
    /// The place that git runs, or the one to which pre-commit or prek moved ours.
    path: PathBuf,
    /// Where the hook is kept that was there before.
    before: PathBuf,
    is_kept: bool,
    found: Found,
}

/// What is at the place of a hook.
#[derive(Debug)]
pub(in crate::commands) enum Found {
    Nothing,
    /// A hook of ours, byte for byte as some dataward wrote it.
    Ours(Vec<u8>),
    /// One that dataward did not write, and that can run under another name.
    Other,
    /// One that dataward did not write and cannot run, and why.
    Foreign(String),
    /// One that dataward wrote in part.
    Changed,
}

/// Looks at all hooks before one is changed, so that a refusal leaves everything as it is.
fn survey<'a>(
    directory: &Path,
    wanted: impl IntoIterator<Item = &'a Wanted>,
) -> Result<Vec<Hook<'a>>> {
    let hook = |wanted: &'a Wanted| {
        let Wanted { name, calls, .. } = wanted;
        let (path, before) = (directory.join(name), directory.join(format!("{name}{BEFORE}")));
        let legacy = directory.join(format!("{name}{LEGACY}"));
        let is_kept = wanted.is_chained && is_there(&before)?;
        let foreign = |why: &str| Found::Foreign(why.to_owned());
        let hook = |path, found| Hook { wanted, path, before, is_kept, found };
        Ok(match (look(&path, calls)?, look(&legacy, calls)?) {
            (Found::Other, _) if !wanted.is_chained => {
                hook(path, foreign("dataward did not write it; move it away"))
            }
            (Found::Other, found @ (Found::Ours(_) | Found::Changed)) => hook(legacy, found),
            (Found::Other, _) if is_kept => hook(
                path,
                foreign(
                    "a hook from before dataward is kept beside it already; move one of the two away",
                ),
            ),
            (found, _) => hook(path, found),
        })
    };
    wanted.into_iter().map(hook).collect()
}

/// What is at this place. `calls` is what a hook that cannot run under another name may call itself.
pub(in crate::commands) fn look(path: &Path, calls: &str) -> Result<Found> {
    if !is_there(path)? {
        return Ok(Found::Nothing);
    }
    let foreign = |why: &str| Ok(Found::Foreign(why.to_owned()));
    // What a symbolic link leads to is what git would run.
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) => return foreign("it is no regular file; move it away"),
        Err(_) => return foreign("it is a symbolic link that leads nowhere; remove it"),
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes));
    if read.is_err() {
        return foreign("it cannot be read");
    }
    if let Some(is_whole) = script::is_whole(&bytes) {
        let is_ours = is_whole && !path.is_symlink();
        return Ok(if is_ours { Found::Ours(bytes) } else { Found::Changed });
    }
    if let Some((_, why, file)) = MANAGED.iter().find(|(word, ..)| bytes.contains_str(word)) {
        return Ok(Found::Foreign(format!("{why}; add {calls} to {file}")));
    }
    let asks = |line: &[u8]| {
        OWN_NAME.iter().any(|(one, other)| line.contains_str(one) && line.contains_str(other))
    };
    if bytes.lines().any(asks) {
        return Ok(Found::Foreign(format!("it goes by its own name; call {calls} from it")));
    }
    Ok(Found::Other)
}

/// Writes the hooks into this directory, which is made where it is not there; what was done, a line each.
///
/// # Errors
///
/// When one of them cannot be written, or there is a hook that cannot run after it: then nothing was changed.
pub(super) fn install(directory: &Path, wanted: &[Wanted]) -> Result<String> {
    if directory.exists() && !directory.is_dir() {
        bail!(
            "{} is no directory, so git runs no hooks: see git config --show-origin core.hooksPath",
            shown(directory)
        );
    }
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", shown(directory)))?;
    let hooks = survey(directory, wanted.iter().filter(|it| it.bytes.is_some()))?;
    for Hook { path, found, .. } in &hooks {
        if let Found::Foreign(why) = found {
            bail!("{} is left alone, and nothing was changed: {why}", shown(path));
        }
        refuse_changed(path, found)?;
    }
    let mut said = String::new();
    for hook in &hooks {
        let Some(bytes) = &hook.wanted.bytes else { continue };
        let is_same = matches!(&hook.found, Found::Ours(known) if known == bytes);
        let how = match &hook.found {
            Found::Ours(_) if is_same => "was installed already",
            Found::Ours(_) => "is brought up to date",
            Found::Other => "runs dataward first, then the hook that was there",
            _ if hook.is_kept => "runs dataward first, then the hook that was kept",
            _ => "runs dataward",
        };
        if !is_same {
            put(hook, bytes).with_context(|| format!("cannot write {}", shown(&hook.path)))?;
        }
        let _ = writeln!(said, "success: {} {how}", shown(&hook.path));
    }
    Ok(said)
}

/// Takes the hooks out again, and puts back what was there before; what was done, a line each.
///
/// # Errors
///
/// When one of them was changed by hand: then nothing was changed. When one of them cannot be taken out.
pub(super) fn uninstall(directory: &Path, wanted: &[Wanted]) -> Result<String> {
    let hooks = survey(directory, wanted)?;
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

/// Whether there is anything at this path; an error where that cannot be told.
fn is_there(path: &Path) -> Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(false)
        }
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", shown(path))),
    }
}

/// Writes a hook in one step, after the one that is there has got another name.
fn put(hook: &Hook<'_>, bytes: &[u8]) -> std::io::Result<()> {
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

fn refuse_changed(path: &Path, found: &Found) -> Result<()> {
    if matches!(found, Found::Changed) {
        bail!(
            "{} is left alone, and nothing was changed: dataward wrote a part of it, and somebody else the rest; take that part out by hand",
            shown(path)
        );
    }
    Ok(())
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
