//! Refs that move: what a push brings to another repository, or to this one.

use std::collections::{BTreeMap, HashSet};

use anyhow::{Context, Result, bail};
use bstr::{BStr, BString, ByteSlice};

use super::advertised;
use super::commits::{self, Walk};
use super::git::Git;
use super::repository::Repository;
use super::room::Room;
use super::tree;
use crate::snapshot::{Bytes, File, Mode, Origin, Removed};
use crate::text::clean;

/// A ref that is made, moved or deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Its name where it arrives, such as `refs/heads/main`. Untrusted bytes.
    pub reference: BString,
    /// What it named before there, as its sender knows; none where it is new.
    pub old: Option<String>,
    /// What it is to name; none where it is deleted.
    pub new: Option<String>,
}

impl Update {
    /// An update between two ids; zeros stand for none.
    ///
    /// # Errors
    ///
    /// When one of them is no full id.
    pub fn of(reference: &BStr, old: &BStr, new: &BStr) -> Result<Update> {
        let id = |id: &BStr| match id.to_str() {
            Ok(id) if is_id(id) => Ok((!is_null(id)).then(|| id.to_owned())),
            _ => bail!("{} is no id of an object: {WRONG_INPUT}", clean(id)),
        };
        Ok(Update { reference: reference.to_owned(), old: id(old)?, new: id(new)? })
    }

    /// Reads what git tells a pre-push hook: lines of the ref and id here, and the ref and id there (githooks(5)).
    pub fn sent(input: &[u8]) -> Result<Vec<Update>> {
        Update::read(input, |fields| match fields {
            [_, new, reference, old] => Some((reference, old, new)),
            _ => None,
        })
    }

    /// Reads what git tells a pre-receive or post-receive hook: lines of the old id, the new id and the ref (githooks(5)).
    ///
    /// # Errors
    ///
    /// When a line is none of these, and when there is none: git runs these hooks only where a ref moves.
    pub fn received(input: &[u8]) -> Result<Vec<Update>> {
        let updates = Update::read(input, |fields| match fields {
            [old, new, reference] => Some((reference, old, new)),
            _ => None,
        })?;
        if updates.is_empty() {
            bail!("no ref moves: {WRONG_INPUT}");
        }
        Ok(updates)
    }

    fn read(
        input: &[u8],
        fields: impl for<'a> Fn(&[&'a [u8]]) -> Option<(&'a [u8], &'a [u8], &'a [u8])>,
    ) -> Result<Vec<Update>> {
        let mut updates = Vec::new();
        for line in input.lines().filter(|line| !line.is_empty()) {
            let parts: Vec<&[u8]> = line.split_str(" ").collect();
            let (reference, old, new) = fields(&parts).with_context(|| {
                format!("{} is no line about a ref: {WRONG_INPUT}", clean(line))
            })?;
            updates.push(Update::of(reference.as_bstr(), old.as_bstr(), new.as_bstr())?);
        }
        Ok(updates)
    }
}

/// What to do where standard input is nothing that git writes.
const WRONG_INPUT: &str = "is this program run by git, with what git says on its standard input?";

/// What a push brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// The refs that move.
    pub updates: Vec<Update>,
    /// What is there already, where they arrive.
    pub known: Known,
    /// Whether all of the trees that arrive is looked at, and what they take away: so for production.
    pub whole: bool,
}

/// What is there already, where a push arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// What this remote has, by the old ids of the push and by its own answer.
    Remote {
        /// Its name here, where it has one.
        name: Option<String>,
        /// The URL that is pushed to.
        url: String,
    },
    /// What the refs of this repository reach: it is the one that is pushed to.
    Here,
}

/// What a push brings, and what it takes away.
pub(super) struct Brought {
    pub(super) files: Vec<File>,
    pub(super) removed: Vec<Removed>,
    /// The refs that are made or moved.
    pub(super) refs: Vec<BString>,
    /// The trees that what is new ends in.
    pub(super) tips: Vec<Origin>,
}

/// Whether git says with this id that there is no object.
pub(super) fn is_null(id: &str) -> bool {
    id.len() >= 40 && id.bytes().all(|byte| byte == b'0')
}

/// Whether this is a full id of an object, and nothing that git would take for an option or a name.
pub(super) fn is_id(id: &str) -> bool {
    matches!(id.len(), 40 | 64) && id.bytes().all(|it| it.is_ascii_hexdigit())
}

/// What these refs bring and take away.
///
/// # Errors
///
/// When an object that a ref is to name is not here, or the trees cannot be compared.
pub(super) fn brought(repository: &Repository, pushed: &Pushed) -> Result<Brought> {
    let git = repository.git()?;
    let ids = pushed.updates.iter().flat_map(|it| [&it.old, &it.new]).flatten();
    let peeled = peel(&git, ids.map(String::as_str))?;
    let mut walk = Walk { begins_where_shallow: true, tells_outdated: true, ..Walk::default() };
    let (mut files, mut room) = (Vec::new(), Room::new());
    for Update { reference, new, .. } in &pushed.updates {
        let Some(new) = new else { continue };
        match peeled.get(new.as_str()) {
            Some(Peeled { kind: Kind::Commit, id }) => {
                walk.tips.push((id.clone(), Some(reference.clone())));
            }
            // A tag may stand for a tree or a blob, which no walk over commits meets.
            Some(Peeled { id, .. }) => {
                files.extend(named(repository, reference.as_bstr(), id, &mut room)?)
            }
            None => bail!(
                "{} is to name {new}, which is not in this repository: {}",
                clean(reference),
                git.why_lacking()?
            ),
        }
    }
    match &pushed.known {
        // The old ids of a push that arrives are what its sender says, and git compares them with the refs only after the hook.
        Known::Here => walk.hides_refs = true,
        Known::Remote { url, .. } => {
            let olds = pushed.updates.iter().filter_map(|it| peeled.get(it.old.as_deref()?));
            let olds: HashSet<String> =
                olds.filter(|it| it.kind == Kind::Commit).map(|it| it.id.clone()).collect();
            walk.hidden = olds.into_iter().collect();
            walk.hidden.sort();
            walk.hidden.extend(advertised::also_has(&git, &walk, pushed, &peeled, url)?);
        }
    }
    let walked = commits::files(repository, &walk, &mut room)?;
    files.extend(walked.files);
    let tips = walked
        .tips
        .into_iter()
        .filter_map(|(commit, reference)| Some(Origin::Arriving { reference: reference?, commit }));
    let mut removed = Vec::new();
    if pushed.whole {
        let known: HashSet<(BString, Bytes)> =
            files.iter().map(|it| (it.path.clone(), it.bytes.clone())).collect();
        let mut listed = HashSet::new();
        for update in &pushed.updates {
            // Several refs may bring one commit.
            let is_new = listed.insert(update.new.as_deref().and_then(|it| peeled.get(it)));
            let all =
                if is_new { arriving(repository, update, &peeled, &mut room)? } else { Vec::new() };
            files.extend(
                all.into_iter().filter(|it| !known.contains(&(it.path.clone(), it.bytes.clone()))),
            );
            removed.extend(taken_away(&git, update, &peeled, &mut room)?);
        }
    }
    let moved = pushed.updates.iter().filter(|it| it.new.is_some());
    let refs = moved.map(|it| it.reference.clone()).collect();
    Ok(Brought { files, removed, refs, tips: tips.collect() })
}

/// An object that a name leads to, through tags.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Peeled {
    pub(super) id: String,
    pub(super) kind: Kind,
}

/// What an object is, once tags are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Commit,
    Tree,
    Blob,
}

/// What each of these ids leads to; those that are not here are left out.
pub(super) fn peel<'a>(
    git: &Git,
    ids: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<&'a str, Peeled>> {
    let asked: Vec<&str> = ids.collect();
    let input: String = asked.iter().map(|id| format!("{id}^{{}}\n")).collect();
    let (mut peeled, mut next) = (BTreeMap::new(), asked.iter());
    git.lines(
        ["cat-file", "--batch-check=%(objectname) %(objecttype)"],
        input.into_bytes(),
        |line| {
            let asked = next.next().context("git answers more than it was asked")?;
            let line = line.to_str().unwrap_or_default();
            let kind = match line.split_once(' ') {
                Some((id, "commit")) => Some((id, Kind::Commit)),
                Some((id, "tree")) => Some((id, Kind::Tree)),
                Some((id, "blob")) => Some((id, Kind::Blob)),
                _ => None,
            };
            if let Some((id, kind)) = kind {
                peeled.insert(*asked, Peeled { id: id.to_owned(), kind });
            }
            Ok(())
        },
    )
    .context("cannot look at what the refs name")?;
    Ok(peeled)
}

/// The files of a tree or blob that a ref names without a commit.
fn named(
    repository: &Repository,
    reference: &BStr,
    id: &str,
    room: &mut Room,
) -> Result<Vec<File>> {
    let mut files = tree::files(repository, id, room)?;
    let called = reference.to_str_lossy().into_owned();
    for file in &mut files {
        for origin in &mut file.origins {
            match origin {
                Origin::Tree { revision, .. } => revision.clone_from(&called),
                Origin::Named { revision } => {
                    revision.clone_from(&called);
                    file.path = reference.to_owned();
                }
                _ => {}
            }
        }
    }
    Ok(files)
}

/// All files of the tree that arrives.
fn arriving(
    repository: &Repository,
    update: &Update,
    peeled: &BTreeMap<&str, Peeled>,
    room: &mut Room,
) -> Result<Vec<File>> {
    let Some(commit) = update.new.as_deref().and_then(|it| peeled.get(it)) else {
        return Ok(Vec::new());
    };
    if commit.kind != Kind::Commit {
        return Ok(Vec::new());
    }
    let mut files = tree::files(repository, &commit.id, room)?;
    for file in &mut files {
        file.origins = vec![Origin::Arriving {
            reference: update.reference.clone(),
            commit: commit.id.clone(),
        }];
    }
    Ok(files)
}

/// The files of the old tree that the new one lacks, or has another file in place of.
///
/// # Errors
///
/// When the old tip is not here: then nobody can say what goes.
fn taken_away(
    git: &Git,
    update: &Update,
    peeled: &BTreeMap<&str, Peeled>,
    room: &mut Room,
) -> Result<Vec<Removed>> {
    let (Some(old), Some(new)) = (&update.old, &update.new) else { return Ok(Vec::new()) };
    let Some(from) = peeled.get(old.as_str()) else {
        bail!(
            "{} names {old} where this push goes, which is not in this repository, so nobody can say which live databases the push would delete: fetch that remote first",
            clean(&update.reference)
        );
    };
    let to = peeled.get(new.as_str()).filter(|it| it.kind == Kind::Commit);
    let Some(to) = to.filter(|_| from.kind == Kind::Commit) else { return Ok(Vec::new()) };
    let (mut removed, mut entry) = (Vec::new(), None::<Vec<u8>>);
    let arguments = [
        "diff-tree",
        "-r",
        "--raw",
        "--no-renames",
        "--no-abbrev",
        "-z",
        "--diff-filter=DMT",
        &from.id,
        &to.id,
    ];
    git.each(arguments, Vec::new(), |field| {
        let Some(about) = entry.take() else {
            entry = Some(field.to_owned());
            return Ok(());
        };
        room.take(field.as_bstr())?;
        removed.extend(gone(&about, field.as_bstr(), update, &from.id)?);
        Ok(())
    })
    .context("cannot compare the tree that arrives with the one that is there")?;
    Ok(removed)
}

/// A file that was there, from an entry such as `:100644 000000 id id D`; none where there was no file.
fn gone(about: &[u8], path: &BStr, update: &Update, commit: &str) -> Result<Option<Removed>> {
    let about = about.to_str().context("git compares trees in an unknown way")?;
    let words: Vec<&str> = about.trim_start_matches(':').split(' ').collect();
    let [mode, next, old, new, _] = words[..] else {
        bail!("git compares trees in an unknown way")
    };
    if !mode.starts_with("10") {
        return Ok(None);
    }
    let origins =
        vec![Origin::Arriving { reference: update.reference.clone(), commit: commit.to_owned() }];
    Ok(Some(Removed {
        file: File {
            path: path.to_owned(),
            bytes: Bytes::Blob(old.to_owned()),
            mode: Mode::of_octal(mode.as_bytes()),
            before: None,
            origins,
        },
        replaced_by: next.starts_with("10").then(|| Bytes::Blob(new.to_owned())),
    }))
}
