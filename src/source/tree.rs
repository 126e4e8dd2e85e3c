//! Whole trees: that of a revision, or the files on disk that git tracks or would add.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use anyhow::{Context, Result, bail};
use bstr::{BString, ByteSlice};

use super::given;
use super::repository::{self, Repository};
use super::room::Room;
use crate::snapshot::{Bytes, File, Mode, Origin};

/// The files of a revision's tree; where it names a blob, as a tag may, that blob.
pub(super) fn files(repository: &Repository, revision: &str, room: &mut Room) -> Result<Vec<File>> {
    let git = repository.git()?;
    let Some(tree) = git.id(&format!("{revision}^{{tree}}"))? else {
        let blob = git.id(&format!("{revision}^{{blob}}"))?;
        return Ok(vec![blob_of(revision, blob.ok_or_else(|| git.why_no_tree(revision))?)]);
    };
    let mut files = Vec::new();
    git.each(["ls-tree", "-r", "-z", "--full-tree", &tree], Vec::new(), |entry| {
        let (about, path) =
            entry.split_once_str(b"\t").context("git lists a tree in an unknown way")?;
        let mut words = about.split_str(b" ");
        let mode = Mode::of_octal(words.next().unwrap_or_default());
        if words.next() != Some(b"blob".as_slice()) {
            return Ok(());
        }
        let id = words.next().context("git lists a tree in an unknown way")?;
        room.take(path.as_bstr())?;
        files.push(File {
            path: path.into(),
            bytes: Bytes::Blob(id.to_str_lossy().into_owned()),
            mode,
            before: None,
            origins: vec![Origin::Tree { revision: revision.to_owned(), tree: tree.clone() }],
        });
        Ok(())
    })
    .context("cannot list the tree (is this a partial clone without trees?)")?;
    Ok(files)
}

/// The blob that a name stands for. It has no path, so the name takes its place.
fn blob_of(name: &str, id: String) -> File {
    let origins = vec![Origin::Named { revision: name.to_owned() }];
    File { path: name.into(), bytes: Bytes::Blob(id), mode: Mode::Unknown, before: None, origins }
}

/// The files on disk that git tracks, or would add: those it ignores are kept out of it already.
pub(super) fn on_disk(repository: &Repository) -> Result<Vec<File>> {
    let top = repository.work_tree("it has no work tree")?;
    let git = repository.git()?;
    let mut room = Room::new();
    let mut list = |which: &[&str]| -> Result<BTreeSet<BString>> {
        let arguments = [&["ls-files", "-z", "--full-name"], which, &[":/"]].concat();
        let mut paths = BTreeSet::new();
        let said = git.each(arguments, Vec::new(), |path| {
            room.take(path.as_bstr())?;
            paths.insert(path.into());
            Ok(())
        });
        let said = said.context("cannot list the work tree")?;
        // git goes on where it may not look, and says so.
        if let Some(line) = said.lines().find(|it| it.contains("could not open directory")) {
            bail!("cannot list the work tree: {line}");
        }
        Ok(paths)
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
