//! A range of commits: the files that each commit of it adds or changes, merges against all their parents.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use bstr::ByteSlice;

use super::extent::Extent;
use super::git::Git;
use super::repository::Repository;
use super::room::Room;
use super::tree;
use crate::snapshot::{Bytes, File, Mode, Origin, Place};

/// The files of every commit that `to` has and `from` has not.
///
/// An id of zeros is what git says for a ref that is not there: from nothing means all of `to`, to nothing means no commit.
pub(super) fn files(repository: &Repository, from: &str, to: &str) -> Result<Vec<File>> {
    let git = repository.git()?;
    if is_null(to) {
        return Ok(Vec::new());
    }
    // A tag may stand for a tree or a blob, and then there are no commits to walk.
    if git.id(&format!("{to}^{{commit}}"))?.is_none() && is_named(&git, to)? {
        return tree::files(repository, to);
    }
    let to = commit(&git, to)?;
    let mut arguments =
        vec!["rev-list".to_owned(), "--topo-order".to_owned(), "--parents".to_owned(), to.clone()];
    if !is_null(from) {
        arguments.push(format!("^{}", commit(&git, from)?));
    }
    let listed = git.bytes(arguments).context("cannot walk the commits of the range")?;
    let mut commits = Commits::of(&git, &listed)?;
    let is_ancestor = |of: &str| git.output(["merge-base", "--is-ancestor", &to, of]);
    if repository.top().is_none() || !is_ancestor("HEAD")?.status.success() {
        commits.places.values_mut().for_each(|place| *place = Place::Elsewhere);
    }
    complete(&git, &commits)?;
    bounded(repository, &listed)?;
    let mut input = Vec::with_capacity(listed.len());
    for id in &commits.ids {
        input.extend_from_slice(id.as_bytes());
        input.push(b'\n');
    }
    let mut collection = Collection::of(&commits);
    git.each(["diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "--no-renames", "--no-abbrev", "-z"], input, |it| collection.take(it))
        .context("cannot compare the commits of the range with their parents (is this a partial clone without trees?)")?;
    Ok(collection.files())
}

/// Fails where a commit of lines of an id and the ids of its parents changes more paths than there is room for.
fn bounded(repository: &Repository, listed: &[u8]) -> Result<()> {
    let objects = repository.objects()?;
    let mut extent = Extent::of(&objects);
    for line in listed.lines().filter_map(|line| line.to_str().ok()) {
        let mut ids = line.split(' ');
        let id = ids.next().unwrap_or_default();
        let parents: Vec<&str> = ids.collect();
        // git compares a merge with each of its parents.
        let room = Room::new();
        let left = room.files();
        let paths = match parents.is_empty() {
            true => extent.paths(id, None, left),
            false => parents.iter().map(|it| extent.paths(id, Some(it), left)).max().unwrap_or(0),
        };
        room.check(paths).with_context(|| format!("commit {id}"))?;
    }
    Ok(())
}

/// Whether a name stands for a tree or a blob.
fn is_named(git: &Git, name: &str) -> Result<bool> {
    Ok(git.id(&format!("{name}^{{tree}}"))?.is_some()
        || git.id(&format!("{name}^{{blob}}"))?.is_some())
}

fn is_null(id: &str) -> bool {
    id.len() >= 40 && id.bytes().all(|byte| byte == b'0')
}

/// The full id of the commit that this names.
fn commit(git: &Git, name: &str) -> Result<String> {
    if let Some(id) = git.id(&format!("{name}^{{commit}}"))? {
        return Ok(id);
    }
    bail!("there is no commit {name:?} in this repository: {}", git.why_lacking()?);
}

/// The commits of a range, in the order in which git lists them.
struct Commits {
    ids: Vec<String>,
    places: HashMap<String, Place>,
}

impl Commits {
    /// Reads lines of an id and the ids of its parents.
    fn of(git: &Git, listed: &[u8]) -> Result<Commits> {
        let head = git.id("HEAD")?.unwrap_or_default();
        let mut commits = Commits { ids: Vec::new(), places: HashMap::new() };
        for line in listed.lines() {
            let line = line.to_str().context("git lists commits in an unknown way")?;
            let mut ids = line.split(' ');
            let id = ids.next().unwrap_or_default().to_owned();
            let place = match ids.count() {
                _ if id == head => Place::Head,
                0 => Place::Root,
                1 => Place::Older,
                _ => Place::Merge,
            };
            commits.places.insert(id.clone(), place);
            commits.ids.push(id);
        }
        Ok(commits)
    }
}

/// Fails where a shallow clone cuts the range off: what lies beyond would go unseen, and what it cuts at would look new.
fn complete(git: &Git, commits: &Commits) -> Result<()> {
    if git.text(["rev-parse", "--is-shallow-repository"])? != "true" {
        return Ok(());
    }
    let path = git.text(["rev-parse", "--git-path", "shallow"])?;
    let text = git.read(&path).context("cannot read where this shallow clone ends")?;
    match text
        .lines()
        .filter_map(|line| line.to_str().ok())
        .find(|id| commits.places.contains_key(*id))
    {
        Some(id) => bail!(
            "this clone is shallow and ends at commit {} within the range: fetch more of it (git fetch --unshallow; in CI: fetch-depth: 0)",
            &id[..id.len().min(12)]
        ),
        None => Ok(()),
    }
}

/// Reads what `git diff-tree --stdin --raw -z -c` prints: an id of a commit, then the entries in which it differs from all its parents.
struct Collection<'a> {
    commits: &'a Commits,
    /// A file for each commit that brings it, numbered in the order of git.
    files: Vec<(usize, File)>,
    room: Room,
    /// The commit whose entries follow.
    current: Option<(String, Place)>,
    /// An entry whose path follows.
    entry: Option<Vec<u8>>,
}

impl Collection<'_> {
    fn of(commits: &Commits) -> Collection<'_> {
        Collection { commits, files: Vec::new(), room: Room::new(), current: None, entry: None }
    }

    /// Takes the next field.
    fn take(&mut self, field: &[u8]) -> Result<()> {
        if let Some(entry) = self.entry.take() {
            return self.changed(&entry, field);
        }
        if field.starts_with(b":") {
            self.entry = Some(field.to_owned());
            return Ok(());
        }
        let id = field.trim().to_str().context("git compares commits in an unknown way")?;
        let place = self.commits.places.get(id);
        let place = place.context("git compares a commit that it was not asked for")?;
        self.current = Some((id.to_owned(), *place));
        Ok(())
    }

    fn changed(&mut self, entry: &[u8], path: &[u8]) -> Result<()> {
        let current = self.current.as_ref();
        let (id, place) = current.context("git compares commits in an unknown way")?;
        let Some((mode, blob, before)) = blobs(entry) else { return Ok(()) };
        self.room.take(path.as_bstr())?;
        let origins = vec![Origin::Commit { id: id.clone(), place: *place }];
        let file = File { path: path.into(), bytes: Bytes::Blob(blob), mode, before, origins };
        self.files.push((self.files.len(), file));
        Ok(())
    }

    /// Each path with a blob once.
    fn files(self) -> Vec<File> {
        let mut files = self.files;
        files.sort_by(|(_, one), (_, other)| {
            one.path.cmp(&other.path).then_with(|| one.blob().cmp(&other.blob()))
        });
        files.dedup_by(|(_, next), (_, kept)| {
            let is_same = next.path == kept.path && next.bytes == kept.bytes;
            if is_same && next.origins.first() != kept.origins.last() {
                kept.origins.append(&mut next.origins);
            }
            if is_same {
                kept.mode = kept.mode.max(next.mode);
            }
            is_same
        });
        files.sort_by_key(|(number, _)| *number);
        let mut files: Vec<File> = files.into_iter().map(|(_, file)| file).collect();
        // The oldest commit that brought a file is the one to mend.
        for file in &mut files {
            file.origins.reverse();
        }
        files
    }
}

/// The mode and the blob that a raw entry arrives at, and the one that it had in the first parent: `:100644 100644 id id M`, with a colon, a mode and
/// an id more for each further parent. None where no blob arrives: a deletion or a submodule.
fn blobs(entry: &[u8]) -> Option<(Mode, String, Option<String>)> {
    let parents = entry.iter().take_while(|byte| **byte == b':').count();
    let words: Vec<&str> = entry[parents..].to_str().ok()?.split(' ').collect();
    let mode = *words.get(parents)?;
    let arrives = mode.starts_with("10") || mode.starts_with("12");
    let first = *words.get(parents + 1)?;
    let before = (words.first()?.starts_with('1') && !is_null(first)).then(|| first.to_owned());
    let blob = words.get(2 * parents + 1)?;
    (arrives && !is_null(blob))
        .then(|| (Mode::of_octal(mode.as_bytes()), (*blob).to_owned(), before))
}
