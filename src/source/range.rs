//! A range of commits: the files that each commit of it adds or changes, merges against all their parents.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, bail};
use bstr::{BString, ByteSlice};

use super::git::Git;
use super::repository::Repository;
use crate::snapshot::{Bytes, File, Origin, Place};

/// The files of every commit that `to` has and `from` has not.
///
/// An id of zeros is what git says for a ref that is not there: from nothing means all of `to`, to nothing means no commit.
pub(super) fn files(repository: &Repository, from: &str, to: &str) -> Result<Vec<File>> {
    let git = repository.git()?;
    if is_null(to) {
        return Ok(Vec::new());
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
    let mut input = Vec::with_capacity(listed.len());
    for id in &commits.ids {
        input.extend_from_slice(id.as_bytes());
        input.push(b'\n');
    }
    let raw = git
        .filter(["diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "--no-renames", "--no-abbrev", "-z"], input)
        .context("cannot compare the commits of the range with their parents (is this a partial clone without trees?)")?;
    collect(&raw, &commits)
}

fn is_null(id: &str) -> bool {
    id.len() >= 40 && id.bytes().all(|byte| byte == b'0')
}

/// The full id of the commit that this names.
fn commit(git: &Git, name: &str) -> Result<String> {
    if let Some(id) = git.id(&format!("{name}^{{commit}}"))? {
        return Ok(id);
    }
    let shallow = git.text(["rev-parse", "--is-shallow-repository"])? == "true";
    let cause = match shallow {
        true => {
            "this clone is shallow: fetch more of it (git fetch --unshallow; in CI: fetch-depth: 0)"
        }
        false => "fetch it first, or check its spelling",
    };
    bail!("there is no commit {name:?} in this repository: {cause}");
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
fn collect(raw: &[u8], commits: &Commits) -> Result<Vec<File>> {
    let mut files: Vec<File> = Vec::new();
    let mut known: HashMap<(BString, String), usize> = HashMap::new();
    let mut seen: HashSet<(usize, String)> = HashSet::new();
    let mut current: Option<(&str, Place)> = None;
    let mut fields = raw.split_str(b"\0").filter(|field| !field.is_empty());
    while let Some(field) = fields.next() {
        if !field.starts_with(b":") {
            let id = field.trim().to_str().context("git compares commits in an unknown way")?;
            let place = commits
                .places
                .get(id)
                .context("git compares a commit that it was not asked for")?;
            current = Some((id, *place));
            continue;
        }
        let path: BString = fields.next().context("git compares commits in an unknown way")?.into();
        let (id, place) = current.context("git compares commits in an unknown way")?;
        let Some((blob, before)) = blobs(field) else { continue };
        let origin = Origin::Commit { id: id.to_owned(), place };
        let file = *known.entry((path.clone(), blob.clone())).or_insert(files.len());
        if file == files.len() {
            files.push(File { path, bytes: Bytes::Blob(blob), before, origins: Vec::new() });
        }
        if seen.insert((file, id.to_owned())) {
            files[file].origins.push(origin);
        }
    }
    // The oldest commit that brought a file is the one to mend.
    for file in &mut files {
        file.origins.reverse();
    }
    Ok(files)
}

/// The blob that a raw entry arrives at, and the one that it had in the first parent: `:100644 100644 id id M`, with a colon, a mode and
/// an id more for each further parent. None where no blob arrives: a deletion or a submodule.
fn blobs(entry: &[u8]) -> Option<(String, Option<String>)> {
    let parents = entry.iter().take_while(|byte| **byte == b':').count();
    let words: Vec<&str> = entry[parents..].to_str().ok()?.split(' ').collect();
    let arrives = words.get(parents)?.starts_with("10") || words.get(parents)?.starts_with("12");
    let first = *words.get(parents + 1)?;
    let before = (words.first()?.starts_with('1') && !is_null(first)).then(|| first.to_owned());
    let blob = words.get(2 * parents + 1)?;
    (arrives && !is_null(blob)).then(|| ((*blob).to_owned(), before))
}
