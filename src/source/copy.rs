//! A copy of what git tracks, as the index has it, in a directory of its own. The index and the work tree are only read.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context, Result, bail};
use bstr::{BStr, BString, ByteSlice};

use super::git::Git;
use super::repository::{Repository, slashed};
use super::room::Room;
use crate::content::{Depth, Limits};
use crate::snapshot::{Bytes, File, Mode, Origin, Snapshot};

/// What git lists of a symbolic link.
const LINK: &[u8] = b"120000";

/// What git lists of a submodule.
const SUBMODULE: &[u8] = b"160000";

/// The files that git tracks, as the index has them, by their path from the top of the repository.
pub(crate) struct Tracked<'a> {
    repository: &'a Repository,
    git: Git,
    entries: BTreeMap<BString, Entry>,
}

/// An entry of the index.
struct Entry {
    mode: BString,
    id: String,
}

impl<'a> Tracked<'a> {
    /// Those of this repository.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or a merge in it is not resolved.
    pub(crate) fn of(repository: &'a Repository) -> Result<Tracked<'a>> {
        repository.needs_index()?;
        let git = repository.git()?;
        let (mut entries, mut room) = (BTreeMap::new(), Room::new());
        let arguments = ["ls-files", "-z", "--stage", "--full-name", "--", ":/"];
        git.each(arguments, Vec::new(), |entry| {
            const UNKNOWN: &str = "git lists its index in an unknown way";
            let (about, path) = entry.split_once_str(b"\t").context(UNKNOWN)?;
            let mut words = about.split_str(b" ");
            let (mode, id) = words.next().zip(words.next()).context(UNKNOWN)?;
            if words.next() != Some(b"0") {
                bail!("the index has a merge that is not resolved: resolve it, or give it up");
            }
            room.take(path.as_bstr())?;
            let id = id.to_str_lossy().into_owned();
            entries.insert(path.into(), Entry { mode: mode.into(), id });
            Ok(())
        })
        .context("cannot list the index")?;
        Ok(Tracked { repository, git, entries })
    }

    /// Whether a path is tracked.
    pub(crate) fn has(&self, path: &BStr) -> bool {
        self.entries.contains_key(path)
    }

    /// Whether what is tracked at a path is a symbolic link.
    pub(crate) fn is_link(&self, path: &BStr) -> bool {
        self.entries.get(path).is_some_and(|it| it.mode == LINK)
    }

    /// What is tracked at these paths, as a hook looks at it. Paths that have no bytes of their own are left out.
    pub(crate) fn snapshot(&self, paths: &[&BStr], limits: Limits) -> Result<Snapshot> {
        let files = paths.iter().filter_map(|path| {
            let entry =
                self.entries.get(*path).filter(|it| it.mode != LINK && it.mode != SUBMODULE)?;
            Some(File {
                path: (*path).to_owned(),
                bytes: Bytes::Blob(entry.id.clone()),
                mode: Mode::of_octal(&entry.mode),
                before: Some(entry.id.clone()),
                origins: vec![Origin::Index],
            })
        });
        let index = Some(self.repository.index()?);
        super::snapshot(Some(self.repository), index, files.collect(), Depth::Deep, limits)
    }

    /// Writes what is tracked into this empty directory, as a checkout does, but for these paths and for submodules.
    pub(crate) fn copy(&self, to: &Path, without: &BTreeSet<BString>) -> Result<()> {
        let up = self.repository.up();
        let mut list = Vec::new();
        for (path, entry) in &self.entries {
            if entry.mode != SUBMODULE && !without.contains(path) {
                list.extend_from_slice(up.as_bytes());
                list.extend_from_slice(path);
                list.push(0);
            }
        }
        let prefix = [b"--prefix=".as_slice(), &slashed(to), b"/"].concat();
        let prefix = prefix.to_os_str().context("git cannot be told where to write")?;
        // Since 2.36 git leaves out what a sparse checkout leaves out, unless it is told not to.
        let usage = self.git.output(["checkout-index", "-h"])?;
        let knows = |it: &[u8]| it.contains_str("ignore-skip-worktree-bits");
        let whole =
            (knows(&usage.stdout) || knows(&usage.stderr)).then_some("--ignore-skip-worktree-bits");
        let arguments = ["checkout-index", "-z", "--stdin"].into_iter().chain(whole);
        self.git
            .each(arguments.map(OsStr::new).chain([prefix]), list, |_| Ok(()))
            .context("cannot copy what git tracks")?;
        Ok(())
    }
}
