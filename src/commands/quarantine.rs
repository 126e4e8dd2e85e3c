//! `dataward quarantine`: puts a dangerous script away, so that nobody runs it by mistake, and writes down why.

use std::cmp::Reverse;
use std::ffi::OsString;
use std::fs::{self, Metadata, Permissions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use bstr::{BStr, BString, ByteSlice};
use clap::Args;

use crate::content::registry::{self, Registry, Row};
use crate::content::script::Language;
use crate::content::{Answer, Depth, quarantine, script};
use crate::policy::{Date, Policy};
use crate::run::{self, Judging, Place};
use crate::snapshot::Origin;
use crate::source::Source;
use crate::text;

/// Put a dangerous script away, and write down why
#[derive(Debug, Args)]
pub(super) struct Quarantine {
    /// The script: a file on disk, tracked or not
    #[arg(value_name = "FILE")]
    file: OsString,
    /// Why it is put away; needed where nothing is found that it destroys unguarded
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// What to do instead of running it
    #[arg(long, value_name = "TEXT")]
    alternative: Option<String>,
    /// The date of its row in the registry [default: today, in UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

/// Where a script is, and where it goes.
struct Way {
    /// Its path from the top of the repository, and that which it gets.
    from: BString,
    to: BString,
    on_disk: PathBuf,
    to_on_disk: PathBuf,
    permissions: Permissions,
    /// Whether it has more names on disk, as hard links are.
    has_other_names: bool,
    is_tracked: bool,
    /// Whether git ignores files of its new name, or the registry, and so has to be forced to add them.
    is_ignored: bool,
}

impl Quarantine {
    pub(super) fn run(&self) -> Result<bool> {
        let place = Place::here()?;
        let repository = place.repository()?;
        let top = repository.work_tree("scripts are put away in a clone")?;
        let shown = text::clean(self.file.as_encoded_bytes());
        let failed = || format!("cannot put {shown} away");
        let policy = place.policy(&Judging::default())?;
        let way = self.way(&place, top, &policy).with_context(failed)?;
        let bytes = fs::read(&way.on_disk).context("it cannot be read").with_context(failed)?;
        if Language::of(way.from.as_bstr(), &bytes).is_some_and(Language::is_of_project) {
            return Err(anyhow!(
                "other things of the project are in it, which would stop with it: take what is dangerous out of it"
            )
            .context(failed()));
        }
        let row = self.row(&way, &bytes).with_context(failed)?;

        let file = top.join(registry::NAME);
        let before = text_of(&file)?;
        let row_of = |text: &str| Registry::read(text.as_bytes()).row(way.to.as_bstr()).cloned();
        if let Some(row) = row_of(&before) {
            let name = registry::NAME;
            bail!("{name} has a row for it already, on line {}: take that out first", row.line);
        }
        let after = registry::with_row(&before, &row);
        if row_of(&after).is_none() {
            bail!("{} has no place for its row: mend its table first", registry::NAME);
        }
        if after.len() as u64 > registry::MAX_SIZE {
            bail!("{} would be larger than 1 MiB with its row", registry::NAME);
        }
        way.go().with_context(failed)?;
        if let Err(error) = write(top, &file, &after) {
            // Without a row it would look put away, and not count as that.
            way.go_back().with_context(|| {
                format!("{} could not be written, and {shown} not put back", registry::NAME)
            })?;
            return Err(error);
        }
        run::tell(&self.said(&way, repository.prefix()))?;
        if before.is_empty() {
            run::tell(&merged(repository.prefix()))?;
        }
        Ok(true)
    }

    /// Where the script is and where it goes, once nothing speaks against that.
    fn way(&self, place: &Place, top: &Path, policy: &Policy) -> Result<Way> {
        let source = Source::Files(vec![self.file.clone()]);
        let snapshot = place.snapshot(&source, Depth::Deep, policy)?;
        let file = snapshot.files.first().context("it is a submodule")?;
        let origin = file.origins.first();
        if matches!(origin, Some(Origin::Disk) | None) {
            bail!("it is outside of this repository");
        }
        let from = file.path.clone();
        let is_in_git = from.split_str("/").any(|it| it.eq_ignore_ascii_case(b".git"));
        if is_in_git || from == registry::NAME {
            bail!("it is no script of this repository");
        }
        if quarantine::before(from.as_bstr()).is_some() {
            bail!("its name says that it was put away already");
        }
        let to = quarantine::put_away(from.as_bstr());
        let on_disk = top.join(from.to_path().context("its path is none on this system")?);
        let to_on_disk = top.join(to.to_path().context("its path is none on this system")?);
        let found = script_at(&on_disk, snapshot.limits.file_size)?;
        if let Some(inner) = repository_within(top, &on_disk) {
            bail!(
                "it is in a repository of its own, {}: put it away from there",
                text::clean(inner.as_os_str().as_encoded_bytes())
            );
        }
        // A directory on the way may be a link.
        let directory = on_disk.parent().context("it has no directory")?;
        let directory = directory.canonicalize().context("its directory cannot be read")?;
        if !directory.starts_with(top.canonicalize().context("cannot read the work tree")?) {
            bail!("it is outside of this repository");
        }
        if to_on_disk.symlink_metadata().is_ok() {
            bail!("{} is there already", text::clean(&to));
        }
        let is_tracked = !matches!(origin, Some(Origin::Untracked));
        let is_ignored =
            [to.as_bstr(), registry::NAME.into()].into_iter().any(|it| snapshot.is_ignored(it));
        Ok(Way {
            from,
            to,
            on_disk,
            to_on_disk,
            permissions: found.permissions(),
            has_other_names: has_other_names(&found),
            is_tracked,
            is_ignored,
        })
    }

    /// Its row in the registry.
    fn row(&self, way: &Way, bytes: &[u8]) -> Result<Row> {
        let script = match script::read(way.from.as_bstr(), bytes) {
            Answer::Yes(script) => Some(script),
            Answer::No | Answer::Unreadable(_) => None,
        };
        let operations = script.as_ref().map_or(&[][..], |it| &it.operations);
        let gravest = operations.iter().max_by_key(|it| (it.kind.weight, Reverse(it.line)));
        let reason = self.reason.as_deref().map(str::trim).filter(|it| !it.is_empty());
        let is_unguarded = operations.iter().any(|it| !it.is_guarded());
        let why = reason.or(is_unguarded.then_some("nothing stops whoever runs it by mistake"));
        let why = why.context(
            "nothing is found in it that destroys data unguarded: say with --reason why it is put away",
        )?;
        let operation = gravest.map_or_else(String::new, |it| match operations.len() - 1 {
            0 => it.name.clone(),
            n => format!("{} and {n} more", it.name),
        });
        Ok(Row {
            line: 0,
            file: way.to.clone(),
            was: way.from.clone(),
            operation,
            scope: gravest.map_or_else(String::new, |it| it.scope.word().to_owned()),
            why: why.to_owned(),
            alternative: self.alternative.clone().unwrap_or_default(),
            sha256: registry::digest(bytes),
            since: self.date.map_or_else(run::today, Ok)?.to_string(),
        })
    }

    /// What was done, and what to do next.
    fn said(&self, way: &Way, prefix: &BStr) -> String {
        let spec = |path: &BStr| match prefix.is_empty() {
            true => text::pathspec(path),
            false => text::quoted([b":(top,literal)", path.as_bytes()].concat().as_bstr()),
        };
        let (from, to) = (way.from.as_bstr(), way.to.as_bstr());
        let name = registry::NAME;
        let mut said = format!("success: put {} away as {}\n", text::clean(from), text::clean(to));
        if self.alternative.as_deref().is_none_or(|it| it.trim().is_empty()) {
            said +=
                &format!("hint: write into its row in {name} what to do instead of running it\n");
        }
        if way.has_other_names {
            said += "warning: it has other names on this disk, hard links, by which it is still there and can no longer be run\n";
        }
        let force = if way.is_ignored { "--force " } else { "" };
        said += &format!("hint: stage it: git add {force}-- {} {}", spec(to), spec(name.into()));
        if way.is_tracked {
            said += &format!(" && git rm --cached --quiet -- {}", spec(from));
        }
        said + "\n"
    }
}

/// How branches that each add a row are merged: git takes two lines at one place for a conflict.
fn merged(prefix: &BStr) -> String {
    let up = "../".repeat(prefix.find_iter(b"/").count());
    format!(
        "hint: let merges keep the rows of both sides: (echo; echo '/{} merge=union') >> {up}.gitattributes\n",
        registry::NAME
    )
}

/// What a disk says of the script at a path, unless it is none, or larger than what its digest would be asked of later.
fn script_at(path: &Path, bound: u64) -> Result<Metadata> {
    match path.symlink_metadata() {
        Ok(found) if found.is_symlink() => bail!("it is a symbolic link"),
        Ok(found) if found.is_dir() => bail!("it is a directory: name the scripts in it"),
        Ok(found) if !found.is_file() => bail!("it is no regular file"),
        Ok(found) if found.len() > bound => {
            bail!(
                "it has {} bytes, over the limit of {bound} (setting limits.file_size)",
                found.len()
            )
        }
        Ok(found) => Ok(found),
        Err(error) => Err(error).context("it is not on disk"),
    }
}

#[cfg(unix)]
fn has_other_names(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    // Nothing is taken from them there.
    false
}

/// The directory between the top and a file that is a repository of its own, as a submodule is.
fn repository_within<'a>(top: &Path, file: &'a Path) -> Option<&'a Path> {
    let directories = file.ancestors().skip(1).take_while(|it| *it != top);
    directories.filter(|it| it.join(".git").symlink_metadata().is_ok()).last()
}

impl Way {
    /// Gives the script its name, over nothing that is there, and takes its permission to be run.
    fn go(&self) -> Result<()> {
        if let Err(error) = move_to(&self.on_disk, &self.to_on_disk) {
            return Err(error).context("it cannot be renamed");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = self.permissions.mode() & !0o111;
            if let Err(error) = fs::set_permissions(&self.to_on_disk, Permissions::from_mode(mode))
            {
                let _ = move_to(&self.to_on_disk, &self.on_disk);
                return Err(error).context("its permission to be run cannot be taken");
            }
        }
        Ok(())
    }

    fn go_back(&self) -> std::io::Result<()> {
        move_to(&self.to_on_disk, &self.on_disk)?;
        fs::set_permissions(&self.on_disk, self.permissions.clone())
    }
}

/// Renames a file. A new link fails where something is there, which a renaming would write over.
fn move_to(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from).inspect_err(|_| {
            let _ = fs::remove_file(to);
        }),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Not every disk has links.
        Err(_) if to.symlink_metadata().is_err() => fs::rename(from, to),
        Err(error) => Err(error),
    }
}

/// The registry as it is; nothing where there is none.
fn text_of(file: &Path) -> Result<String> {
    let name = registry::NAME;
    match file.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot look at {name}")),
        Ok(found) if !found.is_file() => bail!("{name} is no regular file"),
        Ok(found) if found.len() > registry::MAX_SIZE => bail!("{name} is larger than 1 MiB"),
        Ok(_) => {}
    }
    fs::read_to_string(file).with_context(|| format!("cannot read {name} as UTF-8"))
}

/// Writes the registry, the whole of it or nothing.
fn write(top: &Path, file: &Path, text: &str) -> Result<()> {
    let failed = || format!("cannot write {}", registry::NAME);
    let mut builder = tempfile::Builder::new();
    builder.prefix(registry::NAME);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the umask leaves of it, as of any file.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut written = builder.tempfile_in(top).with_context(failed)?;
    written.write_all(text.as_bytes()).with_context(failed)?;
    written.persist(file).with_context(failed)?;
    Ok(())
}
