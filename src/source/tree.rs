//! Whole trees: that of a revision, or the files on disk that git tracks or would add.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use anyhow::{Context, Result, bail};
use bstr::{BString, ByteSlice};

use super::given;
use super::repository::{self, Repository};
use crate::snapshot::{Bytes, File, Origin};

/// Files in one tree that are looked at: ten times those of the largest repositories known; past it the tree is refused.
const MAX_FILES: usize = 10_000_000;

/// The files of a revision's tree.
pub(super) fn files(repository: &Repository, revision: &str) -> Result<Vec<File>> {
    let git = repository.git()?;
    let tree = git.tree(revision)?;
    let listed = git
        .bytes(["ls-tree", "-r", "-z", "--full-tree", &tree])
        .context("cannot list the tree (is this a partial clone without trees?)")?;
    let mut files = Vec::new();
    for entry in listed.split_str(b"\0").filter(|entry| !entry.is_empty()) {
        if files.len() == MAX_FILES {
            bail!("the tree of {revision:?} has more than {MAX_FILES} files");
        }
        let (about, path) =
            entry.split_once_str(b"\t").context("git lists a tree in an unknown way")?;
        let mut words = about.split_str(b" ").skip(1);
        if words.next() != Some(b"blob".as_slice()) {
            continue;
        }
        let id = words.next().context("git lists a tree in an unknown way")?;
        files.push(File {
            path: path.into(),
            bytes: Bytes::Blob(id.to_str_lossy().into_owned()),
            before: None,
            origins: vec![Origin::Tree { revision: revision.to_owned(), tree: tree.clone() }],
        });
    }
    Ok(files)
}

/// The files on disk that git tracks, or would add: those it ignores are kept out of it already.
pub(super) fn on_disk(repository: &Repository) -> Result<Vec<File>> {
    let top = repository.work_tree("it has no work tree")?;
    let git = repository.git()?;
    let list = |which: &[&str]| -> Result<BTreeSet<BString>> {
        let arguments = [&["ls-files", "-z", "--full-name"], which, &[":/"]].concat();
        let listed = git.output(arguments)?;
        let said = String::from_utf8_lossy(&listed.stderr);
        // git goes on where it may not look, and says so.
        if !listed.status.success() || said.contains("could not open directory") {
            bail!("cannot list the work tree: {}", said.lines().next().unwrap_or("git failed"));
        }
        Ok(listed
            .stdout
            .split_str(b"\0")
            .filter(|path| !path.is_empty())
            .map(BString::from)
            .collect())
    };
    let tracked = list(&["--cached"])?;
    let others = list(&["--others", "--exclude-standard"])?;
    let paths = others.iter().map(|path| (path, Origin::Untracked));
    let paths = tracked.iter().map(|path| (path, Origin::Tracked)).chain(paths);
    let files = paths.filter_map(|(path, origin)| {
        let place = top.join(repository::native(path.as_bstr()));
        // A submodule, a repository within this one, a link, and what is tracked but no longer there have no bytes here.
        let has_none = match place.symlink_metadata() {
            Ok(metadata) => metadata.is_dir() || metadata.is_symlink(),
            Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        };
        (!has_none).then(|| given::on_disk(path.clone(), &place, origin))
    });
    Ok(files.collect())
}
