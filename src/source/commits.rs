//! The files that each of many commits adds or changes, merges against all their parents.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, bail};
use bstr::{BString, ByteSlice};

use super::changes::{self, Change};
use super::git::Git;
use super::objects::{self, Objects};
use super::repository::Repository;
use super::room::Room;
use crate::snapshot::{Bytes, File, Origin, Place};

/// Tips about which git is asked one by one, whether they lead to what is checked out and what their trees hold: with more of them it is
/// not said.
const MAX_ASKED: usize = 20;

/// Which commits are walked.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Full ids of commits to begin at, each with the ref that is to name it, where one is.
    pub(super) tips: Vec<(String, Option<BString>)>,
    /// What is reachable from these is left out: full ids of commits.
    pub(super) hidden: Vec<String>,
    /// What any ref of this repository, or of one that it borrows objects from, reaches is left out.
    pub(super) hides_refs: bool,
    /// Files that no tip has any more are marked.
    pub(super) tells_outdated: bool,
    /// A commit at which a shallow clone ends counts as one without parents, where else that is an error.
    pub(super) begins_where_shallow: bool,
}

impl Walk {
    /// What `git rev-list --stdin` reads of it.
    pub(super) fn input(&self) -> Vec<u8> {
        let tips = self.tips.iter().map(|(tip, _)| format!("{tip}\n"));
        tips.chain(self.hidden.iter().map(|id| format!("^{id}\n"))).collect::<String>().into_bytes()
    }
}

/// What a walk meets.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) files: Vec<File>,
    /// The tips that are new, each once, with the ref that is to name it.
    pub(super) tips: Vec<(String, Option<BString>)>,
}

/// The files that each of these commits adds or changes, merges against all their parents.
pub(super) fn files(repository: &Repository, walk: &Walk, room: &mut Room) -> Result<Walked> {
    let git = repository.git()?;
    if walk.tips.is_empty() {
        return Ok(Walked::default());
    }
    let mut arguments = vec!["rev-list", "--topo-order", "--parents", "--stdin"];
    if walk.hides_refs {
        arguments.extend(["--not", "--all", "--alternate-refs"]);
    }
    let mut listed = Vec::new();
    git.lines(arguments, walk.input(), |line| {
        listed.extend_from_slice(line);
        listed.push(b'\n');
        Ok(())
    })
    .context("cannot walk the commits")?;
    let mut commits = Commits::of(&listed)?;
    commits.place(repository, &git, walk)?;
    if !walk.begins_where_shallow {
        complete(&git, &commits)?;
    }
    let objects = repository.objects()?;
    let mut collection = Collection { files: Vec::new(), room };
    for id in &commits.ids {
        let Some(known) = commits.known.get(id) else { continue };
        collection
            .take(&objects, id, known)
            .with_context(|| format!("cannot compare commit {id} with its parents"))?;
    }
    let mut files = collection.files();
    if walk.tells_outdated {
        tell_outdated(&git, walk, &mut files)?;
    }
    let mut seen = HashSet::new();
    let is_new = |(id, _): &&(String, _)| commits.known.contains_key(id) && seen.insert(id.clone());
    let tips = walk.tips.iter().filter(is_new).cloned().collect();
    Ok(Walked { files, tips })
}

/// Marks the files that are in no tree of a tip.
fn tell_outdated(git: &Git, walk: &Walk, files: &mut [File]) -> Result<()> {
    let tips: HashSet<&String> = walk.tips.iter().map(|(id, _)| id).collect();
    if tips.len() > MAX_ASKED {
        return Ok(());
    }
    let places: HashMap<(BString, String), usize> = files
        .iter()
        .enumerate()
        .filter_map(|(at, file)| Some(((file.path.clone(), file.blob()?.clone()), at)))
        .collect();
    let mut is_current = vec![false; files.len()];
    for tip in tips {
        git.each(["ls-tree", "-r", "-z", "--full-tree", tip], Vec::new(), |entry| {
            let (about, path) =
                entry.split_once_str(b"\t").context("git lists a tree in an unknown way")?;
            let blob = about.rsplit_once_str(" ").map_or(about, |(_, blob)| blob);
            let key = (BString::from(path), blob.to_str_lossy().into_owned());
            if let Some(at) = places.get(&key) {
                is_current[*at] = true;
            }
            Ok(())
        })
        .context("cannot list the tree that is pushed (is this a partial clone without trees?)")?;
    }
    for (file, is_current) in files.iter_mut().zip(is_current) {
        for origin in &mut file.origins {
            if let Origin::Commit { is_outdated, .. } = origin {
                *is_outdated = !is_current;
            }
        }
    }
    Ok(())
}

/// The commits of a walk, in the order in which git lists them: each before its parents.
struct Commits {
    ids: Vec<String>,
    known: HashMap<String, Known>,
}

/// What is known of a commit.
#[derive(Debug, Clone)]
struct Known {
    parents: Vec<String>,
    place: Place,
    /// The ref that brings it.
    reference: Option<BString>,
}

impl Commits {
    /// Reads lines of an id and the ids of its parents.
    fn of(listed: &[u8]) -> Result<Commits> {
        let mut commits = Commits { ids: Vec::new(), known: HashMap::new() };
        for line in listed.lines() {
            let line = line.to_str().context("git lists commits in an unknown way")?;
            let mut ids = line.split(' ').map(str::to_owned);
            let id = ids.next().unwrap_or_default();
            let known = Known { parents: ids.collect(), place: Place::Elsewhere, reference: None };
            commits.known.insert(id.clone(), known);
            commits.ids.push(id);
        }
        Ok(commits)
    }

    /// Tells of each where it stands in relation to what is checked out, and which ref brings it.
    fn place(&mut self, repository: &Repository, git: &Git, walk: &Walk) -> Result<()> {
        let mut names: HashMap<&str, &Option<BString>> = HashMap::new();
        for (tip, reference) in walk.tips.iter().rev() {
            names.insert(tip, reference);
        }
        let head = git.id("HEAD^{commit}")?.filter(|_| repository.top().is_some());
        let mut checked_out: HashSet<String> = HashSet::new();
        if let Some(head) = &head {
            checked_out.insert(head.clone());
            if !self.known.contains_key(head) {
                // It is beyond the walk: a tip may be one of the commits that lead to it.
                for (tip, _) in walk.tips.iter().take(MAX_ASKED) {
                    if git.output(["merge-base", "--is-ancestor", tip, head])?.status.success() {
                        checked_out.insert(tip.clone());
                    }
                }
            }
        }
        let mut named: HashMap<String, BString> = HashMap::new();
        for id in &self.ids {
            let Some(known) = self.known.get_mut(id) else { continue };
            let own = names.get(id.as_str()).and_then(|it| it.as_ref());
            known.reference = own.cloned().or_else(|| named.remove(id));
            let is_here = checked_out.contains(id);
            known.place = match () {
                () if head.as_ref() == Some(id) => Place::Head,
                () if is_here => Place::Below,
                () => Place::Elsewhere,
            };
            for parent in &known.parents {
                if is_here {
                    checked_out.insert(parent.clone());
                }
                if let Some(reference) = &known.reference {
                    named.entry(parent.clone()).or_insert_with(|| reference.clone());
                }
            }
        }
        Ok(())
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
        .find(|id| commits.known.contains_key(*id))
    {
        Some(id) => bail!(
            "this clone is shallow and ends at commit {} within the range: fetch more of it (git fetch --unshallow; in CI: fetch-depth: 0)",
            &id[..id.len().min(12)]
        ),
        None => Ok(()),
    }
}

/// The files that commits bring: one for each commit, numbered in the order of git.
struct Collection<'a> {
    files: Vec<(usize, File)>,
    room: &'a mut Room,
}

impl Collection<'_> {
    /// Takes what a commit brings.
    fn take(&mut self, objects: &Objects, id: &str, known: &Known) -> Result<()> {
        let parents = known.parents.iter().map(|it| objects::parse(it));
        let parents: Vec<_> = parents.collect::<Result<_>>()?;
        let files = &mut self.files;
        changes::of_commit(objects, objects::parse(id)?, &parents, self.room, &mut |it: Change| {
            let origins = vec![Origin::Commit {
                id: id.to_owned(),
                place: known.place,
                parents: parents.len(),
                is_outdated: false,
                reference: known.reference.clone(),
            }];
            let Change { path, mode, blob, before } = it;
            let before = before.map(|it| it.to_string());
            let file = File { path, bytes: Bytes::Blob(blob.to_string()), mode, before, origins };
            files.push((files.len(), file));
            Ok(())
        })
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
                // The next one is of an older commit, which is the one to mend.
                kept.before.clone_from(&next.before);
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
